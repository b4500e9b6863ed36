"""Building aside, checking, swapping: nothing already published is lost, whatever goes wrong."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros import building
from macros.building import build
from macros.errors import ReportError

from .builders import Council
from .sites import a_project, fingerprint


@pytest.fixture(name="published")
def _published(tmp_path: Path, northmoor_project: Path) -> Path:
    """Return a project whose site folder holds something already published."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    (project / "site/data").mkdir(parents=True)
    (project / "site/index.html").write_text("the old site", encoding="utf-8")
    (project / building.MARK.replace("data", "site/data")).write_text("{}", encoding="utf-8")
    return project


def _failing(project: Path) -> str:
    """Build, and return what the person is told; the old site must be there, untouched, and nothing beside it."""
    before = fingerprint(project / "site")
    with pytest.raises(ReportError) as caught:
        build(project, project / "site", lambda _: None)
    assert fingerprint(project / "site") == before
    assert list(project.glob(".site-new-*")) == []
    return str(caught.value)


FAULTS = {
    "a text in a number": (
        "2022-23/service_levels.csv", 2, {"value": "nearly all"},
        "2022-23/service_levels.csv, row 2, column C (value): \"nearly all\" is not a number.",
    ),
    "an unknown measure": (
        "2022-23/service_levels.csv", 2, {"measure_id": "bins-on-tim"},
        "2022-23/service_levels.csv, row 2, column A (measure_id): there is no measure 'bins-on-tim'. "
        "Did you mean 'bins-on-time'?",
    ),
    "a missing reason": (
        "2022-23/service_levels.csv", 2, {"value": ""},
        "2022-23/service_levels.csv, row 2, column C (value): the value is blank and no reason is given.",
    ),
    "a comma in a number": (
        "2022-23/service_levels.csv", 2, {"value": "1,204"},
        "2022-23/service_levels.csv, row 2, column C (value): \"1,204\" has a comma in it. "
        "\"1,204\" is not a share between 0 and 100 per cent. Write 1204.",
    ),
    "a date in the wrong form": (
        "2022-23/service_levels.csv", 2, {"period": "2022/23"},
        "2022-23/service_levels.csv, row 2, column B (period): \"2022/23\" is not a period",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "row", "cells", "message"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_cell_stops_the_build(
    published: Path, file: str, row: int, cells: dict[str, str], message: str
) -> None:
    """A wrong cell stops the build before anything is published, and the message names the cell."""
    Council(published / "datapackages").change(file, row, **cells)
    assert message in _failing(published)


def test_a_duplicate_key_stops_the_build(published: Path) -> None:
    """A row written twice stops the build, and the message names both rows."""
    Council(published / "datapackages").copy_row("2022-23/service_levels.csv", 2)
    assert "the row has the same measure_id and period and target_status as row 2" in _failing(published)


def test_a_total_that_no_longer_adds_up_stops_the_build(published: Path) -> None:
    """A part that changes without its total stops the build, and the message names the total's cell."""
    council = Council(published / "datapackages")
    rows = council.cells("2021-22/savings.csv")
    heading = rows[0]
    total = next(row for row in rows[1:] if row[heading.index("parts")])
    part = total[heading.index("parts")].split()[0]
    number = next(index for index, row in enumerate(rows, start=1) if row[0] == part)
    council.change("2021-22/savings.csv", number, value="1")
    message = _failing(published)
    assert f"2021-22/savings.csv, row {rows.index(total) + 1}, column F (value): the value is" in message
    assert "add up to" in message


def test_a_page_that_runs_code_stops_the_build(published: Path) -> None:
    """A page that does anything but call a macro stops the build, and the message names its line."""
    page = published / "docs/about.md"
    page.write_text("# About\n\n{{ config.site_name }}\n", encoding="utf-8")
    assert "docs/about.md, row 3: a page may only call a macro here" in _failing(published)


def test_a_dead_link_stops_the_build(published: Path) -> None:
    """A link that leads nowhere stops the build."""
    page = published / "docs/about.md"
    page.write_text("# About\n\n[gone](gone.md)\n", encoding="utf-8")
    assert "gone.md" in _failing(published)


def test_only_a_site_is_replaced(published: Path) -> None:
    """A folder that holds something else is never replaced, however it is named."""
    before = fingerprint(published / "docs")
    with pytest.raises(ReportError, match="holds something that is not a site"):
        build(published, published / "docs", lambda _: None)
    assert fingerprint(published / "docs") == before


def test_a_project_without_configuration_is_told_so(tmp_path: Path) -> None:
    """Without ``mkdocs.yml`` the person is told which file is missing and what to do."""
    with pytest.raises(ReportError, match=r"mkdocs\.yml: the file is missing\."):
        build(tmp_path, tmp_path / "site", lambda _: None)


def test_two_builds_do_not_meet(published: Path) -> None:
    """While one build runs, another says so and stops."""
    with (published / ".site-lock").open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "another build is running" in _failing(published)


def test_a_link_in_the_place_of_the_lock_is_not_followed(published: Path) -> None:
    """A merge request may bring a link to a file of whoever builds: it is told, and the file stays as it is."""
    (published / "letter.txt").write_text("Dear reader", encoding="utf-8")
    (published / ".site-lock").unlink(missing_ok=True)
    (published / ".site-lock").symlink_to("letter.txt")
    before = fingerprint(published / "site")
    assert "the site cannot be written" in _failing(published)
    assert (published / "letter.txt").read_text("utf-8") == "Dear reader"
    assert fingerprint(published / "site") == before


def test_what_a_killed_build_left_behind_is_cleared(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next build clears folders of a build that was cut off, and puts back a site it had moved aside."""
    (published / ".site-new-abc").mkdir()
    shutil.move(published / "site", published / ".site-old")

    def fail(*_: object) -> None:
        raise ReportError([])

    monkeypatch.setattr(building, "_mkdocs", fail)
    with pytest.raises(ReportError):
        build(published, published / "site", lambda _: None)
    assert (published / "site/index.html").read_text("utf-8") == "the old site"
    assert list(published.glob(".site-new-*")) == []
    assert not (published / ".site-old").exists()


def test_the_swap_works_without_an_exchange(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two folders in one step, the new site still takes the old one's place."""
    new = tmp_path / "new"
    new.mkdir()
    (new / "index.html").write_text("the new site", encoding="utf-8")
    monkeypatch.setattr(building, "_exchange", lambda one, other: False)
    building._swap(new, published / "site")
    assert (published / "site/index.html").read_text("utf-8") == "the new site"
    assert not (published / ".site-old").exists()


def test_the_command_line_lists_problems_and_fails(published: Path) -> None:
    """``answerable check`` prints one list, no traceback, and exits with 1."""
    council = Council(published / "datapackages")
    council.change("2022-23/service_levels.csv", 2, value="x")
    council.change("2021-22/service_levels.csv", 2, value="y")
    command = [sys.executable, "-m", "macros", "--project", str(published), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "2 problems to put right:\n  1. 2021-22/service_levels.csv, row 2, column C (value): "
    )
    assert "\n  2. 2022-23/service_levels.csv, row 2, column C (value): " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_line_says_all_is_well(published: Path) -> None:
    """``answerable check`` says how much it has checked, and exits with 0."""
    command = [sys.executable, "-m", "macros", "--project", str(published), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No problems: 3 packages, ")


def test_pages_can_be_written_without_mkdocs(published: Path, tmp_path: Path) -> None:
    """``answerable pages`` writes every generated page as Markdown, and leaves a page that is there as it is."""
    own = tmp_path / "pages/measures/bins-on-time.md"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    command = [sys.executable, "-m", "macros", "--project", str(published), "pages", str(tmp_path / "pages")]
    assert subprocess.run(command, check=False).returncode == 0
    assert own.read_text("utf-8") == "mine"
    assert '{{ year_summary("2022-23") }}' in (tmp_path / "pages/years/2022-23.md").read_text("utf-8")
