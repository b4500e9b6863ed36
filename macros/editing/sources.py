"""The one form in which the packages of a council are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def as_source(rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table of a package: UTF-8, commas, one line a row, quotation marks only where they are needed.

    Args:
        rows: the rows, the heading first.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
