"""The corrections there are, and the lines that are missing from ``corrections.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from string import ascii_lowercase

from ..reading.packages import schema
from ..records import Correction

Row = dict[str, str]
Key = tuple[str, ...]


class Ledger:
    """What corrections say of rows."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._known = sorted(corrections, key=lambda one: one.date)
        self._ids = {one.id for one in self._known}

    def explains(self, package: str, resource: str, row: Row, column: str, old: str, new: str) -> bool:
        """Whether corrections lead from an old value to a new one, in one step or in several."""
        value = old
        for one in self._of(package, resource, row, column):
            value = one.new if one.old == value else value
        return value == new

    def explains_removal(self, package: str, resource: str, row: Row) -> bool:
        """Whether a correction says that a row was taken away."""
        return any(
            one.old == row[column] and not one.new
            for column in schema(resource)["primaryKey"]
            for one in self._of(package, resource, row, column)
        )

    def _of(self, package: str, resource: str, row: Row, column: str) -> list[Correction]:
        wanted = (package, resource, named(resource, row), column)
        return [one for one in self._known if (one.year, one.resource, one.key, one.field) == wanted]

    def line(self, package: str, resource: str, row: Row, column: str, old: str, new: str, today: date) -> str:
        """Return the line of ``corrections.csv`` that would explain a change, but for its reason."""
        key = named(resource, row)
        base = key.partition(" ")[0].removesuffix(f"-{package}")
        free = (f"{base}-{package}-{letter}" for size in (1, 2) for letter in _letters(size))
        own = next(one for one in free if one not in self._ids)
        self._ids.add(own)
        text = io.StringIO(newline="")
        cells = [own, f"D{today}", resource, key, column, old, new, "correction", ""]
        csv.writer(text, lineterminator="").writerow(cells)
        return text.getvalue()


def named(resource: str, row: Row) -> str:
    """Return what corrections and people call a row: its identifier, and its period where it has one."""
    return " ".join(row[column] for column in schema(resource)["primaryKey"] if column != "target_status")


def _letters(size: int) -> Iterator[str]:
    if size == 1:
        yield from ascii_lowercase
    else:
        yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)
