"""What the program asks of all packages together: which rows are levels, which years tell anything, what is newest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.reading.reports import Reports
from macros.records import Missing, Period, TargetStatus

from .builders import a_figure, a_measure, a_target, an_observation, some_reports

TABLES = (
    "service_levels", "activity", "staffing", "savings", "actions", "commitments", "milestones", "discrepancies",
)  # fmt: skip


@pytest.mark.parametrize(("year", "rows"), [("2021-22", 23), ("2022-23", 30), ("2020-21", 0)])
def test_every_row_of_a_year_names_its_source(northmoor: Reports, year: str, rows: int) -> None:
    """Levels, activity, staffing, savings, actions, commitments, milestones and discrepancies; no correction.

    In 2021/22 they are 8, 6, 2, 3, 1, 1, 1 and 1; in 2022/23 they are 9, 11, 1, 5, 1, 1, 1 and 1.
    """
    assert len(northmoor.sources(year)) == rows


@pytest.mark.parametrize("table", TABLES)
def test_a_table_with_a_row_is_published(northmoor: Reports, table: str) -> None:
    """Whatever is told in it."""
    assert northmoor.publishes("2021-22", f"{table}.csv")
    assert northmoor.publishes("2022-23", f"{table}.csv")
    assert not northmoor.publishes("2020-21", f"{table}.csv")


def test_a_year_that_only_waits_tells_nothing(northmoor: Reports) -> None:
    """A figure that is not yet due tells nothing; one that was not measured does, and so does a figure beside it."""
    waits = an_observation(Missing.NOT_YET_DUE, period="FY2022-23")
    assert not some_reports(waits).is_published("2022-23")
    assert not some_reports(waits).publishes("2022-23", "service_levels.csv")
    assert some_reports(an_observation(Missing.NOT_MEASURED, period="FY2022-23")).is_published("2022-23")
    both = some_reports(waits, an_observation("94.9", period="FY2021-22"))
    assert (both.is_published("2021-22"), both.is_published("2022-23")) == (True, False)
    assert not northmoor.publishes("2022-23", "corrections.csv")


@pytest.mark.parametrize(
    ("periods", "newest"),
    [
        (["FY2020-21", "FY2021-22"], "FY2021-22"),
        (["FY2021-22", "2022-M03"], "FY2021-22"),
        (["FY2020-21", "2021-M04"], "2021-M04"),
        (["FY2021-22"], "FY2021-22"),
    ],
)
def test_the_newest_figure_ends_last_and_is_of_the_longest_period(periods: list[str], newest: str) -> None:
    """A year and its last month end on one day: the year is meant. A later period without a figure is none."""
    seen = [an_observation("94.9", period=period) for period in periods]
    later = an_observation(Missing.NOT_MEASURED, period="FY2023-24")
    assert some_reports(*seen, later).newest == Period.parse(newest)


def test_where_there_is_no_figure_none_is_newest() -> None:
    """A year in which nothing was measured has rows, and no figure."""
    assert some_reports(an_observation(Missing.NOT_MEASURED)).newest is None
    assert some_reports().newest is None


def _levels(*rows: tuple[str, str | None]) -> list[str]:
    """Return the periods of the levels of 2021/22, of rows with a period and the status of their target, if any."""
    seen = [
        an_observation("94.9", period=period, target=None if status is None else a_target(status=TargetStatus(status)))
        for period, status in rows
    ]
    return [one.period.code for one in some_reports(*seen).levels("2021-22")]


@pytest.mark.parametrize(
    ("rows", "levels"),
    [
        pytest.param([("FY2021-22", "set"), ("2021-M04", "set")], ["FY2021-22"], id="a month of its year"),
        pytest.param([("2021-M04", "set"), ("2021-M05", "set")], ["2021-M04", "2021-M05"], id="two months"),
        pytest.param(
            [("FY2021-22", "proposed"), ("2021-M04", "set")], ["2021-M04", "FY2021-22"], id="a year only proposed"
        ),
        pytest.param([("FY2021-22", None), ("2021-M04", "set")], ["2021-M04"], id="a year without a target"),
        pytest.param([("FY2021-22", "set"), ("FY2021-22", "proposed")], ["FY2021-22"] * 2, id="one period twice"),
        pytest.param([("2021-M04", "set"), ("2021-Q2", "set")], ["2021-Q2"], id="the first month of a quarter"),
        pytest.param([("2022-M03", "set"), ("2022-Q1", "set")], ["2022-Q1"], id="the last month of a quarter"),
    ],
)
def test_a_level_is_counted_once_a_year(rows: list[tuple[str, str | None]], levels: list[str]) -> None:
    """A part of a longer period whose target is in force is not counted beside it; what has no target is no level."""
    assert sorted(_levels(*rows)) == sorted(levels)


def test_the_period_of_one_measure_holds_none_of_another() -> None:
    """A month of one measure is a level although another has one of the whole year."""
    other = a_measure("missed-bins")
    year = an_observation(a_figure(), target=a_target())
    month = an_observation(a_figure(), period="2021-M04", target=a_target(), measure=other)
    assert len(some_reports(year, month).levels("2021-22")) == 2


def test_a_promise_whose_outcome_its_own_document_tells_is_shown_in_no_other_year(northmoor: Reports) -> None:
    """The annual report of 2022/23 tells what became of a promise of 2021/22; of one of its own it leads nowhere."""
    promise = next(one for one in northmoor.commitments if one.id == "wheeled-bins")
    assert northmoor.shown_in(promise) == "2022-23"
    assert northmoor.shown_in(replace(promise, year="2022-23")) == ""
    assert northmoor.shown_in(replace(promise, outcome_source=None)) == ""


def test_a_search_for_what_is_not_there_finds_nothing(northmoor: Reports) -> None:
    """A measure without rows has no series, and a year without a package no rows."""
    assert northmoor.series("no-such-measure") == ()
    assert northmoor.breaks_of("bins-on-time") == ()
    assert northmoor.of_year("2020-21") == northmoor.levels("2020-21") == ()
    assert northmoor.touching() == ()
    assert [one.id for one in northmoor.touching("staff-employed", "no-such-measure")] == ["staff-counted-twice"]


# What the page of a measure or a service is made from: while this stays, so does the page


def test_a_page_of_a_measure_is_made_from_what_is_of_it(northmoor: Reports) -> None:
    """A name, a break, an action or a discrepancy of another measure does not make the page again."""
    repair, bins = northmoor.about_measure("missed-bin-repair-time"), northmoor.about_measure("bins-on-time")
    assert [name.name for name in repair.names] == ["Rectification (avg. days)", 'Time to "make good"']
    assert [one.kind for one in repair.breaks] == ["renamed"]
    assert (bins.names, bins.breaks) == ((), ())
    assert [one.measure.id for one in bins.actions] == ["bins-on-time"]
    assert {seen.measure.id for seen in bins.observations} == {"bins-on-time"}
    assert [one.id for one in northmoor.about_measure("staff-employed").discrepancies] == ["staff-counted-twice"]
    assert not any([bins.discrepancies, bins.savings, bins.commitments, bins.milestones, bins.duties])


def test_a_page_of_a_measure_knows_the_rows_of_a_year_with_a_correction(northmoor: Reports) -> None:
    """The verdict before a correction is worked out from the row as it is written; no other page needs the rows."""
    corrected, other = northmoor.about_measure("bins-on-time"), northmoor.about_measure("recycling-refused")
    assert [one.id for one in corrected.corrections] == ["bins-on-time-2022-23-a"]
    assert "service_levels.csv" in corrected.folders["2022-23"].tables
    assert corrected.folders["2021-22"].tables == {}
    assert other.corrections == ()
    assert [folder.tables for folder in other.folders.values()] == [{}] * 3


def test_a_measure_is_known_with_its_parts(northmoor: Reports) -> None:
    """A sum is shown beside what it is added up from, and the age of a miss is counted to the newest figure of all."""
    loans = northmoor.about_measure("loans")
    assert [*loans.measures] == ["loans", "loans-adults", "loans-children"]
    assert {seen.measure.id for seen in loans.observations} == {*loans.measures}
    assert loans.newest == northmoor.newest


def test_a_page_of_a_service_is_made_from_what_is_of_it(northmoor: Reports) -> None:
    """A saving, a promise, an event, a duty or a break of another service does not make the page again."""
    bins, libraries = northmoor.about_service("bin-collection"), northmoor.about_service("libraries")
    assert [one.id for one in libraries.savings] == ["online-library-cost", "branch-repairs"]
    assert [one.id for one in bins.savings] == [
        f"{what}-savings-{year}" for year in ("2021-22", "2022-23") for what in ("round", "fuel", "bin")
    ]
    assert ([one.id for one in bins.commitments], [one.id for one in libraries.commitments]) == (
        ["wheeled-bins"],
        ["sunday-opening"],
    )
    assert ([one.id for one in bins.milestones], [one.id for one in libraries.milestones]) == (
        ["wheeled-bins-delivered"],
        ["online-library-opened"],
    )
    assert ([one.id for one in bins.duties], libraries.duties) == (["scrutiny-committee", "bin-report"], ())
    assert ([one.kind for one in bins.breaks], libraries.breaks) == (["renamed", "redefined"], ())
    assert {one.service.id for one in bins.measures.values()} == {"bin-collection"}
    assert {seen.measure.service.id for seen in libraries.observations} == {"libraries"}
    assert not any([libraries.names, libraries.actions, libraries.corrections, libraries.discrepancies])
