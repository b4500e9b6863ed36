"""The machine-readable index, at the same address on every site: which files there are, and what each holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..reading.packages import schema
from ..reading.reports import Reports
from ..showing import wording
from .descriptors import ALL_YEARS, LATEST

SCHEMA = "index.schema.json"
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jsonld": "application/ld+json",
}
_WORKBOOKS = ("xlsx", "ods")


def index_schema() -> bytes:
    """Return the JSON Schema of the index, which is part of the program."""
    return Path(__file__).with_name(SCHEMA).read_bytes()


def index(reports: Reports, site: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the index of some files, by their addresses below the site's home."""
    described = _Described(reports)
    listed = []
    for path, data in sorted(files.items()):
        own = path.removeprefix("data/")
        size = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        listed.append({"path": own, **described.file(own), **size})
    return {
        "$schema": SCHEMA,
        "title": site,
        "years": list(reports.years),
        "measures": [
            {"measure_id": measure.id, "title": measure.title, "topic": measure.topic.value, "unit": measure.unit.value}
            for measure in reports.measures.values()
        ],
        "files": listed,
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
        stem, _, ending = path.rpartition(".")
        folder, _, name = stem.rpartition("/")
        found = {"kind": "metadata", "title": path}
        if folder in self.folders:
            found = self._of_package(folder, name)
        elif not folder and name in self.folders:
            kind = "workbook" if ending in _WORKBOOKS else "package"
            found = {"kind": kind, "title": f"Every table of {self.folders[name]}", **self._package(name)}
        elif folder == "measures":
            found = {"kind": "measure", "title": self.measures[name], "measure": name}
        elif folder == "charts":
            found = self._chart(name)
        return {**found, "mediatype": _TYPES.get(ending, "application/octet-stream")}

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
        own = max((one for one in titles if name.startswith(f"{one}-")), key=len)
        found = {"kind": "chart", "title": f"Chart: {titles[own]}"}
        return found | {"measure": own} if own in self.measures else found


def as_json(value: object) -> bytes:
    """Write a value as JSON that a person can read, too."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
