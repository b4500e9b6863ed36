"""The macros of pages about a service or a council. Those of a service are made from what is known of it alone."""

from __future__ import annotations

from ..records import PeriodKind, Topic
from ..showing import (
    charts,
    entries,
    home,
    lists,
    prose,
    tables,
)
from .base import Macros


class ServiceMacros(Macros):
    """The macros of pages about a service or a council."""

    def services_list(self) -> str:
        """List every service."""
        return self._show(lists.services(self.reports))

    def service_summary(self, service: str) -> str:
        """Say what a service does, for whom, and what its service levels came to."""
        return self._show(prose.service_summary(self.reports.about_service(service), service))

    def service_years(self, service: str) -> str:
        """Show a service's results, money and people of the same years side by side."""
        known = self.reports.about_service(service)
        return self._show(prose.no_cause(), tables.service_years(known, known.services[service]))

    def service_charts(self, service: str) -> str:
        """Draw a small chart for each service level of a service."""
        small = charts.small_multiples(service, self.reports.about_service(service))
        return self._show(small) if small.charts else ""

    def service_levels(self, service: str) -> str:
        """Show a service's targets, results and verdicts in every year; months stand on the pages of the measures."""
        known = self.reports.about_service(service)
        rows = [seen for seen in known.observations if seen.target]
        years = [seen for seen in rows if seen.period.kind is not PeriodKind.MONTH] or rows
        return self._show(tables.service_levels(f"Service levels, {known.services[service].title}", years))

    def service_savings(self, service: str) -> str:
        """Show a service's money in every year."""
        known = self.reports.about_service(service)
        return self._savings(f"Savings, costs and investment, {known.services[service].title}", known.savings)

    def service_staffing(self, service: str) -> str:
        """Show a service's figures about staff."""
        return self._of_service(service, Topic.STAFFING, "Staffing")

    def service_activity(self, service: str) -> str:
        """Show a service's volumes and indicators without a target."""
        return self._of_service(service, Topic.ACTIVITY, "Activity")

    def _of_service(self, service: str, topic: Topic, title: str) -> str:
        known = self.reports.about_service(service)
        rows = [seen for seen in known.observations if seen.measure.topic is topic]
        return self._show(tables.observations(f"{title}, {known.services[service].title}", rows))

    def service_commitments(self, service: str) -> str:
        """List what was promised of a service and what became of it."""
        return self._show(lists.commitments(self.reports.about_service(service).commitments))

    def service_milestones(self, service: str) -> str:
        """Show a service's dated events."""
        known = self.reports.about_service(service)
        return self._show(tables.milestones(f"Dated events, {known.services[service].title}", known.milestones))

    def service_governance(self, service: str) -> str:
        """Show who must report on a service."""
        return self._show(*(entries.duty(duty) for duty in self.reports.about_service(service).duties))

    def councils_list(self) -> str:
        """List every council and its services."""
        return self._show(lists.councils(self.reports))

    def partners_list(self) -> str:
        """List every other body and what is known of it."""
        return self._show(lists.partners(self.reports))

    def council_summary(self, council: str) -> str:
        """Say what the service levels of a council's services came to."""
        return self._show(prose.council_summary(self.reports, self.reports.bodies[council]))

    def council_misses(self, council: str) -> str:
        """List a council's missed service levels, each with the reason that was given."""
        return self._show(lists.misses(self.reports, self.reports.bodies[council]))

    def council_savings(self, council: str) -> str:
        """Say what a council's services saved, by the newest totals documents print."""
        return self._show(home.savings(self.reports, self.reports.bodies[council]))

    def council_years(self, council: str) -> str:
        """Show the count of verdicts of each service of a council in each year."""
        return self._show(tables.council_years(self.reports, self.reports.bodies[council]))

    def council_services(self, council: str) -> str:
        """List the services for a council."""
        return self._show(lists.services(self.reports, self.reports.bodies[council]))

    def council_commitments(self, council: str) -> str:
        """List what was promised of a council's services and what became of it."""
        own = (promise for promise in self.reports.commitments if promise.service.council.id == council)
        return self._show(lists.commitments(own))
