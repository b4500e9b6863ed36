"""What marks a figure on a page, so that any reader can find the row it shows: its key, and which field it is.

A key is that of one row (``council-tax-collected FY2013-14``, a saving's identifier), of several rows parted by ``, ``,
or a set of rows (``levels year=2013-14``): a published table and what its columns must hold. The fields are explained
in the decision record “Copies agree”.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Observation, Saving

VALUE = "value"
SPOKEN = "spoken"
TARGET = "target"
VERDICT = "verdict"
AS_PUBLISHED = "as_published"
SENTENCE = "sentence"
CHANGE = "change"
NAMED = "named"
ADDED_UP = "added_up"
TALLY = "tally"
ROWS = "rows"
MET, MISSED, TOTAL, UNJUDGED = "met", "missed", "total", "unjudged"
PRINTED, RECOMPUTED = "printed", "recomputed"
LEVELS = "levels"
"""The service levels of a year, each measure once: months and quarters are parts of a longer period."""
MONTHS = "months"
"""The service levels of single months."""


def key(row: Observation | Saving) -> str:
    """Return what identifies a row among all published rows; a proposed target stands beside the one in force."""
    if isinstance(row, Saving):
        return row.id
    return f"{row.measure.id} {row.period.code}{' proposed' if row.is_proposed else ''}"


def several(rows: Iterable[Observation | Saving]) -> str:
    """Return the key of several rows."""
    return ", ".join(key(row) for row in rows)


def those(table: str, **columns: str) -> str:
    """Return the key of the rows of a table whose columns hold what is given; ``*`` stands for anything but a blank."""
    return " ".join([table, *(f"{name}={value}" for name, value in columns.items())])
