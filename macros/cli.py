"""The officer's door: every command of ``answerable`` and its options."""

from __future__ import annotations

import argparse
import io
import os
import platform
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from . import commands
from .editing.questions import BARRIER, QUESTIONS
from .errors import ReportError, listed
from .formats import FORMATS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 where all is well; 1 where there are problems, which are printed in one list; 2 where the program itself
        failed, or where the command was not understood.
    """
    _print_anything()
    _stop_in_order()
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "check" and options.output is not None and options.format == "text":
        parser.error("--output takes a list for machines: add --format json, junit, codequality or github")
    try:
        return options.run(options) or 0
    except ReportError as error:
        commands.say(listed(error.problems, commands.guide(options.project)), error=True)
        return 1
    except KeyboardInterrupt:
        commands.say("Stopped.", error=True)
        return 130
    except BrokenPipeError:
        # Whoever read the list has read enough, as with "| head". What is left has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - whatever nobody foresaw, an officer never meets a traceback
        commands.say(_unforeseen(error), error=True)
        return 2


class _Parser:
    """The options of every command."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(prog="answerable", description="Check packages and build the website.")
        place = "the folder with mkdocs.yml (default: this one)"
        self.parser.add_argument("--project", type=Path, default=Path(), help=place)
        self._commands = self.parser.add_subparsers(dest="command", required=True)

    def add(
        self,
        name: str,
        run: Callable[[argparse.Namespace], int | None],
        help: str,  # noqa: A002 - as argparse has it
    ) -> argparse.ArgumentParser:
        """Add a command."""
        command = self._commands.add_parser(name, help=help)
        command.set_defaults(run=run)
        return command


def _parser() -> argparse.ArgumentParser:
    parser = _Parser()
    _add_publishing(parser)
    _add_editing(parser)
    return parser.parser


def _add_publishing(parser: _Parser) -> None:
    check = parser.add("check", commands.check, "check settings, packages and pages, and list every problem")
    earlier = "a git revision, or a folder or zip of what was published: report changes that no correction explains"
    check.add_argument("--against", metavar="REV", help=earlier)
    check.add_argument("--format", choices=["text", *FORMATS], default="text", help="how to list problems")
    check.add_argument("--output", type=Path, metavar="FILE", help="write a list for machines here, and text as usual")
    check.add_argument("--strict", action="store_true", help="fail where something only asks for a second look, too")
    build = parser.add("build", commands.build, "check, build aside, check the built site, publish")
    build.add_argument("--output", type=Path, help="where the site goes (default: site, or preview)")
    whom = "build a preview, never published: private shows years under embargo, public leaves them out"
    build.add_argument("--preview", nargs="?", const="private", default="", choices=("private", "public"), help=whom)
    join = parser.add("join", commands.join, "make one site of many councils' built sites, from their indexes alone")
    join.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="the folder of a council's built site")
    join.add_argument("--output", type=Path, default=Path("site"), help="where the site goes (default: site)")
    diff = parser.add("diff", commands.diff, "say what changes against what was published; it never fails for a change")
    diff.add_argument("base", metavar="BASE", help="a git revision, or a folder or zip of what was published")
    diff.add_argument("--format", choices=("text", "markdown", "html"), default="text", help="default: text")
    diff.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of the terminal")
    diff.add_argument("--preview", default="", metavar="URL", help="the address of a preview, for links to its pages")
    pages = parser.add("pages", commands.pages, "write the generated pages as plain Markdown files")
    pages.add_argument("folder", type=Path, help="where the pages go; an existing page is left as it is")


def _add_editing(parser: _Parser) -> None:
    new_site = parser.add("new-site", commands.new_site, "make the folder of another council's site")
    new_site.add_argument("folder", type=Path, help="where the new site goes")
    for question in (*QUESTIONS, *BARRIER):
        new_site.add_argument(question.option, metavar="TEXT", help=f"{question.asks} Such as {question.example}")
    new_year = parser.add("new-year", commands.new_year, "add a package for a year, made from the year before")
    new_year.add_argument("year", help="the year, such as 2019-20")
    new_year.add_argument("--like", default="", metavar="YEAR", help="the year to begin from (default: the one before)")
    export = parser.add("export", commands.export, "write a year's tables as a workbook to fill in")
    export.add_argument("year", help="the year, such as 2013-14, or register")
    export.add_argument("--output", type=Path, metavar="FILE", help="the workbook (default: YEAR.xlsx, in this folder)")
    bring_in = parser.add("import", commands.bring_in, "bring a workbook or a CSV file back into its package")
    bring_in.add_argument("file", type=Path, help="the workbook (.xlsx, .ods) or CSV file someone filled in")
    bring_in.add_argument("--year", help="the package, where neither the workbook nor the name of the file says it")
    tidy = parser.add("tidy", commands.tidy, "put the CSV files of packages in one form; what they say stays")
    tidy.add_argument("years", nargs="*", metavar="YEAR", help="the packages (default: all)")
    tidy.add_argument("--check", action="store_true", help="change nothing; say what would be done, and fail")


def _print_anything() -> None:
    """Let a terminal that lacks a letter print a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop_in_order() -> None:
    """Let a job that is cancelled clear away what it has begun, as far as it is given the time."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


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


if __name__ == "__main__":
    sys.exit(main())
