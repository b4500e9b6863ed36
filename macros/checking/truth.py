"""What is true: the rows of the packages of single years. Every other copy of a figure is compared with them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property
from hashlib import sha256

from .readers import Row

OBSERVED = ("service_levels", "activity", "staffing")
"""Tables of measures; a row of them is known by its measure and period."""
LEVELS = "service_levels"
_MONTH = re.compile(r"\d{4}-M\d{2}")
_FILTER = re.compile(r" (\w+)=(.*?)(?= \w+=|$)")


@dataclass(frozen=True)
class Known:
    """A row with what its measure says of it: unit, decimals, and which way is better."""

    row: Row
    unit: str
    decimals: int | None
    direction: str = ""

    @cached_property
    def value(self) -> Decimal | None:
        """The row's figure, rounded as its measure is published; None where there is none.

        Raises:
            ValueError: it is no number, or one with more digits than anybody counts.
        """
        return self._number("value")

    @cached_property
    def target(self) -> Decimal | None:
        """The row's target; None where there is none."""
        return self._number("target")

    def _number(self, name: str) -> Decimal | None:
        text = self.row[name]
        if not text:
            return None
        try:
            number = Decimal(text)
            if self.decimals is not None:
                number = number.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            msg = f'{self.row.place(name)} is "{text}", which is no number'
            raise ValueError(msg)
        return number

    @property
    def label(self) -> str:
        """The row's period in words."""
        return self.row["period_label"]

    @property
    def title(self) -> str:
        """What a reader calls the row."""
        return self.row["measure_title"] or self.row["title"]

    @property
    def is_proposed(self) -> bool:
        """Whether the row's target was only proposed."""
        return self.row["target_status"] == "proposed"


def row_key(row: Row) -> str:
    """Return what identifies a row of a measure or a saving among all rows."""
    if "saving_id" in row.cells:
        return row["saving_id"]
    proposed = " proposed" if row["target_status"] == "proposed" else ""
    return f"{row['measure_id']} {row['period']}{proposed}"


@dataclass(frozen=True)
class Truth:
    """The rows of every year, table by table, and the register's rows.

    ``years`` holds the tables of each year, the earliest year first.
    """

    years: Mapping[str, Mapping[str, Sequence[Row]]]
    register: Mapping[str, Sequence[Row]]

    def table(self, name: str) -> list[Row]:
        """Return a table of every year, one year after the other."""
        return [row for tables in self.years.values() for row in tables.get(name, ())]

    @cached_property
    def known(self) -> dict[str, Known]:
        """Every row of a measure or a saving by its key."""
        measures = {row["measure_id"]: row for row in self.register.get("measures", ())}
        found = {}
        for name in OBSERVED:
            for row in self.table(name):
                measure = measures.get(row["measure_id"])
                decimals = int(measure["decimals"]) if measure and measure["decimals"] else None
                direction = measure["direction"] if measure else ""
                found[row_key(row)] = Known(row, row["unit"], decimals, direction)
        return found | {row_key(row): Known(row, "pounds", None) for row in self.table("savings")}

    @cached_property
    def of_measure(self) -> dict[str, list[Row]]:
        """The rows of each measure by its identifier, table by table."""
        return _by("measure_id", (known.row for known in self.known.values()))

    @cached_property
    def discrepancies(self) -> dict[str, Row]:
        """Every discrepancy by its identifier."""
        return {row["discrepancy_id"]: row for row in self.table("discrepancies")}

    def changes(self, known: Known, *, target: bool) -> list[Row]:
        """Return the corrections made to a row's figure, or to its target, that led to what it holds now."""
        return [
            row for row in self._corrections.get((known.row["year"], row_table(known.row), _first(known.row)), ())
            if row["field"].startswith(("target", "basis")) is target and corrects(row["key"], known.row)
            and known.row[row["field"]] == self._newest[row["year"], row["resource"], row["key"], row["field"]]
        ]  # fmt: skip

    @cached_property
    def _corrections(self) -> dict[tuple[str, str, str], list[Row]]:
        """The corrections of each year, table and first word of their key."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.table("corrections"):
            found.setdefault((row["year"], row["resource"], row["key"].partition(" ")[0]), []).append(row)
        return found

    @cached_property
    def _newest(self) -> dict[tuple[str, ...], str]:
        """What the newest correction of a cell made of it."""
        rows = sorted(self.table("corrections"), key=lambda row: row["date"])
        return {(row["year"], row["resource"], row["key"], row["field"]): row["new"] for row in rows}

    @cached_property
    def by_period(self) -> dict[tuple[str, str], Known]:
        """Every row of a measure that is not only proposed, by its measure and its period in words."""
        return {(one.row["measure_id"], one.label): one for one in self.known.values() if not one.is_proposed}

    def before(self, known: Known, label: str) -> Known | None:
        """Return the row of the same measure in another period."""
        return self.by_period.get((known.row["measure_id"], label))

    @cached_property
    def levels(self) -> list[Row]:
        """The service levels of each year, each measure once: a part of a longer period of its year is left out."""
        found = []
        for tables in self.years.values():
            rows = [row for row in tables.get(LEVELS, ()) if row["target_status"] != "proposed"]
            alike: dict[str, list[Row]] = {}
            for row in rows:
                alike.setdefault(row["measure_id"], []).append(row)
            found += [row for row in rows if not any(_holds(other, row) for other in alike[row["measure_id"]])]
        return found

    def rows(self, key: str) -> list[Row]:
        """Return the rows that a key names.

        Raises:
            KeyError: there is no such row, or no such table.
        """
        if key not in self._asked:
            self._asked[key] = self._rows(key)
        return self._asked[key]

    @cached_property
    def _asked(self) -> dict[str, list[Row]]:
        """The rows of every key asked for: pages name the same rows many times."""
        return {}

    def _rows(self, key: str) -> list[Row]:
        name = key.partition(" ")[0]
        if self._names_rows(key):
            return [self.known[one].row for one in key.split(", ")]
        filters = _FILTER.findall(key)
        # Pages ask for the rows of each year and service: to look through a whole table for each takes ever longer.
        narrow = [self._sorted(name, column).get(wanted, []) for column, wanted in filters if wanted != "*"]
        rows = min(narrow, key=len) if narrow else self._all(name)
        for column, wanted in filters:
            rows = [row for row in rows if (row[column] if wanted == "*" else row[column] == wanted)]
        return rows

    def _names_rows(self, key: str) -> bool:
        """Whether a key is of single rows, and not of those of a table that have something in common."""
        name = key.partition(" ")[0]
        return name not in ("levels", "months") and name not in next(iter(self.years.values()), {})

    def facts(self, key: str) -> bytes:
        """Return a digest of all that a text with this key is compared with: while it stays, so does what is true.

        That is the rows it names. Of a single row it is all that is known of its measure, too: a sentence compares
        periods, and a note tells of a correction.

        Raises:
            KeyError: as ``rows`` does.
        """
        if key not in self._digests:
            held = [self._says(self.discrepancies[key])] if key in self.discrepancies else []
            # A measure or saving may have the name of a table, or the identifier of a discrepancy.
            held += [self._subjects[_first(self.known[one].row)] for one in key.split(", ") if one in self.known]
            if not self._names_rows(key):
                held += map(self._says, self.rows(key))
            elif not held:
                raise KeyError(key)
            self._digests[key] = digest([key.encode(), *held])
        return self._digests[key]

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        """The digest of every key asked for."""
        return {}

    def _says(self, row: Row) -> bytes:
        """Return a digest of what a row says, wherever it stands."""
        place = row.file, row.number
        if place not in self._said:
            said = json.dumps([row_table(row), *row.cells, *row.cells.values()])
            self._said[place] = sha256(said.encode()).digest()
        return self._said[place]

    @cached_property
    def _said(self) -> dict[tuple[str, int], bytes]:
        """The digest of every row asked for: many keys name the same rows."""
        return {}

    @cached_property
    def _subjects(self) -> dict[str, bytes]:
        """A digest of everything that is known of each measure and saving: its rows, and what was corrected of them."""
        held: dict[str, list[bytes]] = {}
        for known in self.known.values():
            said = f"{known.unit} {known.decimals} {known.direction}".encode()
            held.setdefault(_first(known.row), []).append(self._says(known.row) + said)
        for (_, _, subject), rows in self._corrections.items():
            held.setdefault(subject, []).extend(map(self._says, rows))
        return {subject: digest(parts) for subject, parts in held.items()}

    def _all(self, name: str) -> list[Row]:
        if name == "levels":
            return self.levels
        if name == "months":
            return [row for row in self.table(LEVELS) if _MONTH.fullmatch(row["period"])]
        return self.table(name)

    def _sorted(self, name: str, column: str) -> dict[str, list[Row]]:
        """Return the rows that a name stands for by what they hold in a column."""
        if (name, column) not in self._indexes:
            self._indexes[name, column] = _by(column, self._all(name))
        return self._indexes[name, column]

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[str, list[Row]]]:
        return {}


def _by(column: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def digest(parts: Iterable[bytes]) -> bytes:
    """Return a digest of some parts in their order: other parts, another digest."""
    return sha256(b"".join(sha256(part).digest() for part in parts)).digest()


def row_table(row: Row) -> str:
    """Return the table a published row stands in."""
    return row.file.rpartition("/")[2].removesuffix(".csv")


def corrects(key: str, row: Row) -> bool:
    """Whether the key of a correction is how a row begins: its identifier, and for a measure its period."""
    own = [_first(row), row["period"]] if "measure_id" in row.cells else [_first(row)]
    return own[: len(key.split())] == key.split()


def _first(row: Row) -> str:
    return next(iter(row.cells.values()))


def _holds(longer: Row, row: Row) -> bool:
    """Whether of two rows of a measure the first is of a longer period around that of the second."""
    one, other = ((each["period_start"], each["period_end"]) for each in (longer, row))
    return one[0] <= other[0] and other[1] <= one[1] and one != other


def verdicts(rows: Sequence[Row]) -> Counter[str]:
    """Count the verdicts of service levels; a target that was only proposed is no second one."""
    return Counter(row["verdict"] for row in rows if row["target_status"] != "proposed")


_REASONS = {"proposed": "no target", "not published": "no target", "suspended": "target suspended"}


def judged(known: Known) -> str | None:
    """Work out the verdict of a row again; None for a figure that is not exact, which needs more than a comparison."""
    row, value, target = known.row, known.value, known.target
    if row["target_status"] in _REASONS:
        return _REASONS[row["target_status"]]
    if value is None:
        return "not yet due" if row["value_status"] == "not yet due" else "no figure"
    if row["value_qualifier"] or target is None:
        return None
    keeps = {">=": value >= target, ">": value > target, "<=": value <= target, "<": value < target}
    return "met" if keeps.get(row["target_comparator"]) else "missed"
