"""Records to entries: one thing with its facts, that can be linked to and quoted."""

from __future__ import annotations

from ..meaning.judgement import verdict
from ..reading.reports import Reports
from ..records import (
    NOT_STATED,
    Action,
    Commitment,
    Discrepancy,
    Document,
    Duty,
    Observation,
    PeriodKind,
    Source,
    Unit,
)
from . import keys, wording
from .prose import caveats, miss_id, missed_by, sentence, tally
from .tables import source_cell
from .views import Cell, Entry, Fact

UNSAID = "The report did not say."
_RECOMPUTED = ("arithmetic", "rounding", "count", "claim", "cannot be checked")
"""Kinds whose second number was worked out; that of the others is printed as well."""
SLIGHT = ("misprint", "label", "kind")
"""Kinds that change no figure: on a page they come after the others."""
_CLAIMS = ("claim", "cannot be checked")
"""Kinds that say something in words, which the figures bear out or do not."""


def _source(term: str, source: Source) -> Fact:
    return Fact(term, (source_cell(source),))


def _said(term: str, text: str) -> Fact:
    """Return a document's words, or say that it has none."""
    if text == NOT_STATED:
        return Fact(term, (Cell(UNSAID),))
    return Fact(term, (Cell(text),), quote=True)


def miss(seen: Observation, reports: Reports) -> Entry:
    """One missed service level and the six questions a committee asks about it."""
    action = reports.action_for(seen)
    says = sentence(seen, reports.series(seen.measure.id), reports)
    facts = [Fact("Result", (Cell(says, key=keys.key(seen), field=keys.SENTENCE),))]
    short = missed_by(seen)
    facts += [Fact("Missed by", (Cell(short),))] if short else []
    facts += [Fact("Note", (Cell(note),)) for note in caveats(seen, reports)]
    facts.append(Fact("Age", (Cell(age(seen, reports)),)))
    if action:
        facts += _answers(action)
    else:
        unexplained = Cell("No explanation has been entered for this site.")
        facts += [Fact("Why", (unexplained,)), _source("Document", seen.source)]
    numbers = [one for one in reports.touching(seen.measure.id) if one.year == seen.year and one.unit is not None]
    links = [cell for one in numbers for cell in (Cell("; "), Cell(one.title, f"discrepancies/#{one.id}"))]
    facts += [Fact("But see", tuple(links[1:]))] if links else []
    facts.append(Fact("More", (Cell(f"All figures: {seen.measure.title}", f"measures/{seen.measure.id}/"),)))
    title = f"{seen.measure.title}, {wording.period(seen.period)}"
    return Entry(miss_id(seen), title, tuple(facts), verdict(seen).value, key=keys.key(seen))


def age(seen: Observation, reports: Reports) -> str:
    """Say how long ago a miss was, counted to the newest figures: every build says the same."""
    newest = reports.newest or seen.period
    months = (newest.end.year - seen.period.end.year) * 12 + newest.end.month - seen.period.end.month
    if months <= 0:
        return "The newest figures are of the same time."
    years, rest = divmod(months, 12)
    parts = [wording.count(years, "year")] if years else []
    parts += [wording.count(rest, "month")] if rest else []
    return f"{wording.listing(parts)} before the newest figures, which are for {wording.period(newest)}."


def _answers(action: Action) -> list[Fact]:
    due = Cell(wording.period(action.due)) if action.due else Cell(UNSAID)
    control = UNSAID if action.in_control == NOT_STATED else wording.capital(f"{action.in_control}.")
    return [
        _said("What happened", action.what_happened),
        _said("Why", action.why),
        _said("What is being done", action.action),
        Fact("By when", (due,)),
        Fact("Who is responsible", (_stated(action.responsible_role),)),
        Fact("In the council's control", (Cell(control),)),
        _source("Document", action.source),
    ]


def _stated(text: str) -> Cell:
    return Cell(UNSAID if text in ("", NOT_STATED) else text)


def commitment(promise: Commitment) -> Entry:
    """One promise and what became of it, with both quotes."""
    facts = [
        Fact("Promise", (Cell(promise.promise),), quote=True),
        Fact("Made by", (Cell(promise.made_by.title),)),
        Fact("Due", (Cell(wording.period(promise.due) if promise.due else "No date was given."),)),
        _source("Promised in", promise.source),
        Fact("Outcome", (Cell(wording.capital(f"{promise.outcome.value}.")),)),
    ]
    if promise.outcome_source:
        facts.append(Fact("Evidence", (Cell(promise.outcome_quote),), quote=True))
        facts.append(_source("Shown in", promise.outcome_source))
    if promise.note:
        facts.append(Fact("Note", (Cell(promise.note),)))
    return Entry(promise.id, promise.title, tuple(facts), promise.outcome.value)


def discrepancy(found: Discrepancy, reports: Reports) -> Entry:
    """One disagreement: the quotes, the numbers, what is shown and why."""
    facts = [Fact("One document says", (Cell(found.quote),), quote=True), _source("Document", found.source)]
    if found.other_source:
        facts.append(Fact("It is also said", (Cell(found.other_quote),), quote=True))
        facts.append(_source("Document", found.other_source))
    if found.unit is not None:
        facts += _numbers(found, found.unit)
    if found.kind in _CLAIMS:
        facts += _data_show(found, reports)
    facts += [Fact("This site shows", (Cell(found.published),)), Fact("Why", (Cell(found.reason),))]
    touched = [reports.measures[key] for key in found.touches if key in reports.measures]
    concerns = [Cell(measure.title, f"measures/{measure.id}/") for measure in touched]
    if concerns:
        cells = [cell for one in concerns for cell in (Cell("; "), one)][1:]
        facts.append(Fact("Concerns", tuple(cells)))
    return Entry(found.id, found.title, tuple(facts), found.kind)


def _data_show(found: Discrepancy, reports: Reports) -> list[Fact]:
    """Set the verdicts of the service levels a claim touches beside it: the months of a measure where it has months."""
    rows = [
        seen
        for seen in reports.observations
        if seen.measure.id in found.touches and seen.year == found.year and seen.target is not None
    ]
    monthly = {seen.measure.id for seen in rows if seen.period.kind is PeriodKind.MONTH}
    shown = [seen for seen in rows if seen.period.kind is PeriodKind.MONTH or seen.measure.id not in monthly]
    says = Cell(f"{wording.capital(tally(shown))}.", key=keys.several(shown), field=keys.TALLY)
    return [Fact("The figures show", (says,))] if rows else []


def _numbers(found: Discrepancy, unit: Unit) -> list[Fact]:
    facts = []
    if found.printed is not None:
        facts.append(Fact("Printed", (Cell(wording.quantity(found.printed, unit), key=found.id, field=keys.PRINTED),)))
    if found.recomputed is not None:
        term = "Recomputed" if found.kind in _RECOMPUTED else "The other figure"
        cell = Cell(wording.quantity(found.recomputed, unit), key=found.id, field=keys.RECOMPUTED)
        facts.append(Fact(term, (cell,)))
    if found.printed is not None and found.recomputed is not None and found.kind != "misprint":
        gap = found.printed - found.recomputed
        by = f"The printed figure is {wording.difference(gap, unit)}." if gap else "None."
        facts.append(Fact("Difference", (Cell(by),)))
    return facts


def duty(found: Duty) -> Entry:
    """One board, committee, report or agreement."""
    span = [wording.period(when) if when else "" for when in (found.start, found.end)]
    facts = [
        Fact("Duty", (Cell(found.duty),)),
        Fact("Whose", (Cell(found.body.title),)),
        Fact("To whom", (_stated(found.reports_to),)),
        Fact("How often", (_stated(found.frequency),)),
    ]
    facts += [Fact("Must contain", (Cell(item),), quote=True) for item in found.contents]
    if span[0]:
        facts.append(Fact("From", (Cell(span[0]),)))
    if span[1]:
        facts.append(Fact("Until", (Cell(span[1]),)))
    if found.note:
        facts.append(Fact("Note", (Cell(found.note),)))
    facts.append(_source("Document", found.source))
    return Entry(found.id, found.title, tuple(facts), found.kind)


def document(known: Document) -> Entry:
    """One document that figures come from."""
    published = wording.period(known.published) if known.published else "The document gives no date."
    facts = [
        Fact("Written by", (Cell(known.author.title),)),
        Fact("Published", (Cell(published),)),
        Fact("Covers", (Cell(wording.period(known.covers)),)),
        Fact("Kind", (Cell(known.status),)),
    ]
    if known.missing:
        facts.append(Fact("Known to be missing", (Cell(known.missing),)))
    if known.note:
        facts.append(Fact("Note", (Cell(known.note),)))
    return Entry(known.id, known.title, tuple(facts))
