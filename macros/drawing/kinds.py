"""Kinds of drawing: timelines of points or of upright bars, and bars below each other. Only this file knows Altair.

A kind is described by Altair and compiled by Vega-Lite once; a picture brings its rows and values, under their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from .library import library
from .pictures import ABOVE, BAR, LINE, LINE_HEIGHT, PAPER, RESULT, TARGET, TEXT
from .plotting import FONT

Vega = dict[str, Any]


def compiled(name: str) -> Vega:
    """Compile a kind of drawing, ``points``, ``upright`` or ``bars``. It takes long."""
    # Our own descriptions are sound, as tests say; the library takes longer to check one than to make it.
    with debug_mode(False):  # noqa: FBT003 - the library's own argument
        description = described(name).to_dict(validate=False)
    found: Vega = library().vegalite_to_vega(description)
    return found


def described(name: str) -> alt.LayerChart:
    """Describe a kind of drawing."""
    return _bars() if name == "bars" else _timelines(upright=name == "upright")


def _chart(layers: Sequence[alt.Chart], values: Sequence[str]) -> alt.LayerChart:
    """Return layers that are drawn from values of these names."""
    # Each axis has the room that is kept for it, whatever its labels measure in some font.
    axis = alt.AxisConfig(
        labelColor=TEXT, domainColor=LINE, tickColor=LINE, gridColor=LINE, gridOpacity=0.35, labelFontSize=FONT,
        labelLimit=0, labelAngle=0, labelLineHeight=LINE_HEIGHT, labelOverlap=False, ticks=False, aria=False,
        minExtent=0, maxExtent=0,
    )  # fmt: skip
    config = alt.Config(background="transparent", axis=axis, view=alt.ViewConfig(stroke=None))
    chart = alt.LayerChart(layer=list(layers)).add_params(*(alt.param(name, value=0) for name in values))
    return chart.properties(config=config, autosize=alt.AutoSizeParams(type="none"))


def _layer(rows: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=rows))


def _timelines(*, upright: bool) -> alt.LayerChart:
    """Return what every timeline is drawn from, with upright bars or with points and lines."""
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
        scale=alt.Scale(domain=[expr("low"), expr("high")], range=[expr("foot"), ABOVE], nice=False, zero=False),
        # Steps are equal.
        axis=alt.Axis(values=expr("steps"), labelExpr="figures[round((datum.value - low) / (steps[1] - low))]"),
    )
    fill = alt.Fill("fill:N", scale=None)
    results = _layer("results")
    if upright:
        marks = [results.mark_bar(orient="vertical", size=expr("bar"), stroke=RESULT, strokeWidth=2)]
    else:
        line = results.mark_line(color=RESULT, strokeWidth=2.5, aria=False).encode(detail="line:N")
        marks = [line, results.mark_point(size=expr("point"), stroke=RESULT, strokeWidth=2.5, opacity=1)]
    marks[-1] = marks[-1].encode(fill=fill, description="row:N")
    aims = _layer("targets").mark_tick(
        orient="horizontal", color=TARGET, thickness=3, size=expr("tick"), opacity=1, aria=False
    )
    labels = _layer("labels").mark_text(
        fontSize=FONT, lineBreak="|", lineHeight=LINE_HEIGHT, dx=expr("datum.dx"), dy=expr("datum.dy"),
        baseline=expr("datum.base"), fontWeight=expr("datum.weight"), stroke=PAPER, strokeWidth=4,
    )  # fmt: skip
    texts = labels.encode(text="text:N", fill=alt.Fill("colour:N", scale=None), description="row:N")
    rules = _layer("breaks").mark_rule(color=LINE, strokeWidth=2, strokeDash=[4, 4], aria=False)
    layers = [rules.encode(x=x), *(layer.encode(x=x, y=y) for layer in (*marks, aims, texts))]
    return _chart(
        layers,
        ("left", "right", "places", "names", "low", "high", "foot", "steps", "figures", "point", "bar", "tick"),
    )


def _bars() -> alt.LayerChart:
    """Return what bars below each other are drawn from."""
    domain, across = [alt.expr("low"), alt.expr("high")], [alt.expr("left"), alt.expr("right")]
    scale = alt.Scale(domain=domain, range=across, nice=False, zero=False)
    x, end_x = (alt.X(name, title=None, stack=None, axis=None, scale=scale) for name in ("value:Q", "end:Q"))
    y = alt.Y("y:Q", title=None, axis=None, scale=None, stack=None)
    fill = alt.Fill("fill:N", scale=None)
    marks = _layer("bars").mark_bar(orient="horizontal", size=BAR - 6, strokeWidth=2)
    text: Vega = {"fontSize": FONT, "lineBreak": "|", "lineHeight": LINE_HEIGHT, "fill": TEXT, "align": "left"}
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
    return _chart(layers, ("low", "high", "left", "right"))
