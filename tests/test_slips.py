"""What a person meant who typed a number or a period in another form. Every repair here was worked out by hand."""

from __future__ import annotations

import pytest

from macros.reading.slips import bare_number, meant_period, number_fault

DIGITS = "Write digits only, such as 95.32. Leave the cell blank where there is no figure, and say why beside it."
BLANK = "Leave the cell blank, and choose the reason in value_status: not published, or not yet due."
DAY_OF_MONTH = "Write 2011-M05 for the month, or D2011-05-01 for the day."


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("95.3", "95.3"),
        ("-0.5", "-0.5"),
        ("£1,204.50", "1204.50"),
        ("1,234,567", "1234567"),
        ("95.3 %", "95.3"),
        ("(5)", "-5"),
        ("(1,204.50)", "-1204.50"),
        ("007", "7"),
        ("-007.5", "-7.5"),
        ("0", "0"),
        ("9,5", ""),
        ("1,23,456", ""),
        ("7.2k", ""),
        ("5.", ""),
        ("", ""),
    ],
)
def test_the_number_that_is_meant(typed: str, number: str) -> None:
    """Signs, thousands, brackets and needless zeros go; what may be another number is none."""
    assert bare_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        ("(5)", "writes a negative number in brackets.", "Write -5."),
        ("(1,204.50)", "writes a negative number in brackets.", "Write -1204.50."),
        ("(5) or more", "is not a number.", DIGITS),
        ("7.2K", "is not a bare number: it has a k in it.", "Write the thousands out: 7.2k is 7200."),
        ("7k or so", "is not a number.", DIGITS),
        ("007", "begins with a zero it does not need.", "Write 7."),
        ("£1,204", "has a pound sign and a comma in it.", "Write 1204."),
        ("95.3 %", "has a per cent sign and a space in it.", "Write 95.3."),
        ("$5", "has a sign in it.", "Write 5."),
        ("N/A", "is not a number.", BLANK),
        ("tbc.", "is not a number.", BLANK),
        ("?", "is not a number.", BLANK),
        ("c. 80%", "is not a number.", "Write 80, and ~ in value_qualifier."),
        ("Over 1,200", "is not a number.", "Write 1200, and > in value_qualifier."),
        ("under 5", "is not a number.", "Write 5, and < in value_qualifier."),
        ("less than 5", "is not a number.", "Write 5, and < in value_qualifier."),
        ("at least 3", "is not a number.", "Write 3, and >= in value_qualifier."),
        ("up to 3", "is not a number.", "Write 3, and <= in value_qualifier."),
        ("≥ 95", "is not a number.", "Write 95, and >= in value_qualifier."),
        ("<5", "is not a number.", "Write 5, and < in value_qualifier."),
        ("over many", "is not a number.", DIGITS),
        ("95.3 (P)", "is not a number.", "Write 95.3, and provisional in value_status."),
        ("95.3 (r)", "is not a number.", "Write 95.3, and revised in value_status."),
        ("95.3*", "is not a number.", "Write 95.3, and the rest in note."),
        ("95* of 120", "is not a number.", DIGITS),
        ("1.2 Million", "is not a number.", "Write 1200000."),
        ("£0.25m", "is not a number.", "Write 250000."),
        ("2mn", "is not a number.", "Write 2000000."),
        ("1.5 billion", "is not a number.", "Write 1500000000."),
        ("3BN", "is not a number.", "Write 3000000000."),
        ("9,5", "is not a number.", "Write 9.5 where the comma stands for the decimal point."),
        ("9,5 days", "is not a number.", DIGITS),
        ("many", "is not a number.", DIGITS),
    ],
)
def test_a_number_in_another_form_is_told_with_its_repair(typed: str, what: str, fix: str) -> None:
    """What is typed is named, and the repair says what to write where."""
    assert number_fault(typed) == (f'"{typed}" {what}', fix)


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        ("2.5", "is not a whole number.", "Write digits only, such as 2."),
        ("two", "is not a whole number.", "Write digits only, such as 2."),
        ("£2.5", "is not a whole number.", "Write digits only, such as 2."),
        ("£2", "has a pound sign in it.", "Write 2."),
    ],
)
def test_a_number_that_must_be_whole(typed: str, what: str, fix: str) -> None:
    """A fraction is no whole number, with signs or without."""
    assert number_fault(typed, whole=True) == (f'"{typed}" {what}', fix)


@pytest.mark.parametrize(
    "typed", ["2013-14", "2013/14", "FY2013/14", "FY 2013-14", "2013 - 14", "2013–2014", "2013/2014"]
)
def test_a_financial_year_in_another_form(typed: str) -> None:
    """Two years that follow each other are a financial year."""
    assert meant_period(typed) == "Write FY2013-14."


@pytest.mark.parametrize(
    "typed",
    ["Oct-13", "Oct 13", "Oct-2013", "Oct 2013", "October-13", "October 13", "October-2013", "October  2013", "10/2013",
     "2013-10", "2013-M10"],
)  # fmt: skip
def test_a_month_in_another_form(typed: str) -> None:
    """However a month is written, its code is told."""
    assert meant_period(typed) == "Write 2013-M10."


@pytest.mark.parametrize(
    "typed",
    ["16/05/2011", "16/05/11", "16-05-2011", "16.05.2011", "2011-05-16", "16 May 2011", "16-May-11", "16-May-2011",
     "2011-05-16 00:00:00", "16/05/2011 00:00", "40679"],
)  # fmt: skip
def test_a_day_in_another_form(typed: str) -> None:
    """The day stands before the month; 40679 days after 30 December 1899 is 16 May 2011."""
    assert meant_period(typed) == "Write D2011-05-16."


@pytest.mark.parametrize(("typed", "code"), [("16 October 2011", "D2011-10-16"), ("16 Oct 2011", "D2011-10-16")])
def test_a_month_in_full_or_in_short(typed: str, code: str) -> None:
    """The name of a month may be cut to three letters."""
    assert meant_period(typed) == f"Write {code}."


@pytest.mark.parametrize("typed", ["01/05/2011", "2011-05-01 00:00:00", "40664"])
def test_the_first_of_a_month_may_be_the_month(typed: str) -> None:
    """A spreadsheet turns a month into its first day."""
    assert meant_period(typed) == DAY_OF_MONTH


@pytest.mark.parametrize("typed", ["2013-15", "2013/14 final", "31/02/2013", "9999", "19999", "60000", "last year", ""])
def test_what_is_no_period_in_any_form(typed: str) -> None:
    """Where nothing is surely meant nothing is said."""
    assert meant_period(typed) == ""
