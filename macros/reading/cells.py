"""One row while it is read: its cells as numbers, periods, words and records, and the problems found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ..errors import Kind, Problem, Where, shortened
from ..records import (
    NOT_STATED,
    Basis,
    Body,
    Break,
    Comparator,
    Deflator,
    Document,
    Due,
    Duty,
    Figure,
    Measure,
    Missing,
    Name,
    Period,
    Qualifier,
    ReleaseStatus,
    Service,
    Source,
    Target,
    TargetStatus,
)
from .gate import Table
from .slips import bare_number, meant_period, number_fault

_Word = TypeVar("_Word", bound=StrEnum)
_Record = TypeVar("_Record")
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_DIGITS = 15
"""The most digits of a number a spreadsheet keeps."""
PERIOD_FIX = (
    "Write FY2013-14 for a year from April, 2013-M10 for a month, 2013-Q3 for a quarter, "
    "2013-M10/2014-M03 for several months, D2013-10-01 for a day."
)


@dataclass(slots=True)
class Register:
    """What is the same in every year, by identifier.

    ``seen`` holds every identifier written in a table, those of rows with problems too, so that a row which names
    one of them is not reported for a fault that is not its own. A table that could not be read is not among them.
    """

    bodies: dict[str, Body] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    deflators: list[Deflator] = field(default_factory=list)
    calendar: list[Due] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=dict)


class Row:
    """One row while it is read: its texts, and the problems found in it."""

    def __init__(self, table: Table, index: int, broken: frozenset[str]) -> None:
        self._table = table
        self._index = index
        self._broken = broken
        self._cells = dict(zip(table.header, table.rows[index], strict=True))
        self.problems: list[Problem] = []
        self.incomplete = bool(broken)

    @property
    def origin(self) -> Where:
        """The place of the row."""
        return self._table.where(self._index)

    def text(self, name: str) -> str:
        """Return the cell as it stands."""
        return self._cells[name]

    def fault(self, name: str, what: str, fix: str, *, kind: Kind, beside: bool = False) -> None:
        """Report a problem with a cell, unless the schema has found one there and this one is not beside it."""
        self.incomplete = True
        whole = self._broken == frozenset(self._table.header)
        if name not in self._broken or (beside and not whole):
            self.problems.append(Problem(self._table.where(self._index, name), what, fix, kind=kind))

    def word(self, name: str, words: type[_Word]) -> _Word | None:
        """Return the cell as a word of a closed set; the schema has checked that it is one."""
        try:
            return words(self.text(name))
        except ValueError:
            return None

    def number(self, name: str, decimals: int) -> Decimal | None:
        """Return the cell as an exact number with no more decimals than are published; None where it is blank."""
        typed = self.text(name)
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            self.fault(name, *number_fault(shortened(typed)), kind=Kind.NUMBER)
        # Read on with the number that is meant, so that what else is wrong with it is told at the same time.
        bare = bare_number(typed)
        if not bare:
            return None
        value = Decimal(bare)
        _, digits, exponent = value.as_tuple()
        if len(digits) > _DIGITS:
            what = f'"{shortened(typed)}" has more than {_DIGITS} digits, which a spreadsheet does not keep.'
            self.fault(name, what, "Write it as it was published.", kind=Kind.DECIMALS, beside=True)
            return None
        if isinstance(exponent, int) and -exponent > decimals:
            what = f'"{typed}" has more decimals than the {decimals} this figure is published with.'
            fix = "Write the figure as it was published; judgement and page must see the same."
            self.fault(name, what, fix, kind=Kind.DECIMALS, beside=True)
        return value

    def whole(self, name: str) -> int | None:
        """Return the cell as a whole number."""
        typed = self.text(name)
        if not _NUMBER.fullmatch(typed) or "." in typed:
            self.fault(name, *number_fault(shortened(typed), whole=True), kind=Kind.NUMBER)
            return None
        return int(typed)

    def period(self, name: str, *, required: bool = True, or_not_stated: bool = False) -> Period | None:
        """Return the cell as a period."""
        typed = self.text(name)
        if (not typed and not required) or (or_not_stated and typed == NOT_STATED):
            return None
        try:
            return Period.parse(typed)
        except ValueError as error:
            what = f'"{shortened(typed)}" is not a period: {error}.'
            self.fault(name, what, meant_period(typed) or PERIOD_FIX, kind=Kind.PERIOD)
            return None

    def known(self, name: str, records: Mapping[str, _Record], seen: set[str] | None, noun: str) -> _Record | None:
        """Return the record a cell names; report it where there is none and the cell is not blank."""
        wanted = self.text(name)
        if not wanted:
            return None
        if wanted in records:
            return records[wanted]
        if seen is None or wanted in seen:
            # The row it names, or its whole table, has a problem of its own, which is reported there.
            self.incomplete = True
            return None
        near = get_close_matches(wanted, seen, n=1)
        fix = f"Did you mean '{near[0]}'?" if near else f"Add it to the register, or use a {noun} that is there."
        self.fault(name, f"there is no {noun} '{shortened(wanted)}'.", fix, kind=Kind.UNKNOWN_IDENTIFIER)
        return None

    def source(self, register: Register, prefix: str = "") -> Source | None:
        """Return the document a row names, and the place in it."""
        document = self.known(f"{prefix}document_id", register.documents, register.seen.get("documents"), "document")
        if document is None:
            return None
        if not self.text(f"{prefix}place"):
            what = "the place in the document is missing."
            self.fault(f"{prefix}place", what, "Write the section, table and row.", kind=Kind.MISSING_VALUE)
        return Source(document, self.text(f"{prefix}place"))

    def body(self, name: str, register: Register) -> Body | None:
        """Return the body a cell names."""
        return self.known(name, register.bodies, register.seen.get("bodies"), "body")

    def service(self, register: Register) -> Service | None:
        """Return the service the row is about."""
        return self.known("service_id", register.services, register.seen.get("services"), "service")

    def measure(self, register: Register) -> Measure | None:
        """Return the measure the row is about."""
        return self.known("measure_id", register.measures, register.seen.get("measures"), "measure")

    def result(self, decimals: int) -> Figure | Missing | None:
        """Return the figure, or why there is none. A blank never speaks for itself, and zero is a number."""
        value, typed, status = self.number("value", decimals), self.text("value"), self.text("value_status")
        reasons = ", ".join(Missing)
        if not typed and status in list(ReleaseStatus):
            fix = f"Write the value, or say in value_status why there is none: {reasons}."
            self.fault("value", "the value is blank and no reason is given.", fix, kind=Kind.MISSING_EXPLANATION)
        if typed and status in list(Missing):
            what = f'the value is "{shortened(typed)}" but value_status says "{status}".'
            fix = f"Leave the value blank, or write one of: {', '.join(ReleaseStatus)}."
            self.fault("value_status", what, fix, kind=Kind.CONTRADICTION)
        qualifier = self.word("value_qualifier", Qualifier)
        if not typed and qualifier:
            what = f'there is no value for "{qualifier}" to speak of.'
            self.fault("value_qualifier", what, "Leave it blank.", kind=Kind.CONTRADICTION)
        if status in list(Missing):
            return Missing(status)
        if value is None or qualifier is None or status not in list(ReleaseStatus):
            self.incomplete = True
            return None
        return Figure(value, qualifier, ReleaseStatus(status))

    def target(self, decimals: int) -> Target | None:
        """Return the target: a number and a comparator exactly where it is set or proposed."""
        value, status = self.number("target", decimals), self.word("target_status", TargetStatus)
        comparator, basis = self.word("target_comparator", Comparator), self.word("basis", Basis)
        if status is None or basis is None:
            return None
        wanted = status in (TargetStatus.SET, TargetStatus.PROPOSED)
        for name in ("target", "target_comparator"):
            if wanted and not self.text(name):
                fix = "Write it, or say in target_status that the target was suspended or not published."
                what = f'target_status says "{status}" but {name} is blank.'
                self.fault(name, what, fix, kind=Kind.CONTRADICTION)
            if not wanted and self.text(name):
                fix = "Leave the cell blank, or write set in target_status."
                what = f'target_status says "{status}" but {name} is "{shortened(self.text(name))}".'
                self.fault(name, what, fix, kind=Kind.CONTRADICTION)
        return Target(status, value, comparator, basis, self.text("target_reason"), self.text("target_as_published"))

    def agree(self, name: str, value: Decimal | None, printed: str) -> None:
        """Compare a number with what was printed: two digits swapped in one of the two do not pass.

        A printed number may be in thousands or millions, and its sign may be a bracket or a word. What is printed in
        words alone is not compared.
        """
        text = self.text(printed).replace("½", ".5")
        numbers = [Decimal(found.replace(",", "")) for found in _PRINTED.findall(text)]
        scales = (1, 1000, 1_000_000)
        if value is None or not numbers or any(abs(value) == one * scale for one in numbers for scale in scales):
            return
        what = f'the {name} is "{self.text(name)}", but {printed} says "{shortened(self.text(printed))}".'
        fix = "Look the figure up in the document, and correct the one that is wrong."
        self.fault(name, what, fix, kind=Kind.AS_PUBLISHED, beside=True)

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the identifiers in a cell, which are separated by spaces."""
        return tuple(self.text(name).split())
