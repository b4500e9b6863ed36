"""Build aside, check, swap: the published folder is the old site or the new one, whole, whatever happens."""

from __future__ import annotations

import ctypes
import glob
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .checking.joined import joined_problems
from .checking.site import built_problems
from .checking.sound import kept_by_readers
from .errors import Kind, Problem, ReportError, Where, in_order
from .joining.sites import read_sites
from .meaning.doubts import doubts
from .reading.embargo import embargoes
from .reading.reports import Reports
from .reading.settings import Settings, read_settings
from .site import (
    CACHE,
    HANDED,
    PACKAGES,
    PREVIEW,
    Known,
    Preview,
    build_day,
    build_moment,
    configuration,
    joined,
    opened,
    sources,
)

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux: two names change places in one step."""
_AT_FDCWD = -100
MARK = "data/index.json"
"""What every site of this program holds."""
Say = Callable[[str], None]
Look = Callable[[Path], list[Problem]]
"""Reads a built site and returns what is wrong with it."""
_KEPT = re.compile(
    r"PATH|HOME|LANG|LANGUAGE|LC_\w+|TZ|TMP|TEMP|TMPDIR|PYTHON\w*|VIRTUAL_ENV|SOURCE_DATE_EPOCH|LD_LIBRARY_PATH"
    r"|DYLD_\w+|FONTCONFIG_\w+|XDG_\w+|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE",
    re.IGNORECASE,
)
"""What MkDocs learns of the environment. A pipeline keeps secrets there, and what it never saw it cannot publish."""
_TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t].*\n|\n)*")
_SYSTEM = re.compile(r"^\w*Error: \[Errno (\d+)\]", re.MULTILINE)
"""What the system refused MkDocs, as Python writes it."""


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
    with _told(output):
        _refuse(output, preview)
    with _alone(output):
        with _told(output):
            _recover(output)
        with _timed(say, "Checking the settings, packages and pages"):
            known = _check(project, say, preview)
        with _told(output):
            kept, site = kept_by_readers(project / CACHE / "checks"), f"{preview.value or 'public'} site"
            _publish(project, output, say, preview, known, lambda aside: built_problems(aside, kept, site))
    return in_order(doubts(known[1], build_day()))


def join(project: Path, folders: Sequence[Path], output: Path, say: Say) -> None:
    """Build one site of many councils from the indexes of their built sites. No package is read.

    Args:
        project: the folder with the ``mkdocs.yml`` of the joined site.
        folders: the folders of the councils' sites.
        output: the folder the site is published in; it is replaced whole, or left untouched.
        say: tells the person what is being done and how long it took.

    Raises:
        ReportError: a site, a setting, a page or the built site has problems; nothing was published.
    """
    output = output.resolve()
    with _told(output):
        _refuse(output, Preview.NONE)
    _refuse_a_source(output, folders)
    with _alone(output):
        with _told(output):
            _recover(output)
        with _timed(say, "Reading the sites"):
            config, today = configuration(project), build_day()
            known = read_sites(folders, read_settings(config, today), str(config.get("site_url") or ""))
            joined(project, config, today, known)
        with _told(output):
            _publish(project, output, say, Preview.NONE, known, lambda aside: joined_problems(aside, folders))


def _refuse_a_source(output: Path, folders: Sequence[Path]) -> None:
    """Never put the joined site in the place of one that it is made from."""
    for folder in (folder.resolve() for folder in folders):
        if output.is_relative_to(folder) or folder.is_relative_to(output):
            what = f"the site in {folder.name} is one of those that are joined."
            fix = "Name another folder with --output."
            raise ReportError([Problem(Where(output.name), what, fix, kind=Kind.COMMAND)])


def _publish(project: Path, output: Path, say: Say, preview: Preview, known: Known, look: Look) -> None:
    """Build aside, read what was built, and swap. Whatever fails, what was published stays."""
    aside = Path(tempfile.mkdtemp(prefix=f".{output.name}-new-", dir=output.parent))
    try:
        with _timed(say, "Building the pages"):
            _mkdocs(project, aside, preview, known)
        with _timed(say, "Reading the built site"):
            problems = look(aside)
        if problems:
            raise ReportError(problems)
        _let_all_read(aside)
        # Again: while the pages were built, somebody may have put something else there.
        _refuse(output, preview)
        _swap(aside, output)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told(output: Path) -> Iterator[None]:
    """Tell what the system refuses, such as to write to a full disk, as what it is: no fault of the program."""
    try:
        yield
    except OSError as error:
        what = f"the site cannot be written ({error.strerror or error}). Nothing was published."
        fix = "Make room and see that this program may write there, or name another folder with --output."
        raise ReportError([Problem(Where(output.name), what, fix, kind=Kind.COMMAND)]) from None


def _let_all_read(site: Path) -> None:
    """Give every file the rights that a web server needs, whatever the rights of new files are on this machine."""
    for path in [site, *site.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _refuse(output: Path, preview: Preview) -> None:
    _refuse_what_is_no_site(output)
    if preview:
        _refuse_a_site(output)


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
    if mark.is_file() and not _says_preview(mark):
        what = "the folder holds a site, and a preview never takes the place of one."
        raise ReportError([Problem(Where(output.name), what, "Name another folder with --output.", kind=Kind.COMMAND)])


def _says_preview(mark: Path) -> bool:
    """Whether a site says that it is a preview; one that cannot be read does not."""
    try:
        index = json.loads(mark.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(index, dict) and bool(index.get("preview"))


def _check(project: Path, say: Say, preview: Preview) -> tuple[Settings, Reports]:
    """Check everything, tell which years are left out, and return the settings and all packages."""
    config, today = configuration(project), build_day()
    known = sources(project, config, today)
    shown = opened(project, config, today, preview=preview, known=known).reports
    for year, until in embargoes(known[1].folders, build_moment()).items():
        how = "shown in this preview" if preview is Preview.PRIVATE else "left out"
        say(f"{year} is under embargo until {until}: it is {how}.")
    if known[1].years and not shown.years:
        fix = "Wait until the first embargo has ended, or build a preview with --preview."
        raise ReportError([Problem(Where(PACKAGES), "every year is under embargo.", fix, kind=Kind.COMMAND)])
    return known


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    say(f"{what} ...")
    start = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - start:.1f} s")


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Hold a lock that dies with this process, so that two builds never meet."""
    path = output.parent / f".{output.name}-lock"
    with _told(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        # A merge request could bring a link of this name along, and what it leads to would be emptied.
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        held = os.fdopen(os.open(path, flags, 0o666), "w", encoding="utf-8")
    with held as file:
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
    for left in [old, *output.parent.glob(f".{glob.escape(output.name)}-new-*")]:
        shutil.rmtree(left, ignore_errors=True)


def _mkdocs(project: Path, aside: Path, preview: Preview, known: Known) -> None:
    """Run MkDocs strictly in a process of its own: a warning or a page that fails stops it."""
    # Quiet mode would also silence failures: it exits with 0 although pages failed.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(aside)]
    # Material prints a notice about its own future at every build; our way out of it is in the decision records.
    environment = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)}
    environment |= {"NO_MKDOCS_2_WARNING": "1", PREVIEW: preview.value, HANDED: "1"}
    # Through a pipe, as a file could be left behind, and it holds what is under embargo.
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, cwd=project, env=environment, input=pickle.dumps(known), capture_output=True, check=False
    )
    output, errors = (said.decode("utf-8", "replace") for said in (done.stdout, done.stderr))
    lines = errors.splitlines()
    warned = [number for number, line in enumerate(lines) if line.startswith(("WARNING", "ERROR"))]
    if done.returncode or warned:
        if refused := _SYSTEM.findall(errors):
            raise OSError(int(refused[-1]), os.strerror(int(refused[-1])))
        said = "\n".join(lines[warned[0] :] if warned else lines)
        if done.returncode < 0:
            # What a library writes when it is stopped is of no use to anyone who is not its author.
            said = f"The system stopped it with signal {-done.returncode}. It may have needed more memory."
        what = f"MkDocs could not build the pages:\n{_TRACEBACK.sub('', said)}\n{output.strip()}".rstrip()
        raise ReportError([Problem(Where("mkdocs.yml"), what, "", kind=Kind.PAGE)])


def _swap(aside: Path, output: Path) -> None:
    """Put the new site in the old one's place, in one step where the system can."""
    if not output.exists():
        aside.rename(output)
    elif not _exchange(aside, output):
        old = output.parent / f".{output.name}-old"
        output.rename(old)
        try:
            aside.rename(output)
        except OSError:
            old.rename(output)
            raise
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
