"""Documentation that is true: macros, commands, numbers and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.page_macros import PageMacros, calls
from macros.publishing.files import publication
from macros.publishing.tables import Tables
from macros.reading.prose import written
from macros.reading.reports import Reports
from macros.showing.pages import pages

from .sites import PROJECT, settings

PROSE = [PROJECT / "docs" / path for path in written(PROJECT / "docs")]
NAMES_WITH_DIGITS = ("v3.0", "UTF-8")
"""What may hold a digit in prose beside a date: the name of the licence, and of the way to write letters."""


@pytest.fixture(name="macros")
def _macros(example: Reports) -> PageMacros:
    return PageMacros(example, settings(), publication(Tables(example), settings()), root=str)


def test_every_macro_says_what_it_does(macros: PageMacros) -> None:
    """Every macro a page may call has a sentence that says what it shows."""
    for name, macro in calls(macros).macros.items():
        assert (macro.__doc__ or "").endswith("."), name


def test_every_macro_is_called_by_a_page(macros: PageMacros, northmoor: Reports) -> None:
    """No macro is left over: each is called by a page of the example or the invented council, or one a person wrote."""
    known = (macros.reports, northmoor)
    text = "".join(page.markdown for reports in known for page in pages(reports, "A site"))
    text += "".join(path.read_text("utf-8") for path in PROSE)
    assert [name for name in calls(macros).macros if f"{{{{ {name}(" not in text] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_no_figure_is_typed_by_hand(path: Path) -> None:
    """Prose pages hold no figure of their own, but in examples: each number comes from a row of a package."""
    text = re.sub(r"(?s)^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)", "", text)
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, "")
    assert re.findall(r"\d[\d.,]*", text) == []


def test_the_readme_names_commands_that_exist() -> None:
    """Every make target the README names is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", (PROJECT / "README.md").read_text("utf-8")))
    assert named
    assert named <= targets


def test_the_files_the_documentation_links_to_exist() -> None:
    """Every relative link of the README, the changelog and the decision records leads to a file."""
    documents = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *(PROJECT / "docs/decisions").glob("*.md")]
    for document in documents:
        for link in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            assert link.startswith("https://") or (document.parent / link).exists(), (document.name, link)


def test_locks_name_no_host() -> None:
    """Lock files carry a hash for every package and the address of none."""
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (PROJECT / name).read_text("utf-8")
        assert "://" not in text
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned), name
