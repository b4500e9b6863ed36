"""A site joined from others, read by a stranger beside the sites it was made from: each figure, link and address.

What is true is the index of each council's site. Nothing here knows how the joined site is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..errors import Kind, Problem, Where
from .agreement import MOST
from .built import Whole, missing
from .copies import FIX, NOT_TEXT, differs, unreadable
from .published import Published, published
from .readers import Page

ADDRESSES = (
    "", "data/", "changes/", "glossary/", "accessibility/", "privacy/", "licence/", "contact/",
    "data/index.json", "data/joined.schema.json",
)  # fmt: skip
"""Addresses that are a contract with readers: no build may lose one."""
_INDEX, _SEARCH = "data/index.json", "search/"
_WHOLE = {"councils": "page", "services": "page", "service_levels": "page", "files": "path"}
"""What has a whole address in the joined index, and by which name the site's own index gives it."""
Index = Mapping[str, Any]


def joined_problems(root: Path, folders: Sequence[Path]) -> list[Problem]:
    """Compare a joined site with the sites it was made from.

    Args:
        root: the folder of the joined site.
        folders: the folders of the councils' sites.

    Returns:
        Every missing address, dead link and other fault of its pages, and the first disagreements found.
    """
    site = published(root)
    found = [*missing(site, ADDRESSES)]
    whole = Whole(site)
    try:
        councils = _Councils(folders)
        found += islice(councils.index_problems(json.loads(site[_INDEX])), MOST)
        found += islice(councils.search_problems(list(_shown(site))), MOST)
    except (ValueError, KeyError, TypeError) as error:
        return [*found, unreadable(f"{_INDEX} or a file of {_SEARCH}", error)]
    differing: list[Problem] = []
    for name, text in site.texts():
        if text is None:
            found.append(unreadable(name, NOT_TEXT))
            continue
        page = Page(text)
        found += whole.page(name, page)
        differing += islice(councils.page_problems(name, page), MOST - len(differing))
    return [*found, *whole.anchors(), *differing, *islice(councils.untold(), MOST)]


class _Councils:
    """The councils' sites by their addresses: the index of each, and its files."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._sites: dict[str, Published] = {}
        self._indexes: dict[str, Index] = {}
        for site in map(published, folders):
            index = json.loads(site[_INDEX])
            self._sites[index["address"]], self._indexes[index["address"]] = site, index
        self._says = dict(chain.from_iterable(map(_says, self._indexes.values())))
        """What each marked text must say, by its key and its field."""
        councils = sum(len(index["councils"]) for index in self._indexes.values())
        self._says |= {("councils", "rows"): f"{councils:,}", ("sites", "rows"): f"{len(self._sites):,}"}
        self._told: set[tuple[str, str]] = set()
        """What pages have shown."""

    def index_problems(self, index: Index) -> Iterator[Problem]:
        """Compare the joined index with the index of each site, item by item."""
        said = {site["address"]: site for site in index["sites"]}
        if len(said) != len(index["sites"]) or set(said) != set(self._indexes):
            yield differs(Where(_INDEX), f"{len(index['sites'])} sites", "the folders", f"{len(self._indexes)} sites")
            return
        for address, own in self._indexes.items():
            true = {name: value for name, value in own.items() if name not in ("$schema", "version")}
            for name, place in _WHOLE.items():
                below = f"{address}data/" if place == "path" else address
                true[name] = [_whole(one, place, below) for one in true[name]]
            for name in {**true, **said[address]}:
                if said[address].get(name) != true.get(name):
                    where = Where(f"{_INDEX}, {address}, {name}")
                    yield differs(where, _first(said[address], true, name), f"the index of {address}", "something else")

    def search_problems(self, shown: Sequence[tuple[str, str, str]]) -> Iterator[Problem]:
        """Say what the search shows that leads nowhere, is called otherwise than on its site, or is not there.

        Args:
            shown: the file of each page that the search shows, its address and its title.
        """
        titles = {
            f"{address}{one['page']}": str(one["title"])
            for address, index in self._indexes.items()
            for name in ("councils", "services")
            for one in index[name]
        }
        elsewhere = {address: (name, title) for name, address, title in shown if "://" in address}
        for name, address, title in shown:
            if "://" in address and title != titles.get(address):
                yield differs(Where(name), f"{address}: {title}", "that site", f"{titles.get(address)}")
        for address in sorted(titles.keys() - elsewhere.keys()):
            yield differs(Where(_SEARCH), f"{address}: None", "that site", titles[address])
        for address, (name, _) in elsewhere.items():
            yield from self._link(Where(name), address)

    def page_problems(self, name: str, page: Page) -> Iterator[Problem]:
        """Compare every marked text with the index it comes from, and every link to a site with its pages."""
        for element in page.figures:
            where, shown = Where(name, element.line), (element.key, element.field)
            self._told.add(shown)
            if shown not in self._says:
                what = f"no site has the {element.field} of {element.key}."
                yield Problem(where, what, FIX, kind=Kind.SITE)
            elif element.text != self._says[shown]:
                yield differs(where, element.text, f"the index of {element.key.partition(' ')[0]}", self._says[shown])
        for line, address in page.addresses:
            yield from self._link(Where(name, line), address)

    def _link(self, where: Where, address: str) -> Iterator[Problem]:
        own = max((one for one in self._sites if address.startswith(one)), key=len, default=None)
        if own is None:
            return
        path = unquote(address.removeprefix(own).partition("#")[0])
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if file not in self._sites[own]:
            yield Problem(where, f'the link "{address}" leads nowhere.', FIX, kind=Kind.SITE)

    def untold(self) -> Iterator[Problem]:
        """Say what no page has shown, once all were read: a figure of a council, or something that is late."""
        for key, field in self._says:
            if (key, field) not in self._told:
                yield Problem(Where("index.html"), f"the {field} of {key} is not shown.", FIX, kind=Kind.SITE)


def _shown(site: Published) -> Iterator[tuple[str, str, str]]:
    """Yield the file, the address and the title of every page that the search of a site shows."""
    for name in site:
        # What lies in the folder of the search itself says only where its other files are.
        if name.startswith(_SEARCH) and name.count("/") > 1:
            held = json.loads(site[name])
            for address, title, _ in held["pages"].values() if isinstance(held, dict) else held:
                yield name, address, title


def _says(index: Index) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what is to be shown of a site: its key, which of its fields, and what it says."""
    address, newest = index["address"], max(index["years"])
    for council in index["councils"]:
        key = f"{address} {council['body_id']}"
        yield (key, "newest"), _year(newest)
        own = [one for one in index["service_levels"] if one["body_id"] == council["body_id"]]
        came = max(own, key=lambda one: str(one["year"]), default=None)
        counted = {name: f"{came[name]:,}" if came else "–" for name in ("met", "missed")}
        counted["unjudged"] = f"{came['total'] - came['met'] - came['missed']:,}" if came else "–"
        counted["of_year"] = _year(came["year"]) if came else "–"
        for field, text in counted.items():
            yield (key, field), text
    for one in index.get("expected", ()):
        if one["days_late"] > 0 and one["year"] >= newest:
            yield (f"{address} {one['year']} {one['table']}", "due"), _day(one["due"])


def _year(name: str) -> str:
    """Write a financial year as a reader says it."""
    return name.replace("-", "/")


def _whole(one: Index, name: str, below: str) -> dict[str, Any]:
    return {"address": f"{below}{one[name]}", **{key: value for key, value in one.items() if key != name}}


def _first(said: Index, true: Index, name: str) -> str:
    """Return the first item of a list that differs, or the whole where it is no list."""
    one, other = said.get(name), true.get(name)
    if isinstance(one, list) and isinstance(other, list):
        return str(next((item for item in one if item not in other), f"{len(one)} items"))
    return str(one)


def _day(text: str) -> str:
    """Write a day as a reader says it."""
    when = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    return f"{when.day} {when:%B %Y}"
