"""A council that reports a miss says why: what a new year must explain, and what an old document may leave open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from ..errors import Kind, Problem
from ..reading.reports import Reports
from ..records import NOT_STATED, Action, Figure, Observation, ReleaseStatus
from .judgement import Verdict, verdict

_SETTLED = (ReleaseStatus.FINAL, ReleaseStatus.REVISED)
"""Figures that stay. One that may still change is explained once it does."""
_TRANSCRIBED = timedelta(days=366)
"""A package made later than this after its newest document was copied from it, by someone who knows no more."""


_NO_REASONS = (
    "",
    NOT_STATED,
    "tbc",
    "tba",
    "to be confirmed",
    "to follow",
    "n/a",
    "na",
    "none",
    "unknown",
    "–",
    "?",
    "x",
)
"""What people write where they mean to write a reason later."""


def is_transcribed(reports: Reports, year: str) -> bool:
    """Whether a package was made long after the documents its rows come from, and so from old documents.

    A package that does not say when it was created is taken for a new one.
    """
    made = str((reports.folders[year].descriptor or {}).get("created", ""))
    days = [source.document.published.end for source in reports.sources(year) if source.document.published]
    return bool(made and days) and _day(made) - max(days) > _TRANSCRIBED


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def missing_explanations(reports: Reports) -> Iterator[Problem]:
    """Yield a problem for each settled miss of the newest year that no action explains, unless it was transcribed."""
    if not reports.years or is_transcribed(reports, reports.years[-1]):
        return
    for seen in reports.levels(reports.years[-1]):
        settled = isinstance(seen.result, Figure) and seen.result.status in _SETTLED
        if settled and verdict(seen) is Verdict.MISSED:
            action = reports.action_for(seen)
            if action is None:
                yield _unsaid(reports, seen)
            elif action.why.lower().replace(".", "") in _NO_REASONS:
                yield _no_reason(reports, action)


def _unsaid(reports: Reports, seen: Observation) -> Problem:
    value, comparator, target = (reports.typed(seen.origin, name) for name in ("value", "target_comparator", "target"))
    what = f'"{value}" misses the target {comparator} {target}, and no row of {seen.year}/actions.csv says why.'
    fix = f"Add a row for {seen.measure.id} and {seen.period.code}: what happened, why, and what is done about it."
    return Problem(reports.where(seen.origin, "value"), what, fix, kind=Kind.MISSING_EXPLANATION)


def _no_reason(reports: Reports, action: Action) -> Problem:
    what = f"the target of '{action.measure.id}' was missed, and the reason is \"{action.why}\"."
    fix = "Write why: the year is new, so somebody knows."
    return Problem(reports.where(action.origin, "why"), what, fix, kind=Kind.MISSING_EXPLANATION)
