"""Repairs of cells that cannot change what is meant, and a word for each cell that may be meant in two ways.

The same repairs serve ``answerable import``, which brings a workbook in, and ``answerable tidy``, which puts the CSV
files of a package in order. Why these and no others: ``docs/decisions/0017-workbooks-to-fill-in.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ..errors import HIDDEN, Kind, Where, shortened
from ..reading.constraints import constraint_fault
from ..reading.gate import cell_faults
from ..reading.slips import number_fault
from ..records import Unit
from .periods import Fault, Reading, is_period, period

_SPACES = re.compile(r"[\t\r\n\x0b\x0c\u2028\u2029]+|[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
"""Soft hyphens, spaces of no width and byte order marks: they come with text that is pasted, and nobody sees them."""
_BARE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_ERROR = re.compile(r"#(REF!|DIV/0!|NAME\?|VALUE!|N/A|NUM!|NULL!|SPILL!|CALC!|#+)")
"""What a spreadsheet shows, and saves as CSV, where a formula fails, or where a column is too narrow for its date."""
_SIGNS = {"≥": ">=", "≤": "<="}
_UNITS = {"£": (Unit.POUNDS, "a pound sign"), "%": (Unit.PER_CENT, "a per cent sign")}


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """Something that was put right: where it was, and what was done."""

    where: Where
    what: str

    def __str__(self) -> str:
        """Write the repair so that any terminal can print it, whatever it quotes."""
        return HIDDEN.sub("\ufffd", f"{self.where}: {self.what}")


class Takes(Enum):
    """What a column takes."""

    TEXT = 1
    NUMBER = 2
    WHOLE_NUMBER = 3
    PERIOD = 4
    WORD = 5
    IDENTIFIER = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its field in the schema, and what it takes."""

    field: dict[str, Any]
    takes: Takes

    @property
    def name(self) -> str:
        """The name of the field."""
        return str(self.field["name"])

    @property
    def is_number(self) -> bool:
        """Whether the column takes numbers."""
        return self.takes in (Takes.NUMBER, Takes.WHOLE_NUMBER)


def column_of(field: dict[str, Any]) -> Column:
    """Return a field of a schema as a column. One whose example is a period code takes period codes."""
    constraints = field.get("constraints", {})
    if field["type"] in ("number", "integer"):
        return Column(field, Takes.NUMBER if field["type"] == "number" else Takes.WHOLE_NUMBER)
    if "enum" in constraints:
        return Column(field, Takes.WORD)
    if "pattern" in constraints:
        return Column(field, Takes.IDENTIFIER)
    return Column(field, Takes.PERIOD if is_period(str(field["example"])) else Takes.TEXT)


def repaired(typed: str, column: Column, unit: str = "", *, decimal_comma: bool = False) -> Reading:
    """Return a text as its column takes it.

    Args:
        typed: the text.
        column: where it stands.
        unit: what the figure of its row counts, such as ``pounds``; empty where nobody says.
        decimal_comma: whether it comes from a file in which a comma may stand for the decimal point.
    """
    text = _INVISIBLE.sub("", _SPACES.sub(" ", typed)).strip()
    if not text:
        return Reading("")
    if _ERROR.fullmatch(text):
        return Reading(text, error_fault(text))
    reading = _of_kind(text, column, unit, decimal_comma=decimal_comma)
    return Reading(reading.text, reading.fault or next(cell_faults(reading.text), None))


def error_fault(text: str) -> Fault:
    """Say what is wrong with the error of a formula, and the repair."""
    what = f'"{shortened(text)}" is an error of the spreadsheet, not what was typed.'
    return Kind.FORMULA, what, "Type the figure itself. Where there is none, leave the cell blank and say why."


def _of_kind(text: str, column: Column, unit: str, *, decimal_comma: bool) -> Reading:
    match column.takes:
        case Takes.NUMBER | Takes.WHOLE_NUMBER:
            return _number(text, column, unit, decimal_comma=decimal_comma)
        case Takes.PERIOD:
            return period(text)
        case Takes.WORD:
            return _word(text, column)
        case Takes.IDENTIFIER:
            return _identifier(text, column)
        case _:
            return Reading(text)


def _number(text: str, column: Column, unit: str, *, decimal_comma: bool) -> Reading:
    for sign, (wanted, words) in _UNITS.items():
        if sign in text and unit not in ("", wanted):
            what = f'"{shortened(text)}" has {words}, but the row counts {unit}.'
            return Reading(text, (Kind.NUMBER, what, "Write the number that is meant, or correct the row."))
    bare = text.replace("−", "-")
    if unit == Unit.POUNDS:
        bare = re.sub(r"^(-?)£ ?", r"\1", bare)
    if unit == Unit.PER_CENT:
        bare = re.sub(r" ?%$", "", bare)
    if _GROUPED.fullmatch(bare):
        if decimal_comma:
            what = f'"{shortened(text)}" has a comma, which may stand for the decimal point in this file.'
            fix = f"Write {bare.replace(',', '')}, or {bare.replace(',', '.')}."
            return Reading(text, (Kind.NUMBER, what, fix))
        bare = bare.replace(",", "")
    bare = re.sub(r"^(-?)\.", r"\g<1>0.", bare)
    whole = column.takes is Takes.WHOLE_NUMBER
    if not _BARE.fullmatch(bare) or (whole and "." in bare):
        return Reading(text, (Kind.NUMBER, *number_fault(shortened(text), whole=whole)))
    return Reading(bare)


def _word(text: str, column: Column) -> Reading:
    allowed = [str(word) for word in column.field["constraints"]["enum"]]
    wanted = _loosely(_SIGNS.get(text, text))
    for word in allowed:
        if _loosely(word) == wanted:
            return Reading(word)
    return Reading(text, constraint_fault(shortened(text), column.field))


def _loosely(text: str) -> str:
    """Return a word without what nobody means: capitals, and whether spaces, hyphens or underscores join it."""
    return re.sub(r"[\s_-]+", " ", text).casefold()


def _identifier(text: str, column: Column) -> Reading:
    pattern = column.field["constraints"]["pattern"]
    for same in (text, text.lower(), text.upper()):
        if re.fullmatch(pattern, same):
            return Reading(same)
    return Reading(text, constraint_fault(shortened(text), column.field))
