"""The worked example against the five documents it comes from. Every expected figure was read from a document."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from macros.meaning.judgement import Verdict, verdict
from macros.meaning.reconciliation import totals
from macros.reading.reports import Reports
from macros.records import Figure, Missing, Observation, PeriodKind

from .sites import Built

ICT = "west-lancashire-ict"
REVENUES = "west-lancashire-revenues-and-benefits"
PAYROLL = ("payroll-error-rate", "payroll-changes-on-time", "disclosure-checks-on-time")


def _verdicts(reports: Reports, year: str, service: str, *, months: bool = False) -> Counter[Verdict]:
    rows = [
        seen
        for seen in reports.observations
        if seen.year == year
        and seen.target is not None
        and seen.measure.service.id == service
        and (seen.period.kind is PeriodKind.MONTH) is months
    ]
    return Counter(verdict(seen) for seen in rows)


def test_ict_met_29_of_30_months(example: Reports) -> None:
    """ICT table 3.1 of 2011/12 has thirty monthly cells: 29 met their targets, and one was not measured."""
    assert _verdicts(example, "2011-12", ICT, months=True) == {Verdict.MET: 29, Verdict.NO_FIGURE: 1}
    (gap,) = [seen for seen in example.series("ict-priority-5-resolved-on-time") if seen.result is Missing.NOT_MEASURED]
    assert gap.period.code == "2011-M10"


@pytest.mark.parametrize(
    ("year", "service", "expected"),
    [
        pytest.param("2011-12", REVENUES, {Verdict.MET: 7, Verdict.MISSED: 1}, id="revenues and benefits 2011/12"),
        pytest.param("2013-14", ICT, {Verdict.MET: 5}, id="ICT 2013/14"),
        pytest.param(
            "2013-14", REVENUES, {Verdict.MET: 4, Verdict.MISSED: 3, Verdict.SUSPENDED: 1},
            id="revenues and benefits 2013/14",
        ),
    ],
)  # fmt: skip
def test_verdicts_of_the_annual_reviews(
    example: Reports, year: str, service: str, expected: dict[Verdict, int]
) -> None:
    """The verdicts of each review's tables are as a reader of the tables counts them."""
    assert _verdicts(example, year, service) == expected


def test_payroll_met_every_target(example: Reports) -> None:
    """The payroll table of 2014/15 to 2017/18 has twelve cells, and all twelve met their targets."""
    rows = [seen for seen in example.observations if seen.measure.id in PAYROLL]
    assert [verdict(seen) for seen in rows] == [Verdict.MET] * 12


TABLES = {
    # Annual Review 2011/12, tables 4.1 and 4.2
    ("benefits-processing-time", "FY2011-12"): ("8.77", "<=", "12"),
    ("housing-benefit-overpayments-recovered", "FY2011-12"): ("186926", ">=", "170000"),
    ("benefit-fraud-sanctions", "FY2011-12"): ("47", ">=", "45"),
    ("benefit-local-authority-error", "FY2011-12"): ("108668", "<", "174233"),
    ("council-tax-collected", "FY2011-12"): ("98.06", ">=", "98.06"),
    ("council-tax-arrears-collected", "FY2011-12"): ("25.41", ">=", "24.46"),
    ("business-rates-collected", "FY2011-12"): ("97.67", ">=", "97.77"),
    ("sundry-debts-collected", "FY2011-12"): ("7582641", ">=", "5768616"),
    # Annual Review 2013/14, tables 2, 7 and 8
    ("ict-priority-1-resolved-on-time", "FY2013-14"): ("100", ">=", "99"),
    ("ict-priority-2-resolved-on-time", "FY2013-14"): ("100", ">=", "97"),
    ("ict-priority-3-resolved-on-time", "FY2013-14"): ("100", ">=", "97"),
    ("ict-priority-4-resolved-on-time", "FY2013-14"): ("99", ">=", "97"),
    ("ict-priority-5-resolved-on-time", "FY2013-14"): ("100", ">=", "97"),
    ("benefits-processing-time", "FY2013-14"): ("7.44", "<=", "12"),
    ("housing-benefit-overpayments-recovered", "FY2013-14"): ("170909", ">=", "170000"),
    ("benefit-local-authority-error", "FY2013-14"): ("86437", "<", "139020"),
    ("council-tax-collected", "FY2013-14"): ("95.32", ">=", "96.11"),
    ("council-tax-arrears-collected", "FY2013-14"): ("20.94", ">=", "24.50"),
    ("business-rates-collected", "FY2013-14"): ("95.53", ">=", "96.60"),
    ("sundry-debts-collected", "FY2013-14"): ("5841004", ">=", "5706434"),
    # Performance report 2017/18, the payroll table
    ("payroll-error-rate", "FY2014-15"): ("0.3", "<", "0.4"),
    ("payroll-error-rate", "FY2015-16"): ("0.1", "<", "0.4"),
    ("payroll-error-rate", "FY2016-17"): ("0.1", "<", "0.4"),
    ("payroll-error-rate", "2017-M04/2018-M02"): ("0.1", "<", "0.4"),
    ("payroll-changes-on-time", "FY2014-15"): ("100", ">=", "99"),
    ("payroll-changes-on-time", "2017-M04/2018-M02"): ("100", ">=", "99"),
    ("disclosure-checks-on-time", "FY2014-15"): ("95", ">=", "75"),
    ("disclosure-checks-on-time", "FY2015-16"): ("100", ">=", "75"),
    ("disclosure-checks-on-time", "FY2016-17"): ("98", ">=", "75"),
    ("disclosure-checks-on-time", "2017-M04/2018-M02"): ("100", ">=", "75"),
}
ICT_2011 = {
    # Table 3.1: October 2011 to March 2012, then the year; the target of each row comes first
    1: ("99", ["100", "100", "100", "100", "100", "100", "100"]),
    2: ("95", ["100", "100", "100", "100", "100", "100", "100"]),
    3: ("95", ["96", "96", "98", "97", "96", "95", "96"]),
    4: ("95", ["96", "98", "97", "98", "98", "99", "98"]),
    5: ("95", ["", "100", "100", "100", "100", "100", "100"]),
}
PERIODS_2011 = ["2011-M10", "2011-M11", "2011-M12", "2012-M01", "2012-M02", "2012-M03", "2011-M10/2012-M03"]
for _priority, (_target, _values) in ICT_2011.items():
    for _period, _value in zip(PERIODS_2011, _values, strict=True):
        TABLES[f"ict-priority-{_priority}-resolved-on-time", _period] = (_value, ">=", _target)


@pytest.fixture(name="published", scope="module")
def _published(example_site: Built) -> dict[str, list[dict[str, str]]]:
    """Return the tables of the package of all years, as a journalist reads them."""
    folder = example_site.root / "data/all-years"
    return {path.stem: _rows(path) for path in folder.glob("*.csv")}


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_every_table_cell_is_published(published: dict[str, list[dict[str, str]]]) -> None:
    """Every cell of the service level tables is in the file of all years with its target and comparator."""
    rows = {
        (row["measure_id"], row["period"]): row for row in published["service_levels"] if row["target_status"] == "set"
    }
    for key, (value, comparator, target) in TABLES.items():
        row = rows[key]
        assert (row["value"], row["target_comparator"], row["target"]) == (value, comparator, target), key
        assert row["document_id"]
        assert row["place"]


def test_proposed_and_suspended_targets(published: dict[str, list[dict[str, str]]]) -> None:
    """Lancaster's proposed targets and the suspended fraud target are published as what they are."""
    rows = [
        (row["measure_id"], row["value"], row["target"], row["target_status"], row["verdict"])
        for row in published["service_levels"]
        if row["measure_id"].startswith("lancaster-") or row["target_status"] == "suspended"
    ]
    assert sorted(rows) == [
        ("benefit-fraud-sanctions", "42", "", "suspended", "target suspended"),
        ("lancaster-calls-answered", "", "95", "proposed", "no target"),
        ("lancaster-calls-answered", "", "97", "set", "no figure"),
        ("lancaster-calls-answered-in-20-seconds", "", "80", "proposed", "no target"),
        ("lancaster-calls-answered-in-20-seconds", "", "80", "set", "no figure"),
    ]


def test_savings_of_2017_18_add_up(example: Reports) -> None:
    """Both columns of the savings table of 2017/18 add up to the printed totals of £2.476m and £2.805m."""
    found = {one.printed: one for one in totals(example) if one.printed in (Decimal(2476000), Decimal(2805000))}
    expected = {
        Decimal(2476000): [1000, 64, 0, 141, 63, 23, 200, 197, 548, 100, 140],
        Decimal(2805000): [1000, 125, 174, 141, 63, 23, 200, 197, 548, 100, 234],
    }
    for printed, thousands in expected.items():
        parts = [part.result.value for part in found[printed].parts if isinstance(part.result, Figure)]
        assert sorted(parts) == sorted(Decimal(amount * 1000) for amount in thousands)
        assert found[printed].difference == 0


def test_totals_that_do_not_add_up_say_so(example: Reports) -> None:
    """The totals that a reader finds wrong with a calculator are the ones the site calls wrong."""
    wrong = {(one.printed, one.recomputed) for one in totals(example) if one.difference}
    assert wrong == {
        (Decimal(3103000), Decimal(3302000)),  # cost of both services: £1.325m and £1.977m
        (Decimal(530000), Decimal(531000)),  # savings: £199,000 and £332,000
        (Decimal(2321000), Decimal(2320500)),  # Table 1: 1,318 + 841 + 27 + 134.5
        (Decimal(25000), Decimal(25060)),  # added value: 14.96 and 10.1
    }


def test_added_value_registers_line_by_line(example: Reports) -> None:
    """Tables 6 and 9 of 2013/14 have twenty and ten lines, which add up to £14,960 and £10,100."""
    found = {one.printed: len(one.parts) for one in totals(example)}
    assert found[Decimal(14960)] == 20
    assert found[Decimal(10100)] == 10


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (
            "council-tax-collected",
            "Missed in 2013/14: 95.32% against a target of 96.11%, 2.74 points lower than in 2011/12.",
        ),
        (
            "benefit-local-authority-error",
            "Met in 2013/14: £86,437 against a target of below £139,020, £22,231 lower than in 2011/12.",
        ),
        ("benefit-fraud-sanctions", "Target suspended in 2013/14: the result was 42, 5 lower than in 2011/12."),
    ],
)  # fmt: skip
def test_measure_pages_say_the_verdict(example_site: Built, measure: str, sentence: str) -> None:
    """A measure's page begins with the verdict, the figures and the movement."""
    assert sentence in example_site.text(f"measures/{measure}/")


def test_absent_appendix_is_said(example_site: Built) -> None:
    """The page of 2017/18 says that Appendix A of its document is absent."""
    assert "Appendix A" in example_site.text("years/2017-18/")


def test_year_page_leads_with_misses(example_site: Built) -> None:
    """The first section of 2013/14 shows what was missed, with the reason that was given."""
    first = example_site.page("years/2013-14/").select_one("main h2")
    assert first is not None
    assert first.get_text() == "What was missed"
    assert "impacted in part by the economic climate" in example_site.text("years/2013-14/")


def test_no_personal_data(example: Reports) -> None:
    """No name of an officer or councillor whom the documents name is in any cell."""
    names = ("McElhinney", "Halsall", "Driver", "Walsh", "Unsworth", "Orford", "Westley", "Ian Grant", "582011", "5262")
    for folder in example.folders.values():
        for table in folder.tables.values():
            for row in table.rows:
                assert not [name for name in names if any(name in cell for cell in row)], (table.file, row)


def test_not_one_observation_without_a_source(example: Reports) -> None:
    """Every figure names its document and the place in it."""
    rows: list[Observation] = [seen for seen in example.observations if not seen.source.place]
    assert rows == []
