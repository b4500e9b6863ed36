"""The worked example in a real browser: accessible, complete without scripts, and silent towards other hosts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .browsing import DESK, MEASURE, PHONE, VIEWS, View, addresses, axe_faults, nu_errors, opened
from .sites import Built

pytestmark = pytest.mark.browser
KINDS = (
    "", "years/2013-14/", "services/west-lancashire-ict/", "councils/west-lancashire/",
    "measures/council-tax-collected/", "measures/", "savings/", "staffing/", "commitments/", "actions/",
    "reports/2011-m10/", "governance/", "discrepancies/", "data/", "methodology/", "glossary/", "accessibility/",
    "contact/", "404.html",
)  # fmt: skip
"""A page of each kind."""


@pytest.fixture(name="phone")
def _phone(browser: Browser, base: str) -> Iterator[Page]:
    """Open a measure's page on a phone."""
    with opened(browser, View(390)) as page:
        page.goto(base + MEASURE)
        yield page


def test_axe_finds_nothing_on_any_page(example_site: Built, base: str) -> None:
    """Axe finds no fault by WCAG 2.0 to 2.2 A and AA or best practice on any page, at a desk and on a phone."""
    assert axe_faults(base, addresses(example_site.root), (DESK, PHONE)) == []


def test_axe_finds_nothing_in_any_view(base: str) -> None:
    """Nor does it on a page of each kind, wide and narrow, light, dark and in forced colours."""
    assert axe_faults(base, KINDS, [view for view in VIEWS if view not in (DESK, PHONE)]) == []


def test_every_page_is_valid_html(example_site: Built) -> None:
    """The Nu HTML Checker finds no error on any page."""
    assert nu_errors(example_site.root) == []


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_scrolls_sideways(browser: Browser, base: str, width: int) -> None:
    """On a phone no page is wider than the screen: wide tables move inside a region of their own."""
    wide = []
    with opened(browser, View(width)) as page:
        for address in KINDS:
            page.goto(base + address)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(address)
    assert wide == []


def test_no_request_leaves_the_host(browser: Browser, base: str) -> None:
    """Pages ask nothing of another host, set no cookie, store nothing, and write no message to the console."""
    asked: list[str] = []
    said: list[str] = []
    with opened(browser, DESK) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        for address in KINDS:
            page.goto(base + address)
        stored = page.evaluate("localStorage.length + sessionStorage.length")
        cookies = page.context.cookies()
    assert [url for url in asked if not url.startswith(base)] == []
    assert (cookies, stored) == ([], 0)
    # The browser itself says that the page of a missing address was asked for; no page of ours does.
    assert said == []


def test_everything_is_there_without_scripts(browser: Browser, base: str) -> None:
    """Without JavaScript a measure's sentence, chart, figures, menu and links are all there."""
    with opened(browser, View(390, scripts=False)) as page:
        page.goto(base + MEASURE)
        assert page.get_by_text("Missed in 2013/14: 95.32% against a target of 96.11%").first.is_visible()
        assert page.locator("figure.chart svg").first.is_visible()
        page.locator("figure.chart summary").first.click()
        assert page.locator("figure.chart table td", has_text="95.32%").first.is_visible()
        assert page.get_by_role("link", name="CSV").first.is_visible()
        page.locator(".nav__menu summary").click()
        assert page.locator(".nav__menu").get_by_role("link", name="Years").is_visible()


def test_chart_text_can_be_read_on_a_phone(browser: Browser, base: str) -> None:
    """The text of a chart is at least twelve pixels high on a screen of 320 pixels."""
    with opened(browser, View(320)) as page:
        page.goto(base + MEASURE)
        sizes = page.evaluate(
            """[...document.querySelectorAll('figure.chart svg')].flatMap(svg => {
                 const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                 const size = text => parseFloat(getComputedStyle(text).fontSize) * scale;
                 return [...svg.querySelectorAll('text')].map(size);
               })"""
        )
    assert sizes
    assert min(sizes) >= 12


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_goes_through_the_whole_page(browser: Browser, base: str, width: int) -> None:
    """The tab key reaches every link and button once, in order, each is seen with an outline, and none is hidden."""
    with opened(browser, View(width)) as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(base + MEASURE)
        expected = page.evaluate(
            """[...document.querySelectorAll('a[href], button, input, summary, textarea, [tabindex="0"]')]
                 .filter(one => one.checkVisibility({visibilityProperty: true})).length"""
        )
        seen = []
        for _ in range(expected + 1):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    """(() => { const one = document.activeElement, box = one.getClientRects()[0];
                         const centre = document.elementFromPoint(
                           Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, 20) / 2)),
                           Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, 20) / 2)));
                         return [one.tagName, getComputedStyle(one).outlineStyle !== 'none',
                                 one === document.body || one.contains(centre) || centre?.contains(one)]; })()"""
                )
            )
            if seen[-1][0] == "BODY":
                break
    reached = [one for one in seen if one[0] != "BODY"]
    assert len(reached) == expected
    assert [one for one in reached if not (one[1] and one[2])] == []


def test_the_skip_link_comes_first(page: Page) -> None:
    """The first thing the keyboard reaches leads past the navigation."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_escape_closes_the_menu(phone: Page) -> None:
    """On a phone the menu opens and closes from the keyboard, which is back on its button afterwards."""
    summary = phone.locator(".nav__menu summary")
    summary.focus()
    phone.keyboard.press("Enter")
    assert phone.locator(".nav__menu").get_by_role("link", name="Measures").is_visible()
    phone.keyboard.press("Escape")
    assert not phone.locator(".nav__menu").get_by_role("link", name="Measures").is_visible()
    assert summary.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("address", ["", MEASURE, "years/2013-14/"])
def test_targets_are_large_enough(browser: Browser, base: str, address: str) -> None:
    """Whatever is pressed, and is no link within a sentence, is at least 24 pixels wide and high."""
    with opened(browser, View(390)) as page:
        page.goto(base + address)
        small = page.evaluate(
            """[...document.querySelectorAll('button, summary, input, .nav a, .foot a, .contents a')]
                 .filter(one => one.checkVisibility())
                 .filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
                 .map(one => one.outerHTML.slice(0, 80))"""
        )
    assert small == []


def test_search_finds_council_tax_and_shows_the_verdict(page: Page) -> None:
    """A reader who types the beginning of a word finds the measure, with its newest verdict in the answer."""
    page.locator("#search").focus()
    page.keyboard.type("council ta", delay=20)
    answer = page.locator(
        "#found li", has=page.get_by_role("link", name="Council tax collected in the year it was due")
    )
    answer.wait_for()
    assert "Missed in 2013/14: 95.32%" in answer.inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#found").is_visible()


def test_search_says_when_it_finds_nothing(page: Page) -> None:
    """A word that no page holds is answered, not passed over."""
    page.locator("#search").focus()
    page.keyboard.type("zzyzx")
    page.get_by_text("No pages found").wait_for()


def test_a_table_sorts_from_the_keyboard(browser: Browser, base: str) -> None:
    """A heading's button sorts its column by number or by time, and says so aloud."""
    with opened(browser, DESK) as page:
        page.goto(base + "services/west-lancashire-revenues-and-benefits/")
        table = page.locator("table.figures", has_text="Service levels, Revenues").first
        heading = table.get_by_role("columnheader", name="Period")
        heading.get_by_role("button").focus()
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == "ascending"
        periods = table.locator("tbody tr").evaluate_all(
            "(rows, column) => rows.map(row => row.cells[column].textContent)",
            table.locator("thead th").evaluate_all("cells => cells.findIndex(one => one.textContent === 'Period')"),
        )
        assert periods[0] == "2011/12"
        assert periods == sorted(periods)
        assert page.get_by_text("Sorted by Period, lowest or first first.").count() == 1
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == "descending"


def test_text_may_be_spaced_out_and_enlarged(browser: Browser, base: str) -> None:
    """With the text spacing of WCAG 1.4.12, and at 400%, nothing is cut off or pushed off the screen."""
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    with opened(browser, View(320), own_rules=True) as page:
        for address in ("", MEASURE, "actions/"):
            page.goto(base + address)
            page.add_style_tag(content=spacing)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            cut = page.evaluate(
                """[...document.querySelectorAll('h1, h2, h3, p, li, dd, summary, a, button')]
                     .filter(one => one.checkVisibility() && getComputedStyle(one).overflow === 'hidden'
                       && !one.classList.contains('unseen') && one.scrollHeight > one.clientHeight + 1)
                     .map(one => one.outerHTML.slice(0, 80))"""
            )
            assert cut == [], address


def test_paper_holds_every_table(browser: Browser, base: str) -> None:
    """Printed, a page shows every table, also those of closed lists, and whose page it is, but no navigation."""
    with opened(browser, View(720, scripts=False)) as page:
        page.goto(base + MEASURE)
        page.emulate_media(media="print")
        tables = page.locator("table.figures")
        assert tables.count() >= 2
        heights = tables.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) > 20
        assert page.locator(".head__name").is_visible()
        assert page.locator(".notice").is_visible()
        assert not page.locator(".nav").is_visible()
        assert not page.locator(".search").is_visible()


def test_reduced_motion_is_honoured(browser: Browser, base: str) -> None:
    """Nothing moves for a reader who asks for stillness."""
    with opened(browser, DESK) as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(base + MEASURE)
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
