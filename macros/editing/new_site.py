"""A site for another council: the program, the council's own facts, and a tiny example that builds at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import yaml

from ..errors import Kind, Problem, ReportError, Where
from .example import example
from .questions import BARRIER, QUESTIONS, Question

PROGRAM = Path(__file__).parents[2]
_PARTS = (
    ".github", ".gitignore", ".gitlab", ".gitlab-ci.yml", "LICENSE", "Makefile", "docs/methodology.md", "docs/publish",
    "macros", "overrides", "pyproject.toml", "requirements.txt",
)  # fmt: skip
"""What a site needs of the program; the packages, pages and tests of the worked example are not among it."""
Ask = Callable[[Question], str]


def new_site(folder: Path, facts: Mapping[str, str], today: date, ask: Ask | None = None) -> list[str]:
    """Make the folder of a new site.

    Args:
        folder: where it goes; it must not exist, or be empty.
        facts: what is known already, by the names of the questions.
        today: the day the accessibility statement is prepared.
        ask: asks the officer for what is missing; None where nobody can be asked.

    Returns:
        What to do next, line by line.

    Raises:
        ReportError: the folder holds something, or facts are missing. Nothing was written.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "there is something at this place already."
        raise ReportError(
            [Problem(Where(folder.name), what, "Name a folder that does not exist yet.", kind=Kind.COMMAND)]
        )
    said = _answered(facts, ask)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-site-", dir=folder.parent) as place:
        aside = Path(place, folder.name)
        _copy(aside)
        (aside / "mkdocs.yml").write_text(_settings((PROGRAM / "mkdocs.yml").read_text("utf-8"), said, today), "utf-8")
        (aside / "docs/about.md").write_text(_about(said), "utf-8")
        (aside / "README.md").write_text(_readme(said), "utf-8")
        for name, data in example(said["council"], said["code"], today).items():
            path = aside / "datapackages" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    return [
        f"The site of {said['council']} is in {folder.name}, with an example of one service.",
        "Go there and build it with make site. Its figures are examples, and every page says so.",
        "The guide in docs/publish says how to put your own figures in their place.",
    ]


def _answered(facts: Mapping[str, str], ask: Ask | None) -> dict[str, str]:
    """Return every fact, asked for where it is missing."""
    said = {name: text.strip() for name, text in facts.items() if text and text.strip()}
    missing: list[Question] = []
    for questions in (QUESTIONS, BARRIER):
        for question in questions:
            if question.name not in said:
                answer = ask(question).strip() if ask else ""
                said |= {question.name: answer} if answer else {}
            if question.name not in said:
                missing.append(question)
        if said.get("status", "full") == "full":
            break
    if missing:
        raise ReportError([_missing(question) for question in missing])
    return said


def _missing(question: Question) -> Problem:
    fix = f'Write, for example: {question.option} "{question.example}"'
    return Problem(Where(question.option), question.asks, fix, kind=Kind.COMMAND)


def _copy(aside: Path) -> None:
    for part in _PARTS:
        source, target = PROGRAM / part, aside / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _settings(own: str, said: Mapping[str, str], today: date) -> str:
    """Return ``mkdocs.yml`` with the council's facts: how pages are made stays, what the worked example says goes."""
    lines = own.partition("\nextra:\n")[0].splitlines()
    kept = [line for line in lines if not line.startswith(("site_name:", "site_url:", "site_description:"))]
    accessibility: dict[str, object] = {"status": said["status"], "standard": "WCAG 2.2 AA"}
    if said["status"] != "full":
        barrier = {"issue": said["issue"], "criterion": said["criterion"], "fix_by": _day(said["fix_by"])}
        accessibility["non_accessible"] = [barrier]
    accessibility |= {
        "prepared": today,
        "reviewed": today,
        "tested": _day(said["tested"]),
        "method": said["method"],
        "region": "northern-ireland" if said["code"].startswith("N") else "great-britain",
    }
    extra = {
        "generator": False,
        "notice": "The figures are examples and not real. Replace them before you publish, and remove this notice.",
        "answerable": {
            "organisation": said["council"],
            "contact": {"email": said["email"]},
            "accessibility": accessibility,
        },
    }
    head = {"site_name": said["name"], "site_description": "What was promised, what was delivered and what it cost."}
    middle = "\n".join(kept).strip()
    return f"{_yaml(head)}{middle}\n\n{_yaml({'extra': extra})}"


def _yaml(value: object) -> str:
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110))


def _day(text: str) -> date | str:
    """Return a day; a text that is none is told of when the settings are checked."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _about(said: Mapping[str, str]) -> str:
    return (
        "---\ntitle: About this site\ndescription: What this site is made from.\n---\n\n# About this site\n\n"
        f"This site is published by {_plain(said['council'])}.\n\n"
        "The [methodology](methodology.md) says how figures are taken from documents and judged.\n"
        "The [glossary](glossary.md) says what the words mean.\n"
    )


def _plain(text: str) -> str:
    """Return a text that stands for itself in Markdown and in a template."""
    return "".join(letter if letter.isalnum() or letter in " ,.'-" else f"&#{ord(letter)};" for letter in text)


def _readme(said: Mapping[str, str]) -> str:
    return (
        f"# {said['name']}\n\nThe website of {said['council']} about what was promised, delivered and saved, "
        "made by Answerable.\n\n"
        "```sh\nmake site    # checks everything and builds the website into site/\nmake check   # checks only\n```\n\n"
        "How to publish a year or a correction: `docs/publish/`.\n"
    )
