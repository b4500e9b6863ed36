"""What only shows where tables are joined: unknown names, the same time twice, corrections that do not stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from ..errors import Kind, Problem, Where
from ..records import (
    Correction,
    Observation,
    ReleaseStatus,
)
from .corrected import names
from .gate import Folder, Table
from .packages import field_names, listed_files, schema
from .reports import Reports
from .unfinished import unfinished


def joint_problems(reports: Reports, unread: Collection[str], spoilt: set[str]) -> Iterator[Problem]:
    """Check what only shows once every package is read: identifiers used twice, and rows that name other rows."""
    written = {
        resource: None if resource in unread else _written(reports.folders, f"{resource}.csv", key)
        for resource, key in {
            "measures": "measure_id",
            "savings": "saving_id",
            "commitments": "commitment_id",
            "milestones": "milestone_id",
            "discrepancies": "discrepancy_id",
            "governance": "duty_id",
            "bodies": "body_id",
            "corrections": "correction_id",
        }.items()
    }
    for resource in ("savings", "commitments", "milestones", "discrepancies", "corrections"):
        yield from _twice(written[resource] or {})
    for body in reports.bodies.values():
        yield from _unknown(reports, "bodies", body.id, "successor_id", [body.successor_id], written["bodies"], "body")
    for measure in reports.measures.values():
        named = {"parts": measure.parts, "numerator_id": [measure.numerator_id], "change_of": [measure.change_of],
                 "denominator_id": [measure.denominator_id]}  # fmt: skip
        for field, ids in named.items():
            yield from _unknown(reports, "measures", measure.id, field, ids, written["measures"], "measure")
    for saving in reports.savings:
        yield from _unknown_at(reports, saving.origin, "parts", saving.parts, written["savings"], "saving")
    anything = None if None in written.values() else {key for ids in written.values() for key in ids or ()}
    for found in reports.discrepancies:
        yield from _unknown_at(reports, found.origin, "touches", found.touches, anything, "row")
    for change in _newest_corrections(reports):
        if f"{change.year}/{change.resource}.csv" not in spoilt:
            yield from _correction_problems(reports, change)
    yield from _action_problems(reports, unread, spoilt)
    yield from _same_time(reports)
    yield from unfinished(reports)


def _same_time(reports: Reports) -> Iterator[Problem]:
    """Report two rows of one measure for one stretch of time, written with two codes: only one of them can be right."""
    known: dict[tuple[str, date, date, bool], Observation] = {}
    for seen in reports.observations:
        first = known.setdefault((seen.measure.id, seen.period.start, seen.period.end, seen.is_proposed), seen)
        # Two rows with one code and one status are the schema's to report.
        status = [one.target.status if one.target else None for one in (first, seen)]
        if first.period.code != seen.period.code or status[0] is not status[1]:
            what = (
                f"'{seen.measure.id}' has a row for the same time already: {first.origin.file}, row "
                f"{first.origin.row}, which writes it {first.period.code}."
            )
            yield Problem(
                reports.where(seen.origin, "period"), what, "Keep the one that is right.", kind=Kind.DUPLICATE_ROW
            )


def _newest_corrections(reports: Reports) -> Iterable[Correction]:
    """Return the corrections whose new value still stands in its cell: of several to one cell only the newest."""
    changes = sorted(reports.corrections, key=lambda change: change.date)
    return {(change.year, change.resource, change.key, change.field): change for change in changes}.values()


def _action_problems(reports: Reports, unread: Collection[str], spoilt: set[str]) -> Iterator[Problem]:
    """Report actions for service levels that do not exist."""
    observed = _observed(reports.folders)
    for action in reports.actions if "service_levels" not in unread else ():
        if (
            action.measure.id,
            action.period.code,
        ) not in observed and f"{action.year}/service_levels.csv" not in spoilt:
            what = f"there is no service level '{action.measure.id}' for {action.period.code}."
            yield Problem(
                action.origin,
                what,
                "Correct the measure or the period, or remove the row.",
                kind=Kind.UNKNOWN_IDENTIFIER,
            )


def _correction_problems(reports: Reports, change: Correction) -> Iterator[Problem]:
    """Check that a correction names a row and a column that are there, and that its new value stands in the cell."""
    folder, file = reports.folders[change.year], f"{change.resource}.csv"
    where, fields = folder.tables["corrections.csv"], field_names(change.resource)
    # A package without the table has none of its rows.
    table = folder.tables.get(file, Table(f"{change.year}/{file}", tuple(fields), ()))
    if list(table.header) != fields or file in (folder.refused | listed_files(folder)) - set(folder.tables):
        return
    if change.field not in table.header:
        what = f"there is no column '{change.field}' in {change.resource}."
        yield Problem(
            where.where(change.origin.row - 2, "field"),
            what,
            f"It has: {', '.join(table.header)}.",
            kind=Kind.CORRECTION,
        )
        return
    rows = [row for row in table.rows if names(change.key, row)]
    column = table.header.index(change.field)
    if not rows and not change.new and change.field in schema(change.resource)["primaryKey"]:
        return  # the row was taken away
    if not rows:
        what = f"there is no row '{change.key}' in {change.year}/{change.resource}.csv."
        fix = "Write the identifier; for a measure also its period, such as council-tax-collected FY2013-14."
        yield Problem(where.where(change.origin.row - 2, "key"), what, fix, kind=Kind.CORRECTION)
    elif change.new not in [row[column] for row in rows]:
        what = f'the new value is "{change.new}", but the cell holds "{rows[0][column]}".'
        yield Problem(
            where.where(change.origin.row - 2, "new"),
            what,
            "Correct the cell, or the correction.",
            kind=Kind.CORRECTION,
        )
    elif change.kind == "revision" and change.field == "value" and not _is_revised(table, rows):
        index = next(index for index, row in enumerate(table.rows) if row in rows)
        what = "the figure was revised, but its status does not say so."
        yield Problem(
            table.where(index, "value_status"),
            what,
            "Write revised, or call the change a correction.",
            kind=Kind.CORRECTION,
        )


def _is_revised(table: Table, rows: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of some rows says that its figure is revised, or that it has none."""
    value, status = table.header.index("value"), table.header.index("value_status")
    return any(row[status] == ReleaseStatus.REVISED or not row[value] for row in rows)


def _written(folders: Mapping[str, Folder], file: str, key: str) -> dict[str, list[Where]]:
    """Return where each identifier of a table is written, rows with problems included."""
    places: dict[str, list[Where]] = {}
    for folder in folders.values():
        table = folder.tables.get(file)
        if table and key in table.header:
            for index, row in enumerate(table.rows):
                places.setdefault(row[table.header.index(key)], []).append(table.where(index, key))
    return places


def _observed(folders: Mapping[str, Folder]) -> set[tuple[str, str]]:
    """Return the measure and period of every service level that is written, rows with problems included."""
    found: set[tuple[str, str]] = set()
    for folder in folders.values():
        table = folder.tables.get("service_levels.csv")
        if table and {"measure_id", "period"} <= set(table.header):
            columns = table.header.index("measure_id"), table.header.index("period")
            found |= {(row[columns[0]], row[columns[1]]) for row in table.rows}
    return found


def _twice(places: Mapping[str, list[Where]]) -> Iterator[Problem]:
    """Report identifiers used in two years. Within one table the primary key is checked by the schema."""
    for identifier, wheres in places.items():
        first, *others = wheres
        for where in others:
            if where.file != first.file and identifier:
                what = f"'{identifier}' is used already in {first.file}, row {first.row}."
                yield Problem(
                    where,
                    what,
                    "Give this row an identifier of its own, such as one that ends in its year.",
                    kind=Kind.DUPLICATE_ROW,
                )


def _unknown(
    reports: Reports, resource: str, own: str, field: str, ids: Iterable[str], known: Collection[str] | None, noun: str
) -> Iterator[Problem]:
    table = reports.folders["register"].tables[f"{resource}.csv"]
    index = next(number for number, row in enumerate(table.rows) if row[0] == own)
    yield from _unknown_at(reports, table.where(index), field, ids, known, noun)


def _unknown_at(
    reports: Reports, origin: Where, field: str, ids: Iterable[str], known: Collection[str] | None, noun: str
) -> Iterator[Problem]:
    where = reports.where(origin, field)
    for identifier in ids:
        if known is not None and identifier and identifier not in known:
            # An identifier that differs in its year alone is another row, not a slip of the finger.
            near = [
                one
                for one in get_close_matches(identifier, known, n=3, cutoff=0.85)
                if _words(one) != _words(identifier)
            ]
            fix = f"Did you mean '{near[0]}'?" if near else "Correct it, or remove it."
            yield Problem(where, f"there is no {noun} '{identifier}'.", fix, kind=Kind.UNKNOWN_IDENTIFIER)


def _words(identifier: str) -> str:
    return re.sub(r"\d", "", identifier)
