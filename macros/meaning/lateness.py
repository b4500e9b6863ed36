"""What is expected and not published yet, and by how many days it is late. The day of the build is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..reading.reports import Reports


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
        there = reports.publishes(one.year, f"{one.resource}.csv")
        late = 0 if there else max(0, (today - one.day.end).days)
        found.append(Expected(one.year, one.resource, one.day.end, one.note, there, late))
    return tuple(found)
