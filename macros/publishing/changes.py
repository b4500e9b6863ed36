"""What was released and what was changed, for programs: ``changes.json``, and an Atom feed for readers of feeds.

Identifiers never change: they are made from the name of the register and the identifier of the correction, or the year
and version of the release, and not from the address of the site, which may move. No day comes from the clock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from ..meaning.changed import Change, changes
from ..meaning.lateness import Expected, expected
from ..meaning.releases import Release, modified, releases
from ..reading.reports import Reports
from ..reading.settings import Settings
from ..showing import wording
from ..showing.changes import PAGE, effect, note, shown, subject
from ..showing.lateness import late_text

JSON, FEED = "changes.json", "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the feed; ``address`` starts at the site's home."""

    id: UUID
    title: str
    updated: str
    address: str
    text: str


def change_files(reports: Reports, site: Settings, address: str, today: date = date.min) -> dict[str, bytes]:
    """Return the list of changes and the feed.

    Args:
        reports: what the packages hold.
        site: what the publisher says of the site.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
        today: the day of the build, by which a table may be late.
    """
    listed = json.dumps(_listed(reports, site), ensure_ascii=False, indent=2) + "\n"
    return {JSON: listed.encode(), FEED: _feed(reports, site, address, today)}


def _listed(reports: Reports, site: Settings) -> dict[str, Any]:
    return {
        "title": site.name,
        "licence": site.licence.address,
        "releases": [
            {"year": one.year, "version": one.version, "created": one.created, "page": f"years/{one.year}/"}
            for one in releases(reports)
        ],
        "changes": [_change(change, reports) for change in changes(reports)],
    }


def _change(change: Change, reports: Reports) -> dict[str, str]:
    correction, of = change.correction, subject(change, reports)
    return {
        "correction_id": correction.id,
        "date": correction.date.end.isoformat(),
        "kind": correction.kind,
        "year": correction.year,
        "resource": correction.resource,
        "key": correction.key,
        "field": correction.field,
        # Numbers stay texts, exactly as they were published.
        "old": correction.old,
        "new": correction.new,
        "reason": correction.reason,
        "effect": effect(change),
        "title": of.title,
        "period": of.period.code if of.period else "",
        "page": of.address,
    }


def _feed(reports: Reports, site: Settings, address: str, today: date) -> bytes:
    register = (reports.folders["register"].descriptor or {}) if "register" in reports.folders else {}
    base = uuid5(NAMESPACE_URL, str(register.get("name", "")))
    entries = [_corrected(change, reports, base) for change in changes(reports)]
    entries += [_released(one, base) for one in releases(reports) if one.created]
    entries += [_late(one, reports, base) for one in expected(reports, today) if one.is_late]
    entries.sort(key=lambda entry: (entry.updated[:10], str(entry.id)), reverse=True)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _text(feed, "id", base.urn)
    _text(feed, "title", f"{site.name}: releases and corrections")
    _text(feed, "updated", entries[0].updated if entries else _quiet(reports))
    _text(ET.SubElement(feed, _tag("author")), "name", site.organisation)
    _text(feed, "rights", site.licence.title)
    _link(feed, "alternate", f"{address}{PAGE}", "text/html")
    if address:
        _link(feed, "self", f"{address}{FEED}", "application/atom+xml")
    for entry in entries:
        element = ET.SubElement(feed, _tag("entry"))
        _text(element, "id", entry.id.urn)
        _text(element, "title", entry.title)
        _text(element, "updated", entry.updated)
        _link(element, "alternate", f"{address}{entry.address}", "text/html")
        _text(element, "summary", entry.text)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _corrected(change: Change, reports: Reports, base: UUID) -> _Entry:
    correction, of = change.correction, subject(change, reports)
    when = f", {wording.period(of.period)}" if of.period else ""
    return _Entry(
        uuid5(base, f"correction {correction.id}"),
        f"{wording.capital(correction.kind)}: {of.title}{when}",
        f"{correction.date.end.isoformat()}T00:00:00Z",
        f"{PAGE}#{correction.id}",
        f"{note(correction, of.unit)} It is now {shown(correction, correction.new, of.unit)}. {effect(change)}",
    )


def _released(release: Release, base: UUID) -> _Entry:
    year = wording.year(release.year)
    return _Entry(
        uuid5(base, f"release {release.year} {release.version}"),
        f"Release: the package of {year}, version {release.version}",
        release.created,
        f"years/{release.year}/",
        f"Version {release.version} of the package of {year} was published.",
    )


def _late(one: Expected, reports: Reports, base: UUID) -> _Entry:
    """Return the entry of a table that is late. It says the same every day, until the table is published."""
    title, text = late_text(one)
    address = f"years/{one.year}/" if one.year in reports.years else "years/"
    updated = f"{(one.due + timedelta(days=1)).isoformat()}T00:00:00Z"
    return _Entry(uuid5(base, f"late {one.year} {one.resource}"), title, updated, address, text)


def _quiet(reports: Reports) -> str:
    """Return when a feed without entries was updated: when its data were last changed, as far as they say."""
    day = modified(reports, reports.years)
    return f"{day.isoformat() if day else '1970-01-01'}T00:00:00Z"


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _text(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, _tag(name)).text = value


def _link(parent: ET.Element, relation: str, address: str, kind: str) -> None:
    ET.SubElement(parent, _tag("link"), {"rel": relation, "href": address, "type": kind})
