"""The files of the search box, cut so that a reader of a large site fetches no more of them than one of a small site.

``search/index.json`` says which file holds a word. What a reader types is looked up as one key: every word is a key,
and so is every beginning at which words part. Keys are in order, so the first that begins with what was typed stands
for every word that does. A file of words says of each of its keys which pages it finds, and shows the first of them.
A file of pages shows the others. ``answerable.js`` reads these files, and divides what is typed as texts are divided.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from textwrap import shorten
from typing import Any
from unicodedata import category, normalize

import orjson

INDEX = "search/index.json"
SHOWN = 8
"""How many pages are shown at a time. The file of a key shows as many of those it finds."""
_TEASER = 140
"""How many characters of a page's text are shown."""
_PAGES = 50
"""How many pages a file of pages shows."""
_SHARED = 14_000
"""How much shares a file of words: the bytes of what it shows, and one for each page that a key finds.

A host sends less than half of them. What one key needs is never divided.
"""
_WORD = re.compile(r"[^\W_]+")
_PLURALS = (
    (re.compile(r"(..)ies$"), r"\1y"),
    (re.compile(r"(ss|x|ch|sh)es$"), r"\1"),
    (re.compile(r"(..[^isu])s$"), r"\1"),
)
"""How English plurals end, and what they are the plural of."""


@dataclass(frozen=True, slots=True)
class Findable:
    """A page that search finds: its address below the site's home or a whole one, and its title and text as they read.

    ``weight`` says how much the page counts among others that hold a word in the same place.
    """

    address: str
    title: str
    text: str
    weight: float = 1


def words(text: str) -> set[str]:
    """Return the words of a text in small letters, without accents or apostrophes; of a plural the singular, too."""
    small = text.lower().replace("'", "").replace("’", "")
    if not small.isascii():
        small = "".join(sign for sign in normalize("NFKD", small) if not category(sign).startswith("M"))
    found = set(_WORD.findall(small))
    return found | {singular(word) for word in found}


@lru_cache(1 << 16)
def singular(word: str) -> str:
    """Return what an English plural is the plural of, and another word as it is."""
    return next((ending.sub(one, word) for ending, one in _PLURALS if ending.search(word)), word)


def search_files(pages: Iterable[Findable]) -> dict[str, bytes]:
    """Return the files of the search box by their addresses.

    All but the first lie in a folder that is named for what they hold. A browser may keep them, and never reads those
    of one build beside those of another.
    """
    ordered = sorted(pages, key=lambda page: (-page.weight, len(page.title.split())))
    cards = [[page.address, page.title, _teaser(page.text)] for page in ordered]
    cut = list(_files(_Keys(ordered), cards))
    shown = (_json(cards[first : first + _PAGES]) for first in range(0, len(cards), _PAGES))
    files = {f"words-{number}.json": data for number, (_, data) in enumerate(cut)}
    files |= {f"pages-{number}.json": data for number, data in enumerate(shown)}
    digest = sha256(b"".join(files.values())).hexdigest()[:16]
    index = {"folder": digest, "last": [last for last, _ in cut], "pages": _PAGES, "shown": SHOWN}
    return {INDEX: _json(index), **{f"search/{digest}/{name}": data for name, data in files.items()}}


def _teaser(text: str) -> str:
    """Return the beginning of a text. What is far beyond its end takes time to read, and changes nothing."""
    return shorten(text[: 2 * _TEASER], _TEASER, placeholder=" …")


class _Keys:
    """Which pages each key finds, by their numbers in a list of pages: in their titles, or else in their texts."""

    def __init__(self, pages: Sequence[Findable]) -> None:
        exact: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for number, page in enumerate(pages):
            title = words(page.title)
            for place, found in zip(exact, (title, words(page.text) - title), strict=True):
                for word in found:
                    place[word].append(number)
        known = sorted({*exact[0], *exact[1]}, key=_order)
        self.keys = sorted({*known, *(_shared(*pair) for pair in pairwise(known))} - {""}, key=_order)
        self._exact = exact
        self._begun = tuple(_begun(place, set(self.keys)) for place in exact)

    def found(self, key: str) -> list[list[int]]:
        """Return the pages that hold a key as a word of the title, or begin one with it; then the same of the text.

        A plural finds what its singular finds, so that a reader who types it to the end fetches one file.
        """
        if any(key in place for place in self._exact):
            key = singular(key)
        known: set[int] = set()
        lists = []
        for exact, begun in zip(self._exact, self._begun, strict=True):
            for numbers in (exact.get(key, ()), begun.get(key, ())):
                lists.append(sorted(set(numbers) - known))
                known.update(numbers)
        return lists


def _begun(place: dict[str, list[int]], keys: set[str]) -> dict[str, set[int]]:
    """Return the pages of every word that begins with a key."""
    begun: dict[str, set[int]] = defaultdict(set)
    for word, numbers in place.items():
        for end in range(1, len(word) + 1):
            if word[:end] in keys:
                begun[word[:end]].update(numbers)
    return begun


def _shared(one: str, other: str) -> str:
    """Return what two words begin with."""
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[:same]


def _order(text: str) -> bytes:
    """Return what orders texts as JavaScript does."""
    return text.encode("utf-16-be")


def _files(keys: _Keys, cards: list[list[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of words: the last key of each, and what it holds."""
    held: list[Any] = []
    shown: dict[int, list[str]] = {}
    size = 0
    for key in keys.keys:
        lists = keys.found(key)
        first = [number for numbers in lists for number in numbers][:SHOWN]
        more = len(key) + sum(map(len, lists))
        more += sum(len(_json(cards[number])) for number in first if number not in shown)
        if held and size + more > _SHARED:
            yield held[-1][0], _json({"keys": held, "pages": shown})
            held, shown, size = [], {}, 0
        held.append([key, *map(_steps, lists)])
        shown |= {number: cards[number] for number in first}
        size += more
    if held:
        yield held[-1][0], _json({"keys": held, "pages": shown})


def _steps(numbers: list[int]) -> list[int]:
    """Return rising numbers as the first and the steps between them, which are small."""
    return [number - before for before, number in pairwise([0, *numbers])]


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
