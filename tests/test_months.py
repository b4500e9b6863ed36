"""The monthly report: what a committee is owed by the duty to report every month."""

from __future__ import annotations

import pytest

from macros.reading.reports import Reports
from macros.records import Period
from macros.showing import entries, lists, months
from macros.showing.views import Entry, ListView, Prose, View

from .sites import Built

OCTOBER = Period.parse("2011-M10")


def _says(view: View) -> str:
    if isinstance(view, Prose):
        return " ".join("".join(cell.text for cell in paragraph) for paragraph in view.paragraphs)
    if isinstance(view, ListView):
        return " ".join("".join(cell.text for cell in item) for item in view.items)
    msg = "neither prose nor a list"
    raise AssertionError(msg)


def test_months_with_service_levels(example: Reports) -> None:
    """There is a report for each of the six months of ICT table 3.1, and for no other."""
    assert [month.code for month in example.months] == [
        "2011-M10", "2011-M11", "2011-M12", "2012-M01", "2012-M02", "2012-M03",
    ]  # fmt: skip


def test_october_2011_says_what_was_not_measured(example: Reports) -> None:
    """In October 2011 four of five levels were met; the fifth, which was not measured, is listed as not met."""
    assert _says(months.summary(example, OCTOBER)) == (
        "In October 2011, 4 of 5 service levels were met and 1 had no figure. "
        "This report is compiled from: One Connect Limited Annual Review 2011-12."
    )
    assert _says(months.misses(example, OCTOBER)) == (
        "ICT advice and guidance, given on time. No figure in October 2011: not measured; the target was 95%."
    )


def test_every_level_of_march_2012_was_met(example: Reports) -> None:
    """Where everything was met the report says so, and that no corrective action was due."""
    march = Period.parse("2012-M03")
    assert _says(months.misses(example, march)) == "Every service level was met."
    actions = months.actions(example, march)
    assert isinstance(actions, Prose)
    assert _says(actions) == "No service level was missed, so no corrective action was due."


def _contents(duty: Entry) -> list[str]:
    return [fact.cells[0].text for fact in duty.facts if fact.term == "Must contain"]


def test_what_the_report_must_contain_and_how_it_changed(example: Reports) -> None:
    """The four contents of 2011/12 come first, then those of 2013/14, which drop failures and action."""
    views = months.contents(example, OCTOBER)
    duties = [view for view in views if isinstance(view, Entry)]
    first = _contents(duties[0])
    last = " ".join(_contents(duties[-1]))
    assert len(first) == 4
    assert first[2] == "A report on any Services that have failed to achieve the agreed Service Level"
    assert "corrective action timetable" in first[3]
    assert "failed" not in last
    assert "corrective" not in last
    assert any(isinstance(view, Prose) and "The duty changed" in _says(view) for view in views)


@pytest.mark.parametrize("code", ["2011-m10", "2011-m11", "2011-m12", "2012-m01", "2012-m02", "2012-m03"])
def test_each_report_is_a_page(example_site: Built, code: str) -> None:
    """Each month has a page with every part the duty asks for."""
    page = example_site.page(f"reports/{code}/")
    assert [heading.get_text() for heading in page.select("main h2")] == [
        "The services",
        "Contractual service levels",
        "Other service levels",
        "Service levels not shown to be met",
        "Corrective and preventative action",
        "What this report must contain",
    ]
    assert len(page.select("table tbody tr")) >= 5


def test_age_of_a_miss(example: Reports) -> None:
    """A miss of 2013/14 is four years older than the newest figures, which are for 2017/18."""
    (seen,) = [row for row in example.series("council-tax-collected") if row.year == "2013-14"]
    assert entries.age(seen, example) == "4 years before the newest figures, which are for 2017/18."


def test_the_target_before(example: Reports) -> None:
    """A target that moved is shown with what the result would have been against the one before."""
    said = _says(lists.targets(example, "council-tax-collected"))
    assert "Against the target before, 98.06%, it would also have been missed." in said
    arrears = _says(lists.targets(example, "council-tax-arrears-collected"))
    assert "Against the target before, 24.46%, it would also have been missed." in arrears


def test_a_claim_stands_beside_what_the_figures_show(example: Reports) -> None:
    """Beside the claim that every category met its target in every month stands what the months show."""
    (claim,) = [found for found in example.discrepancies if found.id == "ict-all-categories-all-months"]
    facts = {fact.term: fact.cells[0].text for fact in entries.discrepancy(claim, example).facts}
    assert facts["The figures show"] == "29 of 30 service levels were met and 1 had no figure."


def test_a_claim_about_months_and_years_counts_both(example: Reports) -> None:
    """A claim about the whole contract counts 30 monthly results of ICT and 8 of the year of the other service."""
    (claim,) = [found for found in example.discrepancies if found.id == "maintaining-service-levels"]
    facts = {fact.term: fact.cells[0].text for fact in entries.discrepancy(claim, example).facts}
    assert facts["The figures show"] == "36 of 38 service levels were met, 1 was missed and 1 had no figure."
