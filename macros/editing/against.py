"""The packages as they are, against what was published before: nothing changes or vanishes without a word.

A figure that changed, and a row that is gone or renamed, need a row in ``corrections.csv``. What is new needs none. The
version of a package rises by at least what the versioning recipe of Data Package asks for: its first number where
programs of readers may break, its second where rows are new, its third where something was put right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from string import ascii_lowercase

from ..errors import Kind, Problem, ReportError, Where
from ..publishing.tables import columns, fields
from ..reading.gate import Table
from ..reading.packages import REGISTER, YEAR, schema
from ..reading.reports import Reports
from ..records import Correction
from .editions import Edition, Package

_PERIODS = ("period", "date", "due", "covers", "from", "to")
"""Columns of period codes: facts, although they are texts."""
_PERMANENT = ("bodies", "services", "measures", "documents", "governance")
"""Tables of the register whose identifiers never go: rows, and readers, rely on them."""
Row = dict[str, str]
Key = tuple[str, ...]


class Rise(IntEnum):
    """By how much a version must rise at least."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(slots=True)
class Compared:
    """What a comparison found: the problems, for each package by how much its version must rise and why, and counts."""

    problems: list[Problem] = field(default_factory=list)
    rises: dict[str, tuple[Rise, str]] = field(default_factory=dict)
    added: int = 0
    changed: int = 0

    def rise(self, package: str, by: Rise, why: str) -> None:
        """Note that a package's version must rise, and why; the greatest rise counts, and of equal ones the first."""
        if by > self.rises.get(package, (Rise.NONE, ""))[0]:
            self.rises[package] = (by, why)


def against(reports: Reports, before: Edition, today: date) -> str:
    """Compare the packages with what was published before.

    Args:
        reports: the packages as they are, sound in themselves.
        before: what was published.
        today: the day written into the lines that are suggested for ``corrections.csv``.

    Returns:
        What the comparison came to, in a sentence.

    Raises:
        ReportError: every change that no correction explains, and every version that is too low.
    """
    found = Compared()
    lines = _Lines(reports, today)
    for name, package in before.packages.items():
        if name not in reports.folders:
            what = f"the package was published ({before.name}) and is gone."
            found.problems.append(
                Problem(
                    Where(name), what, "Put it back: what was published never vanishes.", kind=Kind.PUBLISHED_BEFORE
                )
            )
            continue
        _compare_package(_Pair(reports, name, package, before.published), found, lines)
    if before.published and before.packages:
        _compare_register(reports, before, found, lines)
    found.problems += _version_problems(reports, before, found.rises)
    if found.problems:
        raise ReportError(found.problems)
    compared = "1 package" if len(before.packages) == 1 else f"{len(before.packages)} packages"
    return (
        f"Nothing of {before.name} was lost: {compared} compared, {found.added} rows new, {found.changed} cells "
        "changed, and each changed figure has its correction."
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """One package as it is and as it was."""

    reports: Reports
    name: str
    old: Package
    published: bool

    def tables(self) -> Iterator[_Tables]:
        """Yield each table that was published and that this program knows."""
        wanted = REGISTER if self.name == "register" else YEAR
        for resource, old in self.old.tables.items():
            if resource in wanted:
                yield _Tables(self, resource, old, self.reports.folders[self.name].tables.get(f"{resource}.csv"))

    def unknown(self) -> list[str]:
        """Return the tables that were published and that no package holds any more."""
        return sorted(set(self.old.tables) - {*REGISTER, *YEAR})


@dataclass(frozen=True, slots=True)
class _Tables:
    """One table as it was and as it is; None where it is gone."""

    pair: _Pair
    resource: str
    old: Table
    new: Table | None

    @property
    def file(self) -> str:
        """The table's file, as messages call it."""
        return f"{self.pair.name}/{self.resource}.csv"

    @property
    def columns(self) -> list[str]:
        """The columns that the table has now, in the form in which the old one is kept."""
        return list(columns(self.resource)) if self.pair.published else _own(self.resource)

    @property
    def key(self) -> list[str]:
        """The columns that tell its rows apart."""
        return list(schema(self.resource)["primaryKey"])

    def was(self) -> dict[Key, Row]:
        """Return the old rows by their keys, each with its index."""
        return _keyed(self.old, self.key)

    def now(self) -> dict[Key, Row]:
        """Return the rows as they are."""
        return _keyed(self.new, self.key) if self.new else {}

    def place(self, key: Key, column: str) -> Where:
        """Return where a cell of the table stands now."""
        if self.new is None:
            return Where(self.file)
        index = list(self.now()).index(key)
        return self.new.where(index, column)


def _own(resource: str) -> list[str]:
    return [str(one["name"]) for one in schema(resource)["fields"]]


def _keyed(table: Table, key: Sequence[str]) -> dict[Key, Row]:
    if not set(key) <= set(table.header):
        return {}
    rows = (dict(zip(table.header, cells, strict=True)) for cells in table.rows)
    return {tuple(row[name] for name in key): row for row in rows}


def _compare_package(pair: _Pair, found: Compared, lines: _Lines) -> None:
    for resource in pair.unknown():
        found.rise(pair.name, Rise.MAJOR, f"the table {resource} is gone")
    for tables in pair.tables():
        _compare_columns(tables, found)
        _compare_rows(tables, found, lines)
    own = pair.reports.folders[pair.name]
    for file, table in own.tables.items():
        if file.removesuffix(".csv") not in pair.old.tables and table.rows:
            found.added += len(table.rows)
            found.rise(pair.name, Rise.MINOR, f"{file} is new")
    said = {key: value for key, value in (own.descriptor or {}).items() if key not in ("version", "created")}
    if not pair.published and any(pair.old.descriptor.get(key) != value for key, value in said.items()):
        found.rise(pair.name, Rise.PATCH, "its description changed")


def _compare_columns(tables: _Tables, found: Compared) -> None:
    """Columns are a contract with the programs of readers: to add, move or rename one may break them."""
    old, new, file = list(tables.old.header), tables.columns, f"{tables.resource}.csv"
    gone = [name for name in old if name not in new]
    more = [name for name in new if name not in old]
    if gone:
        found.rise(tables.pair.name, Rise.MAJOR, f'the column "{gone[0]}" of {file} is gone')
    elif more:
        found.rise(tables.pair.name, Rise.MAJOR, f'the column "{more[0]}" of {file} is new')
    elif old != new:
        found.rise(tables.pair.name, Rise.MAJOR, f"the columns of {file} stand in another order")
    known = {str(one["name"]): str(one.get("type", "string")) for one in fields(tables.resource)}
    for one in tables.pair.old.schemas.get(tables.resource, []):
        name, kind = str(one.get("name")), str(one.get("type", "string"))
        if known.get(name, kind) != kind:
            why = f'the column "{name}" of {file} holds {known[name]}s and not {kind}s'
            found.rise(tables.pair.name, Rise.MAJOR, why)


def _compare_rows(tables: _Tables, found: Compared, lines: _Lines) -> None:
    was, now = tables.was(), tables.now()
    same = {key: key for key in was if key in now}
    new = {key: row for key, row in now.items() if key not in was}
    for key, row in was.items():
        if key in now:
            continue
        found.rise(tables.pair.name, Rise.MAJOR, f"a row of {tables.resource}.csv is gone")
        renamed = _renamed(tables, row, new, lines)
        if renamed:
            same[key] = renamed
            new.pop(renamed)
        elif not _may_go(tables, row, lines):
            found.problems.append(_gone(tables, key, row, new, lines))
    if new:
        found.added += len(new)
        # A correction is no new data: it says what was put right.
        by = Rise.PATCH if tables.resource == "corrections" else Rise.MINOR
        found.rise(tables.pair.name, by, f"rows of {tables.resource}.csv are new")
    for key, other in same.items():
        for column, value in was[key].items():
            if column not in tables.key and now[other].get(column, value) != value:
                _changed_cell(tables, was[key], now[other], column, found, lines)


def _may_go(tables: _Tables, row: Row, lines: _Lines) -> bool:
    """Whether a row may be gone: a correction says so, or it is one of the register that has no identifier."""
    if tables.pair.name == "register":
        return tables.resource not in _PERMANENT
    return lines.explain_removal(tables, row)


def _changed_cell(tables: _Tables, was: Row, now: Row, column: str, found: Compared, lines: _Lines) -> None:
    """Note what one changed cell asks for: a figure a correction, the register a new first number, words the third."""
    old, new, package = was[column], now[column], tables.pair.name
    where = tables.place(tuple(now[name] for name in tables.key), column)
    found.changed += 1
    if tables.resource == "corrections":
        what = f'it was published as "{old}" and is now "{new}".'
        found.problems.append(
            Problem(where, what, "Put it back: what was said of a change stays.", kind=Kind.PUBLISHED_BEFORE)
        )
    elif package == "register":
        by = Rise.MAJOR if _is_fact(tables.resource, column) else Rise.PATCH
        found.rise(package, by, f"the {column} of '{now[tables.key[0]]}' in {tables.resource}.csv changed")
    elif _is_fact(tables.resource, column) and not lines.explain(tables, now, column, old, new):
        what = f'it was published as "{old}" and is now "{new}", and no correction says so.'
        found.problems.append(
            Problem(where, what, _add(package, lines.line(tables, now, column, old, new)), kind=Kind.PUBLISHED_BEFORE)
        )
    found.rise(package, Rise.PATCH, f"a cell of {tables.resource}.csv changed")


def _add(package: str, line: str) -> str:
    return f"Put it back, or add this line to {package}/corrections.csv, with the reason at its end: {line}"


def _is_fact(resource: str, column: str) -> bool:
    """Whether a column holds numbers, words of a closed list, or periods: what a figure and its verdict rest on."""
    one = next(one for one in schema(resource)["fields"] if one["name"] == column)
    closed = "enum" in one.get("constraints", {})
    return bool(one["type"] != "string" or closed or column in _PERIODS)


def _renamed(tables: _Tables, row: Row, new: Mapping[Key, Row], lines: _Lines) -> Key | None:
    """Return the new key of a row that a correction says was renamed."""
    for key, other in new.items():
        for column in tables.key:
            if row[column] != other[column] and lines.explain(tables, other, column, row[column], other[column]):
                return key
    return None


def _gone(tables: _Tables, key: Key, row: Row, new: Mapping[Key, Row], lines: _Lines) -> Problem:
    """Say that a row is gone, or was renamed where a new row holds the very same."""
    where, shown = Where(tables.file), " ".join(key)
    what = f"the row '{shown}' was published and is gone."
    if tables.resource == "corrections":
        return Problem(where, what, "Put it back: what was said of a change stays.", kind=Kind.PUBLISHED_BEFORE)
    if tables.pair.name == "register":
        return Problem(
            where,
            what,
            "Put it back: identifiers are permanent. Say in the row that it ended.",
            kind=Kind.PUBLISHED_BEFORE,
        )
    twin = _twin(tables, row, new)
    if twin is None:
        column = tables.key[0]
        return Problem(
            where,
            what,
            _add(tables.pair.name, lines.line(tables, row, column, row[column], "")),
            kind=Kind.PUBLISHED_BEFORE,
        )
    other, column = twin
    what = f"the row '{shown}' was published and now has the {column} '{other[column]}'."
    return Problem(
        where,
        what,
        _add(tables.pair.name, lines.line(tables, other, column, row[column], other[column])),
        kind=Kind.PUBLISHED_BEFORE,
    )


def _twin(tables: _Tables, row: Row, new: Mapping[Key, Row]) -> tuple[Row, str] | None:
    """Return a new row that differs from an old one in one column of its key alone, and that column."""
    for other in new.values():
        differing = [column for column in other if column in row and row[column] != other[column]]
        if len(differing) == 1 and differing[0] in tables.key:
            return other, differing[0]
    return None


class _Lines:
    """The corrections there are, and the lines that are missing from them."""

    def __init__(self, reports: Reports, today: date) -> None:
        self._today = today
        self._known = sorted(reports.corrections, key=lambda one: one.date)
        self._ids = {one.id for one in self._known}

    def explain(self, tables: _Tables, row: Row, column: str, old: str, new: str) -> bool:
        """Whether corrections lead from an old value to a new one, in one step or in several."""
        value = old
        for one in self._of(tables, row, column):
            value = one.new if one.old == value else value
        return value == new

    def explain_removal(self, tables: _Tables, row: Row) -> bool:
        """Whether a correction says that a row was taken away."""
        return any(
            one.old == row[column] and not one.new for column in tables.key for one in self._of(tables, row, column)
        )

    def _of(self, tables: _Tables, row: Row, column: str) -> Iterable[Correction]:
        wanted = (tables.pair.name, tables.resource, self._key(tables, row), column)
        return [one for one in self._known if (one.year, one.resource, one.key, one.field) == wanted]

    def _key(self, tables: _Tables, row: Row) -> str:
        return " ".join(row[column] for column in tables.key if column != "target_status")

    def line(self, tables: _Tables, row: Row, column: str, old: str, new: str) -> str:
        """Return the line of ``corrections.csv`` that would explain a change, but for its reason."""
        key, year = self._key(tables, row), tables.pair.name
        base = key.partition(" ")[0].removesuffix(f"-{year}")
        free = (f"{base}-{year}-{letter}" for size in (1, 2) for letter in _letters(size))
        own = next(one for one in free if one not in self._ids)
        self._ids.add(own)
        text = io.StringIO(newline="")
        cells = [own, f"D{self._today}", tables.resource, key, column, old, new, "correction", ""]
        csv.writer(text, lineterminator="").writerow(cells)
        return text.getvalue()


def _letters(size: int) -> Iterator[str]:
    if size == 1:
        yield from ascii_lowercase
    else:
        yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)


def _compare_register(reports: Reports, before: Edition, found: Compared, lines: _Lines) -> None:
    """Compare the register with the copy of it in the newest package that was published; it has no version there."""
    newest = before.packages[max(before.packages)]
    copy = Package({}, {name: table for name, table in newest.tables.items() if name in REGISTER})
    if "register" in reports.folders:
        pair = _Pair(reports, "register", copy, published=True)
        for tables in pair.tables():
            _compare_columns(tables, found)
            _compare_rows(tables, found, lines)
    found.rises.pop("register", None)


def _version_problems(reports: Reports, before: Edition, rises: Mapping[str, tuple[Rise, str]]) -> Iterator[Problem]:
    for name, package in before.packages.items():
        own = (reports.folders[name].descriptor or {}) if name in reports.folders else {}
        old, new = _numbers(package.version), _numbers(str(own.get("version", "")))
        if old is None or new is None:
            continue
        where = Where(f"{name}/datapackage.json")
        by, why = rises.get(name, (Rise.NONE, ""))
        least = _risen(old, by)
        if new < least:
            reason = f"but {why}" if why else "which is lower"
            what = f"version {package.version} was published, and this is {own['version']}, {reason}."
            yield Problem(
                where, what, f"Write version {'.'.join(map(str, least))} or higher.", kind=Kind.PUBLISHED_BEFORE
            )
        made = own.get("created")
        if new > old and made and made == package.descriptor.get("created"):
            what = f"version {own['version']} says it was created when version {package.version} was."
            yield Problem(where, what, "Write in created when this version is made.", kind=Kind.PUBLISHED_BEFORE)


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
