"""SVG to pixels with PDFium, which keeps the shape of a letter that it has painted once."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from markupsafe import escape
from pypdfium2 import PdfDocument, PdfPage

from .library import FONT, library
from .marks import BeyondError, Ink, Point, Shape, Words, marks

Array = np.ndarray[Any, np.dtype[Any]]
_RANGES = ((0x21, 0x7E), (0x20, 0x20), (0xA1, 0xAC), (0xAE, 0x17F), (0x1E80, 0x1E85), (0x1EF2, 0x1EF3))
_LETTERS = "".join(chr(code) for first, last in _RANGES for code in range(first, last + 1)) + "–—‘’“”…−≤≥≠€"
"""The letters of Western and Central Europe, each of which looks alike beside all others."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of the font, in a document to which pages can be added."""

    document: PdfDocument
    page: PdfPage
    """The page the letters stand on, which must stay open as long as they are used."""
    known: frozenset[str]
    fonts: Mapping[bool, Any]
    """Of strong letters, and of others."""


def pixels(drawing: str, scale: int) -> Array:
    """Return the pixels of an SVG on white, so many times as large, each as 0xFFRRGGBB."""
    with _page(drawing) as page:
        image = page.render(scale=scale, prefer_bgrx=True)
        return np.frombuffer(image.buffer, np.uint32).reshape(image.height, -1)[:, : image.width]


@contextmanager
def _page(drawing: str) -> Iterator[PdfPage]:
    """Set a drawing on a page."""
    letters = _letters()
    try:
        (width, height), found = marks(drawing)
        if not all(letters.known.issuperset(mark.text) for mark in found if isinstance(mark, Words)):
            raise BeyondError(drawing)  # noqa: TRY301
    except BeyondError:
        # The library sets letters that join or that run to the left, and reads all of SVG; it takes twice as long.
        with closing(PdfDocument(library().svg_to_pdf(drawing))) as document:
            yield document[0]
        return
    with closing(letters.document.new_page(width, height)) as page:
        for mark in found:
            for made in _shape(mark, height) if isinstance(mark, Shape) else _words(mark, height):
                pdfium.FPDFPage_InsertObject(page, made)
        yield page
    letters.document.del_page(1)


@cache
def _letters() -> _Letters:
    """Return the letters of the font that the library that draws brings: it sets them in a document."""
    # The first of a text is no space, which would be left out.
    lines = f'<text y="20">{escape(_LETTERS)}</text><text y="40" font-weight="bold">{escape(_LETTERS)}</text>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="40" font-family="{FONT}">'
    document = PdfDocument(library().svg_to_pdf(f"{head}{lines}</svg>"))
    page = document[0]
    with closing(page.get_textpage()) as text:
        known = frozenset(text.get_text_range()) & frozenset(_LETTERS)
    fonts = {}
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(one)
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
        fonts[b"Bold" in name.value] = font
    return _Letters(document, page, known, fonts)


def _shape(shape: Shape, height: float) -> Iterator[Any]:
    """Yield a shape as PDFium has it. A page counts from its foot upwards."""
    made = pdfium.FPDFPageObj_CreateNewPath(*_up(shape.start, height))
    for step in shape.steps:
        to = [value for point in step for value in _up(point, height)]
        if not to:
            pdfium.FPDFPath_Close(made)
        elif len(step) == 1:
            pdfium.FPDFPath_LineTo(made, *to)
        else:
            pdfium.FPDFPath_BezierTo(made, *to)
    _paint(made, shape.ink)
    filled = pdfium.FPDF_FILLMODE_WINDING if shape.ink.fill else pdfium.FPDF_FILLMODE_NONE
    pdfium.FPDFPath_SetDrawMode(made, filled, shape.ink.line is not None)
    yield made


def _words(words: Words, height: float) -> Iterator[Any]:
    """Yield a text as PDFium has it: once for its line, if it has one, and once for itself."""
    letters = _letters()
    wide = sum(_width(letter, strong=words.strong) for letter in words.text) * words.size
    x, y = _up(words.place, height)
    written = f"{words.text}\0".encode("utf-16-le")
    units = (ctypes.c_ushort * (len(written) // 2)).from_buffer_copy(written)
    line, itself = pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL
    for mode in (line, itself) if words.ink.line else (itself,):
        made = pdfium.FPDFPageObj_CreateTextObj(letters.document, letters.fonts[words.strong], words.size)
        pdfium.FPDFText_SetText(made, units)
        pdfium.FPDFTextObj_SetTextRenderMode(made, mode)
        pdfium.FPDFPageObj_Transform(made, 1, 0, 0, 1, x - words.share * wide, y)
        _paint(made, words.ink)
        yield made


@cache
def _width(letter: str, *, strong: bool) -> float:
    """Return how wide a letter is at size 1."""
    found = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(_letters().fonts[strong], ord(letter), 1, found)
    return found.value


def _paint(made: Any, ink: Ink) -> None:
    if ink.fill:
        pdfium.FPDFPageObj_SetFillColor(made, *ink.fill, round(255 * ink.covers))
    if ink.line:
        pdfium.FPDFPageObj_SetStrokeColor(made, *ink.line, round(255 * ink.line_covers))
        pdfium.FPDFPageObj_SetStrokeWidth(made, ink.width)
    if ink.dashes:
        pdfium.FPDFPageObj_SetDashArray(made, (ctypes.c_float * len(ink.dashes))(*ink.dashes), len(ink.dashes), 0)


def _up(point: Point, height: float) -> Sequence[float]:
    return point[0], height - point[1]
