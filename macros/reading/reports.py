"""Every year joined: the one place the rest of the program asks for records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from .gate import Folder


@dataclass(frozen=True, slots=True)
class Reports:
    """All packages, joined. Rows keep the order of periods; everything else keeps the order it was written in."""

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
        return tuple(seen for seen in self.observations if seen.measure.id == measure_id)

    def levels(self, year: str) -> tuple[Observation, ...]:
        """Return a year's service levels, each measure once: months and quarters are parts of a longer period."""
        rows = [seen for seen in self.observations if seen.year == year and seen.target is not None]
        in_force = [seen for seen in rows if not seen.is_proposed]
        return tuple(seen for seen in rows if not any(_holds(other, seen) for other in in_force))

    def is_published(self, year: str) -> bool:
        """Whether the package of a year tells anything: a figure, a reason why there is none, an event, a promise."""
        figures = [row for rows in (self.observations, self.savings) for row in rows if row.year == year]
        others = (self.actions, self.commitments, self.milestones, self.discrepancies)
        told = any(row.year == year for rows in others for row in rows)
        return told or any(row.result is not Missing.NOT_YET_DUE for row in figures)

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
        tables = (
            self.observations, self.savings, self.actions, self.commitments, self.milestones, self.discrepancies,
        )  # fmt: skip
        return [row.source for rows in tables for row in rows if row.year == year]

    def shown_in(self, promise: Commitment) -> str:
        """Return the year whose document shows what became of a promise of another year; nothing where none does."""
        if promise.outcome_source is None:
            return ""
        year = promise.outcome_source.document.covers.financial_year
        return year if year != promise.year else ""

    def action_for(self, seen: Observation) -> Action | None:
        """Return what was said about a missed service level; None where nothing was entered."""
        found = (act for act in self.actions if act.measure is seen.measure and act.period == seen.period)
        return next(found, None)

    def touching(self, *ids: str) -> tuple[Discrepancy, ...]:
        """Return the discrepancies that concern any of some measures, savings, commitments, milestones or duties."""
        return tuple(found for found in self.discrepancies if set(found.touches) & set(ids))


def _holds(longer: Observation, seen: Observation) -> bool:
    """Whether one observation is of the same measure and of a longer period around that of the other."""
    one, other = longer.period, seen.period
    same = longer.measure.id == seen.measure.id and one.start <= other.start and other.end <= one.end
    return same and (one.start, one.end) != (other.start, other.end)
