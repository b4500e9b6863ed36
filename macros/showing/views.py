"""What a page shows, before it is HTML. A view that no reader could make sense of cannot be built."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from ..drawing.pictures import Picture


def _need(text: str, what: str) -> None:
    if not text.strip():
        raise ValueError(what)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, perhaps a link within the site or a verdict's mark; ``key`` names the row of the package it shows.

    ``field`` says which field of that row, its value where nothing is said. ``outside`` links elsewhere, by a whole
    address. ``sort`` is what puts a column in order, where the text does not.
    ``anchor`` is what a link to a row names; it stands on the row's heading.
    """

    text: str
    address: str = ""
    mark: str = ""
    key: str = ""
    outside: str = ""
    sort: str = ""
    field: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and whether its cells are numbers, which are set to the right, or places in documents."""

    title: str
    numeric: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with everything a reader needs to make sense of it. The first cell of each row is its heading.

    ``changed`` says that a figure in it was changed after it was published: the table then links to all changes.
    ``short`` says that its cells hold a word or a number, so that many columns need little room.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    changed: bool = False
    short: bool = False

    def __post_init__(self) -> None:
        """Refuse a table without a caption, or with ragged rows."""
        _need(self.caption, "a table needs a caption: it is the table's accessible name")
        for row in self.rows:
            if len(row) != len(self.columns):
                msg = f"a row of {len(row)} cells in a table of {len(self.columns)} columns: {self.caption}"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a chart's figures come from: the page it stands on, the documents, the licence, and up to when they go."""

    page: str
    sources: tuple[str, ...]
    licence: str
    until: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a file of a chart: how far down it stands, its size, and whether it is bold."""

    y: float
    text: str
    size: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Takeaway:
    """What a reader can take away of a chart: its files, the code that embeds it, and how to cite it."""

    files: tuple[Cell, ...]
    page: str
    image: str
    width: int
    citation: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart: what it says, what it shows, its long description, the picture, notes on it and the figures in a table.

    ``sums`` are the running sums of a chart that adds its rows up, one for each row.
    """

    id: str
    name: str
    description: str
    picture: Picture
    data: TableView
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    credit: Credit | None = None
    sums: tuple[str, ...] = ()
    takeaway: Takeaway | None = None

    def __post_init__(self) -> None:
        """Refuse a chart that says nothing to a reader who cannot see it."""
        _need(self.name, "a chart needs a name: it is the chart's accessible name")
        _need(self.description, "a chart needs a description that says what it shows")

    @property
    def label(self) -> str:
        """The chart's accessible name, in two sentences at most."""
        return f"{self.name}. {self.subtitle}" if self.subtitle else self.name


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, each a row of texts and links."""

    paragraphs: tuple[tuple[Cell, ...], ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class ListView:
    """A list, each item a row of texts and links."""

    items: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is said of it; ``quote`` marks the words of a document."""

    term: str
    cells: tuple[Cell, ...]
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with its facts, under a heading that can be linked to."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    mark: str = ""
    level: int = 3
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse an entry that cannot be named."""
        _need(self.title, "an entry needs a title")

    @property
    def terms(self) -> list[tuple[str, list[Fact]]]:
        """The facts under their terms; one after another with the same term share it."""
        return [(term, list(facts)) for term, facts in groupby(self.facts, key=attrgetter("term"))]


@dataclass(frozen=True, slots=True)
class Card:
    """One figure that matters, in a group of cards."""

    title: str
    value: Cell
    text: Cell
    address: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A group of cards."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """Small charts of one kind, side by side, and how their scales compare."""

    charts: tuple[ChartView, ...] = field(default=())
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to copy into a program, and what they are: lines of no text between them are not kept."""

    label: str
    text: str

    def __post_init__(self) -> None:
        """Refuse lines that cannot be named: a reader who moves by keyboard is told where the focus is."""
        _need(self.label, "code needs a label: it is its accessible name")


View = TableView | ChartView | Prose | ListView | Entry | Cards | Small | Code
