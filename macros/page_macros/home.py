"""The macros of the home page, of the list of services, and of the methodology."""

from __future__ import annotations

from ..showing import (
    home,
    lateness,
    prose,
    tables,
)
from .base import Macros


class HomeMacros(Macros):
    """The macros of the home page, of the list of services, and of the methodology."""

    def glossary_link(self) -> str:
        """Say what a service level is and what short forms stand for, with a link to the glossary."""
        return self._show(prose.glossary_link(self.reports))

    def home_summary(self) -> str:
        """Say in one sentence what all years came to."""
        return self._show(home.summary(self.reports))

    def home_late(self) -> str:
        """Say what of the newest year is late, if anything is."""
        return self._show(*lateness.newest(self.reports, self.today))

    def home_cards(self) -> str:
        """Show the figures a reader looks for first."""
        return self._show(home.cards(self.reports))

    def home_savings(self) -> str:
        """Say what each service saved, by the newest total a document prints."""
        return self._show(home.savings(self.reports))

    def scorecard(self) -> str:
        """Show for each service and year how many service levels were met and missed."""
        return self._show(tables.scorecard(self.reports))

    def misses_list(self) -> str:
        """List the newest missed service levels with the reasons that were given, and lead to the others."""
        return self._show(*home.misses(self.reports))

    def verdict_rules(self) -> str:
        """Show the rule behind each verdict."""
        return self._show(prose.verdict_rules())

    def variation_rules(self) -> str:
        """Say how the usual range of monthly figures is worked out."""
        return self._show(prose.variation_rules())
