"""The workbook in which a year is filled in: what helps to fill it in, and that it comes back as it was."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.cli import main
from macros.editing.canonical import csv_bytes
from macros.editing.exporting import export
from macros.editing.importing import bring_in
from macros.errors import ReportError
from macros.publishing.opendocument import ods
from macros.publishing.spreadsheets import Book, Sheet, Value
from macros.reading.packages import YEAR, schema

from .builders import GOOD_COUNCIL, Council
from .sites import PACKAGES, fingerprint

PLACES = [(root, folder.name) for root in (PACKAGES, GOOD_COUNCIL) for folder in sorted(root.iterdir())]
NAMES = [f"{folder} of {root.parent.name}" for root, folder in PLACES]


@pytest.fixture(name="book", scope="module")
def _book() -> Any:
    """Return the workbook of a year of the good council, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(export(GOOD_COUNCIL, "2021-22")))


# There and back


@pytest.mark.parametrize(("root", "folder"), PLACES, ids=NAMES)
def test_a_workbook_that_nobody_touched_changes_nothing(tmp_path: Path, root: Path, folder: str) -> None:
    """Exported and brought in again, every file of every package is what it was, byte for byte."""
    packages = tmp_path / "datapackages"
    shutil.copytree(root, packages)
    path = tmp_path / "workbook.xlsx"
    path.write_bytes(export(packages, folder))
    lines = bring_in(packages, path)
    assert fingerprint(packages) == fingerprint(root)
    assert [line for line in lines if not line.endswith("unchanged.")] == []


@pytest.mark.parametrize(("root", "folder"), PLACES, ids=NAMES)
def test_the_same_holds_for_a_workbook_of_libreoffice(tmp_path: Path, root: Path, folder: str) -> None:
    """The tables as an OpenDocument workbook come back byte for byte, too."""
    packages = tmp_path / "datapackages"
    shutil.copytree(root, packages)
    sheets = []
    for path in sorted((packages / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        sheets.append(Sheet(path.stem, tuple(heading), tuple(tuple(map(Value, row)) for row in rows)))
    path = tmp_path / f"{folder}.ods"
    path.write_bytes(ods(Book("A year", "A council", "", None, tuple(sheets))))
    lines = bring_in(packages, path)
    assert fingerprint(packages) == fingerprint(root)
    assert [line for line in lines if not line.endswith("unchanged.")] == []


def test_the_same_package_gives_the_same_bytes() -> None:
    """A workbook says nothing of the day it was made."""
    assert export(GOOD_COUNCIL, "2021-22") == export(GOOD_COUNCIL, "2021-22")


WORDS = st.text("abc XYZ,;\"'£%&<>é–“1", max_size=12).map(str.strip)


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(
            st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,4})?", fullmatch=True),
            st.sampled_from(["2021-M10", "FY2021-22", "D2021-10-01", "2021-M10/2022-M03", ""]),
            st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}"),
            WORDS,
        ),
        max_size=5,
    )
)
def test_whatever_a_table_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    """Codes, numbers with their zeros and words with any sign are the same after export and import."""
    packages = tmp_path_factory.mktemp("cells") / "datapackages"
    shutil.copytree(GOOD_COUNCIL, packages)
    cells = [
        ("calls-answered", period, value, "", "final", name, words, "a", "b") for name, period, value, words in rows
    ]
    data = csv_bytes("activity", cells)
    (packages / "2021-22/activity.csv").write_bytes(data)
    path = packages.parent / "workbook.xlsx"
    path.write_bytes(export(packages, "2021-22"))
    bring_in(packages, path)
    assert (packages / "2021-22/activity.csv").read_bytes() == data


def test_what_an_officer_types_is_published(tiny: Council, tmp_path: Path) -> None:
    """A row typed below the others stands in the package, and the row of a message is the row of the sheet."""
    path = tmp_path / "2022-23.xlsx"
    path.write_bytes(export(tiny.root, "2022-23"))
    book = openpyxl.load_workbook(path)
    sheet = book["milestones"]
    row = sheet.max_row + 1
    typed = ("van-bought", "bin-collection", "16 May 2022", "A van was bought", "16 May 2022", None,
             "annual-report-2022-23", "Section 4")  # fmt: skip
    for column, text in enumerate(typed, start=1):
        sheet.cell(row, column).value = text
    sheet.cell(row + 1, 1).value = "second-van-bought"
    book.save(path)
    lines = bring_in(tiny.root, path)
    assert [line for line in lines if "milestones" in line] == [
        f'Repaired: 2022-23.xlsx, sheet milestones, row {row}, column C (date): "16 May 2022" becomes "D2022-05-16".',
        f"2022-23/milestones.csv: {row} rows, changed ({row - 2} before).",
    ]
    assert {problem.partition(", column")[0] for problem in tiny.problems()} == {
        f"2022-23/milestones.csv, row {row + 1}"
    }
    assert tiny.cells("2022-23/milestones.csv")[row - 1] == [
        "van-bought", "bin-collection", "D2022-05-16", "A van was bought", "16 May 2022", "", "annual-report-2022-23",
        "Section 4",
    ]  # fmt: skip


# What helps to fill it in


def test_there_is_a_sheet_for_every_table(book: Any) -> None:
    """The first sheet explains, every table of a year has its own, and columns and lists are at the end."""
    assert book.sheetnames == ["Start here", *YEAR, "Columns", "Lists"]
    assert [cell.value for cell in book["Start here"][2]] == ["Package", "2021-22"]
    for resource in YEAR:
        fields = schema(resource)["fields"]
        assert [cell.value for cell in book[resource][1]] == [f"{field['title']} ({field['name']})" for field in fields]


def test_every_heading_is_explained_in_a_note(book: Any) -> None:
    """A note says what the column takes, whether it may be blank, and gives an example."""
    assert book["savings"]["F1"].comment.text == (
        "The figure as a bare number of pounds: no pound sign, per cent sign or comma. Blank only with a reason in "
        "value_status.\nMay be blank.\nFor example: 548000"
    )
    assert "Must be filled in." in book["savings"]["A1"].comment.text
    assert all(cell.comment for resource in YEAR for cell in book[resource][1])


def _words(book: Any, cell: str, resource: str) -> list[str]:
    """Return the words that drop down in a cell."""
    for rule in book[resource].data_validations.dataValidation:
        if cell in rule.sqref:
            return [one[0].value for one in book["Lists"][rule.formula1.removeprefix("=").partition("!")[2]]]
    return []


def test_closed_lists_drop_down(book: Any) -> None:
    """Words of the schema, and identifiers of the register, are chosen in every row that may be filled in."""
    assert _words(book, "G2", "service_levels") == [">=", ">", "<=", "<"]
    assert _words(book, "J1000000", "savings") == ["gross", "net", "not stated"]
    assert _words(book, "B2", "savings") == ["bin-collection", "libraries"]
    assert _words(book, "A2", "staffing") == ["staff-employed", "absence"]
    assert _words(book, "N9", "service_levels") == ["annual-report-2021-22", "annual-report-2022-23"]
    assert _words(book, "N2", "savings") == []


def test_an_identifier_stands_beside_its_title(book: Any) -> None:
    """Whoever knows a measure by its title finds its identifier in the lists."""
    rows = list(book["Lists"].iter_rows(values_only=True))
    place = rows[0].index("measures (staffing)")
    assert [row[place : place + 2] for row in rows[:4]] == [
        ("measures (staffing)", "Title"),
        ("staff-employed", "Library staff"),
        ("absence", "Days lost to sickness"),
        (None, None),
    ]


def test_only_what_is_typed_in_is_open(book: Any) -> None:
    """Headings and explanations are locked without a password; cells below headings are open, and are texts."""
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None, sheet.title
        assert sheet["A1"].protection.locked, sheet.title
    for resource in YEAR:
        sheet = book[resource]
        assert not sheet.protection.insertRows
        assert not sheet.protection.deleteRows
        assert sheet.protection.insertColumns
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.value is None or (cell.number_format, cell.protection.locked) == ("@", False)


def test_empty_cells_are_texts_in_every_row(book: Any) -> None:
    """Where nothing is typed yet, the column itself is open and a text: Excel leaves 2013-10 as it is."""
    for resource in YEAR:
        sheet = book[resource]
        widths = {index for one in sheet.column_dimensions.values() for index in range(one.min, one.max + 1)}
        assert widths >= set(range(1, len(schema(resource)["fields"]) + 1))
        for column in sheet.column_dimensions.values():
            assert (column.number_format, column.protection.locked) == ("@", False), resource


# What is refused


def test_a_workbook_is_never_written_over(
    tiny: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year someone has filled in is not lost when the year is exported again."""
    monkeypatch.chdir(tmp_path)
    project = ["--project", str(tiny.root.parent)]
    assert main([*project, "export", "2021-22"]) == 0
    assert capsys.readouterr().out == "Fill in 2021-22.xlsx, save it, and run: answerable import 2021-22.xlsx\n"
    (tmp_path / "2021-22.xlsx").write_bytes(b"filled in")
    assert main([*project, "export", "2021-22"]) == 1
    assert capsys.readouterr().err == (
        "1 problem to put right:\n  1. 2021-22.xlsx: the file is there already. "
        "Bring in what was typed in it, then move it away; or name another file with --output.\n"
        "     docs/publish/problems.md#command\n"
    )
    assert (tmp_path / "2021-22.xlsx").read_bytes() == b"filled in"
    assert main([*project, "export", "2021-22", "--output", str(tmp_path / "b.xlsx")]) == 0


def test_a_year_that_is_not_there_or_cannot_be_read_is_told(tiny: Council) -> None:
    """Nothing is exported of a package whose files are no tables."""
    with pytest.raises(ReportError) as raised:
        export(tiny.root, "2030-31")
    assert str(raised.value.problems[0]) == (
        "2030-31: there is no package of this name. The packages are: 2021-22, 2022-23, register."
    )
    tiny.write("2021-22/savings.csv", "title,saving_id\n")
    with pytest.raises(ReportError) as raised:
        export(tiny.root, "2021-22")
    assert str(raised.value.problems[0]) == (
        "2021-22/savings.csv, row 1: the columns are not those of the table, or stand in another order. "
        "Run answerable tidy, and put right what it says."
    )


def test_a_workbook_of_one_year_is_not_brought_into_another(tiny: Council, tmp_path: Path) -> None:
    """The first sheet says the year, whatever the file is called."""
    path = tmp_path / "2022-23.xlsx"
    path.write_bytes(export(tiny.root, "2021-22"))
    assert "2021-22/savings.csv: 3 rows, unchanged." in bring_in(tiny.root, path)
    with pytest.raises(ReportError) as raised:
        bring_in(tiny.root, path, "2022-23")
    assert str(raised.value.problems[0]) == (
        "2022-23.xlsx: the workbook was made for 2021-22, not for 2022-23. "
        "Leave out --year, or export the workbook of 2022-23 and copy the rows into it."
    )
