"""What a merge request changes, in the order in which it matters: what is lost first, and words last.

Here it is put into sections; ``sheets.py`` writes them as text, as Markdown or as a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ..errors import Problem, in_order
from ..meaning.changed import judged
from ..meaning.judgement import Verdict
from ..reading.packages import field_names, schema
from ..reading.reports import Reports
from ..records import NOT_STATED, Period, TargetStatus
from ..showing import wording
from .against import change_problems
from .differences import CellChange, Comparison, TableChange, compare, is_fact
from .editions import Edition
from .ledger import Row, named
from .versions import demands

LEVELS = "service_levels"
_FIGURES = ("service_levels", "activity", "staffing", "savings")
_TARGET = ("target", "target_comparator", "target_status")
_PAGES = {
    "savings": ("savings/",), "commitments": ("commitments/",), "actions": ("actions/",), "staffing": ("staffing/",),
    "discrepancies": ("discrepancies/",), "corrections": ("changes/",), "governance": ("governance/",),
    "documents": ("data/",), "deflators": ("savings/",),
}  # fmt: skip
"""The pages that show every row of a table; those of years, measures, services and councils are added."""
_OWN = {"measure_id": "measures", "service_id": "services"}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: a heading, a sentence, and a table, lines, or addresses of pages below it."""

    title: str
    says: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report: a title, what it comes to in a sentence, and its sections."""

    title: str
    summary: str
    sections: tuple[Section, ...]


def diff(reports: Reports, before: Edition, today: date) -> Told:
    """Say what differs from what was published before. Nothing is judged a fault: it informs whoever approves.

    Args:
        reports: the packages as they are, sound in themselves.
        before: what was published.
        today: the day written into the lines that are suggested for ``corrections.csv``.
    """
    found = compare(reports, before)
    missing = change_problems(reports, before, found, today)
    names = _Names(reports)
    sections = [
        _packages(found),
        _removed(found, names),
        _changed(found, names),
        _added(found, names),
        _verdicts(found, names),
        _targets(found, names, reports),
        _missing(missing),
        _versions(reports, before, found),
        _words(found),
        _pages(found, reports),
    ]
    shown = tuple(one for one in sections if one is not None)
    return Told("What this changes", _summary(found, missing, before), shown)


class _Names:
    """What identifiers stand for."""

    def __init__(self, reports: Reports) -> None:
        self._titles = {one.id: one.title for one in reports.measures.values()}

    def row(self, table: TableChange, row: Row) -> tuple[str, str, str]:
        """Return where a row stands, what it is called, and its period."""
        title = self._titles.get(row.get("measure_id", ""), row.get("title", ""))
        key = named(table.resource, row).partition(" ")[0]
        return table.file, f"{title} ({key})" if title else key, _period(row.get("period", ""))


def _period(code: str) -> str:
    try:
        return wording.period(Period.parse(code))
    except ValueError:
        return code


def _summary(found: Comparison, missing: Sequence[Problem], before: Edition) -> str:
    tables = found.tables
    rows = [sum(len(table.gone) for table in tables), sum(len(table.added) for table in tables)]
    cells = sum(_facts(table) for table in tables)
    words = sum(len(table.changed) for table in tables) - cells
    if not (found.gone or any(rows) or cells or words or missing or any(table.renamed for table in tables)):
        return f"Nothing of the packages differs from {before.name}."
    counts = [
        wording.count(rows[0], "row") + " removed", wording.count(cells, "fact") + " changed",
        wording.count(rows[1], "row") + " added", wording.count(words, "wording") + " changed",
    ]  # fmt: skip
    put_right = f" There {'is' if len(missing) == 1 else 'are'} {wording.count(len(missing), 'thing')} to put right."
    return f"Compared with {before.name}: {wording.listing(counts)}.{put_right if missing else ''}"


def _facts(table: TableChange) -> int:
    return sum(is_fact(table.resource, cell.column) for cell in table.changed)


def _packages(found: Comparison) -> Section | None:
    lines = [f"{name}: the package is gone." for name in found.gone]
    lines += [f"{package.name}: the package is new." for package in found.new]
    return Section("Packages", "Whole packages that went or came.", lines=tuple(lines)) if lines else None


def _removed(found: Comparison, names: _Names) -> Section | None:
    rows = []
    for table in found.tables:
        for gone in table.gone:
            now = "" if gone.twin is None else f"now {gone.column} {gone.twin[gone.column]}"
            rows.append((*names.row(table, gone.row), _held(table, gone.row), now))
        for was, now_row in table.renamed:
            rows.append((*names.row(table, was), _held(table, was), f"now {named(table.resource, now_row)}"))
    columns = ("File", "Row", "Period", "What it held", "What became of it")
    return _section("Removed", "These rows were published and are gone or renamed.", columns, rows)


def _changed(found: Comparison, names: _Names) -> Section | None:
    rows = [
        (*names.row(table, cell.now), cell.column, cell.old, cell.new, *_moved(cell))
        for table in found.tables
        for cell in table.changed
        if is_fact(table.resource, cell.column)
    ]
    columns = ("File", "Row", "Period", "Column", "It was", "It is", "By how much", "In per cent")
    return _section("Changed", "These figures, and words verdicts rest on, are not what they were.", columns, rows)


def _moved(cell: CellChange) -> tuple[str, str]:
    """Return by how much a number moved, and that as a share of what it was; nothing where one is no number."""
    try:
        old, new = Decimal(cell.old), Decimal(cell.new)
    except InvalidOperation:
        return "", ""
    share = (new - old) * 100 / abs(old) if old else None
    per_cent = "" if share is None else f"{_signed(share.quantize(Decimal('0.1'), ROUND_HALF_UP))}%"
    return _signed(new - old), per_cent


def _signed(value: Decimal) -> str:
    return wording.number(value) if value <= 0 else f"+{wording.number(value)}"


def _added(found: Comparison, names: _Names) -> Section | None:
    rows = [
        (*names.row(table, row), _held(table, row))
        for table in found.tables
        for row in table.added
        if table.resource != "corrections"
    ]
    return _section("Added", "These rows are new.", ("File", "Row", "Period", "What it holds"), rows)


def _held(table: TableChange, row: Row) -> str:
    """Return what a row says in a few words: its figure and target, or the reason there is none; or its first text."""
    if table.resource in _FIGURES:
        value = f"{row['value_qualifier']}{row['value']}" if row["value"] else row["value_status"]
        aim = f"{row['target_comparator']}{row['target']}" if row.get("target") else ""
        return f"{value}, target {aim}" if aim else value
    own = field_names(table.resource)
    plain = (row.get(name, "") for name in own if name not in schema(table.resource)["primaryKey"])
    return next((text for text in plain if text and " " in text), "")


def _verdicts(found: Comparison, names: _Names) -> Section | None:
    """Return the service levels whose verdict is another one now."""
    rows = []
    for table in found.tables:
        both = {id(cell.now): (cell.was, cell.now) for cell in table.changed} if table.resource == LEVELS else {}
        for was, now in both.values():
            old, new = judged(was), judged(now)
            if old is not new:
                rows.append((*names.row(table, now), _verdict(old), _verdict(new)))
    columns = ("File", "Row", "Period", "Verdict before", "Verdict now")
    return _section("Verdicts that change", "The rule is the same; the figures or targets are not.", columns, rows)


def _verdict(found: Verdict | None) -> str:
    return "could not be read" if found is None else found.value


def _targets(found: Comparison, names: _Names, reports: Reports) -> Section | None:
    """Return targets that are not what they were in the same row, or in the year before for rows that are new."""
    rows = []
    for table in found.tables:
        if table.resource != LEVELS:
            continue
        for was, now in {id(cell.now): (cell.was, cell.now) for cell in table.changed}.values():
            if _aim(was) != _aim(now):
                rows.append((*names.row(table, now), _aim(was), _aim(now), now["target_reason"] or NOT_STATED))
        for row in table.added:
            old = _last_target(reports, row)
            if old and row["target_status"] == TargetStatus.SET and old != _aim(row):
                rows.append((*names.row(table, row), old, _aim(row), row["target_reason"] or NOT_STATED))
    columns = ("File", "Row", "Period", "Target before", "Target now", "Why")
    return _section("Targets that move", "What was promised is not what was promised before.", columns, rows)


def _aim(row: Row) -> str:
    aim = f"{row.get('target_comparator', '')}{row.get('target', '')}"
    status = row.get("target_status", "")
    return aim if status == TargetStatus.SET else f"{aim} {status}".strip()


def _last_target(reports: Reports, row: Row) -> str:
    """Return the target in force in the newest period of the same kind before that of a row."""
    period = Period.parse(row["period"])
    earlier = [
        seen.target
        for seen in reports.series(row["measure_id"])
        if seen.target and seen.target.status is TargetStatus.SET
        and seen.period.kind is period.kind and seen.period.start < period.start
    ]  # fmt: skip
    last = earlier[-1] if earlier else None
    return "" if last is None or last.comparator is None else f"{last.comparator.value}{last.value}"


def _missing(problems: Sequence[Problem]) -> Section | None:
    says = "The check that compares with what was published reports these, too."
    lines = tuple(map(str, in_order(problems)))
    return Section("To put right before it is merged", says, lines=lines) if lines else None


def _versions(reports: Reports, before: Edition, found: Comparison) -> Section | None:
    rows = [
        (one.package, one.old, one.new, one.least, one.why)
        for one in demands(reports, before, found)
        if one.why or one.old != one.new
    ]
    columns = ("Package", "Version before", "Version now", "The least it may be", "Why")
    says = "By how much a version rises tells readers whether their programs still work."
    return _section("Versions", says, columns, rows)


def _words(found: Comparison) -> Section | None:
    """Count the texts that were put in other words, by table."""
    counts: Counter[str] = Counter()
    for table in found.tables:
        counts[table.file] += len(table.changed) - _facts(table)
    rows = [(file, str(count)) for file, count in sorted(counts.items()) if count]
    return _section("Wording", "No figure rests on these texts.", ("File", "Texts changed"), rows)


def _pages(found: Comparison, reports: Reports) -> Section | None:
    """List the pages on which a reader will see the difference; those that list everything are left out."""
    pages: set[str] = set()
    for table in found.tables:
        for row in _touched(table):
            pages |= set(_shown_on(table, row, reports))
    says = "Look at these pages."
    return Section("Pages", says, pages=tuple(sorted(pages))) if pages else None


def _touched(table: TableChange) -> Iterable[Row]:
    yield from table.added
    yield from (cell.now for cell in table.changed)
    yield from (gone.row for gone in table.gone)
    yield from (now for _, now in table.renamed)


def _shown_on(table: TableChange, row: Mapping[str, str], reports: Reports) -> Iterator[str]:
    """Yield the pages that show a row. A page of something that is gone is gone with it."""
    known = {"measures": reports.measures, "services": reports.services}
    yield from _PAGES.get(table.resource, ())
    if table.package in reports.years:
        yield f"years/{table.package}/"
    for column, folder in _OWN.items():
        if row.get(column) in known[folder]:
            yield f"{folder}/{row[column]}/"
    if row.get("measure_id") in reports.measures:
        yield f"services/{reports.measures[row['measure_id']].service.id}/"
    if table.resource == "bodies" and row["body_id"] in {council.id for council in reports.councils}:
        yield f"councils/{row['body_id']}/"


def _section(title: str, says: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Section | None:
    """Return a section with a table, or none where it would be empty. A column nothing stands in is left out."""
    if not rows:
        return None
    kept = [number for number in range(len(columns)) if any(row[number] for row in rows)]
    shown = tuple(tuple(row[number] for number in kept) for row in rows)
    return Section(title, says, tuple(columns[number] for number in kept), shown)
