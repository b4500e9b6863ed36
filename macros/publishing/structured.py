"""What search engines for data read on a page: the data it shows, as a Dataset of schema.org in JSON-LD.

It follows the rules of Google Dataset Search, and says nothing that the page does not show. Addresses are whole where
``mkdocs.yml`` says where the site is published; elsewhere they start at the page, as JSON-LD in a page has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..reading.reports import Reports
from ..reading.settings import Settings
from ..records import Measure, Observation, Unit
from ..showing import wording
from .about import About, files_of, media_type, packages

_SHORTEST, _LONGEST = 50, 5000
"""How many characters a description must have at least, and at most."""
_MONEY = "Savings, costs and investment"
_MARKUP = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The data a page shows: what they are, their files, the measures in them, and whether there are sums of money."""

    about: About
    files: tuple[str, ...]
    measures: tuple[Measure, ...]
    money: bool = False


@dataclass(frozen=True, slots=True)
class Datasets:
    """The data each page shows.

    ``files`` are the published files by address, ``known`` the packages among them; ``address`` is where the site is
    published, empty where ``mkdocs.yml`` does not say.
    """

    reports: Reports
    site: Settings
    files: Mapping[str, bytes]
    address: str
    known: tuple[About, ...]

    @classmethod
    def of(cls, reports: Reports, site: Settings, files: Mapping[str, bytes], address: str) -> Datasets:
        """Return the data of a site's pages."""
        return cls(reports, site, files, address, packages(reports, files))

    def block(self, page: str) -> str:
        """Return the description of the data a page shows, ready to stand in it; empty where it shows none.

        Args:
            page: the page's file below ``docs``, such as ``years/2013-14.md``.
        """
        found = self.shown(page)
        return _in_page(dataset(found, self.site, self.files, self.address)) if found else ""

    def shown(self, page: str) -> Shown | None:
        """Return the data a page shows; None where it is not a page of data, or there are none."""
        place = f"{page.removesuffix('.md')}/"
        about = next((one for one in self.known if one.page == place), None)
        if about:
            years = (about.name,) if about.name in self.reports.years else self.reports.years
            ids = {seen.measure.id for year in years for seen in self.reports.of_year(year)}
            measures = tuple(measure for measure in self.reports.measures.values() if measure.id in ids)
            money = any(saving.year in years for saving in self.reports.savings)
            return Shown(about, tuple(files_of(about.name, self.files)), measures, money)
        folder, _, name = page.removesuffix(".md").partition("/")
        rows = self.reports.series(name) if folder == "measures" else ()
        return _measure(self.reports, self.files, self.known[0], rows) if rows else None


def _measure(reports: Reports, files: Mapping[str, bytes], everything: About, rows: tuple[Observation, ...]) -> Shown:
    """Return the data of the page of one measure: a part of all years, with their version."""
    measure = rows[0].measure
    span = wording.span(rows[0].period, rows[-1].period)
    about = replace(
        everything,
        name=measure.id,
        page=f"measures/{measure.id}/",
        title=measure.title,
        description=f"{measure.meaning} Every published figure for {measure.service.title}, {span}, with its document.",
        identifier="",
        first=min(seen.period.start for seen in rows),
        last=max(seen.period.end for seen in rows),
        councils=tuple(council for council in reports.councils if council is measure.service.council),
    )
    own = tuple(path for ending in ("csv", "json") if (path := f"data/measures/{measure.id}.{ending}") in files)
    return Shown(about, own, (measure,))


def _in_page(value: Mapping[str, Any]) -> str:
    """Write a value as JSON that can stand in a page: nothing in it can end the block it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_MARKUP)


def dataset(found: Shown, site: Settings, files: Mapping[str, bytes], address: str) -> dict[str, Any]:
    """Describe the data a page shows.

    Args:
        found: the data.
        site: what the publisher says of the site.
        files: the published files by address.
        address: the address the site is published at; empty where ``mkdocs.yml`` does not say.
    """
    about = found.about
    root = address or "../" * about.page.count("/")
    publisher = {"@type": "Organization", "name": site.organisation, "url": f"{root}contact/"}
    said: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{root}{about.dataset}",
        "name": about.title,
        "description": _description(about, site),
        "url": f"{root}{about.page}",
        "identifier": about.identifier,
        "license": site.licence.address,
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "version": about.version,
        "dateModified": about.modified.isoformat() if about.modified else "",
        "keywords": list(about.keywords),
        "temporalCoverage": f"{about.first.isoformat()}/{about.last.isoformat()}",
        "spatialCoverage": [_place(council.title, council.area_code) for council in about.councils],
        "variableMeasured": _variables(found),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": site.name, "url": f"{root}data/"},
        "distribution": [_download(path, files[path], root) for path in found.files],
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def _description(about: About, site: Settings) -> str:
    """Return a description long enough for a search engine, and not longer than it reads."""
    text = about.description
    if len(text) < _SHORTEST:
        text = f"{text} Published by {site.organisation} on the website {site.name}, with the source of every figure."
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _place(name: str, code: str) -> dict[str, Any]:
    """Return a place; its code is that of the Office for National Statistics."""
    place: dict[str, Any] = {"@type": "Place", "name": name}
    if code:
        place["identifier"] = {"@type": "PropertyValue", "propertyID": "GSS", "value": code}
    return place


def _variables(found: Shown) -> list[dict[str, str]]:
    """Return what the data measure: every measure, and sums of money."""
    named = [(measure.title, measure.unit) for measure in found.measures]
    named += [(_MONEY, Unit.POUNDS)] if found.money else []
    return [{"@type": "PropertyValue", "name": name, "unitText": unit.value} for name, unit in named]


def _download(path: str, data: bytes, root: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "contentUrl": f"{root}{path}",
        "encodingFormat": media_type(path),
        "contentSize": f"{len(data)} B",
    }
