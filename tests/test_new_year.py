"""A package for a new year: what is carried forward, what is not, and what the site says until there are figures."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.cli import main
from macros.editing.new_year import moved, new_year
from macros.errors import ReportError
from macros.meaning.checked import load

from .builders import Council
from .sites import PACKAGES, a_project, a_site, fingerprint

LEVELS = "2023-24/service_levels.csv"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _rows(council: Council, file: str) -> dict[str, dict[str, str]]:
    header, *rows = council.cells(file)
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def test_measures_come_with_their_targets_as_proposed(tiny: Council) -> None:
    """Each measure is there once, with no figure; its target is that of the year before, and only proposed."""
    said = new_year(tiny.root, "2023-24", NOW)
    rows = _rows(tiny, LEVELS)
    assert list(rows) == [
        "bins-on-time", "missed-bin-repair-time", "recycling-refused", "calls-answered-rate", "cost-per-household",
        "reader-satisfaction", "opening-hours-kept", "reservations-filled",
    ]  # fmt: skip
    assert rows["bins-on-time"] == {
        "measure_id": "bins-on-time", "period": "FY2023-24", "value": "", "value_qualifier": "",
        "value_status": "not yet due", "target": "98", "target_comparator": ">=", "target_status": "proposed",
        "basis": "contractual", "target_reason": "", "as_published": "", "target_as_published": "98%", "note": "",
        "document_id": "figures-2023-24", "place": "Not published yet. Target of 2022/23, carried forward",
    }  # fmt: skip
    # Of readers' satisfaction 92 was proposed beside the 90 in force: it is the target that may come.
    assert rows["reader-satisfaction"]["target"] == "92"
    assert "8 in service_levels.csv" in said[0]


def test_the_new_package_is_sound_at_once(tiny: Council) -> None:
    """A new package has no problem, holds every table, and is no copy of the release of the year before."""
    new_year(tiny.root, "2023-24", NOW)
    reports = load(tiny.root)
    descriptor = reports.folders["2023-24"].descriptor or {}
    assert (descriptor["title"], descriptor["version"]) == ("Northmoor 2023/24", "0.1.0")
    assert "created" not in descriptor
    assert len(reports.folders["2023-24"].tables) == 9
    document = reports.documents["figures-2023-24"]
    assert (document.title, document.status, document.published) == ("Figures for 2023/24", "not published yet", None)


def test_the_register_says_that_it_is_newer(tiny: Council) -> None:
    """The register has a new document, so its version rises as the check asks, and nothing else of its file changes."""
    before = tiny.text("register/datapackage.json")
    new_year(tiny.root, "2023-24", NOW)
    assert tiny.text("register/datapackage.json") == before.replace('"version": "1.0.0"', '"version": "1.1.0"')
    tiny.describe("register", lambda package: package.update(created="2023-07-03T09:00:00Z"))
    new_year(tiny.root, "2024-25", NOW)
    own = json.loads(tiny.text("register/datapackage.json"))
    assert (own["version"], own["created"]) == ("1.2.0", "2026-11-22T12:00:00+00:00")


def test_a_year_can_follow_a_new_one(tiny: Council) -> None:
    """Two years ahead is one year after another, and nothing is carried forward twice."""
    new_year(tiny.root, "2023-24", NOW)
    new_year(tiny.root, "2024-25", NOW)
    assert _rows(tiny, "2024-25/service_levels.csv").keys() == _rows(tiny, LEVELS).keys()
    assert {row["period"] for row in _rows(tiny, "2024-25/service_levels.csv").values()} == {"FY2024-25"}


def test_what_has_ended_is_left_out_and_named(tiny: Council) -> None:
    """A measure that is no longer counted is not carried forward, and the officer is told why."""
    row = tiny.cells("2022-23/staffing.csv")[1]
    tiny.set_cells("2022-23/staffing.csv", [*tiny.cells("2022-23/staffing.csv"), ["absence", "FY2022-23", *row[2:]]])
    said = new_year(tiny.root, "2023-24", NOW)
    assert "Left out, as it has ended: Days lost to sickness. Tidy Streets no longer counts it in this way." in said
    assert list(_rows(tiny, "2023-24/staffing.csv")) == ["staff-employed"]


def test_promises_that_fall_due_are_named(tiny: Council) -> None:
    """A promise to be kept in the new year is named, so that its outcome is not forgotten."""
    header, first, *rest = tiny.cells("2022-23/commitments.csv")
    first[header.index("due")] = "2023-M09"
    tiny.set_cells("2022-23/commitments.csv", [header, first, *rest])
    title = first[header.index("title")]
    assert f"A promise falls due in 2023/24: {title}." in new_year(tiny.root, "2023-24", NOW)


@pytest.mark.parametrize(
    ("code", "years", "later"),
    [
        ("FY2018-19", 1, "FY2019-20"),
        ("FY1998-99", 1, "FY1999-00"),
        ("FY2018-19-Q3", 2, "FY2020-21-Q3"),
        ("2018-M10", 1, "2019-M10"),
        ("2018-M10/2019-M03", 1, "2019-M10/2020-M03"),
        ("2018-Q4", 1, "2019-Q4"),
        ("D2019-03-31", 1, "D2020-03-31"),
        ("D2020-02-29", 1, "D2021-02-28"),
        ("D2020-02-29", 4, "D2024-02-29"),
    ],
)
def test_a_period_moves_by_whole_years(code: str, years: int, later: str) -> None:
    """A period keeps its months and its kind."""
    assert moved(code, years) == later


@pytest.mark.parametrize(
    ("year", "like", "problem"),
    [
        ("2023", "", "2023: this is not the name of a financial year. Write the year it begins in and the last two"),
        ("2023-25", "", "2023-25: this is not the name of a financial year."),
        ("../2023-24", "", "../2023-24: this is not the name of a financial year."),
        ("2022-23", "", "2022-23: there is a package of this year. Fill that one in."),
        ("2023-24", "2019-20", "2019-20: there is no package of this year to begin from. Name one of: 2021-22, 2022-"),
        ("2019-20", "", "2019-20: there is no package of an earlier year. Name a year to begin from with --like: 2021"),
    ],
)
def test_a_year_that_cannot_be_made_is_refused(tiny: Council, year: str, like: str, problem: str) -> None:
    """The officer is told what to write instead, and nothing is changed."""
    before = fingerprint(tiny.root)
    with pytest.raises(ReportError) as caught:
        new_year(tiny.root, year, NOW, like)
    assert problem in str(caught.value)
    assert fingerprint(tiny.root) == before


def test_a_year_is_not_made_from_packages_with_problems(tiny: Council) -> None:
    """What is wrong comes first, and nothing is written beside it."""
    tiny.change("2022-23/service_levels.csv", 2, value="97,9")
    before = fingerprint(tiny.root)
    with pytest.raises(ReportError, match="97,9"):
        new_year(tiny.root, "2023-24", NOW)
    assert fingerprint(tiny.root) == before
    assert [path.name for path in tiny.root.parent.iterdir() if path.name.startswith(".")] == []


def test_the_site_says_that_nothing_is_published_yet(northmoor_project: Path, tmp_path: Path) -> None:
    """The page of a new year says so; the home page speaks of the years that have figures."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    assert main(["--project", str(project), "new-year", "2023-24"]) == 0
    site = a_site(project, tmp_path / "site")
    assert site.text("years/2023-24/").startswith("2023/24 The figures for 2023/24 are not published yet.")
    assert "Bins emptied on the day No target not yet due at least 98% (proposed)" in site.text("years/2023-24/")
    assert site.text("").startswith("Northmoor council services From 2021/22 to 2022/23, 7 of 16 service levels")
    assert site.text("measures/bins-on-time/").startswith("Bins emptied on the day Missed in 2022/23: 97.9%")


def test_the_worked_example_can_go_on(tmp_path: Path) -> None:
    """The last package of the example has no measures: the year after it begins empty, or like an older one."""
    council = Council(shutil.copytree(PACKAGES, tmp_path / "datapackages"))
    assert "no rows, as that year has no measures" in new_year(council.root, "2019-20", NOW)[0]
    said = new_year(council.root, "2020-21", NOW, "2013-14")
    assert "13 in service_levels.csv, 46 in activity.csv" in said[0]
    assert _rows(council, "2020-21/service_levels.csv")["council-tax-collected"]["target"] == "96.11"
