"""The good council: its verdicts, totals and movements, worked out by hand from its tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.meaning.comparison import Movement, NotComparable, compare
from macros.meaning.judgement import Verdict, verdict
from macros.meaning.reconciliation import totals
from macros.reading.reports import Reports
from macros.records import Figure, Missing, Observation, Qualifier, Saving, TargetStatus

from .builders import GOOD_COUNCIL

VERDICTS = {
    # 98.7 against at least 98; 97.9 against at least 98.
    ("bins-on-time", "FY2021-22"): Verdict.MET,
    ("bins-on-time", "FY2022-23"): Verdict.MISSED,
    # 2.0 against at most 2 is exactly on target; 1.5 against at most 2.
    ("missed-bin-repair-time", "FY2021-22"): Verdict.MET,
    ("missed-bin-repair-time", "FY2022-23"): Verdict.MET,
    # 5.0 against less than 5: a strict target is not met by reaching it; 4.9 against less than 5.
    ("recycling-refused", "FY2021-22"): Verdict.MISSED,
    ("recycling-refused", "FY2022-23"): Verdict.MET,
    # 90.0 against at least 95; 95.0 against at least 95 is exactly on target.
    ("calls-answered-rate", "FY2021-22"): Verdict.MISSED,
    ("calls-answered-rate", "FY2022-23"): Verdict.MET,
    # £61.50 against at most £62; £61.50 against at most £60.
    ("cost-per-household", "FY2021-22"): Verdict.MET,
    ("cost-per-household", "FY2022-23"): Verdict.MISSED,
    # Not measured; "over 90%" against at least 90.
    ("reader-satisfaction", "FY2021-22"): Verdict.NO_FIGURE,
    ("reader-satisfaction", "FY2022-23"): Verdict.MET,
    # The target was suspended; the count is not yet due.
    ("opening-hours-kept", "FY2021-22"): Verdict.SUSPENDED,
    ("opening-hours-kept", "FY2022-23"): Verdict.NOT_YET_DUE,
    # No target was published; "around 80%" may lie on either side of 80.
    ("reservations-filled", "FY2021-22"): Verdict.NO_TARGET,
    ("reservations-filled", "FY2022-23"): Verdict.CANNOT_TELL,
}

TOTALS = {
    # What is recomputed: how, printed, recomputed, and the row that explains a difference.
    ("bin-savings-2021-22", "FY2021-22"): ("sum", "100000", "100000", None),
    ("bin-savings-2022-23", "FY2022-23"): ("sum", "250000", "245000", "bin-savings-do-not-add-up"),
    ("loans", "FY2021-22"): ("sum", "25000", "25000", None),
    ("loans", "FY2022-23"): ("sum", "30000", "30000", None),
    # 900 of 1,000 calls; 1,140 of 1,200 calls.
    ("calls-answered-rate", "FY2021-22"): ("rate", "90.0", "90.0", None),
    ("calls-answered-rate", "FY2022-23"): ("rate", "95.0", "95.0", None),
    # 5,000 books more than 25,000.
    ("loans-change", "FY2022-23"): ("change", "20", "20", None),
}


def _row(row: Saving | Observation) -> str:
    return row.id if isinstance(row, Saving) else row.measure.id


def test_every_service_level_has_the_verdict_worked_out_by_hand(northmoor: Reports) -> None:
    """Each service level in force is met, missed or not judged, as its row says."""
    found = {
        (seen.measure.id, seen.period.code): verdict(seen)
        for seen in northmoor.observations
        if seen.target and seen.target.status is not TargetStatus.PROPOSED
    }

    assert found == VERDICTS


def test_a_proposed_target_promises_nothing_and_stands_last(northmoor: Reports) -> None:
    """A target that is only proposed has no verdict, and comes after the one in force."""
    *_, in_force, proposed = northmoor.series("reader-satisfaction")

    assert (verdict(in_force), verdict(proposed)) == (Verdict.MET, Verdict.NO_TARGET)


def test_every_total_rate_and_change_is_recomputed(northmoor: Reports) -> None:
    """Totals, rates and changes are worked out again from their parts, and a difference names what explains it."""
    found = {
        (_row(one.published), one.published.period.code): (
            one.how,
            str(one.printed),
            str(one.recomputed),
            one.discrepancy.id if one.discrepancy else None,
        )
        for one in totals(northmoor)
    }

    assert found == TOTALS


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        pytest.param("bins-on-time", Movement.WORSENED, id="a lower share worsens where higher is better"),
        pytest.param("missed-bin-repair-time", Movement.IMPROVED, id="fewer days improve where lower is better"),
        pytest.param("cost-per-household", Movement.UNCHANGED, id="the same number of pounds is unchanged"),
        pytest.param("calls-offered", Movement.INCREASED, id="a count without a direction increases"),
        pytest.param("staff-employed", Movement.DECREASED, id="people counted on a day decrease"),
        pytest.param("recycling-refused", NotComparable.BREAK, id="a redefinition stops comparison"),
        pytest.param("online-loans", NotComparable.PERIOD, id="half a year is not compared with a year"),
        pytest.param("reservations-filled", NotComparable.NOT_EXACT, id="around 80 is not compared"),
        pytest.param("opening-hours-kept", NotComparable.NO_FIGURE, id="a figure not yet due is not compared"),
    ],
)
def test_movement_from_one_year_to_the_next(
    northmoor: Reports, measure: str, expected: Movement | NotComparable
) -> None:
    """Two figures are compared only where they may be, and the word follows the measure's direction."""
    earlier, later = northmoor.series(measure)
    found = compare(earlier, later, northmoor.breaks)

    assert (found if isinstance(found, NotComparable) else found.movement) is expected


def test_a_series_of_months_keeps_its_gap_and_its_zero(northmoor: Reports) -> None:
    """A month without a figure says why, and a month with none is zero."""
    results = [(seen.period.code, seen.result) for seen in northmoor.series("missed-bins")]
    values = [(code, result.value if isinstance(result, Figure) else result) for code, result in results]

    assert values == [
        ("2022-M04", Decimal(12)),
        ("2022-M05", Missing.NOT_PUBLISHED),
        ("2022-M06", Decimal(9)),
        ("2022-M07", Decimal(0)),
    ]


def test_a_qualifier_stays_beside_its_number(northmoor: Reports) -> None:
    """What is printed as "less than £35k" is £35,000 with a sign that says it is less."""
    [cost] = [saving for saving in northmoor.savings if saving.id == "online-library-cost"]

    assert isinstance(cost.result, Figure)
    assert (cost.result.value, cost.result.qualifier) == (Decimal(35000), Qualifier.LESS_THAN)


def test_a_promise_is_shown_in_the_year_whose_document_tells_its_outcome(northmoor: Reports) -> None:
    """The report of 2022/23 says what became of the wheeled bins of 2021/22; nothing says it of Sundays."""
    assert {one.id: northmoor.shown_in(one) for one in northmoor.commitments} == {
        "wheeled-bins": "2022-23",
        "sunday-opening": "",
    }


def test_a_row_of_the_register_is_read_as_it_is_written(northmoor: Reports) -> None:
    """A yes is a yes, a list is its items, and an identifier is the record it names."""
    assert {one.id: one.additive for one in northmoor.measures.values()} == {
        name: name not in MEASURES_THAT_DO_NOT_ADD_UP for name in northmoor.measures
    }
    assert [(one.measure_id, one.before.code, one.after.code, one.comparable) for one in northmoor.breaks] == [
        ("missed-bin-repair-time", "FY2021-22", "FY2022-23", True),
        ("recycling-refused", "FY2021-22", "FY2022-23", False),
    ]
    duty = northmoor.duties[1]
    assert (duty.id, duty.body.id, duty.service.id) == ("bin-report", "tidy-streets", "bin-collection")
    assert (duty.contents, duty.frequency) == (("Results against targets", "Reasons for misses"), "quarterly")
    assert duty.start is not None
    assert (duty.start.code, duty.end) == ("FY2019-20", None)


def test_a_day_by_which_something_is_due_may_not_be_stated(northmoor: Reports) -> None:
    """What is stated is the period, and what is not is none."""
    due = {one.measure.id: one.due.code if one.due else None for one in northmoor.actions}
    assert due == {"recycling-refused": None, "bins-on-time": "2023-M11"}
    promised = {one.id: one.due.code if one.due else None for one in northmoor.commitments}
    assert promised == {"wheeled-bins": "2022-M10", "sunday-opening": None}


MEASURES_THAT_DO_NOT_ADD_UP = (
    "bins-on-time", "missed-bin-repair-time", "recycling-refused", "calls-answered-rate", "cost-per-household",
    "loans-change", "reader-satisfaction", "opening-hours-kept", "reservations-filled", "staff-employed", "absence",
)  # fmt: skip


def test_every_row_becomes_a_record(northmoor: Reports) -> None:
    """Nothing that stands in a table is left out."""
    rows = sum(len(table.rows) for folder in northmoor.folders.values() for table in folder.tables.values())
    records = (
        northmoor.bodies, northmoor.services, northmoor.measures, northmoor.documents, northmoor.names,
        northmoor.breaks, northmoor.duties, northmoor.observations, northmoor.savings, northmoor.actions,
        northmoor.commitments, northmoor.milestones, northmoor.discrepancies, northmoor.corrections,
        northmoor.deflators,
    )  # fmt: skip

    assert sum(len(kept) for kept in records) == rows


def test_every_file_of_the_good_council_is_smaller_than_a_screen() -> None:
    """A test package is read at a glance."""
    long = [file.name for file in GOOD_COUNCIL.rglob("*.*") if len(file.read_text("utf-8").splitlines()) > 30]

    assert not long
