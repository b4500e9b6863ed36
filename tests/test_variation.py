"""What is usual from month to month: limits and rules by the published test vector and by series of known behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.variation import Assurance, Limits, Signal, assurance, limits, marks, variation
from macros.records import Direction, Missing, Observation, Target, TargetStatus
from macros.showing import prose

from .builders import a_break, a_figure, a_measure, a_target, an_observation, some_reports

VECTOR = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
"""The series by which implementations of the NHS-R package are compared."""


LIMITS = Limits(Decimal(50), Decimal(40), Decimal(60), Decimal(43), Decimal(57), trial=False)


def _decimals(values: list[int]) -> list[Decimal]:
    return [Decimal(value) for value in values]


def _marks(values: list[int]) -> list[Signal | None]:
    series = _decimals(values)
    return _signals(series, limits(series))


def _signals(series: list[Decimal], found: Limits) -> list[Signal | None]:
    return [mark.signal if mark else None for mark in marks(series, found)]


@pytest.mark.parametrize(
    ("screen", "lower", "upper"),
    [
        pytest.param(True, "-0.72", "4.60", id="outlying moving ranges left out"),
        pytest.param(False, "-3.06", "6.95", id="every moving range counted"),
    ],
)
def test_limits_of_the_published_vector(screen: bool, lower: str, upper: str) -> None:  # noqa: FBT001
    """The mean is 1.94; the limits are as published with and without screening of moving ranges."""
    found = limits(_decimals(VECTOR), screen=screen)
    assert round(found.mean, 2) == Decimal("1.94")
    assert (round(found.lower, 2), round(found.upper, 2)) == (Decimal(lower), Decimal(upper))


@pytest.mark.parametrize(("last", "spread"), [("3267", "433.25"), ("3266", "999.8")])
def test_a_moving_range_of_exactly_the_most_is_left_out(last: str, spread: str) -> None:
    """Four steps of 433.25 and one of 3,267 are 1,000 in the mean, and 3,267 is 3.267 times that; 3,266 is less."""
    found = limits([Decimal(value) for value in ("0", "433.25", "0", "433.25", "0", last)])
    assert round(found.upper - found.mean, 6) == Decimal("2.66") * Decimal(spread)


def test_only_the_fifth_point_of_the_vector_is_special() -> None:
    """In the published vector the ten is outside the usual range, and nothing else is special."""
    assert _marks(VECTOR) == [None] * 4 + [Signal.OUTSIDE] + [None] * 13


def test_seven_on_one_side_are_a_shift() -> None:
    """Seven points in a row above the mean are a shift; the six below before them are not."""
    # The mean is 84 / 13, about 6.46; the fives lie below it, and the sevens and eights above.
    values = [5, 6, 5, 6, 5, 6, 7, 8, 7, 8, 7, 8, 7]
    assert _marks(values)[:6] == [None] * 6
    assert set(_marks(values)[6:]) == {Signal.SHIFT}


def test_six_on_one_side_are_chance() -> None:
    """Six points in a row on one side of the mean are not enough."""
    values = [5, 6, 5, 6, 5, 6, 7, 8, 7, 8, 7, 8]  # the mean is 6.5: six below, six above
    assert Signal.SHIFT not in _marks(values)


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    """A point exactly on the mean is on neither side, so it breaks the run."""
    values = [10, 10, 10, 12, 8, 12, 8, 10, 10, 10, 10, 10]  # the mean is 10
    assert _marks(values).count(Signal.SHIFT) == 0


def test_seven_rising_are_a_trend() -> None:
    """Seven points in a row that rise are a trend where they lie within the limits."""
    values = [50, 60, 40, 61, 45, 46, 47, 48, 49, 50, 51, 40, 60]
    assert _marks(values)[4:11] == [Signal.TREND] * 7


def test_six_rising_are_chance() -> None:
    """Six points in a row that rise, which are five steps, are not enough."""
    values = [50, 60, 40, 61, 45, 46, 47, 48, 49, 50, 40, 60]
    assert Signal.TREND not in _marks(values)


def test_a_tie_breaks_a_trend() -> None:
    """Where one of the steps is nothing, the run is broken."""
    values = [50, 60, 40, 61, 45, 46, 47, 47, 48, 49, 50, 40, 60]
    assert Signal.TREND not in _marks(values)


def test_two_of_three_near_a_limit() -> None:
    """Two of three points between a near limit and the limit, all three on that side, are marked; the third is not."""
    # Limits are given: the mean is 0, the limits are 2.66 and -2.66 and the near limits two thirds of that, 1.77.
    found = limits(_decimals([0, 1, 0, -1, 0, 1, 0, -1]))
    assert (found.mean, found.upper) == (Decimal(0), Decimal("2.66"))
    values = [Decimal(text) for text in ("0", "2", "1", "2.5", "-1", "0")]
    assert _signals(values, found) == [None, Signal.TWO_OF_THREE, None, Signal.TWO_OF_THREE, None, None]


def test_a_point_beyond_the_limit_is_not_near_it() -> None:
    """A point outside the limits does not count as one of two near a limit."""
    found = limits(_decimals([0, 1, 0, -1, 0, 1, 0, -1]))
    values = [Decimal(text) for text in ("0", "3", "1", "2", "-1", "0")]
    assert _signals(values, found) == [None, Signal.OUTSIDE, None, None, None, None]


@pytest.mark.parametrize(
    ("texts", "above"),
    [
        pytest.param("45 -2 -1 -2.5 1", False, id="below, beside a point that is outside"),
        pytest.param("0 -2 -1 -2.5 1", False, id="below"),
        pytest.param("0 1 2 2.5", True, id="at the end of the series"),
        pytest.param("0 2.66 1 2", True, id="exactly on the limit is within it"),
        pytest.param("0 -2.66 -1 -2", False, id="exactly on the lower limit is within it"),
    ],
)
def test_two_of_three_on_either_side(texts: str, above: bool) -> None:  # noqa: FBT001
    """Two of three are marked on the side they lie on, up to the limit itself and the last point."""
    values, found = [Decimal(text) for text in texts.split()], limits(_decimals([0, 1, 0, -1, 0, 1, 0, -1]))
    marked = [mark.above for mark in marks(values, found) if mark and mark.signal is Signal.TWO_OF_THREE]
    assert marked == [above] * 2


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([50, 58, 49, 59, 50], id="one of the three lies on the other side"),
        pytest.param([50, 58, 50, 59, 50], id="one of the three lies on the mean"),
        pytest.param([50, 57, 55, 59, 50], id="one lies exactly on the upper near limit"),
        pytest.param([50, 43, 45, 41, 50], id="one lies exactly on the lower near limit"),
    ],
)
def test_what_is_not_two_of_three(values: list[int]) -> None:
    """From 43 to 57 is not near a limit, and all three points lie on one side of 50."""
    assert Signal.TWO_OF_THREE not in _signals(_decimals(values), LIMITS)


def _months(count: int, values: Sequence[str | Missing]) -> list[Observation]:
    return [
        an_observation(value, period=f"{2021 + number // 12}-M{number % 12 + 1:02}")
        for number, value in zip(range(count), values, strict=True)
    ]


@pytest.mark.parametrize(("count", "trial"), [(11, True), (12, False)])
def test_fewer_than_twelve_months_give_trial_limits(count: int, trial: bool) -> None:  # noqa: FBT001
    """Limits are trial limits below twelve points."""
    found = variation(_months(count, ["95", "96"] * 5 + ["95"] * (count - 10)))
    assert found is not None
    assert found.limits.trial is trial


def test_yearly_series_have_no_usual_range() -> None:
    """Yearly figures are never given limits, however many there are."""
    years = [an_observation("95", period=f"FY{year}-{(year + 1) % 100:02}") for year in range(2000, 2020)]
    assert variation(years) is None


def test_a_gap_starts_the_series_again() -> None:
    """A month without a figure ends the run of months: only those after it are used."""
    found = variation(_months(8, ["1", "2", "1", Missing.NOT_MEASURED, "5", "6", "5", "6"]))
    assert found is not None
    assert [seen.period.code for seen in found.observations] == ["2021-M05", "2021-M06", "2021-M07", "2021-M08"]


def test_a_month_without_a_row_starts_the_series_again() -> None:
    """May is not there, so only the months from June follow each other."""
    months = _months(8, ["1", "2", "1", "2", "5", "6", "5", "6"])
    found = variation([*months[:4], *months[5:]])
    assert found is not None
    assert found.observations == tuple(months[5:])


def test_a_figure_that_is_not_exact_starts_the_series_again() -> None:
    """Nothing is reckoned with "over 5", nor with what comes before it."""
    months = _months(8, ["1", "2", "1", "2", "5", "6", "5", "6"])
    months[4] = an_observation(a_figure("5", ">"), period="2021-M05")
    found = variation(months)
    assert found is not None
    assert found.observations == tuple(months[5:])


def test_a_quarter_among_months_is_left_out() -> None:
    """A quarter stands after its three months; the months before and after it are one run."""
    months = _months(6, ["1", "2", "1", "2", "1", "2"])
    found = variation([*months[:3], an_observation("4", period="2021-Q1"), *months[3:]])
    assert found is not None
    assert found.observations == tuple(months)


def test_one_outlier_does_not_widen_what_is_usual() -> None:
    """The months of a measure are screened: the published limits without outlying moving ranges are theirs."""
    found = variation(_months(len(VECTOR), [str(value) for value in VECTOR]))
    assert found is not None
    assert (round(found.limits.lower, 2), round(found.limits.upper, 2)) == (Decimal("-0.72"), Decimal("4.60"))


def test_two_months_are_the_fewest() -> None:
    """Two months have one moving range, and one month has none."""
    assert variation(_months(1, ["1"])) is None
    found = variation(_months(2, ["1", "3"]))
    assert found is not None
    assert (found.limits.mean, found.limits.upper) == (Decimal(2), Decimal("7.32"))  # 2 + 2.66 x 2


@given(st.integers(0, 1000), st.lists(st.sampled_from([0, 1]), min_size=12, max_size=40))
def test_what_never_moves_is_never_special(level: int, steps: list[int]) -> None:
    """A series of one value is all chance; and moving a whole series up moves its limits and no mark."""
    assert set(_marks([level] * len(steps))) == {None}
    assert _marks([step + level for step in steps]) == _marks(steps)


def test_a_redefinition_starts_the_series_again() -> None:
    """Months before a change of definition are no guide to those after it."""
    months = _months(8, ["1", "2", "1", "2", "51", "52", "51", "52"])
    found = variation(months, [a_break("2021-M04", "2021-M05")])
    assert found is not None
    assert found.observations == tuple(months[4:])
    comparable = variation(months, [a_break("2021-M04", "2021-M05", comparable=True)])
    assert comparable is not None
    assert len(comparable.observations) == 8


def test_marks_say_which_side() -> None:
    """A falling run is marked as falling, also where it begins right after a rise."""
    series = _decimals([45, 55, 60, 58, 56, 54, 52, 50, 48, 40, 60])
    found = marks(series, limits(series))
    assert [mark.above for mark in found if mark and mark.signal is Signal.TREND] == [False] * 7


@pytest.mark.parametrize(
    ("target", "comparator", "reached"),
    [
        ("61", ">=", Assurance.MISSED),
        ("60", ">=", Assurance.EITHER),
        ("50", ">=", Assurance.EITHER),
        ("39", ">=", Assurance.MET),
        ("40", ">", Assurance.EITHER),
        ("40", "<=", Assurance.EITHER),
        ("61", "<=", Assurance.MET),
        ("39", "<", Assurance.MISSED),
    ],
)
def test_whether_the_usual_range_reaches_the_target(target: str, comparator: str, reached: Assurance) -> None:
    """From 40 to 60 is usual: a target above 60 is never reached, and one below 40 always, where more is better."""
    assert assurance(LIMITS, a_target(target, comparator)) is reached


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(a_target(None, None, status=TargetStatus.SUSPENDED), id="suspended"),
        pytest.param(a_target("39", status=TargetStatus.PROPOSED), id="proposed"),
        pytest.param(a_target(None), id="without a number"),
    ],
)
def test_no_assurance_without_a_target_in_force(target: Target) -> None:
    """A target that is suspended or only proposed is neither met nor missed every month."""
    assert assurance(LIMITS, target) is None


def _says(values: list[str], **changes: Direction) -> list[str]:
    measure = a_measure(**changes)
    rows = [
        an_observation(value, period=f"{2021 + n // 12}-M{n % 12 + 1:02}", measure=measure, target=a_target("70"))
        for n, value in enumerate(values)
    ]
    return [paragraph[0].text for paragraph in prose.month_to_month(measure.id, some_reports(*rows)).paragraphs]


STEADY = ["90.0", "91.0"] * 7
"""The mean is 90.5 and every step is 1, so the usual range is 90.5 minus and plus 2.66."""


def test_a_year_of_months_in_plain_words() -> None:
    """Fourteen steady months have a firm range, rounded to one decimal more than is published, and lie within it."""
    assert _says(STEADY) == [
        "From January 2021 to February 2022 the usual range is 87.84% to 93.16%, around an average of 90.50%.",
        "Every month lies within its usual range: its ups and downs may be no more than chance.",
        "The target then was at least 70%: while nothing changes, it will be met every month.",
    ]


@pytest.mark.parametrize(
    ("direction", "judged"),
    [(Direction.HIGHER, ", which is worse"), (Direction.LOWER, ", which is better"), (Direction.NEITHER, "")],
)
def test_an_unusual_month_is_better_or_worse_by_its_direction(direction: Direction, judged: str) -> None:
    """One month at 85 is unusually low, as the range is 90.13 minus and plus 2.66.

    Whether that is good depends on which way is better.
    """
    said = _says([*STEADY, "85.0"], direction=direction)
    assert said[1] == f"March 2022 is unusually low{judged}."


def test_months_in_a_row_with_one_mark_are_one_sentence() -> None:
    """Seven months that rise are one stretch, and are not listed one by one."""
    rising = ["50.0", "60.0", "40.0", "61.0", "45.0", "46.0", "47.0", "48.0", "49.0", "50.0", "51.0", "40.0", "60.0"]
    assert "May 2021 to November 2021 are part of a run that rises every month, which is better." in _says(rising)


def test_few_months_are_said_to_be_few() -> None:
    """Six months give a first estimate, and say nothing about what will be met."""
    said = _says(["90.0", "91.0"] * 3)
    assert said[0] == "Only 6 months in a row can be used, so this range is a first estimate."
    assert not any("while nothing changes" in sentence for sentence in said)
