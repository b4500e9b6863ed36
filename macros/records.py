"""What the packages hold, as frozen records and closed sets. No files, no formatting, no judgement."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from .errors import Where


class Topic(StrEnum):
    """Which table a measure's figures stand in."""

    SERVICE_LEVEL = "service level"
    ACTIVITY = "activity"
    STAFFING = "staffing"


class Unit(StrEnum):
    """The unit of a measure's values."""

    PER_CENT = "per cent"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    POUNDS = "pounds"
    NUMBER = "number"


class Direction(StrEnum):
    """Whether a higher or a lower figure is better. Without a direction nothing improves or worsens."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Missing(StrEnum):
    """Why there is no figure. A blank cell never says why, so it is never allowed."""

    NOT_MEASURED = "not measured"
    NOT_PUBLISHED = "not published"
    NOT_YET_DUE = "not yet due"
    NOT_APPLICABLE = "not applicable"
    SUPPRESSED = "suppressed"


class ReleaseStatus(StrEnum):
    """How settled a figure is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    REVISED = "revised"
    FORECAST = "forecast"


class Qualifier(StrEnum):
    """How exact a figure is: "over 80" is not 80."""

    EXACT = ""
    MORE_THAN = ">"
    LESS_THAN = "<"
    ABOUT = "~"
    AT_LEAST = ">="
    AT_MOST = "<="


class Comparator(StrEnum):
    """How a result must compare with its target."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"


class TargetStatus(StrEnum):
    """Whether a target was in force."""

    SET = "set"
    SUSPENDED = "suspended"
    PROPOSED = "proposed"
    NOT_PUBLISHED = "not published"


class Basis(StrEnum):
    """Where a target comes from."""

    CONTRACTUAL = "contractual"
    NON_CONTRACTUAL = "non-contractual"
    LOCAL = "local"
    NOT_STATED = "not stated"


class SavingKind(StrEnum):
    """What kind of money a row of savings is. Kinds are never added together."""

    SAVING = "saving"
    COST = "cost"
    INVESTMENT = "investment"
    ADDED_VALUE = "added value"
    OTHER_BENEFIT = "other benefit"
    ASKED_FOR = "saving asked for"
    CONTRACT_VALUE = "contract value"
    INCOME = "income"


class Outcome(StrEnum):
    """What a later document shows became of a promise."""

    KEPT = "kept"
    KEPT_LATE = "kept late"
    PARTLY_KEPT = "partly kept"
    NOT_KEPT = "not kept"
    UNKNOWN = "no later document says"


NOT_STATED = "not stated"
"""What a text cell holds where the document does not say."""
NOT_PUBLISHED = "not published yet"
"""The status of a document that is listed before it is published. No figure comes from it."""


class PeriodKind(Enum):
    """The grammars of a period code, from the shortest to the longest."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    YEAR = 4
    RUN = 5


# ASCII: other alphabets' digits are digits to Python, too, and would give one period two codes.
_DAY = re.compile(r"D(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-M(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_YEAR = re.compile(r"FY(\d{4})-(\d{2})(?:-Q([1-4]))?", re.ASCII)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    """Return the year and month that lie ``months`` after the given month."""
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time, ordered by its first day, then its last.

    Its code survives a spreadsheet: ``FY2011-12`` (April to March), ``2011-M10``, ``2011-Q3`` (of the calendar),
    ``FY2011-12-Q3`` (of the financial year), ``2011-M10/2012-M03`` (a run of months) or ``D2011-05-16``.
    """

    start: date
    end: date
    code: str
    kind: PeriodKind

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a period code.

        Raises:
            ValueError: the text is not a period code; the message says what is wrong with it.
        """
        first, slash, last = code.partition("/")
        if slash:
            start, end = cls._single(first), cls._single(last)
            if start.kind is not PeriodKind.MONTH or end.kind is not PeriodKind.MONTH:
                msg = "a run of months is written as two months, such as 2011-M10/2012-M03"
                raise ValueError(msg)
            if end.start <= start.start:
                msg = "the second month of a run comes after the first"
                raise ValueError(msg)
            return cls(start.start, end.end, code, PeriodKind.RUN)
        return cls._single(code)

    @classmethod
    def _single(cls, code: str) -> Period:
        financial = _YEAR.fullmatch(code)
        if financial and (int(financial[1]) + 1) % 100 != int(financial[2]):
            ending = (int(financial[1]) + 1) % 100
            msg = f"a financial year ends in the year after it begins: FY{financial[1]}-{ending:02}"
            raise ValueError(msg)
        try:
            if match := _DAY.fullmatch(code):
                day = date(int(match[1]), int(match[2]), int(match[3]))
                return cls(day, day, code, PeriodKind.DAY)
            if match := _MONTH.fullmatch(code):
                year, month = int(match[1]), int(match[2])
                return cls(date(year, month, 1), _last_day(year, month), code, PeriodKind.MONTH)
            if match := _QUARTER.fullmatch(code):
                return cls._quarter(code, int(match[1]), int(match[2]) * 3 - 2)
            if financial:
                return cls._financial(code, int(financial[1]), financial[3])
        except ValueError as error:
            msg = "there is no such day or month"
            raise ValueError(msg) from error
        msg = "it is not a period code"
        raise ValueError(msg)

    @classmethod
    def _quarter(cls, code: str, year: int, month: int) -> Period:
        return cls(date(year, month, 1), _last_day(*_months_on(year, month, 2)), code, PeriodKind.QUARTER)

    @classmethod
    def _financial(cls, code: str, year: int, quarter: str | None) -> Period:
        if quarter:
            return cls._quarter(code, *_months_on(year, 4, 3 * (int(quarter) - 1)))
        return cls(date(year, 4, 1), date(year + 1, 3, 31), code, PeriodKind.YEAR)

    @property
    def months(self) -> int:
        """How many calendar months the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def financial_year(self) -> str:
        """The financial year (April to March) the period ends in, as a package's folder is named: ``2011-12``."""
        year = self.end.year if self.end.month >= 4 else self.end.year - 1
        return f"{year}-{(year + 1) % 100:02}"

    @property
    def is_within_a_year(self) -> bool:
        """Whether the period begins and ends in one financial year."""
        return self.start > date(self.end.year - (self.end.month < 4), 3, 31)

    @property
    def is_part_year(self) -> bool:
        """Whether the period is a run of fewer than twelve months: a part of a year, not a month or a year."""
        return self.kind in (PeriodKind.RUN, PeriodKind.QUARTER) and self.months < 12


@dataclass(frozen=True, slots=True)
class Body:
    """A council, company or other body. Its area code names the boundary, its organisation id the body itself."""

    id: str
    title: str
    kind: str
    area_code: str
    organisation_id: str
    start: Period | None
    end: Period | None
    successor_id: str
    note: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service for one council, and who runs it."""

    id: str
    title: str
    council: Body
    provider: Body | None
    description: str
    start: Period | None
    end: Period | None
    note: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A thing that is counted or measured, the same in every year."""

    id: str
    service: Service
    topic: Topic
    title: str
    meaning: str
    unit: Unit
    direction: Direction
    decimals: int
    additive: bool
    parts: tuple[str, ...]
    numerator_id: str
    denominator_id: str
    change_of: str
    ended: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Document:
    """A published document that figures come from, and what is known to be missing from it."""

    id: str
    title: str
    author: Body
    published: Period | None
    covers: Period
    status: str
    missing: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document a row comes from and the place in it."""

    document: Document
    place: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name a measure had in a period, as it was printed."""

    measure_id: str
    period: Period
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Break:
    """A change to a measure between two periods, and whether figures on both sides may be compared."""

    measure_id: str
    before: Period
    after: Period
    kind: str
    comparable: bool
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report, a board or a committee."""

    id: str
    kind: str
    title: str
    body: Body
    service: Service
    duty: str
    reports_to: str
    frequency: str
    contents: tuple[str, ...]
    start: Period | None
    end: Period | None
    source: Source
    note: str


@dataclass(frozen=True, slots=True)
class Deflator:
    """The index of prices of a financial year, and the document that publishes it."""

    period: Period
    index: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which a table of a year is expected; ``year`` need not have a package yet."""

    year: str
    resource: str
    day: Period
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number. Zero is one."""

    value: Decimal
    qualifier: Qualifier
    status: ReleaseStatus


@dataclass(frozen=True, slots=True)
class Target:
    """What was promised for a period. ``value`` and ``comparator`` are there exactly when it is set or proposed."""

    status: TargetStatus
    value: Decimal | None
    comparator: Comparator | None
    basis: Basis
    reason: str
    as_published: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One measure in one period: the figure or why there is none, and for a service level its target.

    ``changed`` are the corrections made to the row after it was published, the newest first.
    """

    measure: Measure
    period: Period
    result: Figure | Missing
    target: Target | None
    as_published: str
    note: str
    source: Source
    year: str
    origin: Where
    changed: tuple[Correction, ...] = ()

    @property
    def is_proposed(self) -> bool:
        """Whether the row carries a target that was only proposed."""
        return self.target is not None and self.target.status is TargetStatus.PROPOSED


@dataclass(frozen=True, slots=True)
class Saving:
    """A sum of money in pounds. ``parts`` are the rows a published total claims to sum, ``changed`` its corrections."""

    id: str
    service: Service
    period: Period
    title: str
    kind: SavingKind
    result: Figure | Missing
    cash: str
    gross_net: str
    recurrence: str
    parts: tuple[str, ...]
    as_published: str
    note: str
    source: Source
    year: str
    origin: Where
    changed: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What was said about a missed service level; ``not stated`` where the document did not say."""

    measure: Measure
    period: Period
    what_happened: str
    why: str
    action: str
    due: Period | None
    responsible_role: str
    in_control: str
    source: Source
    year: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, and what a later document shows became of it."""

    id: str
    service: Service
    made_by: Body
    title: str
    promise: str
    due: Period | None
    outcome: Outcome
    outcome_quote: str
    outcome_source: Source | None
    note: str
    source: Source
    year: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event; the period code is as exact as the document."""

    id: str
    service: Service
    date: Period
    title: str
    date_as_published: str
    note: str
    source: Source
    year: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Where documents disagree with themselves or each other, and what is shown instead."""

    id: str
    kind: str
    title: str
    quote: str
    source: Source
    other_quote: str
    other_source: Source | None
    unit: Unit | None
    printed: Decimal | None
    recomputed: Decimal | None
    published: str
    reason: str
    touches: tuple[str, ...]
    year: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to a figure that was already published. A blank stands for a cell that was, or is, blank."""

    id: str
    date: Period
    resource: str
    key: str
    field: str
    old: str
    new: str
    kind: str
    reason: str
    year: str
    origin: Where
