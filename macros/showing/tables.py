"""Records to tables. Every figure's cell carries the key of its row, so that it can be traced and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..meaning.comparison import Comparison, before, compare
from ..meaning.judgement import Verdict, counts, verdict
from ..meaning.prices import base
from ..meaning.prices import real as prices_of
from ..meaning.reconciliation import Reconciliation, unit
from ..reading.reports import Reports
from ..records import (
    NOT_STATED,
    Body,
    Figure,
    Milestone,
    Observation,
    Period,
    Saving,
    SavingKind,
    Service,
    Source,
    Topic,
    Unit,
)
from . import changes, keys, wording
from .glossary import explain
from .keys import key
from .views import Cell, Column, TableView


class Notes:
    """The notes of one table, numbered in the order in which its cells call them.

    ``changed`` says that a figure of the table was changed after it was published.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.changed = False

    def mark(self, text: str, note: str) -> str:
        """Return a text with the number of its note behind it."""
        if not note:
            return text
        if note not in self._texts:
            self._texts.append(note)
        return f"{text} [note {self._texts.index(note) + 1}]"

    def correct(self, text: str, notes: Iterable[str]) -> str:
        """Return a text with the numbers of the notes that say how it was changed."""
        for note in notes:
            text = self.mark(text, note)
            self.changed = True
        return text

    def all(self) -> tuple[str, ...]:
        """Return the notes in order."""
        return tuple(self._texts)


def source_cell(source: Source) -> Cell:
    """Return the document and the place a row comes from, linked to what is known of the document."""
    return Cell(f"{source.document.title}: {source.place}", f"data/#{source.document.id}")


def result_cell(seen: Observation, notes: Notes, write: wording.Write = wording.quantity) -> Cell:
    """Return a result with its release status, its note, and what was changed of it."""
    text = wording.figure(seen.result, seen.measure.unit, write)
    status = wording.shorthand(seen.result)
    text = notes.mark(f"{text} ({status})" if status else text, seen.note)
    return Cell(notes.correct(text, changes.notes(seen)), key=key(seen))


def target_cell(seen: Observation, notes: Notes, write: wording.Write = wording.quantity) -> Cell:
    """Return the target a result was held against, with what was changed of it; a dash where there is none."""
    if seen.target is None:
        return Cell("–")
    text = notes.correct(wording.target(seen.target, seen.measure.unit, write), changes.notes(seen, target=True))
    return Cell(text, key=key(seen), field=keys.TARGET)


def verdict_cell(seen: Observation) -> Cell:
    """Return the verdict of an observation as a word with its mark."""
    found = verdict(seen)
    return Cell(wording.verdict(found), mark=found.value.replace(" ", "-"), key=key(seen), field=keys.VERDICT)


def printed_cell(row: Observation | Saving) -> Cell:
    """Return a figure as its document prints it, where that is known."""
    return Cell(row.as_published, key=key(row), field=keys.AS_PUBLISHED) if row.as_published else Cell("–")


def measure_cell(seen: Observation) -> Cell:
    """Return a measure's title, linked to its page."""
    return Cell(seen.measure.title, f"measures/{seen.measure.id}/")


def period_cell(when: Period, more: str = "") -> Cell:
    """Return a period; a column of them is put in order by when they end, and the shorter first."""
    return Cell(wording.capital(wording.period(when)) + more, sort=f"{when.end} {when.months:05}")


def _explained(
    caption: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], notes: Notes | None = None
) -> TableView:
    """Return a table with what each shorthand in it means, for those who meet it here for the first time."""
    places = {index for index, column in enumerate(columns) if column.place}
    texts = [cell.text for row in rows for index, cell in enumerate(row) if index not in places]
    notes = notes or Notes()
    return TableView(caption, columns, rows, notes.all(), explain(texts), notes.changed)


def service_levels(caption: str, rows: Sequence[Observation]) -> TableView:
    """Results, targets and verdicts, one row a measure and period.

    What a reader asks first stands first, where a phone shows it. A period or a basis that all rows share is said once,
    in the caption.
    """
    notes = Notes()
    periods = [period_cell(seen.period) for seen in rows]
    bases = [Cell(seen.target.basis.value if seen.target else "–") for seen in rows]
    columns = [
        Column("Service level"),
        Column("Verdict"),
        Column("Result", numeric=True),
        Column("Target", numeric=True),
    ]
    varying: list[list[Cell]] = []
    for title, cells, once in (("Period", periods, "{}"), ("Basis", bases, "basis of targets: {}")):
        said = {cell.text for cell in cells}
        if len(said) > 1:
            columns.append(Column(title))
            varying.append(cells)
        elif cells and cells[0].text.lower() not in caption.lower():
            caption = f"{caption}, {once.format(cells[0].text)}"
    body = []
    for index, seen in enumerate(rows):
        body.append(
            (
                measure_cell(seen),
                verdict_cell(seen),
                result_cell(seen, notes),
                target_cell(seen, notes),
                *(cells[index] for cells in varying),
                source_cell(seen.source),
            )
        )
    columns.append(Column("Document and place", place=True))
    return _explained(caption, tuple(columns), tuple(body), notes)


def series(caption: str, rows: Sequence[Observation], reports: Reports) -> TableView:
    """One measure in every period: the target where it has one, the result, and the movement where there is one.

    All rows have one unit, so it stands in the headings.
    """
    notes = Notes()
    unit = rows[0].measure.unit if rows else Unit.NUMBER
    levels = any(seen.target for seen in rows)
    body = []
    for seen in rows:
        cells = [period_cell(seen.period, " (part-year)" if seen.period.is_part_year else "")]
        if levels:
            cells.append(verdict_cell(seen))
        cells.append(result_cell(seen, notes, wording.bare))
        if levels:
            cells.append(target_cell(seen, notes, wording.bare))
        change = Cell(_change(seen, rows, reports), key=key(seen), field=keys.CHANGE)
        cells += [change, printed_cell(seen), source_cell(seen.source)]
        body.append(tuple(cells))
    columns = [Column("Period"), Column(wording.heading("Result", unit), numeric=True)]
    if levels:
        columns[1:1] = [Column("Verdict")]
        columns.append(Column(wording.heading("Target", unit), numeric=True))
    columns += [Column("Against the period before"), Column("As printed"), Column("Document and place", place=True)]
    return _explained(caption, tuple(columns), tuple(body), notes)


def _change(seen: Observation, rows: Sequence[Observation], reports: Reports) -> str:
    earlier = before(seen, rows)
    if earlier is None or not isinstance(seen.result, Figure):
        return "–"
    found = compare(earlier, seen, reports.breaks_of(seen.measure.id))
    if not isinstance(found, Comparison):
        return f"not compared with {wording.period(earlier.period)}: {found.value}"
    if found.difference == 0:
        return f"the same as {wording.in_period(earlier.period)}"
    by = wording.difference(found.difference, seen.measure.unit)
    return f"{by} than {wording.in_period(earlier.period)} ({found.movement.value})"


def observations(caption: str, rows: Sequence[Observation]) -> TableView:
    """Figures without a target: activity or staffing of several measures."""
    notes = Notes()
    columns = (
        Column("Measure"),
        Column("Period"),
        Column("Figure", numeric=True),
        Column("As printed"),
        Column("Document and place", place=True),
    )
    body = tuple(
        (
            measure_cell(seen),
            period_cell(seen.period),
            result_cell(seen, notes),
            printed_cell(seen),
            source_cell(seen.source),
        )
        for seen in rows
    )
    return _explained(caption, columns, body, notes)


def savings(caption: str, rows: Sequence[Saving]) -> TableView:
    """Money, one row a sum, with all that keeps sums apart: status, cash, gross or net, recurring."""
    notes = Notes()
    columns = (
        Column("What"),
        Column("Period"),
        Column("Amount", numeric=True),
        Column("How it counts"),
        Column("As printed"),
        Column("Document and place", place=True),
    )
    body = []
    for saving in rows:
        amount = wording.figure(saving.result, Unit.POUNDS)
        body.append(
            (
                Cell(f"{saving.title} (total)" if saving.parts else saving.title),
                period_cell(saving.period),
                Cell(notes.correct(notes.mark(amount, saving.note), changes.notes(saving)), key=key(saving)),
                Cell(_counts_as(saving)),
                printed_cell(saving),
                source_cell(saving.source),
            )
        )
    return _explained(caption, columns, tuple(body), notes)


def asked(reports: Reports, service: Service) -> TableView:
    """Show savings a service was asked for beside the totals that documents print, a row for each sum."""
    columns = (
        Column("What"),
        Column("Period"),
        Column("Asked for", numeric=True),
        Column("Saved, as printed", numeric=True),
    )
    own = [saving for saving in reports.savings if saving.service is service]
    rows = [saving for saving in own if saving.kind is SavingKind.ASKED_FOR]
    rows += [saving for saving in own if saving.kind is SavingKind.SAVING and saving.parts]
    body = []
    for saving in sorted(rows, key=lambda row: row.period):
        amount = Cell(wording.figure(saving.result, Unit.POUNDS), key=key(saving))
        status = wording.shorthand(saving.result)
        pair = (amount, Cell("–")) if saving.kind is SavingKind.ASKED_FOR else (Cell("–"), amount)
        title = Cell(f"{saving.title} ({status})" if status else saving.title)
        body.append((title, period_cell(saving.period), *pair))
    return _explained(f"Savings asked for, and savings as documents print them, {service.title}", columns, tuple(body))


def real(reports: Reports) -> TableView:
    """Yearly sums in the money of their year, and in the prices of the newest index."""
    newest = base(reports.deflators)
    prices = f"In {wording.period(newest.period)} prices" if newest else "In real terms"
    columns = (
        Column("What"),
        Column("Period"),
        Column("In the money of its year", numeric=True),
        Column(prices, numeric=True),
    )
    body = []
    for saving in sorted(reports.savings, key=lambda row: row.period):
        amount = prices_of(saving.result, saving.period, reports.deflators)
        if amount is not None:
            cells = (wording.figure(saving.result, Unit.POUNDS), wording.quantity(amount, Unit.POUNDS))
            body.append(
                (
                    Cell(saving.title),
                    period_cell(saving.period),
                    Cell(cells[0], key=key(saving)),
                    Cell(cells[1]),
                )
            )
    return TableView("Yearly sums of money, in the money of their year and in real terms", columns, tuple(body))


def service_years(reports: Reports, service: Service) -> TableView:
    """One service year by year: what was promised and delivered, what it cost and saved, and who worked there.

    A sum of several years is no sum of any one of them: it is named below the table.
    """
    columns = tuple(Column(title) for title in ("Year", "Service levels", "Cost", "Savings", "Other money", "People"))
    own = [saving for saving in reports.savings if saving.service is service]
    body = []
    for year in reports.years:
        levels = [seen for seen in reports.levels(year) if seen.measure.service is service]
        money = [saving for saving in own if saving.year == year and saving.period.is_within_a_year]
        people = [
            seen for seen in reports.of_service(service) if seen.year == year and seen.measure.topic is Topic.STAFFING
        ]
        if levels or money or people:
            other = [row for row in money if row.kind not in (SavingKind.COST, SavingKind.SAVING)]
            body.append(
                (
                    Cell(wording.year(year), f"years/{year}/"),
                    Cell(_levels(levels), key=_those_levels(year, service), field=keys.TALLY),
                    _sums([row for row in money if row.kind is SavingKind.COST]),
                    _sums([row for row in money if row.kind is SavingKind.SAVING]),
                    _sums(other),
                    _joined(people, [_named(seen) for seen in people]),
                )
            )
    longer = [saving.title for saving in own if not saving.period.is_within_a_year]
    words = (f"Not in this table, as it spans several years: {'; '.join(longer)}.",) if longer else ()
    return TableView(f"Money, people and results of the same years, {service.title}", columns, tuple(body), words=words)


_MOST = 3
"""How many rows a cell names; the tables below hold them all."""


def _named(seen: Observation) -> str:
    return f"{seen.measure.title}: {wording.figure(seen.result, seen.measure.unit)}"


def _levels(rows: Sequence[Observation]) -> str:
    return _levels_of(counts(rows))


def _levels_of(count: Counter[Verdict]) -> str:
    return ", ".join(f"{count[found]:,} {found.value}" for found in Verdict if count[found]) or "–"


def _those_levels(year: str, service: Service) -> str:
    return keys.those(keys.LEVELS, year=year, service_id=service.id)


def _sums(rows: Sequence[Saving]) -> Cell:
    """Name the sums that are not part of another one, so that no pound is named twice."""
    inside = {part for row in rows for part in row.parts}
    own = [row for row in rows if row.id not in inside]
    return _joined(own, [f"{row.title}: {wording.figure(row.result, Unit.POUNDS)}" for row in own])


def _joined(rows: Sequence[Observation | Saving], items: Sequence[str]) -> Cell:
    if not rows:
        return Cell("–")
    more = len(items) - _MOST
    text = "; ".join([*items[:_MOST], *([f"and {more:,} more"] if more > 0 else [])])
    return Cell(text, key=keys.several(rows), field=keys.NAMED)


def _counts_as(saving: Saving) -> str:
    """Say what keeps a sum apart from others; what a document does not state is left out."""
    status = saving.result.status.value if isinstance(saving.result, Figure) else ""
    said = [word for word in (status, saving.cash, saving.gross_net, saving.recurrence) if word not in ("", NOT_STATED)]
    return ", ".join(said) or "–"


def totals(caption: str, found: Sequence[Reconciliation]) -> TableView:
    """Show published totals, rates and changes beside what their parts give."""
    columns = (
        Column("What"),
        Column("Period"),
        Column("Printed", numeric=True),
        Column("Recomputed", numeric=True),
        Column("Difference", numeric=True),
        Column("Made from"),
    )
    body = []
    for one in found:
        row = one.published
        title = Cell(row.title) if isinstance(row, Saving) else measure_cell(row)
        names = [part.title if isinstance(part, Saving) else part.measure.title for part in one.parts]
        difference = Cell("none")
        if one.difference:
            address = f"discrepancies/#{one.discrepancy.id}" if one.discrepancy else ""
            difference = Cell(wording.quantity(one.difference, unit(one)), address)
        body.append(
            (
                title,
                period_cell(row.period),
                Cell(wording.quantity(one.printed, unit(one)), key=key(row)),
                Cell(wording.quantity(one.recomputed, unit(one))),
                difference,
                Cell(_how(one.how, names)),
            )
        )
    return TableView(caption, columns, tuple(body))


def _how(how: str, names: Sequence[str]) -> str:
    if how == "sum":
        return f"{len(names)} rows added up" if len(names) > 4 else f"sum of: {'; '.join(names)}"
    if how == "rate":
        return f"{names[0]} divided by: {names[1]}"
    return f"change in: {names[0]}"


def scorecard(reports: Reports) -> TableView:
    """Every service that has service levels, and what they came to in each year."""
    levels = {year: reports.levels(year) for year in reports.years}
    years = [year for year in reversed(reports.years) if counts(levels[year])]
    body = []
    for service in reports.services.values():
        own = [counts(seen for seen in levels[year] if seen.measure.service is service) for year in years]
        if any(own):
            cells = (_score(count, year, service) for year, count in zip(years, own, strict=True))
            body.append((Cell(service.title, f"services/{service.id}/"), *cells))
    columns = (Column("Service"), *(Column(wording.year(year)) for year in years))
    return TableView("Service levels met and missed, by service and year", columns, tuple(body))


def _score(count: Counter[Verdict], year: str, service: Service) -> Cell:
    known = _those_levels(year, service)
    if not count:
        return Cell("–", key=known, field=keys.TALLY)
    missed = count[Verdict.MISSED]
    says = f"{count[Verdict.MET]:,} of {count.total():,} met" + (f", {missed:,} missed" if missed else "")
    if not count[Verdict.MET] and not missed:
        says = _levels_of(count)
    mark = Verdict.MISSED if missed else Verdict.MET if count[Verdict.MET] == count.total() else Verdict.NO_FIGURE
    return Cell(says, f"years/{year}/", mark.value.replace(" ", "-"), known, field=keys.TALLY)


def council_years(reports: Reports, council: Body) -> TableView:
    """Every year that has service levels for a council, with the count of their verdicts for each service."""
    columns = (
        Column("Year"),
        Column("Service"),
        Column("Service levels by year", numeric=True),
        Column("Met", numeric=True),
        Column("Missed", numeric=True),
        Column("No verdict", numeric=True),
    )
    body = []
    for year in reports.years:
        levels = reports.levels(year)
        for service in reports.services.values():
            count = counts(seen for seen in levels if seen.measure.service is service)
            if service.council is council and count.total():
                link = Cell(service.title, f"services/{service.id}/")
                numbers = _numbers(count, _those_levels(year, service))
                body.append((Cell(wording.year(year), f"years/{year}/"), link, *numbers))
    return TableView(f"Service levels for {council.title}, year by year", columns, tuple(body))


def _numbers(count: Counter[Verdict], known: str) -> tuple[Cell, ...]:
    """Return how many service levels there are, and how many were met, missed and neither."""
    met, missed = count[Verdict.MET], count[Verdict.MISSED]
    numbers = {
        keys.TOTAL: count.total(),
        keys.MET: met,
        keys.MISSED: missed,
        keys.UNJUDGED: count.total() - met - missed,
    }
    return tuple(Cell(f"{number:,}", key=known, field=field) for field, number in numbers.items())


def years(reports: Reports) -> TableView:
    """Every year with the count of its verdicts."""
    columns = (
        Column("Year"),
        Column("Service levels by year", numeric=True),
        Column("Met", numeric=True),
        Column("Missed", numeric=True),
        Column("No verdict", numeric=True),
        Column("Sums of money", numeric=True),
        Column("Figures about staff", numeric=True),
    )
    body = []
    for year in reports.years:
        count = counts(reports.levels(year))
        staff = [seen for seen in reports.of_year(year) if seen.measure.topic is Topic.STAFFING]
        money = [saving for saving in reports.savings if saving.year == year]
        others = [
            Cell(f"{len(rows):,}", key=keys.those(table, year=year), field=keys.ROWS)
            for table, rows in (("savings", money), ("staffing", staff))
        ]
        numbers = _numbers(count, keys.those(keys.LEVELS, year=year))
        body.append((Cell(wording.year(year), f"years/{year}/"), *numbers, *others))
    return TableView("Every year, and what its service levels came to", columns, tuple(body))


def milestones(caption: str, rows: Iterable[Milestone]) -> TableView:
    """Dated events."""
    columns = (Column("When"), Column("What happened"), Column("Document and place", place=True))
    notes = Notes()
    body = tuple(
        (
            period_cell(row.date),
            Cell(notes.mark(row.title, row.note)),
            source_cell(row.source),
        )
        for row in rows
    )
    return _explained(caption, columns, body, notes)


def chart_data(caption: str, rows: Sequence[Observation]) -> TableView:
    """Show the figures of a chart of observations, below its drawing."""
    levels = any(seen.target for seen in rows)
    columns = [Column("Period"), Column("Result", numeric=True)]
    if levels:
        columns += [Column("Target", numeric=True), Column("Verdict")]
    notes = Notes()
    body = []
    for seen in rows:
        cells = [
            period_cell(seen.period),
            Cell(notes.correct(wording.figure(seen.result, seen.measure.unit), changes.notes(seen)), key=key(seen)),
        ]
        if levels:
            cells += [target_cell(seen, notes), verdict_cell(seen)]
        body.append(tuple(cells))
    return TableView(caption, tuple(columns), tuple(body), notes.all())
