"""What a person typed, whatever it was typed in: sheets of cells, before anything is taken for right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from ..errors import Where


class Held(Enum):
    """What a cell holds, as its spreadsheet sees it."""

    TEXT = "a text"
    NUMBER = "a number"
    PERCENT = "a percentage"
    MONTH = "a month"
    DAY = "a date"
    OTHER_DATE = "a date or time without its year"
    YES_NO = "TRUE or FALSE"
    ERROR = "an error"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    ``text`` is the text; of a number its digits, of a percentage those before its sign, of a date ``2013-10-01``, of an
    error its name. ``shown`` is what the spreadsheet shows where that can be told, ``stored`` what the file holds, and
    ``formula`` the formula it is the result of.
    """

    text: str = ""
    held: Held = Held.TEXT
    shown: str | None = None
    stored: str = ""
    formula: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the cell that anyone sees."""
        return not self.text.strip() and not self.formula


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows that hold something, by the number the spreadsheet shows, all as wide as the widest.

    ``hidden_columns`` counts from 0; ``merged`` holds the first row and column of each merged cell, and its range.
    """

    file: str
    name: str
    rows: Mapping[int, tuple[Cell, ...]]
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, str], ...] = ()
    decimal_comma: bool = False
    is_workbook: bool = True

    def where(self, row: int = 0, column: int = -1, name: str = "") -> Where:
        """Return a place in the sheet; ``column`` counts from 0 and has a name."""
        return Where(self.file, row, column, name, self.name if self.is_workbook else "")


def sheet_of_texts(file: str, name: str, rows: Sequence[Sequence[str]], *, decimal_comma: bool = False) -> Sheet:
    """Return the rows of a text file as a sheet; rows keep their own width."""
    found = {number: tuple(map(Cell, cells)) for number, cells in enumerate(rows, start=1)}
    kept = {number: cells for number, cells in found.items() if any(not cell.is_blank for cell in cells)}
    return Sheet(file, name, kept, decimal_comma=decimal_comma, is_workbook=False)


def plain(number: float) -> str:
    """Return a number's digits: the 15 a spreadsheet keeps, without an exponent, and not what binary adds to them."""
    if isinstance(number, int):
        return str(number)
    return _unpadded(Decimal(f"{number:.15g}"))


def hundredfold(number: float) -> str:
    """Return the digits before the per cent sign of a number a spreadsheet shows as a percentage: 0.953 is 95.3."""
    return _unpadded(Decimal(f"{number:.15g}").scaleb(2))


def _unpadded(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
