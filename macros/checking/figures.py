"""What a text says of a row: its figure, target, verdict and movement, read back from the words.

Every function yields what is wrong, in words that end a sentence; a text that agrees yields nothing. A number that the
row does not explain is wrong, whatever it may have been meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from .readers import Row
from .truth import Known

_SCALES = {"million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}
_ONE = (
    r"−?£?(?<![\d,.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,.]*\d)"
    r"(?: (?:million|billion))?(?:%| (?:point|day|hour|minute)s?\b)?"
)
AMOUNT = rf"{_ONE}(?: \({_ONE}\))?"
"""A number with its unit; pounds may be said in words first, with the exact sum behind."""
_PARTS = re.compile(r"(−?)(£?)([\d,]+(?:\.\d+)?)(?: (million|billion))?(%| \w+)?")
_UNITS = {"per cent": "%", "pounds": "£", "number": ""}
_HEADING = re.compile(r"\((%|£|days|hours|minutes)\)$")
_QUALIFIERS = {"about ": "~", "more than ": ">", "less than ": "<", "at least ": ">=", "at most ": "<=", "": ""}
_COMPARATORS = {"at least ": ">=", "more than ": ">", "at most ": "<=", "below ": "<", "": ">="}
_QUALIFIER = f"(?P<words>{'|'.join(_QUALIFIERS)})"
_KINDS = {"Corrected": "correction", "Revised": "revision"}
_CHANGED = re.compile(rf"(?P<kind>{'|'.join(_KINDS)}) on (?P<day>\d+ \w+ \d{{4}}): (?P<before>.+)")
_COMPARATOR = f"(?P<words>{'|'.join(_COMPARATORS)})"
_STATUS = re.compile(r"\b(final|provisional|estimated|revised|forecast)\b")
_NOTE = re.compile(r"(?: \[note \d+\])+$")
_VALUE = re.compile(rf"{_QUALIFIER}(?P<amount>{AMOUNT})(?: \((?P<status>\w+)\))?")
_SAID = re.compile(rf"{_QUALIFIER}(?P<amount>{AMOUNT})", re.IGNORECASE)
_TARGET = re.compile(rf"{_COMPARATOR}(?P<amount>{AMOUNT})(?P<proposed> \(proposed\))?")
_AIMED = re.compile(rf"target (?:of|was|is) {_COMPARATOR}(?P<amount>{AMOUNT})")
_MOVED = re.compile(
    rf"(?:(?P<by>{AMOUNT}) (?P<way>higher|lower) than|(?P<same>the same as)) (?:in|on|from) "
    r"(?P<label>[\w/ ]*[\w/])(?: \((?P<movement>\w+)\))?"
)
_NOT_COMPARED = re.compile(r"not compared with (?P<label>[\w/ ]+): [^\d]+")
Before = Callable[[str], Known | None]
"""Gives the row of the same measure in another period, by that period in words."""


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    unit: str
    step: Decimal
    spoken: bool


@lru_cache(maxsize=10_000)
def _amount(text: str) -> _Amount:
    """Read one number with its unit."""
    found = _PARTS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    minus, pounds, digits, scale, unit = found.groups()
    number = Decimal(digits.replace(",", ""))
    size = _SCALES.get(scale or "", Decimal(1))
    value = -number * size if minus else number * size
    step = size.scaleb(int(number.as_tuple().exponent))
    return _Amount(value, pounds or (unit or "").strip().removesuffix("s"), step, bool(scale))


def is_amount(text: str, value: Decimal, unit: str, *, rounded: bool = False) -> bool:
    """Whether a text is a number in a unit. A sum in words may be rounded where the exact one stands behind it.

    Args:
        text: one amount, as ``AMOUNT`` finds it.
        value: the number it must be.
        unit: as a package names it; ``points`` for the difference of two shares.
        rounded: whether a sum in words may be rounded although nothing stands behind it.
    """
    said, _, behind = text.removesuffix(")").partition(" (")
    first = _amount(said)
    named = _UNITS.get(unit, unit.removesuffix("s"))
    near = first.spoken and (rounded or bool(behind))
    one = _same(first, value, named, near=near)
    return one and (not behind or _same(_amount(behind), value, named, near=False))


def _same(found: _Amount, value: Decimal, unit: str, *, near: bool) -> bool:
    size = (value / found.step).quantize(Decimal(1), ROUND_HALF_UP) * found.step if near else value
    return found.unit == unit and found.value == size


def _figure(found: re.Match[str], known: Known, column: str, words: dict[str, str], unit: str) -> Iterator[str]:
    """Compare a number with the words before it."""
    value = known.value if column == "value" else known.target
    if value is None or not is_amount(found["amount"], value, unit):
        yield f"the {column} is {value}"
    sign = known.row["value_qualifier" if column == "value" else "target_comparator"]
    if words[found["words"].lower()] != sign:
        yield f'the {column} is marked "{sign}"' if sign else f"the {column} is exact"


def _unit(known: Known, heading: str) -> str:
    """Return the unit a number of a cell must carry: none where the heading of its column does."""
    found = _HEADING.search(heading)
    return "number" if found and _UNITS.get(known.unit, known.unit) == found[1] else known.unit


def value(text: str, known: Known, heading: str = "") -> Iterator[str]:
    """Compare a cell that shows a figure: its number, unit, qualifier and release status."""
    shown = _NOTE.sub("", text)
    if known.value is None:
        if shown != known.row["value_status"]:
            yield f"there is no figure: {known.row['value_status']}"
        return
    found = _VALUE.fullmatch(shown)
    if found is None:
        yield f"the value is {known.value}"
        return
    yield from _figure(found, known, "value", _QUALIFIERS, _unit(known, heading))
    if found["status"] and found["status"] != known.row["value_status"]:
        yield f"the figure is {known.row['value_status']}"


def target(text: str, known: Known, heading: str = "") -> Iterator[str]:
    """Compare a cell that shows a target."""
    text = _NOTE.sub("", text)
    found = _TARGET.fullmatch(text)
    if known.target is None or found is None:
        if text != known.row["target_status"] or known.target is not None:
            yield f"the target is {known.row['target'] or known.row['target_status']}"
        return
    yield from _figure(found, known, "target", _COMPARATORS, _unit(known, heading))
    if bool(found["proposed"]) != known.is_proposed:
        yield f"the target is {known.row['target_status']}"


def numbers(text: str) -> list[Decimal]:
    """Return every amount of a text, the exact one where it is said in words first."""
    return [_amount(one.removesuffix(")").rpartition("(")[2]).value for one in re.findall(AMOUNT, text)]


def is_correction(note: str, change: Row) -> bool:
    """Whether a note tells of a row of ``corrections.csv``: the kind, the day, what was published before, and why."""
    found = _CHANGED.fullmatch(note)
    if found is None or _KINDS[found["kind"]] != change["kind"]:
        return False
    try:
        day = datetime.strptime(found["day"], "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return False
    why = " ".join(change["reason"].split())
    before = found["before"].removesuffix(f". {why}")
    if before == found["before"] or f"D{day.isoformat()}" != change["date"]:
        return False
    if not change["old"]:
        return before.startswith("there was no ")
    if change["field"] not in ("value", "target"):
        return before.endswith(f" was “{change['old']}”")
    return numbers(before) == [Decimal(change["old"])]


def spoken(text: str, known: Known) -> Iterator[str]:
    """Compare a sum in words that stands alone."""
    if (
        known.value is None
        or not re.fullmatch(AMOUNT, text)
        or not is_amount(text, known.value, known.unit, rounded=True)
    ):
        yield f"the sum is {known.value}"


def change(text: str, known: Known, before: Before) -> Iterator[str]:
    """Compare a cell that says how a figure moved."""
    if text == "–":
        return
    if found := _NOT_COMPARED.fullmatch(text):
        if before(found["label"]) is None:
            yield f"there is no row for {found['label']}"
    elif found := _MOVED.fullmatch(text):
        yield from _movement(found, known, before)
    else:
        yield "it is no movement"


def _movement(found: re.Match[str], known: Known, before: Before) -> Iterator[str]:
    earlier = before(found["label"])
    if earlier is None or earlier.value is None or known.value is None:
        yield f"there is no figure for {found['label']}"
        return
    moved = known.value - earlier.value
    if found["same"]:
        if moved:
            yield f"it moved by {moved}"
        return
    unit = "points" if known.unit == "per cent" else known.unit
    if not is_amount(found["by"], abs(moved), unit) or (found["way"] == "higher") != (moved > 0):
        yield f"from {earlier.row.place('value')} it moved by {moved}"
    better = {"higher": ("worsened", "improved"), "lower": ("improved", "worsened")}
    word = better.get(known.direction, ("decreased", "increased"))[moved > 0]
    if found["movement"] and found["movement"] != word:
        yield f"the figure has {word}"


def _opening(known: Known) -> str:
    """Return the words a sentence about a service level begins with."""
    if known.is_proposed:
        return "proposed"
    return "no figure" if known.value is None else known.row["verdict"]


def sentence(text: str, known: Known, before: Before, *, whole: bool = True) -> Iterator[str]:
    """Compare a sentence about a row: verdict, period, result, target and movement, and nothing else.

    Args:
        text: the sentence, or two.
        known: the row it is about.
        before: gives the row it may compare with.
        whole: whether it must say that a figure is not final.
    """
    rest = text
    observed = "measure_id" in known.row.cells
    if observed and not rest.lower().startswith(_opening(known)):
        yield f'it does not begin with "{_opening(known)}"'
    moved, rest = _taken(_MOVED, rest)
    for found in moved:
        yield from _movement(found, known, before)
    if known.label not in rest:
        yield f"it does not name {known.label}"
    rest = rest.replace(known.label, " ", 1)
    aims, rest = _taken(_AIMED, rest)
    for found in aims:
        yield from _figure(found, known, "target", _COMPARATORS, known.unit)
    if observed and bool(aims) != (known.target is not None):
        yield "it says a target the row has not, or none"
    results, rest = _taken(_SAID, rest)
    for found in results:
        yield from _figure(found, known, "value", _QUALIFIERS, known.unit)
    if observed and len(results) != (known.value is not None):
        yield "it says a figure the row has not, or none"
    yield from _left(rest, known, whole=whole)


def _taken(what: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    """Return what is found in a text, and the text with a space in each of these places."""
    found = list(what.finditer(text))
    for one in reversed(found):
        text = f"{text[: one.start()]} {text[one.end() :]}"
    return found, text


def _left(rest: str, known: Known, *, whole: bool) -> Iterator[str]:
    """Compare what a sentence says beside its numbers: how settled the figure is, or why there is none."""
    status = known.row["value_status"]
    said = set(_STATUS.findall(rest))
    if said - {status} or (whole and known.value is not None and {status} - said - {"final"}):
        yield f"the figure is {status}"
    if known.value is None and not known.is_proposed and status not in rest:
        yield f"the figure is {status}"
    if re.search(r"\d", rest):
        yield "it holds a number that is not in the row"


def named(text: str, rows: list[Known]) -> Iterator[str]:
    """Compare a cell that names several rows, each with its figure; the last words may count those left out."""
    for index, known in enumerate(rows):
        if more := re.fullmatch(r"and (\d+) more", text):
            if int(more[1]) != len(rows) - index:
                yield f"{len(rows) - index} more are left"
            return
        if not text.startswith(f"{known.title}: "):
            yield f'"{known.title}" is not where it should be'
            return
        text = text.removeprefix(f"{known.title}: ")
        figure = _VALUE.match(text)
        shown = figure[0] if figure else known.row["value_status"]
        yield from value(shown, known)
        text = text.removeprefix(shown).removeprefix("; ")
    if text:
        yield "it says more than its rows"


_TALLIES = {
    "missed": r"(?:was |were )?missed",
    "cannot be judged": "cannot be judged",
    "target suspended": r"(?:had its target|had their targets|target) suspended",
    "no figure": r"(?:had )?no figure",
    "no target": r"(?:had )?no target",
    "not yet due": r"(?:is |are )?not yet due",
    "met": "met",
}
_COUNT = r"(\d+(?:,\d{3})*)"
_MET_OF = re.compile(rf"{_COUNT} of {_COUNT}(?: service levels?)?(?: was| were)? met")


def tally(text: str, count: dict[str, int]) -> Iterator[str]:
    """Compare words that count verdicts, such as ``7 of 8 service levels were met and 1 was missed``."""
    total = sum(count.values())
    if total and not re.search(r"\d", text):
        yield f"there are {total}"
    if found := _MET_OF.search(text):
        said = (_whole(found[1]), _whole(found[2]))
        if said != (count.get("met", 0), total):
            yield f"{count.get('met', 0)} of {total} were met"
        if count.get("missed") and "missed" not in text:
            yield f"{count['missed']} were missed"
    rest = _MET_OF.sub(" ", text)
    for verdict, words in _TALLIES.items():
        for number in re.findall(rf"{_COUNT} {words}", rest):
            if _whole(number) != count.get(verdict, 0):
                yield f'{count.get(verdict, 0)} are "{verdict}"'
        rest = re.sub(rf"{_COUNT} {words}", " ", rest)
    if re.search(r"\d", rest):
        yield "it holds a number that counts nothing"


def number(text: str, count: int) -> Iterator[str]:
    """Compare a text that holds one count."""
    if [_whole(one) for one in re.findall(r"\d[\d,]*", text)] != [count]:
        yield f"there are {count}"


def _whole(text: str) -> int:
    """Read a count, with or without commas between its thousands."""
    return int(text.replace(",", ""))
