"""Do all copies agree? A stranger reads the built site and compares every figure, wherever it is published.

Nothing here knows how pages or files are made: it knows the published rows, and how people read figures. What is true
is the CSV of each year; every page, chart, zip and other file is compared with it. See decision record 13.
"""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from decimal import Decimal, InvalidOperation
from html import unescape
from itertools import zip_longest
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..errors import Kind, Problem, Where
from . import figures
from .copies import (
    FIX,
    NOT_TEXT,
    YEARLY,
    Files,
    differs,
    sheet_problems,
    sum_problems,
    table_problems,
    unreadable,
    verdict_problems,
    zip_problems,
)
from .indexed import index_problems
from .published import Published
from .readers import Chart, Element, Page, Row, csv_rows
from .told import catalogue_problems, change_problems, search_problems
from .truth import Known, Truth, digest, verdicts

MOST = 20
"""How many disagreements are told: one wrong cell may be copied to very many places."""
_DRAWINGS = "data/charts/"
_CALLS = re.compile(r"(\[note \d+)\]")
_SIZE = re.compile(r"\((\w+), ([\d,]+) (bytes|KB)\)$")


class Copies:
    """Every copy of every figure of a site: the files first, then each page, which is given once and not kept.

    Args:
        site: the built site.
        agreed: the spreadsheets that agreed before, as ``sheet_problems`` has them.
    """

    def __init__(self, site: Published, agreed: MutableMapping[str, str]) -> None:
        self._site = site
        self._agreed = agreed
        self._files = site.data
        self._truth: Truth | None = None
        self._true: set[tuple[str, str, str, str, str]] = set()
        """Texts that were compared and are true: pages show the same figure in the same words many times."""

    def files(self) -> Iterator[Problem]:
        """Compare the files readers take away. Where they do not even say what is true, pages are not compared."""
        try:
            truth = _truth(self._files)
            # Every row is read and every number counted on before anything is compared with it.
            for known in truth.known.values():
                _ = known.value, known.target
        except (ValueError, KeyError) as error:
            yield unreadable("data/index.json", f"or a file it names: {error}")
            return
        self._truth = truth
        yield from verdict_problems(truth)
        yield from table_problems(self._files, truth)
        yield from zip_problems(self._files, truth)
        yield from sheet_problems(self._files, truth, self._agreed)
        yield from sum_problems(self._files)
        yield from index_problems(self._site, truth)
        yield from change_problems(self._site, truth)
        yield from catalogue_problems(self._files)
        yield from search_problems(self._site)

    def facts(self, keys: Iterable[str], files: Iterable[str]) -> str:
        """Return a digest of all that a page is compared with: while it and the page stay, so does what is found.

        Args:
            keys: the rows that the page shows.
            files: the drawings beside it, and the files of which it says the size.

        Returns:
            The digest; nothing where a row is not there, or nothing can be compared.
        """
        if self._truth is None:
            return ""
        try:
            facts = [self._truth.facts(key) for key in keys]
        except KeyError:
            return ""
        for name in files:
            size = self._files.size(name) if name in self._files else -1
            drawing = self._files.get(name, b"") if name.startswith(_DRAWINGS) else b""
            facts += [f"{name} {size}".encode(), drawing]
        return digest(facts).hex()

    def page(self, name: str, page: Page) -> Iterator[Problem]:
        """Compare what a page shows, once the files were compared."""
        if self._truth is None:
            return
        yield from _address_problems(name, page, self._truth)
        for element in page.figures:
            said = element.field, element.key, element.heading, element.row, element.text
            if said in self._true:
                continue
            problems = [*_element_problems(name, element, self._truth)]
            yield from problems
            # The notes that a text calls are those of its own page.
            if not problems and not _CALLS.search(element.text):
                self._true.add(said)
        for chart in page.charts:
            yield from _chart_problems(name, chart, self._truth)
            yield from _drawing_problems(name, chart, self._files)
        for link in page.links:
            yield from _size_problems(name, link, self._files)


def _truth(files: Files) -> Truth:
    years = [str(year) for year in json.loads(files["data/index.json"])["years"]]

    def read(name: str) -> list[Row]:
        return csv_rows(name, files[name])

    tables = {
        year: {name: read(f"data/{year}/{name}.csv") for name in YEARLY if f"data/{year}/{name}.csv" in files}
        for year in years
    }
    folder = "data/all-years/"
    own = [PurePosixPath(name).stem for name in files if name.startswith(folder) and name.endswith(".csv")]
    return Truth(tables, {name: read(f"{folder}{name}.csv") for name in own if name not in YEARLY})


# Marked figures


_ADDRESS = re.compile(r"(?:measures|years|services|councils)/([^/]+)/index\.html")


def _address_problems(name: str, page: Page, truth: Truth) -> Iterator[Problem]:
    """Say where a page shows figures, but none of the measure, year, service or council that its address names."""
    found = _ADDRESS.fullmatch(name)
    if found and page.figures and not any(_is_of(one.key, found[1], truth) for one in page.figures):
        what = f"the page shows figures, and none of {found[1]}."
        yield Problem(Where(name), what, FIX, kind=Kind.SITE)


def _is_of(key: str, name: str, truth: Truth) -> bool:
    """Whether a key names a measure, year, service or council, or a row of it."""
    if name in re.split("[ =,]+", key):
        return True
    return any(name in truth.known[one].row.cells.values() for one in key.split(", ") if one in truth.known)


def _element_problems(page: str, element: Element, truth: Truth) -> Iterator[Problem]:
    """Compare a marked text of a page with the row or rows it names."""
    try:
        faults = list(_faults(element, truth))
    except (KeyError, InvalidOperation):
        where = Where(page, element.line)
        yield Problem(where, f"no published row has the {element.field} of {element.key}.", FIX, kind=Kind.SITE)
        return
    what = f"the {element.field.replace('_', ' ')} of {element.key}"
    for fault in faults:
        where, other = Where(page, element.line), _other(element, truth)
        yield Problem(where, f'{what} is "{element.text}", but not by {other}: {fault}.', FIX, kind=Kind.SITE)


def _other(element: Element, truth: Truth) -> str:
    """Return the place, and the text there, that a marked text is compared with."""
    if element.field in ("printed", "recomputed"):
        row, column = truth.discrepancies[element.key], element.field
    elif element.field in _OF_ROW:
        row = truth.known[element.key].row
        column = element.field if element.field in row.cells else "value"
    else:
        rows = truth.rows(element.key)
        return " and ".join(dict.fromkeys(row.file for row in rows)) or "no package"
    return f'{row.place(column)} ("{row[column]}")'


def _verdict(text: str, known: Known) -> Iterator[str]:
    if text.lower() != known.row["verdict"]:
        yield known.row["verdict"]


def _as_published(text: str, known: Known) -> Iterator[str]:
    if text != " ".join(known.row["as_published"].split()):
        yield known.row["as_published"]


def _value(element: Element, known: Known, truth: Truth) -> Iterator[str]:
    """Compare a figure, and the notes it calls, which stand below its table."""
    yield from figures.value(element.text, known, element.heading)
    own = " ".join(known.row["note"].split())
    yield from _notes(element, own, truth.changes(known, target=False))


def _target(element: Element, known: Known, truth: Truth) -> Iterator[str]:
    """Compare a target, and the notes that say how it was changed."""
    yield from figures.target(element.text, known, element.heading)
    yield from _notes(element, "", truth.changes(known, target=True))


def _notes(element: Element, own: str, changes: list[Row]) -> Iterator[str]:
    """Compare the notes that a cell calls with the note of its row and with the corrections made to it."""
    if not element.heading:
        return
    marks = _CALLS.findall(element.text)
    below = {note.text.partition("]")[0]: note.text.partition("] ")[2] for note in element.notes} if marks else {}
    called = [below.get(mark, "") for mark in marks]
    for change in changes:
        told = next((note for note in called if figures.is_correction(note, change)), None)
        if told is None:
            yield f'{change.place("new")} changed it from "{change["old"]}", and no note says so'
            return
        called.remove(told)
    if [note for note in called if note != own]:
        yield f"the note is: {own}" if own else "it calls a note that is not its own"


_OF_ROW: dict[str, Callable[[Element, Known, Truth], Iterator[str]]] = {
    "value": _value,
    "target": _target,
    "verdict": lambda element, known, _: _verdict(element.text, known),
    "as_published": lambda element, known, _: _as_published(element.text, known),
    "spoken": lambda element, known, _: figures.spoken(element.text, known),
    "sentence": lambda element, known, truth: figures.sentence(
        element.text, known, lambda label: truth.before(known, label)
    ),
    "change": lambda element, known, truth: figures.change(
        element.text, known, lambda label: truth.before(known, label)
    ),
    # The running sum of a chart is compared with the chart.
    "added_up": lambda element, known, _: iter(()),
}


def _faults(element: Element, truth: Truth) -> Iterator[str]:
    """Say what is wrong with a marked text.

    Raises:
        KeyError: it names a row that is not there, or a field that nobody knows.
        InvalidOperation: a discrepancy has no number there.
    """
    field, text = element.field, element.text
    if field in _OF_ROW:
        known = truth.known[element.key]
        yield from _OF_ROW[field](element, known, truth)
        if element.row and not _heads(element.row, known):
            yield f'the row is headed "{element.row}", and is of {known.title}, {known.label}'
    elif field in ("printed", "recomputed"):
        row = truth.discrepancies[element.key]
        if not re.fullmatch(figures.AMOUNT, text) or not figures.is_amount(text, Decimal(row[field]), row["unit"]):
            yield row[field]
    elif field == "named":
        yield from figures.named(text, [truth.known[key] for key in element.key.split(", ")])
    else:
        yield from _count_faults(field, text, truth.rows(element.key))


_MONTHS = {f"{number:02}": name for number, name in enumerate(month_name)}


def _heads(text: str, known: Known) -> bool:
    """Whether a table may head a row with a text: what is counted, its period, or up to when sums are added up."""
    year, month = known.row["period_end"][:4], known.row["period_end"][5:7]
    if text == f"To {_MONTHS.get(month)} {year}":
        return True
    return any(text == name or text.startswith(f"{name} ") for name in (known.title, known.label))


def _count_faults(field: str, text: str, rows: list[Row]) -> Iterator[str]:
    count = verdicts(rows)
    numbers = {
        "rows": len(rows),
        "total": count.total(),
        "met": count["met"],
        "missed": count["missed"],
        "unjudged": count.total() - count["met"] - count["missed"],
    }
    if field == "tally":
        yield from figures.tally(text, count)
    else:
        yield from figures.number(text, numbers[field])


# Charts


def _chart_problems(page: str, chart: Chart, truth: Truth) -> Iterator[Problem]:
    """Compare what a chart says with the rows of its table: name, description, labels and running sums."""
    if not all(key in truth.known for key in chart.keys):
        # That was told of the figure that names the key.
        return
    rows = [truth.known[key] for key in chart.keys]
    sums = _sums(chart, rows)
    for element, fault in _chart_faults(chart, rows, sums, truth):
        files = " and ".join(dict.fromkeys(known.row.file for known in rows))
        what = f'{chart.id} says "{element.text}", but not by {files}: {fault}.'
        yield Problem(Where(page, element.line), what, FIX, kind=Kind.SITE)


def _sums(chart: Chart, rows: list[Known]) -> dict[str, Decimal]:
    """Return the running sum up to each row, where a chart adds its rows up."""
    if not any(one.field == "added_up" for one in chart.figures):
        return {}
    total, found = Decimal(0), {}
    for key, known in zip(chart.keys, rows, strict=True):
        total += known.value or 0
        found[key] = total
    return found


def _chart_faults(
    chart: Chart, rows: list[Known], sums: dict[str, Decimal], truth: Truth
) -> Iterator[tuple[Element, str]]:
    keys = chart.keys
    for element in chart.figures:
        if element.field == "added_up" and not _is_sum(element.text, sums[element.key]):
            yield element, f"{sums[element.key]}"
    for label in chart.labels:
        named = label.attributes["data-label"]
        number = int(named) if named.isdecimal() else len(rows)
        if number >= len(rows):
            yield label, "no such row"
        elif sums:
            if not _is_sum(label.text, sums[keys[number]]):
                yield label, f"{sums[keys[number]]}"
        else:
            yield from ((label, fault) for fault in _label(label.text, rows[number]))
    headline = chart.texts.get("subtitle" if chart.small else "name")
    if headline:
        yield from ((headline, fault) for fault in _headline(headline.text, rows, sums, truth))
    if "description" in chart.texts:
        told = chart.texts["description"]
        yield from ((told, fault) for fault in _description(told.text, rows, sums, truth))


def _is_sum(text: str, total: Decimal) -> bool:
    return bool(re.fullmatch(figures.AMOUNT, text)) and figures.is_amount(text, total, "pounds")


def _label(text: str, known: Known) -> Iterator[str]:
    """Compare a label of a drawing: a target, a figure with what is remarkable about it, or why there is none."""
    if text.startswith("target "):
        yield from figures.target(_floor(text.removeprefix("target "), known), known)
        return
    shown, _, word = text.rpartition(" ")
    if word in (known.row["verdict"], known.row["value_status"]) and known.value is not None:
        text = shown
    yield from figures.value(text, known)


def _floor(text: str, known: Known) -> str:
    """Return a target as a table says it: a drawing does not say “at least”."""
    proposed = " (proposed)" if known.is_proposed else ""
    return (f"at least {text}" if re.match(r"[−£\d]", text) else text) + proposed


_MET_IN = re.compile(r"Target met in (\d+) of (\d+) \w+(?: that can be judged)?")
_MONTH_END = re.compile(r"to \w+ \d{4}")


def _headline(text: str, rows: list[Known], sums: dict[str, Decimal], truth: Truth) -> Iterator[str]:
    """Compare the headline of a chart: how often the target was met, or the figure that matters most."""
    if found := _MET_IN.match(text):
        count = verdicts([known.row for known in rows])
        if (int(found[1]), int(found[2])) != (count["met"], count["met"] + count["missed"]):
            yield f"{count['met']} of {count['met'] + count['missed']} were met"
        text = text[found.end() :]
        rows = [known for known in rows if known.row["verdict"] == "missed"]
    elif any(_is_true(text, known, truth) for known in rows if known.label in text):
        return
    yield from _numbers(text, rows, sums)


def _is_true(text: str, known: Known, truth: Truth) -> bool:
    faults = figures.sentence(text, known, lambda label: truth.before(known, label), whole=False)
    return next(faults, None) is None


def _numbers(text: str, rows: list[Known], sums: dict[str, Decimal]) -> Iterator[str]:
    """Compare a text whose every number must be a figure or a period of some rows."""
    for words in sorted({one for known in rows for one in (known.title, known.label)}, key=len, reverse=True):
        text = text.replace(words, " ")
    values = [*[(known.value, known.unit) for known in rows], *[(total, "pounds") for total in sums.values()]]
    for said in re.findall(figures.AMOUNT, _MONTH_END.sub(" ", text)):
        if not any(value is not None and figures.is_amount(said, value, unit) for value, unit in values):
            yield f"no row with {said}"
        text = text.replace(said, " ", 1)
    if re.search(r"\d", _MONTH_END.sub(" ", text)):
        yield "no row with such a number"


_MANY = re.compile(r"(\d+) figures? from [^.]+\. The first, the highest, the lowest and the newest: ")


def _description(text: str, rows: list[Known], sums: dict[str, Decimal], truth: Truth) -> Iterator[str]:
    """Compare a description: each of its sentences must be true of a row of the chart."""
    if found := _MANY.match(text):
        count = sum(known.value is not None for known in rows)
        if int(found[1]) != count:
            yield f"{count} figures"
        text = text[found.end() :]
    for one in _sentences(text, {known.title for known in rows}):
        if sums:
            yield from _numbers(one, rows, sums)
        elif not any(_is_true(_untitled(one, known), known, truth) for known in rows if known.label in one):
            yield f"no row of which “{one}” is true"


def _sentences(text: str, titles: set[str]) -> Iterator[str]:
    """Divide a description into sentences. One may begin with a title, in which any sign and letter may stand."""
    known = sorted(titles, key=len, reverse=True)
    for number, title in enumerate(known):
        # No text of a package holds the character 0, so this stands for the title and for nothing else.
        if title in text:
            text = re.sub(rf"(?:^|(?<=\. )){re.escape(title)}(?=[:,] )", rf"£{number}\0", text)
    for one in re.split(r"(?<=\.) (?=[A-Z£−\d])", text):
        yield re.sub("£(\\d+)\0", lambda mark: known[int(mark[1])], one)


def _untitled(text: str, known: Known) -> str:
    """Leave out the title a sentence begins with."""
    return text.removeprefix(f"{known.title}: ").removeprefix(f"{known.title}, ")


def compared_files(name: str, page: Page) -> list[str]:
    """Return the files that a page is compared with: drawings of its charts, and those of which it says the size."""
    sized = [_linked(name, link) for link in page.links if _sized(link)]
    return sorted({*sized, *filter(None, map(_drawing, page.charts))})


def _drawing(chart: Chart) -> str:
    """Return the name of the file that is offered of a chart; none is of a small one."""
    return "" if chart.small else f"{_DRAWINGS}{chart.id.removeprefix('chart-')}.svg"


def _drawing_problems(page: str, chart: Chart, files: Files) -> Iterator[Problem]:
    """Compare a chart with the file that is offered of it, and the texts made of its name."""
    where = Where(page, chart.line)
    label = f"{chart.says('name')}. {chart.says('subtitle')}".removesuffix(". ")
    if chart.says("title") != label:
        yield differs(where, chart.says("title"), f"the caption of {chart.id}", label)
    for text in ("citation", "code"):
        if text in chart.texts and label not in unescape(chart.says(text)):
            yield differs(where, chart.says(text), f"the caption of {chart.id}", label)
    name = _drawing(chart)
    if name not in files:
        return
    try:
        drawing = Page(files[name].decode()).drawing
    except UnicodeDecodeError:
        yield unreadable(name, NOT_TEXT)
        return
    other = f"{page}, {chart.id}"
    if drawing.says("title") != label:
        yield differs(Where(name), drawing.says("title"), other, label)
    yield from _drawn_problems(Where(name), drawing, other, chart)


def _drawn_problems(where: Where, found: Chart, other: str, true: Chart) -> Iterator[Problem]:
    """Compare the labels and the shapes of two drawings."""
    here, there = ([(one.attributes["data-label"], one.text) for one in each.labels] for each in (true, found))
    for mine, label in zip(here, there, strict=False):
        if mine != label:
            yield differs(where, label[1], other, mine[1])
    if len(here) != len(there):
        yield differs(where, f"{len(there)} labels", other, f"{len(here)} labels")
    for shape, drawn in zip_longest(true.shapes, found.shapes):
        if shape != drawn:
            # One that is missing moves all that follow.
            yield differs(where, _shape(drawn), other, _shape(shape))
            return


def _shape(placed: tuple[str, ...] | None) -> str:
    """Return a shape of a drawing in words: what its file says of it."""
    return f"a shape {' '.join(filter(None, placed))}" if placed else "no shape"


# Links


def _sized(link: Element) -> re.Match[str] | None:
    """Return the kind and the size that a link to a file names; None for any other link."""
    text = link.text
    return _SIZE.search(text) if text.endswith(("bytes)", "KB)")) else None


def _size_problems(page: str, link: Element, files: Published) -> Iterator[Problem]:
    """Compare the kind and the size that a link to a file names with the file."""
    found = _sized(link)
    if found is None:
        return
    name = _linked(page, link)
    if name not in files:
        return
    size, said = files.size(name), int(found[2].replace(",", ""))
    right = said == size if found[3] == "bytes" else abs(said * 1000 - size) <= 500
    if not right or found[1].lower() != PurePosixPath(name).suffix[1:]:
        yield differs(Where(page, link.line), link.text, name, f"{size} bytes")


def _linked(page: str, link: Element) -> str:
    """Return the address that a link of a page leads to."""
    parts = [*PurePosixPath(page).parent.parts]
    for part in PurePosixPath(unquote(urlsplit(link.attributes["href"]).path)).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)
