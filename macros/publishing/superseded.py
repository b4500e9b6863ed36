"""Packages as they were before they were corrected: nothing that was published is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ..meaning.changed import judged
from ..reading.corrected import names
from ..reading.packages import schema
from ..reading.reports import Reports
from ..records import Correction, Period
from ..showing import wording
from ..showing.changes import UNTIL
from .descriptors import Package
from .tables import PERIODS, Published, dated


def superseded(reports: Reports, package: Package) -> Iterator[Package]:
    """Yield a year's package as it was before each day on which it was corrected.

    What it said of itself then, such as its version, is not known; what it held is. Where a row was taken away or
    renamed, nobody can put it back, and the package of before that day is left out.

    Args:
        reports: what the packages hold.
        package: the package of one year as it is published.
    """
    own = [change for change in reports.corrections if change.year == package.folder]
    for day in sorted({change.date.end for change in own}):
        tables = _undone(package.tables, [change for change in own if change.date.end >= day])
        if tables:
            yield Package(f"{package.folder}{UNTIL}{day}", _head(package, day), tables)


def _head(package: Package, day: date) -> dict[str, object]:
    kept = {key: value for key, value in package.head.items() if key not in ("id", "version", "created")}
    until = wording.period(Period.parse(f"D{day}"))
    says = f"This is what was published until {until}, when it was corrected. Use data/{package.folder}/ instead."
    title = f"{kept['title']}, as it was until {until}"
    return kept | {"title": title, "description": f"{says} {kept['description']}"}


def _undone(tables: Sequence[Published], changes: Sequence[Correction]) -> tuple[Published, ...]:
    """Undo changes, the newest first; return nothing where one cannot be undone."""
    known = {table.resource: table for table in tables}
    written = sorted(changes, key=lambda one: one.date)
    # Of several on one day, the one that is written last was made last.
    for change in reversed(written):
        table = known[change.resource]
        rows = _rows(table, change)
        if rows is None:
            return ()
        known[change.resource] = replace(table, rows=rows)
    ids = {change.id for change in changes}
    # What was said of a change was not said before it.
    said = known["corrections"]
    known["corrections"] = replace(said, rows=tuple(row for row in said.rows if row[0] not in ids))
    return tuple(known.values())


def _rows(table: Published, change: Correction) -> tuple[tuple[str, ...], ...] | None:
    """Return the rows of a table before a change; None where the row it is of cannot be found as it was."""
    columns = [str(field["name"]) for field in table.fields]
    key = schema(table.resource)["primaryKey"]
    rows, found = [], False
    for cells in table.rows:
        row = dict(zip(columns, cells, strict=True))
        if change.field not in key and row[change.field] == change.new and names(change.key, [row[one] for one in key]):
            found = True
            row[change.field] = change.old
            if "verdict" in row:
                row["verdict"] = judged(row) or row["verdict"]
            if change.field == PERIODS.get(table.resource):
                row |= dated(Period.parse(change.old))
        rows.append(tuple(row.values()))
    return tuple(rows) if found else None
