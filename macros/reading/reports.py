"""Every year joined: the one place the rest of the program asks for records."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from .. import records
from ..errors import Where
from ..records import (
    Action,
    Body,
    Break,
    Commitment,
    Correction,
    Deflator,
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
    Period,
    PeriodKind,
    Saving,
    Service,
    Source,
)
from .gate import Folder, Table

_Record = TypeVar("_Record")
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Reports:
    """All packages, joined. Rows keep the order of periods; everything else keeps the order it was written in.

    What every page asks for is sorted once: a search through all rows for each of many pages would take with the
    square of their number.
    """

    folders: Mapping[str, Folder]
    bodies: Mapping[str, Body]
    services: Mapping[str, Service]
    measures: Mapping[str, Measure]
    documents: Mapping[str, Document]
    names: tuple[Name, ...]
    breaks: tuple[Break, ...]
    duties: tuple[Duty, ...]
    deflators: tuple[Deflator, ...]
    observations: tuple[Observation, ...]
    savings: tuple[Saving, ...]
    actions: tuple[Action, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    discrepancies: tuple[Discrepancy, ...]
    corrections: tuple[Correction, ...]
    calendar: tuple[Due, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """The years there is a package for, the earliest first: ``2011-12``."""
        return tuple(name for name in sorted(self.folders) if name != "register")

    def series(self, measure_id: str) -> tuple[Observation, ...]:
        """Return a measure's observations in the order of their periods; a proposed target stands last."""
        return self._by_measure.get(measure_id, ())

    @cached_property
    def _by_measure(self) -> Mapping[str, tuple[Observation, ...]]:
        return _grouped(self.observations, lambda seen: seen.measure.id)

    def of_service(self, service: Service) -> tuple[Observation, ...]:
        """Return the observations of a service's measures in the order of their periods."""
        return self._by_service.get(service.id, ())

    @cached_property
    def _by_service(self) -> Mapping[str, tuple[Observation, ...]]:
        return _grouped(self.observations, lambda seen: seen.measure.service.id)

    def of_year(self, year: str) -> tuple[Observation, ...]:
        """Return the observations of a year's package in the order of their periods."""
        return self._by_year.get(year, ())

    @cached_property
    def _by_year(self) -> Mapping[str, tuple[Observation, ...]]:
        return _grouped(self.observations, lambda seen: seen.year)

    @cached_property
    def newest(self) -> Period | None:
        """The period of the newest figure, the longest of those that end with it; None where there is no figure."""
        periods = (seen.period for seen in self.observations if isinstance(seen.result, Figure))
        return max(periods, key=lambda period: (period.end, period.months), default=None)

    def breaks_of(self, measure_id: str) -> tuple[Break, ...]:
        """Return where what a measure counts has changed."""
        return self._breaks.get(measure_id, ())

    @cached_property
    def _breaks(self) -> Mapping[str, tuple[Break, ...]]:
        return _grouped(self.breaks, lambda found: found.measure_id)

    @cached_property
    def by_file(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations by the file they stand in: ``2013-14/service_levels.csv``."""
        return _grouped(self.observations, lambda seen: seen.origin.file)

    def levels(self, year: str) -> tuple[Observation, ...]:
        """Return a year's service levels, each measure once: months and quarters are parts of a longer period."""
        return self._levels.get(year, ())

    @cached_property
    def _levels(self) -> Mapping[str, tuple[Observation, ...]]:
        rows = [seen for seen in self.observations if seen.target is not None]
        in_force = _grouped((seen for seen in rows if not seen.is_proposed), lambda seen: (seen.year, seen.measure.id))
        found = (
            seen
            for seen in rows
            if not any(_holds(other, seen) for other in in_force.get((seen.year, seen.measure.id), ()))
        )
        return _grouped(found, lambda seen: seen.year)

    def is_published(self, year: str) -> bool:
        """Whether the package of a year tells anything: a figure, a reason why there is none, an event, a promise."""
        return any(told == year for told, _ in self._told)

    def publishes(self, year: str, file: str) -> bool:
        """Whether a table of a year says anything: it has a row whose figure is not only said to be not yet due."""
        return (year, file) in self._told

    @cached_property
    def _told(self) -> frozenset[tuple[str, str]]:
        told = (row for row in self._rows if getattr(row, "result", None) is not Missing.NOT_YET_DUE)
        return frozenset((row.year, row.origin.file.rpartition("/")[2]) for row in told)

    def where(self, origin: Where, field: str) -> Where:
        """Return the place of a cell of the row a record was made from."""
        return self._table(origin).where(origin.row - 2, field)

    def typed(self, origin: Where, field: str) -> str:
        """Return what stands in a cell of the row a record was made from, as it was typed."""
        table = self._table(origin)
        return table.rows[origin.row - 2][table.header.index(field)]

    def _table(self, origin: Where) -> Table:
        folder, _, file = origin.file.partition("/")
        return self.folders[folder].tables[file]

    @property
    def _rows(self) -> Iterator[Observation | Saving | Action | Commitment | Milestone | Discrepancy]:
        """Every row of the packages of years but for corrections, which are rows of other rows."""
        yield from self.observations
        yield from self.savings
        yield from self.actions
        yield from self.commitments
        yield from self.milestones
        yield from self.discrepancies

    @property
    def councils(self) -> tuple[Body, ...]:
        """The bodies a service is for, in the order of the services."""
        return tuple({service.council.id: service.council for service in self.services.values()}.values())

    @property
    def months(self) -> tuple[Period, ...]:
        """The months there are service levels for, the earliest first."""
        found = {seen.period for seen in self.observations if seen.target and seen.period.kind is PeriodKind.MONTH}
        return tuple(sorted(found))

    def sources(self, year: str) -> list[Source]:
        """Return the sources of every row of a year."""
        return [row.source for row in self._rows if row.year == year]

    def shown_in(self, promise: Commitment) -> str:
        """Return the year whose document shows what became of a promise of another year; nothing where none does."""
        if promise.outcome_source is None:
            return ""
        year = promise.outcome_source.document.covers.financial_year
        return year if year != promise.year else ""

    def action_for(self, seen: Observation) -> Action | None:
        """Return what was said about a missed service level; None where nothing was entered."""
        return self._actions.get((seen.measure.id, seen.period), (None,))[0]

    @cached_property
    def _actions(self) -> Mapping[tuple[str, Period], tuple[Action, ...]]:
        return _grouped(self.actions, lambda act: (act.measure.id, act.period))

    def about_measure(self, measure_id: str) -> Reports:
        """Return what is known of a measure, and of others nothing but the parts it is added up from.

        Its page is made from this alone, so the page stays as it is while this does.
        """
        if measure_id not in self._about_measures:
            self._about_measures[measure_id] = self._about_measure(measure_id)
        return self._about_measures[measure_id]

    def _about_measure(self, measure_id: str) -> Reports:
        own = self.measures[measure_id]
        measures = {one.id: one for one in map(self.measures.__getitem__, (measure_id, *own.parts))}
        corrections = self._corrections.get(measure_id, ())
        # The verdict before a correction is worked out from the row as it is written.
        rows = {one.year for one in corrections}
        found = replace(
            self,
            folders={name: folder if name in rows else self._heads[name] for name, folder in self.folders.items()},
            measures=measures,
            documents={},
            names=tuple(name for name in self.names if name.measure_id == measure_id),
            breaks=tuple(found for one in measures for found in self.breaks_of(one)),
            duties=(),
            observations=tuple(seen for one in measures for seen in self.series(one)),
            savings=(),
            actions=self._measure_actions.get(measure_id, ()),
            commitments=(),
            milestones=(),
            discrepancies=self.touching(measure_id),
            corrections=corrections,
            calendar=(),
        )
        # The age of a miss is counted to the newest figure of all.
        found.__dict__["newest"] = self.newest
        return found

    @cached_property
    def _about_measures(self) -> dict[str, Reports]:
        return {}

    def about_service(self, service_id: str) -> Reports:
        """Return what is known of a service and its measures, and nothing that is known of others alone.

        Its page is made from this alone, so the page stays as it is while this does.
        """
        if service_id not in self._about_services:
            self._about_services[service_id] = self._about_service(self.services[service_id])
        return self._about_services[service_id]

    def _about_service(self, service: Service) -> Reports:
        measures = {one.id: one for one in self.measures.values() if one.service is service}
        return replace(
            self,
            folders=self._heads,
            measures=measures,
            documents={},
            names=(),
            breaks=tuple(found for one in measures for found in self.breaks_of(one)),
            duties=tuple(one for one in self.duties if one.service is service),
            observations=self.of_service(service),
            savings=tuple(one for one in self.savings if one.service is service),
            actions=(),
            commitments=tuple(one for one in self.commitments if one.service is service),
            milestones=tuple(one for one in self.milestones if one.service is service),
            discrepancies=(),
            corrections=(),
            calendar=(),
        )

    @cached_property
    def _about_services(self) -> dict[str, Reports]:
        return {}

    @cached_property
    def _heads(self) -> Mapping[str, Folder]:
        """The folders without their tables."""
        return {name: replace(folder, tables={}) for name, folder in self.folders.items()}

    @cached_property
    def _measure_actions(self) -> Mapping[str, tuple[Action, ...]]:
        return _grouped(self.actions, lambda act: act.measure.id)

    @cached_property
    def _corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """The corrections by the measure, or whatever else, their key begins with."""
        return _grouped(self.corrections, lambda one: one.key.partition(" ")[0])

    def digest(self) -> str:
        """Return a digest of everything there is here: something else, another digest.

        Rarely it is another one for the same, as it tells whether a text stands there once or twice in memory.
        """
        held = io.BytesIO()
        pickler = pickle.Pickler(held)
        pickler.dispatch_table = _RECORDS
        pickler.dump([*(getattr(self, one.name) for one in fields(self)), self.newest])
        return sha256(held.getbuffer()).hexdigest()

    def touching(self, *ids: str) -> tuple[Discrepancy, ...]:
        """Return the discrepancies that concern any of some measures, savings, commitments, milestones or duties."""
        return tuple(found for found in self.discrepancies if set(found.touches) & set(ids))


def _parted(record: Any) -> tuple[Any, ...]:
    """Return what tells a record from any other: its class and its values."""
    return type(record), tuple(map(record.__getattribute__, record.__slots__))


_RECORDS = {one: _parted for one in vars(records).values() if isinstance(one, type) and is_dataclass(one)}
"""How a record is digested. The way that every dataclass brings takes several times as long."""


def _grouped(rows: Iterable[_Record], of: Callable[[_Record], _Key]) -> Mapping[_Key, tuple[_Record, ...]]:
    """Sort rows into groups, each in the order of the rows."""
    found: dict[_Key, list[_Record]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    return {key: tuple(group) for key, group in found.items()}


def _holds(longer: Observation, seen: Observation) -> bool:
    """Whether of two observations of a measure the first is of a longer period around that of the second."""
    one, other = longer.period, seen.period
    return one.start <= other.start and other.end <= one.end and (one.start, one.end) != (other.start, other.end)
