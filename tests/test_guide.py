"""The publisher's guide: every command of every walk-through runs as it is written, in its order."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from macros.cli import main
from macros.reading.packages import schema

from .builders import Council
from .sheets import column_numbers, publish
from .sites import PROJECT, a_picture, a_project, git

GUIDE = PROJECT / "docs" / "publish"
WALKS = ("first-site", "new-year", "correction", "page", "colours-and-logo", "many-councils")
Between = dict[str, Callable[[Path], None]]


def _commands(name: str) -> list[str]:
    """Return the commands of a page, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (GUIDE / f"{name}.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _run(name: str, project: Path, monkeypatch: pytest.MonkeyPatch, between: Between | None = None) -> None:
    """Run the commands of a page; before some of them happens what the page tells the officer to do by hand."""
    monkeypatch.chdir(project)
    for line in _commands(name):
        words = shlex.split(line)
        if between and line in between:
            between[line](project)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        else:
            assert words[0] == "answerable", line
            assert main(words[1:]) == 0, line


@pytest.fixture(name="project")
def _project(northmoor_project: Path, tmp_path: Path) -> Path:
    """Return the invented council's project as a repository with what is published on main."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "datapackages")
    git(project, "commit", "--quiet", "--message=What is published")
    return project


def test_every_walk_through_is_run_and_listed() -> None:
    """No page of the guide is left out of these tests, or of its first page."""
    pages = {path.stem for path in GUIDE.glob("*.md")} - {"README", "problems"}
    assert pages == set(WALKS)
    listed = re.findall(r"\]\(([\w-]+)\.md\)", (GUIDE / "README.md").read_text("utf-8"))
    assert {*WALKS, "problems"} <= set(listed)


def test_the_first_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site of another council is made, and built in its own folder."""
    _run("first-site", project, monkeypatch)
    assert (project.parent / "fellside/site/index.html").is_file()


def test_a_new_year(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year is begun, filled in as a workbook, brought back, told and built."""

    def fill(folder: Path) -> None:
        path = folder / "2023-24.xlsx"
        book = load_workbook(path)
        sheet = book["service_levels"]
        columns = column_numbers(sheet)
        for name, text in {"value": "98.2%", "as_published": "98.2%", "value_status": "final",
                           "target_status": "set", "place": "Table 1, row 1"}.items():  # fmt: skip
            sheet.cell(2, columns[name]).value = text
        book.save(path)

    def name_the_document(folder: Path) -> None:
        path = folder / "register.xlsx"
        book = load_workbook(path)
        publish(book["documents"])
        book.save(path)

    steps: Between = {"answerable import register.xlsx": name_the_document, "answerable import 2023-24.xlsx": fill}
    _run("new-year", project, monkeypatch, steps)
    row = (project / "datapackages/2023-24/service_levels.csv").read_text("utf-8").splitlines()[1]
    assert row.startswith("bins-on-time,FY2023-24,98.2,,final,98,>=,set,")
    assert "98.2%" in (project / "site/years/2023-24/index.html").read_text("utf-8")


def test_a_correction(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The figure is changed, the program gives the line, the line with a reason is all it wants but a version."""
    council = Council(project / "datapackages")
    monkeypatch.chdir(project)
    council.change("2022-23/service_levels.csv", 3, value="1.6", as_published="1.6 days")
    first, *rest = _commands("correction")
    assert main(shlex.split(first)[1:]) == 1
    said = capsys.readouterr().err
    line = re.findall(r"with the reason at its end: (\S.*correction,)", said)[0]
    council.write(
        "2022-23/corrections.csv", council.text("2022-23/corrections.csv") + f"{line}Two digits were swapped.\n"
    )
    least = re.findall(r"Write version (\d+\.\d+\.\d+) or higher", said)[0]
    council.describe("2022-23", lambda package: package.update(version=least, created="2026-11-22T09:00:00Z"))
    for command in rest:
        assert main(shlex.split(command)[1:]) == 0, command
    assert "1.6" in capsys.readouterr().out


def test_a_page_of_your_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that the guide prints is a page, with the figures of its macros."""
    page = re.findall(r"^```md\n(.*?)^```", (GUIDE / "page.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)[0]
    (project / "docs/bins-in-winter.md").write_text(page, "utf-8")
    _run("page", project, monkeypatch)
    assert "97.9" in (project / "site/bins-in-winter/index.html").read_text("utf-8")


def test_colours_and_logo(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings that the guide prints are settings."""
    text = (GUIDE / "colours-and-logo.md").read_text("utf-8")
    said = yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0])
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config["extra"]["answerable"] |= said["extra"]["answerable"]
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    (project / "docs/assets").mkdir()
    (project / "docs" / said["extra"]["answerable"]["logo"]).write_bytes(a_picture(160, 80))
    _run("colours-and-logo", project, monkeypatch)
    assert "#1d5c3a" in (project / "site/assets/answerable.css").read_text("utf-8")


def test_many_councils(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two councils' sites are made and built, and a joined site leads to both."""
    nation = project.parent / "north"

    def prepare(_: Path) -> None:
        shutil.rmtree(nation / "datapackages")
        settle(nation, "https://north.example/")

    def settle(folder: Path, address: str) -> None:
        path = folder / "mkdocs.yml"
        config = yaml.safe_load(path.read_text("utf-8")) | {"site_url": address}
        config["watch"] = [name for name in config["watch"] if (folder / name).exists()]
        del config["extra"]["notice"]
        path.write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")

    def name_the_addresses(_: Path) -> None:
        for name in ("fellside", "thornby"):
            settle(nation / "councils" / name, f"https://north.example/councils/{name}/")

    steps: Between = {_commands("many-councils")[2]: prepare, "cd councils/fellside": name_the_addresses}
    _run("many-councils", project, monkeypatch, steps)
    home = (nation / "public/index.html").read_text("utf-8")
    assert '<a href="https://north.example/councils/fellside/">Fellside Borough Council</a>' in home
    assert '<a href="https://north.example/councils/thornby/">Thornby District Council</a>' in home


def test_every_command_of_the_list_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The first page lists commands that the program knows."""
    for command in re.findall(r"`answerable ([\w-]+)", (GUIDE / "README.md").read_text("utf-8")):
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
    capsys.readouterr()


def test_columns_the_guide_names_are_there() -> None:
    """A word in code that names a column is one."""
    text = (GUIDE / "new-year.md").read_text("utf-8")
    known = {str(field["name"]) for field in schema("service_levels")["fields"]}
    assert {"value", "as_published", "value_status", "target_status", "document_id", "place"} <= known
    assert all(f"`{name}`" in text for name in ("value", "as_published", "value_status", "target_status"))
