"""Period codes: what is one, what is not and why; their days, months, years and order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.records import Period, PeriodKind

NOT_A_CODE = "it is not a period code"
NO_SUCH_DAY = "there is no such day or month"


@pytest.mark.parametrize(
    ("code", "start", "end", "kind"),
    [
        pytest.param("FY2011-12", "2011-04-01", "2012-03-31", PeriodKind.YEAR, id="a year from April to March"),
        pytest.param("FY1999-00", "1999-04-01", "2000-03-31", PeriodKind.YEAR, id="a year that ends in 2000"),
        pytest.param("2011-M10", "2011-10-01", "2011-10-31", PeriodKind.MONTH, id="a month of 31 days"),
        pytest.param("2012-M02", "2012-02-01", "2012-02-29", PeriodKind.MONTH, id="February of a leap year"),
        pytest.param("2011-M12", "2011-12-01", "2011-12-31", PeriodKind.MONTH, id="December"),
        pytest.param("2011-Q1", "2011-01-01", "2011-03-31", PeriodKind.QUARTER, id="the first calendar quarter"),
        pytest.param("2011-Q4", "2011-10-01", "2011-12-31", PeriodKind.QUARTER, id="the last calendar quarter"),
        pytest.param("FY2011-12-Q1", "2011-04-01", "2011-06-30", PeriodKind.QUARTER, id="the first quarter from April"),
        pytest.param("FY2011-12-Q3", "2011-10-01", "2011-12-31", PeriodKind.QUARTER, id="the third quarter from April"),
        pytest.param("FY2011-12-Q4", "2012-01-01", "2012-03-31", PeriodKind.QUARTER, id="the last quarter from April"),
        pytest.param("2011-M10/2012-M03", "2011-10-01", "2012-03-31", PeriodKind.RUN, id="a run of six months"),
        pytest.param("2011-M04/2014-M03", "2011-04-01", "2014-03-31", PeriodKind.RUN, id="a run of three years"),
        pytest.param("D2011-05-16", "2011-05-16", "2011-05-16", PeriodKind.DAY, id="a day"),
        pytest.param("D2012-02-29", "2012-02-29", "2012-02-29", PeriodKind.DAY, id="a leap day"),
    ],
)
def test_a_period_code_names_its_first_and_last_day(code: str, start: str, end: str, kind: PeriodKind) -> None:
    """A code stands for exactly one stretch of days."""
    period = Period.parse(code)

    assert (period.start, period.end, period.kind) == (date.fromisoformat(start), date.fromisoformat(end), kind)
    assert period.code == code


@pytest.mark.parametrize(
    ("code", "why"),
    [
        pytest.param("", NOT_A_CODE, id="nothing"),
        pytest.param("2011/12", NOT_A_CODE, id="a year with a slash"),
        pytest.param("2011-12", NOT_A_CODE, id="a year that may be a month"),
        pytest.param("Apr-11", NOT_A_CODE, id="a month as a spreadsheet writes it"),
        pytest.param("01/04/2011", NOT_A_CODE, id="a day as a spreadsheet writes it"),
        pytest.param("2011-04-01", NOT_A_CODE, id="a day without its D"),
        pytest.param("fy2011-12", NOT_A_CODE, id="small letters"),
        pytest.param("FY2011-2012", NOT_A_CODE, id="a year with four digits at its end"),
        pytest.param("FY 2011-12", NOT_A_CODE, id="a space inside"),
        pytest.param("FY2011-12 ", NOT_A_CODE, id="a space at the end"),
        pytest.param("FY2011-12\n", NOT_A_CODE, id="a line break at the end"),
        pytest.param("FY2011-12-Q5", NOT_A_CODE, id="a fifth quarter of a financial year"),
        pytest.param("2011-Q0", NOT_A_CODE, id="a quarter before the first"),
        pytest.param("2011-M1", NOT_A_CODE, id="a month of one digit"),
        pytest.param("FY２０１１-１２", NOT_A_CODE, id="digits that are not 0 to 9"),
        pytest.param("٢٠١١-M٠٤", NOT_A_CODE, id="Arabic digits"),
        pytest.param("2011-M13", NO_SUCH_DAY, id="a thirteenth month"),
        pytest.param("2011-M00", NO_SUCH_DAY, id="a month before the first"),
        pytest.param("D2011-02-29", NO_SUCH_DAY, id="a leap day in a year without one"),
        pytest.param("D2011-06-31", NO_SUCH_DAY, id="the 31st of June"),
        pytest.param("D0000-01-01", NO_SUCH_DAY, id="the year 0"),
        pytest.param(
            "FY2011-13", "a financial year ends in the year after it begins: FY2011-12", id="a year that ends too late"
        ),
        pytest.param(
            "FY2011-11", "a financial year ends in the year after it begins: FY2011-12", id="a year that ends too early"
        ),
        pytest.param(
            "FY1999-99", "a financial year ends in the year after it begins: FY1999-00", id="a century written wrong"
        ),
        pytest.param("FY0000-01", NO_SUCH_DAY, id="a financial year from the year 0"),
        pytest.param("FY9999-00", NO_SUCH_DAY, id="a financial year that never ends"),
        pytest.param(
            "2012-M03/2011-M10", "the second month of a run comes after the first", id="a run that goes backwards"
        ),
        pytest.param("2012-M03/2012-M03", "the second month of a run comes after the first", id="a run of one month"),
        pytest.param(
            "FY2011-12/FY2012-13",
            "a run of months is written as two months, such as 2011-M10/2012-M03",
            id="a run of years",
        ),
        pytest.param("2011-M10/", NOT_A_CODE, id="a run without its end"),
        pytest.param("2011-M10/2011-M11/2011-M12", NOT_A_CODE, id="a run of three"),
    ],
)
def test_what_is_no_period_code_is_refused_with_the_reason(code: str, why: str) -> None:
    """A code that could be read in two ways, or in none, is never guessed at."""
    with pytest.raises(ValueError, match=r".") as refused:
        Period.parse(code)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("code", "months", "year", "part"),
    [
        pytest.param("FY2011-12", 12, "2011-12", False, id="a financial year is its own year"),
        pytest.param(
            "2012-M03", 1, "2011-12", False, id="March belongs to the year before, and a month is no part-year"
        ),
        pytest.param("2012-M04", 1, "2012-13", False, id="April begins a year"),
        pytest.param("D2012-03-31", 1, "2011-12", False, id="the last day of March ends a year"),
        pytest.param("D2012-04-01", 1, "2012-13", False, id="the first of April begins a year"),
        pytest.param("2011-M10/2012-M03", 6, "2011-12", True, id="six months are a part of a year"),
        pytest.param("2011-M04/2012-M02", 11, "2011-12", True, id="eleven months are a part of a year"),
        pytest.param("2011-M04/2012-M03", 12, "2011-12", False, id="twelve months are a year"),
        pytest.param("2011-M04/2014-M03", 36, "2013-14", False, id="three years belong to the year they end in"),
        pytest.param("2012-Q1", 3, "2011-12", True, id="January to March end a year"),
        pytest.param("FY2011-12-Q4", 3, "2011-12", True, id="the last quarter from April ends a year"),
        pytest.param("FY1999-00", 12, "1999-00", False, id="the year that ends in 2000"),
    ],
)
def test_the_months_and_the_year_of_a_period(code: str, months: int, year: str, part: bool) -> None:  # noqa: FBT001
    """A period belongs to the financial year it ends in, and only less than a year is a part-year."""
    period = Period.parse(code)

    assert (period.months, period.financial_year, period.is_part_year) == (months, year, part)


def test_periods_stand_in_the_order_of_their_first_day_and_then_their_last() -> None:
    """A series is read from left to right: what begins earlier, and of two that begin together the shorter first."""
    codes = ["2011-M04/2014-M03", "FY2012-13", "2012-M04", "FY2011-12", "D2011-04-01", "2011-M12", "FY2011-12-Q1"]

    assert [period.code for period in sorted(map(Period.parse, codes))] == [
        "D2011-04-01",
        "FY2011-12-Q1",
        "FY2011-12",
        "2011-M04/2014-M03",
        "2011-M12",
        "2012-M04",
        "FY2012-13",
    ]


_years = st.integers(1900, 2100)
_months = st.builds("{}-M{:02}".format, _years, st.integers(1, 12))
_codes = st.one_of(
    _months,
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"D{day}"),
    st.builds("{}-Q{}".format, _years, st.integers(1, 4)),
    _years.map(lambda year: f"FY{year}-{(year + 1) % 100:02}"),
    st.builds(lambda year, quarter: f"FY{year}-{(year + 1) % 100:02}-Q{quarter}", _years, st.integers(1, 4)),
    st.lists(_months, min_size=2, max_size=2, unique=True).map(lambda pair: "/".join(sorted(pair))),
)


@given(code=_codes)
def test_reading_a_code_and_writing_it_again_changes_nothing(code: str) -> None:
    """The code that goes in comes out, stands for at least one day, and reads as the same period."""
    period = Period.parse(code)

    assert period.code == code
    assert period.start <= period.end
    assert Period.parse(period.code) == period


@given(codes=st.lists(_codes, max_size=8))
def test_periods_have_one_order(codes: list[str]) -> None:
    """However periods are shuffled, sorting never puts a later first day before an earlier one."""
    ordered = sorted(map(Period.parse, codes))

    assert all((one.start, one.end) <= (other.start, other.end) for one, other in pairwise(ordered))


@given(text=st.text(alphabet="0123456789FYMQD-/ ٢", max_size=20))
def test_any_text_is_a_period_or_refused_in_words(text: str) -> None:
    """Nothing a person can type breaks the reading of periods."""
    reasons = {NOT_A_CODE, NO_SUCH_DAY, "a financial year ends", "a run of months", "the second month of a run"}
    try:
        period, why = Period.parse(text), ""
    except ValueError as refused:
        period, why = None, str(refused)

    assert any(why.startswith(reason) for reason in reasons) if period is None else period.code == text
