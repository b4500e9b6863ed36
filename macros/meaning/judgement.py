"""Was the target met? The rule is the comparator printed with the target, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from ..records import Comparator, Figure, Missing, Observation, Qualifier, Target, TargetStatus


class Verdict(StrEnum):
    """What a result says about its target."""

    MISSED = "missed"
    MET = "met"
    CANNOT_TELL = "cannot be judged"
    SUSPENDED = "target suspended"
    NO_FIGURE = "no figure"
    NO_TARGET = "no target"
    NOT_YET_DUE = "not yet due"


def judge(result: Figure | Missing, target: Target | None) -> Verdict:
    """Say whether a result met its target.

    Exactly on target is met, unless the target is "more than" or "less than". A missing figure is never judged, and
    zero is a figure. A figure that is not exact is judged only where every value it may stand for gives one verdict.
    A proposed target promises nothing yet, so there is none to meet.
    """
    if target is None or target.status in (TargetStatus.PROPOSED, TargetStatus.NOT_PUBLISHED):
        return Verdict.NO_TARGET
    if target.status is TargetStatus.SUSPENDED or target.value is None or target.comparator is None:
        return Verdict.SUSPENDED
    if isinstance(result, Missing):
        return Verdict.NOT_YET_DUE if result is Missing.NOT_YET_DUE else Verdict.NO_FIGURE
    if result.qualifier is Qualifier.EXACT:
        return Verdict.MET if _holds(result.value, target.comparator, target.value) else Verdict.MISSED
    return _judge_inexact(result, target.comparator, target.value)


def _holds(value: Decimal, comparator: Comparator, target: Decimal) -> bool:
    match comparator:
        case Comparator.AT_LEAST:
            return value >= target
        case Comparator.MORE_THAN:
            return value > target
        case Comparator.AT_MOST:
            return value <= target
        case Comparator.LESS_THAN:
            return value < target
        case _:
            assert_never(comparator)


def _judge_inexact(result: Figure, comparator: Comparator, target: Decimal) -> Verdict:
    """Judge a figure that bounds the true value on one side ("over 80"); "about" bounds it on neither."""
    value, open_end = result.value, result.qualifier in (Qualifier.MORE_THAN, Qualifier.LESS_THAN)
    wants_more = comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    strict = comparator in (Comparator.MORE_THAN, Comparator.LESS_THAN)
    if result.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        # The true value is value or above: it meets a floor at or below value, and breaks a ceiling below value.
        if wants_more and (value > target or (value == target and (open_end or not strict))):
            return Verdict.MET
        if not wants_more and (value > target or (value == target and (open_end or strict))):
            return Verdict.MISSED
    if result.qualifier in (Qualifier.LESS_THAN, Qualifier.AT_MOST):
        if not wants_more and (value < target or (value == target and (open_end or not strict))):
            return Verdict.MET
        if wants_more and (value < target or (value == target and (open_end or strict))):
            return Verdict.MISSED
    return Verdict.CANNOT_TELL


def verdict(observation: Observation) -> Verdict:
    """Judge an observation."""
    return judge(observation.result, observation.target)


def counts(observations: Iterable[Observation]) -> Counter[Verdict]:
    """Count the verdicts of service levels. A proposed target is a plan beside the one in force, not a second one."""
    levels = (seen for seen in observations if seen.target and not seen.is_proposed)
    return Counter(verdict(seen) for seen in levels)
