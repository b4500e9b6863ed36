"""Which packages are published, and what each says of itself: the head of its descriptor, before its resources.

What a package's own descriptor says is kept. What it leaves out is taken from the settings and from its rows, never
from the clock: the same packages give the same descriptor on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..reading.packages import REGISTER, YEAR
from ..reading.reports import Reports
from ..reading.settings import Settings
from ..records import Period
from ..showing import wording
from .tables import Published, Tables

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
ALL_YEARS = "all-years"
LATEST = "latest"
_KEYWORDS = ("local government", "accountability", "service levels", "savings", "staffing")
"""What a package of this program is about, where its own descriptor has no keywords."""


@dataclass(frozen=True, slots=True)
class Package:
    """A published package: its folder below ``data/``, what it says of itself, and its tables."""

    folder: str
    head: dict[str, Any]
    tables: tuple[Published, ...]


def packages(tables: Tables, site: Settings, address: str) -> list[Package]:
    """Return a package for each year, one for all years, and a copy of the newest year under a name that stays.

    Args:
        tables: what is published.
        site: who publishes them.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
    """
    if not tables.reports.years:
        return []
    years = [_year(tables, site, address, year) for year in tables.reports.years]
    return [*years, _all_years(tables, site, address), _latest(years[-1])]


def _tables(tables: Tables, years: Iterable[str]) -> tuple[Published, ...]:
    """Return every table of a package. Foreign keys point at the register, so it is there, and so is an empty table."""
    own = [tables.of_years(resource, years) for resource in YEAR]
    return (*own, *map(tables.register, REGISTER))


def _year(tables: Tables, site: Settings, address: str, year: str) -> Package:
    own = tables.reports.folders[year].descriptor or {}
    published = _tables(tables, [year])
    says = _head(own, address, year) | {
        "contributors": _contributors([own], site),
        "sources": _sources(tables.reports, [own], published),
        "year": year,
        "temporalCoverage": _span(year, year),
    }
    return Package(year, says, published)


def _all_years(tables: Tables, site: Settings, address: str) -> Package:
    """Return the package of all years: what the newest year says of itself, with a title and a span of its own."""
    reports = tables.reports
    descriptors = [reports.folders[year].descriptor or {} for year in reports.years]
    first, last = reports.years[0], reports.years[-1]
    newest = {key: value for key, value in descriptors[-1].items() if key != "id"}
    versions = [str(own.get("version", "0.0.0")) for own in descriptors]
    newest |= {
        "name": f"{newest['name']}-{ALL_YEARS}",
        "title": f"{site.name}: all years",
        "description": f"Every row of every year from {wording.year(first)} to {wording.year(last)} in one package, "
        "with the same columns.",
        "version": max(versions, key=lambda version: [int(part) for part in version.split(".")]),
    }
    if made := [str(own["created"]) for own in descriptors if "created" in own]:
        newest["created"] = max(made)
    published = _tables(tables, reports.years)
    says = _head(newest, address, ALL_YEARS) | {
        "contributors": _contributors(descriptors, site),
        "sources": _sources(reports, descriptors, published),
        "temporalCoverage": _span(first, last),
    }
    return Package(ALL_YEARS, says, published)


def _latest(newest: Package) -> Package:
    """Return the newest year's package again. It is the same data, so it keeps its ``id``, name and version."""
    year = newest.folder
    says = (
        f"A copy of the package of {wording.year(year)}, the newest year. This address always holds the newest year; "
        f"data/{year}/ keeps this one."
    )
    head = newest.head | {
        "title": f"The newest year: {newest.head['title']}",
        "description": f"{says} {newest.head['description']}",
    }
    return replace(newest, folder=LATEST, head=head)


def _head(own: dict[str, Any], address: str, folder: str) -> dict[str, Any]:
    """Return what a descriptor says of itself, in the order of the standard, with what it leaves out filled in."""
    filled = {
        "$schema": PROFILE,
        "name": own["name"],
        "id": own.get("id") or _identifier(str(own["name"]), address, folder),
        "title": own["title"],
        "description": own["description"],
        "version": own["version"],
        "created": own.get("created"),
        "homepage": own.get("homepage") or (f"{address}data/" if address else None),
        "licenses": own["licenses"],
        "keywords": own.get("keywords") or list(_KEYWORDS),
    }
    return {key: value for key, value in filled.items() if value}


def _identifier(name: str, address: str, folder: str) -> str:
    """Return an identifier no other package has: its address, or where the site has none a number made of its name."""
    return f"{address}data/{folder}/datapackage.json" if address else uuid5(NAMESPACE_URL, f"{name}/{folder}").urn


def _contributors(descriptors: Sequence[dict[str, Any]], site: Settings) -> list[dict[str, Any]]:
    """Return who made some packages, each once, and who publishes them."""
    found = _each_once(one for own in descriptors for one in own.get("contributors", []))
    if any("publisher" in one.get("roles", []) for one in found):
        return found
    publisher: dict[str, Any] = {"title": site.organisation, "roles": ["publisher"]}
    if site.contact.email:
        publisher["email"] = site.contact.email
    return [*found, publisher]


def _sources(
    reports: Reports, descriptors: Sequence[dict[str, Any]], tables: Iterable[Published]
) -> list[dict[str, Any]]:
    """Return the documents that the rows of a package's own years name, in the order of the register."""
    named = set()
    for table in tables:
        if table.resource in YEAR:
            columns = [number for number, one in enumerate(table.fields) if one["name"].endswith("document_id")]
            named |= {row[column] for row in table.rows for column in columns}
    documents = [{"title": one.title} for one in reports.documents.values() if one.id in named]
    return _each_once([*(one for own in descriptors for one in own.get("sources", [])), *documents])


def _each_once(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _span(first: str, last: str) -> str:
    """Return the days from the first of one financial year to the last of another, as ISO 8601 writes an interval."""
    return f"{Period.parse(f'FY{first}').start}/{Period.parse(f'FY{last}').end}"
