"""A page is divided as the HTML standard divides it, and nothing a browser would mend is mended."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.checking.markup import CUT, Tokens, attributes_of, tokens
from macros.checking.readers import Page

from .sites import Built

DIVIDED = {
    "a text": ("1 &lt; 2 &amp; 3", ["1 < 2 & 3"]),
    "tags in capitals": ("<TD>5</Td >", ["<td>", "5", "</td>"]),
    "a sign that begins no tag": ("1 < 2 <3", ["1 < 2 <3"]),
    "a quoted bracket": ('<a title="2 > 1">x</a>', ["<a>", "x", "</a>"]),
    "a quoted bracket, in single quotes": ("<a title='2 > 1'>x", ["<a>", "x"]),
    "a quotation mark in a value without": ('<a title=2">x', ["<a>", "x"]),
    "a comment": ("5<!-- <b>6</b> -->7", ["5", "7"]),
    "a comment that ends at once": ("<!-->5<!--->6", ["5", "6"]),
    "a comment that ends with an exclamation": ("<!-- 4 --!>5<!-- -->", ["5"]),
    "a declaration and an instruction": ("<!DOCTYPE html><?xml 1?>5", ["5"]),
    "an end tag of nothing": ("4</>5</ x>6", ["4", "5", "6"]),
    "a script": ("<script>1<b>&lt;</b></SCRIPT >5", ["<script>", "1<b>&lt;</b>", "</script>", "5"]),
    "a title": ("<title>1 <b>&lt;</title>", ["<title>", "1 <b><", "</title>"]),
    "code to copy": ("<textarea><b>&amp;lt;</textarea>", ["<textarea>", "<b>&lt;", "</textarea>"]),
    "a script that never ends": ("5<script>6</scripts>", ["5", "<script>", CUT]),
    "a tag that never ends": ('5<b title="6>7', ["5", CUT]),
    "a comment that never ends": ("5<!-- 6 -- >7", ["5", CUT]),
    "a slash after a tag": ("<span/>5", ["<span>", "5"]),
    "a slash in a drawing": ("<svg><g/>5</svg><g/>6", ["<svg>", "<g>", "</g>", "5", "</svg>", "<g>", "6"]),
    "a slash that is part of a value": ("<svg><g id=a/>5", ["<svg>", "<g>", "5"]),
    "the title of a drawing": ("<svg><title>1<b>2</svg>", ["<svg>", "<title>", "1", "<b>", "2", "</svg>"]),
    "a title after drawings": ("<svg/><svg></svg></svg><title><b></title>", [
        "<svg>", "</svg>", "<svg>", "</svg>", "</svg>", "<title>", "<b>", "</title>",
    ]),
}  # fmt: skip


def _divided(text: str) -> list[str]:
    return [what if not tag else tag if tag == CUT else f"<{tag}>" for tag, what, _ in tokens(text) if tag or what]


@pytest.mark.parametrize(("text", "expected"), DIVIDED.values(), ids=DIVIDED)
def test_a_page_is_divided_as_the_standard_says(text: str, expected: list[str]) -> None:
    """Tags, texts and comments begin and end where a browser has them begin and end."""
    assert _divided(text) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(" a=\"1\" b='2' c=3 d", {"a": "1", "b": "2", "c": "3", "d": ""}, id="each way to write one"),
        pytest.param("\n a\t=\f\"1\"b='2'/c", {"a": "1", "b": "2", "c": ""}, id="spaces, none, and slashes"),
        pytest.param(' A="1" a="2"', {"a": "1"}, id="of two the first"),
        pytest.param(' a="&lt;&quot;" b=&amp;', {"a": '<"', "b": "&"}, id="escaped signs"),
        pytest.param(" a=\"b=c d='e'\"", {"a": "b=c d='e'"}, id="what looks like others"),
        pytest.param(" a=", {"a": ""}, id="no value"),
        pytest.param(" =a=b", {"=a": "b"}, id="a name that begins with a sign"),
    ],
)
def test_attributes_are_read_as_the_standard_says(written: str, expected: dict[str, str]) -> None:
    """Whatever the quotation marks, a name has the value a browser gives it."""
    assert attributes_of(written) == expected


class _Parser(HTMLParser):
    """What Python's own parser reads, told as ``_told`` tells it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: list[str] = []
        self.feed(text)
        self.close()

    def _add(self, text: str) -> None:
        if self.seen and self.seen[-1].startswith("text: "):
            self.seen[-1] += text
        elif text:
            self.seen.append(f"text: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(f"{tag} {self.getpos()[0]} {sorted((name, value or '') for name, value in attrs)}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.seen.append(f"/{tag}")

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};"))


def _told(text: str) -> list[str]:
    said: list[str] = []
    for tag, what, at in tokens(text):
        if tag and tag[0] != "/":
            said.append(f"{tag} {text.count(chr(10), 0, at) + 1} {sorted(attributes_of(what).items())}")
        elif tag:
            said.append(tag)
        elif said and said[-1].startswith("text: "):
            said[-1] += what
        elif what:
            said.append(f"text: {what}")
    return said


def test_pages_are_read_as_another_parser_reads_them(northmoor_site: Built) -> None:
    """Every tag, attribute, line and text of every page and drawing is what Python's own parser makes of it."""
    paths = sorted(path for path in northmoor_site.root.rglob("*") if path.suffix in (".html", ".svg"))
    assert len(paths) > 50
    for path in paths:
        text = path.read_text("utf-8")
        assert _told(text) == _Parser(text).seen, path


@given(st.text(alphabet="<>/!-=\"'& ab\n", max_size=60))
def test_no_text_is_read_twice(text: str) -> None:
    """Whatever stands there, places only go forward, and each piece stands where it is said to stand."""
    places = [at for _, _, at in tokens(text)]
    assert places == sorted(places)
    for tag, what, at in tokens(text):
        assert tag == CUT or not what or "&" in text or text.startswith(what if not tag else "<", at)


@pytest.mark.parametrize("part", ["<a", "<!--", '<a b="', "<title>", "<svg/", "</", "<!", "&", "<a b=c ", "<script>"])
def test_hostile_pages_take_no_longer(part: str) -> None:
    """A page of a hundred thousand beginnings is read in a moment."""
    start = process_time()
    for _ in tokens(part * 100_000):
        pass
    assert process_time() - start < 5
    start = process_time()
    Page(part * 100_000)
    assert process_time() - start < 5


_MARK = 'data-key="a" data-field="value"'
SHOWN = {
    "a cell": (f"<table><tr><td {_MARK}>5%</td><td>6</td></tr></table>", ["5%"]),
    "a cell in capitals": ("<TABLE><TR><TD DATA-KEY='a'\nData-Field=value>5%</TD></TR></TABLE>", ["5%"]),
    "a mark that ends in a slash": (f"<p><span {_MARK}/>5%</span></p>", ["5%"]),
    "a mark within a mark": (f"<p {_MARK}>5% <b {_MARK}>6%</b></p>", ["5% 6%", "6%"]),
    "a mark that never ends": (f"<table><tr><td {_MARK}>5%<td>6%</table> 7", ["5%6% 7"]),
    "a mark that another ends": (f"<td><span {_MARK}>5%</td><td>6%</td>", ["5%6%"]),
    "a mark in capitals": ("<DIV DATA-KEY=a><div DATA-KEY='b'><div Data-Key=\"c\">5%</div>", ["5%", "5%", "5%"]),
    "a mark behind other attributes": (f"<p class=\"a\" title='b' lang=en hidden {_MARK}>5%</p>", ["5%"]),
    "a mark that is a drawing": (f"<svg {_MARK}>5%</svg><title><b {_MARK}>6%</b></title>", ["5%"]),
    "a mark in a drawing that ends in a slash": (f"<svg><text {_MARK}/>5%</text></svg>", [""]),
    "a title after a drawing": (f"<svg><g/></svg><title><b {_MARK}>5%</b></title>", []),
    "a style": (f"<p>1</p><style><b {_MARK}>5%</b></style>", []),
    "a mark that holds nothing": (f"<p {_MARK}></p>5%", [""]),
    "a mark that ends in capitals": (f"<p {_MARK}>5%</P>6%", ["5%"]),
    "behind what says nothing": (f"<p>1</p> < 2 <b>3</b><!-- </p> --><i class='>'>4</i><b {_MARK}>5%</b>", ["5%"]),
    "a sign that is not escaped": (f"<p {_MARK}>< 5%</p>", ["< 5%"]),
    "escaped digits": (f"<p {_MARK}>&#53;&percnt;</p>", ["5%"]),
    "escaped names of marks": ('<p data-key="&#97;" data-field="value">5%</p>', ["5%"]),
    "a drawing": (f"<svg><g/><text {_MARK}><tspan>5</tspan><tspan>6</tspan></text></svg>", ["5 6"]),
    "a shape that shows nothing": (f"<svg><path {_MARK}/><text>5</text></svg>", [""]),
    "a hidden element": (f"<p hidden><b {_MARK}>5%</b></p>", ["5%"]),
    "a template": (f"<template><b {_MARK}>5%</b></template>", ["5%"]),
    "for readers without scripts": (f"<noscript><b {_MARK}>5%</b></noscript>", ["5%"]),
    "behind a comment that ends at once": (f"<!--> <b {_MARK}>5%</b> -->", ["5%"]),
    "behind a comment that ends as none should": (f"<!-- 6 --!> <b {_MARK}>5%</b> <!-- -->", ["5%"]),
    "behind a section": (f"<![CDATA[ > ]]><b {_MARK}>5%</b>", ["5%"]),
    "behind a title of a drawing": (f"<svg><title>5</svg><b {_MARK}>5%</b><title></title>", ["5%"]),
    "around a comment": (f"<p {_MARK}>5<!-- 6 -->%</p>", ["5%"]),
    "a comment": (f"<!-- <b {_MARK}>5%</b> -->", []),
    "an attribute": (f"<p title='<b {_MARK}>5%</b>'>6</p>", []),
    "code to copy": (f"<textarea><b {_MARK}>5%</b></textarea>", []),
    "a script": (f"<script>'<b {_MARK}>5%</b>'</script>", []),
}


@pytest.mark.parametrize(("html", "expected"), SHOWN.values(), ids=SHOWN)
def test_a_figure_is_read_wherever_it_may_be_shown(html: str, expected: list[str]) -> None:
    """A marked figure is read where a browser has its element, and with all that stands before its end tag."""
    assert [one.text for one in Page(html).figures] == expected


class _Every(Tokens):
    """A page of which every tag and text is given to its reader."""

    def __setattr__(self, name: str, value: object) -> None:
        """Never pass over anything."""
        super().__setattr__(name, None if name == "passed" else value)

    def leaf(self, tag: str) -> None:
        """Take no element at once."""


def _same_without_passing(text: str) -> bool:
    """Whether a page says the same where every tag and text of it is looked at."""
    page = Page(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.checking.readers.Tokens", _Every)
        every = Page(text)
    return all(getattr(page, name) == getattr(every, name) for name in vars(page) if name[0] != "_") and (
        page.drawing == every.drawing
    )


_PIECES = (
    f"<td {_MARK}>", f"<B {_MARK.upper()}>", f"<text {_MARK}/>", f"<svg {_MARK}>", "</td>", "</TD >", "</b>", "</text>",
    "5%", "&#53;", "\n", "<p>", "<p class='a'>", '<p class="chart__name">', '<p CLASS="chart__name">', '<i id="a">',
    '<i ID="a">', "</p>", "</i>", '<a href="#a">', "<a>", "</a>", "<svg>", "<svg/>", "</svg>", "<math>", "<g/>",
    "<title>", "</title>", "<tspan>", "<br/>", "<script>", "</script>", "<!--", "-->", "<!", "<", ">", '"', "'", "/",
    "=", '<figure id="c">', "</figure>", "<table>", '<tr><th scope="col">', "</th>", "<tr>", '<ol class="notes">',
    "<ol>", "<li>", "</li>", "</ol>", '<text data-label="0">', "[note:", "lorem ", "<textarea>", "</textarea>",
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_nothing_that_tells_is_passed_over(text: str) -> None:
    """However tags, comments, drawings and signs stand behind each other, what is passed over says nothing."""
    assert _same_without_passing(text)


def test_nothing_that_tells_is_passed_over_on_a_page(northmoor_site: Built) -> None:
    """Nor is it on any page or drawing of a site."""
    for path in sorted(path for path in northmoor_site.root.rglob("*") if path.suffix in (".html", ".svg")):
        assert _same_without_passing(path.read_text("utf-8")), path
