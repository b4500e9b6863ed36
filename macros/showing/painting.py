"""Pictures to SVG, and SVG to PNG. Only this file knows Altair, and it is imported only where something is painted.

Drawings take their colours from the page, so that they suit light and dark. They hold real text and shapes and nothing
else; a mark says in ``data-row`` to which row of the chart's table it belongs, and a text in ``data-label``.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from .pictures import EDGE, FEW, HEIGHT, LINE, PAPER, RESULT, TARGET, TEXT, WIDTH, Bars, Label, Picture, Timeline
from .plotting import FONT, width

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ABOVE = 28
_BELOW = 52
"""The room for labels above the highest mark and below the lowest one."""
_LINE = FONT + 2
_BAR = 26
_GAP = 14


def svg(picture: Picture) -> str:
    """Paint a picture as SVG."""
    # Our own descriptions are sound by construction; a library that checks each of them takes most of a build's time.
    with debug_mode(False):  # noqa: FBT003 - the library's own argument
        chart = _timeline(picture) if isinstance(picture, Timeline) else _bars(picture)
        specification = chart.properties(config=_config()).to_dict(validate=False)
    # Data stand in the specification; no address may be read while drawing.
    return _plain(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))


def png(drawing: str, scale: int) -> bytes:
    """Return a picture of an SVG, so many times as large."""
    return _packed(vl_convert.svg_to_png(drawing, scale=scale))


def _packed(data: bytes) -> bytes:
    """Return a PNG a quarter as large: the library packs its pixels for speed, and readers fetch them over a phone."""
    chunks, place = [], len(_SIGNATURE)
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + size]))
        place += size + 12
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")))
    others = [(kind, body) for kind, body in chunks if kind not in (b"IDAT", b"IEND")]
    return _SIGNATURE + b"".join(_chunk(*one) for one in (*others, (b"IDAT", pixels), (b"IEND", b"")))


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Write a part of a PNG: how long it is, what it is, and a sum by which a reader checks it."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _config() -> alt.Config:
    axis = alt.AxisConfig(
        labelColor=TEXT, domainColor=LINE, tickColor=LINE, gridColor=LINE, gridOpacity=0.35, labelFontSize=FONT,
        labelLimit=0, labelAngle=0, labelLineHeight=_LINE, ticks=False, aria=False,
    )  # fmt: skip
    return alt.Config(background="transparent", axis=axis, view=alt.ViewConfig(stroke=None))


def _plain(svg: str) -> str:
    """Leave out what a drawing on a page does not need: the second accessible tree, and marks without a shape."""
    svg = re.sub(r'aria-label="(row|label)-(\d+)"', r'data-\1="\2"', svg)
    svg = re.sub(r'\s(?:aria-[a-z]+|role|font-family|pointer-events|version|xmlns:xlink)="[^"]*"', "", svg)
    svg = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", svg)
    # Text keeps its shape where it crosses a line.
    return svg.replace('stroke-width="4">', 'stroke-width="4" paint-order="stroke">')


def _layer(rows: Iterable[Any]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[row if isinstance(row, dict) else asdict(row) for row in rows]))


def _timeline(picture: Timeline) -> alt.LayerChart:
    first, last = picture.scale[0][0], picture.scale[-1][0]
    edge = EDGE / picture.room if len(picture.axis) > FEW else 0
    below = 0 if picture.bars and first >= 0 else _BELOW
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[-edge, len(picture.axis) + edge], nice=False, zero=False),
        axis=alt.Axis(
            values=[place + 0.5 for place, text in enumerate(picture.axis) if text],
            labelExpr=f"split({json.dumps(picture.axis)}[floor(datum.value)], '|')",
            grid=False,
            labelOverlap=False,
        ),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        stack=None,
        scale=alt.Scale(domain=[first, last], range=[HEIGHT - below, _ABOVE], nice=False, zero=False),
        axis=alt.Axis(
            values=[value for value, _ in picture.scale],
            labelExpr=f"{json.dumps([text for _, text in picture.scale])}[{_place(picture.scale)}]",
        ),
    )
    layers = [layer.encode(x=x, y=y) for layer in (*_results(picture), *_targets(picture), _labels(picture.labels))]
    under = [_rules(picture).encode(x=x)] if picture.breaks else []
    chart = alt.LayerChart(layer=[*under, *layers])
    return chart.properties(width=WIDTH, height=HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def _place(scale: tuple[tuple[float, str], ...]) -> str:
    """Return the expression that gives the place of a value on the scale, whose steps are equal."""
    first, step = scale[0][0], scale[1][0] - scale[0][0]
    return f"round((datum.value - {first}) / {step})"


def _results(picture: Timeline) -> list[alt.Chart]:
    rows = [
        {**asdict(mark), "row": f"row-{mark.row}", "fill": PAPER if mark.hollow else RESULT} for mark in picture.marks
    ]
    fill = alt.Fill("fill:N", scale=None)
    if picture.bars:
        bars = _layer(rows).mark_bar(
            orient="vertical", size=min(48.0, picture.room * 0.6), stroke=RESULT, strokeWidth=2
        )
        return [bars.encode(fill=fill, description="row:N")]
    line = _layer(rows).mark_line(color=RESULT, strokeWidth=2.5, aria=False).encode(detail="line:N")
    size = 110 if picture.room > 14 else 40
    points = _layer(rows).mark_point(size=size, stroke=RESULT, strokeWidth=2.5, opacity=1)
    return [line, points.encode(fill=fill, description="row:N")]


def _targets(picture: Timeline) -> list[alt.Chart]:
    rows = [{"at": at, "value": value} for at, value in picture.targets]
    if not rows:
        return []
    size = min(52.0, picture.room + 0.5)
    return [_layer(rows).mark_tick(orient="horizontal", color=TARGET, thickness=3, size=size, opacity=1, aria=False)]


def _labels(labels: Iterable[Label]) -> alt.Chart:
    """Write texts above or below their values: lines run downwards, so two above a mark begin a line higher."""
    rows = []
    for label in labels:
        lines = label.text.count("|")
        place = {"dy": 13, "base": "top"} if label.below else {"dy": -10 - lines * _LINE, "base": "bottom"}
        rows.append({**asdict(label), **place, "row": f"label-{label.row}"})
    mark = _layer(rows).mark_text(
        fontSize=FONT, lineBreak="|", lineHeight=_LINE, dy=alt.expr("datum.dy"), baseline=alt.expr("datum.base"),
        fontWeight=alt.expr("datum.weight"), stroke=PAPER, strokeWidth=4,
    )  # fmt: skip
    texts: alt.Chart = mark.encode(text="text:N", fill=alt.Fill("colour:N", scale=None), description="row:N")
    return texts


def _rules(picture: Timeline) -> alt.Chart:
    rows = [{"at": place} for place in picture.breaks]
    rules: alt.Chart = _layer(rows).mark_rule(color=LINE, strokeWidth=2, strokeDash=[4, 4], aria=False)
    return rules


def _bars(picture: Bars) -> alt.LayerChart:
    bars: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
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
    left, right = before + (8 if before else 1), WIDTH - behind - 10
    scale = alt.Scale(domain=[low, high if high > low else low + 1], range=[left, right], nice=False, zero=False)
    x, end_x = (alt.X(name, title=None, stack=None, axis=None, scale=scale) for name in ("value:Q", "end:Q"))
    y = alt.Y("y:Q", title=None, axis=None, scale=None, stack=None)
    fill = alt.Fill("fill:N", scale=None)
    marks = _layer(bars).mark_bar(orient="horizontal", size=_BAR - 6, strokeWidth=2)
    text: dict[str, Any] = {"fontSize": FONT, "lineBreak": "|", "lineHeight": _LINE, "fill": TEXT}
    own = {"text": "shown:N", "description": "label:N"}
    silent = {**text, "aria": False}
    layers = [
        _layer([{"value": 0}]).mark_rule(color=LINE, aria=False).encode(x=x),
        marks.encode(x=x, y=y, fill=fill, stroke=alt.Stroke("colour:N", scale=None), description="row:N"),
        _layer(bars).mark_text(**text, baseline="middle", align="left", dx=6).encode(x=end_x, y=y, **own),
    ]  # fmt: skip
    if before:
        side = _layer(bars).mark_text(**silent, baseline="middle", align="left")
        layers.append(side.encode(x=alt.value(0), y=y, text="before:N"))
    if headings:
        head = _layer(headings).mark_text(**silent, baseline="top", align="left", stroke=PAPER, strokeWidth=4)
        layers.append(head.encode(x=alt.value(0), y=y, text="text:N"))
    chart = alt.LayerChart(layer=layers)
    return chart.properties(width=WIDTH, height=top - _GAP, padding=0, autosize=alt.AutoSizeParams(type="none"))
