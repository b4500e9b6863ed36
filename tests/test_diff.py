"""What a merge request changes is told to whoever approves it: what is lost first, and words last."""

from __future__ import annotations

import shutil
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup

from macros.cli import main
from macros.editing.diff import Section, Told, diff
from macros.editing.editions import edition
from macros.editing.sheets import as_html, as_markdown, as_text

from .builders import GOOD_COUNCIL, Council
from .sites import DAY

LEVELS = "2022-23/service_levels.csv"
HOSTILE = (
    "/merge", "@all look", "[here](https://evil.example/)", "<script>alert(1)</script>", "https://evil.example/x",
    "a | b", "`code` end", "![x](https://evil.example/a.png)", "~bug !12 #34 $5", "\\| x", "www.evil.example",
)  # fmt: skip


def _told(council: Council, before: Path = GOOD_COUNCIL) -> Told:
    return diff(council.load(), edition(council.root, str(before)), DAY)


def _section(told: Told, title: str) -> Section:
    return next(one for one in told.sections if one.title == title)


def _drop(council: Council, file: str, row: int) -> None:
    table = council.cells(file)
    del table[row - 1]
    council.set_cells(file, table)


@pytest.fixture(name="changed")
def _changed(tiny: Council) -> Council:
    """Return packages in which a row is gone, a figure, a target and a note changed, and a row is new."""
    tiny.change(
        LEVELS, 3, value="2.6", as_published="2.6 days",
        target="2.5", target_as_published="2.5 days", target_reason="Fewer vans.",
    )  # fmt: skip
    tiny.copy_row("2022-23/actions.csv", 2, measure_id="missed-bin-repair-time")
    tiny.change(LEVELS, 9, note="The count ends in September.")
    _drop(tiny, LEVELS, 10)
    tiny.copy_row("2022-23/milestones.csv", 2, milestone_id="more-bins", title="More bins came")
    return tiny


def test_packages_that_are_as_they_were(tiny: Council) -> None:
    """Where nothing changed the report is one sentence."""
    told = _told(tiny)
    assert told.summary == f"Nothing of the packages differs from {GOOD_COUNCIL}."
    assert told.sections == ()


def test_what_is_lost_comes_first_and_words_come_last(changed: Council) -> None:
    """A reader meets what is gone, then what changed, then what is new; words are counted after all figures."""
    assert [one.title for one in _told(changed).sections] == [
        "Removed", "Changed", "Added", "Verdicts that change", "Targets that move",
        "To put right before it is merged", "Versions", "Wording", "Pages",
    ]  # fmt: skip


def test_a_figure_says_by_how_much_it_changed(changed: Council) -> None:
    """From 1.5 to 2.6 days is 1.1 more, and 73.3 per cent of 1.5; from 2 to 2.5 is a quarter more."""
    row = (LEVELS, "Time to put right a missed bin (missed-bin-repair-time)", "2022/23")
    assert _section(_told(changed), "Changed").rows == (
        (*row, "value", "1.5", "2.6", "+1.1", "+73.3%"),
        (*row, "target", "2", "2.5", "+0.5", "+25.0%"),
    )


def test_a_row_that_is_gone_says_what_it_held(changed: Council) -> None:
    """About 80 against a target of at least 80 was published, and is gone."""
    rows = _section(_told(changed), "Removed").rows
    assert rows == (
        (LEVELS, "Reservations filled within 20 days (reservations-filled)", "2022/23", "~80, target >=80"),
    )


def test_a_verdict_that_flips_is_named(changed: Council) -> None:
    """1.5 days met a target of at most 2; 2.6 days miss one of at most 2.5."""
    assert [row[-2:] for row in _section(_told(changed), "Verdicts that change").rows] == [("met", "missed")]


def test_a_target_that_moves_says_why(changed: Council) -> None:
    """The target before, the target now, and the reason that was written."""
    assert [row[-3:] for row in _section(_told(changed), "Targets that move").rows] == [("<=2", "<=2.5", "Fewer vans.")]


def test_corrections_that_are_missing_are_given_as_lines(changed: Council) -> None:
    """Two changed cells and one lost row have no correction, and the version is too low: four things to put right."""
    lines = _section(_told(changed), "To put right before it is merged").lines
    assert len(lines) == 4
    assert "missed-bin-repair-time FY2022-23,value,1.5,2.6,correction," in lines[2]


def test_the_least_version_is_told(changed: Council) -> None:
    """A row that is gone may break a reader's program, so the first number rises."""
    assert _section(_told(changed), "Versions").rows == (
        ("2022-23", "1.0.0", "1.0.0", "2.0.0", "a row of service_levels.csv is gone"),
    )


def test_words_are_counted(changed: Council) -> None:
    """Two texts as printed, the reason of the target and one note were put in other words."""
    assert _section(_told(changed), "Wording").rows == ((LEVELS, "4"),)


def test_the_pages_that_show_the_difference_are_listed(changed: Council) -> None:
    """The pages of the measures, their services and the year; with a preview each is a link to it."""
    pages = _section(_told(changed), "Pages").pages
    assert {"measures/missed-bin-repair-time/", "services/libraries/", "years/2022-23/"} <= set(pages)
    page = BeautifulSoup(as_html(_told(changed), "https://preview.example/mr-7/"), "html.parser")
    assert "https://preview.example/mr-7/years/2022-23/" in [str(link["href"]) for link in page.select("a")]


def test_a_new_year_with_another_target(tiny: Council, tmp_path: Path) -> None:
    """A target of a new year is compared with that of the year before: £60 where it was £62 is a target that moved."""
    before = tmp_path / "before"
    shutil.copytree(GOOD_COUNCIL, before)
    shutil.rmtree(before / "2022-23")
    told = _told(tiny, before)
    assert _section(told, "Packages").lines == ("2022-23: the package is new.",)
    moved = {row[1]: row[-3:] for row in _section(told, "Targets that move").rows}
    assert moved["Cost of bin collection for a household (cost-per-household)"] == (
        "<=62", "<=60", "The council asked for a saving.",
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_never_becomes_markup_or_a_command(text: str) -> None:
    """Whatever a cell holds, a note shows it as code: no link, no picture, no mention and no command of GitLab."""
    section = Section("Changed", "These changed.", ("Row", "It is"), ((text, text),))
    told = Told("What this changes", text, (section, Section("To put right", "All of it.", lines=(text,))))
    note = as_markdown(told)
    assert not any(line.lstrip().startswith("/") for line in note.splitlines())
    page = BeautifulSoup(markdown.markdown(note, extensions=["tables"]), "html.parser")
    assert page.select("a, img, script") == []
    assert len(page.select("td")) == 2
    for code in page.select("code"):
        code.decompose()
    assert page.get_text(" ", strip=True) == (
        "What this changes Changed These changed. Row It is To put right All of it."
    )
    html = BeautifulSoup(as_html(told), "html.parser")
    assert html.select("a, img, script") == []
    assert [cell.get_text() for cell in html.select("tbody th, tbody td")] == [text, text]


def test_a_terminal_is_never_steered() -> None:
    """Control characters of what was published reach no terminal."""
    section = Section("Removed", "These are gone.", ("Row",), (("a\x1b[2Jb\nc",),))
    assert "\x1b" not in as_text(Told("What this changes", "One row.", (section,)))


def test_the_page_is_whole(changed: Council) -> None:
    """The page has a language, a title, one heading of the first level, and a caption on every table."""
    page = BeautifulSoup(as_html(_told(changed)), "html.parser")
    assert page.select_one("html[lang=en]")
    assert [one.get_text() for one in page.select("h1, title")] == ["What this changes", "What this changes"]
    assert len(page.select("table")) == len(page.select("table > caption")) == 7
    assert page.select_one('meta[name="robots"][content="noindex"]')
    assert page.select("th[scope=col]")


def test_the_command_informs_and_never_fails_for_a_change(
    changed: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether or not something changed the command ends with 0; it writes a file where one is named."""
    command = ["--project", str(changed.root.parent), "diff", str(GOOD_COUNCIL)]
    assert main(command) == 0
    assert "1 row removed, 2 facts changed, 2 rows added and 4 wordings changed." in capsys.readouterr().out
    assert main([*command, "--format", "markdown", "--output", str(tmp_path / "note.md")]) == 0
    assert (tmp_path / "note.md").read_text("utf-8").startswith("## What this changes\n")
    assert main(["--project", str(changed.root.parent), "diff", str(changed.root)]) == 0


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "preview/", "https://x.example/) [a](b"])
def test_a_preview_has_an_address(typed: str, tiny: Council, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no address of a web page is refused in words."""
    assert main(["--project", str(tiny.root.parent), "diff", str(GOOD_COUNCIL), "--preview", typed]) == 1
    assert "is not the address of a web page. Write it whole" in capsys.readouterr().err
