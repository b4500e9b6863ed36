"""Every year joined: the one place the rest of the program asks for records."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Kind, Problem, Where
from ..records import (
    Action,
    Body,
    Break,
    Commitment,
    Correction,
    Deflator,
    Discrepancy,
    Document,
    Due,
    Duty,
    Measure,
    Milestone,
    Missing,
    Name,
    Observation,
    Period,
    PeriodKind,
    ReleaseStatus,
    Saving,
    Service,
    Source,
    Topic,
)
from . import parsing
from .cells import Register, Row
from .corrected import names, with_corrections
from .gate import TIDIED, Folder, Table, read_folder
from .misnamed import misnamed
from .packages import descriptor_problems, file_names, listed_files, schema, table_problems

_Record = TypeVar("_Record")
_Broken = dict[tuple[str, str], dict[int, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Reports:
    """All packages, joined. Rows keep the order of periods; everything else keeps the order it was written in."""

    folders: Mapping[str, Folder]
    bodies: Mapping[str, Body]
    services: Mapping[str, Service]
    measures: Mapping[str, Measure]
    documents: Mapping[str, Document]
    names: tuple[Name, ...]
    breaks: tuple[Break, ...]
    duties: tuple[Duty, ...]
    deflators: tuple[Deflator, ...]
    observations: tuple[Observation, ...]
    savings: tuple[Saving, ...]
    actions: tuple[Action, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    discrepancies: tuple[Discrepancy, ...]
    corrections: tuple[Correction, ...]
    calendar: tuple[Due, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """The years there is a package for, the earliest first: ``2011-12``."""
        return tuple(name for name in sorted(self.folders) if name != "register")

    def series(self, measure_id: str) -> tuple[Observation, ...]:
        """Return a measure's observations in the order of their periods; a proposed target stands last."""
        return tuple(seen for seen in self.observations if seen.measure.id == measure_id)

    def levels(self, year: str) -> tuple[Observation, ...]:
        """Return a year's service levels, each measure once: months and quarters are parts of a longer period."""
        rows = [seen for seen in self.observations if seen.year == year and seen.target is not None]
        in_force = [seen for seen in rows if not seen.is_proposed]
        return tuple(seen for seen in rows if not any(_holds(other, seen) for other in in_force))

    def is_published(self, year: str) -> bool:
        """Whether the package of a year tells anything: a figure, a reason why there is none, an event, a promise."""
        figures = [row for rows in (self.observations, self.savings) for row in rows if row.year == year]
        others = (self.actions, self.commitments, self.milestones, self.discrepancies)
        told = any(row.year == year for rows in others for row in rows)
        return told or any(row.result is not Missing.NOT_YET_DUE for row in figures)

    @property
    def councils(self) -> tuple[Body, ...]:
        """The bodies a service is for, in the order of the services."""
        return tuple({service.council.id: service.council for service in self.services.values()}.values())

    @property
    def months(self) -> tuple[Period, ...]:
        """The months there are service levels for, the earliest first."""
        found = {seen.period for seen in self.observations if seen.target and seen.period.kind is PeriodKind.MONTH}
        return tuple(sorted(found))

    def sources(self, year: str) -> list[Source]:
        """Return the sources of every row of a year."""
        tables = (
            self.observations, self.savings, self.actions, self.commitments, self.milestones, self.discrepancies,
        )  # fmt: skip
        return [row.source for rows in tables for row in rows if row.year == year]

    def shown_in(self, promise: Commitment) -> str:
        """Return the year whose document shows what became of a promise of another year; nothing where none does."""
        if promise.outcome_source is None:
            return ""
        year = promise.outcome_source.document.covers.financial_year
        return year if year != promise.year else ""

    def action_for(self, seen: Observation) -> Action | None:
        """Return what was said about a missed service level; None where nothing was entered."""
        found = (act for act in self.actions if act.measure is seen.measure and act.period == seen.period)
        return next(found, None)

    def touching(self, *ids: str) -> tuple[Discrepancy, ...]:
        """Return the discrepancies that concern any of some measures, savings, commitments, milestones or duties."""
        return tuple(found for found in self.discrepancies if set(found.touches) & set(ids))


def _holds(longer: Observation, seen: Observation) -> bool:
    """Whether one observation is of the same measure and of a longer period around that of the other."""
    one, other = longer.period, seen.period
    same = longer.measure.id == seen.measure.id and one.start <= other.start and other.end <= one.end
    return same and (one.start, one.end) != (other.start, other.end)


def read(root: Path) -> tuple[Reports, list[Problem]]:
    """Read every package below a folder.

    Args:
        root: the folder that holds ``register`` and one folder for each year.

    Returns:
        The records of every sound row, and every problem of every package. Where there are problems the records
        are good for finding more of them, and for nothing else.
    """
    folders, problems = _folders(root)
    broken: _Broken = {}
    unsure = set(_unread(folders))
    for folder in folders.values():
        problems += descriptor_problems(folder)
        for file, table in folder.tables.items():
            # What the gate has found in a cell or a row is not reported a second time in the schema's words.
            gate = [one for one in problems if one.where.file == table.file and one.kind not in TIDIED]
            spoilt = {(problem.where.row, problem.where.field) for problem in gate}
            found = [
                problem
                for problem in table_problems(table, file[:-4])
                if not spoilt & {(problem.where.row, problem.where.field), (problem.where.row, "")}
            ]
            problems += found
            broken[folder.name, file[:-4]] = _broken_cells(table, gate + found)
            unsure |= {file[:-4]} if any(_is_unsure(file[:-4], one) for one in gate + found) else set()
    misspelt = list(misnamed(folders, _KEYS, unsure))
    problems += misspelt
    # What names such a row is right, and waits until the row is.
    unsure |= {problem.where.file.removeprefix("register/").removesuffix(".csv") for problem in misspelt}
    reports, found = join(folders, broken, frozenset(problem.where.file for problem in problems), unsure)
    return reports, list(_together([*problems, *found]))


def join(
    folders: Mapping[str, Folder],
    broken: _Broken | None = None,
    spoilt: Collection[str] = (),
    unsure: Collection[str] = (),
) -> tuple[Reports, list[Problem]]:
    """Join the tables of packages, which have passed the gate and their schemas.

    Args:
        folders: the packages.
        broken: the cells in which something was found, by package and table, and by row.
        spoilt: the files in which something was found. It may be the fault of what other rows say of them.
        unsure: the tables whose identifiers are not all known, so that nobody misses one of them.

    Returns:
        The records of every sound row, and what only shows where rows are joined.
    """
    unread, known = _unread(folders) | set(unsure), broken or {}
    register, problems = _register(folders.get("register"), known, unread)
    years: dict[str, list[Any]] = {resource: [] for resource in _MAKERS}
    for year, folder in folders.items():
        if year != "register":
            for resource, make in _MAKERS.items():
                maker = partial(make, register=register, year=year)
                _sort(_read_table(folder, resource, known, maker), years[resource], problems)
    reports = _reports(folders, register, years)
    # Where a table has a problem, it may be the fault of what other rows say of it, so they are not reported as well.
    files = {problem.where.file for problem in problems} | set(spoilt)
    return reports, [*problems, *_joint_problems(reports, unread, files)]


def _together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield one problem a cell: whoever opens the cell puts everything in it right."""
    cells: dict[object, list[Problem]] = {}
    for problem in problems:
        cells.setdefault(problem.where if problem.where.field else problem, []).append(problem)
    for first, *others in (list(dict.fromkeys(found)) for found in cells.values()):
        what = " ".join([first.what, *(one.what[0].upper() + one.what[1:] for one in others)])
        fix = " ".join(dict.fromkeys(one.fix for one in (first, *others)))
        yield replace(first, what=what, fix=fix)


def _unread(folders: Mapping[str, Folder]) -> frozenset[str]:
    """Return the tables that some folder holds in a state nobody can read, or lists without holding them.

    Each has a problem of its own. What other rows name in such a table is not known, so it is not reported as missing.
    """
    found = {f"{name}.csv" for name in _REGISTER_MAKERS} if "register" not in folders else set()
    for folder in folders.values():
        found |= (folder.refused | listed_files(folder)) - set(folder.tables)
        found |= {file for file, table in folder.tables.items() if list(table.header) != _fields(file[:-4])}
    if "register" in folders:
        found |= {f"{name}.csv" for name in _KEYS} - set(folders["register"].tables)
    return frozenset(file.removesuffix(".csv") for file in found)


def _is_unsure(resource: str, problem: Problem) -> bool:
    """Whether a problem leaves open which identifier a row has, so that nobody knows what names it."""
    if problem.kind is Kind.DUPLICATE_ROW:
        return False
    return problem.kind is Kind.ROW_LENGTH or problem.where.field == schema(resource)["primaryKey"][0]


def _folders(root: Path) -> tuple[dict[str, Folder], list[Problem]]:
    """Pass every folder through the gate."""
    folders: dict[str, Folder] = {}
    problems: list[Problem] = []
    if not root.is_dir():
        where = Where(str(root.name))
        return {}, [
            Problem(
                where, "there is no such folder.", "Put one folder for each year, and register, in it.", kind=Kind.FILE
            )
        ]
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            problems.append(Problem(Where(path.name), "hidden files do not belong here.", "Remove it.", kind=Kind.FILE))
        elif path.is_symlink() or not path.is_dir():
            problems.append(
                Problem(Where(path.name), "only folders of packages belong here.", "Move it elsewhere.", kind=Kind.FILE)
            )
        elif path.name != "register" and not parsing.is_year(path.name):
            fix = "Name it register, or for a financial year such as 2013-14."
            problems.append(Problem(Where(path.name), "the folder is not named for a year.", fix, kind=Kind.FILE))
        else:
            folders[path.name], found = read_folder(path, file_names(path.name))
            problems += found
    if "register" not in folders:
        fix = "It holds what is the same in every year: bodies, services, measures, documents."
        problems.append(Problem(Where("register"), "the folder is missing.", fix, kind=Kind.FILE))
    return folders, problems


def _broken_cells(table: Table, problems: Iterable[Problem]) -> dict[int, frozenset[str]]:
    """Return for each row the columns in which something was found. A faulty heading breaks every row."""
    cells: dict[int, set[str]] = {}
    for problem in problems:
        if problem.where.row <= 1:
            return {index: frozenset(table.header) for index in range(len(table.rows))}
        # A problem without a column is one of the whole row.
        fields = [problem.where.field] if problem.where.field else table.header
        cells.setdefault(problem.where.row - 2, set()).update(fields)
    return {index: frozenset(fields) for index, fields in cells.items()}


def _read_table(
    folder: Folder | None, resource: str, broken: _Broken, make: Callable[[Row], _Record | None]
) -> Iterator[_Record | Problem]:
    table = folder.tables.get(f"{resource}.csv") if folder else None
    if folder and table and list(table.header) == _fields(resource):
        yield from parsing.records(table, broken.get((folder.name, resource), {}), make)


def _fields(resource: str) -> list[str]:
    return [str(field["name"]) for field in schema(resource)["fields"]]


def _sort(found: Iterable[_Record | Problem], records: list[Any], problems: list[Problem]) -> None:
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            records.append(item)


def _register(folder: Folder | None, broken: _Broken, unsure: Collection[str]) -> tuple[Register, list[Problem]]:
    """Read the register's tables in the order in which they name each other."""
    register = Register()
    problems: list[Problem] = []
    for resource, key in _KEYS.items():
        if folder and resource not in unsure:
            table = folder.tables[f"{resource}.csv"]
            register.seen[resource] = {row[table.header.index(key)] for row in table.rows}
    for resource, make in _REGISTER_MAKERS.items():
        records: list[Any] = []
        _sort(_read_table(folder, resource, broken, partial(make, register)), records, problems)
        if resource in _KEYS:
            setattr(register, resource, {record.id: record for record in records})
        else:
            setattr(register, {"governance": "duties"}.get(resource, resource), records)
    return register, problems


_KEYS = {"bodies": "body_id", "documents": "document_id", "services": "service_id", "measures": "measure_id"}
_REGISTER_MAKERS: dict[str, Callable[[Register, Row], Any]] = {
    "bodies": lambda _, row: parsing.body(row),
    "documents": lambda register, row: parsing.document(row, register),
    "services": lambda register, row: parsing.service(row, register),
    "measures": lambda register, row: parsing.measure(row, register),
    "names": lambda register, row: parsing.name(row, register),
    "breaks": lambda register, row: parsing.series_break(row, register),
    "governance": lambda register, row: parsing.duty(row, register),
    "deflators": lambda register, row: parsing.deflator(row, register),
    "calendar": lambda _, row: parsing.due(row),
}
_MAKERS: dict[str, Callable[..., Any]] = {
    "service_levels": partial(parsing.observation, topic=Topic.SERVICE_LEVEL),
    "activity": partial(parsing.observation, topic=Topic.ACTIVITY),
    "staffing": partial(parsing.observation, topic=Topic.STAFFING),
    "savings": parsing.saving,
    "actions": parsing.action,
    "commitments": parsing.commitment,
    "milestones": parsing.milestone,
    "discrepancies": parsing.discrepancy,
    "corrections": lambda row, register, year: parsing.correction(row, year),
}


def _order(seen: Observation) -> tuple[date, int, Period, bool]:
    """Order observations by the end of their periods: months come before the year or part-year they make up."""
    return seen.period.end, seen.period.months, seen.period, seen.is_proposed


def _reports(folders: Mapping[str, Folder], register: Register, years: Mapping[str, list[Any]]) -> Reports:
    observations = [*years["service_levels"], *years["activity"], *years["staffing"]]
    corrections = years["corrections"]
    observations = with_corrections(observations, corrections, folders)
    # Sorting keeps the order of a table among rows of one period: a proposed target is written after the one in force.
    observations.sort(key=_order)
    return Reports(
        folders,
        register.bodies,
        register.services,
        register.measures,
        register.documents,
        tuple(register.names),
        tuple(register.breaks),
        tuple(register.duties),
        tuple(sorted(register.deflators, key=lambda found: found.period)),
        tuple(observations),
        tuple(with_corrections(years["savings"], corrections, folders)),
        tuple(years["actions"]),
        tuple(years["commitments"]),
        tuple(sorted(years["milestones"], key=lambda event: event.date)),
        tuple(years["discrepancies"]),
        tuple(corrections),
        tuple(register.calendar),
    )


def _joint_problems(reports: Reports, unread: Collection[str], spoilt: set[str]) -> Iterator[Problem]:
    """Check what only shows once every package is read: identifiers used twice, and rows that name other rows."""
    written = {
        resource: None if resource in unread else _written(reports.folders, f"{resource}.csv", key)
        for resource, key in {
            "measures": "measure_id",
            "savings": "saving_id",
            "commitments": "commitment_id",
            "milestones": "milestone_id",
            "discrepancies": "discrepancy_id",
            "governance": "duty_id",
            "bodies": "body_id",
            "corrections": "correction_id",
        }.items()
    }
    for resource in ("savings", "commitments", "milestones", "discrepancies", "corrections"):
        yield from _twice(written[resource] or {})
    for body in reports.bodies.values():
        yield from _unknown(reports, "bodies", body.id, "successor_id", [body.successor_id], written["bodies"], "body")
    for measure in reports.measures.values():
        named = {"parts": measure.parts, "numerator_id": [measure.numerator_id], "change_of": [measure.change_of],
                 "denominator_id": [measure.denominator_id]}  # fmt: skip
        for field, ids in named.items():
            yield from _unknown(reports, "measures", measure.id, field, ids, written["measures"], "measure")
    for saving in reports.savings:
        yield from _unknown_at(reports, saving.origin, "parts", saving.parts, written["savings"], "saving")
    anything = None if None in written.values() else {key for ids in written.values() for key in ids or ()}
    for found in reports.discrepancies:
        yield from _unknown_at(reports, found.origin, "touches", found.touches, anything, "row")
    for change in _newest_corrections(reports):
        if f"{change.year}/{change.resource}.csv" not in spoilt:
            yield from _correction_problems(reports, change)
    yield from _action_problems(reports, unread, spoilt)
    yield from _same_time(reports)


def _same_time(reports: Reports) -> Iterator[Problem]:
    """Report two rows of one measure for one stretch of time, written with two codes: only one of them can be right."""
    known: dict[tuple[str, date, date, bool], Observation] = {}
    for seen in reports.observations:
        first = known.setdefault((seen.measure.id, seen.period.start, seen.period.end, seen.is_proposed), seen)
        # Two rows with one code and one status are the schema's to report.
        status = [one.target.status if one.target else None for one in (first, seen)]
        if first.period.code != seen.period.code or status[0] is not status[1]:
            what = (
                f"'{seen.measure.id}' has a row for the same time already: {first.origin.file}, row "
                f"{first.origin.row}, which writes it {first.period.code}."
            )
            yield Problem(
                _cell(reports, seen.origin, "period"), what, "Keep the one that is right.", kind=Kind.DUPLICATE_ROW
            )


def _cell(reports: Reports, origin: Where, field: str) -> Where:
    folder, _, file = origin.file.partition("/")
    return reports.folders[folder].tables[file].where(origin.row - 2, field)


def _newest_corrections(reports: Reports) -> Iterable[Correction]:
    """Return the corrections whose new value still stands in its cell: of several to one cell only the newest."""
    changes = sorted(reports.corrections, key=lambda change: change.date)
    return {(change.year, change.resource, change.key, change.field): change for change in changes}.values()


def _action_problems(reports: Reports, unread: Collection[str], spoilt: set[str]) -> Iterator[Problem]:
    """Report actions for service levels that do not exist."""
    observed = _observed(reports.folders)
    for action in reports.actions if "service_levels" not in unread else ():
        if (
            action.measure.id,
            action.period.code,
        ) not in observed and f"{action.year}/service_levels.csv" not in spoilt:
            what = f"there is no service level '{action.measure.id}' for {action.period.code}."
            yield Problem(
                action.origin,
                what,
                "Correct the measure or the period, or remove the row.",
                kind=Kind.UNKNOWN_IDENTIFIER,
            )


def _correction_problems(reports: Reports, change: Correction) -> Iterator[Problem]:
    """Check that a correction names a row and a column that are there, and that its new value stands in the cell."""
    table = reports.folders[change.year].tables.get(f"{change.resource}.csv")
    where = reports.folders[change.year].tables["corrections.csv"]
    if table is None or list(table.header) != _fields(change.resource):
        return
    if change.field not in table.header:
        what = f"there is no column '{change.field}' in {change.resource}."
        yield Problem(
            where.where(change.origin.row - 2, "field"),
            what,
            f"It has: {', '.join(table.header)}.",
            kind=Kind.CORRECTION,
        )
        return
    rows = [row for row in table.rows if names(change.key, row)]
    column = table.header.index(change.field)
    if not rows and not change.new and change.field in schema(change.resource)["primaryKey"]:
        return  # the row was taken away
    if not rows:
        what = f"there is no row '{change.key}' in {change.year}/{change.resource}.csv."
        fix = "Write the identifier; for a measure also its period, such as council-tax-collected FY2013-14."
        yield Problem(where.where(change.origin.row - 2, "key"), what, fix, kind=Kind.CORRECTION)
    elif change.new not in [row[column] for row in rows]:
        what = f'the new value is "{change.new}", but the cell holds "{rows[0][column]}".'
        yield Problem(
            where.where(change.origin.row - 2, "new"),
            what,
            "Correct the cell, or the correction.",
            kind=Kind.CORRECTION,
        )
    elif change.kind == "revision" and change.field == "value" and not _is_revised(table, rows):
        index = next(index for index, row in enumerate(table.rows) if row in rows)
        what = "the figure was revised, but its status does not say so."
        yield Problem(
            table.where(index, "value_status"),
            what,
            "Write revised, or call the change a correction.",
            kind=Kind.CORRECTION,
        )


def _is_revised(table: Table, rows: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of some rows says that its figure is revised, or that it has none."""
    value, status = table.header.index("value"), table.header.index("value_status")
    return any(row[status] == ReleaseStatus.REVISED or not row[value] for row in rows)


def _written(folders: Mapping[str, Folder], file: str, key: str) -> dict[str, list[Where]]:
    """Return where each identifier of a table is written, rows with problems included."""
    places: dict[str, list[Where]] = {}
    for folder in folders.values():
        table = folder.tables.get(file)
        if table and key in table.header:
            for index, row in enumerate(table.rows):
                places.setdefault(row[table.header.index(key)], []).append(table.where(index, key))
    return places


def _observed(folders: Mapping[str, Folder]) -> set[tuple[str, str]]:
    """Return the measure and period of every service level that is written, rows with problems included."""
    found: set[tuple[str, str]] = set()
    for folder in folders.values():
        table = folder.tables.get("service_levels.csv")
        if table and {"measure_id", "period"} <= set(table.header):
            columns = table.header.index("measure_id"), table.header.index("period")
            found |= {(row[columns[0]], row[columns[1]]) for row in table.rows}
    return found


def _twice(places: Mapping[str, list[Where]]) -> Iterator[Problem]:
    """Report identifiers used in two years. Within one table the primary key is checked by the schema."""
    for identifier, wheres in places.items():
        first, *others = wheres
        for where in others:
            if where.file != first.file and identifier:
                what = f"'{identifier}' is used already in {first.file}, row {first.row}."
                yield Problem(
                    where,
                    what,
                    "Give this row an identifier of its own, such as one that ends in its year.",
                    kind=Kind.DUPLICATE_ROW,
                )


def _unknown(
    reports: Reports, resource: str, own: str, field: str, ids: Iterable[str], known: Collection[str] | None, noun: str
) -> Iterator[Problem]:
    table = reports.folders["register"].tables[f"{resource}.csv"]
    index = next(number for number, row in enumerate(table.rows) if row[0] == own)
    yield from _unknown_at(reports, table.where(index), field, ids, known, noun)


def _unknown_at(
    reports: Reports, origin: Where, field: str, ids: Iterable[str], known: Collection[str] | None, noun: str
) -> Iterator[Problem]:
    where = _cell(reports, origin, field)
    for identifier in ids:
        if known is not None and identifier and identifier not in known:
            # An identifier that differs in its year alone is another row, not a slip of the finger.
            near = [
                one
                for one in get_close_matches(identifier, known, n=3, cutoff=0.85)
                if _words(one) != _words(identifier)
            ]
            fix = f"Did you mean '{near[0]}'?" if near else "Correct it, or remove it."
            yield Problem(where, f"there is no {noun} '{identifier}'.", fix, kind=Kind.UNKNOWN_IDENTIFIER)


def _words(identifier: str) -> str:
    return re.sub(r"\d", "", identifier)
