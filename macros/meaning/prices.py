"""Sums of money in the prices of one year. Nothing is said in real terms without a published index for both years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from ..records import Deflator, Figure, Missing, Period, PeriodKind, Qualifier

_WIDE = Context(prec=60)
"""Room for the largest sum at the smallest index."""


def base(deflators: Sequence[Deflator]) -> Deflator | None:
    """Return the newest index, whose prices sums are said in; None where the register has none."""
    return deflators[-1] if deflators else None


def real(result: Figure | Missing, period: Period, deflators: Sequence[Deflator]) -> Decimal | None:
    """Return a sum in the prices of the newest index, to the pound.

    value x index of the newest year / index of the sum's year. A sum that is not exact, that is not of one financial
    year, or whose year has no index, has no value in real terms.
    """
    newest = base(deflators)
    own = [found for found in deflators if found.period == period]
    exact = isinstance(result, Figure) and result.qualifier is Qualifier.EXACT
    if newest is None or not own or not exact or period.kind is not PeriodKind.YEAR or isinstance(result, Missing):
        return None
    return (result.value * newest.index / own[0].index).quantize(Decimal(1), ROUND_HALF_UP, _WIDE)
