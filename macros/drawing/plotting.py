"""Numbers to places: round steps for a scale, and which labels have room beside each other. No library, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, reduce

from ..records import Period, PeriodKind

FONT = 16
LETTER = 10.0
"""The width of a letter of that size in the widest of the fonts of readers' devices: what seems to fit fits."""
_NARROW = " .,:;'|/!()[]-ijltfrI"
_WIDE = "%mwMW"
STEPS = (1, 2, 5, 10)
RATIO = 6
"""Series share a scale unless it is more than so many times as long as one of them needs: that one would be flat."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Extent:
    """The lowest and the highest value to be drawn, and whether bars make zero one of them."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, values: Iterable[Decimal]) -> Extent:
        """Return the extent of some values, at least one."""
        known = tuple(values)
        return cls(min(known), max(known))

    def around(self, other: Extent) -> Extent:
        """Return the extent that holds both."""
        return Extent(min(self.low, other.low), max(self.high, other.high))

    @property
    def spread(self) -> Decimal:
        """How far its values lie apart."""
        return self.high - self.low


def common(extents: Sequence[Extent]) -> Extent | None:
    """Return the extent that several series share, or None where a small one would be flat beside a large one."""
    if not extents:
        return None
    whole = reduce(Extent.around, extents)
    # A series that never moves is flat on every scale.
    spreads = [one.spread for one in extents if one.spread]
    return whole if not spreads or whole.spread <= RATIO * min(spreads) else None


def ticks(extent: Extent, *, decimals: int, zero: bool, share: bool) -> tuple[Decimal, ...]:
    """Return a few round values, equally far apart, that hold an extent between the first and the last.

    Args:
        extent: what must lie between them.
        decimals: no step is smaller than the last digit that is published.
        zero: zero is one of them, as bars need it.
        share: none lies above 100 unless a value does.
    """
    low, high = extent.low, extent.high
    spread = high - low or max(abs(high) / 10, Decimal(1).scaleb(-decimals))
    # Where zero is near, the scale begins there.
    if zero or low - spread <= 0 <= low:
        low = min(low, Decimal(0))
    if zero:
        high = max(high, Decimal(0))
    if low == high:
        low, high = (low, high + spread) if low == 0 else (low - spread, high)
    step = _step(high - low, decimals)
    first, last = (low // step) * step, -(-high // step) * step
    first -= step if first > low else 0
    last += step if last < high else 0
    if share and high <= _HUNDRED:
        last = min(last, _HUNDRED)
    # Adding nothing writes a number without an exponent.
    return tuple((first + step * place).normalize() + 0 for place in range(int((last - first) / step) + 1))


def _step(spread: Decimal, decimals: int) -> Decimal:
    """Return a quarter of a spread, rounded up to 1, 2 or 5 times a power of ten."""
    quarter = spread / 4
    power = Decimal(1).scaleb(quarter.adjusted())
    step = next(power * times for times in STEPS if power * times >= quarter)
    return max(step, Decimal(1).scaleb(-decimals))


@lru_cache(1 << 12)
def width(text: str) -> float:
    """Return about how wide a text is; ``|`` parts its lines."""
    return max(sum(map(_letter, line)) for line in text.split("|"))


def _letter(letter: str) -> float:
    return LETTER * (0.55 if letter in _NARROW else 1.5 if letter in _WIDE else 1)


def fitting(texts: Sequence[str], room: float, first: Iterable[int]) -> frozenset[int]:
    """Return which of the texts in a row are written, so that none touches another.

    Args:
        texts: one for each place; an empty one needs no room.
        room: the width of a place.
        first: the places that matter most, in their order; the others follow.
    """
    kept: list[int] = []
    for place in dict.fromkeys([*first, *range(len(texts))]):
        own = width(texts[place])
        if own and all(abs(place - other) * room >= (own + width(texts[other])) / 2 + 2 for other in kept):
            kept.append(place)
    return frozenset(kept)


def rhythm(texts: Sequence[str], room: float) -> frozenset[int]:
    """Return which labels of an axis are written: all of them, or every second, third, sixth, twelfth..."""
    widest = max((width(text) for text in texts), default=0) + 4
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if step * room >= widest), len(texts) or 1)
    return frozenset(range(0, len(texts), every))


def between(earlier: Period, later: Period) -> list[Period]:
    """Return the periods that lie between two of a series and have no row: months, quarters or financial years."""
    kinds = {earlier.kind, later.kind}
    if kinds in ({PeriodKind.MONTH}, {PeriodKind.QUARTER}):
        return _stretch(earlier.end + timedelta(days=1), later.start, earlier.kind)
    if kinds & {PeriodKind.MONTH, PeriodKind.DAY}:
        return []
    first, last = int(earlier.financial_year[:4]), int(later.financial_year[:4])
    return _stretch(date(first + 1, 4, 1), date(last, 4, 1), PeriodKind.YEAR)


def _stretch(start: date, stop: date, kind: PeriodKind) -> list[Period]:
    """Return the periods of a kind that follow each other from one day until another."""
    found = []
    while start < stop:
        codes = {
            PeriodKind.MONTH: f"{start.year}-M{start.month:02}",
            PeriodKind.QUARTER: f"{start.year}-Q{(start.month + 2) // 3}",
            PeriodKind.YEAR: f"FY{start.year}-{(start.year + 1) % 100:02}",
        }
        period = Period.parse(codes[kind])
        found.append(period)
        start = period.end + timedelta(days=1)
    return found
