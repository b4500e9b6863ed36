"""``answerable tidy``: the CSV files of packages in one form, so that a difference shows what changed and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Kind, Problem, ReportError, Where
from ..reading.packages import file_names
from .canonical import csv_bytes, known_packages, put_in_place, units, unknown_package
from .repairs import Repair
from .settling import Units, settle
from .texts import read_text


@dataclass(slots=True)
class Tidied:
    """What a form would change: the files, what is repaired in them, what cannot be, and how many were looked at."""

    files: dict[Path, bytes] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0


def tidy(packages: Path, folders: Iterable[str], *, only_check: bool = False) -> tuple[list[str], tuple[Problem, ...]]:
    """Put the CSV files of packages in order.

    Args:
        packages: the folder of the packages.
        folders: the years, or ``register``; all packages where there is none.
        only_check: whether to change nothing.

    Returns:
        What was done, a line each; and what cannot be put in order, because a person must say what is meant. With
        ``only_check``, what would be done is among the latter.

    Raises:
        ReportError: there is no such package, or a file cannot be written.
    """
    found = _found(packages, folders)
    count = f"{found.seen} file{'' if found.seen == 1 else 's'}"
    lines = [] if found.files or found.problems else [f"In order: {count}."]
    if only_check:
        fix = "Run answerable tidy, which does it."
        would = (Problem(repair.where, repair.what, fix, kind=Kind.UNTIDY) for repair in found.repairs)
        return lines, (*found.problems, *would)
    put_in_place(found.files)
    lines += [f"Repaired: {repair}" for repair in sorted(found.repairs)]
    if found.files:
        lines.append(f"{len(found.files)} of {count} put in order.")
    return lines, tuple(found.problems)


def _found(packages: Path, folders: Iterable[str]) -> Tidied:
    """Return what would be changed in packages, and what cannot be."""
    known = known_packages(packages)
    wanted = list(folders) or known
    for name in wanted:
        if name not in known:
            raise unknown_package(packages, name)
    measured = units(packages)
    found = Tidied()
    for name in wanted:
        for path in sorted((packages / name).glob("*.csv")):
            if path.name in file_names(name):
                _tidy_file(path, measured, found)
    return found


def _tidy_file(path: Path, measured: Units, found: Tidied) -> None:
    name = f"{path.parent.name}/{path.name}"
    found.seen += 1
    if path.is_symlink():
        found.problems.append(
            Problem(Where(name), "this is a link, not a file.", "Put the file itself here.", kind=Kind.FILE)
        )
        return
    data = path.read_bytes()
    try:
        sheet, repairs = read_text(data, name, path.stem)
    except ReportError as error:
        found.problems += error.problems
        return
    settled = settle(sheet, path.stem, measured)
    found.problems += settled.problems
    if not settled.fits:
        # A cell that finds no column would be lost.
        return
    made = csv_bytes(path.stem, settled.rows)
    if made != data:
        found.files[path] = made
        what = "line ends and quotation marks become those of every package."
        found.repairs += [*repairs, *settled.repairs] or [Repair(Where(name), what)]
