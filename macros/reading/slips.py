"""Slips of the hand and habits of spreadsheets: what a cell says instead of a number or a period, and what it meant."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

_MARKS = {
    "£": "a pound sign", "%": "a per cent sign", ",": "a comma", " ": "a space", "−": "a minus sign that is no hyphen",
}  # fmt: skip
_BARE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BETWEEN_THOUSANDS = re.compile(r"\(?-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\)?")
_SERIAL = re.compile(r"[2-5][0-9]{4}")
_FIRST_DAY = date(1899, 12, 30)
"""The day from which spreadsheets count days: 20000 is in 1954, and 59999 in 2064."""
_YEARS = re.compile(r"(?:FY ?)?(20[0-9]{2}) ?[-/–] ?(?:20)?([0-9]{2})")
_MONTH_FORMS = ("%b-%y", "%b %y", "%b-%Y", "%b %Y", "%B-%y", "%B %y", "%B-%Y", "%B %Y", "%m/%Y", "%Y-%m", "%Y-M%m")
_DAY_FORMS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%y",
              "%d-%b-%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")  # fmt: skip


_NO_FIGURES = (
    "n/a", "na", "tbc", "tba", "to follow", "to be confirmed", "not available", "none", "nil return", "–", "?",
)  # fmt: skip
_SIGNS = {
    "c": "~", "ca": "~", "about": "~", "around": "~", "approx": "~", "over": ">", "more than": ">", "under": "<",
    "less than": "<", "at least": ">=", "at most": "<=", "up to": "<=", "≥": ">=", "≤": "<=",
}  # fmt: skip
_HEDGED = re.compile(
    r"(?P<sign><=|>=|[<>~≥≤]|(?:c|ca|approx)\.?|about|around|over|under|more than|less than|at least|at most|up to)"
    r" ?(?P<number>.+)",
    re.IGNORECASE,
)
_STATUSES = {"p": "provisional", "r": "revised", "e": "estimated", "f": "forecast"}
_MARKED = re.compile(r"(?P<number>[^(*†]+?)(?P<mark> ?\([a-z]\)|[*†]+)", re.IGNORECASE)
_LARGE = re.compile(r"(?P<number>.+?) ?(?P<size>m|mn|million|bn|billion)", re.IGNORECASE)
_SIZES = {"m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_DECIMAL_COMMA = re.compile(r"(-?[0-9]+),([0-9]{1,2})")


def _without_marks(typed: str) -> str:
    bare = re.sub(r"[£$€%\s]", "", typed).replace("−", "-")
    # Only commas between thousands may go: "9,5" is not 95.
    return bare.replace(",", "") if _BETWEEN_THOUSANDS.fullmatch(bare) else bare


def bare_number(typed: str) -> str:
    """Return the number a text means, once it is put right as :func:`number_fault` says; nothing where it is not plain.

    Thousands written as k are not counted out.
    """
    bare = _without_marks(typed)
    if re.fullmatch(r"\([0-9]+(\.[0-9]+)?\)", bare):
        bare = f"-{bare[1:-1]}"
    bare = re.sub(r"^(-?)0+(?=[0-9])", r"\1", bare)
    return bare if _BARE.fullmatch(bare) else ""


def _beside(typed: str) -> str:
    """Return the repair of a number with words or signs around it: what stands in which column; nothing if none."""
    text = " ".join(typed.split())
    if text.lower().rstrip(".") in _NO_FIGURES:
        return "Leave the cell blank, and choose the reason in value_status: not published, or not yet due."
    if hedged := _HEDGED.fullmatch(text):
        sign = _SIGNS.get(hedged["sign"].lower().rstrip("."), hedged["sign"])
        number = bare_number(hedged["number"])
        return f"Write {number}, and {sign} in value_qualifier." if number else ""
    if (marked := _MARKED.fullmatch(text)) and (number := bare_number(marked["number"])):
        status = _STATUSES.get(marked["mark"].strip("() ").lower())
        return f"Write {number}, and {status} in value_status." if status else f"Write {number}, and the rest in note."
    if (large := _LARGE.fullmatch(text)) and (number := bare_number(large["number"])):
        return f"Write {(Decimal(number) * _SIZES[large['size'].lower()]).normalize():f}."
    if comma := _DECIMAL_COMMA.fullmatch(text):
        return f"Write {comma[1]}.{comma[2]} where the comma stands for the decimal point."
    return ""


def number_fault(typed: str, *, whole: bool = False) -> tuple[str, str]:
    """Say why a text is not a bare number, with the likely repair."""
    bare = _without_marks(typed)
    meant = bare_number(typed)
    if re.fullmatch(r"\([0-9]+(\.[0-9]+)?\)", bare):
        return f'"{typed}" writes a negative number in brackets.', f"Write -{bare[1:-1]}."
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?[kK]", bare):
        return f'"{typed}" is not a bare number: it has a k in it.', "Write the thousands out: 7.2k is 7200."
    if bare == typed and meant and meant != typed:
        return f'"{typed}" begins with a zero it does not need.', f"Write {meant}."
    if meant and not (whole and "." in meant):
        marks = [word for mark, word in _MARKS.items() if mark in typed]
        return f'"{typed}" has {" and ".join(marks) or "a sign"} in it.', f"Write {meant}."
    if whole:
        return f'"{typed}" is not a whole number.', "Write digits only, such as 2."
    fix = "Write digits only, such as 95.32. Leave the cell blank where there is no figure, and say why beside it."
    return f'"{typed}" is not a number.', _beside(typed) or fix


def meant_period(typed: str) -> str:
    """Return how to write the period that a date or a year of a spreadsheet means, as a repair; nothing if none."""
    text = " ".join(typed.split())
    years = _YEARS.fullmatch(text)
    if years and (int(years[1]) + 1) % 100 == int(years[2]):
        return f"Write FY{years[1]}-{years[2]}."
    if _SERIAL.fullmatch(text):
        return _day(_FIRST_DAY + timedelta(days=int(text)))
    if month := _read(text, _MONTH_FORMS):
        return f"Write {month:%Y-M%m}."
    day = _read(text, _DAY_FORMS)
    return _day(day) if day else ""


def _read(text: str, forms: tuple[str, ...]) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _day(day: date) -> str:
    """Say how to write a day; a spreadsheet turns a month into its first day, so that may have been meant."""
    if day.day == 1:
        return f"Write {day:%Y-M%m} for the month, or D{day} for the day."
    return f"Write D{day}."
