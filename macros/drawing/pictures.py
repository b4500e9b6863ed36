"""What a drawing shows: marks, labels and bars at their places. They are painted in ``painting.py``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import wrap

from .plotting import FONT, width

TEXT = "var(--chart-text)"
LINE = "var(--chart-line)"
RESULT = "var(--chart-result)"
TARGET = "var(--chart-target)"
PAPER = "var(--answerable-paper)"
SERIES = ("var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)")
WIDTH = 360
HEIGHT = 220
"""Drawings are as wide as a phone, so that their text is as large as the text beside them."""
ABOVE = 28
"""The room for labels above the highest mark."""
LINE_HEIGHT = FONT + 2
BAR = 26
"""How high a bar is that lies, with the room between it and the next."""
RIGHT = 5
"""The room beside a timeline on its right."""
EDGE = 24
FEW = 6
"""Where there are more than a few places, they are narrow, and the first and the last label need room beside them."""
_LETTERS = 42
"""How many letters of a heading stand on one line of a drawing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A result at a place on the axis of time; marks of one ``line`` are joined, a hollow one is of a part-year."""

    at: float
    value: float
    row: int
    line: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a value; ``|`` parts its lines. ``row`` is the row it is of, where there is one."""

    at: float
    value: float
    text: str
    below: bool
    row: int | None
    colour: str = TEXT
    weight: str = "normal"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Results over time. Places are 0.5, 1.5 ... from the left, one for each label of the axis; some labels are empty.

    ``scale`` holds the values of the axis and how each is written; ``targets`` are places and values.
    """

    axis: tuple[str, ...]
    scale: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    targets: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...]
    breaks: tuple[int, ...]
    bars: bool

    @property
    def room(self) -> float:
        """How wide one place is."""
        return room(len(self.axis), self.scale)

    @property
    def edge(self) -> int:
        """How much room is beside the first and the last place."""
        return _edge(len(self.axis))

    def across(self, at: float) -> float:
        """Return how far from the left of the drawing a place on the axis of time is."""
        return self.beside + self.edge + at * self.room

    @property
    def beside(self) -> int:
        """How much room the labels of the scale need on the left."""
        return _beside(self.scale)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero: what stands before it, and its figure behind it; ``hollow`` where the figure is not settled."""

    value: float
    row: int
    before: str
    shown: str
    colour: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other in groups, each group under the lines of its heading."""

    groups: tuple[tuple[tuple[str, ...], tuple[Bar, ...]], ...]


Picture = Timeline | Bars


def grouped(groups: Iterable[tuple[str, Sequence[Bar]]]) -> Bars:
    """Return bars under their headings, which are broken into lines."""
    return Bars(tuple((tuple(wrap(heading, _LETTERS)), tuple(bars)) for heading, bars in groups))


def room(places: int, scale: Iterable[tuple[float, str]]) -> float:
    """Return how wide one place of a timeline is, beside the labels of its scale."""
    return (WIDTH - _beside(scale) - RIGHT - 2 * _edge(places)) / places


def _edge(places: int) -> int:
    return EDGE if places > FEW else 0


def _beside(scale: Iterable[tuple[float, str]]) -> int:
    """Return how wide the labels of a scale are, with what parts them from it and from the edge."""
    return ceil(max(width(text) for _, text in scale)) + 7
