"""Sheets to Office Open XML for Excel, by XlsxWriter. The same sheets give the same bytes.

The library looks at each cell twice, at what it holds and at how that is written. Most cells of a published table hold
what another holds, so here it does so once for each content: the cell it made, and what it wrote, serve for the others.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from ..errors import column_letter
from .files import ZIP_DATE, as_zip
from .spreadsheets import LANGUAGE, ROOM, WIDE, Book, Kind, Sheet, Value

_LINE, _HIGHEST = 15, 409
"""The height of a line, and the most a row of Excel can have, in points."""


def xlsx(book: Book) -> bytes:
    """Write a workbook for Excel."""
    workbook = ExcelFile()
    # Left to itself the library writes the time of the build.
    created = book.created.astimezone(UTC) if book.created else datetime(*ZIP_DATE, tzinfo=UTC)
    says = {"title": book.title, "author": book.publisher, "comments": book.description,
            "created": created.replace(tzinfo=None)}  # fmt: skip
    workbook.set_properties(says)
    cells = _Cells(workbook)
    for sheet in book.sheets:
        _worksheet(workbook.add_worksheet(sheet.name), sheet, cells)
    return workbook.data()


class ExcelFile(Workbook):  # type: ignore[misc]
    """A workbook of the library that is packed as every other file for readers is, and says its language."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), {"in_memory": True})
        self.worksheet_class = partial(_Worksheet, {})
        self.parts: dict[str, bytes] = {}
        """The files in it by their names, once it is closed."""

    def data(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.close()
        # The library has no way to say the language.
        end = b"</cp:coreProperties>"
        said = f"<dc:language>{LANGUAGE}</dc:language>".encode()
        self.parts["docProps/core.xml"] = self.parts["docProps/core.xml"].replace(end, said + end)
        return as_zip(self.parts)

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    """Hands over the files of a workbook, which would have to be unpacked again otherwise."""

    def _create_package(self) -> list[Any]:
        found = super()._create_package()
        self.workbook.parts = {name: file.getvalue().encode() for file, name, _ in found}
        return []


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A worksheet of the library that works out once how a cell is written which stands in many places."""

    def __init__(self, written: dict[int, str]) -> None:
        super().__init__()
        self.fh: Any
        self._written = written
        """How a cell of the workbook is written, but for its place, by which cell it is."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        rest = self._written.get(id(cell))
        if rest is None:
            rest = self._written[id(cell)] = self._rest(row, col, cell)
        self.fh.write(f'<c r="{column_letter(col)}{row + 1}"{rest}')

    def _rest(self, row: int, col: int, cell: Any) -> str:
        """Return what the library writes for a cell, after its place."""
        file, self.fh = self.fh, io.StringIO()
        super()._write_cell(row, col, cell)
        written: str = self.fh.getvalue()
        self.fh = file
        return written.removeprefix(f'<c r="{column_letter(col)}{row + 1}"')


class _Cells:
    """Writes cells into the worksheets of a workbook."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.made: dict[Value, Any] = {}
        """What the library made of the cells of tables."""
        self.shown: dict[str, Any] = {}
        """The formats of numbers and days."""
        self.head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})

    def row(self, worksheet: Any, row: int, values: tuple[Value, ...]) -> None:
        """Write a row of a table."""
        made, cells, text = self.made, worksheet.table[row], Kind.TEXT
        again = 0
        for column, value in enumerate(values):
            if not value.text:
                continue
            if value in made:
                cells[column] = made[value]
                again += value.kind is text
            else:
                self.write(worksheet, row, column, value, self.text)
                # A link is more than its cell.
                if not value.sheet:
                    made[value] = cells[column]
        # The library counts how often texts are used.
        worksheet.str_table.count += again

    def write(self, worksheet: Any, row: int, column: int, value: Value, plain: Any) -> None:
        """Write a cell; ``plain`` is the format of a text."""
        if value.sheet:
            worksheet.write_url(row, column, f"internal:'{value.sheet}'!A1", string=value.text)
        elif value.kind is Kind.NUMBER:
            shown = "0." + "0" * value.decimals if value.decimals else "0"
            worksheet.write_number(row, column, float(value.text), self._format(shown))
        elif value.kind is Kind.DATE:
            worksheet.write_datetime(row, column, date.fromisoformat(value.text), self._format("yyyy-mm-dd"))
        else:
            worksheet.write_string(row, column, value.text, plain)

    def _format(self, shown: str) -> Any:
        """Return the format that shows a number or a day in a way, such as ``0.00``. Each is made once."""
        if shown not in self.shown:
            self.shown[shown] = self.workbook.add_format({"num_format": shown, "valign": "top"})
        return self.shown[shown]


def _worksheet(worksheet: Any, sheet: Sheet, cells: _Cells) -> None:
    for column, width in enumerate(sheet.widths):
        worksheet.set_column(column, column, width)
    # A column that is less than as wide as can be has room for its longest text.
    wide = [column for column, width in enumerate(sheet.widths) if width == WIDE]
    for row, values in enumerate(sheet.rows, start=1 if sheet.columns else 0):
        lines = max([_lines(values[column].text) for column in wide], default=1)
        # LibreOffice does not make the rows of a file for Excel high enough by itself.
        worksheet.set_row(row, min(_LINE * lines, _HIGHEST))
    if sheet.columns:
        _table(worksheet, sheet, cells)
    else:
        for row, (line,) in enumerate(sheet.rows):
            cells.write(worksheet, row, 0, line, cells.text if row else cells.head)


def _table(worksheet: Any, sheet: Sheet, cells: _Cells) -> None:
    for column, heading in enumerate(sheet.columns):
        worksheet.write_string(0, column, heading, cells.head)
    worksheet.freeze_panes(1, 0)
    if sheet.rows:
        # A table of Excel cannot be without rows. Its headings are written by the library a second time.
        columns = [{"header": heading, "header_format": cells.head} for heading in sheet.columns]
        made = {"name": sheet.name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        worksheet.add_table(0, 0, 1, len(sheet.columns) - 1, made)
        # The library notes each cell of a table by itself, in case that another table lies over it; here none does.
        worksheet.tables[0] |= dict.fromkeys(("range", "a_range", "autofilter"), f"A1:{sheet.last}")
    for row, values in enumerate(sheet.rows, start=1):
        cells.row(worksheet, row, values)


@lru_cache(maxsize=100_000)
def _lines(text: str) -> int:
    """Return how many lines a text takes in a column that is as wide as can be; a wide letter more still fits.

    Each row stands in two workbooks, and the same words in many rows.
    """
    room = WIDE - ROOM
    return len(wrap(text, room)) if len(text) > room else 1
