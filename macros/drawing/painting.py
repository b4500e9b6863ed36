"""Pictures to SVG: the rows and values of a picture are set into what its kind of drawing is drawn from.

Drawings take their colours from the page, so that they suit light and dark. They hold real text and shapes and nothing
else; a mark says in ``data-row`` to which row of the chart's table it belongs, and a text in ``data-label``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from ..kept import Kept
from .library import library
from .pictures import BAR, HEIGHT, LINE_HEIGHT, PAPER, RESULT, RIGHT, WIDTH, Bars, Label, Picture, Timeline
from .plotting import width

_BELOW = 52
"""The room for labels below the lowest mark."""
_TOP = 5
"""The room above a drawing, and below the labels of its axis."""
_GAP = 14
_SHEET = 20
"""How many drawings stand on a sheet; more take no less time."""
_APART = 100_000
"""How far the drawings of a sheet stand apart: nothing within one is so far away."""
_GROUP = {"x": f"datum.place * {_APART}"} | {side: f"values[datum.place - 1].{side}" for side in ("width", "height")}
"""Where the group of a drawing stands on its sheet, and how large it is: an axis stands at its edge."""
_PLACE = re.compile(r'<g transform="translate\((\d+)00000,0\)">')
_HEAD = (
    # A clip that cuts nothing off would take a painter longer than the drawing.
    '<svg overflow="visible" xmlns="http://www.w3.org/2000/svg" class="marks" width="{width}" height="{height}"'
    ' viewBox="0 0 {width} {height}"><g fill="none" stroke-miterlimit="10" transform="translate({left},{top})">'
)
_FOOT = "</g></svg>"

Vega = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What a picture brings to its kind of drawing: rows and values under their names, its size, the room around it."""

    kind: str
    rows: Mapping[str, Sequence[Row]]
    values: Mapping[str, Any]
    width: float
    height: float
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0


def svgs(pictures: Sequence[Picture], kept: Kept | None = None) -> list[str]:
    """Paint pictures as SVG, in their order.

    Several of a kind are painted on one sheet, as the library takes longer to read what a kind is drawn from than to
    draw it. Each is the same, byte for byte, whatever else is on its sheet.

    Args:
        pictures: what the drawings show.
        kept: where the kinds of drawing are kept, if anywhere.
    """
    drawings = [_timeline(one) if isinstance(one, Timeline) else _bars(one) for one in pictures]
    painted: dict[int, str] = {}
    for kind in sorted({drawing.kind for drawing in drawings}):
        own = [number for number, drawing in enumerate(drawings) if drawing.kind == kind]
        for first in range(0, len(own), _SHEET):
            wanted = own[first : first + _SHEET]
            sheet = _painted([drawings[number] for number in wanted], _kind(kind, kept))
            painted.update(zip(wanted, sheet, strict=True))
    return [painted[number] for number in range(len(drawings))]


def _painted(drawings: Sequence[_Drawing], compiled: Vega) -> Iterator[str]:
    """Paint drawings of one kind, each at a place of its own on a sheet, and cut the sheet into them."""
    # Data stand in the specification; no address may be read while drawing.
    sheet = _plain(library().vega_to_svg(_sheet(drawings, compiled), allowed_base_urls=[]))
    _, *parts = _PLACE.split(sheet)
    found = dict(zip(map(int, parts[::2]), map(_whole, parts[1::2]), strict=True))
    for place, drawing in enumerate(drawings, start=1):
        width = _number(drawing.left + drawing.width + drawing.right)
        height = _number(drawing.top + drawing.height + drawing.bottom)
        head = _HEAD.format(width=width, height=height, left=_number(drawing.left), top=_number(drawing.top))
        yield f"{head}{found[place]}{_FOOT}"


def _sheet(drawings: Sequence[_Drawing], compiled: Vega) -> Vega:
    """Return what a sheet of drawings is drawn from: a group for each, in which its own rows and values are known."""
    own = {source["name"] for source in compiled["data"] if "source" not in source}
    rows = [
        {**row, "place": place, "of": name}
        for place, drawing in enumerate(drawings, start=1)
        for name, rows in [("", [{}]), *drawing.rows.items()]
        for row in rows
    ]
    values = [{**drawing.values, "width": drawing.width, "height": drawing.height} for drawing in drawings]
    data = [
        {"name": source["name"], "source": "drawing", "transform": [_only(source["name"])]}
        if source["name"] in own
        else source
        for source in compiled["data"]
    ]
    group: Vega = {
        "type": "group",
        "from": {"facet": {"data": "rows", "name": "drawing", "groupby": "place"}},
        "encode": {"update": {name: {"signal": expression} for name, expression in _GROUP.items()}},
        "signals": [{"name": name, "update": f"values[parent.place - 1].{name}"} for name in values[0]],
        "data": data,
        # Bars have no axes.
        **{part: compiled[part] for part in ("scales", "axes", "marks") if part in compiled},
    }
    return {
        "$schema": compiled["$schema"],
        "config": compiled["config"],
        "signals": [{"name": "values", "value": values}],
        "data": [{"name": "rows", "values": rows}],
        "marks": [group],
    }


def _only(name: str) -> Vega:
    return {"type": "filter", "expr": f"datum.of === '{name}'"}


def _whole(part: str) -> str:
    """Return a part of a sheet up to where its group ends."""
    depth = 1
    for tag in re.finditer(r"<(/?)g\b", part):
        depth += -1 if tag[1] else 1
        if not depth:
            return part[: tag.start()]
    return part


def _number(value: float) -> str:
    """Write a number as the library does."""
    return str(int(value)) if value == int(value) else str(value)


def _plain(svg: str) -> str:
    """Leave out what a drawing on a page does not need: the second accessible tree, and what has no shape."""
    svg = re.sub(r'aria-label="(row|label)-(\d+)"', r'data-\1="\2"', svg)
    svg = re.sub(r'\s(?:aria-[a-z]+|role|font-family|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(r'<path class="(?:background|foreground)"[^>]*/>|<g class="[^"]*"/>', "", svg)
    # Text keeps its shape where it crosses a line.
    return svg.replace('stroke-width="4">', 'stroke-width="4" paint-order="stroke">')


@cache
def _kind(name: str, kept: Kept | None) -> Vega:
    """Return what every drawing of a kind is drawn from."""

    def make() -> bytes:
        # Altair takes a second to import, which a build has no need of where every kind is kept.
        from .kinds import compiled  # noqa: PLC0415

        return json.dumps(compiled(name)).encode()

    found: Vega = json.loads(kept.get(f"kind {name}", make) if kept else make())
    return found


def _timeline(picture: Timeline) -> _Drawing:
    first, last = picture.scale[0][0], picture.scale[-1][0]
    edge = picture.edge / picture.room
    rows: dict[str, list[Row]] = {
        "results": [
            {**asdict(mark), "row": f"row-{mark.row}", "fill": PAPER if mark.hollow else RESULT}
            for mark in picture.marks
        ],
        "targets": [{"at": at, "value": value} for at, value in picture.targets],
        "breaks": [{"at": place} for place in picture.breaks],
        "labels": [_label(label, picture) for label in picture.labels],
    }
    values = {
        "left": -edge,
        "right": len(picture.axis) + edge,
        "places": [place + 0.5 for place, text in enumerate(picture.axis) if text],
        "names": picture.axis,
        "low": first,
        "high": last,
        "foot": HEIGHT - (0 if picture.bars and first >= 0 else _BELOW),
        "steps": [value for value, _ in picture.scale],
        "figures": [text for _, text in picture.scale],
        "point": 110 if picture.room > 14 else 40,
        "bar": min(48.0, picture.room * 0.6),
        "tick": min(52.0, picture.room + 0.5),
    }
    beside = picture.beside
    lines = 1 + max(text.count("|") for text in picture.axis)
    return _Drawing(
        "upright" if picture.bars else "points", rows, values, WIDTH - beside - RIGHT, HEIGHT,
        left=beside, right=RIGHT, top=_TOP, bottom=lines * LINE_HEIGHT + _TOP,
    )  # fmt: skip


def _label(label: Label, picture: Timeline) -> Row:
    """Set a text above or below its value, and within the drawing: one that is cut off would be another figure.

    Lines run downwards, so two above a mark begin a line higher.
    """
    lines = label.text.count("|")
    place = {"dy": 13, "base": "top"} if label.below else {"dy": -10 - lines * LINE_HEIGHT, "base": "bottom"}
    half, middle = width(label.text) / 2, picture.across(label.at)
    within = min(max(middle, half), WIDTH - half)
    return {**asdict(label), **place, "dx": within - middle, "row": f"label-{label.row}"}


def _bars(picture: Bars) -> _Drawing:
    bars: list[Row] = []
    headings: list[Row] = []
    top = 0.0
    for lines, group in picture.groups:
        if lines:
            headings.append({"y": top, "text": "|".join(lines)})
            top += len(lines) * LINE_HEIGHT + 4
        for bar in group:
            # The figure of a bar below zero stands on the other side of zero, where there is room.
            end = {"end": max(bar.value, 0.0)}
            inside = PAPER if bar.hollow else bar.colour
            named = {"row": f"row-{bar.row}", "label": f"label-{bar.row}"}
            bars.append({**asdict(bar), **end, "y": top + BAR / 2, "fill": inside, **named})
            top += BAR
        top += _GAP
    before = max(width(bar["before"]) for bar in bars)
    behind = max(width(bar["shown"]) for bar in bars)
    low, high = min(0.0, *(bar["value"] for bar in bars)), max(0.0, *(bar["value"] for bar in bars))
    values = {
        "low": low,
        "high": high if high > low else low + 1,
        "left": before + (8 if before else 1),
        "right": WIDTH - behind - 10,
    }
    rows: dict[str, list[Row]] = {
        "bars": bars, "sides": bars if before else [], "headings": headings, "zero": [{"value": 0}]
    }  # fmt: skip
    return _Drawing("bars", rows, values, WIDTH, top - _GAP)
