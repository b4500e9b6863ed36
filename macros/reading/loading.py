"""Folders of packages to records: every file is passed through the gate, read, and joined with the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Kind, Problem, Where
from ..records import (
    Observation,
    Period,
    Topic,
)
from . import parsing
from .cells import Register, Row
from .corrected import with_corrections
from .gate import TIDIED, Folder, Table, read_folder
from .joints import joint_problems
from .misnamed import misnamed
from .packages import descriptor_problems, field_names, file_names, listed_files, schema
from .reports import Reports
from .sound import SoundTables

_Record = TypeVar("_Record")
_Broken = dict[tuple[str, str], dict[int, frozenset[str]]]


def read(root: Path, kept: Path | None = None) -> tuple[Reports, list[Problem]]:
    """Read every package below a folder.

    Args:
        root: the folder that holds ``register`` and one folder for each year.
        kept: the folder in which is kept which tables passed their schemas, if anywhere.

    Returns:
        The records of every sound row, and every problem of every package. Where there are problems the records
        are good for finding more of them, and for nothing else.
    """
    sound = SoundTables.below(kept) if kept else SoundTables()
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
                for problem in sound.problems(table, file[:-4])
                if not spoilt & {(problem.where.row, problem.where.field), (problem.where.row, "")}
            ]
            problems += found
            broken[folder.name, file[:-4]] = _broken_cells(table, gate + found)
            unsure |= {file[:-4]} if any(_is_unsure(file[:-4], one) for one in gate + found) else set()
    sound.forget_others()
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
    return reports, [*problems, *joint_problems(reports, unread, files)]


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
        found |= {file for file, table in folder.tables.items() if list(table.header) != field_names(file[:-4])}
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
    if root.is_symlink():
        what = "this is a link, which may lead to files of others."
        return {}, [Problem(Where(root.name), what, "Put the folder itself here.", kind=Kind.FILE)]
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
    if folder and table and list(table.header) == field_names(resource):
        yield from parsing.records(table, broken.get((folder.name, resource), {}), make)


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
