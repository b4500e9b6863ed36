"""Charts to files: the drawing with its title and credits in it, as SVG and as PNG, and the rows it is drawn from.

A file that leaves the site must say by itself what it shows, from which documents, under which licence, up to when,
and where it came from. It is always in the light scheme, as there is no page around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from textwrap import wrap

from ..drawing.drawings import drawings, in_light, pngs
from ..drawing.pictures import WIDTH
from ..records import TargetStatus
from ..showing import wording
from ..showing.charts import every
from ..showing.rendering import sheet
from ..showing.views import Cell, ChartView, Credit, Line, Takeaway
from .files import Files, as_csv
from .tables import ADDED_UP, Published, Tables

FOLDER = "data/charts"
MARGIN = 12
_TITLE, _BODY = 20, 16
_LETTERS = {_TITLE: 33, _BODY: 43}
"""How many letters of a size stand on one line of a file; a wide letter more still fits into the margin."""


def chart_files(tables: Tables, site: str, address: str) -> Files:
    """Return the files of every chart, by their addresses below the site's home.

    Args:
        tables: what is published.
        site: the site's name.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
    """
    files: Files = {}
    rows = _rows(tables)
    charts = every(tables.reports)
    svgs = drawings(chart.picture for chart in charts)
    sheets = [_sheet(chart, svg, site, address) for chart, svg in zip(charts, svgs, strict=True)]
    for chart, taken, pixels in zip(charts, sheets, pngs(sheets), strict=True):
        files[path(chart, "svg")] = taken.encode()
        files[path(chart, "png")] = pixels
        files[path(chart, "csv")] = as_csv(_data(chart, rows))
    return files


def path(chart: ChartView, kind: str) -> str:
    """Return the address of a chart's file below the site's home."""
    return f"{FOLDER}/{chart.id.removeprefix('chart-')}.{kind}"


def takeaway(chart: ChartView, files: Mapping[str, bytes], site: str, address: str) -> Takeaway | None:
    """Return what a reader can take away of a chart, or None where its files were not made."""
    if chart.credit is None or path(chart, "svg") not in files:
        return None
    links = []
    for kind, what in (("csv", "Download the data for this chart"), ("svg", "Download this chart"), ("png", "")):
        own = path(chart, kind)
        size = f"{kind.upper()}, {wording.size(len(files[own]))}"
        links.append(Cell(f"{what} ({size})" if what else f"Download this chart ({size})", own))
    page = f"{address}{chart.credit.page}#{chart.id}"
    cited = [f"{site}, {chart.label}", page, chart.credit.licence]
    return Takeaway(
        files=tuple(links),
        page=page,
        image=f"{address}{path(chart, 'svg')}",
        width=WIDTH + 2 * MARGIN,
        citation=", ".join(part for part in cited if part),
        note="" if address else "Put the address of this site before both addresses in the code.",
    )


def _rows(tables: Tables) -> dict[str, tuple[Published, tuple[str, ...]]]:
    """Return for the key of every row that a chart may draw the table it is published in, and the row."""
    found: dict[str, tuple[Published, tuple[str, ...]]] = {}
    for measure, table in tables.measures.items():
        names = [str(field["name"]) for field in table.fields]
        for row in table.rows:
            cells = dict(zip(names, row, strict=True))
            proposed = " proposed" if cells.get("target_status") == TargetStatus.PROPOSED else ""
            found[f"{measure} {cells['period']}{proposed}"] = (table, row)
    savings = tables.of_years("savings", tables.reports.years)
    return found | {row[0]: (savings, row) for row in savings.rows}


def _data(chart: ChartView, rows: dict[str, tuple[Published, tuple[str, ...]]]) -> Published:
    """Return the published rows of a chart in the order of its table, with the running sums where it adds them up."""
    keys = [next(cell.key for cell in row if cell.key) for row in chart.data.rows]
    found = [rows[key] for key in keys]
    table = found[0][0]
    own = [row for _, row in found]
    if not chart.sums:
        return Published(table.resource, table.fields, tuple(own))
    summed = tuple((*row, total) for row, total in zip(own, chart.sums, strict=True))
    return Published(table.resource, (*table.fields, ADDED_UP), summed)


def _sheet(chart: ChartView, svg: str, site: str, address: str) -> str:
    """Set a chart's drawing between its title and its credits."""
    head = _lines(MARGIN, [(chart.name, _TITLE, True), (chart.subtitle, _BODY, False)])
    top = head[-1].y + MARGIN
    height = float(re.findall(r'<svg [^>]*\bheight="([\d.]+)"', svg)[0])
    credits_ = [*chart.notes, *(_credits(chart.credit, site, address) if chart.credit else ())]
    foot = _lines(top + height + MARGIN, [(text, _BODY, False) for text in credits_])
    return sheet(
        label=chart.label,
        width=WIDTH + 2 * MARGIN,
        height=foot[-1].y + MARGIN,
        lines=(*head, *foot),
        drawing=in_light(svg),
        left=MARGIN,
        top=top,
    )


def _credits(credit: Credit, site: str, address: str) -> list[str]:
    sources = "Source" if len(credit.sources) == 1 else "Sources"
    said = [f"{sources}: {'; '.join(credit.sources)}.", f"Figures to {credit.until}."]
    said += [f"Licence: {credit.licence}."] if credit.licence else []
    return [*said, site, f"{address}{credit.page}"]


def _lines(top: float, texts: Iterable[tuple[str, int, bool]]) -> list[Line]:
    """Break texts into lines that fit the width, each text a little apart from the next."""
    lines = []
    for text, size, strong in texts:
        for part in _parts(text, size):
            top += round(size * 1.3)
            lines.append(Line(top, part, size, strong))
        top += 4
    return lines


@lru_cache(1 << 12)
def _parts(text: str, size: int) -> list[str]:
    """Return the lines of a text in a size. Most charts of a site end with the same credits."""
    return wrap(text, _LETTERS[size], break_on_hyphens=False)
