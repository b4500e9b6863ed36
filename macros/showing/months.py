"""One month as the duty to report monthly asks: services, service levels, failures, and what is done about them."""

from __future__ import annotations

from ..meaning.judgement import Verdict, verdict
from ..reading.reports import Reports
from ..records import NOT_STATED, Action, Basis, Duty, Observation, Period
from . import entries, keys, prose, wording
from .entries import UNSAID
from .tables import measure_cell, source_cell
from .views import Cell, Column, ListView, Prose, TableView, View

EVERY_MONTH = "month"
"""What the frequency of a monthly duty says, in whatever words: "every month", "monthly"."""


def rows(reports: Reports, month: Period) -> list[Observation]:
    """Return the service levels of a month."""
    return [seen for seen in reports.observations if seen.period == month and seen.target is not None]


def by_basis(reports: Reports, month: Period, basis: str) -> list[Observation]:
    """Return a month's contractual service levels, or the others."""
    contractual = basis == Basis.CONTRACTUAL
    return [
        seen for seen in rows(reports, month) if seen.target and (seen.target.basis is Basis.CONTRACTUAL) is contractual
    ]


def summary(reports: Reports, month: Period) -> Prose:
    """Say in a sentence how the month went, and from which documents this report is compiled."""
    went = (Cell(f"In {wording.period(month)}, "), _tally(reports, month))
    documents = {seen.source.document.id: seen.source.document for seen in rows(reports, month)}
    compiled = [Cell("This report is compiled from: ")]
    for known in documents.values():
        compiled += [Cell(known.title, f"data/#{known.id}"), Cell("; ")]
    return Prose((went, (*compiled[:-1], Cell("."))), lead=True)


def _tally(reports: Reports, month: Period) -> Cell:
    known = keys.those("service_levels", period=month.code)
    return Cell(f"{prose.tally(rows(reports, month))}.", key=known, field=keys.TALLY)


def services(reports: Reports, month: Period) -> ListView:
    """List the services the month has service levels for, for whom each is and what it delivers."""
    ids = {seen.measure.service.id: seen.measure.service for seen in rows(reports, month)}
    return ListView(
        tuple(
            (
                Cell(known.title, f"services/{key}/"),
                Cell(f", for {known.council.title}. {known.description} {known.note}".rstrip()),
            )
            for key, known in ids.items()
        )
    )


def nothing(basis: str) -> Prose:
    """Say that the documents give no service levels of a kind."""
    return Prose(((Cell(f"The documents give no {basis} service levels for this month."),),))


def misses(reports: Reports, month: Period) -> ListView:
    """List what was missed and what was not measured; both are failures to show that a level was met."""
    items = []
    for seen in rows(reports, month):
        if verdict(seen) in (Verdict.MISSED, Verdict.NO_FIGURE, Verdict.CANNOT_TELL):
            says = prose.sentence(seen, reports.series(seen.measure.id), reports)
            items.append((measure_cell(seen), Cell(". "), Cell(says, key=keys.key(seen), field=keys.SENTENCE)))
    return ListView(tuple(items)) if items else ListView(((Cell("Every service level was met."),),))


def actions(reports: Reports, month: Period) -> TableView | Prose:
    """Show the timetable of what is done about misses, or why there is none."""
    missed = [seen for seen in rows(reports, month) if verdict(seen) is Verdict.MISSED]
    if not missed:
        return Prose(((Cell("No service level was missed, so no corrective action was due."),),))
    columns = tuple(
        Column(title) for title in ("Service level", "Action", "By when", "Who is responsible", "Document and place")
    )
    body = [_timetable(seen, reports.action_for(seen)) for seen in missed]
    return TableView(f"Corrective and preventative action, {wording.period(month)}", columns, tuple(body))


def _timetable(seen: Observation, act: Action | None) -> tuple[Cell, ...]:
    if act is None:
        unsaid = Cell(UNSAID)
        return measure_cell(seen), unsaid, unsaid, unsaid, source_cell(seen.source)
    said = [UNSAID if text == NOT_STATED else text for text in (act.action, act.responsible_role)]
    due = wording.period(act.due) if act.due else UNSAID
    return measure_cell(seen), Cell(said[0]), Cell(due), Cell(said[1]), source_cell(act.source)


def duties_for(reports: Reports, month: Period) -> list[Duty]:
    """Return the monthly duties of the councils a month's services are for, the earliest document first."""
    councils = {seen.measure.service.council.id for seen in rows(reports, month)}
    found = [
        duty
        for duty in reports.duties
        if duty.kind == "report" and EVERY_MONTH in duty.frequency.lower() and duty.service.council.id in councils
    ]
    return sorted(found, key=lambda duty: duty.source.document.covers)


def contents(reports: Reports, month: Period) -> list[View]:
    """Show what the report must contain by the documents about its time, then what later documents ask instead."""
    duties = duties_for(reports, month)
    if not duties:
        return [Prose(((Cell("No document here says what a monthly report must contain."),),))]
    then = [duty for duty in duties if duty.source.document.covers.start <= month.end]
    later = [duty for duty in duties if duty not in then]
    views: list[View] = [entries.duty(duty) for duty in then]
    for duty in later:
        when = wording.period(duty.source.document.covers)
        views.append(Prose(((Cell(f"The duty changed. The document about {when} gives these contents:"),),)))
        views.append(entries.duty(duty))
    return views


def index(reports: Reports) -> ListView:
    """List the reports, a month each."""
    return ListView(
        tuple(
            (
                Cell(wording.period(month), f"reports/{month.code.lower()}/"),
                Cell(": "),
                _tally(reports, month),
            )
            for month in reports.months
        )
    )
