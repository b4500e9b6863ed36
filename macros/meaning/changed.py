"""What a correction changed: the row it is of, and the verdict before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

from ..reading.corrected import names
from ..reading.reports import Reports
from ..records import (
    Basis,
    Comparator,
    Correction,
    Figure,
    Missing,
    Observation,
    Qualifier,
    ReleaseStatus,
    Saving,
    Target,
    TargetStatus,
)
from .judgement import Verdict, judge


@dataclass(frozen=True, slots=True)
class Change:
    """A correction, the observation or sum it is of, and the verdicts; each is None where there is none."""

    correction: Correction
    row: Observation | Saving | None
    before: Verdict | None
    after: Verdict | None


def changes(reports: Reports) -> tuple[Change, ...]:
    """Return every correction, the newest first; those of one day stand as they are written."""
    rows: tuple[Observation | Saving, ...] = (*reports.observations, *reports.savings)
    of_row = {one.id: row for row in rows for one in row.changed}
    verdicts = _verdicts(reports)
    found = sorted(reports.corrections, key=lambda one: one.date, reverse=True)
    return tuple(Change(one, of_row.get(one.id), *verdicts.get(one.id, (None, None))) for one in found)


def _verdicts(reports: Reports) -> dict[str, tuple[Verdict | None, Verdict | None]]:
    """Return for each correction of a service level the verdict before and after what changed on that day.

    The row is taken back in time: what was changed last is undone first, and all that was changed on one day together,
    as a new figure and its new status belong together.
    """
    found: dict[str, tuple[Verdict | None, Verdict | None]] = {}
    for year in reports.years:
        table = reports.folders[year].tables.get("service_levels.csv")
        own = [one for one in reports.corrections if (one.year, one.resource) == (year, "service_levels")]
        if table is None:
            continue
        for cells in table.rows:
            row = dict(zip(table.header, cells, strict=True))
            mine = sorted((one for one in own if names(one.key, cells)), key=lambda one: one.date)
            for _, group in groupby(reversed(mine), key=lambda one: one.date):
                day = [one for one in group if row.get(one.field) == one.new]
                after = judged(row)
                row |= {one.field: one.old for one in day}
                before = judged(row)
                found |= {one.id: (before, after) for one in day}
    return found


def judged(cells: Mapping[str, str]) -> Verdict | None:
    """Judge a row of service levels as it is written; None where it cannot be read, as it stood for no verdict."""
    try:
        result = (
            Figure(Decimal(cells["value"]), Qualifier(cells["value_qualifier"]), ReleaseStatus(cells["value_status"]))
            if cells["value"]
            else Missing(cells["value_status"])
        )
        target = Target(
            TargetStatus(cells["target_status"]),
            Decimal(cells["target"]) if cells["target"] else None,
            Comparator(cells["target_comparator"]) if cells["target_comparator"] else None,
            Basis(cells["basis"]), "", "",
        )  # fmt: skip
    except (KeyError, ValueError, InvalidOperation):
        return None
    return judge(result, target)
