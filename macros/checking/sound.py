"""Pages in which nothing was wrong in an earlier build: while a page and all it is compared with stay, so does that.

What is kept of a page is what a reader of the whole site needs of it: by what it can be linked, and where it leads to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..kept import Kept, program
from .agreement import Copies, compared_files
from .readers import Page


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
class SoundPages:
    """The sound pages of the build before by their addresses, and those of this one."""

    copies: Copies
    before: dict[str, Sound]
    now: dict[str, Sound] = field(default_factory=dict)

    @classmethod
    def of(cls, copies: Copies, kept: Kept | None, site: str) -> SoundPages:
        """Return the pages of a site that an earlier build kept, if it kept any."""
        held = kept.found(site) if kept else None
        return cls(copies, {name: Sound(*of) for name, of in json.loads(held).items()} if held else {})

    def find(self, name: str, text: str) -> Sound | None:
        """Return what is known of a page that was sound before; None where it must be read."""
        known = self.before.get(name)
        if known and known.text == _digest(text) and known.facts == self.copies.facts(known.keys, known.files):
            self.now[name] = known
            return known
        return None

    def add(self, name: str, text: str, page: Page) -> None:
        """Note a page that was read, and in which nothing is wrong."""
        keys = sorted({one.key for one in page.figures})
        files = compared_files(name, page)
        facts = self.copies.facts(keys, files)
        if facts:
            self.now[name] = Sound(_digest(text), facts, keys, files, page.identifiers, page.addresses)

    def keep(self, kept: Kept, site: str) -> None:
        """Keep what is known of the pages of this build, in the place of those before."""
        says = {name: [getattr(one, slot) for slot in Sound.__slots__] for name, one in self.now.items()}
        kept.put(site, json.dumps(says, separators=(",", ":")).encode())


def kept_by_readers(folder: Path) -> Kept:
    """Return what readers of this state of the program keep below a folder."""
    return Kept.of(folder, program(sorted(Path(__file__).parent.glob("*.py"))))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
