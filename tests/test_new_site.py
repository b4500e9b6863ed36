"""A site for another council: what it needs to know, what it begins with, and that it builds at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from macros.cli import main
from macros.editing.new_site import new_site
from macros.editing.questions import QUESTIONS, Question
from macros.errors import ReportError

from .sites import DAY, Built

FACTS = {
    "name": "Fellside services",
    "council": "Fellside Borough Council",
    "code": "E07999902",
    "email": "web@fellside.example",
    "status": "full",
    "tested": DAY.isoformat(),
    "method": "Our web team tested each kind of page with a keyboard alone.",
}
OPTIONS = [word for name, text in FACTS.items() for word in (f"--{name}", text)]


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "fellside"
    assert main(["new-site", str(folder), *OPTIONS]) == 0
    return folder


def test_a_new_site_builds_at_once_by_itself(made: Path) -> None:
    """The new folder needs nothing of this one: its own program builds its own packages into its own site."""
    done = subprocess.run(
        [sys.executable, "-m", "macros.cli", "build"], cwd=made, env={**os.environ, "PYTHONPATH": str(made)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    site = Built(made / "site", ())
    assert site.text("").startswith("Fellside services In 2025/26, 1 of 2 service levels was met and 1 was missed.")
    assert "Missed in 2025/26: 88.4% against a target of 90%." in site.text("measures/letters-answered/")
    assert "web@fellside.example" in site.text("contact/")
    assert "Fellside Borough Council" in site.text("accessibility/")
    for page in site.root.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "The figures are examples and not real." in text
        assert "Lancashire" not in text


def test_no_word_of_the_worked_example_is_in_it(made: Path) -> None:
    """Pages, packages and settings are the council's own."""
    for path in (
        made / "mkdocs.yml",
        made / "README.md",
        *(made / "docs").rglob("*"),
        *(made / "datapackages").rglob("*"),
    ):
        if path.is_file():
            assert "Lancashire" not in path.read_text("utf-8"), path
    assert not (made / "tests").exists()


def test_everything_that_is_missing_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody can be asked, each missing fact is one line with its option and an example."""
    assert main(["new-site", str(tmp_path / "new"), "--name", "Fellside services", "--status", "partial"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("8 problems to put right:")
    assert "--code: What is the council's code, as the Office for National Statistics gives it?" in said
    assert '--fix-by: By which day will it be put right? Write, for example: --fix-by "2027-06-30"' in said
    assert not (tmp_path / "new").exists()


def test_an_officer_can_be_asked(tmp_path: Path) -> None:
    """What the options leave out is asked for, in order, and what is not accessible only where something is not."""
    asked: list[str] = []

    def ask(question: Question) -> str:
        asked.append(question.name)
        return FACTS[question.name]

    new_site(tmp_path / "new", {"name": "Fellside services"}, DAY, ask)
    assert asked == [question.name for question in QUESTIONS if question.name != "name"]


def test_what_is_not_accessible_is_stated(tmp_path: Path) -> None:
    """A site that meets the standard in part says what is not accessible, and until when."""
    more = {"status": "partial", "issue": "Charts scroll.", "criterion": "1.4.10", "fix_by": "2027-06-30"}
    new_site(tmp_path / "new", FACTS | more, DAY)
    said = yaml.safe_load((tmp_path / "new/mkdocs.yml").read_text("utf-8"))["extra"]["answerable"]["accessibility"]
    assert said["status"] == "partial"
    assert [(one["issue"], one["criterion"], str(one["fix_by"])) for one in said["non_accessible"]] == [
        ("Charts scroll.", "1.4.10", "2027-06-30")
    ]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """Nothing that is there is written over."""
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(ReportError, match="there is something at this place already"):
        new_site(tmp_path, FACTS, DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Fell: side # {{ macros }}", "[a](javascript:b) *c*"])
def test_a_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    """Whatever a council is called, its name is text in the settings, in the pages and in the packages."""
    new_site(tmp_path / "new", FACTS | {"name": name, "council": name}, DAY)
    said = yaml.safe_load((tmp_path / "new/mkdocs.yml").read_text("utf-8"))
    assert (said["site_name"], said["extra"]["answerable"]["organisation"]) == (name, name)
    about = (tmp_path / "new/docs/about.md").read_text("utf-8")
    assert "<script" not in about
    assert "{{" not in about
