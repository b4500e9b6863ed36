"""The one way into the program: read every package, reconcile every total, and go on only if nothing is wrong."""

from __future__ import annotations

from pathlib import Path

from ..errors import ReportError
from ..reading.reports import Reports, read
from .reconciliation import unexplained


def load(root: Path) -> Reports:
    """Read and check the packages below a folder.

    Raises:
        ReportError: every problem of every package, in one list.
    """
    reports, problems = read(root)
    # A fault among the discrepancies may hide the row that explains a total, so totals wait until it is repaired.
    if not any(problem.where.file.endswith("/discrepancies.csv") for problem in problems):
        problems += unexplained(reports)
    if problems:
        raise ReportError(problems)
    return reports
