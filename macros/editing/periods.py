"""Periods as people and spreadsheets write them, to the period codes they must mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..errors import Kind, shortened
from ..reading.cells import PERIOD_FIX
from ..reading.slips import meant_period
from ..records import NOT_STATED, Period

_TWO_NUMBERS = re.compile(r"([0-9]{4})[-/]([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_WRITTEN = re.compile(r"(?:([0-9]{1,2})[ -])?([A-Z]{3,9})[ -]([0-9]{4}|[0-9]{2})")
_MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
    "DECEMBER",
)  # fmt: skip


Fault = tuple[Kind, str, str]
"""What is wrong with a cell: its kind, what is wrong, and the repair."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as its column takes it, or what is wrong with it and how to repair it by hand."""

    text: str
    fault: Fault | None = None


def is_period(text: str) -> bool:
    """Whether a text is a period code."""
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def period(text: str) -> Reading:
    """Return a period code for what was typed, where it can only mean one."""
    if text.lower() == NOT_STATED:
        return Reading(NOT_STATED)
    # A dash for a hyphen, spaces around signs, small letters, and the slash of 2013/14.
    code = re.sub(r"\s*([-/])\s*", r"\1", re.sub("[‐‑–—]", "-", text)).upper()
    code = re.sub(r"^FY ?([0-9]{4})[-/]([0-9]{2})\b", r"FY\1-\2", code)
    for whole in (code, f"D{code}"):
        if is_period(whole):
            return Reading(whole)
    return _meant(text, code)


def _meant(text: str, code: str) -> Reading:
    """Return the code of what is no code itself, such as 2013/14, 16/05/2011 or October 2013."""
    if match := _TWO_NUMBERS.fullmatch(code):
        return _year_or_month(text, int(match[1]), match[2])
    if match := _DAY_FIRST.fullmatch(code):
        return _day_of_numbers(text, match[3], int(match[1]), int(match[2]))
    if match := _WRITTEN.fullmatch(code):
        return _written(text, match[1], match[2], match[3])
    return _unknown(text)


def period_of_date(day: date, *, whole_month: bool) -> Reading:
    """Return the period code of a date, into which a spreadsheet turned what was typed."""
    if whole_month:
        return _year_or_month(f"{day:%Y-%m}", day.year, f"{day:%m}")
    return Reading(f"D{day.isoformat()}")


def _unknown(text: str) -> Reading:
    fix = meant_period(text) or PERIOD_FIX
    return Reading(text, (Kind.PERIOD, f'"{shortened(text)}" is not a period code.', fix))


def _year_or_month(typed: str, year: int, number: str) -> Reading:
    """Tell the financial year 2013-14 from the month 2013-10. 2011-12 may be either."""
    found = [code for code in (f"FY{year}-{number}", f"{year}-M{number}") if is_period(code)]
    if len(found) == 1:
        return Reading(found[0])
    if found:
        what = f'"{typed}" may be a month or a financial year.'
        fix = f"Write {found[1]} for the month, or {found[0]} for the year from April."
        return Reading(typed, (Kind.PERIOD, what, fix))
    return _unknown(typed)


def _day_of_numbers(typed: str, year: str, first: int, second: int) -> Reading:
    """Tell the day of 16/05/2011. 01/10/2013 is the first of October to some, and the tenth of January to others."""
    codes = (f"D{year}-{second:02}-{first:02}", f"D{year}-{first:02}-{second:02}")
    found = sorted({code for code in codes if is_period(code)}, key=codes.index)
    if len(found) == 1:
        return Reading(found[0])
    if found:
        what = f'"{typed}" may be one of two days.'
        fix = f"Write {found[0]} where the day stands first, or {found[1]}."
        return Reading(typed, (Kind.PERIOD, what, fix))
    return _unknown(typed)


def _written(typed: str, day: str | None, name: str, year: str) -> Reading:
    """Return the code of a day or month with its name. Excel also shows Dec-11 where someone typed 2011-12."""
    number = next((place for place, month in enumerate(_MONTHS, start=1) if name in (month, month[:3])), 0)
    whole = year if len(year) == 4 else f"20{year}"
    if not number:
        return _unknown(typed)
    if not day:
        code = f"{whole}-M{number:02}"
        return _year_or_month(typed, int(whole), f"{number:02}") if len(year) == 2 else Reading(code)
    code = f"D{whole}-{number:02}-{int(day):02}"
    return Reading(code) if is_period(code) else _unknown(typed)
