"""Charts: what is drawn is what the table below it says."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from macros.reading.reports import Reports
from macros.records import SavingKind
from macros.showing import charts
from macros.showing.views import ChartView


def _texts(chart: ChartView) -> list[str]:
    """Return the words of a drawing."""
    return [text.get_text(" ") for text in BeautifulSoup(chart.svg, "html.parser").select("text")]


def _bars(chart: ChartView) -> list[float]:
    """Return the lengths of a drawing's bars, in the order in which they are drawn."""
    paths = BeautifulSoup(chart.svg, "html.parser").select("g.mark-rect.role-mark path")
    lengths = [re.search(r"h(-?[\d.]+)", str(path["d"])) for path in paths]
    return [float(length[1]) for length in lengths if length]


def test_bars_are_as_long_as_their_sums(northmoor: Reports) -> None:
    """Savings of £100,000 and £250,000 are drawn as long as they are, and added up to £350,000."""
    years, added = charts.savings("bin-collection", SavingKind.SAVING, northmoor)
    short, long = _bars(years)
    assert long / short == pytest.approx(2.5, rel=0.01)
    first, second = _bars(added)
    assert second / first == pytest.approx(3.5, rel=0.01)
    assert "£350,000" in _texts(added)


def test_results_and_targets_stand_at_their_heights(example: Reports) -> None:
    """Council tax: 98.06 on its target, and 95.32 below 96.11, by as much as the figures say."""
    (chart,) = charts.of_measure("council-tax-collected", example)
    drawn = BeautifulSoup(chart.svg, "html.parser")
    marks = [path["transform"] for path in drawn.select("g.mark-symbol path")]
    points = sorted({float(re.findall(r"[\d.]+", str(mark))[1]) for mark in marks})
    ticks = [str(path["transform"]) for path in drawn.select("g.mark-rect path") if path.get("transform")]
    assert len(points) == 2
    assert {"98.06%", "95.32% missed", "target 98.06%", "target 96.11%"} <= {
        " ".join(text.split()) for text in _texts(chart)
    }
    assert ticks or drawn.select("g.mark-rect path")


def test_before_and_after_are_drawn_part_by_part(example: Reports) -> None:
    """Incidents of two years stand side by side: 2,208 and 1,314 of priority 4, and nothing at all of priority 1."""
    chart = charts.parts("incidents-raised", example)[0]
    texts = _texts(chart)
    assert {"2,208", "1,314", "330", "179", "0"} <= set(texts)
    lengths = sorted(_bars(chart))
    assert lengths[-2] / lengths[-1] == pytest.approx(1314 / 2208, rel=0.01)


def test_a_gap_is_a_gap(example: Reports) -> None:
    """A month that was not measured is said to be so in the drawing, and has no mark."""
    months = next(
        chart for chart in charts.of_measure("ict-priority-5-resolved-on-time", example) if "months" in chart.id
    )
    drawn = BeautifulSoup(months.svg, "html.parser")
    assert "not measured" in " ".join(" ".join(_texts(months)).split())
    assert len(drawn.select("g.mark-symbol path")) == 5


def test_no_chart_has_more_than_four_series(example: Reports) -> None:
    """A reader can tell four series apart; no chart has more."""
    for measure in example.measures:
        for chart in charts.of_measure(measure, example):
            assert len(BeautifulSoup(chart.svg, "html.parser").select("g.role-legend-symbol path")) <= charts.MAX_SERIES


def test_drawings_hold_no_script_and_no_identifier_twice(example: Reports) -> None:
    """A drawing holds text and shapes alone, and what it names is named for its chart."""
    for chart in charts.of_measure("incidents-raised", example):
        drawn = BeautifulSoup(chart.svg, "html.parser")
        assert drawn.select("script, [onload], [href], [role]") == []
        assert all(str(tag["id"]).startswith(chart.id) for tag in drawn.select("[id]"))
