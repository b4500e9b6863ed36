"""The worked example in a real browser: accessible, complete without scripts, and silent towards other hosts."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from macros import hooks

from .sites import Built

pytestmark = pytest.mark.browser
ADDRESSES = (
    "", "years/2013-14/", "services/west-lancashire-ict/", "measures/council-tax-collected/", "measures/", "savings/",
    "staffing/", "commitments/", "actions/", "governance/", "discrepancies/", "data/", "methodology/",
)  # fmt: skip
VIEWS = [pytest.param(1280, "light", id="desk, light"), pytest.param(390, "dark", id="phone, dark")]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that left before it was answered."""


@pytest.fixture(name="served", scope="module")
def _served(example_site: Built) -> Iterator[str]:
    """Serve the site of the worked example on this machine alone."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(example_site.root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    """Return the system's Chromium, or the one Playwright brought."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _page(browser: Browser, width: int, scheme: str, *, scripts: bool = True) -> Page:
    shade: dict[str, str] = {"light": "light", "dark": "dark"}
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if shade[scheme] == "dark" else "light",
        java_script_enabled=scripts,
    )
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing(browser: Browser, served: str, width: int, scheme: str) -> None:
    """Axe finds no fault by WCAG 2.0 to 2.2 A and AA, nor by its best practices, on any kind of page."""
    page = _page(browser, width, scheme)
    faults = []
    for address in ADDRESSES:
        page.goto(served + address)
        found = Axe().run(page).response["violations"]
        faults += [f"{address}: {one['id']} at {one['nodes'][0]['target']}" for one in found]
    page.context.close()
    assert faults == []


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_scrolls_sideways(browser: Browser, served: str, width: int) -> None:
    """On a phone no page is wider than the screen: wide tables move inside a region of their own."""
    page = _page(browser, width, "light")
    wide = []
    for address in ADDRESSES:
        page.goto(served + address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    page.context.close()
    assert wide == []


def test_no_request_leaves_the_host(browser: Browser, served: str) -> None:
    """Pages ask nothing of another host, set no cookie, and write no message to the console."""
    page = _page(browser, 1280, "light")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for address in ADDRESSES:
        page.goto(served + address)
    assert [url for url in asked if not url.startswith(served)] == []
    assert page.context.cookies() == []
    assert said == []
    page.context.close()


def test_everything_is_there_without_scripts(browser: Browser, served: str) -> None:
    """Without JavaScript a measure's sentence, chart, figures and links are all there."""
    page = _page(browser, 390, "light", scripts=False)
    page.goto(served + "measures/council-tax-collected/")
    assert page.get_by_text("Missed in 2013/14: 95.32% against a target of 96.11%").first.is_visible()
    assert page.locator("figure.chart svg").first.is_visible()
    page.locator("figure.chart summary").first.click()
    assert page.locator("figure.chart table td", has_text="95.32%").first.is_visible()
    assert page.get_by_role("link", name="CSV").first.is_visible()
    page.context.close()


def test_chart_text_can_be_read_on_a_phone(browser: Browser, served: str) -> None:
    """The text of a chart is at least twelve pixels high on a screen of 320 pixels."""
    page = _page(browser, 320, "light")
    page.goto(served + "measures/council-tax-collected/")
    sizes = page.evaluate(
        """[...document.querySelectorAll('figure.chart svg')].flatMap(svg => {
             const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
             return [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * scale);
           })"""
    )
    page.context.close()
    assert sizes
    assert min(sizes) >= 12


def test_every_repair_of_the_theme_is_still_needed(example_site: Built) -> None:
    """Each fault the build repairs in the theme's pages is still in the theme: a repair that is not goes away."""
    page = (example_site.root / "years/2013-14/index.html").read_text("utf-8")
    for fault, repair in hooks._REPAIRS.items():
        assert repair in page, fault
