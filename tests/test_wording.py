"""Numbers, units, periods and verdicts as the words a reader sees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.judgement import Verdict
from macros.records import Figure, Missing, Period, ReleaseStatus, Target, TargetStatus, Unit
from macros.showing import wording

from .builders import a_figure, a_target

# Numbers


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("0.00", "0.00", id="zero keeps its decimals"),
        pytest.param("-0", "0", id="zero has no sign"),
        pytest.param("-0.0", "0.0", id="zero with decimals has no sign"),
        pytest.param("7", "7", id="one digit"),
        pytest.param("999", "999", id="the last number without a comma"),
        pytest.param("1000", "1,000", id="the first number with a comma"),
        pytest.param("7582641", "7,582,641", id="millions"),
        pytest.param("95.32", "95.32", id="decimals"),
        pytest.param("95.30", "95.30", id="a last zero was published, so it is shown"),
        pytest.param("95", "95", id="no decimals are made up"),
        pytest.param("1204.5", "1,204.5", id="a comma and a point"),
        pytest.param("1234.56789", "1,234.56789", id="no comma among decimals"),
        pytest.param("0.1", "0.1", id="a tenth"),
        pytest.param("0.0000001", "0.0000001", id="a very small number is not written with an exponent"),
        pytest.param("123456789012345", "123,456,789,012,345", id="a very large one neither"),
        pytest.param("-3", "−3", id="a minus sign, not a hyphen"),
        pytest.param("-1204.5", "−1,204.5", id="a minus sign before the thousands"),
        pytest.param("-0.05", "−0.05", id="a minus sign before a small number"),
    ],
)
def test_numbers(typed: str, shown: str) -> None:
    """A number is shown with the digits it was published with."""
    assert wording.number(Decimal(typed)) == shown


_decimals = st.integers(0, 6).flatmap(lambda places: st.decimals(-(10**15), 10**15, places=places))


@given(value=_decimals)
def test_no_digit_is_added_or_dropped(value: Decimal) -> None:
    """A shown number without its commas is the published number, digit for digit; zero alone loses a minus sign."""
    shown = wording.number(value)
    published = f"{value:f}"

    assert re.fullmatch(r"−?\d{1,3}(,\d{3})*(\.\d+)?", shown)
    assert shown.replace(",", "").replace("−", "-") == (published if value else published.removeprefix("-"))


@given(value=_decimals, unit=st.sampled_from(Unit))
def test_units_change_no_digit(value: Decimal, unit: Unit) -> None:
    """A number with its unit holds the same digits in the same order, and one minus sign where it is negative."""
    shown = wording.quantity(value, unit)

    assert re.sub(r"[^\d.]", "", shown) == re.sub(r"[^\d.]", "", f"{value:f}")
    assert shown.startswith("−") == (value < 0)
    assert shown.count("−") == (value < 0)


@pytest.mark.parametrize(
    ("typed", "unit", "shown"),
    [
        pytest.param("95.32", "per cent", "95.32%", id="per cent"),
        pytest.param("-40.3", "per cent", "−40.3%", id="a fall in per cent"),
        pytest.param("0", "per cent", "0%", id="none per cent"),
        pytest.param("7582641", "pounds", "£7,582,641", id="pounds"),
        pytest.param("61.50", "pounds", "£61.50", id="pounds and pence"),
        pytest.param("0", "pounds", "£0", id="no pounds"),
        pytest.param("-199000", "pounds", "−£199,000", id="the minus sign stands before the pound sign"),
        pytest.param("1", "days", "1 day", id="one day"),
        pytest.param("2", "days", "2 days", id="two days"),
        pytest.param("0", "days", "0 days", id="no days"),
        pytest.param("0.5", "days", "0.5 days", id="half a day"),
        pytest.param("8.77", "days", "8.77 days", id="days with decimals"),
        pytest.param("-1.5", "days", "−1.5 days", id="fewer days"),
        pytest.param("1", "hours", "1 hour", id="one hour"),
        pytest.param("24", "hours", "24 hours", id="hours"),
        pytest.param("1", "minutes", "1 minute", id="one minute"),
        pytest.param("1.5", "minutes", "1.5 minutes", id="a minute and a half"),
        pytest.param("2805", "number", "2,805", id="a count has no unit"),
        pytest.param("1", "number", "1", id="one of something"),
    ],
)
def test_quantities(typed: str, unit: str, shown: str) -> None:
    """A number carries its unit, in the singular for one."""
    assert wording.quantity(Decimal(typed), Unit(unit)) == shown


# Figures and targets


@pytest.mark.parametrize(
    ("figure", "unit", "shown"),
    [
        pytest.param(a_figure("95.32"), "per cent", "95.32%", id="an exact figure stands alone"),
        pytest.param(a_figure("0"), "number", "0", id="zero is a figure"),
        pytest.param(a_figure("80", ">"), "number", "more than 80", id="more than"),
        pytest.param(a_figure("1", "<"), "per cent", "less than 1%", id="less than"),
        pytest.param(a_figure("40000", "~"), "number", "about 40,000", id="about"),
        pytest.param(a_figure("3", ">="), "days", "at least 3 days", id="at least"),
        pytest.param(a_figure("1", "<="), "days", "at most 1 day", id="at most"),
        pytest.param(a_figure("-35000", "~"), "pounds", "about −£35,000", id="about a loss"),
        pytest.param(Missing.NOT_MEASURED, "per cent", "not measured", id="not measured"),
        pytest.param(Missing.NOT_PUBLISHED, "pounds", "not published", id="not published"),
        pytest.param(Missing.NOT_YET_DUE, "days", "not yet due", id="not yet due"),
        pytest.param(Missing.NOT_APPLICABLE, "number", "not applicable", id="not applicable"),
        pytest.param(Missing.SUPPRESSED, "number", "suppressed", id="suppressed"),
    ],
)
def test_figures(figure: Figure | Missing, unit: str, shown: str) -> None:
    """A figure says how exact it is, and a missing one why it is missing."""
    assert wording.figure(figure, Unit(unit)) == shown


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        pytest.param(ReleaseStatus.FINAL, "", id="a final figure needs no word"),
        pytest.param(ReleaseStatus.PROVISIONAL, "provisional", id="provisional"),
        pytest.param(ReleaseStatus.ESTIMATED, "estimated", id="estimated"),
        pytest.param(ReleaseStatus.REVISED, "revised", id="revised"),
        pytest.param(ReleaseStatus.FORECAST, "forecast", id="forecast"),
    ],
)
def test_release_status(status: ReleaseStatus, shown: str) -> None:
    """A figure that is not final says so in a word, not with a sign."""
    assert wording.shorthand(replace(a_figure(), status=status)) == shown


@pytest.mark.parametrize("reason", Missing, ids="the figure is {}".format)
def test_missing_figures_have_no_release_status(reason: Missing) -> None:
    """What is not there is neither final nor provisional."""
    assert wording.shorthand(reason) == ""


_SUSPENDED = a_target(None, None, status=TargetStatus.SUSPENDED)
_NOT_PUBLISHED = a_target(None, None, status=TargetStatus.NOT_PUBLISHED)
_PROPOSED = a_target("95.41", status=TargetStatus.PROPOSED)


@pytest.mark.parametrize(
    ("target", "unit", "in_a_table", "in_a_sentence"),
    [
        pytest.param(a_target("96.11"), "per cent", "at least 96.11%", "a target of 96.11%", id="at least"),
        pytest.param(a_target("0"), "number", "at least 0", "a target of 0", id="at least zero"),
        pytest.param(a_target("80", ">"), "number", "more than 80", "a target of more than 80", id="more than"),
        pytest.param(a_target("9", "<="), "days", "at most 9 days", "a target of at most 9 days", id="at most"),
        pytest.param(a_target("1", "<="), "days", "at most 1 day", "a target of at most 1 day", id="at most one day"),
        pytest.param(a_target("139020", "<"), "pounds", "below £139,020", "a target of below £139,020", id="below"),
        pytest.param(_SUSPENDED, "per cent", "suspended", "no target", id="suspended"),
        pytest.param(_NOT_PUBLISHED, "per cent", "not published", "no target", id="not published"),
        pytest.param(_PROPOSED, "per cent", "at least 95.41% (proposed)", "a target of 95.41%", id="proposed"),
    ],
)
def test_targets(target: Target, unit: str, in_a_table: str, in_a_sentence: str) -> None:
    """A target says in words how a result must compare with it."""
    assert wording.target(target, Unit(unit)) == in_a_table
    assert wording.aim(target, Unit(unit)) == in_a_sentence


def test_every_verdict_has_a_word() -> None:
    """Each verdict is a word or two that may begin a sentence, and no two are alike."""
    assert {found: wording.verdict(found) for found in Verdict} == {
        Verdict.MET: "Met",
        Verdict.MISSED: "Missed",
        Verdict.CANNOT_TELL: "Cannot be judged",
        Verdict.SUSPENDED: "Target suspended",
        Verdict.NO_FIGURE: "No figure",
        Verdict.NO_TARGET: "No target",
        Verdict.NOT_YET_DUE: "Not yet due",
    }


@pytest.mark.parametrize(
    ("change", "unit", "shown"),
    [
        pytest.param("-2.74", "per cent", "2.74 points lower", id="per cent differ by points, not by per cent"),
        pytest.param("1", "per cent", "1 point higher", id="one point"),
        pytest.param("0.5", "per cent", "0.5 points higher", id="half a point"),
        pytest.param("-1", "days", "1 day lower", id="one day"),
        pytest.param("0.73", "days", "0.73 days higher", id="a part of a day"),
        pytest.param("-1000", "pounds", "£1,000 lower", id="pounds"),
        pytest.param("150", "number", "150 higher", id="a count"),
    ],
)
def test_differences(change: str, unit: str, shown: str) -> None:
    """A difference is a size and a direction, never a signed number."""
    assert wording.difference(Decimal(change), Unit(unit)) == shown


@pytest.mark.parametrize(
    ("value", "beside", "shown"),
    [
        pytest.param("2476000", [], "£2.5 million (£2,476,000)", id="rounded up, with the exact sum"),
        pytest.param("2449999", [], "£2.4 million (£2,449,999)", id="rounded down"),
        pytest.param("2450000", [], "£2.5 million (£2,450,000)", id="a half is rounded up"),
        pytest.param("2500000", [], "£2.5 million", id="nothing was rounded"),
        pytest.param("1000000", [], "£1 million", id="a million"),
        pytest.param("12000000", [], "£12 million", id="a whole number has no decimal"),
        pytest.param("1318000", [], "£1.3 million (£1,318,000)", id="what people say"),
        pytest.param("999999", [], "£999,999", id="less than a million is never made one"),
        pytest.param("950000", [], "£950,000", id="0.95 million is not 1 million"),
        pytest.param("0", [], "£0", id="nothing"),
        pytest.param("1960000", [], "£1.96 million", id="a second decimal where one would make a whole number"),
        pytest.param("1964000", [], "£1.96 million (£1,964,000)", id="a second decimal, rounded"),
        pytest.param("1999999", [], "£1,999,999", id="the exact sum where two decimals would make a whole number"),
        pytest.param("-2476000", [], "−£2.5 million (−£2,476,000)", id="a loss"),
        pytest.param("1234567890", [], "£1.2 billion (£1,234,567,890)", id="a thousand million"),
        pytest.param("2476000", ["2430000"], "£2.5 million (£2,476,000)", id="another sum is far enough"),
        pytest.param("2476000", ["2500000"], "£2.48 million (£2,476,000)", id="not as much as the target it missed"),
        pytest.param("2520000", ["2480000"], "£2.52 million", id="not the same as another sum that rounds to it"),
        pytest.param("2501000", ["2500000"], "£2,501,000", id="too near to the target to be rounded"),
        pytest.param("2476000", ["2476000"], "£2.5 million (£2,476,000)", id="the same sum may look the same"),
    ],
)
def test_sums_as_people_say_them(value: str, beside: list[str], shown: str) -> None:
    """A sum of a million or more is said in words with the exact sum behind, and rounding never changes its story."""
    assert wording.spoken(Decimal(value), *map(Decimal, beside)) == shown


def test_only_pounds_are_said_in_millions() -> None:
    """Counts and shares are written in full in a sentence, too."""
    assert wording.said()(Decimal(2476000), Unit.NUMBER) == "2,476,000"
    assert wording.said()(Decimal("95.32"), Unit.PER_CENT) == "95.32%"
    assert wording.figure(a_figure("2476000", "~"), Unit.POUNDS, wording.said()) == "about £2.5 million (£2,476,000)"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        pytest.param("Steep roads were not gritted.", "Steep roads were not gritted.", id="a short quote is whole"),
        pytest.param("Snow fell. Roads were shut.", "Snow fell. …", id="the first of two sentences"),
        pytest.param(
            " ".join(["word"] * 26), " ".join(["word"] * 25) + " …", id="the first 25 words of a long sentence"
        ),
        pytest.param(" ".join(["word"] * 25), " ".join(["word"] * 25), id="25 words are not too many"),
    ],
)
def test_the_beginning_of_a_quote(quote: str, shown: str) -> None:
    """A list gives the beginning of a quote and shows that there is more."""
    assert wording.beginning(quote) == shown
    assert wording.quoted(shown) == (f"“{shown}”" if shown.endswith((".", "…")) else f"“{shown}”.")


# Periods


@pytest.mark.parametrize(
    ("code", "shown", "in_a_sentence"),
    [
        pytest.param("FY2013-14", "2013/14", "in 2013/14", id="a financial year"),
        pytest.param("FY1999-00", "1999/00", "in 1999/00", id="the turn of the century"),
        pytest.param("2013-M10", "October 2013", "in October 2013", id="a month"),
        pytest.param("2014-M01", "January 2014", "in January 2014", id="the first month"),
        pytest.param("2013-M12", "December 2013", "in December 2013", id="the last month"),
        pytest.param("D2011-05-16", "16 May 2011", "on 16 May 2011", id="a day"),
        pytest.param("D2012-03-01", "1 March 2012", "on 1 March 2012", id="the first of a month has no nought"),
        pytest.param("2013-Q3", "July to September 2013", "from July to September 2013", id="a calendar quarter"),
        pytest.param(
            "FY2011-12-Q3",
            "October to December 2011",
            "from October to December 2011",
            id="the third quarter of a year",
        ),
        pytest.param(
            "FY2011-12-Q4", "January to March 2012", "from January to March 2012", id="the fourth quarter of a year"
        ),
        pytest.param(
            "2011-M10/2012-M03",
            "October 2011 to March 2012",
            "from October 2011 to March 2012",
            id="months across a new year",
        ),
        pytest.param("2012-M04/2012-M09", "April to September 2012", "from April to September 2012", id="half a year"),
        pytest.param(
            "2011-M04/2014-M03", "April 2011 to March 2014", "from April 2011 to March 2014", id="several years"
        ),
    ],
)
def test_periods(code: str, shown: str, in_a_sentence: str) -> None:
    """A period is written as a reader says it, with the preposition it takes."""
    assert wording.period(Period.parse(code)) == shown
    assert wording.in_period(Period.parse(code)) == in_a_sentence


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        pytest.param("FY2011-12", "FY2013-14", "2011/12 to 2013/14", id="years"),
        pytest.param("FY2013-14", "FY2013-14", "2013/14", id="one year alone"),
        pytest.param("2011-M10/2012-M03", "FY2013-14", "October 2011 to 2013/14", id="from a part-year to a year"),
        pytest.param("FY2011-12", "2012-M04/2012-M09", "2011/12 to September 2012", id="from a year to a part-year"),
        pytest.param("2013-M04", "2014-M03", "April 2013 to March 2014", id="months"),
        pytest.param("D2022-03-31", "D2023-03-31", "31 March 2022 to 31 March 2023", id="days"),
    ],
)
def test_spans(first: str, last: str, shown: str) -> None:
    """What lies between two periods is written from the beginning of the first to the end of the last."""
    assert wording.span(Period.parse(first), Period.parse(last)) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        pytest.param("FY2013-14", "2013/14", id="a year stays on one line"),
        pytest.param("2013-M10", "Oct|2013", id="a month stands over its year"),
        pytest.param("D2011-05-16", "16|May|2011", id="a day on three lines"),
        pytest.param("2011-M10/2012-M03", "Oct 2011|to Mar|2012", id="a run of months on three lines"),
        pytest.param("2013-Q3", "Jul 2013|to Sep|2013", id="a quarter on three lines"),
    ],
)
def test_periods_on_an_axis(code: str, shown: str) -> None:
    """A period on an axis may break where a bar stands."""
    assert wording.axis(Period.parse(code)) == shown


def test_years_and_days() -> None:
    """A package's folder is written as the year people say; a date as a day."""
    assert wording.year("2011-12") == "2011/12"
    assert wording.day(date(2026, 11, 3)) == "3 November 2026"


# Words


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        pytest.param("per cent", "Result (%)", id="per cent"),
        pytest.param("pounds", "Result (£)", id="pounds"),
        pytest.param("number", "Result", id="a count has no unit"),
        pytest.param("days", "Result (days)", id="days"),
        pytest.param("hours", "Result (hours)", id="hours"),
        pytest.param("minutes", "Result (minutes)", id="minutes"),
    ],
)
def test_headings(unit: str, shown: str) -> None:
    """A column of bare numbers names their unit."""
    assert wording.heading("Result", Unit(unit)) == shown


@pytest.mark.parametrize(
    ("how_many", "one", "many", "shown"),
    [
        pytest.param(0, "service level", "", "0 service levels", id="none"),
        pytest.param(1, "service level", "", "1 service level", id="one"),
        pytest.param(2, "service level", "", "2 service levels", id="two"),
        pytest.param(1200, "row", "", "1,200 rows", id="thousands"),
        pytest.param(1, "promise was", "promises were", "1 promise was", id="one of a plural of its own"),
        pytest.param(3, "promise was", "promises were", "3 promises were", id="three of a plural of its own"),
    ],
)
def test_counts(how_many: int, one: str, many: str, shown: str) -> None:
    """A count agrees with its noun."""
    assert wording.count(how_many, one, many) == shown


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(["a"], "a", id="one"),
        pytest.param(["a", "b"], "a and b", id="two"),
        pytest.param(["a", "b", "c"], "a, b and c", id="three"),
        pytest.param(["a and b", "c"], "a and b and c", id="items are left as they are"),
    ],
)
def test_listings(items: list[str], shown: str) -> None:
    """Items are listed as a sentence lists them."""
    assert wording.listing(items) == shown


@pytest.mark.parametrize(
    ("how_many", "shown"),
    [
        pytest.param(0, "0 bytes", id="an empty file"),
        pytest.param(999, "999 bytes", id="less than a kilobyte"),
        pytest.param(1000, "1 KB", id="a kilobyte"),
        pytest.param(1499, "1 KB", id="rounded down"),
        pytest.param(1501, "2 KB", id="rounded up"),
        pytest.param(1234567, "1,235 KB", id="more than a thousand"),
    ],
)
def test_sizes(how_many: int, shown: str) -> None:
    """A file's size is told before it is downloaded."""
    assert wording.size(how_many) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("kept late.", "Kept late.", id="a small letter"),
        pytest.param("ICT for West Lancashire", "ICT for West Lancashire", id="the rest is left as it is"),
        pytest.param("95.32%", "95.32%", id="a number"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_capitals(text: str, shown: str) -> None:
    """A sentence begins with a capital letter."""
    assert wording.capital(text) == shown
