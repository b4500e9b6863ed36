"""The data dictionary: every table and every column in words, from the schemas that check them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..reading.packages import REGISTER, YEAR, schema
from . import wording
from .views import Cell, Column, ListView, Prose, TableView

PAGE = "data/dictionary/"
RESOURCES = (*YEAR, *REGISTER)
"""Every published table, in the order of the packages."""
Field = Mapping[str, Any]
_TYPES = {"string": "text", "number": "number", "integer": "whole number", "date": "day"}
_COLUMNS = (
    Column("Column"), Column("Title"), Column("What it holds"), Column("Type"), Column("Values"), Column("Example"),
)  # fmt: skip


def title(resource: str) -> str:
    """Return the title of a table."""
    return str(schema(resource)["title"])


def kind(field: Field) -> str:
    """Say what type a column has."""
    return _TYPES[field["type"]]


def allowed(field: Field) -> str:
    """Say what may stand in a column: whether it may be blank, and the words or numbers it takes."""
    rules = field.get("constraints", {})
    says = ["never blank" if rules.get("required") else "may be blank"]
    if words := rules.get("enum"):
        says.append(f"one of: {', '.join(words)}")
    if "minimum" in rules:
        says.append(f"from {rules['minimum']} to {rules['maximum']}")
    if "pattern" in rules:
        letters = "a letter and eight digits" if field["name"] == "area_code" else "small letters, digits and hyphens"
        says.append(letters)
    return "; ".join(says)


def about(resource: str, keys: Mapping[str, Any]) -> Prose:
    """Say what a table holds, what makes a row the only one of its kind, and which other tables its columns name.

    Args:
        resource: the table.
        keys: its primary key and foreign keys, as published.
    """
    key = wording.listing(keys["primaryKey"])
    only = f"No two rows have the same {key}."
    paragraphs = [(Cell(f"{schema(resource)['description']} {only}"),)]
    links: list[Cell] = []
    for one in keys.get("foreignKeys", ()):
        # A reference without a table is to the table itself.
        to = one["reference"].get("resource", resource)
        links += [Cell(", " if links else "Columns that name a row of another table, or of this one: ")]
        links += [Cell(f"{one['fields'][0]} ("), Cell(title(to), _address(to)), Cell(")")]
    return Prose((*paragraphs, *([(*links, Cell("."))] if links else [])))


def table(resource: str, fields: Sequence[Field]) -> TableView:
    """Explain every column of a table; each row can be linked to."""
    rows = [
        (
            Cell(field["name"], anchor=f"{resource}-{field['name']}"),
            Cell(field["title"]),
            Cell(field["description"]),
            Cell(kind(field)),
            Cell(wording.capital(allowed(field))),
            Cell(str(field["example"])),
        )
        for field in fields
    ]
    return TableView(f"Columns of {resource}.csv", _COLUMNS, tuple(rows))


def contents() -> ListView:
    """List every table, each with a link to its columns."""
    items = ((Cell(title(one), _address(one)), Cell(f": {schema(one)['description']}")) for one in RESOURCES)
    return ListView(tuple(items))


def _address(resource: str) -> str:
    """Return where a table is explained: the anchor is what Markdown makes of its heading."""
    return f"{PAGE}#{title(resource).lower().replace(' ', '-')}"
