"""SVG to marks: the shapes and texts of a drawing, each at its place, with its colours.

Only that is read of SVG which our own drawings are made of. A drawing with anything else in it is refused as a whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

from .library import FONT

Point = tuple[float, float]
Style = Mapping[str, str]
_SVG = "{http://www.w3.org/2000/svg}"
_HANDED_ON = {
    "fill": "#000000", "stroke": "none", "stroke-width": "1", "stroke-opacity": "1", "stroke-dasharray": "",
    "font-family": "", "font-size": "16", "font-weight": "normal", "text-anchor": "start",
}  # fmt: skip
"""What an element hands on to those within it, as it is where nothing is said."""
_OWN = {
    "x", "y", "x2", "y2", "cx", "cy", "r", "d", "dy", "width", "height", "viewBox", "transform", "opacity",
    "paint-order",
}  # fmt: skip
_UNSEEN = {"class", "role", "id", "aria-labelledby", "data-row", "data-label", "overflow", "stroke-miterlimit"}
_READ = _OWN | _UNSEEN | _HANDED_ON.keys()
_COLOUR = re.compile("#[0-9a-f]{6}")
_MOVED = re.compile(r"translate\(([^,]+),([^,]+)\)")
_PART = re.compile("([MLhvAZz])([^MLhvAZz]*)")
_NUMBER = r"-?\d*\.?\d+(?:e-?\d+)?"
_NUMBERS = re.compile(rf"(?:[ ,]?{_NUMBER})*")
_BEND = 4 / 3 * (math.sqrt(2) - 1)
"""How far from the ends of a quarter of a circle, in radii, the points lie towards which a curve leaves them."""
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}


class BeyondError(Exception):
    """A drawing holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a mark is painted: what it is filled with and what its line looks like; a colour is red, green and blue."""

    fill: bytes | None
    line: bytes | None
    width: float
    dashes: tuple[float, ...]
    covers: float
    line_covers: float
    """How much of what is below it a mark covers, and how much its line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline. A step of it leads to its last point: of one straight, of three in a curve; of none to its start."""

    start: Point
    steps: tuple[tuple[Point, ...], ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one line, so much of which stands left of its place; its line is painted below it."""

    text: str
    place: Point
    share: float
    size: float
    strong: bool
    ink: Ink


def marks(drawing: str) -> tuple[Point, list[Shape | Words]]:
    """Return how wide and how high an SVG is, and its marks from the lowest to the topmost.

    Raises:
        BeyondError: it holds something that is not read here.
    """
    # Every text in a drawing was escaped when it was drawn.
    root = ET.fromstring(drawing)  # noqa: S314
    try:
        size = (float(root.attrib["width"]), float(root.attrib["height"]))
        return size, list(_within(root, (0, 0), _HANDED_ON))
    except (KeyError, ValueError) as error:
        raise BeyondError(error) from error


def _within(element: ET.Element, place: Point, style: Style) -> Iterator[Shape | Words]:
    kind, own = element.tag.removeprefix(_SVG), element.attrib
    if kind == "title":
        return
    if own.keys() - _READ:
        raise BeyondError(own.keys() - _READ)
    style = {**style, **{name: value for name, value in own.items() if name in _HANDED_ON}}
    if "transform" in own:
        moved = _MOVED.fullmatch(own["transform"])
        if moved is None:
            raise BeyondError(own["transform"])
        place = _moved(place, float(moved[1]), float(moved[2]))
    if kind in {"g", "svg"}:
        whole = f"0 0 {own.get('width')} {own.get('height')}"
        if own.get("opacity", "1") != "1" or own.get("viewBox", whole) != whole:
            raise BeyondError(kind)
        place = _moved(place, *_numbers(own, "x", "y"))
        for child in element:
            yield from _within(child, place, style)
    elif kind == "text":
        yield from _words(element, place, style)
    elif len(element):
        raise BeyondError(kind)
    else:
        yield _shape(kind, own, place, style)


def _words(element: ET.Element, place: Point, style: Style) -> Iterator[Words]:
    """Yield the lines of a text: itself, or the parts that stand below each other."""
    own = element.attrib
    ink = _ink(style, own)
    if style["font-family"].split(",")[0] != FONT or (ink.line and own.get("paint-order") != "stroke"):
        raise BeyondError(element.tag)
    share, size = _SHARE[style["text-anchor"]], float(style["font-size"].removesuffix("px"))
    strong = {"normal": False, "bold": True}[style["font-weight"]]
    place = _moved(place, *_numbers(own, "x", "y"))
    for down, text in _lines(element) if len(element) else [(0.0, element.text)]:
        place = _moved(place, 0, down)
        yield Words(" ".join((text or "").split()), place, share, size, strong, ink)


def _lines(element: ET.Element) -> list[tuple[float, str | None]]:
    """Return how far below the one before each line of a text stands, and what it says."""
    for number, one in enumerate(element):
        # Each but the first goes back to where the text begins.
        left = {"x": "0"} if number else {}
        plain = one.tag == f"{_SVG}tspan" and not len(one) and not (one.tail or "").strip()
        if not plain or {name: value for name, value in one.items() if name != "dy"} != left:
            raise BeyondError(one.tag)
    if (element.text or "").strip() or "x" in element.attrib:
        raise BeyondError(element.tag)
    return [(float(one.get("dy", 0)), one.text) for one in element]


def _shape(kind: str, own: Mapping[str, str], place: Point, style: Style) -> Shape:
    if kind == "path":
        first, *steps = _path(own["d"])
    elif kind == "rect":
        x, y, width, height = _numbers(own, "x", "y", "width", "height")
        first, *steps = [((x, y),), ((x + width, y),), ((x + width, y + height),), ((x, y + height),), ()]
    elif kind == "line":
        style = {**style, "fill": "none"}
        first, *steps = [((0.0, 0.0),), (_two(_numbers(own, "x2", "y2")),)]
    elif kind == "circle":
        x, y, radius = _numbers(own, "cx", "cy", "r")
        ends = ((x + radius, y), (x - radius, y))
        first, *steps = [(ends[0],), *_half(*ends), *_half(*reversed(ends)), ()]
    else:
        raise BeyondError(kind)
    moved = tuple(tuple(_moved(place, *point) for point in step) for step in steps)
    return Shape(_moved(place, *first[-1]), moved, _ink(style, own))


def _path(written: str) -> Iterator[tuple[Point, ...]]:
    """Yield the points a path leads to: first its start, then its steps."""
    parts = _PART.findall(written)
    if _PART.sub("", written) or [letter for letter, _ in parts[1:] if letter == "M"] or not written.startswith("M"):
        raise BeyondError(written)
    at = (0.0, 0.0)
    for letter, rest in parts:
        if not _NUMBERS.fullmatch(rest):
            raise BeyondError(written)
        for step in _steps(letter, at, [float(one) for one in re.findall(_NUMBER, rest)]):
            yield step
            at = step[-1] if step else at


def _steps(letter: str, at: Point, values: Sequence[float]) -> list[tuple[Point, ...]]:
    """Return the steps that a letter of a path stands for."""
    if letter in "Zz":
        return [()]
    if letter in "ML":
        return [(_two(values[place : place + 2]),) for place in range(0, len(values), 2)]
    if letter == "A":
        across, down, turned, _, clockwise, *end = values
        half = math.isclose(math.dist(at, end), 2 * across) and across == down
        if not half or (turned, clockwise) != (0, 1):
            raise BeyondError(values)
        return _half(at, _two(end))
    (far,) = values
    return [(_moved(at, far, 0) if letter == "h" else _moved(at, 0, far),)]


def _half(start: Point, end: Point) -> list[tuple[Point, ...]]:
    """Return two curves that are half a circle, clockwise as y grows downwards."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    x, y = start[0] - middle[0], start[1] - middle[1]
    curves: list[tuple[Point, ...]] = []
    for (a, b), (c, d) in pairwise([(x, y), (-y, x), (-x, -y)]):
        # A circle leaves a point at a right angle to its radius, and so it arrives at the next.
        bent = ((a - b * _BEND, b + a * _BEND), (c + d * _BEND, d - c * _BEND), (c, d))
        curves.append(tuple(_moved(middle, *point) for point in bent))
    return curves


def _ink(style: Style, own: Mapping[str, str]) -> Ink:
    covers = float(own.get("opacity", 1))
    if covers < 1 and "none" not in {style["fill"], style["stroke"]}:
        # What covers half of what is below it does not cover half of its own line.
        raise BeyondError(covers)
    return Ink(
        fill=_colour(style["fill"]),
        line=_colour(style["stroke"]),
        width=float(style["stroke-width"]),
        dashes=tuple(float(one) for one in style["stroke-dasharray"].split(",") if one),
        covers=covers,
        line_covers=covers * float(style["stroke-opacity"]),
    )


def _colour(name: str) -> bytes | None:
    if name == "none":
        return None
    if not _COLOUR.fullmatch(name):
        raise BeyondError(name)
    return bytes.fromhex(name[1:])


def _moved(place: Point, right: float, down: float) -> Point:
    return place[0] + right, place[1] + down


def _numbers(own: Mapping[str, str], *names: str) -> list[float]:
    return [float(own.get(name, 0)) for name in names]


def _two(values: Sequence[float]) -> Point:
    x, y = values
    return x, y
