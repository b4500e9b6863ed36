"""Headings of a table as people write them, matched to the fields of its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ..errors import Kind, Problem, shortened
from .repairs import Column, Repair
from .typed import Cell, Sheet

SEARCHED = 10
"""In how many of the first rows the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand: their row, and the column of each field, counted from 0."""

    row: int
    places: dict[str, int]
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()


def heading(column: Column) -> str:
    """Return the heading of a column in a workbook to fill in: its title, with its name in brackets."""
    return f"{column.field['title']} ({column.name})"


def headings(sheet: Sheet, columns: tuple[Column, ...]) -> Headings:
    """Find the headings of a sheet: the row with most of them, of the first rows.

    A heading is the name of a field, its title, or both, whatever its capitals and spaces. Columns may stand in any
    order. A column that is missing, is there twice, or is not known is a problem.
    """
    known = names(columns)
    first = sorted(sheet.rows)[:SEARCHED]
    row = max(first, key=lambda number: (_known(sheet.rows[number], known), -number))
    if not _known(sheet.rows[row], known):
        where = sheet.where(first[0])
        fix = f"Let the first row hold: {', '.join(column.name for column in columns)}."
        return Headings(row, {}, problems=(Problem(where, "no headings were found.", fix, kind=Kind.MISSING_COLUMN),))
    return _placed(sheet, row, columns, known)


def names(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return the name of each field by whatever its heading may be. A title never takes the place of a name."""
    found = {_plainly(heading(column)): column.name for column in columns}
    titles = [_plainly(str(column.field["title"])) for column in columns]
    found |= {title: column.name for title, column in zip(titles, columns, strict=True) if titles.count(title) == 1}
    return found | {_plainly(column.name): column.name for column in columns}


def named(text: str, known: dict[str, str]) -> str:
    """Return the name of the field a heading is of; empty where there is none."""
    return known.get(_plainly(text), "")


def _plainly(text: str) -> str:
    return re.sub(r"[\s_\-‐‑–]+", " ", text.strip("\ufeff \t\xa0")).casefold().replace(" (", "(").strip()


def _known(cells: tuple[Cell, ...], known: dict[str, str]) -> int:
    return len({named(cell.text, known) for cell in cells} - {""})


def _placed(sheet: Sheet, row: int, columns: tuple[Column, ...], known: dict[str, str]) -> Headings:
    places: dict[str, int] = {}
    repairs = [_above(sheet, number) for number in sorted(sheet.rows) if number < row]
    problems: list[Problem] = []
    strange: list[tuple[int, str]] = []
    for index, cell in enumerate(sheet.rows[row]):
        text, name = cell.text.strip(), named(cell.text, known)
        if name in places:
            where = sheet.where(row, index, shortened(text))
            what = f'the column "{name}" stands twice.'
            problems.append(Problem(where, what, "Remove one of them.", kind=Kind.UNKNOWN_COLUMN))
        elif name:
            places[name] = index
            if text not in _as_written(columns, name):
                what = f'the heading "{shortened(text)}" becomes "{name}".'
                repairs.append(Repair(sheet.where(row, index, name), what))
        elif any(index < len(cells) and not cells[index].is_blank for cells in sheet.rows.values()):
            strange.append((index, text))
    problems += _unmatched(sheet, row, strange, [column for column in columns if column.name not in places])
    if list(places) != [column.name for column in columns] and not problems:
        repairs.append(Repair(sheet.where(row), "the columns are put in the order of the table."))
    return Headings(row, places, tuple(repairs), tuple(problems))


def _above(sheet: Sheet, row: int) -> Repair:
    return Repair(sheet.where(row), "the row stands above the headings and is left out.")


def _as_written(columns: tuple[Column, ...], name: str) -> tuple[str, str]:
    """Return the headings that need no word: the name of a field, and what a workbook to fill in writes."""
    return name, next(heading(column) for column in columns if column.name == name)


def _unmatched(sheet: Sheet, row: int, strange: list[tuple[int, str]], missing: list[Column]) -> Iterator[Problem]:
    """Yield headings that are not known, with the missing one each may be meant for; then what else is missing."""
    meant = {word.casefold(): column.name for column in missing for word in (column.name, str(column.field["title"]))}
    explained = set()
    for index, text in strange:
        near = get_close_matches(text.casefold(), meant, n=1)
        what, fix = f'there is no column "{shortened(text)}" in this table.', "Remove it, or correct its heading."
        if near:
            explained.add(meant[near[0]])
            fix = f'Did you mean "{meant[near[0]]}"?'
        elif not text:
            what, fix = "the column holds something but has no heading.", "Give it its heading, or empty it."
        yield Problem(sheet.where(row, index, shortened(text) or "no heading"), what, fix, kind=Kind.UNKNOWN_COLUMN)
    for column in missing:
        if column.name not in explained:
            fix = f"Add it, blank if need be: {column.field['description']}"
            what = f'the column "{column.name}" is missing.'
            yield Problem(sheet.where(row), what, fix, kind=Kind.MISSING_COLUMN)
