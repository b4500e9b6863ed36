"""The built site in a real browser and before the Nu HTML Checker: what tests and ``make proof`` share."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PROOF = Path(__file__).with_name("proof")


@dataclass(frozen=True)
class View:
    """How a reader sees a page: the width of the screen in pixels, the colours, and whether scripts run."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    forced: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.width} px, {'forced colours' if self.forced else self.scheme}"


DESK, PHONE = View(1280), View(390, "dark")
VIEWS = (
    View(1280), View(1280, "dark"), View(1280, forced=True), View(390), PHONE, View(390, forced=True),
)  # fmt: skip
"""Every way of seeing a page that has to be without a fault."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that left before it was answered."""


MEASURE = "measures/council-tax-collected/"
"""The page that tests open where any measure will do."""


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a site on this machine alone, and give its address."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chromium() -> str | None:
    """Return the path of the system's Chromium; without one Playwright takes the one it brought."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, view: View, *, own_rules: bool = False) -> Iterator[Page]:
    """Open an empty page as a reader of a kind sees it.

    Readers' own rules, such as those of a test that spaces text out, stand above the policy of the site.
    """
    context = browser.new_context(
        viewport={"width": view.width, "height": 900},
        color_scheme=view.scheme,
        forced_colors="active" if view.forced else "none",
        java_script_enabled=view.scripts,
        bypass_csp=own_rules,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def addresses(root: Path) -> list[str]:
    """Return the address of every page of a site, below its home."""
    pages = sorted(page.relative_to(root).as_posix() for page in root.rglob("*.html"))
    return [page.removesuffix("index.html") for page in pages]


def axe_faults(base: str, pages: Sequence[str], views: Sequence[View]) -> list[str]:
    """Return what axe finds by WCAG 2.0 to 2.2 A and AA and by its best practices, two views at a time."""

    def look(view: View) -> list[str]:
        found: list[str] = []
        with started() as browser, opened(browser, view) as page:
            for address in pages:
                page.goto(base + address)
                faults = Axe().run(page).response["violations"]
                found += [f"{address} ({view}): {one['id']} at {one['nodes'][0]['target']}" for one in faults]
        return found

    with ThreadPoolExecutor(2) as pool:
        return [fault for faults in pool.map(look, views) for fault in faults]


def nu_errors(root: Path) -> list[str]:
    """Return every error the Nu HTML Checker finds in the pages of a site."""
    java, jar = shutil.which("java"), PROOF / "node_modules/vnu-jar/build/dist/vnu.jar"
    assert java, "The Nu HTML Checker needs Java: make test installs it where it can."
    assert jar.exists(), f"{jar} is missing: run make test, which fetches the checker."
    command = [java, "-jar", str(jar), "--errors-only", "--format", "json", "--skip-non-html", str(root)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(said.stderr)["messages"]
    return [f"{one.get('url', '').rpartition(root.name)[2]}: {one['message']}" for one in messages]
