"""The words of charts: what a chart says, what it shows, and what a reader must know to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter

from ..meaning.comparison import between
from ..meaning.judgement import Verdict, verdict
from ..reading.reports import Reports
from ..records import Break, Figure, Missing, Observation, Period, PeriodKind, Qualifier, Saving, Service, Unit
from . import prose, wording
from .views import Credit

MANY = 12
"""More periods than these are described by those that stand out; all of them stand in the table."""
_NOUNS = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.YEAR: "year"}
NO_ROW = "no document here gives a figure"


def figures(rows: Iterable[Observation]) -> list[Observation]:
    """Return the observations that have a figure."""
    return [seen for seen in rows if isinstance(seen.result, Figure)]


def value(seen: Observation | Saving) -> Decimal:
    """Return the number of a row that has a figure."""
    if isinstance(seen.result, Missing):
        msg = "a row without a figure is not drawn"
        raise TypeError(msg)
    return seen.result.value


def headline(rows: Sequence[Observation], reports: Reports) -> str:
    """Say what a chart shows: how often the target was met, or the newest figure and how it moved."""
    judged = [seen for seen in rows if verdict(seen) in (Verdict.MET, Verdict.MISSED)]
    if len(judged) < 2:
        newest = prose.latest(figures(rows))
        return prose.sentence(newest, rows, reports).removesuffix(".") if newest else "No figure was published"
    missed = [seen for seen in judged if verdict(seen) is Verdict.MISSED]
    kinds = {seen.period.kind for seen in judged}
    noun = _NOUNS.get(kinds.pop(), "period") if len(kinds) == 1 else "period"
    some = " that can be judged" if len(judged) < len(rows) else ""
    says = f"Target met in {len(judged) - len(missed)} of {wording.count(len(judged), noun)}{some}"
    when = wording.listing([wording.in_period(seen.period) for seen in missed])
    return f"{says}, missed {when}" if 0 < len(missed) <= 2 else says


def span(rows: Sequence[Observation | Saving]) -> str:
    """Return the time a chart covers: ``October 2011 to 2013/14``."""
    return wording.span(rows[0].period, max(rows, key=lambda row: row.period.end).period)


def subtitle(title: str, service: Service, rows: Sequence[Observation | Saving], unit: Unit) -> str:
    """Return what is drawn: the measure, whose it is, the time and the unit."""
    counted = "" if unit is Unit.NUMBER else f", in {unit.value}"
    return f"{title}, {service.council.title}, {span(rows)}{counted}"


def description(rows: Sequence[Observation]) -> str:
    """Describe what is drawn: every period, or of many the first, the highest, the lowest and the newest."""
    if len(rows) <= MANY:
        return prose.description(rows)
    known = figures(rows)
    chosen = {id(known[0]): "first", id(max(known, key=value)): "highest"}
    chosen |= {id(min(known, key=value)): "lowest", id(known[-1]): "newest"}
    told = [seen for seen in known if id(seen) in chosen]
    how_many = wording.count(len(known), "figure")
    return f"{how_many} from {span(rows)}. The first, the highest, the lowest and the newest: {prose.description(told)}"


def changed(earlier: Observation, later: Observation, reports: Reports) -> list[Break]:
    """Return what changed between two observations so that their results are not joined."""
    found = between(earlier, later, reports.breaks_of(later.measure.id))
    return [one for one in found if one.kind in ("redefined", "method") or not one.comparable]


def joined(earlier: Observation, later: Observation, reports: Reports) -> bool:
    """Whether a line leads from one result to the next: alike whole periods, one after the other, nothing changed."""
    follows = (later.period.start - earlier.period.end).days == 1
    alike = earlier.period.kind is later.period.kind and later.period.kind in _NOUNS
    return follows and alike and not changed(earlier, later, reports)


def gaps(empty: Sequence[tuple[int, Period, str]]) -> list[str]:
    """Say why periods have no mark; those that follow each other for one reason are said together."""
    says = []
    for (why, _), group in groupby(empty, key=lambda one: (one[2], one[0] - empty.index(one))):
        periods = [period for _, period, _ in group]
        says.append(f"{wording.capital(wording.span(periods[0], periods[-1]))}: {why}.")
    return says


def breaks(rows: Sequence[Observation], reports: Reports) -> list[str]:
    """Say what the dashed lines of a chart stand for."""
    says = []
    for earlier, later in pairwise(rows):
        reasons = dict.fromkeys(found.reason for found in changed(earlier, later, reports))
        if reasons:
            when = f"between {wording.period(earlier.period)} and {wording.period(later.period)}"
            says.append(f"A dashed line stands {when}, where the measure changed. {' '.join(reasons)}")
    return says


def key(rows: Sequence[Observation], *, bars: bool, thinned: bool) -> list[str]:
    """Say what the marks of a chart mean, where there is more than one kind."""
    drawn = figures(rows)
    says = []
    if any(seen.target and seen.target.value is not None for seen in rows):
        says.append("A short bar across marks the target.")
    if any(seen.period.is_part_year for seen in drawn):
        says.append(f"A hollow {'bar' if bars else 'mark'} is a part of a year.")
    if any(isinstance(seen.result, Figure) and seen.result.qualifier is not Qualifier.EXACT for seen in drawn):
        says.append("A figure that is not exact is drawn at the number it names.")
    unsettled = [(wording.shorthand(seen.result), wording.period(seen.period)) for seen in drawn]
    for status, group in groupby(sorted(one for one in unsettled if one[0]), key=itemgetter(0)):
        says.append(f"{wording.capital(status)}: {wording.listing([when for _, when in group])}.")
    if thinned:
        says.append("Not every mark has its figure beside it; the table has them all.")
    return says


def scale(first: Decimal, last: Decimal, unit: Unit) -> list[str]:
    """Say where a scale begins that does not hold zero."""
    return [] if first <= 0 <= last else [f"The scale begins at {wording.quantity(first, unit)}, not at zero."]


def credit(page: str, rows: Sequence[Observation | Saving], reports: Reports) -> Credit:
    """Return where the figures of a chart come from: every document once, and the licences of its years."""
    sources = dict.fromkeys(row.source.document.title for row in rows)
    licences = {
        str(licence.get("title") or licence.get("name", "")): None
        for row in rows
        for licence in (reports.folders[row.year].descriptor or {}).get("licenses", [])
    }
    until = wording.month(max(row.period.end for row in rows))
    return Credit(page, tuple(sources), wording.listing(list(licences)), until)
