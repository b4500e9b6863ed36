"""Workbooks and CSV files as people hand them in: brought in whole, with each repair told, or not at all."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from macros.cli import main
from macros.editing import canonical
from macros.editing.importing import bring_in
from macros.errors import ReportError
from macros.reading import splitting
from macros.reading.packages import schema

from .builders import GOOD_COUNCIL, Council

Change = Callable[[Any, Any], object]


def _rows(resource: str) -> list[list[str]]:
    with (GOOD_COUNCIL / "2021-22" / f"{resource}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _workbook(folder: Path, resource: str, change: Change, name: str = "2021-22.xlsx") -> Path:
    """Write a table of the good council to a workbook of Excel, every cell a text, and let someone change it."""
    path = folder / name
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet(resource)
    for row, cells in enumerate(_rows(resource)):
        for column, text in enumerate(cells):
            if text:
                sheet.write_string(row, column, text)
    change(sheet, workbook)
    workbook.close()
    return path


def _refused(tiny: Council, path: Path, year: str | None = None) -> list[str]:
    """Return the problems of a file that is not brought in, and see that nothing changed."""
    before = {one: one.read_bytes() for one in tiny.root.rglob("*") if one.is_file()}
    with pytest.raises(ReportError) as raised:
        bring_in(tiny.root, path, year)
    assert {one: one.read_bytes() for one in tiny.root.rglob("*") if one.is_file()} == before
    return [str(problem) for problem in raised.value.problems]


def _format(workbook: Any, shown: str) -> Any:
    return workbook.add_format({"num_format": shown})


# What is put right


REPAIRED: dict[str, tuple[str, Change, str, str]] = {
    "a number in a cell for numbers needs no word": (
        "savings", lambda sheet, _: sheet.write_number("F2", 60000), "60000", ""),
    "a pound sign and a comma": (
        "savings", lambda sheet, _: sheet.write_string("F2", "£60,000"), "60000",
        'row 2, column F (value): "£60,000" becomes "60000".'),
    "a per cent sign": (
        "service_levels", lambda sheet, _: sheet.write_string("C2", "98.7%"), "98.7",
        'row 2, column C (value): "98.7%" becomes "98.7".'),
    "a cell in per cent": (
        "service_levels", lambda sheet, book: sheet.write_number("C2", 0.987, _format(book, "0.0%")), "98.7",
        'row 2, column C (value): 0.987, shown as a percentage, becomes "98.7".'),
    "a formula with its result": (
        "service_levels", lambda sheet, _: sheet.write_formula("C2", "=90+8.7", value=98.7), "98.7",
        'row 2, column C (value): the formula "=90+8.7" becomes its result, "98.7".'),
    "a text of spaces that do not break": (
        "service_levels", lambda sheet, _: sheet.write_string("C2", "\xa098.7\xa0"), "98.7",
        'row 2, column C (value): "\xa098.7\xa0" becomes "98.7".'),
    "a month that became a date": (
        "service_levels", lambda sheet, book: sheet.write_datetime("B2", date(2021, 10, 1), _format(book, "mmm-yy")),
        "2021-M10", 'row 2, column B (period): the date "October 2021" becomes "2021-M10".'),
    "a day that became a date": (
        "milestones", lambda sheet, book: sheet.write_datetime("C2", date(2021, 10, 1), _format(book, "dd/mm/yyyy")),
        "D2021-10-01", 'row 2, column C (date): the date "1 October 2021" becomes "D2021-10-01".'),
    "a number where the words of a document stand": (
        "activity", lambda sheet, book: sheet.write_number("F2", 900, _format(book, "#,##0.0")), "900.0",
        'row 2, column F (as_published): the number "900" becomes "900.0", as shown.'),
    "a word with a capital": (
        "savings", lambda sheet, _: sheet.write_string("H2", "Final "), "final",
        'row 2, column H (value_status): "Final " becomes "final".'),
    "curly quotation marks stay": (
        "savings", lambda sheet, _: sheet.write_string("N2", "It’s “net”."), "It’s “net”.", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", REPAIRED)
def test_what_can_only_mean_one_thing_is_put_right_and_told(tiny: Council, tmp_path: Path, case: str) -> None:
    """The cell holds what was meant, no other changes, and the line names sheet, row, column and what was typed."""
    resource, change, expected, said = REPAIRED[case]
    before = tiny.cells(f"2021-22/{resource}.csv")
    lines = bring_in(tiny.root, _workbook(tmp_path, resource, change))
    after = tiny.cells(f"2021-22/{resource}.csv")
    assert [line for line in lines if line.startswith("Repaired")] == (
        [f"Repaired: 2021-22.xlsx, sheet {resource}, {said}"] if said else []
    )
    changed = [new for old, new in zip(before[1], after[1], strict=True) if old != new]
    assert changed in ([], [expected])
    assert expected in after[1]
    assert before[2:] == after[2:]


def test_digits_that_binary_numbers_add_are_left_out(tiny: Council, tmp_path: Path) -> None:
    """A spreadsheet adds 0.1 and 0.2 to 0.30000000000000004, and shows 0.3."""
    path = _workbook(tmp_path, "service_levels", lambda sheet, _: sheet.write_number("C2", 7.25))
    _with_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("<v>7.25</v>", f"<v>{0.1 + 0.2!r}</v>"))
    assert bring_in(tiny.root, path)[0] == (
        'Repaired: 2021-22.xlsx, sheet service_levels, row 2, column C (value): "0.30000000000000004" becomes "0.3".'
    )
    assert tiny.cells("2021-22/service_levels.csv")[1][2] == "0.3"


def test_blank_rows_and_titles_are_left_out(tiny: Council, tmp_path: Path) -> None:
    """Blank rows between others, and what stands above the headings, go; rows below stay in their order."""
    rows = _rows("savings")
    path = tmp_path / "2021-22.xlsx"
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("Savings ")
    for row, cells in enumerate([["Savings of the year"], *rows[:2], [], [], *rows[2:3], [], *rows[3:], []]):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    workbook.close()
    before = tiny.text("2021-22/savings.csv")
    assert bring_in(tiny.root, path) == [
        "Repaired: 2021-22.xlsx, sheet Savings : rows 4 to 5 are blank and are left out.",
        "Repaired: 2021-22.xlsx, sheet Savings , row 1: the row stands above the headings and is left out.",
        "Repaired: 2021-22.xlsx, sheet Savings , row 7: the row is blank and is left out.",
        "2021-22/savings.csv: 3 rows, unchanged.",
        "Not in 2021-22.xlsx, and left as they are: actions.csv, activity.csv, commitments.csv, corrections.csv, "
        "discrepancies.csv, milestones.csv, service_levels.csv, staffing.csv.",
    ]
    assert tiny.text("2021-22/savings.csv") == before


def test_headings_may_be_titles_in_any_order(tiny: Council, tmp_path: Path) -> None:
    """A title, other capitals or spaces, and another order of columns, are put right."""
    rows = _rows("milestones")
    titles = ["Milestone", "service id", "DATE", "Title", "date_as_published", "Note (note)", "Document", "place"]
    path = tmp_path / "2021-22.xlsx"
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("milestones")
    for row, cells in enumerate([titles, *rows[1:]]):
        for column, text in enumerate(reversed(cells)):
            sheet.write_string(row, column, text)
    workbook.close()
    before = tiny.text("2021-22/milestones.csv")
    lines = bring_in(tiny.root, path)
    place = "Repaired: 2021-22.xlsx, sheet milestones, row 1"
    assert lines[:-2] == [
        f"{place}: the columns are put in the order of the table.",
        f'{place}, column B (document_id): the heading "Document" becomes "document_id".',
        f'{place}, column E (title): the heading "Title" becomes "title".',
        f'{place}, column F (date): the heading "DATE" becomes "date".',
        f'{place}, column G (service_id): the heading "service id" becomes "service_id".',
        f'{place}, column H (milestone_id): the heading "Milestone" becomes "milestone_id".',
    ]
    assert tiny.text("2021-22/milestones.csv") == before


# What only a person can say


def _blank(sheet: Any, column: int, rows: int) -> None:
    """Empty a column of a sheet."""
    for row in range(rows):
        sheet.table.get(row, {}).pop(column, None)


REFUSED: dict[str, tuple[str, Change, list[str]]] = {
    "merged cells": (
        "savings", lambda sheet, _: sheet.merge_range("N2:N3", "Both"),
        ["row 2, column N (note): the cells N2:N3 are merged into one. "
         "Unmerge them (Home, Merge and Centre), and fill in each cell."]),
    "the error of a formula": (
        "savings", lambda sheet, _: sheet.write_formula("F3", "=1/0", value="#DIV/0!"),
        ['row 3, column F (value): "#DIV/0!" is an error of the spreadsheet, not what was typed. '
         "Type the figure itself. Where there is none, leave the cell blank and say why."]),
    "a cell that was referred to and is gone": (
        "savings", lambda sheet, _: sheet.write_formula("F3", "=#REF!+1", value="#REF!"),
        ['row 3, column F (value): "#REF!" is an error of the spreadsheet, not what was typed. '
         "Type the figure itself. Where there is none, leave the cell blank and say why."]),
    "a formula that was never worked out": (
        "savings", lambda sheet, _: sheet.write_formula("F3", "=SUM(F4:F5)", value=""),
        ['row 3, column F (value): the formula "=SUM(F4:F5)" has no result in the file. '
         "Open the file in Excel and save it, or type the figure itself."]),
    "a formula that reads another workbook": (
        "savings", lambda sheet, _: sheet.write_formula("F3", "='[other.xlsx]Sheet1'!A1", value=7),
        ["row 3, column F (value): the formula \"='[other.xlsx]Sheet1'!A1\" takes its value from another workbook. "
         "Type the figure itself."]),
    "a hidden row": (
        "savings", lambda sheet, _: sheet.set_row(2, None, None, {"hidden": True}),
        ["row 3: the row is hidden. Clear the filter, or choose Unhide; then keep the row, or delete it."]),
    "a row without height": (
        "savings", lambda sheet, _: sheet.set_row(2, 0),
        ["row 3: the row is hidden. Clear the filter, or choose Unhide; then keep the row, or delete it."]),
    "a hidden column": (
        "savings", lambda sheet, _: sheet.set_column("N:N", None, None, {"hidden": True}),
        ["row 1, column N (note): the column is hidden. Choose Unhide and check it."]),
    "a row of totals": (
        "savings", lambda sheet, _: (sheet.write_string("D5", "Total"), sheet.write_number("F5", 200000)),
        ['row 5: the row looks like a total ("Total"). '
         "Delete it: a published total is a row of savings, with an identifier and its parts."]),
    "a cell in per cent where pounds are counted": (
        "savings", lambda sheet, book: sheet.write_number("F2", 0.5, _format(book, "0%")),
        ["row 2, column F (value): the cell holds 0.5 and shows it as a percentage, but the row counts pounds. "
         "Write the number that is meant, in a cell with the format Text."]),
    "a month that may be a year": (
        "savings", lambda sheet, book: sheet.write_datetime("C2", date(2011, 12, 1), _format(book, "mmm-yy")),
        ['row 2, column C (period): "2011-12" may be a month or a financial year. '
         "Write 2011-M12 for the month, or FY2011-12 for the year from April."]),
    "a date without its year": (
        "savings", lambda sheet, book: sheet.write_datetime("C2", date(2021, 10, 1), _format(book, "d-mmm")),
        ["row 2, column C (period): the spreadsheet has turned what was typed into a date or time without its year "
         '("2021-10-01 00:00:00"). Give the cell the format Text, and type it again.']),
    "a number where a period belongs": (
        "savings", lambda sheet, _: sheet.write_number("C2", 2021),
        ['row 2, column C (period): "2021" is a number, not a period code. '
         "For example: FY2013-14. Give the cell the format Text, and type it again."]),
    "a number that became a date": (
        "savings", lambda sheet, book: sheet.write_datetime("F2", date(2021, 3, 4), _format(book, "dd/mm/yyyy")),
        ['row 2, column F (value): the spreadsheet has turned what was typed into a date ("4 March 2021"). '
         "Give the cell the format Text, and type it again."]),
    "words of a document that became a number with signs": (
        "savings", lambda sheet, book: sheet.write_number("M2", 60, _format(book, '"£"0"k"')),
        ['row 2, column M (as_published): the number "60" is shown in a way of its own, which a text would lose. '
         "Give the cell the format Text, and type it again."]),
    "a formula that asks another program": (
        "savings", lambda sheet, _: sheet.write_formula("F2", "=cmd|'/c calc'!A0", value=60),
        ['row 2, column F (value): the formula "=cmd|\'/c calc\'!A0" takes its value from another program or from the '
         "web. Type the figure itself."]),
    "a formula that asks an address": (
        "savings", lambda sheet, _: sheet.write_formula("F2", '=_xlfn.WEBSERVICE("http://example.org/")', value=60),
        ['row 2, column F (value): the formula "=_xlfn.WEBSERVICE("http://example.org/")" takes its value from another '
         "program or from the web. Type the figure itself."]),
    "TRUE for yes": (
        "actions", lambda sheet, _: sheet.write_boolean("H2", True),  # noqa: FBT003 - the cell itself
        ["row 2, column H (in_control): the spreadsheet has turned what was typed into TRUE or FALSE "
         '("TRUE"). Give the cell the format Text, and type it again.']),
    "a heading that is misspelt": (
        "savings", lambda sheet, _: sheet.write_string("F1", "vallue"),
        ['row 1, column F (vallue): there is no column "vallue" in this table. Did you mean "value"?']),
    "a heading that is there twice": (
        "savings", lambda sheet, _: sheet.write_string("Q1", "Value"),
        ['row 1, column Q (Value): the column "value" stands twice. Remove one of them.']),
    "a column beside the table": (
        "savings", lambda sheet, _: sheet.write_string("Q2", "ask Finance"),
        ["row 1, column Q (no heading): the column holds something but has no heading. "
         "Give it its heading, or empty it."]),
    "a column that is gone": (
        "savings", lambda sheet, _: _blank(sheet, 13, 4),
        ['row 1: the column "note" is missing. Add it, blank if need be: What a reader must know to read the figure '
         "rightly."]),
    "an e-mail address": (
        "savings", lambda sheet, _: sheet.write_string("N2", "ask a.person@northmoor.example"),
        ['row 2, column N (note): "a.person@northmoor.example" is an e-mail address. '
         "Name the role instead: packages hold no personal data."]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_mean_two_things_is_refused_with_its_place(tiny: Council, tmp_path: Path, case: str) -> None:
    """Nothing is written, and the line names workbook, sheet, row, column, what was typed, and the repair."""
    resource, change, expected = REFUSED[case]
    found = _refused(tiny, _workbook(tmp_path, resource, change))
    assert found == [f"2021-22.xlsx, sheet {resource}, {line}" for line in expected]


def test_all_problems_of_a_workbook_come_in_one_list(tiny: Council, tmp_path: Path) -> None:
    """Whoever repairs a workbook sees everything at once, from top to bottom."""

    def change(sheet: Any, _: Any) -> None:
        sheet.write_string("F2", "lots")
        sheet.write_string("C3", "last year")
        sheet.write_string("H4", "done")

    found = _refused(tiny, _workbook(tmp_path, "savings", change))
    assert [line.partition(": ")[0] for line in found] == [
        "2021-22.xlsx, sheet savings, row 2, column F (value)",
        "2021-22.xlsx, sheet savings, row 3, column C (period)",
        "2021-22.xlsx, sheet savings, row 4, column H (value_status)",
    ]


def test_a_year_that_is_half_filled_in_is_brought_in(tiny: Council, tmp_path: Path) -> None:
    """A blank is no matter of shape: the check says what is missing."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: sheet.write_string("A5", "new-savings-2021-22"))
    assert "2021-22/savings.csv: 4 rows, changed (3 before)." in bring_in(tiny.root, path)
    assert "2021-22/savings.csv, row 5, column B (service_id): the cell is empty." in "\n".join(tiny.problems())


# Sheets


def test_a_sheet_that_is_no_table_is_refused(tiny: Council, tmp_path: Path) -> None:
    """Nothing someone typed is left out without a word; a sheet that is blank needs none."""

    def change(_: Any, workbook: Any) -> None:
        workbook.add_worksheet("Sheet1")
        workbook.add_worksheet("Saving").write_string("A1", "more")
        workbook.add_worksheet("Finance").write_string("A1", "notes")

    known = "actions, activity, commitments, corrections, discrepancies, milestones, savings, service_levels, staffing."
    assert _refused(tiny, _workbook(tmp_path, "savings", change)) == [
        '2021-22.xlsx, sheet Finance: there is no table "Finance". Rename the sheet, or delete it. '
        f"The tables are: {known}",
        '2021-22.xlsx, sheet Saving: there is no table "Saving". Did you mean "savings"? Rename the sheet, or delete '
        f"it. The tables are: {known}",
    ]


def test_a_sheet_is_known_by_its_headings(tiny: Council, tmp_path: Path) -> None:
    """A sheet of any name is taken where its headings are of one table alone, and the line says so."""
    path = tmp_path / "2021-22.xlsx"
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("Sheet1")
    for row, cells in enumerate(_rows("savings")):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    workbook.close()
    assert bring_in(tiny.root, path)[:2] == [
        'Repaired: 2021-22.xlsx, sheet Sheet1: the sheet is taken for the table "savings", by its headings.',
        "2021-22/savings.csv: 3 rows, unchanged.",
    ]


def test_a_hidden_sheet_and_a_second_one_are_refused(tiny: Council, tmp_path: Path) -> None:
    """Nobody but their author knows whether they are meant."""

    def change(_: Any, workbook: Any) -> None:
        workbook.add_worksheet("Savings ").write_string("A1", "saving_id")
        hidden = workbook.add_worksheet("staffing")
        hidden.write_string("A1", "measure_id")
        hidden.hide()

    assert _refused(tiny, _workbook(tmp_path, "savings", change)) == [
        '2021-22.xlsx, sheet Savings : two sheets are of the table "savings". Delete one of them.',
        "2021-22.xlsx, sheet staffing: the sheet is hidden. Choose Unhide; then keep the sheet, or delete it.",
    ]


def test_a_new_table_is_listed_in_the_package(tiny: Council, tmp_path: Path) -> None:
    """A table the year did not have gets its file and its line; a table without rows gets neither."""
    (tiny.root / "2021-22/milestones.csv").unlink()
    (tiny.root / "2021-22/staffing.csv").unlink()
    gone = ("milestones", "staffing")
    tiny.describe(
        "2021-22",
        lambda descriptor: descriptor.update(
            resources=[one for one in descriptor["resources"] if one["name"] not in gone]
        ),
    )

    def change(_: Any, workbook: Any) -> None:
        sheet = workbook.add_worksheet("staffing")
        for column, field in enumerate(schema("staffing")["fields"]):
            sheet.write_string(0, column, field["name"])

    lines = bring_in(tiny.root, _workbook(tmp_path, "milestones", change))
    assert lines[0] == "2021-22/milestones.csv: 1 row, new."
    assert not (tiny.root / "2021-22/staffing.csv").exists()
    assert '{\n      "name": "milestones",\n      "path": "milestones.csv"\n    }' in tiny.text(
        "2021-22/datapackage.json"
    )
    assert "milestones" not in "\n".join(tiny.problems())


# The package a file belongs to


def test_the_package_is_named_by_the_officer_or_by_the_file(tiny: Council, tmp_path: Path) -> None:
    """A file that says no year is refused, and so is a year that is not there."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: None, name="figures.xlsx")
    assert _refused(tiny, path) == [
        "figures.xlsx: the file does not say which package it belongs to. "
        "Name it with --year. The packages are: 2021-22, 2022-23, register."
    ]
    assert _refused(tiny, path, "2030-31") == [
        "2030-31: there is no package of this name. The packages are: 2021-22, 2022-23, register."
    ]
    assert "2021-22/savings.csv: 3 rows, unchanged." in bring_in(tiny.root, path, "2021-22")


# CSV


def _csv(folder: Path, resource: str, change: Callable[[str], str | bytes], name: str = "") -> Path:
    path = folder / (name or f"{resource} 2021-22 (1).csv")
    text = change((GOOD_COUNCIL / "2021-22" / f"{resource}.csv").read_text("utf-8"))
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


MERGED = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(9, 2010))
"""Two thousand merged cells, and one."""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(str, [], id="as it was"),
        pytest.param(
            lambda text: text.encode("utf-8-sig"),
            ["the file is saved as UTF-8 with a byte order mark; it becomes UTF-8."],
            id="a byte order mark",
        ),
        pytest.param(
            lambda text: text.replace(",", "\t").encode("utf-16"),
            [
                "the cells are separated by tabs; commas take their place.",
                "the file is saved as UTF-16; it becomes UTF-8.",
            ],
            id="the Unicode text of Excel",
        ),
        pytest.param(
            lambda text: text.replace(",", ";").replace("\n", "\r\n"),
            ["the cells are separated by semicolons; commas take their place."],
            id="semicolons, and line ends of Windows",
        ),
    ],
)  # fmt: skip
def test_a_csv_file_in_another_form_is_brought_in(
    tiny: Council, tmp_path: Path, change: Callable[[str], str | bytes], said: list[str]
) -> None:
    """Whatever letters and signs a spreadsheet saves, the rows are the same; the name of the file says the table."""
    wanted = tiny.text("2021-22/milestones.csv")
    path = _csv(tmp_path, "milestones", change)
    lines = bring_in(tiny.root, path)
    assert [line for line in lines if line.startswith("Repaired")] == [f"Repaired: {path.name}: {one}" for one in said]
    assert "2021-22/milestones.csv: 1 row, unchanged." in lines
    assert tiny.text("2021-22/milestones.csv") == wanted


def test_a_title_with_commas_does_not_say_what_separates_the_cells(tiny: Council, tmp_path: Path) -> None:
    """Semicolons stand in line after line; the commas of the title do not."""

    def titled(text: str) -> str:
        return "Milestones of libraries, refuse, parks and roads, 2021/22\n\n" + text.replace(",", ";")

    lines = bring_in(tiny.root, _csv(tmp_path, "milestones", titled))
    assert any("the cells are separated by semicolons; commas take their place." in line for line in lines)
    assert "2021-22/milestones.csv: 1 row, unchanged." in lines


def test_letters_that_are_of_no_alphabet_are_told_with_their_row(tiny: Council, tmp_path: Path) -> None:
    """The byte 81 is neither UTF-8 nor Windows text; half a letter of UTF-16 is no text at all."""
    save_as = "the text is not saved as UTF-8. In the spreadsheet choose Save As, CSV UTF-8."
    path = _csv(tmp_path, "milestones", lambda text: text.encode().replace(b",libraries,", b",libr\x81ries,"))
    assert _refused(tiny, path) == [f"{path.name}, row 2: {save_as}"]
    path = _csv(tmp_path, "milestones", lambda text: text.encode("utf-16")[:-1])
    assert _refused(tiny, path) == [f"{path.name}, row 1: {save_as}"]


def test_pound_signs_of_windows_are_read(tiny: Council, tmp_path: Path) -> None:
    """A pound sign saved as Windows text is a pound sign in the package."""
    assert bring_in(tiny.root, _csv(tmp_path, "savings", lambda text: text.encode("cp1252")))[:2] == [
        "Repaired: savings 2021-22 (1).csv: the file is saved as Windows text (1252); it becomes UTF-8.",
        "2021-22/savings.csv: 3 rows, unchanged.",
    ]
    assert "£60k" in tiny.text("2021-22/savings.csv")


def test_a_csv_file_is_known_by_its_headings_where_they_are_of_one_table(tiny: Council, tmp_path: Path) -> None:
    """Headings tell savings; those of activity and staffing are the same, so the name must tell."""
    path = _csv(tmp_path, "savings", str, "from finance 2021-22.csv")
    assert "2021-22/savings.csv: 3 rows, unchanged." in bring_in(tiny.root, path)
    path = _csv(tmp_path, "activity", str, "from finance 2021-22.csv")
    assert _refused(tiny, path) == [
        "from finance 2021-22.csv: its headings are those of activity and staffing. "
        "Name the file after its table: activity.csv, staffing.csv."
    ]


def test_a_row_of_a_csv_file_with_other_cells_than_headings_is_refused(tiny: Council, tmp_path: Path) -> None:
    """A comma too few or too many moves figures into other columns."""
    path = _csv(tmp_path, "milestones", lambda text: text.replace(",libraries", ""))
    assert _refused(tiny, path) == [
        "milestones 2021-22 (1).csv, row 2: the row has 7 cells; the heading has 8. "
        "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma."
    ]
    path = _csv(tmp_path, "milestones", lambda text: text.replace("Section 3", "Section 3, part 2"))
    assert _refused(tiny, path)[0].startswith("milestones 2021-22 (1).csv, row 2: the row has 9 cells;")
    path = _csv(tmp_path, "milestones", lambda text: text.replace("Section 3", '"Section 3'))
    assert _refused(tiny, path)[0].startswith(
        "milestones 2021-22 (1).csv, row 2: cell H2: a quotation mark opens the cell and is never closed"
    )


def test_a_csv_file_with_too_many_cells_is_refused(
    tiny: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told in words how many are too many, and the row from which on; the heading alone has 8."""
    monkeypatch.setattr(splitting, "MAX_CELLS", 8)
    assert _refused(tiny, _csv(tmp_path, "milestones", str)) == [
        "milestones 2021-22 (1).csv, row 2: the table has more than 1,000,000 cells. Remove what does not belong in it."
    ]


# Files that are no workbooks, or more than one


def test_files_that_are_no_workbooks_are_refused(tiny: Council, tmp_path: Path) -> None:
    """Each is told in one line, with what to do."""
    (tmp_path / "2021-22.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 an old workbook, or one with a password")
    (tmp_path / "2021-22.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "2021-22.ods").write_bytes((tmp_path / "2021-22.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "2021-22 b.xlsx", "w") as archive:
        archive.writestr("hello.xml", "<hello/>")
    fix = "Open it in Excel and save it as an Excel workbook (.xlsx) without a password."
    assert _refused(tiny, tmp_path / "2021-22.xlsx") == [
        f"2021-22.xlsx: the file is a workbook of Excel before 2007 (.xls), or it has a password. {fix}"
    ]
    assert _refused(tiny, tmp_path / "2021-22.xls") == [
        '2021-22.xls: files of the kind ".xls" are not read. '
        "Save it as an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV UTF-8."
    ]
    assert len(_refused(tiny, tmp_path / "2021-22.ods")) == 1
    assert _refused(tiny, tmp_path / "2021-22 b.xlsx") == [
        "2021-22 b.xlsx: the file is damaged: [Content_Types].xml is missing. Open it in Excel and save it again."
    ]
    assert _refused(tiny, tmp_path / "2021-23.xlsx")[0].endswith("close it in other programs.")


def test_a_workbook_that_is_encrypted_is_told_as_such(tiny: Council, tmp_path: Path) -> None:
    """Excel packs what it encrypts as it packed workbooks before 2007, and names the part."""
    path = tmp_path / "2021-22.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    assert _refused(tiny, path) == [
        "2021-22.xlsx: the workbook is encrypted: it has a password, or is protected. "
        "Open it, take the password and every protection away (File, Info, Protect Workbook), and save it again."
    ]


def test_an_old_workbook_that_ends_with_a_zip_of_its_colours_is_told_from_a_new_one(
    tiny: Council, tmp_path: Path
) -> None:
    """Excel writes such files where a workbook has a theme and is saved in the format before 2007."""
    theme = io.BytesIO()
    with zipfile.ZipFile(theme, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    (tmp_path / "2021-22.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(500) + theme.getvalue())
    [problem] = _refused(tiny, tmp_path / "2021-22.xlsx")
    assert problem.startswith("2021-22.xlsx: the file is a workbook of Excel before 2007 (.xls), or it has a password.")


def _with_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a workbook as a program other than a spreadsheet could."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            lambda text: text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "ha">]>', 1),
            "its XML declares a document type, as no spreadsheet does.",
            id="a document type",
        ),
        pytest.param(
            lambda text: text.replace(
                "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
            'a cell, or a range of cells, of the sheet "savings" reaches to A1:XFD1048576.',
            id="a merged cell as large as the sheet",
        ),
        pytest.param(
            lambda text: text.replace(
                "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            ),
            'a cell, or a range of cells, of the sheet "savings" reaches to XFD1048576.',
            id="one cell in the farthest corner",
        ),
        pytest.param(
            lambda text: text.replace("</sheetData>", ("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 1_501
                                      + "</sheetData>"),
            "more than 150,000 cells of the workbook hold something. Remove sheets and rows that do not belong in it.",
            id="more cells than anyone fills in",
        ),
        pytest.param(
            lambda text: text.replace("</sheetData>", ("<row>" + '<c t="inlineStr"><is><t>a</t></is></c>' * 100
                                      + "</row>") * 1_501 + "</sheetData>"),
            "more than 150,000 cells of the workbook hold something. Remove sheets and rows that do not belong in it.",
            id="more cells with a text of their own",
        ),
        pytest.param(lambda text: text[:-20],
            "the file is damaged: xl/worksheets/sheet1.xml is not XML from line 2 on.",
            id="XML that ends too soon",
        ),
        pytest.param(
            lambda text: text.replace("</sheetData>", f"</sheetData><mergeCells>{MERGED}</mergeCells>"),
            'the sheet "savings" has more than 2,000 merged cells.',
            id="merged cells without end",
        ),
        pytest.param(
            lambda text: text.replace("</sheetData>", "</sheetData>" + " " * 101_000_000),
            "the workbook holds more than 100,000,000 bytes.",
            id="a small file that is large unpacked",
        ),
    ],
)  # fmt: skip
def test_workbooks_that_would_fill_the_memory_are_refused(
    tiny: Council, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    """They are refused, most of them before any cell is read."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: None)
    _with_part(path, "xl/worksheets/sheet1.xml", change)
    found = _refused(tiny, path)
    assert len(found) == 1
    assert found[0].startswith(f"2021-22.xlsx: {said}")


RESAVE = "Open it in Excel and save it again."
SEE = "Open the file in Excel, see that everything stands where it should, and save it again."


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        pytest.param(
            "xl/sharedStrings.xml", lambda _: "<sst/>",
            f", sheet savings, row 1: the cell A1 names text 0 of 0 in the file. {SEE}",
            id="a text that the file does not hold",
        ),
        pytest.param(
            "xl/worksheets/sheet1.xml", lambda text: text.replace('r="C3"', 'r="B3"'),
            f", sheet savings, row 3: the cell B3 stands twice in the file. {SEE}",
            id="one cell with two values",
        ),
        pytest.param(
            "xl/worksheets/sheet1.xml", lambda text: text.replace('r="C3"', 'r="C4"'),
            f", sheet savings, row 3: the file says two places for one cell: C4, and row 3. {SEE}",
            id="a cell in the row of another",
        ),
        pytest.param(
            "xl/worksheets/sheet1.xml", lambda text: text.replace('r="C3"', 'r="C0"'),
            f': the file is damaged: xl/worksheets/sheet1.xml has a cell at "C0", in or after row 3. {RESAVE}',
            id="a place that no sheet has",
        ),
        pytest.param(
            "xl/_rels/workbook.xml.rels", lambda text: text.replace("sheet1.xml", "sheet7.xml"),
            f": the file is damaged: xl/worksheets/sheet7.xml is missing. {RESAVE}",
            id="a sheet that is not there",
        ),
        pytest.param(
            "xl/workbook.xml", lambda text: re.sub("<sheet [^>]*/>", "", text),
            f": the file is damaged: xl/workbook.xml lists no sheet. {RESAVE}",
            id="no sheet at all",
        ),
        pytest.param(
            "_rels/.rels", lambda text: text.replace("xl/workbook.xml", "ppt/presentation.xml"),
            ": the file is a document or a presentation, whatever its name says. "
            "Open it, copy its table into a workbook, and save that as an Excel workbook (.xlsx).",
            id="a presentation with the name of a workbook",
        ),
        pytest.param(
            "xl/workbook.xml", lambda text: text.replace('r:id="rId1"', 'r:id="rId99"'),
            ": the file is damaged: xl/workbook.xml does not say which part holds the sheet \"savings\". " + RESAVE,
            id="a sheet without a part",
        ),
        pytest.param(
            "xl/_rels/workbook.xml.rels", lambda text: text.replace("ships/worksheet", "ships/chartsheet"),
            ": the workbook holds charts or macros, and no sheet with cells. Put the table on a worksheet.",
            id="charts alone",
        ),
        pytest.param(
            "xl/worksheets/sheet1.xml", lambda text: text.replace('<row r="2"', '<row r="two"'),
            f": the file is damaged: xl/worksheets/sheet1.xml cannot be read from line 2 on. {RESAVE}",
            id="a row without a number",
        ),
        pytest.param(
            "xl/worksheets/sheet1.xml", lambda text: text.replace("UTF-8", "nonsense", 1),
            f": the file is damaged: xl/worksheets/sheet1.xml cannot be read from line 1 on. {RESAVE}",
            id="letters that nobody knows",
        ),
        pytest.param(
            "xl/sharedStrings.xml", lambda text: text.replace("</sst>", "<si/>" * 150_001 + "</sst>"),
            ": the cells of the workbook share more than 150,000 texts. "
            "Remove sheets and rows that do not belong in it.",
            id="shared texts without end",
        ),
    ],
)  # fmt: skip
def test_what_is_broken_in_a_workbook_is_told_with_its_place(
    tiny: Council, tmp_path: Path, part: str, change: Callable[[str], str], said: str
) -> None:
    """The part of the file, or the sheet and row, is named."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: None)
    _with_part(path, part, change)
    assert _refused(tiny, path) == [f"2021-22.xlsx{said}"]


def test_a_part_twice_in_a_workbook_and_a_part_that_changed_are_refused(tiny: Council, tmp_path: Path) -> None:
    """Two programs would read two different tables from such a file."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: None)
    sound = path.read_bytes()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Worksheets/sheet1.xml", "<worksheet/>")
    assert _refused(tiny, path) == [
        f"2021-22.xlsx: the file is damaged: it holds XL/Worksheets/sheet1.xml twice. {RESAVE}"
    ]
    path.write_bytes(sound[: len(sound) // 2])
    assert _refused(tiny, path) == [f"2021-22.xlsx: the file is damaged: its end is missing. {RESAVE}"]
    path.write_bytes(b"")
    assert _refused(tiny, path) == ["2021-22.xlsx: the file is empty. Save the workbook again."]


def _strict(text: str) -> str:
    """Return a part as Excel writes it for “Strict Open XML Spreadsheet”."""
    text = text.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    )
    return text.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006", "http://purl.oclc.org/ooxml/spreadsheetml"
    )


OTHER_FORMS: dict[str, Callable[[str], str]] = {
    "the strict form of the format": _strict,
    "elements with a prefix": lambda text: re.sub(
        "<(/?)(row|c|v|sheetData|worksheet)(?=[ >])", r"<\1x:\2", text
    ).replace("<x:worksheet ", '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
    "cells that do not say where they are": lambda text: re.sub(r'(<c) r="[A-Z]+1"', r"\1", text),
    "a style that is not there": lambda text: text.replace("<c ", '<c s="99" '),
    "blank cells in the farthest corner": lambda text: text.replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    ),
    "another way to write the names of parts": lambda text: text.replace(
        'Target="worksheets/', 'Target="/xl\\Worksheets\\'
    ),
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_workbooks_of_other_programs_are_read(tiny: Council, tmp_path: Path, form: str) -> None:
    """What the format allows, and what Excel opens, is read to the same cells."""
    path = _workbook(tmp_path, "savings", lambda sheet, _: None)
    before = tiny.cells("2021-22/savings.csv")
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith(("xl/w", "xl/_", "_rels"))]
    for part in parts:
        _with_part(path, part, OTHER_FORMS[form])
    assert bring_in(tiny.root, path)[0] == "2021-22/savings.csv: 3 rows, unchanged."
    assert tiny.cells("2021-22/savings.csv") == before


def test_a_workbook_that_counts_days_from_1904_is_read(tiny: Council, tmp_path: Path) -> None:
    """42825 is 31 March 2017 where days count from 1900; a Mac of old writes 41363 for the same day."""
    path = _workbook(
        tmp_path, "savings", lambda sheet, book: sheet.write_number(1, 2, 42825, _format(book, "d mmm yyyy"))
    )
    _with_part(path, "xl/workbook.xml", lambda text: text.replace("<workbookPr ", '<workbookPr date1904="1" '))
    _with_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(">42825<", ">41363<"))
    assert any("31 March 2017" in line for line in _told(tiny.root, path))


def test_the_format_of_a_cell_is_not_that_of_a_rule_that_colours_it(tiny: Council, tmp_path: Path) -> None:
    """Rules have formats under the numbers of others: a date must not become the percentage that a rule shows."""
    path = _workbook(tmp_path, "savings", lambda sheet, book: sheet.write_number(1, 2, 42825, _format(book, "m/d/yy")))
    rule = '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0.00%"/></dxf></dxfs>'
    _with_part(path, "xl/styles.xml", lambda text: text.replace('<dxfs count="0"/>', rule))
    assert any("31 March 2017" in line for line in _told(tiny.root, path))


def test_a_workbook_of_very_many_parts_is_refused(tiny: Council, tmp_path: Path) -> None:
    """What is counted is what is told."""
    with zipfile.ZipFile(tmp_path / "2021-22.xlsx", "w") as archive:
        for number in range(2_001):
            archive.writestr(f"{number}.xml", "")
    assert _refused(tiny, tmp_path / "2021-22.xlsx") == [
        "2021-22.xlsx: the workbook holds 2,001 parts; the most is 2,000. "
        "Remove sheets and pictures that do not belong in it."
    ]


def _told(packages: Path, path: Path) -> list[str]:
    """Return what an officer reads, whether a file is brought in or refused."""
    try:
        return bring_in(packages, path)
    except ReportError as error:
        return [str(problem) for problem in error.problems]


@settings(max_examples=40)
@given(
    place=st.floats(0, 1), digits=st.sampled_from(["", "-1", "99999999", "x", "<", '"', "é"]), part=st.integers(0, 99)
)
def test_whatever_is_broken_in_a_workbook_is_told(
    tmp_path_factory: pytest.TempPathFactory, place: float, digits: str, part: int
) -> None:
    """A workbook that a program or a disk has spoiled is read, or refused in plain words."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(GOOD_COUNCIL, folder / "datapackages")
    path = _workbook(folder, "savings", lambda sheet, _: None)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    _with_part(
        path,
        names[part % len(names)],
        lambda text: text[: int(place * len(text))] + digits + text[int(place * len(text)) + 1 :],
    )
    assert _told(folder / "datapackages", path)


# OpenDocument


def _opendocument(folder: Path, rows: str, styles: str = "", columns: str = "") -> Path:
    """Write a workbook of LibreOffice whose one sheet, milestones, has these rows."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {"office": "office", "table": "table", "text": "text", "style": "style",
                            "number": "datastyle"}.items()
    )  # fmt: skip
    heading = "".join(_cell(field["name"]) for field in schema("milestones")["fields"])
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="milestones">{columns}<table:table-row>{heading}'
        f"</table:table-row>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "2021-22.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return path


def test_a_workbook_of_libreoffice_with_blank_parts_is_read(tiny: Council, tmp_path: Path) -> None:
    """LibreOffice packs a blank part for its toolbars, which holds no table."""
    path = _opendocument(
        tmp_path, "<table:table-row>" + "".join(map(_cell, _rows("milestones")[1])) + "</table:table-row>"
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Configurations2/accelerator/current.xml", b"")
    assert bring_in(tiny.root, path)[0] == "2021-22/milestones.csv: 1 row, unchanged."


def test_a_workbook_of_libreoffice_with_a_password_is_told_from_one_that_is_damaged(
    tiny: Council, tmp_path: Path
) -> None:
    """The list of its parts says so."""
    path = _opendocument(tmp_path, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>")
    assert _refused(tiny, path) == [
        "2021-22.ods: the workbook has a password. Open it in LibreOffice, and save it again without a password."
    ]


def _cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


DATE = '<number:date-style style:name="D"><number:month/><number:year/></number:date-style>' \
    '<style:style style:name="M" style:data-style-name="D"/>'  # fmt: skip
REST = _cell("Opened") + "<table:table-cell/>" * 2 + _cell("annual-report-2021-22") + _cell("Section<text:s/>3")


@pytest.mark.parametrize(
    ("kind", "value", "shown", "said"),
    [
        pytest.param("boolean", "true", "", 'TRUE or FALSE ("TRUE")', id="a truth of a program that writes no text"),
        pytest.param("boolean", "false", "", 'TRUE or FALSE ("FALSE")', id="an untruth of such a program"),
        pytest.param("boolean", "true", "Yes", 'TRUE or FALSE ("Yes")', id="a truth as it is shown"),
        pytest.param("time", "PT09H30M00S", "", 'a date or time without its year ("PT09H30M00S")', id="a time of day"),
    ],
)
def test_a_cell_that_shows_nothing_is_not_lost(
    tiny: Council, tmp_path: Path, kind: str, value: str, shown: str, said: str
) -> None:
    """Programs other than LibreOffice write a value alone. It must not become a blank cell."""
    text = f"<text:p>{shown}</text:p>" if shown else ""
    cell = f'<table:table-cell office:value-type="{kind}" office:{kind}-value="{value}">{text}</table:table-cell>'
    row = (
        _cell("online-library-opened") + _cell("libraries") + _cell("2021-10-01") + REST.replace(_cell("Opened"), cell)
    )
    (problem,) = _refused(tiny, _opendocument(tmp_path, f"<table:table-row>{row}</table:table-row>"))
    assert f"the spreadsheet has turned what was typed into {said}." in problem


def test_a_sheet_of_libreoffice_is_read_as_it_shows(tiny: Council, tmp_path: Path) -> None:
    """Dates, formulas and spaces are read; blank rows at the end, repeated a million times, are not."""
    row = (
        "<table:table-row>" + _cell("online-library-opened") + _cell("libraries", 'table:formula="of:=[.B9]"')
        + _cell("10/21", 'table:style-name="M" office:value-type="date" office:date-value="2021-10-01"')
        + REST + '</table:table-row><table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )  # fmt: skip
    lines = bring_in(tiny.root, _opendocument(tmp_path, row, DATE))
    assert lines[:3] == [
        'Repaired: 2021-22.ods, sheet milestones, row 2, column B (service_id): the formula "=[.B9]" becomes its '
        'result, "libraries".',
        'Repaired: 2021-22.ods, sheet milestones, row 2, column C (date): the date "October 2021" becomes "2021-M10".',
        "2021-22/milestones.csv: 1 row, changed (1 before).",
    ]
    assert tiny.cells("2021-22/milestones.csv")[1] == [
        "online-library-opened", "libraries", "2021-M10", "Opened", "", "", "annual-report-2021-22", "Section 3",
    ]  # fmt: skip


def test_what_is_hidden_merged_or_wrong_in_libreoffice_is_refused(tiny: Council, tmp_path: Path) -> None:
    """The same rules hold for a workbook of LibreOffice."""
    row = (
        '<table:table-row table:visibility="filter">' + _cell("online-library-opened")
        + _cell("libraries", 'table:number-columns-spanned="2"')
        + _cell("#REF!", 'table:formula="of:=[.#REF!]" office:value-type="string"') + REST + "</table:table-row>"
    )  # fmt: skip
    columns = '<table:table-column table:number-columns-repeated="7"/><table:table-column table:visibility="collapse"/>'
    place = "2021-22.ods, sheet milestones, row"
    assert _refused(tiny, _opendocument(tmp_path, row, columns=columns)) == [
        f"{place} 1, column H (place): the column is hidden. Choose Unhide and check it.",
        f"{place} 2: the row is hidden. Clear the filter, or choose Unhide; then keep the row, or delete it.",
        f"{place} 2, column B (service_id): the cells B2:C2 are merged into one. "
        "Unmerge them (Home, Merge and Centre), and fill in each cell.",
        f'{place} 2, column C (date): "#REF!" is an error of the spreadsheet, not what was typed. '
        "Type the figure itself. Where there is none, leave the cell blank and say why.",
    ]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        pytest.param(
            _cell("", 'office:value-type="date" office:date-value="99999-99-99"'),
            "the spreadsheet has turned what was typed into a date or time without its year "
            '("99999-99-99"). Give the cell the format Text, and type it again.',
            id="a date that no calendar has",
        ),
        pytest.param(
            _cell("", 'office:value-type="float" office:value="NaN"'),
            '"#VALUE!" is an error of the spreadsheet, not what was typed. '
            "Type the figure itself. Where there is none, leave the cell blank and say why.",
            id="a number that is none",
        ),
    ],
)
def test_a_cell_of_libreoffice_without_a_sound_value_is_not_taken_for_a_blank(
    tiny: Council, tmp_path: Path, cell: str, problem: str
) -> None:
    """Its row would be left out without a word."""
    row = f"<table:table-row><table:table-cell/><table:table-cell/>{cell}</table:table-row>"
    assert _refused(tiny, _opendocument(tmp_path, row)) == [
        f"2021-22.ods, sheet milestones, row 2, column C (date): {problem}"
    ]


def test_spaces_that_a_workbook_of_libreoffice_only_counts_do_not_fill_the_memory(
    tiny: Council, tmp_path: Path
) -> None:
    """A few bytes may ask for two thousand million spaces."""
    row = (
        "<table:table-row>" + _cell("online-library-opened") + _cell("libraries") + _cell("2021-M10")
        + _cell('Opened<text:s text:c="2000000000"/>again') + "<table:table-cell/>" * 2 + _cell("annual-report-2021-22")
        + _cell("Section 3") + "</table:table-row>"
    )  # fmt: skip
    [problem] = _refused(tiny, _opendocument(tmp_path, row))
    assert "the cell has 32,779 characters; the most is 32,767. Shorten it." in problem


# All or nothing


def test_where_one_file_cannot_be_written_none_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is open in Excel cannot be replaced: those before it are put back, and nothing is left behind."""
    first, second, third = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    first.write_bytes(b"old")
    third.write_bytes(b"old")
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "c.csv":
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(ReportError) as raised:
        canonical.put_in_place({first: b"new", second: b"new", third: b"new"})
    assert "c.csv: the file cannot be written, so nothing was changed." in str(raised.value)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old", "c.csv": b"old"}


def test_the_command_says_what_it_did(northmoor_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The officer reads what became of each table and what to do next, or every problem."""
    path = _workbook(northmoor_copy, "savings", lambda sheet, _: sheet.write_string("F2", "£60,000"))
    assert main(["--project", str(northmoor_copy), "import", str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "2021-22/savings.csv: 3 rows, unchanged."
    assert said[-1] == "Now run: answerable check"
    path = _workbook(northmoor_copy, "savings", lambda sheet, _: sheet.write_string("F2", "sixty"))
    assert main(["--project", str(northmoor_copy), "import", str(path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture(name="northmoor_copy")
def _northmoor_copy(tiny: Council) -> Path:
    """Return a folder that holds the packages of the good council as a project does."""
    return tiny.root.parent


def test_the_form_of_a_csv_file_is_that_of_the_packages() -> None:
    """Quotation marks only where they are needed, and a line feed after each row."""
    heading = ",".join(field["name"] for field in schema("milestones")["fields"])
    made = canonical.csv_bytes("milestones", [["a", "b", "c", 'say "x"', "1, 2", "", "£", " "]])
    assert made.decode() == f'{heading}\na,b,c,"say ""x""","1, 2",,£, \n'
    assert list(csv.reader(io.StringIO(made.decode())))[1][3] == 'say "x"'
