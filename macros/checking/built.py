"""The built site, read by a stranger: links, anchors, identifiers, addresses that must exist, leftovers of templates.

Nothing here knows how pages are made: it sees files, as a reader's browser does.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from ..errors import Kind, Problem, Where
from .published import Published
from .readers import Page

ADDRESSES = (
    "", "years/", "services/", "measures/", "savings/", "staffing/", "commitments/", "actions/", "governance/",
    "discrepancies/", "data/", "changes/", "methodology/", "accessibility/", "privacy/", "licence/", "contact/",
    "data/index.json", "data/index.schema.json", "data/dictionary/", "data/all-years.zip", "data/all-years.xlsx",
    "data/all-years.ods", "data/all-years/datapackage.json", "data/latest.zip", "data/latest/datapackage.json",
    "data/catalogue.jsonld", "changes.json", "feed.xml",
)  # fmt: skip
"""Addresses that are a contract with readers: no build may lose one."""
_REPAIR = "Correct the link, or publish what it points to."


def address_problems(site: Published) -> Iterator[Problem]:
    """Say which addresses are gone that must exist."""
    yield from missing(site, ADDRESSES)


def missing(site: Published, addresses: Iterable[str]) -> Iterator[Problem]:
    """Say which of some addresses a site does not have."""
    for address in addresses:
        if (f"{address}index.html" if not address or address.endswith("/") else address) not in site:
            what = "the site has no page at this address."
            yield Problem(Where(address or "index.html"), what, "Publish it again.", kind=Kind.SITE)


class Whole:
    """Whether pages hold together: each is given once, and is not kept."""

    def __init__(self, site: Published) -> None:
        self._site = site
        self._identifiers: dict[str, frozenset[str]] = {}
        self._targets: dict[tuple[str, str], str | None] = {}
        """The file that each path leads to from a folder."""
        self._ways: dict[str, tuple[str, str] | None] = {}
        """The path and the place on a page that each link names, as ``_way`` has them."""
        self._anchors: list[tuple[str, int, str, str, str]] = []
        """Links into other pages: the page and the line they stand in and as what, the page, and the place on it."""

    def page(self, name: str, page: Page) -> Iterator[Problem]:
        """Check a page: its identifiers, what a template left in it, and where it leads to."""
        if len({*page.identifiers}) < len(page.identifiers):
            for identifier, times in Counter(page.identifiers).items():
                if times > 1:
                    what = f'the identifier "{identifier}" is used {times} times.'
                    yield Problem(Where(name), what, "Rename one.", kind=Kind.SITE)
        for line, text in page.left:
            what = f'a template left "{text}" here.'
            yield Problem(Where(name, line), what, "Write what is true instead.", kind=Kind.SITE)
        if page.cut:
            line, begins = page.cut
            what = f'"{begins}" begins here and never ends: browsers do not show what follows.'
            yield Problem(Where(name, line), what, "End it.", kind=Kind.SITE)
        elif not page.ends:
            yield Problem(Where(name), "the page ends before it is whole.", "Publish it again.", kind=Kind.SITE)
        yield from self.links(name, page.identifiers, page.addresses)

    def links(self, name: str, identifiers: Iterable[str], addresses: Iterable[tuple[int, str]]) -> Iterator[Problem]:
        """Check where a page leads to, and note by what it can be linked.

        Args:
            name: the page.
            identifiers: the places on it.
            addresses: everything it leads to or needs, each with its line.
        """
        self._identifiers[name] = frozenset(identifiers)
        folder = name.rpartition("/")[0]
        for line, link in addresses:
            if link not in self._ways:
                self._ways[link] = _way(link)
            if (way := self._ways[link]) is None:
                yield _not_allowed(Where(name, line), link)
                continue
            path, anchor = way
            target = self._target(folder, path) if path else name
            if target is None:
                # A host may serve a page of its own at the root for addresses that do not exist.
                if name != "404.html":
                    yield _nowhere(Where(name, line), link)
            elif not anchor:
                continue
            elif target == name:
                yield from self._anchor(name, line, link, target, anchor)
            elif target.endswith(".html"):
                # The page may not have been read yet.
                self._anchors.append((name, line, link, target, anchor))

    def _target(self, folder: str, path: str) -> str | None:
        """Return the file that a path leads to from a folder, both below the root; None where there is none."""
        start = "" if path.startswith("/") else folder
        while start and path.startswith("../"):
            start, path = start.rpartition("/")[0], path.removeprefix("../")
        # What stands around a page leads to the same places on all of them.
        if (start, path) not in self._targets:
            self._targets[start, path] = self._found(start, path)
        return self._targets[start, path]

    def _found(self, start: str, path: str) -> str | None:
        target = posixpath.normpath(posixpath.join(start, path.lstrip("/"))).removeprefix("./")
        if target in self._site and not path.endswith("/"):
            return target
        page = posixpath.normpath(posixpath.join(target, "index.html"))
        return page if page in self._site else None

    def _anchor(self, name: str, line: int, link: str, target: str, anchor: str) -> Iterator[Problem]:
        # A page that cannot be read was told, and has no places that anybody knows.
        if anchor not in self._identifiers.get(target, (anchor,)):
            what = f'the link "{link}" names a place that is not on the page.'
            yield Problem(Where(name, line), what, _REPAIR, kind=Kind.SITE)

    def anchors(self) -> Iterator[Problem]:
        """Check the links into other pages, once every page was read."""
        for anchor in self._anchors:
            yield from self._anchor(*anchor)


def _nowhere(where: Where, link: str) -> Problem:
    return Problem(where, f'the link "{link}" leads nowhere.', _REPAIR, kind=Kind.SITE)


def _way(link: str) -> tuple[str, str] | None:
    """Return the path and the place on a page that a link names; both are blank where it leads to another site.

    A link that leads nowhere on any site, or has a scheme that is not allowed, has none.
    """
    if link.startswith("//"):
        return "", ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme:
        return ("", "") if parts.scheme in ("http", "https", "mailto") else None
    return unquote(parts.path), unquote(parts.fragment)


def _not_allowed(where: Where, link: str) -> Problem:
    """Return what is wrong with a link of which ``_way`` returns none."""
    try:
        urlsplit(link)
    except ValueError:
        return _nowhere(where, link)
    what = f'the link "{link}" has a scheme that is not allowed.'
    return Problem(where, what, "Use http or https.", kind=Kind.SITE)
