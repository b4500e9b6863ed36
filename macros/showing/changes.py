"""Corrections, revisions and releases in words: on the page of changes, and beside every figure that was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..meaning.changed import Change, changes
from ..meaning.judgement import Verdict
from ..meaning.releases import releases
from ..reading.packages import schema
from ..reading.reports import Reports
from ..records import Correction, Observation, Period, Saving, Unit
from . import lists, wording
from .views import Cell, Column, Entry, Fact, ListView, Prose, TableView

PAGE = "changes/"
UNTIL = "-until-"
"""What stands between the year and the day in the name of a package that is superseded."""
_KINDS = {"correction": "Corrected", "revision": "Revised"}
_NUMBERS = ("value", "target")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was changed: its title, the page that shows it, its period, and the unit of its numbers."""

    title: str
    address: str
    period: Period | None
    unit: Unit


def subject(change: Change, reports: Reports) -> Subject:
    """Return what a correction is of."""
    row, correction = change.row, change.correction
    if isinstance(row, Observation):
        return Subject(row.measure.title, f"measures/{row.measure.id}/", row.period, row.measure.unit)
    if isinstance(row, Saving):
        return Subject(row.title, "savings/", row.period, Unit.POUNDS)
    first = correction.key.partition(" ")[0]
    measure = reports.measures.get(first)
    if measure is not None:
        return Subject(measure.title, f"measures/{measure.id}/", None, measure.unit)
    for rows, page in (
        (reports.commitments, f"commitments/#{first}"),
        (reports.discrepancies, f"discrepancies/#{first}"),
        (reports.milestones, f"years/{correction.year}/"),
    ):
        title = next((one.title for one in rows if one.id == first), "")
        if title:
            return Subject(title, page, None, Unit.NUMBER)
    # The row was taken away, so only its identifier is left.
    return Subject(first, f"years/{correction.year}/", None, Unit.NUMBER)


def shown(correction: Correction, value: str, unit: Unit) -> str:
    """Write the old or the new value of a correction: a number with its unit, words as they stand."""
    if not value:
        return "nothing" if correction.field not in _NUMBERS else "no figure"
    if correction.field in _NUMBERS:
        try:
            return wording.quantity(Decimal(value), unit)
        except InvalidOperation:
            pass
    return f"“{value}”"


def column(correction: Correction) -> str:
    """Return what a correction changed of its row, as a word in a sentence: ``value``, ``target``."""
    fields = {str(field["name"]): str(field["title"]) for field in schema(correction.resource)["fields"]}
    return wording.lower(fields.get(correction.field, correction.field))


def effect(change: Change) -> str:
    """Say what a correction did to the verdict."""
    if change.before is None or change.after is None or Verdict.NO_TARGET is change.before is change.after:
        return "No verdict rests on it."
    if change.before is change.after:
        return f"The verdict stayed the same: {change.after.value}."
    return f"The verdict was “{change.before.value}” and became “{change.after.value}”."


def note(correction: Correction, unit: Unit) -> str:
    """Say beside a figure that it was changed.

    ``Corrected on 1 September 2023: it was 99.7%. Two digits were swapped.``
    """
    was = shown(correction, correction.old, unit)
    what = f"it was {was}" if correction.field == "value" else f"its {column(correction)} was {was}"
    what = what if correction.old else f"there was no {'figure' if correction.field == 'value' else column(correction)}"
    return f"{_KINDS[correction.kind]} {wording.in_period(correction.date)}: {what}. {correction.reason}"


def notes(row: Observation | Saving, *, target: bool = False) -> Iterator[str]:
    """Yield what stands beside a figure that was changed, or beside its target, the newest change first."""
    unit = row.measure.unit if isinstance(row, Observation) else Unit.POUNDS
    for correction in row.changed:
        if correction.field.startswith(("target", "basis")) is target:
            yield note(correction, unit)


def entries(reports: Reports) -> list[Entry]:
    """Show every change to a published figure, the newest first."""
    return [_entry(change, reports) for change in changes(reports)]


def _entry(change: Change, reports: Reports) -> Entry:
    correction, of = change.correction, subject(change, reports)
    when = of.period or Period.parse(f"FY{correction.year}")
    facts = (
        Fact("What", (Cell(of.title, of.address), Cell(f", {wording.period(when)}: {column(correction)}"))),
        Fact("It was", (Cell(wording.capital(shown(correction, correction.old, of.unit))),)),
        Fact("It is now", (Cell(wording.capital(shown(correction, correction.new, of.unit))),)),
        Fact("Why", (Cell(correction.reason),)),
        Fact("Effect", (Cell(effect(change)),)),
        Fact("Row", (Cell(f"{correction.year}/{correction.resource}.csv: {correction.key}"),)),
    )
    done = f"{_KINDS[correction.kind]} {wording.in_period(correction.date)}"
    return Entry(correction.id, f"{done}: {of.title}", facts)


def summary(reports: Reports) -> Prose:
    """Say how many published figures were changed, and what the two kinds of change are."""
    how_many = len(reports.corrections)
    count = wording.count(how_many, "change to what was published", "changes to what was published")
    says = f"There {'was' if how_many == 1 else 'were'} {count}."
    says = says if how_many else "No published figure has been changed yet."
    kinds = "A correction puts an error right. A revision replaces a figure by a better one."
    return Prose(((Cell(says),), (Cell(kinds),)), lead=True)


def of_page(reports: Reports, wanted: Callable[[Change], bool]) -> ListView:
    """List changes on the page of what was changed, each with the way to all that is known of it."""
    items = []
    for change in changes(reports):
        if wanted(change):
            correction, of = change.correction, subject(change, reports)
            when = of.period or Period.parse(f"FY{correction.year}")
            title = Cell(f"{of.title}, {wording.period(when)}", f"{PAGE}#{correction.id}")
            items.append((title, Cell(f". {note(correction, of.unit)}")))
    return ListView(tuple(items))


def superseded(files: Mapping[str, bytes], year: str = "") -> ListView:
    """List the packages as they were before they were corrected.

    Args:
        files: the published files by address.
        year: the year whose packages are wanted; empty for all.
    """
    wanted = {}
    for path in files:
        own, until, day = path.removeprefix("data/").removesuffix(".zip").partition(UNTIL)
        if until and path.startswith(f"data/{year}") and path.endswith(".zip"):
            when = wording.period(Period.parse(f"D{day}"))
            wanted[path] = f"The package of {wording.year(own)} as it was until {when}"
    return lists.downloads(files, wanted)


def releases_table(reports: Reports) -> TableView:
    """Show the newest release of each year's package."""
    columns = (Column("Package"), Column("Version"), Column("Released"))
    body = []
    for one in reversed(releases(reports)):
        day = wording.period(Period.parse(f"D{one.created[:10]}")) if one.created else "not stated"
        body.append((Cell(wording.year(one.year), f"years/{one.year}/"), Cell(one.version), Cell(day)))
    return TableView("The newest release of each year's package", columns, tuple(body))
