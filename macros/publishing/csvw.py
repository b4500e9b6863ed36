"""CSV on the Web: beside each CSV file a description that programs find by its name, made from the schema.

W3C's "Metadata Vocabulary for Tabular Data", which the UK government recommends for tables it publishes. A package's
folder also holds ``csv-metadata.json``, which joins its tables by their foreign keys.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ..reading.packages import schema
from ..reading.reports import Reports
from ..records import Topic
from .tables import ADDED_UP, fields

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
DIALECT = {
    "encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"], "quoteChar": '"', "doubleQuote": True,
    "header": True, "headerRowCount": 1, "trim": False,
}  # fmt: skip
_TYPES: dict[str, Any] = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}
METADATA = "-metadata.json"
"""How the name of a description ends, by which programs find it."""
_RESOURCES = {Topic.SERVICE_LEVEL: "service_levels", Topic.ACTIVITY: "activity", Topic.STAFFING: "staffing"}


def descriptions(reports: Reports, files: Mapping[str, bytes], licence: str) -> dict[str, dict[str, Any]]:
    """Describe every published CSV file.

    Args:
        reports: what the packages hold.
        files: the published files by address.
        licence: the address of the licence of the data.

    Returns:
        For each address below the site's home what stands in the file of that address.
    """
    found: dict[str, dict[str, Any]] = {}
    groups: dict[str, dict[str, str]] = {}
    for path, data in files.items():
        # A copy for a spreadsheet begins with a byte order mark, and is described by the file it is a copy of.
        if not path.endswith(".csv") or data.startswith(BOM_UTF8):
            continue
        folder, _, name = path.rpartition("/")
        header, first = _beginning(data)
        packed = f"{folder}/datapackage.json" in files
        resource = name.removesuffix(".csv") if packed else _resource(reports, name, header, first)
        found[f"{path}{METADATA}"] = {
            "@context": CONTEXT, **_table(name, resource, header), "dialect": DIALECT, "dc:license": {"@id": licence},
        }  # fmt: skip
        if packed:
            groups.setdefault(folder, {})[resource] = name
    for folder, tables in groups.items():
        found[f"{folder}/csv{METADATA}"] = {
            "@context": CONTEXT,
            "dialect": DIALECT,
            "dc:license": {"@id": licence},
            "tables": [_joined(resource, name, tables) for resource, name in tables.items()],
        }
    return found


def _beginning(data: bytes) -> tuple[list[str], list[str]]:
    """Return the heading and the first row of a file; a row is empty where there is none."""
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    return next(rows), next(rows, [])


def _resource(reports: Reports, name: str, header: Sequence[str], first: Sequence[str]) -> str:
    """Return the table whose rows a file outside packages holds: it holds rows of one measure, or money."""
    if header[0] == "measure_id":
        # The file of a measure without rows has the measure's name.
        return _RESOURCES[reports.measures[first[0] if first else name.removesuffix(".csv")].topic]
    return "savings"


def _table(name: str, resource: str, header: Sequence[str]) -> dict[str, Any]:
    """Describe one table, its columns in the order of the file."""
    own = schema(resource)
    return {
        "url": name,
        "dc:title": own["title"],
        "dc:description": own["description"],
        "tableSchema": {"columns": _columns(resource, tuple(header)), "primaryKey": own["primaryKey"]},
    }


@cache
def _columns(resource: str, header: tuple[str, ...]) -> list[dict[str, Any]]:
    """Describe the columns of a table, in the order of its file. Many files have the same."""
    known = {str(field["name"]): field for field in (*fields(resource), ADDED_UP)}
    return [_column(known[column]) for column in header]


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a column. The heading is its name, and stands among its titles, by which programs recognise it."""
    return {
        "name": field["name"],
        "titles": [field["name"], field["title"]],
        "dc:description": field["description"],
        "datatype": _TYPES[str(field.get("type", "string"))],
        "required": bool(field.get("constraints", {}).get("required")),
    }


def _joined(resource: str, name: str, tables: Mapping[str, str]) -> dict[str, Any]:
    """Describe a table of a package with the keys that lead to its other tables.

    A key that may be blank is left out: in CSV on the Web a blank key leads nowhere, which would be an error.
    """
    table = _table(name, resource, [str(field["name"]) for field in fields(resource)])
    needed = {field["name"] for field in fields(resource) if field.get("constraints", {}).get("required")}
    keys = [
        {"columnReference": key["fields"], "reference": _reference(key["reference"], tables)}
        for key in schema(resource).get("foreignKeys", [])
        if needed >= set(key["fields"])
    ]
    if keys:
        table["tableSchema"]["foreignKeys"] = keys
    return table


def _reference(to: Mapping[str, Any], tables: Mapping[str, str]) -> dict[str, Any]:
    return {"resource": tables[to["resource"]], "columnReference": to["fields"]}
