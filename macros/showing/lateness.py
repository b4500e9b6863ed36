"""What is expected, in words: due by a day, or late by so many days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from ..meaning.lateness import Expected, expected
from ..reading.packages import schema
from ..reading.reports import Reports
from . import wording
from .views import Cell, ListView, Prose, View


def of_year(reports: Reports, year: str, today: date) -> list[View]:
    """List what is still to come of a year that has a page."""
    rows = [one for one in _outstanding(reports, today) if one.year == year]
    return [ListView(tuple((Cell(f"{_title(one)}: {says(one)}"),) for one in rows))] if rows else []


def to_come(reports: Reports, today: date) -> list[View]:
    """List what is expected of years that have no page yet."""
    rows = [one for one in _outstanding(reports, today) if one.year not in reports.years]
    items = tuple((Cell(f"{wording.year(one.year)}, {wording.lower(_title(one))}: {says(one)}"),) for one in rows)
    return [ListView(items)] if items else []


def newest(reports: Reports, today: date) -> list[View]:
    """Say of the newest year, or of later ones, which tables are late; nothing where none is."""
    last = reports.years[-1] if reports.years else ""
    rows = [one for one in expected(reports, today) if one.is_late and one.year >= last]
    paragraphs = [_late(reports, year, group) for year, group in groupby(rows, key=lambda one: one.year)]
    return [Prose(tuple(paragraphs))] if paragraphs else []


def _late(reports: Reports, year: str, rows: Iterable[Expected]) -> tuple[Cell, ...]:
    address = f"years/{year}/" if year in reports.years else "years/"
    tables = [f"{wording.lower(_title(one))} by {wording.count(one.days_late, 'day')}" for one in rows]
    return Cell(wording.year(year), address), Cell(f" is late: {wording.listing(tables)}.")


def says(one: Expected) -> str:
    """Say until when a table is expected, or by how much it is late."""
    due = f"due by {wording.day(one.due)}"
    when = f"late by {wording.count(one.days_late, 'day')}, {due}." if one.is_late else f"{due}."
    return f"{when} {one.note}".strip()


def late_text(one: Expected) -> tuple[str, str]:
    """Return the title and the sentence by which a feed tells that a table became late."""
    title = f"Late: {wording.lower(_title(one))} of {wording.year(one.year)}"
    return (
        title,
        f"{_title(one)} of {wording.year(one.year)}: {wording.day(one.due)} has passed, and nothing is published.",
    )


def _outstanding(reports: Reports, today: date) -> list[Expected]:
    return [one for one in expected(reports, today) if not one.is_published]


def _title(one: Expected) -> str:
    return str(schema(one.resource)["title"])
