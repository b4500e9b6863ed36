"""What each published package is about: the facts that every description of it gives, whatever its vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..meaning.releases import issued, modified
from ..reading.reports import Reports
from ..records import Body, Period
from .csvw import METADATA
from .descriptors import ALL_YEARS


@dataclass(frozen=True, slots=True)
class About:
    """One published package. ``page`` is the page that shows it; ``first`` and ``last`` are the days it covers."""

    name: str
    page: str
    title: str
    description: str
    version: str
    identifier: str
    keywords: tuple[str, ...]
    issued: date | None
    modified: date | None
    first: date
    last: date
    councils: tuple[Body, ...]

    @property
    def dataset(self) -> str:
        """By what every description calls these data: a place on the page that shows them."""
        return f"{self.page}#dataset"

    @property
    def address(self) -> str:
        """The address of its descriptor below the site's home, which never changes."""
        return f"data/{self.name}/datapackage.json"


def packages(reports: Reports, files: Mapping[str, bytes]) -> tuple[About, ...]:
    """Return every published package: all years, and each year.

    Args:
        reports: what the packages hold.
        files: the published files by address, the descriptors among them.
    """
    if not reports.years:
        return ()
    everything = _about(reports, files, ALL_YEARS, "data/", reports.years)
    return everything, *(_about(reports, files, year, f"years/{year}/", (year,)) for year in reports.years)


def _about(reports: Reports, files: Mapping[str, bytes], name: str, page: str, years: tuple[str, ...]) -> About:
    own: dict[str, Any] = json.loads(files[f"data/{name}/datapackage.json"])
    return About(
        name=name,
        page=page,
        title=str(own["title"]),
        description=str(own["description"]),
        version=str(own["version"]),
        identifier=str(own.get("id", "")),
        keywords=tuple(str(word) for word in own.get("keywords", ())),
        issued=issued(reports, years),
        modified=modified(reports, years),
        first=_financial(years[0]).start,
        last=_financial(years[-1]).end,
        councils=councils(reports, years),
    )


def _financial(year: str) -> Period:
    return Period.parse(f"FY{year}")


def councils(reports: Reports, years: Iterable[str]) -> tuple[Body, ...]:
    """Return the councils of which the packages of some years hold figures or sums."""
    wanted = set(years)
    services = {seen.measure.service.id for year in wanted for seen in reports.of_year(year)}
    services |= {saving.service.id for saving in reports.savings if saving.year in wanted}
    known = {reports.services[service].council.id for service in services}
    return tuple(council for council in reports.councils if council.id in known)


def media_type(path: str) -> str:
    """Return what kind of file stands at an address, as the web names it."""
    return _MEDIA.get(path.rsplit(".", 1)[-1], "application/octet-stream")


_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def files_of(name: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the addresses of a package's files: the whole of it in one file first, then its parts.

    Descriptions of CSV files are left out: they say nothing that the package does not.
    """
    whole = [path for path in files if path.rpartition(".")[0] == f"data/{name}"]
    parts = [path for path in files if path.startswith(f"data/{name}/") and not path.endswith(METADATA)]
    return sorted(whole) + sorted(parts)
