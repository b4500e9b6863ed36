"""Tables checked against their schemas by Frictionless. The only file that knows it.

It checks the very rows the gate has read, and its findings are put into the words of the person who can repair them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from frictionless import Resource, Schema, system
from frictionless.errors import CellError, ConstraintError, PrimaryKeyError, RowError
from frictionless.errors import TypeError as CellTypeError

from ..errors import Kind, Problem, Where, shortened
from .constraints import constraint_fault
from .gate import Table
from .packages import field_names, schema
from .slips import number_fault


def table_problems(table: Table, resource: str) -> Iterator[Problem]:
    """Check a table against its schema: columns, types, closed lists, patterns and the primary key.

    Yields:
        At most one problem a cell, in the order of rows.
    """
    fields = field_names(resource)
    heading = list(_heading_problems(table, fields))
    if heading:
        yield from heading
        return
    # Foreign keys reach across packages, so they are checked where every year is joined, with a suggestion.
    descriptor = {key: value for key, value in schema(resource).items() if key != "foreignKeys"}
    data = [list(table.header), *(list(row) for row in table.rows)]
    with system.use_context(trusted=False):
        report = Resource(name=resource, data=data, schema=Schema.from_descriptor(descriptor)).validate()
    seen: set[tuple[int, str]] = set()
    first: dict[tuple[str, ...], int] = {}
    keys = _keys(table, resource)
    for number, key in enumerate(keys, start=2):
        first.setdefault(key, number)
    for error in report.tasks[0].errors if report.tasks else report.errors:
        if isinstance(error, CellError):
            if (error.row_number, error.field_name) not in seen:
                seen.add((error.row_number, error.field_name))
                yield _cell_problem(table, resource, error)
        elif isinstance(error, PrimaryKeyError):
            # A blank in the key is reported as a blank; it equals nothing.
            key = keys[error.row_number - 2]
            if all(key):
                yield _key_problem(table, resource, error.row_number, key, first[key])
        else:
            row = error.row_number if isinstance(error, RowError) else 0
            yield Problem(
                Where(table.file, row),
                f"{error.message}.",
                "Compare the file with that of another year.",
                kind=Kind.NUMBER,
            )


def _heading_problems(table: Table, fields: list[str]) -> Iterator[Problem]:
    expected = f"The columns are, in this order: {', '.join(fields)}."
    meant = _meant_columns(table.header, fields)
    if not set(table.header) & set(fields) and len(meant) < len(fields):
        what = "none of these is a column of this table."
        fix = f"Put the right file here, or write the headings above the first row. {expected}"
        yield Problem(Where(table.file, 1), what, fix, kind=Kind.UNKNOWN_COLUMN)
        return
    for column, name in enumerate(table.header):
        if name in fields and table.header.index(name) == column:
            continue
        where = Where(table.file, 1, column, name or "no heading")
        if name in fields:
            what = f'the column "{name}" stands twice.'
            yield Problem(where, what, "Remove one of them.", kind=Kind.UNKNOWN_COLUMN)
        else:
            what = f'there is no column "{shortened(name)}" in this table.'
            fix = f'Did you mean "{meant[column]}"?' if column in meant else f"Remove it. {expected}"
            yield Problem(where, what, fix, kind=Kind.UNKNOWN_COLUMN)
    missing = [f'"{name}"' for name in fields if name not in table.header and name not in meant.values()]
    if missing:
        what = f"the column {missing[0]} is" if len(missing) == 1 else f"the columns {', '.join(missing)} are"
        yield Problem(Where(table.file, 1), f"{what} missing.", expected, kind=Kind.MISSING_COLUMN)
    if sorted(table.header) == sorted(fields) and list(table.header) != fields:
        where = Where(table.file, 1)
        yield Problem(where, "the columns stand in another order.", expected, kind=Kind.COLUMN_ORDER)


def _meant_columns(header: tuple[str, ...], fields: list[str]) -> dict[int, str]:
    """Return for each unknown heading the missing column it means: one it is like, or one in whose place it stands."""
    missing = [name for name in fields if name not in header]
    unknown = [column for column, name in enumerate(header) if name not in fields]
    meant: dict[int, str] = {}
    for column in unknown:
        typed = re.sub(r"[^a-z0-9]+", "_", header[column].lower()).strip("_")
        if near := get_close_matches(typed, missing, n=1):
            meant[column] = near[0]
            missing.remove(near[0])
    for column in unknown:
        if column not in meant and len(header) == len(fields) and fields[column] in missing:
            meant[column] = fields[column]
            missing.remove(fields[column])
    return meant


def _cell_problem(table: Table, resource: str, error: CellError) -> Problem:
    where = table.where(error.row_number - 2, error.field_name)
    field = next(field for field in schema(resource)["fields"] if field["name"] == error.field_name)
    typed = shortened(str(error.cell))
    if isinstance(error, CellTypeError):
        return Problem(where, *number_fault(typed, whole=field["type"] == "integer"), kind=Kind.NUMBER)
    if isinstance(error, ConstraintError):
        kind, what, fix = constraint_fault(typed, field)
        return Problem(where, what, fix, kind=kind)
    return Problem(where, f'"{typed}" cannot be read.', f"Write it like this: {field['example']}.", kind=Kind.NUMBER)


def _keys(table: Table, resource: str) -> list[tuple[str, ...]]:
    """Return the primary key of every row."""
    columns = [table.header.index(name) for name in schema(resource)["primaryKey"]]
    return [tuple(row[column] for column in columns) for row in table.rows]


def _key_problem(table: Table, resource: str, row: int, key: tuple[str, ...], first: int) -> Problem:
    """Say that a row has the key of an earlier one; both are counted as a spreadsheet numbers them."""
    names = schema(resource)["primaryKey"]
    shown = ", ".join(f"{name} {shortened(value)}" for name, value in zip(names, key, strict=True))
    what = f"the row has the same {' and '.join(names)} as row {first} ({shown})."
    return Problem(
        table.where(row - 2, names[0]),
        what,
        "Remove one of the two, or correct what differs.",
        kind=Kind.DUPLICATE_ROW,
    )
