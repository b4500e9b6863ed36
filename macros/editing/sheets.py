"""The report of a merge request as text for a terminal, as Markdown for a note, and as a page of its own.

What stands in the packages is data. In a note it must never become markup, a link, a mention of a person or a command
such as ``/merge``, which GitLab obeys at the beginning of a line. So every value stands in code, which neither GitLab
nor GitHub reads, and no line begins with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..errors import HIDDEN, Kind, Problem, ReportError, Where
from ..showing.rendering import render
from ..showing.views import Cell, Column, TableView
from .diff import Section, Told

MOST = 200
"""How many rows of one table a note holds: GitLab cuts longer notes off. The page holds them all."""
_LIKE = str.maketrans({"|": "¦", "`": "ˋ", "\\": "＼"})
"""Marks that would end a cell or the code it stands in, and what is shown for them."""
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/%-]+")
_NUMERIC = re.compile(r"[+−]?[\d.,]+%?")


def as_text(told: Told, preview: str = "") -> str:
    """Write the report for a terminal."""
    lines = [told.summary]
    for section in told.sections:
        lines += ["", f"{section.title} ({len(section.rows or section.lines or section.pages)})"]
        for row in section.rows:
            parts = zip(section.columns, row, strict=True)
            lines.append("  - " + "; ".join(f"{name}: {_plain(value)}" for name, value in parts if value))
        lines += [f"  - {_plain(line)}" for line in section.lines]
        lines += [f"  - {preview}{page}" for page in section.pages]
    return "\n".join(lines) + "\n"


def as_markdown(told: Told, preview: str = "") -> str:
    """Write the report for the note of a merge request."""
    lines = [f"## {told.title}", "", _code(told.summary)]
    for section in told.sections:
        lines += ["", f"### {section.title}", "", section.says, "", *_markdown(section, preview)]
    return "\n".join(lines) + "\n"


def as_html(told: Told, preview: str = "") -> str:
    """Write the report as a page that needs no other file."""
    tables = [_table(section) if section.rows else Markup() for section in told.sections]
    template = _environment().get_template("diff.html")
    return template.render(told=told, sections=zip(told.sections, tables, strict=True), preview=preview)


WRITERS = {"text": as_text, "markdown": as_markdown, "html": as_html}


def preview_address(typed: str) -> str:
    """Return the address of a preview as links need it, ending in a slash; nothing where there is none.

    Raises:
        ReportError: it is no address of a web page.
    """
    if not typed:
        return ""
    if urlsplit(typed).scheme not in ("http", "https") or not _ADDRESS.fullmatch(typed):
        what = f'"{typed}" is not the address of a web page.'
        fix = "Write it whole, such as https://example.org/preview/."
        raise ReportError([Problem(Where("--preview"), what, fix, kind=Kind.COMMAND)])
    return typed if typed.endswith("/") else f"{typed}/"


def _plain(text: str) -> str:
    """Return a text on one line, which a terminal can print whatever it holds."""
    return " ".join(HIDDEN.sub("\ufffd", text).split())


def _code(text: str) -> str:
    """Return a text as code within a line; a blank is not code."""
    plain = _plain(text).translate(_LIKE)
    return f"`{plain}`" if plain else ""


def _markdown(section: Section, preview: str) -> Iterator[str]:
    if section.rows:
        yield f"| {' | '.join(section.columns)} |"
        yield f"|{' --- |' * len(section.columns)}"
        yield from (f"| {' | '.join(map(_code, row))} |" for row in section.rows[:MOST])
        if len(section.rows) > MOST:
            yield ""
            yield f"{len(section.rows) - MOST:,} more rows stand on the page of this report."
    yield from (f"- {_code(line)}" for line in section.lines[:MOST])
    for page in section.pages[:MOST]:
        yield f"- [{page}](<{preview}{page}>)" if preview else f"- {_code(page)}"


def _table(section: Section) -> Markup:
    numeric = [
        any(row[at] for row in section.rows) and all(_NUMERIC.fullmatch(row[at]) for row in section.rows if row[at])
        for at in range(len(section.columns))
    ]
    columns = tuple(Column(name, numeric=number) for name, number in zip(section.columns, numeric, strict=True))
    rows = tuple(tuple(Cell(_plain(value)) for value in row) for row in section.rows)
    # Every text in it was escaped by the template of tables.
    return Markup(render(TableView(f"{section.title}: {len(rows)}", columns, rows), ""))  # noqa: S704


@cache
def _environment() -> Environment:
    """Return the templates, which are part of the program and never change while it runs."""
    folder = Path(__file__).with_name("templates")
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
