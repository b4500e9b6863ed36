"""The macros of pages about a year or a month."""

from __future__ import annotations

from ..records import Period, PeriodKind, SavingKind, Topic
from ..showing import (
    changes,
    entries,
    lateness,
    lists,
    months,
    prose,
    tables,
    wording,
)
from .base import Macros


class TimeMacros(Macros):
    """The macros of pages about a year or a month."""

    def years_table(self) -> str:
        """Show every year with the count of its verdicts."""
        return self._show(tables.years(self.reports))

    def years_expected(self) -> str:
        """List what is expected of years that are not published yet."""
        return self._show(*lateness.to_come(self.reports, self.today))

    def year_expected(self, year: str) -> str:
        """List what of a year is still to come, and what of it is late."""
        return self._show(*lateness.of_year(self.reports, year, self.today))

    def year_summary(self, year: str) -> str:
        """Say what a year came to."""
        return self._show(prose.year_summary(self.reports, year))

    def year_turn(self, year: str) -> str:
        """Link to the year before and the year after."""
        return self._show(lists.year_turn(self.reports, year))

    def year_misses(self, year: str) -> str:
        """Show a year's missed service levels and what was said about them."""
        rows = [seen for seen in prose.missed(self.reports) if seen.year == year]
        return self._show(*(entries.miss(seen, self.reports) for seen in rows))

    def year_service_levels(self, year: str) -> str:
        """Show every service level of a year, a table for each service, months apart."""
        rows = self._observations(year, Topic.SERVICE_LEVEL)
        views = []
        for service in self.reports.services.values():
            own = [seen for seen in rows if seen.measure.service is service]
            months = [seen for seen in own if seen.period.kind is PeriodKind.MONTH]
            for chosen, kind in (([seen for seen in own if seen not in months], ""), (months, ", month by month")):
                if chosen:
                    caption = f"{service.title}, {wording.year(year)}{kind}"
                    views.append(tables.service_levels(caption, chosen))
        return self._show(*views)

    def year_savings(self, year: str) -> str:
        """Show a year's money, a table for each kind."""
        rows = [saving for saving in self.reports.savings if saving.year == year]
        views = []
        for kind in SavingKind:
            own = [saving for saving in rows if saving.kind is kind]
            if own:
                views.append(tables.savings(f"{wording.capital(kind.value)}, {wording.year(year)}", own))
        return self._show(*views)

    def year_staffing(self, year: str) -> str:
        """Show a year's figures about staff."""
        rows = self._observations(year, Topic.STAFFING)
        return self._show(tables.observations(f"Staffing, {wording.year(year)}", rows))

    def year_activity(self, year: str) -> str:
        """Show a year's volumes and indicators without a target, a table for each service."""
        rows = self._observations(year, Topic.ACTIVITY)
        views = []
        for service in self.reports.services.values():
            own = [seen for seen in rows if seen.measure.service is service]
            if own:
                views.append(tables.observations(f"Activity, {service.title}, {wording.year(year)}", own))
        return self._show(*views)

    def year_commitments(self, year: str) -> str:
        """List what was promised in a year's reports and what became of it."""
        return self._show(lists.commitments(promise for promise in self.reports.commitments if promise.year == year))

    def year_milestones(self, year: str) -> str:
        """Show a year's dated events."""
        rows = [event for event in self.reports.milestones if event.year == year]
        return self._show(tables.milestones(f"Dated events, {wording.year(year)}", rows))

    def year_discrepancies(self, year: str) -> str:
        """List where documents disagree about a year."""
        return self._show(lists.discrepancies(found for found in self.reports.discrepancies if found.year == year))

    def year_documents(self, year: str) -> str:
        """Show the documents a year's rows come from."""
        documents = {source.document.id: source.document for source in self.reports.sources(year)}
        return self._show(*(entries.document(documents[key]) for key in sorted(documents)))

    def year_downloads(self, year: str) -> str:
        """List the files of a year's package."""
        title = wording.year(year)
        wanted = {f"data/{year}.zip": f"The whole package of {title}"}
        wanted[f"data/{year}.xlsx"] = f"Workbook of {title} for Excel"
        wanted[f"data/{year}.ods"] = f"Workbook of {title} for LibreOffice"
        wanted[f"data/{year}/datapackage.json"] = f"Description of the package of {title}"
        for path in self.files:
            if path.startswith(f"data/{year}/") and path.endswith(".csv"):
                wanted[path] = f"{wording.capital(path.rsplit('/', 1)[1][:-4].replace('_', ' '))}, {title}"
        return self._show(lists.downloads(self.files, wanted))

    def year_outcomes(self, year: str) -> str:
        """List promises of other years whose outcome a document about this year shows."""
        return self._show(lists.outcomes_shown(self.reports, year))

    def months_list(self) -> str:
        """List the reports of every month."""
        return self._show(months.index(self.reports))

    def months_duty(self) -> str:
        """Show the duties to report monthly, and where documents disagree about them."""
        duties = [duty for month in self.reports.months for duty in months.duties_for(self.reports, month)]
        known = {duty.id: duty for duty in duties}
        found = self.reports.touching(*known)
        views = [entries.duty(duty) for duty in known.values()]
        return self._show(*views, *(entries.discrepancy(one, self.reports) for one in found))

    def month_summary(self, month: str) -> str:
        """Say how a month went."""
        return self._show(months.summary(self.reports, Period.parse(month)))

    def month_services(self, month: str) -> str:
        """List a month's services and what each delivers."""
        return self._show(months.services(self.reports, Period.parse(month)))

    def month_levels(self, month: str, basis: str) -> str:
        """Show a month's contractual service levels, or the others."""
        when = Period.parse(month)
        rows = months.by_basis(self.reports, when, basis)
        caption = f"{wording.capital(basis)} service levels, {wording.period(when)}"
        return self._show(tables.service_levels(caption, rows) if rows else months.nothing(basis))

    def month_misses(self, month: str) -> str:
        """List a month's service levels that were missed or not measured."""
        return self._show(months.misses(self.reports, Period.parse(month)))

    def month_actions(self, month: str) -> str:
        """Show the timetable of what is done about a month's misses."""
        return self._show(months.actions(self.reports, Period.parse(month)))

    def month_duty(self, month: str) -> str:
        """Show what the month's report must contain, and how that changed later."""
        return self._show(*months.contents(self.reports, Period.parse(month)))

    def year_corrections(self, year: str) -> str:
        """List what was changed of a year after it was published."""
        own = changes.of_page(self.reports, lambda one: one.correction.year == year)
        return self._show(own, changes.superseded(self.files, year))
