"""Every number, period, verdict and plural as text. All formatting and all rounding live here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..meaning.judgement import Verdict
from ..records import (
    Comparator,
    Figure,
    Measure,
    Missing,
    Period,
    PeriodKind,
    Qualifier,
    ReleaseStatus,
    Target,
    TargetStatus,
    Unit,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_QUALIFIERS = {
    Qualifier.EXACT: "",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.LESS_THAN: "less than ",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
}
_COMPARATORS = {
    Comparator.AT_LEAST: "at least ",
    Comparator.MORE_THAN: "more than ",
    Comparator.AT_MOST: "at most ",
    Comparator.LESS_THAN: "below ",
}
_VERDICTS = {
    Verdict.MET: "Met",
    Verdict.MISSED: "Missed",
    Verdict.CANNOT_TELL: "Cannot be judged",
    Verdict.SUSPENDED: "Target suspended",
    Verdict.NO_FIGURE: "No figure",
    Verdict.NO_TARGET: "No target",
    Verdict.NOT_YET_DUE: "Not yet due",
}
_TALLIED = {
    Verdict.CANNOT_TELL: ("cannot be judged", "cannot be judged"),
    Verdict.SUSPENDED: ("had its target suspended", "had their targets suspended"),
    Verdict.NO_FIGURE: ("had no figure", "had no figure"),
    Verdict.NO_TARGET: ("had no target", "had no target"),
    Verdict.NOT_YET_DUE: ("is not yet due", "are not yet due"),
}
_UNIT_HEADINGS = {Unit.PER_CENT: "%", Unit.POUNDS: "£", Unit.NUMBER: "number"}


def number(value: Decimal) -> str:
    """Write a number with thousands separated and a true minus sign: ``−1,204.5``. No digit is added or dropped."""
    return f"{value.copy_abs():,f}" if value >= 0 else f"−{value.copy_abs():,f}"


def quantity(value: Decimal, unit: Unit) -> str:
    """Write a number with its unit: ``95.32%``, ``£7,582,641``, ``8.77 days``, ``1 day``."""
    match unit:
        case Unit.PER_CENT:
            return f"{number(value)}%"
        case Unit.POUNDS:
            return f"£{number(value)}" if value >= 0 else f"−£{number(-value)}"
        case Unit.NUMBER:
            return number(value)
        case _:
            return f"{number(value)} {unit.removesuffix('s') if value == 1 else unit}"


Write = Callable[[Decimal, Unit], str]
"""How a number is written with its unit: exactly, as in a table, or as people say it, as in a sentence."""


def spoken(value: Decimal, *beside: Decimal) -> str:
    """Write pounds as people say them, with the exact sum behind: ``£2.5 million (£2,476,000)``.

    Only a million or more is rounded, half up, to one decimal. There are two where one would make a whole number of
    what is none, or would make two different sums of one sentence look the same or change places. Where two would do
    so as well, the exact sum stands alone.

    Args:
        value: the sum.
        beside: the other sums of the sentence, such as the target.
    """
    exact = quantity(value, Unit.POUNDS)
    size = abs(value)
    scale, name = (_BILLION, "billion") if size >= _BILLION else (_MILLION, "million")
    if size < scale:
        return exact
    for decimals in (1, 2):
        step = scale.scaleb(-decimals)
        rounded = _rounded(size, step)
        if rounded == size:
            return _in_words(value, rounded / scale, name)
        if rounded % scale and all(_apart(size, abs(other), step) for other in beside):
            return f"{_in_words(value, rounded / scale, name)} ({exact})"
    return exact


_MILLION, _BILLION = Decimal(10) ** 6, Decimal(10) ** 9


def _rounded(size: Decimal, step: Decimal) -> Decimal:
    return (size / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _apart(size: Decimal, other: Decimal, step: Decimal) -> bool:
    """Whether two sums stay apart when the first, or both, are rounded to a step."""
    if size == other:
        return True
    one = _rounded(size, step)
    return one not in (other, _rounded(other, step)) and (one > other) == (size > other)


def _in_words(value: Decimal, scaled: Decimal, name: str) -> str:
    text = f"£{number(scaled.normalize())} {name}"
    return text if value >= 0 else f"−{text}"


def said(*beside: Decimal) -> Write:
    """Return how a sentence writes the numbers that stand together in it: pounds as people say them."""
    return lambda value, unit: spoken(value, *beside) if unit is Unit.POUNDS else quantity(value, unit)


def figure(result: Figure | Missing, unit: Unit, write: Write = quantity) -> str:
    """Write a figure with its qualifier, or the reason why there is none."""
    if isinstance(result, Missing):
        return result.value
    return _QUALIFIERS[result.qualifier] + write(result.value, unit)


def shorthand(result: Figure | Missing) -> str:
    """Say how settled a figure is, where it is not final: ``provisional``."""
    if isinstance(result, Missing) or result.status is ReleaseStatus.FINAL:
        return ""
    return result.status.value


def bare(value: Decimal, unit: Unit) -> str:
    """Write a number whose unit stands in the heading of its column."""
    del unit
    return number(value)


def target(promised: Target, unit: Unit, write: Write = quantity) -> str:
    """Write a target as a table shows it: ``at least 96.11%``, ``suspended``."""
    if promised.value is None or promised.comparator is None:
        return promised.status.value
    text = _COMPARATORS[promised.comparator] + write(promised.value, unit)
    return f"{text} (proposed)" if promised.status is TargetStatus.PROPOSED else text


def aim(promised: Target, unit: Unit, write: Write = quantity) -> str:
    """Write a target as a sentence needs it: ``a target of 96.11%``, ``a target of below £139,020``."""
    if promised.value is None or promised.comparator is None:
        return "no target"
    words = "" if promised.comparator is Comparator.AT_LEAST else _COMPARATORS[promised.comparator]
    return f"a target of {words}{write(promised.value, unit)}"


def verdict(found: Verdict) -> str:
    """Write a verdict as a word that begins a sentence."""
    return _VERDICTS[found]


def tallied(found: Verdict, how_many: int) -> str:
    """Write how many service levels have a verdict that is neither met nor missed: ``2 had no figure``."""
    return f"{how_many:,} {_TALLIED[found][how_many != 1]}"


def gap(value: Decimal, unit: Unit, write: Write = quantity) -> str:
    """Write the size of a difference: two shares differ by points, never by per cent."""
    size = abs(value)
    return f"{number(size)} {'point' if size == 1 else 'points'}" if unit is Unit.PER_CENT else write(size, unit)


def difference(value: Decimal, unit: Unit, write: Write = quantity) -> str:
    """Write how much higher or lower a figure is: ``2.74 points lower``."""
    return f"{gap(value, unit, write)} {'higher' if value > 0 else 'lower'}"


def mean(value: Decimal, measure: Measure) -> str:
    """Write a computed value with one decimal more than the measure is published with."""
    return quantity(round(value, measure.decimals + 1), measure.unit)


def usual(lower: Decimal, upper: Decimal, measure: Measure) -> tuple[str, str]:
    """Write the limits of a usual range; a share lies between nothing and all, and nothing counted is below zero."""
    low = max(lower, Decimal(0)) if measure.unit is not Unit.POUNDS else lower
    high = min(upper, Decimal(100)) if measure.unit is Unit.PER_CENT else upper
    return mean(low, measure), mean(high, measure)


def year(name: str) -> str:
    """Write a financial year as people do: ``2011-12`` becomes ``2011/12``."""
    return name.replace("-", "/")


def period(when: Period) -> str:
    """Write a period as a reader says it: ``2011/12``, ``October 2011``, ``October 2011 to March 2012``."""
    first, last = when.start, when.end
    if when.kind is PeriodKind.DAY:
        return day(first)
    if when.kind is PeriodKind.YEAR:
        return year(when.financial_year)
    if when.kind is PeriodKind.MONTH:
        return _month(first)
    if first.year == last.year:
        return f"{_MONTHS[first.month - 1]} to {_month(last)}"
    return f"{_month(first)} to {_month(last)}"


def span(first: Period, last: Period) -> str:
    """Write the time from one period to another: ``2011/12 to 2013/14``, ``October 2011 to 2013/14``."""
    if first == last:
        return period(first)
    begins = period(first) if first.kind in (PeriodKind.YEAR, PeriodKind.DAY) else _month(first.start)
    ends = period(last) if last.kind in (PeriodKind.YEAR, PeriodKind.DAY) else _month(last.end)
    return f"{begins} to {ends}"


def in_period(when: Period) -> str:
    """Write a period with the preposition it takes: ``in 2011/12``, ``on 16 May 2011``, ``from October to March``."""
    if when.kind is PeriodKind.DAY:
        return f"on {period(when)}"
    prefix = "from" if when.kind in (PeriodKind.RUN, PeriodKind.QUARTER) else "in"
    return f"{prefix} {period(when)}"


def day(when: date) -> str:
    """Write a day: ``16 May 2011``."""
    return f"{when.day} {_month(when)}"


def month(when: date) -> str:
    """Write the month of a day: ``March 2014``."""
    return _month(when)


def _month(when: date) -> str:
    return f"{_MONTHS[when.month - 1]} {when.year}"


def axis(when: Period) -> str:
    """Write a period for an axis, with ``|`` where the line may break."""
    if when.kind is PeriodKind.MONTH:
        return f"{_MONTHS[when.start.month - 1][:3]}|{when.start.year}"
    if when.kind in (PeriodKind.YEAR, PeriodKind.DAY):
        return period(when).replace(" ", "|", 2) if when.kind is PeriodKind.DAY else period(when)
    first, last = when.start, when.end
    return f"{_MONTHS[first.month - 1][:3]} {first.year}|to {_MONTHS[last.month - 1][:3]}|{last.year}"


def heading(title: str, unit: Unit) -> str:
    """Write a column heading with its unit: ``Result (%)``."""
    return title if unit is Unit.NUMBER else f"{title} ({_UNIT_HEADINGS.get(unit, unit.value)})"


def count(how_many: int, one: str, many: str = "") -> str:
    """Write a count with its noun: ``1 service level``, ``3 service levels``."""
    return f"{how_many:,} {one if how_many == 1 else many or one + 's'}"


def listing(items: Sequence[str]) -> str:
    """Write items as a sentence lists them: ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


LONGEST = 25
"""How many words a sentence may have."""
_LETTER = re.compile(r"\w")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


def words(text: str) -> int:
    """Count the words of a text: what stands between two spaces and holds a letter or a digit."""
    return sum(1 for word in text.split() if _LETTER.search(word))


def beginning(quote: str) -> str:
    """Return a quote's first sentence, or its first words with an ellipsis where that sentence is long."""
    first = _SENTENCE.split(quote.strip(), maxsplit=1)[0]
    if words(first) <= LONGEST:
        return first if first == quote.strip() else f"{first} …"
    return f"{' '.join(first.split()[:LONGEST])} …"


def quoted(text: str) -> str:
    """Write the words of a document at the end of a sentence: the full stop stands once."""
    return f"“{text}”" if text.endswith((".", "!", "?", "…")) else f"“{text}”."


def size(how_many: int) -> str:
    """Write the size of a file: ``2 KB``."""
    return f"{how_many} bytes" if how_many < 1000 else f"{round(how_many / 1000):,} KB"


def lower(text: str) -> str:
    """Go on with a text in the middle of a sentence: its first letter is small."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """Begin a sentence with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
