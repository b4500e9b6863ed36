"""Pictures to SVG. Only this file knows Altair, and it is imported only where something is painted.

Drawings take their colours from the page, so that they suit light and dark. They hold real text and shapes and nothing
else; a mark says in ``data-row`` to which row of the chart's table it belongs, and a text in ``data-label``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from .pictures import HEIGHT, LINE, PAPER, RESULT, RIGHT, TARGET, TEXT, WIDTH, Bars, Label, Picture, Timeline
from .pixels import painter
from .plotting import FONT, width

_ABOVE = 28
_BELOW = 52
"""The room for labels above the highest mark and below the lowest one."""
_LINE = FONT + 2
_TOP = 5
"""The room above a drawing, and below the labels of its axis."""
_BAR = 26
_GAP = 14

Vega = dict[str, Any]
Row = dict[str, Any]


def svg(picture: Picture) -> str:
    """Paint a picture as SVG."""
    specification = _timeline(picture) if isinstance(picture, Timeline) else _bars(picture)
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


def _compiled(layers: Sequence[alt.Chart], values: Sequence[str]) -> Vega:
    """Return what is drawn from rows and values that have a name, each picture its own. To compile takes long."""
    # Each axis has the room that is kept for it, whatever its labels measure in some font.
    axis = alt.AxisConfig(
        labelColor=TEXT, domainColor=LINE, tickColor=LINE, gridColor=LINE, gridOpacity=0.35, labelFontSize=FONT,
        labelLimit=0, labelAngle=0, labelLineHeight=_LINE, labelOverlap=False, ticks=False, aria=False,
        minExtent=0, maxExtent=0,
    )  # fmt: skip
    config = alt.Config(background="transparent", axis=axis, view=alt.ViewConfig(stroke=None))
    # Our own descriptions are sound by construction; the library takes longer to check one than to make it.
    with debug_mode(False):  # noqa: FBT003 - the library's own argument
        chart = alt.LayerChart(layer=list(layers)).add_params(*(alt.param(name, value=0) for name in values))
        described = chart.properties(config=config, autosize=alt.AutoSizeParams(type="none")).to_dict(validate=False)
    compiled: Vega = painter().vegalite_to_vega(described)
    return compiled


def _filled(compiled: Vega, rows: Mapping[str, Sequence[Row]], values: Mapping[str, Any], **size: Any) -> Vega:
    """Return a drawing of the rows and values of one picture, with its width, height and padding."""
    data = [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in compiled["data"]]
    signals = [{**one, "value": values[one["name"]]} if one["name"] in values else one for one in compiled["signals"]]
    return {**compiled, **size, "data": data, "signals": signals}


def _layer(rows: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=rows))


def _timeline(picture: Timeline) -> Vega:
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
        _timelines(picture.bars), rows, values, width=WIDTH - beside - RIGHT, height=HEIGHT,
        padding={"left": beside, "right": RIGHT, "top": _TOP, "bottom": lines * _LINE + _TOP},
    )  # fmt: skip


def _label(label: Label, picture: Timeline) -> Row:
    """Set a text above or below its value, and within the drawing: one that is cut off would be another figure.

    Lines run downwards, so two above a mark begin a line higher.
    """
    lines = label.text.count("|")
    place = {"dy": 13, "base": "top"} if label.below else {"dy": -10 - lines * _LINE, "base": "bottom"}
    half, middle = width(label.text) / 2, picture.across(label.at)
    within = min(max(middle, half), WIDTH - half)
    return {**asdict(label), **place, "dx": within - middle, "row": f"label-{label.row}"}


@cache
def _timelines(bars: bool) -> Vega:  # noqa: FBT001 - one of two kinds
    """Return what every timeline is drawn from, with bars or with points and lines."""
    expr = alt.expr
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[expr("left"), expr("right")], nice=False, zero=False),
        axis=alt.Axis(values=expr("places"), labelExpr="split(names[floor(datum.value)], '|')", grid=False),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        stack=None,
        scale=alt.Scale(domain=[expr("low"), expr("high")], range=[expr("foot"), _ABOVE], nice=False, zero=False),
        # Steps are equal.
        axis=alt.Axis(values=expr("steps"), labelExpr="figures[round((datum.value - low) / (steps[1] - low))]"),
    )
    fill = alt.Fill("fill:N", scale=None)
    results = _layer("results")
    if bars:
        marks = [results.mark_bar(orient="vertical", size=expr("bar"), stroke=RESULT, strokeWidth=2)]
    else:
        line = results.mark_line(color=RESULT, strokeWidth=2.5, aria=False).encode(detail="line:N")
        marks = [line, results.mark_point(size=expr("point"), stroke=RESULT, strokeWidth=2.5, opacity=1)]
    marks[-1] = marks[-1].encode(fill=fill, description="row:N")
    aims = _layer("targets").mark_tick(
        orient="horizontal", color=TARGET, thickness=3, size=expr("tick"), opacity=1, aria=False
    )
    labels = _layer("labels").mark_text(
        fontSize=FONT, lineBreak="|", lineHeight=_LINE, dx=expr("datum.dx"), dy=expr("datum.dy"),
        baseline=expr("datum.base"), fontWeight=expr("datum.weight"), stroke=PAPER, strokeWidth=4,
    )  # fmt: skip
    texts = labels.encode(text="text:N", fill=alt.Fill("colour:N", scale=None), description="row:N")
    rules = _layer("breaks").mark_rule(color=LINE, strokeWidth=2, strokeDash=[4, 4], aria=False)
    layers = [rules.encode(x=x), *(layer.encode(x=x, y=y) for layer in (*marks, aims, texts))]
    return _compiled(
        layers,
        ("left", "right", "places", "names", "low", "high", "foot", "steps", "figures", "point", "bar", "tick"),
    )


def _bars(picture: Bars) -> Vega:
    bars: list[Row] = []
    headings: list[Row] = []
    top = 0.0
    for lines, group in picture.groups:
        if lines:
            headings.append({"y": top, "text": "|".join(lines)})
            top += len(lines) * _LINE + 4
        for bar in group:
            # The figure of a bar below zero stands on the other side of zero, where there is room.
            end = {"end": max(bar.value, 0.0)}
            inside = PAPER if bar.hollow else bar.colour
            named = {"row": f"row-{bar.row}", "label": f"label-{bar.row}"}
            bars.append({**asdict(bar), **end, "y": top + _BAR / 2, "fill": inside, **named})
            top += _BAR
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
    return _filled(_all_bars(), rows, values, width=WIDTH, height=top - _GAP, padding=0)


@cache
def _all_bars() -> Vega:
    """Return what bars below each other are drawn from."""
    domain, across = [alt.expr("low"), alt.expr("high")], [alt.expr("left"), alt.expr("right")]
    scale = alt.Scale(domain=domain, range=across, nice=False, zero=False)
    x, end_x = (alt.X(name, title=None, stack=None, axis=None, scale=scale) for name in ("value:Q", "end:Q"))
    y = alt.Y("y:Q", title=None, axis=None, scale=None, stack=None)
    fill = alt.Fill("fill:N", scale=None)
    marks = _layer("bars").mark_bar(orient="horizontal", size=_BAR - 6, strokeWidth=2)
    text: Row = {"fontSize": FONT, "lineBreak": "|", "lineHeight": _LINE, "fill": TEXT, "align": "left"}
    own = {"text": "shown:N", "description": "label:N"}
    side = _layer("sides").mark_text(**text, aria=False, baseline="middle")
    head = _layer("headings").mark_text(**text, aria=False, baseline="top", stroke=PAPER, strokeWidth=4)
    layers = [
        _layer("zero").mark_rule(color=LINE, aria=False).encode(x=x),
        marks.encode(x=x, y=y, fill=fill, stroke=alt.Stroke("colour:N", scale=None), description="row:N"),
        _layer("bars").mark_text(**text, baseline="middle", dx=6).encode(x=end_x, y=y, **own),
        side.encode(x=alt.value(0), y=y, text="before:N"),
        head.encode(x=alt.value(0), y=y, text="text:N"),
    ]
    return _compiled(layers, ("low", "high", "left", "right"))
