"""The build door: generated pages go in, downloads come out, and pages are rendered in the sandbox.

A build without these hooks still shows right figures: macros then write their HTML straight into hand-written pages,
and ``answerable pages`` writes the generated ones as plain files.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

from macros.page_macros import PageMacros, calls
from macros.reading.prose import PageEnvironment, written
from macros.showing.pages import SECTIONS, Page, pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkDocsPage

_ABOUT = "About"
_REPAIRS = {
    # Faults of the theme that axe and the Nu checker report. A test fails when one is no longer there to repair.
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    '<nav class="md-path" aria-label="Navigation"': '<nav class="md-path" aria-label="Breadcrumbs"',
    'type="checkbox" id="__drawer" autocomplete="off"': 'type="checkbox" id="__drawer"',
    'type="checkbox" id="__search" autocomplete="off"': 'type="checkbox" id="__search"',
}


class _Build:
    """One build: its macros, its generated pages, and the HTML that waits to be set into pages."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.macros: PageMacros = config.plugins["macros"].answerable  # type: ignore[attr-defined]
        self.calls = calls(self.macros)
        self.pages = pages(self.macros.reports, self.macros.site.name)
        self.placed: list[str] = []
        # A page cannot guess the mark of another page's table.
        self.token = secrets.token_hex(8)
        self.mark = re.compile(rf'<div data-placed="{self.token}-(\d+)"></div>')
        self.macros.place = self.place

    def place(self, html: str) -> str:
        """Put HTML aside and return the mark that stands for it."""
        self.placed.append(html)
        return f'<div data-placed="{self.token}-{len(self.placed) - 1}"></div>'

    def fill(self, output: str) -> str:
        """Set the HTML into a finished page."""
        return self.mark.sub(lambda mark: self.placed[int(mark[1])], output)


def _build(config: MkDocsConfig) -> _Build:
    build: _Build = config.plugins["macros"].answerable_build  # type: ignore[attr-defined]
    return build


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the sandbox in place of the plugin's open environment, and make the navigation."""
    build = _Build(config)
    plugin: Any = config.plugins["macros"]
    plugin.answerable_build = build
    # The plugin offers no way to choose its environment; the version is pinned, and a test renders a hostile page.
    plugin._env = PageEnvironment(build.calls)  # noqa: SLF001
    config.nav = _navigation(build.pages, written(Path(config.docs_dir)))
    return config


def _navigation(generated: list[Page], own: list[str]) -> list[Any]:
    """Return the navigation: the generated sections in their order, then what a person wrote."""
    known = {page.path for page in generated}
    navigation: list[Any] = [{"Home": "index.md"}]
    for section in SECTIONS:
        paths = [page.path for page in generated if page.section == section]
        if paths:
            navigation.append({section: [_entry(path) for path in paths] if len(paths) > 1 else paths[0]})
    about = [path for path in own if path not in known]
    return [*navigation, {_ABOUT: about}] if about else navigation


def _entry(path: str) -> Any:
    """Return an entry of a section; its first page lists all the others."""
    folder, _, name = path.rpartition("/")
    return {f"All {folder}": path} if name == "index.md" else path


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page whose address no one wrote a page for."""
    addresses = {file.dest_uri for file in files}
    for page in _build(config).pages:
        file = File.generated(config, page.path, content=page.markdown)
        if file.dest_uri not in addresses:
            files.append(file)
    return files


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Repair the theme's page, then set tables, charts and entries into it: their text is never repaired."""
    del page
    for fault, repair in _REPAIRS.items():
        output = output.replace(fault, repair)
    return _build(config).fill(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files readers take away."""
    for path, data in _build(config).macros.files.items():
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
