"""What goes wrong, said so that the person who can put it right knows where, what and how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

# Control characters; soft hyphens; direction overrides and isolates; zero width characters; the byte order mark inside
# a text; half characters and others that XML cannot hold; tags, which no reader sees.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
LINE_BREAK = re.compile(r"[\t\n\r]")
"""What would make one line of a list look like two, or like columns."""
GUIDE = "docs/publish/problems.md"
"""The page that explains every kind of problem: its headings are the kinds."""


def shortened(text: str, most: int = 60) -> str:
    """Return a text short enough to quote in a message, on one line."""
    text = LINE_BREAK.sub(" ", text)
    return text if len(text) <= most else text[: most - 1] + "…"


class Kind(StrEnum):
    """What kind of thing is wrong: the name of the section of the guide that explains it."""

    # What hides other problems
    FILE = "file"
    NOT_UTF_8 = "not-utf-8"
    SEPARATOR = "separator"
    QUOTATION = "quotation"
    TITLE_ROW = "title-row"
    MISSING_COLUMN = "missing-column"
    UNKNOWN_COLUMN = "unknown-column"
    COLUMN_ORDER = "column-order"
    # Rows
    ROW_LENGTH = "row-length"
    EMPTY_ROW = "empty-row"
    TOTAL_ROW = "total-row"
    DUPLICATE_ROW = "duplicate-row"
    WRONG_PLACE = "wrong-place"
    # Cells as texts
    HIDDEN_CHARACTER = "hidden-character"
    STRAY_SPACE = "stray-space"
    FORMULA = "formula"
    GARBLED_TEXT = "garbled-text"
    PERSONAL_DATA = "personal-data"
    # Cells as what they mean
    MISSING_VALUE = "missing-value"
    MISSING_EXPLANATION = "missing-explanation"
    NUMBER = "number"
    DECIMALS = "decimals"
    OUT_OF_RANGE = "out-of-range"
    CLOSED_LIST = "closed-list"
    IDENTIFIER = "identifier"
    UNKNOWN_IDENTIFIER = "unknown-identifier"
    PERIOD = "period"
    # Cells beside each other
    CONTRADICTION = "contradiction"
    TARGET_AGAINST_DIRECTION = "target-against-direction"
    AS_PUBLISHED = "as-published"
    DOES_NOT_ADD_UP = "does-not-add-up"
    CORRECTION = "correction"
    PUBLISHED_BEFORE = "published-before"
    # What is not a table
    WORKBOOK = "workbook"
    UNTIDY = "untidy"
    DESCRIPTOR = "descriptor"
    SETTINGS = "settings"
    PAGE = "page"
    SITE = "site"
    COMMAND = "command"
    # What is doubtful
    TEN_TIMES = "ten-times"
    CHANGED_SIGN = "changed-sign"
    BEYOND_ALL = "beyond-all"
    TARGET_OF_ZERO = "target-of-zero"
    TARGET_IS_RESULT = "target-is-result"
    COPIED_YEAR = "copied-year"
    SAME_AS_BEFORE = "same-as-before"
    STILL_PROVISIONAL = "still-provisional"

    @property
    def hides(self) -> bool:
        """Whether a problem of this kind may hide others: what stands in its table cannot be read."""
        return self in _HIDING


_HIDING = (
    Kind.FILE, Kind.NOT_UTF_8, Kind.SEPARATOR, Kind.QUOTATION, Kind.TITLE_ROW, Kind.MISSING_COLUMN, Kind.UNKNOWN_COLUMN,
    Kind.COLUMN_ORDER,
)  # fmt: skip


class Severity(StrEnum):
    """Whether a problem stops the build, or only asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@cache
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

    ``row`` counts the heading as row 1. ``column`` counts from 0 and ``field`` is its heading. ``sheet`` is the name
    of a sheet where the file is a workbook.
    """

    file: str
    row: int = 0
    column: int = -1
    field: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        """Write the place as ``2013-14/service_levels.csv, row 4, column C (value)``."""
        line = "line" if self.file.endswith(".json") else "row"
        return self.with_rows(f"{line} {self.row}" if self.row else "")

    def with_rows(self, rows: str) -> str:
        """Write the place with other words for its row."""
        column = f"column {column_letter(self.column)} ({self.field})" if self.field else ""
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        return LINE_BREAK.sub(" ", ", ".join(part for part in (self.file, sheet, rows, column) if part))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: where it is, what is wrong, and how to repair it."""

    where: Where
    what: str
    fix: str
    kind: Kind = field(kw_only=True)
    severity: Severity = field(kw_only=True, default=Severity.ERROR)

    @property
    def said(self) -> str:
        """What is wrong and the repair, in words that any terminal can print, whatever they quote."""
        return HIDDEN.sub("\ufffd", f"{self.what} {self.fix}".rstrip())

    def __str__(self) -> str:
        """Write the problem on one line."""
        return f"{HIDDEN.sub(chr(0xFFFD), str(self.where))}: {self.said}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems once each: what hides others first, then by file, row and column; doubts last."""
    return tuple(sorted(set(problems), key=_rank))


def _rank(problem: Problem) -> tuple[Any, ...]:
    doubtful = problem.severity is Severity.WARNING
    return (doubtful, not problem.kind.hides, problem.where, problem.what, problem.fix, problem.kind)


class ReportError(Exception):
    """Every problem found, in one list. The message is written for a person, never a traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(listed(self.problems))


MOST = 50
"""The most lines of a list that a person is shown at once."""
_HANDFUL = 5
"""How many cells of a column may have the same fault before they share one line."""
_RUNS = 6
"""The most runs of rows that a line names."""


def listed(problems: tuple[Problem, ...], guide: str = GUIDE) -> str:
    """Return problems as a numbered list below a heading that counts them.

    Args:
        problems: the problems, in their order and all of one severity.
        guide: the file or address of the page that explains each kind.
    """
    doubtful = any(problem.severity is Severity.WARNING for problem in problems)
    things = "thing" if doubtful else "problem"
    lines = [f"{_many(len(problems), things)} to {'look at again' if doubtful else 'put right'}:"]
    groups = list(_groups(problems).values())
    for number, group in enumerate(groups[:MOST], start=1):
        lines += [f"  {number}. {_line(group)}", f"     {guide}#{group[0].kind}"]
    if left := sum(map(len, groups[MOST:])):
        lines.append(f"  And {left} more. Put these right, then check again.")
    return "\n".join(lines)


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _groups(problems: Iterable[Problem]) -> dict[Any, list[Problem]]:
    """Return problems by their fault; those of which there are no more than a handful, or in one row, stand alone."""
    same: dict[Any, set[int]] = {}
    for problem in problems:
        same.setdefault(_fault(problem), set()).add(problem.where.row)
    groups: dict[Any, list[Problem]] = {}
    for problem in problems:
        fault = _fault(problem)
        groups.setdefault(fault if len(same[fault]) > _HANDFUL else problem, []).append(problem)
    return groups


def _fault(problem: Problem) -> tuple[object, ...]:
    """Return what two problems share that differ only in the row and in what was typed there."""
    where = problem.where
    if not where.row:
        return (problem,)
    what = re.sub(r"\"[^\"]*\"|'[^']*'|\d[\d.]*", "…", problem.what)
    fix = re.sub(r"\d[\d.]*", "…", problem.fix)
    return where.file, where.sheet, where.column, where.field, problem.kind, what, fix


def _line(group: list[Problem]) -> str:
    first = group[0]
    if len(group) == 1:
        return str(first)
    place = first.where.with_rows(f"rows {_runs(problem.where.row for problem in group)}")
    return HIDDEN.sub("\ufffd", f"{place}: {len(group)} times. In row {first.where.row}: ") + first.said


def _runs(rows: Iterable[int]) -> str:
    """Write row numbers as a person does: ``4 to 19, 22 and 30``."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    words = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    if len(words) > _RUNS:
        words = [*words[:_RUNS], "others"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
