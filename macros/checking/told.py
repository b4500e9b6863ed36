"""What is told of the data, compared with the data: the list of changes, the feed, and the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from xml.etree import ElementTree as ET

from ..errors import Problem, Where
from . import figures
from .copies import Files, differs, unreadable
from .readers import Row
from .truth import Truth

CHANGES, FEED, CATALOGUE = "changes.json", "feed.xml", "data/catalogue.jsonld"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CELLS = ("correction_id", "kind", "year", "resource", "key", "field", "old", "new", "reason")
_NUMBERS = ("value", "target")


def change_problems(files: Files, truth: Truth) -> Iterator[Problem]:
    """Compare the list of changes and the feed with the rows of corrections."""
    rows = truth.table("corrections")
    try:
        listed = {one["correction_id"]: one for one in json.loads(files[CHANGES])["changes"]}
        # The file is one of the built site's own.
        entries = ET.fromstring(files[FEED]).iter(f"{_ATOM}entry")  # noqa: S314
        told = {_correction(entry): entry.findtext(f"{_ATOM}summary") or "" for entry in entries}
    except (OSError, ValueError, KeyError, TypeError, ET.ParseError) as error:
        yield unreadable(f"{CHANGES} or {FEED}", error)
        return
    for name in sorted(set(listed) - {row["correction_id"] for row in rows}):
        yield differs(Where(CHANGES), name, "no package", "such a correction")
    for row in rows:
        yield from _listed(listed.get(row["correction_id"], {}), row)
        yield from _told(told.get(row["correction_id"], ""), row)


def _correction(entry: ET.Element) -> str:
    """Return which correction an entry of the feed leads to; blank for a release."""
    link = entry.find(f"{_ATOM}link")
    return link.get("href", "").partition("#")[2] if link is not None else ""


def _listed(said: dict[str, str], row: Row) -> Iterator[Problem]:
    true = {name: row[name] for name in _CELLS} | {"date": row["date"].removeprefix("D")}
    for name, cell in true.items():
        if said.get(name) != cell:
            yield differs(Where(CHANGES), f"{name}: {said.get(name)}", row.place(name), cell)


def _told(summary: str, row: Row) -> Iterator[Problem]:
    """Compare the words of the feed: the reason, and for a figure or a target what it was and what it is."""
    words = " ".join(row["reason"].split())
    if words not in summary:
        yield differs(Where(FEED), summary, row.place("reason"), words)
        return
    if row["field"] not in _NUMBERS:
        return
    said = set(figures.numbers(summary.replace(words, " ", 1)))
    for name in ("old", "new"):
        if row[name] and Decimal(row[name]) not in said:
            yield differs(Where(FEED), summary, row.place(name), row[name])


def catalogue_problems(files: Files) -> Iterator[Problem]:
    """Compare the sizes and digests in the catalogue with the files it names."""
    try:
        datasets = json.loads(files[CATALOGUE])["dcat:dataset"]
        named = [
            (str(one["@id"]), one["dcat:byteSize"]["@value"], one["spdx:checksum"]["spdx:checksumValue"]["@value"])
            for dataset in datasets
            for one in dataset["dcat:distribution"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        yield unreadable(CATALOGUE, error)
        return
    for address, size, digest in named:
        name = f"data/{address.partition('/data/')[2]}" if "/data/" in address else f"data/{address}"
        data = files.get(name)
        if data is None:
            yield differs(Where(CATALOGUE), address, "the site", "no such file")
        elif (size, digest) != (str(len(data)), sha256(data).hexdigest()):
            yield differs(Where(CATALOGUE), f"{size} bytes, {digest}", name, f"{len(data)} bytes")
