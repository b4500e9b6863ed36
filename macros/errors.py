"""What goes wrong, said so that the person who can put it right knows where, what and how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Control characters; soft hyphens; direction overrides and isolates; zero width characters; the byte order mark inside
# a text; half characters and others that XML cannot hold; tags, which no reader sees.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
LINE_BREAK = re.compile(r"[\t\n\r]")
"""What would make one line of a list look like two, or like columns."""


def column_letter(index: int) -> str:
    """Return a column's letter as a spreadsheet shows it: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in the sources: a file, and where it has rows, the row and column a spreadsheet shows.

    ``row`` counts the heading as row 1. ``column`` counts from 0 and ``field`` is its heading.
    """

    file: str
    row: int = 0
    column: int = -1
    field: str = ""

    def __str__(self) -> str:
        """Write the place as ``2013-14/service_levels.csv, row 4, column C (value)``."""
        text = self.file
        if self.row:
            text += f", row {self.row}"
        if self.field:
            text += f", column {column_letter(self.column)} ({self.field})"
        return LINE_BREAK.sub(" ", text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right: where it is, what is wrong, and how to repair it."""

    where: Where
    what: str
    fix: str

    def __str__(self) -> str:
        """Write the problem so that any terminal can print it, whatever it quotes."""
        return HIDDEN.sub("\ufffd", f"{self.where}: {self.what} {self.fix}".rstrip())


class ReportError(Exception):
    """Every problem found, in one list. The message is written for a person, never a traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(listed(self.problems))


def listed(problems: tuple[Problem, ...]) -> str:
    """Return the problems, numbered, below a heading that counts them."""
    count = len(problems)
    lines = [f"{count} problem{'' if count == 1 else 's'} to put right:"]
    lines += [f"  {number}. {problem}" for number, problem in enumerate(problems, start=1)]
    return "\n".join(lines)
