"""The build door: generated pages go in, downloads come out, and pages can do nothing but call our macros.

A build without these hooks still shows right figures: macros then write their HTML straight into hand-written pages,
and ``answerable pages`` writes the generated ones as plain files.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from macros.contents import Content, Contents
from macros.joining.index import search_entries
from macros.joining.macros import JoinedMacros
from macros.page_macros import calls
from macros.page_macros.base import OF_FIGURES, Macros
from macros.publishing.protection import POLICY
from macros.publishing.search import INDEX, Findable, search_files
from macros.publishing.social import path, pictures
from macros.publishing.structured import Datasets
from macros.reading.colours import stylesheet
from macros.reading.logo import HEIGHT
from macros.reading.prose import PageReader, written
from macros.showing.legal import report_link
from macros.showing.pages import SECTIONS, Page, joined_pages, pages
from macros.showing.views import View
from macros.site import CACHE

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import AnchorLink

_ABOUT = "About"
_FOOT = ("accessibility", "privacy", "licence", "contact", "glossary", "methodology", "data")
"""The pages the foot of every page links to, where they exist."""
_LONG = ("actions/", "commitments/", "discrepancies/", "governance/")
"""Pages of quotes, each word of which is found."""
_ABSOLUTE = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What can only name whole addresses, and so has no place in a preview, which may lie anywhere."""
_FEED, _LISTS = "feed.xml", "measures/"
"""The feed, and where the box for searching leads to: a site of many councils has neither."""
_THEME = ("assets/javascripts/", "assets/stylesheets/")
"""Where the theme keeps its scripts and styles, which no page of ours loads."""
_OURS = ("macros", "macros/hooks.py")
"""The plugins of a build, as MkDocs counts them: hooks are some, too."""
_SEARCHED = 700
"""How many characters of a page are searched: enough for its sentences."""
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|q|small|span|strong|time)\b[^>]*>")
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


class _Build:
    """One build: its macros, its generated pages, and the HTML that waits to be set into pages."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.macros: Macros = config.plugins["macros"].answerable  # type: ignore[attr-defined]
        self.calls = calls(self.macros)
        self.sites = self.macros.sites if isinstance(self.macros, JoinedMacros) else ()
        name = self.macros.site.name
        self.pages = joined_pages(name) if self.sites else pages(self.macros.reports, name)
        self.lists: dict[str, MkDocsPage] = {}
        """The page that lists the pages of a folder, by the folder."""
        self.placed: list[tuple[View, str]] = []
        """What the macros of the page that is being made show."""
        self.generated: dict[str, Page] = {}
        """The generated pages that are part of the site, by their files."""
        folder = Path(config.config_file_path).parent / CACHE / "pages"
        markdown = config.markdown_extensions, config.mdx_configs, {**config.plugins["macros"].config}
        # The pages of a joined site are few, and what another plugin or hook makes of a page nobody knows.
        alone = len(config.plugins) == len(_OURS)
        self.contents = Contents(folder, self.macros, markdown) if alone and not self.sites else None
        self.kept: dict[str, Content] = {}
        """The contents that were kept of pages that are being built."""
        self.searched: dict[str, tuple[str, str]] = {}
        """The heading and the text of each page, by its file."""
        self.findable: list[Findable] = []
        # A page cannot guess the mark of another page's table.
        self.token = secrets.token_hex(8)
        self.mark = re.compile(rf'<div data-placed="{self.token}-(\d+)"></div>')
        self.macros.place = self.place
        own = self.macros
        self.datasets = Datasets.of(own.reports, own.site, own.files, own.address)
        self.pictures = {found.page: found.text for found in pictures(own.reports, own.site.name)}

    def place(self, view: View, html: str) -> str:
        """Put the HTML of a view aside and return the mark that stands for it."""
        self.placed.append((view, html))
        return f'<div data-placed="{self.token}-{len(self.placed) - 1}"></div>'

    def kept_content(self, page: MkDocsPage) -> Content | None:
        """Return the content of a generated page, where it was kept and is still true."""
        generated = self.generated.get(page.file.src_uri)
        return self.contents.find(generated) if generated and self.contents else None

    def content(self, html: str, page: MkDocsPage) -> Content:
        """Set what the macros of a page show into what Markdown made of it, and keep it where the page is generated."""
        heading, text = _searched(self._said(html), page)
        whole = self.mark.sub(lambda mark: self.placed[int(mark[1])][1], html)
        self.placed.clear()
        made = Content(whole, _headings(page.toc), sorted(page.present_anchor_ids or ()), heading, text)
        generated = self.generated.get(page.file.src_uri)
        if generated and self.contents:
            self.contents.keep(generated, made)
        return made

    def _said(self, html: str) -> str:
        """Set what the macros show into a page, but for tables, charts and entries."""

        def text(mark: re.Match[str]) -> str:
            view, shown = self.placed[int(mark[1])]
            return " " if isinstance(view, OF_FIGURES) else shown

        return self.mark.sub(text, html)


def _build(config: MkDocsConfig) -> _Build:
    build: _Build = config.plugins["macros"].answerable_build  # type: ignore[attr-defined]
    return build


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put our reader of pages in place of the plugin's open template engine, and make the navigation."""
    build = _Build(config)
    plugin: Any = config.plugins["macros"]
    plugin.answerable_build = build
    # The plugin offers no way to choose its engine; the version is pinned, and a test renders a hostile page.
    plugin._env = PageReader(build.calls)  # noqa: SLF001
    if build.macros.preview:
        # Without an address no page names the published site, and links are relative.
        config.site_url = ""
        config.extra["preview"] = build.macros.preview
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
    """Add every generated page whose address no one wrote a page for; leave out what only the theme's pages load."""
    for file in [file for file in files if file.src_uri.startswith(_THEME)]:
        files.remove(file)
    addresses = {file.dest_uri for file in files}
    for page in _build(config).pages:
        file = File.generated(config, page.path, content=page.markdown)
        if file.dest_uri not in addresses:
            files.append(file)
            _build(config).generated[page.path] = page
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Note the page that lists the pages of each folder; to look for it on every page takes with their square."""
    del files
    below = ((page.file.src_uri.removesuffix("/index.md"), page) for page in nav.pages)
    _build(config).lists = {folder: page for folder, page in below if folder != page.file.src_uri}
    return nav


@event_priority(100)
def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Leave a page whose content is kept blank: before its macros are called, and Markdown reads it."""
    del files
    content = _build(config).kept_content(page)
    if content is None:
        return markdown
    _build(config).kept[page.file.src_uri] = content
    return ""


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Return the content of a page, with what its macros show, or as it was kept."""
    del files
    build = _build(config)
    content = build.kept.pop(page.file.src_uri, None)
    if content:
        page.toc, page.present_anchor_ids = get_toc(content.headings), {*content.anchors}
    else:
        content = build.content(html, page)
    build.searched[page.file.src_uri] = content.title, content.text
    return content.html


def _headings(toc: Iterable[AnchorLink]) -> list[dict[str, Any]]:
    """Return the headings of a page as Markdown hands them to MkDocs."""
    return [{"level": one.level, "id": one.id, "name": one.title, "children": _headings(one.children)} for one in toc]


def on_page_context(context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Hand the page template the way to the page, the link that reports a problem, and what machines read of it."""
    build = _build(config)
    title, text = build.searched[page.file.src_uri]
    weight = page.meta.get("search", {}).get("boost", 1)
    build.findable.append(Findable(page.url, title, text, weight))
    context["trail"], context["trail_section"] = _trail(page, nav, build.lists)
    address = page.canonical_url or f"/{page.url}"
    # A title waits in front matter escaped for HTML, which a message is not.
    context["report_url"] = report_link(build.macros.site, unescape(str(page.title or "")), address)
    context["logo"], context["logo_height"] = build.macros.logo, HEIGHT
    context["dataset"] = build.datasets.block(page.file.src_uri)
    image = path(page.file.src_uri)
    if image in build.macros.files:
        context["social_image"] = f"{build.macros.address}{image}"
        context["social_text"] = build.pictures[page.file.src_uri]
    return context


def _trail(page: MkDocsPage, nav: Navigation, lists: Mapping[str, MkDocsPage]) -> tuple[list[dict[str, str]], str]:
    """Return the pages above a page, and the title of its section. A page of a folder stands below its list."""
    folder = page.file.src_uri.rpartition("/")[0]
    index = lists.get(folder)
    within = page if page.ancestors or index is None else index
    section = next((one for one in nav if isinstance(one, Section) and one in within.ancestors), None)
    listed = section.children if section else []
    above = [(str(section.title), one) for one in listed[:1] if section and isinstance(one, MkDocsPage)]
    if index and index not in [one for _, one in above]:
        above.append((str(index.title).removeprefix("All ").capitalize(), index))
    steps = [{"title": title, "address": one.url} for title, one in above if one is not page]
    return steps, str((section or within).title)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Tell every template what its foot links to, what a page may use, and where the search begins."""
    titles = {page.path: page.title for page in _build(config).pages}
    foot = []
    for name in _FOOT:
        file = files.get_file_from_path(f"{name}.md")
        if file is not None:
            known = titles.get(f"{name}.md") or (file.page.title if file.page else "")
            foot.append({"title": known or name.capitalize(), "address": file.url})
    env.globals["footer"], env.globals["policy"] = foot, POLICY
    env.globals["search_index"] = INDEX
    env.globals["feed"] = _FEED if _FEED in _build(config).macros.files else ""
    env.globals["listed"] = _LISTS if files.get_file_from_path(f"{_LISTS}index.md") else ""
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files readers take away, those of the search box, and the council's colour."""
    build, site = _build(config), Path(config.site_dir)
    if build.contents:
        build.contents.forget_others()
    found = search_files([*(_whole(page, site) for page in build.findable), *search_entries(build.sites)])
    for address, data in {**build.macros.files, **found}.items():
        target = site / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    colour = build.macros.site.colour
    if colour:
        styles = site / "assets" / "answerable.css"
        styles.write_text(styles.read_text("utf-8") + stylesheet(colour), "utf-8")
    if build.macros.preview:
        for name in _ABSOLUTE:
            (site / name).unlink(missing_ok=True)


def _searched(html: str, page: MkDocsPage) -> tuple[str, str]:
    """Return what is searched of a page: its heading, and the beginning of its text without tables and charts."""
    heading = _HEADING.search(html)
    title = _said(heading[2]) if heading else unescape(str(page.title))
    return title, _said(_HEADING.sub(" ", html))[:_SEARCHED]


def _whole(page: Findable, site: Path) -> Findable:
    """Return a page of quotes with each longer word of the finished page, and any other page as it is."""
    if page.address not in _LONG:
        return page
    main = (site / page.address / "index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    longer = set(re.findall(r"[^\W\d_]{4,}", _said(main).lower())) - set(page.text.lower().split())
    return replace(page, text=" ".join([page.text, *sorted(longer)]))


def _said(html: str) -> str:
    """Return what HTML says, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", _INLINE.sub("", html))).split())
