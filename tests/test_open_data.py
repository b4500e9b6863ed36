"""What a journalist takes away: packages, workbooks, the index, the dictionary, and lines that run as published."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import frictionless
import jsonschema
import openpyxl
import pandas as pd
import pytest
from xlsxwriter import Workbook

from macros.publishing.descriptors import packages
from macros.publishing.excel import xlsx
from macros.publishing.index import index_schema
from macros.publishing.opendocument import ods
from macros.publishing.spreadsheets import Book, Kind, Sheet, Value, value_of
from macros.publishing.tables import Tables, fields
from macros.publishing.workbooks import workbook_files
from macros.reading.reports import Reports
from macros.showing import taking
from macros.showing.dictionary import RESOURCES

from .browsing import served
from .sites import Built, settings

ADDRESS = "https://figures.northmoor.example/"
WORKBOOKS = ("2021-22", "2022-23", "all-years")
FRONT = ["Cover", "Contents", "Notes", "Fields"]


def _read(site: Built, path: str) -> Any:
    return json.loads((site.root / path).read_text("utf-8"))


def _csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


# Packages


@pytest.mark.parametrize("name", ["2021-22", "2022-23", "all-years", "latest"])
def test_stock_frictionless_accepts_every_package(northmoor_site: Built, tmp_path: Path, name: str) -> None:
    """Every descriptor validates with stock Frictionless, beside its tables and out of its zip."""
    data = northmoor_site.root / "data"
    with zipfile.ZipFile(data / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    for descriptor in (data / name / "datapackage.json", tmp_path / "datapackage.json"):
        report = frictionless.validate(str(descriptor))
        assert report.flatten(["message"]) == []
        assert report.stats["tasks"] == len(RESOURCES)


def test_a_package_says_all_there_is_to_say(northmoor_site: Built) -> None:
    """A published descriptor is complete: what the package leaves out comes from the settings and the rows."""
    descriptor = _read(northmoor_site, "data/2022-23/datapackage.json")
    del descriptor["resources"]
    assert descriptor == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "northmoor",
        "id": "urn:uuid:f3b65066-ee1d-5fed-a602-03a7346b2e8e",
        "title": "Northmoor 2022/23",
        "description": "What Northmoor District Council promised, delivered and saved in 2022/23. "
        "The council is invented.",
        "version": "1.0.0",
        "created": "2023-07-03T09:30:00+01:00",
        "licenses": [
            {
                "name": "OGL-UK-3.0",
                "title": "Open Government Licence v3.0",
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            }
        ],
        "keywords": ["local government", "accountability", "service levels", "savings", "staffing"],
        "contributors": [
            {"title": "Northmoor District Council", "roles": ["publisher"], "email": "figures@northmoor.example"}
        ],
        "sources": [{"title": "Annual report 2022/23"}],
        "year": "2022-23",
        "temporalCoverage": "2022-04-01/2023-03-31",
    }


def test_a_moment_that_is_not_given_is_not_made_up(northmoor_site: Built) -> None:
    """Where a package does not say when it was made, nothing says so for it."""
    assert "created" not in _read(northmoor_site, "data/2021-22/datapackage.json")


def test_names_stay_and_identifiers_differ(northmoor: Reports) -> None:
    """Every year has the same name; each package has an identifier of its own, its address where the site has one."""
    found = {one.folder: one.head for one in packages(Tables(northmoor), settings(), ADDRESS)}
    assert {folder: (head["name"], head["id"]) for folder, head in found.items()} == {
        "2021-22": ("northmoor", f"{ADDRESS}data/2021-22/datapackage.json"),
        "2022-23": ("northmoor", f"{ADDRESS}data/2022-23/datapackage.json"),
        "all-years": ("northmoor-all-years", f"{ADDRESS}data/all-years/datapackage.json"),
        "latest": ("northmoor", f"{ADDRESS}data/2022-23/datapackage.json"),
    }
    nowhere = [one.head["id"] for one in packages(Tables(northmoor), settings(), "")]
    assert len(set(nowhere)) == 3
    assert nowhere == [one.head["id"] for one in packages(Tables(northmoor), settings(), "")]


def test_the_newest_year_is_a_copy_that_says_so(northmoor_site: Built) -> None:
    """The address of the newest year holds the same tables, and says which year that is."""
    data = northmoor_site.root / "data"
    for path in (data / "2022-23").glob("*.csv"):
        assert (data / "latest" / path.name).read_bytes() == path.read_bytes()
    newest, own = (_read(northmoor_site, f"data/{name}/datapackage.json") for name in ("latest", "2022-23"))
    assert newest["title"] == "The newest year: Northmoor 2022/23"
    assert newest["description"].startswith(
        "A copy of the package of 2022/23, the newest year. This address always holds the newest year; data/2022-23/ "
        "keeps this one."
    )
    for key in ("id", "name", "version", "year", "temporalCoverage", "resources"):
        assert newest[key] == own[key]


def test_all_years_say_what_they_span(northmoor_site: Built) -> None:
    """The package of all years spans the first day to the last, and was made when the newest of its years was."""
    descriptor = _read(northmoor_site, "data/all-years/datapackage.json")
    assert descriptor["temporalCoverage"] == "2021-04-01/2023-03-31"
    assert descriptor["created"] == "2023-07-03T09:30:00+01:00"
    assert "year" not in descriptor


def test_a_zip_explains_itself(northmoor_site: Built) -> None:
    """The README of a zip gives licence and version, and the way to where the columns are explained."""
    with zipfile.ZipFile(northmoor_site.root / "data/latest.zip") as archive:
        readme = archive.read("README.md").decode()
    assert "Version 1.0.0." in readme
    assert "Licence: Open Government Licence v3.0." in readme
    assert "on the page data/dictionary/ of the site" in readme


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_example_is_a_value_its_column_takes(resource: str) -> None:
    """The examples of a table's columns make a row that stock Frictionless accepts."""
    own = fields(resource)
    data = [[field["name"] for field in own], [field["example"] for field in own]]
    schema = frictionless.Schema.from_descriptor({"fields": list(own)})
    report = frictionless.Resource(name=resource, data=data, schema=schema).validate()
    assert report.flatten(["message"]) == []
    assert all(field["title"] and field["description"] and field["type"] for field in own)


# Workbooks


def _published(cell: Any) -> str:
    """Return what a cell of Excel shows, as its format has it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        assert cell.number_format == "yyyy-mm-dd"
        return value.date().isoformat()
    if isinstance(value, int | float):
        return f"{value:.{len(cell.number_format.partition('.')[2])}f}"
    return str(value)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_nothing_is_lost_from_csv_to_json_to_excel_to_csv(northmoor_site: Built, name: str) -> None:
    """Every table of a workbook gives its CSV back to the last zero, and so does its JSON."""
    data = northmoor_site.root / "data"
    book = openpyxl.load_workbook(data / f"{name}.xlsx")
    for resource in RESOURCES:
        rows = _csv(data / name / f"{resource}.csv")
        sheet = [list(row) for row in book[resource].iter_rows()]
        assert [str(cell.value).rpartition("(")[2].rstrip(")") for cell in sheet[0]] == rows[0]
        assert [[_published(cell) for cell in row] for row in sheet[1:]] == rows[1:], resource
        if name == "all-years":
            said = _read(northmoor_site, f"data/all-years/{resource}.json")["rows"]
            assert [list(row.values()) for row in said] == rows[1:]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_nothing_is_lost_in_opendocument(northmoor_site: Built, name: str) -> None:
    """Every table of an OpenDocument workbook gives its CSV back, and its numbers hold the published digits."""
    data = northmoor_site.root / "data"
    sheets = _OpenDocument(data / f"{name}.ods").sheets
    assert list(sheets) == [*FRONT, *RESOURCES]
    for resource in RESOURCES:
        assert sheets[resource][1:] == _csv(data / name / f"{resource}.csv")[1:], resource


class _OpenDocument:
    """An OpenDocument workbook, read without the program: sheets, each with rows of what cells show."""

    OFFICE: ClassVar[str] = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    TABLE: ClassVar[str] = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    TEXT: ClassVar[str] = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

    def __init__(self, path: Path | io.BytesIO) -> None:
        with zipfile.ZipFile(path) as archive:
            self.first = archive.infolist()[0]
            self.content = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
            self.meta = archive.read("meta.xml").decode()
        self.sheets = {
            str(table.get(f"{self.TABLE}name")): [
                [self._shown(cell) for cell in row] for row in table.iter(f"{self.TABLE}table-row")
            ]
            for table in self.content.iter(f"{self.TABLE}table")
        }

    def _shown(self, cell: ET.Element) -> str:
        for kind, attribute in (("float", "value"), ("date", "date-value")):
            if cell.get(f"{self.OFFICE}value-type") == kind:
                assert "".join(cell.itertext()) == cell.get(f"{self.OFFICE}{attribute}")
        for spaces in cell.iter(f"{self.TEXT}s"):
            spaces.text = " " * int(spaces.get(f"{self.TEXT}c", "1"))
        for tab in cell.iter(f"{self.TEXT}tab"):
            tab.text = "\t"
        return "".join(cell.itertext())


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_another_reader_sees_the_same_numbers(northmoor_site: Built, kind: str) -> None:
    """Calamine, which shares nothing with the program, reads both workbooks: numbers as numbers, days as days."""
    path = northmoor_site.root / f"data/2022-23.{kind}"
    rows = pd.read_excel(path, sheet_name="service_levels", engine="calamine")
    assert list(rows["Value (value)"].dropna()) == [97.9, 1.5, 4.9, 95, 61.5, 90, 80]
    assert list(rows["Target (target)"]) == [98, 2, 5, 95, 60, 90, 92, 95, 80]
    assert {moment.date() for moment in rows["First day (period_start)"]} == {date(2022, 4, 1)}
    assert rows["As published (as_published)"][4] == "£61.50 (p)"


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_is_laid_out_for_everyone(northmoor_site: Built, name: str) -> None:
    """Cover, contents, notes and columns come first; no cell is merged or a formula, no row or column is blank."""
    book = openpyxl.load_workbook(northmoor_site.root / f"data/{name}.xlsx")
    assert book.sheetnames == [*FRONT, *RESOURCES]
    for sheet in book.worksheets:
        assert list(sheet.merged_cells.ranges) == []
        assert sheet.sheet_state == "visible"
        rows = list(sheet.iter_rows())
        assert all(any(cell.value is not None for cell in row) for row in rows), sheet.title
        assert all(rows[0][column].value for column in range(sheet.max_column)), sheet.title
        assert not [cell for row in rows for cell in row if cell.data_type in ("f", "e")]
        if sheet.title != "Cover":
            assert sheet.freeze_panes == "A2"
            spans = [table.ref for table in sheet.tables.values()]
            assert spans == ([sheet.dimensions] if len(rows) > 1 else []), sheet.title
    ranges = _OpenDocument(northmoor_site.root / f"data/{name}.ods").content
    assert not [one for one in ranges.iter() if "number-columns-spanned" in str(one.attrib)]


def test_a_workbook_says_what_it_is(northmoor_site: Built) -> None:
    """The cover names publisher, date, licence and contact; the contents lead to every sheet and count its rows."""
    book = openpyxl.load_workbook(northmoor_site.root / "data/2022-23.xlsx")
    assert [row[0].value for row in book["Cover"].iter_rows()] == [
        "Northmoor 2022/23",
        "What Northmoor District Council promised, delivered and saved in 2022/23. The council is invented.",
        "Publisher: Northmoor District Council",
        "Version: 1.0.0",
        "Date: 3 July 2023",
        "Figures: from 1 April 2022 to 31 March 2023",
        "Licence: Open Government Licence v3.0 "
        "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)",
        "Please write, where you use the data: Contains public sector information licensed under the Open Government "
        "Licence v3.0.",
        "Contact: figures@northmoor.example, https://northmoor.example/contact, 01632 960000",
    ]
    listed = {row[0].value: row for row in book["Contents"].iter_rows(min_row=2)}
    assert list(listed) == book.sheetnames[2:]
    for name, row in listed.items():
        assert row[0].hyperlink is not None
        assert row[0].hyperlink.location == f"'{name}'!A1"
        assert row[2].value == book[str(name)].max_row - 1
    assert listed["service_levels"][2].value == 9


def test_the_file_of_a_workbook_says_what_it_is(northmoor_site: Built) -> None:
    """Title, publisher and language stand in the properties of both files, and no moment but the package's own."""
    said = openpyxl.load_workbook(northmoor_site.root / "data/2022-23.xlsx").properties
    assert (said.title, said.creator, said.language) == ("Northmoor 2022/23", "Northmoor District Council", "en-GB")
    # Half past nine in British Summer Time.
    assert said.created == datetime(2023, 7, 3, 8, 30)  # noqa: DTZ001 - the format has no zone
    document = _OpenDocument(northmoor_site.root / "data/2022-23.ods")
    assert (document.first.filename, document.first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert "<dc:title>Northmoor 2022/23</dc:title>" in document.meta
    assert "<dc:language>en-GB</dc:language>" in document.meta
    assert "<meta:creation-date>2023-07-03T09:30:00+01:00<" in document.meta
    assert "creation-date" not in _OpenDocument(northmoor_site.root / "data/2021-22.ods").meta


def test_workbooks_are_the_same_whenever_they_are_made(northmoor: Reports) -> None:
    """Nothing in a workbook comes from the clock: every part is dated alike, and two makings give the same bytes."""
    files = workbook_files(Tables(northmoor), settings(), "")
    assert sorted(files) == sorted(f"data/{name}.{kind}" for name in WORKBOOKS for kind in ("xlsx", "ods"))
    assert files == workbook_files(Tables(northmoor), settings(), "")
    for data in files.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


CELLS = (
    ("95.30", "number", Kind.NUMBER),
    ("-0.5", "number", Kind.NUMBER),
    ("123456789012345", "number", Kind.NUMBER),
    ("1234567890123456", "number", Kind.TEXT),  # a spreadsheet would show 1234567890123450
    ("7", "integer", Kind.NUMBER),
    ("2013-04-01", "date", Kind.DATE),
    ("1835-09-09", "date", Kind.TEXT),  # before Excel's first day
    ("=1+1", "string", Kind.TEXT),
    ("-5%", "string", Kind.TEXT),
    ("@home", "string", Kind.TEXT),
    ("2013-04-01", "string", Kind.TEXT),
    ("007", "string", Kind.TEXT),
    ("a  b\tc", "string", Kind.TEXT),
    ("<b>&amp;", "string", Kind.TEXT),
    ("https://northmoor.example/", "string", Kind.TEXT),
)


def test_a_cell_is_what_was_published() -> None:
    """Numbers, days and texts stay what they are in both workbooks; what a spreadsheet would change is a text."""
    values = tuple(value_of(text, kind) for text, kind, _ in CELLS)
    assert [value.kind for value in values] == [kind for _, _, kind in CELLS]
    columns = tuple(f"Column {number}" for number in range(len(CELLS)))
    sheet = Sheet("cells", columns, (values, tuple(Value("") for _ in CELLS)))
    book = Book("A title", "A publisher", "A description", None, (sheet,))
    made = openpyxl.load_workbook(io.BytesIO(xlsx(book)))["cells"]
    types = {Kind.NUMBER: "n", Kind.DATE: "d", Kind.TEXT: "s"}
    assert [cell.data_type for cell in made[2]] == [types[kind] for _, _, kind in CELLS]
    assert [_published(cell) for cell in made[2]] == [text for text, _, _ in CELLS]
    assert [cell.hyperlink for cell in made[2]] == [None] * len(CELLS)
    assert _OpenDocument(io.BytesIO(ods(book))).sheets["cells"][1] == [text for text, _, _ in CELLS]


ROWS = (
    ("bins", "95.30", "2013-04-01", "="),
    ("bins", "95.3", "2013-04-01", "95.30"),
    ("bins", "", "1835-09-09", 'a  b <c> & "d" _x0041_'),
    ("bins", "95.30", "", "A longer text. " * 12),
)


def test_a_workbook_is_as_the_library_writes_it() -> None:
    """Cells that hold the same are made once, and every part of the file is as if the library had made each."""
    types = ("string", "number", "date", "string")
    # More rows than share a note of how far they reach, and a column that is blank at first.
    rows = tuple(tuple(map(value_of, row, types)) for row in ROWS * 9)
    links = ((Value("cells", sheet="cells"), Value("bins"), value_of("36", "integer")),)
    sheets = (
        Sheet("Cover", (), ((Value("A title"),), (Value("bins"),))),
        Sheet("Contents", ("Sheet", "What", "Rows"), links * 2),
        Sheet("cells", ("What", "How many", "When", "Said"), (tuple(map(Value, ("bins", "", "", ""))), *rows)),
        Sheet("none", ("What", "How many"), ()),
    )
    made = xlsx(Book("A title", "A publisher", "A description", None, sheets))
    with zipfile.ZipFile(io.BytesIO(made)) as ours, zipfile.ZipFile(_by_the_library(sheets)) as plain:
        assert ours.namelist() == plain.namelist()
        assert [name for name in plain.namelist() if ours.read(name) != plain.read(name)] == ["docProps/core.xml"]


def _by_the_library(sheets: tuple[Sheet, ...]) -> io.BytesIO:
    """Write sheets by nothing but what the library offers."""
    data = io.BytesIO()
    workbook = Workbook(data, {"in_memory": True})
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    kinds = ("0", "0.0", "0.00", "yyyy-mm-dd")
    shown = {kind: workbook.add_format({"num_format": kind, "valign": "top"}) for kind in kinds}
    for sheet in sheets:
        worksheet = workbook.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            worksheet.set_column(column, column, width)
        for column, heading in enumerate(sheet.columns):
            worksheet.write_string(0, column, heading, head)
        if sheet.columns:
            worksheet.freeze_panes(1, 0)
        if sheet.columns and sheet.rows:
            columns = [{"header": heading, "header_format": head} for heading in sheet.columns]
            says = {"name": sheet.name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
            worksheet.add_table(0, 0, len(sheet.rows), len(sheet.columns) - 1, says)
        for row, values in enumerate(sheet.rows, start=1 if sheet.columns else 0):
            worksheet.set_row(row, 60 if any(len(value.text) > 60 for value in values) else 15)
            for column, value in enumerate(values):
                _cell_by_the_library(worksheet, row, column, value, shown, text if row else head)
    workbook.close()
    return data


def _cell_by_the_library(
    worksheet: Any, row: int, column: int, value: Value, shown: dict[str, Any], text: object
) -> None:
    if value.sheet:
        worksheet.write_url(row, column, f"internal:'{value.sheet}'!A1", string=value.text)
    elif value.kind is Kind.NUMBER and value.text:
        worksheet.write_number(row, column, float(value.text), shown[f"{0:.{value.decimals}f}"])
    elif value.kind is Kind.DATE:
        worksheet.write_datetime(row, column, date.fromisoformat(value.text), shown["yyyy-mm-dd"])
    elif value.text:
        worksheet.write_string(row, column, value.text, text)


# The index


def test_the_index_keeps_to_its_schema(northmoor_site: Built, example_site: Built) -> None:
    """The index of every site is as its published JSON Schema says."""
    for site in (northmoor_site, example_site):
        schema = _read(site, "data/index.schema.json")
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(_read(site, "data/index.json"))


def test_the_schema_of_the_index_refuses_what_no_program_could_use() -> None:
    """A table that names no package, an unknown kind and a path out of the folder are refused."""
    file = {"path": "a/b.csv", "kind": "table", "title": "B", "mediatype": "text/csv", "table": "b",
            "package": "latest", "bytes": 1, "hash": f"sha256:{'0' * 64}"}  # fmt: skip
    validator = jsonschema.Draft202012Validator(json.loads(index_schema()))
    none: dict[str, Any] = {key: [] for key in ("councils", "services", "years", "service_levels", "measures")}
    own = {"$schema": "index.schema.json", "version": 1, "title": "A site", "licence": "OGL-UK-3.0", "files": [file]}
    index = none | own
    assert validator.is_valid(index)
    without = {key: value for key, value in file.items() if key != "package"}
    for wrong in (without, {**file, "kind": "thing"}, {**file, "path": "../b.csv"}, {**file, "package": "2013"}):
        assert not validator.is_valid({**index, "files": [wrong]}), wrong
    for address in (
        "javascript:alert(1)",
        "https://figures.example",
        "https://a@figures.example/",
        "https:///figures/",
    ):
        assert not validator.is_valid({**index, "address": address}), address
    assert validator.is_valid({**index, "address": "https://northmoor.example/figures/"})


def test_the_index_lists_every_file(northmoor_site: Built) -> None:
    """Every file below data/ is listed with its size and digest, but for pages and the index itself."""
    data = northmoor_site.root / "data"
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    listed = {file["path"]: file for file in _read(northmoor_site, "data/index.json")["files"]}
    assert set(listed) == {path for path in there if not path.endswith(".html")} - {"index.json"}
    for path, file in listed.items():
        content = (data / path).read_bytes()
        assert (file["bytes"], file["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (
            "latest/savings.csv",
            {"kind": "table", "title": "Savings, the newest year", "table": "savings", "package": "latest",
             "year": "2022-23", "mediatype": "text/csv"},
        ),
        (
            "all-years.ods",
            {"kind": "workbook", "title": "Every table of all years", "package": "all-years",
             "mediatype": "application/vnd.oasis.opendocument.spreadsheet"},
        ),
        (
            "2021-22.zip",
            {"kind": "package", "title": "Every table of 2021/22", "package": "2021-22", "year": "2021-22",
             "mediatype": "application/zip"},
        ),
        (
            "measures/bins-on-time.json",
            {"kind": "measure", "title": "Bins emptied on the day", "measure": "bins-on-time",
             "mediatype": "application/json"},
        ),
        (
            "charts/bins-on-time-years.svg",
            {"kind": "chart", "title": "Chart: Bins emptied on the day", "measure": "bins-on-time",
             "mediatype": "image/svg+xml"},
        ),
        (
            "index.schema.json",
            {"kind": "metadata", "title": "JSON Schema of the index", "mediatype": "application/json"},
        ),
    ],
)  # fmt: skip
def test_the_index_says_what_a_file_holds(northmoor_site: Built, path: str, says: dict[str, str]) -> None:
    """A program finds a file by what it holds, not by how its address is spelt."""
    listed = {file["path"]: file for file in _read(northmoor_site, "data/index.json")["files"]}
    assert {key: value for key, value in listed[path].items() if key not in ("path", "bytes", "hash")} == says


# The pages


def _lines(site: Built, label: str) -> str:
    """Return lines of the page of data, as a reader copies them."""
    code = site.page("data/").select_one(f'pre[aria-label="{label}"] code')
    assert code is not None, label
    return code.get_text()


def _run(lines: str, folder: Path, *arguments: str) -> str:
    (folder / "join.py").write_text(lines, encoding="utf-8")
    command = [sys.executable, "join.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_one_loop_joins_the_service_levels_of_two_councils(
    northmoor_site: Built, example_site: Built, tmp_path: Path
) -> None:
    """The program on the page of data, as it is published, reads two sites by their addresses alone."""
    lines = _lines(northmoor_site, "Join the service levels of many sites")
    assert lines == _lines(example_site, "Join the service levels of many sites")
    with served(northmoor_site.root) as one, served(example_site.root) as other:
        said = _run(lines, tmp_path, one, other)
    joined = pd.read_csv(tmp_path / "service_levels_of_all.csv", dtype=str, keep_default_na=False)
    expected = [
        len(_csv(site.root / "data/all-years/service_levels.csv")) - 1 for site in (northmoor_site, example_site)
    ]
    assert list(joined.groupby("address", sort=False).size()) == expected
    own = joined[joined["site"] == "Northmoor council services"]
    # Counted by hand: 2021/22 met 3 and missed 2, 2022/23 met 4 and missed 2; a proposed target is no target.
    assert own["verdict"].value_counts().to_dict() == {
        "met": 7, "missed": 4, "no target": 2, "no figure": 1, "not yet due": 1, "target suspended": 1,
        "cannot be judged": 1,
    }  # fmt: skip
    assert "Northmoor council services  cannot be judged" in said


def test_the_lines_for_python_show_what_was_missed(northmoor_site: Built, tmp_path: Path) -> None:
    """The lines on the page of data run as they are, once the address is put in."""
    with served(northmoor_site.root) as address:
        said = _run(_lines(northmoor_site, "Lines for Python").replace(taking.UNKNOWN, address), tmp_path)
    assert [line.split()[-3:] for line in said.splitlines()[1:]] == [
        ["2021/22", "5.0", "5.0"],
        ["2021/22", "90.0", "95.0"],
        ["2022/23", "97.9", "98.0"],
        ["2022/23", "61.5", "60.0"],
    ]


def test_lines_hold_the_address_of_a_site_that_knows_it() -> None:
    """With site_url in the settings a reader copies lines that run as they are."""
    for code in (taking.python(ADDRESS), taking.r(ADDRESS), taking.shell(ADDRESS)[1]):
        assert f"{ADDRESS}data/all-years/service_levels.csv" in code.text
        assert "<address" not in code.text
    assert taking.UNKNOWN in taking.python("").text


def test_every_link_to_a_file_says_what_it_is_and_how_big(northmoor_site: Built) -> None:
    """Each file is linked by what it holds, its kind and its true size."""
    found = {}
    for link in northmoor_site.page("data/").select("main a[href]"):
        path = (northmoor_site.root / "data" / str(link["href"]).partition("?")[0]).resolve()
        if path.is_file():
            size = path.stat().st_size
            shown = f"{size} bytes" if size < 1000 else f"{round(size / 1000)} KB"
            assert link.get_text().endswith(f" ({path.suffix[1:].upper()}, {shown})"), link
            found[path.relative_to(northmoor_site.root / "data").as_posix()] = link.get_text()
    assert {"all-years.xlsx", "all-years.ods", "latest.zip", "2021-22.xlsx", "all-years/savings.json"} <= set(found)
    assert len(set(found.values())) == len(found)


def test_every_column_of_every_table_is_explained(northmoor_site: Built) -> None:
    """The dictionary explains each column of the published descriptors, at an address of its own."""
    page = northmoor_site.page("data/dictionary/")
    for resource in _read(northmoor_site, "data/latest/datapackage.json")["resources"]:
        for field in resource["schema"]["fields"]:
            heading = page.find(id=f"{resource['name']}-{field['name']}")
            assert heading is not None, field
            assert heading.parent is not None
            said = heading.parent.get_text(" ")
            for text in (field["name"], field["title"], field["description"], field["example"]):
                assert str(text) in said
            for word in field.get("constraints", {}).get("enum", []):
                assert word in said


def test_a_column_is_explained_in_plain_words(northmoor_site: Built) -> None:
    """A row of the dictionary says what a column is called, holds and takes."""
    row = northmoor_site.page("data/dictionary/").select_one("#service_levels-basis")
    assert row is not None
    assert row.parent is not None
    assert [cell.get_text() for cell in row.parent.select("th, td")] == [
        "basis",
        "Basis",
        "Where the target comes from.",
        "text",
        "Never blank; one of: contractual, non-contractual, local, not stated",
        "contractual",
    ]


def test_the_dictionary_says_how_tables_belong_together(northmoor_site: Built) -> None:
    """A reader learns what makes a row the only one, and which tables its columns name, the table itself included."""
    says = northmoor_site.text("data/dictionary/")
    assert "No two rows have the same measure_id, period and target_status." in says
    assert "numerator_id ( Measures )" in says
    assert "successor_id ( Bodies )" in says
