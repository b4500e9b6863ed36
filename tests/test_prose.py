"""Sentences, word for word. Each is what a resident reads first."""

from __future__ import annotations

import pytest

from macros.meaning.judgement import Verdict
from macros.reading.reports import Reports
from macros.records import Break, Direction, Measure, Missing, Observation, Period, TargetStatus, Unit
from macros.showing import home, prose
from macros.showing.views import Cell, ListView, Prose

from .builders import (
    a_break,
    a_figure,
    a_measure,
    a_target,
    an_observation,
    some_reports,
)

_TAX = a_measure(decimals=2)
_BINS = a_measure(unit=Unit.NUMBER, direction=Direction.LOWER, decimals=0)
_DAYS = a_measure(unit=Unit.DAYS, direction=Direction.LOWER)
_COST = a_measure(unit=Unit.POUNDS, direction=Direction.LOWER, decimals=2)
_POUNDS = a_measure(unit=Unit.POUNDS, direction=Direction.HIGHER, decimals=0)
_SUSPENDED = a_target(None, None, status=TargetStatus.SUSPENDED)
_NOT_PUBLISHED = a_target(None, None, status=TargetStatus.NOT_PUBLISHED)
_PROPOSED = a_target("92", status=TargetStatus.PROPOSED)


def _texts(view: Prose) -> list[str]:
    """Return the paragraphs as texts."""
    return ["".join(cell.text for cell in paragraph) for paragraph in view.paragraphs]


def _sentence(*rows: Observation, breaks: tuple[Break, ...] = ()) -> str:
    """Return the sentence about the last row of a series."""
    return prose.sentence(rows[-1], rows, some_reports(*rows, breaks=breaks))


# One observation


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param(
            an_observation("95.32", target=a_target("96.11"), measure=_TAX, period="FY2013-14"),
            "Missed in 2013/14: 95.32% against a target of 96.11%.",
            id="missed",
        ),
        pytest.param(
            an_observation("95", target=a_target("95")), "Met in 2021/22: 95% against a target of 95%.", id="met"
        ),
        pytest.param(
            an_observation("0", target=a_target("5", "<")),
            "Met in 2021/22: 0% against a target of below 5%.",
            id="met by zero",
        ),
        pytest.param(
            an_observation("61.50", target=a_target("60", "<="), measure=_COST),
            "Missed in 2021/22: £61.50 against a target of at most £60.",
            id="money over a ceiling",
        ),
        pytest.param(
            an_observation("1", target=a_target("1", "<="), measure=_DAYS),
            "Met in 2021/22: 1 day against a target of at most 1 day.",
            id="one day",
        ),
        pytest.param(
            an_observation(a_figure("90", ">"), target=a_target("90")),
            "Met in 2021/22: more than 90% against a target of 90%.",
            id="met by a figure that is not exact",
        ),
        pytest.param(
            an_observation(a_figure("80", "~"), target=a_target("80")),
            "Cannot be judged in 2021/22: about 80% against a target of 80%.",
            id="cannot be judged",
        ),
        pytest.param(
            an_observation(a_figure("61.50", status="provisional"), target=a_target("62", "<="), measure=_COST),
            "Met in 2021/22: £61.50 (provisional) against a target of at most £62.",
            id="provisional",
        ),
        pytest.param(
            an_observation("61", target=_SUSPENDED),
            "Target suspended in 2021/22: the result was 61%.",
            id="suspended",
        ),
        pytest.param(
            an_observation("83", target=_NOT_PUBLISHED),
            "No target published in 2021/22: the result was 83%.",
            id="no target published",
        ),
        pytest.param(
            an_observation(Missing.NOT_MEASURED, target=a_target("90")),
            "No figure in 2021/22: not measured; the target was 90%.",
            id="no figure",
        ),
        pytest.param(
            an_observation(Missing.SUPPRESSED, target=_SUSPENDED),
            "No figure in 2021/22: suppressed.",
            id="no figure and no target in force",
        ),
        pytest.param(
            an_observation(Missing.NOT_YET_DUE, target=a_target("95")),
            "No figure in 2021/22: not yet due; the target is 95%.",
            id="not yet due",
        ),
        pytest.param(
            an_observation(Missing.NOT_APPLICABLE, target=_PROPOSED),
            "Proposed in 2021/22: a target of 92%.",
            id="proposed",
        ),
        pytest.param(
            an_observation("97", target=a_target("95"), period="2011-M10/2012-M03"),
            "Met from October 2011 to March 2012: 97% against a target of 95%.",
            id="a part-year",
        ),
        pytest.param(
            an_observation("4", target=a_target("3", "<="), measure=_DAYS, period="2013-M10"),
            "Missed in October 2013: 4 days against a target of at most 3 days.",
            id="a month",
        ),
        pytest.param(an_observation("1204", measure=_BINS), "1,204 in 2021/22.", id="activity has no verdict"),
        pytest.param(an_observation("0", measure=_BINS, period="2022-M07"), "0 in July 2022.", id="no activity at all"),
        pytest.param(
            an_observation(a_figure("4200", "~"), measure=_BINS, period="2021-M10/2022-M03"),
            "About 4,200 from October 2021 to March 2022.",
            id="activity that is not exact",
        ),
        pytest.param(
            an_observation(a_figure("9100", status="estimated"), measure=_BINS),
            "9,100 (estimated) in 2021/22.",
            id="activity that is estimated",
        ),
        pytest.param(
            an_observation(Missing.NOT_PUBLISHED, measure=_BINS, period="2022-M05"),
            "No figure in May 2022: not published.",
            id="activity without a figure",
        ),
        pytest.param(an_observation("40", measure=_BINS, period="D2022-03-31"), "40 on 31 March 2022.", id="a day"),
    ],
)
def test_sentence(seen: Observation, expected: str) -> None:
    """A sentence says the verdict, the period, the figure and the target."""
    assert _sentence(seen) == expected


def _levels(measure: Measure, target: str, *rows: tuple[str, str | Missing]) -> list[Observation]:
    """Return a measure's results in several periods against one target."""
    promised = a_target(target, "<=" if measure.direction is Direction.LOWER else ">=")
    return [an_observation(value, period=period, measure=measure, target=promised) for period, value in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            _levels(_TAX, "96.11", ("FY2011-12", "98.06"), ("FY2013-14", "95.32")),
            "Missed in 2013/14: 95.32% against a target of 96.11%, 2.74 points lower than in 2011/12.",
            id="lower than in an earlier year",
        ),
        pytest.param(
            _levels(_DAYS, "3", ("2013-M09", "3"), ("2013-M10", "4")),
            "Missed in October 2013: 4 days against a target of at most 3 days, 1 day higher than in September 2013.",
            id="higher than in the month before",
        ),
        pytest.param(
            _levels(_COST, "62", ("FY2020-21", "61.50"), ("FY2021-22", "61.50")),
            "Met in 2021/22: £61.50 against a target of at most £62, the same as in 2020/21.",
            id="unchanged",
        ),
        pytest.param(
            _levels(_TAX, "95", ("2011-M10/2012-M03", "95"), ("2012-M10/2013-M03", "96")),
            "Met from October 2012 to March 2013: 96% against a target of 95%, "
            "1 point higher than from October 2011 to March 2012.",
            id="one point higher than in the same months of the year before",
        ),
        pytest.param(
            _levels(_POUNDS, "5768616", ("2011-M10/2012-M03", "7582641"), ("2012-M10/2013-M03", "7482641")),
            "Met from October 2012 to March 2013: £7.5 million (£7,482,641) against a target of £5.8 million "
            "(£5,768,616). Like for like, £100,000 lower than from October 2011 to March 2012.",
            id="a sentence of more than 25 words becomes two",
        ),
        pytest.param(
            _levels(_TAX, "95", ("2011-M10/2012-M03", "95"), ("FY2012-13", "96")),
            "Met in 2012/13: 96% against a target of 95%.",
            id="a year is not compared with a part-year",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2019-20", "95"), ("FY2020-21", Missing.NOT_MEASURED), ("FY2021-22", "96")),
            "Met in 2021/22: 96% against a target of 95%, 1 point higher than in 2019/20.",
            id="a year without a figure is passed over",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2020-21", "95"), ("FY2021-22", Missing.NOT_YET_DUE)),
            "No figure in 2021/22: not yet due; the target is 95%.",
            id="a missing figure is not compared",
        ),
        pytest.param(
            [
                an_observation("12", measure=_BINS, period="2022-M04"),
                an_observation("9", measure=_BINS, period="2022-M06"),
            ],
            "9 in June 2022, 3 lower than in April 2022.",
            id="activity moves too",
        ),
        pytest.param(
            [
                an_observation("40", measure=_BINS, period="D2022-03-31"),
                an_observation("38", measure=_BINS, period="D2023-03-31"),
            ],
            "38 on 31 March 2023, 2 lower than on 31 March 2022.",
            id="a day is compared with a day",
        ),
    ],
)
def test_movement(rows: list[Observation], expected: str) -> None:
    """A sentence ends with the movement since the period before, where the two may be compared."""
    assert _sentence(*rows) == expected


def test_no_movement_across_a_break() -> None:
    """Across a break a sentence says nothing of higher or lower; across a new name it does."""
    rows = _levels(_TAX, "95", ("FY2020-21", "95"), ("FY2021-22", "96"))

    assert _sentence(*rows, breaks=(a_break(),)) == "Met in 2021/22: 96% against a target of 95%."
    assert _sentence(*rows, breaks=(a_break(comparable=True),)).endswith(", 1 point higher than in 2020/21.")


def test_description_of_a_chart() -> None:
    """A chart is described by one sentence for each period it shows, gaps included."""
    rows = _levels(_TAX, "95", ("FY2019-20", "94"), ("FY2020-21", Missing.NOT_PUBLISHED), ("FY2021-22", "95"))

    assert prose.description(rows) == (
        "Missed in 2019/20: 94% against a target of 95%. "
        "No figure in 2020/21: not published; the target was 95%. "
        "Met in 2021/22: 95% against a target of 95%."
    )


# One measure


@pytest.mark.parametrize(
    ("rows", "newest"),
    [
        pytest.param([], None, id="nothing of nothing"),
        pytest.param(
            [an_observation("1", period="FY2020-21"), an_observation("2", period="FY2021-22")],
            "FY2021-22",
            id="the newest year",
        ),
        pytest.param(
            [an_observation("1", period="FY2020-21"), an_observation("2", period="2021-M04")],
            "2021-M04",
            id="a newer month before a year that ended earlier",
        ),
        pytest.param(
            [an_observation("1", period="2021-M04"), an_observation("2", period="2021-M05")],
            "2021-M05",
            id="the newest month where there are only months",
        ),
        pytest.param(
            [
                an_observation("1", period="FY2020-21", target=a_target()),
                an_observation(Missing.NOT_APPLICABLE, period="FY2021-22", target=_PROPOSED),
            ],
            "FY2020-21",
            id="what is in force before what is proposed",
        ),
        pytest.param(
            [an_observation(Missing.NOT_APPLICABLE, period="FY2021-22", target=_PROPOSED)],
            "FY2021-22",
            id="what is proposed where nothing else is known",
        ),
    ],
)
def test_latest(rows: list[Observation], newest: str | None) -> None:
    """A measure speaks first of its newest year."""
    seen = prose.latest(rows)

    assert (seen.period.code if seen else None) == newest


@pytest.mark.parametrize(
    ("rows", "breaks", "expected"),
    [
        pytest.param(
            _levels(_TAX, "96.11", ("FY2011-12", "98.06"), ("FY2013-14", "95.32")),
            (),
            [
                "Missed in 2013/14: 95.32% against a target of 96.11%, 2.74 points lower than in 2011/12.",
                "The figure has worsened.",
                "It missed the target by 0.79 points.",
            ],
            id="worsened",
        ),
        pytest.param(
            _levels(_DAYS, "3", ("FY2020-21", "3"), ("FY2021-22", "2.5")),
            (),
            [
                "Met in 2021/22: 2.5 days against a target of at most 3 days, 0.5 days lower than in 2020/21.",
                "The figure has improved.",
            ],
            id="improved",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2020-21", "95"), ("FY2021-22", "96")),
            (a_break(),),
            [
                "Met in 2021/22: 96% against a target of 95%.",
                "It is not compared with 2020/21, because the measure changed between the two.",
            ],
            id="a break is named",
        ),
        pytest.param(
            _levels(_TAX, "95", ("2012-M04/2012-M09", "95")),
            (),
            ["Met from April to September 2012: 95% against a target of 95%.", "This is a part-year: 6 of 12 months."],
            id="a part-year says how many months it covers",
        ),
        pytest.param(
            _levels(_TAX, "95", ("2011-M10/2012-M03", "95"), ("FY2012-13", "96")),
            (),
            [
                "Met in 2012/13: 96% against a target of 95%.",
                "It is not compared with October 2011 to March 2012, because the two periods are not alike.",
            ],
            id="a part-year is named",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2020-21", "95"), ("FY2021-22", "95")),
            (),
            ["Met in 2021/22: 95% against a target of 95%, the same as in 2020/21."],
            id="unchanged",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2021-22", "95")),
            (),
            ["Met in 2021/22: 95% against a target of 95%."],
            id="nothing to compare with",
        ),
        pytest.param(
            _levels(_TAX, "95", ("FY2020-21", "95"), ("FY2021-22", Missing.NOT_YET_DUE)),
            (),
            ["No figure in 2021/22: not yet due; the target is 95%."],
            id="no figure yet",
        ),
    ],
)
def test_measure_summary(rows: list[Observation], breaks: tuple[Break, ...], expected: list[str]) -> None:
    """A measure's page begins with its newest sentence, and what the movement means or why there is none."""
    reports = some_reports(*rows, breaks=breaks)

    assert _texts(prose.measure_summary("bins-on-time", reports)) == expected


def test_measure_summary_where_neither_way_is_better() -> None:
    """Without a direction nothing improves or worsens: the movement is told, and not judged."""
    measure = a_measure(unit=Unit.NUMBER, direction=Direction.NEITHER, decimals=0)
    rows = [
        an_observation(value, period=code, measure=measure) for code, value in (("FY2020-21", "5"), ("FY2021-22", "9"))
    ]

    assert _texts(prose.measure_summary("bins-on-time", some_reports(*rows))) == [
        "9 in 2021/22, 4 higher than in 2020/21."
    ]


def test_measure_summary_without_figures() -> None:
    """A measure that no document gives a figure for says so."""
    assert _texts(prose.measure_summary("bins-on-time", some_reports())) == [
        "No document here gives a figure for this measure."
    ]


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        pytest.param(Direction.HIGHER, "A higher figure is better.", id="higher"),
        pytest.param(Direction.LOWER, "A lower figure is better.", id="lower"),
        pytest.param(Direction.NEITHER, "Neither a higher nor a lower figure is better in itself.", id="neither"),
    ],
)
def test_which_way_is_better(direction: Direction, expected: str) -> None:
    """A measure's meaning ends with the way that is better and the unit, and links its service."""
    view = prose.measure_meaning(a_measure(direction=direction), some_reports())

    assert prose.better(direction) == expected
    assert _texts(view)[:2] == [
        f"The share of household bins emptied on the day printed in the calendar. {expected} It is given in per cent.",
        "It belongs to Bin collection. Emptying household bins.",
    ]
    assert Cell("Bin collection", "services/bin-collection/") in view.paragraphs[1]


def test_a_measure_says_how_new_it_is(northmoor: Reports) -> None:
    """A measure's page says which period was reported last, and when the newest document was published."""
    view = prose.measure_meaning(northmoor.measures["bins-on-time"], northmoor)

    assert _texts(view)[2] == (
        "It was last reported for 2022/23 (12 months). Last updated on 3 July 2023, from Annual report 2022/23."
    )
    assert Cell("Annual report 2022/23", "data/#annual-report-2022-23") in view.paragraphs[2]


def test_a_document_without_a_date_says_so(example: Reports) -> None:
    """Where the newest document gives no date, that is said, and a part of a year says how much of it there is."""
    view = prose.measure_meaning(example.measures["payroll-error-rate"], example)

    assert _texts(view)[2] == (
        "It was last reported for April 2017 to February 2018 (11 of 12 months). "
        "Last updated from BT Lancashire Services performance report, April 2017 to February 2018. "
        "That document gives no date of publication."
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("FY2021-22", "12 months", id="a year"),
        pytest.param("2021-M10/2022-M03", "6 of 12 months", id="half a year"),
        pytest.param("2021-Q3", "3 of 12 months", id="a quarter"),
        pytest.param("2021-M04/2023-M03", "24 months", id="two years"),
        pytest.param("2021-M04", "1 month", id="a month"),
        pytest.param("D2021-04-01", "1 day", id="a day"),
    ],
)
def test_how_many_months_are_covered(code: str, expected: str) -> None:
    """Only a part of a year is said to be so many months of twelve."""
    assert prose.covered(Period.parse(code)) == expected


def test_a_measure_that_ended_says_why() -> None:
    """A measure that is no longer published keeps its page, which says so."""
    view = prose.measure_meaning(a_measure(ended="The survey was given up."), some_reports())

    assert "It is no longer published. The survey was given up." in _texts(view)


# Many observations


_MET = an_observation("95", target=a_target("95"))
_MISSED = an_observation("94", target=a_target("95"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], "the documents here give no service levels", id="none"),
        pytest.param(
            [an_observation("9", measure=_BINS)], "the documents here give no service levels", id="activity only"
        ),
        pytest.param([_MET], "1 of 1 service level was met", id="one met"),
        pytest.param([_MISSED], "0 of 1 service level was met and 1 was missed", id="one missed"),
        pytest.param([_MET, _MET, _MISSED], "2 of 3 service levels were met and 1 was missed", id="most met"),
        pytest.param([_MET, _MISSED, _MISSED], "1 of 3 service levels was met and 2 were missed", id="most missed"),
        pytest.param(
            [_MET, _MISSED, an_observation("9", target=_SUSPENDED)],
            "1 of 3 service levels was met, 1 was missed and 1 had its target suspended",
            id="one suspended",
        ),
        pytest.param(
            [_MET, _MISSED, an_observation("9", target=_SUSPENDED), an_observation("9", target=_NOT_PUBLISHED)],
            "1 of 4 service levels was met and 1 was missed. "
            "The others: 1 had its target suspended and 1 had no target",
            id="two others",
        ),
        pytest.param(
            [
                _MET,
                an_observation(Missing.NOT_YET_DUE, target=a_target()),
                an_observation(Missing.NOT_YET_DUE, target=a_target()),
            ],
            "1 of 3 service levels was met and 2 are not yet due",
            id="two not yet due",
        ),
        pytest.param(
            [_MET] * 1744 + [_MISSED] * 1456 + [an_observation("9", target=_SUSPENDED)] * 1000,
            "1,744 of 4,200 service levels were met, 1,456 were missed and 1,000 had their targets suspended",
            id="thousands",
        ),
    ],
)
def test_tally(rows: list[Observation], expected: str) -> None:
    """Verdicts are counted in words that agree with their number, and every verdict is counted."""
    assert prose.tally(rows) == expected


def test_missed_are_the_newest_first() -> None:
    """The list of misses begins with what was missed last, and holds nothing else."""
    rows = [
        an_observation("94", period="FY2019-20", target=a_target("95")),
        an_observation("94", period="FY2020-21", target=_SUSPENDED),
        an_observation("94", period="FY2021-22", target=a_target("95")),
        an_observation("95", period="FY2022-23", target=a_target("95")),
    ]

    assert [seen.period.code for seen in prose.missed(some_reports(*rows))] == ["FY2021-22", "FY2019-20"]


def test_many_misses_are_counted_with_their_comma() -> None:
    """The home page shows the newest thirty misses, and says how many there are."""
    row = an_observation("94", period="FY2019-20", target=a_target("95"))
    newest, others = home.misses(some_reports(*[row] * 1744))
    assert isinstance(newest, ListView)
    assert len(newest.items) == 30
    assert isinstance(others, Prose)
    said = "These are the newest of 1,744 missed service levels. What was said about each."
    assert _texts(others) == [said]


def test_year_summary_counts_by_hand(northmoor: Reports) -> None:
    """A year begins with what its service levels came to, and says what is known to be missing."""
    assert _texts(prose.year_summary(northmoor, "2021-22"))[0] == (
        "In 2021/22, 3 of 8 service levels were met and 2 were missed. "
        "The others: 1 had its target suspended, 1 had no figure and 1 had no target."
    )
    assert _texts(prose.year_summary(northmoor, "2022-23")) == [
        "In 2022/23, 4 of 8 service levels were met and 2 were missed. "
        "The others: 1 cannot be judged and 1 is not yet due.",
        "Something is known to be missing from Annual report 2022/23. Appendix B is absent.",
    ]


def test_months_are_counted_apart() -> None:
    """Twelve months of one service level are not twelve service levels of the year."""
    rows = [
        an_observation("95", target=a_target("95"), period="FY2021-22"),
        an_observation("94", target=a_target("95"), period="2021-M04"),
        an_observation("95", target=a_target("95"), period="2021-M05"),
    ]

    assert _texts(prose.year_summary(some_reports(*rows), "2021-22")) == [
        "In 2021/22, 1 of 1 service level was met.",
        "Month by month, 1 of 2 service levels was met and 1 was missed.",
    ]


def test_service_summary(northmoor: Reports) -> None:
    """A service says first what its service levels came to, then what it does, for whom, and who runs it."""
    assert _texts(prose.service_summary(northmoor, "libraries"))[1:] == [
        "Lending books, in three branches and online.",
        "The service is for Northmoor District Council.",
        "The council runs its libraries itself.",
    ]
    assert _texts(prose.service_summary(northmoor, "bin-collection")) == [
        "By year, 6 of 10 service levels were met and 4 were missed.",
        "Emptying household bins, and putting right the ones that were missed.",
        "The service is for Northmoor District Council. "
        "Its provider, by the newest document here, is Tidy Streets Limited.",
    ]


def test_misses_summary(northmoor: Reports) -> None:
    """The page of misses says how many there were, and for how many a document gives a reason."""
    # Missed: recycling and calls in 2021/22, bins and cost in 2022/23. Only the bins of 2022/23 have a reason.
    assert _texts(prose.misses_summary(northmoor)) == ["4 service levels were missed. A reason was given for 1."]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([_MET], "No service level here was missed.", id="none"),
        pytest.param([_MISSED], "1 service level was missed. A reason was given for 0.", id="one"),
    ],
)
def test_few_misses(rows: list[Observation], expected: str) -> None:
    """None and one are said in words that agree."""
    assert _texts(prose.misses_summary(some_reports(*rows))) == [expected]


def test_home_cards_count_by_hand(northmoor: Reports) -> None:
    """The first page's figures are the same as those of the pages they link to."""
    cards = {card.title: card for card in home.cards(northmoor).cards}

    assert {title: card.value.text for title, card in cards.items()} == {
        "Missed": "4",
        "Met": "7",
        "Saved": "£250,000",
        "Promises": "2",
    }
    assert cards["Promises"].text.text == "of which a later document says what became of 1"
    assert (cards["Missed"].address, cards["Missed"].mark) == ("actions/", "missed")


def test_every_verdict_has_a_rule() -> None:
    """The page of verdicts explains each one, in words and not only by its mark."""
    rows = prose.verdict_rules().rows

    assert [row[0].text.lower() for row in rows] == [str(found) for found in Verdict]
    assert all(row[1].text.endswith(".") for row in rows)


def test_promises_and_disagreements(northmoor: Reports) -> None:
    """The pages of promises and discrepancies begin with how many there are; without any, they say so."""
    assert _texts(prose.promises(northmoor)) == [
        "2 promises in the documents. Of 1, a later document says what became."
    ]
    assert _texts(prose.disagreements(northmoor))[0] == ("2 notes on where documents disagree, or cannot be checked.")
    assert _texts(prose.promises(some_reports())) == ["The documents here make no promises."]
    assert _texts(prose.disagreements(some_reports())) == ["No disagreement in the documents has been found."]


@pytest.mark.parametrize(
    ("value", "comparator", "unit", "said"),
    [
        ("95.32", ">=", Unit.PER_CENT, "0.79 points."),
        ("96.11", ">=", Unit.PER_CENT, ""),
        ("96.11", ">", Unit.PER_CENT, ""),
        ("100", "<=", Unit.POUNDS, "£3.89."),
    ],
)
def test_missed_by(value: str, comparator: str, unit: Unit, said: str) -> None:
    """A miss says how far the figure was from its target of 96.11; exactly on a target it is not far at all."""
    measure = a_measure(unit=unit)
    assert prose.missed_by(an_observation(value, target=a_target("96.11", comparator), measure=measure)) == said


def test_caveats_stand_beside_a_figure() -> None:
    """The note on a figure, and the note on the figure it is compared with, are said with it."""
    before = an_observation("98.06", period="FY2020-21", target=a_target("98"), note="It may cover six months.")
    seen = an_observation("95.32", period="FY2021-22", target=a_target("96"), note="Nobody was counted twice.")
    assert prose.caveats(seen, some_reports(before, seen)) == [
        "Nobody was counted twice.",
        "In 2020/21: It may cover six months.",
    ]
