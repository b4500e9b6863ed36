"""When packages were released and last changed, by what they say of themselves; the clock is never asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..reading.reports import Reports


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a year's package, and the moment it was made, as RFC 3339 writes it; empty where it is not said."""

    year: str
    name: str
    version: str
    created: str


def releases(reports: Reports) -> tuple[Release, ...]:
    """Return the release of each year's package, the earliest year first."""
    found = []
    for year in reports.years:
        own = reports.folders[year].descriptor or {}
        name, version, created = (str(own.get(key, "")) for key in ("name", "version", "created"))
        found.append(Release(year, name, version, created))
    return tuple(found)


def issued(reports: Reports, years: Iterable[str]) -> date | None:
    """Return the first day on which any of some packages was released; None where no package says so."""
    wanted = set(years)
    days = [_day(one.created) for one in releases(reports) if one.year in wanted and one.created]
    return min(days, default=None)


def modified(reports: Reports, years: Iterable[str]) -> date | None:
    """Return the day on which the newest of some packages was last changed.

    It is the newest release or correction. Where there is none, it is the last day that a document of these years was
    published on or is about: the data are no older than that. None where the packages hold no rows at all.
    """
    wanted = set(years)
    days = [_day(one.created) for one in releases(reports) if one.year in wanted and one.created]
    days += [change.date.end for change in reports.corrections if change.year in wanted]
    if not days:
        documents = [source.document for year in wanted for source in reports.sources(year)]
        days = [(document.published or document.covers).end for document in documents]
    return max(days, default=None)


def _day(created: str) -> date:
    return date.fromisoformat(created[:10])
