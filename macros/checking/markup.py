"""The text of a page to its tags and texts in the order they stand, divided as the HTML standard divides them.

No tree is built: a parser that mends a page as it reads, as browsers do, would hide a figure that is never closed.
See decision record 13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape

_SPACE = r"[ \t\n\r\f]"
_NAME = r"[^ \t\n\r\f/>=][^ \t\n\r\f/>=]*+"
_VALUE = r"""(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\r\f>"'][^ \t\n\r\f>]*+)|(?=>|\Z))"""
_ATTRIBUTE = re.compile(rf"(=?{_NAME})(?:{_SPACE}*+={_SPACE}*+{_VALUE})?")
_ATTRIBUTES = re.sub(
    r"\((?!\?)", "(?:", rf"(?:[ \t\n\r\f/]++|=?{_NAME}(?:{_SPACE}*+={_SPACE}*+{_VALUE}|(?!{_SPACE}*+=)))*+"
)
_TOKEN = re.compile(
    rf"<(?:(?P<tag>/?[a-zA-Z][^ \t\n\r\f/>]*+)(?P<attributes>{_ATTRIBUTES})>"
    r"|!--(?:-?>|.*?--!?>)|(?!!--)(?:[!?]|/(?![a-zA-Z]))[^>]*+>|(?P<cut>/?[a-zA-Z]|[!?]|/.).*)",
    re.DOTALL,
)
"""A tag, a comment, or what begins one and does not end, with all that a browser then leaves out."""
_TEXTUAL = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"}
"""Elements that hold text alone, up to their end tag; in a drawing they hold what all others hold."""
_LITERAL = _TEXTUAL - {"title", "textarea"}
"""Elements in which not even an escaped sign is anything but itself."""
_FOREIGN = {"svg": 1, "math": 1, "/svg": -1, "/math": -1}
"""What begins and ends a drawing or a formula."""
CUT = "!"
"""Stands in the place of a tag for a text that a browser leaves out: it begins a tag or a comment that never ends."""
_LEAF = re.compile(r"([^<]*+)</([a-zA-Z][^ \t\n\r\f/>]*+)>")
"""A text, and the end tag it stands before."""


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Divide a page.

    Args:
        text: the page; its lines end in a line feed.

    Yields:
        A name, a text, and the place in the page where it begins. For a start tag, the tag in small letters and its
        attributes as they are written; for an end tag, the tag after a ``/``; for a text, a blank and the text,
        unescaped, which may be blank, too. Comments are left out. ``CUT`` stands where the rest is not shown.
    """
    return iter(Tokens(text))


def telling_nothing(tags: Iterable[str], ends: Iterable[str], attributes: Iterable[str]) -> re.Pattern[str]:
    """Return what tells nothing to one who asks for some elements alone: texts, and tags of other elements.

    Args:
        tags: the start tags that are asked for, whatever their attributes.
        ends: the end tags that are asked for.
        attributes: how attributes begin that are asked for in any start tag.

    Returns:
        An expression for as many of them as follow each other. No tag is among them that is written in any but the
        plainest way, or that changes how the rest is divided.
    """
    starts = "|".join({*tags, *_TEXTUAL, "svg", "math"})
    stops = "|".join({*ends, "svg", "math"})
    attribute = rf"[ \n](?!{'|'.join(attributes)})[a-z0-9:-]++(?:=\"[^\"&]*+\")?"
    start = rf"<(?!(?:{starts})[ \n/>])[a-z][a-z0-9]*+(?:{attribute})*+/?>"
    return re.compile(rf"(?:[^<]++|{start}|</(?!(?:{stops})>)[a-z][a-z0-9]*+>)++")


class Tokens:
    """A page that is divided as ``tokens`` says, while its reader says what it needs no more."""

    def __init__(self, text: str) -> None:
        self.passed: re.Pattern[str] | None = None
        """What is left out from here on, as ``telling_nothing`` has it."""
        self._text = text
        self._at = 0
        self._foreign = 0

    def leaf(self, tag: str) -> str | None:
        """Go behind an element that just began, if it holds a text alone, and return the text; None for any other."""
        if self._foreign or tag in _TEXTUAL or tag in _FOREIGN:
            return None
        found = _LEAF.match(self._text, self._at)
        if not found or found[2].lower() != tag:
            return None
        self._at = found.end()
        return _unescaped(found[1])

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Yield what ``tokens`` yields, but for what is passed over."""
        text = self._text
        start = 0
        while True:
            if self.passed and (nothing := self.passed.match(text, self._at)):
                self._at = nothing.end()
            before = self._at
            found = _TOKEN.search(text, before)
            if not found:
                yield "", _unescaped(text[before:]), before
                return
            tag, attributes, cut = found.groups("")
            start, self._at = found.span()
            if start > before:
                yield "", _unescaped(text[before:start]), before
            if not (tag or cut):
                continue
            tag = CUT if cut else tag.lower()
            yield tag, attributes, start
            # What a script holds is no markup: at its end, reading begins anew.
            if tag in _TEXTUAL and not self._foreign:
                content = _content(text, tag, self._at)
                if content is None:
                    yield CUT, "", start
                    return
                at, self._at = self._at, self._at + len(content)
                yield "", content if tag in _LITERAL else _unescaped(content), at
            # Only in drawings does a slash close an element; a browser passes over that of others.
            elif self._foreign or tag in _FOREIGN:
                if _is_closed(tag, attributes):
                    yield f"/{tag}", "", start
                else:
                    self._foreign = max(0, self._foreign + _FOREIGN.get(tag, 0))


def _content(text: str, tag: str, at: int) -> str | None:
    """Return the text up to the end of an element that holds nothing else; None where it does not end."""
    end = re.compile(rf"</{tag}(?=[ \t\n\r\f/>])", re.IGNORECASE).search(text, at)
    return text[at : end.start()] if end else None


def _is_closed(tag: str, attributes: str) -> bool:
    """Whether a start tag in a drawing ends in a slash that is no part of a value; elsewhere a slash closes nothing."""
    if tag[0] == "/" or not attributes.endswith("/"):
        return False
    last = [found.end() for found in _ATTRIBUTE.finditer(attributes)][-1:]
    return not last or last[0] < len(attributes)


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text else text


@lru_cache(maxsize=1000)
def attributes_of(written: str) -> Mapping[str, str]:
    """Return attributes by their names in small letters; of two of one name a browser knows the first."""
    found = reversed(_ATTRIBUTE.findall(written))
    if "&" in written:
        return {name.lower(): unescape(quoted or single or bare) for name, quoted, single, bare in found}
    return {name.lower(): quoted or single or bare for name, quoted, single, bare in found}
