"""CSV by RFC 4180 and nothing else: a text to rows of cells, each exactly as it stands, or the place where it breaks.

What a package may hold besides is for the gate to say: here a cell may hold a line break, a space or a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

MAX_CELLS = 1_000_000
"""The most cells of a text that is split."""

_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_REST = re.compile(r"[^\r\n]*")


class Breach(Enum):
    """How a text breaks the rules of CSV."""

    NEVER_CLOSED = "a quotation mark opens the cell and is never closed"
    AFTER_CLOSING = "text stands behind the quotation mark that closes the cell"
    INSIDE = "a quotation mark stands inside a cell that has none around it"
    TOO_LARGE = f"the table has more than {MAX_CELLS:,} cells"


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a text breaks the rules of CSV: the row a spreadsheet shows, the column from 0, and what stands there."""

    row: int
    column: int
    breach: Breach
    text: str


def split_csv(text: str, separator: str = ",") -> tuple[list[tuple[str, ...]], Broken | None]:
    """Split a text into rows of cells by RFC 4180; rows may end as Windows, Unix or old Macs end them.

    Args:
        text: what a CSV file holds. A byte order mark at its start is left out.
        separator: the sign between the cells.

    Returns:
        The rows up to the first fault, every cell exactly as it stands, and that fault; None where there is none.
    """
    text = text.removeprefix("\ufeff")
    pattern = _cell(separator)
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    held = position = 0
    while position < len(text):
        if held == MAX_CELLS:
            return rows, Broken(len(rows) + 1, len(cells), Breach.TOO_LARGE, "")
        match = pattern.match(text, position)
        if match is None:
            breach, stands = _breach(text, position, separator)
            return rows, Broken(len(rows) + 1, len(cells), breach, stands)
        quoted, plain, end = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if end != separator or position == len(text):
            if end == separator:
                cells.append("")
            rows.append(tuple(cells))
            cells = []
        held += 1
    return rows, None


@cache
def _cell(separator: str) -> re.Pattern[str]:
    """Return what matches a cell and what ends it.

    It is possessive, so that a quotation mark that is never closed costs no more than one that is.
    """
    sign = re.escape(separator)
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|([^"{sign}\r\n]*+))({sign}|\r\n|\n|\r|\Z)')


def _breach(text: str, position: int, separator: str) -> tuple[Breach, str]:
    """Say what is wrong with a cell that does not end where a cell may, and what stands there."""
    line = _line(text, position)
    if text[position] != '"':
        return Breach.INSIDE, line.partition(separator)[0]
    closed = _QUOTED.match(text, position)
    # No cell of a package goes over several lines, so a mark that seems to close it there opens another cell.
    if closed is None or "\n" in closed[0] or "\r" in closed[0]:
        return Breach.NEVER_CLOSED, line
    return Breach.AFTER_CLOSING, closed[0] + _line(text, closed.end()).partition(separator)[0]


def _line(text: str, position: int) -> str:
    """Return what follows a place on its line, long lines cut off."""
    match = _REST.match(text, position, position + 200)
    return match[0] if match else ""
