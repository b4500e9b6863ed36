"""``answerable export``: the tables of a package as a workbook in which people fill in a year.

Every cell is a text, so that a spreadsheet changes nothing of what is typed: no code becomes a date, and 24.50 keeps
its zero. Headings are explained in notes, closed lists drop down, and only what is to be typed in is open.
Why so: ``docs/decisions/0017-workbooks-to-fill-in.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..errors import Kind, Problem, ReportError, Where, column_letter
from ..publishing.excel import ExcelFile
from ..publishing.files import ZIP_DATE
from ..reading.gate import Folder, Table, read_folder
from ..reading.packages import REGISTER, YEAR, field_names, file_names, schema
from ..records import Topic
from .canonical import known_packages, unknown_package
from .headings import heading
from .repairs import Column, Takes
from .settling import columns_of

START, TABLES, LISTS = "Start here", "Columns", "Lists"
PACKAGE = "Package"
"""What stands before the name of the package on the first sheet."""
_LAST = 1_048_575
"""The last row of a sheet, counted from 0."""
_TOPICS = {"service_levels": Topic.SERVICE_LEVEL, "activity": Topic.ACTIVITY, "staffing": Topic.STAFFING}
_STEPS = (
    "Type below the headings of each sheet, one row for each figure. Leave no row blank between others.",
    "Point at a heading to read what its column takes. The sheet Columns says the same.",
    "Where a cell has an arrow, choose a word from its list. A new measure or document goes in the register first.",
    "Write numbers bare: 95.3, not 95.3%. Leave a figure blank only where value_status says why.",
    "Write periods as codes: FY2013-14 for a year from April, 2013-M10 for a month, D2013-10-16 for a day.",
    "Paste with Paste Special, Values: a plain paste brings colours, locks and formats of the other workbook along.",
    "Add no totals, colours, merged cells, hidden rows or new columns. The headings are locked for that reason.",
    "Save the workbook, and run: answerable import, with its name. Then run: answerable check.",
)
_OPEN = dict.fromkeys(("insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows", "sort"), True)
"""What people may do on a sheet whose headings are locked."""


@dataclass(frozen=True, slots=True)
class _List:
    """A list to choose from: its words, what they mean where that is not plain, and whether others may be typed."""

    title: str
    words: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    open: bool = False

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The columns it fills, each with its heading."""
        words = (self.title, *self.words)
        return (words, ("Title", *self.meanings)) if self.meanings else (words,)


def export(packages: Path, name: str) -> bytes:
    """Return the workbook of a package.

    Args:
        packages: the folder of the packages.
        name: the year, such as ``2013-14``, or ``register``.

    Raises:
        ReportError: there is no such package, or a file of it cannot be read as a table.
    """
    folder, register = (_folder(packages, one) for one in (name, "register"))
    resources = REGISTER if name == "register" else YEAR
    tables = {resource: folder.tables.get(f"{resource}.csv") for resource in resources}
    if problems := [problem for one, table in tables.items() if table for problem in _heading_problems(table, one)]:
        raise ReportError(problems)
    workbook = ExcelFile()
    title = str((folder.descriptor or {}).get("title", name))
    # Left to itself the library writes the time it is run.
    workbook.set_properties({"title": f"To fill in: {title}", "created": datetime(*ZIP_DATE)})  # noqa: DTZ001 - as zips have it
    _Book(workbook, register).write(name, title, tables)
    return workbook.data()


def _folder(packages: Path, name: str) -> Folder:
    if name not in known_packages(packages):
        raise unknown_package(packages, name)
    folder, problems = read_folder(packages / name, file_names(name))
    if problems:
        raise ReportError(problems)
    return folder


def _heading_problems(table: Table, resource: str) -> Iterator[Problem]:
    if list(table.header) != field_names(resource):
        what = "the columns are not those of the table, or stand in another order."
        yield Problem(
            Where(table.file, 1), what, "Run answerable tidy, and put right what it says.", kind=Kind.COLUMN_ORDER
        )


class _Book:
    """A workbook while it is written."""

    def __init__(self, workbook: Any, register: Folder) -> None:
        self.workbook = workbook
        self.register = register
        self.lists: dict[_List, int] = {}
        made = workbook.add_format
        self.head = made({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6E6E6", "border": 1})
        self.locked = made({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.title = made({"bold": True, "font_size": 14})
        self.typed = made({"text_wrap": True, "valign": "top", "num_format": "@", "locked": False})
        self.number = made({"align": "right", "valign": "top", "num_format": "@", "locked": False})

    def write(self, name: str, title: str, tables: dict[str, Table | None]) -> None:
        """Write every sheet: how to fill in, the tables, their columns and the lists."""
        self._start(name, title, tables)
        for resource, table in tables.items():
            self._table(resource, table)
        self._columns(tuple(tables))
        self._lists()

    def _start(self, name: str, title: str, tables: dict[str, Table | None]) -> None:
        sheet = self.workbook.add_worksheet(START)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self.title)
        rows = [(PACKAGE, name), *((f"Step {number}", step) for number, step in enumerate(_STEPS, start=1))]
        rows += [(resource, str(schema(resource)["description"])) for resource in tables]
        for row, (left, right) in enumerate(rows, start=1):
            if left in tables:
                sheet.write_url(row, 0, f"internal:'{left}'!A1", string=left)
            else:
                sheet.write_string(row, 0, left, self.head)
            sheet.write_string(row, 1, right, self.locked)
        sheet.protect()

    def _table(self, resource: str, table: Table | None) -> None:
        sheet = self.workbook.add_worksheet(resource)
        rows = table.rows if table else ()
        for index, column in enumerate(columns_of(resource)):
            plain = self.number if column.is_number else self.typed
            longest = max((len(row[index]) for row in rows), default=0)
            sheet.set_column(index, index, min(max(longest + 2, len(column.name) + 6, 12), 50), plain)
            sheet.write_string(0, index, heading(column), self.head)
            sheet.write_comment(0, index, _note(column), {"author": "Answerable", "x_scale": 2.5, "y_scale": 1.5})
            for row, cells in enumerate(rows, start=1):
                if cells[index]:
                    sheet.write_string(row, index, cells[index], plain)
            if found := self._list_of(resource, column):
                self._drop_down(sheet, index, found)
        # Excel marks numbers that are texts as mistakes; here all are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(len(columns_of(resource)) - 1)}{_LAST + 1}"})
        sheet.freeze_panes(1, 1)
        sheet.protect("", _OPEN)

    def _drop_down(self, sheet: Any, index: int, found: _List) -> None:
        letter = column_letter(self._place(found))
        sheet.data_validation(1, index, _LAST, index, {
            "validate": "list",
            "source": f"='{LISTS}'!${letter}$2:${letter}${len(found.words) + 1}",
            "error_type": "warning" if found.open else "stop",
            "error_title": "Not in the list",
            "error_message": f"Choose a word from the list of {found.title}."[:255],
        })  # fmt: skip

    def _place(self, found: _List) -> int:
        """Return the column of a list on its sheet; lists that are the same share one."""
        if found not in self.lists:
            self.lists[found] = sum(len(other.columns) for other in self.lists)
        return self.lists[found]

    def _list_of(self, resource: str, column: Column) -> _List | None:
        if column.takes is Takes.WORD:
            words = tuple(map(str, column.field["constraints"]["enum"]))
            return _List(f"{resource}: {column.name}", words)
        for key in schema(resource).get("foreignKeys", ()):
            if key["fields"] == [column.name]:
                return self._identifiers(
                    resource, str(key["reference"].get("resource", resource)), key["reference"]["fields"][0]
                )
        return None

    def _identifiers(self, resource: str, named: str, field: str) -> _List | None:
        """Return the identifiers of a table of the register; of measures, those whose figures stand in the table."""
        table = self.register.tables.get(f"{named}.csv")
        if table is None or field not in table.header:
            return None
        rows = list(table.records())
        title = named
        if named == "measures" and (topic := _TOPICS.get(resource)):
            rows = [row for row in rows if row.get("topic") == topic.value]
            title = f"{named} ({topic.value})"
        words, meanings = (tuple(row.get(one, "") for row in rows) for one in (field, "title"))
        return _List(title, words, meanings, open=True) if words else None

    def _columns(self, resources: tuple[str, ...]) -> None:
        rows = [
            (resource, heading(column), str(column.field["description"]), _must(column), str(column.field["example"]))
            for resource in resources
            for column in columns_of(resource)
        ]
        sheet = self.workbook.add_worksheet(TABLES)
        titles = ("Sheet", "Column", "What it takes", "Must be filled in", "Example")
        for index, (title, width) in enumerate(zip(titles, (18, 40, 80, 18, 40), strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self.head)
        for number, row in enumerate(rows, start=1):
            for index, text in enumerate(row):
                sheet.write_string(number, index, text, self.locked)
        sheet.freeze_panes(1, 0)
        sheet.protect()

    def _lists(self) -> None:
        sheet = self.workbook.add_worksheet(LISTS)
        for index, texts in enumerate(texts for found in self.lists for texts in found.columns):
            sheet.set_column(index, index, min(max(map(len, texts)) + 2, 60))
            for row, text in enumerate(texts):
                sheet.write_string(row, index, text, self.locked if row else self.head)
        sheet.freeze_panes(1, 0)
        sheet.protect()


def _must(column: Column) -> str:
    return "yes" if column.field.get("constraints", {}).get("required") else "no"


def _note(column: Column) -> str:
    """Return what stands beside a heading: what its column takes, whether it must be filled in, and an example."""
    must = "Must be filled in." if _must(column) == "yes" else "May be blank."
    return f"{column.field['description']}\n{must}\nFor example: {column.field['example']}"
