"""The tiny example a new site begins with: one service, one measure that was met and one that was missed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from ..reading.packages import REGISTER, YEAR, field_names
from ..reading.settings import OGL
from ..records import Period
from ..showing import wording
from .canonical import csv_bytes

_SAYS = "An example, and not real."
_LICENCE = {"name": OGL.id, "title": OGL.title, "path": OGL.address}
_Rows = dict[str, list[dict[str, str]]]


def example(council: str, code: str, today: date) -> dict[str, bytes]:
    """Return the files of a register and of the newest year that has ended.

    Args:
        council: the council's name.
        code: its area code.
        today: the day the site is made.

    Returns:
        Each file by its path below ``datapackages``.
    """
    newest = Period.parse(f"D{today}").financial_year
    start = int(newest[:4]) - 1
    year = f"{start}-{(start + 1) % 100:02}"
    files = _package("register", f"Register of {council}", REGISTER, _register(council, code, year))
    return files | _package(year, f"{council} {wording.year(year)}", YEAR, _year(year))


def _package(folder: str, title: str, resources: tuple[str, ...], rows: _Rows) -> dict[str, bytes]:
    descriptor: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "council-register" if folder == "register" else "council-reports",
        "title": title,
        "description": f"{title}: {_SAYS.lower()}",
        "version": "0.1.0",
        "licenses": [_LICENCE],
        "resources": [{"name": name, "path": f"{name}.csv"} for name in resources],
    }
    files = {f"{folder}/{name}.csv": _table(name, rows.get(name, [])) for name in resources}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return {f"{folder}/datapackage.json": text.encode(), **files}


def _table(resource: str, rows: list[dict[str, str]]) -> bytes:
    names = field_names(resource)
    return csv_bytes(resource, ([row.get(name, "") for name in names] for row in rows))


def _register(council: str, code: str, year: str) -> _Rows:
    measure = {"service_id": "example-service", "topic": "service level", "unit": "per cent", "direction": "higher",
               "decimals": "1", "additive": "no"}  # fmt: skip
    return {
        "bodies": [{"body_id": "council", "title": council, "kind": "council", "area_code": code}],
        "services": [
            {
                "service_id": "example-service", "title": "Example service", "body_id": "council",
                "description": "An example: replace it by a service of the council.",
            }
        ],
        "measures": [
            measure
            | {
                "measure_id": "calls-answered", "title": "Calls answered within a minute",
                "meaning": "An example: the share of calls that a person answered within a minute.",
            },
            measure
            | {
                "measure_id": "letters-answered", "title": "Letters answered within ten days",
                "meaning": "An example: the share of letters that were answered within ten working days.",
            },
        ],
        "documents": [
            {
                "document_id": "example-report", "title": "Example report", "author_id": "council",
                "published": f"D{int(year[:4]) + 1}-04-01", "covers": f"FY{year}", "status": "example", "note": _SAYS,
            }
        ],
    }  # fmt: skip


def _year(year: str) -> _Rows:
    source = {"document_id": "example-report"}
    level = {"period": f"FY{year}", "value_status": "final", "target_comparator": ">=", "target_status": "set",
             "basis": "local", "note": _SAYS, **source}  # fmt: skip
    return {
        "service_levels": [_level(level, "calls-answered", "96.2", "95", "1"),
                           _level(level, "letters-answered", "88.4", "90", "2")],
        "actions": [
            {
                "measure_id": "letters-answered", "period": f"FY{year}", "what_happened": "An example: what happened.",
                "why": "An example: the reason that was given.", "action": "An example: what is being done.",
                "due": "not stated", "responsible_role": "Head of the example service", "in_control": "yes",
                "place": "Page 2", **source,
            }
        ],
    }  # fmt: skip


def _level(level: Mapping[str, str], measure: str, value: str, target: str, row: str) -> dict[str, str]:
    return {
        **level, "measure_id": measure, "value": value, "target": target, "as_published": f"{value}%",
        "target_as_published": f"{target}%", "place": f"Table 1, row {row}",
    }  # fmt: skip
