"""The files of a joined site: the index of every site at once, its schema, and what the search finds on the sites."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..publishing.search import Findable
from .sites import JOINED_SCHEMA, Site

INDEX, SCHEMA = "data/index.json", f"data/{JOINED_SCHEMA}"
VERSION = 1
"""The version of the index, which is raised when a program that reads it would have to change."""
_OWN = ("$schema", "version", "address", "files")


def joined_files(sites: Sequence[Site], title: str, address: str) -> dict[str, bytes]:
    """Return the index of all sites and its schema, by their addresses below the joined site's home.

    Args:
        sites: the councils' sites.
        title: the name of the joined site.
        address: its address, ending in a slash; empty where ``mkdocs.yml`` does not say.
    """
    index = {
        "$schema": JOINED_SCHEMA,
        "version": VERSION,
        "title": title,
        **({"address": address} if address else {}),
        "sites": [_site(site) for site in sites],
    }
    # No indentation: a nation has a hundred thousand files, and spaces would be a third of what is said of them.
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace('{"address":"', '\n{"address":"')
    return {INDEX: f"{text}\n".encode(), SCHEMA: Path(__file__).with_name(JOINED_SCHEMA).read_bytes()}


def _site(site: Site) -> dict[str, Any]:
    """Return the index of a site with whole addresses in the place of those below its home."""
    found: dict[str, Any] = {"address": site.address}
    for name, value in site.index.items():
        if name in ("councils", "services", "service_levels"):
            found[name] = [_whole(one, "page", site.address) for one in value]
        elif name not in _OWN:
            found[name] = value
    return found | {"files": [_whole(one, "path", f"{site.address}data/") for one in site.index["files"]]}


def _whole(one: dict[str, Any], name: str, address: str) -> dict[str, Any]:
    return {"address": f"{address}{one[name]}", **{key: value for key, value in one.items() if key != name}}


def search_entries(sites: Sequence[Site]) -> Iterator[Findable]:
    """Yield what the search finds on the councils' sites: each council and each service.

    Measures are left out: the search of each council's own site finds them, with what became of each.
    """
    for site in sites:
        titles = {str(one["body_id"]): str(one["title"]) for one in site.index["councils"]}
        for one in site.index["councils"]:
            yield Findable(f"{site.address}{one['page']}", str(one["title"]), f"The council's page on {site.title}.")
        for one in site.index["services"]:
            says = f"{titles[one['body_id']]}. {one['description']}"
            yield Findable(f"{site.address}{one['page']}", str(one["title"]), says)
