"""Pictures to SVG: the rows and values of a picture are set into what its kind of drawing is drawn from.

Drawings take their colours from the page, so that they suit light and dark. They hold real text and shapes and nothing
else; a mark says in ``data-row`` to which row of the chart's table it belongs, and a text in ``data-label``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from ..kept import Kept
from .pictures import BAR, HEIGHT, LINE_HEIGHT, PAPER, RESULT, RIGHT, WIDTH, Bars, Label, Picture, Timeline
from .pixels import painter
from .plotting import width

_BELOW = 52
"""The room for labels below the lowest mark."""
_TOP = 5
"""The room above a drawing, and below the labels of its axis."""
_GAP = 14

Vega = dict[str, Any]
Row = dict[str, Any]


def svg(picture: Picture, kept: Kept | None = None) -> str:
    """Paint a picture as SVG.

    Args:
        picture: what the drawing shows.
        kept: where the kinds of drawing are kept, if anywhere.
    """
    specification = _timeline(picture, kept) if isinstance(picture, Timeline) else _bars(picture, kept)
    # Data stand in the specification; no address may be read while drawing.
    return _plain(painter().vega_to_svg(specification, allowed_base_urls=[]))


def _plain(svg: str) -> str:
    """Leave out what a drawing on a page does not need: the second accessible tree, and what has no shape."""
    svg = re.sub(r'aria-label="(row|label)-(\d+)"', r'data-\1="\2"', svg)
    svg = re.sub(r'\s(?:aria-[a-z]+|role|font-family|pointer-events|version|xmlns:xlink)="[^"]*"', "", svg)
    svg = re.sub(r'<path class="(?:background|foreground)"[^>]*/>|<g class="[^"]*"/>', "", svg)
    # A clip that cuts nothing off would take a painter longer than the drawing.
    svg = svg.replace("<svg ", '<svg overflow="visible" ', 1)
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


def _filled(compiled: Vega, rows: Mapping[str, Sequence[Row]], values: Mapping[str, Any], **size: Any) -> Vega:
    """Return a drawing of the rows and values of one picture, with its width, height and padding."""
    data = [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in compiled["data"]]
    signals = [{**one, "value": values[one["name"]]} if one["name"] in values else one for one in compiled["signals"]]
    return {**compiled, **size, "data": data, "signals": signals}


def _timeline(picture: Timeline, kept: Kept | None) -> Vega:
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
    return _filled(
        _kind("upright" if picture.bars else "points", kept), rows, values, width=WIDTH - beside - RIGHT, height=HEIGHT,
        padding={"left": beside, "right": RIGHT, "top": _TOP, "bottom": lines * LINE_HEIGHT + _TOP},
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


def _bars(picture: Bars, kept: Kept | None) -> Vega:
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
    return _filled(_kind("bars", kept), rows, values, width=WIDTH, height=top - _GAP, padding=0)
