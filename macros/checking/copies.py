"""Published files compared with each other: CSV, JSON, zips, spreadsheets, sums and sizes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import takewhile, zip_longest
from pathlib import PurePosixPath
from typing import Any

from ..errors import Kind, Problem, Where
from .readers import Row, csv_rows, members
from .sheets import ENDINGS, Sheet, sheets
from .truth import LEVELS, Known, Truth, corrects, digest, judged, row_key

FIX = "Two copies of one figure must never differ. Build again; where this stays, report it as a fault of the program."
YEARLY = ("service_levels", "activity", "staffing", "savings", "actions", "commitments", "milestones", "discrepancies",
          "corrections")  # fmt: skip
"""Tables of which each year has its own rows; the others are the register's, the same in every package."""
NOT_TEXT = "it is not saved as UTF-8"
Files = Mapping[str, bytes]
UNTIL = "-until-"
"""What stands in the name of a package as it was before a correction, before the day."""


def differs(where: Where, says: str, other: object, has: str) -> Problem:
    """Return the problem of two places that disagree, with both values."""
    return Problem(where, f'this says "{says}", but {other} has "{has}".', FIX, kind=Kind.SITE)


def unreadable(file: str, why: object) -> Problem:
    """Return the problem of a file that cannot be read."""
    return Problem(Where(file), f"the file cannot be read ({why}).", FIX, kind=Kind.SITE)


def same_rows(file: str, found: Sequence[Row], true: Sequence[Row]) -> Iterator[Problem]:
    """Compare two tables, cell by cell, in the columns of the true one."""
    if len(found) != len(true):
        other = true[0].file if true else "the packages of the years"
        yield differs(Where(file), f"{len(found)} rows", other, f"{len(true)} rows")
        return
    for one, its in zip(found, true, strict=True):
        yield from same_cells(one, its)


def same_cells(one: Row, other: Row) -> Iterator[Problem]:
    """Compare two copies of a row."""
    if one.cells == other.cells:
        return
    for name, text in other.cells.items():
        if one.cells.get(name) != text:
            place = one.place(name)
            yield differs(place, str(one.cells.get(name, "nothing")), other.place(name), text)


def verdict_problems(truth: Truth) -> Iterator[Problem]:
    """Work every verdict out again from the figure and the target of its row."""
    for row in truth.table(LEVELS):
        found = judged(truth.known[row_key(row)])
        if found is not None and found != row["verdict"]:
            beside = f"{row.place('value')}, beside its target,"
            yield differs(row.place("verdict"), row["verdict"], beside, found)


def table_problems(files: Files, truth: Truth) -> Iterator[Problem]:
    """Compare the tables of every package, measure and chart with the rows of the years."""
    for folder in sorted({path.parts[1] for path in map(PurePosixPath, files) if path.name == "datapackage.json"}):
        for name, rows in _held(folder, truth).items():
            path = f"data/{folder}/{name}"
            yield from _csv(files, f"{path}.csv", rows)
            if f"{path}.json" in files:
                yield from _json_rows(files, f"{path}.json", rows)
    for measure in truth.register.get("measures", ()):
        own = truth.of_measure.get(measure["measure_id"], [])
        name = f"data/measures/{measure['measure_id']}"
        yield from _csv(files, f"{name}.csv", own)
        yield from _json_rows(files, f"{name}.json", own)
        yield from _measure(files, f"{name}.json", measure)
    for name in files:
        if name.startswith("data/charts/") and name.endswith(".csv"):
            yield from _chart(files, name, truth.known)


def _csv(files: Files, name: str, true: Sequence[Row]) -> Iterator[Problem]:
    try:
        yield from same_rows(name, csv_rows(name, files[name]), true)
    except (ValueError, KeyError) as error:
        yield unreadable(name, error)


def _held(folder: str, truth: Truth) -> dict[str, Sequence[Row]]:
    """Return the tables a package holds: those of its year or of all years; another name is one of the newest year."""
    if folder == "all-years":
        return {name: truth.table(name) for name in YEARLY}
    newest = list(truth.years.values())[-1]
    return {**truth.years.get(folder, newest), **truth.register}


def _json_rows(files: Files, name: str, true: Sequence[Row]) -> Iterator[Problem]:
    try:
        rows = [Row(name, number, dict(row)) for number, row in enumerate(json.loads(files[name])["rows"], start=1)]
    except (ValueError, KeyError, TypeError) as error:
        yield unreadable(name, error)
    else:
        yield from same_rows(name, rows, true)


def _measure(files: Files, name: str, measure: Row) -> Iterator[Problem]:
    """Compare what the file of a measure says of it."""
    try:
        found: dict[str, Any] = json.loads(files[name])
    except (ValueError, KeyError) as error:
        yield unreadable(name, error)
        return
    for key, text in measure.cells.items():
        if key in found and str(found[key]) != text:
            yield differs(Where(name), f"{key}: {found[key]}", measure.place(key), text)


def _chart(files: Files, name: str, known: Mapping[str, Known]) -> Iterator[Problem]:
    try:
        rows = csv_rows(name, files[name])
    except ValueError as error:
        yield unreadable(name, error)
        return
    total = Decimal(0)
    for row in rows:
        true = known.get(row_key(row))
        if true is None:
            yield differs(Where(name, row.number), row_key(row), "no package", "such a row")
            continue
        yield from same_cells(row, true.row)
        total += true.value or 0
        if "added_up" in row.cells and row["added_up"] != str(total):
            up_to = f"the sum up to {true.row.place('value')}"
            yield differs(row.place("added_up"), row["added_up"], up_to, str(total))


def zip_problems(files: Files, truth: Truth) -> Iterator[Problem]:
    """Compare what lies in each zip with the files beside it, and with its own sums."""
    for name in sorted(files):
        if name.endswith(".zip"):
            try:
                inside = members(files[name])
                yield from _before(name, inside, truth) if UNTIL in name else _zip(files, name, inside)
                yield from _own_sums(name, inside)
            except ValueError as error:
                yield unreadable(name, error)


def _before(name: str, inside: Files, truth: Truth) -> Iterator[Problem]:
    """Compare a package of before a correction with the year's own, in which what was corrected since is put back."""
    year, _, day = PurePosixPath(name).stem.partition(UNTIL)
    since = [row for row in truth.years[year].get("corrections", ()) if row["date"] >= f"D{day}"]
    for resource, rows in {**truth.register, **truth.years[year]}.items():
        place = f"{name}/{resource}.csv"
        wanted = [row for row in rows if row not in since]
        was = [_put_back(row, [one for one in since if one["resource"] == resource]) for row in wanted]
        if f"{resource}.csv" not in inside:
            yield differs(Where(place), "no file", f"data/{year}/{resource}.csv", "one")
        else:
            yield from same_rows(place, csv_rows(place, inside[f"{resource}.csv"]), was)


def _put_back(row: Row, changes: Sequence[Row]) -> Row:
    """Return a row with what it held before some corrections: of several to one cell, before the first of them."""
    cells = dict(row.cells)
    for change in sorted(changes, key=lambda one: one["date"], reverse=True):
        if corrects(change["key"], row) and cells[change["field"]] == change["new"]:
            cells[change["field"]] = change["old"]
    found = Row(row.file, row.number, cells)
    if cells == row.cells or "verdict" not in cells:
        return found
    known = Known(found, row["unit"], None)
    return Row(row.file, row.number, {**cells, "verdict": judged(known) or row["verdict"]})


def _zip(files: Files, name: str, inside: Files) -> Iterator[Problem]:
    folder = name.removesuffix(".zip")
    beside = {path.removeprefix(f"{folder}/") for path in files if path.startswith(f"{folder}/")}
    packed = {path for path in beside if path.endswith(".csv")}
    for path in sorted({*packed, *inside} - {"README.md", "SHA256SUMS"}):
        place = f"{name}/{path}"
        if path not in inside or path not in beside:
            there = ("a file", "none") if path in inside else ("no file", "one")
            yield differs(Where(place), there[0], f"{folder}/{path}", there[1])
            continue
        packed_data, data = inside[path], files[f"{folder}/{path}"]
        if packed_data == data:
            continue
        if path.endswith(".csv"):
            yield from same_rows(place, csv_rows(place, packed_data), csv_rows(f"{folder}/{path}", data))
        else:
            lines = _line(packed_data, data), _line(data, packed_data)
            yield differs(Where(place), lines[0], f"{folder}/{path}", lines[1])


def _own_sums(name: str, inside: Files) -> Iterator[Problem]:
    """Compare the sums that lie in a zip with the files that lie there."""
    parted = [line.partition("  ") for line in inside.get("SHA256SUMS", b"").decode().splitlines()]
    sums = {path: said for said, _, path in parted}
    for path in sorted({*inside} - {"SHA256SUMS"}):
        true = sha256(inside[path]).hexdigest()
        if sums.get(path) != true:
            yield differs(Where(f"{name}/SHA256SUMS"), f"{path}: {sums.get(path)}", f"{name}/{path}", true)


def _line(one: bytes, other: bytes) -> str:
    """Return the first line in which a text differs from another."""
    pairs = zip_longest(one.decode(errors="replace").splitlines(), other.decode(errors="replace").splitlines())
    return next((str(line).strip() for line, beside in pairs if line != beside), "")


def sum_problems(files: Files) -> Iterator[Problem]:
    """Compare the sizes and hashes in each description and in the index with the files they are of."""
    for name in sorted(files):
        if name.endswith("/datapackage.json"):
            yield from _sums(files, name, "resources")
    yield from _sums(files, "data/index.json", "files")


def _sums(files: Files, name: str, key: str) -> Iterator[Problem]:
    folder = PurePosixPath(name).parent
    try:
        for entry in json.loads(files[name])[key]:
            path = f"{folder}/{entry['path']}"
            data = files[path]
            true = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
            for what, value in true.items():
                if entry[what] != value:
                    yield differs(Where(name), f"{entry['path']}: {what} {entry[what]}", path, str(value))
    except (ValueError, KeyError, TypeError) as error:
        yield unreadable(name, error)


def sheet_problems(files: Files, truth: Truth, agreed: MutableMapping[str, str]) -> Iterator[Problem]:
    """Compare the tables of every spreadsheet with the rows of the years.

    Args:
        files: the files readers take away.
        truth: the published rows.
        agreed: spreadsheets that agreed before, each with a digest of it and of what it was compared with. Those that
            agree now are added.
    """
    for name in sorted(files):
        if PurePosixPath(name).suffix in ENDINGS:
            data, tables = files[name], _tables(name, truth)
            facts = digest([data, *_held_in(files, tables.values())]).hex()
            if agreed.get(name) != facts:
                found = list(_sheet(name, data, tables))
                yield from found
                if not found:
                    agreed[name] = facts


def _held_in(files: Files, tables: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the name and the bytes of every file that the rows of some tables were read from, in their order."""
    for name in dict.fromkeys(row.file for rows in tables for row in rows):
        yield name.encode()
        yield files[name]


def _sheet(name: str, data: bytes, tables: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    try:
        own = sheets(data)
    except ValueError as error:
        yield unreadable(name, error)
        return
    for key, true in tables.items():
        found = _found(f"{name}/{key}", own.get(key, []), true[0])
        if found is None:
            yield unreadable(name, f"no sheet {key} has the columns of that table")
        else:
            yield from _same_sheet(name, found, true)


def _tables(name: str, truth: Truth) -> dict[str, Sequence[Row]]:
    """Return the tables a spreadsheet must hold: those of the package it is named for that have rows."""
    own = {**_held(PurePosixPath(name).stem, truth), **truth.register}
    return {key: rows for key, rows in own.items() if rows}


def _found(name: str, sheet: Sheet, like: Row) -> list[Row] | None:
    """Find the table of a sheet by its headings, wherever they stand; it ends at a blank row. None where it is not.

    A heading is the name of a column, or says it behind its title: ``Place in the document (place)``.
    """
    columns = list(like.cells)
    for number, cells in enumerate(sheet, start=1):
        if [cell.rpartition("(")[2].removesuffix(")") for cell in cells if cell] == columns:
            body = takewhile(any, sheet[number:])
            return [
                Row(name, below, dict(zip_longest(columns, line[: len(columns)], fillvalue="")))
                for below, line in enumerate(body, start=number + 1)
            ]
    return None


def _same_sheet(name: str, found: Sequence[Row], true: Sequence[Row]) -> Iterator[Problem]:
    if len(found) != len(true):
        yield differs(Where(name), f"{len(found)} rows", true[0].file, f"{len(true)} rows")
        return
    for one, other in zip(found, true, strict=True):
        if one.cells == other.cells:
            continue
        for column, text in other.cells.items():
            if not _alike(one[column], text):
                yield differs(one.place(column), one[column], other.place(column), text)


def _alike(cell: str, text: str) -> bool:
    """Whether a cell of a spreadsheet holds a text, word for word or as a number.

    A spreadsheet holds a number as a float of 64 bits; its shortest text is the number that was written.
    """
    if cell == text:
        return True
    try:
        return Decimal(cell) == Decimal(text)
    except InvalidOperation:
        return False
