"""The contents of generated pages, kept between builds: one is made again where anything it follows from has changed.

The page of a measure or a service follows from what is known of it, from which alone its macros make it; any other page
follows from everything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from .kept import Kept, program, whole_program
from .page_macros.base import Macros
from .publishing.materials import version as own_version
from .showing.pages import Page

_LIBRARIES = ("altair", "vl-convert-python", "mkdocs", "mkdocs-macros-plugin", "Markdown", "jinja2", "markupsafe")


@dataclass(frozen=True, slots=True)
class Content:
    """What a page shows and what is searched of it: its HTML, its headings, its anchors, and its heading and text."""

    html: str
    headings: list[Any]
    anchors: list[str]
    title: str
    text: str


class Contents:
    """The contents of earlier builds.

    Args:
        folder: where they are kept.
        macros: what pages are made from.
        markdown: how Markdown is read, as ``mkdocs.yml`` says.
    """

    def __init__(self, folder: Path, macros: Macros, markdown: object) -> None:
        made = (f"{name} {version(name)}" for name in _LIBRARIES)
        self._kept = Kept.of(folder, program((), whole_program(), own_version(), *made))
        reports = macros.reports
        self._all = _digest(markdown, macros.site, macros.address, macros.preview)
        self._sizes = _sizes(macros.files)
        measures = {f"measures/{one}.md": reports.about_measure(one).digest() for one in reports.measures}
        services = {f"services/{one}.md": reports.about_service(one).digest() for one in reports.services}
        self._known = measures | services
        # Every observation is one of a measure.
        others = replace(reports, observations=()).digest()
        self._everything = _digest(measures, others, macros.today, self._sizes)
        self._asked: dict[str, str] = {}
        """All that the content of a page follows from, by the page."""

    def find(self, page: Page) -> Content | None:
        """Return the content of a page, where it was kept and is still true."""
        held = self._kept.found(self._follows(page))
        return Content(**json.loads(held)) if held else None

    def keep(self, page: Page, content: Content) -> None:
        """Keep the content of a page."""
        self._kept.put(self._follows(page), json.dumps(asdict(content)).encode())

    def forget_others(self) -> None:
        """Remove what no page asked for."""
        self._kept.only(self._asked.values())

    def _follows(self, page: Page) -> str:
        """Return all that the content of a page follows from, but for the program."""
        if page.path not in self._asked:
            known = self._everything
            if page.path in self._known:
                known = _digest(self._known[page.path], self._sizes.get(page.path))
            self._asked[page.path] = f"{page.path} {self._all} {known}\n{page.markdown}"
        return self._asked[page.path]


def _sizes(files: Mapping[str, bytes]) -> dict[str, list[tuple[str, int]]]:
    """Return the sizes of the files that pages offer, by the page of the measure they are of, or by their address."""
    found: dict[str, list[tuple[str, int]]] = {}
    for address, data in sorted(files.items()):
        path = PurePosixPath(address)
        of = {"measures": path.stem, "charts": path.stem.rpartition("-")[0]}.get(path.parent.name)
        found.setdefault(f"measures/{of}.md" if of else address, []).append((address, len(data)))
    return found


def _digest(*held: object) -> str:
    return sha256(repr(held).encode()).hexdigest()
