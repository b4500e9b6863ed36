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
    problems += unexplained(reports)
    if problems:
        raise ReportError(problems)
    return reports
