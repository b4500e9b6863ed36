"""Sheets to OpenDocument for LibreOffice, by templates. The same sheets give the same bytes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .files import as_zip
from .spreadsheets import LANGUAGE, Book, Kind, Sheet, Value

_CENTIMETRES = 0.2
"""About how wide a letter is in a sheet."""
_OPENDOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


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
    made.filters |= {"rows": _rows, "spaced": _spaced}
    return made


def _rows(sheet: Sheet) -> Markup:
    """Return the rows of a sheet below its headings. A template would take most of a workbook's time for them."""
    first = "plain" if sheet.columns else "head"
    rows = [
        "".join([_cell(value, "plain" if number else first) for value in values])
        for number, values in enumerate(sheet.rows)
    ]
    opened, closed = '<table:table-row table:style-name="row">', "</table:table-row>"
    return Markup(opened + f"{closed}{opened}".join(rows) + closed if rows else "")  # noqa: S704 - each cell was escaped


@lru_cache(maxsize=100_000)
def _cell(value: Value, style: str) -> str:
    """Return a cell, a text in a style."""
    if not value.text:
        return "<table:table-cell/>"
    text: str = _spaced(value.text)
    held = ""
    if value.sheet:
        text = f'<text:a xlink:type="simple" xlink:href="#{escape(value.sheet)}.A1">{text}</text:a>'
    if value.kind is Kind.NUMBER:
        style, held = f"number-{value.decimals}", f' office:value="{escape(value.text)}"'
    elif value.kind is Kind.DATE:
        style, held = "day", f' office:date-value="{escape(value.text)}"'
    opened = f'<table:table-cell table:style-name="{style}" office:value-type="{value.kind.value}"{held}>'
    return f"{opened}<text:p>{text}</text:p></table:table-cell>"


def _spaced(text: str) -> Markup:
    """Return a text in which OpenDocument keeps every space: it reads several in a row as one."""
    kept = re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', str(escape(text)))
    return Markup(kept.replace("\t", "<text:tab/>"))  # noqa: S704 - escaped in the line before
