"""The text of a page to its tags and texts in the order they stand, divided as the HTML standard divides them.

No tree is built: a parser that mends a page as it reads, as browsers do, would hide a figure that is never closed.
See decision record 13.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Divide a page.

    Args:
        text: the page; its lines end in a line feed.

    Yields:
        A name, a text, and the place in the page where it begins. For a start tag, the tag in small letters and its
        attributes as they are written; for an end tag, the tag after a ``/``; for a text, a blank and the text,
        unescaped, which may be blank, too. Comments are left out. ``CUT`` stands where the rest is not shown.
    """
    at = start = foreign = 0
    held = ""
    while True:
        # What a script holds is no markup: at its end, reading begins anew.
        if held:
            content = _content(text, held, at)
            if content is None:
                yield CUT, "", start
                return
            yield "", content if held in _LITERAL else _unescaped(content), at
            at, held = at + len(content), ""
        for found in _TOKEN.finditer(text, at):
            tag, attributes, cut = found.groups("")
            before, (start, at) = at, found.span()
            if start > before:
                yield "", _unescaped(text[before:start]), before
            if not (tag or cut):
                continue
            tag = CUT if cut else tag.lower()
            yield tag, attributes, start
            if tag in _TEXTUAL and not foreign:
                held = tag
                break
            # Only in drawings does a slash close an element; a browser passes over that of others.
            if foreign or tag in _FOREIGN:
                if _is_closed(tag, attributes):
                    yield f"/{tag}", "", start
                else:
                    foreign = max(0, foreign + _FOREIGN.get(tag, 0))
        else:
            break
    yield "", _unescaped(text[at:]), at


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


def attributes_of(written: str) -> dict[str, str]:
    """Return attributes by their names in small letters; of two of one name a browser knows the first."""
    found = reversed(_ATTRIBUTE.findall(written))
    if "&" in written:
        return {name.lower(): unescape(quoted or single or bare) for name, quoted, single, bare in found}
    return {name.lower(): quoted or single or bare for name, quoted, single, bare in found}
