"""Frictionless packages: which tables they hold, the schemas of those, and what a descriptor may say.

A package in the sources says what it is; how its tables are built is written once, in ``schemas/``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import Kind, Problem, Where, shortened
from .gate import MAX_FAULTS, Folder

# The library of JSON Schema builds parsers of international addresses as soon as it is imported, for a second of every
# command. No schema of ours names one, and it does without where their module is not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

REGISTER = ("bodies", "services", "measures", "names", "breaks", "documents", "governance", "deflators", "calendar")
YEAR = (
    "service_levels", "activity", "staffing", "savings", "actions",
    "commitments", "milestones", "discrepancies", "corrections",
)  # fmt: skip
DIALECT = {"header": True, "headerRows": [1], "delimiter": ",", "quoteChar": '"', "doubleQuote": True}
"""Pinned in every resource: without it Frictionless guesses, and accepts a title line above the heading."""
_PROPERTIES = {
    "$schema": str, "name": str, "id": str, "title": str, "description": str, "version": str, "created": str,
    "embargo": str, "homepage": str, "keywords": list, "licenses": list, "sources": list, "contributors": list,
    "resources": list,
}  # fmt: skip
_REQUIRED = ("name", "title", "description", "version", "licenses", "resources")
_ITEMS = ("licenses", "sources", "contributors")
_MOMENTS = ("created", "embargo")
_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATED = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_NEEDED = ("bodies", "services", "measures", "documents")
"""The tables of the register that every row names."""


@cache
def schema(resource: str) -> dict[str, Any]:
    """Return the Table Schema of a resource. The schemas are part of the program, so they are read once."""
    text = Path(__file__).with_name("schemas").joinpath(f"{resource}.json").read_text(encoding="utf-8")
    descriptor: dict[str, Any] = json.loads(text)
    return descriptor


def field_names(resource: str) -> list[str]:
    """Return the columns of a resource as councils write it, in their order."""
    return [str(field["name"]) for field in schema(resource)["fields"]]


def file_names(folder: str) -> frozenset[str]:
    """Return the files a package may hold: the register's tables, or a year's."""
    return frozenset(f"{name}.csv" for name in (REGISTER if folder == "register" else YEAR))


def descriptor_problems(folder: Folder) -> list[Problem]:
    """Check a descriptor: only known properties, nothing that reaches outside the folder, every file listed once.

    Returns:
        Its problems; of very many, the first.
    """
    found = list(islice(_descriptor_problems(folder), MAX_FAULTS))
    if len(found) == MAX_FAULTS:
        what = f"the file has {MAX_FAULTS:,} faults or more, and is not looked at any further."
        found.append(Problem(found[0].where, what, "Put the others right first.", kind=Kind.FILE))
    return found


def _descriptor_problems(folder: Folder) -> Iterator[Problem]:
    if folder.descriptor is None:
        return
    where = Where(f"{folder.name}/datapackage.json")
    if not set(_REQUIRED) & set(folder.descriptor):
        what = f"the file describes no package: it has none of {', '.join(_REQUIRED)}."
        yield Problem(where, what, "Copy the one of another year and change what differs.", kind=Kind.DESCRIPTOR)
        return
    yield from _property_problems(where, folder.descriptor)
    if folder.name == "register" and "embargo" in folder.descriptor:
        fix = "Write it in the datapackage.json of the year: what only that year needs waits with it."
        yield Problem(where, "the register cannot be under embargo.", fix, kind=Kind.COMMAND)
    resources = folder.descriptor.get("resources")
    if not isinstance(resources, list):
        return
    seen: set[str] = set()
    for number, resource in enumerate(resources, start=1):
        if repr(resource) in seen:
            yield Problem(where, f"resource {number} is listed twice.", "Remove one of them.", kind=Kind.DESCRIPTOR)
        else:
            yield from _resource_problems(where, folder, number, resource)
        seen.add(repr(resource))
    listed = listed_files(folder)
    for name in _NEEDED if folder.name == "register" else ():
        if f"{name}.csv" not in {*listed, *folder.tables, *folder.refused}:
            fix = f"Every register holds {', '.join(_NEEDED)}: add the file and list it."
            yield Problem(where, f"the register has no {name}.csv.", fix, kind=Kind.FILE)
    for file in sorted(set(folder.tables) - listed):
        fix = f'Add {{"name": "{file[:-4]}", "path": "{file}"}} to its resources, or remove the file.'
        yield Problem(where, f"{file} is not listed.", fix, kind=Kind.DESCRIPTOR)


def _resource_problems(where: Where, folder: Folder, number: int, resource: object) -> Iterator[Problem]:
    if not isinstance(resource, dict) or set(resource) != {"name", "path"}:
        what = f"resource {number} does not consist of a name and a path."
        yield Problem(
            where, what, 'Write {"name": "savings", "path": "savings.csv"}: the rest is known.', kind=Kind.DESCRIPTOR
        )
        return
    name, path = resource["name"], resource["path"]
    if f"{name}.csv" not in file_names(folder.name) or path != f"{name}.csv":
        what = f"resource {number} has the name {_quoted(name)} and the path {_quoted(path)}."
        fix = f"A path is the name with .csv; the names are {', '.join(_names(folder.name))}."
        yield Problem(where, what, fix, kind=Kind.DESCRIPTOR)
    elif path not in folder.tables and path not in folder.refused:
        # A file the gate refused has been reported by the gate.
        fix = "Add the file, or remove it from the list."
        yield Problem(where, f"{path} is listed but is not in the folder.", fix, kind=Kind.FILE)


def _quoted(value: object) -> str:
    """Return a value of a descriptor as it is written there."""
    return f'"{shortened(value)}"' if isinstance(value, str) else shortened(json.dumps(value, ensure_ascii=False))


def _meant(resource: object) -> list[str]:
    """Return the files a resource may mean, faulty or not, so that they are not reported as not listed as well."""
    if isinstance(resource, dict):
        return [f"{resource.get('name')}.csv", str(resource.get("path"))]
    return [str(resource)]


def listed_files(folder: Folder) -> frozenset[str]:
    """Return the files a descriptor lists, whether they are there or not."""
    resources = (folder.descriptor or {}).get("resources")
    return frozenset(file for one in resources for file in _meant(one)) if isinstance(resources, list) else frozenset()


def _names(folder: str) -> tuple[str, ...]:
    return REGISTER if folder == "register" else YEAR


def _property_problems(where: Where, descriptor: dict[str, Any]) -> Iterator[Problem]:
    for key, value in descriptor.items():
        if key not in _PROPERTIES:
            fix = f"Remove it. A descriptor may hold: {', '.join(_PROPERTIES)}."
            yield Problem(where, f'the property "{shortened(key)}" is not known.', fix, kind=Kind.DESCRIPTOR)
        elif not (value and isinstance(value, _PROPERTIES[key])):
            kind = "text" if _PROPERTIES[key] is str else "list"
            yield Problem(
                where,
                f'the property "{key}" is not a {kind}, or it is empty.',
                "Write it, or remove it.",
                kind=Kind.DESCRIPTOR,
            )
    for key in _REQUIRED:
        if key not in descriptor:
            yield Problem(
                where,
                f'the property "{key}" is missing.',
                "Copy it from the package of another year.",
                kind=Kind.DESCRIPTOR,
            )
    yield from _name_problems(where, descriptor.get("name"))
    for key in _ITEMS:
        yield from _item_problems(where, key, descriptor.get(key))
    version = descriptor.get("version")
    if isinstance(version, str) and not _VERSION.fullmatch(version):
        what = f'"{shortened(version)}" is not a version.'
        yield Problem(where, what, "Write three numbers, such as 1.0.0.", kind=Kind.DESCRIPTOR)
    for key in _MOMENTS:
        moment = descriptor.get(key)
        if isinstance(moment, str) and moment and not _is_moment(moment):
            fix = "Write a day and a time with its zone, such as 2026-11-22T09:30:00Z."
            yield Problem(where, f'"{shortened(moment)}" is not a day and a time.', fix, kind=Kind.DESCRIPTOR)


def _name_problems(where: Where, name: object) -> Iterator[Problem]:
    """Check a package's name. It stays the same from year to year, as Data Package v2 asks: the folder has the year."""
    if not isinstance(name, str) or not name:
        return
    if not _NAME.fullmatch(name):
        fix = "Use small letters, digits and single hyphens, such as northmoor-services."
        yield Problem(where, f'"{shortened(name)}" is not a name.', fix, kind=Kind.DESCRIPTOR)
    elif _DATED.search(name):
        fix = "Give the packages of all years one name, such as northmoor-services: the folder says the year."
        yield Problem(where, f'the name "{shortened(name)}" holds a year.', fix, kind=Kind.DESCRIPTOR)


def _is_moment(text: str) -> bool:
    """Whether a text is a day and a time with its zone, as RFC 3339 writes them."""
    try:
        return _MOMENT.fullmatch(text) is not None and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _item_problems(where: Where, key: str, items: object) -> Iterator[Problem]:
    for number, item in enumerate(items if isinstance(items, list) else (), start=1):
        if not isinstance(item, dict) or not any(isinstance(item.get(name), str) for name in ("name", "title")):
            what = f'item {number} of "{key}" is not an object with a name or a title.'
            yield Problem(where, what, "Copy it from the package of another year.", kind=Kind.DESCRIPTOR)
