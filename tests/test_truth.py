"""What a stranger takes to be true: the rows of single years, which of them a key names, and what was made of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from macros.checking.readers import Row
from macros.checking.truth import Known, Truth, corrects, judged, row_key, verdicts

_LEVEL = {
    "measure_id": "bins", "period": "FY2021-22", "period_label": "2021/22", "period_start": "2021-04-01",
    "period_end": "2022-03-31", "measure_title": "Bins", "unit": "per cent", "value": "94.95", "value_qualifier": "",
    "value_status": "final", "target": "95", "target_comparator": ">=", "target_status": "set", "verdict": "met",
    "year": "2021-22", "body_id": "northmoor",
}  # fmt: skip
_NEXT = {
    "period": "FY2022-23", "period_label": "2022/23", "period_start": "2022-04-01", "period_end": "2023-03-31",
    "year": "2022-23",
}  # fmt: skip
_MONTH = {"period": "2021-M04", "period_label": "April 2021", "period_end": "2021-04-30"}
_MEASURE = {"measure_id": "bins", "decimals": "1", "direction": "higher"}
_CHANGE = {
    "correction_id": "a", "date": "D2022-09-01", "resource": "service_levels", "key": "bins FY2021-22",
    "field": "value", "old": "94", "new": "94.95", "year": "2021-22",
}  # fmt: skip


def _level(*differs: Mapping[str, str], number: int = 2) -> Row:
    """Return a service level of 2021/22, which is 94.95% against a target of at least 95%."""
    cells = dict(_LEVEL)
    for one in differs:
        cells |= one
    return Row(f"data/{cells['year']}/service_levels.csv", number, cells)


def _truth(
    *levels: Row,
    corrections: tuple[Mapping[str, str], ...] = (),
    savings: tuple[Mapping[str, str], ...] = (),
    discrepancies: tuple[Mapping[str, str], ...] = (),
    measure: Mapping[str, str] | None = None,
) -> Truth:
    """Return what is true of some service levels, each in the tables of its year, and of more rows of 2021/22."""
    years: dict[str, dict[str, list[Row]]] = {"2021-22": {}, "2022-23": {}}
    for row in levels:
        years[row["year"]].setdefault("service_levels", []).append(row)
    for name, rows in {"corrections": corrections, "savings": savings, "discrepancies": discrepancies}.items():
        years["2021-22"][name] = [Row(f"data/2021-22/{name}.csv", 2, cells) for cells in rows]
    register = {"measures": [Row("data/all-years/measures.csv", 2, _MEASURE | dict(measure or {}))]}
    return Truth(years, register)


@pytest.mark.parametrize(
    ("decimals", "value"), [("1", "95.0"), ("2", "94.95"), ("0", "95"), ("", "94.95")], ids="{} decimals".format
)
def test_a_figure_is_rounded_as_its_measure_is_published(decimals: str, value: str) -> None:
    """A half goes up, as it does where it is shown; a measure that does not say is not rounded."""
    known = _truth(_level(), measure={"decimals": decimals}).known["bins FY2021-22"]
    assert str(known.value) == value


def test_a_row_of_no_measure_is_taken_as_it_stands() -> None:
    """Without its measure nothing is known of decimals, nor of which way is better."""
    known = _truth(_level(), measure={"measure_id": "crates"}).known["bins FY2021-22"]
    assert (known.value, known.decimals, known.direction, known.title) == (Decimal("94.95"), None, "", "Bins")


def test_a_saving_is_money() -> None:
    """It is known by its identifier, and titled by itself."""
    saving = {"saving_id": "rounds", "title": "Fewer rounds", "value": "60000.50", "target_status": "proposed"}
    known = _truth(savings=(saving,)).known["rounds"]
    assert (known.value, known.unit, known.title, row_key(known.row)) == (
        Decimal("60000.50"), "pounds", "Fewer rounds", "rounds",
    )  # fmt: skip


def test_the_row_of_another_period_is_the_one_in_force() -> None:
    """A target that is only proposed has a row of its own for the same time, and is not compared with."""
    proposed = _level({"target_status": "proposed", "value": ""}, number=3)
    truth = _truth(_level(), proposed, _level(_NEXT))
    earlier = truth.before(truth.known["bins FY2022-23"], "2021/22")
    assert earlier is not None
    assert earlier.row.number == 2
    assert truth.before(earlier, "2020/21") is None
    assert truth.known["bins FY2021-22 proposed"].row.number == 3


def test_each_measure_is_one_service_level_a_year() -> None:
    """A month is part of its year, wherever it is written; another measure and another year are not."""
    month, crates = _level(_MONTH, number=3), _level(_MONTH, {"measure_id": "crates"}, number=4)
    proposed = _level({"target_status": "proposed"}, number=5)
    truth = _truth(month, _level(), crates, proposed, _level(_NEXT))
    assert [(row["measure_id"], row["period"]) for row in truth.levels] == [
        ("bins", "FY2021-22"), ("crates", "2021-M04"), ("bins", "FY2022-23"),
    ]  # fmt: skip


def test_periods_that_overlap_are_both_counted() -> None:
    """Neither April to September nor July to December is a part of the other; March is a part of its year."""
    halves = [
        _level({"period": f"2021-M{first}/2021-M{last}", "period_start": f"2021-{first}-01", "period_end": end})
        for first, last, end in (("04", "09", "2021-09-30"), ("07", "12", "2021-12-31"))
    ]
    assert _truth(*halves).levels == halves
    assert _truth(*reversed(halves)).levels == halves[::-1]
    march = _level({"period": "2022-M03", "period_start": "2022-03-01"})
    assert [row["period"] for row in _truth(march, _level()).levels] == ["FY2021-22"]


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("levels", [2, 4, 2]),
        ("levels year=2021-22", [2, 4]),
        ("levels year=2021-22 measure_id=crates", [4]),
        ("levels year=2021-22 body_id=northmoor", [2]),
        ("levels measure_id=bins year=2021-22", [2]),
        ("levels year=2020-21", []),
        ("levels body_id=*", [2, 2]),
        ("levels body_id=* year=2022-23", [2]),
        ("months", [3, 4]),
        ("months period=2021-M04 measure_id=bins", [3]),
        ("service_levels", [2, 3, 4, 2]),
        ("savings", []),
        ("bins FY2022-23", [2]),
        ("bins 2021-M04, crates 2021-M04", [3, 4]),
    ],
)
def test_a_key_names_rows(key: str, numbers: list[int]) -> None:
    """Those of a table that have something in common, or single ones."""
    crates = _level(_MONTH, {"measure_id": "crates", "body_id": ""}, number=4)
    truth = _truth(_level(), _level(_MONTH, number=3), crates, _level(_NEXT))
    for _ in range(2):
        assert [row.number for row in truth.rows(key)] == numbers


def test_a_key_of_no_row_is_told() -> None:
    """Nothing stands for it, and nothing can be kept of it."""
    truth = _truth(_level())
    for ask in (truth.rows, truth.facts):
        with pytest.raises(KeyError):
            ask("crates FY2021-22")


@pytest.mark.parametrize(
    ("changes", "target", "told"),
    [
        ([{}], False, ["a"]),
        ([{}], True, []),
        ([{"field": "target", "new": "95"}], True, ["a"]),
        ([{"field": "target_comparator", "new": ">="}], True, ["a"]),
        ([{"new": "94.9"}], False, []),
        ([{"key": "bins"}], False, ["a"]),
        ([{"key": "bins FY2022-23"}], False, []),
        ([{"year": "2022-23"}], False, []),
        ([{"resource": "activity"}], False, []),
        ([{}, {"correction_id": "b", "date": "D2022-08-01", "new": "94"}], False, ["a", "b"]),
        ([{}, {"correction_id": "b", "date": "D2022-10-01", "new": "94"}], False, []),
    ],
)
def test_a_figure_is_told_with_the_corrections_that_led_to_it(
    changes: list[dict[str, str]],
    target: bool,  # noqa: FBT001
    told: list[str],
) -> None:
    """Those of its row and its year, where the newest of the cell is what stands there."""
    truth = _truth(_level(), _level(_NEXT), corrections=tuple(_CHANGE | one for one in changes))
    found = truth.changes(truth.known["bins FY2021-22"], target=target)
    assert [row["correction_id"] for row in found] == told


@pytest.mark.parametrize(
    ("key", "is_of"),
    [("bins FY2021-22", True), ("bins", True), ("bins FY2022-23", False), ("bin", False), ("bins FY2021-22 x", False)],
)
def test_a_key_is_how_a_row_begins(key: str, is_of: bool) -> None:  # noqa: FBT001
    """Of a measure it may name the period."""
    assert corrects(key, _level()) is is_of


@pytest.mark.parametrize(("key", "is_of"), [("rounds", True), ("rounds FY2021-22", False)])
def test_the_key_of_a_saving_is_its_identifier(key: str, is_of: bool) -> None:  # noqa: FBT001
    """Its period is not part of it."""
    cells = {"saving_id": "rounds", "period": "FY2021-22"}
    assert corrects(key, Row("data/2021-22/savings.csv", 2, cells)) is is_of


_FACTS = {
    "the row": _truth(_level({"value": "94.94"}), _level(_NEXT)),
    "another period": _truth(_level(), _level(_NEXT, {"value": "1"})),
    "how it is rounded": _truth(_level(), _level(_NEXT), measure={"decimals": "2"}),
    "which way is better": _truth(_level(), _level(_NEXT), measure={"direction": "lower"}),
    "its unit": _truth(_level({"unit": "days"}), _level(_NEXT)),
    "a correction": _truth(_level(), _level(_NEXT), corrections=(_CHANGE,)),
}


@pytest.mark.parametrize("truth", _FACTS.values(), ids=_FACTS)
def test_what_a_figure_is_compared_with_has_changed(truth: Truth) -> None:
    """A page that shows one row of a measure may speak of all that is known of it, so it is read again."""
    key = "bins FY2021-22"
    assert truth.facts(key) != _truth(_level(), _level(_NEXT)).facts(key)


def test_what_a_figure_is_compared_with_has_stayed() -> None:
    """Another measure, another place in the file: nothing that the page says is about them."""
    was = _truth(_level(), _level(_NEXT))
    now = _truth(_level(number=7), _level(_NEXT), _level({"measure_id": "crates"}), measure={"title": "Bins"})
    assert now.facts("bins FY2021-22") == was.facts("bins FY2021-22")
    assert now.facts("levels year=2022-23") == was.facts("levels year=2022-23")
    assert now.facts("levels year=2021-22") != was.facts("levels year=2021-22")


def test_a_discrepancy_and_a_saving_may_have_one_identifier() -> None:
    """A page that shows one of the two under the identifier is read again where either of them is another."""
    saving, discrepancy = {"saving_id": "rounds", "value": "60000"}, {"discrepancy_id": "rounds", "printed": "5"}
    was = _truth(savings=(saving,), discrepancies=(discrepancy,)).facts("rounds")
    assert _truth(savings=(saving | {"value": "60001"},), discrepancies=(discrepancy,)).facts("rounds") != was
    assert _truth(savings=(saving,), discrepancies=(discrepancy | {"printed": "6"},)).facts("rounds") != was
    alone = _truth(discrepancies=(discrepancy,)).facts("rounds")
    assert alone != was
    assert alone == _truth(_level(), discrepancies=(discrepancy,)).facts("rounds")


@pytest.mark.parametrize("name", ["levels", "months", "savings"])
def test_a_measure_may_have_the_name_of_a_table(name: str) -> None:
    """Its figure is compared again when a correction of it changes, and not only when the table does."""
    key, measure = f"{name} FY2021-22", {"measure_id": name}
    level, change = _level(measure), {**_CHANGE, "key": key}
    was = _truth(level, measure=measure)
    corrected = _truth(level, corrections=(change,), measure=measure)
    judged_anew = _truth(level, measure={**measure, "direction": "lower"})
    assert len({one.facts(key) for one in (was, corrected, judged_anew)}) == 3


def test_a_count_that_stays_while_a_row_changes_is_compared_again() -> None:
    """Two counts of rows are the same, and what they count is not."""
    was, now = (_truth(_level({"verdict": verdict})) for verdict in ("met", "missed"))
    assert was.facts("levels year=2021-22") != now.facts("levels year=2021-22")


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"value": "95.0"}, "met"),
        ({"value": "94.9"}, "missed"),
        ({"value": "95.0", "target_comparator": ">"}, "missed"),
        ({"value": "95.1", "target_comparator": ">"}, "met"),
        ({"value": "95.0", "target_comparator": "<="}, "met"),
        ({"value": "95.1", "target_comparator": "<="}, "missed"),
        ({"value": "95.0", "target_comparator": "<"}, "missed"),
        ({"value": "94.9", "target_comparator": "<"}, "met"),
        ({"value": "", "value_status": "not yet due"}, "not yet due"),
        ({"value": "", "value_status": "not measured"}, "no figure"),
        ({"value": "95.0", "value_qualifier": ">"}, None),
        ({"value": "95.0", "target": "", "target_comparator": ""}, None),
        ({"target": "", "target_status": "suspended"}, "target suspended"),
        ({"target": "", "target_status": "not published"}, "no target"),
        ({"target_status": "proposed"}, "no target"),
    ],
)
def test_a_verdict_is_worked_out_again(cells: dict[str, str], verdict: str | None) -> None:
    """A figure that is not exact needs more than a comparison, and is not judged here."""
    assert judged(Known(_level(cells), "per cent", 1)) == verdict


def test_a_proposed_target_is_no_second_verdict() -> None:
    """Of the two rows of a year one is counted."""
    assert verdicts([_level(), _level({"target_status": "proposed", "verdict": "no target"})]) == {"met": 1}
