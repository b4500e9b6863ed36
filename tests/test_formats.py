"""Problems for machines: each format is what its reader asks for, and no cell can break out of it."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from macros.cli import main
from macros.errors import Kind, Problem, Severity, Where
from macros.formats import FORMATS, as_codequality, as_github, as_json, as_junit, path_of, root_of

from .builders import Council
from .sites import PROJECT, a_project

GUIDE = "docs/publish/problems.md"
ROOT = PurePosixPath()
SIGN = Problem(
    Where("2013-14/service_levels.csv", 7, 2, "value"),
    '"95%" has a per cent sign in it.',
    "Write 95.",
    kind=Kind.NUMBER,
)
SETTING = Problem(Where("mkdocs.yml"), "extra.answerable is missing.", "Write it.", kind=Kind.SETTINGS)
DOUBT = Problem(
    Where("2013-14/staffing.csv", 3, 2, "value"),
    '"0" is doubtful.',
    "Look it up.",
    kind=Kind.TEN_TIMES,
    severity=Severity.WARNING,
)
UNREAD = Problem(Where("2013-14/savings.csv", 4), "it is not UTF-8.", "Save it again.", kind=Kind.NOT_UTF_8)
HOSTILE = Problem(
    Where("2013-14/a,b:c\n::error::x.csv", 2, 0, "id::,\r\n::stop-commands::x"),
    'there is no "\x1b[2J\n::set-output name=a::b\r\n%0A</failure>&]]>\udcff".',
    "Correct it.",
    kind=Kind.UNKNOWN_IDENTIFIER,
)
EVERY = (SIGN, SETTING, DOUBT, UNREAD, HOSTILE)
# What test reports of GitLab and Jenkins hold, as far as this program writes it.
JUNIT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="testsuites">
    <xs:complexType><xs:sequence>
      <xs:element name="testsuite" maxOccurs="unbounded">
        <xs:complexType>
          <xs:sequence><xs:element name="testcase" type="testcase" minOccurs="1" maxOccurs="unbounded"/></xs:sequence>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="time" type="xs:decimal" use="required"/>
        </xs:complexType>
      </xs:element>
    </xs:sequence></xs:complexType>
  </xs:element>
  <xs:complexType name="testcase">
    <xs:choice minOccurs="0">
      <xs:element name="failure" type="about"/>
      <xs:element name="skipped" type="about"/>
    </xs:choice>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
  </xs:complexType>
  <xs:complexType name="about">
    <xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="message" type="xs:string" use="required"/>
      <xs:attribute name="type" type="xs:string" use="required"/>
    </xs:extension></xs:simpleContent>
  </xs:complexType>
</xs:schema>
"""


@pytest.mark.parametrize(
    ("problem", "path"),
    [
        pytest.param(SIGN, "datapackages/2013-14/service_levels.csv", id="a table lies among the packages"),
        pytest.param(SETTING, "mkdocs.yml", id="settings lie beside them"),
        pytest.param(
            replace(SETTING, where=Where("docs/about.md", 3), kind=Kind.PAGE), "docs/about.md", id="pages do, too"
        ),
        pytest.param(
            replace(SIGN, where=Where("returns.xlsx", 3, 1, "value", "Levels")),
            "returns.xlsx",
            id="a workbook is named",
        ),
        pytest.param(replace(UNREAD, where=Where("datapackages")), "datapackages", id="the folder of the packages"),
    ],
)
def test_a_path_leads_from_the_root_of_the_repository(problem: Problem, path: str) -> None:
    """A merge request finds the file."""
    assert path_of(problem, ROOT) == path
    assert path_of(problem, PurePosixPath("sites/northmoor")) == f"sites/northmoor/{path}"


def test_a_project_knows_its_place_in_the_repository(tmp_path: Path) -> None:
    """A project may be a folder of a repository, its root, or in none."""
    project = tmp_path / "sites/northmoor"
    project.mkdir(parents=True)
    assert root_of(project) == PurePosixPath()
    (tmp_path / ".git").mkdir()
    assert root_of(project) == PurePosixPath("sites/northmoor")
    assert root_of(tmp_path) == PurePosixPath()


def test_json_says_all_that_is_known() -> None:
    """A cell has its path, row, letter, heading, the fault, the repair and where it is explained."""
    found = json.loads(as_json([SIGN, DOUBT], GUIDE, ROOT))

    assert (found["errors"], found["warnings"]) == (1, 1)
    assert found["$schema"] == "docs/publish/problems.schema.json"
    assert found["problems"][0] == {
        "severity": "error",
        "kind": "number",
        "path": "datapackages/2013-14/service_levels.csv",
        "sheet": None,
        "row": 7,
        "column": "C",
        "field": "value",
        "what": '"95%" has a per cent sign in it.',
        "fix": "Write 95.",
        "guide": "docs/publish/problems.md#number",
    }


@pytest.mark.parametrize("problems", [(), (SIGN,), EVERY], ids=["none", "one", "every kind of text"])
def test_json_is_what_its_schema_describes(problems: tuple[Problem, ...]) -> None:
    """Whoever reads the JSON can rely on its schema, which lies beside the guide."""
    schema = json.loads((PROJECT / "docs/publish/problems.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    found = json.loads(as_json(problems, GUIDE, ROOT))

    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    assert len(found["problems"]) == len(problems)


@pytest.mark.parametrize("problems", [(), (SIGN,), EVERY], ids=["none", "one", "every kind of text"])
def test_junit_is_what_its_schema_describes(problems: tuple[Problem, ...]) -> None:
    """GitLab can read the report, whatever a cell holds; where nothing is wrong, one test says so."""
    found: Any = xmlschema.XMLSchema(io.StringIO(JUNIT)).to_dict(io.StringIO(as_junit(problems, GUIDE, ROOT)))
    suite = found["testsuite"][0]

    assert suite["@tests"] == len(suite["testcase"]) == max(len(problems), 1)
    assert suite["@failures"] == sum("failure" in case for case in suite["testcase"])
    assert suite["@skipped"] == sum("skipped" in case for case in suite["testcase"])
    names = [(case["@classname"], case["@name"]) for case in suite["testcase"]]
    assert len(set(names)) == len(names)


def test_junit_fails_a_problem_and_skips_a_doubt() -> None:
    """A doubt does not look like a failure."""
    found: Any = xmlschema.XMLSchema(io.StringIO(JUNIT)).to_dict(io.StringIO(as_junit([SIGN, DOUBT], GUIDE, ROOT)))
    failed, skipped = found["testsuite"][0]["testcase"]

    assert failed["@classname"] == "datapackages/2013-14/service_levels.csv"
    assert failed["@name"] == 'row 7, column C (value): "95%" has a per cent sign in it. Write 95.'
    assert failed["failure"]["@type"] == "number"
    assert failed["failure"]["@message"] == '"95%" has a per cent sign in it. Write 95.'
    assert skipped["skipped"]["@type"] == "ten-times"


def test_code_quality_stands_on_the_line_of_the_merge_request() -> None:
    """GitLab asks for these five things of each problem, and shows it on its line."""
    unread, sign, doubt = json.loads(as_codequality([UNREAD, SIGN, DOUBT], GUIDE, ROOT))

    assert sign | {"fingerprint": ""} == {
        "description": 'row 7, column C (value): "95%" has a per cent sign in it. Write 95. '
        "docs/publish/problems.md#number",
        "check_name": "number",
        "fingerprint": "",
        "severity": "major",
        "location": {"path": "datapackages/2013-14/service_levels.csv", "lines": {"begin": 7}},
    }
    assert (unread["severity"], doubt["severity"]) == ("blocker", "minor")
    assert json.loads(as_codequality([SETTING], GUIDE, ROOT))[0]["location"]["lines"] == {"begin": 1}


def test_a_fingerprint_stays_when_rows_are_added_above() -> None:
    """A fault that moved down a row is the same fault; another text, column or file makes another."""

    def fingerprints(*problems: Problem) -> list[str]:
        return [one["fingerprint"] for one in json.loads(as_codequality(problems, GUIDE, ROOT))]

    moved = replace(SIGN, where=replace(SIGN.where, row=9))
    other = replace(SIGN, where=replace(SIGN.where, column=5, field="target"))
    assert fingerprints(SIGN) == fingerprints(moved)
    assert fingerprints(SIGN, moved)[0] == fingerprints(SIGN)[0]
    assert len({*fingerprints(SIGN, moved), *fingerprints(other), *fingerprints(UNREAD)}) == 4


def test_github_annotates_the_line() -> None:
    """A problem is an error and a doubt a warning, on their lines."""
    assert as_github([SIGN, DOUBT], GUIDE, ROOT).splitlines() == [
        "::error file=datapackages/2013-14/service_levels.csv,line=7,col=3,title=Number::row 7, column C (value): "
        '"95%25" has a per cent sign in it. Write 95. docs/publish/problems.md#number',
        "::warning file=datapackages/2013-14/staffing.csv,line=3,col=3,title=Ten times::row 3, column C (value): "
        '"0" is doubtful. Look it up. docs/publish/problems.md#ten-times',
    ]


def test_no_cell_can_start_another_command() -> None:
    """Whatever a file, a heading or a cell holds, a problem is one line, and that line is one command."""
    (line,) = as_github([HOSTILE], GUIDE, ROOT).splitlines()

    properties, _, text = line.removeprefix("::error ").partition("::")
    assert line.startswith("::error file=datapackages/2013-14/a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax.csv,line=2,col=1,title=")
    assert properties.count(",") == 3
    assert "%0A::set-output name=a::b%0D%0A%250A" in text
    assert "\x1b" not in line


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_carries_every_problem(tmp_path: Path, northmoor_project: Path, form: str) -> None:
    """The list for a person is cut; the one for machines never is."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    council = Council(project / "datapackages")
    for number in range(60):
        council.copy_row("2022-23/savings.csv", 6, saving_id=f"repair-{number}", place="")

    assert main(["--project", str(project), "check", "--format", form, "--output", str(tmp_path / "found")]) == 1
    assert (tmp_path / "found").read_text("utf-8").count("missing-value") >= 60


def test_a_report_for_machines_is_all_that_is_printed(
    tmp_path: Path, northmoor_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a file to write to, the report alone goes where a pipe can take it, and the exit code is as ever."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    assert main(["--project", str(project), "check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["errors"] == 0

    Council(project / "datapackages").change("2022-23/staffing.csv", 2, value="38%")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert main(["--project", str(project), "check", "--format", "codequality"]) == 1
    said = capsys.readouterr()
    (found,) = json.loads(said.out)
    assert found["location"] == {"path": "project/datapackages/2022-23/staffing.csv", "lines": {"begin": 2}}
    assert said.err == ""
