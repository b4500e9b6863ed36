"""Tables as views: what stands in which cell. Compared as texts, never as HTML."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from macros.meaning.reconciliation import Reconciliation
from macros.reading.reports import Reports
from macros.records import (
    Basis,
    Direction,
    Figure,
    Missing,
    Observation,
    Target,
    TargetStatus,
    Unit,
)
from macros.showing import tables
from macros.showing.views import Cell, TableView

from .builders import (
    a_break,
    a_discrepancy,
    a_figure,
    a_measure,
    a_saving,
    a_target,
    an_observation,
    some_reports,
)


def _heads(view: TableView) -> list[str]:
    """Return the headings of a table."""
    return [column.title for column in view.columns]


def _column(view: TableView, title: str) -> list[Cell]:
    """Return the cells below a heading."""
    return [row[_heads(view).index(title)] for row in view.rows]


def _texts(view: TableView, title: str) -> list[str]:
    """Return the texts below a heading."""
    return [cell.text for cell in _column(view, title)]


_SUSPENDED = a_target(None, None, status=TargetStatus.SUSPENDED, basis=Basis.LOCAL)
_NOT_PUBLISHED = a_target(None, None, status=TargetStatus.NOT_PUBLISHED, basis=Basis.NOT_STATED)
_DAYS = a_measure("repair-time", title="Time to put right a missed bin", unit=Unit.DAYS, direction=Direction.LOWER)


# Service levels


@pytest.mark.parametrize(
    ("result", "target", "shown"),
    [
        pytest.param(a_figure("94.9"), a_target("95"), ("at least 95%", "94.9%", "Missed"), id="missed"),
        pytest.param(a_figure("95.0"), a_target("95"), ("at least 95%", "95.0%", "Met"), id="exactly on target"),
        pytest.param(a_figure("0"), a_target("5", "<"), ("below 5%", "0%", "Met"), id="zero is shown as a figure"),
        pytest.param(
            a_figure("80", ">"), a_target("80"), ("at least 80%", "more than 80%", "Met"), id="a figure over a bound"
        ),
        pytest.param(
            a_figure("80", "~"), a_target("80"), ("at least 80%", "about 80%", "Cannot be judged"), id="about"
        ),
        pytest.param(
            Missing.NOT_MEASURED, a_target("90"), ("at least 90%", "not measured", "No figure"), id="not measured"
        ),
        pytest.param(
            Missing.NOT_YET_DUE, a_target("90"), ("at least 90%", "not yet due", "Not yet due"), id="not yet due"
        ),
        pytest.param(a_figure("61"), _SUSPENDED, ("suspended", "61%", "Target suspended"), id="suspended"),
        pytest.param(a_figure("83"), _NOT_PUBLISHED, ("not published", "83%", "No target"), id="no target published"),
        pytest.param(a_figure("83"), None, ("–", "83%", "No target"), id="no target at all"),
        pytest.param(
            a_figure("95.0", status="provisional"),
            a_target("95"),
            ("at least 95%", "95.0% (provisional)", "Met"),
            id="provisional",
        ),
    ],
)
def test_a_service_level(result: Figure | Missing, target: Target | None, shown: tuple[str, str, str]) -> None:
    """Target, result and verdict stand side by side, each in words a reader knows."""
    view = tables.service_levels("Bins, 2021/22", [an_observation(result, target=target)])

    assert tuple(_texts(view, title)[0] for title in ("Target", "Result", "Verdict")) == shown


def test_service_levels_say_where_they_come_from() -> None:
    """Each row links its measure and its document, and its result carries the key of the package's row."""
    view = tables.service_levels("Bins, 2021/22", [an_observation("95.0", target=a_target("95"))])

    assert view.caption == "Bins, 2021/22, basis of targets: contractual"
    assert _column(view, "Service level") == [Cell("Bins emptied on the day", "measures/bins-on-time/")]
    assert _column(view, "Result") == [Cell("95.0%", key="bins-on-time FY2021-22")]
    assert _column(view, "Document and place") == [
        Cell("Annual report 2021/22: Table 1, row 1", "data/#annual-report-2021-22")
    ]


def test_what_all_rows_share_is_said_once() -> None:
    """Where rows differ in period and basis each has a column; otherwise the caption says it for all."""
    rows = [
        an_observation("95.0", target=a_target("95")),
        an_observation("95.0", target=a_target("95", basis=Basis.NOT_STATED), period="FY2020-21"),
    ]
    view = tables.service_levels("Bins", rows)
    assert view.caption == "Bins"
    assert _texts(view, "Period") == ["2021/22", "2020/21"]
    assert _texts(view, "Basis") == ["contractual", "not stated"]

    shared = tables.service_levels("Bins", rows[:1])
    assert shared.caption == "Bins, 2021/22, basis of targets: contractual"
    assert [column.title for column in shared.columns] == [
        "Service level", "Verdict", "Result", "Target", "Document and place",
    ]  # fmt: skip


def test_numbers_are_set_as_numbers() -> None:
    """Targets and results are set to the right, words are not."""
    view = tables.service_levels("Bins, 2021/22", [])

    assert [column.title for column in view.columns if column.numeric] == ["Result", "Target"]


def test_verdicts_are_marked() -> None:
    """A verdict's mark is its own word, so that colour never speaks alone."""
    rows = [
        an_observation("95", target=a_target("95")),
        an_observation("94", target=a_target("95")),
        an_observation("94", target=_SUSPENDED),
    ]
    view = tables.service_levels("Bins", rows)

    assert [(cell.text, cell.mark) for cell in _column(view, "Verdict")] == [
        ("Met", "met"),
        ("Missed", "missed"),
        ("Target suspended", "target-suspended"),
    ]


def test_notes_are_numbered_as_they_are_called() -> None:
    """A note stands once below its table, however many rows call it, numbered in the order of the rows."""
    rows = [
        an_observation("95", note="Snow fell."),
        an_observation("96"),
        an_observation("94", note="A van broke down."),
        an_observation(Missing.NOT_MEASURED, note="Snow fell."),
    ]
    view = tables.service_levels("Bins", rows)

    assert _texts(view, "Result") == ["95% [note 1]", "96%", "94% [note 2]", "not measured [note 1]"]
    assert view.notes == ("Snow fell.", "A van broke down.")


# One measure in every period


def _series(*rows: Observation, **changes: object) -> TableView:
    """Return the table of a series."""
    return tables.series("Bins", rows, some_reports(*rows, **changes))


def test_a_series_compares_each_period_with_the_one_before() -> None:
    """Each figure says how it moved and what that means, the first has nothing to be compared with."""
    view = _series(
        an_observation("95.0", period="FY2018-19", target=a_target("95")),
        an_observation("94.5", period="FY2019-20", target=a_target("95")),
        an_observation("96.0", period="FY2020-21", target=a_target("95")),
        an_observation("96.0", period="FY2021-22", target=a_target("95")),
    )

    assert _texts(view, "Against the period before") == [
        "–",
        "0.5 points lower than in 2018/19 (worsened)",
        "1.5 points higher than in 2019/20 (improved)",
        "the same as in 2020/21",
    ]


def test_a_series_says_why_it_does_not_compare() -> None:
    """Where a figure is not compared with the one before, the reason stands in its place."""
    view = _series(
        an_observation("95.0", period="2018-M10/2019-M03"),
        an_observation("94.5", period="FY2019-20"),
        an_observation("95.5", period="FY2020-21"),
        an_observation(a_figure("95", "~"), period="FY2021-22"),
        an_observation(Missing.NOT_PUBLISHED, period="FY2022-23"),
        breaks=(a_break("FY2019-20", "FY2020-21"),),
    )

    assert _texts(view, "Against the period before") == [
        "–",
        "not compared with October 2018 to March 2019: the two periods are not alike",
        "not compared with 2019/20: the measure changed between the two",
        "not compared with 2020/21: one of the two figures is not exact",
        "–",
    ]


def test_a_series_of_service_levels_has_targets_and_verdicts() -> None:
    """Where any period has a target the table has its columns, and a dash where a period has none."""
    view = _series(
        an_observation("95.0", period="FY2020-21"),
        an_observation("94.5", period="FY2021-22", target=a_target("95"), as_published="94½%"),
    )

    assert _texts(view, "Target (%)") == ["–", "at least 95"]
    assert _texts(view, "Result (%)") == ["95.0", "94.5"]
    assert _texts(view, "Verdict") == ["No target", "Missed"]
    assert _texts(view, "As printed") == ["–", "94½%"]


def test_a_series_without_targets_has_no_verdicts() -> None:
    """Activity is not judged: the table has no column of targets, and none of verdicts."""
    view = _series(an_observation("12", period="2022-M04", measure=a_measure(unit=Unit.NUMBER)))

    assert _heads(view)[:2] == ["Period", "Result"]
    assert "Verdict" not in _heads(view)
    assert _texts(view, "Period") == ["April 2022"]


def test_a_series_names_its_part_years() -> None:
    """A part of a year says so, so that no one takes it for a year; months and several years are not."""
    view = _series(
        an_observation("95", period="2011-M10/2012-M03"),
        an_observation("95", period="FY2012-13"),
        an_observation("95", period="2013-M04"),
        an_observation("95", period="2012-M04/2014-M03"),
    )

    assert _texts(view, "Period") == [
        "October 2011 to March 2012 (part-year)",
        "2012/13",
        "April 2013",
        "April 2012 to March 2014",
    ]


# Figures without a target, and money


def test_activity_of_several_measures() -> None:
    """Each figure stands beside what the document printed."""
    rows = [
        an_observation("4200", measure=a_measure("loans", title="Books lent", unit=Unit.NUMBER), as_published="4.2k"),
        an_observation(Missing.SUPPRESSED, measure=_DAYS),
    ]
    view = tables.observations("Activity, 2021/22", rows)

    assert _column(view, "Measure") == [
        Cell("Books lent", "measures/loans/"),
        Cell("Time to put right a missed bin", "measures/repair-time/"),
    ]
    assert _texts(view, "Figure") == ["4,200", "suppressed"]
    assert _texts(view, "As printed") == ["4.2k", "–"]
    assert [cell.key for cell in _column(view, "Figure")] == ["loans FY2021-22", "repair-time FY2021-22"]


def test_money() -> None:
    """A sum is shown in pounds, with its qualifier or the reason why there is none, and a total is called one."""
    rows = [
        a_saving("rounds", "60000", title="Fewer rounds", as_published="£60k"),
        a_saving("loss", "-1500.50", title="A loss"),
        a_saving("library", a_figure("35000", "<"), title="The online library", note="Over two years."),
        a_saving("repairs", Missing.SUPPRESSED, title="Repairs"),
        a_saving("all", "60000", title="Savings", parts=("rounds",)),
    ]
    view = tables.savings("Savings, 2021/22", rows)

    assert _texts(view, "What") == ["Fewer rounds", "A loss", "The online library", "Repairs", "Savings (total)"]
    assert _texts(view, "Amount") == ["£60,000", "−£1,500.50", "less than £35,000 [note 1]", "suppressed", "£60,000"]
    assert [cell.key for cell in _column(view, "Amount")] == ["rounds", "loss", "library", "repairs", "all"]
    assert _texts(view, "As printed")[0] == "£60k"
    assert view.notes == ("Over two years.",)


# Totals


def test_totals() -> None:
    """A printed total stands beside what its parts give; a difference links to the place that explains it."""
    first, second = a_saving("first", "199000", title="ICT"), a_saving("second", "332000", title="Revenues")
    whole = a_saving("whole", "530000", title="Direct savings")
    known = a_discrepancy("whole", recomputed="531000", id="direct-savings")
    found = [
        Reconciliation(whole, (first, second), "sum", Decimal(530000), Decimal(531000), known),
        Reconciliation(whole, (first, second), "sum", Decimal(531000), Decimal(531000), None),
    ]
    view = tables.totals("Totals", found)

    assert _texts(view, "What") == ["Direct savings", "Direct savings"]
    assert _texts(view, "Printed") == ["£530,000", "£531,000"]
    assert _texts(view, "Recomputed") == ["£531,000", "£531,000"]
    assert _column(view, "Difference") == [Cell("−£1,000", "discrepancies/#direct-savings"), Cell("none")]
    assert _texts(view, "Made from") == ["sum of: ICT; Revenues"] * 2


def test_totals_say_how_they_were_recomputed() -> None:
    """A sum of many rows counts them; a rate says what is divided by what; a change says of what."""
    many = tuple(a_saving(f"part-{number}", "1") for number in range(5))
    answered = an_observation("900", measure=a_measure("answered", title="Calls answered", unit=Unit.NUMBER))
    offered = an_observation("1000", measure=a_measure("offered", title="Calls", unit=Unit.NUMBER))
    rate = an_observation("90", measure=a_measure("rate", title="Calls answered in per cent"))
    found = [
        Reconciliation(a_saving(), many, "sum", Decimal(5), Decimal(5), None),
        Reconciliation(rate, (answered, offered), "rate", Decimal(90), Decimal(90), None),
        Reconciliation(rate, (answered, answered), "change", Decimal(90), Decimal(90), None),
    ]
    view = tables.totals("Totals", found)

    assert _texts(view, "Made from") == [
        "5 rows added up",
        "Calls answered divided by: Calls",
        "change in: Calls answered",
    ]
    assert _column(view, "What")[1] == Cell("Calls answered in per cent", "measures/rate/")
    assert _texts(view, "Printed")[1:] == ["90%", "90%"]


# Years


def test_years(northmoor: Reports) -> None:
    """Each year counts what was met, missed and not judged; a target that is only proposed counts for nothing."""
    view = tables.years(northmoor)

    # By hand from the two tables: in 2021/22 three were met, two missed, and three have no figure, a suspended target
    # or no target; in 2022/23 four were met, two missed, one is not yet due and one cannot be judged.
    assert [[cell.text for cell in row[:5]] for row in view.rows] == [
        ["2021/22", "8", "3", "2", "3"],
        ["2022/23", "8", "4", "2", "2"],
    ]
    assert [row[0].address for row in view.rows] == ["years/2021-22/", "years/2022-23/"]


def test_milestones(northmoor: Reports) -> None:
    """An event is dated as exactly as the document dates it."""
    view = tables.milestones("What happened when", northmoor.milestones)

    assert [[cell.text for cell in row[:2]] for row in view.rows] == [
        ["1 October 2021", "The online library opened"],
        ["December 2022", "The last wheeled bins came"],
    ]


def test_chart_data() -> None:
    """The figures below a chart are those of its drawing, with the reason where there is none."""
    rows = [
        an_observation("95.0", period="FY2020-21", target=a_target("95")),
        an_observation(Missing.NOT_PUBLISHED, period="FY2021-22", target=a_target("96")),
    ]
    view = tables.chart_data("Bins: the figures of the chart", rows)

    assert _heads(view) == ["Period", "Result", "Target", "Verdict"]
    assert [[cell.text for cell in row] for row in view.rows] == [
        ["2020/21", "95.0%", "at least 95%", "Met"],
        ["2021/22", "not published", "at least 96%", "No figure"],
    ]


def test_chart_data_without_targets() -> None:
    """A chart of activity has no targets below it."""
    view = tables.chart_data("Bins", [an_observation("0", measure=a_measure(unit=Unit.NUMBER))])

    assert [[cell.text for cell in row] for row in view.rows] == [["2021/22", "0"]]


def test_a_sum_of_several_years_stands_in_no_single_year() -> None:
    """A total of three years is named below the table of years; the sum of the one year stands in its row."""
    year = a_saving("one-year", "530000", title="Saving of the year")
    whole = "2019-M04/2022-M03"
    longer = a_saving("three-years", "1318000", title="Total to March 2022", period=whole, parts=("one-year",))
    seen = an_observation("95", target=a_target("95"))
    # Every record here is made with a service of its own, so the rows are given the one of the measure.
    rows = tuple(replace(saving, service=seen.measure.service) for saving in (year, longer))
    view = tables.service_years(some_reports(seen, savings=rows), seen.measure.service)

    assert _texts(view, "Savings") == ["Saving of the year: £530,000"]
    assert view.words[-1] == "Not in this table, as it spans several years: Total to March 2022."
