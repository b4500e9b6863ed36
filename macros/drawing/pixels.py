"""SVG to PNG, in a font that every machine has. Why not by one library: ``docs/decisions/0026-drawings.md``."""

from __future__ import annotations

import re
import struct
import zlib

import numpy as np

from .pdfium import Array, pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BY_PALETTE = 3
"""Each pixel is the number of a colour in a list."""
_STEPS, _MOST = 16, 256
_WHITE, _PAPER = 0xFFFFFFFF, 0xFFF
"""White as PDFium paints it, and its step."""
_COLOUR = re.compile("#([0-9a-f]{6})")


def png(drawing: str, scale: int) -> bytes:
    """Return an SVG on white, so many times as large. Only text in Liberation Sans is the same everywhere."""
    colours = pixels(drawing, scale)
    # Nine pixels of ten are paper.
    marked = colours != _WHITE
    steps = _steps(colours[marked])
    count = np.bincount(steps, minlength=_STEPS**3)
    count[_PAPER] += marked.size - len(steps)
    palette, numbers = _palette(drawing, count)
    # Each line begins with how it is written: as it is. What changes from pixel to pixel would take more room here.
    height, width = colours.shape
    lines = np.zeros((height, width + 1), np.uint8)
    lines[:, 1:] = numbers[_PAPER]
    lines[:, 1:][marked] = numbers[steps]
    head = struct.pack(">IIBBBBB", width, height, 8, _BY_PALETTE, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(lines.tobytes(), 4)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in parts)


def _steps(colours: Array) -> Array:
    """Return colours of eight bits each of red, green and blue as the nearest of 16 steps, of four bits each.

    The smooth edges of letters then have 16 steps and not 256, which nobody sees, and few colours are left.
    """
    # All three at once: a step is 17 levels, which a sixteenth less makes 16, and 8 more leads to the nearest.
    nearest = colours >> 4
    nearest &= 0x0F0F0F
    np.subtract(colours + np.uint32(0x080808), nearest, out=nearest)
    steps = nearest >> 12
    steps &= 0xF00
    for shift, four_bits in ((8, 0xF0), (4, 0xF)):
        part = nearest >> shift
        part &= four_bits
        steps |= part
    return steps


def _palette(drawing: str, count: Array) -> tuple[bytes, Array]:
    """Return the colours there are, as PNG writes them, and for each step the number of its colour.

    The drawing's own colours stay as they are. Of more than 256 the most common stay, and another is drawn as the
    nearest of them.

    Args:
        drawing: the SVG, in which its own colours are named.
        count: how many pixels have each step.
    """
    found = np.flatnonzero(count)
    kept = np.sort(found[np.argsort(-count[found], kind="stable")[:_MOST]])
    steps, there = (np.stack((of >> 8, of >> 4 & 0xF, of & 0xF), axis=1) for of in (found, kept))
    numbers = np.zeros(len(count), np.uint8)
    numbers[found] = ((steps[:, None] - there[None]) ** 2).sum(axis=2).argmin(axis=1)
    named = _COLOUR.findall(drawing)
    own = dict(zip(_steps(np.array([int(one, 16) for one in named], np.uint32)).tolist(), named, strict=True))
    palette = [
        bytes.fromhex(own[one]) if one in own else bytes(17 * step for step in of)
        for one, of in zip(kept.tolist(), there.tolist(), strict=True)
    ]
    return b"".join(palette), numbers


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Write a part of a PNG: how long it is, what it is, and a sum by which a reader checks it."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
