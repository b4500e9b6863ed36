"""Workbooks as sheets of cells, of which ``excel`` and ``opendocument`` make files.

A cell is what the published table says, no more: a number keeps its digits, shown with as many decimals as were
published, and a text is a text whatever it begins with, never a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..errors import column_letter

LANGUAGE = "en-GB"
DIGITS = 15
"""The most digits of a number that a spreadsheet keeps."""
FIRST_DAY = date(1900, 3, 1)
"""Days before it are not the same in Excel as elsewhere: it believes in a 29 February 1900."""
NARROW, WIDE, ROOM = 14, 60, 6
"""How many letters wide a column is at least and at most, and how many of them stay free beside its longest text."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "string"
    NUMBER = "float"
    DATE = "date"


class Value(NamedTuple):
    """A cell: its text as published, what kind it is, and the sheet it links to."""

    text: str
    kind: Kind = Kind.TEXT
    sheet: str = ""

    @property
    def decimals(self) -> int:
        """How many digits a number has after its point."""
        return len(self.text.partition(".")[2])


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the headings of its one table, and its rows. Without headings it is a list of lines."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many letters wide each column is."""
        texts = [*self.rows, tuple(map(Value, self.columns))] if self.columns else self.rows
        longest = [max([len(value.text) for value in column]) for column in zip(*texts, strict=True)]
        return tuple(min(max(letters + ROOM, NARROW), WIDE) for letters in longest)

    @property
    def last(self) -> str:
        """The last cell of the table, as a spreadsheet names it."""
        return f"{column_letter(len(self.columns) - 1)}{len(self.rows) + 1}"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets, and what its file says of itself."""

    title: str
    publisher: str
    description: str
    created: datetime | None
    sheets: tuple[Sheet, ...]


@lru_cache(1 << 16)
def value_of(text: str, field_type: str) -> Value:
    """Return a published cell. What a spreadsheet would change stays a text: a long number, a day of long ago."""
    if field_type in ("number", "integer") and len(re.sub(r"\D", "", text)) <= DIGITS:
        return Value(text, Kind.NUMBER)
    if field_type == "date" and text and date.fromisoformat(text) >= FIRST_DAY:
        return Value(text, Kind.DATE)
    return Value(text)
