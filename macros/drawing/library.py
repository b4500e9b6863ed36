"""The library that draws, with its own font alone."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from types import ModuleType

import vl_convert

FONT = "Liberation Sans"
"""The font that the library brings."""
_FONTS = "FONTCONFIG_FILE"


@cache
def library() -> ModuleType:
    """Return the library that draws, which sees none of the fonts of the machine: every machine draws the same bytes.

    It looks for fonts once, before its first picture. A font of the machine that has the name of its own would take the
    place of it. Only on Linux can it be told where to look.
    """
    before = os.environ.get(_FONTS)
    os.environ[_FONTS] = str(Path(__file__).parent / "fonts.conf")
    vl_convert.svg_to_pdf('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    if before is None:
        del os.environ[_FONTS]
    else:
        os.environ[_FONTS] = before
    made: ModuleType = vl_convert
    return made
