"""Charts: what is drawn is what the table below it says."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup, Tag

from macros.drawing import plotting
from macros.drawing.drawings import drawn, in_light
from macros.drawing.plotting import Extent
from macros.publishing.chart_files import chart_files, path, takeaway
from macros.publishing.tables import Tables
from macros.reading.reports import Reports
from macros.records import Missing, SavingKind, Unit
from macros.showing import charts, saving_charts
from macros.showing.rendering import embedding, render
from macros.showing.views import ChartView, ListView, Prose, Takeaway

from .builders import a_break, a_figure, a_measure, a_saving, a_target, an_observation, some_reports

ADDRESS = "https://example.org/figures/"


def _texts(chart: ChartView) -> list[str]:
    """Return the words of a drawing."""
    return [text.get_text(" ") for text in BeautifulSoup(drawn(chart.picture), "html.parser").select("text")]


def _bars(chart: ChartView) -> list[float]:
    """Return the lengths of a drawing's bars, in the order in which they are drawn."""
    paths = BeautifulSoup(drawn(chart.picture), "html.parser").select("g.mark-rect.role-mark path")
    lengths = [re.search(r"h(-?[\d.]+)", str(path["d"])) for path in paths]
    return [float(length[1]) for length in lengths if length]


def test_bars_are_as_long_as_their_sums(northmoor: Reports) -> None:
    """Savings of £100,000 and £250,000 are drawn as long as they are, and added up to £350,000."""
    years, added = saving_charts.savings("bin-collection", SavingKind.SAVING, northmoor)
    short, long = _bars(years)
    assert long / short == pytest.approx(2.5, rel=0.01)
    first, second = _bars(added)
    assert second / first == pytest.approx(3.5, rel=0.01)
    assert "£350,000" in _texts(added)


def test_results_and_targets_stand_at_their_heights(example: Reports) -> None:
    """Council tax: 98.06 on its target, and 95.32 below 96.11, by as much as the figures say."""
    (chart,) = charts.of_measure("council-tax-collected", example)
    svg = BeautifulSoup(drawn(chart.picture), "html.parser")
    marks = [path["transform"] for path in svg.select("g.mark-symbol path")]
    points = sorted({float(re.findall(r"[\d.]+", str(mark))[1]) for mark in marks})
    ticks = [str(path["transform"]) for path in svg.select("g.mark-rect path") if path.get("transform")]
    assert len(points) == 2
    assert {"98.06%", "95.32% missed", "target 98.06%", "target 96.11%"} <= {
        " ".join(text.split()) for text in _texts(chart)
    }
    assert ticks or svg.select("g.mark-rect path")


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
    svg = BeautifulSoup(drawn(months.picture), "html.parser")
    assert "not measured" in " ".join(" ".join(_texts(months)).split())
    assert len(svg.select("g.mark-symbol path")) == 5


def test_no_chart_has_more_than_four_series(example: Reports) -> None:
    """A reader can tell four series apart; no chart has more."""
    for measure in example.measures:
        for chart in charts.of_measure(measure, example):
            svg = BeautifulSoup(drawn(chart.picture), "html.parser")
            assert len(svg.select("g.role-legend-symbol path")) <= charts.MAX_SERIES


def test_drawings_hold_no_script_and_no_identifier_twice(example: Reports) -> None:
    """A drawing holds text and shapes alone, and what it names is named for its chart."""
    for chart in charts.of_measure("incidents-raised", example):
        svg = BeautifulSoup(drawn(chart.picture), "html.parser")
        assert svg.select("script, [onload], [href], [role]") == []
        assert all(str(tag["id"]).startswith(chart.id) for tag in svg.select("[id]"))


def _drawn(chart: ChartView) -> Tag:
    return BeautifulSoup(drawn(chart.picture), "html.parser")


def _measured(*values: tuple[str, str | Missing], unit: Unit = Unit.PER_CENT, target: str = "95") -> ChartView:
    """Return the chart of a measure whose figures are given by period; without a target where it is empty."""
    measure = a_measure(unit=unit, decimals=1 if unit is Unit.PER_CENT else 0)
    aim = a_target(target) if target else None
    rows = [an_observation(value, period=period, measure=measure, target=aim) for period, value in values]
    (chart,) = charts.of_measure(measure.id, some_reports(*rows))
    return chart


def _lines(chart: ChartView) -> list[int]:
    """Return of how many points each line of a drawing is made; a point alone makes none."""
    paths = _drawn(chart).select("g.mark-line path")
    return [count for line in paths if (count := len(re.findall(r"[ML]", str(line["d"])))) > 1]


def _columns(chart: ChartView) -> list[tuple[float, float]]:
    """Return where each upright bar of a drawing begins and how far it reaches, both from the top."""
    found = []
    for bar in _drawn(chart).select("g.mark-rect.role-mark path[data-row]"):
        shape = re.search(r"M[-\d.]+,([-\d.]+)h[-\d.]+v(-?[\d.]+)", str(bar["d"]))
        assert shape is not None
        found.append((float(shape[1]), float(shape[1]) + float(shape[2])))
    return found


def test_upright_bars_stand_on_zero() -> None:
    """Three counts of 100, 200 and 50 are bars of that proportion on one line, where the axis says 0."""
    chart = _measured(("FY2019-20", "100"), ("FY2020-21", "200"), ("FY2021-22", "50"), unit=Unit.NUMBER, target="")
    bars = _columns(chart)
    heights = [abs(end - start) for start, end in bars]
    assert len({max(bar) for bar in bars}) == 1
    assert heights[1] / heights[0] == pytest.approx(2, rel=0.01)
    assert heights[0] / heights[2] == pytest.approx(2, rel=0.01)
    assert "0" in _texts(chart)
    assert not [note for note in chart.notes if "zero" in note]


def test_a_bar_below_zero_hangs_from_the_line_the_others_stand_on() -> None:
    """A loss of £100 goes down from zero as far as a gain of £100 goes up."""
    chart = _measured(("FY2020-21", "-100"), ("FY2021-22", "100"), unit=Unit.POUNDS, target="")
    (low, high), (other_low, other_high) = (sorted(bar) for bar in _columns(chart))
    assert low == pytest.approx(other_high)
    assert high - low == pytest.approx(other_high - other_low)
    assert "−£100" in _texts(chart)


def test_a_sum_below_zero_is_drawn_on_the_other_side() -> None:
    """A saving of minus £20,000 ends at zero, where a saving of £50,000 begins."""
    rows = (a_saving("more", "-20000"), a_saving("less", "50000", period="FY2022-23"))
    reports = some_reports(an_observation(), an_observation(period="FY2022-23"), savings=rows)
    chart = saving_charts.savings("bin-collection", SavingKind.SAVING, reports)[0]
    first, second = _bars(chart)
    assert second / first == pytest.approx(2.5, rel=0.01)
    starts = [re.search(r"M([\d.]+),", str(bar["d"])) for bar in _drawn(chart).select("path[data-row]")]
    left, right = (float(start[1]) for start in starts if start)
    assert left + first == pytest.approx(right, abs=0.1)


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    """Shares of 94.9% and 95.1% are drawn from 94.9%, and that is said in words."""
    chart = _measured(("FY2020-21", "94.9"), ("FY2021-22", "95.1"))
    assert "The scale begins at 94.9%, not at zero." in chart.notes
    assert "94.9%" in _texts(chart)


@pytest.mark.parametrize(
    ("low", "high", "zero", "wanted"),
    [
        ("0", "100", False, "0 50 100"),
        ("95.32", "98.06", False, "95 96 97 98 99"),
        ("50", "200", True, "0 50 100 150 200"),
        ("-120", "300", True, "-200 0 200 400"),
        ("98", "100", False, "98.0 98.5 99.0 99.5 100.0"),
        ("0", "0", True, "0 0.1"),
    ],
)
def test_a_scale_has_round_steps(low: str, high: str, wanted: str, *, zero: bool) -> None:
    """Steps are 1, 2 or 5 times a power of ten, and a share never reaches beyond 100 unless a figure does."""
    found = plotting.ticks(Extent(Decimal(low), Decimal(high)), decimals=1, zero=zero, share=True)
    assert list(found) == [Decimal(tick) for tick in wanted.split()]


def test_a_line_stops_at_a_month_without_a_row() -> None:
    """January, February, April and May: two lines of two points, and March is said to be missing."""
    chart = _measured(("2022-M01", "95"), ("2022-M02", "96"), ("2022-M04", "97"), ("2022-M05", "96"))
    assert _lines(chart) == [2, 2]
    assert "March 2022: no document here gives a figure." in chart.notes
    assert "no figure" in _texts(chart)
    assert {"Mar 2022", "Apr 2022"} <= set(_texts(chart))


def test_months_without_a_figure_say_why() -> None:
    """Two months of one reason are said together, as the row says it, and no line leads across them."""
    chart = _measured(
        ("2022-M01", "95"), ("2022-M02", "95"), ("2022-M03", Missing.NOT_PUBLISHED),
        ("2022-M04", Missing.NOT_PUBLISHED), ("2022-M05", Missing.NOT_MEASURED), ("2022-M06", "96"),
    )  # fmt: skip
    assert "March 2022 to April 2022: not published." in chart.notes
    assert "May 2022: not measured." in chart.notes
    assert _lines(chart) == [2]
    assert len(_drawn(chart).select("g.mark-symbol path")) == 3


def test_no_line_leads_across_a_break_of_the_measure() -> None:
    """Four years with a redefinition in the middle: two lines, a dashed line between them, and the reason in words."""
    years = ("FY2018-19", "FY2019-20", "FY2020-21", "FY2021-22")
    rows = [an_observation(value, period=year) for year, value in zip(years, ("90", "91", "95", "96"), strict=True)]
    reports = some_reports(*rows, breaks=(a_break("FY2019-20", "FY2020-21"),))
    (chart,) = charts.of_measure("bins-on-time", reports)
    assert _lines(chart) == [2, 2]
    (note,) = (note for note in chart.notes if "dashed" in note)
    assert note == "A dashed line stands between 2019/20 and 2020/21, where the measure changed. It is new."
    (rule,) = _drawn(chart).select("g.mark-rule.role-mark line")
    places = sorted(
        float(re.findall(r"[\d.]+", str(mark["transform"]))[0]) for mark in _drawn(chart).select("g.mark-symbol path")
    )
    across = float(re.findall(r"[\d.]+", str(rule["transform"]))[0])
    assert across == pytest.approx((places[1] + places[2]) / 2, abs=0.5)


def test_a_part_of_a_year_is_hollow_and_joined_to_nothing() -> None:
    """Two years and then six months: one line of two points, and a third mark that is filled with paper."""
    chart = _measured(("FY2019-20", "95"), ("FY2020-21", "96"), ("2021-M04/2021-M09", "97"))
    marks = _drawn(chart).select("g.mark-symbol path")
    assert _lines(chart) == [2]
    assert [mark["fill"] == mark["stroke"] for mark in marks] == [True, True, False]
    assert "A hollow mark is a part of a year." in chart.notes


def test_many_periods_are_thinned_and_said_to_be() -> None:
    """Of 30 months the drawing writes few figures and few months; the table has all 30."""
    rows = [(f"{2020 + month // 12}-M{month % 12 + 1:02}", f"{90 + month % 7}.5") for month in range(30)]
    chart = _measured(*rows)
    texts = _texts(chart)
    assert len([text for text in texts if text.endswith("%") or "missed" in text]) < 12
    assert len([text for text in texts if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", text)]) < 10
    assert "Not every mark has its figure beside it; the table has them all." in chart.notes
    assert len(chart.data.rows) == 30
    assert chart.description.startswith("30 figures from January 2020 to June 2022.")


def test_charts_beside_each_other_share_a_scale_where_none_would_be_flat() -> None:
    """From 90 to 95 and from 94 to 99 share 90 to 99; a series from 10 to 90 and one from 94 to 95 do not."""

    def extent(low: int, high: int) -> Extent:
        return Extent(Decimal(low), Decimal(high))

    assert plotting.common([extent(90, 95), extent(94, 99)]) == extent(90, 99)
    assert plotting.common([extent(10, 90), extent(94, 95)]) is None
    assert plotting.common([extent(100, 100), extent(94, 99)]) == extent(94, 100)


def test_a_headline_counts_and_a_subtitle_says_what_is_drawn(example: Reports) -> None:
    """The message first, then measure, council, time and unit."""
    (chart,) = charts.of_measure("council-tax-collected", example)
    assert chart.name == "Target met in 1 of 2 years, missed in 2013/14"
    assert chart.subtitle == (
        "Council tax collected in the year it was due, West Lancashire Borough Council, 2011/12 to 2013/14, in per cent"
    )


def test_sums_that_stand_in_no_chart_are_named(example: Reports) -> None:
    """A sum of two years is in no chart of years, and the site says so beside them."""
    lead, listed = saving_charts.not_drawn(SavingKind.SAVING, example)
    assert isinstance(lead, Prose)
    assert isinstance(listed, ListView)
    says = ["".join(cell.text for cell in item) for item in listed.items]
    assert lead.paragraphs[0][0].text == "These sums stand in no chart:"
    assert any("£295,000. It is not a sum of one year." in text for text in says)


def test_a_sum_that_is_also_part_of_another_says_so() -> None:
    """A saving of one service that another service counts in its total is drawn with a word of warning."""
    other = a_saving("total", "60000", parts=("fewer-rounds",))
    service = type(other.service)("all-services", "All services", other.service.council, None, "All.", None, None, "")
    rows = (
        a_saving(),
        a_saving("later", "50000", period="FY2022-23"),
        a_saving("total", "60000", parts=("fewer-rounds",), service=service, title="All that was saved"),
    )
    reports = some_reports(an_observation(), an_observation(period="FY2022-23"), savings=rows)
    chart = saving_charts.savings("bin-collection", SavingKind.SAVING, reports)[0]
    assert chart.notes == ("“Fewer rounds” (2021/22) is also part of “All that was saved” (2021/22) of All services.",)


def test_a_sum_that_is_not_settled_has_another_shape_and_a_word() -> None:
    """An estimate is a hollow bar with the word beside its figure: colour alone says nothing."""
    rows = (a_saving(), a_saving("later", a_figure("50000", status="estimated"), period="FY2022-23"))
    reports = some_reports(an_observation(), an_observation(period="FY2022-23"), savings=rows)
    chart = saving_charts.savings("bin-collection", SavingKind.SAVING, reports)[0]
    settled, estimated = _drawn(chart).select("path[data-row]")
    assert settled["fill"] == settled["stroke"]
    assert estimated["fill"] != estimated["stroke"]
    assert "£50,000 estimated" in _texts(chart)


def test_marks_name_their_rows(example: Reports) -> None:
    """Every mark says which row of the chart's table it is, and shows that row's figure."""
    (chart,) = charts.of_measure("council-tax-collected", example)
    rows = [int(str(mark["data-row"])) for mark in _drawn(chart).select("[data-row]")]
    assert rows == [0, 1]
    assert [chart.data.rows[row][1].text for row in rows] == ["98.06%", "95.32%"]


# What a reader takes away


@pytest.fixture(name="taken", scope="module")
def _taken(northmoor: Reports) -> dict[str, bytes]:
    return chart_files(Tables(northmoor), "Northmoor figures", ADDRESS)


def test_a_file_says_by_itself_what_it_shows(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """A downloaded drawing holds title, subtitle, documents, licence, date and address, and no colour of a page."""
    for chart in charts.every(northmoor):
        text = taken[path(chart, "svg")].decode()
        says = " ".join(line.get_text(" ") for line in BeautifulSoup(text, "html.parser").select("text"))
        assert chart.credit is not None
        wanted = [chart.name, chart.subtitle, *chart.credit.sources, "Open Government Licence v3.0", ADDRESS]
        assert all(part in says for part in [*wanted, f"Figures to {chart.credit.until}."]), chart.id
        assert "var(" not in text
        assert "<script" not in text


def test_a_file_names_its_document_and_date(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """The savings of Northmoor are from two annual reports, up to March 2023."""
    chart = saving_charts.savings("bin-collection", SavingKind.SAVING, northmoor)[0]
    says = taken[path(chart, "svg")].decode()
    assert chart.credit is not None
    assert chart.credit.until in says


def test_a_picture_is_twice_as_wide_as_the_drawing(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """A PNG begins as PNGs do, and is 768 wide: twice 360 and its margins."""
    for chart in charts.every(northmoor):
        data = taken[path(chart, "png")]
        drawing = BeautifulSoup(taken[path(chart, "svg")], "html.parser").svg
        assert drawing is not None
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(data[16:20]) == 768
        assert int.from_bytes(data[20:24]) == 2 * int(str(drawing["height"]))
        assert data.endswith(b"IEND\xaeB`\x82")


def test_the_data_of_a_chart_are_its_figures(example: Reports) -> None:
    """The file of a chart holds the rows of its table, in their order, with bare numbers."""
    files = chart_files(Tables(example), "A site", "")
    (chart,) = charts.of_measure("council-tax-collected", example)
    rows = list(csv.DictReader(io.StringIO(files[path(chart, "csv")].decode())))
    assert [(row["period_label"], row["value"], row["target"]) for row in rows] == [
        ("2011/12", "98.06", "98.06"),
        ("2013/14", "95.32", "96.11"),
    ]
    assert [f"{row['value']}%" for row in rows] == [row[1].text for row in chart.data.rows]


def test_running_sums_are_in_the_data(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """A chart that adds up £100,000 and £250,000 hands out both, and £350,000."""
    added = saving_charts.savings("bin-collection", SavingKind.SAVING, northmoor)[1]
    rows = list(csv.DictReader(io.StringIO(taken[path(added, "csv")].decode())))
    assert [row["added_up"] for row in rows] == ["100000", "350000"]


def test_files_are_the_same_whenever_they_are_made(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """No file holds the time at which it was made."""
    assert chart_files(Tables(northmoor), "Northmoor figures", ADDRESS) == taken


def test_each_chart_has_files_of_its_own(example: Reports) -> None:
    """No two charts of the site share an identifier, so none overwrites the files of another."""
    count = Counter(chart.id for chart in charts.every(example))
    assert [identifier for identifier, times in count.items() if times > 1] == []


def _offer(chart: ChartView, files: dict[str, bytes], address: str) -> Takeaway:
    offered = takeaway(chart, files, "Northmoor figures", address)
    assert offered is not None
    return offered


def test_code_to_embed_a_chart_needs_no_script(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """The code is an image in a link to the page, with the chart's name as its text."""
    chart = charts.every(northmoor)[0]
    offered = _offer(chart, taken, ADDRESS)
    shown = ChartView(chart.id, chart.name, chart.description, chart.picture, chart.data, takeaway=offered)
    code = BeautifulSoup(embedding(shown), "html.parser")
    assert [tag.name for tag in code.select("*")] == ["a", "img"]
    assert code.select_one("a[href]") is not None
    (image,) = code.select("img")
    assert image["alt"] == chart.name
    assert str(image["src"]).removeprefix(ADDRESS) in taken
    page = BeautifulSoup(render(shown, "../"), "html.parser")
    (area,) = page.select("textarea")
    assert area.get_text() == embedding(shown)
    assert page.select_one(f"label[for={area['id']}]") is not None


def test_a_chart_says_how_it_is_cited(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """A citation names the site, the chart, the address and the licence."""
    chart = charts.every(northmoor)[0]
    cited = _offer(chart, taken, ADDRESS).citation
    assert cited.startswith(f"Northmoor figures, {chart.name}")
    assert cited.endswith("Open Government Licence v3.0")
    assert ADDRESS in cited
    assert _offer(chart, taken, "").note


def test_a_download_says_its_kind_and_size(northmoor: Reports, taken: dict[str, bytes]) -> None:
    """A reader knows before the click what comes and how large it is."""
    says = [cell.text for cell in _offer(charts.every(northmoor)[0], taken, ADDRESS).files]
    assert re.fullmatch(r"Download the data for this chart \(CSV, \d+ (KB|bytes)\)", says[0])
    assert re.fullmatch(r"Download this chart \(SVG, \d+ KB\)", says[1])
    assert re.fullmatch(r"Download this chart \(PNG, \d+ KB\)", says[2])


def test_colours_of_a_file_are_those_of_the_light_page() -> None:
    """A drawing for a file names colours; the page's names would be nothing there."""
    assert in_light('<text fill="var(--chart-text)"/>') == '<text fill="#1b1b1b"/>'
