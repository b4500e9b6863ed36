"""The macros of pages about money, promises, misses and what documents contradict."""

from __future__ import annotations

from ..meaning.reconciliation import totals
from ..records import Saving, SavingKind
from ..showing import (
    entries,
    lists,
    prose,
    saving_charts,
    tables,
    wording,
)
from .base import Macros


class AccountMacros(Macros):
    """The macros of pages about money, promises, misses and what documents contradict."""

    def savings_chart(self) -> str:
        """Draw the yearly savings of each service, and list the sums that stand in no chart."""
        views = [
            chart
            for service in self.reports.services
            for chart in saving_charts.savings(service, SavingKind.SAVING, self.reports)
        ]
        return self._show(*views, *saving_charts.not_drawn(SavingKind.SAVING, self.reports))

    def savings_rules(self) -> str:
        """Say what is never added together."""
        return self._show(prose.savings_rules())

    def savings_totals(self) -> str:
        """Show every published total of money beside what its parts give."""
        money = [one for one in totals(self.reports) if isinstance(one.published, Saving)]
        return self._show(tables.totals("Published totals of money beside what their parts give", money))

    def figures_totals(self) -> str:
        """Show every other published total, rate and change beside what its parts give."""
        others = [one for one in totals(self.reports) if not isinstance(one.published, Saving)]
        return self._show(tables.totals("Published totals and rates beside what their parts give", others))

    def savings_asked(self) -> str:
        """Show savings that were asked for beside those documents print, and what speaks against them."""
        asked = {row.service.id: row.service for row in self.reports.savings if row.kind is SavingKind.ASKED_FOR}
        own = [row for row in self.reports.savings if row.service.id in asked]
        sums = [row.id for row in own if row.parts or row.kind is SavingKind.ASKED_FOR]
        doubts = lists.discrepancies_shown(self.reports.touching(*sums))
        shown = [tables.asked(self.reports, service) for service in asked.values()]
        return self._show(*shown, *([doubts] if doubts.items else []))

    def savings_real(self) -> str:
        """Show yearly sums in the prices of the newest index, or say that there is none."""
        table = tables.real(self.reports)
        return self._show(prose.real_terms(self.reports), *([table] if table.rows else []))

    def savings_table(self, kind: str) -> str:
        """Show every sum of one kind."""
        rows = sorted(
            (saving for saving in self.reports.savings if saving.kind.value == kind), key=lambda row: row.period
        )
        return self._savings(f"{wording.capital(kind)}, every year", rows)

    def commitments_tally(self) -> str:
        """Count what became of promises."""
        return self._show(prose.promises(self.reports), lists.outcomes(self.reports.commitments))

    def outcomes(self) -> str:
        """List the promises of which a later document says what became."""
        known = (promise for promise in self.reports.commitments if promise.outcome_source)
        return self._show(lists.commitments(known))

    def commitments(self, year: str) -> str:
        """Show what was promised in a year's reports and what became of it, with both quotes."""
        own = [promise for promise in self.reports.commitments if promise.year == year]
        return self._show(*(entries.commitment(promise) for promise in own))

    def discrepancies(self, year: str) -> str:
        """Show where documents disagree about a year, with the quotes and what is shown instead."""
        own = [found for found in self.reports.discrepancies if found.year == year]
        own.sort(key=lambda found: (found.kind in entries.SLIGHT, found.unit is None))
        return self._show(*(entries.discrepancy(found, self.reports) for found in own))

    def misses_summary(self) -> str:
        """Say how many service levels were missed."""
        return self._show(prose.misses_summary(self.reports))

    def misses(self) -> str:
        """Show every missed service level and the questions a committee asks."""
        return self._show(*(entries.miss(seen, self.reports) for seen in prose.missed(self.reports)))

    def governance(self) -> str:
        """Show every board, committee, report and agreement."""
        return self._show(*(entries.duty(duty) for duty in self.reports.duties))

    def discrepancies_summary(self) -> str:
        """Count the disagreements of each kind."""
        return self._show(prose.disagreements(self.reports), lists.discrepancy_kinds(self.reports))
