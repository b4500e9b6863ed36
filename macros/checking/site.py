"""Everything that a stranger finds wrong with a built site."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from ..errors import Problem
from .agreement import MOST, Copies
from .built import Whole, address_problems
from .published import published


def built_problems(root: Path) -> list[Problem]:
    """Check a built site and compare every copy of every figure; each page is read once, and not kept.

    Args:
        root: the folder that holds the site.

    Returns:
        What ``site_problems`` and ``agreement_problems`` find.
    """
    site = published(root)
    whole, copies = Whole(site), Copies(site)
    found, differing = [*address_problems(site)], [*islice(copies.files(), MOST)]
    for name, page in site.pages():
        found += whole.page(name, page)
        differing += islice(copies.page(name, page), MOST - len(differing))
    return [*found, *whole.anchors(), *differing]
