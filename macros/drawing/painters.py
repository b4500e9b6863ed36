"""Processes that make PNG pictures side by side. Run as a program, this is one of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..kept import Kept

_SHARE = 10
"""So many pictures take most of a second, and a process a twentieth of one to begin."""
_MOST = 8
_PROGRAM = Path(__file__).parents[2]


def ahead(kept: Kept, drawings: Iterable[str], scale: int) -> None:
    """Paint the pictures that are not kept, where there are enough of them for several processes.

    A picture that is not there afterwards, because a process could not begin or ended early, is painted when it is
    asked for.
    """
    if not kept.works:
        return
    missing = [drawing for drawing in dict.fromkeys(drawings) if not kept.holds(asked(drawing, scale))]
    processes = min(os.cpu_count() or 1, len(missing) // _SHARE, _MOST)
    if processes < 2:
        return
    started: list[subprocess.Popen[bytes]] = []
    with suppress(OSError):
        started.extend(_started(kept, missing[first::processes], scale) for first in range(processes))
    for process in started:
        process.wait()


def _started(kept: Kept, drawings: list[str], scale: int) -> subprocess.Popen[bytes]:
    """Start a process that paints a share of the pictures, by the same program whatever folder this is."""
    path = os.pathsep.join(filter(None, [str(_PROGRAM), os.environ.get("PYTHONPATH")]))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "macros.drawing.painters"], env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if process.stdin is not None:
        # One that ended early reads nothing.
        with suppress(OSError), process.stdin as asking:
            asking.write(json.dumps([str(kept.folder), scale, drawings]).encode())
    return process


def painted(kept: Kept | None, drawing: str, scale: int) -> bytes:
    """Return the picture of an SVG, so many times as large: the one that is kept, or one painted now."""

    def paint() -> bytes:
        # The library that paints is only loaded where a picture is not kept.
        from .pixels import png  # noqa: PLC0415

        return png(drawing, scale)

    return kept.get(asked(drawing, scale), paint) if kept else paint()


def asked(drawing: str, scale: int) -> str:
    """Return all that a picture follows from, but for the program."""
    return f"png {scale} {drawing}"


def _main() -> None:
    folder, scale, drawings = json.load(sys.stdin)
    for drawing in drawings:
        painted(Kept(Path(folder)), drawing, scale)


if __name__ == "__main__":
    _main()
