"""What is usual from month to month: limits and rules by the published test vector and by series of known behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.variation import Signal, limits, signals, variation
from macros.records import Missing, Observation

from .builders import an_observation

VECTOR = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
"""The series by which implementations of the NHS-R package are compared."""


def _decimals(values: list[int]) -> list[Decimal]:
    return [Decimal(value) for value in values]


def _marks(values: list[int]) -> list[Signal | None]:
    series = _decimals(values)
    return list(signals(series, limits(series)))


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
    assert list(signals(values, found)) == [None, Signal.TWO_OF_THREE, None, Signal.TWO_OF_THREE, None, None]


def test_a_point_beyond_the_limit_is_not_near_it() -> None:
    """A point outside the limits does not count as one of two near a limit."""
    found = limits(_decimals([0, 1, 0, -1, 0, 1, 0, -1]))
    values = [Decimal(text) for text in ("0", "3", "1", "2", "-1", "0")]
    assert list(signals(values, found)) == [None, Signal.OUTSIDE, None, None, None, None]


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


@given(st.integers(0, 1000), st.lists(st.sampled_from([0, 1]), min_size=12, max_size=40))
def test_what_never_moves_is_never_special(level: int, steps: list[int]) -> None:
    """A series of one value is all chance; and moving a whole series up moves its limits and no mark."""
    assert set(_marks([level] * len(steps))) == {None}
    assert _marks([step + level for step in steps]) == _marks(steps)
