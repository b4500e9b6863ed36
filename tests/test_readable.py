"""Every page of the worked example, read as a machine reads it, by the rules a reader needs. See checklist.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from macros.meaning.judgement import Verdict
from macros.reading.reports import Reports
from macros.showing import wording

from .sites import Built

Pages = dict[str, BeautifulSoup]


@pytest.fixture(name="pages", scope="module")
def _pages(example_site: Built) -> Pages:
    paths = sorted(example_site.root.rglob("*.html"))
    return {
        str(path.relative_to(example_site.root)): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in paths
    }


def _tables(pages: Pages) -> Iterator[tuple[str, Tag]]:
    for path, page in pages.items():
        for table in page.select("table.figures"):
            yield path, table


def test_captions_are_unique_on_a_page(pages: Pages) -> None:
    """A reader who lists the tables of a page can tell them apart."""
    twice = {}
    for path, page in pages.items():
        captions = Counter(caption.get_text(strip=True) for caption in page.select("table caption"))
        twice[path] = [caption for caption, many in captions.items() if many > 1]
    assert {path: found for path, found in twice.items() if found} == {}


def test_headings_are_never_merged(pages: Pages) -> None:
    """No cell spans columns or rows, and each row begins with its heading."""
    for path, table in _tables(pages):
        assert not table.select("[colspan], [rowspan]"), path
        for row in table.select("tbody tr"):
            first = row.find(["th", "td"])
            assert isinstance(first, Tag), path
            assert (first.name, first.get("scope")) == ("th", "row"), path


def test_figures_stand_in_columns_of_numbers(pages: Pages) -> None:
    """Each cell that shows a row's figure is set to the right, under a heading that is set so too."""
    for path, table in _tables(pages):
        headings = table.select("thead th")
        for cell in table.select("tbody td[data-key][data-field=value]"):
            row = cell.parent
            assert isinstance(row, Tag)
            column = row.find_all(["th", "td"]).index(cell)
            assert "number" in (cell.get("class") or []), (path, cell)
            assert "number" in (headings[column].get("class") or []), (path, headings[column])


def test_wide_tables_can_be_moved_from_the_keyboard(pages: Pages) -> None:
    """Each table lies in a region with a name that takes the focus."""
    for path, table in _tables(pages):
        region = table.find_parent("div", class_="table")
        assert region is not None, path
        assert (region.get("role"), region.get("tabindex")) == ("region", "0"), path
        assert region.get("aria-label"), path


def test_notes_are_called_and_there(pages: Pages) -> None:
    """Each [note 1] in a table has its text below it, and each text is called."""
    for path, table in _tables(pages):
        body = table.find("tbody")
        called = set(re.findall(r"\[note \d+\]", body.get_text()) if isinstance(body, Tag) else [])
        region = table.parent
        assert isinstance(region, Tag)
        there = {mark.get_text() for mark in region.select("ol.notes b")}
        assert called == there, path


def test_a_chart_says_what_it_says_in_words(pages: Pages) -> None:
    """Each chart has a headline, what it measures, a description in words, and its figures in a table."""
    many = 0
    for path, page in pages.items():
        for chart in page.select("figure.chart"):
            many += 1
            for part in (".chart__name", ".chart__subtitle", ".chart__description"):
                found = chart.select_one(part)
                assert found is not None, (path, part)
                assert found.get_text(strip=True), (path, part)
            drawing = chart.select_one("svg")
            assert drawing is not None, path
            assert drawing.get("role") in ("img", "group"), path
            title = drawing.find("title")
            if title is not None:
                says = title.get_text()
                assert len(re.findall(r"[.!?](?:\s|$)", says)) <= 2, (path, says)
                assert not says.lower().startswith("image of"), path
            assert chart.select_one("table.figures tbody tr"), path
    assert many > 30


def test_no_figure_is_a_picture(pages: Pages) -> None:
    """Charts are drawings with real text; no page shows a figure in a picture."""
    assert [path for path, page in pages.items() if page.select("main img")] == []


def test_a_verdict_is_always_a_word(pages: Pages) -> None:
    """Wherever a verdict's colour stands, its word stands as well."""
    words = {wording.verdict(found).lower() for found in Verdict}
    for path, page in pages.items():
        for mark in page.select("td .verdict, .entry__title .verdict--met, .entry__title .verdict--missed"):
            says = mark.get_text().lower()
            assert any(word in says for word in words), (path, says)


def test_a_measure_page_answers_what_a_reader_asks(pages: Pages, example: Reports) -> None:
    """Each measure's page says what is measured, which way is better, when it was last updated, and where from."""
    for measure in example.measures.values():
        page = pages[f"measures/{measure.id}/index.html"]
        main = page.select_one("main")
        assert main is not None
        text = " ".join(main.get_text(" ").split())
        assert " ".join(measure.meaning.split()) in text, measure.id
        assert re.search(r"(?:higher|lower) figure is better", text) or "Neither" in text, measure.id
        assert "Last updated" in text, measure.id
        assert main.select("a[href*='data/#']"), measure.id


def test_one_heading_of_the_first_rank_and_none_skipped(pages: Pages) -> None:
    """Each page has one h1, and no rank of heading is jumped over on the way down."""
    for path, page in pages.items():
        ranks = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
        assert ranks.count(1) == 1, path
        assert all(later - earlier <= 1 for earlier, later in pairwise(ranks)), path


def test_titles_tell_pages_apart(pages: Pages) -> None:
    """No two pages have one title, and each has a description of its own in the head."""
    titles = Counter(page.title.get_text() if page.title else "" for page in pages.values())
    assert [title for title, many in titles.items() if many > 1] == []
    for path, page in pages.items():
        meta = page.select_one('meta[name="description"]')
        assert meta is not None, path
        assert meta.get("content"), path


def test_every_page_leads_to_what_the_law_asks_for(pages: Pages) -> None:
    """The accessibility statement, privacy, licence and contact are linked from the foot of every page."""
    for path, page in pages.items():
        names = {link.get_text(strip=True) for link in page.select("footer a")}
        assert {"Accessibility statement", "Privacy", "Licence and re-use", "Contact"} <= {
            re.sub(r" for .*", "", name) for name in names
        }, (path, names)


def test_no_style_or_script_is_written_into_a_page(pages: Pages) -> None:
    """A strict content security policy holds: no inline script, no style attribute outside drawings, no handler.

    What describes a page's data to search engines stands in a block of data, which no browser runs.
    """
    for path, page in pages.items():
        inline = [script for script in page.select("script") if not script.get("src")]
        assert {script.get("type") for script in inline} <= {"application/ld+json"}, path
        assert not page.select("style"), path
        assert not page.select("[style], [onclick], [onload]"), path
