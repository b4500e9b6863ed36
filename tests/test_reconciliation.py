"""Published totals, rates and changes against their parts. Every recomputed number here was worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.reconciliation import Reconciliation, totals, unexplained
from macros.reading.reports import Reports
from macros.records import Figure, Missing, Observation, Saving, TargetStatus, Unit

from .builders import (
    Council,
    a_discrepancy,
    a_figure,
    a_measure,
    a_saving,
    a_target,
    an_observation,
    some_reports,
)

Value = str | Figure | Missing


def _only(reports: Reports) -> Reconciliation:
    """Return the one number that is recomputed."""
    found = totals(reports)

    assert len(found) == 1, found
    return found[0]


def _row(row: Saving | Observation) -> str:
    return row.id if isinstance(row, Saving) else row.measure.id


# Money


def _money(total: Value, *parts: Value, **changes: object) -> Reports:
    """Return reports of a printed total of money over parts of the same year."""
    rows = [a_saving(f"part-{number}", value) for number, value in enumerate(parts, start=1)]
    whole = a_saving("whole", total, parts=tuple(row.id for row in rows))
    return some_reports(savings=(*rows, whole), **changes)


@pytest.mark.parametrize(
    ("printed", "parts", "recomputed", "difference"),
    [
        pytest.param("100000", ("60000", "40000"), "100000", "0", id="a total that adds up"),
        pytest.param("530000", ("199000", "332000"), "531000", "-1000", id="a total printed £1,000 too low"),
        pytest.param("250000", ("120000", "125000"), "245000", "5000", id="a total printed £5,000 too high"),
        pytest.param("0.30", ("0.10", "0.20"), "0.30", "0", id="pence add up exactly"),
        pytest.param("60000", ("60000",), "60000", "0", id="a total of one part"),
        pytest.param("50000", ("60000", "-10000"), "50000", "0", id="a loss is taken off"),
        pytest.param("60000", ("60000", "0"), "60000", "0", id="a saving of nothing is a part"),
        pytest.param("0", ("60000", "-60000"), "0", "0", id="a total of nothing"),
        pytest.param("100", ("99.60",), "99.60", "0.40", id="pence are not rounded away"),
    ],
)
def test_total_of_money(printed: str, parts: tuple[str, ...], recomputed: str, difference: str) -> None:
    """A printed total of money is added up again, to the penny."""
    found = _only(_money(printed, *parts))

    assert (found.how, found.printed, found.recomputed) == ("sum", Decimal(printed), Decimal(recomputed))
    assert found.difference == Decimal(difference)
    assert [_row(part) for part in found.parts] == [f"part-{number}" for number in range(1, len(parts) + 1)]


def test_parts_that_do_not_apply_add_nothing() -> None:
    """A part that does not apply to a period is left out of its sum."""
    found = _only(_money("60000", "60000", Missing.NOT_APPLICABLE))

    assert (found.recomputed, found.difference) == (Decimal(60000), Decimal(0))


@pytest.mark.parametrize(
    "part",
    [
        *(
            pytest.param(reason, id=f"a part {reason}")
            for reason in (Missing.NOT_MEASURED, Missing.NOT_PUBLISHED, Missing.NOT_YET_DUE, Missing.SUPPRESSED)
        ),
        pytest.param(a_figure("40000", "~"), id="a part of about £40,000"),
        pytest.param(a_figure("40000", ">"), id="a part of more than £40,000"),
        pytest.param(a_figure("40000", "<"), id="a part of less than £40,000"),
    ],
)
def test_unknown_parts_leave_a_total_alone(part: Figure | Missing) -> None:
    """A total with a part that is missing or not exact is not recomputed, and is no problem."""
    reports = _money("100000", "60000", part)

    assert totals(reports) == ()
    assert list(unexplained(reports)) == []


@pytest.mark.parametrize("reason", Missing, ids="the total is {}".format)
def test_missing_totals_are_not_recomputed(reason: Missing) -> None:
    """A total that was not printed is not made up."""
    assert totals(_money(reason, "60000", "40000")) == ()


@pytest.mark.parametrize("qualifier", [">", "<", "~", ">=", "<="], ids="a total marked {}".format)
def test_inexact_totals_are_not_recomputed(qualifier: str) -> None:
    """A total of "about £100,000" does not contradict parts that come to £99,500."""
    reports = _money(a_figure("100000", qualifier), "60000", "39500")

    assert totals(reports) == ()
    assert list(unexplained(reports)) == []


def test_money_without_parts_is_no_total() -> None:
    """A sum that claims no parts is not recomputed."""
    assert totals(some_reports(savings=(a_saving(),))) == ()


def test_total_over_years() -> None:
    """A running total sums rows of several years, wherever they stand."""
    first = a_saving("first", "100", period="FY2020-21")
    whole = a_saving("whole", "350", period="2020-M04/2022-M03", parts=("first", "second"))
    second = a_saving("second", "250")
    found = _only(some_reports(savings=(first, whole, second)))

    assert (found.published, found.parts, found.difference) == (whole, (first, second), Decimal(0))


def test_a_part_whose_identifier_stands_twice_is_its_first_row() -> None:
    """The second use is reported on its own, and does not spoil a total that is right."""
    part, again = a_saving("part", "60000"), a_saving("part", "1")
    whole = a_saving("whole", "60000", parts=("part",))
    found = _only(some_reports(savings=(part, again, whole)))

    assert (found.parts, found.difference) == ((part,), Decimal(0))


# Counts: a measure that sums other measures


def _counts(whole: Value, *parts: Value) -> Reports:
    """Return reports of a measure that sums others, for one year."""
    ids = tuple(f"part-{number}" for number in range(1, len(parts) + 1))
    rows = [
        an_observation(value, measure=a_measure(name, unit=Unit.NUMBER, decimals=0))
        for name, value in zip(ids, parts, strict=True)
    ]
    total = a_measure("whole", unit=Unit.NUMBER, decimals=0, parts=ids)
    return some_reports(an_observation(whole, measure=total), *rows)


@pytest.mark.parametrize(
    ("printed", "parts", "recomputed"),
    [
        pytest.param("30000", ("21000", "9000"), "30000", id="a count that adds up"),
        pytest.param("2805", ("0", "1000", "1806"), "2806", id="a count printed one too low"),
        pytest.param("12", ("12", Missing.NOT_APPLICABLE), "12", id="a part that does not apply adds nothing"),
    ],
)
def test_sum_of_measures(printed: str, parts: tuple[Value, ...], recomputed: str) -> None:
    """A measure that is the sum of others is added up again in each period."""
    found = _only(_counts(printed, *parts))

    assert (found.how, found.printed, found.recomputed) == ("sum", Decimal(printed), Decimal(recomputed))


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        pytest.param("30000", ("21000", Missing.NOT_PUBLISHED), id="a part is missing"),
        pytest.param("30000", ("21000", a_figure("9000", "~")), id="a part is not exact"),
        pytest.param(a_figure("30000", "~"), ("21000", "9000"), id="the whole is not exact"),
        pytest.param(Missing.NOT_PUBLISHED, ("21000", "9000"), id="the whole is missing"),
    ],
)
def test_sums_that_cannot_be_checked(whole: Value, parts: tuple[Value, ...]) -> None:
    """A sum is recomputed only where the whole and every part are exact figures."""
    assert totals(_counts(whole, *parts)) == ()


def test_parts_of_another_period_are_not_added() -> None:
    """A year's total is never made of another year's parts."""
    part = a_measure("part")
    whole = an_observation("10", measure=a_measure("whole", parts=("part",)))

    assert totals(some_reports(whole, an_observation("10", measure=part, period="FY2020-21"))) == ()


def test_a_proposed_target_beside_a_part_hides_no_wrong_total() -> None:
    """A row that only carries next year's target is no second figure of the part."""
    reports = _counts("31", "20", "10")
    proposed = an_observation(
        Missing.NOT_YET_DUE,
        measure=reports.measures["part-1"],
        target=a_target("25", status=TargetStatus.PROPOSED),
    )
    found = _only(replace(reports, observations=(*reports.observations, proposed)))

    assert (found.recomputed, found.difference) == (Decimal(30), Decimal(1))


# Rates


def _rate(printed: Value, numerator: Value, denominator: Value, unit: Unit = Unit.PER_CENT) -> Reports:
    """Return reports of a rate and the two counts it is made of."""
    rate = a_measure("rate", unit=unit, decimals=2, numerator_id="answered", denominator_id="offered")
    return some_reports(
        an_observation(printed, measure=rate),
        an_observation(numerator, measure=a_measure("answered", unit=Unit.NUMBER)),
        an_observation(denominator, measure=a_measure("offered", unit=Unit.NUMBER)),
    )


@pytest.mark.parametrize(
    ("printed", "numerator", "denominator", "recomputed"),
    [
        pytest.param("90.0", "900", "1000", "90.0", id="900 of 1,000 is 90.0%"),
        pytest.param("67", "2", "3", "67", id="two thirds printed without decimals is 67%"),
        pytest.param("66.7", "2", "3", "66.7", id="two thirds printed with one decimal is 66.7%"),
        pytest.param("66.67", "2", "3", "66.67", id="two thirds printed with two decimals is 66.67%"),
        pytest.param("66", "2", "3", "67", id="two thirds is not cut off to 66%"),
        pytest.param("13", "1", "8", "13", id="12.5% is rounded up"),
        pytest.param("12.5", "1", "8", "12.5", id="12.5% is printed whole"),
        pytest.param("15", "29", "200", "15", id="14.5% is rounded up, not to the even number"),
        pytest.param("0", "0", "1000", "0", id="none of 1,000 is 0%"),
        pytest.param("0.0", "1", "3000", "0.0", id="one of 3,000 rounds to 0.0%"),
        pytest.param("100", "5", "5", "100", id="all is 100%"),
        pytest.param("150", "3", "2", "150", id="more than all is more than 100%"),
        pytest.param("-50", "-1", "2", "-50", id="a loss is a negative rate"),
        pytest.param("-13", "-1", "8", "-13", id="a tie below zero is rounded away from zero"),
    ],
)
def test_rate(printed: str, numerator: str, denominator: str, recomputed: str) -> None:
    """A rate is divided again and rounded half up to the decimals it is printed with."""
    found = _only(_rate(printed, numerator, denominator))

    assert (found.how, found.printed, str(found.recomputed)) == ("rate", Decimal(printed), recomputed)
    assert [_row(part) for part in found.parts] == ["answered", "offered"]


@pytest.mark.parametrize(
    ("unit", "printed", "numerator", "denominator"),
    [
        pytest.param(Unit.DAYS, "6.17", "1234", "200", id="1,234 days off among 200 staff are 6.17 days each"),
        pytest.param(Unit.POUNDS, "12.50", "100000", "8000", id="£100,000 for 8,000 households is £12.50 each"),
        pytest.param(Unit.NUMBER, "0.3", "1", "4", id="one in four is 0.3, rounded up from 0.25"),
    ],
)
def test_a_rate_in_another_unit_is_not_of_a_hundred(unit: Unit, printed: str, numerator: str, denominator: str) -> None:
    """Only a rate in per cent is multiplied by 100; days, pounds or cases for each of something are not."""
    found = _only(_rate(printed, numerator, denominator, unit))

    assert str(found.recomputed) == printed


@pytest.mark.parametrize(
    ("printed", "numerator", "denominator"),
    [
        pytest.param("100", "0", "0", id="nothing of nothing is no rate"),
        pytest.param("100", "7", "0", id="nothing is divided by zero"),
        pytest.param("90", Missing.NOT_PUBLISHED, "1000", id="the upper count is missing"),
        pytest.param("90", "900", Missing.NOT_PUBLISHED, id="the lower count is missing"),
        pytest.param("90", Missing.NOT_APPLICABLE, "1000", id="what does not apply is not zero of something"),
        pytest.param("90", a_figure("900", "~"), "1001", id="the upper count is not exact"),
        pytest.param("90", "900", a_figure("1001", ">"), id="the lower count is not exact"),
        pytest.param(a_figure("90", "~"), "900", "1000", id="the rate is not exact"),
        pytest.param(Missing.NOT_PUBLISHED, "900", "1000", id="the rate is missing"),
    ],
)
def test_rates_that_cannot_be_checked(printed: Value, numerator: Value, denominator: Value) -> None:
    """A rate is recomputed only where it and both counts are exact figures and the lower one is not zero."""
    reports = _rate(printed, numerator, denominator)

    assert totals(reports) == ()
    assert list(unexplained(reports)) == []


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6), decimals=st.integers(0, 2))
def test_rounding_is_never_further_than_half(part: int, whole: int, decimals: int) -> None:
    """A recomputed rate lies within half of the last printed decimal of the true one, and has as many decimals."""
    step = Decimal(1).scaleb(-decimals)
    found = _only(_rate(str(Decimal(0).quantize(step)), str(part), str(whole)))

    assert abs(found.recomputed * whole - Decimal(part) * 100) * 2 <= step * whole
    assert found.recomputed.as_tuple().exponent == -decimals


# Changes on the year before


def _change(printed: Value, before: Value, now: Value, period: str, year_before: str) -> Reports:
    """Return reports of a count in two periods and of the printed change between them."""
    count = a_measure("count", unit=Unit.NUMBER, decimals=0)
    change = a_measure("change", change_of="count")
    return some_reports(
        an_observation(before, measure=count, period=year_before),
        an_observation(now, measure=count, period=period),
        an_observation(printed, measure=change, period=period),
    )


@pytest.mark.parametrize(
    ("printed", "before", "now", "recomputed"),
    [
        pytest.param("20", "25000", "30000", "20", id="25,000 to 30,000 is a rise of 20%"),
        pytest.param("-40.3", "2805", "1674", "-40.3", id="2,805 to 1,674 is a fall of 40.3%"),
        pytest.param("-40", "2805", "1674", "-40", id="the same fall without decimals is 40%"),
        pytest.param("0", "500", "500", "0", id="no change is 0%"),
        pytest.param("-100", "5", "0", "-100", id="a fall to nothing is 100%"),
        pytest.param("100", "5", "10", "100", id="twice as many is a rise of 100%"),
        pytest.param("-13", "8", "7", "-13", id="a fall of 12.5% is rounded away from zero"),
    ],
)
def test_change(printed: str, before: str, now: str, recomputed: str) -> None:
    """A change is worked out again from the two years, to the decimals it is printed with."""
    found = _only(_change(printed, before, now, "FY2021-22", "FY2020-21"))

    assert (found.how, str(found.recomputed)) == ("change", recomputed)
    assert [part.period.code for part in found.parts] == ["FY2021-22", "FY2020-21"]


@pytest.mark.parametrize(
    ("period", "year_before", "how_many"),
    [
        pytest.param("2021-M10", "2020-M10", 1, id="a month on the same month of the year before"),
        pytest.param("2021-M10/2022-M03", "2020-M10/2021-M03", 1, id="a part-year on the same months"),
        pytest.param("2021-Q3", "2020-Q3", 1, id="a quarter on the same quarter"),
        pytest.param("2021-M10", "2021-M09", 0, id="not a month on the month before"),
        pytest.param("FY2021-22", "FY2019-20", 0, id="not a year on the year but one before"),
        pytest.param("FY2021-22", "2020-M04/2020-M09", 0, id="not a year on half a year"),
        pytest.param("FY2021-22", "2020-M04", 0, id="not a year on its first month"),
        pytest.param("2021-M04", "D2020-04-01", 0, id="not a month on its first day"),
        pytest.param("2021-M04/2021-M09", "2020-M04/2020-M06", 0, id="not half a year on fewer of its months"),
    ],
)
def test_change_is_on_the_year_before(period: str, year_before: str, how_many: int) -> None:
    """A change is always on the same stretch of the year before."""
    assert len(totals(_change("20", "100", "120", period, year_before))) == how_many


@pytest.mark.parametrize(
    ("printed", "before", "now"),
    [
        pytest.param("20", "0", "5", id="nothing can be said of a rise from zero"),
        pytest.param("20", Missing.NOT_PUBLISHED, "5", id="the year before is missing"),
        pytest.param("20", "5", Missing.NOT_PUBLISHED, id="the year itself is missing"),
        pytest.param("20", a_figure("5", "~"), "7", id="the year before is not exact"),
        pytest.param("20", "5", a_figure("7", ">"), id="the year itself is not exact"),
        pytest.param(a_figure("20", "~"), "5", "7", id="the change is not exact"),
    ],
)
def test_changes_that_cannot_be_checked(printed: Value, before: Value, now: Value) -> None:
    """A change is recomputed only where it and both years are exact figures and the earlier one is not zero."""
    assert totals(_change(printed, before, now, "FY2021-22", "FY2020-21")) == ()


# What explains a difference


@pytest.mark.parametrize(
    ("touches", "recomputed", "explains"),
    [
        pytest.param(("whole",), "531000", True, id="it touches the total and gives the recomputed number"),
        pytest.param(("part-1", "whole"), "531000.00", True, id="it touches other rows too, and writes the pence"),
        pytest.param(("whole",), "532000", False, id="it gives another number"),
        pytest.param(("whole",), "531001", False, id="it gives a number one pound off"),
        pytest.param(("whole",), "530000", False, id="it gives the printed number"),
        pytest.param(("part-1", "part-2"), "531000", False, id="it touches the parts only"),
    ],
)
def test_what_explains_a_difference(touches: tuple[str, ...], recomputed: str, explains: bool) -> None:  # noqa: FBT001
    """A discrepancy explains a difference only with the total it touches and exactly the recomputed number."""
    known = a_discrepancy(*touches, recomputed=recomputed)
    reports = _money("530000", "199000", "332000", discrepancies=(known,))

    assert (_only(reports).discrepancy is known) is explains


def test_a_discrepancy_without_a_number_explains_nothing() -> None:
    """A row that gives no recomputed number does not excuse a total."""
    silent = a_discrepancy("whole", recomputed="0", unit=None)
    silent = a_discrepancy("whole", recomputed="531000") if silent.recomputed is None else silent

    assert _only(_money("530000", "199000", "332000", discrepancies=(silent,))).discrepancy is None


@pytest.mark.parametrize(
    ("year", "explains"),
    [pytest.param("2021-22", True, id="of the same year"), pytest.param("2020-21", False, id="of another year")],
)
def test_a_measure_is_explained_year_by_year(year: str, explains: bool) -> None:  # noqa: FBT001
    """A measure's discrepancy of one year excuses no other year."""
    reports = _counts("2805", "0", "1000", "1806")
    known = a_discrepancy("whole", recomputed="2806", year=year)
    found = _only(some_reports(*reports.observations, discrepancies=(known,)))

    assert (found.discrepancy is known) is explains


# What an officer reads


def _row_number(council: Council, file: str, *begins: str) -> int:
    """Return the number a spreadsheet shows beside the row that begins with some cells."""
    return next(
        number for number, row in enumerate(council.cells(file), start=1) if tuple(row[: len(begins)]) == begins
    )


def test_message_of_a_total_that_does_not_add_up(tiny: Council) -> None:
    """An unexplained total is named with its place, its parts, the recomputed number and both ways to repair it."""
    row = _row_number(tiny, "2021-22/savings.csv", "bin-savings-2021-22")
    tiny.change("2021-22/savings.csv", row, value="99000")

    assert tiny.problems() == [
        f'2021-22/savings.csv, row {row}, column F (value): the value is "99000", but its parts '
        "(round-savings-2021-22, fuel-savings-2021-22) add up to 100000. Correct the figures; or, if they are printed "
        "so, add a row to 2021-22/discrepancies.csv that touches bin-savings-2021-22 with recomputed 100000."
    ]


def test_message_of_a_rate_that_is_wrong(tiny: Council) -> None:
    """An unexplained rate says which count is divided by which."""
    row = _row_number(tiny, "2021-22/service_levels.csv", "calls-answered-rate")
    tiny.change("2021-22/service_levels.csv", row, value="90.1")

    assert tiny.problems() == [
        f'2021-22/service_levels.csv, row {row}, column C (value): the value is "90.1", but calls-answered divided by '
        "calls-offered gives 90.0. Correct the figures; or, if they are printed so, add a row to "
        "2021-22/discrepancies.csv that touches calls-answered-rate with recomputed 90.0."
    ]


def test_message_of_a_change_that_is_wrong(tiny: Council) -> None:
    """An unexplained change says what it is a change of."""
    row = _row_number(tiny, "2022-23/activity.csv", "loans-change")
    tiny.change("2022-23/activity.csv", row, value="25")

    assert tiny.problems() == [
        f'2022-23/activity.csv, row {row}, column C (value): the value is "25", but the change of loans on the year '
        "before is 20. Correct the figures; or, if they are printed so, add a row to 2022-23/discrepancies.csv that "
        "touches loans-change with recomputed 20."
    ]


def test_a_difference_that_is_explained_is_no_problem(tiny: Council) -> None:
    """The row the message asks for settles the matter, and a row with a wrong number does not."""
    row = _row_number(tiny, "2021-22/savings.csv", "bin-savings-2021-22")
    tiny.change("2021-22/savings.csv", row, value="99000")
    known = {"discrepancy_id": "known", "touches": "bin-savings-2021-22", "printed": "99000", "unit": "pounds"}
    tiny.copy_row("2021-22/discrepancies.csv", 2, **known, recomputed="100000")

    assert tiny.problems() == []

    tiny.change("2021-22/discrepancies.csv", 3, recomputed="100001")

    assert len(tiny.problems()) == 1


def test_several_totals_are_reported_together(tiny: Council) -> None:
    """Every total that does not add up is in one list."""
    money = _row_number(tiny, "2021-22/savings.csv", "bin-savings-2021-22")
    loans = _row_number(tiny, "2021-22/activity.csv", "loans", "FY2021-22")
    tiny.change("2021-22/savings.csv", money, value="1")
    tiny.change("2021-22/activity.csv", loans, value="25001")

    # 25,001 to 30,000 is a rise of 19.99%, which is 20% as the change is printed: it stays right.
    assert [(problem.where.file, problem.where.row) for problem in tiny.found()] == [
        ("2021-22/activity.csv", loans),
        ("2021-22/savings.csv", money),
    ]


def test_a_part_with_a_problem_of_its_own_is_reported_alone(tiny: Council) -> None:
    """A part that cannot be read is one problem, not two: its total is not reported beside it."""
    row = _row_number(tiny, "2021-22/savings.csv", "fuel-savings-2021-22")
    tiny.change("2021-22/savings.csv", row, value="£40,000")

    assert [problem.where.row for problem in tiny.found()] == [row]
