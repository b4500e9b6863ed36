"""Records to charts: what a chart says, the picture of it, a long description and the figures in a table.

A chart holds nothing that is not also in the table below it. A period without a figure is a gap and says why, a bar
begins at zero, a target is drawn as a target, and no line leads across a gap, a part of a year or a change of measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..drawing import plotting
from ..drawing.pictures import SERIES, TARGET, Bar, Label, Mark, Timeline, grouped, room
from ..drawing.plotting import Extent
from ..meaning.judgement import Verdict, verdict
from ..reading.reports import Reports
from ..records import (
    Figure,
    Measure,
    Observation,
    Period,
    PeriodKind,
    SavingKind,
    Unit,
)
from . import chart_words, saving_charts, tables, wording
from .chart_words import figures, value
from .views import ChartView, Small

MAX_SERIES = len(SERIES)
_ZERO_BASED = (Unit.POUNDS, Unit.NUMBER)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place on the axis of time: its period, and the row that stands there or why there is none."""

    period: Period
    row: int | None
    seen: Observation | None
    why: str = ""


def _places(rows: Sequence[Observation]) -> list[_Place]:
    """Return a place for every row, and an empty one for every period between that has none."""
    places: list[_Place] = []
    for index, seen in enumerate(rows):
        if index:
            missing = plotting.between(rows[index - 1].period, seen.period)
            places += [_Place(period, None, None, chart_words.NO_ROW) for period in missing]
        why = "" if isinstance(seen.result, Figure) else wording.figure(seen.result, seen.measure.unit)
        places.append(_Place(seen.period, index, None if why else seen, why))
    return places


def _targets(rows: Sequence[Observation]) -> list[Decimal]:
    return [seen.target.value for seen in rows if seen.target and seen.target.value is not None]


def _extent(rows: Sequence[Observation]) -> Extent:
    """Return what a chart of some rows must hold: every result and every target."""
    return Extent.of([value(seen) for seen in figures(rows)] + _targets(rows))


def _as_bars(rows: Sequence[Observation]) -> bool:
    """Whether rows are drawn as bars: counts and sums of money without a target."""
    return rows[0].measure.unit in _ZERO_BASED and not any(seen.target for seen in rows)


def _scale(measure: Measure, extent: Extent, *, bars: bool) -> tuple[Decimal, ...]:
    return plotting.ticks(extent, decimals=measure.decimals, zero=bars, share=measure.unit is Unit.PER_CENT)


def _tick(number: Decimal, unit: Unit) -> str:
    return wording.quantity(number, unit) if unit in (Unit.PER_CENT, Unit.POUNDS) else wording.number(number)


def _timeline(rows: Sequence[Observation], ticks: Sequence[Decimal], reports: Reports) -> tuple[Timeline, bool]:
    """Return the picture of some rows, and whether labels were left out because there are too many."""
    places = _places(rows)
    measure = rows[0].measure
    scale = tuple((float(tick), _tick(tick, measure.unit)) for tick in ticks)
    wide = room(len(places), scale)
    axis = [wording.axis(place.period) for place in places]
    kept = plotting.rhythm(axis, wide)
    bars = _as_bars(rows)
    labels, thinned = _labels(places, wide, bars=bars)
    reasons = [] if thinned else _reasons(places, wide, scale[0][0], bars=bars)
    picture = Timeline(
        axis=tuple(text if index in kept else "" for index, text in enumerate(axis)),
        scale=scale,
        marks=tuple(_marks(places, reports)),
        targets=tuple(
            (index + 0.5, float(target))
            for index, place in enumerate(places)
            if place.row is not None
            for target in _targets([rows[place.row]])
        ),
        labels=(*labels, *_aims(places, rows, wide), *reasons),
        breaks=tuple(_breaks(places, rows, reports)),
        bars=bars,
    )
    return picture, thinned


def _marks(places: Sequence[_Place], reports: Reports) -> list[Mark]:
    """Return the results; each that may not be joined to the one before begins a line of its own."""
    marks: list[Mark] = []
    before: Observation | None = None
    line = 0
    for index, place in enumerate(places):
        if place.seen is not None and place.row is not None:
            line += 0 if before and chart_words.joined(before, place.seen, reports) else 1
            hollow = place.period.is_part_year
            marks.append(Mark(index + 0.5, float(value(place.seen)), place.row, str(line), hollow))
        before = place.seen
    return marks


def _labels(places: Sequence[_Place], wide: float, *, bars: bool) -> tuple[list[Label], bool]:
    """Write the figure beside each mark, or where there is no room beside the newest and those that stand out.

    A figure above a low bar would lie on the bars beside it.
    """
    texts = [_shown(place.seen) if place.seen else "" for place in places]
    marked = [index for index, place in enumerate(places) if place.seen]
    numbers = {index: value(place.seen) for index, place in enumerate(places) if place.seen}
    highest, lowest = max(marked, key=numbers.__getitem__), min(marked, key=numbers.__getitem__)
    first = [marked[-1], highest] if bars else [marked[-1], marked[0], highest, lowest]
    kept = plotting.fitting(texts, wide, first)
    if len(kept) < len(marked):
        kept = plotting.fitting([text if index in first else "" for index, text in enumerate(texts)], wide, first)
    labels = [
        Label(index + 0.5, float(numbers[index]), texts[index], _below(place.seen), place.row, weight="bold")
        for index, place in enumerate(places)
        if index in kept and place.seen
    ]
    return labels, len(kept) < len(marked)


def _shown(seen: Observation) -> str:
    text = wording.figure(seen.result, seen.measure.unit)
    return f"{text}|missed" if verdict(seen) is Verdict.MISSED else text


def _below(seen: Observation) -> bool:
    """Whether the figure stands below its mark: away from the target, and outside a bar."""
    targets = _targets([seen])
    return value(seen) < (targets[0] if targets else 0)


def _aims(places: Sequence[_Place], rows: Sequence[Observation], wide: float) -> list[Label]:
    """Write a target where it is new, on the side of it that is away from the result."""
    texts, last = [], ""
    for place in places:
        aim = _aim(rows[place.row]) if place.row is not None else ""
        texts.append(aim if aim != last else "")
        last = aim or last
    kept = plotting.fitting(texts, wide, ())
    labels = []
    for index in sorted(kept):
        row = places[index].row or 0
        seen = rows[row]
        # An empty place says at its foot why it is empty.
        above = not isinstance(seen.result, Figure) or _below(seen)
        labels.append(Label(index + 0.5, float(_targets([seen])[0]), texts[index], not above, row, TARGET))
    return labels


def _aim(seen: Observation) -> str:
    if seen.target is None or seen.target.value is None:
        return ""
    shown = wording.quantity(seen.target.value, seen.measure.unit)
    words = wording.aim(seen.target, seen.measure.unit).removeprefix("a target of ").removesuffix(shown)
    return f"target {words}".strip() + f"|{shown}"


def _reasons(places: Sequence[_Place], wide: float, bottom: float, *, bars: bool) -> list[Label]:
    """Write in an empty place why it is empty, at the foot of the drawing, where there is room for it.

    Bars stand on the foot; points leave room below the lowest value of the scale.
    """
    texts = ["" if place.seen else _reason(place).replace(" ", "|") for place in places]
    kept = sorted(plotting.fitting(texts, wide, ()))
    return [Label(index + 0.5, bottom, texts[index], not bars, places[index].row) for index in kept]


def _reason(place: _Place) -> str:
    return "no figure" if place.why == chart_words.NO_ROW else place.why


def _breaks(places: Sequence[_Place], rows: Sequence[Observation], reports: Reports) -> list[int]:
    """Return the edges of the places at which what is measured changed."""
    found = []
    for index, place in enumerate(places):
        if place.row and chart_words.changed(rows[place.row - 1], rows[place.row], reports):
            found.append(index)
    return found


def observations(
    identifier: str, rows: Sequence[Observation], reports: Reports, shared: Extent | None = None
) -> ChartView:
    """One measure over its periods: the result, and the target where there is one.

    Counts and sums of money are bars from zero. Rates and times are points, joined where periods follow each other.

    Args:
        identifier: the chart's own, unique across the site.
        rows: at least one of them with a figure.
        reports: what the packages hold.
        shared: the extent of the scale, where charts beside each other share one.
    """
    measure = rows[0].measure
    bars = _as_bars(rows)
    ticks = _scale(measure, shared or _extent(rows), bars=bars)
    picture, thinned = _timeline(rows, ticks, reports)
    empty = [(index, place.period, place.why) for index, place in enumerate(_places(rows)) if place.why]
    notes = [
        *chart_words.key(rows, bars=bars, thinned=thinned),
        *chart_words.gaps(empty),
        *chart_words.breaks(rows, reports),
        *chart_words.scale(ticks[0], ticks[-1], measure.unit),
    ]
    return ChartView(
        identifier,
        chart_words.headline(rows, reports),
        chart_words.description(rows),
        picture,
        tables.chart_data(f"The figures of the chart: {measure.title}, {chart_words.span(rows)}", rows),
        chart_words.subtitle(measure.title, measure.service, rows, measure.unit),
        tuple(notes),
        chart_words.credit(f"measures/{measure.id}/", rows, reports),
    )


def of_measure(measure_id: str, reports: Reports) -> list[ChartView]:
    """Return the charts of a measure: years and part-years, months, and the parts of a total."""
    rows = [seen for seen in reports.series(measure_id) if not seen.is_proposed]
    months = [seen for seen in rows if seen.period.kind is PeriodKind.MONTH]
    years = [seen for seen in rows if seen.period.kind not in (PeriodKind.MONTH, PeriodKind.DAY)]
    series = {kind: chosen for kind, chosen in (("years", years), ("months", months)) if len(figures(chosen)) > 1}
    shared = plotting.common([_extent(chosen) for chosen in series.values()])
    charts = [observations(f"chart-{measure_id}-{kind}", chosen, reports, shared) for kind, chosen in series.items()]
    return charts + parts(measure_id, reports)


def parts(measure_id: str, reports: Reports) -> list[ChartView]:
    """Compare the parts of a total between periods, as bars below each other: before and after."""
    measure = reports.measures[measure_id]
    rows = figures(seen for part in measure.parts for seen in reports.series(part) if not seen.is_proposed)
    periods = sorted({seen.period for seen in rows})
    if not rows or not 1 < len(periods) <= MAX_SERIES:
        return []
    groups: dict[str, list[Bar]] = {}
    for index, seen in enumerate(rows):
        colour = SERIES[periods.index(seen.period)]
        when, shown = wording.period(seen.period), wording.figure(seen.result, measure.unit)
        bar = Bar(float(value(seen)), index, when, shown, colour, seen.period.is_part_year)
        groups.setdefault(seen.measure.id, []).append(bar)
    labels = wording.listing([wording.period(period) for period in periods])
    newest = [seen for seen in rows if seen.period == periods[-1]]
    most = max(value(seen) for seen in newest)
    largest = [seen.measure.title for seen in newest if value(seen) == most]
    shown = wording.quantity(most, measure.unit)
    when = wording.period(periods[-1])
    name = f"Largest in {when}: {wording.listing(largest)}, {shown}"
    says = " ".join(
        f"{seen.measure.title}: {wording.figure(seen.result, measure.unit)} {wording.in_period(seen.period)}."
        for seen in rows
    )
    return [
        ChartView(
            f"chart-{measure_id}-parts",
            name,
            says,
            grouped([(reports.measures[part].title, bars) for part, bars in groups.items()]),
            tables.observations(f"The figures of the chart: {measure.title}, part by part", rows),
            f"{measure.title}, part by part, {measure.service.council.title}, {labels}",
            ("A hollow bar is a part of a year.",) if any(period.is_part_year for period in periods) else (),
            chart_words.credit(f"measures/{measure_id}/", rows, reports),
        )
    ]


def small_multiples(service_id: str, reports: Reports) -> Small:
    """Return a small chart for each service level of a service, months where there are no two years.

    Each is named for its measure. Charts in one unit share a scale where none would be flat in it.
    """
    found: list[list[Observation]] = []
    for measure in reports.measures.values():
        if measure.service.id != service_id:
            continue
        rows = [seen for seen in reports.series(measure.id) if seen.target is not None and not seen.is_proposed]
        for kinds in ((PeriodKind.YEAR, PeriodKind.RUN, PeriodKind.QUARTER), (PeriodKind.MONTH,)):
            chosen = [seen for seen in rows if seen.period.kind in kinds]
            if len(figures(chosen)) > 1:
                found.append(chosen)
                break
    units = Counter(rows[0].measure.unit for rows in found)
    alike = {unit: [_extent(rows) for rows in found if rows[0].measure.unit is unit] for unit in units}
    shared = {unit: plotting.common(extents) for unit, extents in alike.items()}
    charts = []
    for rows in found:
        measure = rows[0].measure
        chart = observations(f"small-{measure.id}", rows, reports, shared[measure.unit])
        charts.append(replace(chart, name=measure.title, subtitle=chart.name))
    note = "".join(
        f"Charts in {unit.value} {'share one scale' if shared[unit] else 'each have a scale of their own'}. "
        for unit, how_many in units.items()
        if how_many > 1
    )
    return Small(tuple(charts), note.strip())


def every(reports: Reports) -> list[ChartView]:
    """Return every chart that a reader may take away, those of the measures first."""
    charts = [chart for measure in reports.measures for chart in of_measure(measure, reports)]
    for service in reports.services:
        charts += saving_charts.savings(service, SavingKind.SAVING, reports)
    return charts
