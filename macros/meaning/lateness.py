"""What is expected and not published yet, and by how many days it is late. The day of the build is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..reading.reports import Reports
from ..records import Missing


@dataclass(frozen=True, slots=True)
class Expected:
    """A table of a year that the calendar expects: until when, whether it is published, and by how many days late."""

    year: str
    resource: str
    due: date
    note: str
    is_published: bool
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not published."""
        return self.days_late > 0


def expected(reports: Reports, today: date) -> tuple[Expected, ...]:
    """Return everything the calendar expects, by year and in the order in which it is written.

    Args:
        reports: what is published.
        today: the day of the build. On the day itself nothing is late.
    """
    found = []
    for one in sorted(reports.calendar, key=lambda due: due.year):
        there = is_published(reports, one.year, one.resource)
        late = 0 if there else max(0, (today - one.day.end).days)
        found.append(Expected(one.year, one.resource, one.day.end, one.note, there, late))
    return tuple(found)


def is_published(reports: Reports, year: str, resource: str) -> bool:
    """Whether a table of a year says anything: it has a row whose figure is not only said to be not yet due."""
    table = reports.folders[year].tables.get(f"{resource}.csv") if year in reports.folders else None
    if table is None:
        return False
    if "value_status" not in table.header:
        return bool(table.rows)
    status = table.header.index("value_status")
    return any(row[status] != Missing.NOT_YET_DUE for row in table.rows)
