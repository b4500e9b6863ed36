"""Cells as people type them: what is put right without a question, and what only a person can say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.editing.periods import period, period_of_date
from macros.editing.repairs import Column, Takes, repaired
from macros.editing.settling import columns_of
from macros.errors import Kind
from macros.reading.packages import REGISTER, YEAR
from macros.records import Period


def _column(resource: str, name: str) -> Column:
    return next(column for column in columns_of(resource) if column.name == name)


VALUE = _column("service_levels", "value")
PERIOD = _column("service_levels", "period")
NOTE = _column("service_levels", "note")


@pytest.mark.parametrize(
    ("typed", "unit", "expected"),
    [
        pytest.param("95.3", "per cent", "95.3", id="a bare number stays"),
        pytest.param("61.50", "pounds", "61.50", id="a zero at the end stays"),
        pytest.param("95.3%", "per cent", "95.3", id="a per cent sign where per cent are counted"),
        pytest.param("95.3 %", "per cent", "95.3", id="a per cent sign after a space that does not break"),
        pytest.param("£1,200", "pounds", "1200", id="a pound sign and a comma where pounds are counted"),
        pytest.param("-£5", "pounds", "-5", id="a pound sign after a minus"),
        pytest.param("1,234,567.80", "number", "1234567.80", id="commas between thousands"),
        pytest.param("−5", "number", "-5", id="the minus sign of a typesetter"),
        pytest.param(".5", "days", "0.5", id="a point without a zero before it"),
        pytest.param("  7\t", "number", "7", id="spaces around it"),
        pytest.param("\ufeff7", "number", "7", id="a byte order mark that was pasted"),
        pytest.param("", "number", "", id="a blank stays"),
        pytest.param("   ", "number", "", id="spaces are a blank"),
    ],
)
def test_a_number_loses_what_is_no_part_of_it(typed: str, unit: str, expected: str) -> None:
    """Signs of the row's own unit, commas between thousands and spaces go; digits stay."""
    reading = repaired(typed, VALUE, unit)
    assert (reading.text, reading.fault) == (expected, None)


@pytest.mark.parametrize(
    ("typed", "unit", "what"),
    [
        pytest.param("95%", "pounds", '"95%" has a per cent sign, but the row counts pounds.', id="per cent of pounds"),
        pytest.param("£95", "days", '"£95" has a pound sign, but the row counts days.', id="pounds of days"),
        pytest.param("£95", "", '"£95" has a pound sign in it.', id="a sign, and nobody says what is counted"),
        pytest.param("9,5", "number", '"9,5" is not a number.', id="a comma that is not between thousands"),
        pytest.param("12,34", "number", '"12,34" is not a number.', id="two digits after a comma"),
        pytest.param("7.2k", "pounds", '"7.2k" is not a bare number: it has a k in it.', id="thousands in short"),
        pytest.param("(5)", "number", '"(5)" writes a negative number in brackets.', id="a bracket"),
        pytest.param("n/a", "number", '"n/a" is not a number.', id="a reason in the place of a figure"),
        pytest.param("1E+05", "number", '"1E+05" is not a number.', id="an exponent"),
        pytest.param("007", "number", '"007" begins with a zero it does not need.', id="a zero before it"),
        pytest.param("1 234", "number", '"1 234" has a space in it.', id="a space within"),
    ],
)
def test_a_number_that_may_be_another_is_left_to_a_person(typed: str, unit: str, what: str) -> None:
    """What may be meant in two ways stays as it was typed, and has its reason."""
    reading = repaired(typed, VALUE, unit)
    assert reading.text == typed
    assert reading.fault is not None
    assert reading.fault[1] == what


def test_a_comma_is_not_taken_for_thousands_where_it_may_be_the_point() -> None:
    """Where cells are separated by semicolons, 1,234 may be a little more than one."""
    reading = repaired("1,234", VALUE, "number", decimal_comma=True)
    assert reading.fault == (
        Kind.NUMBER,
        '"1,234" has a comma, which may stand for the decimal point in this file.',
        "Write 1234, or 1.234.",
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("FY2013-14", "FY2013-14", id="a code stays"),
        pytest.param("fy2013-14", "FY2013-14", id="small letters"),
        pytest.param("FY 2013/14", "FY2013-14", id="a space and a slash"),
        pytest.param("FY2013–14", "FY2013-14", id="a dash"),
        pytest.param("2013/14", "FY2013-14", id="a financial year without its letters: there is no month 14"),
        pytest.param("2013-10", "2013-M10", id="a month without its letter: no year from 2013 ends in 2010"),
        pytest.param("2013-m10", "2013-M10", id="a small m"),
        pytest.param("2013-M10 / 2014-M03", "2013-M10/2014-M03", id="spaces around the slash of a run"),
        pytest.param("2013-10-16", "D2013-10-16", id="a day as programs write it"),
        pytest.param("Oct-13", "2013-M10", id="a month as Excel saves 2013-10 in a CSV file"),
        pytest.param("October 2013", "2013-M10", id="a month with its name"),
        pytest.param("December 2011", "2011-M12", id="a month with its name that is no year"),
        pytest.param("16 May 2011", "D2011-05-16", id="a day with the name of its month"),
        pytest.param("16/05/2011", "D2011-05-16", id="a day in numbers, of which one is no month"),
        pytest.param("01/01/2013", "D2013-01-01", id="a day that is the same either way"),
        pytest.param("Not stated", "not stated", id="a capital in what stands for nothing"),
    ],
)
def test_a_period_that_can_only_mean_one_becomes_its_code(typed: str, expected: str) -> None:
    """A period gets the code it must mean."""
    reading = period(typed)
    assert (reading.text, reading.fault) == (expected, None)


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        pytest.param(
            "2011-12",
            '"2011-12" may be a month or a financial year.',
            "Write 2011-M12 for the month, or FY2011-12 for the year from April.",
            id="December, or the year from April",
        ),
        pytest.param("2011/12", '"2011/12" may be a month or a financial year.', None, id="the same with a slash"),
        pytest.param("Dec-11", '"Dec-11" may be a month or a financial year.', None, id="how Excel saves 2011-12"),
        pytest.param(
            "01/10/2013",
            '"01/10/2013" may be one of two days.',
            "Write D2013-10-01 where the day stands first, or D2013-01-10.",
            id="January or October",
        ),
        pytest.param("31/02/2013", '"31/02/2013" is not a period code.', None, id="a day that never was"),
        pytest.param("31 February 2013", '"31 February 2013" is not a period code.', None, id="nor with its name"),
        pytest.param("2013", '"2013" is not a period code.', None, id="a calendar or a financial year"),
        pytest.param("2013-15", '"2013-15" is not a period code.', None, id="no month and no year"),
        pytest.param("October", '"October" is not a period code.', None, id="a month of no year"),
    ],
)
def test_a_period_that_may_mean_two_is_left_to_a_person(typed: str, what: str, fix: str | None) -> None:
    """A period that may be another stays as typed, and both codes are offered where there are two."""
    reading = period(typed)
    assert reading.text == typed
    assert reading.fault is not None
    assert reading.fault[1] == what
    assert fix is None or reading.fault[2] == fix


def test_a_date_is_a_month_where_no_day_is_shown() -> None:
    """Excel makes a date of 2013-10 and shows a month; of 2013-10-01 it shows the day. December 2011 may be a year."""
    assert period_of_date(date(2013, 10, 1), whole_month=True).text == "2013-M10"
    assert period_of_date(date(2013, 10, 1), whole_month=False).text == "D2013-10-01"
    assert period_of_date(date(2011, 12, 1), whole_month=True).fault is not None


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_date_becomes_a_period_with_that_day(day: date) -> None:
    """Whatever day a spreadsheet holds, the code is of that day or its month, or a person is asked."""
    assert Period.parse(period_of_date(day, whole_month=False).text).start == day
    month = period_of_date(day.replace(day=1), whole_month=True)
    if month.fault is None:
        found = Period.parse(month.text)
        assert (found.start, found.months) == (day.replace(day=1), 1)
        assert found.end + timedelta(days=1) > day


@pytest.mark.parametrize(
    ("resource", "name", "typed", "expected"),
    [
        pytest.param("service_levels", "value_status", "Final", "final", id="a capital"),
        pytest.param("service_levels", "value_status", "Not_Measured", "not measured", id="an underscore"),
        pytest.param("service_levels", "basis", "non contractual", "non-contractual", id="a space for a hyphen"),
        pytest.param("service_levels", "target_comparator", "≥", ">=", id="the sign of mathematics"),
        pytest.param("service_levels", "measure_id", "Bins-On-Time", "bins-on-time", id="capitals of an identifier"),
        pytest.param("bodies", "area_code", "e07000127", "E07000127", id="a small letter of an area code"),
        pytest.param("service_levels", "note", "It is “new”, isn’t it?", "It is “new”, isn’t it?", id="curly quotes"),
        pytest.param("service_levels", "note", "One\nand two", "One and two", id="a line break in a cell"),
        pytest.param("service_levels", "as_published", "some  4.2k", "some  4.2k", id="what a document prints"),
    ],
)
def test_words_and_identifiers(resource: str, name: str, typed: str, expected: str) -> None:
    """Capitals and joints that nobody means are put right; the words of people and documents stay."""
    reading = repaired(typed, _column(resource, name))
    assert (reading.text, reading.fault) == (expected, None)


@pytest.mark.parametrize(
    ("name", "typed", "what", "fix"),
    [
        pytest.param(
            "value_status",
            "finale",
            '"finale" is not one of the words this column takes.',
            'Did you mean "final"?',
            id="a word that is not in the list",
        ),
        pytest.param(
            "measure_id",
            "bins on time",
            '"bins on time" is not written as this column needs it.',
            "Use small letters, digits and single hyphens, such as bins-on-time.",
            id="spaces in an identifier",
        ),
        pytest.param(
            "note",
            "#DIV/0!",
            '"#DIV/0!" is an error of the spreadsheet, not what was typed.',
            "Type the figure itself. Where there is none, leave the cell blank and say why.",
            id="an error that was saved as a text",
        ),
        pytest.param(
            "place",
            "########",
            '"########" is an error of the spreadsheet, not what was typed.',
            "Type the figure itself. Where there is none, leave the cell blank and say why.",
            id="a date in a column that was too narrow",
        ),
        pytest.param(
            "note",
            "=1+1",
            '"=1+1" begins with =, which a spreadsheet reads as a formula.',
            "Begin the text with a letter or a quotation mark.",
            id="a text that is a formula",
        ),
    ],
)
def test_a_text_of_the_wrong_shape_is_refused(name: str, typed: str, what: str, fix: str) -> None:
    """Each is refused with its repair."""
    fault = repaired(typed, _column("service_levels", name)).fault
    assert fault is not None
    assert fault[1:] == (what, fix)


def test_columns_of_periods_are_known_by_their_example() -> None:
    """Every column that takes period codes is found, and no other."""
    found = {
        f"{resource}.{column.name}"
        for resource in (*YEAR, *REGISTER)
        for column in columns_of(resource)
        if column.takes is Takes.PERIOD
    }
    assert found == {
        "service_levels.period", "activity.period", "staffing.period", "savings.period", "actions.period",
        "commitments.due", "milestones.date", "corrections.date", "bodies.from", "bodies.to", "services.from",
        "services.to", "names.period", "breaks.from_period", "breaks.to_period", "documents.published",
        "documents.covers", "governance.from", "governance.to", "deflators.period", "calendar.due",
    }  # fmt: skip


@given(typed=st.text(max_size=20), unit=st.sampled_from(["", "per cent", "pounds", "days"]))
def test_a_repair_leaves_nothing_to_repair(typed: str, unit: str) -> None:
    """What was repaired once is in order, whatever was typed."""
    for resource in ("service_levels", "actions", "savings"):
        for column in columns_of(resource):
            once = repaired(typed, column, unit)
            if once.fault is None:
                assert repaired(once.text, column, unit) == once
