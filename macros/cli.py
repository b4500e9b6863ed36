"""The officer's door: ``answerable check``, ``build`` and ``pages``; ``export``, ``import`` and ``tidy``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import ReportError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 where all is well, 1 where there are problems, which are printed in one list.
    """
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check":
            _check(options.project, options.against)
        elif options.command == "build":
            _build(options.project, options.output)
        elif options.command == "export":
            _export(options.project, options.year, options.output)
        elif options.command == "import":
            _import(options.project, options.file, options.year)
        elif options.command == "tidy":
            _tidy(options.project, options.years, only_check=options.check)
        else:
            _pages(options.project, options.folder)
    except ReportError as error:
        _say(str(error), error=True)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="answerable", description="Check data packages and build the website.")
    parser.add_argument("--project", type=Path, default=Path(), help="the folder with mkdocs.yml (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check settings, packages and pages, and list every problem")
    earlier = "a git revision, or a folder or zip of what was published: report changes that no correction explains"
    check.add_argument("--against", metavar="REV", help=earlier)
    build = commands.add_parser("build", help="check, build aside, check the built site, publish")
    build.add_argument("--output", type=Path, default=Path("site"), help="where the site goes (default: site)")
    pages = commands.add_parser("pages", help="write the generated pages as plain Markdown files")
    pages.add_argument("folder", type=Path, help="where the pages go; an existing page is left as it is")
    export = commands.add_parser("export", help="write a year's tables as a workbook to fill in")
    export.add_argument("year", help="the year, such as 2013-14, or register")
    export.add_argument("--output", type=Path, help="the workbook to write (default: YEAR.xlsx, in this folder)")
    bring = commands.add_parser("import", help="bring a workbook (.xlsx, .ods) or a CSV file back into its package")
    bring.add_argument("file", type=Path, help="the workbook or CSV file someone filled in")
    bring.add_argument("--year", help="the package, where neither the workbook nor the name of the file says it")
    tidy = commands.add_parser("tidy", help="put the CSV files of packages in one form, and change nothing they say")
    tidy.add_argument("years", nargs="*", metavar="YEAR", help="the packages (default: all)")
    tidy.add_argument("--check", action="store_true", help="change nothing; say what would be done")
    return parser


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


def _check(project: Path, earlier: str | None) -> None:
    from .editing.against import against  # noqa: PLC0415 - the help must not wait for what checking needs
    from .editing.editions import edition  # noqa: PLC0415
    from .site import PACKAGES, build_day, configuration, opened  # noqa: PLC0415

    today = build_day()
    reports = opened(project, configuration(project), today).reports
    rows = sum(len(table.rows) for folder in reports.folders.values() for table in folder.tables.values())
    _say(f"No problems: {len(reports.folders)} packages, {rows:,} rows.")
    if earlier is not None:
        _say(against(reports, edition(project / PACKAGES, earlier), today))


def _build(project: Path, output: Path) -> None:
    from .building import build  # noqa: PLC0415 - checking must not wait for what only a build needs

    build(project, output if output.is_absolute() else project / output, _say)
    _say(f"The site is ready. Open {output / 'index.html'}")


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


def _export(project: Path, year: str, output: Path | None) -> None:
    from .editing.canonical import write_new  # noqa: PLC0415
    from .editing.exporting import export  # noqa: PLC0415
    from .site import PACKAGES  # noqa: PLC0415

    path = output or Path(f"{year}.xlsx")
    write_new(path, export(project / PACKAGES, year))
    _say(f"Fill in {path}, save it, and run: answerable import {path}")


def _import(project: Path, file: Path, year: str | None) -> None:
    from .editing.importing import bring_in  # noqa: PLC0415
    from .site import PACKAGES  # noqa: PLC0415

    for line in bring_in(project / PACKAGES, file, year):
        _say(line)
    _say("Now run: answerable check")


def _tidy(project: Path, years: Sequence[str], *, only_check: bool) -> None:
    from .editing.tidying import tidy  # noqa: PLC0415
    from .site import PACKAGES  # noqa: PLC0415

    lines, left = tidy(project / PACKAGES, years, only_check=only_check)
    for line in lines:
        _say(line)
    if left:
        raise ReportError(left)


if __name__ == "__main__":
    sys.exit(main())
