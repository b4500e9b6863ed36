"""Views as HTML. The HTML is parsed and asked questions, never compared as a string."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from macros.showing import rendering
from macros.showing.views import (
    Card,
    Cards,
    Cell,
    ChartView,
    Column,
    Entry,
    Fact,
    ListView,
    Prose,
    Small,
    TableView,
    View,
)

from .builders import A_PICTURE
from .sites import PROJECT

ROOT = "../../"
HARMLESS = "Harmless"
HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param('"><img src=x onerror=1>', id="an image that breaks out of an attribute"),
    pytest.param("' onmouseover='alert(1)", id="an attribute that breaks out of single quotation marks"),
    pytest.param("</td></tr></table></div><h1>", id="the end of a table"),
    pytest.param("<!-- --> <b>", id="a comment"),
    pytest.param("{{ 7*7 }}", id="a template's expression"),
    pytest.param("{% for x in y %}{# z #}", id="a template's statement"),
    pytest.param("[x](javascript:alert(1))", id="a Markdown link"),
    pytest.param("![x](https://example.org/x.png)", id="a Markdown image"),
    pytest.param("**x** __x__ `x` ~~x~~", id="Markdown's marks"),
    pytest.param("_x_ and __init__.py", id="underscores"),
    pytest.param("a | b [^1] [x]: y", id="a table's line and a footnote"),
    pytest.param("Waste & recycling &amp; &lt;b&gt; &#60;", id="ampersands"),
    pytest.param("\"double\", 'single' and “curly”", id="quotation marks"),
    pytest.param("C:\\new\\*", id="backslashes"),
    pytest.param("javascript:alert(1)", id="a script's address"),
    pytest.param("Zoë’s 9½ days – £7,582,641 −3 ✓ Ħ 文", id="letters and signs beyond ASCII"),
]


def _parsed(view: View, root: str = ROOT) -> BeautifulSoup:
    """Return a rendered view as a document."""
    return BeautifulSoup(rendering.render(view, root), "html.parser")


def _one(within: Tag, selector: str) -> Tag:
    """Return the one element that a selector finds."""
    found = within.select(selector)

    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def _a_table(text: str = HARMLESS) -> TableView:
    """Return a table with a text in every field that takes one."""
    columns = (Column(text), Column(f"{text} in number", numeric=True), Column(text))
    row = (Cell(text, text), Cell(text, key=text), Cell(text, text, text))
    return TableView(text, columns, (row, row), (text, f"{text}, too"))


def _a_chart(text: str = HARMLESS, name: str = "") -> ChartView:
    """Return a chart with a text in every field that takes one, below a drawing of our own."""
    return ChartView(name or text, text, text, A_PICTURE, _a_table(text))


def _an_entry(text: str = HARMLESS) -> Entry:
    """Return an entry with a text in every field that takes one."""
    facts = (Fact(text, (Cell(text), Cell(text, text))), Fact(text, (Cell(text, mark=text),), quote=True))
    return Entry(text, text, facts, text)


VIEWS: dict[str, Callable[[str], View]] = {
    "table": _a_table,
    "chart": _a_chart,
    "entry": _an_entry,
    "prose": lambda text: Prose(((Cell(text), Cell(text, text)), (Cell(text, mark=text),)), lead=True),
    "list": lambda text: ListView(((Cell(text, text), Cell(text)), (Cell(text),))),
    "cards": lambda text: Cards((Card(text, Cell(text, key=text, field=text), Cell(text), text, text),)),
    "small charts": lambda text: Small((_a_chart(text), _a_chart(text))),
}


# Tables


_TABLE = TableView(
    "Bins, 2021/22",
    (Column("Service level"), Column("Result", numeric=True), Column("Verdict")),
    (
        (
            Cell("On the day", "measures/bins-on-time/"),
            Cell("94.9%", key="bins-on-time FY2021-22"),
            Cell("Missed", mark="missed"),
        ),
        (Cell("Refused"), Cell("4.9%"), Cell("Met", mark="met")),
    ),
    ("Snow fell.", "A van broke down."),
)


def test_a_table_is_announced() -> None:
    """A table has a caption, and stands in a named region that a keyboard can scroll."""
    page = _parsed(_TABLE)
    region = _one(page, "[role=region]")

    assert _one(page, "table > caption").get_text() == "Bins, 2021/22"
    assert (region["aria-label"], region["tabindex"]) == ("Bins, 2021/22", "0")
    assert _one(region, "table")


def test_every_heading_of_a_table_has_a_scope() -> None:
    """A screen reader can say for each cell which column and which row it belongs to."""
    page = _parsed(_TABLE)
    rows = page.select("tbody > tr")

    assert [(cell.name, cell["scope"]) for cell in page.select("thead th, thead td")] == [("th", "col")] * 3
    assert [cell.get_text() for cell in page.select("thead th")] == ["Service level", "Result", "Verdict"]
    assert len(rows) == 2
    for row in rows:
        first, *others = row.find_all(["th", "td"])
        assert (first.name, first["scope"]) == ("th", "row")
        assert [cell.name for cell in others] == ["td", "td"]


def test_numbers_are_set_to_the_right() -> None:
    """The heading and the cells of a column of numbers have the class that sets them, and no others do."""
    page = _parsed(_TABLE)

    assert [cell.get_text() for cell in page.select(".number")] == ["Result", "94.9%", "4.9%"]


def test_a_figure_can_be_traced() -> None:
    """A figure's cell carries the key of its row in the package; a cell without one carries none."""
    page = _parsed(_TABLE)

    assert [(cell["data-key"], cell["data-field"], cell.get_text()) for cell in page.select("[data-key]")] == [
        ("bins-on-time FY2021-22", "value", "94.9%")
    ]


def test_links_start_at_the_site() -> None:
    """A cell with an address is a link from the page's own place; a cell without one is text."""
    page = _parsed(_TABLE, "../../")

    assert [(link["href"], link.get_text()) for link in page.find_all("a")] == [
        ("../../measures/bins-on-time/", "On the day")
    ]


def test_a_verdict_is_a_word_with_a_mark() -> None:
    """A verdict is told by its word; the mark only adds colour."""
    page = _parsed(_TABLE)

    assert [(mark["class"], mark.get_text()) for mark in page.select(".verdict")] == [
        (["verdict", "verdict--missed"], "Missed"),
        (["verdict", "verdict--met"], "Met"),
    ]


def test_notes_stand_below_their_table() -> None:
    """Notes carry the numbers that the cells call them by; a table without notes has no empty list."""
    notes = [" ".join(note.get_text().split()) for note in _parsed(_TABLE).select("[role=region] li")]

    assert notes == ["[note 1] Snow fell.", "[note 2] A van broke down."]
    assert not _parsed(TableView("Bins", (Column("Period"),), ())).select("ol, ul, li")


# Other views


def test_a_chart_has_a_name_and_a_description() -> None:
    """A drawing is an image with a name and a description that stand on the page; its figures are in a table below."""
    page = _parsed(ChartView("chart-bins", "Bins", "It rose to 94.9%.", A_PICTURE, _TABLE))
    drawing = _one(page, "svg[role=img]")

    assert _one(page, f"#{drawing['aria-labelledby']}").get_text() == "Bins"
    assert _one(page, f"#{drawing['aria-describedby']}").get_text() == "It rose to 94.9%."
    assert drawing["viewbox"] == "0 0 360 26"
    assert _one(page, "details table caption").get_text() == "Bins, 2021/22"
    assert _one(page, "details > summary").get_text()


def test_small_charts_stand_together() -> None:
    """Small charts are whole charts, each with its own name."""
    page = _parsed(Small((_a_chart("One"), _a_chart("Two"))))

    assert [caption.get_text() for caption in page.select("figcaption")] == ["One", "Two"]


@pytest.mark.parametrize("level", [2, 3, 4], ids="at level {}".format)
def test_an_entry_can_be_named_and_linked_to(level: int) -> None:
    """An entry has an address and a heading of its level within it; each fact is a term and what is said of it."""
    facts = (Fact("Why", (Cell("Snow fell."),), quote=True), Fact("More", (Cell("All figures", "measures/bins/"),)))
    page = _parsed(Entry("bins-2021-22", "Bins, 2021/22", facts, "missed", level))
    entry = _one(page, "#bins-2021-22")

    assert " ".join(_one(entry, f"h{level}").get_text().split()) == "Bins, 2021/22 missed"
    assert [(term.get_text(), said.get_text()) for term, said in zip(entry("dt"), entry("dd"), strict=True)] == [
        ("Why", "Snow fell."),
        ("More", "All figures"),
    ]
    assert _one(entry, "a")["href"] == "../../measures/bins/"


def test_the_words_of_a_document_are_marked_as_such() -> None:
    """A quotation is told from what the site says of itself."""
    facts = (Fact("Why", (Cell("Snow fell."),), quote=True), Fact("Due", (Cell("The report did not say."),)))
    page = _parsed(Entry("bins", "Bins", facts))

    assert [quote.get_text() for quote in page.select("q, blockquote")] == ["Snow fell."]


def test_prose_and_lists() -> None:
    """Paragraphs are paragraphs and items are items, with their links inside."""
    cells = ((Cell("It belongs to "), Cell("Bins", "services/bins/"), Cell(".")), (Cell("It ended."),))
    paragraphs = [part.get_text() for part in _parsed(Prose(cells)).find_all("p")]
    items = [part.get_text() for part in _parsed(ListView(cells)).select("ul > li")]

    assert paragraphs == items == ["It belongs to Bins.", "It ended."]
    assert _one(_parsed(ListView(cells)), "a")["href"] == "../../services/bins/"


def test_a_lead_paragraph_is_marked() -> None:
    """Only what begins a page stands out."""
    assert _parsed(Prose(((Cell("It rose."),),), lead=True)).select(".lead")
    assert not _parsed(Prose(((Cell("It rose."),),))).select(".lead")


def test_cards_are_a_list() -> None:
    """Cards are items of one list, each with its title, its figure and what it counts."""
    cards = (
        Card("Missed", Cell("4", key="levels", field="missed"), Cell("service levels"), "actions/", "missed"),
        Card("Sums", Cell("8"), Cell("of money")),
    )
    page = _parsed(Cards(cards))

    assert [" ".join(item.get_text(" ").split()) for item in page.select("ul > li")] == [
        "Missed 4 service levels",
        "Sums 8 of money",
    ]
    assert [(link["href"], link.get_text()) for link in page.find_all("a")] == [("../../actions/", "Missed")]


# Hostile texts


def _skeleton(page: Tag) -> list[tuple[str, dict[str, str]]]:
    """Return every element with its attributes, spaces single, and a class only by its being there."""
    return [
        (tag.name, {name: "" if name == "class" else _spaced(str(value)) for name, value in tag.attrs.items()})
        for tag in page.find_all(name=True)
    ]


def _spaced(text: str) -> str:
    """Return a text as a browser shows it, its spaces and line breaks single spaces."""
    return " ".join(text.split())


def _document(text: str) -> BeautifulSoup:
    """Parse HTML, keeping every attribute as the one text it is."""
    return BeautifulSoup(text, "html.parser", multi_valued_attributes=None)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", VIEWS)
def test_texts_never_become_markup(kind: str, text: str) -> None:
    """Whatever a text in any field of any view says, the elements are the same, and the text stands whole in them."""
    harmless = _document(rendering.render(VIEWS[kind](HARMLESS), ROOT))
    hostile = _document(rendering.render(VIEWS[kind](text), ROOT))
    expected = [
        (name, {attribute: value.replace(HARMLESS, text) for attribute, value in attributes.items()})
        for name, attributes in _skeleton(harmless)
    ]

    assert _skeleton(hostile) == expected
    assert hostile.get_text() == harmless.get_text().replace(HARMLESS, text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", VIEWS)
def test_no_address_leaves_the_site(kind: str, text: str) -> None:
    """An address always begins with the way to the site's home, so it can be no script and no other host."""
    links = _document(rendering.render(VIEWS[kind](text), ROOT)).find_all(href=True)

    assert all(str(link["href"]).startswith(ROOT) for link in links)


_SPACED = [
    pytest.param(HARMLESS, id="a plain text"),
    pytest.param("One\n\nTwo", id="a blank line"),
    pytest.param("One\n \t \n\n    Two", id="lines of spaces"),
    pytest.param("\n\nOne\n", id="line breaks around"),
    pytest.param("One\r\n\r\nTwo", id="line breaks of another system"),
]


@pytest.mark.parametrize("text", _SPACED)
@pytest.mark.parametrize("kind", VIEWS)
def test_html_holds_no_blank_line(kind: str, text: str) -> None:
    """HTML begins at the left margin and holds no blank line: either would end it for Markdown."""
    shown = rendering.render(VIEWS[kind](text), ROOT)

    assert shown[0] == "<"
    assert all(line.strip() for line in shown.strip("\n").splitlines())


def _markdown() -> Markdown:
    """Return Markdown as MkDocs sets it up for this site: its own three extensions, then those of ``mkdocs.yml``."""
    with Path(PROJECT, "mkdocs.yml").open(encoding="utf-8") as file:
        listed = yaml_load(file)["markdown_extensions"]
    configs = {name: config or {} for one in listed if isinstance(one, dict) for name, config in one.items()}
    names = [one if isinstance(one, str) else next(iter(one)) for one in listed]
    extensions = dict.fromkeys(["toc", "tables", "fenced_code", *names])
    return Markdown(extensions=list(extensions), extension_configs=configs)


@pytest.mark.parametrize("text", [*HOSTILE, *_SPACED])
@pytest.mark.parametrize("kind", VIEWS)
def test_html_survives_markdown(kind: str, text: str) -> None:
    """Markdown leaves a view's HTML alone, whatever its texts say."""
    shown = rendering.render(VIEWS[kind](text), ROOT)
    page = _document(_markdown().convert(f"Before\n\n{shown}\n\nAfter"))
    before, *elements, after = _skeleton(page)

    assert (before, after) == (("p", {}), ("p", {}))
    assert elements == _skeleton(_document(shown))
    assert page.get_text().split() == ["Before", *_document(shown).get_text().split(), "After"]


# Titles in Markdown and in front matter


def _heading(text: str) -> Tag:
    """Return a generated page's heading after templates and Markdown have done their work."""
    template = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - as pages are rendered
    page = _document(_markdown().convert(template.from_string(f"# {rendering.text(text)}").render()))

    assert [tag.name for tag in page.find_all(name=True)] == ["h1"], page
    return _one(page, "h1")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_stands_for_itself(text: str) -> None:
    """A title is the same visible text after templates and Markdown, and no markup."""
    assert _heading(text).get_text() == text


# Words between the signs that Markdown, HTML and templates read: a mark only closes upon a word.
_SIGNS = st.lists(st.sampled_from(["ab", "1", " ", *"_*`#[](){}<>&|!\\~^=+-:;/.,\"'%"]), min_size=1).map("".join)
_VISIBLE = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1) | _SIGNS


@given(text=_VISIBLE.map(_spaced).filter(bool))
def test_every_title_stands_for_itself(text: str) -> None:
    """No title can be written that Markdown, HTML or a template would read as anything but text."""
    assert _heading(text).get_text() == text


@pytest.mark.parametrize("text", HOSTILE)
def test_front_matter(text: str) -> None:
    """A title in front matter is one quoted value, escaped for the page's head where it ends, and nothing is lost."""
    read = yaml.safe_load(f"title: {rendering.front_matter(text)}\ndescription: x")

    assert set(read) == {"title", "description"}
    assert html.unescape(read["title"]) == text
    assert not set('<>"{}\\') & set(read["title"])


@given(text=_VISIBLE)
def test_every_text_goes_through_front_matter(text: str) -> None:
    """No description can be written that breaks out of front matter."""
    assert html.unescape(yaml.safe_load(f"title: {rendering.front_matter(text)}")["title"]) == text
