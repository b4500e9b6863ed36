"""The home page: what was promised, what was delivered, what it saved, what was missed and why."""

from __future__ import annotations

from collections.abc import Sequence

from ..meaning.judgement import Verdict, counts
from ..reading.reports import Reports
from ..records import Body, Figure, Saving, SavingKind, Unit
from . import keys, lists, wording
from .prose import missed, tally
from .views import Card, Cards, Cell, ListView, Prose, View

LISTED = 30
"""How many misses, and how many services, the home page shows one by one: it weighs as much on a site of many."""


def summary(reports: Reports) -> Prose:
    """Say in one sentence what all years came to."""
    rows = [seen for year in reports.years for seen in reports.levels(year)]
    if not counts(rows):
        return Prose(((Cell("The documents here give no service levels."),),), lead=True)
    years = [year for year in reports.years if counts(reports.levels(year))]
    first, last = wording.year(years[0]), wording.year(years[-1])
    when = f"In {first}" if first == last else f"From {first} to {last}"
    # The judged ones are what a reader came for; the others stand below in smaller type.
    judged, _, others = tally(rows).partition(". ")
    counted = [Cell(f"{says}.", key=keys.LEVELS, field=keys.TALLY) for says in (judged, others) if says]
    return Prose(((Cell(f"{when}, "), counted[0]), *((cell,) for cell in counted[1:])), lead=True)


def cards(reports: Reports) -> Cards:
    """Show what a reader looks for first: what was missed and met, what it saved, and what became of promises."""
    count = counts(seen for year in reports.years for seen in reports.levels(year))
    known = sum(promise.outcome_source is not None for promise in reports.commitments)
    missed = Cell(f"{count[Verdict.MISSED]:,}", key=keys.LEVELS, field=keys.MISSED)
    met = Cell(f"{count[Verdict.MET]:,}", key=keys.LEVELS, field=keys.MET)
    total = Cell(f"of {wording.count(count.total(), 'service level')}", key=keys.LEVELS, field=keys.TOTAL)
    found = [
        Card("Missed", missed, Cell("and what was said about each"), "actions/", "missed"),
        Card("Met", met, total, "years/", "met"),
    ]
    newest = _newest(_totals(reports))
    if newest and isinstance(newest.result, Figure):
        amount = wording.spoken(newest.result.value).partition(" (")[0]
        exact = _amount(newest)
        text = f"{wording.in_period(newest.period)}, the newest total a document prints"
        text = text if exact == amount else f"{exact} {text}"
        own = keys.key(newest)
        cells = (Cell(amount, key=own, field=keys.SPOKEN), Cell(text, key=own, field=keys.SENTENCE))
        found.append(Card("Saved", *cells, "savings/"))
    promises = Cell(f"{len(reports.commitments):,}", key="commitments", field=keys.ROWS)
    text = f"of which a later document says what became of {known:,}"
    later = Cell(text, key=keys.those("commitments", outcome_document_id="*"), field=keys.ROWS)
    found.append(Card("Promises", promises, later, "commitments/"))
    return Cards(tuple(found))


def misses(reports: Reports) -> tuple[View, ...]:
    """Show the newest missed service levels, and the way to the others where there are more."""
    newest = lists.misses(reports, most=LISTED)
    count = len(missed(reports))
    if count <= LISTED:
        return (newest,)
    counted = Cell(f"{count:,}", key=keys.LEVELS, field=keys.MISSED)
    everything = Cell("What was said about each", "actions/")
    others = (Cell("These are the newest of "), counted, Cell(" missed service levels. "), everything, Cell("."))
    return newest, Prose((others,))


def _amount(saving: Saving) -> str:
    status = wording.shorthand(saving.result)
    return wording.figure(saving.result, Unit.POUNDS) + (f" ({status})" if status else "")


def _totals(reports: Reports, council: Body | None = None) -> list[Saving]:
    """Return the totals of savings that documents print, or where they print none, every saving.

    What is part of another sum is left out, and so is a time after that of the newest figures.
    """
    inside = {part for saving in reports.savings for part in saving.parts}
    rows = [
        saving
        for saving in reports.savings
        if saving.kind is SavingKind.SAVING
        and saving.id not in inside
        and isinstance(saving.result, Figure)
        and (reports.newest is None or saving.period.end <= reports.newest.end)
        and council in (None, saving.service.council)
    ]
    return [saving for saving in rows if saving.parts] or rows


def _newest(rows: Sequence[Saving]) -> Saving | None:
    return max(rows, key=lambda saving: (saving.period.end, saving.period), default=None)


def savings(reports: Reports, council: Body | None = None) -> ListView:
    """Say for each service the newest total of savings that a document prints, what was asked for, and what to doubt.

    Args:
        reports: what the packages hold.
        council: only services for this one.
    """
    items = []
    for service in reports.services.values():
        newest = _newest([saving for saving in _totals(reports, council) if saving.service is service])
        if newest is not None:
            link = Cell(service.title, f"services/{service.id}/")
            said = (*_spoken(newest), *_asked(reports.savings, newest), Cell("."), *_doubts(reports, newest))
            items.append((link, Cell(": "), *said))
    return ListView(tuple(items))


def _doubts(reports: Reports, saving: Saving) -> tuple[Cell, ...]:
    """Link what the documents themselves say against a sum."""
    found = [one for one in reports.touching(saving.id) if one.kind in ("claim", "contradiction", "arithmetic")]
    links = [cell for one in found for cell in (Cell("; "), Cell(one.title, f"discrepancies/#{one.id}"))]
    return (Cell(" But see: "), *links[1:], Cell(".")) if links else ()


def _spoken(saving: Saving) -> tuple[Cell, ...]:
    amount = wording.figure(saving.result, Unit.POUNDS, wording.said())
    status = wording.shorthand(saving.result)
    says = f"{amount} {wording.in_period(saving.period)}"
    return (Cell(f"{says}, {status}" if status else says, key=keys.key(saving), field=keys.SENTENCE),)


def _asked(rows: Sequence[Saving], newest: Saving) -> tuple[Cell, ...]:
    """Say what was asked of the service as a whole by the time of a saving."""
    inside = {part for saving in rows for part in saving.parts}
    asked = [
        saving
        for saving in rows
        if saving.kind is SavingKind.ASKED_FOR
        and saving.service is newest.service
        and saving.id not in inside
        and saving.period.start <= newest.period.end
    ]
    if not asked:
        return ()
    last = max(asked, key=lambda saving: saving.period.end)
    amount = wording.figure(last.result, Unit.POUNDS, wording.said())
    says = Cell(f"Asked for {wording.in_period(last.period)}: {amount}", key=keys.key(last), field=keys.SENTENCE)
    return Cell(". "), says
