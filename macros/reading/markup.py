"""What a page may hold beside words: Markdown, links and pictures. HTML is refused, for it can run.

The page is read by the same Markdown as the site's, so what is found here is what would stand in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markdown import Markdown

from ..errors import Kind, Problem, Where, shortened

EXTENSIONS = ("tables", "footnotes", "toc")
"""What of Markdown the site's settings switch on; a test compares the two."""
_LIMITS = (("", 200_000, "characters"), ("[", 2_000, "opening square brackets"), ("<", 2_000, "signs <"))
"""How much of what a page may hold. The time Markdown takes grows with the square of the brackets that never close."""
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SCHEMES = ("", "http", "https", "mailto", "tel")
# Browsers leave these out of an address before they look at how it begins.
_IGNORED = re.compile(r"[\x00-\x20]")


def markup_problems(body: str, file: str, first: int) -> Iterator[Problem]:
    """Check a page's text for HTML, for links that run something, and for pictures from elsewhere.

    Args:
        body: the text, without its front matter.
        file: what messages call the page.
        first: the row of the file the text begins in.
    """
    for sign, most, name in _LIMITS:
        count = body.count(sign) if sign else len(body)
        if count > most:
            what = f"the page has {count:,} {name}; the most is {most:,}."
            yield Problem(Where(file), what, "Divide it into several pages.", kind=Kind.PAGE)
            return
    # What our macros put in the page is theirs; a call may span rows, which are kept.
    text = _CALL.sub(lambda call: "macro" + "\n" * call[0].count("\n"), body)
    reader = Markdown(extensions=list(EXTENSIONS))
    html = reader.convert(text)
    for block in reader.htmlStash.rawHtmlBlocks:
        if isinstance(block, str) and block.lstrip().startswith("<"):
            start = block.strip().splitlines()[0]
            what = f'"{shortened(start)}" is HTML, which a page may not hold.'
            fix = "Write it as Markdown. A sign that is meant as a sign is written &lt;."
            yield Problem(Where(file, first + _row(text, start)), what, fix, kind=Kind.PAGE)
    links = _Links()
    links.feed(html)
    for kind, address in links.found:
        fault = _fault(kind, address)
        if fault:
            yield Problem(Where(file, first + _row(text, address)), *fault, kind=Kind.PAGE)


def _row(text: str, wanted: str) -> int:
    """Return the row a piece of the text stands in, counted from 0; the first where it is written in another way."""
    place = text.find(wanted)
    return text.count("\n", 0, place) if place >= 0 else 0


def _fault(kind: str, address: str) -> tuple[str, str] | None:
    plain = _IGNORED.sub("", address)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return f'"{shortened(address)}" is no address.', "Copy it again from the browser."
    if parts.scheme.lower() not in _SCHEMES:
        what = f'"{shortened(address)}" begins with {shortened(parts.scheme)}:, which is no address of a page.'
        return what, "Begin it with https://, or name a page of this site, such as contact.md."
    if kind == "img" and (parts.scheme or parts.netloc):
        what = f'the picture "{shortened(address)}" lies on another site, which would see every reader.'
        return what, "Put the picture below docs, and name it there."
    return None


class _Links(HTMLParser):
    """The addresses of a page's links and pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address."""
        self.found += [(tag, value or "") for name, value in attrs if name in ("href", "src")]
