"""Which corrections a row carries: those whose newest value stands in one of its cells today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ..records import Correction, Observation, Saving
from .gate import Folder

_Row = TypeVar("_Row", Observation, Saving)


def with_corrections(
    rows: Iterable[_Row], corrections: Iterable[Correction], folders: Mapping[str, Folder]
) -> list[_Row]:
    """Return rows with the corrections made to them, the newest first."""
    known: dict[str, list[Correction]] = {}
    for change in sorted(corrections, key=lambda one: one.date):
        known.setdefault(f"{change.year}/{change.resource}.csv", []).append(change)
    return [
        replace(row, changed=_of(row, known[row.origin.file], folders)) if row.origin.file in known else row
        for row in rows
    ]


def _of(row: Observation | Saving, changes: list[Correction], folders: Mapping[str, Folder]) -> tuple[Correction, ...]:
    folder, _, file = row.origin.file.partition("/")
    table = folders[folder].tables[file]
    cells = table.rows[row.origin.row - 2]
    own = [change for change in changes if names(change.key, cells)]
    newest = {change.field: change.new for change in own}
    held = dict(zip(table.header, cells, strict=True))
    # Two rows may share a measure and a period: one in force and one proposed. The value tells which was meant.
    return tuple(change for change in reversed(own) if held.get(change.field) == newest[change.field])


def names(key: str, cells: Iterable[str]) -> bool:
    """Whether a correction's key names a row: it is how the row begins, an identifier and perhaps its period."""
    wanted = key.split()
    return list(cells)[: len(wanted)] == wanted
