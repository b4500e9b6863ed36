"""Whether two figures of a measure may be compared, and what the movement means.

Movement words follow the measure's direction: a figure only improves or worsens where higher or lower is better;
otherwise it increases or decreases (the rule of the Local Government Association's LG Inform).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..records import Break, Direction, Figure, Observation, PeriodKind, Qualifier


class Movement(StrEnum):
    """How a figure moved from the one before."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    INCREASED = "increased"
    DECREASED = "decreased"
    UNCHANGED = "unchanged"


class NotComparable(StrEnum):
    """Why two figures are not compared."""

    NO_FIGURE = "one of the two figures is missing"
    NOT_EXACT = "one of the two figures is not exact"
    PERIOD = "the two periods are not alike"
    BREAK = "the measure changed between the two"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between a figure and an earlier one: later minus earlier, in the unit of the measure."""

    earlier: Observation
    later: Observation
    difference: Decimal
    movement: Movement


def compare(earlier: Observation, later: Observation, breaks: Iterable[Break]) -> Comparison | NotComparable:
    """Compare two observations of one measure, or say why they may not be compared."""
    if not (isinstance(earlier.result, Figure) and isinstance(later.result, Figure)):
        return NotComparable.NO_FIGURE
    if not alike(earlier, later):
        return NotComparable.PERIOD
    if stopping(earlier, later, breaks):
        return NotComparable.BREAK
    if earlier.result.qualifier is not Qualifier.EXACT or later.result.qualifier is not Qualifier.EXACT:
        return NotComparable.NOT_EXACT
    difference = later.result.value - earlier.result.value
    return Comparison(earlier, later, difference, _movement(difference, later.measure.direction))


def alike(earlier: Observation, later: Observation) -> bool:
    """Whether two periods are of one kind and length: a part-year compares only with the same months of a year."""
    one, other = earlier.period, later.period
    if one.kind is not other.kind or one.months != other.months:
        return False
    return not one.is_part_year or one.start.month == other.start.month


def between(earlier: Observation, later: Observation, breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Return the breaks of a measure between two of its observations."""
    return tuple(
        found
        for found in breaks
        if found.measure_id == later.measure.id and earlier.period.start < found.after.start <= later.period.end
    )


def stopping(earlier: Observation, later: Observation, breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Return the breaks between two observations across which figures may not be compared."""
    return tuple(found for found in between(earlier, later, breaks) if not found.comparable)


def _movement(difference: Decimal, direction: Direction) -> Movement:
    if difference == 0:
        return Movement.UNCHANGED
    if direction is Direction.NEITHER:
        return Movement.INCREASED if difference > 0 else Movement.DECREASED
    better = (difference > 0) == (direction is Direction.HIGHER)
    return Movement.IMPROVED if better else Movement.WORSENED


def before(observation: Observation, series: Iterable[Observation]) -> Observation | None:
    """Return the nearest earlier observation with a figure whose period is alike; where none is, the nearest.

    A month looks back to months, a quarter to the same quarter of the year before, a year to years. A year that has
    only part-years before it finds one of them, so that a page can say why the two are not compared.
    """
    short = (PeriodKind.DAY, PeriodKind.MONTH)
    kinds = (observation.period.kind,) if observation.period.kind in short else tuple(set(PeriodKind) - set(short))
    earlier = [
        seen
        for seen in series
        if isinstance(seen.result, Figure) and seen.period.kind in kinds and seen.period.end < observation.period.start
    ]
    return max(earlier, key=lambda seen: (alike(seen, observation), seen.period.end, seen.period), default=None)
