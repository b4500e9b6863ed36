"""What a cell of Excel holds as a number or a date, and what the spreadsheet shows of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from .typed import Cell, Held, hundredfold, plain

_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Parts of a number format that are printed as they stand, or say a colour or language."""
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
    if not is_date_format(code):
        return _number(number, code)
    try:
        return _moment(from_excel(number, epoch, timedelta=is_timedelta_format(code)), code)
    except (ValueError, OverflowError):
        return _ERROR


def dated(value: str, code: str) -> Cell:
    """Return a date that is written out in the file as a cell."""
    try:
        moment = from_ISO8601(value)  # type: ignore[no-untyped-call]
        return _moment(moment, code if is_date_format(code) else "yyyy-mm-dd")
    except ValueError:
        return _ERROR


def _number(value: float, number_format: str) -> Cell:
    text = plain(value)
    code = _ASIDE.sub("", number_format.partition(";")[0]).strip()
    if "%" in code:
        return Cell(hundredfold(value), Held.PERCENT, _shown(value, code), text)
    stored = text if float(value).is_integer() else repr(value)
    return Cell(text, Held.NUMBER, _shown(value, number_format), stored)


def _shown(value: float, code: str) -> str | None:
    """Return what a spreadsheet shows of a number; None for a format that is not one of the simplest."""
    if code in ("General", "@"):
        return plain(value)
    match = re.fullmatch(r"(#,##)?0(?:\.(0+))?(%?)", code)
    if match is None or abs(value) >= _LARGE or len(match[2] or "") > len(str(_LARGE)):
        return None
    number = Decimal(hundredfold(value) if match[3] else plain(value))
    rounded = number.quantize(Decimal(1).scaleb(-len(match[2] or "")), ROUND_HALF_UP)
    return f"{rounded:{',' if match[1] else ''}f}{match[3]}"


def _moment(value: date | time | timedelta | datetime | None, number_format: str) -> Cell:
    """Return a date: a month where its format shows no day, as Excel shows 2013-10."""
    code = _ASIDE.sub("", number_format.partition(";")[0]).lower()
    stamp = value if isinstance(value, datetime) else None
    if isinstance(value, date) and not (stamp and (stamp.hour or stamp.minute or stamp.second)) and "y" in code:
        held = Held.DAY if "d" in code else Held.MONTH
        return Cell(f"{value:%Y-%m-%d}", held)
    return Cell(str(value), Held.OTHER_DATE)
