"""What a stranger reads in a text of the site is what its row says, or is told. Every case is worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest

from macros.checking import figures
from macros.checking.readers import Row
from macros.checking.truth import Known

FILE = "data/2013-14/service_levels.csv"


def _known(
    cells: Mapping[str, str] | None = None, unit: str = "pounds", decimals: int | None = 2, direction: str = "lower"
) -> Known:
    """Return a row: £61.50 in 2013/14 against a target of at most £60, which was missed; ``cells`` differ."""
    row = {
        "measure_id": "cost", "period_label": "2013/14", "measure_title": "Cost", "value": "61.50",
        "value_qualifier": "", "value_status": "final", "target": "60", "target_comparator": "<=",
        "target_status": "set", "verdict": "missed",
    }  # fmt: skip
    return Known(Row(FILE, 2, row | dict(cells or {})), unit, decimals, direction)


def _no_row(_label: str) -> None:
    """Return no row of another period: the sentence compares with none."""


@pytest.mark.parametrize(
    ("text", "value", "unit", "same"),
    [
        ("−£1,200", "-1200", "pounds", True),
        ("£1,200", "-1200", "pounds", False),
        ("£1,200", "1200", "number", False),
        ("1,200", "1200", "number", True),
        ("£2.5 million (£2,476,000)", "2476000", "pounds", True),
        ("£2.5 million (£2,476,001)", "2476000", "pounds", False),
        ("£2.4 million (£2,476,000)", "2476000", "pounds", False),
        ("£2.5 million (£2,476,000)", "2476000.4", "pounds", False),
        ("£2.5 million (£2,450,000)", "2450000", "pounds", True),
        ("£2.5 million", "2500000", "pounds", True),
        ("£2.5 million", "2476000", "pounds", False),
        ("£1.25 billion", "1250000000", "pounds", True),
        ("2.74 points", "2.74", "points", True),
        ("2.74%", "2.74", "points", False),
        ("1 day", "1", "days", True),
        ("3 hours", "3", "minutes", False),
    ],
)
def test_an_amount_is_a_number_in_its_unit(text: str, value: str, unit: str, same: bool) -> None:  # noqa: FBT001
    """A sum in words may be rounded where the exact one stands behind it, and that one may not."""
    assert figures.is_amount(text, Decimal(value), unit) is same


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [
        ("£2.5 million", "2476000", []),
        ("£2.6 million", "2476000", ["the sum is 2476000"]),
        ("£2,476,000", "2476000.4", ["the sum is 2476000.4"]),
        ("£2.5 million saved", "2476000", ["the sum is 2476000"]),
        ("£2.5 million", "", ["the sum is None"]),
    ],
)
def test_a_spoken_sum_may_be_rounded(text: str, value: str, faults: list[str]) -> None:
    """A sum that stands alone is said in words."""
    assert list(figures.spoken(text, _known({"value": value}, decimals=None))) == faults


@pytest.mark.parametrize(
    ("text", "cells", "faults"),
    [
        ("£61.50", {}, []),
        ("£61.50 [note 1]", {}, []),
        ("£61.51", {}, ["the value is 61.50"]),
        ("61.50", {}, ["the value is 61.50"]),
        ("sixty pounds", {}, ["the value is 61.50"]),
        ("£61.50 (provisional)", {"value_status": "provisional"}, []),
        ("£61.50 (final)", {"value_status": "provisional"}, ["the figure is provisional"]),
        ("about £61.50", {"value_qualifier": "~"}, []),
        ("£61.50", {"value_qualifier": "~"}, ['the value is marked "~"']),
        ("about £61.50", {}, ["the value is exact"]),
        ("less than £61.50", {"value_qualifier": "<"}, []),
        ("less than £61.50", {"value_qualifier": ">"}, ['the value is marked ">"']),
        ("not measured", {"value": "", "value_status": "not measured"}, []),
        ("–", {"value": "", "value_status": "not measured"}, ["there is no figure: not measured"]),
        ("£61.50", {"value": "", "value_status": "not measured"}, ["there is no figure: not measured"]),
    ],
)
def test_a_cell_shows_its_figure(text: str, cells: dict[str, str], faults: list[str]) -> None:
    """Number, unit, qualifier and status are those of the row."""
    assert list(figures.value(text, _known(cells))) == faults


@pytest.mark.parametrize(
    ("text", "heading", "faults"),
    [
        ("61.50", "Result (£)", []),
        ("£61.50", "Result (£)", ["the value is 61.50"]),
        ("61.50", "Result (%)", ["the value is 61.50"]),
        ("£61.50", "Result", []),
    ],
)
def test_a_unit_stands_in_the_heading_or_the_cell(text: str, heading: str, faults: list[str]) -> None:
    """It is said once, and is that of the measure."""
    assert list(figures.value(text, _known(), heading)) == faults


@pytest.mark.parametrize(
    ("text", "cells", "faults"),
    [
        ("at most £60", {}, []),
        ("at most £60 [note 2]", {}, []),
        ("at most £61", {}, ["the target is 60.00"]),
        ("at least £60", {}, ['the target is marked "<="']),
        ("below £60", {}, ['the target is marked "<="']),
        ("below £60", {"target_comparator": "<"}, []),
        ("more than £60", {"target_comparator": ">"}, []),
        ("at most £60 (proposed)", {"target_status": "proposed"}, []),
        ("at most £60", {"target_status": "proposed"}, ["the target is proposed"]),
        ("at most £60 (proposed)", {}, ["the target is set"]),
        ("suspended", {"target": "", "target_status": "suspended"}, []),
        ("at most £60", {"target": "", "target_status": "suspended"}, ["the target is suspended"]),
        ("suspended", {}, ["the target is 60"]),
        ("set", {}, ["the target is 60"]),
    ],
)
def test_a_cell_shows_its_target(text: str, cells: dict[str, str], faults: list[str]) -> None:
    """Number, comparator and whether it was only proposed are those of the row."""
    assert list(figures.target(text, _known(cells))) == faults


_BEFORE = {"2011/12": "93", "2012/13": ""}


@pytest.mark.parametrize(
    ("text", "direction", "now", "faults"),
    [
        ("–", "higher", "95", []),
        ("not compared with 2011/12: the measure changed", "higher", "95", []),
        ("not compared with 2010/11: the measure changed", "higher", "95", ["there is no row for 2010/11"]),
        ("it went up", "higher", "95", ["it is no movement"]),
        ("2 points higher than in 2011/12 (improved)", "higher", "95", []),
        ("2 points higher than in 2011/12 (worsened)", "higher", "95", ["the figure has improved"]),
        ("2 points higher than in 2011/12 (worsened)", "lower", "95", []),
        ("2 points higher than in 2011/12 (increased)", "neither", "95", []),
        ("2 points higher than in 2011/12", "higher", "95", []),
        ("1 point higher than in 2011/12 (improved)", "higher", "94", []),
        ("0 points higher than in 2011/12", "higher", "93", [f"from {FILE}, row 2, column D (value) it moved by 0"]),
        ("2 points lower than in 2011/12 (worsened)", "higher", "91", []),
        ("2 points lower than in 2011/12 (decreased)", "neither", "91", []),
        ("2 points lower than in 2011/12 (improved)", "higher", "91", ["the figure has worsened"]),
        ("2 points lower than in 2011/12", "higher", "95", [f"from {FILE}, row 2, column D (value) it moved by 2"]),
        ("2% higher than in 2011/12", "higher", "95", [f"from {FILE}, row 2, column D (value) it moved by 2"]),
        ("the same as in 2011/12", "higher", "93", []),
        ("the same as in 2011/12", "higher", "95", ["it moved by 2"]),
        ("2 points higher than in 2012/13", "higher", "95", ["there is no figure for 2012/13"]),
        ("2 points higher than in 2010/11", "higher", "95", ["there is no figure for 2010/11"]),
        ("2 points higher than in 2011/12", "higher", "", ["there is no figure for 2011/12"]),
    ],
)
def test_a_movement_is_from_one_row_to_another(text: str, direction: str, now: str, faults: list[str]) -> None:
    """In 2011/12 there were 93%, and in 2012/13 there was no figure."""
    rows = {label: _known({"period_label": label, "value": value}, "per cent", 0) for label, value in _BEFORE.items()}

    def before(label: str) -> Known | None:
        return rows.get(label)

    assert list(figures.change(text, _known({"value": now}, "per cent", 0, direction), before)) == faults


@pytest.mark.parametrize(
    ("text", "cells", "faults"),
    [
        ("Missed in 2013/14: £61.50 against a target of at most £60.", {}, []),
        ("In 2013/14: £61.50 against a target of at most £60.", {}, ['it does not begin with "missed"']),
        ("Missed in 2012/13: £61.50 against a target of at most £60.", {},
         ["it does not name 2013/14", *["the value is 61.50"] * 2, "it says a figure the row has not, or none"]),
        ("Missed in 2013/14: £61.50 against a target of at most £60, as in 2013/14.", {},
         [*["the value is 61.50"] * 2, "it says a figure the row has not, or none"]),
        ("Missed in 2013/14: £61.50 against a target of at most £60, as 7.5.3 says.", {},
         ["it holds a number that is not in the row"]),
        ("Missed in 2013/14: £61.50 against a target of at most £61.", {}, ["the target is 60.00"]),
        ("Target suspended in 2013/14: £61.50 against a target of £2.5 million (£2,500,000).",
         {"target": "", "target_comparator": "", "target_status": "suspended", "verdict": "target suspended"},
         ["the target is None", "the target is exact", "it says a target the row has not, or none"]),
        ("Missed in 2013/14: £61.50.", {}, ["it says a target the row has not, or none"]),
        ("Missed in 2013/14 against a target of at most £60.", {}, ["it says a figure the row has not, or none"]),
        ("Missed in 2013/14: £61.50 against a target of at most £60, after 3.", {},
         ["the value is 61.50", "it says a figure the row has not, or none"]),
        ("Missed in 2013/14: £61.50 against a target of at most £60.", {"value_status": "provisional"},
         ["the figure is provisional"]),
        ("Missed in 2013/14: £61.50 (provisional) against a target of at most £60.", {"value_status": "provisional"},
         []),
        ("Missed in 2013/14: £61.50 (revised) against a target of at most £60.", {}, ["the figure is final"]),
        ("No figure in 2013/14: not measured. The target was at most £60.",
         {"value": "", "value_status": "not measured"}, []),
        ("No figure in 2013/14: not published. The target was at most £60.",
         {"value": "", "value_status": "not measured"}, ["the figure is not measured"]),
        ("Proposed for 2013/14: a target of at most £60.",
         {"value": "", "value_status": "not applicable", "target_status": "proposed"}, []),
    ],
)  # fmt: skip
def test_a_sentence_says_its_row_and_nothing_else(text: str, cells: dict[str, str], faults: list[str]) -> None:
    """Verdict, period, figure, status and target are those of the row, and every number is one of them."""
    assert list(figures.sentence(text, _known(cells), _no_row)) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Missed in 2013/14: £61.50 against a target of at most £60, £2.50 higher than in 2011/12 (worsened).", []),
        ("Missed in 2013/14: £61.50 against a target of at most £60, £2.51 higher than in 2011/12 (worsened).",
         [f"from {FILE}, row 2, column D (value) it moved by 2.50"]),
    ],
)  # fmt: skip
def test_a_sentence_may_say_how_its_figure_moved(text: str, faults: list[str]) -> None:
    """In 2011/12 it was £59."""
    assert (
        list(figures.sentence(text, _known(), lambda label: _known({"period_label": label, "value": "59"}))) == faults
    )


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Fewer rounds saved £60,000 in 2013/14.", []),
        ("Fewer rounds: in 2013/14 less was spent.", []),
        ("Fewer rounds saved £61,000 in 2013/14.", ["the value is 60000"]),
    ],
)
def test_a_sentence_of_a_saving_has_neither_verdict_nor_target(text: str, faults: list[str]) -> None:
    """It begins as it likes, and need not say the sum that stands beside it."""
    cells = {"saving_id": "rounds", "title": "Fewer rounds", "period_label": "2013/14", "value": "60000",
             "value_status": "final"}  # fmt: skip
    known = Known(Row("data/2013-14/savings.csv", 2, cells), "pounds", None)
    assert list(figures.sentence(text, known, _no_row)) == faults


def test_part_of_a_text_need_not_say_that_a_figure_may_change() -> None:
    """The headline of a chart leaves it to the chart."""
    known = _known({"value_status": "provisional"})
    text = "Missed in 2013/14: £61.50 against a target of at most £60"
    assert list(figures.sentence(text, known, _no_row, whole=False)) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Cost: £61.50; Fuel: £7.00", []),
        ("Cost: £61.50; and 1 more", []),
        ("and 2 more", []),
        ("Cost: £61.50; and 2 more", ["1 more are left"]),
        ("Fuel: £7.00; Cost: £61.50", ['"Cost" is not where it should be']),
        ("Cost: £61.50; Fuel: £7.01", ["the value is 7.00"]),
        ("Cost: £61.50; Fuel: £7.00; Rent: £1.00", ["it says more than its rows"]),
    ],
)
def test_a_cell_names_its_rows_in_their_order(text: str, faults: list[str]) -> None:
    """Each row is named with its figure, and what is left out is counted."""
    assert list(figures.named(text, [_known(), _known({"measure_title": "Fuel", "value": "7"})])) == faults


def test_a_cell_names_a_row_without_a_figure() -> None:
    """Why there is none stands in its place."""
    unmeasured = _known({"value": "", "value_status": "not measured"})
    assert list(figures.named("Cost: not measured; Cost: £61.50", [unmeasured, _known()])) == []


@pytest.mark.parametrize(
    ("text", "count", "faults"),
    [
        ("7 of 8 service levels were met and 1 was missed.", {"met": 7, "missed": 1}, []),
        ("7 of 8 met", {"met": 7, "no figure": 1}, []),
        ("7 of 8 met", {"met": 7, "missed": 1}, ["1 were missed"]),
        ("7 of 9 met, 1 missed", {"met": 7, "missed": 1}, ["7 of 8 were met"]),
        ("8 of 8 met, 1 missed", {"met": 7, "missed": 1}, ["7 of 8 were met"]),
        ("0 of 1 met, 1 missed", {"missed": 1}, []),
        ("1 of 1 met, 1 missed", {"missed": 1}, ["0 of 1 were met"]),
        ("7 of 8 met, 2 missed", {"met": 7, "missed": 1}, ['1 are "missed"']),
        ("1,204 of 1,205 met, 1 missed", {"met": 1204, "missed": 1}, []),
        ("1 had its target suspended, 2 had no figure", {"target suspended": 1, "no figure": 2}, []),
        ("1 had no figure", {"not yet due": 1}, ['0 are "no figure"']),
        ("7 of 8 met, 1 missed, 3 late", {"met": 7, "missed": 1}, ["it holds a number that counts nothing"]),
        ("–", {}, []),
        ("–", {"met": 1}, ["there are 1"]),
    ],
)
def test_a_tally_counts_verdicts(text: str, count: dict[str, int], faults: list[str]) -> None:
    """What was met is said of all, what was missed is not left out, and every number counts something."""
    assert list(figures.tally(text, Counter(count))) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [("1,204 rows", []), ("1204", []), ("1,205 rows", ["there are 1204"]), ("1,204 of 1,204", ["there are 1204"]),
     ("none", ["there are 1204"])],
)  # fmt: skip
def test_a_count_is_said_once(text: str, faults: list[str]) -> None:
    """A text that holds one count holds no other number."""
    assert list(figures.number(text, 1204)) == faults


_CHANGE = {
    "date": "D2014-05-03", "field": "value", "old": "99.7", "new": "97.9", "kind": "correction",
    "reason": "Two digits  were misread.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("note", "cells", "told"),
    [
        ("Corrected on 3 May 2014: it was 99.7%. Two digits were misread.", {}, True),
        ("Revised on 3 May 2014: it was 99.7%. Two digits were misread.", {}, False),
        ("Corrected on 4 May 2014: it was 99.7%. Two digits were misread.", {}, False),
        ("Corrected on 3 May 2014: it was 99.8%. Two digits were misread.", {}, False),
        ("Corrected on 3 May 2014: it was 99.7%. Two digits were swapped.", {}, False),
        ("Corrected on 3 May 2014: it was 99.7%, or 99.8%. Two digits were misread.", {}, False),
        ("Corrected on 3 May 2014: there was no figure. Two digits were misread.", {"old": ""}, True),
        ("Corrected on 3 May 2014: it was 0. Two digits were misread.", {"old": ""}, False),
        ("Corrected on 3 May 2014: the comparator was “>”. Two digits were misread.",
         {"field": "target_comparator", "old": ">"}, True),
        ("Corrected on 3 May 2014: the comparator was “<”. Two digits were misread.",
         {"field": "target_comparator", "old": ">"}, False),
        ("Corrected on 3 May 2014: it was £2.5 million (£2,476,000). Two digits were misread.",
         {"old": "2476000"}, True),
        ("Two digits were misread.", {}, False),
    ],
)  # fmt: skip
def test_a_note_tells_of_its_correction(note: str, cells: dict[str, str], told: bool) -> None:  # noqa: FBT001
    """The kind, the day, what was published before and why are those of the row."""
    assert figures.is_correction(note, Row("data/2013-14/corrections.csv", 2, _CHANGE | cells)) is told
