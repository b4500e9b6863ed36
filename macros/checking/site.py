"""Everything that a stranger finds wrong with a built site."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from ..errors import Problem
from ..kept import Kept
from .agreement import MOST, Copies
from .built import Whole, address_problems
from .copies import NOT_TEXT, unreadable
from .published import published
from .readers import Page
from .sound import SoundSite, sound


def built_problems(root: Path, kept: Kept | None = None, site: str = "site") -> list[Problem]:
    """Check a built site and compare every copy of every figure; each page is read once, and not kept.

    Args:
        root: the folder that holds the site.
        kept: where what is known of a sound site is kept between builds, if anywhere.
        site: which site it is, of those that are kept there.

    Returns:
        Every missing address, dead link, missing anchor, identifier used twice and text a template left behind; and
        the first disagreements of copies of figures, each with both places and both values.
    """
    there = published(root)
    before = SoundSite.of(kept, site)
    now = SoundSite(agreed=before.agreed)
    whole, copies = Whole(there), Copies(there, now.agreed)
    found, differing = [*address_problems(there)], [*islice(copies.files(), MOST)]
    for name, text in there.texts():
        if text is None:
            found.append(unreadable(name, NOT_TEXT))
            continue
        if known := before.find(name, text, copies):
            found += whole.links(name, known.identifiers, known.addresses)
            now.pages[name] = known
            continue
        page = Page(text)
        wrong = [*whole.page(name, page)]
        differs = [*islice(copies.page(name, page), MOST)]
        found += wrong
        differing += differs
        if not wrong and not differs:
            now.pages[name] = sound(name, text, page, copies)
    if kept:
        now.keep(kept, site)
    return [*found, *whole.anchors(), *differing[:MOST]]
