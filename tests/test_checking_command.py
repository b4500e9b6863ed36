"""What an officer sees of a check: the list, what is doubtful, exit codes, and never a traceback."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from macros import site
from macros.cli import main
from macros.errors import MOST, Kind, Problem, ReportError, Severity, Where, listed

from .builders import Council
from .sites import a_project

SIGN = '"95%" has a per cent sign in it.'


def _cell(row: int, what: str = SIGN, kind: Kind = Kind.NUMBER, file: str = "2021-22/savings.csv") -> Problem:
    return Problem(Where(file, row, 5, "value"), what, "Write 95.", kind=kind)


def _lines(*problems: Problem) -> list[str]:
    """Return the lines of a list that say something, without the addresses of the guide."""
    return [line for line in str(ReportError(problems)).splitlines() if "problems.md" not in line]


@pytest.fixture(name="project")
def _project(tmp_path: Path, northmoor_project: Path) -> Path:
    """Return a copy of the invented council's project that a test may spoil."""
    return a_project(tmp_path / "project", northmoor_project / "datapackages")


def test_a_handful_of_equal_faults_are_listed_one_by_one() -> None:
    """Five cells are five lines: a person goes from one to the next."""
    assert len(_lines(*(_cell(row) for row in range(4, 9)))) == 6


def test_many_equal_faults_are_one_line_that_names_the_rows() -> None:
    """Whoever wrote per cent signs down a whole column reads one line, and learns how many there are."""
    assert _lines(*(_cell(row) for row in [*range(4, 20), 22, 30])) == [
        "18 problems to put right:",
        "  1. 2021-22/savings.csv, rows 4 to 19, 22 and 30, column F (value): 18 times. "
        'In row 4: "95%" has a per cent sign in it. Write 95.',
    ]


def test_faults_of_one_row_are_listed_one_by_one() -> None:
    """A row of headings with seven strange ones has seven lines: each names its own."""
    strange = [Problem(Where("a.csv", 1), f'"{name}" is strange.', "", kind=Kind.SITE) for name in "abcdefg"]
    assert len(_lines(*strange)) == 8


def test_what_was_typed_makes_no_other_fault() -> None:
    """The same sign beside other digits is the same fault; another fault of the column stays a line of its own."""
    signs = [_cell(row, f'"{row}%" has a per cent sign in it.') for row in range(4, 10)]
    found = _lines(*signs, _cell(5, '"?" is not a number.'))

    assert [line.split(" (value)")[0] for line in found[1:]] == [
        "  1. 2021-22/savings.csv, rows 4 to 9, column F",
        "  2. 2021-22/savings.csv, row 5, column F",
    ]


def test_rows_that_lie_apart_are_not_all_named() -> None:
    """A line stays readable; the rest of the rows are called others."""
    (line,) = _lines(*(_cell(row) for row in range(2, 40, 2)))[1:]
    assert "rows 2, 4, 6, 8, 10, 12 and others, column F" in line


def test_what_hides_other_problems_comes_first() -> None:
    """A file that cannot be read stands above a cell of an earlier file."""
    unread = Problem(Where("2022-23/staffing.csv", 3), "it is not UTF-8.", "Save it.", kind=Kind.NOT_UTF_8)
    assert [line[:28] for line in _lines(_cell(4), unread)[1:]] == [
        "  1. 2022-23/staffing.csv, r",
        "  2. 2021-22/savings.csv, ro",
    ]


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    """A person sees the first fifty lines; machines get all of them."""
    found = _lines(*(_cell(2, kind=Kind.NUMBER, file=f"2021-22/{number:03}.csv") for number in range(70)))

    assert len(found) == MOST + 2
    assert (found[0], found[-1]) == (
        "70 problems to put right:",
        "  And 20 more. Put these right, then check again.",
    )


def test_each_line_names_the_section_that_explains_it() -> None:
    """It is the file of the guide, or its address where the project's files have one."""
    assert str(ReportError([_cell(4)])).splitlines()[2] == "     docs/publish/problems.md#number"
    assert listed((_cell(4),), "https://git.example/n/-/blob/HEAD/docs/publish/problems.md").endswith(".md#number")


def test_a_workbook_names_its_sheet() -> None:
    """A place in a workbook says which sheet to open."""
    where = Where("levels.xlsx", 4, 2, "value", "Service levels")
    assert str(where) == "levels.xlsx, sheet Service levels, row 4, column C (value)"


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://gitlab.northmoor.example/web/figures/", "https://gitlab.northmoor.example/web/figures/-/blob/HEAD/"),
        ("https://github.com/northmoor/figures", "https://github.com/northmoor/figures/blob/HEAD/"),
    ],
)
def test_the_guide_is_where_the_files_are_read(
    repository: str, address: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An officer follows the link from the list to the page that explains it, in GitLab or GitHub."""
    Council(project / "datapackages").change("2022-23/staffing.csv", 2, value="38%")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"repo_url: {repository}\n")

    assert main(["--project", str(project), "check"]) == 1
    assert f"{address}docs/publish/problems.md#number" in capsys.readouterr().err


def test_doubts_are_told_and_stop_nothing_unless_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The invented council's cost of a household is the same as before and still provisional: two second looks."""
    assert main(["--project", str(project), "check"]) == 0
    said = capsys.readouterr()
    assert re.match(r"No problems: 3 packages, \d+ rows\.\n2 things to look at again:\n  1\. 2022-23/service", said.out)
    assert said.err == ""

    assert main(["--project", str(project), "check", "--strict"]) == 1
    note = "The cost stayed at 61.50; no final figure was published."
    Council(project / "datapackages").change("2022-23/service_levels.csv", 6, note=note)
    assert main(["--project", str(project), "check", "--strict"]) == 0
    assert "look at again" in capsys.readouterr().out


def test_doubts_stand_below_problems() -> None:
    """What must be put right comes before what may be right."""
    doubt = Problem(Where("2011-12/a.csv"), "Doubtful.", "Look.", kind=Kind.TEN_TIMES, severity=Severity.WARNING)
    assert ReportError([doubt, _cell(4)]).problems[-1] == doubt


def test_what_nobody_foresaw_is_one_line_and_a_file(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An officer meets a sentence that asks to report it, and the details hold nothing of the environment."""

    def broken(*_: object, **__: object) -> None:
        msg = "list index out of range"
        raise IndexError(msg)

    monkeypatch.setattr(site, "opened", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("DEPLOY_TOKEN", "secret-of-the-pipeline")

    assert main(["--project", str(project), "check"]) == 2
    said = capsys.readouterr()
    (line,) = (said.out + said.err).splitlines()
    (file,) = tmp_path.glob("answerable-*.txt")
    assert line == (
        "Something went wrong that is a fault of the program, not yours. Nothing was published. Please report it, with "
        f"the file {file}, which holds the details."
    )
    details = file.read_text("utf-8")
    assert "IndexError: list index out of range" in details
    assert "secret-of-the-pipeline" not in details


def test_a_computer_without_room_for_the_details_still_says_what_happened(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no file can be written, the one line stands alone."""
    monkeypatch.setattr(site, "opened", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    assert main(["--project", str(project), "check"]) == 2
    assert capsys.readouterr().err == (
        "Something went wrong that is a fault of the program, not yours. Nothing was published. Please report it: "
        "ZeroDivisionError.\n"
    )


def test_a_list_for_machines_needs_a_place_that_is_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is missing is told as such, and a file for a list that is text alone is refused."""
    assert main(["--project", str(project), "check", "--format", "json", "--output", "no/such/folder/found.json"]) == 1
    assert (
        capsys.readouterr()
        .err.splitlines()[1]
        .startswith("  1. no/such/folder/found.json: nothing can be written here")
    )
    with pytest.raises(SystemExit, match="2"):
        main(["--project", str(project), "check", "--output", "found.txt"])


def test_a_file_that_another_program_holds_is_told_as_such(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel on Windows lets nobody read a file it has open."""
    read = Path.read_bytes

    def held(path: Path) -> bytes:
        if path.name == "staffing.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    assert [line for line in Council(project / "datapackages").problems() if "2022-23" in line] == [
        "2022-23/staffing.csv: the file cannot be opened (Permission denied). Close it in Excel, then check again."
    ]
