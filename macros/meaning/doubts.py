"""What is allowed and doubtful: figures that ask for a second look before they are published.

A doubt never stops a build. Where a figure is right, the row's note says so and names the figure. The doubt then stays
away for as long as the figure stays: another figure, or the same note on another row, is doubted again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ..errors import Kind, Problem, Severity, Where
from ..reading.reports import Reports
from ..records import Figure, Observation, ReleaseStatus, Unit
from .comparison import Comparison, before, compare

_TIMES = 10
"""From how many times the figure before a slip of the decimal point is likelier than a change."""
_SMALL = 100
"""Counts below this leap without a slip: twelve incidents after one."""
_MONTHS = 12
"""Months after the end of its period within which a provisional figure should have become final."""
_SEVERAL = 4
"""How many figures it takes to speak of all of them."""
_MOST = Decimal("0.75")
_ALL = 100
_LOOK = "Look it up in the document."
_EACH = "Look them up in the document. If they are right, say so in the note of each row, with its figure."
_FINAL = "Write the final figure, with final in value_status."


def doubts(reports: Reports, today: date) -> list[Problem]:
    """Return what asks for a second look, each as a warning at its place.

    Args:
        reports: the packages, sound in themselves.
        today: the day of the build, by which a provisional figure is out of date.
    """
    pairs = list(_pairs(reports))
    copied = {year: rows for year in reports.years if (rows := _copied(reports, year, pairs))}
    return [
        *_copied_years(copied),
        *_results_as_targets(reports),
        *_leaps(reports, pairs),
        *_same(reports, pairs, copied),
        *_beyond_all(reports),
        *_of_zero(reports),
        *_provisional(reports, today),
    ]


def _pairs(reports: Reports) -> Iterator[Comparison]:
    """Yield each figure with the one before it, where the two may be compared."""
    for one in reports.observations:
        earlier = before(one, reports.series(one.measure.id))
        found = compare(earlier, one, reports.breaks_of(one.measure.id)) if earlier else None
        if isinstance(found, Comparison):
            yield found


def _figures(found: Comparison) -> tuple[Decimal, Decimal]:
    """Return the figure before, and the figure."""
    values = [one.result.value for one in (found.earlier, found.later) if isinstance(one.result, Figure)]
    return values[0], values[1]


def _doubt(
    reports: Reports, one: Observation, field: str, kind: Kind, what: str, repair: str = _LOOK
) -> Iterator[Problem]:
    """Yield the doubt about a cell, unless the note of its row names what stands there."""
    typed = reports.typed(one.origin, field)
    if not _names(one.note, typed):
        fix = f"{repair} If it is right as it is, say so in note, with the figure: {typed} is right."
        yield _warning(reports.where(one.origin, field), kind, what, fix)


def _warning(where: Where, kind: Kind, what: str, fix: str) -> Problem:
    return Problem(where, what, fix, kind=kind, severity=Severity.WARNING)


def _names(note: str, typed: str) -> bool:
    """Whether a note names a number, with or without commas between its thousands."""
    return re.search(rf"(?<![\d.]){re.escape(typed)}(?!\.?\d)", note.replace(",", "")) is not None


def _before(reports: Reports, found: Comparison) -> str:
    return f"{reports.typed(found.earlier.origin, 'value')} in {found.earlier.period.code}"


def _leaps(reports: Reports, pairs: Iterable[Comparison]) -> Iterator[Problem]:
    """Yield figures ten times or a tenth of the one before, or with another sign; a change may be either."""
    for found in pairs:
        earlier, later = _figures(found)
        if found.later.measure.change_of or not earlier or not later:
            continue
        typed = reports.typed(found.later.origin, "value")
        low, high = sorted((abs(earlier), abs(later)))
        if (earlier < 0) is not (later < 0):
            what = f'"{typed}" has another sign than the figure before: {_before(reports, found)}.'
            yield from _doubt(reports, found.later, "value", Kind.CHANGED_SIGN, what)
        elif high >= low * _TIMES and (high >= _SMALL or found.later.measure.unit is not Unit.NUMBER):
            how = "at least ten times" if high == abs(later) else "at most a tenth of"
            what = f'"{typed}" is {how} the figure before: {_before(reports, found)}.'
            yield from _doubt(reports, found.later, "value", Kind.TEN_TIMES, what)


def _is_telling(value: Decimal) -> bool:
    """Whether a value hardly comes twice by chance: not a round number such as 100, nor a small one such as 0.1."""
    return value != value.to_integral_value() and len(value.normalize().as_tuple().digits) > 1


def _same(reports: Reports, pairs: Iterable[Comparison], copied: Container[str]) -> Iterator[Problem]:
    """Yield figures with decimals that are exactly the one before; where the whole year is, that is said once."""
    for found in pairs:
        earlier, later = _figures(found)
        if earlier == later and _is_telling(later) and found.later.year not in copied:
            typed = reports.typed(found.later.origin, "value")
            what = f'"{typed}" is exactly the figure before: {_before(reports, found)}.'
            yield from _doubt(reports, found.later, "value", Kind.SAME_AS_BEFORE, what)


def _copied(reports: Reports, year: str, pairs: Iterable[Comparison]) -> list[Observation]:
    """Return the figures of a year that are those of the year before, where they are most of it."""
    own = [one for one in pairs if one.later.year == year and one.earlier.year != year]
    same = [one.later for one in own if not one.difference and not _noted(reports, one.later)]
    # Many measures reach 100 per cent, or count nothing, year after year.
    telling = [one for one in same if isinstance(one.result, Figure) and one.result.value not in (0, _ALL)]
    return same if len(telling) >= _SEVERAL and len(same) >= _MOST * len(own) else []


def _noted(reports: Reports, one: Observation) -> bool:
    return _names(one.note, reports.typed(one.origin, "value"))


def _copied_years(copied: Mapping[str, Sequence[Observation]]) -> Iterator[Problem]:
    """Yield years whose figures are mostly those of the year before."""
    for rows in copied.values():
        what = f"{len(rows)} figures are exactly those of the year before."
        yield _warning(Where(rows[0].origin.file), Kind.COPIED_YEAR, what, _EACH)


def _results_as_targets(reports: Reports) -> Iterator[Problem]:
    """Yield years whose results are all exactly their targets."""
    for year in reports.years:
        levels = [one for one in reports.levels(year) if isinstance(one.result, Figure)]
        equal = [one for one in levels if _is_target(one) and not _noted(reports, one)]
        if len(equal) >= _SEVERAL and len(equal) == len(levels):
            what = f"all {len(equal)} results are exactly their targets."
            yield _warning(Where(equal[0].origin.file), Kind.TARGET_IS_RESULT, what, _EACH)


def _is_target(one: Observation) -> bool:
    return isinstance(one.result, Figure) and one.target is not None and one.result.value == one.target.value


def _beyond_all(reports: Reports) -> Iterator[Problem]:
    """Yield shares of more than all or less than nothing; of a service level that is an error."""
    for one in reports.observations:
        is_share = one.measure.unit is Unit.PER_CENT and not one.measure.change_of
        if is_share and isinstance(one.result, Figure) and not 0 <= one.result.value <= _ALL:
            what = f'"{reports.typed(one.origin, "value")}" per cent is more than all, or less than nothing.'
            yield from _doubt(reports, one, "value", Kind.BEYOND_ALL, what)


def _of_zero(reports: Reports) -> Iterator[Problem]:
    """Yield targets of zero, which a blank often becomes on its way through a spreadsheet."""
    for one in reports.observations:
        if one.target is not None and one.target.value == 0:
            yield from _doubt(reports, one, "target", Kind.TARGET_OF_ZERO, "the target is zero.")


def _provisional(reports: Reports, today: date) -> Iterator[Problem]:
    """Yield provisional figures whose period ended long ago."""
    for one in reports.observations:
        late = (today.year - one.period.end.year) * 12 + today.month - one.period.end.month
        if isinstance(one.result, Figure) and one.result.status is ReleaseStatus.PROVISIONAL and late > _MONTHS:
            what = f'"{reports.typed(one.origin, "value")}" is provisional, and its period ended more than a year ago.'
            yield from _doubt(reports, one, "value", Kind.STILL_PROVISIONAL, what, _FINAL)
