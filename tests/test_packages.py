"""One fault in an otherwise good council, typed as an officer would: exactly one problem, worded for that officer.

Each case names the cell or file that is spoilt and the whole line that must be read: where, what, how to repair it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from macros.errors import Kind
from macros.reading.packages import schema
from macros.reading.reports import Reports
from macros.records import (
    Basis,
    Comparator,
    Direction,
    Missing,
    Outcome,
    Qualifier,
    ReleaseStatus,
    SavingKind,
    TargetStatus,
    Topic,
    Unit,
)

from .builders import GOOD_COUNCIL, Council

LEVELS = "2022-23/service_levels.csv"
STAFFING = "2022-23/staffing.csv"
SAVINGS = "2022-23/savings.csv"
DESCRIPTOR = "2022-23/datapackage.json"

DIGITS = "Write digits only, such as 95.32. Leave the cell blank where there is no figure, and say why beside it."
PERIODS = (
    "Write FY2013-14 for a year from April, 2013-M10 for a month, 2013-Q3 for a quarter, "
    "2013-M10/2014-M03 for several months, D2013-10-01 for a day."
)
STAFFING_COLUMNS = (
    "The columns are, in this order: measure_id, period, value, value_qualifier, value_status, as_published, note, "
    "document_id, place."
)
NAMES = (
    "A path is the name with .csv; the names are service_levels, activity, staffing, savings, actions, commitments, "
    "milestones, discrepancies, corrections."
)

Spoil = Callable[[Council], object]


def cell(file: str, row: int, **cells: str) -> Spoil:
    """Return a change that types into cells of one row."""
    return lambda council: council.change(file, row, **cells)


def described(change: Callable[[dict[str, Any]], object], folder: str = "2022-23") -> Spoil:
    """Return a change to a package's descriptor."""
    return lambda council: council.describe(folder, change)


def last_resource(resource: dict[str, str]) -> Spoil:
    """Return a change that lists the last resource, corrections, as something else."""
    return described(lambda descriptor: descriptor["resources"].__setitem__(-1, resource))


def heading(change: Callable[[list[str]], list[str]]) -> Spoil:
    """Return a change to every row of the staffing table: of its columns, not of what stands in them."""
    return lambda council: council.set_cells(STAFFING, [change(row) for row in council.cells(STAFFING)])


def deflator(period: str, index: str) -> Spoil:
    """Return a change that gives the register an index of prices."""
    file = "register/deflators.csv"
    return lambda council: council.write(
        file, council.text(file) + f"{period},{index},annual-report-2021-22,Section 6\n"
    )


def renamed(council: Council) -> None:
    """Give a column another heading."""
    council.write(STAFFING, council.text(STAFFING).replace("value_status", "status"))


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        pytest.param("forty", f'"forty" is not a number. {DIGITS}', id="a word"),
        pytest.param("£1,204", '"£1,204" has a pound sign and a comma in it. Write 1204.', id="pounds with a comma"),
        pytest.param("1,204", '"1,204" has a comma in it. Write 1204.', id="a comma between thousands"),
        pytest.param("1,204,000", '"1,204,000" has a comma in it. Write 1204000.', id="commas between thousands"),
        pytest.param("95%", '"95%" has a per cent sign in it. Write 95.', id="a per cent sign"),
        pytest.param("95 %", '"95 %" has a per cent sign and a space in it. Write 95.', id="a per cent sign set apart"),
        pytest.param("1 204", '"1 204" has a space in it. Write 1204.', id="a space between thousands"),
        pytest.param("€38", '"€38" has a sign in it. Write 38.', id="another currency"),
        pytest.param("(17)", '"(17)" writes a negative number in brackets. Write -17.', id="a negative in brackets"),
        pytest.param(
            "(£1,204)", '"(£1,204)" writes a negative number in brackets. Write -1204.', id="negative pounds in "
            "brackets"
        ),
        pytest.param(
            "7.2k",
            '"7.2k" is not a bare number: it has a k in it. Write the thousands out: 7.2k is 7200.',
            id="thousands written as k",
        ),
        pytest.param("038", '"038" begins with a zero it does not need. Write 38.', id="a zero before the number"),
        pytest.param(
            "9,5", '"9,5" is not a number. Write 9.5 where the comma stands for the decimal point.',
            id="a decimal comma is not a comma between thousands",
        ),
        pytest.param("c. 96", '"c. 96" is not a number. Write 96, and ~ in value_qualifier.', id="about"),
        pytest.param(">90%", '">90%" is not a number. Write 90, and > in value_qualifier.', id="more than"),
        pytest.param("under 5", '"under 5" is not a number. Write 5, and < in value_qualifier.', id="less than"),
        pytest.param("96 (p)", '"96 (p)" is not a number. Write 96, and provisional in value_status.', id="a mark"),
        pytest.param("96*", '"96*" is not a number. Write 96, and the rest in note.', id="a star"),
        pytest.param("£1.2 million", '"£1.2 million" is not a number. Write 1200000.', id="millions in words"),
        pytest.param(
            "TBC", '"TBC" is not a number. Leave the cell blank, and choose the reason in value_status: not published, '
            "or not yet due.", id="a word for no figure",
        ),
        pytest.param("1.204,50", f'"1.204,50" is not a number. {DIGITS}', id="a number as other countries write it"),
        pytest.param("£17k,5", f'"£17k,5" is not a number. {DIGITS}', id="several signs that make no number"),
        pytest.param("NaN", f'"NaN" is not a number. {DIGITS}', id="not a number, as programs write it"),
        pytest.param("INF", f'"INF" is not a number. {DIGITS}', id="infinity, as programs write it"),
        pytest.param("-Infinity", '"-Infinity" begins with -, which a spreadsheet reads as a formula. '
            "Begin the text with a letter or a quotation mark.", id="negative infinity"),
        pytest.param("1e5", f'"1e5" is not a number. {DIGITS}', id="an exponent, as spreadsheets write it"),
        pytest.param("1_204", f'"1_204" is not a number. {DIGITS}', id="an underscore between thousands"),
        pytest.param(".5", f'".5" is not a number. {DIGITS}', id="nothing before the point"),
        pytest.param("38.", f'"38." is not a number. {DIGITS}', id="nothing after the point"),
        pytest.param("٣٨", f'"٣٨" is not a number. {DIGITS}', id="digits of another alphabet"),
        pytest.param("−17", '"−17" has a minus sign that is no hyphen in it. Write -17.', id="a printed minus sign"),
        pytest.param("#REF!", f'"#REF!" is not a number. {DIGITS}', id="an error of a spreadsheet"),
        pytest.param("123456789012345", "", id="fifteen digits are kept by any spreadsheet"),
        pytest.param("1234567890123456", '"1234567890123456" has more than 15 digits, which a spreadsheet does not '
            "keep. Write it as it was published.", id="sixteen digits are not"),
        pytest.param("=38", '"=38" begins with =, which a spreadsheet reads as a formula. '
            "Begin the text with a letter or a quotation mark.", id="a formula is reported once, not twice"),
        pytest.param("+38", '"+38" begins with +, which a spreadsheet reads as a formula. '
            "Write 38, or begin the text with a letter or a quotation mark.", id="a plus sign is reported once"),
        pytest.param("-£1,204", '"-£1,204" begins with -, which a spreadsheet reads as a formula. '
            "Write -1204, or begin the text with a letter or a quotation mark.", id="a negative sum"),
        pytest.param(" 38", '" 38" begins or ends with a space. Remove the space.', id="a space is reported once"),
        pytest.param(
            "38.5",
            '"38.5" has more decimals than the 0 this figure is published with. '
            "Write the figure as it was published; judgement and page must see the same.",
            id="more decimals than are published",
        ),
    ],
)  # fmt: skip
def test_a_number_is_bare(tiny: Council, typed: str, what: str) -> None:
    """What is typed instead of a number is quoted, and where the number is plain, so is the repair."""
    tiny.change(STAFFING, 2, value=typed)

    assert tiny.problems() == ([f"2022-23/staffing.csv, row 2, column C (value): {what}"] if what else [])


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        pytest.param("2011/12", "Write FY2011-12.", id="a year with a slash"),
        pytest.param("2011-12", "Write FY2011-12.", id="a year with a hyphen, which may be a month, is a year"),
        pytest.param("Apr-11", "Write 2011-M04.", id="a month, as a spreadsheet writes it"),
        pytest.param("April 2011", "Write 2011-M04.", id="a month in words"),
        pytest.param("01/04/2011", "Write 2011-M04 for the month, or D2011-04-01 for the day.", id="a first day"),
        pytest.param("2013-10-01", "Write 2013-M10 for the month, or D2013-10-01 for the day.", id="the same, ISO"),
        pytest.param("31/03/2012", "Write D2012-03-31.", id="another day, as a spreadsheet shows it"),
        pytest.param("41548", "Write 2013-M10 for the month, or D2013-10-01 for the day.", id="days since 1899"),
        pytest.param("last year", PERIODS, id="words that mean no period"),
        pytest.param("2011-13", PERIODS, id="a year that is two years long"),
    ],
)
def test_a_period_that_a_spreadsheet_changed_is_put_right(tiny: Council, typed: str, fix: str) -> None:
    """The code that was meant is said, not a list of all codes."""
    tiny.change(STAFFING, 2, period=typed)

    assert tiny.problems() == [
        f'2022-23/staffing.csv, row 2, column B (period): "{typed}" is not a period: it is not a period code. {fix}'
    ]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param(
            "FY2011-13", "a financial year ends in the year after it begins: FY2011-12", id="a year that ends too late"
        ),
        pytest.param("2021-M13", "there is no such day or month", id="a thirteenth month"),
        pytest.param("D2023-02-29", "there is no such day or month", id="a day that never was"),
    ],
)
def test_a_period_is_a_code(tiny: Council, typed: str, why: str) -> None:
    """A period that can be read in two ways, or that never was, is refused with the reason."""
    tiny.change(STAFFING, 2, period=typed)

    assert tiny.problems() == [
        f'2022-23/staffing.csv, row 2, column B (period): "{typed}" is not a period: {why}. {PERIODS}'
    ]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        # A figure and the reason why there is none
        pytest.param(
            cell(STAFFING, 2, value=""),
            "2022-23/staffing.csv, row 2, column C (value): the value is blank and no reason is given. Write the "
            "value, "
            "or say in value_status why there is none: not measured, not published, not yet due, not applicable, "
            "suppressed.",
            id="a blank without a reason",
        ),
        pytest.param(
            cell(STAFFING, 2, value_status="not measured"),
            '2022-23/staffing.csv, row 2, column E (value_status): the value is "38" but value_status says "not '
            'measured". Leave the value blank, or write one of: final, provisional, estimated, revised, forecast.',
            id="a reason beside a value",
        ),
        pytest.param(
            cell(STAFFING, 2, value="", value_status="not measured", value_qualifier="~"),
            '2022-23/staffing.csv, row 2, column D (value_qualifier): there is no value for "~" to speak of. '
            "Leave it blank.",
            id="a qualifier without a value",
        ),
        pytest.param(
            cell(STAFFING, 2, value_status=""),
            "2022-23/staffing.csv, row 2, column E (value_status): the cell is empty. For a figure its release status; "
            "for a blank the reason why there is none. For example: final.",
            id="a status left blank",
        ),
        pytest.param(
            cell(STAFFING, 2, value_status="finel"),
            '2022-23/staffing.csv, row 2, column E (value_status): "finel" is not one of the words this column takes. '
            'Did you mean "final"?',
            id="a word of a closed list with a slip",
        ),
        pytest.param(
            cell(STAFFING, 2, value_status="Final"),
            '2022-23/staffing.csv, row 2, column E (value_status): "Final" is not one of the words this column takes. '
            'Did you mean "final"?',
            id="a word of a closed list with a capital",
        ),
        pytest.param(
            cell(STAFFING, 2, value_qualifier="circa"),
            '2022-23/staffing.csv, row 2, column D (value_qualifier): "circa" is not one of the words this column '
            "takes. Write one of: >, <, ~, >=, <=.",
            id="a word nothing on the list is like",
        ),
        pytest.param(
            cell(SAVINGS, 2, value="120000.125"),
            '2022-23/savings.csv, row 2, column F (value): "120000.125" has more decimals than the 2 this figure is '
            "published with. Write the figure as it was published; judgement and page must see the same.",
            id="a part of a penny",
        ),
        # What a row names
        pytest.param(
            cell(STAFFING, 2, measure_id="staff-employd"),
            "2022-23/staffing.csv, row 2, column A (measure_id): there is no measure 'staff-employd'. "
            "Did you mean 'staff-employed'?",
            id="a measure with a slip",
        ),
        pytest.param(
            cell(STAFFING, 2, measure_id="zzz"),
            "2022-23/staffing.csv, row 2, column A (measure_id): there is no measure 'zzz'. "
            "Add it to the register, or use a measure that is there.",
            id="a measure nothing is like",
        ),
        pytest.param(
            cell(STAFFING, 2, document_id="anual-report-2022-23"),
            "2022-23/staffing.csv, row 2, column H (document_id): there is no document 'anual-report-2022-23'. "
            "Did you mean 'annual-report-2022-23'?",
            id="an unknown document",
        ),
        pytest.param(
            cell(SAVINGS, 5, service_id="library"),
            "2022-23/savings.csv, row 5, column B (service_id): there is no service 'library'. Did you mean "
            "'libraries'?",
            id="an unknown service",
        ),
        pytest.param(
            cell("2022-23/commitments.csv", 2, made_by="northmor"),
            "2022-23/commitments.csv, row 2, column C (made_by): there is no body 'northmor'. Did you mean "
            "'northmoor'?",
            id="an unknown body",
        ),
        pytest.param(
            cell("register/services.csv", 2, provider_id="tidy-street"),
            "register/services.csv, row 2, column D (provider_id): there is no body 'tidy-street'. "
            "Did you mean 'tidy-streets'?",
            id="an unknown provider is reported once, not for every row of its service",
        ),
        pytest.param(
            cell("register/bodies.csv", 3, successor_id="northmor"),
            "register/bodies.csv, row 3, column H (successor_id): there is no body 'northmor'. Did you mean "
            "'northmoor'?",
            id="an unknown successor",
        ),
        pytest.param(
            cell("register/measures.csv", 10, parts="loans-adult loans-children"),
            "register/measures.csv, row 10, column J (parts): there is no measure 'loans-adult'. "
            "Did you mean 'loans-adults'?",
            id="an unknown part of a measure",
        ),
        pytest.param(
            cell("register/measures.csv", 5, denominator_id="calls-ofered"),
            "register/measures.csv, row 5, column L (denominator_id): there is no measure 'calls-ofered'. "
            "Did you mean 'calls-offered'?",
            id="an unknown denominator",
        ),
        pytest.param(
            cell(SAVINGS, 4, parts="round-savings-2022-23 fuel-saving-2022-23"),
            "2022-23/savings.csv, row 4, column L (parts): there is no saving 'fuel-saving-2022-23'. "
            "Did you mean 'fuel-savings-2022-23'?",
            id="an unknown part of a total",
        ),
        pytest.param(
            cell("2021-22/discrepancies.csv", 2, touches="staff-employd"),
            "2021-22/discrepancies.csv, row 2, column O (touches): there is no row 'staff-employd'. "
            "Did you mean 'staff-employed'?",
            id="a discrepancy that touches an unknown row",
        ),
        pytest.param(
            lambda council: council.copy_row(
                LEVELS, 2, target_status="suspended", target="", target_comparator="", target_reason="Snow."
            ),
            "2022-23/service_levels.csv, row 11, column B (period): 'bins-on-time' has a row for the same time "
            "already: 2022-23/service_levels.csv, row 2, which writes it FY2022-23. Keep the one that is right.",
            id="a target that is set and suspended for the same time",
        ),
        pytest.param(
            cell(LEVELS, 2, period="FY2022-24"),
            '2022-23/service_levels.csv, row 2, column B (period): "FY2022-24" is not a period: a financial year ends '
            "in the year after it begins: FY2022-23. Write FY2013-14 for a year from April, 2013-M10 for a month, "
            "2013-Q3 for a quarter, 2013-M10/2014-M03 for several months, D2013-10-01 for a day.",
            id="a period that is none, not told again for the action that is right",
        ),
        pytest.param(
            cell(SAVINGS, 2, as_published="£210k"),
            '2022-23/savings.csv, row 2, column F (value): the value is "120000", but as_published says "£210k". Look '
            "the figure up in the document, and correct the one that is wrong.",
            id="a saving that is not what was printed",
        ),
        pytest.param(
            cell("2021-22/discrepancies.csv", 2, other_place=""),
            "2021-22/discrepancies.csv, row 2, column I (other_place): the place in the document is missing. "
            "Write the section, table and row.",
            id="no place in the second document",
        ),
        pytest.param(
            lambda council: council.write(LEVELS, council.text(LEVELS).replace("97.9,,", "97.98765,", 1)),
            "2022-23/service_levels.csv, row 2: the row has 14 cells; the heading has 15. "
            "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma.",
            id="a row without one of its cells is told once, whatever its other cells are",
        ),
        pytest.param(
            cell("register/breaks.csv", 2, from_period="FY2022-23"),
            "register/breaks.csv, row 2, column C (to_period): FY2022-23 does not come after FY2022-23. "
            "Swap the two, or correct one.",
            id="a break between a year and itself",
        ),
        pytest.param(
            cell("2021-22/discrepancies.csv", 2, touches="bin-savings-2020-21"),
            "2021-22/discrepancies.csv, row 2, column O (touches): there is no row 'bin-savings-2020-21'. "
            "Correct it, or remove it.",
            id="the row of another year is not what was meant",
        ),
        pytest.param(
            cell("2022-23/discrepancies.csv", 2, touches="bin-saving-2022-23"),
            "2022-23/discrepancies.csv, row 2, column O (touches): there is no row 'bin-saving-2022-23'. "
            "Did you mean 'bin-savings-2022-23'?",
            id="a slip in what explains a total is reported once, not as a total that does not add up as well",
        ),
        pytest.param(
            cell(STAFFING, 2, place=""),
            "2022-23/staffing.csv, row 2, column I (place): the cell is empty. "
            "Where in the document: section, table and row. For example: Table 8, row 5.",
            id="no place in the document",
        ),
        pytest.param(
            cell(SAVINGS, 6, saving_id="Branch repairs"),
            '2022-23/savings.csv, row 6, column A (saving_id): "Branch repairs" is not written as this column '
            "needs it. "
            "Use small letters, digits and single hyphens, such as branch-repairs.",
            id="an identifier with a capital and a space",
        ),
        pytest.param(
            cell("register/bodies.csv", 2, area_code="E0799990"),
            'register/bodies.csv, row 2, column D (area_code): "E0799990" is not written as this column needs it. '
            "Write a letter and eight digits, such as E07999901.",
            id="an area code with a digit too few",
        ),
        pytest.param(
            cell("register/measures.csv", 2, decimals="1.5"),
            'register/measures.csv, row 2, column H (decimals): "1.5" is not a whole number. '
            "Write digits only, such as 2.",
            id="decimals that are not whole",
        ),
        pytest.param(
            cell("register/measures.csv", 2, decimals="7"),
            'register/measures.csv, row 2, column H (decimals): "7" is out of range. For example: 2.',
            id="more decimals than a figure may have",
        ),
        pytest.param(
            cell("register/measures.csv", 2, decimals="0_1"),
            'register/measures.csv, row 2, column H (decimals): "0_1" is not a whole number. '
            "Write digits only, such as 2.",
            id="decimals a program would read, and a person would not",
        ),
        # Where a row stands
        pytest.param(
            cell(STAFFING, 2, measure_id="missed-bins"),
            "2022-23/staffing.csv, row 2, column A (measure_id): 'missed-bins' is a measure of activity, but the row "
            "stands in staffing. Move the row to the other table, or correct the topic in measures.csv.",
            id="a row in another topic's table",
        ),
        pytest.param(
            cell(STAFFING, 2, period="D2023-04-01"),
            "2022-23/staffing.csv, row 2, column B (period): D2023-04-01 ends in 2023-24, but the row stands in the "
            "package of 2022-23. Move the row to 2023-24, or correct the period.",
            id="a period of another year",
        ),
        pytest.param(
            lambda council: council.copy_row("2022-23/activity.csv", 2, period="2022-M04/2023-M03"),
            "2022-23/activity.csv, row 2, column B (period): 'calls-answered' has a row for the same time already: "
            "2022-23/activity.csv, row 13, which writes it 2022-M04/2023-M03. Keep the one that is right.",
            id="one measure and one time, written in two ways",
        ),
        pytest.param(
            lambda council: council.copy_row(STAFFING, 2, value="39"),
            "2022-23/staffing.csv, row 3, column A (measure_id): the row has the same measure_id and period as row 2 "
            "(measure_id staff-employed, period D2023-03-31). Remove one of the two, or correct what differs.",
            id="one measure twice in one period",
        ),
        pytest.param(
            lambda council: council.copy_row(SAVINGS, 6),
            "2022-23/savings.csv, row 7, column A (saving_id): the row has the same saving_id as row 6 "
            "(saving_id branch-repairs). Remove one of the two, or correct what differs.",
            id="one row twice",
        ),
        pytest.param(
            cell(SAVINGS, 6, saving_id="fuel-savings-2021-22", value="5", value_status="final"),
            "2022-23/savings.csv, row 6, column A (saving_id): 'fuel-savings-2021-22' is used already in "
            "2021-22/savings.csv, row 3. Give this row an identifier of its own, such as one that ends in its year.",
            id="an identifier used in two years is reported once, not as a total that does not add up as well",
        ),
        # Targets
        pytest.param(
            cell(LEVELS, 3, target=""),
            '2022-23/service_levels.csv, row 3, column F (target): target_status says "set" but target is blank. '
            "Write it, or say in target_status that the target was suspended or not published.",
            id="a target that is set and blank",
        ),
        pytest.param(
            cell(LEVELS, 3, target_comparator=""),
            '2022-23/service_levels.csv, row 3, column G (target_comparator): target_status says "set" but '
            "target_comparator is blank. "
            "Write it, or say in target_status that the target was suspended or not published.",
            id="a target that does not say in which direction",
        ),
        pytest.param(
            cell("2021-22/service_levels.csv", 8, target="95"),
            '2021-22/service_levels.csv, row 8, column F (target): target_status says "suspended" but target is "95". '
            "Leave the cell blank, or write set in target_status.",
            id="a target that is suspended and given",
        ),
        pytest.param(
            cell(LEVELS, 3, target="2.25"),
            '2022-23/service_levels.csv, row 3, column F (target): "2.25" has more decimals than the 1 this figure is '
            "published with. Write the figure as it was published; judgement and page must see the same.",
            id="a target with more decimals than its results",
        ),
        pytest.param(
            cell(LEVELS, 2, value="x"),
            f'2022-23/service_levels.csv, row 2, column C (value): "x" is not a number. {DIGITS}',
            id="a fault in a missed level is reported once, not for the action about it as well",
        ),
        # What must add up
        pytest.param(
            cell("2021-22/savings.csv", 2, value="61000"),
            '2021-22/savings.csv, row 4, column F (value): the value is "100000", but its parts '
            "(round-savings-2021-22, fuel-savings-2021-22) add up to 101000. Correct the figures; or, if they are "
            "printed so, add a row to 2021-22/discrepancies.csv that touches bin-savings-2021-22 with recomputed "
            "101000.",
            id="a total that no longer adds up",
        ),
        pytest.param(
            cell(SAVINGS, 2, value="121000"),
            '2022-23/savings.csv, row 4, column F (value): the value is "250000", but its parts '
            "(round-savings-2022-23, fuel-savings-2022-23) add up to 246000. Correct the figures; or, if they are "
            "printed so, add a row to 2022-23/discrepancies.csv that touches bin-savings-2022-23 with recomputed "
            "246000.",
            id="a discrepancy explains only the difference it was written for",
        ),
        pytest.param(
            cell("2022-23/discrepancies.csv", 2, kind="arithmatic"),
            '2022-23/discrepancies.csv, row 2, column B (kind): "arithmatic" is not one of the words this column '
            "takes. "
            'Did you mean "arithmetic"?',
            id="a fault in what explains a total is reported once, not as a total that does not add up as well",
        ),
        pytest.param(
            cell("2022-23/activity.csv", 9, value="21500"),
            '2022-23/activity.csv, row 8, column C (value): the value is "30000", but its parts '
            "(loans-adults, loans-children) add up to 30500. Correct the figures; or, if they are printed so, add a "
            "row to 2022-23/discrepancies.csv that touches loans with recomputed 30500.",
            id="a measure that no longer is the sum of its parts",
        ),
        pytest.param(
            cell("2022-23/activity.csv", 2, value="1150"),
            '2022-23/service_levels.csv, row 5, column C (value): the value is "95.0", but calls-answered divided by '
            "calls-offered gives 95.8. Correct the figures; or, if they are printed so, add a row to "
            "2022-23/discrepancies.csv that touches calls-answered-rate with recomputed 95.8.",
            id="a rate that no longer agrees",
        ),
        pytest.param(
            cell("2022-23/activity.csv", 11, value="19"),
            '2022-23/activity.csv, row 11, column C (value): the value is "19", but the change of loans on the year '
            "before is 20. Correct the figures; or, if they are printed so, add a row to 2022-23/discrepancies.csv "
            "that touches loans-change with recomputed 20.",
            id="a change that no longer agrees",
        ),
        # What is said about a row
        pytest.param(
            cell("2021-22/commitments.csv", 2, outcome_quote=""),
            '2021-22/commitments.csv, row 2, column H (outcome_quote): the outcome is "kept late" but outcome_quote is '
            "blank. Name the later document and quote it.",
            id="an outcome without the words that show it",
        ),
        pytest.param(
            cell("2021-22/commitments.csv", 2, outcome_place=""),
            '2021-22/commitments.csv, row 2, column J (outcome_place): the outcome is "kept late" but outcome_place is '
            "blank. Name the later document and quote it.",
            id="an outcome without its place in the document",
        ),
        pytest.param(
            cell("2022-23/commitments.csv", 2, outcome_quote="They open at noon."),
            "2022-23/commitments.csv, row 2, column H (outcome_quote): there is evidence, but the outcome says no "
            "later "
            "document. Write the outcome it shows.",
            id="words that show an outcome, and none given",
        ),
        pytest.param(
            cell("2021-22/actions.csv", 2, period="2022-M03"),
            "2021-22/actions.csv, row 2: there is no service level 'recycling-refused' for 2022-M03. "
            "Correct the measure or the period, or remove the row.",
            id="an action for a service level that does not exist",
        ),
        pytest.param(
            cell("2022-23/actions.csv", 2, measure_id="loans"),
            "2022-23/actions.csv, row 2: there is no service level 'loans' for FY2022-23. "
            "Correct the measure or the period, or remove the row.",
            id="an action for a measure that is no service level",
        ),
        pytest.param(
            cell("2021-22/discrepancies.csv", 2, unit=""),
            "2021-22/discrepancies.csv, row 2, column J (unit): the unit of the two numbers is missing. "
            "Write one of: per cent, days, hours, minutes, pounds, number.",
            id="two numbers without a unit",
        ),
        pytest.param(
            cell("2021-22/discrepancies.csv", 2, other_document_id=""),
            "2021-22/discrepancies.csv, row 2, column H (other_document_id): the second quote and its document go "
            "together. Write both, or neither.",
            id="a second quote without its document",
        ),
        pytest.param(
            cell("2022-23/corrections.csv", 2, date="2023-M09"),
            "2022-23/corrections.csv, row 2, column B (date): 2023-M09 is not a day. Write the day, such as "
            "D2026-11-22.",
            id="a correction on a month",
        ),
        pytest.param(
            cell("register/breaks.csv", 3, to_period="FY2020-21"),
            "register/breaks.csv, row 3, column C (to_period): FY2020-21 does not come after FY2021-22. "
            "Swap the two, or correct one.",
            id="a break that goes backwards",
        ),
        pytest.param(
            deflator("2021-M10", "98.5"),
            "register/deflators.csv, row 2, column A (period): 2021-M10 is not a financial year. "
            "Write it as FY2013-14.",
            id="an index of prices for a month",
        ),
        pytest.param(
            deflator("FY2021-22", "0"),
            'register/deflators.csv, row 2, column B (index): "0" cannot be an index of prices. '
            "Write a number above zero.",
            id="an index of prices of nothing",
        ),
        # Columns
        pytest.param(
            renamed,
            '2022-23/staffing.csv, row 1, column E (status): there is no column "status" in this table. '
            'Did you mean "value_status"?',
            id="a column renamed",
        ),
        pytest.param(
            heading(lambda row: row[:6] + row[7:]),
            f'2022-23/staffing.csv, row 1: the column "note" is missing. {STAFFING_COLUMNS}',
            id="a column left out",
        ),
        pytest.param(
            heading(lambda row: row[:5]),
            '2022-23/staffing.csv, row 1: the columns "as_published", "note", "document_id", "place" are missing. '
            + STAFFING_COLUMNS,
            id="several columns left out",
        ),
        pytest.param(
            lambda council: council.write(STAFFING, "Ben,Ben Parker,25\n"),
            "2022-23/staffing.csv, row 1: none of these is a column of this table. "
            f"Put the right file here, or write the headings above the first row. {STAFFING_COLUMNS}",
            id="another table, or no headings at all",
        ),
        pytest.param(
            heading(lambda row: [*row, "remark"]),
            f'2022-23/staffing.csv, row 1, column J (remark): there is no column "remark" in this table. '
            f"Remove it. {STAFFING_COLUMNS}",
            id="a column too many",
        ),
        pytest.param(
            heading(lambda row: [*row, ""]),
            "2022-23/staffing.csv, row 1, column J (no heading): the column has no heading. "
            "Write its heading, or remove the column.",
            id="a column without a heading",
        ),
        pytest.param(
            heading(lambda row: [*row, row[6]]),
            '2022-23/staffing.csv, row 1, column J (note): the column "note" stands twice. Remove one of them.',
            id="a column twice",
        ),
        pytest.param(
            heading(lambda row: [row[1], row[0], *row[2:]]),
            f"2022-23/staffing.csv, row 1: the columns stand in another order. {STAFFING_COLUMNS}",
            id="columns in another order",
        ),
        pytest.param(
            lambda council: council.write(STAFFING, "Staffing in 2022/23,,,,,,,,\n" + council.text(STAFFING)),
            "2022-23/staffing.csv, row 1: this is a title, not the row of column headings. "
            "Remove every line above the headings.",
            id="a title above the headings",
        ),
        pytest.param(
            lambda council: council.write(STAFFING, council.text(STAFFING) + ",,,,,,,,\n"),
            "2022-23/staffing.csv, row 3: the row is empty. Delete it.",
            id="an empty row is reported once, not for every cell of it",
        ),
    ],
)
def test_a_fault_in_a_table_is_reported_once(tiny: Council, spoil: Spoil, problem: str) -> None:
    """One fault gives one problem: at its cell, quoting what was typed, with the rule and the repair."""
    spoil(tiny)

    assert tiny.problems() == [problem]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            described(lambda descriptor: descriptor["resources"].pop(2)),
            "staffing.csv is not listed. "
            'Add {"name": "staffing", "path": "staffing.csv"} to its resources, or remove the file.',
            id="a file that is not listed",
        ),
        pytest.param(
            lambda council: (council.root / "2022-23/corrections.csv").unlink(),
            "corrections.csv is listed but is not in the folder. Add the file, or remove it from the list.",
            id="a file that is listed and missing",
        ),
        pytest.param(
            described(lambda descriptor: descriptor["resources"].append(descriptor["resources"][0])),
            "resource 10 is listed twice. Remove one of them.",
            id="a file that is listed twice",
        ),
        pytest.param(
            last_resource({"name": "corrections", "path": "https://example.org/corrections.csv"}),
            'resource 9 has the name "corrections" and the path "https://example.org/corrections.csv". ' + NAMES,
            id="a path on another computer",
        ),
        pytest.param(
            last_resource({"name": "corrections", "path": "../2021-22/corrections.csv"}),
            'resource 9 has the name "corrections" and the path "../2021-22/corrections.csv". ' + NAMES,
            id="a path out of the folder",
        ),
        pytest.param(
            last_resource({"name": "corrections", "path": "/etc/passwd"}),
            'resource 9 has the name "corrections" and the path "/etc/passwd". ' + NAMES,
            id="a path from the root of the computer",
        ),
        pytest.param(
            last_resource({"name": "correction", "path": "corrections.csv"}),
            'resource 9 has the name "correction" and the path "corrections.csv". ' + NAMES,
            id="a name that is no table's",
        ),
        pytest.param(
            last_resource({"name": "corrections", "path": "corrections.csv", "schema": "https://example.org/s.json"}),
            "resource 9 does not consist of a name and a path. "
            'Write {"name": "savings", "path": "savings.csv"}: the rest is known.',
            id="a schema of its own",
        ),
        pytest.param(
            described(lambda descriptor: descriptor["resources"].__setitem__(-1, "corrections.csv")),
            "resource 9 does not consist of a name and a path. "
            'Write {"name": "savings", "path": "savings.csv"}: the rest is known.',
            id="a resource that is only a path",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(resources={})),
            'the property "resources" is not a list, or it is empty. Write it, or remove it.',
            id="resources that are no list",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(profile="https://example.org/profile.json")),
            'the property "profile" is not known. Remove it. A descriptor may hold: $schema, name, id, title, '
            "description, version, created, embargo, homepage, keywords, licenses, sources, contributors, resources.",
            id="a property that is not known",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(title=["Northmoor"])),
            'the property "title" is not a text, or it is empty. Write it, or remove it.',
            id="a title that is no text",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(description="")),
            'the property "description" is not a text, or it is empty. Write it, or remove it.',
            id="a description that is empty",
        ),
        pytest.param(
            lambda council: council.write("2022-23/datapackage.json", '{"compilerOptions": {}, "include": []}'),
            "the file describes no package: it has none of name, title, description, version, licenses, resources. "
            "Copy the one of another year and change what differs.",
            id="a file of another program",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.pop("licenses")),
            'the property "licenses" is missing. Copy it from the package of another year.',
            id="a package without a licence",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(licenses=["OGL-UK-3.0"])),
            'item 1 of "licenses" is not an object with a name or a title. Copy it from the package of another year.',
            id="a licence that is only a name",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(version="1.0")),
            '"1.0" is not a version. Write three numbers, such as 1.0.0.',
            id="a version of two numbers",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(version="١.0.0")),
            '"١.0.0" is not a version. Write three numbers, such as 1.0.0.',
            id="a version in digits of another alphabet",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(name="Northmoor Council")),
            '"Northmoor Council" is not a name. '
            "Use small letters, digits and single hyphens, such as northmoor-services.",
            id="a name with a capital and a space",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(name="northmoor-2022-23")),
            'the name "northmoor-2022-23" holds a year. Give the packages of all years one name, such as '
            "northmoor-services: the folder says the year.",
            id="a name with a year, which the next year's package could not keep",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(created="3 July 2023")),
            '"3 July 2023" is not a day and a time. Write a day and a time with its zone, such as '
            "2026-11-22T09:30:00Z.",
            id="a moment in words",
        ),
        pytest.param(
            described(lambda descriptor: descriptor.update(created="2023-07-32T09:30:00Z")),
            '"2023-07-32T09:30:00Z" is not a day and a time. Write a day and a time with its zone, such as '
            "2026-11-22T09:30:00Z.",
            id="a moment that never was",
        ),
    ],
)
def test_a_fault_in_a_descriptor_is_reported_once(tiny: Council, spoil: Spoil, problem: str) -> None:
    """A descriptor says what a package is and lists its files, and reaches for nothing else."""
    spoil(tiny)

    assert tiny.problems() == [f"{DESCRIPTOR}: {problem}"]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            lambda council: council.write("notes.txt", "Ask Jo."),
            "notes.txt: only folders of packages belong here. Move it elsewhere.",
            id="a file beside the packages",
        ),
        pytest.param(
            lambda council: council.write(".DS_Store", ""),
            ".DS_Store: hidden files do not belong here. Remove it.",
            id="a hidden file beside the packages",
        ),
        pytest.param(
            lambda council: (council.root / "2023-24").symlink_to(council.root / "2022-23"),
            "2023-24: only folders of packages belong here. Move it elsewhere.",
            id="a link to a package",
        ),
        pytest.param(
            lambda council: (council.root / "2022-24").mkdir(),
            "2022-24: the folder is not named for a year. Name it register, or for a financial year such as 2013-14.",
            id="a folder named for no year",
        ),
        pytest.param(
            lambda council: (council.root / "register").rename(council.root.parent / "register"),
            "register: the folder is missing. "
            "It holds what is the same in every year: bodies, services, measures, documents.",
            id="no register is reported once, not for every row that needs it",
        ),
        pytest.param(
            lambda council: council.write("register/measures.csv", "measure_id\n" + '"'),
            "register/measures.csv, row 2, column A (measure_id): a quotation mark opens the cell and is never closed "
            '("). Put a quotation mark where the cell ends, and write each one inside the cell twice.',
            id="a register that cannot be read is reported once, not for every row that needs it",
        ),
        pytest.param(
            lambda council: (council.root / "register/documents.csv").unlink(),
            "register/datapackage.json: documents.csv is listed but is not in the folder. "
            "Add the file, or remove it from the list.",
            id="a table of the register that is missing is reported once",
        ),
        pytest.param(
            lambda council: (
                (council.root / "register/documents.csv").unlink(),
                council.describe("register", lambda descriptor: descriptor["resources"].pop(5)),
            ),
            "register/datapackage.json: the register has no documents.csv. "
            "Every register holds bodies, services, measures, documents: add the file and list it.",
            id="a register without documents, which every row names",
        ),
        pytest.param(
            lambda council: council.write(
                "register/measures.csv", council.text("register/measures.csv").replace("measure_id", "measure_idd")
            ),
            'register/measures.csv, row 1, column A (measure_idd): there is no column "measure_idd" in this table. '
            'Did you mean "measure_id"?',
            id="a register without its identifiers is reported once",
        ),
        pytest.param(
            lambda council: council.write(LEVELS, council.text(LEVELS).encode("utf-16")),
            "2022-23/service_levels.csv, row 1: the text is not saved as UTF-8. "
            "In the spreadsheet choose Save As, CSV UTF-8.",
            id="service levels that cannot be read are reported once, not for every action about one",
        ),
        pytest.param(
            lambda council: council.write(LEVELS, council.text(LEVELS).replace("period", "periodd", 1)),
            '2022-23/service_levels.csv, row 1, column B (periodd): there is no column "periodd" in this table. '
            'Did you mean "period"?',
            id="service levels without their periods are reported once, not for every action about one",
        ),
        pytest.param(
            lambda council: council.write(SAVINGS, council.text(SAVINGS).replace("saving_id", "savings_id")),
            '2022-23/savings.csv, row 1, column A (savings_id): there is no column "savings_id" in this table. '
            'Did you mean "saving_id"?',
            id="savings without identifiers are reported once, not for what touches one",
        ),
        *(
            pytest.param(
                lambda council, file=file: (
                    council.copy_row("register/documents.csv", 3, document_id="letter", author_id="northmor"),
                    council.change(f"2022-23/{file}.csv", 2, document_id="letter"),
                ),
                "register/documents.csv, row 4, column C (author_id): there is no body 'northmor'. "
                "Did you mean 'northmoor'?",
                id=f"a document is reported once, not for {lost}",
            )
            for file, lost in (
                ("discrepancies", "the total that is explained from it"),
                ("actions", "the miss that is explained from it"),
            )
        ),
    ],
)
def test_a_fault_that_much_depends_on_is_reported_once(tiny: Council, spoil: Spoil, problem: str) -> None:
    """A list of problems is not drowned in what follows from one of them."""
    spoil(tiny)

    assert tiny.problems() == [problem]


def test_a_descriptor_of_very_many_faults_is_not_told_to_its_end(tiny: Council) -> None:
    """Two thousand faults are enough to see what is wrong; another line says that there may be more."""
    tiny.describe("2022-23", lambda descriptor: descriptor.update({f"property-{number}": 1 for number in range(3_000)}))
    found = [problem for problem in tiny.problems() if problem.startswith("2022-23/datapackage.json")]
    assert len(found) == 2_001
    assert any("the file has 2,000 faults or more, and is not looked at any further." in one for one in found)


def test_a_path_of_a_resource_is_quoted_as_it_is_written(tiny: Council) -> None:
    """A list of paths is shown as JSON, not as a program would."""
    tiny.describe("2022-23", lambda descriptor: descriptor["resources"][0].update(path=["a.csv", "b.csv"]))
    assert any('and the path ["a.csv", "b.csv"]. A path is' in problem for problem in tiny.problems())


def test_no_packages_at_all(tmp_path: Path) -> None:
    """A project without its packages is told what to put there."""
    assert Council(tmp_path / "datapackages").problems() == [
        "datapackages: there is no such folder. Put one folder for each year, and register, in it."
    ]


def test_two_faults_in_two_packages_stand_in_one_list(tiny: Council) -> None:
    """Everything is checked before anything is said, and said in the order of files and rows."""
    tiny.change(STAFFING, 2, value="1,204")
    tiny.change(LEVELS, 10, value_status="late")
    tiny.change(LEVELS, 9, basis="locally")
    tiny.change("2021-22/staffing.csv", 3, place="")
    tiny.change("register/measures.csv", 19, unit="dayz")

    assert tiny.problems() == [
        "2021-22/staffing.csv, row 3, column I (place): the cell is empty. "
        "Where in the document: section, table and row. For example: Table 8, row 5.",
        '2022-23/service_levels.csv, row 9, column I (basis): "locally" is not one of the words this column takes. '
        'Did you mean "local"?',
        '2022-23/service_levels.csv, row 10, column E (value_status): "late" is not one of the words this column '
        "takes. "
        "Write one of: final, provisional, estimated, revised, forecast, not measured, not published, not yet due, "
        "not applicable, suppressed.",
        '2022-23/staffing.csv, row 2, column C (value): "1,204" has a comma in it. Write 1204.',
        'register/measures.csv, row 19, column F (unit): "dayz" is not one of the words this column takes. '
        'Did you mean "days"?',
    ]


@pytest.mark.parametrize(
    ("printed", "recomputed", "unit", "told"),
    [
        pytest.param("40", "41", "", True, id="two numbers"),
        pytest.param("40", "", "", True, id="what was printed alone"),
        pytest.param("", "41", "", True, id="what was worked out alone"),
        pytest.param("", "", "", False, id="no number"),
        pytest.param("40.123456", "41.123456", "number", False, id="as many decimals as are published"),
    ],
)
def test_numbers_of_a_discrepancy_have_a_unit(
    tiny: Council,
    printed: str,
    recomputed: str,
    unit: str,
    told: bool,  # noqa: FBT001
) -> None:
    """One of the two is enough to need it."""
    tiny.change("2021-22/discrepancies.csv", 2, printed=printed, recomputed=recomputed, unit=unit)
    assert [problem.partition(". ")[0] for problem in tiny.problems()] == [
        "2021-22/discrepancies.csv, row 2, column J (unit): the unit of the two numbers is missing"
    ] * told


def test_a_row_that_stands_twice_hides_no_unknown_identifier(tiny: Council) -> None:
    """Which measures there are is known, so a slip in the name of one is told as well."""
    tiny.copy_row("register/measures.csv", 2)
    tiny.change(STAFFING, 2, measure_id="staff-employd")
    assert [(str(one.where), one.kind) for one in tiny.found()] == [
        ("2022-23/staffing.csv, row 2, column A (measure_id)", Kind.UNKNOWN_IDENTIFIER),
        ("register/measures.csv, row 20, column A (measure_id)", Kind.DUPLICATE_ROW),
    ]


def test_a_row_without_its_identifier_is_told_once(tiny: Council) -> None:
    """Which measure it was nobody knows, so the rows that name it wait."""
    tiny.write("register/measures.csv", tiny.text("register/measures.csv").replace("\nbins-on-time,", "\n", 1))
    assert [(str(one.where), one.kind) for one in tiny.found()] == [("register/measures.csv, row 2", Kind.ROW_LENGTH)]


@pytest.mark.parametrize("key", ["name", "version", "created", "embargo"])
@pytest.mark.parametrize("value", [5, 2.5, True, ["1.0.0"], None])
def test_a_property_that_must_be_a_text_is_told_once_where_it_is_none(tiny: Council, key: str, value: object) -> None:
    """A number where a name, a version or a moment belongs is told as no text, and is not read as one."""
    tiny.describe("2022-23", lambda descriptor: descriptor.update({key: value}))
    assert tiny.problems() == [
        f'2022-23/datapackage.json: the property "{key}" is not a text, or it is empty. Write it, or remove it.'
    ]


def test_a_package_without_a_name_is_told_once(tiny: Council) -> None:
    """An empty name is missing, and not a name that is badly written."""
    tiny.describe("2022-23", lambda descriptor: descriptor.update(name=""))
    assert tiny.problems() == [
        '2022-23/datapackage.json: the property "name" is not a text, or it is empty. Write it, or remove it.'
    ]


def test_only_a_share_ends_at_a_hundred(tiny: Council) -> None:
    """A household may cost £161.50 and the council may have aimed at £162."""
    tiny.change("2021-22/service_levels.csv", 6, value="161.50", target="162")
    assert tiny.problems() == []


@pytest.mark.parametrize(("index", "faults"), [("101.123456", 0), ("101.1234567", 1)])
def test_an_index_of_prices_is_read_to_six_decimals(tiny: Council, index: str, faults: int) -> None:
    """An index is as exact as it is published; with more decimals than anybody publishes it is a slip."""
    heading = tiny.cells("register/deflators.csv")[0]
    tiny.set_cells("register/deflators.csv", [heading, ["FY2021-22", index, "annual-report-2021-22", "Annex B"]])
    assert len(tiny.problems()) == faults
    if not faults:
        (found,) = tiny.load().deflators
        assert (found.period.code, found.index, found.source.place) == ("FY2021-22", Decimal(index), "Annex B")


def test_a_fault_hides_none_of_another_file_at_the_same_cell(tiny: Council) -> None:
    """A pasted character in a cell of one year, and a word nobody knows in the same cell of the next: both are told."""
    tiny.change("2021-22/service_levels.csv", 2, value_status="fi\u200bnal")
    tiny.change(LEVELS, 2, value_status="finl")
    assert [(str(one.where), one.kind) for one in tiny.found()] == [
        ("2021-22/service_levels.csv, row 2, column E (value_status)", Kind.HIDDEN_CHARACTER),
        ("2022-23/service_levels.csv, row 2, column E (value_status)", Kind.CLOSED_LIST),
    ]


def test_a_space_before_a_wrong_word_is_told_with_the_word(tiny: Council) -> None:
    """The cell is opened once, so both of its faults are told at once."""
    tiny.change(LEVELS, 2, value_status=" finl")
    assert tiny.problems() == [
        '2022-23/service_levels.csv, row 2, column E (value_status): " finl" begins or ends with a space. "finl" is '
        'not one of the words this column takes. Remove the space. Did you mean "final"?'
    ]


def test_every_fault_of_one_row_is_reported(tiny: Council) -> None:
    """A row is repaired in one go, and each cell is named once."""
    tiny.change(
        STAFFING, 2, measure_id="Staff", period="2023", value="£38", value_status="ok", document_id="", place=""
    )

    assert [str(problem.where) for problem in tiny.found()] == [
        "2022-23/staffing.csv, row 2, column A (measure_id)",
        "2022-23/staffing.csv, row 2, column B (period)",
        "2022-23/staffing.csv, row 2, column C (value)",
        "2022-23/staffing.csv, row 2, column E (value_status)",
        "2022-23/staffing.csv, row 2, column H (document_id)",
        "2022-23/staffing.csv, row 2, column I (place)",
    ]


CLOSED = {
    "topic": Topic, "unit": Unit, "direction": Direction, "value_qualifier": Qualifier, "target_comparator": Comparator,
    "target_status": TargetStatus, "basis": Basis, "kind": SavingKind, "outcome": Outcome,
    "value_status": (*ReleaseStatus, *Missing),
}  # fmt: skip


def test_the_words_a_schema_allows_are_the_words_the_program_knows() -> None:
    """A word that passed the schema and meant nothing to the program would lose its row without a sound."""
    for resource in ("measures", "service_levels", "activity", "staffing", "savings", "commitments", "discrepancies"):
        for field in schema(resource)["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            if allowed and field["name"] in CLOSED and (field["name"] != "kind" or resource == "savings"):
                assert set(allowed) == {str(word) for word in CLOSED[field["name"]]} - {""}, (resource, field["name"])


PERIOD_COLUMNS = {"period", "from", "to", "from_period", "to_period", "covers", "date"}


def _is_checked(resource: str, column: str) -> bool:
    """Say whether a column takes only certain texts: a number, a period, a word of a list or an identifier."""
    field = next(field for field in schema(resource)["fields"] if field["name"] == column)
    constraints = field.get("constraints", {})
    period = column in PERIOD_COLUMNS or (resource, column) == ("documents", "published") or column == "due"
    return field["type"] != "string" or bool({"enum", "pattern"} & set(constraints)) or period


def _cells() -> list[tuple[str, int, str]]:
    """Return every cell of the good council: file, row and column."""
    council = Council(GOOD_COUNCIL)
    files = sorted(path.relative_to(GOOD_COUNCIL).as_posix() for path in GOOD_COUNCIL.rglob("*.csv"))
    return [
        (file, row, column)
        for file in files
        for row in range(2, len(council.cells(file)) + 1)
        for column in council.cells(file)[0]
    ]


def _records(found: Reports) -> int:
    lists = (
        found.bodies, found.services, found.measures, found.documents, found.names, found.breaks, found.duties,
        found.observations, found.savings, found.actions, found.commitments, found.milestones, found.discrepancies,
        found.corrections, found.deflators,
    )  # fmt: skip
    return sum(len(kept) for kept in lists)


ROWS = len({(file, row) for file, row, _ in _cells()})


@pytest.mark.parametrize("file", sorted({file for file, _, _ in _cells()}))
def test_every_cell_typed_over_in_turn_is_named_or_harmless(tiny: Council, file: str) -> None:
    """A text that is no number, period, word or identifier is reported at its cell; elsewhere no row is lost."""
    good = tiny.text(file)
    for _, row, column in [place for place in _cells() if place[0] == file]:
        tiny.change(file, row, **{column: "x y"})
        found, problems = tiny.read()

        assert found is None or _records(found) == ROWS, (row, column)
        if _is_checked(Path(file).stem, column):
            assert (file, row, column) in {(one.where.file, one.where.row, one.where.field) for one in problems}
        tiny.write(file, good)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("0_1", id="a number to a program alone"),
        pytest.param("٣", id="a digit of another alphabet"),
        pytest.param("not stated", id="words that some columns take"),
        pytest.param("999999999999999", id="as many digits as a spreadsheet keeps"),
        pytest.param("0.000001", id="a very small number"),
    ],
)
def test_whatever_stands_in_a_cell_no_row_is_lost_without_a_word(tiny: Council, typed: str) -> None:
    """The cells of the first row of each table are typed over in turn: every row is a record, or a problem says why."""
    for file, row, column in _cells():
        if row == 2 and not file.startswith("2021-22"):
            good = tiny.text(file)
            tiny.change(file, row, **{column: typed})
            found, _ = tiny.read()

            assert found is None or _records(found) == ROWS, (file, column)
            tiny.write(file, good)
