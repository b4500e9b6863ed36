"""Workbooks of Excel to sheets of cells, by openpyxl: formulas, what is merged and what is hidden included."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from .archives import BROKEN, MOST_CELLS, parts, refused
from .typed import BLANK, Cell, Held, Sheet, hundredfold, plain

_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Parts of a number format that are printed as they stand, or say a colour or language."""


def read_xlsx(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook of Excel.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        ReportError: it cannot be read, or is too large.
    """
    parts(data, name)
    try:
        with warnings.catch_warnings():
            # The library says what it leaves out when it writes; here it only reads.
            warnings.simplefilter("ignore")
            formulas = load_workbook(io.BytesIO(data), keep_links=False)
            results = load_workbook(io.BytesIO(data), keep_links=False, data_only=True)
            pairs = zip(formulas.worksheets, results.worksheets, strict=True)
            return [_sheet(made, result, name) for made, result in pairs]
    except BROKEN:
        raise refused(name, "the workbook cannot be read.", "Open it in Excel and save it again.") from None


def _sheet(made: Any, results: Any, name: str) -> Sheet:
    if made.max_row * made.max_column > MOST_CELLS:
        what = f'the sheet "{made.title}" reaches to row {made.max_row:,} and column {made.max_column:,}.'
        raise refused(name, what, "Delete the rows and columns beside the table.")
    rows: dict[int, tuple[Cell, ...]] = {}
    for number, (typed, shown) in enumerate(zip(made.iter_rows(), results.iter_rows(), strict=True), start=1):
        cells = tuple(_cell(one, other) for one, other in zip(typed, shown, strict=True))
        if any(not cell.is_blank for cell in cells):
            rows[number] = cells
    return Sheet(
        file=name,
        name=made.title,
        rows=rows,
        hidden=made.sheet_state != "visible",
        hidden_rows=frozenset(number for number, row in made.row_dimensions.items() if row.hidden or row.height == 0),
        hidden_columns=frozenset(_hidden_columns(made)),
        merged=tuple((span.min_row, span.min_col - 1, span.coord) for span in made.merged_cells.ranges),
    )


def _hidden_columns(sheet: Any) -> list[int]:
    found: list[int] = []
    for letter, column in sheet.column_dimensions.items():
        if column.hidden or column.width == 0:
            first = column.min or column_index_from_string(letter)
            found += range(first - 1, min(column.max or first, sheet.max_column))
    return found


def _cell(made: Any, result: Any) -> Cell:
    if made.data_type != "f":
        return _held(made)
    formula = getattr(made.value, "text", None) or str(made.value)
    found = _held(result)
    return Cell(found.text, found.held, found.shown, found.stored, formula)


def _held(cell: Any) -> Cell:
    """Return what a cell holds, its formula aside."""
    value = cell.value
    if value is None:
        return BLANK
    if cell.data_type == "e":
        return Cell(str(value), Held.ERROR)
    if isinstance(value, bool):
        return Cell(str(value).upper(), Held.YES_NO)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    if isinstance(value, str):
        return Cell(value, shown=value, stored=value)
    return _moment(value, str(cell.number_format))


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
    if match is None:
        return None
    number = Decimal(hundredfold(value) if match[3] else plain(value))
    rounded = number.quantize(Decimal(1).scaleb(-len(match[2] or "")), ROUND_HALF_UP)
    return f"{rounded:{',' if match[1] else ''}f}{match[3]}"


def _moment(value: object, number_format: str) -> Cell:
    """Return a date: a month where its format shows no day, as Excel shows 2013-10."""
    code = _ASIDE.sub("", number_format.partition(";")[0]).lower()
    stamp = value if isinstance(value, datetime) else None
    if isinstance(value, date) and not (stamp and (stamp.hour or stamp.minute or stamp.second)) and "y" in code:
        held = Held.DAY if "d" in code else Held.MONTH
        return Cell(f"{value:%Y-%m-%d}", held)
    return Cell(str(value), Held.OTHER_DATE)
