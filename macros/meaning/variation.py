"""What is usual for a monthly measure: XmR limits, and the four rules for a change that is not chance.

The rules are those of the NHS-R "plot the dots" package, which follows NHS England's Making Data Count. They hold for
months that stand on their own: never for yearly figures, and never for figures that add up or roll on from month to
month, because those are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from ..records import Figure, Observation, PeriodKind, Qualifier

ENOUGH = 12
"""Fewer points give trial limits, which may still move a lot."""
RUN = 7
LIMIT = Decimal("2.66")
"""From moving ranges of two points to three standard deviations: 3 / 1.128."""
NEAR = LIMIT * 2 / 3
SCREEN = Decimal("3.267")
"""A moving range beyond this many times the mean is left out when limits are set, so that one outlier widens none."""


class Signal(StrEnum):
    """Why a point is not chance; the first that applies is the one that is said."""

    OUTSIDE = "outside its usual range"
    TREND = "part of a steady run in one direction"
    TWO_OF_THREE = "close to the edge of its usual range more than once"
    SHIFT = "part of a lasting shift"


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
    signals: tuple[Signal | None, ...]


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


def signals(values: Sequence[Decimal], found: Limits) -> tuple[Signal | None, ...]:
    """Return for each value the first rule that marks it, or None where it is chance."""
    trend = _trend(values)
    near = _two_of_three(values, found)
    shift = _shift(values, found.mean)
    marks: list[Signal | None] = []
    for index, value in enumerate(values):
        if not found.lower <= value <= found.upper:
            marks.append(Signal.OUTSIDE)
        elif index in trend:
            marks.append(Signal.TREND)
        elif index in near:
            marks.append(Signal.TWO_OF_THREE)
        else:
            marks.append(Signal.SHIFT if index in shift else None)
    return tuple(marks)


def _side(value: Decimal, mean: Decimal) -> int:
    return (value > mean) - (value < mean)


def _runs(marks: Sequence[int], length: int) -> set[int]:
    """Return the positions of every stretch of ``length`` equal marks that are not 0."""
    found: set[int] = set()
    for start in range(len(marks) - length + 1):
        stretch = marks[start : start + length]
        if stretch[0] and len(set(stretch)) == 1:
            found |= set(range(start, start + length))
    return found


def _trend(values: Sequence[Decimal]) -> set[int]:
    """Return the points of seven in a row whose six steps all go one way; a step of nothing breaks the run."""
    steps = [_side(later, earlier) for earlier, later in pairwise(values)]
    found = _runs(steps, RUN - 1)
    return found | {step + 1 for step in found}


def _shift(values: Sequence[Decimal], mean: Decimal) -> set[int]:
    """Return the points of seven in a row on one side of the mean; a point on the mean breaks the run."""
    return _runs([_side(value, mean) for value in values], RUN)


def _two_of_three(values: Sequence[Decimal], found: Limits) -> set[int]:
    """Return the points near a limit where two of three in a row are, and all three lie on that side of the mean.

    A point beyond the limit is not near it.
    """
    marked: set[int] = set()
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(_side(values[index], found.mean) for index in window)) == 3:
            near = [
                index
                for index in window
                if found.near_upper < values[index] <= found.upper or found.lower <= values[index] < found.near_lower
            ]
            if len(near) >= 2:
                marked |= set(near)
    return marked


def variation(series: Sequence[Observation]) -> Variation | None:
    """Return what is usual for the months of a measure, or None where there are too few exact figures to say.

    Only an unbroken run of exact monthly figures is used: the newest one.
    """
    months: list[Observation] = []
    for seen in series:
        if seen.period.kind is not PeriodKind.MONTH:
            continue
        exact = isinstance(seen.result, Figure) and seen.result.qualifier is Qualifier.EXACT
        follows = bool(months) and (seen.period.start - months[-1].period.end).days == 1
        months = ([*months, seen] if follows or not months else [seen]) if exact else []
    if len(months) < 2:
        return None
    values = [seen.result.value for seen in months if isinstance(seen.result, Figure)]
    found = limits(values)
    return Variation(tuple(months), found, signals(values, found))
