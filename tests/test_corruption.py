"""Slips of the hand in real packages: each is told at its own cell, once, or does no harm."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from macros.errors import Kind, Problem
from macros.reading.packages import schema
from macros.records import Period

from .builders import Council

DRAWN = 100
Slip = Callable[[str, dict[str, Any], Random], str | None]
"""What a slip makes of a cell of a field, or nothing where it cannot happen there."""


def _is_number(cell: str, field: dict[str, Any]) -> bool:
    return bool(cell) and field["type"] in ("number", "integer")


def _is_period(cell: str) -> bool:
    try:
        Period.parse(cell)
    except ValueError:
        return False
    return True


def _is_closed(field: dict[str, Any]) -> bool:
    return "enum" in field.get("constraints", {})


def _is_free(cell: str, field: dict[str, Any]) -> bool:
    """Whether a cell holds words that nothing is worked out from."""
    wanted = field.get("constraints", {})
    return (
        field["type"] == "string"
        and not field["names"]
        and not {"enum", "pattern"} & set(wanted)
        and not _is_period(cell)
    )


def _wrong_type(cell: str, field: dict[str, Any], _rng: Random) -> str | None:
    return "most of them" if _is_number(cell, field) else None


def _misspelt(cell: str, field: dict[str, Any], rng: Random) -> str | None:
    if not field["names"] or len(cell) < 6 or " " in cell:
        return None
    place = rng.randrange(1, len(cell) - 1)
    return None if "-" in cell[place - 1 : place + 2] else cell[:place] + cell[place + 1 :]


def _as_date(cell: str, _field: dict[str, Any], _rng: Random) -> str | None:
    return f"{Period.parse(cell).start:%d/%m/%Y}" if _is_period(cell) else None


def _with_sign(cell: str, field: dict[str, Any], rng: Random) -> str | None:
    return rng.choice([f"£{cell}", f"{cell}%", f"{cell} "]) if _is_number(cell, field) else None


def _with_comma(cell: str, field: dict[str, Any], _rng: Random) -> str | None:
    return f"{int(cell):,}" if _is_number(cell, field) and cell.isdecimal() and len(cell) > 3 else None


def _with_space(cell: str, _field: dict[str, Any], rng: Random) -> str | None:
    return rng.choice([f" {cell}", f"{cell} ", f"{cell}\n"]) if cell else None


def _blanked(cell: str, field: dict[str, Any], _rng: Random) -> str | None:
    return "" if cell and field.get("constraints", {}).get("required") else None


def _swapped(cell: str, field: dict[str, Any], rng: Random) -> str | None:
    pairs = [at for at in range(len(cell) - 1) if cell[at : at + 2].isdecimal() and cell[at] != cell[at + 1]]
    if not _is_number(cell, field) or field["type"] == "integer" or not pairs:
        return None
    at = rng.choice(pairs)
    return cell[:at] + cell[at + 1] + cell[at] + cell[at + 2 :]


def _other_case(cell: str, _field: dict[str, Any], rng: Random) -> str | None:
    other = rng.choice([cell.upper(), cell.capitalize()])
    return other if other != cell else None


def _formula(cell: str, _field: dict[str, Any], rng: Random) -> str | None:
    return rng.choice("=+@") + cell if cell else None


def _garbled(cell: str, _field: dict[str, Any], _rng: Random) -> str | None:
    return f"{cell}â€™s" if cell else None


def _cut_in_two(cell: str, _field: dict[str, Any], _rng: Random) -> str | None:
    return cell if cell else None


SLIPS: dict[str, tuple[Slip, Kind | None]] = {
    "words instead of a number": (_wrong_type, Kind.NUMBER),
    "a letter of an identifier left out": (_misspelt, Kind.UNKNOWN_IDENTIFIER),
    "a period made a date": (_as_date, Kind.PERIOD),
    "a sign beside a number": (_with_sign, None),
    "a comma between thousands": (_with_comma, Kind.NUMBER),
    "a space or a line break": (_with_space, Kind.STRAY_SPACE),
    "a cell emptied": (_blanked, Kind.MISSING_VALUE),
    "two digits swapped": (_swapped, None),
    "capitals": (_other_case, None),
    "a formula": (_formula, Kind.FORMULA),
    "letters garbled": (_garbled, Kind.GARBLED_TEXT),
    "a cell too many": (_cut_in_two, Kind.ROW_LENGTH),
}


def _fields(resource: str) -> list[dict[str, Any]]:
    """Return the fields of a table, each with whether it names a row of another table."""
    known = schema(resource)
    naming = {name for key in known.get("foreignKeys", []) for name in key["fields"]}
    return [{**field, "names": field["name"] in naming} for field in known["fields"]]


def _draw(tables: dict[str, list[list[str]]], slip: Slip, rng: Random) -> tuple[str, int, int, str]:
    """Draw a cell in which a slip can happen: the file, the row as a spreadsheet shows it, the column, the new text."""
    files = [file for file, rows in tables.items() if len(rows) > 1]
    while True:
        file = rng.choice(files)
        row = rng.randrange(1, len(tables[file]))
        column = rng.randrange(len(tables[file][0]))
        field = _fields(file.split("/")[1].removesuffix(".csv"))[column]
        typed = slip(tables[file][row][column], field, rng)
        if typed is not None:
            return file, row + 1, column, typed


def _fault(name: str, found: tuple[Problem, ...], cell: str, field: dict[str, Any], where: tuple[str, int, int]) -> str:
    """Say what is not as it should be with what was told of a slip."""
    kind = SLIPS[name][1]
    if not found:
        harmless = name in ("two digits swapped", "capitals") and (_is_number(cell, field) or _is_free(cell, field))
        return "" if harmless else "nothing is told"
    if len(found) > 1 and {one.kind for one in found} != {Kind.DOES_NOT_ADD_UP}:
        return f"{len(found)} are told"
    own = (found[0].where.file, found[0].where.row, found[0].where.column)
    if name == "a cell too many":
        where = (*where[:2], -1)
    if name == "two digits swapped" and found[0].kind is Kind.DOES_NOT_ADD_UP:
        return ""
    if own != where:
        return "another cell is told"
    return "" if kind in (None, found[0].kind) else f"it is told as {found[0].kind}"


def test_a_slip_in_one_cell_is_told_once_at_that_cell_or_does_no_harm(copied_example: Council) -> None:
    """A hundred slips drawn from the real packages: nothing else is told, nothing is lost, and nothing breaks.

    Digits that were swapped are found where the document's own figure stands beside them, or by the sums.
    """
    rng = Random(2011)  # noqa: S311 - the same slips in every run
    files = sorted(path.relative_to(copied_example.root).as_posix() for path in copied_example.root.glob("*/*.csv"))
    tables = {file: copied_example.cells(file) for file in files}
    faults = []
    for number in range(DRAWN):
        name = list(SLIPS)[number % len(SLIPS)]
        file, row, column, typed = _draw(tables, SLIPS[name][0], rng)
        before, cells = copied_example.text(file), [list(line) for line in tables[file]]
        field = _fields(file.split("/")[1].removesuffix(".csv"))[column]
        old, cells[row - 1][column] = cells[row - 1][column], typed
        if name == "a cell too many":
            cells[row - 1].insert(column, "and more")
        copied_example.set_cells(file, cells)
        found = copied_example.found()
        copied_example.write(file, before)
        if fault := _fault(name, found, old, field, (file, row, column)):
            faults.append((name, f"{file}, row {row}, {field['name']}", old, typed, fault, *map(str, found[:3])))
    assert faults == []
