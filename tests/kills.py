"""Builds that are cut off at every step: what is published is the old site or the new one, whole.

Run ``python -m tests.kills 1000`` for a thousand kills of the publication itself, and
``python -m tests.kills 50 --project FOLDER`` for kills of whole builds of a project, which take their time.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from macros import building
from macros.errors import ReportError

from .sites import fingerprint

_FILES = 8
_WRITES = frozenset({"open", "os.mkdir", "os.rename", "os.chmod", "os.scandir", "os.listdir", "tempfile.mkdtemp"})
"""What the system may refuse. To remove what is left over may fail, too, but nothing is lost by that."""


def an_edition(site: Path, number: int) -> None:
    """Write a small site that stands for what MkDocs builds."""
    for page in range(_FILES):
        place = site / f"page-{page}"
        place.mkdir()
        (place / "index.html").write_text(f"edition {number}", encoding="utf-8")
    (site / "data").mkdir()
    (site / building.MARK).write_text(json.dumps({"edition": number}), encoding="utf-8")


def _edition_of(site: Path) -> int | None:
    """Return which edition a folder holds whole; None where pages are missing or of different editions."""
    try:
        numbers = {(site / f"page-{page}/index.html").read_text("utf-8") for page in range(_FILES)}
        number = json.loads((site / building.MARK).read_text("utf-8"))["edition"]
    except (OSError, ValueError):
        return None
    return number if numbers == {f"edition {number}"} else None


def _stand_in(number: int, *, exchange: bool) -> None:
    """Let a build of this process publish a small edition: only what is around the pages is tried."""
    stand_ins: dict[str, Callable[..., Any]] = {
        "_check": lambda *_: (None, None),
        "_mkdocs": lambda _, aside, *__: an_edition(aside, number),
        "built_problems": lambda *_: [],
        "doubts": lambda *_: (),
    }
    if not exchange:
        stand_ins["_exchange"] = lambda one, other: False
    for name, stand_in in stand_ins.items():
        setattr(building, name, stand_in)


def _child(run: Callable[[], object]) -> int:
    """Run something in a process group of its own, and return the process."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    code = 0
    try:
        run()
    except ReportError:
        code = 1
    except BaseException:  # noqa: BLE001 - a traceback is the fault this looks for
        code = 2
    os._exit(code)


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _killing(build: Callable[[], object], at: int) -> Callable[[], object]:
    """Return a build that kills its whole group before the n-th line of the program's own publication runs."""
    left = [at]

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in (building.__file__, shutil.__file__):
            return None
        left[0] -= event == "line"
        if left[0] < 0:
            os.killpg(0, signal.SIGKILL)
        return trace

    def run() -> None:
        sys.settrace(trace)
        build()

    return run


def kills(folder: Path, count: int, seed: int = 1) -> int:
    """Kill builds at random moments and lines; return how many of them had put the new site in place.

    Raises:
        AssertionError: something else than a whole site was there afterwards.
    """
    chance, site, renewed = random.Random(seed), folder / "site", 0  # noqa: S311 - the same moments in every run
    site.mkdir()
    an_edition(site, 0)
    there = 0
    for number in range(1, count + 1):
        exchange = number % 4 != 0

        def build(number: int = number, *, exchange: bool = exchange) -> None:
            _stand_in(number, exchange=exchange)
            building.build(folder, site, lambda _: None)

        if number % 2:
            pid = _child(build)
            time.sleep(chance.uniform(0, 0.03))
            os.kill(pid, signal.SIGKILL)
        else:
            pid = _child(_killing(build, chance.randrange(400)))
        _ended(pid)
        found = _edition_of(site)
        if found is None and not exchange and not site.exists():
            # Two renames instead of one exchange: the next build puts the old site back before anything else.
            building._recover(site)
            found = _edition_of(site)
        assert found in (there, number), f"kill {number}: neither edition {there} nor {number} is whole"
        renewed += found == number
        there = found
    _clean(folder, site)
    return renewed


def _clean(folder: Path, site: Path) -> None:
    """Build once more undisturbed: it succeeds, and nothing is left over."""
    _stand_in(-1, exchange=True)
    building.build(folder, site, lambda _: None)
    assert _edition_of(site) == -1
    left = {path.name for path in folder.iterdir()} - {"site", ".site-lock"}
    assert not left, f"left over: {left}"


def torture(folder: Path) -> int:
    """Let the n-th thing asked of the system fail, for every n, once or from then on; return how many were tried."""
    site, tried = folder / "site", 0
    site.mkdir()
    an_edition(site, 0)
    there = 0
    for lasting in (False, True):
        for exchange in (True, False):
            for fail in range(1, 8 * _FILES):
                number = there + 1
                code = _ended(_child(lambda: _refusing(folder, number, fail, lasting=lasting, exchange=exchange)))  # noqa: B023 - it runs at once
                if not site.exists() and lasting and not exchange:
                    building._recover(site)
                found = _edition_of(site)
                assert code in (0, 1), f"{fail}: the build ended with {code}"
                assert found == (there if code else number), f"{fail}: ended with {code}, and {found} is there"
                there, tried = found, tried + 1
    _clean(folder, site)
    return tried


def _refusing(folder: Path, number: int, fail: int, *, lasting: bool, exchange: bool) -> None:
    """Build while the system refuses the n-th thing it is asked for: the disk is full."""
    asked = [0]

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event in _WRITES:
            asked[0] += 1
            if asked[0] == fail or (lasting and asked[0] > fail):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    _stand_in(number, exchange=exchange)
    sys.addaudithook(refuse)
    building.build(folder, folder / "site", lambda _: None)


def whole_builds(project: Path, count: int, seed: int = 1) -> int:
    """Kill whole builds of a project at random moments; return how many had put the new site in place."""
    chance, site, renewed = random.Random(seed), project / "site", 0  # noqa: S311 - the same moments in every run
    command = [sys.executable, "-m", "macros", "--project", str(project), "build"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    kept = project.with_name(f"{project.name}-kept")
    shutil.copytree(site, kept)
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("site_name: ", "site_name: New ", 1), encoding="utf-8")
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    longest = time.monotonic() - start
    old, new = fingerprint(kept), fingerprint(site)
    assert old != new
    for number in range(1, count + 1):
        shutil.rmtree(site)
        shutil.copytree(kept, site)
        # Half of them towards the end, where the swap is.
        first = 0.9 * longest if number % 2 else 0
        run = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(first, 1.05 * longest))
        os.killpg(run.pid, signal.SIGKILL) if run.poll() is None else None
        run.wait()
        found = fingerprint(site)
        assert found in (old, new), f"kill {number}: what is there is neither the old site nor the new one"
        renewed += found == new
    shutil.rmtree(kept)
    return renewed


def main() -> NoReturn:
    """Say how many builds were cut off, and how they ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("count", type=int, help="how many builds to kill")
    parser.add_argument("--project", type=Path, help="kill whole builds of this project, which is changed by it")
    options = parser.parse_args()
    if options.project:
        renewed = whole_builds(options.project, options.count)
        print(f"{options.count} whole builds killed: every site whole, {renewed} of them the new one.")
        sys.exit(0)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        renewed = kills(Path(one), options.count)
        print(f"{options.count} builds killed: every site whole, {renewed} of them the new one.")
        print(f"{torture(Path(other))} builds refused by the system: every site whole.")
    sys.exit(0)


if __name__ == "__main__":
    main()
