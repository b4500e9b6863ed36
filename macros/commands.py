"""What each command of ``answerable`` does: options to calls, and what they return to lines on the terminal.

What a command needs is imported when it runs, so that the help and a check wait for nothing else.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from urllib.parse import urlsplit

from .editing.questions import BARRIER, QUESTIONS, Question
from .errors import GUIDE, Kind, Problem, ReportError, Severity, Where, in_order, listed
from .formats import FORMATS, root_of


def say(text: str, *, error: bool = False) -> None:
    """Print a line."""
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


def guide(project: Path) -> str:
    """Return where problems are explained: where the project's own files are read in a browser, or else the file."""
    from .site import configuration

    try:
        address = str(configuration(project).get("repo_url") or "").rstrip("/")
    except ReportError:
        return GUIDE
    if not address:
        return GUIDE
    return f"{address}{'/blob/HEAD/' if urlsplit(address).netloc == 'github.com' else '/-/blob/HEAD/'}{GUIDE}"


def check(options: Namespace) -> int:
    """Check everything, and list every problem and doubt in the form that is asked for."""
    said, found = _found(options.project, options.against)
    explained = guide(options.project)
    if options.format != "text":
        report = FORMATS[options.format](found, explained, root_of(options.project))
        if options.output is None:
            sys.stdout.write(report)
        else:
            _write(options.output, report)
    if options.format == "text" or options.output is not None:
        _tell(said, found, explained)
    return int(any(problem.severity is Severity.ERROR or options.strict for problem in found))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        what = f"nothing can be written here ({error.strerror})."
        problem = Problem(Where(str(file)), what, "Name a file in a folder that exists.", kind=Kind.COMMAND)
        raise ReportError([problem]) from None


def _found(project: Path, earlier: str | None) -> tuple[list[str], tuple[Problem, ...]]:
    """Return what there is to say of sound packages, and every problem and doubt."""
    from .editing.against import against
    from .editing.editions import edition
    from .meaning.doubts import doubts
    from .site import PACKAGES, build_day, configuration, opened, sources

    said: list[str] = []
    found: list[Problem] = []
    try:
        today, config = build_day(), configuration(project)
        known = sources(project, config, today)
        opened(project, config, today, known=known)
        reports = known[1]
        rows = sum(len(table.rows) for folder in reports.folders.values() for table in folder.tables.values())
        said.append(f"No problems: {len(reports.folders)} packages, {rows:,} rows.")
        found += doubts(reports, today)
        if earlier is not None:
            said.append(against(reports, edition(project / PACKAGES, earlier), today))
    except ReportError as error:
        found += error.problems
    return said, in_order(found)


def _tell(said: list[str], found: tuple[Problem, ...], explained: str) -> None:
    """Print what is well, then what asks for a second look, and last what must be put right."""
    wrong = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    doubtful = tuple(problem for problem in found if problem.severity is Severity.WARNING)
    for line in said:
        say(line)
    if doubtful:
        say(listed(doubtful, explained))
    if wrong:
        say(listed(wrong, explained), error=True)


def build(options: Namespace) -> None:
    """Build the site or a preview, and tell what asks for a second look."""
    from .building import build as built
    from .site import Preview

    name = "preview" if options.preview else "site"
    output = options.output or Path(name)
    place = output if output.is_absolute() else options.project / output
    doubtful = built(options.project, place, say, Preview(options.preview))
    _tell([], doubtful, guide(options.project))
    say(f"The {name} is ready. Open {output / 'index.html'}")


def join(options: Namespace) -> None:
    """Make one site of many councils' built sites."""
    from .building import join as joined

    output = options.output
    place = output if output.is_absolute() else options.project / output
    joined(options.project, options.folders, place, say)
    say(f"The site is ready. Open {output / 'index.html'}")


def diff(options: Namespace) -> None:
    """Say what changes against what was published."""
    from .editing.diff import diff as told
    from .editing.editions import edition
    from .editing.sheets import WRITERS, preview_address
    from .meaning.checked import load
    from .site import PACKAGES, build_day

    preview, packages = preview_address(options.preview), options.project / PACKAGES
    changes = told(load(packages), edition(packages, options.base), build_day())
    written = WRITERS[options.format](changes, preview)
    if options.output is None:
        say(written.rstrip())
    else:
        _write(options.output, written)
        say(f"What changes is written to {options.output}.")


def new_site(options: Namespace) -> None:
    """Make the folder of another council's site; ask for what the options leave out, where somebody can answer."""
    from .editing.new_site import new_site as made
    from .site import build_day

    facts = {question.name: getattr(options, question.name) or "" for question in (*QUESTIONS, *BARRIER)}
    for line in made(options.folder, facts, build_day(), _ask if sys.stdin.isatty() else None):
        say(line)


def _ask(question: Question) -> str:
    return input(f"{question.asks} (Such as {question.example}) ")


def new_year(options: Namespace) -> None:
    """Add a package for a year."""
    from .editing.new_year import new_year as added
    from .site import PACKAGES, build_moment

    for line in added(options.project / PACKAGES, options.year, build_moment(), options.like):
        say(line)


def export(options: Namespace) -> None:
    """Write the workbook in which a year is filled in."""
    from .editing.canonical import write_new
    from .editing.exporting import export as made
    from .site import PACKAGES

    path = options.output or Path(f"{options.year}.xlsx")
    write_new(path, made(options.project / PACKAGES, options.year))
    say(f"Fill in {path}, save it, and run: answerable import {path}")


def bring_in(options: Namespace) -> None:
    """Bring a workbook or a CSV file back into its package."""
    from .editing.importing import bring_in as brought
    from .site import PACKAGES

    for line in brought(options.project / PACKAGES, options.file, options.year):
        say(line)
    say("Now run: answerable check")


def tidy(options: Namespace) -> None:
    """Put the CSV files of packages in one form."""
    from .editing.tidying import tidy as tidied
    from .site import PACKAGES

    lines, left = tidied(options.project / PACKAGES, options.years, only_check=options.check)
    for line in lines:
        say(line)
    if left:
        raise ReportError(left)


def pages(options: Namespace) -> None:
    """Write the generated pages as files; one that is there already is left as it is."""
    from .showing.pages import pages as generated
    from .site import build_day, configuration, opened

    macros = opened(options.project, configuration(options.project), build_day())
    written = 0
    for page in generated(macros.reports, macros.site.name):
        path = options.folder / page.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.markdown, encoding="utf-8")
            written += 1
    say(f"{written} pages written to {options.folder}.")
