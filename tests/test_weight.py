"""What a reader pays: the bytes and requests of a page and of a search, on a small site and on a large one."""

from __future__ import annotations

import gzip
from random import Random

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, Page, Response

from macros.publishing.search import INDEX, Findable, search_files
from macros.showing.home import LISTED

from .benchmarks.national import Nation
from .browsing import PHONE, opened, served
from .sites import Built, a_project, a_site

MOST_BYTES, MOST_REQUESTS = 60_000, 6
"""What a page of a measure and a search from it may cost, compressed."""
ONE_WORD = 7_000
"""What a search for one word may cost on a site of any size, compressed."""


def _size(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def _cost(page: Page, address: str, typed: str) -> tuple[int, int, int]:
    """Return what a page and a search for something cost: bytes of the page, of the search, and all requests."""
    asked: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        asked.setdefault(answer.url, _size(answer.body()))

    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")
    alone = sum(asked.values())
    page.locator("#search").focus()
    page.keyboard.type(typed, delay=20)
    page.locator("#found a").first.wait_for()
    page.wait_for_load_state("networkidle")
    return alone, sum(asked.values()) - alone, len(asked)


@pytest.fixture(name="sizes", scope="module")
def _sizes(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Return the sites of a few invented measures and of twelve times as many."""
    sites = []
    for measures in (5, 60):
        folder = tmp_path_factory.mktemp(f"nation-{measures}")
        Nation(measures, years=3).write(folder / "packages")
        sites.append(a_site(a_project(folder / "project", folder / "packages"), folder / "site"))
    return sites


@pytest.mark.browser
def test_a_measure_and_a_search_cost_the_same_on_a_larger_site(browser: Browser, sizes: list[Built]) -> None:
    """A site of twelve times as many measures costs a reader of one measure no more, the search for a word included."""
    costs = []
    for site in sizes:
        with served(site.root) as base, opened(browser, PHONE) as page:
            costs.append(_cost(page, f"{base}measures/measure-1/", "calls"))
    (small, little, requests), (large, much, most) = costs
    assert requests == most == MOST_REQUESTS
    assert large <= small * 1.05
    assert max(little, much) <= ONE_WORD
    assert large + much <= MOST_BYTES


def test_the_home_page_and_lists_beside_pages_stay_short(sizes: list[Built]) -> None:
    """Of many misses home shows the newest and leads to all; of many services it leads to the list, as others do."""
    _, large = sizes
    home = large.page("")
    missed = home.select_one(".card--missed .card__value")
    assert missed is not None
    heading = home.select_one("#what-was-missed-and-why")
    assert heading is not None
    shown = heading.find_next("ul")
    assert isinstance(shown, Tag)
    assert len(shown.select("li")) == LISTED < int(missed.text)
    assert f"These are the newest of {missed.text} missed service levels. What was said about each" in large.text("")
    assert len(large.page("actions").select("[id^=measure-]")) == int(missed.text)
    assert not home.select("table")
    assert len(large.page("services").select("table tbody tr")) == 50
    service = large.page("services/council-0-service-0")
    assert [link.text for link in service.select(".beside a")][-3:] == [
        "All services",
        "Bins, Council 0",
        "All councils",
    ]


def test_a_small_site_has_everything_at_home(sizes: list[Built]) -> None:
    """Where there are few, the home page shows every miss and every service."""
    small, _ = sizes
    missed = small.page("").select_one(".card--missed .card__value")
    assert missed is not None
    said = small.text("")
    assert said.count("against a target of") == int(missed.text)
    assert "These are the newest" not in said
    assert len(small.page("").select("table tbody tr")) == 5


@pytest.mark.browser
def test_the_heaviest_measure_and_a_search_for_two_words_are_light(browser: Browser, example_site: Built) -> None:
    """The heaviest page of a measure and a search for two words cost at most 60 KB; a word more is a request more."""
    heaviest = max(example_site.root.glob("measures/*/index.html"), key=lambda page: page.stat().st_size)
    address = heaviest.parent.relative_to(example_site.root).as_posix()
    with served(example_site.root) as base, opened(browser, PHONE) as page:
        alone, search, requests = _cost(page, f"{base}{address}/", "council tax")
    assert alone + search <= MOST_BYTES
    assert requests <= MOST_REQUESTS + 2


def _many(measures: int) -> list[Findable]:
    """Return the pages of that many measures, with titles and sentences as services have them."""
    chance = Random(measures)  # noqa: S311 - an invention, and no secret
    places = [
        f"{first}{last}" for first in ("Nor", "Sou", "Wes", "Eas", "Mid") for last in ("ham", "ton", "moor", "by")
    ]
    things = ("Calls answered", "Council tax collected", "Bins emptied", "Repairs done", "Claims decided")
    found = []
    for number in range(measures):
        title = f"{chance.choice(things)} in time, {chance.choice(places)}, series {number}"
        text = f"Missed in 2019/20: {chance.randrange(1000) / 10}% against a target of {chance.randrange(60, 99)}%. "
        found.append(Findable(f"measures/measure-{number}/", title, text + "A higher figure is better. " * 8, 3))
    return found


def test_no_file_of_the_search_grows_with_the_site() -> None:
    """Of 5,000 measures a reader who types one word fetches no more than the bound, and more than of 50 by little."""
    most = []
    for measures in (50, 5_000):
        files = search_files(_many(measures))
        index = _size(files.pop(INDEX))
        most.append(index + max(map(_size, files.values())))
    assert max(most) <= ONE_WORD
