"""Counts and comparisons that hold together: on the pages of the example, and over generated series."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.comparison import Comparison, Movement, before, compare, stopping
from macros.meaning.judgement import Verdict, counts, verdict
from macros.reading.reports import Reports
from macros.records import Comparator, Direction, Figure, Missing, Observation, PeriodKind, Qualifier
from macros.showing import prose, wording

from .builders import a_break, a_figure, a_measure, a_target, an_observation, some_reports
from .sites import Built


def _counted(text: str) -> tuple[int, int, int]:
    """Return met, all and missed of the first sentence that counts service levels."""
    found = re.search(r"(\d+) of (\d+) service levels? (?:was|were) met(?:(?:,| and) (\d+) (?:was|were) missed)?", text)
    assert found is not None, text
    return int(found[1]), int(found[2]), int(found[3] or 0)


def test_home_and_years_count_the_same_rows(example_site: Built, example: Reports) -> None:
    """The counts on the home page are the sums of those on the year pages, which are the counts of the rows."""
    whole = Counter[str]()
    for year in example.years:
        rows = counts(example.levels(year))
        if rows.total():
            met, total, missed = _counted(example_site.text(f"years/{year}/"))
            assert (met, total, missed) == (rows[Verdict.MET], rows.total(), rows[Verdict.MISSED]), year
            whole += Counter(met=met, total=total, missed=missed)
    assert _counted(example_site.text("")) == (whole["met"], whole["total"], whole["missed"])


def test_services_count_what_home_counts(example_site: Built, example: Reports) -> None:
    """The counts by year on the service pages add up to those on the home page."""
    whole = Counter[str]()
    for service in example.services:
        text = example_site.text(f"services/{service}/")
        if "By year, " in text:
            met, total, missed = _counted(text[text.index("By year, ") :])
            whole += Counter(met=met, total=total, missed=missed)
    assert _counted(example_site.text("")) == (whole["met"], whole["total"], whole["missed"])


def test_councils_count_what_home_counts(example_site: Built, example: Reports) -> None:
    """The counts on the council pages, in the sentence and in the table, add up to those on the home page."""
    whole = Counter[str]()
    for council in example.councils:
        page = example_site.page(f"councils/{council.id}/")
        if page.select_one("table") is None:
            continue
        met, total, missed = _counted(example_site.text(f"councils/{council.id}/"))
        rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
        table = [sum(int(row[column]) for row in rows) for column in (1, 2, 3)]
        assert table == [total, met, missed], council.id
        whole += Counter(met=met, total=total, missed=missed)
    assert _counted(example_site.text("")) == (whole["met"], whole["total"], whole["missed"])


def test_the_list_of_misses_is_complete(example_site: Built, example: Reports) -> None:
    """The page of missed service levels has an entry for each, and for nothing else."""
    shown = [entry["id"] for entry in example_site.page("actions/").select("div.entry")]
    missed = [seen for seen in example.observations if seen.target and verdict(seen) is Verdict.MISSED]
    assert len(shown) == len(missed) == 4


VALUES = st.decimals(min_value=0, max_value=100, places=1)
RESULTS = st.one_of(
    st.builds(a_figure, VALUES.map(str), qualifier=st.sampled_from(Qualifier)),
    st.sampled_from(Missing),
)
PERIODS = st.sampled_from(
    [
        "FY2018-19",
        "FY2019-20",
        "FY2020-21",
        "FY2021-22",
        "2019-M04/2019-M09",
        "2020-M04/2020-M09",
        "2021-M10",
        "2021-M11",
    ]
)


@given(
    rows=st.dictionaries(PERIODS, st.tuples(RESULTS, VALUES, st.sampled_from(Comparator)), min_size=1),
    direction=st.sampled_from(Direction),
    broken=st.booleans(),
)
def test_every_rule_holds_at_once(
    rows: dict[str, tuple[Figure | Missing, Decimal, Comparator]],
    direction: Direction,
    broken: bool,  # noqa: FBT001
) -> None:
    """Over any series: verdicts are counted once; a movement is only said of exact, alike, unbroken figures.

    A movement has the sign of the difference and the word of the direction, and the sentence says neither more nor
    less than the verdict and the movement.
    """
    measure = a_measure(direction=direction)
    series = [
        an_observation(result, period=code, target=a_target(str(target), comparator), measure=measure)
        for code, (result, target, comparator) in rows.items()
    ]
    breaks = (a_break("FY2019-20", "FY2020-21"),) if broken else ()
    reports = some_reports(*series, breaks=breaks)
    assert counts(reports.observations).total() == len(series)
    for seen in reports.observations:
        _check(seen, reports)


def _check(seen: Observation, reports: Reports) -> None:
    sentence = prose.sentence(seen, reports.observations, reports)
    found_verdict = verdict(seen)
    # What is not due yet has no figure yet; its sentence says both.
    opening = Verdict.NO_FIGURE if found_verdict is Verdict.NOT_YET_DUE else found_verdict
    assert sentence.startswith(wording.verdict(opening))
    earlier = before(seen, reports.observations)
    said = re.search(r" (higher|lower) than ", sentence)
    if earlier is None or not isinstance(seen.result, Figure):
        assert said is None
        return
    assert isinstance(earlier.result, Figure)
    found = compare(earlier, seen, reports.breaks)
    if not isinstance(found, Comparison):
        assert said is None
        return
    assert seen.result.qualifier is earlier.result.qualifier is Qualifier.EXACT
    assert seen.period.months == earlier.period.months
    assert not stopping(earlier, seen, reports.breaks)
    assert found.difference == seen.result.value - earlier.result.value
    assert (said[1] if said else "same") == (
        "higher" if found.difference > 0 else "lower" if found.difference < 0 else "same"
    )
    better = {Direction.HIGHER: found.difference > 0, Direction.LOWER: found.difference < 0}
    if found.difference and seen.measure.direction is not Direction.NEITHER:
        assert (found.movement is Movement.IMPROVED) == better[seen.measure.direction]
    else:
        assert found.movement in (Movement.UNCHANGED, Movement.INCREASED, Movement.DECREASED)
    if seen.period.kind is PeriodKind.RUN:
        assert seen.period.start.month == earlier.period.start.month
