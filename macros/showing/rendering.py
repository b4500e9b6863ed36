"""Views to HTML, through templates that escape everything. The only place where a tag is written."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .views import Cards, ChartView, Entry, ListView, Prose, Small, TableView, View

_TEMPLATES = {
    TableView: "table.html",
    Prose: "prose.html",
    ListView: "list.html",
    Entry: "entry.html",
    Cards: "cards.html",
}


@cache
def _environment() -> Environment:
    """Return the templates, which are part of the program and never change while it runs."""
    folder = Path(__file__).with_name("templates")
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)


def render(view: View, root: str) -> str:
    """Render a view as HTML that begins at the left margin and holds no blank line, so that Markdown leaves it alone.

    Args:
        view: what to show.
        root: the way from the page to the site's home, such as ``../../``; addresses in views start there.
    """
    return re.sub(r"\n\s*\n+", "\n", str(_markup(view, root)))


def _markup(view: View, root: str) -> Markup:
    if isinstance(view, Small):
        charts = [_markup(chart, root) for chart in view.charts]
        return Markup(_environment().get_template("small.html").render(charts=charts))  # noqa: S704
    if isinstance(view, ChartView):
        # The drawing is made by charts.py from a specification of ours; every text in it was escaped there.
        parts = {"svg": Markup(view.svg), "table": _markup(view.data, root)}  # noqa: S704
        return Markup(_environment().get_template("chart.html").render(view=view, **parts))  # noqa: S704
    return Markup(_environment().get_template(_TEMPLATES[type(view)]).render(view=view, root=root))  # noqa: S704


def text(value: str) -> str:
    """Return a text that stands for itself in Markdown, in HTML and in a template."""
    return re.sub(r"[^\w\s,.:;'/–—£-]|_", lambda match: f"&#{ord(match[0])};", value)


def front_matter(value: str) -> str:
    """Return a text as a quoted value of front matter, escaped for the HTML it ends in."""
    escaped = str(Markup.escape(value)).replace("\\", "&#92;").replace("{", "&#123;").replace("}", "&#125;")
    return f'"{escaped}"'
