"""Published tables to files: packages that validate on their own, zips of them, and an index of everything."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from ..reading.packages import DIALECT, REGISTER, YEAR, schema
from ..reading.reports import Reports
from .tables import Published, measure_table, register_table, year_table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: the same data give the same bytes whenever they are packed."""
Files = dict[str, bytes]


def publication(reports: Reports, site: str, charts: Mapping[str, bytes] | None = None) -> Files:
    """Return every file readers can take away, by its address below the site's home.

    Args:
        reports: what the packages hold.
        site: the site's name, for titles.
        charts: the files of charts, where they were drawn.
    """
    files: Files = dict(charts or {})
    for year in reports.years:
        own = reports.folders[year].descriptor or {}
        files |= _package(reports, f"data/{year}", own, [year])
    if reports.years:
        files |= _package(reports, "data/all-years", _all_years(reports, site), reports.years)
    for measure_id in reports.measures:
        table = measure_table(reports, measure_id)
        files[f"data/measures/{measure_id}.csv"] = as_csv(table)
        files[f"data/measures/{measure_id}.json"] = _json(_measure(reports, measure_id, table))
    files["data/index.json"] = _json(_index(reports, site, files))
    return files


def _all_years(reports: Reports, site: str) -> dict[str, Any]:
    """Return the descriptor of all years: what every year says of itself, and its own title and span."""
    first, last = reports.years[0], reports.years[-1]
    newest = dict(reports.folders[last].descriptor or {})
    versions = [str((reports.folders[year].descriptor or {}).get("version", "0.0.0")) for year in reports.years]
    newest |= {
        "name": f"{newest['name']}-all-years",
        "title": f"{site}: all years",
        "description": f"Every row of every year from {first} to {last} in one package, with the same columns.",
        "version": max(versions, key=lambda version: [int(part) for part in version.split(".")]),
    }
    newest.pop("id", None)
    return newest


def _package(reports: Reports, folder: str, own: Mapping[str, Any], years: Iterable[str]) -> Files:
    """Return a package's files beside each other, and the same in a zip."""
    tables = [year_table(reports, resource, years) for resource in YEAR]
    tables += [register_table(reports, resource) for resource in REGISTER]
    # Foreign keys point at the register, so every table is there, one without rows too.
    files = {f"{table.resource}.csv": as_csv(table) for table in tables}
    resources = [_resource(table, files[f"{table.resource}.csv"]) for table in tables]
    head = {key: value for key, value in own.items() if key not in ("resources", "$schema")}
    files["datapackage.json"] = _json({"$schema": PROFILE, **head, "resources": resources})
    zipped = dict(files)
    zipped["README.md"] = _readme(own, tables).encode()
    sums = [f"{sha256(zipped[name]).hexdigest()}  {name}" for name in sorted(zipped)]
    zipped["SHA256SUMS"] = ("\n".join(sums) + "\n").encode()
    return {f"{folder}/{name}": data for name, data in files.items()} | {f"{folder}.zip": _zip(zipped)}


def _resource(table: Published, data: bytes) -> dict[str, Any]:
    own = schema(table.resource)
    built: dict[str, Any] = {"fields": list(table.fields), "missingValues": [""], "primaryKey": own["primaryKey"]}
    if keys := own.get("foreignKeys"):
        built["foreignKeys"] = keys
    return {
        "name": table.resource,
        "type": "table",
        "path": f"{table.resource}.csv",
        "title": own["title"],
        "description": own["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": DIALECT,
        "schema": built,
    }


def as_csv(table: Published) -> bytes:
    """Write a table by RFC 4180: commas, CRLF, quotation marks only where needed, UTF-8 without a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field["name"] for field in table.fields])
    writer.writerows(table.rows)
    return text.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return data.getvalue()


def _readme(own: Mapping[str, Any], tables: Iterable[Published]) -> str:
    """Return the text that travels with a zip: what it is, what it holds, under what licence."""
    licences = "; ".join(f"{licence.get('title', licence.get('name'))}" for licence in own.get("licenses", []))
    lines = [
        f"# {own.get('title', '')}",
        "",
        str(own.get("description", "")),
        "",
        f"Version {own.get('version', '')}.",
        "",
    ]
    lines += [f"Licence: {licences}.", "", "## Tables", ""]
    lines += [
        f"- `{table.resource}.csv`: {schema(table.resource)['description']} {len(table.rows)} rows." for table in tables
    ]
    lines += [
        "",
        "Every column is explained in `datapackage.json`, a Frictionless Data Package. Numbers are bare; a blank",
        "value has its reason in `value_status`; `as_published` keeps what was printed. `SHA256SUMS` checks the files.",
    ]
    return "\n".join(lines) + "\n"


def _measure(reports: Reports, measure_id: str, table: Published) -> dict[str, Any]:
    measure = reports.measures[measure_id]
    names = [str(field["name"]) for field in table.fields]
    return {
        "measure_id": measure.id,
        "title": measure.title,
        "meaning": measure.meaning,
        "topic": measure.topic.value,
        "unit": measure.unit.value,
        "direction": measure.direction.value,
        "decimals": measure.decimals,
        # Numbers stay texts, exactly as they are published: a reader's program decides how to hold them.
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }


def _index(reports: Reports, site: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the machine-readable index, at the same address on every site."""
    listed = [
        {"path": path.removeprefix("data/"), "bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        for path, data in sorted(files.items())
    ]
    return {
        "title": site,
        "years": list(reports.years),
        "measures": [
            {"measure_id": measure.id, "title": measure.title, "topic": measure.topic.value, "unit": measure.unit.value}
            for measure in reports.measures.values()
        ],
        "files": listed,
    }
