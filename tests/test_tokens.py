"""The colours of the stylesheet, pair by pair, by the formula of WCAG 2 for contrast."""

from __future__ import annotations

import re

import pytest

from .sites import PROJECT

CSS = (PROJECT / "overrides/assets/answerable.css").read_text("utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*#([0-9a-f]{6});")
LIGHT = dict(TOKEN.findall(CSS.partition("@media screen and (prefers-color-scheme: dark)")[0]))
DARK = LIGHT | dict(
    TOKEN.findall(CSS.partition("@media screen and (prefers-color-scheme: dark)")[2].partition("\n}\n")[0])
)
SCHEMES = {"light": LIGHT, "dark": DARK}

TEXT = [
    *((ink, paper) for ink in ("ink", "ink-soft", "brand", "met", "missed", "other") for paper in ("paper", "soft")),
    ("head-ink", "head"),
]
"""Text on what it stands on: at least 4.5:1 (criterion 1.4.3)."""
MARKS = [
    *((mark, "answerable-paper") for mark in ("chart-text", "chart-line", "chart-result", "chart-target")),
    *((f"chart-{number}", "answerable-paper") for number in range(1, 5)),
    ("answerable-line", "answerable-paper"), ("answerable-brand", "answerable-soft"),
]  # fmt: skip
"""Marks, borders that mean something, and the outline of what has the focus: at least 3:1 (criterion 1.4.11)."""


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_formula() -> None:
    """Black on white is 21:1, and #767676 on white is the lightest grey that passes, at 4.54:1."""
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(scheme: str, ink: str, paper: str) -> None:
    """Every colour of text stands out from every ground it is written on."""
    colours = SCHEMES[scheme]
    assert contrast(colours[f"answerable-{ink}"], colours[f"answerable-{paper}"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "paper"), MARKS)
def test_marks_can_be_seen(scheme: str, mark: str, paper: str) -> None:
    """Every mark of a chart and every outline stands out from its ground."""
    assert contrast(SCHEMES[scheme][mark], SCHEMES[scheme][paper]) >= 3


def test_every_colour_is_a_token_of_both_schemes() -> None:
    """No rule names a colour of its own, and the dark scheme has another value for each token, so none is forgotten."""
    rules = re.sub(r"--[\w-]+:[^;]+;", "", CSS)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", rules) == []
    same = {name for name in LIGHT if DARK[name] == LIGHT[name]}
    assert same == {"answerable-head-ink"}
