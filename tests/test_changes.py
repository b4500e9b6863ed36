"""What was changed after it was published is said on its page, on the page of changes, in a file and in a feed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import feedparser
import pytest

from macros.meaning.changed import changes
from macros.publishing.changes import FEED, JSON, change_files
from macros.publishing.files import publication
from macros.publishing.tables import Tables
from macros.reading.reports import Reports
from macros.records import Unit
from macros.showing.changes import effect, entries, note, notes, of_page
from macros.showing.tables import savings, series, service_levels

from .builders import Council
from .sites import Built, settings

HOME = "https://figures.northmoor.example/"
LEVELS = {"resource": "service_levels"}


def _correct(council: Council, folder: str = "2022-23", **cells: str) -> None:
    """Add a row of corrections."""
    said = {"correction_id": "another", "date": "D2026-11-22", "kind": "correction", "reason": "It was misread."}
    table = council.cells(f"{folder}/corrections.csv")
    table.append([{**said, **cells}.get(name, "") for name in table[0]])
    council.set_cells(f"{folder}/corrections.csv", table)


def _said(reports: Reports) -> list[str]:
    """Return the facts of every entry on the page of changes."""
    return [
        f"{entry.title} | " + " | ".join("".join(cell.text for cell in fact.cells) for fact in entry.facts)
        for entry in entries(reports)
    ]


# On pages


def test_a_change_says_all_a_reader_asks(northmoor_site: Built) -> None:
    """The page of changes gives what, when, old and new, why, and what became of the verdict, with links."""
    page = northmoor_site.page("changes/")
    entry = page.find(id="bins-on-time-2022-23-a")
    assert entry is not None
    assert " ".join(entry.get_text(" ").split()) == (
        "Corrected on 1 September 2023: Bins emptied on the day "
        "What Bins emptied on the day , 2022/23: value It was 99.7% It is now 97.9% Why Two digits were misread. "
        "Effect The verdict was “met” and became “missed”. "
        "Row 2022-23/service_levels.csv: bins-on-time FY2022-23"
    )
    assert [str(link["href"]) for link in page.select("#bins-on-time-2022-23-a a")] == ["../measures/bins-on-time/"]


@pytest.mark.parametrize("address", ["measures/bins-on-time/", "years/2022-23/"])
def test_a_corrected_figure_is_marked_where_it_stands(northmoor_site: Built, address: str) -> None:
    """The cell of a corrected figure has a note that says what it was; the page links to all that is known."""
    page = northmoor_site.page(address)
    # The table of a chart is the chart's; the tables of the page link to what is known of the change.
    cells = page.select('main td[data-key="bins-on-time FY2022-23"][data-field="value"]')
    cell = next(one for one in cells if one.find_parent(class_="chart__data") is None)
    assert "[note 1]" in cell.get_text()
    region = cell.find_parent(class_="table")
    assert region is not None
    assert "[note 1] Corrected on 1 September 2023: it was 99.7%. Two digits were misread." in " ".join(
        region.get_text().split()
    )
    assert region.select_one('a[href="../../changes/"]') is not None
    assert page.select_one('main a[href="../../changes/#bins-on-time-2022-23-a"]') is not None


def test_other_figures_are_not_marked(northmoor: Reports) -> None:
    """Only the row that was corrected carries its correction, not the same measure in another year."""
    marked = [(seen.measure.id, seen.period.code) for seen in northmoor.observations if seen.changed]
    assert marked == [("bins-on-time", "FY2022-23")]
    assert not any(saving.changed for saving in northmoor.savings)


def test_a_measure_without_corrections_says_nothing_of_them(northmoor_site: Built) -> None:
    """Where nothing was corrected there is no heading."""
    assert "Corrections" not in [one.get_text() for one in northmoor_site.page("measures/loans/").select("main h2")]


def test_a_site_without_corrections_says_so(example_site: Built) -> None:
    """A site that has changed no figure says so, and lists its releases."""
    text = example_site.text("changes/")
    assert "No published figure has been changed yet." in text
    assert "The newest release of each year's package" in text


def test_a_corrected_sum_is_marked(tiny: Council) -> None:
    """A corrected sum of money has its note, too, and is listed with its title and its sum before."""
    _correct(tiny, resource="savings", key="fuel-savings-2022-23", field="value", old="152000", new="125000")
    reports = tiny.load()
    table = savings("Savings", reports.savings)
    assert table.changed
    assert "Corrected on 22 November 2026: it was £152,000. It was misread." in table.notes
    listed = of_page(reports, lambda one: one.correction.resource == "savings")
    assert ["".join(cell.text for cell in item) for item in listed.items] == [
        "Less fuel, 2022/23. Corrected on 22 November 2026: it was £152,000. It was misread."
    ]


def test_a_corrected_target_is_marked_beside_the_target(tiny: Council) -> None:
    """A change of the target is a note of the target's cell, and not of the result's."""
    _correct(tiny, **LEVELS, key="recycling-refused FY2022-23", field="target", old="4", new="5")
    reports = tiny.load()
    (seen,) = (one for one in reports.series("recycling-refused") if one.changed)
    assert list(notes(seen)) == []
    assert list(notes(seen, target=True)) == ["Corrected on 22 November 2026: its target was 4%. It was misread."]
    for table in (service_levels("Levels", [seen]), series("Levels", [seen], reports)):
        assert [cell.text for row in table.rows for cell in row if "[note" in cell.text] == [table.rows[0][3].text]


def test_one_row_of_two_is_marked(tiny: Council) -> None:
    """A measure may have a target in force and a proposed one for one period; the value tells which was corrected."""
    _correct(tiny, **LEVELS, key="reader-satisfaction FY2022-23", field="target", old="91", new="92")
    marked = [seen for seen in tiny.load().series("reader-satisfaction") if seen.changed]
    assert [seen.is_proposed for seen in marked] == [True]


# What it did to the verdict


@dataclass(frozen=True)
class _Case:
    cells: dict[str, str]
    says: str


CASES = {
    "from met to missed": _Case(
        {"key": "missed-bin-repair-time FY2022-23", "field": "target", "old": "1", "new": "2"},
        "The verdict was “missed” and became “met”.",
    ),
    "the same": _Case(
        {"key": "missed-bin-repair-time FY2022-23", "field": "value", "old": "1.4", "new": "1.5"},
        "The verdict stayed the same: met.",
    ),
    "exactly on target, to meet one that wanted more": _Case(
        {"key": "calls-answered-rate FY2022-23", "field": "target_comparator", "old": ">", "new": ">="},
        "The verdict was “missed” and became “met”.",
    ),
    "the target was and stays suspended": _Case(
        {"key": "opening-hours-kept FY2021-22", "folder": "2021-22", "field": "value", "old": "16", "new": "61"},
        "The verdict stayed the same: target suspended.",
    ),
    "of a target in force beside a proposed one": _Case(
        {"key": "reader-satisfaction FY2022-23", "field": "target", "old": "91", "new": "90"},
        "The verdict was “cannot be judged” and became “met”.",
    ),
    "no target at all": _Case(
        {"key": "loans FY2022-23", "field": "value", "old": "31000", "new": "30000", "resource": "activity"},
        "No verdict rests on it.",
    ),
    "what was written was no number": _Case(
        {"key": "missed-bin-repair-time FY2022-23", "field": "value", "old": "two", "new": "1.5"},
        "No verdict rests on it.",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_change_says_what_became_of_the_verdict(tiny: Council, case: _Case) -> None:
    """The verdict before the change is worked out again from what was published then."""
    _correct(tiny, **{**LEVELS, **case.cells})
    (found,) = (one for one in changes(tiny.load()) if one.correction.id == "another")
    assert effect(found) == case.says


@pytest.mark.parametrize("written", ["abc", "cba", "bca"], ids="written in the order {}".format)
def test_changes_of_several_days_are_undone_one_after_another(written: str, tiny: Council) -> None:
    """Each change is judged as the row stood on its day; a figure and its status that came together are one change."""
    of = {**LEVELS, "key": "calls-answered-rate FY2022-23"}
    rows = {
        "a": {"date": "D2023-08-01", "field": "value", "old": "", "new": "94.0"},
        "b": {"date": "D2023-08-01", "field": "value_status", "old": "not published", "new": "final"},
        "c": {"date": "D2023-08-02", "field": "value", "old": "94.0", "new": "95.0"},
    }
    for name in written:
        _correct(tiny, **of, **rows[name], correction_id=name)
    found = {one.correction.id: effect(one) for one in changes(tiny.load())}
    assert (found["a"], found["b"], found["c"]) == (
        "The verdict was “no figure” and became “missed”.",
        "The verdict was “no figure” and became “missed”.",
        "The verdict was “missed” and became “met”.",
    )
    (seen,) = (one for one in tiny.load().series("calls-answered-rate") if one.changed)
    assert next(one.id for one in seen.changed) == "c", "the row carries the newest change first"
    assert {one.id for one in seen.changed} == {"a", "b", "c"}
    first = next(one for one in changes(tiny.load()) if one.correction.id == "a")
    assert note(first.correction, Unit.PER_CENT) == ("Corrected on 1 August 2023: there was no figure. It was misread.")


@pytest.mark.parametrize(
    ("resource", "key", "field"),
    [("service_levels", "calls-answered-rate FY2021-22", "target"), ("milestones", "", "place")],
)
def test_a_revision_of_what_is_no_figure_needs_no_status(tiny: Council, resource: str, key: str, field: str) -> None:
    """Only a figure that was revised says so in its status: a target has none, nor has a table without figures."""
    heading, *rows = tiny.cells(f"2021-22/{resource}.csv")
    row = next(row for row in rows if " ".join(row).startswith(key))
    new = row[heading.index(field)]
    _correct(tiny, "2021-22", resource=resource, key=key or row[0], field=field, old="7", new=new, kind="revision")
    assert tiny.problems() == []


def test_of_two_corrections_of_a_cell_the_newest_holds(tiny: Council) -> None:
    """The figure of 2022/23 was 98.9, then 99.7 and now 97.9; the first of them is written last."""
    cells = {"key": "bins-on-time FY2022-23", "field": "value", "old": "98.9", "new": "99.7", "date": "D2023-08-01"}
    _correct(tiny, **LEVELS, **cells)
    assert tiny.problems() == []


def test_a_change_is_judged_by_the_row_of_its_own_year(tiny: Council) -> None:
    """In 2021/22 90% met a target first given as 90%; that 95% meets either target a year later does not matter."""
    _correct(tiny, "2021-22", **LEVELS, key="calls-answered-rate", field="target", old="90", new="95")
    (found,) = (one for one in changes(tiny.load()) if one.correction.id == "another")
    assert effect(found) == "The verdict was “met” and became “missed”."


def test_a_row_that_was_taken_away_is_listed(tiny: Council) -> None:
    """Of a row that is gone its identifier is left, and the change is listed with its year."""
    _correct(tiny, resource="savings", key="twice", field="saving_id", old="twice", new="", reason="It stood twice.")
    assert _said(tiny.load())[0] == (
        "Corrected on 22 November 2026: twice | twice, 2022/23: saving | “twice” | Nothing | It stood twice. | "
        "No verdict rests on it. | 2022-23/savings.csv: twice"
    )


# What the packages may say


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        pytest.param(
            {**LEVELS, "key": "bins-on-time FY2022-23", "field": "value", "old": "97.9", "new": "97.9"},
            "2022-23/corrections.csv, row 3, column G (new): the old and the new value are the same. Write under old "
            "what was published before.",
            id="nothing changed",
        ),
        pytest.param(
            {
                **LEVELS, "key": "missed-bin-repair-time FY2022-23", "field": "value", "old": "1.4", "new": "1.5",
                "kind": "revision",
            },
            "2022-23/service_levels.csv, row 3, column E (value_status): the figure was revised, but its status does "
            "not say so. Write revised, or call the change a correction.",
            id="a revision that the figure does not show",
        ),
        pytest.param(
            {**LEVELS, "key": "bins FY2022-23", "field": "value", "old": "1", "new": ""},
            "2022-23/corrections.csv, row 3, column D (key): there is no row 'bins FY2022-23' in "
            "2022-23/service_levels.csv. Write the identifier; for a measure also its period, such as "
            "council-tax-collected FY2013-14.",
            id="a figure of a row that is not there",
        ),
        pytest.param(
            {"resource": "staffing", "key": "staff-employed D2023-03-31", "field": "target", "old": "40", "new": "38"},
            "2022-23/corrections.csv, row 3, column E (field): there is no column 'target' in staffing. It has: "
            "measure_id, period, value, value_qualifier, value_status, as_published, note, document_id, place.",
            id="a column that is not there",
        ),
        pytest.param(
            {
                "resource": "savings", "key": "fuel-savings-2022-23", "field": "saving_id",
                "old": "fuel-savings-2022-23", "new": "",
            },
            '2022-23/corrections.csv, row 3, column G (new): the new value is "", but the cell holds '
            '"fuel-savings-2022-23". Correct the cell, or the correction.',
            id="a row that was taken away, and is there",
        ),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(tiny: Council, cells: dict[str, str], problem: str) -> None:
    """A correction changes something; a revision shows in the figure's status, so that it shows in every copy."""
    _correct(tiny, **cells)
    assert tiny.problems() == [problem]


def test_a_figure_that_was_withdrawn_needs_no_status_of_a_figure(tiny: Council) -> None:
    """A revision may leave no figure: why there is none stands where a figure would be called revised."""
    tiny.change("2022-23/service_levels.csv", 6, value="", value_status="not published")
    cells = {"key": "cost-per-household FY2022-23", "field": "value", "old": "61.50", "new": ""}
    _correct(tiny, **LEVELS, **cells, kind="revision")
    assert tiny.problems() == []


def _without_milestones(council: Council) -> None:
    """Take the table of milestones out of the package of 2021/22."""
    (council.root / "2021-22/milestones.csv").unlink()
    council.describe("2021-22", lambda package: package["resources"].remove(MILESTONES))


MILESTONES = {"name": "milestones", "path": "milestones.csv"}


def test_a_correction_of_a_table_that_is_not_there_is_refused(tiny: Council) -> None:
    """A package without milestones has no row of them that could have been corrected."""
    _without_milestones(tiny)
    _correct(tiny, "2021-22", resource="milestones", key="opened", field="title", old="Open", new="Opened")
    assert [problem.partition(". ")[0] for problem in tiny.problems()] == [
        "2021-22/corrections.csv, row 2, column D (key): there is no row 'opened' in 2021-22/milestones.csv"
    ]


def test_the_last_row_of_a_table_may_be_taken_away_with_it(tiny: Council) -> None:
    """The correction that says so stands, and so does one whose table is listed and waits to be found."""
    _without_milestones(tiny)
    _correct(tiny, "2021-22", resource="milestones", key="opened", field="milestone_id", old="opened", new="")
    assert tiny.problems() == []
    _correct(tiny, "2021-22", correction_id="b", resource="milestones", key="shut", field="title", old="a", new="b")
    tiny.describe("2021-22", lambda package: package["resources"].append(MILESTONES))
    assert [problem.partition(". ")[0] for problem in tiny.problems()] == [
        "2021-22/datapackage.json: milestones.csv is listed but is not in the folder"
    ]


def test_a_revised_figure_says_so_in_its_status(tiny: Council) -> None:
    """A revision with its status is sound, and the page says when it was revised."""
    tiny.change("2022-23/service_levels.csv", 6, value="61.50", value_status="revised", as_published="£61.50")
    cells = {"key": "cost-per-household FY2022-23", "field": "value", "old": "61.20", "new": "61.50"}
    _correct(tiny, **LEVELS, **cells, kind="revision", reason="The accounts were closed.")
    tiny.copy_row("2022-23/actions.csv", 2, measure_id="cost-per-household")
    (seen,) = (one for one in tiny.load().series("cost-per-household") if one.changed)
    assert list(notes(seen)) == ["Revised on 22 November 2026: it was £61.20. The accounts were closed."]


# What was published before


def _zipped(reports: Reports, name: str, table: str = "service_levels") -> list[list[str]]:
    """Return a table of a package that is superseded."""
    with zipfile.ZipFile(io.BytesIO(publication(Tables(reports), settings())[f"data/{name}.zip"])) as archive:
        return list(csv.reader(io.StringIO(archive.read(f"{table}.csv").decode(), newline="")))


def test_what_was_published_before_is_kept(northmoor: Reports, northmoor_site: Built) -> None:
    """The package as it was before the correction holds the old figure and its verdict, and no word of the change."""
    header, first, *rest = _zipped(northmoor, "2022-23-until-2023-09-01")
    was = dict(zip(header, first, strict=True))
    assert (was["measure_id"], was["value"], was["verdict"]) == ("bins-on-time", "99.7", "met")
    text = (northmoor_site.root / "data/2022-23/service_levels.csv").read_bytes().decode()
    now = list(csv.reader(io.StringIO(text, newline="")))
    assert rest == now[2:]
    assert len(_zipped(northmoor, "2022-23-until-2023-09-01", "corrections")) == 1
    for address in ("changes/", "years/2022-23/"):
        link = northmoor_site.page(address).select_one('main a[href$="data/2022-23-until-2023-09-01.zip"]')
        assert link is not None
        assert link.get_text().startswith("The package of 2022/23 as it was until 1 September 2023 (ZIP, ")


def test_each_day_of_corrections_has_its_package(tiny: Council) -> None:
    """Before the second correction stood the figure of the first one; before both, the first figure of all."""
    tiny.change("2022-23/service_levels.csv", 2, value="98.9", as_published="98.9%")
    tiny.change("2022-23/corrections.csv", 2, new="98.3")
    _correct(tiny, **LEVELS, key="bins-on-time FY2022-23", field="value", old="98.3", new="98.9")
    reports = tiny.load()
    for day, value, corrections in (("2023-09-01", "99.7", 0), ("2026-11-22", "98.3", 1)):
        header, first, *_ = _zipped(reports, f"2022-23-until-{day}")
        assert first[header.index("value")] == value
        assert len(_zipped(reports, f"2022-23-until-{day}", "corrections")) == 1 + corrections


def test_a_row_that_was_taken_away_cannot_be_put_back(tiny: Council) -> None:
    """Where a row is gone, the package of before that day is not made up."""
    _correct(tiny, **LEVELS, key="no-such FY2022-23", field="measure_id", old="no-such", new="")
    names = [path for path in publication(Tables(tiny.load()), settings()) if "-until-" in path]
    assert names == []


# For programs


def _feed(reports: Reports, address: str = HOME) -> Any:
    found = feedparser.parse(change_files(reports, settings(), address)[FEED])
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def _released(council: Council) -> None:
    """Say when each package was made."""
    for year, day in (("2021-22", "2022-07-04"), ("2022-23", "2023-07-03")):
        created = f"{day}T09:00:00Z"
        council.describe(year, partial(_made, created=created))


def _made(package: dict[str, Any], created: str) -> None:
    package["created"] = created


def test_the_feed_tells_releases_and_corrections(tiny: Council) -> None:
    """The newest stands first; each entry says what, from what to what, and where; days come from the data."""
    _released(tiny)
    found = _feed(tiny.load())
    assert (found.feed.title, found.feed.updated) == (
        "Northmoor council services: releases and corrections",
        "2023-09-01T00:00:00Z",
    )
    assert found.feed.author == "Northmoor District Council"
    assert [(one.title, one.updated, one.link) for one in found.entries] == [
        (
            "Correction: Bins emptied on the day, 2022/23", "2023-09-01T00:00:00Z",
            f"{HOME}changes/#bins-on-time-2022-23-a",
        ),
        ("Release: the package of 2022/23, version 1.0.0", "2023-07-03T09:00:00Z", f"{HOME}years/2022-23/"),
        ("Release: the package of 2021/22, version 1.0.0", "2022-07-04T09:00:00Z", f"{HOME}years/2021-22/"),
    ]  # fmt: skip
    assert found.entries[0].summary == (
        "Corrected on 1 September 2023: it was 99.7%. Two digits were misread. It is now 97.9%. "
        "The verdict was “met” and became “missed”."
    )


def test_identifiers_of_the_feed_never_change(tiny: Council) -> None:
    """A reader of feeds shows nothing twice: identifiers stay when the site moves, and when rows or years are added."""
    _released(tiny)
    before = {one.title: one.id for one in _feed(tiny.load()).entries}
    assert len(set(before.values())) == 3
    assert all(UUID(one.removeprefix("urn:uuid:")).version == 5 for one in before.values())
    _correct(tiny, **LEVELS, key="missed-bin-repair-time FY2022-23", field="value", old="1.4", new="1.5")
    for address in ("", "https://elsewhere.example/"):
        after = {one.title: one.id for one in _feed(tiny.load(), address).entries}
        assert before.items() < after.items()
    assert _feed(tiny.load(), "").feed.id == _feed(tiny.load()).feed.id


def test_a_new_version_is_a_new_entry(tiny: Council) -> None:
    """A reader of feeds is told of each version."""
    _released(tiny)
    before = {one.id for one in _feed(tiny.load()).entries}
    tiny.describe("2022-23", lambda package: package.update(version="1.0.1", created="2023-09-01T09:00:00Z"))
    assert len({one.id for one in _feed(tiny.load()).entries} - before) == 1


def test_a_feed_without_entries_is_as_old_as_its_data(tiny: Council) -> None:
    """Where nothing is dated, the feed is as old as the newest document, and never as the build."""
    tiny.set_cells("2022-23/corrections.csv", tiny.cells("2022-23/corrections.csv")[:1])
    tiny.describe("2022-23", lambda package: package.pop("created"))
    found = _feed(tiny.load())
    assert (found.entries, found.feed.updated) == ([], "2023-07-03T00:00:00Z")


def test_hostile_words_stay_words_in_the_feed(tiny: Council) -> None:
    """What a reason says is text, whatever it looks like."""
    reason = "</summary><script>alert(1)</script> & ]]> “so”."
    tiny.change("2022-23/corrections.csv", 2, reason=reason)
    data = change_files(tiny.load(), settings(), HOME)[FEED].decode()
    assert "<script>" not in data
    assert "&lt;script&gt;" in data


def test_the_list_of_changes_is_complete(northmoor: Reports) -> None:
    """The file holds every correction as it is written, with what was changed, in words and in codes."""
    said = json.loads(change_files(northmoor, settings(), "")[JSON])
    assert said["changes"] == [
        {
            "correction_id": "bins-on-time-2022-23-a",
            "date": "2023-09-01",
            "kind": "correction",
            "year": "2022-23",
            "resource": "service_levels",
            "key": "bins-on-time FY2022-23",
            "field": "value",
            "old": "99.7",
            "new": "97.9",
            "reason": "Two digits were misread.",
            "effect": "The verdict was “met” and became “missed”.",
            "title": "Bins emptied on the day",
            "period": "FY2022-23",
            "page": "measures/bins-on-time/",
        }
    ]
    assert [(one["year"], one["version"]) for one in said["releases"]] == [("2021-22", "1.0.0"), ("2022-23", "1.0.0")]


def test_every_page_names_the_feed(northmoor_site: Built) -> None:
    """Programs that read feeds find it from every page."""
    for path in sorted(northmoor_site.root.rglob("index.html")):
        address = path.relative_to(northmoor_site.root).parent.as_posix()
        link = northmoor_site.page(address).select_one('link[rel=alternate][type="application/atom+xml"]')
        assert link is not None, address
        assert (path.parent / str(link["href"])).resolve() == northmoor_site.root / FEED
