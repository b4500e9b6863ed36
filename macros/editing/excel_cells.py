"""What a cell of Excel holds as a number or a date, and what the spreadsheet shows of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from .typed import Cell, Held, hundredfold, plain

_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Parts of a number format that are printed as they stand, or say a colour or language."""
_SIMPLE = re.compile(r"(#,##)?0(?:\.(0+))?(%?)")
_LARGE = 10**15
_ERROR = Cell("#VALUE!", Held.ERROR)
"""What Excel shows of a date beyond its calendar."""


def figure(value: str, code: str, epoch: datetime) -> Cell | None:
    """Return a number as a cell, a date where its format is of one; None for what is no number.

    Args:
        value: the digits in the file.
        code: the number format of the cell.
        epoch: the day from which the workbook counts.
    """
    try:
        number = float(value) if re.search("[.eE]", value) else int(value)
    except ValueError:
        return None
    if not abs(number) < _LARGE * _LARGE:
        return None
    if not _is_date(code):
        return _number(number, code)
    try:
        return _moment(from_excel(number, epoch, timedelta=is_timedelta_format(code)), code)
    except (ValueError, OverflowError):
        return _ERROR


def dated(value: str, code: str) -> Cell:
    """Return a date that is written out in the file as a cell."""
    try:
        moment = from_ISO8601(value)  # type: ignore[no-untyped-call]
        return _moment(moment, code if _is_date(code) else "yyyy-mm-dd")
    except ValueError:
        return _ERROR


# A workbook has few formats and many cells, so what a format is of is worked out once.
@lru_cache(maxsize=1_000)
def _is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    return bool(is_date_format(code))


@lru_cache(maxsize=1_000)
def _bare(number_format: str) -> str:
    """Return the first part of a number format without what is printed as it stands."""
    return _ASIDE.sub("", number_format.partition(";")[0]).strip()


def _number(value: float, number_format: str) -> Cell:
    text = plain(value)
    code = _bare(number_format)
    if "%" in code:
        return Cell(hundredfold(value), Held.PERCENT, _shown(value, text, code), text)
    stored = text if float(value).is_integer() else repr(value)
    return Cell(text, Held.NUMBER, _shown(value, text, number_format), stored)


def _shown(value: float, text: str, code: str) -> str | None:
    """Return what a spreadsheet shows of a number; None for a format that is not one of the simplest."""
    if code in ("General", "@"):
        return text
    match = _SIMPLE.fullmatch(code)
    if match is None or abs(value) >= _LARGE or len(match[2] or "") > len(str(_LARGE)):
        return None
    number = Decimal(hundredfold(value) if match[3] else text)
    rounded = number.quantize(Decimal(1).scaleb(-len(match[2] or "")), ROUND_HALF_UP)
    return f"{rounded:{',' if match[1] else ''}f}{match[3]}"


def _moment(value: date | time | timedelta | datetime | None, number_format: str) -> Cell:
    """Return a date: a month where its format shows no day, as Excel shows 2013-10."""
    code = _bare(number_format).lower()
    stamp = value if isinstance(value, datetime) else None
    if isinstance(value, date) and not (stamp and (stamp.hour or stamp.minute or stamp.second)) and "y" in code:
        held = Held.DAY if "d" in code else Held.MONTH
        return Cell(f"{value:%Y-%m-%d}", held)
    return Cell(str(value), Held.OTHER_DATE)
