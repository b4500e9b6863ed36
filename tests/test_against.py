"""What was published is compared with what is there: nothing changes or vanishes without a word, no version is too low.

The good council publishes; then a test changes a copy of it as an officer would.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.cli import main
from macros.editing.against import against
from macros.editing.editions import edition
from macros.errors import ReportError
from macros.publishing.files import publication
from macros.publishing.tables import Tables
from macros.reading.reports import Reports

from .builders import GOOD_COUNCIL, Council
from .sites import DAY, PROJECT, a_project, git, settings

Change = Callable[[Council], object]
LEVELS = "2022-23/service_levels.csv"


def _version(folder: str, version: str) -> Change:
    """Return what gives a package another version, made today."""
    said = {"version": version, "created": f"{DAY}T09:00:00Z"}
    return lambda council: council.describe(folder, lambda package: package.update(said))


def _correct(council: Council, folder: str, **cells: str) -> None:
    """Add a row of corrections, as the officer would paste it."""
    said = {"correction_id": "a-change", "date": "D2026-11-22", "kind": "correction", "reason": "It was misread."}
    table = council.cells(f"{folder}/corrections.csv")
    table.append([{**said, **cells}.get(name, "") for name in table[0]])
    council.set_cells(f"{folder}/corrections.csv", table)


def _drop(council: Council, file: str, row: int) -> None:
    table = council.cells(file)
    del table[row - 1]
    council.set_cells(file, table)


def _said(council: Council, before: Path = GOOD_COUNCIL) -> list[str]:
    """Return every problem that the comparison tells the officer."""
    try:
        against(council.load(), edition(council.root, str(before)), DAY)
    except ReportError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_packages_that_are_as_they_were_pass(tiny: Council) -> None:
    """Nothing is asked where nothing changed, and the officer is told what was compared."""
    said = against(tiny.load(), edition(tiny.root, str(GOOD_COUNCIL)), DAY)
    assert said == (
        f"Nothing of {GOOD_COUNCIL} was lost: 3 packages compared, 0 rows new, 0 cells changed, and each changed "
        "figure has its correction."
    )


def _changed_figure(council: Council) -> None:
    council.change(LEVELS, 3, value="1.6", as_published="1.6 days")


def test_a_changed_figure_needs_a_correction(tiny: Council) -> None:
    """A figure that changed is named with its file, row and column, with both values and the line that is missing."""
    _changed_figure(tiny)
    assert _said(tiny) == [
        "2022-23/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but a cell of service_levels.csv "
        "changed. Write version 1.0.1 or higher.",
        '2022-23/service_levels.csv, row 3, column C (value): it was published as "1.5" and is now "1.6", '
        "and no correction says so. Put it back, or add this line to 2022-23/corrections.csv, with the reason at its "
        f"end: missed-bin-repair-time-2022-23-a,D{DAY},service_levels,missed-bin-repair-time FY2022-23,value,1.5,1.6,"
        "correction,",
    ]


def test_the_suggested_line_is_all_that_was_missing(tiny: Council) -> None:
    """With the suggested line, a reason and the version that was asked for, the change passes."""
    _changed_figure(tiny)
    line = _said(tiny)[1].rpartition("end: ")[2]
    tiny.write("2022-23/corrections.csv", tiny.text("2022-23/corrections.csv").rstrip() + f"\n{line}It was misread.\n")
    _version("2022-23", "1.0.1")(tiny)
    assert _said(tiny) == []


def test_two_corrections_lead_from_one_value_to_another(tiny: Council) -> None:
    """A figure corrected twice since it was published is explained by both corrections together."""
    _changed_figure(tiny)
    of = {"resource": "service_levels", "key": "missed-bin-repair-time FY2022-23", "field": "value"}
    _correct(tiny, "2022-23", **of, correction_id="first", date="D2026-11-01", old="1.5", new="1.7")
    _correct(tiny, "2022-23", **of, correction_id="second", date="D2026-11-22", old="1.7", new="1.6")
    _version("2022-23", "1.0.1")(tiny)
    assert _said(tiny) == []


def _gone(council: Council) -> None:
    _drop(council, "2021-22/service_levels.csv", 9)


def test_a_row_that_is_gone_needs_a_correction(tiny: Council) -> None:
    """A row that was published and is gone is named, with the line that says it was taken away."""
    _gone(tiny)
    line = (
        f"reservations-filled-2021-22-a,D{DAY},service_levels,reservations-filled FY2021-22,measure_id,"
        "reservations-filled,,correction,"
    )
    assert _said(tiny) == [
        "2021-22/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but a row of service_levels.csv is "
        "gone. Write version 2.0.0 or higher.",
        "2021-22/service_levels.csv: the row 'reservations-filled FY2021-22 not published' was published and is gone. "
        "Put it back, or add this line to 2021-22/corrections.csv, with the reason at its end: " + line,
    ]
    tiny.write("2021-22/corrections.csv", tiny.text("2021-22/corrections.csv").rstrip() + f"\n{line}It was no level.\n")
    _version("2021-22", "2.0.0")(tiny)
    assert _said(tiny) == []


def test_a_renamed_row_needs_a_correction(tiny: Council) -> None:
    """A row with another identifier is a renamed one: the suggested line says from what to what."""
    tiny.change("2022-23/savings.csv", 5, saving_id="the-online-library-cost")
    line = f"the-online-library-cost-2022-23-a,D{DAY},savings,the-online-library-cost,saving_id,"
    line += "online-library-cost,the-online-library-cost,correction,"
    found = _said(tiny)[1]
    assert found.startswith(
        "2022-23/savings.csv: the row 'online-library-cost' was published and now has the saving_id "
        "'the-online-library-cost'."
    )
    assert found.endswith(line)
    tiny.write("2022-23/corrections.csv", tiny.text("2022-23/corrections.csv").rstrip() + f"\n{line}A better name.\n")
    _version("2022-23", "2.0.0")(tiny)
    assert _said(tiny) == []


def test_a_figure_changed_in_a_renamed_row_is_found(tiny: Council) -> None:
    """To rename a row hides no change of its figure."""
    tiny.change("2022-23/savings.csv", 5, saving_id="cost", value="36000")
    of = {"resource": "savings", "key": "cost", "field": "saving_id", "old": "online-library-cost", "new": "cost"}
    _correct(tiny, "2022-23", **of)
    assert any('published as "35000" and is now "36000"' in line for line in _said(tiny))


def test_a_package_that_is_gone_is_reported(tiny: Council, tmp_path: Path) -> None:
    """A year that was published does not vanish."""
    before = tmp_path / "before"
    shutil.copytree(GOOD_COUNCIL, before)
    shutil.copytree(before / "2022-23", before / "2020-21")
    assert _said(tiny, before) == [
        f"2020-21: the package was published ({before}) and is gone. Put it back: what was published never vanishes."
    ]


def test_new_rows_need_no_correction_but_a_version(tiny: Council) -> None:
    """What is new needs no correction; the second number of the version rises."""
    tiny.copy_row("2022-23/milestones.csv", 2, milestone_id="another")
    assert _said(tiny) == [
        "2022-23/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but rows of milestones.csv are new. "
        "Write version 1.1.0 or higher."
    ]
    _version("2022-23", "1.1.0")(tiny)
    assert _said(tiny) == []


def test_a_new_year_needs_nothing(tiny: Council, tmp_path: Path) -> None:
    """A package for a new year is welcome as it is."""
    before = tmp_path / "before"
    shutil.copytree(GOOD_COUNCIL, before)
    shutil.rmtree(before / "2022-23")
    assert _said(tiny, before) == []


def test_words_around_a_figure_change_with_the_third_number(tiny: Council) -> None:
    """A note may be put better without a correction; the package is another one all the same."""
    tiny.change(LEVELS, 9, note="The count ends in September.")
    assert _said(tiny) == [
        "2022-23/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but a cell of service_levels.csv "
        "changed. Write version 1.0.1 or higher."
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(
            lambda council: council.change("2022-23/corrections.csv", 2, reason="No reason."),
            '2022-23/corrections.csv, row 2, column I (reason): it was published as "Two digits were misread." and is '
            'now "No reason.". Put it back: what was said of a change stays.',
            id="a reason that was rewritten",
        ),
        pytest.param(
            lambda council: _drop(council, "2022-23/corrections.csv", 2),
            "2022-23/corrections.csv: the row 'bins-on-time-2022-23-a' was published and is gone. Put it back: what "
            "was said of a change stays.",
            id="a correction that is gone",
        ),
        pytest.param(
            lambda council: _drop(council, "register/measures.csv", 19),
            "register/measures.csv: the row 'absence' was published and is gone. Put it back: identifiers are "
            "permanent. Say in the row that it ended.",
            id="a measure that is gone",
        ),
        pytest.param(
            lambda council: council.change("register/measures.csv", 8, direction="lower"),
            "register/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but the direction of "
            "'calls-offered' in measures.csv changed. Write version 2.0.0 or higher.",
            id="a measure that means something else",
        ),
        pytest.param(
            _version("2021-22", "0.9.0"),
            "2021-22/datapackage.json: version 1.0.0 was published, and this is 0.9.0, which is lower. Write version "
            "1.0.0 or higher.",
            id="a version that is lower",
        ),
    ],
)
def test_what_stays_as_it_was_published(tiny: Council, change: Change, problem: str) -> None:
    """What was said of a change stays, identifiers stay, and versions rise."""
    change(tiny)
    if "absence" in problem:
        for file in ("2021-22/staffing.csv", "2022-23/staffing.csv"):
            tiny.set_cells(file, [row for row in tiny.cells(file) if row[0] != "absence"])
        tiny.set_cells("register/names.csv", [row for row in tiny.cells("register/names.csv") if row[0] != "absence"])
    assert problem in _said(tiny)


def test_a_new_version_says_when_it_was_made(tiny: Council, tmp_path: Path) -> None:
    """The day of a release stands in the feed, so a new version does not keep the day of the one before."""
    before = Council(tmp_path / "before")
    shutil.copytree(GOOD_COUNCIL, before.root)
    for council, version in ((before, "1.0.0"), (tiny, "1.0.1")):
        _version("2022-23", version)(council)
        council.describe("2022-23", lambda package: package.update(created="2023-07-03T09:00:00Z"))
    assert _said(tiny, before.root) == [
        "2022-23/datapackage.json: version 1.0.1 says it was created when version 1.0.0 was. Write in created when "
        "this version is made."
    ]


# Where what was published is kept


def _published(reports: Reports, folder: Path) -> Path:
    """Write what readers download."""
    for path, data in publication(Tables(reports), settings()).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def _zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    return path


@pytest.mark.parametrize(
    "kept",
    ["a site", "its data", "the zip of one year", "the zip of all years", "a zip of its data", "a zip of packages"],
)
def test_wherever_it_is_kept(kept: str, tiny: Council, northmoor: Reports, tmp_path: Path) -> None:
    """A published site, its data folder, a zip of them and a zip of packages all find the same changed figure."""
    site = _published(northmoor, tmp_path / "site")
    before = {
        "a site": lambda: site,
        "its data": lambda: site / "data",
        "the zip of one year": lambda: site / "data/2022-23.zip",
        "the zip of all years": lambda: site / "data/all-years.zip",
        "a zip of its data": lambda: _zipped(site / "data", tmp_path / "data.zip"),
        "a zip of packages": lambda: _zipped(GOOD_COUNCIL, tmp_path / "packages.zip"),
    }[kept]()
    assert _said(tiny, before) == []
    _changed_figure(tiny)
    found = [line for line in _said(tiny, before) if "row 3, column C (value)" in line]
    assert len(found) == 1
    assert 'it was published as "1.5" and is now "1.6"' in found[0]


def test_columns_that_readers_rely_on(tiny: Council, northmoor: Reports, tmp_path: Path) -> None:
    """A column that was published and is gone, or holds another type, asks for a new first number."""
    data = _published(northmoor, tmp_path / "site") / "data"
    old = Council(data)
    table = old.cells("2022-23/actions.csv")
    old.set_cells("2022-23/actions.csv", [[*row, "x"] if at else [*row, "cost"] for at, row in enumerate(table)])
    old.describe("2021-22", lambda package: package["resources"][0]["schema"]["fields"][8].update(type="integer"))
    assert _said(tiny, data) == [
        '2021-22/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but the column "value" of '
        "service_levels.csv holds numbers and not integers. Write version 2.0.0 or higher.",
        '2022-23/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but the column "cost" of '
        "actions.csv is gone. Write version 2.0.0 or higher.",
    ]


# The command


@pytest.fixture(name="project")
def _project(northmoor_project: Path, tmp_path: Path) -> Path:
    """Return a project of the invented council in a repository of git, with one commit."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    git(project, "init", "--quiet")
    git(project, "add", "datapackages")
    git(project, "commit", "--quiet", "--message=Published")
    return project


def test_the_command_compares_with_a_revision(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The officer names a revision, is told what is missing, and leaves the repository as it was."""
    command = ["--project", str(project), "check", "--against", "HEAD"]
    assert main(command) == 0
    assert "Nothing of HEAD was lost: 3 packages compared" in capsys.readouterr().out
    Council(project / "datapackages").change(LEVELS, 3, value="1.6", as_published="1.6 days")
    assert main(command) == 1
    assert 'it was published as "1.5" and is now "1.6"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ("no-such-branch", "no-such-branch: git knows no such revision, and there is no such file or folder."),
        ("--output=x", "--output=x: git knows no such revision, and there is no such file or folder."),
        ("HEAD:mkdocs.yml", "HEAD:mkdocs.yml: git knows no such revision, and there is no such file or folder."),
        ("x" * 300, "x…: "),
        ("", "--against: it names nothing. Name a revision, such as main, or a folder or zip."),
        ("a-file", "a-file: this file is not a zip."),
        ("an-empty-folder", "an-empty-folder: there is no package of a year in it."),
        ("broken.zip", "broken.zip: it cannot be read ("),
        ("a-broken-package", "2021-22/datapackage.json, line 1: from character 2 on this is not valid JSON"),
        ("not-utf-8", "2021-22/datapackage.json: what was published is not UTF-8."),
    ],
    ids=lambda value: value[:20],
)
def test_whatever_is_named_is_answered_in_words(
    wanted: str, problem: str, project: Path, northmoor: Reports, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """What is not there, or cannot be read, is one line in words, and never a traceback."""
    monkeypatch.chdir(project)
    Path("a-file").write_text("a text", encoding="utf-8")
    Path("an-empty-folder").mkdir()
    good = publication(Tables(northmoor), settings())["data/2022-23.zip"]
    inside = good.index(b"service_levels.csv") + 40
    Path("broken.zip").write_bytes(good[:inside] + b"broken" + good[inside + 6 :])
    for name, content in (("a-broken-package", b"{nothing"), ("not-utf-8", b"\xff\xfe")):
        (project / name / "2021-22").mkdir(parents=True)
        (project / name / "2021-22/datapackage.json").write_bytes(content)
    assert main(["check", f"--against={wanted}"]) == 1
    said = capsys.readouterr().err
    assert problem in said
    assert "Traceback" not in said


def test_a_project_outside_git(northmoor_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Where there is no repository, the officer is told so."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    assert main(["--project", str(project), "check", "--against", "main"]) == 1
    assert (
        "main: there is no such file or folder, and the project is no git repository in which it could be a revision. "
        "Name a folder or a zip that holds what was published."
    ) in capsys.readouterr().err


def test_a_machine_without_git(tiny: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, the officer is told the same."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReportError, match="no git repository"):
        edition(tiny.root, "main")


def test_a_revision_before_the_first_package(project: Path) -> None:
    """A revision at which there were no packages is told apart from one that is not there."""
    tree = git(project, "commit-tree", "-m", "Empty", "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    with pytest.raises(ReportError, match="at that revision there is no folder datapackages"):
        edition(project / "datapackages", tree)


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param(lambda place: place.symlink_to("/dev/zero"), id="a link to a device without end"),
        pytest.param(lambda place: place.symlink_to(PROJECT / "LICENSE"), id="a link to another file"),
        pytest.param(os.mkfifo, id="a pipe that nobody writes to"),
        pytest.param(Path.mkdir, id="a folder"),
    ],
)
def test_what_was_published_is_read_from_its_own_files(tmp_path: Path, lead: Callable[[Path], object]) -> None:
    """Nothing outside the folder that was named is read, and nothing that never ends."""
    before = tmp_path / "before"
    shutil.copytree(GOOD_COUNCIL, before)
    (before / "2022-23/staffing.csv").unlink()
    lead(before / "2022-23/staffing.csv")
    with pytest.raises(ReportError, match=r"2022-23/staffing\.csv: this is no file of the folder"):
        edition(tmp_path, str(before))


def test_a_zip_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    """Many tables, each small enough, that come to more than a machine holds are refused before they are unpacked."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}/staffing.csv", b"a" * 19_000_000)
    assert (tmp_path / "bomb.zip").stat().st_size < 200_000
    with pytest.raises(ReportError, match=r"it holds more than 2,000 files or 100,000,000 bytes of packages\."):
        edition(tmp_path, str(tmp_path / "bomb.zip"))


@pytest.mark.parametrize(
    ("folder", "told"),
    [("datapackages", "datapackages: this is a link"), ("docs", 'docs_dir is "docs", which is a link')],
)
def test_the_folders_of_a_project_are_its_own(
    folder: str, told: str, tmp_path: Path, northmoor_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link in the place of the packages or the pages would publish the files of somebody else."""
    project = a_project(tmp_path / "project", GOOD_COUNCIL)
    shutil.rmtree(project / folder)
    (project / folder).symlink_to(northmoor_project / folder)
    assert main(["--project", str(project), "check"]) == 1
    assert told in capsys.readouterr().err
