"""``answerable import``: a workbook or CSV file that someone filled in, back into its package. All of it, or none.

Every cell must be of the right shape for its column. Whether the figures are sound is for ``answerable check``: a year
that is half filled in can be brought in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ..errors import Kind, Problem, ReportError, Where, shortened
from ..reading.gate import MAX_BYTES, file_problems
from ..reading.packages import REGISTER, YEAR, schema
from .archives import refused
from .canonical import csv_bytes, known_packages, listing, put_in_place, units, unknown_package
from .excel import read_xlsx
from .exporting import LISTS, PACKAGE, START, TABLES
from .headings import SEARCHED, named, names
from .opendocument import read_ods
from .repairs import Repair
from .settling import Settled, columns_of, settle
from .texts import read_text
from .typed import Sheet

_ASIDE = (START, TABLES, LISTS)
"""Sheets of a workbook to fill in that are no tables."""
_READERS = {".xlsx": read_xlsx, ".xlsm": read_xlsx, ".ods": read_ods}


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is brought in: its sheets by the table each is of, its package, and what was repaired to read it."""

    name: str
    folder: Path
    sheets: dict[str, Sheet]
    repairs: tuple[Repair, ...]


def bring_in(packages: Path, file: Path, year: str | None = None) -> list[str]:
    """Bring a workbook or a CSV file into its package.

    Args:
        packages: the folder of the packages.
        file: the workbook (``.xlsx``, ``.ods``) or CSV file.
        year: the package; None where the workbook, or the name of the file, says it.

    Returns:
        What was done, a line each.

    Raises:
        ReportError: every cell that may be meant in two ways or is of no use; nothing has changed then.
    """
    source = _opened(packages, file, year)
    measured = units(packages)
    settled = {resource: settle(sheet, resource, measured) for resource, sheet in source.sheets.items()}
    if problems := [problem for table in settled.values() for problem in table.problems]:
        raise ReportError(problems)
    files = _files(source.folder, settled)
    lines = [
        f"Repaired: {repair}"
        for repair in sorted([*source.repairs, *(one for table in settled.values() for one in table.repairs)])
    ]
    lines += list(_told(source, settled, files))
    put_in_place({path: data for path, data in files.items() if not path.exists() or path.read_bytes() != data})
    return lines


def _files(folder: Path, settled: dict[str, Settled]) -> dict[Path, bytes]:
    """Return the files of a package after its tables were brought in; an empty table makes no new file."""
    paths = {resource: folder / f"{resource}.csv" for resource in settled}
    kept = [resource for resource, table in settled.items() if table.rows or paths[resource].exists()]
    files = {paths[resource]: csv_bytes(resource, settled[resource].rows) for resource in kept}
    # Each cell was looked at where it stands; this is for what only the whole shows, such as too many rows.
    problems = [one for path, data in files.items() for one in file_problems(data, f"{folder.name}/{path.name}")]
    if problems:
        raise ReportError(problems)
    return files | listing(folder, kept)


def _told(source: _Source, settled: dict[str, Settled], files: dict[Path, bytes]) -> Iterator[str]:
    """Yield what becomes of each table."""
    folder = source.folder
    for path, data in files.items():
        if path.stem in settled:
            yield _state(f"{folder.name}/{path.name}", len(settled[path.stem].rows), path, data)
    left = [path.name for path in sorted(folder.glob("*.csv")) if path.stem not in settled]
    if left:
        yield f"Not in {source.name}, and left as they are: {', '.join(left)}."


def _state(name: str, rows: int, path: Path, data: bytes) -> str:
    """Say how many rows a table has now, and how many it had, so that nobody loses any without seeing it."""
    counted = f"{rows} row{'' if rows == 1 else 's'}"
    if not path.exists():
        return f"{name}: {counted}, new."
    before = path.read_bytes()
    if before == data:
        return f"{name}: {counted}, unchanged."
    had = sum(1 for _ in csv.reader(io.StringIO(before.decode("utf-8", "replace"), newline=""))) - 1
    return f"{name}: {counted}, changed ({had} before)."


def _opened(packages: Path, file: Path, year: str | None) -> _Source:
    """Read a file and find its package and its tables."""
    name = file.name
    data = _read(file)
    suffix = file.suffix.lower()
    if suffix in _READERS:
        sheets = _READERS[suffix](data, name)
        folder = _folder(packages, file, year, _cover(sheets))
        tables, repairs = _tables(sheets, name, folder)
        return _Source(name, folder, tables, tuple(repairs))
    if suffix not in (".csv", ".txt", ".tsv"):
        fix = "Save it as an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV UTF-8."
        raise refused(name, f'files of the kind "{shortened(suffix)}" are not read.', fix)
    folder = _folder(packages, file, year, "")
    sheet, repairs = read_text(data, name, "")
    return _Source(name, folder, {_resource(sheet, file, folder): sheet}, tuple(repairs))


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            what = f"the file has {file.stat().st_size:,} bytes; the most is {MAX_BYTES:,}."
            raise refused(file.name, what, "Remove sheets, pictures and rows that do not belong in it.")
        return file.read_bytes()
    except OSError:
        fix = "Write its name as it stands in its folder, and close it in other programs."
        raise refused(str(file), "there is no such file, or it cannot be read.", fix, Kind.COMMAND) from None


def _cover(sheets: list[Sheet]) -> str:
    """Return the package a workbook to fill in was made for, as its first sheet says; empty where it does not."""
    for sheet in sheets:
        if sheet.name == START:
            for cells in sheet.rows.values():
                texts = [cell.text.strip() for cell in cells]
                if texts[0] == PACKAGE and len(texts) > 1:
                    return texts[1]
    return ""


def _folder(packages: Path, file: Path, year: str | None, cover: str) -> Path:
    """Return the package a file belongs to: as the officer says, or its first sheet, its folder or its name."""
    known = known_packages(packages)
    if year and cover and year != cover:
        fix = f"Leave out --year, or export the workbook of {year} and copy the rows into it."
        raise refused(file.name, f"the workbook was made for {cover}, not for {year}.", fix, Kind.COMMAND)
    folder = file.resolve().parent
    inside = [folder.name] if folder.parent == packages.resolve() else []
    wanted = [year or cover] if year or cover else inside or [name for name in known if name in file.stem]
    if len(wanted) != 1:
        fix = f"Name it with --year. The packages are: {', '.join(known)}."
        raise refused(file.name, "the file does not say which package it belongs to.", fix, Kind.COMMAND)
    if wanted[0] not in known:
        raise unknown_package(packages, wanted[0])
    return packages / wanted[0]


def _named(folder: Path) -> dict[str, str]:
    """Return the tables of a package by their names and titles without what nobody means."""
    found: dict[str, str] = {}
    for resource in REGISTER if folder.name == "register" else YEAR:
        found |= {_plainly(str(schema(resource)["title"])): resource, _plainly(resource): resource}
    return found


def _plainly(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def _tables(sheets: list[Sheet], name: str, folder: Path) -> tuple[dict[str, Sheet], list[Repair]]:
    """Return the sheets of a workbook by the table each is of, by name or by headings that are of one table alone.

    A sheet that is of none, and is not blank, is a problem: nothing that was typed is left out without a word.
    """
    known = _named(folder)
    found: dict[str, Sheet] = {}
    repairs, problems = [], []
    for sheet in sheets:
        resource = known.get(_plainly(sheet.name), "")
        if not resource and (sheet.name in _ASIDE or not sheet.rows):
            continue
        if not resource and len(fits := _by_headings(sheet, known)) == 1:
            resource = fits[0]
            repairs.append(Repair(sheet.where(), f'the sheet is taken for the table "{resource}", by its headings.'))
        if problem := _sheet_problem(sheet, resource, known, found):
            problems.append(problem)
        else:
            found[resource] = sheet
    if problems:
        raise ReportError(problems)
    if not found:
        fix = f"Name each sheet after its table: {', '.join(sorted(set(known.values())))}."
        raise refused(name, "no sheet has the name of a table.", fix)
    return found, repairs


def _sheet_problem(sheet: Sheet, resource: str, known: dict[str, str], found: dict[str, Sheet]) -> Problem | None:
    if not resource:
        near = get_close_matches(_plainly(sheet.name), known, n=1)
        fix = f'Did you mean "{known[near[0]]}"? ' if near else ""
        fix += f"Rename the sheet, or delete it. The tables are: {', '.join(sorted(set(known.values())))}."
        return Problem(sheet.where(), f'there is no table "{shortened(sheet.name)}".', fix, kind=Kind.WORKBOOK)
    if resource in found:
        return Problem(
            sheet.where(), f'two sheets are of the table "{resource}".', "Delete one of them.", kind=Kind.WORKBOOK
        )
    if sheet.hidden:
        fix = "Choose Unhide; then keep the sheet, or delete it."
        return Problem(sheet.where(), "the sheet is hidden.", fix, kind=Kind.WORKBOOK)
    return None


def _resource(sheet: Sheet, file: Path, folder: Path) -> str:
    """Return the table a CSV file is of: as its name says, or its headings where they are those of one table alone."""
    known = _named(folder)
    # Downloads are numbered, and years are written into names.
    stem = _plainly(re.sub(r"\(\d+\)|copy|(FY)?\d{4}[-_]\d\d", " ", file.stem))
    if stem in known:
        return known[stem]
    fits = _by_headings(sheet, known)
    if len(fits) != 1:
        either = f"Its headings are those of {' and '.join(fits)}" if fits else "Its headings are those of no table"
        fix = (
            f"Name the file after its table: {', '.join(f'{one}.csv' for one in fits or sorted(set(known.values())))}."
        )
        raise ReportError([Problem(Where(file.name), f"{either[0].lower()}{either[1:]}.", fix, kind=Kind.WORKBOOK)])
    return fits[0]


def _by_headings(sheet: Sheet, known: dict[str, str]) -> list[str]:
    """Return the tables whose headings, all of them, stand in one of the first rows of a sheet."""
    return [resource for resource in sorted(set(known.values())) if _has_headings(sheet, resource)]


def _has_headings(sheet: Sheet, resource: str) -> bool:
    columns = columns_of(resource)
    known = names(columns)
    wanted = {column.name for column in columns}
    first = [sheet.rows[number] for number in sorted(sheet.rows)[:SEARCHED]]
    return any({named(cell.text, known) for cell in cells} - {""} == wanted for cells in first)
