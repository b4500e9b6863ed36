"""Rows to records, and the checks a schema cannot say. A row with a problem becomes no record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ..errors import Kind, Problem
from ..records import (
    Action,
    Body,
    Break,
    Commitment,
    Comparator,
    Correction,
    Deflator,
    Direction,
    Discrepancy,
    Document,
    Due,
    Duty,
    Figure,
    Measure,
    Milestone,
    Missing,
    Name,
    Observation,
    Outcome,
    Period,
    PeriodKind,
    Saving,
    SavingKind,
    Service,
    Target,
    Topic,
    Unit,
)
from .cells import Register, Row
from .gate import Table

_Record = TypeVar("_Record")
_YEAR = re.compile(r"\d{4}-\d{2}", re.ASCII)
_ALL = 100
_PENCE = 2
"""Money is written in pounds, with pence at the most."""


def records(
    table: Table | None, broken: Mapping[int, frozenset[str]], make: Callable[[Row], _Record | None]
) -> Iterator[_Record | Problem]:
    """Make a record of every sound row of a table, and yield the problems of the others.

    Args:
        table: the table, or None where it could not be read.
        broken: for a row's number, the columns in which the schema has found a problem.
        make: makes a record, or None where the row has a problem.
    """
    if table is None:
        return
    for index in range(len(table.rows)):
        row = Row(table, index, broken.get(index, frozenset()))
        record = make(row)
        yield from row.problems
        if record is not None and not row.incomplete:
            yield record


def body(row: Row) -> Body | None:
    """Make a body. Its successor is checked once all bodies are read."""
    start, end = row.period("from", required=False), row.period("to", required=False)
    text = row.text
    return Body(
        text("body_id"),
        text("title"),
        text("kind"),
        text("area_code"),
        text("organisation_id"),
        start,
        end,
        text("successor_id"),
        text("note"),
    )


def document(row: Row, register: Register) -> Document | None:
    """Make a document."""
    author = row.body("author_id", register)
    published, covers = row.period("published", required=False), row.period("covers")
    if author is None or covers is None:
        return None
    text = row.text
    return Document(
        text("document_id"), text("title"), author, published, covers, text("status"), text("missing"), text("note")
    )


def service(row: Row, register: Register) -> Service | None:
    """Make a service."""
    council, provider = row.body("body_id", register), row.body("provider_id", register)
    start, end = row.period("from", required=False), row.period("to", required=False)
    if council is None:
        return None
    text = row.text
    return Service(text("service_id"), text("title"), council, provider, text("description"), start, end, text("note"))


def measure(row: Row, register: Register) -> Measure | None:
    """Make a measure. The measures it names are checked once all are read."""
    of = row.service(register)
    topic, unit, direction = row.word("topic", Topic), row.word("unit", Unit), row.word("direction", Direction)
    decimals = row.whole("decimals")
    if of is None or topic is None or unit is None or direction is None or decimals is None:
        return None
    return Measure(
        row.text("measure_id"),
        of,
        topic,
        row.text("title"),
        row.text("meaning"),
        unit,
        direction,
        decimals,
        row.text("additive") == "yes",
        row.ids("parts"),
        row.text("numerator_id"),
        row.text("denominator_id"),
        row.text("change_of"),
        row.text("ended"),
        row.origin,
    )


def name(row: Row, register: Register) -> Name | None:
    """Make the name of a measure in a period."""
    of, period, source = row.measure(register), row.period("period"), row.source(register)
    if of is None or period is None or source is None:
        return None
    return Name(of.id, period, row.text("name"), source)


def series_break(row: Row, register: Register) -> Break | None:
    """Make a break in a series."""
    of, source = row.measure(register), row.source(register)
    before, after = row.period("from_period"), row.period("to_period")
    if of is None or source is None or before is None or after is None:
        return None
    if after.start <= before.start:
        row.fault(
            "to_period",
            f"{after.code} does not come after {before.code}.",
            "Swap the two, or correct one.",
            kind=Kind.CONTRADICTION,
        )
    return Break(of.id, before, after, row.text("kind"), row.text("comparable") == "yes", row.text("reason"), source)


def duty(row: Row, register: Register) -> Duty | None:
    """Make a duty to report, a board or a committee."""
    who, of, source = row.body("body_id", register), row.service(register), row.source(register)
    start, end = row.period("from", required=False), row.period("to", required=False)
    if who is None or of is None or source is None:
        return None
    contents = tuple(item.strip() for item in row.text("contents").split(";") if item.strip())
    text = row.text
    return Duty(
        text("duty_id"),
        text("kind"),
        text("title"),
        who,
        of,
        text("duty"),
        text("reports_to"),
        text("frequency"),
        contents,
        start,
        end,
        source,
        text("note"),
    )


def deflator(row: Row, register: Register) -> Deflator | None:
    """Make the index of prices of a financial year."""
    period, index, source = row.period("period"), row.number("index", 6), row.source(register)
    if period is not None and period.kind is not PeriodKind.YEAR:
        row.fault("period", f"{period.code} is not a financial year.", "Write it as FY2013-14.", kind=Kind.PERIOD)
    if index is not None and index <= 0:
        row.fault(
            "index",
            f'"{row.text("index")}" cannot be an index of prices.',
            "Write a number above zero.",
            kind=Kind.OUT_OF_RANGE,
        )
    if period is None or index is None or source is None:
        return None
    return Deflator(period, index, source)


def due(row: Row) -> Due | None:
    """Make the day by which a table of a year is expected. That year need not have a package yet."""
    year, day = row.text("package"), row.period("due")
    if year and not is_year(year):
        row.fault(
            "package", f'"{year}" is not a year as folders are named.', "Write it such as 2019-20.", kind=Kind.PERIOD
        )
    if day is not None and day.kind is not PeriodKind.DAY:
        row.fault("due", f"{day.code} is not a day.", "Write the day, such as D2020-06-30.", kind=Kind.PERIOD)
    return None if day is None else Due(year, row.text("resource"), day, row.text("note"))


def is_year(name: str) -> bool:
    """Whether a text names a financial year as folders do: ``2019-20``."""
    return bool(_YEAR.fullmatch(name)) and (int(name[:4]) + 1) % 100 == int(name[5:])


def _period_of_year(row: Row, field: str, year: str) -> Period | None:
    """Return a period, which must end in the year of the package it stands in."""
    period = row.period(field)
    if period is not None and period.financial_year != year:
        what = f"{period.code} ends in {period.financial_year}, but the row stands in the package of {year}."
        row.fault(
            field, what, f"Move the row to {period.financial_year}, or correct the period.", kind=Kind.WRONG_PLACE
        )
    return period


def observation(row: Row, register: Register, year: str, topic: Topic) -> Observation | None:
    """Make an observation of a service level, of activity or of staffing."""
    of, source, period = row.measure(register), row.source(register), _period_of_year(row, "period", year)
    if of is not None and of.topic is not topic:
        what = f"'{of.id}' is a measure of {of.topic}, but the row stands in {topic}."
        row.fault(
            "measure_id",
            what,
            "Move the row to the other table, or correct the topic in measures.csv.",
            kind=Kind.WRONG_PLACE,
        )
    decimals = of.decimals if of else 6
    result = row.result(decimals)
    row.agree("value", result.value if isinstance(result, Figure) else None, "as_published")
    target = row.target(decimals) if topic is Topic.SERVICE_LEVEL else None
    if target is not None:
        row.agree("target", target.value, "target_as_published")
    if of is not None and target is not None:
        _check_level(row, of, result, target)
    if of is None or source is None or period is None or result is None:
        return None
    return Observation(of, period, result, target, row.text("as_published"), row.text("note"), source, year, row.origin)


def _check_level(row: Row, of: Measure, result: Figure | Missing | None, target: Target) -> None:
    """Check what no service level can be: a target that runs against its measure, or a share beyond all."""
    upward = target.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    if target.comparator and of.direction is not Direction.NEITHER and upward is not (of.direction is Direction.HIGHER):
        what = f"the comparator is \"{target.comparator}\", but of '{of.id}' a {of.direction} figure is better."
        row.fault(
            "target_comparator",
            what,
            "Correct it, or the direction in measures.csv.",
            kind=Kind.TARGET_AGAINST_DIRECTION,
        )
    if of.unit is Unit.PER_CENT:
        for name, value in (("value", result.value if isinstance(result, Figure) else None), ("target", target.value)):
            if value is not None and not 0 <= value <= _ALL:
                what = f'"{row.text(name)}" is not a share between 0 and 100 per cent.'
                row.fault(
                    name,
                    what,
                    "Look the figure up in the document, and correct it.",
                    kind=Kind.OUT_OF_RANGE,
                    beside=True,
                )


def saving(row: Row, register: Register, year: str) -> Saving | None:
    """Make a row of money. The rows a total sums are checked once all years are read."""
    of, source, period = row.service(register), row.source(register), _period_of_year(row, "period", year)
    kind, result = row.word("kind", SavingKind), row.result(_PENCE)
    row.agree("value", result.value if isinstance(result, Figure) else None, "as_published")
    if of is None or source is None or period is None or kind is None or result is None:
        return None
    text = row.text
    return Saving(
        text("saving_id"),
        of,
        period,
        text("title"),
        kind,
        result,
        text("cash"),
        text("gross_net"),
        text("recurrence"),
        row.ids("parts"),
        text("as_published"),
        text("note"),
        source,
        year,
        row.origin,
    )


def action(row: Row, register: Register, year: str) -> Action | None:
    """Make what was said about a missed service level."""
    of, source, period = row.measure(register), row.source(register), _period_of_year(row, "period", year)
    due = row.period("due", or_not_stated=True)
    if of is None or source is None or period is None:
        return None
    text = row.text
    return Action(
        of,
        period,
        text("what_happened"),
        text("why"),
        text("action"),
        due,
        text("responsible_role"),
        text("in_control"),
        source,
        year,
        row.origin,
    )


def commitment(row: Row, register: Register, year: str) -> Commitment | None:
    """Make a promise. An outcome needs the words of the later document that shows it."""
    of, by, source = row.service(register), row.body("made_by", register), row.source(register)
    due, outcome = row.period("due", or_not_stated=True), row.word("outcome", Outcome)
    known = outcome is not None and outcome is not Outcome.UNKNOWN
    for field in ("outcome_quote", "outcome_document_id", "outcome_place") if outcome else ():
        if known and not row.text(field):
            what = f'the outcome is "{outcome}" but {field} is blank.'
            row.fault(field, what, "Name the later document and quote it.", kind=Kind.MISSING_EXPLANATION)
        if not known and row.text(field):
            what = "there is evidence, but the outcome says no later document."
            row.fault(field, what, "Write the outcome it shows.", kind=Kind.CONTRADICTION)
    later = row.source(register, "outcome_") if known and row.text("outcome_place") else None
    if of is None or by is None or source is None or outcome is None:
        return None
    text = row.text
    return Commitment(
        text("commitment_id"),
        of,
        by,
        text("title"),
        text("promise"),
        due,
        outcome,
        text("outcome_quote"),
        later,
        text("note"),
        source,
        year,
        row.origin,
    )


def milestone(row: Row, register: Register, year: str) -> Milestone | None:
    """Make a dated event."""
    of, source, date = row.service(register), row.source(register), _period_of_year(row, "date", year)
    if of is None or source is None or date is None:
        return None
    text = row.text
    return Milestone(
        text("milestone_id"), of, date, text("title"), text("date_as_published"), text("note"), source, year, row.origin
    )


def discrepancy(row: Row, register: Register, year: str) -> Discrepancy | None:
    """Make a discrepancy. What it touches is checked once all years are read."""
    source = row.source(register)
    other = row.source(register, "other_") if row.text("other_document_id") else None
    if bool(row.text("other_quote")) != bool(row.text("other_document_id")):
        row.fault(
            "other_document_id",
            "the second quote and its document go together.",
            "Write both, or neither.",
            kind=Kind.CONTRADICTION,
        )
    printed, recomputed = row.number("printed", 6), row.number("recomputed", 6)
    unit = row.word("unit", Unit)
    if (printed is not None or recomputed is not None) and unit is None:
        row.fault(
            "unit",
            "the unit of the two numbers is missing.",
            f"Write one of: {', '.join(Unit)}.",
            kind=Kind.MISSING_VALUE,
        )
    if source is None:
        return None
    text = row.text
    return Discrepancy(
        text("discrepancy_id"),
        text("kind"),
        text("title"),
        text("quote"),
        source,
        text("other_quote"),
        other,
        unit,
        printed,
        recomputed,
        text("published"),
        text("reason"),
        row.ids("touches"),
        year,
        row.origin,
    )


def correction(row: Row, year: str) -> Correction | None:
    """Make a change to a published figure. It stands in the package of the figure, whenever it was made."""
    date = row.period("date")
    if date is None:
        return None
    if date.kind is not PeriodKind.DAY:
        row.fault("date", f"{date.code} is not a day.", "Write the day, such as D2026-11-22.", kind=Kind.PERIOD)
    text = row.text
    if text("old") == text("new"):
        row.fault(
            "new",
            "the old and the new value are the same.",
            "Write under old what was published before.",
            kind=Kind.CORRECTION,
        )
    return Correction(
        text("correction_id"),
        date,
        text("resource"),
        text("key"),
        text("field"),
        text("old"),
        text("new"),
        text("kind"),
        text("reason"),
        year,
        row.origin,
    )
