"""Records to charts: a drawing made at build time, a name, a description and the figures. Only this file knows Altair.

Drawings take their colours from the page, so that they suit light and dark; they hold real text, no script, and
nothing that is not also in the table below them. A missing figure is a gap, a bar begins at zero, a target is drawn
as a target, and a part-year or a break in the series is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from ..meaning.comparison import between
from ..meaning.judgement import Verdict, verdict
from ..reading.reports import Reports
from ..records import (
    Figure,
    Observation,
    Period,
    PeriodKind,
    Qualifier,
    ReleaseStatus,
    Saving,
    SavingKind,
    Unit,
)
from . import tables, wording
from .prose import description
from .views import Cell, ChartView, Column, TableView

TEXT = "var(--chart-text)"
LINE = "var(--chart-line)"
RESULT = "var(--chart-result)"
TARGET = "var(--chart-target)"
SERIES = ("var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)")
MAX_SERIES = len(SERIES)
FONT = 16
WIDTH = 310
HEIGHT = 210
BARS = 190
"""Drawings are as wide as a phone, so that their text is as large as the text beside them."""
MONTHS_OF_YEAR = 12
_UNSETTLED = ("provisional", "estimated", "forecast")
_STATUS_COLOURS = {"final": SERIES[0], "revised": SERIES[0]} | dict(zip(_UNSETTLED, SERIES[1:], strict=True))
"""A status keeps its colour from chart to chart."""
_ZERO_BASED = (Unit.POUNDS, Unit.NUMBER)


def _drawing(chart: Any, prefix: str) -> str:
    """Draw a chart as SVG for the page: no second accessible tree inside, no identifier used twice on a page."""
    axis = alt.AxisConfig(
        labelColor=TEXT, titleColor=TEXT, domainColor=LINE, tickColor=LINE, gridColor=LINE, gridOpacity=0.35,
        labelFontSize=FONT, titleFontSize=FONT, labelLimit=0, labelAngle=0, titleFontWeight="normal",
    )  # fmt: skip
    legend = alt.LegendConfig(
        labelColor=TEXT, titleColor=TEXT, labelFontSize=FONT, titleFontSize=FONT, orient="top", symbolStrokeWidth=3,
        labelLimit=0,
    )  # fmt: skip
    config = alt.Config(
        background="transparent", font="inherit", axis=axis, legend=legend, view=alt.ViewConfig(stroke=None)
    )
    # Data stand in the specification; no address may be read while drawing.
    svg: str = vl_convert.vegalite_to_svg(chart.properties(config=config).to_dict(), allowed_base_urls=[])
    svg = re.sub(r'\s(?:aria-[a-z]+|role)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    return svg.replace("<svg ", '<svg focusable="false" ', 1)


@dataclass(frozen=True, slots=True)
class _Point:
    """One place on the axis: the label, and what is drawn there."""

    label: str
    value: float | None
    shown: str
    target: float | None
    aim: str
    part: bool
    above: bool
    broken: bool


def _points(rows: Sequence[Observation], reports: Reports) -> list[_Point]:
    """Return what is drawn at each period, with an empty place for every year that has no figure."""
    points = []
    for index, seen in enumerate(rows):
        if index:
            points += [_empty(label) for label in _gap(rows[index - 1].period, seen.period)]
        points.append(_point(seen, rows[index - 1] if index else None, reports))
    return points


def _empty(label: str) -> _Point:
    return _Point(label, None, "no|figure", None, "", part=False, above=True, broken=False)


def _point(seen: Observation, earlier: Observation | None, reports: Reports) -> _Point:
    value = float(seen.result.value) if isinstance(seen.result, Figure) else None
    target = float(seen.target.value) if seen.target and seen.target.value is not None else None
    aim, last = (_aim(one) if one else "" for one in (seen, earlier))
    return _Point(
        wording.axis(seen.period),
        value,
        _shown(seen),
        target,
        aim if aim != last else "",
        seen.period.is_part_year,
        value is None or target is None or value >= target,
        bool(earlier and _changed(earlier, seen, reports)),
    )


def _changed(earlier: Observation, later: Observation, reports: Reports) -> bool:
    """Whether what is measured changed between two observations, or figures on both sides may not be compared."""
    found = between(earlier, later, reports.breaks)
    return any(one.kind in ("redefined", "method") or not one.comparable for one in found)


def _aim(seen: Observation) -> str:
    if seen.target is None or seen.target.value is None:
        return ""
    return f"target|{wording.aim(seen.target, seen.measure.unit).removeprefix('a target of ')}"


def _shown(seen: Observation) -> str:
    text = wording.figure(seen.result, seen.measure.unit)
    if not isinstance(seen.result, Figure):
        return text.replace(" ", "|")
    return f"{text}|missed" if verdict(seen) is Verdict.MISSED else text


def _gap(earlier: Period, later: Period) -> list[str]:
    """Return the labels of the financial years between two yearly periods that have no row."""
    if PeriodKind.MONTH in (earlier.kind, later.kind) or PeriodKind.DAY in (earlier.kind, later.kind):
        return []
    first, last = int(earlier.financial_year[:4]), int(later.financial_year[:4])
    return [wording.period(Period.parse(f"FY{year}-{(year + 1) % 100:02}")) for year in range(first + 1, last)]


def _axis_x(labels: list[str]) -> alt.X:
    axis = alt.Axis(labelExpr="split(datum.label, '|')", ticks=False, grid=False, labelLineHeight=FONT + 2)
    return alt.X("label:O", sort=labels, title=None, axis=axis)


def _axis_y(unit: Unit, highest: float) -> alt.Axis:
    """Return an axis of a few round numbers, none above 100 per cent."""
    large = unit in _ZERO_BASED and highest >= 1000
    text = "replace(datum.label, 'G', 'bn')" if large else "datum.label"
    if unit is Unit.POUNDS:
        text = f"'£' + {text}"
    if unit is Unit.PER_CENT and highest <= 100:
        text = "datum.value > 100 ? '' : datum.label"
    return alt.Axis(tickCount=4, format=",.3~s" if large else ",.4~g", labelExpr=text)


def observations(identifier: str, rows: Sequence[Observation], reports: Reports) -> ChartView:
    """One measure over its periods: the result, and the target where there is one.

    Counts and sums of money are bars from zero. Rates and times are points, joined where periods follow each other.
    """
    measure = rows[0].measure
    points = _points(rows, reports)
    frame = pd.DataFrame([{name: getattr(point, name) for name in _Point.__slots__} for point in points])
    frame["joined"] = frame["value"].mask(frame["part"])
    title = wording.heading("", measure.unit).strip(" ()")
    highest = max((value for one in points for value in (one.value, one.target) if value is not None), default=0.0)
    bars = measure.unit in _ZERO_BASED and not any(seen.target for seen in rows)
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=bars, nice=True, domain=_domain(points, bars=bars)),
        axis=_axis_y(measure.unit, highest),
    )
    base = alt.Chart(frame).encode(x=_axis_x([point.label for point in points]))
    layers: list[Any] = [_breaks(base)] if frame["broken"].any() else []
    if bars:
        layers.append(base.mark_bar(color=RESULT, size=34).encode(y=y))
    else:
        # A part of a year is never joined to whole years: the line is broken there as at a gap.
        joined = alt.Y("joined:Q", title=None)
        layers.append(
            base.mark_line(color=RESULT, strokeWidth=2.5, invalid="break-paths-show-domains").encode(y=joined)
        )
        layers += [
            base.transform_filter(f"datum.value != null && datum.part == {str(part).lower()}")
            .mark_point(
                size=110, filled=not part, color=RESULT, strokeWidth=2.5, opacity=1, fill=None if part else RESULT
            )
            .encode(y=y)
            for part in (False, True)
        ]
    if frame["target"].notna().any():
        tick = base.mark_tick(color=TARGET, thickness=3, size=52, opacity=1).encode(y=alt.Y("target:Q", title=None))
        layers.append(tick)
    layers += _labels(base, y)
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    name = f"{measure.title}: {_span(rows)}, {title}" if title != "number" else f"{measure.title}: {_span(rows)}"
    words = f"{description(rows)}{_key(frame)}"
    data = tables.chart_data(f"The figures of the chart: {measure.title}, {_span(rows)}", rows)
    return ChartView(identifier, name, words, _drawing(chart, identifier), data)


def _labels(base: alt.Chart, y: alt.Y) -> list[Any]:
    """Label every figure and every target that moved, on the sides where they do not meet; a gap says why."""
    gap = base.transform_filter("datum.value == null").mark_text(
        fontSize=FONT, color=TEXT, fontStyle="italic", baseline="top", lineBreak="|"
    )
    layers: list[Any] = [gap.encode(y=alt.value(8), text="shown:N")]
    aim = alt.Y("target:Q", title=None)
    for above in (True, False):
        side = base.transform_filter(f"datum.above == {str(above).lower()}")
        layers += _label(side, "shown", y, up=above, colour=TEXT, weight="bold")
        layers += _label(side.transform_filter("datum.target != null"), "aim", aim, up=not above, colour=TARGET)
    return layers


def _label(base: alt.Chart, name: str, y: alt.Y, *, up: bool, colour: str, weight: Any = "normal") -> list[Any]:
    """Write a text of one line or two above or below a mark: lines run downwards, so two begin a line higher."""
    layers = []
    for lines in (1, 2):
        text = base.transform_filter(f"datum.value != null || '{name}' == 'aim'").transform_filter(
            f"length(split(datum.{name}, '|')) == {lines}"
        )
        offset = -9 - (lines - 1) * (FONT + 2) if up else 12
        mark = text.mark_text(
            dy=offset, baseline="bottom" if up else "top", lineBreak="|", fontSize=FONT, color=colour, fontWeight=weight
        )
        layers.append(mark.encode(y=y, text=f"{name}:N"))
    return layers


def _breaks(base: alt.Chart) -> Any:
    return base.transform_filter("datum.broken").mark_rule(color=LINE, strokeDash=[4, 4], xOffset=-40)


def _key(frame: pd.DataFrame) -> str:
    """Say in words what the marks of the drawing mean, where there is more than one."""
    words = []
    if frame["target"].notna().any():
        words.append("A short bar across marks the target.")
    if frame["part"].any():
        words.append("A hollow mark is a part of a year.")
    if frame["broken"].any():
        words.append("A dashed line marks where the measure changed.")
    return "".join(f" {word}" for word in words)


def _domain(points: Iterable[_Point], *, bars: bool) -> list[float] | alt.UndefinedType:
    """Leave room above the highest mark for its label; rates need not begin at zero."""
    values = [value for point in points for value in (point.value, point.target) if value is not None]
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) * 0.1 or 1.0
    if bars:
        return [min(0.0, low * 1.15), max(0.0, high * 1.15)]
    return [max(low - spread * 0.5, 0.0) if low >= 0 else low - spread * 0.5, high + spread * 0.5]


def _span(rows: Sequence[Observation | Saving]) -> str:
    """Return the time a chart covers: ``October 2011 to 2013/14``."""
    return wording.span(rows[0].period, rows[-1].period)


def of_measure(measure_id: str, reports: Reports) -> list[ChartView]:
    """Return the charts of a measure: years and part-years, months, and the parts of a total."""
    rows = [seen for seen in reports.series(measure_id) if not seen.is_proposed]
    months = [seen for seen in rows if seen.period.kind is PeriodKind.MONTH]
    years = [seen for seen in rows if seen.period.kind not in (PeriodKind.MONTH, PeriodKind.DAY)]
    charts = []
    for kind, chosen in (("years", years), ("months", months)):
        if len([seen for seen in chosen if isinstance(seen.result, Figure)]) > 1:
            charts.append(observations(f"chart-{measure_id}-{kind}", chosen, reports))
    return charts + parts(measure_id, reports)


def parts(measure_id: str, reports: Reports) -> list[ChartView]:
    """Compare the parts of a total between periods, as bars side by side: before and after."""
    measure = reports.measures[measure_id]
    rows = [seen for part in measure.parts for seen in reports.series(part) if isinstance(seen.result, Figure)]
    labels = [wording.period(when) for when in sorted({seen.period for seen in rows})]
    if not rows or not 1 < len(labels) <= MAX_SERIES:
        return []
    values = [
        (
            "|".join(wrap(seen.measure.title, 19)),
            wording.period(seen.period),
            float(seen.result.value),
            wording.figure(seen.result, measure.unit),
        )
        for seen in rows
        if isinstance(seen.result, Figure)
    ]
    identifier = f"chart-{measure_id}-parts"
    name = f"{measure.title}, part by part: {wording.listing(labels)}"
    words = " ".join(
        f"{seen.measure.title}: {wording.figure(seen.result, measure.unit)} {wording.in_period(seen.period)}."
        for seen in rows
    )
    data = tables.observations(f"The figures of the chart: {measure.title}, part by part", rows)
    return [ChartView(identifier, name, words, _grouped(values, labels, identifier), data)]


def _apart(values: Sequence[tuple[str, str, float, str]]) -> list[tuple[str, str, float, str]]:
    """Give bars of one name and group labels that differ in a space at their end, so that each is a bar of its own."""
    seen: set[tuple[str, str]] = set()
    apart = []
    for category, group, value, shown in values:
        label = category
        while (label, group) in seen:
            label += " "
        seen.add((label, group))
        apart.append((label, group, value, shown))
    return apart


def _grouped(values: Sequence[tuple[str, str, float, str]], groups: Sequence[str], identifier: str) -> str:
    """Draw bars from zero, side by side for each category; at most four groups, each named in the key."""
    values = _apart(values)
    frame = pd.DataFrame(values, columns=["category", "group", "value", "shown"])
    lines = max(len(value[0].split("|")) for value in values)
    step = max(24, (lines * (FONT + 2) + 14) // len(groups))
    axis = alt.Axis(labelExpr="split(datum.label, '|')", ticks=False, labelLineHeight=FONT + 2, labelPadding=6)
    categories = list(dict.fromkeys(value[0] for value in values))
    # The amount stands behind each bar, so the bars leave room for it and need no axis.
    room = alt.Scale(zero=True, domain=[min(0.0, float(frame["value"].min())), float(frame["value"].max()) * 2])
    base = alt.Chart(frame).encode(
        y=alt.Y("category:N", sort=categories, title=None, axis=axis),
        yOffset=alt.YOffset("group:N", sort=list(groups)),
        x=alt.X("value:Q", title=None, scale=room, axis=None, stack=None),
    )
    colours = [_STATUS_COLOURS.get(group, SERIES[place]) for place, group in enumerate(groups)]
    scale = alt.Scale(domain=list(groups), range=colours)
    key = alt.Legend() if len(groups) > 1 or groups[0] in _UNSETTLED else None
    layers = [
        base.mark_bar().encode(color=alt.Color("group:N", sort=list(groups), title=None, scale=scale, legend=key)),
        base.mark_text(align="left", dx=5, fontSize=FONT, color=TEXT).encode(text="shown:N"),
    ]
    return _drawing(alt.layer(*layers).properties(width=BARS, height=alt.Step(step)), identifier)


def small_multiples(service_id: str, reports: Reports) -> list[ChartView]:
    """Return a small chart for each service level of a service, months where there are no two years."""
    charts = []
    for measure in reports.measures.values():
        rows = [seen for seen in reports.series(measure.id) if seen.target is not None and not seen.is_proposed]
        if measure.service.id != service_id or not rows:
            continue
        for kinds in ((PeriodKind.YEAR, PeriodKind.RUN, PeriodKind.QUARTER), (PeriodKind.MONTH,)):
            chosen = [seen for seen in rows if seen.period.kind in kinds]
            if len([seen for seen in chosen if isinstance(seen.result, Figure)]) > 1:
                charts.append(observations(f"small-{measure.id}", chosen, reports))
                break
    return charts


def savings(service_id: str, kind: SavingKind, reports: Reports) -> list[ChartView]:
    """Draw a service's yearly sums of one kind, and the same added up from year to year where that says something.

    Only rows that are not part of another yearly sum are drawn, so that no pound is drawn twice in a chart. Actual
    and estimated sums have their own colours and are never added together.
    """
    yearly = [row for row in reports.savings if row.kind is kind and row.period.months <= MONTHS_OF_YEAR]
    own = sorted((row for row in yearly if row.service.id == service_id), key=lambda row: row.period)
    inside = {part for row in own for part in row.parts}
    rows = [row for row in own if row.id not in inside and _exact(row)]
    if len(rows) < 2:
        return []
    service = reports.services[service_id]
    title = f"{wording.capital(kind.value)}, {service.title}"
    charts = [_money(f"chart-{service_id}-{kind.value.replace(' ', '-')}", f"{title}: {_span(rows)}, £", rows)]
    return charts + _cumulative(f"chart-{service_id}-{kind.value.replace(' ', '-')}-added-up", title, rows)


def _exact(row: Saving) -> bool:
    return isinstance(row.result, Figure) and row.result.qualifier is Qualifier.EXACT


def _value(row: Saving) -> Decimal:
    return row.result.value if isinstance(row.result, Figure) else Decimal(0)


def _status(row: Saving) -> str:
    return row.result.status.value if isinstance(row.result, Figure) else ""


def _money(identifier: str, name: str, rows: Sequence[Saving]) -> ChartView:
    values = []
    sentences = []
    for row in rows:
        amount = wording.figure(row.result, Unit.POUNDS)
        part = " (part-year)" if row.period.is_part_year else ""
        values.append((_category(row), _status(row), float(_value(row)), amount))
        sentences.append(f"{row.title} {wording.in_period(row.period)}{part}: {amount}, {_status(row)}.")
    # A status keeps its colour from chart to chart.
    groups = [status.value for status in ReleaseStatus if status.value in {_status(row) for row in rows}]
    data = tables.savings(f"The figures of the chart: {name}", rows)
    return ChartView(identifier, name, " ".join(sentences), _grouped(values, groups, identifier), data)


def _category(row: Saving) -> str:
    """Return a bar's label, broken into lines that leave room for the bar on a phone."""
    part = " (part-year)" if row.period.is_part_year else ""
    return "|".join([*wrap(row.title, 19), *wrap(f"{wording.period(row.period)}{part}", 19)])


def _cumulative(identifier: str, title: str, rows: Sequence[Saving]) -> list[ChartView]:
    """Add up the final sums of one kind from year to year, where every year has just one and none is left out."""
    final = [row for row in rows if _status(row) == ReleaseStatus.FINAL.value]
    years = [int(row.period.financial_year[:4]) for row in final]
    alike = {(row.cash, row.gross_net, row.recurrence) for row in final}
    if len(years) < 2 or years != list(range(years[0], years[0] + len(years))) or len(alike) > 1:
        return []
    total = Decimal(0)
    values, sentences, cells = [], [], []
    for row in final:
        total += _value(row)
        label, amount = f"to {wording.month(row.period.end)}", wording.quantity(total, Unit.POUNDS)
        values.append((label, "added up", float(total), amount))
        sentences.append(f"Added up {label}: {amount}.")
        cells.append((Cell(wording.capital(label)), Cell(wording.figure(row.result, Unit.POUNDS)), Cell(amount)))
    name = f"{title}, added up from year to year, £"
    columns = (Column("Until"), Column("In the year", numeric=True), Column("Added up", numeric=True))
    data = TableView(f"The figures of the chart: {name}", columns, tuple(cells))
    return [ChartView(identifier, name, " ".join(sentences), _grouped(values, ["added up"], identifier), data)]
