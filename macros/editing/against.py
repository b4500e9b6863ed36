"""The packages as they are, against what was published before: nothing changes or vanishes without a word.

A figure that changed, and a row that is gone or renamed, need a row in ``corrections.csv``. What is new needs none. The
version of a package rises as ``versions.py`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from ..errors import Kind, Problem, ReportError, Where
from ..reading.packages import schema
from ..reading.reports import Reports
from .differences import CellChange, Comparison, Gone, TableChange, awaited, compare, is_fact
from .editions import Edition, Package
from .ledger import Ledger
from .versions import version_problems

_PERMANENT = ("bodies", "services", "measures", "documents", "governance")
"""Tables of the register whose identifiers never go: rows, and readers, rely on them."""


def against(reports: Reports, before: Edition, today: date) -> str:
    """Compare the packages with what was published before, and judge what changed.

    Args:
        reports: the packages as they are, sound in themselves.
        before: what was published.
        today: the day written into the lines that are suggested for ``corrections.csv``.

    Returns:
        What the comparison came to, in a sentence.

    Raises:
        ReportError: every change that no correction explains, and every version that is too low.
    """
    found = compare(reports, before)
    problems = change_problems(reports, before, found, today)
    if problems:
        raise ReportError(problems)
    known = [table for package in found.packages for table in package.tables]
    added, changed = sum(len(table.added) for table in known), sum(len(table.changed) for table in known)
    compared = "1 package" if len(before.packages) == 1 else f"{len(before.packages)} packages"
    return (
        f"Nothing of {before.name} was lost: {compared} compared, {added} rows new, {changed} cells "
        "changed, and each changed figure has its correction."
    )


def change_problems(reports: Reports, before: Edition, found: Comparison, today: date) -> list[Problem]:
    """Judge what a comparison found: return what no correction explains, and every version that is too low.

    Args:
        reports: the packages as they are.
        before: what was published.
        found: what differs between the two.
        today: the day written into the lines that are suggested for ``corrections.csv``.
    """
    judge = _Judge(Ledger(reports.corrections), today)
    problems = [_lost(name, before) for name in found.gone]
    problems += [_shut(name) for name, package in before.packages.items() if _newly_shut(reports, name, package, today)]
    for package in found.packages:
        for table in package.tables:
            problems += judge.of(table)
    return [*problems, *version_problems(reports, before, found)]


def _problem(where: Where, what: str, fix: str) -> Problem:
    return Problem(where, what, fix, kind=Kind.PUBLISHED_BEFORE)


def _lost(name: str, before: Edition) -> Problem:
    what = f"the package was published ({before.name}) and is gone."
    return _problem(Where(name), what, "Put it back: what was published never vanishes.")


def _newly_shut(reports: Reports, name: str, before: Package, today: date) -> bool:
    """Whether a package is under embargo that was not before: one for readers never says so, as it was published."""
    own = (reports.folders[name].descriptor or {}) if name in reports.folders else {}
    until = own.get("embargo")
    return bool(until and "embargo" not in before.descriptor and datetime.fromisoformat(until).date() > today)


def _shut(name: str) -> Problem:
    what = "this year was published and is now under embargo."
    return _problem(
        Where(f"{name}/datapackage.json"),
        what,
        "Remove it: what was published never vanishes.",
    )


class _Judge:
    """What may change, and what needs a correction."""

    def __init__(self, ledger: Ledger, today: date) -> None:
        self._ledger = ledger
        self._today = today

    def of(self, table: TableChange) -> Iterator[Problem]:
        """Yield what no correction explains of one table."""
        yield from (self._gone(table, gone) for gone in table.gone if not self._may_go(table, gone))
        for cell in table.changed:
            problem = self._cell(table, cell)
            if problem is not None:
                yield problem

    def _may_go(self, table: TableChange, gone: Gone) -> bool:
        """Whether a row may be gone: a correction says so, or it is one of the register that has no identifier."""
        if table.package == "register":
            return table.resource not in _PERMANENT
        return self._ledger.explains_removal(table.package, table.resource, gone.row)

    def _gone(self, table: TableChange, gone: Gone) -> Problem:
        """Say that a row is gone, or was renamed where a new row holds the very same."""
        where, shown = Where(table.file), " ".join(gone.key)
        what = f"the row '{shown}' was published and is gone."
        if table.resource == "corrections":
            return _problem(where, what, "Put it back: what was said of a change stays.")
        if table.package == "register":
            return _problem(
                where,
                what,
                "Put it back: identifiers are permanent. Say in the row that it ended.",
            )
        if gone.twin is None:
            column = schema(table.resource)["primaryKey"][0]
            return _problem(where, what, self._add(table, gone.row, column, gone.row[column], ""))
        new = gone.twin[gone.column]
        what = f"the row '{shown}' was published and now has the {gone.column} '{new}'."
        return _problem(
            where,
            what,
            self._add(table, gone.twin, gone.column, gone.row[gone.column], new),
        )

    def _cell(self, table: TableChange, cell: CellChange) -> Problem | None:
        """Say what a changed cell lacks: a figure needs its correction, and what was said of a change stays."""
        package, resource, column = table.package, table.resource, cell.column
        if resource == "corrections":
            what = f'it was published as "{cell.old}" and is now "{cell.new}".'
            return _problem(cell.where, what, "Put it back: what was said of a change stays.")
        if package == "register" or not is_fact(resource, column) or awaited(cell.was):
            return None
        if self._ledger.explains(package, resource, cell.now, column, cell.old, cell.new):
            return None
        what = f'it was published as "{cell.old}" and is now "{cell.new}", and no correction says so.'
        return _problem(cell.where, what, self._add(table, cell.now, column, cell.old, cell.new))

    def _add(self, table: TableChange, row: dict[str, str], column: str, old: str, new: str) -> str:
        line = self._ledger.line(table.package, table.resource, row, column, old, new, self._today)
        return f"Put it back, or add this line to {table.package}/corrections.csv, with the reason at its end: {line}"
