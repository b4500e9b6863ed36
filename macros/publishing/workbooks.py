"""Packages to workbooks, laid out as the Government Analysis Function asks of spreadsheets.

A cover, a list of contents with links, notes, the columns explained, and then one table on each sheet: its headings in
the first row, no cell merged, no row or column left blank. Why so: ``docs/decisions/0014-packages-and-workbooks.md``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..kept import Kept, program, whole_program
from ..reading.packages import schema
from ..reading.settings import Settings
from ..showing import dictionary, glossary, wording
from .descriptors import LATEST, Package, packages
from .files import Files
from .index import as_json
from .opendocument import ods
from .spreadsheets import Book, Sheet, Value, value_of
from .tables import Published, Tables

_NOTES = (
    ("Blank cells", "A blank cell means that the document gives nothing. Where value is blank, value_status says why."),
    ("Numbers", "Numbers are as published and not rounded. A number too long for a spreadsheet is kept as text."),
    ("As published", "The column as_published keeps what the document prints, with its signs and words."),
    (
        "Periods",
        "A period is written as a code. FY2013-14 is the year from April 2013 to March 2014, and 2013-M10 is October "
        "2013. FY2013-14-Q3 is the third quarter of that year, and D2013-10-16 is 16 October 2013. The columns "
        "period_start and period_end give the days.",
    ),
    ("Headings", "A heading is the title of a column, with the name that programs use behind it in brackets."),
    ("Documents", "Each row names the document it comes from (document_id), and where in it the row stands (place)."),
)


_KEPT: ContextVar[Kept | None] = ContextVar("kept workbooks", default=None)
"""Where the workbooks of the last build are kept; nowhere until a build says so."""


def keep(folder: Path) -> None:
    """Keep workbooks in a folder from now on, so that a later build need not write them again."""
    # What a sheet says comes from all over the program: the schemas, the glossary, the wording.
    made = f"XlsxWriter {version('XlsxWriter')}", f"zlib {zlib.ZLIB_VERSION}"
    _KEPT.set(Kept.of(folder, program((), whole_program(), *made)))


def workbook_files(tables: Tables, site: Settings, address: str) -> Files:
    """Return the workbooks of all years and of each year, by their addresses below the site's home."""
    files: Files = {}
    asked = []
    kept = _KEPT.get()
    for package in packages(tables, site, address):
        if package.folder != LATEST:
            # Both kinds hold the same sheets, which are not even made where both are kept.
            made = cache(partial(book, package, site, address))
            rows = [(one.resource, one.fields, one.rows) for one in package.tables]
            says = sha256(as_json([repr(site), address, package.head, rows])).hexdigest()
            for kind, write in (("xlsx", _xlsx), ("ods", ods)):
                asked.append(f"{kind} {says}")
                make = partial(_written, write, made)
                files[f"data/{package.folder}.{kind}"] = kept.get(asked[-1], make) if kept else make()
    if kept:
        kept.only(asked)
    return files


def _xlsx(made: Book) -> bytes:
    # The library that writes for Excel is only loaded where a workbook is not kept.
    from .excel import xlsx  # noqa: PLC0415

    return xlsx(made)


def _written(write: Callable[[Book], bytes], made: Callable[[], Book]) -> bytes:
    return write(made())


def book(package: Package, site: Settings, address: str) -> Book:
    """Return the sheets of a package."""
    head = package.head
    tables = [_table(table) for table in package.tables]
    explained = [_sheet("Notes", ("Subject", "Note"), _notes()), _fields(package)]
    created = head.get("created")
    return Book(
        title=head["title"],
        publisher=site.organisation,
        description=site.licence.attribution,
        created=datetime.fromisoformat(created) if created else None,
        sheets=(_cover(package, site, address), _contents([*explained, *tables]), *explained, *tables),
    )


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Sheet:
    return Sheet(name, columns, tuple(tuple(map(Value, row)) for row in rows))


def _cover(package: Package, site: Settings, address: str) -> Sheet:
    """Say what the workbook is, who publishes it under which licence, how new it is, and whom to ask."""
    head = package.head
    contact = site.contact
    first, last = (wording.day(datetime.fromisoformat(day).date()) for day in head["temporalCoverage"].split("/"))
    lines = [
        head["title"],
        head["description"],
        f"Publisher: {site.organisation}",
        f"Version: {head['version']}",
        f"Date: {wording.day(datetime.fromisoformat(head['created']).date())}" if "created" in head else "",
        f"Figures: from {first} to {last}",
        f"Licence: {site.licence.title} ({site.licence.address})",
        f"Please write, where you use the data: {site.licence.attribution}",
        f"Contact: {', '.join(way for way in (contact.email, contact.form, contact.telephone) if way)}",
        f"Website: {address}" if address else "",
    ]
    return _sheet("Cover", (), ([line] for line in lines if line))


def _contents(sheets: Iterable[Sheet]) -> Sheet:
    """List the sheets, each with a link, what it holds and how many rows."""
    says = {"Notes": "What blank cells, codes and short forms mean.", "Fields": "Every column of every table."}
    rows = [
        (
            Value(sheet.name, sheet=sheet.name),
            Value(says.get(sheet.name) or schema(sheet.name)["description"]),
            value_of(str(len(sheet.rows)), "integer"),
        )
        for sheet in sheets
    ]
    return Sheet("Contents", ("Sheet", "What it holds", "Rows"), tuple(rows))


def _notes() -> list[tuple[str, str]]:
    return [*_NOTES, *((term.title, term.meaning) for term in glossary.TERMS if term.shorthand)]


def _fields(package: Package) -> Sheet:
    columns = ("Table", "Column", "Title", "What it holds", "Type", "Values", "Example")
    rows = [
        (table.resource, field["name"], field["title"], field["description"], dictionary.kind(field),
         dictionary.allowed(field), str(field["example"]))
        for table in package.tables
        for field in table.fields
    ]  # fmt: skip
    return _sheet("Fields", columns, rows)


def _table(table: Published) -> Sheet:
    """Return the sheet of a published table."""
    headings = tuple(f"{field['title']} ({field['name']})" for field in table.fields)
    types = [str(field["type"]) for field in table.fields]
    rows = tuple(tuple(map(value_of, row, types)) for row in table.rows)
    return Sheet(table.resource, headings, rows)
