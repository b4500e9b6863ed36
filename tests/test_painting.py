"""What is painted is the same on every machine, whatever fonts it has."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from pypdfium2 import PdfDocument

from macros.drawing.drawings import in_light
from macros.drawing.kinds import described
from macros.drawing.library import library
from macros.drawing.marks import BeyondError, Shape, Words, marks
from macros.drawing.painting import svgs
from macros.drawing.pdfium import pixels
from macros.drawing.pictures import TARGET, Bar, Bars, Label, Mark, Timeline
from macros.drawing.pixels import png
from macros.drawing.plotting import width
from macros.publishing import social
from macros.showing.rendering import sheet
from macros.showing.views import Line

from .sites import PROJECT

_PAINT = """
import os
import re
from hashlib import sha256
from macros.drawing.pixels import png
from macros.drawing.plotting import width
from tests.test_painting import PICTURE, a_text, svgs
print(os.environ.get("FONTCONFIG_FILE"))
print([sha256(one).hexdigest() for one in (svgs([PICTURE])[0].encode(), png(a_text("Tŷ Ŵyn: ≥ 95%"), 2))])
"""


def _timeline(*steps: str) -> Timeline:
    """Return two results from the lowest to the highest value of a scale, with its steps as they are written."""
    high = float(len(steps) - 1)
    return Timeline(
        axis=("2021/22", "Apr 2022|to Sep|2022"),
        scale=tuple((float(place), text) for place, text in enumerate(steps)),
        marks=(Mark(0.5, 0, 0, "1", hollow=False), Mark(1.5, high, 1, "1", hollow=True)),
        targets=((0.5, 1.0),),
        labels=(Label(1.5, high, "target at least|95%", below=False, row=1),),
        breaks=(),
        bars=False,
    )


PICTURE = _timeline("£0", "£1,000,000", "£2,000,000")


def a_text(text: str) -> str:
    """Return an SVG that says something in the font of pictures."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" font-family="Liberation Sans, sans-serif">'
        f'<text x="10" y="30" font-size="24">{text}</text></svg>'
    )


def _painted(fonts: str | None) -> list[str]:
    """Return what a machine says of its fonts after it painted, and a digest of what it painted."""
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    if fonts:
        environment["FONTCONFIG_FILE"] = fonts
    environment["PYTHONPATH"] = str(PROJECT)
    done = subprocess.run([sys.executable, "-c", _PAINT], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_machine_with_other_fonts_paints_the_same(tmp_path: Path) -> None:
    """The fonts of a machine, or that it has none, change no byte, and its settings are as they were."""
    bare = tmp_path / "fonts.conf"
    bare.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    here, elsewhere = _painted(None), _painted(str(bare))
    assert (here[0], elsewhere[0]) == ("None", str(bare))
    assert here[1] == elsewhere[1]


def _pixels(text: str) -> bytes:
    data = png(a_text(text), 1)
    start = data.index(b"IDAT") + 4
    return zlib.decompress(data[start : data.index(b"IEND") - 8])


def _colours(svg: str) -> list[list[bytes]]:
    """Return the colour of each pixel of a picture, line by line."""
    data = png(svg, 1)
    at = data.index(b"PLTE")
    palette = data[at + 4 : at + 4 + int.from_bytes(data[at - 4 : at])]
    width = int.from_bytes(data[16:20])
    lines = zlib.decompress(data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8])
    starts = range(1, len(lines), width + 1)
    return [[palette[3 * one : 3 * one + 3] for one in lines[start : start + width]] for start in starts]


def _squares(colours: list[str]) -> str:
    """Return a drawing of squares of one pixel, one below the other, on white."""
    squares = "".join(f'<rect y="{y}" width="1" height="1" fill="#{colour}"/>' for y, colour in enumerate(colours))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="{len(colours)}">{squares}</svg>'


def test_a_png_has_the_colours_of_its_drawing() -> None:
    """The colours that a drawing names are in its PNG as they are, on white."""
    named = ["12436d", "b3500a", "1d7068", "801650", "9a3d00", "1b1b1b", "70757c"]
    assert _colours(_squares(named)) == [[bytes.fromhex(one), b"\xff\xff\xff"] for one in named]


def test_a_png_of_very_many_colours_has_their_nearest() -> None:
    """A list of colours holds 256: where a drawing has more, each pixel is at most a step or two from its own."""
    many = [f"{red:02x}{green:02x}80" for red in range(0, 256, 12) for green in range(0, 256, 12)]
    found = [line[0] for line in _colours(_squares(many))]
    assert len({*many}) > 256 >= len({*found})
    pairs = [zip(line, bytes.fromhex(own), strict=True) for line, own in zip(found, many, strict=True)]
    assert max(abs(level - own) for pair in pairs for level, own in pair) <= 34


def test_a_grey_stays_grey() -> None:
    """A pale line, of a grey that is not quite one, is drawn in the nearest of 16 greys."""
    line = '<rect width="1" height="1" fill="#70757c" opacity="0.35"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{line}</svg>'
    assert _colours(drawing) == [[b"\xcc\xcc\xcc"]]


@pytest.mark.parametrize("kind", ["points", "upright", "bars"])
def test_each_kind_of_drawing_is_described_soundly(kind: str) -> None:
    """Altair and the schema of Vega-Lite accept what every drawing is made from; builds do not check it again."""
    assert described(kind).to_dict(validate=True)["layer"]


@pytest.mark.parametrize("letter", [*"A£€–—−≥≤≠’‘“”…·×½ŵŷŴŶâêîôûïéèàáóúöçñ"])
def test_every_letter_of_a_council_is_drawn(letter: str) -> None:
    """A letter looks like neither nothing nor the box that stands for a letter the font does not have."""
    assert _pixels(letter) not in (_pixels(""), _pixels("\ue000"))


@pytest.mark.parametrize("steps", [("0", "1"), ("0%", "50%", "100%"), ("−£1,250,000", "£0", "£1,250,000")])
def test_a_drawing_is_as_wide_as_a_phone(steps: tuple[str, ...]) -> None:
    """However long the labels of its scale are, they take their room from the marks, and three lines stand below."""
    (drawing,) = svgs([_timeline(*steps)])
    # 220 high, 5 above, three lines of 18 and 5 below.
    assert 'width="360" height="284"' in drawing
    assert all(f">{step}</text>" in drawing for step in steps)


@pytest.mark.parametrize("place", [0, 5])
def test_no_figure_is_cut_off_at_an_edge(place: int) -> None:
    """A long figure beside the first or the last of six bars stands within the drawing as a whole."""
    figure = "−£11,111,103"
    picture = Timeline(
        axis=("",) * 6,
        scale=((-1.0, "−£15,000,000"), (0.0, "£0")),
        marks=(Mark(place + 0.5, -0.7, 0, "1", hollow=False),),
        targets=(),
        labels=(Label(place + 0.5, -0.7, figure, below=True, row=0),),
        breaks=(),
        bars=True,
    )
    (drawing,) = svgs([picture])
    left = re.search(r'stroke-miterlimit="10" transform="translate\((\d+),', drawing)
    middle = re.search(r'data-label="0" text-anchor="middle" transform="translate\(([\d.]+),', drawing)
    assert left is not None
    assert middle is not None
    centre = float(left[1]) + float(middle[1])
    assert width(figure) / 2 <= centre <= 360 - width(figure) / 2


def _bars(values: list[float], *headings: str) -> Bars:
    """Return bars of some values, the same below each heading."""
    bars = tuple(Bar(value, row, "to March", f"£{value:,.0f}", TARGET) for row, value in enumerate(values))
    return Bars(tuple(((heading,) if heading else (), bars) for heading in headings))


MANY: list[Timeline | Bars] = [
    *(_timeline(*(f"£{step:,}" for step in range(0, high * 100, 100))) for high in range(2, 30)),
    *(replace(_timeline("-5", "0", "5"), bars=True, breaks=(1,)), replace(_timeline("0", "1"), targets=(), labels=())),
    *(_bars([3.0, -1.5], "Bins"), _bars([0.5], ""), _bars([1.0, 2.0, 1e9], "Bins & <bags>", "Libraries")),
]
"""Pictures of every kind, more of one than a sheet holds."""


def test_a_drawing_is_the_same_alone_and_among_others() -> None:
    """What stands on the same sheet changes no byte of a drawing, nor does its place there."""
    together = svgs(MANY)
    assert together == [svgs([picture])[0] for picture in MANY]
    assert together == svgs(MANY[::-1])[::-1]
    assert len({*together}) == len(MANY)


def test_a_drawing_holds_its_own_texts_alone() -> None:
    """Each drawing of a sheet says what its picture says, and is a whole drawing."""
    for picture, drawing in zip(MANY, svgs(MANY), strict=True):
        said = BeautifulSoup(drawing, "html.parser").find_all("text")
        texts = sorted(text for one in said for text in ([part.text for part in one.find_all("tspan")] or [one.text]))
        if isinstance(picture, Timeline):
            wanted = [*picture.axis, *(text for _, text in picture.scale), *(label.text for label in picture.labels)]
        else:
            wanted = [text for lines, bars in picture.groups for text in lines]
            wanted += [text for _, bars in picture.groups for bar in bars for text in (bar.before, bar.shown)]
        assert texts == sorted(line for text in wanted if text for line in text.split("|"))


def _files() -> list[str]:
    """Return drawings as the files of charts hold them, and pictures that stand beside links."""
    lines = (Line(30, "Target missed", 20, strong=True), Line(55, "Tŷ Ŵyn: £1,000 – “all”", 16, strong=False))
    charts = [
        sheet(label="A", width=384, height=400, lines=lines, drawing=in_light(one), left=12, top=80)
        for one in svgs(MANY)
    ]
    verdicts = ("met", "missed", "not-judged", "")
    return charts + [social.drawn(social.Picture("a.md", "Bins", "In 2014/15.", one, one), "A") for one in verdicts]


FILES = _files()


def _by_the_library(svg: str) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the pixels of an SVG as the library that draws makes a page of it."""
    with closing(PdfDocument(library().svg_to_pdf(svg))) as document:
        image = document[0].render(prefer_bgrx=True)
        return np.frombuffer(image.buffer, np.uint32).reshape(image.height, image.width).copy()


def _apart(svg: str) -> float:
    """Return which share of its pixels an SVG has in another colour than the library gives them, by a third or more."""
    levels = [one.copy().view(np.uint8).reshape(-1, 4).astype(int) for one in (pixels(svg, 1), _by_the_library(svg))]
    return float((abs(levels[0] - levels[1]).max(axis=1) > 85).mean())


@pytest.mark.parametrize("svg", FILES)
def test_a_drawing_of_ours_is_painted_as_the_library_would(svg: str) -> None:
    """All of it is read, and each mark is where it belongs; letters that the library sets closer stand a little off."""
    marks(svg)
    assert _apart(re.sub(r"(?s)<text.*?</text>", "", svg)) < 0.001
    assert _apart(svg) < 0.03


@pytest.mark.parametrize("text", ["שלום", "e\u0301cole", "学校", "a\u200fb"])
def test_letters_that_change_beside_others_are_set_by_the_library(text: str) -> None:
    """Letters that run to the left, that join, or that the font lacks are not set one by one."""
    assert (pixels(a_text(text), 1) == _by_the_library(a_text(text))).all()


@pytest.mark.parametrize(
    "part",
    [
        '<ellipse cx="9" cy="9" rx="9" ry="5"/>',
        '<rect width="9" height="9" rx="3"/>',
        '<rect width="9" height="9" fill="red"/>',
        '<rect width="9" height="9" style="fill:#00ff00"/>',
        '<rect width="9" height="9" stroke="#ff0000" opacity="0.5"/>',
        '<rect width="9" height="9"><title>A</title></rect>',
        '<g transform="rotate(45)"><rect width="9" height="9"/></g>',
        '<g opacity="0.5"><rect width="9" height="9"/></g>',
        '<svg width="9" height="9" viewBox="0 0 3 3"><rect width="3" height="3"/></svg>',
        '<line x1="3" x2="9" y2="9" stroke="#ff0000"/>',
        '<path d="M1,1C2,9,9,9,9,1"/>',
        '<path d="M1,1L9,1M1,9L9,9" stroke="#ff0000"/>',
        '<path d="M1,1M3,3L9,9" stroke="#ff0000"/>',
        '<path d="M9,5A4,3,0,1,1,1,5"/>',
        '<path d="M9,5A8,8,0,0,1,1,5"/>',
        '<path d="M9,5A4,4,0,1,0,1,5"/>',
        '<path d="l9,9"/>',
        '<text x="1" y="9" font-family="Arial">1</text>',
        '<text x="1" y="9" font-family="Liberation Sans" font-weight="900">1</text>',
        '<text x="1" y="9" font-family="Liberation Sans" stroke="#ff0000">1</text>',
        '<text y="9" font-family="Liberation Sans">1<tspan>2</tspan></text>',
        '<text y="9" font-family="Liberation Sans"><tspan>1</tspan>2</text>',
        '<text y="9" font-family="Liberation Sans"><tspan>1</tspan><tspan x="3" dy="9">2</tspan></text>',
    ],
)
def test_what_is_not_read_is_painted_by_the_library(part: str) -> None:
    """Nothing that a drawing holds is left out or taken for something else."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{part}</svg>'
    with pytest.raises(BeyondError):
        marks(svg)
    assert (pixels(svg, 1) == _by_the_library(svg)).all()


def test_marks_stand_where_a_drawing_says() -> None:
    """Groups move what is in them, and the lines of a text stand below each other, each at the place of the text."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" font-family="Liberation Sans, Arial">'
        '<g transform="translate(10,2.5)" fill="#112233"><rect x="1" y="2" width="3" height="4"/>'
        '<path transform="translate(5,5)" d="M0,0h2v3Z" stroke="#000000" stroke-dasharray="4,2" stroke-opacity="0.5"/>'
        '<text transform="translate(4,9)" text-anchor="end" font-size="8px" font-weight="bold">'
        '<tspan>A &amp; B</tspan><tspan x="0" dy="10">5%</tspan></text></g></svg>'
    )
    size, found = marks(svg)
    square, path = (one for one in found if isinstance(one, Shape))
    first, second = (one for one in found if isinstance(one, Words))
    assert size == (40.0, 30.0)
    assert (square.start, square.steps) == ((11, 4.5), (((14, 4.5),), ((14, 8.5),), ((11, 8.5),), ()))
    assert (path.start, path.steps) == ((15, 7.5), (((17, 7.5),), ((17, 10.5),), ()))
    assert (path.ink.fill, path.ink.line, path.ink.dashes) == (b"\x11\x22\x33", b"\0\0\0", (4, 2))
    assert (path.ink.covers, path.ink.line_covers) == (1, 0.5)
    assert (first.text, first.place, second.text, second.place) == ("A & B", (14, 11.5), "5%", (14, 21.5))
    assert (first.share, first.size, first.strong) == (1, 8, True)


@pytest.mark.parametrize(
    "circle", ['<circle cx="42" cy="42" r="40"/>', '<path d="M82,42A40,40,0,1,1,2,42A40,40,0,1,1,82,42"/>']
)
def test_a_circle_is_round(circle: str) -> None:
    """Each pixel that lies within the radius as a whole is painted, and none that lies beyond it."""
    found = _colours(f'<svg xmlns="http://www.w3.org/2000/svg" width="84" height="84">{circle}</svg>')
    far = {(x, y): math.dist((x + 0.5, y + 0.5), (42, 42)) for x in range(84) for y in range(84)}
    assert {found[y][x] for (x, y), away in far.items() if away < 39.2} == {b"\0\0\0"}
    assert {found[y][x] for (x, y), away in far.items() if away > 40.8} == {b"\xff\xff\xff"}


def test_a_png_is_one_by_its_standard() -> None:
    """Its parts follow each other, each with its sum, and its head says how the pixels are written.

    Source: Portable Network Graphics, third edition, sections 5.3 (parts), 11.2.1 (head) and 11.2.2 (list of colours).
    """
    data = png(_squares(["12436d", "ffffff"]), 2)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = [], 8
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        assert zlib.crc32(data[at + 4 : end]) == int.from_bytes(data[end : end + 4])
        parts.append((data[at + 4 : at + 8], data[at + 8 : end]))
        at = end + 4
    assert [name for name, _ in parts] == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    # Four pixels wide and four high, eight bits each, by a list of colours; packed, filtered and laced in the only way.
    assert parts[0][1] == bytes([0, 0, 0, 4, 0, 0, 0, 4, 8, 3, 0, 0, 0])


def test_a_picture_is_the_same_whatever_was_painted_before() -> None:
    """The shapes of letters that are kept between pictures change no byte."""
    wanted = {svg: png(svg, 2) for svg in FILES}
    assert {svg: png(svg, 2) for svg in reversed(FILES)} == wanted
