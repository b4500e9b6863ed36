"""Workbooks of LibreOffice to sheets of cells.

The libraries that read OpenDocument either leave out formulas, merged and hidden cells, or are no longer kept. What is
needed of the format is small: repeated rows and cells, spans, what is hidden, and the values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

from ..errors import column_letter
from ..reading.gate import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from .archives import BROKEN, Archive, refused
from .typed import BLANK, Cell, Held, Sheet, hundredfold, plain

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERROR = re.compile(r"#(REF|DIV/0|NAME|VALUE|N/A|NUM|NULL)[!?]?|Err:\d+")


def read_ods(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook of LibreOffice.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        ReportError: it cannot be read, or is too large.
    """
    archive = Archive(data, name)
    if "xl/workbook.xml" in archive:
        fix = "Give it a name that ends in .xlsx."
        raise refused(name, "the file is a workbook of Excel, whatever its name says.", fix)
    if _has_password(archive):
        fix = "Open it in LibreOffice, and save it again without a password."
        raise refused(name, "the workbook has a password.", fix)
    # Only what is read is looked at: LibreOffice itself packs parts that are blank.
    archive.parse("content.xml")
    try:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - document types were refused before
        tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        if tables:
            styles = _Styles(root)
            return [_Reader(table, styles, name).sheet() for table in tables]
    except BROKEN:
        raise refused(name, "the file is damaged.", "Open it in LibreOffice and save it again.") from None
    fix = "Save it as an OpenDocument spreadsheet (.ods), or as an Excel workbook."
    raise refused(name, "the file is not a spreadsheet.", fix)


def _has_password(archive: Archive) -> bool:
    """Whether the list of parts says that any of them is encrypted."""
    found: list[str] = []
    if "META-INF/manifest.xml" in archive:
        archive.parse("META-INF/manifest.xml", lambda tag, _: found.append(tag))
    return "encryption-data" in found or "encrypted-key" in found


class _Styles:
    """What the styles of a workbook show of a date, and which sheets they hide."""

    def __init__(self, root: ET.Element) -> None:
        self._dates = {
            str(style.get(f"{_STYLE}name")): {part.tag.removeprefix(_NUMBER) for part in style}
            for style in root.iter(f"{_NUMBER}date-style")
        }
        styles = list(root.iter(f"{_STYLE}style"))
        self._data = {str(style.get(f"{_STYLE}name")): str(style.get(f"{_STYLE}data-style-name")) for style in styles}
        self._hidden = {
            str(style.get(f"{_STYLE}name"))
            for style in styles
            for part in style.iter(f"{_STYLE}table-properties")
            if part.get(f"{_TABLE}display") == "false"
        }

    def date_parts(self, style: str) -> set[str]:
        """Return the parts of a date a cell shows; a day where its style does not say."""
        return self._dates.get(self._data.get(style, ""), {"year", "month", "day"})

    def hides(self, style: str) -> bool:
        """Whether a sheet is hidden."""
        return style in self._hidden


class _Reader:
    """One sheet while it is read."""

    def __init__(self, table: ET.Element, styles: _Styles, file: str) -> None:
        self.table = table
        self.styles = styles
        self.file = file
        self.name = str(table.get(f"{_TABLE}name"))
        self.columns = self._column_styles()

    def sheet(self) -> Sheet:
        """Return the sheet."""
        rows: dict[int, tuple[Cell, ...]] = {}
        hidden: set[int] = set()
        merged: list[tuple[int, int, str]] = []
        number = 0
        for row in self.table.iter(f"{_TABLE}table-row"):
            many = _many(row, "rows")
            cells = self._cells(row, number + 1, merged)
            if cells:
                if number + many > MAX_ROWS:
                    what = f'the sheet "{self.name}" has more than {MAX_ROWS:,} rows.'
                    raise refused(self.file, what, "Delete the rows that do not belong in it.")
                rows |= dict.fromkeys(range(number + 1, number + many + 1), cells)
                if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                    hidden |= set(range(number + 1, number + many + 1))
            number += many
        width = max((len(cells) for cells in rows.values()), default=0)
        return Sheet(
            file=self.file,
            name=self.name,
            rows={one: (*cells, *[BLANK] * (width - len(cells))) for one, cells in rows.items()},
            hidden=self.styles.hides(str(self.table.get(f"{_TABLE}style-name"))),
            hidden_rows=frozenset(hidden),
            hidden_columns=frozenset(place for place, (_, shown) in enumerate(self.columns) if not shown),
            merged=tuple(merged),
        )

    def _column_styles(self) -> list[tuple[str, bool]]:
        """Return the style of the cells of each column, and whether it is shown; columns far out are left out."""
        found: list[tuple[str, bool]] = []
        for column in self.table.iter(f"{_TABLE}table-column"):
            shown = column.get(f"{_TABLE}visibility") not in ("collapse", "filter")
            style = str(column.get(f"{_TABLE}default-cell-style-name"))
            found += [(style, shown)] * min(_many(column, "columns"), MAX_COLUMNS - len(found))
        return found

    def _cells(self, row: ET.Element, number: int, merged: list[tuple[int, int, str]]) -> tuple[Cell, ...]:
        """Return the cells of a row up to the last that holds something, and note those that are merged."""
        cells: list[Cell] = []
        blanks = 0
        for element in row:
            if element.tag not in _CELLS:
                continue
            many = _many(element, "columns")
            place = len(cells) + blanks
            if span := _span(element, number, place):
                merged.append((number, place, span))
            cell = self._cell(element, place)
            if cell.is_blank:
                blanks += many
                continue
            if place + many > MAX_COLUMNS:
                what = f'the sheet "{self.name}" has more than {MAX_COLUMNS} columns in row {number}.'
                raise refused(self.file, what, "Delete the columns that do not belong in it.")
            cells += [*[BLANK] * blanks, *[cell] * many]
            blanks = 0
        return tuple(cells)

    def _cell(self, element: ET.Element, place: int) -> Cell:
        shown = "\n".join(_written(part) for part in element.findall(f"{_TEXT}p"))
        kind = element.get(f"{_OFFICE}value-type", "string")
        formula = element.get(f"{_TABLE}formula", "").removeprefix("of:").removeprefix("msoxl:")
        if element.get(f"{_CALC}value-type") == "error" or (formula and _ERROR.fullmatch(shown)):
            return Cell(shown, Held.ERROR, formula=formula)
        if kind in ("float", "currency", "percentage"):
            return _number(float(element.get(f"{_OFFICE}value", "nan")), kind, shown, formula)
        if kind == "date":
            style = element.get(f"{_TABLE}style-name") or (self.columns[place][0] if place < len(self.columns) else "")
            return _date(element.get(f"{_OFFICE}date-value", ""), shown, self.styles.date_parts(style), formula)
        if kind in ("boolean", "time"):
            # Programs other than LibreOffice may leave out what a cell shows.
            said = shown or element.get(f"{_OFFICE}{kind}-value", "").upper()
            return Cell(said, Held.YES_NO if kind == "boolean" else Held.OTHER_DATE, said, said, formula)
        return Cell(element.get(f"{_OFFICE}string-value") or shown, Held.TEXT, shown, shown, formula)


def _number(value: float, kind: str, shown: str, formula: str) -> Cell:
    if not math.isfinite(value):
        return Cell(shown or "#VALUE!", Held.ERROR, formula=formula)
    text = plain(value)
    if kind == "percentage":
        return Cell(hundredfold(value), Held.PERCENT, shown, text, formula)
    return Cell(text, Held.NUMBER, shown, text if value.is_integer() else repr(value), formula)


def _date(value: str, shown: str, shows: set[str], formula: str) -> Cell:
    """Return a date: a month where its style shows no day."""
    try:
        day = date.fromisoformat(value.removesuffix("T00:00:00"))
    except ValueError:
        return Cell(shown or value, Held.OTHER_DATE, shown or value, value, formula)
    if "year" not in shows:
        return Cell(shown, Held.OTHER_DATE, shown, value, formula)
    return Cell(day.isoformat(), Held.DAY if "day" in shows else Held.MONTH, shown, value, formula)


def _many(element: ET.Element, what: str) -> int:
    """Return how many times a row, cell or column stands in a row."""
    return max(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), 1)


def _span(element: ET.Element, row: int, column: int) -> str:
    """Return the range of a merged cell as a spreadsheet names it; empty for a cell that is one."""
    wide = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
    high = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
    if wide == high == 1:
        return ""
    return f"{column_letter(column)}{row}:{column_letter(column + wide - 1)}{row + high - 1}"


def _written(part: ET.Element) -> str:
    """Return the text of a paragraph with the spaces, tabs and line breaks the format keeps as elements."""
    return "".join(_pieces(part))


def _pieces(part: ET.Element) -> Iterator[str]:
    yield part.text or ""
    for inner in part:
        if inner.tag == f"{_TEXT}s":
            # No more than make the cell too long: a few bytes may ask for any number.
            yield " " * min(int(inner.get(f"{_TEXT}c", "1")), MAX_CELL + 1)
        elif inner.tag == f"{_TEXT}tab":
            yield "\t"
        elif inner.tag == f"{_TEXT}line-break":
            yield "\n"
        elif not inner.tag.startswith(_OFFICE):
            yield from _pieces(inner)
        yield inner.tail or ""
