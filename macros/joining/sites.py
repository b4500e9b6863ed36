"""Built sites to what a joined site shows of them. Each is written by somebody else, so nothing of it is believed.

Only its index is shown. Of every other file no more is asked than whether it is there, whole, and no link.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from ..errors import LINE_BREAK, Kind, Problem, ReportError, Where, shortened
from ..publishing.index import SCHEMA, VERSION, index_schema
from ..reading.gate import MAX_BYTES, read_json
from ..reading.packages import REGISTER, YEAR
from ..reading.settings import Settings

INDEX = "data/index.json"
JOINED_SCHEMA = "joined.schema.json"
MOST = 5
"""How many faults of one site are told: one that was cut off lacks most of its files."""
_AGAIN = "Build that site again with this version of the program, and give the folder as it was built."
_ADDRESS = re.compile(r"https?://[^\s/?#@\"<>\\]+/([^\s?#\"<>\\]*/)?")


@dataclass(frozen=True, slots=True)
class Site:
    """A council's built site: its address, ending in a slash, and its index, which keeps to its schema."""

    address: str
    index: dict[str, Any]

    @property
    def title(self) -> str:
        """The name of the site."""
        return str(self.index["title"])

    @property
    def newest(self) -> str:
        """The newest year there is a package for."""
        return str(self.index["years"][-1])

    def levels(self, council: str) -> dict[str, Any] | None:
        """Return what a council's service levels came to in the newest year that has any."""
        found = (came for came in self.index["service_levels"] if came["body_id"] == council)
        return max(found, key=lambda came: str(came["year"]), default=None)

    @property
    def late(self) -> list[dict[str, Any]]:
        """What of the newest year, or of later ones, was late when the site was built."""
        expected = self.index.get("expected", ())
        return [one for one in expected if one["days_late"] and one["year"] >= self.newest]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a joined site is made from: what its publisher says of it, and the councils' sites by their titles."""

    settings: Settings
    sites: tuple[Site, ...]


def read_sites(folders: Sequence[Path], settings: Settings, address: str = "") -> Joined:
    """Read built sites.

    Args:
        folders: the folders of the sites.
        settings: what the publisher of the joined site says of it.
        address: where the joined site is published; empty where ``mkdocs.yml`` does not say.

    Raises:
        ReportError: a site is no site, a preview, of another version, incomplete, without an address, or not to be
            believed; two have one address; or their data are under another licence.
    """
    problems: list[Problem] = []
    found: dict[Path, Site] = {}
    for folder in folders:
        try:
            site, faults = _read(folder, settings)
        except OSError as error:
            what = f"the folder cannot be read ({error.strerror or error})."
            site, faults = None, [Problem(Where(folder.as_posix()), what, "Let it be read.", kind=Kind.COMMAND)]
        problems += faults
        if site:
            found[folder] = site
    problems += _twice(folders, found, address)
    if problems:
        raise ReportError(problems)
    return Joined(settings, tuple(sorted(found.values(), key=lambda site: (site.title.casefold(), site.address))))


def _read(folder: Path, settings: Settings) -> tuple[Site | None, list[Problem]]:
    where = Where(f"{folder.as_posix()}/{INDEX}")
    file = _file(folder, INDEX)
    if file is None:
        what = "this is not a site of this program, or the file is a link to elsewhere."
        return None, [Problem(where, what, "Name the folder that was built.", kind=Kind.COMMAND)]
    if file.stat().st_size > MAX_BYTES:
        return None, [Problem(where, f"the file has more than {MAX_BYTES:,} bytes.", _AGAIN, kind=Kind.SITE)]
    try:
        index, faults = read_json(file.read_text("utf-8"), where.file)
    except UnicodeDecodeError:
        index, faults = None, [Problem(where, "the file is not saved as UTF-8.", _AGAIN, kind=Kind.SITE)]
    if index is None:
        return None, [Problem(fault.where, fault.what, _AGAIN, kind=Kind.SITE) for fault in faults]
    # Each looks only where the one before found nothing.
    for faults_of in (_kind(index, settings), _schema(index), _sense(index)):
        problems = [Problem(where, what, fix, kind=Kind.SITE) for what, fix in faults_of]
        if problems:
            return None, problems[:MOST]
    missing = [
        Problem(Where(f"{folder.as_posix()}/{name}"), what, _AGAIN, kind=Kind.SITE)
        for name, what in _incomplete(folder, index)
    ]
    return Site(index["address"], index), missing[:MOST]


def _file(folder: Path, name: str) -> Path | None:
    """Return a file of a site; None where it is not there, or a link stands in its way."""
    path = folder / name
    return path if path.is_file() and path.resolve() == folder.resolve() / name else None


Faults = Iterator[tuple[str, str]]
"""What is wrong, each with its repair."""


def _kind(index: dict[str, Any], settings: Settings) -> Faults:
    """Say whether this is the index of one published site, as this program writes it."""
    if index.get("$schema") == JOINED_SCHEMA:
        yield "the site is joined from others itself.", "Name the folders of those."
    elif index.get("$schema") != SCHEMA or index.get("version") != VERSION:
        yield f"the index is not of version {VERSION}, which this program reads.", _AGAIN
    elif index.get("preview"):
        yield "the site is a preview, which nobody may publish.", "Build it without --preview."
    elif "address" not in index:
        fix = "Write its address in its mkdocs.yml as site_url, and build it again."
        yield "the site does not say at which address it is published.", fix
    elif index.get("licence") != settings.licence.id:
        named = shortened(str(index.get("licence")))
        fix = "Join sites of one licence, or let extra.answerable.licence in mkdocs.yml name theirs."
        yield f'its data are under "{named}", and those of the joined site under "{settings.licence.id}".', fix


def _schema(index: dict[str, Any]) -> Faults:
    # Only a join waits for it: it takes a second to load.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    checks = Draft202012Validator(json.loads(index_schema()))
    for error in sorted(checks.iter_errors(index), key=lambda error: [str(part) for part in error.absolute_path]):
        place = "/".join(str(part) for part in error.absolute_path) or "the whole"
        yield f"{shortened(place)}: {shortened(error.message, 120)}.", _AGAIN
    if any(LINE_BREAK.search(text) for text in _texts(index)):
        # A pattern of the schema may end before one.
        yield "a text holds a line break.", _AGAIN


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _sense(index: dict[str, Any]) -> Faults:
    """Say what in an index that keeps to its schema contradicts itself."""
    if not _ADDRESS.fullmatch(index["address"]):
        yield "the address is not one of a website.", "Correct site_url in its mkdocs.yml, and build it again."
    councils = {one["body_id"] for one in index["councils"]}
    if not councils or not index["years"]:
        yield "the site has no council or no year.", "Leave it out until it has."
    if index["years"] != sorted(index["years"]):
        yield "the years are not in their order.", _AGAIN
    of = [one["body_id"] for name in ("services", "service_levels") for one in index[name]]
    for name in sorted(set(of) - councils):
        yield f'no council has the identifier "{shortened(name)}".', _AGAIN
    keys = [one["body_id"] for one in index["councils"]]
    keys += [f"{one['body_id']} {one['year']}" for one in index["service_levels"]]
    keys += [f"{one['year']} {one['table']}" for one in index.get("expected", ())]
    keys += [one["page"] for name in ("councils", "services") for one in index[name]]
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        yield f"{key} is there twice.", _AGAIN
    for came in index["service_levels"]:
        if came["year"] not in index["years"] or came["met"] + came["missed"] > came["total"]:
            yield f"the service levels of {came['body_id']} {came['year']} cannot be right.", _AGAIN
    for one in index.get("expected", ()):
        if one["table"] not in (*YEAR, *REGISTER) or not _is_day(one["due"]):
            yield f'"{shortened(one["table"])}" due by "{shortened(one["due"])}" is not known.', _AGAIN


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _incomplete(folder: Path, index: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each file of the index, and each page that the joined site links to, that is not there as it was built."""
    shown = [one["page"] for name in ("councils", "services", "service_levels") for one in index[name]]
    for page in dict.fromkeys(["", "changes/", "data/", f"years/{index['years'][-1]}/", "years/", *shown]):
        if _file(folder, f"{page}index.html") is None:
            yield f"{page}index.html", "the page is missing, or is a link to elsewhere."
    for listed in index["files"]:
        name = f"data/{listed['path']}"
        file = _file(folder, name)
        if file is None:
            yield name, "the file is missing, or is a link to elsewhere."
        elif file.stat().st_size != listed["bytes"] or _hash(file) != listed["hash"]:
            yield name, "the file is not the one that the index lists."


def _hash(file: Path) -> str:
    with file.open("rb") as data:
        return f"sha256:{file_digest(data, 'sha256').hexdigest()}"


def _twice(folders: Sequence[Path], found: dict[Path, Site], address: str) -> Iterator[Problem]:
    """Tell each site that is named twice, or whose address another one or the joined site has."""
    if len({folder.resolve() for folder in folders}) < len(folders):
        what = "a folder is named twice."
        yield Problem(Where("join"), what, "Name each folder once.", kind=Kind.COMMAND)
        return
    first = {f"{address.rstrip('/')}/".casefold(): "the joined site"}
    for folder, site in found.items():
        other = first.setdefault(site.address.casefold(), folder.as_posix())
        if other != folder.as_posix():
            where = Where(f"{folder.as_posix()}/{INDEX}")
            what = f"{other} has the same address, {shortened(site.address)}."
            fix = "Leave one of them out, or correct site_url in its mkdocs.yml and build it again."
            yield Problem(where, what, fix, kind=Kind.SITE)
