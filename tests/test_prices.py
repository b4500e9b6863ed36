"""Sums in the prices of another year: said only where there is an index for both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.meaning.prices import base, real
from macros.records import Deflator, Figure, Missing, Period

from .builders import a_figure, a_source


def an_index(period: str, index: str) -> Deflator:
    """Return the index of prices of a year."""
    return Deflator(Period.parse(period), Decimal(index), a_source())


INDEX = [an_index("FY2019-20", "50"), an_index("FY2021-22", "80"), an_index("FY2022-23", "100")]


@pytest.mark.parametrize(
    ("result", "period", "expected"),
    [
        pytest.param(a_figure("60000"), "FY2021-22", "75000", id="sixty thousand at 80 is seventy-five at 100"),
        pytest.param(a_figure("60000"), "FY2022-23", "60000", id="a sum of the newest year stays as it is"),
        pytest.param(a_figure("2"), "FY2021-22", "3", id="half a pound is rounded up: 2 at 80 is 2.50 at 100"),
        pytest.param(a_figure("0"), "FY2021-22", "0", id="nothing stays nothing"),
        pytest.param(a_figure("60000"), "FY2020-21", None, id="a year without an index"),
        pytest.param(a_figure("60000"), "2021-M04/2022-M03", None, id="a run of months, even of twelve"),
        pytest.param(a_figure("60000", "~"), "FY2021-22", None, id="a sum that is not exact"),
        pytest.param(Missing.SUPPRESSED, "FY2021-22", None, id="no figure"),
    ],
)
def test_a_sum_is_said_in_the_prices_of_the_newest_year(
    result: Figure | Missing, period: str, expected: str | None
) -> None:
    """Value times newest index, divided by the index of its own year, to the pound."""
    found = real(result, Period.parse(period), INDEX)

    assert found == (None if expected is None else Decimal(expected))


def test_without_an_index_nothing_is_said() -> None:
    """A register without deflators has no newest year, and no sum in its prices."""
    assert base([]) is None
    assert real(a_figure("60000"), Period.parse("FY2021-22"), []) is None


def test_the_largest_sum_at_the_smallest_index_is_still_a_number() -> None:
    """No number that passes the gate makes the build fail: 10^12 at 0.000001 is 10^20 at 100."""
    index = [an_index("FY2021-22", "0.000001"), an_index("FY2022-23", "999999999")]

    assert real(a_figure("1000000000000"), Period.parse("FY2021-22"), [index[0], INDEX[-1]]) == Decimal(10) ** 20
    assert real(a_figure("999999999999999"), Period.parse("FY2021-22"), index) is not None
