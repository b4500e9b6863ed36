"""Was the target met? Every verdict here was worked out by hand from the figure, the target and its comparator."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.meaning.judgement import Verdict, counts, judge, verdict
from macros.records import (
    Comparator,
    Direction,
    Figure,
    Missing,
    Observation,
    Qualifier,
    ReleaseStatus,
    Target,
    TargetStatus,
    Unit,
)
from macros.showing import wording

from .builders import a_figure, a_measure, a_target, an_observation

MET, MISSED, CANNOT_TELL = Verdict.MET, Verdict.MISSED, Verdict.CANNOT_TELL

# What each comparator says, written down a second time: the rule here shares no code with the one it checks.
_RULES: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE_THAN: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS_THAN: operator.lt,
}


# Exact figures


@pytest.mark.parametrize(
    ("comparator", "target", "value", "expected"),
    [
        pytest.param(">=", "95", "94.9", MISSED, id="just under a target of at least 95 is missed"),
        pytest.param(">=", "95", "95", MET, id="exactly on a target of at least 95 is met"),
        pytest.param(">=", "95", "95.1", MET, id="just over a target of at least 95 is met"),
        pytest.param(">", "95", "94.9", MISSED, id="just under a target of more than 95 is missed"),
        pytest.param(">", "95", "95", MISSED, id="exactly on a target of more than 95 is missed"),
        pytest.param(">", "95", "95.1", MET, id="just over a target of more than 95 is met"),
        pytest.param("<=", "10", "9.9", MET, id="just under a target of at most 10 is met"),
        pytest.param("<=", "10", "10", MET, id="exactly on a target of at most 10 is met"),
        pytest.param("<=", "10", "10.1", MISSED, id="just over a target of at most 10 is missed"),
        pytest.param("<", "10", "9.9", MET, id="just under a target of less than 10 is met"),
        pytest.param("<", "10", "10", MISSED, id="exactly on a target of less than 10 is missed"),
        pytest.param("<", "10", "10.1", MISSED, id="just over a target of less than 10 is missed"),
        pytest.param(">=", "95", "95.0", MET, id="95.0 is exactly on 95"),
        pytest.param("<", "95.0", "95.00", MISSED, id="95.00 is not less than 95.0"),
        pytest.param(">=", "10", "9.5", MISSED, id="figures are compared as numbers, not as text: 9.5 is under 10"),
        pytest.param(">=", "0.3", "0.30", MET, id="0.30 meets at least 0.3, which binary fractions could get wrong"),
    ],
)
def test_exact_figure(comparator: str, target: str, value: str, expected: Verdict) -> None:
    """An exact figure is judged by the comparator printed with its target, and nothing else."""
    assert judge(a_figure(value), a_target(target, comparator)) is expected


@pytest.mark.parametrize(
    ("comparator", "target", "value", "expected"),
    [
        pytest.param(">=", "95", "0", MISSED, id="a result of zero misses at least 95"),
        pytest.param("<=", "10", "0", MET, id="a result of zero meets at most 10"),
        pytest.param("<", "10", "0", MET, id="a result of zero meets less than 10"),
        pytest.param(">", "10", "0.00", MISSED, id="a result of 0.00 misses more than 10"),
        pytest.param(">=", "0", "0", MET, id="zero meets at least zero"),
        pytest.param(">", "0", "0", MISSED, id="zero misses more than zero"),
        pytest.param("<=", "0", "0", MET, id="zero meets at most zero"),
        pytest.param("<", "0", "0", MISSED, id="zero misses less than zero"),
        pytest.param("<=", "0", "1", MISSED, id="one complaint misses a target of none at all"),
        pytest.param(">=", "0", "-0.1", MISSED, id="a loss misses at least zero"),
        pytest.param("<=", "0", "-3", MET, id="a fall meets at most zero"),
        pytest.param("<=", "-2", "-1.9", MISSED, id="a fall of 1.9 misses a fall of at least 2"),
        pytest.param("<=", "-2", "-2.0", MET, id="a fall of 2.0 meets a fall of at least 2"),
        pytest.param("<=", "-2", "-2.1", MET, id="a fall of 2.1 meets a fall of at least 2"),
        pytest.param(">=", "-2", "-10", MISSED, id="minus 10 is under minus 2"),
        pytest.param(">=", "0", "-0", MET, id="minus zero is zero"),
    ],
)
def test_zero_and_negative_figures(comparator: str, target: str, value: str, expected: Verdict) -> None:
    """Zero and negative numbers are numbers, as results and as targets."""
    assert judge(a_figure(value), a_target(target, comparator)) is expected


@pytest.mark.parametrize(
    ("unit", "direction", "target", "value", "expected"),
    [
        pytest.param(
            "per cent", "higher", a_target("96.11", ">="), "95.32", MISSED, id="95.32% of council tax misses 96.11%"
        ),
        pytest.param(
            "per cent", "higher", a_target("96.11", ">="), "96.11", MET, id="96.11% of council tax meets 96.11%"
        ),
        pytest.param("per cent", "lower", a_target("5", "<"), "5.0", MISSED, id="5.0% refused misses less than 5%"),
        pytest.param("days", "lower", a_target("9", "<="), "8.77", MET, id="8.77 days meets at most 9 days"),
        pytest.param("days", "lower", a_target("9", "<="), "9.01", MISSED, id="9.01 days misses at most 9 days"),
        pytest.param("hours", "lower", a_target("4", "<="), "4", MET, id="four hours meets at most four hours"),
        pytest.param(
            "minutes", "lower", a_target("2", "<"), "1.5", MET, id="a minute and a half meets less than two minutes"
        ),
        pytest.param("pounds", "lower", a_target("139020", "<"), "139020", MISSED, id="£139,020 misses below £139,020"),
        pytest.param(
            "pounds", "lower", a_target("139020", "<"), "139019.99", MET, id="a penny under £139,020 meets below it"
        ),
        pytest.param("pounds", "higher", a_target("400000", ">="), "441000", MET, id="£441,000 saved meets £400,000"),
        pytest.param("number", "higher", a_target("1200", ">="), "1140", MISSED, id="1,140 visits misses 1,200"),
        pytest.param("number", "lower", a_target("12", "<="), "12", MET, id="12 missed bins meets at most 12"),
        pytest.param(
            "number", "neither", a_target("40", ">="), "41", MET, id="a target is judged where neither way is better"
        ),
        pytest.param(
            "per cent", "lower", a_target("80", ">="), "90", MET, id="the comparator decides, not the direction"
        ),
    ],
)
def test_units(unit: str, direction: str, target: Target, value: str, expected: Verdict) -> None:
    """The verdict is the same rule in every unit, whichever way is better."""
    measure = a_measure(unit=Unit(unit), direction=Direction(direction), decimals=2)

    assert verdict(an_observation(value, measure=measure, target=target)) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [pytest.param("95.32", MET, id="met"), pytest.param("94.9", MISSED, id="missed")]
)
@pytest.mark.parametrize("status", ReleaseStatus, ids="the figure is {}".format)
def test_release_status_does_not_matter(status: ReleaseStatus, value: str, expected: Verdict) -> None:
    """A provisional, estimated, revised or forecast figure is judged as a final one is."""
    assert judge(replace(a_figure(value), status=status), a_target("95")) is expected


@pytest.mark.parametrize(
    "period",
    [
        pytest.param("FY2013-14", id="a year"),
        pytest.param("2011-M10/2012-M03", id="a part of a year"),
        pytest.param("FY2013-14-Q3", id="a quarter"),
        pytest.param("2013-M10", id="a month"),
        pytest.param("2011-M10/2014-M03", id="several years"),
        pytest.param("D2014-03-31", id="a day"),
    ],
)
def test_period_does_not_matter(period: str) -> None:
    """A part-year, a month or a day is judged against its own target as a year is."""
    assert verdict(an_observation("94.9", period=period, target=a_target("95"))) is MISSED
    assert verdict(an_observation("95.0", period=period, target=a_target("95"))) is MET


# Targets that are not in force


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param(None, Verdict.NO_TARGET, id="no target was ever set"),
        pytest.param(a_target(None, None, status=TargetStatus.NOT_PUBLISHED), Verdict.NO_TARGET, id="not published"),
        pytest.param(a_target("95", ">=", status=TargetStatus.PROPOSED), Verdict.NO_TARGET, id="only proposed"),
        pytest.param(a_target(None, None, status=TargetStatus.SUSPENDED), Verdict.SUSPENDED, id="suspended"),
        pytest.param(a_target("95", status=TargetStatus.SUSPENDED), Verdict.SUSPENDED, id="suspended, its number left"),
        pytest.param(a_target(None), Verdict.SUSPENDED, id="set, and its number taken away"),
        pytest.param(a_target(comparator=None), Verdict.SUSPENDED, id="set, and its comparator taken away"),
    ],
)
@pytest.mark.parametrize(
    "result",
    [
        pytest.param(a_figure("94.9"), id="a figure below 95"),
        pytest.param(a_figure("95.1"), id="a figure above 95"),
        pytest.param(a_figure("0"), id="zero"),
        pytest.param(a_figure("95", ">"), id="more than 95"),
        pytest.param(Missing.NOT_PUBLISHED, id="no figure"),
    ],
)
def test_target_not_in_force(result: Figure | Missing, target: Target | None, expected: Verdict) -> None:
    """Where no target is in force there is nothing to meet or miss, whatever the figure."""
    assert judge(result, target) is expected


# Missing figures


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param(Missing.NOT_MEASURED, Verdict.NO_FIGURE, id="not measured"),
        pytest.param(Missing.NOT_PUBLISHED, Verdict.NO_FIGURE, id="not published"),
        pytest.param(Missing.NOT_APPLICABLE, Verdict.NO_FIGURE, id="not applicable"),
        pytest.param(Missing.SUPPRESSED, Verdict.NO_FIGURE, id="suppressed"),
        pytest.param(Missing.NOT_YET_DUE, Verdict.NOT_YET_DUE, id="a figure that is not due yet is not called missing"),
    ],
)
@pytest.mark.parametrize("comparator", Comparator, ids="against {}".format)
@pytest.mark.parametrize("target", ["95", "0", "-2"], ids="of {}".format)
def test_missing_figure(target: str, comparator: Comparator, reason: Missing, expected: Verdict) -> None:
    """A missing figure neither meets nor misses any target; whether it is due yet is told apart."""
    assert judge(reason, a_target(target, comparator)) is expected


def test_every_reason_has_a_verdict() -> None:
    """The table above leaves no reason out."""
    verdicts = {reason: judge(reason, a_target()) for reason in Missing}

    assert verdicts == {
        Missing.NOT_MEASURED: Verdict.NO_FIGURE,
        Missing.NOT_PUBLISHED: Verdict.NO_FIGURE,
        Missing.NOT_YET_DUE: Verdict.NOT_YET_DUE,
        Missing.NOT_APPLICABLE: Verdict.NO_FIGURE,
        Missing.SUPPRESSED: Verdict.NO_FIGURE,
    }


# Figures that are not exact: 79, 80 and 81 with every qualifier against a target of 80 with every comparator


@pytest.mark.parametrize(
    ("qualifier", "value", "comparator", "expected"),
    [
        # "More than 79" may be 79.5 or 85; "more than 80" is never 80 itself.
        pytest.param(">", "79", ">=", CANNOT_TELL, id="over 79 may lie on either side of at least 80"),
        pytest.param(">", "80", ">=", MET, id="over 80 meets at least 80"),
        pytest.param(">", "81", ">=", MET, id="over 81 meets at least 80"),
        pytest.param(">", "79", ">", CANNOT_TELL, id="over 79 may lie on either side of more than 80"),
        pytest.param(">", "80", ">", MET, id="over 80 meets more than 80"),
        pytest.param(">", "81", ">", MET, id="over 81 meets more than 80"),
        pytest.param(">", "79", "<=", CANNOT_TELL, id="over 79 may lie on either side of at most 80"),
        pytest.param(">", "80", "<=", MISSED, id="over 80 misses at most 80"),
        pytest.param(">", "81", "<=", MISSED, id="over 81 misses at most 80"),
        pytest.param(">", "79", "<", CANNOT_TELL, id="over 79 may lie on either side of less than 80"),
        pytest.param(">", "80", "<", MISSED, id="over 80 misses less than 80"),
        pytest.param(">", "81", "<", MISSED, id="over 81 misses less than 80"),
        # "Less than 81" may be 80.5 or 60; "less than 80" is never 80 itself.
        pytest.param("<", "79", ">=", MISSED, id="under 79 misses at least 80"),
        pytest.param("<", "80", ">=", MISSED, id="under 80 misses at least 80"),
        pytest.param("<", "81", ">=", CANNOT_TELL, id="under 81 may lie on either side of at least 80"),
        pytest.param("<", "79", ">", MISSED, id="under 79 misses more than 80"),
        pytest.param("<", "80", ">", MISSED, id="under 80 misses more than 80"),
        pytest.param("<", "81", ">", CANNOT_TELL, id="under 81 may lie on either side of more than 80"),
        pytest.param("<", "79", "<=", MET, id="under 79 meets at most 80"),
        pytest.param("<", "80", "<=", MET, id="under 80 meets at most 80"),
        pytest.param("<", "81", "<=", CANNOT_TELL, id="under 81 may lie on either side of at most 80"),
        pytest.param("<", "79", "<", MET, id="under 79 meets less than 80"),
        pytest.param("<", "80", "<", MET, id="under 80 meets less than 80"),
        pytest.param("<", "81", "<", CANNOT_TELL, id="under 81 may lie on either side of less than 80"),
        # "About" does not say how near, so it is never judged.
        pytest.param("~", "79", ">=", CANNOT_TELL, id="about 79 cannot be held against at least 80"),
        pytest.param("~", "80", ">=", CANNOT_TELL, id="about 80 cannot be held against at least 80"),
        pytest.param("~", "81", ">=", CANNOT_TELL, id="about 81 cannot be held against at least 80"),
        pytest.param("~", "79", ">", CANNOT_TELL, id="about 79 cannot be held against more than 80"),
        pytest.param("~", "80", ">", CANNOT_TELL, id="about 80 cannot be held against more than 80"),
        pytest.param("~", "81", ">", CANNOT_TELL, id="about 81 cannot be held against more than 80"),
        pytest.param("~", "79", "<=", CANNOT_TELL, id="about 79 cannot be held against at most 80"),
        pytest.param("~", "80", "<=", CANNOT_TELL, id="about 80 cannot be held against at most 80"),
        pytest.param("~", "81", "<=", CANNOT_TELL, id="about 81 cannot be held against at most 80"),
        pytest.param("~", "79", "<", CANNOT_TELL, id="about 79 cannot be held against less than 80"),
        pytest.param("~", "80", "<", CANNOT_TELL, id="about 80 cannot be held against less than 80"),
        pytest.param("~", "81", "<", CANNOT_TELL, id="about 81 cannot be held against less than 80"),
        # "At least 80" may be 80 itself or anything above.
        pytest.param(">=", "79", ">=", CANNOT_TELL, id="79 or more may lie on either side of at least 80"),
        pytest.param(">=", "80", ">=", MET, id="80 or more meets at least 80"),
        pytest.param(">=", "81", ">=", MET, id="81 or more meets at least 80"),
        pytest.param(">=", "79", ">", CANNOT_TELL, id="79 or more may lie on either side of more than 80"),
        pytest.param(">=", "80", ">", CANNOT_TELL, id="80 or more may be 80 itself, which misses more than 80"),
        pytest.param(">=", "81", ">", MET, id="81 or more meets more than 80"),
        pytest.param(">=", "79", "<=", CANNOT_TELL, id="79 or more may lie on either side of at most 80"),
        pytest.param(">=", "80", "<=", CANNOT_TELL, id="80 or more may be 80 itself, which meets at most 80"),
        pytest.param(">=", "81", "<=", MISSED, id="81 or more misses at most 80"),
        pytest.param(">=", "79", "<", CANNOT_TELL, id="79 or more may lie on either side of less than 80"),
        pytest.param(">=", "80", "<", MISSED, id="80 or more misses less than 80"),
        pytest.param(">=", "81", "<", MISSED, id="81 or more misses less than 80"),
        # "At most 80" may be 80 itself or anything below.
        pytest.param("<=", "79", ">=", MISSED, id="79 or fewer misses at least 80"),
        pytest.param("<=", "80", ">=", CANNOT_TELL, id="80 or fewer may be 80 itself, which meets at least 80"),
        pytest.param("<=", "81", ">=", CANNOT_TELL, id="81 or fewer may lie on either side of at least 80"),
        pytest.param("<=", "79", ">", MISSED, id="79 or fewer misses more than 80"),
        pytest.param("<=", "80", ">", MISSED, id="80 or fewer misses more than 80"),
        pytest.param("<=", "81", ">", CANNOT_TELL, id="81 or fewer may lie on either side of more than 80"),
        pytest.param("<=", "79", "<=", MET, id="79 or fewer meets at most 80"),
        pytest.param("<=", "80", "<=", MET, id="80 or fewer meets at most 80"),
        pytest.param("<=", "81", "<=", CANNOT_TELL, id="81 or fewer may lie on either side of at most 80"),
        pytest.param("<=", "79", "<", MET, id="79 or fewer meets less than 80"),
        pytest.param("<=", "80", "<", CANNOT_TELL, id="80 or fewer may be 80 itself, which misses less than 80"),
        pytest.param("<=", "81", "<", CANNOT_TELL, id="81 or fewer may lie on either side of less than 80"),
    ],
)
def test_inexact_figure(qualifier: str, value: str, comparator: str, expected: Verdict) -> None:
    """A figure that is not exact is judged only where every value it may stand for gives one verdict."""
    assert judge(a_figure(value, qualifier), a_target("80", comparator)) is expected


# Laws


_numbers = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(target=_numbers, comparator=st.sampled_from(Comparator), zero=st.sampled_from(["0", "0.0", "-0"]))
def test_zero_is_never_missing(target: Decimal, comparator: Comparator, zero: str) -> None:
    """Zero is judged as the number it is, against any target."""
    expected = MET if _RULES[comparator](Decimal(0), target) else MISSED

    assert judge(a_figure(zero), a_target(str(target), comparator)) is expected


@given(target=_numbers, comparator=st.sampled_from(Comparator), reason=st.sampled_from(Missing))
def test_missing_is_never_zero(target: Decimal, comparator: Comparator, reason: Missing) -> None:
    """No target is low or high enough for a missing figure to meet or miss it."""
    assert judge(reason, a_target(str(target), comparator)) in (Verdict.NO_FIGURE, Verdict.NOT_YET_DUE)


def _may_be(value: Decimal, qualifier: Qualifier, true: Decimal) -> bool:
    """Say whether a figure with a qualifier may stand for a true value."""
    match qualifier:
        case Qualifier.EXACT:
            return true == value
        case Qualifier.MORE_THAN:
            return true > value
        case Qualifier.LESS_THAN:
            return true < value
        case Qualifier.AT_LEAST:
            return true >= value
        case Qualifier.AT_MOST:
            return true <= value
        case Qualifier.ABOUT:
            return True


@pytest.mark.parametrize("qualifier", Qualifier, ids="a figure marked “{}”".format)
@pytest.mark.parametrize("comparator", Comparator, ids="against {}".format)
def test_inexact_agrees_with_exact(comparator: Comparator, qualifier: Qualifier) -> None:
    """A verdict on an inexact figure is the verdict on every exact value it may stand for; if they differ, none is."""
    halves = [Decimal(step) / 2 for step in range(-4, 5)]
    truths = [Decimal(step) / 4 for step in range(-16, 17)]
    for target in halves:
        promised = a_target(str(target), comparator)
        for value in halves:
            possible = {judge(a_figure(str(true)), promised) for true in truths if _may_be(value, qualifier, true)}
            expected = possible.pop() if len(possible) == 1 else CANNOT_TELL

            assert judge(a_figure(str(value), qualifier), promised) is expected, f"{qualifier}{value}, {target}"


_MARKS = {"more than": ">", "less than": "<", "below": "<", "about": "~", "at least": ">=", "at most": "<="}


def _read(text: str) -> tuple[str, Decimal]:
    """Read a shown figure or target as a person does: the words before the number, and the number."""
    words, mark = text, ""
    for phrase, sign in _MARKS.items():
        if text.startswith(phrase):
            words, mark = text.removeprefix(phrase).strip(), sign
    bare = words.split(" ")[0].replace("£", "").replace("%", "").replace(",", "").replace("−", "-")
    return mark, Decimal(bare)


@st.composite
def _observations(draw: st.DrawFn) -> Observation:
    """Make an observation whose result and target lie close together, with no more decimals than are published."""
    decimals = draw(st.integers(0, 3))
    step = Decimal(1).scaleb(-decimals)
    target = draw(st.decimals(min_value=-(10**7), max_value=10**7, places=decimals))
    value = draw(st.one_of(st.just(target), st.integers(-2, 2).map(lambda steps: target + steps * step)))
    figure = a_figure(str(value), draw(st.sampled_from(Qualifier)), draw(st.sampled_from(ReleaseStatus)))
    measure = a_measure(unit=draw(st.sampled_from(Unit)), decimals=decimals)
    return an_observation(figure, measure=measure, target=a_target(str(target), draw(st.sampled_from(Comparator))))


@given(seen=_observations())
def test_what_is_shown_never_contradicts_the_verdict(seen: Observation) -> None:
    """A reader who judges the shown result against the shown target comes to the shown verdict."""
    assert seen.target is not None
    qualifier, value = _read(wording.figure(seen.result, seen.measure.unit))
    comparator, target = _read(wording.target(seen.target, seen.measure.unit))

    assert judge(a_figure(str(value), qualifier), a_target(str(target), comparator)) is verdict(seen)


# Counting


def test_counts_only_what_had_a_target() -> None:
    """Verdicts are counted over rows with a target, suspended or unpublished too; activity is no service level."""
    suspended = a_target(None, None, status=TargetStatus.SUSPENDED)
    unpublished = a_target(None, None, status=TargetStatus.NOT_PUBLISHED)
    rows = [
        an_observation("95", target=a_target("95")),
        an_observation("96", target=a_target("95")),
        an_observation("94", target=a_target("95")),
        an_observation("94", target=suspended),
        an_observation("94", target=unpublished),
        an_observation("0", target=None),
    ]

    assert counts(rows) == {MET: 2, MISSED: 1, Verdict.SUSPENDED: 1, Verdict.NO_TARGET: 1}


def test_a_proposed_target_is_not_counted() -> None:
    """A service level whose next target is proposed beside the one in force is one service level, not two."""
    proposed = a_target("97", status=TargetStatus.PROPOSED)
    rows = [
        an_observation("95", target=a_target("95")),
        an_observation(Missing.NOT_APPLICABLE, target=proposed),
    ]

    assert counts(rows) == {MET: 1}
