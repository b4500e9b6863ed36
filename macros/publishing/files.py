"""Published tables to files: packages that validate on their own, zips of them, and an index of everything."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from ..meaning.lateness import expected
from ..reading.packages import DIALECT, schema
from ..reading.reports import Reports
from ..reading.settings import Settings
from .descriptors import ALL_YEARS, Package, packages
from .index import SCHEMA, as_json, index, index_schema
from .superseded import superseded
from .tables import Published, Tables, keys

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: the same data give the same bytes whenever they are packed."""
Files = dict[str, bytes]


def publication(
    tables: Tables,
    site: Settings,
    address: str = "",
    drawn: Mapping[str, bytes] | None = None,
    describe: Callable[[Files], Files] | None = None,
    *,
    preview: bool = False,
    today: date = date.min,
) -> Files:
    """Return every file readers can take away, by its address below the site's home.

    Args:
        tables: what is published.
        site: who publishes it, and under what name.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
        drawn: the files of charts and the workbooks, where they were made.
        describe: returns the files that describe other files to machines.
        preview: whether the site is a preview, which its index then says.
        today: the day of the build, by which a table may be late.
    """
    reports = tables.reports
    files: Files = dict(drawn or {})
    for package in packages(tables, site, address):
        files |= _package(package, address)
        for before in superseded(reports, package):
            # Nobody should work with it, so it stands in one file and nowhere else.
            name = f"data/{before.folder}.zip"
            files[name] = _package(before, address)[name]
    for measure_id, table in tables.measures.items():
        files[f"data/measures/{measure_id}.csv"] = as_csv(table)
        files[f"data/measures/{measure_id}.json"] = as_json(_measure(reports, measure_id, table))
    files |= describe(files) if describe else {}
    files[f"data/{SCHEMA}"] = index_schema()
    files["data/index.json"] = as_json(index(reports, site, files, expected(reports, today), address, preview=preview))
    return files


def _package(package: Package, address: str) -> Files:
    """Return a package's files beside each other, and the same in a zip; the tables of all years as JSON, too."""
    files = {f"{table.resource}.csv": as_csv(table) for table in package.tables}
    resources = [_resource(table, files[f"{table.resource}.csv"]) for table in package.tables]
    files["datapackage.json"] = as_json({**package.head, "resources": resources})
    zipped = dict(files)
    zipped["README.md"] = _readme(package, address).encode()
    sums = [f"{sha256(zipped[name]).hexdigest()}  {name}" for name in sorted(zipped)]
    zipped["SHA256SUMS"] = ("\n".join(sums) + "\n").encode()
    if package.folder == ALL_YEARS:
        files |= {f"{table.resource}.json": as_json(_table(table)) for table in package.tables}
    folder = f"data/{package.folder}"
    return {f"{folder}/{name}": data for name, data in files.items()} | {
        f"{folder}.zip": as_zip({name: zipped[name] for name in sorted(zipped)})
    }


def _resource(table: Published, data: bytes) -> dict[str, Any]:
    own = schema(table.resource)
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
        "schema": {"fields": list(table.fields), "missingValues": [""], **keys(table.resource)},
    }


def as_csv(table: Published) -> bytes:
    """Write a table by RFC 4180: commas, CRLF, quotation marks only where needed, UTF-8 without a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_names(table))
    writer.writerows(table.rows)
    return text.getvalue().encode()


def _names(table: Published) -> list[str]:
    return [str(field["name"]) for field in table.fields]


def as_zip(files: Mapping[str, bytes], stored: str = "") -> bytes:
    """Pack files in their order, dated alike; ``stored`` is a file that is not compressed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return data.getvalue()


def _readme(package: Package, address: str) -> str:
    """Return the text that travels with a zip: what it is, what it holds, under what licence."""
    head = package.head
    licences = "; ".join(f"{licence.get('title', licence.get('name'))}" for licence in head["licenses"])
    lines = [
        f"# {head['title']}",
        "",
        head["description"],
        "",
        *([f"Version {head['version']}.", ""] if "version" in head else []),
        f"Licence: {licences}.",
        "",
        "## Tables",
        "",
    ]
    lines += [
        f"- `{table.resource}.csv`: {schema(table.resource)['description']} {len(table.rows)} rows."
        for table in package.tables
    ]
    where = f"at {address}data/dictionary/" if address else "on the page data/dictionary/ of the site"
    lines += [
        "",
        f"Every column is explained in `datapackage.json`, a Frictionless Data Package, and {where}.",
        "Numbers are bare. A blank value has its reason in `value_status`, and `as_published` keeps what was printed.",
        "`SHA256SUMS` checks the files.",
    ]
    return "\n".join(lines) + "\n"


def _table(table: Published) -> dict[str, Any]:
    """Return a table for JSON. Numbers stay texts, as published: a reader's program decides how to hold them."""
    own = schema(table.resource)
    names = _names(table)
    return {
        "table": table.resource,
        "title": own["title"],
        "description": own["description"],
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }


def _measure(reports: Reports, measure_id: str, table: Published) -> dict[str, Any]:
    measure = reports.measures[measure_id]
    return {
        "measure_id": measure.id,
        "title": measure.title,
        "meaning": measure.meaning,
        "topic": measure.topic.value,
        "unit": measure.unit.value,
        "direction": measure.direction.value,
        "decimals": measure.decimals,
        "rows": _table(table)["rows"],
    }
