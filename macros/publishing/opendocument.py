"""Sheets to OpenDocument for LibreOffice, by templates. The same sheets give the same bytes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .files import as_zip
from .spreadsheets import LANGUAGE, Book, Kind, Value

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
