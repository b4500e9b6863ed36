"""Spreadsheets to rows, without a library: an .xlsx and an .ods are zips of XML.

``READERS`` names the kinds that are read. A file of a kind it does not name is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from string import digits
from xml.etree import ElementTree as ET

from .readers import members

Sheet = list[list[str]]
"""The texts of a sheet's cells, row by row; numbers as the file holds them."""
_MOST = 200
"""More cells or rows alike than this are the blank ones a sheet ends in."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARTS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELL, _SHOWN = f"{_MAIN}c", f"{_MAIN}v"
_COLUMNS, _ROWS = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_VALUES = (f"{_OFFICE}value", f"{_OFFICE}date-value")
_ROW, _PARAGRAPH = f"{_TABLE}table-row", f"{_TEXT}p"


def _xlsx(data: bytes) -> Iterator[tuple[str, Sheet]]:
    files = members(data)
    shared = [_joined(one, f"{_MAIN}t") for one in _root(files, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]
    parts = {one.get("Id"): one.get("Target", "") for one in _root(files, "xl/_rels/workbook.xml.rels")}
    for sheet in _root(files, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        part = f"xl/{parts.get(sheet.get(f'{_PARTS}id'), '')}"
        yield sheet.get("name", ""), list(_xlsx_rows(files, part, shared))


def _xlsx_rows(files: dict[str, bytes], part: str, shared: list[str]) -> Iterator[list[str]]:
    for element in _ends(files, part):
        if element.tag == f"{_MAIN}row":
            yield _xlsx_row(element, shared)
            element.clear()


def _xlsx_row(row: ET.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(_CELL):
        # Blank cells are left out of the file; a cell's address says where it stands. Without one it follows the last.
        if address := cell.get("r", "").rstrip(digits):
            cells += [""] * (_column(address) - len(cells))
        text = cell.findtext(_SHOWN, "")
        kind = cell.get("t")
        cells.append(shared[int(text)] if kind == "s" else _joined(cell, f"{_MAIN}t") if kind == "inlineStr" else text)
    return cells


@cache
def _column(letters: str) -> int:
    """Return the number of a column such as ``AB``, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _ods(data: bytes) -> Iterator[tuple[str, Sheet]]:
    rows: Sheet = []
    for element in _ends(members(data), "content.xml"):
        if element.tag == _ROW:
            cells: list[str] = []
            for cell in element:
                times = cell.get(_COLUMNS)
                cells += [_ods_text(cell)] * (_times(times) if times else 1)
            rows += [cells] * _times(element.get(_ROWS, "1"))
            element.clear()
        elif element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), rows
            rows = []


def _times(said: str) -> int:
    """Return how often a cell or a row stands there; a sheet ends in a great many that are blank, which say nothing."""
    return min(int(said), _MOST)


def _ods_text(cell: ET.Element) -> str:
    for name in _VALUES:
        if (value := cell.get(name)) is not None:
            return value
    if len(cell) == 1 and cell[0].tag == _PARAGRAPH and not len(cell[0]):
        return cell[0].text or ""
    return "\n".join("".join(_ods_words(paragraph)) for paragraph in cell.iter(_PARAGRAPH))


def _ods_words(element: ET.Element) -> Iterator[str]:
    """Return the texts in an element; spaces after the first are counted, not written."""
    if element.tag == f"{_TEXT}s":
        yield " " * int(element.get(f"{_TEXT}c", "1"))
    elif element.tag == f"{_TEXT}tab":
        yield "\t"
    yield element.text or ""
    for part in element:
        yield from _ods_words(part)
        yield part.tail or ""


def _root(files: dict[str, bytes], name: str) -> ET.Element:
    try:
        # The site's own file, built a moment ago: no one else can have put anything into it.
        return ET.fromstring(files.get(name, b"<none/>"))  # noqa: S314
    except ET.ParseError as error:
        raise ValueError(str(error)) from error


def _ends(files: dict[str, bytes], name: str) -> Iterator[ET.Element]:
    """Yield each element of a file at its end: what was read can be cleared, and a large sheet is never held whole."""
    try:
        # As above.
        for _, element in ET.iterparse(BytesIO(files.get(name, b"<none/>"))):  # noqa: S314
            yield element
    except ET.ParseError as error:
        raise ValueError(str(error)) from error


def _joined(element: ET.Element, tag: str) -> str:
    return "".join(part.text or "" for part in element.iter(tag))


READERS: dict[str, Callable[[bytes], Iterator[tuple[str, Sheet]]]] = {".xlsx": _xlsx, ".ods": _ods}
