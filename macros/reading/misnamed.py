"""Identifiers misspelt where they are given, so that every row which names them rightly seems to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from ..errors import Kind, Problem, shortened
from .gate import Folder
from .packages import schema

_SEVERAL = 2
"""From how many rows that agree the register is wrong and they are right."""


def misnamed(folders: Mapping[str, Folder], keys: Mapping[str, str], unsure: Collection[str]) -> Iterator[Problem]:
    """Find rows of the register that nothing names, while several rows name something like them that is not there.

    Args:
        folders: every package.
        keys: the tables of the register that rows name, each with its column of identifiers.
        unsure: the tables of which not every identifier can be read.

    Yields:
        One problem for each such row, at its identifier.
    """
    register = folders.get("register")
    for resource, key in keys.items() if register else ():
        if register is None or resource in unsure:
            continue
        table = register.tables[f"{resource}.csv"]
        given = [row[table.header.index(key)] for row in table.rows]
        named = _named(folders, resource)
        idle = [identifier for identifier in given if identifier and identifier not in named]
        for wanted, times in named.items():
            near = get_close_matches(wanted, idle, n=1, cutoff=0.85)
            if near and wanted not in given and times >= _SEVERAL:
                what = f"nothing names '{shortened(near[0])}', but {times} rows name '{shortened(wanted)}'."
                where = table.where(given.index(near[0]), key)
                yield Problem(where, what, f"Did you mean '{shortened(wanted)}'?", kind=Kind.UNKNOWN_IDENTIFIER)


def _named(folders: Mapping[str, Folder], resource: str) -> Counter[str]:
    """Count the rows that name each identifier of a table of the register, whether it is there or not."""
    found: Counter[str] = Counter()
    for folder in folders.values():
        for file, table in folder.tables.items():
            own = file.removesuffix(".csv")
            for link in schema(own).get("foreignKeys", []):
                field = link["fields"][0]
                if (link["reference"].get("resource") or own) == resource and field in table.header:
                    found.update(row[table.header.index(field)] for row in table.rows)
    del found[""]
    return found
