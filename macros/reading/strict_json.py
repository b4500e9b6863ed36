"""JSON without what it leaves open to readers, and what is wrong with it in words and by line.

A parser of JSON says what is wrong for programmers, and of a name written twice or a NaN nothing at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..errors import HIDDEN, Kind, shortened

MAX_JSON_DEPTH = 20
_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)
_QUOTES = "'`‘’‚“”„«»"
"""Quotation marks that are none in JSON."""
_SAID = {
    "Expecting value": "a value is missing, or is not written as one",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name": "a name in quotation marks is missing",
    "Extra data": "something stands behind the end",
    "Invalid \\": "a backslash stands where none may",
    "Invalid control character": "a text goes over the end of its line",
    "Unterminated string": "a text is never closed",
}
"""What is wrong, by how the parser begins to say it."""


class NotStrictError(Exception):
    """What makes a text no strict JSON: what is wrong, the repair, and the line; 0 where that cannot be told."""

    def __init__(self, what: str, fix: str, line: int, kind: Kind = Kind.DESCRIPTOR) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
        self.line = line
        self.kind = kind


def strict_object(text: str) -> dict[str, Any]:
    """Return the object that a text holds as JSON. A byte order mark at its start is left out.

    Raises:
        NotStrictError: it is no JSON or no object; or a name stands twice in an object, a number is not plain, brackets
            are nested too deeply, or a character is hidden.
    """
    text = text.removeprefix("\ufeff")
    _check_text(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _no_twice(pairs, text),
            parse_int=lambda number: _plain(number, text),
            parse_float=lambda number: _plain(number, text),
            parse_constant=lambda number: _plain(number, text),
        )
    except json.JSONDecodeError as error:
        said, fix = _wrong(text, error)
        what = f"from character {error.colno} on this is not valid JSON: {said}."
        raise NotStrictError(what, fix, error.lineno) from None
    if not isinstance(value, dict):
        raise NotStrictError("the file does not hold an object.", "It begins with { and ends with }.", 1)
    # Once more as it was read: an escape such as \u200b hides as well as the character itself.
    if hidden := next(filter(None, map(HIDDEN.search, _texts(value))), None):
        raise _hidden(hidden, _escaped(text, hidden[0]))
    return value


def _wrong(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    """Say what a parser has met, and the repair: first by what people write who know other languages than JSON."""
    stands, before = text[error.pos : error.pos + 2], text[: error.pos].rstrip()[-1:]
    if stands in ("//", "/*") or stands[:1] == "#":
        return "a comment stands there, and JSON has none", "Remove the comment."
    if stands[:1] and stands[0] in _QUOTES:
        return f"a text begins with {stands[0]}", 'Put " before and after each name and each text.'
    # Python 3.13 points at the comma, and earlier versions behind it.
    if (before == "," and stands[:1] in ("]", "}")) or error.msg.startswith("Illegal trailing comma"):
        return "a comma stands before a closing bracket", "Remove the comma."
    said = next((words for start, words in _SAID.items() if error.msg.startswith(start)), error.msg)
    return said, "Look for a missing comma, quotation mark or bracket there or just before."


def _escaped(text: str, character: str) -> int:
    """Return the line of a character that is written as an escape; 0 where it is written as two of them."""
    match = re.search(rf"\\u{ord(character):04x}", text, re.IGNORECASE)
    return _line(text, match.start()) if match else 0


def _check_text(text: str) -> None:
    """Refuse what need not, or cannot, be parsed."""
    fix = "Copy the descriptor of another year."
    if not text.strip():
        raise NotStrictError("the file is empty.", fix, 0)
    if match := HIDDEN.search(text):
        raise _hidden(match, _line(text, match.start()))
    if deep := next((place for place, depth in _depths(text) if depth > MAX_JSON_DEPTH), None):
        raise NotStrictError(f"brackets stand more than {MAX_JSON_DEPTH} deep.", fix, _line(text, deep))


def _hidden(match: re.Match[str], line: int) -> NotStrictError:
    what = f"the file holds a hidden character (U+{ord(match[0]):04X})."
    return NotStrictError(what, "Type the text around it again.", line, Kind.HIDDEN_CHARACTER)


def _no_twice(pairs: list[tuple[str, Any]], text: str) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            line = next((_line(text, place) for place, name in _seconds(text) if name == key), 0)
            raise NotStrictError(f'"{shortened(key)}" is written twice.', "Write it once.", line)
        seen.add(key)
    return dict(pairs)


def _plain(number: str, text: str) -> float:
    if not _PLAIN.fullmatch(number):
        line = next((_line(text, match.start()) for match in _TOKENS.finditer(text) if match[0] == number), 0)
        what = f'"{shortened(number)}" is not a plain number.'
        raise NotStrictError(what, "Write at most 15 digits and no exponent, or a text.", line)
    return float(number) if "." in number else int(number)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _seconds(text: str) -> Iterator[tuple[int, str]]:
    """Yield each name that its object has already, and its place; the text is sound as far as it is asked for."""
    names: list[set[str]] = [set()]
    before: re.Match[str] | None = None
    for match in _TOKENS.finditer(text):
        if match[0] in "{[":
            names.append(set())
        elif match[0] in "}]":
            names.pop()
        elif match[0] == ":" and before:
            name = str(json.loads(before[0]))
            if name in names[-1]:
                yield before.start(), name
            names[-1].add(name)
        before = match


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(item)


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each bracket and how deep it is nested, texts left out, without parsing.

    A parser may fail on depth itself.
    """
    depth = 0
    for match in _BRACKETS.finditer(text):
        if match[0] in "[{":
            depth += 1
            yield match.start(), depth
        elif match[0] in "]}":
            depth -= 1
