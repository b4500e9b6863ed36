"""A sheet as someone filled it in, to the rows of its table: what was repaired, and what a person must decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..errors import Kind, Problem, shortened
from ..reading.packages import schema
from ..records import Unit
from .headings import Headings, headings
from .periods import Fault, Reading, period_of_date
from .repairs import Column, Repair, Takes, column_of, error_fault, repaired
from .typed import BLANK, Cell, Held, Sheet

_TOTAL = re.compile(r"((grand|sub|overall)[ -]?)?totals?:?|sum:?", re.IGNORECASE)
_FROM_OUTSIDE = re.compile(r"\b(DDE|RTD|WEBSERVICE|IMPORT(DATA|FEED|HTML|RANGE|XML))\(|\w\|[^|]*!", re.IGNORECASE)
"""Formulas that ask another program or an address; Excel writes the first as ``=program|'topic'!item``."""
_AS_TEXT = "Give the cell the format Text, and type it again."
Units = Mapping[str, str]
"""What each measure counts, by its identifier."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows of a table, in the order of its schema; what was repaired; and every problem.

    ``fits`` says that each cell found its column, so that nothing is lost where the rows are written.
    """

    rows: tuple[tuple[str, ...], ...]
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]
    fits: bool


def columns_of(resource: str) -> tuple[Column, ...]:
    """Return the columns of a table."""
    return tuple(map(column_of, schema(resource)["fields"]))


def settle(sheet: Sheet, resource: str, units: Units) -> Settled:
    """Return the rows of a table from a sheet that someone filled in.

    A cell with a problem keeps its text.
    """
    columns = columns_of(resource)
    if not sheet.rows:
        fix = f"Let the first row hold: {', '.join(column.name for column in columns)}."
        return Settled(
            (), (), (Problem(sheet.where(), "there is nothing in it.", fix, kind=Kind.WORKBOOK),), fits=False
        )
    found = headings(sheet, columns)
    problems = [*found.problems, *_layout_problems(sheet, found)]
    if found.problems:
        return Settled((), (), tuple(problems), fits=False)
    repairs = [*found.repairs, *_blank_rows(sheet, found)]
    table = _Table(sheet, resource, found, columns, units)
    rows = [table.row(number, repairs, problems) for number in sorted(sheet.rows) if number > found.row]
    fits = all(table.is_whole(number) for number in sheet.rows if number > found.row)
    return Settled(tuple(rows), tuple(repairs), tuple(problems), fits=fits)


def _layout_problems(sheet: Sheet, found: Headings) -> Iterator[Problem]:
    """Yield what hides or joins cells: nobody but its author knows whether it is meant to be published."""
    for row, column, span in sheet.merged:
        what = f"the cells {span} are merged into one."
        name = next((name for name, place in found.places.items() if place == column), "")
        fix = "Unmerge them (Home, Merge and Centre), and fill in each cell."
        yield Problem(sheet.where(row, column if name else -1, name), what, fix, kind=Kind.WORKBOOK)
    for row in sorted(sheet.hidden_rows & set(sheet.rows)):
        fix = "Clear the filter, or choose Unhide; then keep the row, or delete it."
        yield Problem(sheet.where(row), "the row is hidden.", fix, kind=Kind.WORKBOOK)
    for column in sorted(sheet.hidden_columns):
        name = next((name for name, place in found.places.items() if place == column), "")
        if name:
            where = sheet.where(found.row, column, name)
            yield Problem(where, "the column is hidden.", "Choose Unhide and check it.", kind=Kind.WORKBOOK)


def _blank_rows(sheet: Sheet, found: Headings) -> Iterator[Repair]:
    """Yield the blank rows between rows that are not; those below the last need no word."""
    numbers = [number for number in sorted(sheet.rows) if number >= found.row]
    for before, after in pairwise(numbers):
        if after - before == 2:
            yield Repair(sheet.where(before + 1), "the row is blank and is left out.")
        elif after - before > 2:
            what = f"rows {before + 1} to {after - 1} are blank and are left out."
            yield Repair(sheet.where(), what)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table while its rows are read."""

    sheet: Sheet
    resource: str
    found: Headings
    columns: tuple[Column, ...]
    units: Units

    def is_whole(self, number: int) -> bool:
        """Whether a row has a cell for each heading, and none beside them that holds something."""
        cells, width = self.sheet.rows[number], len(self.sheet.rows[self.found.row])
        return len(cells) > max(self.found.places.values()) and all(cell.is_blank for cell in cells[width:])

    def row(self, number: int, repairs: list[Repair], problems: list[Problem]) -> tuple[str, ...]:
        """Return a row of the table, and note what was repaired and what is wrong."""
        cells = self.sheet.rows[number]
        if not self.is_whole(number):
            what = f"the row has {len(cells)} cells; the heading has {len(self.sheet.rows[self.found.row])}."
            fix = "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma."
            problems.append(Problem(self.sheet.where(number), what, fix, kind=Kind.ROW_LENGTH))
            return tuple(cell.text for cell in cells)
        typed = {name: cells[place] for name, place in self.found.places.items()}
        problems += self._total_problem(number, typed)
        unit = self._unit(typed)
        texts = []
        for column in self.columns:
            cell, where = typed[column.name], self.sheet.where(number, self.found.places[column.name], column.name)
            reading, said = _read(cell, column, unit, decimal_comma=self.sheet.decimal_comma)
            if reading.fault:
                kind, what, fix = reading.fault
                problems.append(Problem(where, what, fix, kind=kind))
                texts.append(cell.text)
                continue
            if said:
                repairs.append(Repair(where, said))
            texts.append(reading.text)
        return tuple(texts)

    def _unit(self, typed: Mapping[str, Cell]) -> str:
        """Return what the figures of a row count."""
        if self.resource == "savings":
            return Unit.POUNDS
        if self.resource == "discrepancies":
            return typed["unit"].text.strip().lower()
        measure = typed.get("measure_id", BLANK).text.strip().lower()
        return self.units.get(measure, "")

    def _total_problem(self, number: int, typed: Mapping[str, Cell]) -> Iterator[Problem]:
        """Yield a row that adds up others, as spreadsheets have them. A published total has an identifier."""
        first = schema(self.resource)["primaryKey"][0]
        label = next((cell for cell in typed.values() if _TOTAL.fullmatch(cell.text.strip())), None)
        if label and (typed[first].is_blank or typed[first] is label):
            what = f'the row looks like a total ("{label.text.strip()}").'
            fix = "Delete it: a published total is a row of savings, with an identifier and its parts."
            yield Problem(self.sheet.where(number), what, fix, kind=Kind.TOTAL_ROW)


def _read(cell: Cell, column: Column, unit: str, *, decimal_comma: bool) -> tuple[Reading, str]:
    """Return a cell as its column takes it, and what is said of its repair; nothing where none was needed."""
    if fault := _fault(cell):
        return Reading(cell.text, fault), ""
    if cell.held is not Held.TEXT:
        reading, said = _not_text(cell, column, unit)
    else:
        reading = repaired(cell.text, column, unit, decimal_comma=decimal_comma)
        said = "" if reading.text == cell.text else f'"{shortened(cell.text)}" becomes {_quoted(reading.text)}.'
    if cell.formula:
        said = f'the formula "{shortened(cell.formula)}" becomes its result, {_quoted(reading.text)}.'
    return reading, said


def _fault(cell: Cell) -> Fault | None:
    """Say why what a cell holds is not taken whatever its column is."""
    if cell.held is Held.ERROR:
        return error_fault(cell.text)
    if cell.formula and re.search(r"\[\d+\]|\[[^\]]*\.xls|file:", cell.formula):
        what = f'the formula "{shortened(cell.formula)}" takes its value from another workbook.'
        return Kind.FORMULA, what, "Type the figure itself."
    if _FROM_OUTSIDE.search(cell.formula):
        what = f'the formula "{shortened(cell.formula)}" takes its value from another program or from the web.'
        return Kind.FORMULA, what, "Type the figure itself."
    if cell.formula and not cell.text:
        what = f'the formula "{shortened(cell.formula)}" has no result in the file.'
        return Kind.FORMULA, what, "Open the file in Excel and save it, or type the figure itself."
    if cell.held in (Held.YES_NO, Held.OTHER_DATE):
        shown = cell.shown or cell.text
        what = f'the spreadsheet has turned what was typed into {cell.held.value} ("{shown}").'
        return Kind.WORKBOOK, what, _AS_TEXT
    return None


def _not_text(cell: Cell, column: Column, unit: str) -> tuple[Reading, str]:
    """Read a number, a percentage or a date as its column takes it."""
    if cell.held in (Held.MONTH, Held.DAY):
        return _date(cell, column)
    if column.is_number:
        return _number(cell, column, unit)
    if column.takes is Takes.PERIOD:
        what = f'"{cell.text}" is a number, not a period code.'
        fault = Kind.PERIOD, what, f"For example: {column.field['example']}. {_AS_TEXT}"
        return Reading(cell.text, fault), ""
    if cell.shown is None:
        what = f'the number "{cell.text}" is shown in a way of its own, which a text would lose.'
        return Reading(cell.text, (Kind.WORKBOOK, what, _AS_TEXT)), ""
    reading = repaired(cell.shown, column, unit)
    return reading, "" if cell.shown == cell.text else f'the number "{cell.stored}" becomes "{reading.text}", as shown.'


def _number(cell: Cell, column: Column, unit: str) -> tuple[Reading, str]:
    if cell.held is Held.PERCENT and unit != Unit.PER_CENT:
        counts = f"but the row counts {unit}" if unit else "and nothing says that the row counts per cent"
        what = f"the cell holds {cell.stored} and shows it as a percentage, {counts}."
        fix = "Write the number that is meant, in a cell with the format Text."
        return Reading(cell.text, (Kind.NUMBER, what, fix)), ""
    reading = repaired(cell.text, column, unit)
    if cell.held is Held.PERCENT:
        return reading, f'{cell.stored}, shown as a percentage, becomes "{reading.text}".'
    return reading, "" if cell.stored == cell.text else f'"{cell.stored}" becomes "{reading.text}".'


def _date(cell: Cell, column: Column) -> tuple[Reading, str]:
    day, whole = date.fromisoformat(cell.text), cell.held is Held.MONTH
    shown = f"{day:%B %Y}" if whole else f"{day.day} {day:%B %Y}"
    if column.takes is not Takes.PERIOD:
        what = f'the spreadsheet has turned what was typed into a date ("{shown}").'
        return Reading(cell.text, (Kind.WORKBOOK, what, _AS_TEXT)), ""
    reading = period_of_date(day, whole_month=whole)
    return reading, f'the date "{shown}" becomes "{reading.text}".'


def _quoted(text: str) -> str:
    return f'"{shortened(text)}"' if text else "blank"
