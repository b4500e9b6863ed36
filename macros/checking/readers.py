"""Published files to plain rows, figures and texts, as anyone who fetched them would read them."""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from ..errors import Where
from .markup import CUT, Tokens, attributes_of, telling_nothing, tokens

_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
_UNSEEN = ("script", "style")
_LEFT_BEHIND = re.compile(r"(?i:\[note:|\[name|\blorem\b)|\bTODO\b")
"""What councils have published of templates they did not fill in. “[note 1]” marks a note of a table."""
_ESCAPED = re.compile("&(?!#39;|#34;|amp;|lt;|gt;|quot;)")
"""What may be a letter or a bracket; the signs left out are the ones that nearly every page has."""
_LEFT_WORDS = (b"[note:", b"[name", b"lorem", b"todo")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a published table: its file, its number as a spreadsheet shows it, and its cells by their headings."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return a cell; one that is not there is blank."""
        return self.cells.get(name, "")

    def place(self, name: str) -> Where:
        """Return the place of a cell."""
        names = list(self.cells)
        return Where(self.file, self.number, names.index(name) if name in names else -1, name if name in names else "")


def csv_rows(file: str, data: bytes) -> list[Row]:
    """Read a CSV file.

    Raises:
        ValueError: it is not text, has no heading, or has a row that is longer or shorter than the heading.
    """
    try:
        header, *body = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return [Row(file, number, dict(zip(header, cells, strict=True))) for number, cells in enumerate(body, start=2)]


def members(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip.

    Raises:
        ValueError: it is not a sound zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError) as error:
        # Some say nothing.
        raise ValueError(str(error) or "it is not what was packed") from error


@dataclass(slots=True)
class Element:
    """An element of a page that is read, and its text; for a cell the headings of its column and row, and its notes."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    heading: str = ""
    row: str = ""
    notes: Sequence[Element] = ()
    parts: list[str] = field(default_factory=list)
    depth: int = 1

    @property
    def text(self) -> str:
        """The element's text, its spaces single."""
        return " ".join("".join(self.parts).split())

    @property
    def key(self) -> str:
        """The row or rows the element shows."""
        return self.attributes.get("data-key", "")

    @property
    def field(self) -> str:
        """What the element shows of its row."""
        return self.attributes.get("data-field", "value")


@dataclass(slots=True)
class Chart:
    """A chart of a page: its texts by their classes, the elements of its table, and what its drawing holds."""

    id: str
    line: int
    small: bool
    texts: dict[str, Element] = field(default_factory=dict)
    figures: list[Element] = field(default_factory=list)
    labels: list[Element] = field(default_factory=list)
    shapes: list[tuple[str, ...]] = field(default_factory=list)
    """Where each shape of the drawing stands, and what it looks like but for its colours."""

    def says(self, name: str) -> str:
        """Return one of its texts; one that is not there is blank."""
        return self.texts[name].text if name in self.texts else ""

    @property
    def keys(self) -> list[str]:
        """The keys of the rows it draws, in the order of its table."""
        return list(dict.fromkeys(one.key for one in self.figures))


_CHART_TEXTS = {"chart__name": "name", "chart__subtitle": "subtitle", "chart__description": "description"}
_CHART_TAGS = {"title": "title", "cite": "citation", "textarea": "code"}
_SHAPES = ("path", "line")
_PLACED = ("data-row", "transform", "x2", "y2", "d")
"""What says where a shape of a drawing stands."""
_PLACES = {"figure", "table", "tr", "th", "td", "ol", "ul", "li", *_SHAPES, *_CHART_TAGS}
"""Elements that tell where the page is, or are read, whatever their attributes."""
_NOTHING = telling_nothing(
    {*_PLACES, *_ADDRESSES}, ("figure", "ol"), ("id", "data-key", "data-label", "scope", 'class="chart__')
)
"""What is passed over while no element is read: most of a page says nothing that is asked for."""


class Page:
    """What a page, or a drawing, links to, can be linked by, and shows of the data: marked figures, files, charts."""

    def __init__(self, text: str) -> None:
        self.figures: list[Element] = []
        self.links: list[Element] = []
        """Links with a text of their own."""
        self.charts: list[Chart] = []
        self.drawing = Chart("", 1, small=False)
        """What stands in no chart of a page: the texts of a drawing that is a file of its own."""
        self.addresses: list[tuple[int, str]] = []
        """Everything the page leads to or needs, each with its line."""
        self.identifiers: list[str] = []
        self.left: list[tuple[int, str]] = []
        """What a template left behind, each with its line."""
        self.cut: tuple[int, str] | None = None
        """Where the rest of the page is not shown, and what begins there."""
        self.ends = text.rstrip().endswith("</html>")
        """Whether the page goes on to its end: one that was cut off shows less than it should."""
        self._lines = _Lines(text)
        self._open: list[Element] = []
        self._chart: Chart | None = None
        self._headings: list[Element] = []
        self._row: Element | None = None
        self._notes: list[Element] = []
        self._noting = False
        self._column = 0
        self._read(text)

    def _read(self, text: str) -> None:
        divided = Tokens(text)
        for tag, what, at in divided:
            if not tag:
                self._add(what)
            elif tag[0] == "/":
                self._end(tag[1:])
            elif tag == CUT:
                self.cut = self._lines.of(at), text[at : at + 20].split(maxsplit=1)[0]
            elif element := self._begin(tag, attributes_of(what) if what else {}, at):
                # Most elements that are read hold a text alone.
                inner = None if self._open else divided.leaf(tag)
                self._open.append(element)
                if inner is not None:
                    self._add(inner)
                    self._end(tag)
            divided.passed = None if self._open else _NOTHING
        self.left = list(_left(text)) if _may_be_left(text) else []

    def _begin(self, tag: str, known: Mapping[str, str], at: int) -> Element | None:
        """Go down a level in the elements that are being read, and return one that is to be read from here on."""
        for element in self._open:
            element.depth += element.tag == tag
        if identifier := known.get("id"):
            self.identifiers.append(identifier)
        if tag in _ADDRESSES and _ADDRESSES[tag] in known and known.get("rel") != "canonical":
            self.addresses.append((self._lines.of(at), known[_ADDRESSES[tag]]))
        if tag in _VOID:
            return None
        self._follow(tag, known, at)
        return self._wanted(tag, known, at)

    def _follow(self, tag: str, known: Mapping[str, str], at: int) -> None:
        """Keep count of where in a table and in which chart the page is."""
        if tag == "figure":
            self._chart = Chart(known.get("id", ""), self._lines.of(at), "chart--small" in known.get("class", ""))
            self.charts.append(self._chart)
        elif tag == "table":
            self._headings, self._notes = [], []
        elif tag == "tr":
            self._column, self._row = -1, None
        elif tag in ("th", "td"):
            self._column += 1
        elif tag in ("ol", "ul"):
            self._noting = tag == "ol" and known.get("class") == "notes"
        elif tag == "tspan":
            self._add(" ")
        elif tag in _SHAPES:
            (self._chart or self.drawing).shapes.append(tuple(known.get(name, "") for name in _PLACED))

    def _wanted(self, tag: str, known: Mapping[str, str], at: int) -> Element | None:
        """Return an element that is to be read, put where it belongs, or None."""
        chart = self._chart or self.drawing
        if "data-key" in known:
            element = Element(tag, known, self._lines.of(at))
            if tag == "td" and self._column < len(self._headings):
                element.heading, element.notes = self._headings[self._column].text, self._notes
                element.row = self._row.text if self._row else ""
            self.figures.append(element)
            if self._chart:
                self._chart.figures.append(element)
            return element
        if "data-label" in known:
            place = chart.labels
        elif tag == "a" and known.get("href"):
            place = self.links
        elif tag == "li" and self._noting:
            place = self._notes
        elif known.get("scope") == "col":
            place = self._headings
        elif known.get("scope") == "row":
            self._row = Element(tag, known, self._lines.of(at))
            return self._row
        else:
            name = _CHART_TEXTS.get(known.get("class", "")) or _CHART_TAGS.get(tag)
            if not name or not (self._chart or tag == "title"):
                return None
            chart.texts[name] = element = Element(tag, known, self._lines.of(at))
            return element
        place.append(Element(tag, known, self._lines.of(at)))
        return place[-1]

    def _end(self, tag: str) -> None:
        """Come up a level, and end the elements that are read to their end."""
        if tag == "figure":
            self._chart = None
        elif tag == "ol":
            self._noting = False
        for element in self._open:
            element.depth -= element.tag == tag
        self._open = [element for element in self._open if element.depth]

    def _add(self, text: str) -> None:
        """Add a text to every element it stands in."""
        if text:
            for element in self._open:
                element.parts.append(text)


class _Lines:
    """The lines of a text, counted once from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1

    def of(self, at: int) -> int:
        """Return the line of a place that is not before the last one asked for."""
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line


def _may_be_left(text: str) -> bool:
    """Whether a page may hold what a template left behind: most pages hold none of it."""
    # Of bytes, small letters are made of plain ones alone: twice as fast, and these words have no others.
    whole = (unescape(text) if _ESCAPED.search(text) else text).encode().lower()
    return any(word in whole for word in _LEFT_WORDS)


def _left(text: str) -> Iterator[tuple[int, str]]:
    """Find what a template left in the texts of a page, each with its line."""
    lines = _Lines(text)
    unseen = False
    for tag, what, at in tokens(text):
        if tag:
            unseen = tag in _UNSEEN
        elif not unseen:
            line = lines.of(at)
            for found in _LEFT_BEHIND.finditer(what):
                yield line + what.count("\n", 0, found.start()), found[0]
