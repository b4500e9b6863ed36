"""Records to the tables readers take away: the sources' columns, and beside them what joins and judgement add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ..meaning.judgement import Verdict, verdict
from ..reading.packages import YEAR, field_names, schema
from ..reading.reports import Reports
from ..records import Observation, Period, Topic
from ..showing import wording

_ADDED: dict[str, dict[str, Any]] = {
    "measure_title": {"title": "Title of the measure", "description": "The measure's name in plain words."},
    "service_id": {"title": "Service", "description": "The service the measure belongs to, from services.csv."},
    "body_id": {"title": "Council served", "description": "The council the service is for, from bodies.csv."},
    "period_label": {"title": "Period in words", "description": "The period as a reader says it."},
    "period_start": {"title": "First day", "description": "The first day of the period.", "type": "date"},
    "period_end": {"title": "Last day", "description": "The last day of the period.", "type": "date"},
    "verdict": {
        "title": "Verdict",
        "description": "What the result says about its target; the rules stand in the methodology.",
        "constraints": {"enum": [found.value for found in Verdict]},
    },
    "unit": {"title": "Unit", "description": "The unit of value and target."},
    "year": {"title": "Year", "description": "The package the row stands in, by financial year (April to March)."},
}
_EXAMPLES = {
    "measure_title": "Council tax collected in the year it was due",
    "service_id": "northmoor-ict",
    "body_id": "northmoor",
    "period_label": "2013/14",
    "period_start": "2013-04-01",
    "period_end": "2014-03-31",
    "verdict": "missed",
    "unit": "per cent",
    "year": "2013-14",
}
ADDED_UP: dict[str, Any] = {
    "name": "added_up",
    "title": "Added up",
    "description": "The sum of value in this row and all rows above it.",
    "type": "number",
}
"""The column of a chart that adds its rows up."""
_OBSERVED = (
    "measure_id", "measure_title", "service_id", "body_id", "period", "period_label", "period_start", "period_end",
    "value", "value_status",
)  # fmt: skip
_LEVELS = ("target_comparator", "target", "target_status", "basis", "verdict")
_REST = ("unit", "value_qualifier", "as_published")
_PLACED = ("note", "document_id", "place", "year")
COLUMNS: dict[str, tuple[str, ...]] = {
    "service_levels": (*_OBSERVED, *_LEVELS, *_REST, "target_as_published", "target_reason", *_PLACED),
    "activity": (*_OBSERVED, *_REST, *_PLACED),
    "staffing": (*_OBSERVED, *_REST, *_PLACED),
}
"""The columns of published observations. They are a contract: names never change and none goes away."""
_KEYS: dict[str, dict[str, Any]] = {
    "service_id": {"fields": ["service_id"], "reference": {"resource": "services", "fields": ["service_id"]}},
    "body_id": {"fields": ["body_id"], "reference": {"resource": "bodies", "fields": ["body_id"]}},
}
PERIODS = {"savings": "period", "actions": "period", "milestones": "date"}


@dataclass(frozen=True, slots=True)
class Published:
    """One table as it is published: its fields, and its rows as texts in the order of the fields."""

    resource: str
    fields: tuple[dict[str, Any], ...]
    rows: tuple[tuple[str, ...], ...]


def columns(resource: str) -> tuple[str, ...]:
    """Return the columns of a published table of a year."""
    if resource in COLUMNS:
        return COLUMNS[resource]
    own = field_names(resource)
    if resource in PERIODS:
        after = own.index(PERIODS[resource]) + 1
        own[after:after] = ["period_label", "period_start", "period_end"]
    return (*own, "year") if resource in YEAR else tuple(own)


@cache
def fields(resource: str) -> tuple[dict[str, Any], ...]:
    """Return the fields of a published table, those of the sources and those that are added."""
    own = {str(field["name"]): field for field in schema(resource)["fields"]}
    return tuple(own[name] if name in own else _added(name) for name in columns(resource))


def keys(resource: str) -> dict[str, Any]:
    """Return the keys of a published table: those of the sources, and those of the identifiers that are added."""
    own = schema(resource)
    foreign = list(own.get("foreignKeys", []))
    if resource in COLUMNS:
        foreign += [_KEYS[name] for name in columns(resource) if name in _KEYS]
    found = {"primaryKey": own["primaryKey"]}
    return found | {"foreignKeys": foreign} if foreign else found


def _added(name: str) -> dict[str, Any]:
    constraints = {"required": True, **_ADDED[name].get("constraints", {})}
    return {"name": name, "type": "string", "example": _EXAMPLES[name], **_ADDED[name], "constraints": constraints}


@dataclass(frozen=True)
class Tables:
    """The published tables. The rows of a file are made once, though they stand in several tables."""

    reports: Reports

    def register(self, resource: str) -> Published:
        """Return a table of the register as it is written."""
        return Published(resource, fields(resource), self._of("register", resource))

    def of_years(self, resource: str, years: Iterable[str]) -> Published:
        """Return a table of one year or of several: the rows of all-years are those of the years, one after another."""
        return Published(resource, fields(resource), tuple(row for year in years for row in self._of(year, resource)))

    @cached_property
    def measures(self) -> Mapping[str, Published]:
        """Each measure in every year, in the columns of its table."""
        found: dict[str, Published] = {}
        for topic in Topic:
            resource = topic.value.replace(" ", "_") + ("s" if topic is Topic.SERVICE_LEVEL else "")
            own = [measure.id for measure in self.reports.measures.values() if measure.topic is topic]
            rows: dict[str, list[tuple[str, ...]]] = {measure: [] for measure in own}
            for row in self.of_years(resource, self.reports.years).rows:
                if row[0] in rows:
                    rows[row[0]].append(row)
            found |= {measure: Published(resource, fields(resource), tuple(rows[measure])) for measure in own}
        return {measure: found[measure] for measure in self.reports.measures}

    def _of(self, folder: str, resource: str) -> tuple[tuple[str, ...], ...]:
        if (folder, resource) not in self._made:
            self._made[folder, resource] = tuple(_rows(self.reports, folder, resource, columns(resource)))
        return self._made[folder, resource]

    @cached_property
    def _made(self) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
        return {}


def _rows(reports: Reports, folder: str, resource: str, names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    table = reports.folders[folder].tables.get(f"{resource}.csv")
    if table is None:
        return
    add = _adder(reports, folder, resource)
    for index, cells in enumerate(table.rows):
        row = dict(zip(table.header, cells, strict=True))
        row |= add(index + 2, row)
        yield tuple(row[name] for name in names)


def _adder(reports: Reports, year: str, resource: str) -> Callable[[int, dict[str, str]], dict[str, str]]:
    """Return what adds the derived cells to a row, found again by the row's place in its file."""
    seen = {row.origin.row: row for row in reports.by_file.get(f"{year}/{resource}.csv", ())}

    def add(number: int, row: dict[str, str]) -> dict[str, str]:
        more = {"year": year}
        if number in seen:
            more |= _observed(seen[number])
        elif resource in PERIODS:
            more |= dated(Period.parse(row[PERIODS[resource]]))
        return more

    return add


def dated(period: Period) -> dict[str, str]:
    """Return the cells that say a period in words and in days."""
    return {
        "period_label": wording.period(period),
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
    }


def _observed(seen: Observation) -> dict[str, str]:
    return {
        **dated(seen.period),
        "measure_title": seen.measure.title,
        "service_id": seen.measure.service.id,
        "body_id": seen.measure.service.council.id,
        "unit": seen.measure.unit.value,
        "verdict": verdict(seen).value,
    }
