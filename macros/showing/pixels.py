"""SVG to PNG, in a font that every machine has.

vl-convert sets the texts and makes a PDF with the font in it; PDFium, which keeps the shape of a letter it has drawn
once, makes pixels of it. Why not in one step: ``docs/decisions/0026-drawings.md``.
"""

from __future__ import annotations

import os
import re
import zlib
from contextlib import closing
from functools import cache
from pathlib import Path
from types import ModuleType

import vl_convert
from pypdfium2 import PdfDocument

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = bytes([8, 2, 0, 0, 0])
"""Eight bits for each of red, green and blue, packed, filtered and in order as in every PNG."""
_COLOUR = re.compile("#([0-9a-f]{6})")
_AS_IS = b"\0"
"""Says of a line of pixels that it is not written as what changes from pixel to pixel, which takes more room here."""
_FONTS = "FONTCONFIG_FILE"


@cache
def painter() -> ModuleType:
    """Return the library that draws, which sees none of the fonts of the machine: every machine draws the same bytes.

    It looks for fonts once, before its first picture. A font of the machine that has the name of its own, Liberation
    Sans, would take the place of it. Only on Linux can it be told where to look.
    """
    before = os.environ.get(_FONTS)
    os.environ[_FONTS] = str(Path(__file__).parent / "templates/fonts.conf")
    vl_convert.svg_to_pdf('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    if before is None:
        del os.environ[_FONTS]
    else:
        os.environ[_FONTS] = before
    library: ModuleType = vl_convert
    return library


def png(drawing: str, scale: int) -> bytes:
    """Return an SVG on white, so many times as large. Only text in Liberation Sans is the same everywhere."""
    with closing(PdfDocument(painter().svg_to_pdf(drawing))) as document:
        pixels = document[0].render(scale=scale, rev_byteorder=True)
        held = memoryview(pixels.buffer).cast("B")
        starts = range(0, pixels.height * pixels.stride, pixels.stride)
        lines = b"".join(_AS_IS + held[start : start + 3 * pixels.width] for start in starts)
    size = pixels.width.to_bytes(4) + pixels.height.to_bytes(4)
    packed = zlib.compress(lines.translate(_fewer(drawing)), 4)
    return _SIGNATURE + _chunk(b"IHDR", size + _COLOURS) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _fewer(drawing: str) -> bytes:
    """Return what each brightness becomes: one of few, of which those of the drawing's own colours stay as they are.

    The smooth edges of letters then have 16 steps and not 256, which nobody sees, and files are a third smaller.
    """
    own = {level for colour in _COLOUR.findall(drawing) for level in bytes.fromhex(colour)}
    few = sorted({*range(0, 256, 17), *own})
    return bytes(min(few, key=lambda one: abs(one - level)) for level in range(256))


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Write a part of a PNG: how long it is, what it is, and a sum by which a reader checks it."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
