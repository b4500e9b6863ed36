"""Everything that a stranger finds wrong with a built site."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from ..errors import Problem
from ..kept import Kept
from .agreement import MOST, Copies
from .built import Whole, address_problems
from .published import published
from .readers import Page
from .sound import SoundPages


def built_problems(root: Path, kept: Kept | None = None, site: str = "site") -> list[Problem]:
    """Check a built site and compare every copy of every figure; each page is read once, and not kept.

    Args:
        root: the folder that holds the site.
        kept: where what is known of sound pages is kept between builds, if anywhere.
        site: which site it is, of those that are kept there.

    Returns:
        Every missing address, dead link, missing anchor, identifier used twice and text a template left behind; and
        the first disagreements of copies of figures, each with both places and both values.
    """
    there = published(root)
    whole, copies = Whole(there), Copies(there)
    found, differing = [*address_problems(there)], [*islice(copies.files(), MOST)]
    pages = SoundPages.of(copies, kept, site)
    for name, text in there.texts():
        if known := pages.find(name, text):
            found += whole.links(name, known.identifiers, known.addresses)
            continue
        page = Page(text)
        wrong = [*whole.page(name, page)]
        differs = [*islice(copies.page(name, page), MOST)]
        found += wrong
        differing += differs
        if not wrong and not differs:
            pages.add(name, text, page)
    if kept:
        pages.keep(kept, site)
    return [*found, *whole.anchors(), *differing[:MOST]]
