"""Views to HTML, through templates that escape everything. The only place where a tag is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..drawing.drawings import drawings, drawn
from .views import Cards, Cell, ChartView, Code, Column, Entry, Line, ListView, Prose, Small, TableView, View

_TEMPLATES = {
    TableView: "table.html",
    Prose: "prose.html",
    ListView: "list.html",
    Entry: "entry.html",
    Cards: "cards.html",
    Code: "code.html",
}


@cache
def _environment() -> Environment:
    """Return the templates, which are part of the program and never change while it runs."""
    folder = Path(__file__).with_name("templates")
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    # A page has thousands of cells; a macro of a template takes several times as long for one.
    made.filters |= {"text": _text, "texts": _texts, "cells": _cells, "marked": _marked}
    return made


def _text(cell: Cell, root: str) -> Markup:
    """Return a cell's text, perhaps in a link and in a verdict's mark."""
    html: str = escape(cell.text)
    if cell.address or cell.outside:
        way = f"{escape(root)}{escape(cell.address)}" if cell.address else escape(cell.outside)
        html = f'<a href="{way}">{html}</a>'
    if cell.mark:
        html = f'<span class="verdict verdict--{escape(cell.mark)}">{html}</span>'
    return Markup(html)  # noqa: S704


def _texts(cells: Iterable[Cell], root: str) -> Markup:
    """Return the texts of cells one after another, each marked that shows a row of a package."""
    shown = ((cell, _text(cell, root)) for cell in cells)
    return Markup("".join(f"<span{_marked(cell)}>{html}</span>" if cell.key else html for cell, html in shown))  # noqa: S704


def _cells(row: Sequence[Cell], columns: Sequence[Column], root: str) -> Markup:
    """Return the cells of a row of a table. The first is its heading."""
    html: list[str] = []
    for cell, column in zip(row, columns, strict=True):
        says = f' data-sort="{escape(cell.sort)}"' if cell.sort else ""
        if not html:
            anchor = f' id="{escape(cell.anchor)}"' if cell.anchor else ""
            html.append(f'<th scope="row"{anchor}{says}>{_text(cell, root)}</th>')
        else:
            name = ' class="number"' if column.numeric else ' class="place"' if column.place else ""
            html.append(f"<td{name}{says}{_marked(cell)}>{_text(cell, root)}</td>")
    return Markup("".join(html))  # noqa: S704


def _marked(cell: Cell) -> Markup:
    """Return the attributes that name the row of a package, and its field, that a cell shows."""
    if not cell.key:
        return Markup("")
    return Markup(f' data-key="{escape(cell.key)}" data-field="{escape(cell.field or "value")}"')  # noqa: S704


def render(view: View, root: str) -> str:
    """Render a view as HTML that begins at the left margin and holds no blank line, so that Markdown leaves it alone.

    Args:
        view: what to show.
        root: the way from the page to the site's home, such as ``../../``; addresses in views start there.
    """
    return re.sub(r"\n\s*\n+", "\n", str(_markup(view, root)))


def _markup(view: View, root: str) -> Markup:
    if isinstance(view, Small):
        # All at once, before each is asked for.
        drawings(chart.picture for chart in view.charts)
        charts = [_chart(chart, root, small=True) for chart in view.charts]
        return Markup(_environment().get_template("small.html").render(charts=charts, note=view.note))  # noqa: S704
    if isinstance(view, ChartView):
        return _chart(view, root, small=False)
    return Markup(_environment().get_template(_TEMPLATES[type(view)]).render(view=view, root=root))  # noqa: S704


def _chart(view: ChartView, root: str, *, small: bool) -> Markup:
    """Render a chart; a small one links to its page instead of offering files."""
    parts = {"svg": _named(view), "table": _markup(view.data, root), "embed": embedding(view)}
    template = _environment().get_template("chart.html")
    return Markup(template.render(view=view, root=root, small=small, **parts))  # noqa: S704


def _named(view: ChartView) -> Markup:
    """Return a drawing with the name and the description by which it is announced."""
    # The drawing is made from a specification of ours; every text in it was escaped there.
    head, end, rest = drawn(view.picture).partition(">")
    says = Markup(' role="img" aria-labelledby="{0}-title" aria-describedby="{0}-description">{1}').format(
        view.id, Markup('<title id="{}-title">{}</title>').format(view.id, view.label)
    )
    return Markup(head) + says + Markup(rest) if end else Markup(head)  # noqa: S704


def embedding(view: ChartView) -> str:
    """Return the HTML that shows a chart on another web page: an image in a link, and no script."""
    if view.takeaway is None:
        return ""
    return _environment().get_template("embed.html").render(takeaway=view.takeaway, label=view.label)


def sheet(*, label: str, width: int, height: float, lines: Sequence[Line], drawing: str, left: int, top: float) -> str:
    """Return an SVG file: lines of text around a drawing that stands ``left`` and ``top`` from its corner."""
    return _environment().get_template("sheet.svg").render(
        label=label, width=width, height=round(height), lines=lines, left=left, top=top,
        # As above: every text in a drawing was escaped when it was drawn.
        drawing=Markup(drawing),  # noqa: S704
    )  # fmt: skip


def card(*, width: int, height: int, left: int, lines: Sequence[Line], verdict: str, mark: str, site: str) -> str:
    """Return an SVG that stands for a page beside a link to it: lines of text, a verdict and the site's name."""
    return _environment().get_template("social.svg").render(
        width=width, height=height, left=left, lines=lines, verdict=verdict, mark=mark, site=site
    )  # fmt: skip


def text(value: str) -> str:
    """Return a text that stands for itself in Markdown, in HTML and in a template."""
    return re.sub(r"[^\w\s,.:;'/–—£-]|_", lambda match: f"&#{ord(match[0])};", value)


def front_matter(value: str) -> str:
    """Return a text as a quoted value of front matter, escaped for the HTML it ends in."""
    escaped = str(Markup.escape(value)).replace("\\", "&#92;").replace("{", "&#123;").replace("}", "&#125;")
    return f'"{escaped}"'
