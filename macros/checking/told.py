"""What is told of the data, compared with the data: the list of changes, the feed, the catalogue, and the search."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import count, takewhile
from xml.etree import ElementTree as ET

from ..errors import Problem, Where
from . import figures
from .copies import Files, differs, unreadable
from .readers import Row
from .truth import Known, Truth

CHANGES, FEED, CATALOGUE = "changes.json", "feed.xml", "data/catalogue.jsonld"
SEARCH = "search/index.json"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CELLS = ("correction_id", "kind", "year", "resource", "key", "field", "old", "new", "reason")
_NUMBERS = ("value", "target")
_RELEASE = ("version", "created")
Facts = Mapping[str, Mapping[str, str]]
"""What is said of each year's package."""


def change_problems(files: Files, truth: Truth) -> Iterator[Problem]:
    """Compare the list of changes and the feed with the rows of corrections, and with what each package says."""
    rows = truth.table("corrections")
    try:
        changes = json.loads(files[CHANGES])
        listed = {one["correction_id"]: one for one in changes["changes"]}
        released = {one["year"]: {name: str(one[name]) for name in (*_RELEASE, "page")} for one in changes["releases"]}
        # The file is one of the built site's own.
        entries = [*ET.fromstring(files[FEED]).iter(f"{_ATOM}entry")]  # noqa: S314
        told = {_correction(entry): _texts(entry, "updated", "summary") for entry in entries}
        packages = {year: json.loads(files[f"data/{year}/datapackage.json"]) for year in truth.years}
        made = {
            year: {**{name: str(own.get(name, "")) for name in _RELEASE}, "page": f"years/{year}/"}
            for year, own in packages.items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ET.ParseError) as error:
        yield unreadable(f"{CHANGES} or {FEED}", error)
        return
    yield from _released(released, made, {_texts(entry, "title", "updated") for entry in entries})
    for name in sorted(set(listed) - {row["correction_id"] for row in rows}):
        yield differs(Where(CHANGES), name, "no package", "such a correction")
    for row in rows:
        yield from _listed(listed.get(row["correction_id"], {}), row, truth.known.get(row["key"]))
        yield from _told(told.get(row["correction_id"], ("", "")), row)


def _released(released: Facts, made: Facts, said: Collection[tuple[str, ...]]) -> Iterator[Problem]:
    """Compare each release of the list, and the title and moment of its entry in the feed, with its package."""
    for year in {**made, **released}:
        own = f"data/{year}/datapackage.json"
        listed, true = released.get(year), made.get(year)
        if listed != true:
            yield differs(Where(CHANGES), f"{year}: {listed}", own, str(true))
        if true and true["created"]:
            entry = f"Release: the package of {year.replace('-', '/')}, version {true['version']}", true["created"]
            if entry not in said:
                yield differs(Where(FEED), f"nothing of “{entry[0]}”, {entry[1]}", own, true["version"])


def _correction(entry: ET.Element) -> str:
    """Return which correction an entry of the feed leads to; blank for a release."""
    link = entry.find(f"{_ATOM}link")
    return link.get("href", "").partition("#")[2] if link is not None else ""


def _listed(said: dict[str, str], row: Row, known: Known | None) -> Iterator[Problem]:
    """Compare what the list says of a correction with its row, and with the corrected row where it still is there."""
    true = {name: row[name] for name in _CELLS} | {"date": row["date"].removeprefix("D")}
    if known:
        true |= {"title": known.title, "period": known.row["period"]}
        true["page"] = f"measures/{known.row['measure_id']}/" if "measure_id" in known.row.cells else "savings/"
    for name, cell in true.items():
        if said.get(name) != cell:
            yield differs(Where(CHANGES), f"{name}: {said.get(name)}", row.place(name), cell)


def _texts(entry: ET.Element, *names: str) -> tuple[str, ...]:
    """Return some texts of an entry of the feed; one that is not there is blank."""
    return tuple(entry.findtext(f"{_ATOM}{name}") or "" for name in names)


def _told(entry: tuple[str, ...], row: Row) -> Iterator[Problem]:
    """Compare an entry of the feed: its day, the reason, and for a figure or a target what it was and what it is."""
    moment, summary = entry
    if f"D{moment[:10]}" != row["date"]:
        yield differs(Where(FEED), moment, row.place("date"), row["date"])
    words = " ".join(row["reason"].split())
    if words not in summary:
        yield differs(Where(FEED), summary, row.place("reason"), words)
        return
    if row["field"] not in _NUMBERS:
        return
    said = set(figures.numbers(summary.replace(words, " ", 1)))
    for name in ("old", "new"):
        if row[name] and not any(_is(number, row[name]) for number in said):
            yield differs(Where(FEED), summary, row.place(name), row[name])


def _is(number: Decimal, text: str) -> bool:
    """Whether a text is a number; what a package once held may be none."""
    try:
        return Decimal(text) == number
    except InvalidOperation:
        return False


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


def search_problems(files: Files) -> Iterator[Problem]:
    """Compare the files of the search with the name of their folder, which is a digest of what they hold."""
    try:
        index = json.loads(files[SEARCH])
        folder = f"search/{index['folder']}/"
        words = [f"{folder}words-{number}.json" for number in range(len(index["last"]))]
        pages = takewhile(files.__contains__, (f"{folder}pages-{number}.json" for number in count()))
        found = sha256(b"".join(files[name] for name in (*words, *pages))).hexdigest()[:16]
    except (ValueError, KeyError, TypeError) as error:
        yield unreadable(SEARCH, error)
        return
    if index["folder"] != found:
        yield differs(Where(SEARCH), index["folder"], "the files in it", found)
