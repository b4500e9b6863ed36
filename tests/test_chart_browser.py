"""Charts in a real browser: explored by keyboard and pointer, with the words of their own tables."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from .browsing import View, opened

pytestmark = pytest.mark.browser
FIRST = "2011/12. Result: 98.06%. Target: at least 98.06%. Verdict: Met"
SECOND = "2013/14. Result: 95.32%. Target: at least 96.11%. Verdict: Missed"


def test_arrow_keys_move_through_the_figures(page: Page) -> None:
    """Right and left, Home and End go from row to row of the table, mark the point and say the row; Escape ends it."""
    said = page.locator("figure.chart output")
    chosen = page.locator("figure.chart [data-row].chosen")
    page.locator(".chart__drawing").focus()
    for key, row, words in (
        ("ArrowRight", "0", FIRST),
        ("ArrowRight", "1", SECOND),
        ("ArrowRight", "1", SECOND),
        ("ArrowLeft", "0", FIRST),
        ("End", "1", SECOND),
        ("Home", "0", FIRST),
    ):
        page.keyboard.press(key)
        assert said.inner_text() == words
        assert chosen.get_attribute("data-row") == row
    page.keyboard.press("Escape")
    assert said.inner_text() == ""
    assert chosen.count() == 0


def test_a_drawing_is_one_stop_and_has_a_name(page: Page) -> None:
    """The tab key reaches the drawing once, and it is announced by the chart's name."""
    drawing = page.get_by_role("group", name="Target met in 1 of 2 years, missed in 2013/14")
    assert drawing.get_attribute("tabindex") == "0"
    assert drawing.locator("[tabindex]").count() == 0
    drawing.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_pointer_finds_the_nearest_mark(page: Page) -> None:
    """Pointing near a mark says its row, and leaving the drawing takes it back."""
    mark = page.locator("figure.chart [data-row='1']")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] - 5, box["y"] - 5)
    assert page.locator("figure.chart output").inner_text() == SECOND
    page.mouse.move(0, 0)
    assert page.locator("figure.chart output").inner_text() == ""


def test_text_of_every_drawing_can_be_read_on_a_narrow_phone(browser: Browser, base: str) -> None:
    """On a screen of 320 pixels no text of a drawing is smaller than twelve pixels."""
    with opened(browser, View(320)) as page:
        for address in ("measures/incidents-raised/", "savings/", "measures/ict-priority-3-resolved-on-time/"):
            page.goto(base + address)
            sizes = page.evaluate(
                """[...document.querySelectorAll('figure.chart svg text')].map(text => {
                    const svg = text.ownerSVGElement;
                    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                    return parseFloat(getComputedStyle(text).fontSize) * scale;
                })"""
            )
            assert sizes, address
            assert min(sizes) >= 12, address
