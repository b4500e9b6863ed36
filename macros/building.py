"""Build aside, check, swap: the published folder is the old site or the new one, whole, whatever happens."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .checking.agreement import agreement_problems
from .checking.built import site_problems
from .errors import Kind, Problem, ReportError, Where, in_order
from .meaning.doubts import doubts
from .reading.embargo import embargoes
from .reading.reports import Reports
from .site import PACKAGES, PREVIEW, Preview, build_day, build_moment, configuration, opened, sources

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux: two names change places in one step."""
_AT_FDCWD = -100
MARK = "data/index.json"
"""What every site of this program holds."""
Say = Callable[[str], None]


def build(project: Path, output: Path, say: Say, preview: Preview = Preview.NONE) -> tuple[Problem, ...]:
    """Build the site of a project.

    Args:
        project: the folder with ``mkdocs.yml``.
        output: the folder the site is published in; it is replaced whole, or left untouched.
        say: tells the person what is being done and how long it took.
        preview: for whom the site is built. A preview never takes the place of a site.

    Returns:
        What does not stop a build and asks for a second look.

    Raises:
        ReportError: the packages, the pages or the built site have problems; nothing was published.
    """
    output = output.resolve()
    _refuse_what_is_no_site(output)
    if preview:
        _refuse_a_site(output)
    with _alone(output):
        _recover(output)
        with _timed(say, "Checking the settings, packages and pages"):
            reports = _check(project, say, preview)
        aside = Path(tempfile.mkdtemp(prefix=f".{output.name}-new-", dir=output.parent))
        try:
            with _timed(say, "Building the pages"):
                _mkdocs(project, aside, preview)
            with _timed(say, "Reading the built site"):
                problems = [*site_problems(aside), *agreement_problems(aside)]
            if problems:
                raise ReportError(problems)
            aside.chmod(0o755)
            _swap(aside, output)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return in_order(doubts(reports, build_day()))


def _refuse_what_is_no_site(output: Path) -> None:
    """Never put a site in the place of anything but a site."""
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        what = "the folder holds something that is not a site of this program."
        raise ReportError(
            [Problem(Where(output.name), what, "Name a folder that is empty or does not exist yet.", kind=Kind.COMMAND)]
        )
    if output.exists() and not output.is_dir():
        raise ReportError(
            [Problem(Where(output.name), "this is a file.", "Name a folder for the site.", kind=Kind.COMMAND)]
        )


def _refuse_a_site(output: Path) -> None:
    """Never put a preview in the place of a site that may be published."""
    mark = output / MARK
    if mark.is_file() and not json.loads(mark.read_text("utf-8")).get("preview"):
        what = "the folder holds a site, and a preview never takes the place of one."
        raise ReportError([Problem(Where(output.name), what, "Name another folder with --output.", kind=Kind.COMMAND)])


def _check(project: Path, say: Say, preview: Preview) -> Reports:
    """Check everything, tell which years are left out, and return all that was read."""
    config, today = configuration(project), build_day()
    known = sources(project, config, today)
    shown = opened(project, config, today, preview=preview, known=known).reports
    for year, until in embargoes(known[1].folders, build_moment()).items():
        how = "shown in this preview" if preview is Preview.PRIVATE else "left out"
        say(f"{year} is under embargo until {until}: it is {how}.")
    if known[1].years and not shown.years:
        fix = "Wait until the first embargo has ended, or build a preview with --preview."
        raise ReportError([Problem(Where(PACKAGES), "every year is under embargo.", fix, kind=Kind.COMMAND)])
    return known[1]


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    say(f"{what} ...")
    start = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - start:.1f} s")


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Hold a lock that dies with this process, so that two builds never meet."""
    output.parent.mkdir(parents=True, exist_ok=True)
    path = output.parent / f".{output.name}-lock"
    with path.open("w", encoding="utf-8") as file:
        try:
            _lock(file.fileno())
        except OSError:
            fix = "Wait until it is done, then build again."
            raise ReportError(
                [Problem(Where(output.name), "another build is running.", fix, kind=Kind.COMMAND)]
            ) from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there on Windows

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not there on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _recover(output: Path) -> None:
    """Clear what a build that was cut off left behind. This process holds the lock, so nobody works there."""
    old = output.parent / f".{output.name}-old"
    if old.exists() and not output.exists():
        old.rename(output)
    for left in [old, *output.parent.glob(f".{output.name}-new-*")]:
        shutil.rmtree(left, ignore_errors=True)


def _mkdocs(project: Path, aside: Path, preview: Preview) -> None:
    """Run MkDocs strictly in a process of its own: a warning or a page that fails stops it."""
    # Quiet mode would also silence failures: it exits with 0 although pages failed.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(aside)]
    # Material prints a notice about its own future at every build; our way out of it is in the decision records.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", PREVIEW: preview.value}
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    lines = done.stderr.splitlines()
    warned = [number for number, line in enumerate(lines) if line.startswith(("WARNING", "ERROR"))]
    if done.returncode or warned:
        said = "\n".join(lines[warned[0] :] if warned else lines)
        what = f"MkDocs could not build the pages:\n{said}\n{done.stdout.strip()}".rstrip()
        raise ReportError([Problem(Where("mkdocs.yml"), what, "", kind=Kind.PAGE)])


def _swap(aside: Path, output: Path) -> None:
    """Put the new site in the old one's place, in one step where the system can."""
    if not output.exists():
        aside.rename(output)
    elif not _exchange(aside, output):
        old = output.parent / f".{output.name}-old"
        output.rename(old)
        aside.rename(output)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; say whether the system could."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
