"""A council's colour: whether it can be read, and what becomes of it in the dark.

Contrast is that of WCAG 2 (success criterion 1.4.3): text needs at least 4.5:1.
"""

from __future__ import annotations

import re

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEAST = 4.5
SOFT, DARK_SOFT = "#f3f4f6", "#23262c"
"""The grounds of the two schemes on which the colour is hardest to read; a test compares them with the stylesheet."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as ``#12436d``, from 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[int]:
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def readable(colour: str, ground: str, towards: str) -> str:
    """Return the colour nearest to one, on the way to black or white, that can be read on a ground."""
    for step in range(101):
        found = mixed(colour, towards, step / 100)
        if contrast(found, ground) >= LEAST:
            return found
    return towards


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it, from 0 to 1."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def stylesheet(colour: str) -> str:
    """Return the rules that give both schemes a council's colour: of links and of what stands at the head."""
    dark, head = readable(colour, DARK_SOFT, "#ffffff"), mixed(colour, "#000000", 0.25)
    return (
        f":root {{ --answerable-brand: {colour}; --answerable-head: {colour}; }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  :root {{ --answerable-brand: {dark}; --answerable-head: {head}; }}\n}}\n"
    )
