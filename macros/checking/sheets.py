"""Spreadsheets to rows, by calamine, which shares nothing with what wrote them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

ENDINGS = (".xlsx", ".ods")
"""The kinds of spreadsheet that are read."""
Sheet = list[list[str]]
"""The texts of a sheet's cells, row by row; a number as the shortest text of it, and a day as ``2014-03-31``."""


def sheets(data: bytes) -> dict[str, Sheet]:
    """Return the sheets of a spreadsheet by their names.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            found = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        raise ValueError(str(error)) from error
    return {
        name: [[cell if isinstance(cell, str) else _text(cell) for cell in row] for row in rows]
        for name, rows in found.items()
    }


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
