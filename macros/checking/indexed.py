"""What the index of a site says of it, compared with the rows it is counted from and the pages it names.

A site of many councils shows what stands there, so a wrong count would be copied from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from ..errors import Problem, Where
from .copies import differs, unreadable
from .truth import Truth, verdicts

INDEX = "data/index.json"


def index_problems(files: Mapping[str, bytes], truth: Truth) -> Iterator[Problem]:
    """Compare the councils, services and counts of the index with the published rows, and its pages with the site.

    Args:
        files: every file of the site, its pages, too.
        truth: the published rows.
    """
    true = dict(_true(truth))
    try:
        index = json.loads(files[INDEX])
        for name, items in true.items():
            for number, (said, has) in enumerate(zip_longest(index[name], items), start=1):
                yield from _same(Where(f"{INDEX}, {name}", number), said or {}, has or {})
        pages = [str(item["page"]) for name in true for item in index[name]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield unreadable(INDEX, error)
        return
    for page in dict.fromkeys(pages):
        if f"{page}index.html" not in files:
            yield differs(Where(INDEX), page, "the site", "no such page")


def _same(where: Where, said: Mapping[str, Any], has: Mapping[str, Any]) -> Iterator[Problem]:
    """Compare an item of the index with what it must say. A code that is not known is left out of both."""
    for name in {**has, **said}:
        if name != "page" and said.get(name) != has.get(name):
            yield differs(where, f"{name}: {said.get(name)}", "the published rows", str(has.get(name)))


def _true(truth: Truth) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    services = truth.register.get("services", ())
    bodies = {row["body_id"]: row for row in truth.register.get("bodies", ())}
    councils = [bodies[name] for name in dict.fromkeys(row["body_id"] for row in services) if name in bodies]
    codes = [{"area_code": row["area_code"]} if row["area_code"] else {} for row in councils]
    yield (
        "councils",
        [{"body_id": row["body_id"], "title": row["title"], **code} for row, code in zip(councils, codes, strict=True)],
    )
    kept = ("service_id", "title", "description", "body_id")
    yield "services", [{name: row[name] for name in kept} for row in services]
    yield "service_levels", [came for row in councils for came in _levels(truth, row["body_id"])]


def _levels(truth: Truth, council: str) -> Iterator[dict[str, Any]]:
    for year in truth.years:
        count = verdicts(truth.rows(f"levels year={year} body_id={council}"))
        if count.total():
            tally = {"met": count["met"], "missed": count["missed"], "total": count.total()}
            yield {"body_id": council, "year": year, **tally}
