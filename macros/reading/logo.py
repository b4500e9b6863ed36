"""A council's logo: a picture below ``docs`` that stands beside the name of the site."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import Kind, Problem, Where

HEIGHT = 40
"""How tall a logo is shown, in pixels."""
MAX_BYTES = 50_000
"""Every page shows it, so it must be light."""
MAX_SIDE = 2_000
"""A picture of a few bytes can have a thousand million pixels, which a phone then has to hold."""
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: its address below the site's home, and how wide it is at the height it is shown in."""

    path: str
    width: int


def read_logo(docs: Path, path: str, problems: list[Problem]) -> Logo | None:
    """Read the logo that the settings name.

    Args:
        docs: the folder of the pages.
        path: the file below it; empty where the council names none.
        problems: where what is wrong with it is noted.
    """
    if not path:
        return None
    found = list(_problems(docs, path))
    problems += found
    if found:
        return None
    width, height = _size((docs / path).read_bytes())
    return Logo(path, max(1, round(HEIGHT * width / max(1, height))))


def _size(data: bytes) -> tuple[int, int]:
    """Return how many pixels wide and tall a PNG is."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _problems(docs: Path, path: str) -> Iterator[Problem]:
    file = docs / path
    inside = not Path(path).is_absolute() and ".." not in Path(path).parts
    if not inside or file.is_symlink() or not file.is_file():
        what = f'extra.answerable.logo is "{path}", and there is no such file below docs.'
        fix = "Put it there, such as docs/assets/logo.png, and write: logo: assets/logo.png"
    elif file.stat().st_size > MAX_BYTES:
        what = f"the logo has {file.stat().st_size:,} bytes; the most is {MAX_BYTES:,}."
        fix = f"Save it smaller: it is shown {HEIGHT} pixels tall, so twice that is enough."
    elif not file.read_bytes().startswith(_PNG) or file.stat().st_size < 24:
        what, fix = "the logo is no PNG picture.", "Save it as PNG: other kinds may hold more than a picture."
    elif max(_size(file.read_bytes())) > MAX_SIDE:
        what = f"the logo is more than {MAX_SIDE:,} pixels wide or tall."
        fix = f"Save it smaller: it is shown {HEIGHT} pixels tall, so twice that is enough."
    else:
        return
    yield Problem(Where("mkdocs.yml"), what, fix, kind=Kind.SETTINGS)
