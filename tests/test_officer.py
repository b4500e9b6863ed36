"""An officer publishes a year: from last year's package to the site, with a workbook, and no file edited by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from macros.cli import main
from macros.meaning.checked import load

from .sheets import column_numbers, publish, type_row
from .sites import Built, a_project, git

YEAR = "2023-24"
LEVELS = {
    # What the annual report prints, whether it settles the figure, and the target it names.
    "bins-on-time": ("98.2", "98.2%", "98%"),
    "missed-bin-repair-time": ("1.9", "1.9 days", "2 days"),
    "recycling-refused": ("5.4", "5.4%", "less than 5%"),
    "calls-answered-rate": ("96.0", "96.0%", "95%"),
    "cost-per-household": ("59.80", "£59.80", "£60"),
    "reader-satisfaction": ("93", "93%", "92%"),
    "opening-hours-kept": ("96", "96%", "95%"),
    "reservations-filled": ("81", "81%", "80%"),
}
Mistake = Callable[[Any], None]


@pytest.fixture(name="project")
def _project(northmoor_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the invented council's project as a repository with what is published on main, and go there."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "datapackages")
    git(project, "commit", "--quiet", "--message=What is published")
    monkeypatch.chdir(project)
    return project


def _fill(book: Workbook) -> None:
    """Type the year's figures as the report prints them, and what was said of the one that was missed."""
    sheet: Any = book["service_levels"]
    columns = column_numbers(sheet)
    for row in range(2, sheet.max_row + 1):
        measure = sheet.cell(row, columns["measure_id"]).value
        if measure is None:
            continue
        value, printed, target = LEVELS[measure]
        for name, text in {
            "value": value, "value_status": "final", "target_status": "set", "as_published": printed,
            "target_as_published": target, "place": f"Table 1, row {row - 1}",
        }.items():  # fmt: skip
            sheet.cell(row, columns[name]).value = text
    type_row(
        book["actions"], 2, measure_id="recycling-refused", period="FY2023-24", what_happened="Loads were wet.",
        why="The lids let rain in.", action="Mend the lids.", due="2024-M12", responsible_role="Head of Waste",
        in_control="yes", document_id="figures-2023-24", place="Section 2",
    )  # fmt: skip


def _cell(row: int, column: str, value: object, shown: str = "General") -> Mistake:
    def make(sheet: Any) -> None:
        cell = sheet.cell(row, column_numbers(sheet)[column])
        cell.value, cell.number_format = value, shown

    return make


def _totals(sheet: Any) -> None:
    sheet.cell(10, column_numbers(sheet)["measure_id"]).value = "Total"
    sheet.cell(10, column_numbers(sheet)["value"]).value = "610"


def _hidden(sheet: Any) -> None:
    sheet.row_dimensions[9].hidden = True


MISTAKES: list[tuple[Mistake, str]] = [
    (_cell(2, "period", "2011-12"), "row 2, column B (period)"),
    (_cell(2, "value", "nearly all"), "row 2, column C (value)"),
    (_cell(3, "value", "=1/0"), "row 3, column C (value)"),
    (_cell(3, "value_status", "finished"), "row 3, column E (value_status)"),
    (_cell(4, "value", "5,4"), "row 4, column C (value)"),
    (_cell(5, "target_comparator", "=>"), "row 5, column G (target_comparator)"),
    (_cell(5, "basis", "council"), "row 5, column I (basis)"),
    (_cell(6, "period", 2023), "row 6, column B (period)"),
    (lambda sheet: sheet.merge_cells("M7:M8"), "row 7, column M (note)"),
    (_hidden, "row 9"),
    (_totals, "row 10"),
]
"""Eleven things people do to a workbook, and where each is found."""


def test_a_year_from_last_years_package_to_the_site(
    project: Path, capsys: pytest.CaptureFixture[str], northmoor_site: Built
) -> None:
    """Eleven mistakes are eleven problems, each at its cell; once they are repaired, the year is on the site."""
    assert main(["new-year", YEAR]) == 0
    assert main(["export", YEAR]) == 0
    assert main(["export", "register"]) == 0
    before = (project / f"datapackages/{YEAR}/service_levels.csv").read_bytes()
    book = load_workbook(f"{YEAR}.xlsx")
    _fill(book)
    book.save("good.xlsx")
    for make, _ in MISTAKES:
        make(book["service_levels"])
    book.save("bad.xlsx")
    capsys.readouterr()

    assert main(["import", "bad.xlsx"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("11 problems to put right:")
    found = [line for line in said.splitlines() if line.lstrip()[:1].isdigit() and "bad.xlsx" in line]
    assert len(found) == 11
    for _, place in MISTAKES:
        assert any(f"bad.xlsx, sheet service_levels, {place}" in line for line in found), place
    assert (project / f"datapackages/{YEAR}/service_levels.csv").read_bytes() == before

    register = load_workbook("register.xlsx")
    publish(register["documents"])
    register.save("register.xlsx")
    assert main(["import", "register.xlsx"]) == 0
    assert main(["import", "good.xlsx"]) == 0
    assert main(["check"]) == 0
    assert main(["check", "--against", "main"]) == 0
    capsys.readouterr()
    assert main(["diff", "main"]) == 0
    assert YEAR in capsys.readouterr().out
    assert main(["build"]) == 0

    site = Built(project / "site", ())
    text = site.text("years/2023-24/")
    assert "7 of 8 service levels were met and 1 was missed." in text
    assert "Missed in 2023/24: 5.4% against a target of below 5%, 0.5 points higher than in 2022/23." in text
    assert "The lids let rain in." in text
    assert "Met in 2023/24: 98.2% against a target of 98%" in site.text("measures/bins-on-time/")
    # What was published before is as it was.
    old = "data/2022-23/service_levels.csv"
    assert (site.root / old).read_bytes() == (northmoor_site.root / old).read_bytes()
    assert load(project / "datapackages").years == ("2021-22", "2022-23", "2023-24")
