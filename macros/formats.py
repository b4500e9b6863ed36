"""Problems for machines: JSON, JUnit XML, Code Quality of GitLab, and annotations of GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from .errors import HIDDEN, Kind, Problem, Severity, column_letter

_FROM_THE_PROJECT = (Kind.SETTINGS, Kind.PAGE, Kind.SITE, Kind.COMMAND)
"""Kinds whose files are named from the folder of the project; those of the others are named from the packages."""
_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def root_of(project: Path) -> PurePosixPath:
    """Return the way from the root of the repository to a project, which is nothing where it is that root itself."""
    here = project.resolve()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return PurePosixPath(here.relative_to(root).as_posix())


def path_of(problem: Problem, root: PurePosixPath) -> str:
    """Return the path of a problem's file from the root of the repository: ``datapackages/2013-14/savings.csv``."""
    file = problem.where.file
    outside = problem.kind in _FROM_THE_PROJECT or problem.where.sheet or file.split("/")[0] == "datapackages"
    return _shown(str(root / file if outside else root / "datapackages" / file))


def _shown(text: str) -> str:
    return HIDDEN.sub("\ufffd", text)


def as_json(problems: Sequence[Problem], guide: str, root: PurePosixPath) -> str:
    """Return every problem with all that is known of it, as ``problems.schema.json`` beside the guide describes."""
    severities = Counter(problem.severity for problem in problems)
    found = {
        "$schema": f"{guide.removesuffix('.md').rstrip('/')}.schema.json",
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "problems": [_entry(problem, guide, root) for problem in problems],
    }
    return json.dumps(found, indent=2) + "\n"


def _entry(problem: Problem, guide: str, root: PurePosixPath) -> dict[str, object]:
    where = problem.where
    return {
        "severity": problem.severity,
        "kind": problem.kind,
        "path": path_of(problem, root),
        "sheet": _shown(where.sheet) or None,
        "row": where.row or None,
        "column": column_letter(where.column) if where.field else None,
        "field": _shown(where.field) or None,
        "what": _shown(problem.what),
        "fix": _shown(problem.fix),
        "guide": f"{guide}#{problem.kind}",
    }


def as_junit(problems: Sequence[Problem], guide: str, root: PurePosixPath) -> str:
    """Return JUnit XML: a file is a class, a problem a test that failed, and a doubt one that was skipped."""
    suite = ET.Element("testsuite", name="answerable check", errors="0", time="0")
    for problem in problems:
        case = ET.SubElement(suite, "testcase", classname=path_of(problem, root), name=_said(problem), time="0")
        mark = "failure" if problem.severity is Severity.ERROR else "skipped"
        about = ET.SubElement(case, mark, message=problem.said.replace("\n", " "), type=str(problem.kind))
        about.text = f"{_shown(str(problem.where))}\n{problem.said}\n{guide}#{problem.kind}"
    if not problems:
        ET.SubElement(suite, "testcase", classname="datapackages", name="every package is sound", time="0")
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("*/failure")),
        "skipped": len(suite.findall("*/skipped")),
    }
    suite.attrib |= {name: str(count) for name, count in counts.items()}
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _said(problem: Problem) -> str:
    """Say a problem without its file, for lists that are ordered by files."""
    place = _shown(str(problem.where)).removeprefix(_shown(problem.where.file)).removeprefix(", ")
    return f"{place}: {problem.said}" if place else problem.said


def as_codequality(problems: Sequence[Problem], guide: str, root: PurePosixPath) -> str:
    """Return the report that GitLab shows beside the lines of a merge request."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for problem in problems:
        path = path_of(problem, root)
        # Without the row: a fault is the same fault when other rows are added above it.
        fault = (path, problem.where.sheet, problem.where.field, problem.kind, problem.what)
        seen[fault] += 1
        found.append(
            {
                "description": f"{_said(problem)} {guide}#{problem.kind}",
                "check_name": problem.kind,
                "fingerprint": sha256(repr((*fault, seen[fault])).encode("utf-8", "replace")).hexdigest(),
                "severity": "blocker" if problem.kind.hides else _LEVELS[problem.severity],
                "location": {"path": path, "lines": {"begin": problem.where.row or 1}},
            }
        )
    return json.dumps(found, indent=2) + "\n"


def as_github(problems: Iterable[Problem], guide: str, root: PurePosixPath) -> str:
    """Return workflow commands that annotate the lines of a pull request. Nothing a cell holds can start another."""
    return "".join(_command(problem, guide, root) for problem in problems)


def _command(problem: Problem, guide: str, root: PurePosixPath) -> str:
    place = {"file": path_of(problem, root), "line": str(problem.where.row or 1)}
    if problem.where.field:
        place["col"] = str(problem.where.column + 1)
    place["title"] = problem.kind.replace("-", " ").capitalize()
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{problem.severity} {properties}::{_data(f'{_said(problem)} {guide}#{problem.kind}')}\n"


def _data(text: str) -> str:
    """Escape the text of a workflow command, as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Problem], str, PurePosixPath], str]] = {
    "json": as_json, "junit": as_junit, "codequality": as_codequality, "github": as_github,
}  # fmt: skip
