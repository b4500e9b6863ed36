"""Pictures that stand beside a link in a message: what a page is about and its newest sentence, drawn as PNG.

A picture says what the page says, in the same words. There is one for the home page, for each year, and for each
measure with a target; pictures of the other measures would take longer than all that is drawn now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from ..drawing.drawings import pngs
from ..meaning.judgement import verdict
from ..reading.reports import Reports
from ..records import Topic
from ..showing import home, prose, wording
from ..showing.rendering import card
from ..showing.views import Line
from ..showing.views import Prose as Said

WIDTH, HEIGHT = 1200, 630
"""The size that programs which show links ask for."""
_MARGIN = 60
_TITLE, _BODY = 58, 40
_LETTERS = {_TITLE: 34, _BODY: 48}
"""How many letters of a size stand on one line; one too wide for the line would be cut off."""
_LINES = {_TITLE: 2, _BODY: 4}
"""How many lines of a size there is room for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says of a page: its title, its newest sentence, and perhaps a verdict with its mark."""

    page: str
    title: str
    sentence: str
    verdict: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """What the picture says, for those who cannot see it. The sentence names the verdict."""
        return f"{self.title}. {self.sentence}"


def path(page: str) -> str:
    """Return the address of the picture of a page, which is named by its file below ``docs``."""
    return f"social/{page.removesuffix('.md')}.png"


def pictures(reports: Reports, site: str) -> Iterator[Picture]:
    """Yield what the picture of each page says.

    Args:
        reports: what the packages hold.
        site: the site's name.
    """
    yield Picture("index.md", site, _first(home.summary(reports)))
    for year in reports.years:
        yield Picture(f"years/{year}.md", wording.year(year), _first(prose.year_summary(reports, year)))
    for measure in reports.measures.values():
        rows = reports.series(measure.id)
        seen = prose.latest(rows)
        if seen is not None and measure.topic is Topic.SERVICE_LEVEL:
            found = verdict(seen)
            says = prose.sentence(seen, rows, reports)
            mark = found.value.replace(" ", "-")
            yield Picture(f"measures/{measure.id}.md", measure.title, says, wording.verdict(found), mark)


def social_files(reports: Reports, site: str) -> dict[str, bytes]:
    """Return the picture of each page, by its address below the site's home."""
    found = list(pictures(reports, site))
    files = pngs([drawn(picture, site) for picture in found], scale=1)
    return {path(picture.page): file for picture, file in zip(found, files, strict=True)}


def drawn(picture: Picture, site: str) -> str:
    """Draw a picture as SVG."""
    lines: list[Line] = []
    top = 60.0
    for text, size in ((picture.title, _TITLE), (picture.sentence, _BODY)):
        for part in wrap(text, _LETTERS[size], max_lines=_LINES[size], placeholder=" …", break_on_hyphens=False):
            top += size * 1.25
            lines.append(Line(round(top), part, size, size == _TITLE))
        top += 24
    # The picture of the home page says the site's name once, as its title.
    name = "" if picture.title == site else site
    return card(
        width=WIDTH, height=HEIGHT, left=_MARGIN, lines=lines, verdict=picture.verdict, mark=picture.mark, site=name
    )


def _first(said: Said) -> str:
    """Return the first paragraph of what is said."""
    return "".join(cell.text for cell in said.paragraphs[0])
