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
from macros.records import Figure, Service
from macros.showing.pages import pages

from .builders import Council, a_figure
from .sites import DAY, Built, a_project, a_site, fingerprint, settings

OF_MEASURES = [name for name in dir(PageMacros) if name.startswith("measure_")]
OF_SERVICES = [name for name in dir(PageMacros) if name.startswith("service_")]


def _macros(reports: Reports, **changes: Any) -> PageMacros:
    made = PageMacros(reports, settings(), {}, root=lambda: "../../", address="https://northmoor.example/", today=DAY)
    return replace(made, **changes)


def _said(reports: Reports) -> dict[tuple[str, str], str]:
    """Return what every macro of a measure or a service says of each that has figures."""
    macros = _macros(reports)
    asked = [(name, measure) for measure in reports.measures if reports.series(measure) for name in OF_MEASURES]
    asked += [
        (name, known.id) for known in reports.services.values() for name in OF_SERVICES if reports.of_service(known)
    ]
    return {(name, one): getattr(macros, name)(one) for name, one in asked}


def _only(whole: Reports, service: Service) -> Reports:
    """Return packages without the rows of other services, which a macro of a service leaves out itself where it can."""
    return replace(
        whole,
        observations=tuple(one for one in whole.observations if one.measure.service is service),
        savings=tuple(row for row in whole.savings if row.service is service),
        commitments=tuple(row for row in whole.commitments if row.service is service),
        milestones=tuple(row for row in whole.milestones if row.service is service),
        duties=tuple(row for row in whole.duties if row.service is service),
    )


@pytest.mark.parametrize("packages", ["example", "northmoor"])
def test_a_page_says_all_that_is_known_of_its_measure_or_service(
    packages: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made from what is known of its measure or service alone, a page says what it would say made from everything."""
    reports: Reports = request.getfixturevalue(packages)
    alone = _said(reports)
    monkeypatch.setattr(Reports, "about_measure", lambda whole, _: whole)
    monkeypatch.setattr(Reports, "about_service", lambda whole, one: _only(whole, whole.services[one]))
    # A list of corrections is that of one measure only where it is made from what is known of the measure.
    whole = {asked: said for asked, said in _said(reports).items() if asked[0] != "measure_corrections"}
    assert len(whole) > 80
    assert {asked: alone[asked] for asked in whole} == whole


def test_nothing_is_known_of_another_measure(northmoor: Reports) -> None:
    """What a page of a measure is made from holds no other measure but its parts, and no correction of another."""
    known = northmoor.about_measure("recycling-refused")
    assert {seen.measure.id for seen in known.observations} == {"recycling-refused"}
    assert (*known.measures,) == ("recycling-refused",)
    assert known.corrections == ()
    assert not any(folder.tables for folder in known.folders.values())
    libraries = northmoor.about_service("libraries")
    assert {row.measure.service.id for row in libraries.observations} == {"libraries"}
    assert {row.service.id for row in libraries.savings} <= {"libraries"}
    assert {row.service.id for row in libraries.milestones} <= {"libraries"}
    whole = next(one for one in northmoor.measures.values() if one.parts)
    assert {seen.measure.id for seen in northmoor.about_measure(whole.id).observations} >= {*whole.parts}


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


FOLLOWS: dict[str, tuple[Callable[[PageMacros], PageMacros], tuple[bool, bool, bool]]] = {
    "nothing changed": (lambda made: made, (True, True, True)),
    "its own figure": (
        lambda made: replace(made, reports=_other_figure(made.reports, "bins-on-time")), (False, True, False),
    ),
    "the figure of another": (
        lambda made: replace(made, reports=_other_figure(made.reports, "loans")), (True, False, False),
    ),
    "a service": (lambda made: replace(made, reports=_renamed(made.reports)), (False, False, False)),
    "a correction": (
        lambda made: replace(made, reports=replace(made.reports, corrections=())), (False, True, False),
    ),
    "the newest period": (
        lambda made: replace(made, reports=_without_newest(made.reports)), (False, False, False),
    ),
    "the day": (lambda made: replace(made, today=DAY + timedelta(days=1)), (True, True, False)),
    "the size of its file": (
        lambda made: replace(made, files={"data/measures/bins-on-time.csv": b"longer"}), (False, True, False),
    ),
    "the size of another file": (
        lambda made: replace(made, files={"data/measures/loans.csv": b"longer"}), (True, True, False),
    ),
    "the settings": (
        lambda made: replace(made, site=replace(made.site, organisation="Another")), (False, False, False),
    ),
    "the address": (lambda made: replace(made, address="https://new.example/"), (False, False, False)),
}  # fmt: skip
"""What changed, and whether the pages of a measure and of another service, and the home page, are still true."""


def _without_newest(reports: Reports) -> Reports:
    """Return packages without the year of the newest figure but for what is known of one measure."""
    newest = reports.newest
    seen = (one for one in reports.observations if one.measure.id == "bins-on-time" or one.period != newest)
    found = replace(reports, observations=tuple(seen))
    found.__dict__["newest"] = next(one.period for one in reports.observations if one.period != newest)
    return found


@pytest.mark.parametrize(("change", "true"), FOLLOWS.values(), ids=FOLLOWS)
def test_a_content_is_kept_while_it_is_true(
    northmoor: Reports, tmp_path: Path, change: Callable[[PageMacros], PageMacros], true: tuple[bool, bool, bool]
) -> None:
    """What is known of a measure or service decides whether its page is made again; any other page always is."""
    before = _macros(northmoor)
    listed = {page.path: page for page in pages(northmoor, "Northmoor")}
    wanted = [listed[f"{name}.md"] for name in ("measures/bins-on-time", "services/libraries", "index")]
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


def test_a_page_that_a_hook_of_the_council_changes_is_made_each_time(
    northmoor_project: Path, northmoor_site: Built, tmp_path: Path
) -> None:
    """What another hook makes of a page is not known to what is kept, so nothing that is kept takes its place."""
    cache_ = northmoor_site.root.parent / ".cache"
    assert any((cache_ / "pages").glob("*/*"))
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    shutil.copytree(cache_, project / ".cache")
    written = project / "mkdocs.yml"
    ours = "- macros/hooks.py\n"
    written.write_text(written.read_text("utf-8").replace(ours, f"{ours}- own.py\n"), encoding="utf-8")
    for notice in ("Draft of May", "Draft of June"):
        hook = f"def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\n{notice}.\\n'\n"
        (project / "own.py").write_text(hook, encoding="utf-8")
        site = a_site(project, tmp_path / "site")
        assert all(notice in site.text(page) for page in ("measures/bins-on-time/", "services/libraries/", "years/"))
