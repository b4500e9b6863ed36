"""Pictures to drawings: SVG for a page, the same for a file, and a PNG of it. What is painted once is kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from importlib.metadata import version
from pathlib import Path

from ..kept import Kept, program
from . import painters
from .pictures import LINE, PAPER, RESULT, TARGET, TEXT, Picture

_LIGHT = {
    TEXT: "#1b1b1b",
    LINE: "#70757c",
    RESULT: "#12436d",
    TARGET: "#9a3d00",
    PAPER: "#ffffff",
    "var(--chart-1)": "#12436d",
    "var(--chart-2)": "#b3500a",
    "var(--chart-3)": "#1d7068",
    "var(--chart-4)": "#801650",
}
"""What a file that is taken away is coloured with: the light scheme of the page."""
_KEPT: ContextVar[Kept | None] = ContextVar("kept drawings", default=None)
"""Where the drawings of earlier builds are kept; nowhere until a build says so."""
_DRAWN: dict[Picture, str] = {}
"""What this process has drawn."""


def keep(folder: Path) -> None:
    """Keep drawings in a folder from now on, so that a later build need not paint them again."""
    files = sorted(filter(Path.is_file, Path(__file__).parent.iterdir()))
    made = [f"{name} {version(name)}" for name in ("altair", "vl-convert-python", "pypdfium2")]
    _KEPT.set(Kept.of(folder, program(files, *made, f"zlib {zlib.ZLIB_VERSION}")))


def drawn(picture: Picture) -> str:
    """Draw a picture as SVG. The same picture on another page is not drawn again."""
    return drawings([picture])[0]


def drawings(pictures: Iterable[Picture]) -> list[str]:
    """Draw pictures as SVG, in their order. Many at once take half as long as one by one."""
    wanted = list(pictures)
    kept = _KEPT.get()
    missing = [picture for picture in dict.fromkeys(wanted) if picture not in _DRAWN]
    if kept:
        _DRAWN.update({one: found.decode() for one in missing if (found := kept.found(_asked(one))) is not None})
        missing = [picture for picture in missing if picture not in _DRAWN]
    if missing:
        # The library that paints is only loaded where a drawing is not kept.
        from .painting import svgs  # noqa: PLC0415

        for picture, svg in zip(missing, svgs(missing, kept), strict=True):
            _DRAWN[picture] = svg
            if kept:
                kept.put(_asked(picture), svg.encode())
    return [_DRAWN[picture] for picture in wanted]


def _asked(picture: Picture) -> str:
    """Return all that a drawing follows from, but for the program."""
    return f"svg {picture!r}"


def png(svg: str, scale: int = 2) -> bytes:
    """Return a picture of an SVG, so many times as large."""
    return painters.painted(_KEPT.get(), svg, scale)


def pngs(svgs: Sequence[str], scale: int = 2) -> list[bytes]:
    """Return pictures of SVGs, in their order. Where many are not kept, several processes paint them."""
    if kept := _KEPT.get():
        painters.ahead(kept, svgs, scale)
    return [png(svg, scale) for svg in svgs]


def in_light(svg: str) -> str:
    """Return a drawing with the colours of the light scheme in it, for a file that has no page around it."""
    for name, colour in _LIGHT.items():
        svg = svg.replace(name, colour)
    return svg
