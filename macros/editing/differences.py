"""What differs between the packages as they are and as they were published. Nothing here says whether it may.

``against.py`` judges what is found here, ``versions.py`` says which version it asks for, and ``diff.py`` tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import Where
from ..publishing.tables import columns, fields
from ..reading.gate import Table
from ..reading.packages import REGISTER, YEAR, field_names, schema
from ..reading.reports import Reports
from ..records import Missing, TargetStatus
from .editions import Edition, Package
from .ledger import Key, Ledger, Row

_PERIODS = ("period", "date", "due", "covers", "from", "to")
"""Columns of period codes: facts, although they are texts."""
_WITHOUT_MEANING = ("version", "created", "embargo")
"""What a descriptor says of its release, and not of its data."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that changed: the row as it was and as it is, and where the cell stands now."""

    column: str
    was: Row
    now: Row
    where: Where

    @property
    def old(self) -> str:
        """What it held."""
        return self.was[self.column]

    @property
    def new(self) -> str:
        """What it holds."""
        return self.now[self.column]


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that is gone. ``twin`` is a new row that differs from it in one column of its key alone, ``column``."""

    key: Key
    row: Row
    twin: Row | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class TableChange:
    """What changed of one table. ``columns`` says in words what became of its columns.

    ``renamed`` are rows that a correction says have another key, as they were and as they are. ``is_new`` says that the
    package did not hold the table before.
    """

    package: str
    resource: str
    columns: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()
    renamed: tuple[tuple[Row, Row], ...] = ()
    added: tuple[Row, ...] = ()
    changed: tuple[CellChange, ...] = ()
    is_new: bool = False

    @property
    def file(self) -> str:
        """The table's file, as messages call it."""
        return f"{self.package}/{self.resource}.csv"


@dataclass(frozen=True, slots=True)
class PackageChange:
    """What changed of one package. ``lost`` are tables this program does not know any more."""

    name: str
    tables: tuple[TableChange, ...]
    lost: tuple[str, ...] = ()
    described: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs: packages that are gone, packages that are new, and those that are on both sides."""

    gone: tuple[str, ...]
    new: tuple[PackageChange, ...]
    packages: tuple[PackageChange, ...]

    @property
    def tables(self) -> tuple[TableChange, ...]:
        """Every table of every package that is there now, those of new packages last."""
        return tuple(table for package in (*self.packages, *self.new) for table in package.tables)


def is_fact(resource: str, column: str) -> bool:
    """Whether a column holds numbers, words of a closed list, or periods: what a figure and its verdict rest on."""
    one = next(one for one in schema(resource)["fields"] if one["name"] == column)
    closed = "enum" in one.get("constraints", {})
    return bool(one["type"] != "string" or closed or column in _PERIODS)


def compare(reports: Reports, before: Edition) -> Comparison:
    """Compare the packages with what was published before.

    Args:
        reports: the packages as they are, sound in themselves.
        before: what was published.
    """
    ledger = Ledger(reports.corrections)
    found = [
        _package(_Pair(reports, name, package, before.published), ledger)
        for name, package in before.packages.items()
        if name in reports.folders
    ]
    if before.published and before.packages and "register" in reports.folders:
        found.append(_register(reports, before, ledger))
    known = {*before.packages, *(package.name for package in found)}
    new = tuple(_new(reports, name) for name in reports.folders if name not in known)
    return Comparison(tuple(name for name in before.packages if name not in reports.folders), new, tuple(found))


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


@dataclass(frozen=True, slots=True)
class _Tables:
    """One table as it was and as it is; None where it is gone."""

    pair: _Pair
    resource: str
    old: Table
    new: Table | None

    @property
    def key(self) -> list[str]:
        """The columns that tell its rows apart."""
        return list(schema(self.resource)["primaryKey"])

    def place(self, now: Mapping[Key, Row], key: Key, column: str) -> Where:
        """Return where a cell of the table stands now."""
        if self.new is None:
            return Where(f"{self.pair.name}/{self.resource}.csv")
        return self.new.where(list(now).index(key), column)


def _package(pair: _Pair, ledger: Ledger) -> PackageChange:
    tables = [_table(tables, ledger) for tables in pair.tables()]
    own = pair.reports.folders[pair.name]
    for file, table in own.tables.items():
        resource = file.removesuffix(".csv")
        if resource not in pair.old.tables and table.rows:
            tables.append(TableChange(pair.name, resource, added=tuple(table.records()), is_new=True))
    said = {key: value for key, value in (own.descriptor or {}).items() if key not in _WITHOUT_MEANING}
    described = not pair.published and any(pair.old.descriptor.get(key) != value for key, value in said.items())
    lost = tuple(sorted(set(pair.old.tables) - {*REGISTER, *YEAR}))
    return PackageChange(pair.name, tuple(tables), lost, described)


def _register(reports: Reports, before: Edition, ledger: Ledger) -> PackageChange:
    """Compare the register with the copy of it in the newest package that was published; it has no version there."""
    newest = before.packages[max(before.packages)]
    copy = Package({}, {name: table for name, table in newest.tables.items() if name in REGISTER})
    pair = _Pair(reports, "register", copy, published=True)
    return PackageChange("register", tuple(_table(tables, ledger) for tables in pair.tables()))


def _new(reports: Reports, name: str) -> PackageChange:
    tables = (
        TableChange(name, file.removesuffix(".csv"), added=tuple(table.records()), is_new=True)
        for file, table in reports.folders[name].tables.items()
    )
    return PackageChange(name, tuple(tables))


def _table(tables: _Tables, ledger: Ledger) -> TableChange:
    was, now = _keyed(tables.old, tables.key), _keyed(tables.new, tables.key)
    new = {key: row for key, row in now.items() if key not in was}
    same = {key: key for key in was if key in now}
    gone: list[Gone] = []
    renamed: list[tuple[Row, Row]] = []
    for key, row in was.items():
        if key in now:
            continue
        settled = _settled(tables, row, new)
        if settled:
            same[key] = settled
            new.pop(settled)
            continue
        other = _renamed(tables, row, new, ledger)
        if other is None:
            gone.append(Gone(key, row, *_twin(tables, row, new)))
        else:
            same[key] = other
            renamed.append((row, new.pop(other)))
    changed = tuple(
        CellChange(column, was[key], now[other], tables.place(now, other, column))
        for key, other in same.items()
        for column, value in was[key].items()
        if column not in tables.key and now[other].get(column, value) != value
    )
    return TableChange(
        tables.pair.name, tables.resource, tuple(_columns(tables)),
        tuple(gone), tuple(renamed), tuple(new.values()), changed,
    )  # fmt: skip


def _keyed(table: Table | None, key: Sequence[str]) -> dict[Key, Row]:
    if table is None or not set(key) <= set(table.header):
        return {}
    return {tuple(row[name] for name in key): row for row in table.records()}


def _columns(tables: _Tables) -> Iterator[str]:
    """Say what became of the columns, the gravest first; and which hold another type."""
    own = field_names(tables.resource)
    old, file = list(tables.old.header), f"{tables.resource}.csv"
    new = list(columns(tables.resource)) if tables.pair.published else own
    gone = [name for name in old if name not in new]
    more = [name for name in new if name not in old]
    if gone:
        yield f'the column "{gone[0]}" of {file} is gone'
    elif more:
        yield f'the column "{more[0]}" of {file} is new'
    elif old != new:
        yield f"the columns of {file} stand in another order"
    known = {str(one["name"]): str(one.get("type", "string")) for one in fields(tables.resource)}
    for one in tables.pair.old.schemas.get(tables.resource, []):
        name, kind = str(one.get("name")), str(one.get("type", "string"))
        if known.get(name, kind) != kind:
            yield f'the column "{name}" of {file} holds {known[name]}s and not {kind}s'


def awaited(row: Mapping[str, str]) -> bool:
    """Whether a row only said that its figure was not due yet: what comes in its place is news, and no correction."""
    return row.get("value_status") == Missing.NOT_YET_DUE


def _settled(tables: _Tables, row: Row, new: Mapping[Key, Row]) -> Key | None:
    """Return the new key of a row that awaited its figure with a proposed target, once the target is settled."""
    if tables.resource != "service_levels" or not awaited(row) or row["target_status"] != TargetStatus.PROPOSED:
        return None
    same = (key for key, one in new.items() if (one["measure_id"], one["period"]) == (row["measure_id"], row["period"]))
    return next(same, None)


def _renamed(tables: _Tables, row: Row, new: Mapping[Key, Row], ledger: Ledger) -> Key | None:
    """Return the new key of a row that a correction says was renamed."""
    package, resource = tables.pair.name, tables.resource
    for key, other in new.items():
        for column in tables.key:
            if row[column] != other[column] and ledger.explains(
                package, resource, other, column, row[column], other[column]
            ):
                return key
    return None


def _twin(tables: _Tables, row: Row, new: Mapping[Key, Row]) -> tuple[Row | None, str]:
    """Return a new row that differs from an old one in one column of its key alone, and that column."""
    for other in new.values():
        differing = [column for column in other if column in row and row[column] != other[column]]
        if len(differing) == 1 and differing[0] in tables.key:
            return other, differing[0]
    return None, ""
