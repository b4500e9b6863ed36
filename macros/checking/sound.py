"""What was sound in an earlier build: while a page or spreadsheet and all it is compared with stay, it still is.

What is kept of a page is what a reader of the whole site needs of it: by what it can be linked, and where it leads to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..kept import Kept, program
from .agreement import Copies, compared_files
from .readers import Page

_CALAMINE = f"python-calamine {version('python-calamine')}"
"""What reads spreadsheets. Looked up here: what the system refuses later would look like a library that is gone."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A page in which nothing is wrong: what it is, what it was compared with, and how it hangs together with others.

    ``text`` is a digest of the page, ``facts`` of all it was compared with: the rows of its ``keys`` and its ``files``.
    """

    text: str
    facts: str
    keys: list[str]
    files: list[str]
    identifiers: list[str]
    addresses: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class SoundSite:
    """The pages of a site in which nothing is wrong, by their addresses, and its spreadsheets that agree."""

    pages: dict[str, Sound] = field(default_factory=dict)
    agreed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Kept | None, site: str) -> SoundSite:
        """Return what an earlier build kept of a site, if it kept anything."""
        held = kept.found(site) if kept else None
        if held is None:
            return cls()
        pages, agreed = json.loads(held)
        return cls({name: Sound(*of) for name, of in pages.items()}, agreed)

    def find(self, name: str, text: str, copies: Copies) -> Sound | None:
        """Return what is known of a page that was sound before; None where it must be read."""
        known = self.pages.get(name)
        # A page that was compared with nothing is read again.
        if not known or not known.facts or known.text != _digest(text):
            return None
        return known if known.facts == copies.facts(known.keys, known.files) else None

    def keep(self, kept: Kept, site: str) -> None:
        """Keep what is known of a site, in the place of what was."""
        pages = {name: [getattr(one, slot) for slot in Sound.__slots__] for name, one in self.pages.items()}
        kept.put(site, json.dumps([pages, self.agreed], separators=(",", ":")).encode())


def sound(name: str, text: str, page: Page, copies: Copies) -> Sound:
    """Return what is known of a page that was read, and in which nothing is wrong."""
    keys = sorted({one.key for one in page.figures})
    files = compared_files(name, page)
    return Sound(_digest(text), copies.facts(keys, files), keys, files, page.identifiers, page.addresses)


def kept_by_readers(folder: Path) -> Kept:
    """Return what readers of this state of the program keep below a folder."""
    return Kept.of(folder, program(sorted(Path(__file__).parent.glob("*.py")), _CALAMINE))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
