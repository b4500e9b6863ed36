"""What all macros share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..publishing.chart_files import takeaway
from ..reading.logo import Logo
from ..reading.reports import Reports
from ..reading.settings import Settings
from ..records import Observation, Saving, Topic
from ..showing import (
    tables,
)
from ..showing.rendering import render
from ..showing.views import ChartView, Code, Entry, Small, TableView, View

OF_FIGURES = (TableView, ChartView, Entry, Small, Code)
"""Views of many figures, which are no text to search."""


def _inline(view: View, html: str) -> str:
    del view
    return html


# mkdocs-macros writes out every macro for its log, and with it what it belongs to: all packages and files, each time.
@dataclass(slots=True, repr=False)
class Macros:
    """What every macro is made from: the packages, the settings and the files, and how a view becomes HTML.

    ``root`` is the way from the page that is being built to the site's home. ``place`` may put the HTML of a view
    aside, to be set in after Markdown, which would read it for nothing; without it HTML goes straight into the page.
    ``address`` is where the site is published, empty where ``mkdocs.yml`` does not say. ``logo`` stands at the head of
    every page, where the council has one. ``preview`` says for whom a preview is built; it is empty where none is.
    ``today`` is the day of the build, by which something may be late.
    """

    reports: Reports
    site: Settings
    files: Mapping[str, bytes]
    root: Callable[[], str]
    place: Callable[[View, str], str] = field(default=_inline)
    address: str = ""
    logo: Logo | None = None
    preview: str = ""
    today: date = date.min

    def _show(self, *views: View) -> str:
        return "\n\n".join(self.place(view, render(self._offered(view), self.root())) for view in views)

    def _offered(self, view: View) -> View:
        """Return a chart with what a reader can take away of it, and any other view as it is."""
        if not isinstance(view, ChartView):
            return view
        return replace(view, takeaway=takeaway(view, self.files, self.site.name, self.address))

    def _observations(self, year: str, topic: Topic) -> list[Observation]:
        return [seen for seen in self.reports.of_year(year) if seen.measure.topic is topic]

    def _savings(self, caption: str, rows: Iterable[Saving]) -> str:
        return self._show(tables.savings(caption, tuple(rows)))
