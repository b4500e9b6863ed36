"""Published files to plain rows, figures and texts, as anyone who fetched them would read them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..errors import Where

_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


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
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise ValueError(str(error)) from error


@dataclass(slots=True)
class Element:
    """An element of a page that is read, and its text; for a cell its column's heading and its table's notes."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    heading: str = ""
    notes: list[Element] = field(default_factory=list)
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
    """A chart of a page: its texts by their classes, the elements of its table, and the labels of its drawing."""

    id: str
    line: int
    small: bool
    texts: dict[str, Element] = field(default_factory=dict)
    figures: list[Element] = field(default_factory=list)
    labels: list[Element] = field(default_factory=list)

    def says(self, name: str) -> str:
        """Return one of its texts; one that is not there is blank."""
        return self.texts[name].text if name in self.texts else ""

    @property
    def keys(self) -> list[str]:
        """The keys of the rows it draws, in the order of its table."""
        return list(dict.fromkeys(one.key for one in self.figures))


_CHART_TEXTS = {"chart__name": "name", "chart__subtitle": "subtitle", "chart__description": "description"}
_CHART_TAGS = {"title": "title", "cite": "citation", "textarea": "code"}


class Page(HTMLParser):
    """What a page, or a drawing, shows of the data: marked figures, links to files, and charts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.figures: list[Element] = []
        self.links: list[Element] = []
        self.charts: list[Chart] = []
        self.drawing = Chart("", 1, small=False)
        """What stands in no chart of a page: the texts of a drawing that is a file of its own."""
        self._open: list[Element] = []
        self._chart: Chart | None = None
        self._headings: list[Element] = []
        self._notes: list[Element] = []
        self._noting = False
        self._column = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to read an element that shows data; go down a level in those that are being read."""
        for element in self._open:
            element.depth += element.tag == tag
        if tag in _VOID:
            return
        known = {name: value or "" for name, value in attrs}
        self._follow(tag, known)
        wanted = self._wanted(tag, known)
        if wanted is not None:
            self._open.append(wanted)

    def _follow(self, tag: str, known: Mapping[str, str]) -> None:
        """Keep count of where in a table and in which chart the page is."""
        if tag == "figure":
            self._chart = Chart(known.get("id", ""), self.getpos()[0], "chart--small" in known.get("class", ""))
            self.charts.append(self._chart)
        elif tag == "table":
            self._headings, self._notes = [], []
        elif tag == "tr":
            self._column = -1
        elif tag in ("th", "td"):
            self._column += 1
        elif tag in ("ol", "ul"):
            self._noting = tag == "ol" and known.get("class") == "notes"
        elif tag == "tspan":
            self.handle_data(" ")

    def _wanted(self, tag: str, known: Mapping[str, str]) -> Element | None:
        """Return an element that is to be read, put where it belongs, or None."""
        element = Element(tag, known, self.getpos()[0])
        chart = self._chart or self.drawing
        name = _CHART_TEXTS.get(known.get("class", "")) or _CHART_TAGS.get(tag)
        if "data-key" in known:
            if tag == "td" and self._column < len(self._headings):
                element.heading, element.notes = self._headings[self._column].text, self._notes
            self.figures.append(element)
            if self._chart:
                self._chart.figures.append(element)
        elif "data-label" in known:
            chart.labels.append(element)
        elif tag == "a" and known.get("href"):
            self.links.append(element)
        elif tag == "li" and self._noting:
            self._notes.append(element)
        elif known.get("scope") == "col":
            self._headings.append(element)
        elif name and (self._chart or tag == "title"):
            chart.texts[name] = element
        else:
            return None
        return element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element that holds nothing, such as a shape."""

    def handle_endtag(self, tag: str) -> None:
        """Come up a level, and end the elements that are read to their end."""
        if tag == "figure":
            self._chart = None
        elif tag == "ol":
            self._noting = False
        for element in self._open:
            element.depth -= element.tag == tag
        self._open = [element for element in self._open if element.depth]

    def handle_data(self, data: str) -> None:
        """Add a text to every element it stands in."""
        for element in self._open:
            element.parts.append(data)
