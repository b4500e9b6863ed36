"""By how much the version of a package must rise, by the versioning recipe of Data Package.

Its first number rises where programs of readers may break, its second where rows are new, its third where something was
put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from ..errors import Kind, Problem, Where
from ..reading.packages import schema
from ..reading.reports import Reports
from ..records import NOT_PUBLISHED
from .differences import CellChange, Comparison, PackageChange, TableChange, awaited, is_fact
from .editions import Edition


class Rise(IntEnum):
    """By how much a version must rise at least."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """A package's version as it was and as it is, the least that is demanded, and why."""

    package: str
    old: str
    new: str
    least: str
    why: str


def rise(package: PackageChange) -> tuple[Rise, str]:
    """Return by how much a package's version must rise, and why; of equal reasons the first."""
    return max(_reasons(package), key=lambda reason: reason[0], default=(Rise.NONE, ""))


def _reasons(package: PackageChange) -> Iterator[tuple[Rise, str]]:
    for resource in package.lost:
        yield Rise.MAJOR, f"the table {resource} is gone"
    for table in package.tables:
        yield from _table_reasons(table)
    if package.described:
        yield Rise.PATCH, "its description changed"


def _table_reasons(table: TableChange) -> Iterator[tuple[Rise, str]]:
    file = f"{table.resource}.csv"
    for what in table.columns:
        yield Rise.MAJOR, what
    if table.gone or table.renamed:
        yield Rise.MAJOR, f"a row of {file} is gone"
    if table.is_new:
        yield Rise.MINOR, f"{file} is new"
    elif table.added:
        # A correction is no new data: it says what was put right.
        yield Rise.PATCH if table.resource == "corrections" else Rise.MINOR, f"rows of {file} are new"
    for cell in table.changed:
        if (awaited(cell.was) and is_fact(table.resource, cell.column)) or _announced(table, cell):
            yield Rise.MINOR, f"figures of {file} are new"
        elif table.package == "register":
            name = cell.now[schema(table.resource)["primaryKey"][0]]
            by = Rise.MAJOR if is_fact(table.resource, cell.column) else Rise.PATCH
            yield by, f"the {cell.column} of '{name}' in {file} changed"
        yield Rise.PATCH, f"a cell of {file} changed"


def _announced(table: TableChange, cell: CellChange) -> bool:
    """Whether a cell is of a document that had been listed before it was published."""
    return table.resource == "documents" and cell.was["status"] == NOT_PUBLISHED


def demands(reports: Reports, before: Edition, found: Comparison) -> Iterator[Demand]:
    """Yield what is demanded of the version of each package that said one before."""
    changes = {package.name: package for package in found.packages}
    for name, package in before.packages.items():
        own = _descriptor(reports, name)
        old, new = _numbers(package.version), _numbers(str(own.get("version", "")))
        if old is not None and new is not None and name in changes:
            by, why = rise(changes[name])
            yield Demand(name, package.version, str(own["version"]), ".".join(map(str, _risen(old, by))), why)


def version_problems(reports: Reports, before: Edition, found: Comparison) -> Iterator[Problem]:
    """Yield a problem for each version that is too low, or says it was made when an earlier one was."""
    for one in demands(reports, before, found):
        where = Where(f"{one.package}/datapackage.json")
        new = _numbers(one.new) or ()
        if new < (_numbers(one.least) or ()):
            reason = f"but {one.why}" if one.why else "which is lower"
            what = f"version {one.old} was published, and this is {one.new}, {reason}."
            yield Problem(where, what, f"Write version {one.least} or higher.", kind=Kind.PUBLISHED_BEFORE)
        made = _descriptor(reports, one.package).get("created")
        if new > (_numbers(one.old) or ()) and made and made == before.packages[one.package].descriptor.get("created"):
            what = f"version {one.new} says it was created when version {one.old} was."
            yield Problem(where, what, "Write in created when this version is made.", kind=Kind.PUBLISHED_BEFORE)


def _descriptor(reports: Reports, name: str) -> Mapping[str, Any]:
    return (reports.folders[name].descriptor or {}) if name in reports.folders else {}


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")
    return tuple(map(int, parts)) if len(parts) == 3 and all(part.isdecimal() for part in parts) else None


def _risen(version: tuple[int, ...], by: Rise) -> tuple[int, ...]:
    """Return the least version above another that has risen by so much."""
    major, minor, patch = version
    return {
        Rise.NONE: version,
        Rise.PATCH: (major, minor, patch + 1),
        Rise.MINOR: (major, minor + 1, 0),
        Rise.MAJOR: (major + 1, 0, 0),
    }[by]
