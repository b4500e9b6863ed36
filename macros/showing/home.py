"""The home page: what was promised, what was delivered, what it saved, what was missed and why."""

from __future__ import annotations

from ..meaning.judgement import Verdict, counts
from ..reading.reports import Reports
from ..records import Topic
from . import wording
from .prose import tally
from .views import Card, Cards, Cell, Prose


def summary(reports: Reports) -> Prose:
    """Say in one sentence what all years came to."""
    rows = [seen for year in reports.years for seen in reports.levels(year)]
    if not rows:
        return Prose(((Cell("The documents here give no service levels."),),), lead=True)
    span = " to ".join(dict.fromkeys(wording.year(year) for year in (reports.years[0], reports.years[-1])))
    return Prose(((Cell(f"From {span}, {tally(rows)}."),),), lead=True)


def _kinds(reports: Reports) -> str:
    """Say how many discrepancies are contradictions, and that the others are of other kinds."""
    many = sum(found.kind == "contradiction" for found in reports.discrepancies)
    return f"notes on what documents say, of which {wording.count(many, 'contradiction')}"


def cards(reports: Reports) -> Cards:
    """Show what a reader looks for first: what was missed, met, promised, and where documents disagree."""
    rows = [seen for year in reports.years for seen in reports.levels(year)]
    count = counts(rows)
    known = [promise for promise in reports.commitments if promise.outcome_source]
    topics = {topic: sum(1 for measure in reports.measures.values() if measure.topic is topic) for topic in Topic}
    return Cards(
        (
            Card("Missed", str(count[Verdict.MISSED]), "service levels by year", "actions/", "missed"),
            Card("Met", str(count[Verdict.MET]), "service levels by year", "years/", "met"),
            Card(
                "Promises",
                str(len(reports.commitments)),
                f"of which a later document says what became of {len(known)}",
                "commitments/",
            ),
            Card("Discrepancies", str(len(reports.discrepancies)), _kinds(reports), "discrepancies/"),
            Card(
                "Measures",
                str(len(reports.measures)),
                f"{topics[Topic.SERVICE_LEVEL]} with targets, {topics[Topic.ACTIVITY]} of activity, "
                f"{topics[Topic.STAFFING]} of staffing",
                "measures/",
            ),
            Card("Sums of money", str(len(reports.savings)), "savings, costs, investment, added value", "savings/"),
        )
    )
