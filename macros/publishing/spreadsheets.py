"""Sheets to workbooks: Office Open XML for Excel, by XlsxWriter, and OpenDocument for LibreOffice, by templates.

A cell is what the published table says, no more: a number keeps its digits, shown with as many decimals as were
published, and a text is a text whatever it begins with, never a formula. The same sheets give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from xlsxwriter import Workbook

from ..errors import column_letter
from .files import ZIP_DATE, as_zip

LANGUAGE = "en-GB"
DIGITS = 15
"""The most digits of a number that a spreadsheet keeps."""
FIRST_DAY = date(1900, 3, 1)
"""Days before it are not the same in Excel as elsewhere: it believes in a 29 February 1900."""
_NARROW, _WIDE = 14, 60
_LINE, _HIGHEST = 15, 409
"""The height of a line, and the most a row of Excel can have, in points."""
_CENTIMETRES = 0.2
"""About how wide a letter is in a sheet."""
_OPENDOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


class Kind(Enum):
    """What a cell holds."""

    TEXT = "string"
    NUMBER = "float"
    DATE = "date"


class Value(NamedTuple):
    """A cell: its text as published, what kind it is, and the sheet it links to."""

    text: str
    kind: Kind = Kind.TEXT
    sheet: str = ""

    @property
    def decimals(self) -> int:
        """How many digits a number has after its point."""
        return len(self.text.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the headings of its one table, and its rows. Without headings it is a list of lines."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """How many letters wide each column is."""
        texts = [*self.rows, tuple(map(Value, self.columns))] if self.columns else self.rows
        longest = [max(len(value.text) for value in column) for column in zip(*texts, strict=True)]
        return tuple(min(max(letters + 6, _NARROW), _WIDE) for letters in longest)

    @property
    def last(self) -> str:
        """The last cell of the table, as a spreadsheet names it."""
        return f"{column_letter(len(self.columns) - 1)}{len(self.rows) + 1}"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets, and what its file says of itself."""

    title: str
    publisher: str
    description: str
    created: datetime | None
    sheets: tuple[Sheet, ...]


@lru_cache(1 << 16)
def value_of(text: str, field_type: str) -> Value:
    """Return a published cell. What a spreadsheet would change stays a text: a long number, a day of long ago."""
    if field_type in ("number", "integer") and len(re.sub(r"\D", "", text)) <= DIGITS:
        return Value(text, Kind.NUMBER)
    if field_type == "date" and text and date.fromisoformat(text) >= FIRST_DAY:
        return Value(text, Kind.DATE)
    return Value(text)


# Office Open XML


def xlsx(book: Book) -> bytes:
    """Write a workbook for Excel."""
    data = io.BytesIO()
    workbook = Workbook(data, {"in_memory": True})
    # Left to itself the library writes the time of the build.
    created = book.created.astimezone(UTC) if book.created else datetime(*ZIP_DATE, tzinfo=UTC)
    says = {"title": book.title, "author": book.publisher, "comments": book.description,
            "created": created.replace(tzinfo=None)}  # fmt: skip
    workbook.set_properties(says)
    formats = _Formats(workbook)
    for sheet in book.sheets:
        _worksheet(workbook.add_worksheet(sheet.name), sheet, formats)
    workbook.close()
    return spoken(data.getvalue())


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.made: dict[str, Any] = {}
        self.head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})

    def number(self, shown: str) -> Any:
        """Return the format that shows a number or a day in a way, such as ``0.00``."""
        if shown not in self.made:
            self.made[shown] = self.workbook.add_format({"num_format": shown, "valign": "top"})
        return self.made[shown]


def _worksheet(worksheet: Any, sheet: Sheet, formats: _Formats) -> None:
    # Each width is read from every cell of its column, so they are asked for once.
    widths = sheet.widths
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, width)
    top = 1 if sheet.columns else 0
    for column, heading in enumerate(sheet.columns):
        worksheet.write_string(0, column, heading, formats.head)
    if sheet.columns:
        worksheet.freeze_panes(1, 0)
    if sheet.columns and sheet.rows:
        # A table of Excel cannot be without rows. Its headings are written by the library a second time.
        columns = [{"header": heading, "header_format": formats.head} for heading in sheet.columns]
        made = {"name": sheet.name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        worksheet.add_table(0, 0, len(sheet.rows), len(sheet.columns) - 1, made)
    for row, values in enumerate(sheet.rows, start=top):
        # LibreOffice does not make the rows of a file for Excel high enough by itself.
        worksheet.set_row(row, min(_LINE * _lines(values, widths), _HIGHEST))
        for column, value in enumerate(values):
            first = formats.head if not sheet.columns and row == 0 else formats.text
            _write(worksheet, row, column, value, formats, first)


def _lines(values: tuple[Value, ...], widths: tuple[int, ...]) -> int:
    """Return how many lines the longest text of a row takes; a wide letter more still fits."""
    long = [(value.text, width - 6) for value, width in zip(values, widths, strict=True) if len(value.text) > width - 6]
    return max((_wrapped(text, room) for text, room in long), default=1)


@lru_cache(maxsize=100_000)
def _wrapped(text: str, room: int) -> int:
    """Return how many lines a text takes. Each row stands in two workbooks, and the same words in many rows."""
    return len(wrap(text, room))


def _write(worksheet: Any, row: int, column: int, value: Value, formats: _Formats, plain: Any) -> None:
    if value.sheet:
        worksheet.write_url(row, column, f"internal:'{value.sheet}'!A1", string=value.text)
    elif value.kind is Kind.NUMBER and value.text:
        shown = "0." + "0" * value.decimals if value.decimals else "0"
        worksheet.write_number(row, column, float(value.text), formats.number(shown))
    elif value.kind is Kind.DATE:
        worksheet.write_datetime(row, column, date.fromisoformat(value.text), formats.number("yyyy-mm-dd"))
    elif value.text:
        worksheet.write_string(row, column, value.text, plain)


def spoken(data: bytes) -> bytes:
    """Return a workbook for Excel with its language, which the library has no way to say."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    end = b"</cp:coreProperties>"
    said = f"<dc:language>{LANGUAGE}</dc:language>".encode()
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(end, said + end)
    return as_zip(parts)


# OpenDocument


def ods(book: Book) -> bytes:
    """Write a workbook for LibreOffice and every other reader of OpenDocument."""
    numbers = {value.decimals for one in book.sheets for row in one.rows for value in row if value.kind is Kind.NUMBER}
    widths = {width for one in book.sheets for width in one.widths}
    says = {"book": book, "decimals": sorted(numbers), "widths": sorted(widths), "kinds": Kind}
    says |= {"language": LANGUAGE, "letter": _CENTIMETRES}
    # The type of the file stands first and is not compressed, so that any program finds it without unpacking.
    parts = {"mimetype": _OPENDOCUMENT.encode()}
    for name in ("META-INF/manifest.xml", "meta.xml", "settings.xml", "styles.xml", "content.xml"):
        template = _environment().get_template(f"ods-{name.rpartition('/')[2]}")
        # Some readers take a line break between two cells for a cell; no text holds one, as the gate refuses it.
        parts[name] = re.sub(r">\n+<", "><", template.render(says)).encode()
    return as_zip(parts, stored="mimetype")


@cache
def _environment() -> Environment:
    """Return the templates, which are part of the program and never change while it runs."""
    folder = Path(__file__).with_name("templates")
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {"cells": _cells, "spaced": _spaced}
    return made


def _cells(values: tuple[Value, ...], style: str) -> Markup:
    """Return the cells of a row, its texts in a style. A template would take most of a workbook's time for them."""
    return Markup("".join([_cell(value, style) for value in values]))  # noqa: S704 - each was escaped


@lru_cache(maxsize=100_000)
def _cell(value: Value, style: str) -> Markup:
    if not value.text:
        return Markup("<table:table-cell/>")
    text = _spaced(value.text)
    if value.sheet:
        text = Markup('<text:a xlink:type="simple" xlink:href="#{}.A1">{}</text:a>').format(value.sheet, text)
    if value.kind is Kind.NUMBER:
        style, held = f"number-{value.decimals}", Markup(' office:value="{}"').format(value.text)
    elif value.kind is Kind.DATE:
        style, held = "day", Markup(' office:date-value="{}"').format(value.text)
    else:
        held = Markup()
    opened = Markup('<table:table-cell table:style-name="{}" office:value-type="{}"{}>')
    return opened.format(style, value.kind.value, held) + Markup("<text:p>{}</text:p></table:table-cell>").format(text)


def _spaced(text: str) -> Markup:
    """Return a text in which OpenDocument keeps every space: it reads several in a row as one."""
    kept = re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', str(escape(text)))
    return Markup(kept.replace("\t", "<text:tab/>"))  # noqa: S704 - escaped in the line before
