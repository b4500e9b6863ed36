"""What was begun for a new year and not finished: a figure beside a target nobody has set, or without its document.

A figure whose target is only proposed counts nowhere, so a miss would vanish without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Kind, Problem
from ..records import NOT_PUBLISHED, Figure, Observation, Saving
from .reports import Reports


def unfinished(reports: Reports) -> Iterator[Problem]:
    """Yield a problem for each figure beside what only holds until there is one."""
    for seen in reports.observations:
        if seen.is_proposed and isinstance(seen.result, Figure):
            what = f'there is a figure, but its target is "{seen.target.status}".' if seen.target else ""
            fix = "Write set where the target was in force. A target for later has a row of its own, with no figure."
            yield Problem(reports.where(seen.origin, "target_status"), what, fix, kind=Kind.CONTRADICTION)
    rows: tuple[Observation | Saving, ...] = (*reports.observations, *reports.savings)
    for row in rows:
        if isinstance(row.result, Figure):
            yield from _sourced(reports, row)


def _sourced(reports: Reports, row: Observation | Saving) -> Iterator[Problem]:
    document = row.source.document
    if document.status == NOT_PUBLISHED:
        what = f"there is a figure, but '{document.id}' is \"{NOT_PUBLISHED}\"."
        fix = "Write its title, its status and the day it was published in register/documents.csv, or name another."
        yield Problem(reports.where(row.origin, "document_id"), what, fix, kind=Kind.CONTRADICTION)
    elif row.source.place.lower().startswith(NOT_PUBLISHED):
        what = f'there is a figure, but its place is "{row.source.place}".'
        fix = "Write where in the document it is printed, such as Table 1, row 2."
        yield Problem(reports.where(row.origin, "place"), what, fix, kind=Kind.CONTRADICTION)
