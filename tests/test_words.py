"""Plain words: short sentences, no short form that is not written out, and a meaning for every word of ours."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from macros.reading.prose import written
from macros.reading.reports import Reports
from macros.records import Unit
from macros.showing import glossary

from .sites import PACKAGES, PROJECT, Built

LONGEST = 25
"""How many words a sentence may have."""
OURS = ("title", "meaning", "ended", "description", "note", "reason", "missing", "duty", "published", "target_reason")
"""The columns of the packages that are written for this site; the others hold the words of documents."""
_QUOTE = re.compile(r"“[^”]*”|\"[^\"]*\"")
_END = re.compile(r"(?<=[.!?])\)?\s+(?=[A-Z£\d])")
_NO_END = re.compile(r"(?:\b(?:Ltd|No|e\.g|i\.e|a\.m|p\.m|St|Mr|Mrs|Dr)|^\d+)\.$")
"""What ends with a full stop that ends no sentence, such as the number of an item."""


def _sentences(text: str) -> list[str]:
    """Split a text into sentences; a quote counts as one word, as its words are not ours."""
    found: list[str] = []
    for part in _END.split(_QUOTE.sub(lambda quote: f"Quote{'.' if quote[0][-2:-1] in '.!?…' else ''}", text)):
        if found and _NO_END.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [part for part in found if part]


def _count(sentence: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())


def _long(text: str) -> list[str]:
    return [sentence for sentence in _sentences(text) if _count(sentence) > LONGEST]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Met in 2013/14: 95.32%. The figure has improved.", 2, id="decimals and years end nothing"),
        pytest.param("It is run by One Connect Ltd. of Preston.", 1, id="a company"),
        pytest.param("It opens at 9 a.m. on Monday.", 1, id="a time of day"),
        pytest.param("He said “Yes. No. Maybe.” and left.", 1, id="full stops of a quote"),
        pytest.param('The review says "pa". That is a year.', 2, id="a quote before a full stop"),
        pytest.param("Was it met? It was.", 2, id="a question"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_the_splitter_finds_sentences(text: str, expected: int) -> None:
    """A sentence ends with its own full stop, and with no other."""
    assert len(_sentences(text)) == expected


def test_words_are_counted_as_they_are_read() -> None:
    """A dash is no word, and a quote is one."""
    assert _count("Met in 2013/14 – as planned.") == 5
    assert [_count(one) for one in _sentences("It was “the review of the year” in 2013/14. It is over.")] == [5, 3]
    assert [_count(one) for one in _sentences("The reason given: “Snow fell.” All that was said")] == [4, 4]


# What the packages say


def test_sentences_of_the_packages_are_short() -> None:
    """Every meaning, note and reason of the worked example is written in sentences of at most 25 words."""
    long = []
    for path in sorted(PACKAGES.glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                place = f"{path.parent.name}/{path.name}, row {number}"
                long += [(place, one) for column in OURS for one in _long(row.get(column) or "")]
    assert long == []


def test_every_measure_has_a_meaning(example: Reports) -> None:
    """A measure's meaning is a sentence or more, and says more than its title."""
    for measure in example.measures.values():
        assert measure.meaning.endswith("."), measure.id
        assert measure.meaning.rstrip(".").lower() != measure.title.lower(), measure.id


# What people wrote


@pytest.mark.parametrize("name", written(PROJECT / "docs"))
def test_sentences_of_the_prose_are_short(name: str) -> None:
    """The pages a person wrote are in sentences of at most 25 words, what search engines show of them included."""
    text = (PROJECT / "docs" / name).read_text("utf-8")
    text = re.sub(r"^---$|^\w+:|\{\{.*?\}\}|^#+ .*$", "\n\n", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    assert [long for block in re.split(r"\n\s*\n|\n- ", text) for long in _long(" ".join(block.split()))] == []


# What the site says

_NAMES = 'a[href*="/#"], a[href*="measures/"], a[href*="services/"], a[href*="councils/"]'
"""Links whose text is the name of something."""
_PRINTED = ("As printed", "Document and place", "Must contain")
"""Columns of tables that hold the words of documents."""


def _clear(main: Tag, *headings: str) -> None:
    """Empty the first cell of each row of each table, which is a name, and the columns with some headings."""
    for table in main.select("table"):
        columns = [heading.get_text(" ", strip=True) for heading in table.select("thead th")]
        for row in table.select("tbody tr"):
            for index, cell in enumerate(row.select("th, td")):
                if index == 0 or columns[index] in headings:
                    cell.clear()


def _own_words(page: BeautifulSoup, *names: str) -> Tag:
    """Return a page's text without drawings, the words of documents, their places, and the names of things."""
    main = page.select_one("main")
    assert main is not None
    for other in main.select("q, blockquote, cite, svg, .report, .entry__title, .card__value"):
        other.replace_with(" ")
    _clear(main, *_PRINTED, *names)
    for link in main.select('a[href*="data/#"]'):
        place = link.next_sibling
        if isinstance(place, NavigableString):
            # After the document comes the place in it, up to the bracket or the full stop of our sentence.
            place.replace_with(re.sub(r"^[,:].*", "", place, flags=re.DOTALL))
    for link in main.select(_NAMES):
        link.replace_with("Name")
    for quoted in main.select("dd, li, p"):
        if quoted.find(["p", "li", "dd", "table"]) is None:
            quoted.string = " ".join(quoted.get_text().split())
    return main


def _addresses(site: Built) -> list[str]:
    """Return every page of the site; a drawing to be set into other sites is none."""
    pages = (path for path in site.root.rglob("index.html") if "<main" in path.read_text("utf-8"))
    return sorted(path.parent.relative_to(site.root).as_posix() for path in pages)


BY_LAW = ("accessibility",)
"""Pages whose sentences the law gives word for word."""


def test_sentences_of_every_page_are_short(example_site: Built) -> None:
    """Every sentence the program writes has at most 25 words, on every page and in what search engines show of it."""
    long = set()
    for address in _addresses(example_site):
        page = example_site.page(address)
        described = page.select_one('meta[name="description"]')
        long |= {(address, one) for one in _long(str(described["content"]) if described else "")}
        if address in BY_LAW:
            continue
        for block in _own_words(page).select("p, li, dd, td, figcaption span, summary"):
            if block.find(["p", "li", "dd", "table"]) is None:
                items = " ".join(block.get_text().split()).split("; ")
                long |= {(address, one) for item in items for one in _long(item)}
    assert sorted(long) == []


KNOWN = ("BT", "NHS", "UK")
"""Names that are said letter by letter; no one writes them out."""
FILES = ("CSV", "JSON", "ZIP", "XLSX", "ODS", "PNG", "SVG", "PDF", "HTML", "KB", "MB", "URL")
"""Kinds and sizes of files, where one can be taken away."""
STANDARDS = ("ISO", "WCAG", "EN")
"""Names of standards, with their numbers."""
AS_PRINTED = ("GVA", "SPIRIT", "VRS")
"""What a document prints without saying what the letters stand for. The meaning of the measure says so."""
COLUMNS = ("What", "What happened")
"""Columns of names that were printed so: of events, and of sums of money."""


def test_short_forms_are_written_out(example_site: Built) -> None:
    """No page of the years, services, councils, measures and misses holds a short form that it does not write out."""
    unknown = set()
    for address in _addresses(example_site):
        if address.split("/")[0] not in ("", ".", "years", "services", "councils", "measures", "actions", "reports"):
            continue
        page = example_site.page(address)
        whole = example_site.text(address)
        own = _QUOTE.sub(" ", _own_words(page, *COLUMNS).get_text(" "))
        # An identifier of a body, such as local-authority-eng:ABC, is no short form.
        used = set(re.findall(r"(?<![\w:-])[A-Z]{2,6}(?![\w-])", own)).difference(KNOWN, FILES, STANDARDS, AS_PRINTED)
        unknown |= {(address, one) for one in used if not re.search(rf"\({one}\)|\b{one}: [a-z]", whole)}
    assert sorted(unknown) == []


def test_pages_lead_to_the_glossary(example_site: Built, example: Reports) -> None:
    """The first page, years, services, councils and measures link the glossary; every term they link exists."""
    anchors = {heading["id"] for heading in example_site.page("glossary/").select("main h3[id]")}
    assert {term.id for term in glossary.TERMS} <= anchors
    pages = ["", "actions/", "discrepancies/", *(f"years/{year}/" for year in example.years)]
    pages += [f"services/{service}/" for service in example.services]
    pages += [f"councils/{council.id}/" for council in example.councils]
    pages += [f"measures/{measure}/" for measure in example.measures]
    for address in pages:
        links = [str(link["href"]) for link in example_site.page(address).select('main a[href*="glossary/"]')]
        assert any(link.endswith("glossary/") for link in links), address
        assert {link.partition("#")[2] for link in links if "#" in link} <= anchors, address


def test_every_measure_page_says_what_a_reader_must_know(example_site: Built, example: Reports) -> None:
    """Each says what is measured, which way is better, in what unit, for how many months, and when it was updated."""
    for measure in example.measures.values():
        says = example_site.text(f"measures/{measure.id}/")
        assert " ".join(measure.meaning.split()) in says, measure.id
        assert re.search(r"A (higher|lower) figure is better\.|Neither a higher nor a lower figure is better", says)
        unit = "as a number" if measure.unit is Unit.NUMBER else f"in {measure.unit}"
        assert f"It is given {unit}." in says, measure.id
        assert re.search(r"It was last reported for .* \((?:\d+ of 12 months|\d+ months?|1 day)\)\.", says), measure.id
        assert re.search(r"Last updated (?:in|on|from) ", says), measure.id


def test_a_part_year_is_called_one(example_site: Built, example: Reports) -> None:
    """A measure whose newest figure is for eleven months says so beside the figure."""
    for measure in ("payroll-error-rate", "payroll-changes-on-time", "disclosure-checks-on-time"):
        assert example.series(measure)[-1].period.months == 11
        assert "This is a part-year: 11 of 12 months." in example_site.text(f"measures/{measure}/")


# The glossary


def test_terms_are_told_in_short_sentences_in_the_order_of_the_alphabet() -> None:
    """Each term has a meaning in plain sentences, and can be found by its first letter."""
    assert [term.title.lower() for term in glossary.TERMS] == sorted({term.title.lower() for term in glossary.TERMS})
    for term in glossary.TERMS:
        assert term.meaning.endswith("."), term.title
        assert _long(f"{term.title}: {term.meaning}") == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["95.32%", "at least 96%", "Met"], [], id="nothing needs words"),
        pytest.param(
            ["£61.50 (provisional)", "£60 (provisional)"],
            ["Provisional: the figure is not final and may still change."],
            id="once for the table",
        ),
        pytest.param(
            ["final, cash, net"],
            [
                "Cash: money that is no longer spent, or that comes in.",
                "Final: the figure is settled, as far as the document says.",
                "Net: the sum after the cost of getting it is taken off.",
            ],
            id="in the order of the alphabet",
        ),
        pytest.param(
            ["non-contractual"],
            ["Non-contractual: the target was agreed, but is not part of the contract."],
            id="not what a word ends with",
        ),
        pytest.param(["internet", "Total of the savings", "Final report"], [], id="not a part of a name"),
        pytest.param(
            ["2.74 points lower than in 2011/12 (worsened)"],
            ["Points: percentage points. From 50% to 53% is three points higher."],
            id="behind a number",
        ),
        pytest.param(["5 [note 1]"], [], id="a note, which stands below the table"),
        pytest.param(
            ["5% (provisional) [note 1]"],
            ["Provisional: the figure is not final and may still change."],
            id="before a note",
        ),
    ],
)
def test_shorthand_is_explained(texts: list[str], expected: list[str]) -> None:
    """Each shorthand in a table's cells is explained once."""
    assert list(glossary.explain(texts)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Information and communications technology (ICT): computers.",
            {"ICT": "Information and communications technology"},
            id="a small word is passed over",
        ),
        pytest.param(
            "The share of business rates, or national non-domestic rates (NNDR), collected.",
            {"NNDR": "national non-domestic rates"},
            id="a hyphen joins two words",
        ),
        pytest.param("Sent by post (BACS).", {}, id="other letters"),
        pytest.param("The council (all of it) met.", {}, id="no short form"),
    ],
)
def test_short_forms_are_read_where_they_are_written_out(text: str, expected: dict[str, str]) -> None:
    """A short form is known by the words before its brackets, which begin with its letters."""
    assert glossary.short_forms((text,)) == expected


def test_the_glossary_holds_the_short_forms_of_the_packages(example_site: Built) -> None:
    """What a council's packages write out stands in the glossary with our own words."""
    says = example_site.text("glossary/")
    assert "ICT Information and communications technology." in says
    assert "NNDR National non-domestic rates." in says


def test_the_glossary_page_is_a_file(example_site: Built) -> None:
    """The page exists, and the first page leads to it."""
    assert Path(example_site.root, "glossary/index.html").exists()
    assert example_site.page("").select_one('a[href$="glossary/"]') is not None
