"""Text files that spreadsheets save as CSV, in whatever letters and with whatever signs between the cells."""

from __future__ import annotations

import codecs
import csv
import io

from ..errors import Kind
from ..reading.gate import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
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
    # Text that is not UTF-8 is what Windows has saved since before there was UTF-8.
    for encoding, called in [("utf-16", "UTF-16")] if wide else [("utf-8", ""), ("cp1252", "Windows text (1252)")]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        marked = encoding == "utf-8" and text.startswith("\ufeff")
        return text.removeprefix("\ufeff"), "UTF-8 with a byte order mark" if marked else called
    raise refused(
        name, "the letters of the file cannot be read.", "In the spreadsheet choose Save As, CSV UTF-8.", Kind.NOT_UTF_8
    )


def _separator(text: str) -> str:
    """Return the sign between the cells: that of which the first line with several holds most. A title holds few."""
    for line in text.splitlines():
        many = {sign: line.count(sign) for sign in _SEPARATORS}
        if max(many.values()) >= _SEVERAL:
            return max(many, key=lambda sign: many[sign])
    return ","


def _rows(text: str, separator: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for cells in reader:
            rows.append(cells)
            if len(rows) > MAX_ROWS or len(cells) > MAX_COLUMNS:
                what = f"the table is larger than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns."
                raise refused(name, what, "Remove what does not belong in it.", Kind.FILE)
    except csv.Error:
        fix = 'Put the whole cell in quotation marks and write each one inside it twice: "the ""new"" target".'
        what = f"a quotation mark stands where none may, in or before line {reader.line_num}."
        raise refused(name, what, fix, Kind.QUOTATION) from None
    return rows
