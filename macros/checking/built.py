"""The built site, read by a stranger: links, anchors, identifiers, addresses that must exist, leftovers of templates.

Nothing here knows how pages are made: it sees files, as a reader's browser does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import Kind, Problem, Where

ADDRESSES = (
    "", "years/", "services/", "measures/", "savings/", "staffing/", "commitments/", "actions/", "governance/",
    "discrepancies/", "data/", "changes/", "methodology/", "accessibility/", "privacy/", "licence/", "contact/",
    "data/index.json", "data/index.schema.json", "data/dictionary/", "data/all-years.zip", "data/all-years.xlsx",
    "data/all-years.ods", "data/all-years/datapackage.json", "data/latest.zip", "data/latest/datapackage.json",
    "data/catalogue.jsonld", "changes.json", "feed.xml",
)  # fmt: skip
"""Addresses that are a contract with readers: no build may lose one."""
_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
_REPAIR = "Correct the link, or publish what it points to."
_LEFT_BEHIND = re.compile(r"(?i:\[note:|\[name|\blorem\b)|\bTODO\b")
"""What councils have published of templates they did not fill in. “[note 1]” marks a note of a table."""
_UNSEEN = ("script", "style")


@dataclass(slots=True)
class _Page(HTMLParser):
    """What one page links to, what it can be linked by, and what a template left behind in it."""

    links: list[tuple[int, str]] = field(default_factory=list)
    identifiers: Counter[str] = field(default_factory=Counter)
    left: list[tuple[int, str]] = field(default_factory=list)
    seen: bool = True

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag's link and identifier."""
        self.seen = tag not in _UNSEEN
        found = dict(attrs)
        if identifier := found.get("id"):
            self.identifiers[identifier] += 1
        wanted = _LINKS.get(tag)
        if wanted and found.get(wanted) is not None and found.get("rel") != "canonical":
            self.links.append((self.getpos()[0], str(found[wanted])))

    def handle_endtag(self, tag: str) -> None:
        """Text after a script is read again."""
        self.seen = self.seen or tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        """Note what a template left behind."""
        if self.seen:
            self.left += [(self.getpos()[0], found[0]) for found in _LEFT_BEHIND.finditer(data)]


def site_problems(root: Path) -> Iterator[Problem]:
    """Check a built site.

    Args:
        root: the folder that holds the site.

    Yields:
        Every missing address, dead link, missing anchor, identifier used twice and text a template left behind.
    """
    for address in ADDRESSES:
        if not _file(root, address).is_file():
            yield Problem(
                Where(address or "index.html"),
                "the site has no page at this address.",
                "Publish it again.",
                kind=Kind.SITE,
            )
    pages = {path.relative_to(root).as_posix(): _read(path) for path in sorted(root.rglob("*.html"))}
    found = cache(partial(_target, root.resolve()))
    for name, page in pages.items():
        for identifier, times in page.identifiers.items():
            if times > 1:
                yield Problem(
                    Where(name), f'the identifier "{identifier}" is used {times} times.', "Rename one.", kind=Kind.SITE
                )
        for line, text in page.left:
            yield Problem(
                Where(name, line), f'a template left "{text}" here.', "Write what is true instead.", kind=Kind.SITE
            )
        for line, link in page.links:
            yield from _link_problems(found, name, line, link, pages)


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _file(root: Path, address: str) -> Path:
    return root / address / "index.html" if not address or address.endswith("/") else root / address


def _target(root: Path, folder: str, path: str) -> str | None:
    """Return the file that a path leads to from a folder, both below the root; None where there is none."""
    start = root if path.startswith("/") else root / folder
    target = (start / unquote(path).lstrip("/")).resolve()
    if target.is_dir():
        target /= "index.html"
    return target.relative_to(root).as_posix() if target.is_relative_to(root) and target.is_file() else None


def _link_problems(
    found: Callable[[str, str], str | None], name: str, line: int, link: str, pages: dict[str, _Page]
) -> Iterator[Problem]:
    parts = urlsplit(link)
    if parts.scheme in ("http", "https", "mailto") or link.startswith("//"):
        return
    where = Where(name, line)
    if parts.scheme:
        yield Problem(
            where, f'the link "{link}" has a scheme that is not allowed.', "Use http or https.", kind=Kind.SITE
        )
        return
    # Many pages of one folder link to the same places, and to ask the disk each time takes most of a check.
    target = found(name.rpartition("/")[0], parts.path) if parts.path else name
    if target is None:
        # A host may serve a page of its own at the root for addresses that do not exist.
        if name != "404.html":
            yield Problem(where, f'the link "{link}" leads nowhere.', _REPAIR, kind=Kind.SITE)
        return
    page = pages.get(target)
    anchor = unquote(parts.fragment)
    if page is not None and anchor and anchor not in page.identifiers:
        yield Problem(where, f'the link "{link}" names a place that is not on the page.', _REPAIR, kind=Kind.SITE)
