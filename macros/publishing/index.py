"""The machine-readable index, at the same address on every site: whose it is, what it came to, and which files it has.

A site of many councils is made from the indexes of theirs alone: what it shows of a council stands here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import orjson

from ..meaning.judgement import Verdict, counts
from ..meaning.lateness import Expected
from ..reading.packages import schema
from ..reading.reports import Reports
from ..reading.settings import Settings
from ..records import Body, Observation, Period
from ..showing import wording
from ..showing.changes import UNTIL
from .about import media_type
from .csvw import METADATA
from .descriptors import ALL_YEARS, LATEST

SCHEMA = "index.schema.json"
VERSION = 1
"""The version of the index, which is raised when a program that reads it would have to change."""
_WORKBOOKS = ("xlsx", "ods")
_METADATA = {"catalogue.jsonld": "Catalogue of the packages, in DCAT", SCHEMA: "JSON Schema of the index"}


def index_schema() -> bytes:
    """Return the JSON Schema of the index, which is part of the program."""
    return Path(__file__).with_name(SCHEMA).read_bytes()


def index(
    reports: Reports,
    site: Settings,
    files: Mapping[str, bytes],
    expected: Iterable[Expected] = (),
    address: str = "",
    *,
    preview: bool = False,
) -> dict[str, Any]:
    """Return the index of some files, by their addresses below the site's home; that of a preview says so.

    Args:
        reports: what the packages hold.
        site: who publishes them, and under what name.
        files: the files there are to take away.
        expected: what the calendar expects.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
        preview: whether the site is a preview.
    """
    described = _Described(reports)
    listed = []
    for path, data in sorted(files.items()):
        own = path.removeprefix("data/")
        size = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        listed.append({"path": own, **described.file(own), **size})
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "title": site.name,
        **({"address": address} if address else {}),
        **({"preview": True} if preview else {}),
        "licence": site.licence.id,
        "councils": [_council(council) for council in reports.councils],
        "services": [
            {"service_id": service.id, "title": service.title, "description": service.description,
             "body_id": service.council.id, "page": f"services/{service.id}/"}
            for service in reports.services.values()
        ],
        "years": list(reports.years),
        "service_levels": list(_levels(reports)),
        "measures": [
            {"measure_id": measure.id, "title": measure.title, "topic": measure.topic.value, "unit": measure.unit.value}
            for measure in reports.measures.values()
        ],
        **({"expected": due} if (due := [_expected(one) for one in expected]) else {}),
        "files": listed,
    }  # fmt: skip


def _council(council: Body) -> dict[str, str]:
    code = {"area_code": council.area_code} if council.area_code else {}
    return {"body_id": council.id, "title": council.title, **code, "page": f"councils/{council.id}/"}


def _levels(reports: Reports) -> Iterator[dict[str, Any]]:
    """Count the service levels of each council in each year that has any."""
    of_year = {year: counts(reports.levels(year)) for year in reports.years}
    own: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for year in reports.years:
        for seen in reports.levels(year):
            own[seen.measure.service.council.id, year].append(seen)
    for council, year in product(reports.councils, reports.years):
        count = counts(own[council.id, year])
        if count.total():
            # Where no other council has any in the year, its page shows these counts.
            page = f"years/{year}/" if count == of_year[year] else f"councils/{council.id}/"
            yield {
                "body_id": council.id, "year": year, "page": page,
                "met": count[Verdict.MET], "missed": count[Verdict.MISSED], "total": count.total(),
            }  # fmt: skip


def _expected(one: Expected) -> dict[str, Any]:
    return {
        "year": one.year,
        "table": one.resource,
        "due": one.due.isoformat(),
        "published": one.is_published,
        "days_late": one.days_late,
    }


class _Described:
    """What the addresses of files mean."""

    def __init__(self, reports: Reports) -> None:
        self.measures = {measure.id: measure.title for measure in reports.measures.values()}
        self.services = {service.id: service.title for service in reports.services.values()}
        self.folders = {year: wording.year(year) for year in reports.years}
        self.folders |= {ALL_YEARS: "all years", LATEST: "the newest year"}
        self.years = {year: year for year in reports.years}
        if reports.years:
            self.years[LATEST] = reports.years[-1]

    def file(self, path: str) -> dict[str, str]:
        """Return what a file is: its kind, title and media type, and the package, year, table or measure it holds."""
        return {**self._known(path), "mediatype": media_type(path)}

    def _known(self, path: str) -> dict[str, str]:
        if path.endswith(METADATA):
            return self._metadata(path.removesuffix(METADATA))
        stem, _, ending = path.rpartition(".")
        folder, _, name = stem.rpartition("/")
        if folder in self.folders:
            return self._of_package(folder, name)
        if not folder and ending in (*_WORKBOOKS, "zip"):
            return self._whole(name, "workbook" if ending in _WORKBOOKS else "package")
        if folder == "measures":
            return {"kind": "measure", "title": self.measures[name], "measure": name}
        if folder == "charts":
            return self._chart(name)
        return {"kind": "metadata", "title": _METADATA[path]}

    def _whole(self, name: str, kind: str) -> dict[str, str]:
        """Return what a file of a whole package is, or of one as it was before it was corrected."""
        year, until, day = name.partition(UNTIL)
        title = f"Every table of {self.folders[year]}"
        if until:
            when = wording.period(Period.parse(f"D{day}"))
            return {"kind": "superseded", "title": f"{title}, as it was until {when}", "year": year}
        return {"kind": kind, "title": title, **self._package(name)}

    def _metadata(self, path: str) -> dict[str, str]:
        """Return what a description of CSV files is: of one of them, or of all the tables of a package."""
        folder, _, name = path.rpartition("/")
        if name == "csv":
            title = f"Every table of {self.folders[folder]}"
            return {"kind": "metadata", "title": f"{title}, described as CSV on the Web", **self._package(folder)}
        found = self._known(path)
        return {**found, "kind": "metadata", "title": f"{found['title']}, described as CSV on the Web"}

    def _of_package(self, folder: str, name: str) -> dict[str, str]:
        if name == "datapackage":
            title = f"Description of the package of {self.folders[folder]}"
            return {"kind": "descriptor", "title": title, **self._package(folder)}
        title = f"{schema(name)['title']}, {self.folders[folder]}"
        return {"kind": "table", "title": title, "table": name, **self._package(folder)}

    def _package(self, folder: str) -> dict[str, str]:
        year = self.years.get(folder)
        return {"package": folder, "year": year} if year else {"package": folder}

    def _chart(self, name: str) -> dict[str, str]:
        """Name a chart by the measure or service its own name begins with."""
        titles = self.measures | self.services
        parts = name.split("-")
        own = next(one for end in range(len(parts) - 1, 0, -1) if (one := "-".join(parts[:end])) in titles)
        found = {"kind": "chart", "title": f"Chart: {titles[own]}"}
        return found | {"measure": own} if own in self.measures else found


def as_json(value: object) -> bytes:
    """Write a value as JSON that a person can read, too."""
    # The library's own module takes ten times as long to write lines.
    written: bytes = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return written
