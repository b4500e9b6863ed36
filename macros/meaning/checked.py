"""The one way into the program: read every package, reconcile every total, and go on only if nothing is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..errors import ReportError
from ..reading.embargo import released
from ..reading.loading import read
from ..reading.reports import Reports
from .explanations import missing_explanations
from .reconciliation import unexplained

_TOTALS = ("/discrepancies.csv", "register/documents.csv", "register/bodies.csv")
"""Files without which the row that explains a total may not be read."""
_TOLD = ("/actions.csv", "/service_levels.csv", "/datapackage.json")
"""Files that say whether a miss was explained."""


def load(root: Path, kept: Path | None = None) -> Reports:
    """Read and check the packages below a folder.

    Args:
        root: the folder.
        kept: the folder in which is kept which tables passed their schemas, if anywhere.

    Raises:
        ReportError: every problem of every package, in one list.
    """
    reports, problems = read(root, kept)
    # A fault there may hide the row that explains a total, so totals wait until it is repaired.
    if not any(problem.where.file.endswith(_TOTALS) for problem in problems):
        problems += unexplained(reports)
    # A row with a problem is no record, and would be missed.
    if not any(problem.where.file.startswith("register") or problem.where.file.endswith(_TOLD) for problem in problems):
        problems += missing_explanations(reports)
    if problems:
        raise ReportError(problems)
    return reports


def publishable(reports: Reports, now: datetime) -> Reports:
    """Return what may be published at a moment: all but the years under embargo, and what only they need.

    Raises:
        ReportError: what is left does not stand on its own.
    """
    public = released(reports, now)
    problems = list(unexplained(public)) if public is not reports else []
    if problems:
        raise ReportError(problems)
    return public
