"""The search box: what it finds, in which order, and how a reader gets to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from macros.publishing.search import INDEX, SHOWN, Findable, search_files, singular, words

from .browsing import DESK, VIEWS, View, opened, served
from .sites import PROJECT, Built

_PAGE = """<!doctype html><html lang="en"><title>Search</title>
<body data-search="search/index.json" data-base="./">
<form class="search" hidden><label for="search">Search</label><input id="search" type="search">
<button type="submit">Search</button><div id="found" aria-live="polite" hidden></div></form>
<script src="answerable.js"></script>"""


def _write(folder: Path, pages: Sequence[Findable]) -> None:
    """Write a site of nothing but the search box into a folder."""
    (folder / "index.html").write_text(_PAGE, "utf-8")
    (folder / "answerable.js").write_bytes((PROJECT / "overrides/assets/answerable.js").read_bytes())
    for address, data in search_files(pages).items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(data)


@contextmanager
def _searching(browser: Browser, folder: Path, pages: Sequence[Findable]) -> Iterator[Page]:
    """Open a site that holds some pages."""
    _write(folder, pages)
    with served(folder) as base, opened(browser, DESK) as page:
        page.goto(base)
        yield page


def _ask(page: Page, typed: str) -> list[str]:
    """Type into the box and return the titles that are shown."""
    page.locator("#found").evaluate("found => { found.hidden = true }")
    page.locator("#search").fill("")
    page.locator("#search").fill(typed)
    page.locator("#found p").wait_for()
    return page.locator("#found a").all_text_contents()


def _titled(*titles: str, text: str = "") -> list[Findable]:
    return [Findable(f"{number}/", title, text) for number, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Council tax", {"council", "tax"}, id="small letters"),
        pytest.param("benefits", {"benefits", "benefit"}, id="a plural and its singular"),
        pytest.param("policies", {"policies", "policy"}, id="a plural in ies"),
        pytest.param("taxes", {"taxes", "tax"}, id="a plural in es"),
        pytest.param("houses", {"houses", "house"}, id="a plural of a word in se"),
        pytest.param("business status analysis gas", {"business", "status", "analysis", "gas"}, id="no plural"),
        pytest.param("Council's", {"councils", "council"}, id="an apostrophe"),
        pytest.param("Council’s", {"councils", "council"}, id="a typeset apostrophe"),
        pytest.param("Tŷ Hafan, café", {"ty", "hafan", "cafe"}, id="accents"),
        pytest.param("95.32% in 2013/14", {"95", "32", "in", "2013", "14"}, id="figures"),
        pytest.param("<b>_x_</b> ½ – £", {"b", "x", "1", "2"}, id="signs"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_words_are_what_a_reader_types(text: str, found: set[str]) -> None:
    """A text is divided into small words without accents, and each plural is found as its singular."""
    assert words(text) == found


def test_the_singular_of_a_singular_is_itself() -> None:
    """What was shortened once is not shortened again, so that a page and a reader come to the same word."""
    for word in ("benefits", "policies", "taxes", "houses", "addresses", "boxes", "services"):
        assert singular(singular(word)) == singular(word)


def test_the_same_pages_give_the_same_files() -> None:
    """The files follow from the pages alone, and their folder from what they hold."""
    pages = _titled("Bins", "Bin collection", "Council tax")
    assert search_files(pages) == search_files(iter(pages))
    one, other = (json.loads(search_files(some)[INDEX])["folder"] for some in (pages, pages[:2]))
    assert one != other


def test_a_plural_holds_what_its_singular_finds() -> None:
    """A reader who types a plural to its end need not fetch the file of the singular, too."""
    files = search_files(_titled("Calls answered", "A call", "Policies", "Policy", text="Benefit. Benefits."))
    held = {key: found for name in files if "words-" in name for key, *found in json.loads(files[name])["keys"]}
    for plural, one in (("calls", "call"), ("policies", "policy"), ("benefits", "benefit")):
        assert held[plural] == held[one]
    # Short titles come first: the two of one word are pages 0 and 1, and both of the others hold the word.
    assert held["calls"][0] == [2, 1]


def test_a_site_without_pages_has_an_index() -> None:
    """Where there is nothing to find there is a file that says so."""
    assert json.loads(search_files([])[INDEX])["last"] == []


RANKED = [
    Findable("text/", "Waste", "What is said of bins."),
    Findable("begun/", "Binding", ""),
    Findable("long/", "A bin for every house of the district", ""),
    Findable("short/", "The bin", ""),
    Findable("heavy/", "Each bin and what became of it", "", 3),
    Findable("begun-text/", "Books", "How binding is done."),
    Findable("other/", "Council tax", "Paid in the year."),
]


@pytest.mark.browser
def test_titles_come_before_texts_and_words_before_beginnings(browser: Browser, tmp_path: Path) -> None:
    """Of pages that are alike, those that count more come first, then those with a shorter title."""
    with _searching(browser, tmp_path, RANKED) as page:
        expected = [
            "Each bin and what became of it", "The bin", "A bin for every house of the district", "Binding", "Waste",
            "Books",
        ]  # fmt: skip
        assert _ask(page, "bin") == expected
        assert page.locator("#found p").inner_text() == "6 pages found"
        assert _ask(page, "bins") == expected
        assert _ask(page, "tax") == ["Council tax"]
        assert page.locator("#found p").inner_text() == "1 page found"


@pytest.mark.browser
def test_every_word_must_be_found(browser: Browser, tmp_path: Path) -> None:
    """A page that holds one word of two is no answer; the words may stand in any order and place."""
    pages = [
        Findable("both/", "Council tax collected", "The share that was paid."),
        Findable("one/", "Council houses", "Rents paid."),
        Findable("apart/", "Tax", "What the council asks for."),
    ]
    with _searching(browser, tmp_path, pages) as page:
        assert _ask(page, "council tax") == ["Council tax collected", "Tax"]
        assert _ask(page, "tax council") == ["Council tax collected", "Tax"]
        assert _ask(page, "  Council-TA ") == ["Council tax collected", "Tax"]
        assert _ask(page, "council paid rents") == ["Council houses"]
        assert _ask(page, "council zzyzx") == []
        assert page.locator("#found p").inner_text() == "No pages found"
        assert _ask(page, "?!") == []


@pytest.mark.browser
@pytest.mark.parametrize("typed", ["benefit", "benefits", "Benefit's", "benefi", "polici", "policies", "policy", "tŷ"])
def test_plurals_and_accents_lose_nothing(browser: Browser, tmp_path: Path, typed: str) -> None:
    """Whichever form a page has and a reader types, the page is found."""
    pages = _titled("Benefit and policy at Ty Hafan", "Benefits and policies at Tŷ Hafan")
    with _searching(browser, tmp_path, pages) as page:
        assert len(_ask(page, typed)) == 2


@pytest.mark.browser
def test_a_plural_that_no_page_has_finds_the_singular(browser: Browser, tmp_path: Path) -> None:
    """A reader who types a plural is not told that there is nothing."""
    with _searching(browser, tmp_path, _titled("Housing benefit", "Library")) as page:
        assert _ask(page, "benefits") == ["Housing benefit"]
        assert _ask(page, "libraries") == ["Library"]


@pytest.mark.browser
def test_one_letter_waits_for_the_next(browser: Browser, tmp_path: Path) -> None:
    """A letter alone is no question while it is typed, and Enter makes it one."""
    with _searching(browser, tmp_path, _titled("Plan A", "Plan B", "Parks")) as page:
        assert _ask(page, "plan b") == ["Plan A", "Plan B"]
        page.keyboard.press("Enter")
        page.get_by_text("1 page found").wait_for()
        assert page.locator("#found a").all_text_contents() == ["Plan B"]
        page.locator("#search").fill("p")
        page.locator("#found").wait_for(state="hidden")


@pytest.mark.browser
def test_titles_are_text_and_addresses_may_be_whole(browser: Browser, tmp_path: Path) -> None:
    """What looks like HTML is shown as it is, and a page of another site is led to."""
    title = 'Bins <img src=x onerror="document.title=1"> & co'
    with _searching(browser, tmp_path, [Findable("https://a.example/bins/", title, "<b>Bold</b>")]) as page:
        assert _ask(page, "bins") == [title]
        link = page.locator("#found a")
        assert link.get_attribute("href") == "https://a.example/bins/"
        assert page.locator("#found span").inner_text() == "<b>Bold</b>"
        assert page.title() == "Search"


@pytest.mark.browser
def test_every_answer_can_be_reached_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Enter leads to the first answer; more are shown eight at a time, each once, and the reader is on the first."""
    pages = _titled(*(f"Bin round {number}" for number in range(20)))
    with _searching(browser, tmp_path, pages) as page:
        page.locator("#search").focus()
        page.keyboard.type("round")
        page.keyboard.press("Enter")
        page.locator("#found a:focus").wait_for()
        more = page.get_by_role("button", name="Show more pages")
        for shown in (16, 20):
            more.focus()
            page.keyboard.press("Enter")
            page.wait_for_function(f"document.querySelectorAll('#found a').length === {shown}")
            assert page.evaluate("document.activeElement.textContent") == f"Bin round {8 if shown == 16 else 16}"
        assert page.locator("#found a").all_text_contents() == [one.title for one in pages]
        assert not more.is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#found").is_visible()
        assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.browser
def test_a_site_that_is_published_again_is_searched_anew(browser: Browser, tmp_path: Path) -> None:
    """A reader whose page is older than the site is told so once, and finds what is there now at the next letter."""
    with _searching(browser, tmp_path, _titled("Bins", "Parks")) as page:
        page.locator("#search").focus()
        page.wait_for_load_state("networkidle")
        folder = next((tmp_path / "search").glob("*/"))
        folder.rename(tmp_path / "gone")
        _ask(page, "bins")
        assert page.locator("#found p").inner_text() == "The search does not answer. Try again."
        _write(tmp_path, _titled("Bins emptied", "Parks"))
        assert _ask(page, "bin") == ["Bins emptied"]


@pytest.mark.browser
def test_every_page_is_found_by_its_title(browser: Browser, base: str, example_site: Built) -> None:
    """The browser divides what is typed as the build divides titles: each page of the example is found by its own."""
    index = json.loads((example_site.root / INDEX).read_text("utf-8"))
    files = sorted((example_site.root / "search" / index["folder"]).glob("pages-*.json"))
    cards = [card for file in files for card in json.loads(file.read_text("utf-8"))]
    assert len(cards) > 150
    lost = []
    with opened(browser, DESK) as page:
        page.goto(base)
        for address, title, _ in cards:
            page.locator("#search").fill(title)
            page.keyboard.press("Enter")
            page.locator("#found a:focus").wait_for()
            if not page.locator(f"#found a[href='{base}{address}']").count():
                lost.append(title)
    assert lost == []


def test_what_is_shown_stands_on_the_page(example_site: Built) -> None:
    """Every title and text of the search box, in whichever file, is the beginning of what the finished page says."""
    index = json.loads((example_site.root / INDEX).read_text("utf-8"))
    folder = example_site.root / "search" / index["folder"]
    cards = {tuple(card) for file in folder.glob("pages-*.json") for card in json.loads(file.read_text("utf-8"))}
    for file in folder.glob("words-*.json"):
        assert {tuple(card) for card in json.loads(file.read_text("utf-8"))["pages"].values()} <= cards
    for address, title, text in cards:
        main = example_site.page(address).select_one("main")
        assert main is not None
        said = "".join(main.get_text().split())
        assert "".join(title.split()) in said, address
        assert all(part in said for part in text.removesuffix(" …").split()), address


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing_while_answers_are_shown(browser: Browser, base: str, view: View) -> None:
    """The open box has no fault, wide and narrow, light, dark and in forced colours."""
    with opened(browser, view) as page:
        page.goto(base)
        assert len(_ask(page, "council")) == SHOWN
        assert page.get_by_role("button", name="Show more pages").is_visible()
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
