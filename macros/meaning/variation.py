"""What is usual for a monthly measure: XmR limits, and the four rules for a change that is not chance.

The rules are those of the NHS-R "plot the dots" package, which follows NHS England's Making Data Count. They hold for
months that stand on their own: never for yearly figures, and never for figures that add up or roll on from month to
month, because those are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from ..records import Break, Comparator, Figure, Observation, PeriodKind, Qualifier, Target, TargetStatus
from .comparison import stopping

ENOUGH = 12
"""Fewer points give trial limits, which may still move a lot."""
RUN = 7
LIMIT = Decimal("2.66")
"""From moving ranges of two points to three standard deviations: 3 / 1.128."""
NEAR = LIMIT * 2 / 3
SCREEN = Decimal("3.267")
"""A moving range of so many times the mean or more is left out when limits are set: one outlier widens none."""


class Signal(StrEnum):
    """The rules by which a point is not chance; the first that applies is the one that is said."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a point is not chance, and whether it lies or moves above (otherwise below)."""

    signal: Signal
    above: bool


class Assurance(StrEnum):
    """Whether what is usual reaches the target, while nothing changes."""

    MET = "met"
    MISSED = "missed"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre and the limits of what is usual, in the unit of the measure."""

    mean: Decimal
    lower: Decimal
    upper: Decimal
    near_lower: Decimal
    near_upper: Decimal
    trial: bool


@dataclass(frozen=True, slots=True)
class Variation:
    """The limits of a series, and for each point what it signals, if anything."""

    observations: tuple[Observation, ...]
    limits: Limits
    marks: tuple[Mark | None, ...]


def limits(values: Sequence[Decimal], *, screen: bool = True) -> Limits:
    """Return the limits of a series of at least two values.

    Args:
        values: the values in the order of time.
        screen: leave out moving ranges that are themselves outliers; they never move the mean.
    """
    mean = sum(values, Decimal(0)) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    spread = sum(ranges, Decimal(0)) / len(ranges)
    if screen:
        kept = [one for one in ranges if one < SCREEN * spread] or ranges
        spread = sum(kept, Decimal(0)) / len(kept)
    return Limits(
        mean,
        mean - LIMIT * spread,
        mean + LIMIT * spread,
        mean - NEAR * spread,
        mean + NEAR * spread,
        len(values) < ENOUGH,
    )


def marks(values: Sequence[Decimal], found: Limits) -> tuple[Mark | None, ...]:
    """Return for each value the first rule that marks it, or None where it is chance."""
    outside = {
        index: _side(value, found.mean) for index, value in enumerate(values) if not found.lower <= value <= found.upper
    }
    # In the order in which they apply.
    rules = {
        Signal.OUTSIDE: outside,
        Signal.TREND: _trend(values),
        Signal.TWO_OF_THREE: _two_of_three(values, found),
        Signal.SHIFT: _shift(values, found.mean),
    }
    return tuple(
        next((Mark(signal, sides[index] > 0) for signal, sides in rules.items() if index in sides), None)
        for index in range(len(values))
    )


def _side(value: Decimal, mean: Decimal) -> int:
    return (value > mean) - (value < mean)


def _runs(sides: Sequence[int], length: int) -> dict[int, int]:
    """Return the positions, with their side, of every stretch of ``length`` equal sides that are not 0."""
    found: dict[int, int] = {}
    for start in range(len(sides) - length + 1):
        stretch = sides[start : start + length]
        if stretch[0] and len(set(stretch)) == 1:
            found |= dict.fromkeys(range(start, start + length), stretch[0])
    return found


def _trend(values: Sequence[Decimal]) -> dict[int, int]:
    """Return the points of seven in a row whose six steps all go one way; a step of nothing breaks the run."""
    steps = _runs([_side(later, earlier) for earlier, later in pairwise(values)], RUN - 1)
    return steps | {step + 1: side for step, side in steps.items()}


def _shift(values: Sequence[Decimal], mean: Decimal) -> dict[int, int]:
    """Return the points of seven in a row on one side of the mean; a point on the mean breaks the run."""
    return _runs([_side(value, mean) for value in values], RUN)


def _two_of_three(values: Sequence[Decimal], found: Limits) -> dict[int, int]:
    """Return the points near a limit where two of three in a row are, and all three lie on that side of the mean.

    A point beyond the limit is not near it.
    """
    marked: dict[int, int] = {}
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(_side(values[index], found.mean) for index in window)) == 3:
            near = [
                index
                for index in window
                if found.near_upper < values[index] <= found.upper or found.lower <= values[index] < found.near_lower
            ]
            if len(near) >= 2:
                marked |= {index: _side(values[index], found.mean) for index in near}
    return marked


def assurance(found: Limits, target: Target) -> Assurance | None:
    """Say whether the usual range reaches a target, or None where there is no target in force.

    A range that lies wholly on the right side of the target meets it every month while nothing changes; one wholly on
    the wrong side misses it every month; otherwise it is chance which.
    """
    if target.status is not TargetStatus.SET or target.value is None:
        return None
    floor = target.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    if target.value > found.upper:
        return Assurance.MISSED if floor else Assurance.MET
    if target.value < found.lower:
        return Assurance.MET if floor else Assurance.MISSED
    return Assurance.EITHER


def variation(series: Sequence[Observation], breaks: Iterable[Break] = ()) -> Variation | None:
    """Return what is usual for the months of a measure, or None where there are too few exact figures to say.

    Only an unbroken run of exact monthly figures is used: the newest one. A month without a figure ends a run, and so
    does a break across which figures may not be compared.
    """
    stops = tuple(breaks)
    months: list[Observation] = []
    for seen in series:
        if seen.period.kind is not PeriodKind.MONTH:
            continue
        exact = isinstance(seen.result, Figure) and seen.result.qualifier is Qualifier.EXACT
        follows = bool(months) and (seen.period.start - months[-1].period.end).days == 1
        follows = follows and not stopping(months[-1], seen, stops)
        months = ([*months, seen] if follows else [seen]) if exact else []
    if len(months) < 2:
        return None
    values = [seen.result.value for seen in months if isinstance(seen.result, Figure)]
    found = limits(values)
    return Variation(tuple(months), found, marks(values, found))
