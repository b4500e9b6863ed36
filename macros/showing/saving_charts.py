"""Savings to charts: the yearly sums of a service, the same added up, and the sums that stand in no chart.

No pound is drawn twice in a chart, sums that are not settled have another shape, and kinds are never added together.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..drawing.pictures import SERIES, Bar, grouped
from ..reading.reports import Reports
from ..records import Figure, Qualifier, ReleaseStatus, Saving, SavingKind, Unit
from . import chart_words, keys, tables, wording
from .chart_words import value
from .views import Cell, ChartView, Column, ListView, Prose, TableView

MONTHS_OF_YEAR = 12
_UNSETTLED = ("provisional", "estimated", "forecast")


def savings(service_id: str, kind: SavingKind, reports: Reports) -> list[ChartView]:
    """Draw a service's yearly sums of one kind, and the same added up from year to year where that says something.

    Only rows that are not part of another yearly sum are drawn, so that no pound is drawn twice in a chart. Actual
    and estimated sums have their own shapes and are never added together.
    """
    rows = _drawn_sums(service_id, kind, reports)
    if len(rows) < 2:
        return []
    charts = [_money(f"chart-{service_id}-{kind.value.replace(' ', '-')}", rows, reports)]
    return charts + _cumulative(f"chart-{service_id}-{kind.value.replace(' ', '-')}-added-up", rows, reports)


def _drawn_sums(service_id: str, kind: SavingKind, reports: Reports) -> list[Saving]:
    """Return the exact yearly sums of a service that are not part of another of its yearly sums."""
    yearly = [row for row in reports.savings if row.kind is kind and row.period.months <= MONTHS_OF_YEAR]
    own = sorted((row for row in yearly if row.service.id == service_id), key=lambda row: row.period)
    exact = [row for row in own if _exact(row)]
    inside = {part for row in exact for part in row.parts}
    return [row for row in exact if row.id not in inside]


def not_drawn(kind: SavingKind, reports: Reports) -> tuple[Prose | ListView, ...]:
    """List the sums of one kind that stand in no chart, each with the reason, or nothing where all are drawn."""
    shown = {service: _drawn_sums(service, kind, reports) for service in reports.services}
    items = []
    for row in reports.savings:
        if row.kind is not kind or (row in shown[row.service.id] and len(shown[row.service.id]) > 1):
            continue
        says = f"{row.title}, {row.service.title}, {wording.period(row.period)}: "
        amount = Cell(wording.figure(row.result, Unit.POUNDS), key=keys.key(row))
        items.append((Cell(says), amount, Cell(f". {wording.capital(_why_not(row, kind, reports))}.")))
    if not items:
        return ()
    lead = "This sum stands in no chart:" if len(items) == 1 else "These sums stand in no chart:"
    return Prose(((Cell(lead),),)), ListView(tuple(items))


def _why_not(row: Saving, kind: SavingKind, reports: Reports) -> str:
    if not isinstance(row.result, Figure):
        return "there is no figure to draw"
    if row.result.qualifier is not Qualifier.EXACT:
        return "the sum is not exact"
    if row.period.months > MONTHS_OF_YEAR:
        return "it is not a sum of one year"
    drawn_sums = _drawn_sums(row.service.id, kind, reports)
    if len(drawn_sums) > 1:
        whole = next((one.title for one in drawn_sums if row.id in one.parts), "another sum")
        return f"it is part of “{whole}”, which is drawn"
    return "its service has no second sum to compare it with"


def _elsewhere(rows: Sequence[Saving], kind: SavingKind, reports: Reports) -> list[str]:
    """Say which sums of a chart are also part of a sum of another service, so that nobody adds the two."""
    says = []
    for whole in reports.savings:
        held = [row for row in rows if whole.kind is kind and row.id in whole.parts and row.service != whole.service]
        if held:
            when = wording.period(whole.period)
            says.append(f"{_named(held, rows)} also part of “{whole.title}” ({when}) of {whole.service.title}.")
    return says


def _named(held: Sequence[Saving], rows: Sequence[Saving]) -> str:
    """Name some of the sums of a chart as shortly as it can be done, with the verb."""
    periods = {row.period for row in held}
    others = [row for row in rows if row.period in periods and row not in held]
    when = wording.listing([wording.period(period) for period in sorted(periods)])
    if len(held) <= max(len(others), 1):
        return f"{_quoted(held)} ({when}) {'is' if len(held) == 1 else 'are'}"
    return f"Every sum of {when}{f' but {_quoted(others)}' if others else ''} is"


def _quoted(rows: Sequence[Saving]) -> str:
    return wording.listing([f"“{row.title}”" for row in rows])


def _exact(row: Saving) -> bool:
    return isinstance(row.result, Figure) and row.result.qualifier is Qualifier.EXACT


def _status(row: Saving) -> str:
    return row.result.status.value if isinstance(row.result, Figure) else ""


def _titled(row: Saving) -> str:
    """Return a sum's title and its time."""
    part = " (part-year)" if row.period.is_part_year else ""
    return f"{row.title}, {wording.period(row.period)}{part}"


def _money(identifier: str, rows: Sequence[Saving], reports: Reports) -> ChartView:
    bars, sentences = [], []
    for index, row in enumerate(rows):
        amount, status = wording.figure(row.result, Unit.POUNDS), _status(row)
        hollow = status in _UNSETTLED
        shown = f"{amount} {status}" if hollow else amount
        bars.append((_titled(row), [Bar(float(value(row)), index, "", shown, SERIES[2 if hollow else 0], hollow)]))
        sentences.append(f"{_titled(row)}: {amount}, {status}.")
    largest = max(value(row) for row in rows)
    when = dict.fromkeys(wording.in_period(row.period) for row in rows if value(row) == largest)
    kind, service = rows[0].kind, rows[0].service
    title = f"{wording.capital(kind.value)}, {service.title}"
    name = f"{title}: {chart_words.span(rows)}, £"
    hollow_key = ["A hollow bar is a sum that is not settled."] if any(bar[0].hollow for _, bar in bars) else []
    return ChartView(
        identifier,
        f"The largest sum is {wording.quantity(largest, Unit.POUNDS)}, {wording.listing(list(when))}",
        " ".join(sentences),
        grouped(bars),
        tables.savings(f"The figures of the chart: {name}", rows),
        chart_words.subtitle(title, service, rows, Unit.POUNDS),
        (*hollow_key, *_elsewhere(rows, kind, reports)),
        chart_words.credit("savings/", rows, reports),
    )


def _cumulative(identifier: str, rows: Sequence[Saving], reports: Reports) -> list[ChartView]:
    """Add up the final sums of one kind from year to year, where every year has just one and none is left out."""
    final = [row for row in rows if _status(row) == ReleaseStatus.FINAL.value]
    years = [int(row.period.financial_year[:4]) for row in final]
    alike = {(row.cash, row.gross_net, row.recurrence) for row in final}
    if len(years) < 2 or years != list(range(years[0], years[0] + len(years))) or len(alike) > 1:
        return []
    total = Decimal(0)
    bars, sentences, cells, sums = [], [], [], []
    for index, row in enumerate(final):
        total += value(row)
        label, amount = f"to {wording.month(row.period.end)}", wording.quantity(total, Unit.POUNDS)
        bars.append(Bar(float(total), index, label, amount, SERIES[0]))
        sentences.append(f"Added up {label}: {amount}.")
        own = Cell(wording.figure(row.result, Unit.POUNDS), key=keys.key(row))
        cells.append((Cell(wording.capital(label)), own, Cell(amount, key=keys.key(row), field=keys.ADDED_UP)))
        sums.append(str(total))
    service = rows[0].service
    title = f"{wording.capital(rows[0].kind.value)}, {service.title}, added up from year to year"
    columns = (Column("Until"), Column("In the year", numeric=True), Column("Added up", numeric=True))
    return [
        ChartView(
            identifier,
            f"{wording.quantity(total, Unit.POUNDS)} to {wording.month(final[-1].period.end)}",
            " ".join(sentences),
            grouped([("", bars)]),
            TableView(f"The figures of the chart: {title}, £", columns, tuple(cells)),
            chart_words.subtitle(title, service, final, Unit.POUNDS),
            (),
            chart_words.credit("savings/", final, reports),
            tuple(sums),
        )
    ]
