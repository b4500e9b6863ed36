"""The officer's door: every command of ``answerable``."""

from __future__ import annotations

import argparse
import io
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .editing.questions import BARRIER, QUESTIONS, Question
from .errors import GUIDE, Problem, ReportError, Severity, in_order, listed
from .formats import FORMATS, root_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 where all is well; 1 where there are problems, which are printed in one list; 2 where the program itself
        failed, or where the command was not understood.
    """
    _print_anything()
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options)
        if options.command == "build":
            _build(options.project, options.output)
        elif options.command == "new-site":
            _new_site(options.folder, vars(options))
        elif options.command == "new-year":
            _new_year(options.project, options.year, options.like)
        elif options.command == "diff":
            _diff(options)
        else:
            _pages(options.project, options.folder)
    except ReportError as error:
        _say(listed(error.problems, _guide(options.project)), error=True)
        return 1
    except Exception as error:  # noqa: BLE001 - whatever nobody foresaw, an officer never meets a traceback
        _say(_unforeseen(error), error=True)
        return 2
    return 0


def _print_anything() -> None:
    """Let a terminal that lacks a letter print a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unforeseen(error: Exception) -> str:
    """Keep the details of a fault of the program in a file, and say where. Nothing of the environment is kept."""
    details = f"Python {platform.python_version()} on {platform.system()}\n{''.join(traceback.format_exception(error))}"
    said = "Something went wrong that is a fault of the program, not yours. Nothing was published. Please report it"
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", errors="replace", prefix="answerable-", suffix=".txt",
                                         delete=False) as file:  # fmt: skip
            file.write(details)
    except OSError:
        return f"{said}: {type(error).__name__}."
    return f"{said}, with the file {file.name}, which holds the details."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="answerable", description="Check data packages and build the website.")
    parser.add_argument("--project", type=Path, default=Path(), help="the folder with mkdocs.yml (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check settings, packages and pages, and list every problem")
    earlier = "a git revision, or a folder or zip of what was published: report changes that no correction explains"
    check.add_argument("--against", metavar="REV", help=earlier)
    check.add_argument("--format", choices=["text", *FORMATS], default="text", help="how to list problems")
    check.add_argument("--output", type=Path, metavar="FILE", help="write a list for machines here, and text as usual")
    check.add_argument("--strict", action="store_true", help="fail where something only asks for a second look, too")
    build = commands.add_parser("build", help="check, build aside, check the built site, publish")
    build.add_argument("--output", type=Path, default=Path("site"), help="where the site goes (default: site)")
    new_site = commands.add_parser("new-site", help="make the folder of another council's site")
    new_site.add_argument("folder", type=Path, help="where the new site goes")
    for question in (*QUESTIONS, *BARRIER):
        new_site.add_argument(question.option, metavar="TEXT", help=f"{question.asks} Such as {question.example}")
    new_year = commands.add_parser("new-year", help="add a package for a year, made from the year before")
    new_year.add_argument("year", help="the year, such as 2019-20")
    new_year.add_argument("--like", default="", metavar="YEAR", help="the year to begin from (default: the one before)")
    diff = commands.add_parser("diff", help="say what changes against what was published; it never fails for a change")
    diff.add_argument("base", metavar="BASE", help="a git revision, or a folder or zip of what was published")
    diff.add_argument("--format", choices=("text", "markdown", "html"), default="text", help="default: text")
    diff.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of the terminal")
    diff.add_argument("--preview", default="", metavar="URL", help="the address of a preview, for links to its pages")
    pages = commands.add_parser("pages", help="write the generated pages as plain Markdown files")
    pages.add_argument("folder", type=Path, help="where the pages go; an existing page is left as it is")
    return parser


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


def _check(options: argparse.Namespace) -> int:
    said, found = _found(options.project, options.against)
    guide = _guide(options.project)
    if options.format != "text":
        report = FORMATS[options.format](found, guide, root_of(options.project))
        if options.output is None:
            sys.stdout.write(report)
        else:
            options.output.write_text(report, encoding="utf-8")
    if options.format == "text" or options.output is not None:
        _tell(said, found, guide)
    return int(any(problem.severity is Severity.ERROR or options.strict for problem in found))


def _found(project: Path, earlier: str | None) -> tuple[list[str], tuple[Problem, ...]]:
    """Return what there is to say of sound packages, and every problem and doubt."""
    from .editing.against import against  # noqa: PLC0415 - the help must not wait for what checking needs
    from .editing.editions import edition  # noqa: PLC0415
    from .meaning.doubts import doubts  # noqa: PLC0415
    from .site import PACKAGES, build_day, configuration, opened  # noqa: PLC0415

    said: list[str] = []
    found: list[Problem] = []
    try:
        today = build_day()
        reports = opened(project, configuration(project), today).reports
        rows = sum(len(table.rows) for folder in reports.folders.values() for table in folder.tables.values())
        said.append(f"No problems: {len(reports.folders)} packages, {rows:,} rows.")
        found += doubts(reports, today)
        if earlier is not None:
            said.append(against(reports, edition(project / PACKAGES, earlier), today))
    except ReportError as error:
        found += error.problems
    return said, in_order(found)


def _tell(said: list[str], found: tuple[Problem, ...], guide: str) -> None:
    """Print what is well, then what asks for a second look, and last what must be put right."""
    wrong = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    doubtful = tuple(problem for problem in found if problem.severity is Severity.WARNING)
    for line in said:
        _say(line)
    if doubtful:
        _say(listed(doubtful, guide))
    if wrong:
        _say(listed(wrong, guide), error=True)


def _guide(project: Path) -> str:
    """Return where the problems are explained: on the site where its address is known, or else in its sources."""
    from .site import configuration  # noqa: PLC0415

    try:
        address = str(configuration(project).get("site_url") or "")
    except ReportError:
        address = ""
    return f"{address.rstrip('/')}/publish/problems/" if address else GUIDE


def _build(project: Path, output: Path) -> None:
    from .building import build  # noqa: PLC0415 - checking must not wait for what only a build needs

    doubtful = build(project, output if output.is_absolute() else project / output, _say)
    _tell([], doubtful, _guide(project))
    _say(f"The site is ready. Open {output / 'index.html'}")


def _new_site(folder: Path, options: dict[str, Any]) -> None:
    from .editing.new_site import new_site  # noqa: PLC0415
    from .site import build_day  # noqa: PLC0415

    facts = {question.name: options[question.name] or "" for question in (*QUESTIONS, *BARRIER)}
    for line in new_site(folder, facts, build_day(), _ask if sys.stdin.isatty() else None):
        _say(line)


def _ask(question: Question) -> str:
    return input(f"{question.asks} (Such as {question.example}) ")


def _new_year(project: Path, year: str, like: str) -> None:
    from .editing.new_year import new_year  # noqa: PLC0415
    from .site import PACKAGES  # noqa: PLC0415

    for line in new_year(project / PACKAGES, year, like):
        _say(line)
def _diff(options: argparse.Namespace) -> None:
    from .editing.diff import diff  # noqa: PLC0415
    from .editing.editions import edition  # noqa: PLC0415
    from .editing.sheets import WRITERS, preview_address  # noqa: PLC0415
    from .meaning.checked import load  # noqa: PLC0415
    from .site import PACKAGES, build_day  # noqa: PLC0415

    preview, packages = preview_address(options.preview), options.project / PACKAGES
    told = diff(load(packages), edition(packages, options.base), build_day())
    written = WRITERS[options.format](told, preview)
    if options.output is None:
        _say(written.rstrip())
    else:
        options.output.write_text(written, encoding="utf-8", newline="\n")
        _say(f"What changes is written to {options.output}.")


def _pages(project: Path, folder: Path) -> None:
    from .showing.pages import pages  # noqa: PLC0415
    from .site import build_day, configuration, opened  # noqa: PLC0415

    macros = opened(project, configuration(project), build_day())
    written = 0
    for page in pages(macros.reports, macros.site.name):
        path = folder / page.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.markdown, encoding="utf-8")
            written += 1
    _say(f"{written} pages written to {folder}.")


if __name__ == "__main__":
    sys.exit(main())
