"""Files as files: nothing of a package is believed before it has passed here, and each file is read exactly once.

Refused before any other reader sees them: links, hidden and unknown files, files too big, bytes that are not UTF-8,
control and direction characters, CSV that is not RFC 4180, cells a spreadsheet would run as a formula, and JSON with
a key written twice. Both validation and pages use the rows that come out of here, so they see the same values.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import HIDDEN, LINE_BREAK, Kind, Problem, Where, shortened
from .slips import bare_number
from .splitting import Breach, Broken, split_csv
from .strict_json import NotStrictError, strict_object

MAX_BYTES = 20_000_000
MAX_DESCRIPTOR = 1_000_000
"""The most bytes of a ``datapackage.json``: one of a thousand sources has a fifth of it."""
MAX_ROWS = 20_000
"""The most rows of a table: 1,600 measures in every month of its year. A check of so many takes three seconds."""
MAX_COLUMNS = 100
MAX_CELL = 32_767
"""The most characters a spreadsheet keeps in a cell."""
MAX_FAULTS = 2_000
"""The faults of a file after which it is not read any further."""
BYTE_ORDER_MARK = "\ufeff"
_SAVE_AS = "In the spreadsheet choose Save As, CSV UTF-8."
_IN_EDITOR = "In the editor choose Save with Encoding, UTF-8."
_RETYPE = "Type the text again instead of pasting it."
_OTHER_FILES = {
    b"PK\x03\x04": "a workbook or another zip",
    b"\xd0\xcf\x11\xe0": "a workbook of Excel before 2007",
}
"""How files begin that are not text."""

_FORMULA = re.compile(r"[=+\-@\t＝＋－＠]")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?", re.ASCII)
_GARBLED = re.compile("\ufffd|Â[£\xa0-\xbf]|â€.?|Ã[\x80-\xbf]")
"""UTF-8 that was read as Windows text and saved again: a pound sign becomes Â£."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_QUOTED = re.compile(r'"[^"]*"?')
_TOTAL = re.compile(r"(?i:(grand |overall )?(sub-?)?totals?:?)")
TIDIED = frozenset({Kind.HIDDEN_CHARACTER, Kind.STRAY_SPACE})
"""Faults of a cell after which the rest of it is read all the same, so that all its repairs are told at once."""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file as it stands: its heading and its rows, every cell a text."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield each row with its cells by their headings."""
        return (dict(zip(self.header, cells, strict=True)) for cells in self.rows)

    def where(self, index: int, field: str = "") -> Where:
        """Return the place of a cell, or of a whole row, where ``index`` counts the rows below the heading from 0."""
        column = self.header.index(field) if field in self.header else -1
        return Where(self.file, index + 2, column, field if column >= 0 else "")


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one package that passed: the descriptor and the tables, by file name."""

    name: str
    descriptor: dict[str, Any] | None
    tables: dict[str, Table]
    refused: frozenset[str]


def read_folder(path: Path, allowed: frozenset[str]) -> tuple[Folder, list[Problem]]:
    """Read a package's folder.

    Args:
        path: the folder.
        allowed: the names of the files it may hold beside ``datapackage.json``.

    Returns:
        What passed, and every problem of what did not.
    """
    problems: list[Problem] = []
    tables: dict[str, Table] = {}
    refused: set[str] = set()
    descriptor: dict[str, Any] | None = None
    for file in sorted(path.iterdir()):
        name = f"{path.name}/{file.name}"
        if file.name != "datapackage.json" and file.name not in allowed:
            meant = _meant_file(file, allowed)
            refused |= {meant} - {""}
            fix = f"Remove it, or rename it to one of: {', '.join(sorted(allowed))}."
            fix = f"Did you mean {meant}? Then rename it." if meant else fix
            problems.append(Problem(Where(name), "this file does not belong in a package.", fix, kind=Kind.FILE))
            continue
        text, found = _read_text(file, name)
        problems += found
        if text is None:
            refused.add(file.name)
        elif file.name == "datapackage.json":
            descriptor, found = read_json(text, name)
            problems += found
        else:
            table, found = read_csv(text, name)
            problems += found
            if table is None:
                refused.add(file.name)
            else:
                tables[file.name] = table
    if descriptor is None and not any(problem.where.file.endswith("datapackage.json") for problem in problems):
        where = Where(f"{path.name}/datapackage.json")
        problems.append(
            Problem(
                where, "the file is missing.", "Copy the one of another year and change what differs.", kind=Kind.FILE
            )
        )
    return Folder(path.name, descriptor, tables, frozenset(refused)), problems


def _meant_file(file: Path, allowed: frozenset[str]) -> str:
    """Return the file that a stray one means, where there is none of that name."""
    missing = [name for name in sorted(allowed) if not (file.parent / name).exists()]
    typed = re.sub(r"[^a-z]+", "_", file.stem.lower()).strip("_")
    return next(iter(get_close_matches(f"{typed}.csv", missing, n=1, cutoff=0.8)), "")


def _read_text(file: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a regular file as UTF-8, or say why not. A byte order mark at the start is dropped."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            what = "this is a link or a folder, not a file."
            return None, [Problem(Where(name), what, "Put the file itself here.", kind=Kind.FILE)]
        most = MAX_DESCRIPTOR if file.name == "datapackage.json" else MAX_BYTES
        if status.st_size > most:
            return None, [_too_large(name, status.st_size, most)]
        data = file.read_bytes()
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror})."
        return None, [Problem(Where(name), what, "Close it in Excel, then check again.", kind=Kind.FILE)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [not_utf_8(data, error.start, name)]
    if text.startswith(BYTE_ORDER_MARK):
        what = "the file begins with a byte order mark (U+FEFF) more than once."
        return None, [
            Problem(Where(name, 1), what, _SAVE_AS if name.endswith(".csv") else _IN_EDITOR, kind=Kind.HIDDEN_CHARACTER)
        ]
    return text, []


def not_utf_8(data: bytes, place: int, name: str) -> Problem:
    """Say where the bytes of a file stop being UTF-8, and what they are instead where that can be told."""
    for start, called in _OTHER_FILES.items():
        if data.startswith(start):
            what = f"this is {called}, whatever its name says."
            fix = "Open it in a spreadsheet and choose Save As, CSV UTF-8: another name is not enough."
            return Problem(Where(name), what, fix, kind=Kind.FILE)
    if name.endswith(".json"):
        row = data.count(b"\n", 0, place) + 1
        return Problem(Where(name, row), "the text is not saved as UTF-8.", _IN_EDITOR, kind=Kind.NOT_UTF_8)
    rows, broken = split_csv(data[:place].decode("utf-8-sig") + "x")
    row, column = (broken.row, broken.column) if broken else (len(rows), len(rows[-1]) - 1)
    heading = [_tidy(cell) for cell in rows[0]] if row > 1 else []
    field = heading[column] if column < len(heading) else ""
    where = Where(name, row, column, field) if field else Where(name, row)
    return Problem(where, "the text is not saved as UTF-8.", _SAVE_AS, kind=Kind.NOT_UTF_8)


def read_csv(text: str, name: str) -> tuple[Table | None, list[Problem]]:
    """Split a text into cells by RFC 4180, and check that a package may hold each of them.

    To read any CSV text to its exact cells, whatever a package may hold, there is
    :func:`macros.reading.splitting.split_csv`.

    Args:
        text: the file's text.
        name: what messages call the file.

    Returns:
        The table, or None where its shape is broken, and the problems.
    """
    if not text.removeprefix(BYTE_ORDER_MARK).strip():
        fix = "It needs at least its row of column headings."
        return None, [Problem(Where(name), "the file is empty.", fix, kind=Kind.FILE)]
    rows, broken = split_csv(text)
    problem = _shape_problem(text, name, rows, broken)
    if problem:
        return None, [problem]
    header = rows[0]
    problems = list(_heading_problems(name, header))
    for number, cells in enumerate(rows[1:], start=2):
        if len(problems) > MAX_FAULTS:
            what = f"the file has more than {MAX_FAULTS:,} faults, and is not read beyond this row."
            problems.append(Problem(Where(name, number), what, "Put the others right first.", kind=Kind.FILE))
            return None, problems
        problems += _row_problems(name, number, header, cells)
    return Table(name, header, tuple(_fitted(cells, len(header)) for cells in rows[1:])), problems


def _shape_problem(text: str, name: str, rows: list[tuple[str, ...]], broken: Broken | None) -> Problem | None:
    """Return what makes a text no table at all; None for a table."""
    if text.count("\0") > len(text) // 8:
        return Problem(Where(name, 1), "the text is saved as UTF-16, not as UTF-8.", _SAVE_AS, kind=Kind.NOT_UTF_8)
    if problem := _separator_problem(text, name):
        return problem
    # Whoever has removed the title sees the rest more truly: the sign between the cells, above all.
    if rows and (problem := _title_problem(name, rows[0], max(map(len, rows)))):
        return problem
    if broken:
        return _broken_problem(broken, name, rows[0] if rows else ())
    if fault := size_fault(rows):
        row, what = fault
        return Problem(Where(name, row), what, "Remove what does not belong in it.", kind=Kind.FILE)
    return None


def size_fault(rows: Sequence[Sequence[str]]) -> tuple[int, str] | None:
    """Return the row, counted from 1, from which on a table is too large, and why; None where it is not."""
    wide = next((at for at, cells in enumerate(rows, start=1) if len(cells) > MAX_COLUMNS), 0)
    if wide:
        return wide, f"the row has more than {MAX_COLUMNS} columns."
    return (MAX_ROWS + 1, f"the table has more than {MAX_ROWS:,} rows.") if len(rows) > MAX_ROWS else None


def _title_problem(name: str, header: tuple[str, ...], widest: int) -> Problem | None:
    """Say that the first row is blank or a title, where the row of column headings belongs."""
    if not any(map(_tidy, header)):
        what, fix = "this row is empty; the column headings belong here.", "Delete every row above them, or write them."
    elif len([cell for cell in header if cell]) == 1 and widest > 1:
        what, fix = "this is a title, not the row of column headings.", "Remove every line above the headings."
    else:
        return None
    return Problem(Where(name, 1), what, fix, kind=Kind.TITLE_ROW)


def _separator_problem(text: str, name: str) -> Problem | None:
    """Say that the columns are separated by another sign, where the headings have more of one than of commas."""
    # A sign between quotation marks is part of a heading.
    headings = _QUOTED.sub("", text.partition("\n")[0].partition("\r")[0])
    if not any(headings.count(mark) > headings.count(",") for mark in ";\t|"):
        return None
    what = "the columns are not separated by commas."
    fix = "In the spreadsheet choose Save As, CSV UTF-8 (comma delimited)."
    return Problem(Where(name, 1), what, fix, kind=Kind.SEPARATOR)


def _broken_problem(broken: Broken, name: str, header: tuple[str, ...]) -> Problem:
    if broken.breach is Breach.TOO_LARGE:
        what, fix = f"{broken.breach.value}.", "Remove what does not belong in it."
        return Problem(Where(name, broken.row), what, fix, kind=Kind.FILE)
    field = _tidy(header[broken.column]) if broken.column < len(header) else ""
    where = Where(name, broken.row, broken.column, field) if field else Where(name, broken.row)
    return Problem(where, *breach_fault(broken), kind=Kind.QUOTATION)


def breach_fault(broken: Broken) -> tuple[str, str]:
    """Say how a quotation mark breaks the rules of CSV: what is wrong, and the repair."""
    what = f"{broken.breach.value} ({shortened(broken.text)})."
    if broken.breach is Breach.NEVER_CLOSED:
        return what, "Put a quotation mark where the cell ends, and write each one inside the cell twice."
    if broken.breach is Breach.INSIDE and broken.text.lstrip().startswith('"'):
        return what, "Remove the space before the quotation mark."
    return what, 'Put the whole cell in quotation marks and write each one inside it twice: "the ""new"" target".'


def _heading_problems(name: str, header: tuple[str, ...]) -> Iterator[Problem]:
    """Yield headings that no table may have, whatever its columns are."""
    for column, heading in enumerate(header):
        field = _tidy(heading) or "no heading"
        where = Where(name, 1, column, field)
        if match := HIDDEN.search(heading):
            what = f"the heading holds a hidden character (U+{ord(match[0]):04X})."
            yield Problem(where, what, _RETYPE, kind=Kind.HIDDEN_CHARACTER)
        if not _tidy(heading):
            fix = "Write its heading, or remove the column."
            yield Problem(where, "the column has no heading.", fix, kind=Kind.UNKNOWN_COLUMN)
        elif heading in header[:column]:
            what = f'the column "{shortened(field)}" stands twice.'
            yield Problem(where, what, "Remove one of them.", kind=Kind.UNKNOWN_COLUMN)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return a row with its cells tidied, as wide as the heading, so that one faulty row does not hide the others."""
    return tuple(map(_tidy, [*cells, *[""] * (width - len(cells))][:width]))


def _tidy(cell: str) -> str:
    """Return a cell without what nobody meant to type; it has been reported."""
    return HIDDEN.sub("", LINE_BREAK.sub(" ", cell)).strip()


def file_problems(data: bytes, name: str) -> list[Problem]:
    """Return what would be wrong with the bytes of a CSV file if it stood in a package under a name."""
    if len(data) > MAX_BYTES:
        return [_too_large(name, len(data), MAX_BYTES)]
    return read_csv(data.decode("utf-8"), name)[1]


def _too_large(name: str, size: int, most: int) -> Problem:
    what = f"the file has {size:,} bytes; the most is {most:,}."
    return Problem(Where(name), what, "Split it, or remove what does not belong in it.", kind=Kind.FILE)


def _row_problems(name: str, number: int, header: tuple[str, ...], cells: tuple[str, ...]) -> Iterator[Problem]:
    if not any(cell.strip() for cell in cells):
        yield Problem(Where(name, number), "the row is empty.", "Delete it.", kind=Kind.EMPTY_ROW)
        return
    first = next(cell.strip() for cell in cells if cell.strip())
    if _TOTAL.fullmatch(first):
        what = f'"{shortened(first)}" makes this a row of totals.'
        yield Problem(Where(name, number), what, "Delete it: the site adds up itself.", kind=Kind.TOTAL_ROW)
        return
    if len(cells) != len(header):
        what = f"the row has {len(cells)} cell{'' if len(cells) == 1 else 's'}; the heading has {len(header)}."
        fix = "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma."
        yield Problem(Where(name, number), what, fix, kind=Kind.ROW_LENGTH)
        return
    for column, (field, cell) in enumerate(zip(header, cells, strict=True)):
        for kind, what, fix in cell_faults(cell):
            yield Problem(Where(name, number, column, field), what, fix, kind=kind)


def cell_faults(cell: str) -> Iterator[tuple[Kind, str, str]]:
    """Yield what is wrong with a cell as a text: the kind, what is wrong, and the repair."""
    if len(cell) > MAX_CELL:
        yield Kind.FILE, f"the cell has {len(cell):,} characters; the most is {MAX_CELL:,}.", "Shorten it."
        return
    if match := HIDDEN.search(cell):
        what = f"the cell holds a hidden character (U+{ord(match[0]):04X})."
        yield Kind.HIDDEN_CHARACTER, what, _RETYPE
    if "\n" in cell or "\r" in cell:
        yield Kind.STRAY_SPACE, "the cell holds a line break.", "Write it on one line."
    elif cell != cell.strip():
        yield Kind.STRAY_SPACE, f'"{shortened(cell)}" begins or ends with a space.', "Remove the space."
    yield from _text_faults(_tidy(cell))


def _text_faults(cell: str) -> Iterator[tuple[Kind, str, str]]:
    if _FORMULA.match(cell) and not _NEGATIVE.fullmatch(cell):
        what = f'"{shortened(cell)}" begins with {cell[0]}, which a spreadsheet reads as a formula.'
        yield Kind.FORMULA, what, _formula_fix(cell)
    if match := _GARBLED.search(cell):
        what = f'"{shortened(match[0])}" is a character that was saved in one form and opened in another.'
        yield Kind.GARBLED_TEXT, what, "Type it again, and save the file as CSV UTF-8."
    if "@" in cell and (match := _EMAIL.search(cell)):
        what = f'"{shortened(match[0])}" is an e-mail address.'
        yield Kind.PERSONAL_DATA, what, "Name the role instead: packages hold no personal data."


def _formula_fix(cell: str) -> str:
    """Return the repair of a cell that a spreadsheet would compute; it may be a number with a sign before it."""
    if cell == "-":
        return "Leave the cell blank."
    number = bare_number(cell.lstrip("+＋"))
    return f"{f'Write {number}, or begin' if number else 'Begin'} the text with a letter or a quotation mark."


def read_json(text: str, name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read strict JSON: no key twice, no NaN, not too deep; the whole must be an object.

    Args:
        text: the file's text.
        name: what messages call the file.

    Returns:
        The object, or None where the text is not strict JSON, and the problems, by line.
    """
    try:
        return strict_object(text), []
    except NotStrictError as error:
        return None, [Problem(Where(name, error.line), error.what, error.fix, kind=error.kind)]
