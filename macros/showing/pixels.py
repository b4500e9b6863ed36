"""SVG to PNG, in a font that every machine has."""

from __future__ import annotations

import os
import zlib
from functools import cache
from pathlib import Path
from types import ModuleType

import vl_convert

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FONTS = "FONTCONFIG_FILE"


@cache
def painter() -> ModuleType:
    """Return the library that draws, which sees none of the fonts of the machine: every machine draws the same bytes.

    It looks for fonts once, before its first picture. A font of the machine that has the name of its own, Liberation
    Sans, would take the place of it. Only on Linux can it be told where to look.
    """
    before = os.environ.get(_FONTS)
    os.environ[_FONTS] = str(Path(__file__).parent / "templates/fonts.conf")
    vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    if before is None:
        del os.environ[_FONTS]
    else:
        os.environ[_FONTS] = before
    library: ModuleType = vl_convert
    return library


def png(drawing: str, scale: int) -> bytes:
    """Return a picture of an SVG, so many times as large. Only text in Liberation Sans is the same everywhere."""
    data: bytes = painter().svg_to_png(drawing, scale=scale)
    return _packed(data)


def _packed(data: bytes) -> bytes:
    """Return a PNG a quarter as large: the library packs its pixels for speed, and readers fetch them over a phone."""
    chunks, place = [], len(_SIGNATURE)
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + size]))
        place += size + 12
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")))
    others = [(kind, body) for kind, body in chunks if kind not in (b"IDAT", b"IEND")]
    return _SIGNATURE + b"".join(_chunk(*one) for one in (*others, (b"IDAT", pixels), (b"IEND", b"")))


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Write a part of a PNG: how long it is, what it is, and a sum by which a reader checks it."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
