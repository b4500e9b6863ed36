"""Which figures may be compared, and what their movement means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.comparison import Comparison, Movement, NotComparable, before, compare, stopping
from macros.records import Break, Direction, Figure, Missing, Observation, ReleaseStatus

from .builders import a_break, a_figure, a_measure, an_observation


def _compared(earlier: Observation, later: Observation, *breaks: Break) -> Comparison:
    """Return a comparison that must be possible."""
    found = compare(earlier, later, breaks)

    assert isinstance(found, Comparison), found
    return found


# Like with like


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("FY2012-13", "FY2013-14", id="a year with the year before"),
        pytest.param("FY2011-12", "FY2013-14", id="a year with an earlier year, the one between unpublished"),
        pytest.param("2013-M10", "2013-M11", id="a month with the month before"),
        pytest.param("2013-M12", "2014-M01", id="January with December of the year before"),
        pytest.param("2013-M02", "2014-M02", id="a month with the same month of the year before"),
        pytest.param("2011-M10/2012-M03", "2012-M10/2013-M03", id="a part-year with the same months of another year"),
        pytest.param("2012-Q3", "2013-Q3", id="a quarter with the same quarter of another year"),
        pytest.param("FY2011-12-Q3", "2012-Q4", id="a quarter, however its code counts quarters"),
        pytest.param("2011-M04/2013-M03", "2013-M04/2015-M03", id="two years with the two years before"),
        pytest.param("2011-M01/2011-M12", "2012-M01/2012-M12", id="a calendar year with a calendar year"),
        pytest.param("D2022-03-31", "D2023-03-31", id="a count on a day with a count on another"),
    ],
)
def test_like_with_like(earlier: str, later: str) -> None:
    """Periods of one kind and length are compared."""
    found = _compared(an_observation("90", period=earlier), an_observation("92.5", period=later))

    assert found.difference == Decimal("2.5")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("2011-M10/2012-M03", "FY2012-13", id="a year with a part-year"),
        pytest.param("FY2011-12", "2012-M10/2013-M03", id="a part-year with a year"),
        pytest.param("2011-M10/2012-M03", "2012-M04/2012-M09", id="a part-year with other months, as many"),
        pytest.param("2011-M10/2012-M02", "2012-M10/2013-M03", id="a part-year with a shorter one"),
        pytest.param("2012-Q3", "2012-Q4", id="a quarter with the quarter before, which is another season"),
        pytest.param("2012-M10", "FY2013-14", id="a year with a month"),
        pytest.param("2012-Q4", "2013-M10", id="a month with a quarter"),
        pytest.param("D2012-03-31", "FY2012-13", id="a year with a day"),
        pytest.param("FY2010-11", "2011-M04/2013-M03", id="two years with one"),
        pytest.param("2011-M10/2012-M03", "2012-Q4", id="a quarter with half a year"),
        pytest.param("2011-M01/2011-M12", "FY2012-13", id="a financial year with a calendar year"),
        pytest.param("D2012-03-31", "2013-M03", id="a month with a day of the same month"),
    ],
)
def test_unlike_periods(earlier: str, later: str) -> None:
    """A figure is never compared with one for a period of another kind or length, or for another part of the year."""
    found = compare(an_observation("90", period=earlier), an_observation("92.5", period=later), [])

    assert found is NotComparable.PERIOD


# Figures that cannot be subtracted


@pytest.mark.parametrize("missing", Missing, ids="the figure is {}".format)
def test_missing_figures(missing: Missing) -> None:
    """A missing figure is compared with nothing, not even as zero."""
    figure, gap = an_observation("0", period="FY2020-21"), an_observation(missing, period="FY2020-21")
    later, later_gap = an_observation("0", period="FY2021-22"), an_observation(missing, period="FY2021-22")

    assert compare(gap, later, []) is NotComparable.NO_FIGURE
    assert compare(figure, later_gap, []) is NotComparable.NO_FIGURE
    assert compare(gap, later_gap, []) is NotComparable.NO_FIGURE


@pytest.mark.parametrize("qualifier", [">", "<", "~", ">=", "<="], ids="a figure marked {}".format)
def test_inexact_figures(qualifier: str) -> None:
    """A figure that is not exact is not subtracted from anything, and nothing from it."""
    exact, inexact = a_figure("80"), a_figure("80", qualifier)
    pairs: list[tuple[Figure, Figure]] = [(exact, inexact), (inexact, exact), (inexact, inexact)]
    for one, other in pairs:
        found = compare(an_observation(one, period="FY2020-21"), an_observation(other, period="FY2021-22"), [])

        assert found is NotComparable.NOT_EXACT


@pytest.mark.parametrize("status", ReleaseStatus, ids="the figure is {}".format)
def test_unsettled_figures_are_compared(status: ReleaseStatus) -> None:
    """A provisional, estimated, revised or forecast figure is compared as a final one is."""
    later = an_observation(a_figure("94.0", status=status), period="FY2021-22")

    assert _compared(an_observation("95.0", period="FY2020-21"), later).difference == Decimal("-1.0")


# Breaks in a series


@pytest.mark.parametrize(
    ("broken", "earlier", "later"),
    [
        pytest.param(a_break("FY2020-21", "FY2021-22"), "FY2020-21", "FY2021-22", id="between the two periods"),
        pytest.param(a_break("FY2019-20", "FY2020-21"), "FY2018-19", "FY2021-22", id="somewhere in a longer stretch"),
        pytest.param(a_break("FY2018-19", "FY2021-22"), "FY2018-19", "FY2021-22", id="across years without a figure"),
        pytest.param(a_break("FY2018-19", "FY2020-21"), "FY2018-19", "FY2021-22", id="before a gap ends"),
        pytest.param(a_break("2021-M05", "2021-M06"), "2021-M05", "2021-M06", id="between two months"),
        pytest.param(a_break("FY2020-21", "FY2021-22"), "2021-M03", "2021-M04", id="between years, met by months"),
        pytest.param(a_break("D2022-03-31", "D2023-03-31"), "D2022-03-31", "D2023-03-31", id="between two days"),
        pytest.param(
            a_break("2020-M10/2021-M03", "FY2021-22"), "2020-M10/2021-M03", "2021-M10/2022-M03", id="after a part-year"
        ),
    ],
)
def test_breaks_that_stop(broken: Break, earlier: str, later: str) -> None:
    """Figures on the two sides of a break that is not comparable are not compared."""
    one, other = an_observation("90", period=earlier), an_observation("92", period=later)

    assert compare(one, other, [broken]) is NotComparable.BREAK
    assert stopping(one, other, [broken]) == (broken,)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(a_break("FY2020-21", "FY2021-22", comparable=True), id="a new name changes nothing"),
        pytest.param(a_break("FY2020-21", "FY2021-22", measure_id="other"), id="it is a break of another measure"),
        pytest.param(a_break("FY2019-20", "FY2020-21"), id="both periods lie after it"),
        pytest.param(a_break("FY2021-22", "FY2022-23"), id="both periods lie before it"),
    ],
)
def test_breaks_that_do_not_stop(broken: Break) -> None:
    """A break stops a comparison only where it is not comparable, of this measure, and between the two periods."""
    one, other = an_observation("90", period="FY2020-21"), an_observation("92", period="FY2021-22")

    assert _compared(one, other, broken).difference == Decimal(2)
    assert stopping(one, other, [broken]) == ()


def test_one_stopping_break_is_enough() -> None:
    """A renaming beside a redefinition does not make it comparable."""
    renamed = a_break("FY2020-21", "FY2021-22", comparable=True, kind="renamed")
    redefined = a_break("FY2020-21", "FY2021-22")
    one, other = an_observation("90", period="FY2020-21"), an_observation("92", period="FY2021-22")

    assert compare(one, other, [renamed, redefined]) is NotComparable.BREAK
    assert stopping(one, other, [renamed, redefined]) == (redefined,)


# What the movement means


@pytest.mark.parametrize(
    ("direction", "earlier", "later", "difference", "movement"),
    [
        pytest.param("higher", "98.06", "95.32", "-2.74", Movement.WORSENED, id="less where higher is better"),
        pytest.param("higher", "95.32", "98.06", "2.74", Movement.IMPROVED, id="more where higher is better"),
        pytest.param("lower", "9.5", "8.77", "-0.73", Movement.IMPROVED, id="less where lower is better"),
        pytest.param("lower", "8.77", "9.5", "0.73", Movement.WORSENED, id="more where lower is better"),
        pytest.param("neither", "1000", "1200", "200", Movement.INCREASED, id="more where neither is better"),
        pytest.param("neither", "1200", "1000", "-200", Movement.DECREASED, id="less where neither is better"),
        pytest.param("higher", "95", "95.0", "0", Movement.UNCHANGED, id="the same where higher is better"),
        pytest.param("lower", "0", "0.00", "0", Movement.UNCHANGED, id="still none where lower is better"),
        pytest.param("neither", "7", "7", "0", Movement.UNCHANGED, id="the same where neither is better"),
        pytest.param("neither", "9.0", "9.1", "0.1", Movement.INCREASED, id="a little more where neither is better"),
        pytest.param("neither", "9.1", "9.0", "-0.1", Movement.DECREASED, id="a little less where neither is better"),
        pytest.param("lower", "9.0", "9.1", "0.1", Movement.WORSENED, id="a little more where lower is better"),
        pytest.param("higher", "0", "1", "1", Movement.IMPROVED, id="up from zero"),
        pytest.param("lower", "12", "0", "-12", Movement.IMPROVED, id="down to zero"),
        pytest.param("higher", "-5", "-7", "-2", Movement.WORSENED, id="a deeper loss"),
        pytest.param("lower", "-5", "-7", "-2", Movement.IMPROVED, id="a deeper fall where lower is better"),
        pytest.param("higher", "-1", "1", "2", Movement.IMPROVED, id="from loss to gain"),
    ],
)
def test_movement(direction: str, earlier: str, later: str, difference: str, movement: Movement) -> None:
    """A figure improves or worsens only where one way is better; otherwise it increases or decreases."""
    measure = a_measure(direction=Direction(direction), decimals=2)
    one = an_observation(earlier, period="FY2020-21", measure=measure)
    other = an_observation(later, period="FY2021-22", measure=measure)

    assert compare(one, other, []) == Comparison(one, other, Decimal(difference), movement)


@given(
    one=st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    other=st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    direction=st.sampled_from(Direction),
)
def test_movement_there_and_back(one: Decimal, other: Decimal, direction: Direction) -> None:
    """What improves one way round worsens the other, by as much; the difference leads from the earlier to the later."""
    measure = a_measure(direction=direction, decimals=2)
    there = _compared(
        an_observation(str(one), period="FY2020-21", measure=measure),
        an_observation(str(other), period="FY2021-22", measure=measure),
    )
    back = _compared(
        an_observation(str(other), period="FY2020-21", measure=measure),
        an_observation(str(one), period="FY2021-22", measure=measure),
    )
    opposite = {
        Movement.IMPROVED: Movement.WORSENED,
        Movement.WORSENED: Movement.IMPROVED,
        Movement.INCREASED: Movement.DECREASED,
        Movement.DECREASED: Movement.INCREASED,
        Movement.UNCHANGED: Movement.UNCHANGED,
    }

    assert one + there.difference == other
    assert back.difference == -there.difference
    assert back.movement is opposite[there.movement]
    assert (there.movement in {Movement.IMPROVED, Movement.WORSENED}) == (
        direction is not Direction.NEITHER and one != other
    )


# The row before


def _series(*periods: str, gaps: tuple[str, ...] = ()) -> list[Observation]:
    """Return a series with a figure in each period, and none in the gaps."""
    rows = [an_observation("90", period=code) for code in periods]
    rows += [an_observation(Missing.NOT_PUBLISHED, period=code) for code in gaps]
    return sorted(rows, key=lambda seen: seen.period)


@pytest.mark.parametrize(
    ("series", "period", "found"),
    [
        pytest.param(_series("FY2019-20", "FY2020-21", "FY2021-22"), "FY2021-22", "FY2020-21", id="the year before"),
        pytest.param(_series("FY2019-20", "FY2020-21", "FY2021-22"), "FY2019-20", "", id="nothing before the first"),
        pytest.param(_series("FY2020-21", "FY2021-22", "FY2022-23"), "FY2021-22", "FY2020-21", id="never a later one"),
        pytest.param(_series("FY2018-19", "FY2021-22"), "FY2021-22", "FY2018-19", id="the nearest there is"),
        pytest.param(
            _series("FY2019-20", "FY2021-22", gaps=("FY2020-21",)), "FY2021-22", "FY2019-20", id="a gap is passed over"
        ),
        pytest.param(_series("FY2021-22", gaps=("FY2020-21",)), "FY2021-22", "", id="a gap alone is nothing"),
        pytest.param(
            _series("2011-M10/2012-M03", "FY2012-13"),
            "FY2012-13",
            "2011-M10/2012-M03",
            id="a part-year is found, to be refused aloud",
        ),
        pytest.param(
            _series("FY2011-12", "2011-M10/2012-M03", "FY2012-13"),
            "FY2012-13",
            "FY2011-12",
            id="a year rather than a part of the same year",
        ),
        pytest.param(
            _series("FY2011-12", "FY2011-12-Q4", "FY2012-13"),
            "FY2012-13",
            "FY2011-12",
            id="a year rather than its last quarter",
        ),
        pytest.param(_series("2021-M04", "2021-M05", "2021-M06"), "2021-M06", "2021-M05", id="the month before"),
        pytest.param(
            _series("FY2020-21", "2021-M03", "2021-M04", "FY2021-22"), "2021-M04", "2021-M03", id="months for a month"
        ),
        pytest.param(
            _series("FY2020-21", "2021-M03", "FY2021-22"), "FY2021-22", "FY2020-21", id="a year passes over months"
        ),
        pytest.param(_series("FY2020-21", "2021-M04"), "2021-M04", "", id="a month never looks back to a year"),
        pytest.param(
            _series("D2021-03-31", "FY2021-22", "D2022-03-31"), "D2022-03-31", "D2021-03-31", id="a day for a day"
        ),
        pytest.param(
            _series("2011-M10/2013-M03", "2011-M10/2014-M03"),
            "2011-M10/2014-M03",
            "",
            id="a running total is not before the one that contains it",
        ),
    ],
)
def test_before(series: list[Observation], period: str, found: str) -> None:
    """The row before is the nearest earlier one with a figure, and of those that end together the one that is alike."""
    seen = next(row for row in series if row.period.code == period)
    earlier = before(seen, series)

    assert (earlier.period.code if earlier else "") == found
    assert before(seen, reversed(series)) is earlier, "the order of the rows does not matter"
