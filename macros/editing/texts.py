"""Text files that spreadsheets save as CSV, in whatever letters and with whatever signs between the cells."""

from __future__ import annotations

import codecs
from dataclasses import replace
from itertools import zip_longest

from ..errors import Kind, Problem, ReportError, Where, column_letter
from ..reading.gate import MAX_BYTES, breach_fault, not_utf_8, size_fault
from ..reading.splitting import Breach, split_csv
from .archives import refused
from .repairs import Repair
from .typed import Sheet, sheet_of_texts

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}

_SEVERAL = 3
"""How many signs stand in the headings of the narrowest table."""


def read_text(data: bytes, name: str, resource: str) -> tuple[Sheet, list[Repair]]:
    """Return a text file as a sheet, and what was repaired to read it.

    Args:
        data: the file.
        name: what messages call it.
        resource: the name of the sheet.

    Raises:
        ReportError: it cannot be read as a table.
    """
    if len(data) > MAX_BYTES:
        what = f"the file has {len(data):,} bytes; the most is {MAX_BYTES:,}."
        raise refused(name, what, "Remove what does not belong in it.", Kind.FILE)
    text, letters = _decoded(data, name)
    separator = _separator(text)
    rows = _rows(text, separator, name)
    sheet = sheet_of_texts(name, resource, rows, decimal_comma=separator == ";")
    repairs = []
    if letters:
        repairs.append(Repair(sheet.where(), f"the file is saved as {letters}; it becomes UTF-8."))
    if separator != ",":
        what = f"the cells are separated by {_SEPARATORS[separator]}; commas take their place."
        repairs.append(Repair(sheet.where(), what))
    return sheet, repairs


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text, and what its letters are saved as where that is not UTF-8."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    place = 0
    # Text that is not UTF-8 is what Windows has saved since before there was UTF-8.
    for encoding, called in [("utf-16", "UTF-16")] if wide else [("utf-8", ""), ("cp1252", "Windows text (1252)")]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            place = error.start if encoding == "utf-8" else place
            continue
        marked = encoding == "utf-8" and text.startswith("\ufeff")
        return text.removeprefix("\ufeff"), "UTF-8 with a byte order mark" if marked else called
    problem = not_utf_8(data, place, name)
    # The column is that of a file with commas, and nothing is known of this one.
    raise ReportError([replace(problem, where=Where(name, problem.where.row))])


def _separator(text: str) -> str:
    """Return the sign between the cells: that of which the first line with several holds most, and the next as many.

    A title may hold commas, but no line of as many follows it. Where no two lines agree, the first line tells.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    first = ""
    for line, below in zip_longest(lines, lines[1:]):
        sign = max(_SEPARATORS, key=line.count)
        many = line.count(sign)
        if many >= _SEVERAL:
            if below is None or below.count(sign) >= many:
                return sign
            first = first or sign
    return first or ","


def _rows(text: str, separator: str, name: str) -> list[tuple[str, ...]]:
    rows, broken = split_csv(text, separator)
    if broken and broken.breach is not Breach.TOO_LARGE:
        what, fix = breach_fault(broken)
        letter = column_letter(broken.column)
        raise ReportError(
            [Problem(Where(name, broken.row), f"cell {letter}{broken.row}: {what}", fix, kind=Kind.QUOTATION)]
        )
    fault = (broken.row, f"{broken.breach.value}.") if broken else size_fault(rows)
    if fault:
        row, what = fault
        raise ReportError([Problem(Where(name, row), what, "Remove what does not belong in it.", kind=Kind.FILE)])
    return rows
