"""The macros of pages about a measure. Each is made from what is known of its measure, and of no other."""

from __future__ import annotations

from ..records import Topic
from ..showing import (
    changes,
    charts,
    entries,
    lists,
    prose,
    tables,
)
from .base import Macros


class MeasureMacros(Macros):
    """The macros of pages about a measure."""

    def measures_list(self, topic: str) -> str:
        """List every measure of a topic with its newest figure."""
        return self._show(lists.measures(self.reports, Topic(topic)))

    def measure_summary(self, measure: str) -> str:
        """Say what a measure's newest figure is and how it moved."""
        return self._show(prose.measure_summary(measure, self.reports.about_measure(measure)))

    def measure_charts(self, measure: str) -> str:
        """Draw a measure over its periods, with the target as target."""
        return self._show(*charts.of_measure(measure, self.reports.about_measure(measure)))

    def measure_table(self, measure: str) -> str:
        """Show a measure in every period, with the document and place of every figure."""
        known = self.reports.about_measure(measure)
        title = known.measures[measure].title
        return self._show(tables.series(f"{title}: every published figure", known.series(measure), known))

    def measure_meaning(self, measure: str) -> str:
        """Say what a measure means, which way is better, and how new its figures are."""
        known = self.reports.about_measure(measure)
        return self._show(prose.measure_meaning(known.measures[measure], known))

    def measure_misses(self, measure: str) -> str:
        """Show a measure's misses, and whatever was said about a service level."""
        known = self.reports.about_measure(measure)
        return self._show(*(entries.miss(seen, known) for seen in prose.explained(known, measure)))

    def measure_targets(self, measure: str) -> str:
        """List a measure's targets and why they moved."""
        return self._show(lists.targets(self.reports.about_measure(measure), measure))

    def measure_variation(self, measure: str) -> str:
        """Say what is usual for a measure from month to month."""
        return self._show(prose.month_to_month(measure, self.reports.about_measure(measure)))

    def measure_changes(self, measure: str) -> str:
        """List the names a measure had and its breaks."""
        return self._show(lists.changes(self.reports.about_measure(measure), measure))

    def measure_discrepancies(self, measure: str) -> str:
        """Show where documents disagree about a measure."""
        return self._show(lists.discrepancies_shown(self.reports.about_measure(measure).touching(measure)))

    def measure_downloads(self, measure: str) -> str:
        """List the files of a measure."""
        title = self.reports.about_measure(measure).measures[measure].title
        wanted = {f"data/measures/{measure}.{kind}": title for kind in ("csv", "json")}
        return self._show(lists.downloads(self.files, wanted))

    def measure_corrections(self, measure: str) -> str:
        """List what was changed of a measure after it was published."""
        return self._show(changes.of_page(self.reports.about_measure(measure), lambda _: True))
