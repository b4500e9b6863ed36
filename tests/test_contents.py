"""The content of a page is kept while what it follows from stays, and no page is older than its packages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from macros.building import build
from macros.contents import Content, Contents
from macros.page_macros import PageMacros
from macros.reading.reports import Reports
from macros.records import Figure
from macros.showing.pages import pages

from .builders import Council, a_figure
from .sites import DAY, Built, a_project, fingerprint, settings

MACROS = [name for name in dir(PageMacros) if name.startswith("measure_")]


def _macros(reports: Reports, **changes: Any) -> PageMacros:
    made = PageMacros(reports, settings(), {}, root=lambda: "../../", address="https://northmoor.example/", today=DAY)
    return replace(made, **changes)


def _said(reports: Reports) -> dict[tuple[str, str], str]:
    """Return what every macro of a measure says of every measure that has figures."""
    macros = _macros(reports)
    return {
        (name, measure): getattr(macros, name)(measure)
        for measure in reports.measures
        if reports.series(measure)
        for name in MACROS
    }


@pytest.mark.parametrize("packages", ["example", "northmoor"])
def test_the_page_of_a_measure_says_all_that_is_known_of_it(
    packages: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made from what is known of its measure alone, a page says what it would say made from every package."""
    reports: Reports = request.getfixturevalue(packages)
    alone = _said(reports)
    monkeypatch.setattr(Reports, "about", lambda all_known, _: all_known)
    # A list of corrections is that of one measure only where it is made from what is known of the measure.
    lists = {key: said for key, said in _said(reports).items() if key[0] != "measure_corrections"}
    assert len(lists) > 50
    assert {key: alone[key] for key in lists} == lists


def test_nothing_is_known_of_another_measure(northmoor: Reports) -> None:
    """What a page of a measure is made from holds no other measure but its parts, and no correction of another."""
    known = northmoor.about("recycling-refused")
    assert {seen.measure.id for seen in known.observations} == {"recycling-refused"}
    assert (*known.measures,) == ("recycling-refused",)
    assert known.corrections == ()
    assert not any(folder.tables for folder in known.folders.values())
    whole = next(one for one in northmoor.measures.values() if one.parts)
    assert {seen.measure.id for seen in northmoor.about(whole.id).observations} >= {*whole.parts}


CONTENT = Content("<h1>Bins</h1>", [{"level": 1, "id": "bins", "name": "Bins", "children": []}], ["bins"], "Bins", "so")


def _other_figure(reports: Reports, measure: str) -> Reports:
    """Return packages in which every figure of a measure is another one."""
    return replace(
        reports,
        observations=tuple(
            replace(seen, result=a_figure("12.3")) if seen.measure.id == measure and isinstance(seen.result, Figure)
            else seen
            for seen in reports.observations
        ),
    )  # fmt: skip


def _renamed(reports: Reports) -> Reports:
    """Return packages in which a service has another description, which explains its short forms."""
    services = {name: replace(one, description="Bins (BN).") for name, one in reports.services.items()}
    return replace(reports, services=services)


FOLLOWS: dict[str, tuple[Callable[[PageMacros], PageMacros], tuple[bool, bool]]] = {
    "nothing changed": (lambda made: made, (True, True)),
    "its own figure": (lambda made: replace(made, reports=_other_figure(made.reports, "bins-on-time")), (False, False)),
    "the figure of another": (lambda made: replace(made, reports=_other_figure(made.reports, "loans")), (True, False)),
    "a service": (lambda made: replace(made, reports=_renamed(made.reports)), (False, False)),
    "a correction": (
        lambda made: replace(made, reports=replace(made.reports, corrections=())), (False, False),
    ),
    "the newest period": (
        lambda made: replace(made, reports=_without_newest(made.reports)), (False, False),
    ),
    "the day": (lambda made: replace(made, today=DAY + timedelta(days=1)), (True, False)),
    "the size of its file": (
        lambda made: replace(made, files={"data/measures/bins-on-time.csv": b"longer"}), (False, False),
    ),
    "the size of another file": (
        lambda made: replace(made, files={"data/measures/loans.csv": b"longer"}), (True, False),
    ),
    "the settings": (lambda made: replace(made, site=replace(made.site, organisation="Another")), (False, False)),
    "the address": (lambda made: replace(made, address="https://new.example/"), (False, False)),
}  # fmt: skip
"""What changed, and whether the page of a measure and the home page are still true."""


def _without_newest(reports: Reports) -> Reports:
    """Return packages without the year of the newest figure but for what is known of one measure."""
    newest = reports.newest
    seen = (one for one in reports.observations if one.measure.id == "bins-on-time" or one.period != newest)
    found = replace(reports, observations=tuple(seen))
    found.__dict__["newest"] = next(one.period for one in reports.observations if one.period != newest)
    return found


@pytest.mark.parametrize(("change", "true"), FOLLOWS.values(), ids=FOLLOWS)
def test_a_content_is_kept_while_it_is_true(
    northmoor: Reports, tmp_path: Path, change: Callable[[PageMacros], PageMacros], true: tuple[bool, bool]
) -> None:
    """What is known of a measure decides whether its page is made again; any other page is, whatever has changed."""
    before = _macros(northmoor)
    listed = {page.path: page for page in pages(northmoor, "Northmoor")}
    wanted = [listed["measures/bins-on-time.md"], listed["index.md"]]
    contents = Contents(tmp_path, before, ["tables"])
    for page in wanted:
        assert contents.find(page) is None
        contents.keep(page, CONTENT)
    later = Contents(tmp_path, change(before), ["tables"])
    assert [later.find(page) == CONTENT for page in wanted] == [*true]


def test_another_page_or_another_markdown_is_made_again(northmoor: Reports, tmp_path: Path) -> None:
    """A page with another section, and one that Markdown reads in another way, is not taken for the one before."""
    page = next(page for page in pages(northmoor, "Northmoor") if page.path == "measures/bins-on-time.md")
    Contents(tmp_path, _macros(northmoor), ["tables"]).keep(page, CONTENT)
    assert Contents(tmp_path, _macros(northmoor), ["tables", "toc"]).find(page) is None
    again = Contents(tmp_path, _macros(northmoor), ["tables"])
    assert again.find(replace(page, markdown=page.markdown.replace("## ", "### "))) is None
    assert again.find(replace(page, path="measures/loans.md")) is None


def test_what_no_page_asked_for_is_removed(northmoor: Reports, tmp_path: Path) -> None:
    """The content that an edit has replaced does not stay for ever."""
    page = next(page for page in pages(northmoor, "Northmoor") if page.path == "measures/bins-on-time.md")
    Contents(tmp_path, _macros(northmoor), []).keep(page, CONTENT)
    later = Contents(tmp_path, _macros(_other_figure(northmoor, "bins-on-time")), [])
    later.keep(page, CONTENT)
    later.forget_others()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


EDITS: dict[str, Callable[[Council], object]] = {
    "a figure": lambda council: council.change("2022-23/service_levels.csv", 3, value="1.4"),
    "a title": lambda council: council.change("register/measures.csv", 2, title="Bins emptied when promised"),
    "a document": lambda council: council.change("register/documents.csv", 3, title="Report of the year 2022/23"),
    "a description": lambda council: council.change("register/services.csv", 3, description="Lending books (LB)."),
    "a reason": lambda council: council.change("2021-22/actions.csv", 2, why="The new lorries came late."),
    "a correction": lambda council: council.change("2022-23/corrections.csv", 2, reason="A digit was misread."),
}  # fmt: skip


def test_a_site_after_edits_is_the_same_as_from_nothing(
    northmoor_project: Path, northmoor_site: Built, tmp_path: Path
) -> None:
    """After each of several edits a site is, byte for byte, the site that is built with nothing kept."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    fresh = a_project(tmp_path / "fresh", northmoor_project / "datapackages")
    shutil.copytree(northmoor_project / ".cache", project / ".cache")
    before = northmoor_site.fingerprint()
    for edit in EDITS.values():
        for folder in (project, fresh):
            edit(Council(folder / "datapackages"))
            build(folder, folder / "site", lambda _: None)
        shutil.rmtree(fresh / ".cache")
        after = fingerprint(project / "site")
        assert after == fingerprint(fresh / "site")
        assert after != before
        before = after
