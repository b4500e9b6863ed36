"""Published totals, rates and changes against what their parts add up to. Every difference must be explained.

A difference is explained by a row of ``discrepancies.csv`` that touches the total and gives the recomputed number.
Where a row with a problem is among the parts nothing is recomputed: that problem is reported on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from ..errors import Kind, Problem, Where
from ..reading.reports import Reports
from ..records import Discrepancy, Figure, Missing, Observation, Qualifier, Saving, Unit

_WIDE = Context(prec=60)
"""Room for the largest number divided by the smallest."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A published number beside what it should be if its parts are right."""

    published: Saving | Observation
    parts: tuple[Saving | Observation, ...]
    how: str
    printed: Decimal
    recomputed: Decimal
    discrepancy: Discrepancy | None

    @property
    def difference(self) -> Decimal:
        """Printed minus recomputed: zero where the total adds up."""
        return self.printed - self.recomputed


def totals(reports: Reports) -> tuple[Reconciliation, ...]:
    """Recompute every published total, rate and change that can be recomputed from published rows."""
    return (
        *_savings(reports),
        *(found for seen in reports.observations for found in _observation(reports, seen)),
    )


def _savings(reports: Reports) -> Iterator[Reconciliation]:
    # Where an identifier is used twice, which is reported on its own, the first row keeps it.
    by_id = {saving.id: saving for saving in reversed(reports.savings)}
    for saving in reports.savings:
        parts = [by_id[part] for part in saving.parts if part in by_id]
        printed = _exact(saving.result)
        if saving.parts and len(parts) == len(saving.parts) and printed is not None:
            total = _sum(part.result for part in parts)
            if total is not None:
                found = _explaining(reports, saving.id, None, total)
                yield Reconciliation(saving, tuple(parts), "sum", printed, total, found)


def _exact(result: Figure | Missing) -> Decimal | None:
    """Return a number that can be reckoned with: nothing is added up or divided that is missing or not exact."""
    return result.value if isinstance(result, Figure) and result.qualifier is Qualifier.EXACT else None


def _sum(results: Iterable[Figure | Missing]) -> Decimal | None:
    """Add up exact figures; what does not apply adds nothing, and any other gap leaves the sum unknown."""
    total = Decimal(0)
    for result in results:
        value = Decimal(0) if result is Missing.NOT_APPLICABLE else _exact(result)
        if value is None:
            return None
        total += value
    return total


def _observation(reports: Reports, seen: Observation) -> Iterator[Reconciliation]:
    """Recompute one observation where its measure is a total, a rate or a change."""
    measure, printed = seen.measure, _exact(seen.result)
    if printed is None:
        return
    for how, ids in (
        ("sum", measure.parts),
        ("rate", (measure.numerator_id, measure.denominator_id)),
        ("change", (measure.change_of,)),
    ):
        parts = _parts(reports, seen, ids, how)
        if parts:
            value = _recompute(how, parts, printed, measure.unit)
            if value is not None:
                found = _explaining(reports, measure.id, seen, value)
                yield Reconciliation(seen, parts, how, printed, value, found)


def _parts(reports: Reports, seen: Observation, ids: Iterable[str], how: str) -> tuple[Observation, ...]:
    """Return the observations a number is made of, for the same period; for a change also the year before."""
    parts: list[Observation] = []
    for identifier in ids:
        same = [part for part in _in_force(reports, identifier) if _same_time(part, seen)]
        if how == "change":
            year = seen.period.start.year - 1
            same += [
                part
                for part in _in_force(reports, identifier)
                if part.period.kind is seen.period.kind
                and part.period.months == seen.period.months
                and (part.period.start.year, part.period.start.month) == (year, seen.period.start.month)
            ]
        if len(same) != (2 if how == "change" else 1):
            return ()
        parts += same
    return tuple(parts)


def _in_force(reports: Reports, measure_id: str) -> list[Observation]:
    """Return a measure's observations without those that only carry a proposed target."""
    return [seen for seen in reports.series(measure_id) if not seen.is_proposed]


def _same_time(one: Observation, other: Observation) -> bool:
    """Whether two observations are of one stretch of time, in whatever code it is written."""
    return (one.period.start, one.period.end) == (other.period.start, other.period.end)


def _recompute(how: str, parts: tuple[Observation, ...], printed: Decimal, of: Unit) -> Decimal | None:
    """Return the number to the decimals it is printed with, or None where it cannot be computed."""
    if how == "sum":
        return _sum(part.result for part in parts)
    first, second = (_exact(part.result) for part in parts)
    if first is None or second is None or second == 0:
        return None
    ratio = first / second if how == "rate" else (first - second) / second
    scale = 100 if of is Unit.PER_CENT else 1
    return (ratio * scale).quantize(Decimal(1).scaleb(int(printed.as_tuple().exponent)), ROUND_HALF_UP, _WIDE)


def _explaining(reports: Reports, identifier: str, seen: Observation | None, value: Decimal) -> Discrepancy | None:
    for found in reports.touching(identifier):
        if found.recomputed == value and (seen is None or found.year == seen.year):
            return found
    return None


def unexplained(reports: Reports) -> Iterator[Problem]:
    """Yield a problem for every total that does not add up and that no discrepancy explains."""
    for found in totals(reports):
        if found.difference and found.discrepancy is None:
            folder, _, file = found.published.origin.file.partition("/")
            table = reports.folders[folder].tables[file]
            where: Where = table.where(found.published.origin.row - 2, "value")
            what = f'the value is "{found.printed}", but {_reason(found)} {found.recomputed}.'
            fix = (
                f"Correct the figures; or, if they are printed so, add a row to {folder}/discrepancies.csv that "
                f"touches {_id(found.published)} with recomputed {found.recomputed}."
            )
            yield Problem(where, what, fix, kind=Kind.DOES_NOT_ADD_UP)


def _reason(found: Reconciliation) -> str:
    ids = ", ".join(_id(part) for part in found.parts)
    return {
        "sum": f"its parts ({ids}) add up to",
        "rate": f"{ids.replace(', ', ' divided by ')} gives",
        "change": f"the change of {_id(found.parts[0])} on the year before is",
    }[found.how]


def _id(row: Saving | Observation) -> str:
    return row.id if isinstance(row, Saving) else row.measure.id


def unit(found: Reconciliation) -> Unit:
    """Return the unit of a reconciled number."""
    return Unit.POUNDS if isinstance(found.published, Saving) else found.published.measure.unit
