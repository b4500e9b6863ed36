"""Sentences made from records. The same sentence stands on the page and describes the chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from ..meaning.comparison import Comparison, Movement, NotComparable, before, compare
from ..meaning.judgement import Verdict, counts, judge, verdict
from ..meaning.prices import base
from ..meaning.variation import ENOUGH, LIMIT, RUN, SCREEN, Assurance, Signal, Variation, assurance, variation
from ..reading.reports import Reports
from ..records import (
    NOT_STATED,
    Body,
    Direction,
    Document,
    Figure,
    Measure,
    Missing,
    Observation,
    Period,
    PeriodKind,
    Qualifier,
    Service,
    Target,
    TargetStatus,
    Unit,
)
from . import glossary, keys, wording
from .views import Cell, Column, ListView, Prose, TableView


def sentence(seen: Observation, series: Sequence[Observation], reports: Reports) -> str:
    """Say the verdict, the figures and the movement of one observation in one sentence, or in two where it is long.

    ``Missed in 2013/14: 95.32% against a target of 96.11%, 2.74 points lower than in 2011/12.``
    """
    opening, moved = _opening(seen), _movement(seen, series, reports)
    if not moved:
        return f"{opening}."
    whole = f"{opening}, {moved}."
    return whole if wording.words(whole) <= wording.LONGEST else f"{opening}. Like for like, {moved}."


def _opening(seen: Observation) -> str:
    unit, when = seen.measure.unit, wording.in_period(seen.period)
    write = _write(seen)
    result = wording.figure(seen.result, unit, write)
    status = wording.shorthand(seen.result)
    if status:
        result = f"{result} ({status})"
    target = seen.target
    if target is not None and target.status is TargetStatus.PROPOSED:
        return f"Proposed {when}: {wording.aim(target, unit, write)}"
    if not isinstance(seen.result, Figure):
        was = "is" if seen.result is Missing.NOT_YET_DUE else "was"
        aimed = f"; the target {was} {_figure_of(target, unit)}" if target and target.value is not None else ""
        return f"No figure {when}: {result}{aimed}"
    if target is None:
        return f"{wording.capital(result)} {when}"
    found = verdict(seen)
    if found is Verdict.SUSPENDED:
        return f"Target suspended {when}: the result was {result}"
    if found is Verdict.NO_TARGET:
        return f"No target published {when}: the result was {result}"
    return f"{wording.verdict(found)} {when}: {result} against {wording.aim(target, unit, write)}"


def _write(seen: Observation) -> wording.Write:
    """Return how a sentence writes the numbers of an observation: its result and its target stand side by side."""
    beside = [seen.result.value] if isinstance(seen.result, Figure) else []
    if seen.target is not None and seen.target.value is not None:
        beside.append(seen.target.value)
    return wording.said(*beside)


def _figure_of(target: Target, unit: Unit) -> str:
    """Write a target where the sentence has said already that it is one."""
    return wording.aim(target, unit, wording.said()).removeprefix("a target of ")


def _movement(seen: Observation, series: Sequence[Observation], reports: Reports) -> str:
    earlier = before(seen, series)
    # What is proposed has a target and no result to compare.
    if earlier is None or not isinstance(seen.result, Figure) or seen.is_proposed:
        return ""
    found = compare(earlier, seen, reports.breaks_of(seen.measure.id))
    if not isinstance(found, Comparison):
        return ""
    if found.movement is Movement.UNCHANGED:
        return f"the same as {wording.in_period(earlier.period)}"
    by = wording.difference(found.difference, seen.measure.unit, wording.said())
    return f"{by} than {wording.in_period(earlier.period)}"


def description(rows: Sequence[Observation]) -> str:
    """Describe a chart: one short sentence for each period it shows."""
    return " ".join(f"{_opening(seen)}." for seen in rows)


def latest(series: Sequence[Observation]) -> Observation | None:
    """Return the newest observation: of those that end together the longest, and a proposed target only alone."""
    if not series:
        return None
    in_force = [seen for seen in series if not seen.is_proposed]
    return max(in_force or series, key=lambda seen: (seen.period.end, seen.period.months))


_JUDGED = (Movement.IMPROVED, Movement.WORSENED)


def measure_summary(measure_id: str, reports: Reports) -> Prose:
    """Say what the newest figure of a measure is, how it moved, and why an older one is not compared with it.

    A part-year says how many months it covers, so that nobody takes it for a year.
    """
    rows = reports.series(measure_id)
    seen = latest(rows)
    if seen is None:
        return Prose(((Cell("No document here gives a figure for this measure."),),), lead=True)
    paragraphs = [(Cell(sentence(seen, rows, reports), key=keys.key(seen), field=keys.SENTENCE),)]
    if seen.period.is_part_year:
        paragraphs.append((Cell(f"This is a part-year: {covered(seen.period)}."),))
    earlier = before(seen, rows)
    if earlier is not None and not seen.is_proposed:
        found = compare(earlier, seen, reports.breaks_of(seen.measure.id))
        if isinstance(found, NotComparable) and found is not NotComparable.NO_FIGURE:
            when = wording.period(earlier.period)
            paragraphs.append((Cell(f"It is not compared with {when}, because {found.value}."),))
        elif isinstance(found, Comparison) and found.movement in _JUDGED and verdict(seen) is not Verdict.SUSPENDED:
            paragraphs.append((Cell(f"The figure has {found.movement.value}."),))
    short = missed_by(seen)
    paragraphs += [(Cell(f"It missed the target by {short}"),)] if short else []
    paragraphs += [(Cell(note),) for note in caveats(seen, reports)]
    return Prose(tuple(paragraphs), lead=True)


def missed_by(seen: Observation) -> str:
    """Say by how much an exact figure missed its target; nothing where it did not, or is not exact."""
    target = seen.target
    if verdict(seen) is not Verdict.MISSED or not isinstance(seen.result, Figure) or target is None:
        return ""
    if target.value is None or seen.result.qualifier is not Qualifier.EXACT:
        return ""
    short = seen.result.value - target.value
    # Exactly on a target of "more than" or "below" misses it by nothing.
    return f"{wording.gap(short, seen.measure.unit)}." if short else ""


def caveats(seen: Observation, reports: Reports) -> list[str]:
    """Return the notes a reader needs beside a figure: its own, and that of the figure it is compared with."""
    rows = reports.series(seen.measure.id)
    earlier = before(seen, rows)
    notes = [seen.note] if seen.note else []
    if earlier and earlier.note and earlier.note != seen.note and _movement(seen, rows, reports):
        notes.append(f"{wording.capital(wording.in_period(earlier.period))}: {earlier.note}")
    return notes


def covered(period: Period) -> str:
    """Say how many months a period covers: ``6 of 12 months``, ``1 month``, ``1 day``."""
    if period.kind is PeriodKind.DAY:
        return "1 day"
    if period.is_part_year:
        return f"{period.months} of 12 months"
    return wording.count(period.months, "month")


def better(direction: Direction) -> str:
    """Say which way is better."""
    if direction is Direction.NEITHER:
        return "Neither a higher nor a lower figure is better in itself."
    return f"A {direction.value} figure is better."


_UNJUDGED = tuple(found for found in Verdict if found not in (Verdict.MET, Verdict.MISSED))


def tally(rows: Sequence[Observation]) -> str:
    """Count verdicts in words: ``7 of 8 service levels were met and 1 was missed``.

    Verdicts of several other kinds are a sentence of their own: one would be too long to follow.
    """
    count = counts(rows)
    total = count.total()
    if not total:
        return "the documents here give no service levels"
    met, missed = count[Verdict.MET], count[Verdict.MISSED]
    text = f"{met:,} of {wording.count(total, 'service level')} {'was' if 1 in (met, total) else 'were'} met"
    rest = [f"{missed:,} {'was' if missed == 1 else 'were'} missed"] if missed else []
    others = [wording.tallied(other, count[other]) for other in _UNJUDGED if count[other]]
    if len(others) < 2:
        return wording.listing([text, *rest, *others])
    return f"{wording.listing([text, *rest])}. The others: {wording.listing(others)}"


def against_old_target(seen: Observation, before: Observation | None) -> str:
    """Say what a result would have been against the target before, where that was another one."""
    if before is None or before.target is None or before.target.value is None or not isinstance(seen.result, Figure):
        return ""
    if seen.target and (seen.target.value, seen.target.comparator) == (before.target.value, before.target.comparator):
        return ""
    then = judge(seen.result, before.target)
    if then not in (Verdict.MET, Verdict.MISSED):
        return ""
    old = _figure_of(before.target, seen.measure.unit)
    now = "also " if then is verdict(seen) else ""
    return f" Against the target before, {old}, it would {now}have been {then.value}."


def year_summary(reports: Reports, year: str) -> Prose:
    """Say what a year came to: the verdicts, and of how many months they speak; or that nothing is published yet."""
    if not reports.is_published(year):
        return Prose(((Cell(f"The figures for {wording.year(year)} are not published yet."),),), lead=True)
    counted = Cell(f"{tally(reports.levels(year))}.", key=keys.those(keys.LEVELS, year=year), field=keys.TALLY)
    says: list[tuple[Cell, ...]] = [(Cell(f"In {wording.year(year)}, "), counted)]
    months = [seen for seen in reports.of_year(year) if seen.period.kind is PeriodKind.MONTH]
    monthly = [seen for seen in months if seen.target is not None]
    if monthly:
        counted = Cell(f"{tally(monthly)}.", key=keys.those(keys.MONTHS, year=year), field=keys.TALLY)
        says.append((Cell("Month by month, "), counted))
    documents = {seen.source.document.id: seen.source.document for seen in reports.of_year(year)}
    says += [
        (Cell(f"Something is known to be missing from {documents[key].title}. {documents[key].missing}"),)
        for key in sorted(documents)
        if documents[key].missing
    ]
    return Prose(tuple(says), lead=True)


def missed(reports: Reports, council: Body | None = None) -> list[Observation]:
    """Return every missed service level, or those of one council, the newest first."""
    own = (seen for seen in reports.observations if council in (None, seen.measure.service.council))
    rows = [seen for seen in own if seen.target and verdict(seen) is Verdict.MISSED]
    return sorted(rows, key=lambda seen: seen.period.end, reverse=True)


def miss_id(seen: Observation) -> str:
    """Return the anchor of what was said about a service level."""
    return f"{seen.measure.id}-{seen.period.code.lower().replace('/', '-to-')}"


def council_summary(reports: Reports, council: Body) -> Prose:
    """Say what the service levels of a council's services came to, and by which codes the council is known."""
    levels = [seen for year in reports.years for seen in reports.levels(year)]
    own = [seen for seen in levels if seen.measure.service.council is council]
    counted = Cell(f"{tally(own)}.", key=keys.those(keys.LEVELS, body_id=council.id), field=keys.TALLY)
    paragraphs: list[tuple[Cell, ...]] = [(Cell(f"For {council.title}, "), counted)]
    if council.note:
        paragraphs.append((Cell(council.note),))
    codes = (("the code of its area is", council.area_code), ("its own identifier is", council.organisation_id))
    known = [f"{what} {code}" for what, code in codes if code]
    if known:
        paragraphs.append((Cell(f"For those who match data: {wording.listing(known)}."),))
    return Prose(tuple(paragraphs), lead=True)


def explained(reports: Reports, measure_id: str) -> list[Observation]:
    """Return a measure's service levels that were missed, or of which a document says more; the newest first."""
    rows = [seen for seen in reports.series(measure_id) if seen.target]
    return [seen for seen in reversed(rows) if verdict(seen) is Verdict.MISSED or reports.action_for(seen)]


def service_summary(reports: Reports, service_id: str) -> Prose:
    """Say what a service's levels came to, what it does, for whom, and who runs it."""
    service = reports.services[service_id]
    provider = f" Its provider, by the newest document here, is {service.provider.title}." if service.provider else ""
    paragraphs: list[tuple[Cell, ...]] = list(service_tally(reports, service))
    paragraphs += [(Cell(service.description),), (Cell(f"The service is for {service.council.title}.{provider}"),)]
    if service.note:
        paragraphs.append((Cell(service.note),))
    return Prose(tuple(paragraphs), lead=True)


def service_tally(reports: Reports, service: Service) -> list[tuple[Cell, Cell]]:
    """Count a service's verdicts by year, and month by month in a sentence of their own."""
    levels = [seen for year in reports.years for seen in reports.levels(year) if seen.measure.service is service]
    own = (measure.id for measure in reports.measures.values() if measure.service is service)
    rows = [seen for measure in own for seen in reports.series(measure) if seen.target]
    months = [seen for seen in rows if seen.period.kind is PeriodKind.MONTH]
    counted = (("By year, ", keys.LEVELS, levels), ("Month by month, ", keys.MONTHS, months))
    return [
        (Cell(when), Cell(f"{tally(rows)}.", key=keys.those(table, service_id=service.id), field=keys.TALLY))
        for when, table, rows in counted
        if rows
    ]


def measure_meaning(measure: Measure, reports: Reports) -> Prose:
    """Say what a measure means, which way is better, to which service it belongs, and how new its figures are."""
    unit = "as a number" if measure.unit is Unit.NUMBER else f"in {measure.unit}"
    means = f"{measure.meaning} {better(measure.direction)} It is given {unit}."
    service = Cell(measure.service.title, f"services/{measure.service.id}/")
    paragraphs = [(Cell(means),), (Cell("It belongs to "), service, Cell(f". {measure.service.description}"))]
    rows = reports.series(measure.id)
    seen = latest(rows)
    if seen is not None:
        newest = f"It was last reported for {wording.period(seen.period)} ({covered(seen.period)})."
        documents = [row.source.document for row in rows]
        paragraphs.append((Cell(newest), *_updated(max(documents, key=_published))))
    if measure.ended:
        paragraphs.append((Cell(f"It is no longer published. {measure.ended}"),))
    return Prose((*paragraphs, words(reports)))


def _published(document: Document) -> date:
    """Return the last day a document is about, or on which it was published: what says how new it is."""
    return max((document.published or document.covers).end, document.covers.end)


def _updated(document: Document) -> tuple[Cell, ...]:
    """Say when figures were last updated: when the newest document was published, or what it covers."""
    name = Cell(document.title, f"data/#{document.id}")
    if document.published:
        return Cell(f" Last updated {wording.in_period(document.published)}, from "), name, Cell(".")
    return Cell(" Last updated from "), name, Cell(". That document gives no date of publication.")


def words(reports: Reports) -> tuple[Cell, ...]:
    """Say what a service level is and what short forms stand for, with the way to all other words."""
    level = glossary.term("Service level")
    short = glossary.short_forms(tuple(service.description for service in reports.services.values()))
    forms = "".join(f" {form}: {wording.lower(full)}." for form, full in short.items())
    return (
        Cell(level.title, level.address),
        Cell(f": {wording.lower(level.meaning)}{forms} "),
        Cell("What these words mean", glossary.PAGE),
    )


def glossary_link(reports: Reports) -> Prose:
    """Say what the words are that a page cannot do without, with the way to all others."""
    return Prose((words(reports),))


def real_terms(reports: Reports) -> Prose:
    """Say in which year's prices sums are shown, and where the index comes from; or that there is none."""
    newest = base(reports.deflators)
    if newest is None:
        says = "Prices rise from year to year, so a pound of one year is not a pound of another."
        gap = "No index of prices has been entered in the register, so every sum here is in the money of its own year."
        return Prose(((Cell(f"{says} {gap}"),),))
    first = reports.deflators[0]
    span = wording.span(first.period, newest.period)
    source = newest.source
    says = f"Sums of one year are also shown in the prices of {wording.period(newest.period)}."
    document = Cell(source.document.title, f"data/#{source.document.id}")
    return Prose(((Cell(f"{says} The index of {span} is from "), document, Cell(f", {source.place}.")),))


def no_cause() -> Prose:
    """Warn that figures side by side show no cause."""
    return Prose(((Cell("These figures stand side by side because they are of one year. That shows no cause."),),))


def month_to_month(measure_id: str, reports: Reports) -> Prose:
    """Say what is usual for a measure from month to month, and which months were not."""
    rows = reports.series(measure_id)
    found = variation(rows, reports.breaks_of(rows[0].measure.id) if rows else ())
    measure = reports.measures[measure_id]
    if found is None:
        return Prose(((Cell("There are too few months in a row to say what is usual."),),))
    months, limits = found.observations, found.limits
    span = wording.span(months[0].period, months[-1].period)
    says = []
    if limits.trial:
        few = wording.count(len(months), "month")
        says.append(f"Only {few} in a row can be used, so this range is a first estimate.")
    low, high = wording.usual(limits.lower, limits.upper, measure)
    says.append(
        f"From {span} the usual range is {low} to {high}, around an average of {wording.mean(limits.mean, measure)}."
    )
    if not any(found.marks):
        says.append("Every month lies within its usual range: its ups and downs may be no more than chance.")
    says += _marked(found, measure)
    target = months[-1].target
    reaches = assurance(limits, target) if target and not limits.trial else None
    if target and reaches:
        says.append(f"The target then was {wording.target(target, measure.unit)}: {_ASSURED[reaches]}")
    return Prose(tuple((Cell(sentence),) for sentence in says))


_ASSURED = {
    Assurance.MET: "while nothing changes, it will be met every month.",
    Assurance.MISSED: "while nothing changes, it will be missed every month.",
    Assurance.EITHER: "it lies within the usual range, so chance decides whether a month meets it.",
}
_SIGNALS = {
    Signal.OUTSIDE: ("unusually low", "unusually high"),
    Signal.TREND: ("part of a run that falls every month", "part of a run that rises every month"),
    Signal.TWO_OF_THREE: ("near the bottom of the usual range twice in three months",
                          "near the top of the usual range twice in three months"),
    Signal.SHIFT: ("part of a lasting shift below the average", "part of a lasting shift above the average"),
}  # fmt: skip


def _marked(found: Variation, measure: Measure) -> list[str]:
    """Say of each stretch of months with one mark what it is, and whether that is better or worse."""
    says = []
    for mark, group in groupby(zip(found.observations, found.marks, strict=True), key=itemgetter(1)):
        if mark is None:
            continue
        months = [seen.period for seen, _ in group]
        good = {Direction.HIGHER: mark.above, Direction.LOWER: not mark.above}.get(measure.direction)
        judged = "" if good is None else ", which is better" if good else ", which is worse"
        span = wording.capital(wording.span(months[0], months[-1]))
        says.append(f"{span} {'is' if len(months) == 1 else 'are'} {_SIGNALS[mark.signal][mark.above]}{judged}.")
    return says


def variation_rules() -> ListView:
    """Say how the usual range is worked out, and which months are not chance."""
    says = (
        "The usual range shows where the figure of a month lies while nothing changes but chance.",
        f"It is worked out for monthly figures only. With fewer than {ENOUGH} months in a row it is a first estimate.",
        "It is never worked out for yearly figures, nor for figures that add up or roll on from month to month.",
        "A month without a figure, or a change of definition, starts it again.",
        f"The range is the average (mean) plus and minus {LIMIT} times the average step from one month to the next.",
        f"Steps of {SCREEN} times the average step or more are left out, and the average step is worked out again.",
        "A month outside the range is unusual.",
        f"{RUN} months in a row that all rise, or all fall, are not chance. Nor are {RUN} in a row on one side of "
        "the average.",
        "Nor are two of three months in a row in the outer third of the range. All three must lie on that side of the "
        "average.",
        "The rules are those of “plot the dots”, which hospitals in England use. The first that applies is named.",
    )
    return ListView(tuple((Cell(sentence),) for sentence in says))


def savings_rules() -> Prose:
    """Say what is never added together."""
    says = (
        "Every sum below is printed in a document, and stands here as it is printed.",
        "This site adds up no sums of different kinds: actual and estimated, cash and other benefits, gross and net.",
        "A row marked “total” is a total a document prints. It is added up again, even if its parts are mixed.",
    )
    return Prose(tuple((Cell(sentence),) for sentence in says), lead=True)


def promises(reports: Reports) -> Prose:
    """Say how many promises there are, and of how many a later document says what became."""
    known = sum(promise.outcome_source is not None for promise in reports.commitments)
    if not reports.commitments:
        return Prose(((Cell("The documents here make no promises."),),), lead=True)
    many = wording.count(len(reports.commitments), "promise")
    return Prose(((Cell(f"{many} in the documents. Of {known}, a later document says what became."),),), lead=True)


def disagreements(reports: Reports) -> Prose:
    """Say what the page of discrepancies holds."""
    if not reports.discrepancies:
        return Prose(((Cell("No disagreement in the documents has been found."),),), lead=True)
    many = wording.count(len(reports.discrepancies), "note")
    says = "Each gives the words, what they add up to or are set beside, and what this site shows."
    return Prose(((Cell(f"{many} on where documents disagree, or cannot be checked."),), (Cell(says),)), lead=True)


def misses_summary(reports: Reports) -> Prose:
    """Say how many service levels were missed, and in how many cases a reason was given."""
    rows = missed(reports)
    said = [reports.action_for(seen) for seen in rows]
    given = sum(act is not None and act.why != NOT_STATED for act in said)
    if not rows:
        return Prose(((Cell("No service level here was missed."),),), lead=True)
    was = "was" if len(rows) == 1 else "were"
    says = f"{wording.count(len(rows), 'service level')} {was} missed."
    counted = Cell(says, key=keys.those("service_levels", verdict=Verdict.MISSED), field=keys.ROWS)
    return Prose(((counted, Cell(f" A reason was given for {given}.")),), lead=True)


def verdict_rules() -> TableView:
    """Show the rule behind each verdict, in the words of a reader."""
    rules = {
        Verdict.MET: "The figure keeps to the target. Exactly on target is met, unless the target says “more than” or "
        "“below”.",
        Verdict.MISSED: "The figure does not keep to the target, by however little.",
        Verdict.CANNOT_TELL: "The figure is not exact (“about”, “more than”). It could lie on either side of the "
        "target.",
        Verdict.SUSPENDED: "The target was not in force, so there is nothing to meet.",
        Verdict.NO_FIGURE: "There is a target but no figure. The reason stands where the figure would be.",
        Verdict.NO_TARGET: "No target was in force: none was published, or it was only proposed.",
        Verdict.NOT_YET_DUE: "The period has not ended, or its figure is not due yet.",
    }
    rows = tuple(
        (Cell(wording.verdict(found), mark=found.value.replace(" ", "-")), Cell(rules[found])) for found in Verdict
    )
    return TableView("What each verdict means", (Column("Verdict"), Column("Rule")), rows)
