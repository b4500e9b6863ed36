"""Packages nobody has thought of, from their CSV files to the words on the pages, against a second reckoning.

The reckoning reads the files again, with ``Fraction`` and months counted from year 0, and with nothing of the
program's own. Where the two differ, a reader would be told something that no document says.
"""

from __future__ import annotations

import csv
import re
import shutil
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from operator import eq, ge, gt, le, lt
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.meaning.judgement import counts, verdict
from macros.reading.reports import Reports
from macros.records import Observation
from macros.showing import home, lists, prose, tables
from macros.showing.views import Cell

from .builders import GOOD_COUNCIL, Council

Row = dict[str, str]
Files = dict[str, list[Row]]

LEVEL: tuple[str, ...] = ("measure_id", "period", "value", "value_qualifier", "value_status")
LEVEL += ("target", "target_comparator", "target_status", "basis")
QUALIFIERS = {"": "", ">": "more than ", "<": "less than ", "~": "about ", ">=": "at least ", "<=": "at most "}
HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {"": eq, ">": gt, "<": lt, ">=": ge, "<=": le}
HOLDS["~"] = lambda _, __: True
COMPARATORS = {"higher": [">=", ">"], "lower": ["<=", "<"], "neither": [">=", ">", "<=", "<"]}
MISSING = ["not measured", "not published", "not yet due", "not applicable", "suppressed"]
RELEASED = ["final", "final", "provisional", "estimated", "revised", "forecast"]
UNJUDGED = ("cannot be judged", "target suspended", "no figure", "no target", "not yet due")
MOVED = re.compile(r", (?:the same as|([\d,.]+)(?: points?| days?|) (higher|lower) than) ((?:in|from) [^,]+)\.$")


def _codes(year: int) -> list[str]:
    """Return codes of one financial year, no two for the same months."""
    name = f"FY{year}-{(year + 1) % 100:02}"
    codes = [f"{year}-M04", f"{year}-M05", f"{year + 1}-M03", f"{year}-Q2", f"{name}-Q2", f"{year}-Q4", f"{name}-Q4"]
    codes += [f"{year}-M04/{year}-M09", f"{year}-M10/{year + 1}-M03", f"{year}-M06/{year}-M11"]
    return [name, name, name, name, *codes]


def _levels(measure: Row, year: int) -> st.SearchStrategy[list[Row]]:
    """Draw any result beside any target; in force, and proposed, there is one for the same months."""
    words, blank = st.sampled_from, st.just("")
    # Most numbers are few and near each other, so that many stand exactly on their target.
    near, far = words([1, 2]), st.integers(*((0, 99) if measure["unit"] == "per cent" else (-9, 12_000)))
    tails = words(["", ".0", ".5", ".25", ".50"][: 1 + 2 * int(measure["decimals"])])
    number = words([near, near, near, far]).flatmap(lambda whole: st.builds("{}{}".format, whole, tails))
    figure = st.tuples(number, words(["", "", "", "", *QUALIFIERS]), words(RELEASED))
    none = st.tuples(blank, blank, words(MISSING))
    aim, ahead = (
        st.tuples(number, words(COMPARATORS[measure["direction"]]), st.just(status)) for status in ("set", "proposed")
    )
    gone = st.tuples(blank, blank, words(["suspended", "not published"]))
    often = words([(figure, aim)] * 4 + [(none, aim), (none, ahead), (figure, gone), (none, gone)])
    basis = words(["local", "not stated"])
    cells = often.flatmap(lambda pair: st.tuples(words(_codes(year)), *pair, basis))
    rows = cells.map(
        lambda row: dict(zip(LEVEL, (measure["measure_id"], row[0], *row[1], *row[2], row[3]), strict=True))
    )
    return st.lists(
        rows, max_size=8, unique_by=lambda row: (_months(row["period"]), row["target_status"] == "proposed")
    )


@st.composite
def _packages(draw: st.DrawFn) -> Files:
    """Draw packages of one to four years, with gaps between them or without."""
    years = sorted(draw(st.lists(st.integers(2017, 2022), min_size=1, max_size=4, unique=True)))
    services = [{"service_id": f"service-{number}"} for number in range(draw(st.integers(1, 3)))]
    files: Files = {"register/services.csv": services, "register/measures.csv": [], "register/breaks.csv": []}
    words = {"unit": ["per cent", "number", "days"], "direction": [*COMPARATORS], "decimals": ["0", "1", "2"]}
    for number in range(draw(st.integers(1, 6))):
        measure = {name: draw(st.sampled_from(of)) for name, of in words.items()} | draw(st.sampled_from(services))
        measure["measure_id"] = f"measure-{number}"
        files["register/measures.csv"].append(measure)
        for year in years:
            files.setdefault(f"{_codes(year)[0][2:]}/service_levels.csv", []).extend(draw(_levels(measure, year)))
        for year in draw(st.lists(st.sampled_from(years), max_size=2, unique=True)):
            spans = [(_codes(year - 1)[0], _codes(year)[0]), (f"{year}-M09", f"{year}-M10")]
            before, after = draw(st.sampled_from(spans))
            may = {"from_period": before, "to_period": after, "comparable": draw(st.sampled_from(["no", "no", "yes"]))}
            files["register/breaks.csv"].append(may | {"measure_id": measure["measure_id"]})
    return files


def _write(council: Council, files: Files) -> None:
    """Make packages out of the good council's: its tables hold these rows, and nothing else but bodies."""
    years = sorted({file.partition("/")[0] for file in files} - {"register"})
    every = {"document_id": f"report-{years[0]}", "title": "Title", "body_id": "northmoor", "author_id": "northmoor"}
    every |= {"description": "It serves.", "topic": "service level", "meaning": "It is.", "additive": "no"}
    every |= {"status": "annual report", "reason": "It changed.", "place": "Table 1", "kind": "redefined"}
    reports = [{"document_id": f"report-{year}", "covers": f"FY{year}", "published": "D2000-01-01"} for year in years]
    for folder in council.root.glob("2*"):
        shutil.rmtree(folder)
    for year in years:
        shutil.copytree(GOOD_COUNCIL / "2021-22", council.root / year)
        # Copied from old documents, so that a miss may be left unexplained.
        council.describe(year, partial(dict.update, created="2020-01-01T00:00:00Z"))
    for path in council.root.glob("*/*.csv"):
        file = str(path.relative_to(council.root))
        if path.name != "bodies.csv":
            rows, heading = ({"register/documents.csv": reports} | files).get(file, []), council.cells(file)[0]
            council.set_cells(file, [heading, *([(every | row).get(name, "") for name in heading] for row in rows)])


def _months(code: str) -> tuple[str, int, int]:
    """Return of what kind a period is, and its first and last month, counted from year 0."""
    first, slash, last = code.partition("/")
    if slash:
        return "run", _months(first)[1], _months(last)[2]
    ((financial, year, mark, number),) = re.findall(r"^(FY)?(\d{4})(?:-\d\d)?(?:-([QM])(\d+))?$", code)
    kind, length = {"Q": ("quarter", 3), "M": ("month", 1)}.get(mark, ("year", 12))
    begins = int(year) * 12 + (3 if financial else 0) + length * (int(number or 1) - 1)
    return kind, begins, begins + length - 1


class Told(NamedTuple):
    """What one row of a file says."""

    year: str
    cells: Row
    measure: Row
    kind: str
    first: int
    last: int
    proposed: bool
    exact: bool

    def when(self) -> str:
        """Say the period as a sentence does."""
        first, last = (f"{month_name[month % 12 + 1]} {month // 12}" for month in (self.first, self.last))
        if self.kind in ("year", "month"):
            return f"in {self.year.replace('-', '/') if self.kind == 'year' else first}"
        return f"from {first.removesuffix(last[-5:])} to {last}"

    def verdict(self) -> str:
        """Judge the row: only a target in force, and only a figure."""
        if self.cells["target_status"] != "set":
            return "target suspended" if self.cells["target_status"] == "suspended" else "no target"
        if not self.cells["value"]:
            return "not yet due" if self.cells["value_status"] == "not yet due" else "no figure"
        return _judged(self.cells, self.cells)

    def alike(self, one: Told) -> bool:
        """Whether two periods are of one kind and length, and parts of a year are of the same months."""
        same = (one.kind, one.last - one.first) == (self.kind, self.last - self.first)
        return same and (self.kind in ("year", "month") or one.first % 12 == self.first % 12)

    def movement(self, found: tuple[Told, Fraction] | None) -> list[str]:
        """Name a movement, if there is one: only a direction makes it better or worse."""
        words = {"higher": "worsened improved", "lower": "improved worsened", "neither": "decreased increased"}
        return [words[self.measure["direction"]].split()[found[1] > 0]] if found and found[1] else []


def _read(file: Path) -> list[Row]:
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


def _told(root: Path) -> list[Told]:
    """Read every service level, in the order of time."""
    measures = {row["measure_id"]: row for row in _read(root / "register/measures.csv")}
    told = []
    for file in sorted(root.glob("2*/service_levels.csv")):
        for row in _read(file):
            exact = bool(row["value"]) and not row["value_qualifier"]
            span, proposed = _months(row["period"]), row["target_status"] == "proposed"
            told.append(Told(file.parent.name, row, measures[row["measure_id"]], *span, proposed, exact))
    return sorted(told, key=lambda row: (row.last, row.last - row.first, row.proposed))


def _judged(figure: Row, target: Row) -> str:
    """Judge a figure by every number it may stand for: on, just beside and far from figure and target."""
    value, wanted = Fraction(figure["value"]), Fraction(target["target"])
    far, beside = Fraction(10**9), Fraction(1, 10**9)
    near = {point + step for point in (value, wanted) for step in (0, far, -far, beside, -beside)}
    may = [one for one in near if HOLDS[figure["value_qualifier"]](one, value)]
    found = {HOLDS[target["target_comparator"]](one, wanted) for one in may}
    return "cannot be judged" if len(found) == 2 else "met" if found == {True} else "missed"


def _counted(told: list[Told], kind: str = "") -> Counter[str]:
    """Count what is in force: one kind of period, or what has no longer one in force around it."""
    found = Counter[str]()
    force = [row for row in told if not row.proposed]
    for row in force:
        same = [one for one in force if (one.year, one.measure) == (row.year, row.measure) and one[4:6] != row[4:6]]
        if row.kind == kind or not (kind or any(one.first <= row.first and row.last <= one.last for one in same)):
            found[row.verdict()] += 1
    return found


def _moved(row: Told, series: list[Told], breaks: list[Row]) -> tuple[Told, Fraction] | None:
    """Return the figure a row is compared with, the nearest alike, and the difference; None where it is with none."""
    found = [one for one in series if one.cells["value"] and one.last < row.first and row.alike(one)]
    near = max(found, key=lambda one: (one.last, not one.proposed), default=None)
    if near is None or not (row.exact and near.exact):
        return None
    stops = [_months(one["to_period"])[1] for one in breaks if one["comparable"] == "no"]
    if any(near.first < stop <= row.last for stop in stops):
        return None
    return near, Fraction(row.cells["value"]) - Fraction(near.cells["value"])


def _aimed(cells: Row) -> tuple[Fraction | None, str]:
    return Fraction(cells["target"]) if cells["target"] else None, cells["target_comparator"]


def _against_before(series: list[Told]) -> list[tuple[str, str]]:
    """Return, for each target that moved, what the result would have been against the one in force before."""
    said: list[tuple[str, str]] = []
    last: Row = {}
    old: Row = {}
    for row in (row for row in series if not row.proposed):
        now = row.cells
        listed = [last.get(name) for name in LEVEL[5:]] != [now[name] for name in LEVEL[5:]]
        if listed and old and now["value"] and _aimed(old) != _aimed(now):
            then = _judged(now, old)
            said.append((row.when(), ("also " if then == row.verdict() else "") + f"have been {then}"))
        last = now
        old = now if now["target"] else old
    return [pair for pair in said if not pair[1].endswith("judged")]


def _tallied(text: str) -> Counter[str]:
    """Read the counts out of a sentence, which has a total that is their sum."""
    if "documents here give no service levels" in text or "not published yet" in text:
        return Counter()
    ((met, total, rest),) = re.findall(r"(\d+) of (\d+) service levels? (?:was|were) met(.*)", text)
    count = Counter({"met": int(met)})
    for clause in re.findall(r"\d+ [^,.\d]+", rest):
        count[next(word for word in ("missed", *UNJUDGED) if word.split()[-1] in clause)] += int(clause.split()[0])
    assert count.total() == int(total), text
    return +count


def _words(cells: Iterable[Cell]) -> str:
    return "".join(cell.text for cell in cells)


def _check(council: Council) -> None:
    """Hold what the pages say of some packages against their files."""
    reports, told = council.load(), _told(council.root)
    assert len(reports.observations) == len(told)
    _check_counts(reports, told)
    for measure in reports.measures:
        series = [row for row in told if row.cells["measure_id"] == measure]
        breaks = [row for row in _read(council.root / "register/breaks.csv") if row["measure_id"] == measure]
        _check_series(reports, reports.series(measure), series, breaks)
        for row in [row for row in series if not row.proposed][-1:]:
            says = " ".join(part[0].text for part in prose.measure_summary(measure, reports).paragraphs)
            said = set(row.movement(_moved(row, series, breaks))) & {"improved", "worsened"}
            assert set(re.findall(r"The figure has (\w+)\.", says)) == (
                said if row.verdict() != "target suspended" else set()
            )
        items = [_words(item) for item in lists.targets(reports, measure).items]
        items = [item for item in items if "(proposed)" not in item]
        against = [re.search(r"^(\w)(.*?): .* Against the target before, .*, it would (.*)\.$", item) for item in items]
        assert [(found[1].lower() + found[2], found[3]) for found in against if found] == _against_before(series)


def _check_counts(reports: Reports, told: list[Told]) -> None:
    """Home, years and services count the same rows, each of them once."""
    by_year, by_service = Counter[str](), Counter[str]()
    for year, row in zip(reports.years, tables.years(reports).rows, strict=True):
        own, levels = [one for one in told if one.year == year], reports.levels(year)
        expected, (says, *monthly) = (
            _counted(own),
            [_words(part) for part in prose.year_summary(reports, year).paragraphs],
        )
        assert counts(levels) == _tallied(prose.tally(levels)) == expected
        # A year in which every figure is still awaited says so, and counts nothing, whatever its targets.
        awaited = all(one.cells["value_status"] == "not yet due" for one in own)
        assert ("not published yet" in says) is awaited
        assert _tallied(says) == (Counter() if awaited else expected)
        assert sum(map(_tallied, monthly), Counter[str]()) == (Counter() if awaited else _counted(own, "month"))
        judged = expected["met"], expected["missed"]
        assert [int(cell.text) for cell in row[1:5]] == [expected.total(), *judged, expected.total() - sum(judged)]
        by_year += expected
    for service in reports.services:
        own = [one for one in told if one.measure["service_id"] == service]
        told_of = [_words(cells) for cells in prose.service_tally(reports, reports.services[service])]
        said = {says[:2]: _tallied(says) for says in told_of}
        assert said.get("Mo", Counter()) == _counted(own, "month")
        by_service += said.get("By", Counter())
    assert by_year == by_service == _tallied(" ".join(_words(part) for part in home.summary(reports).paragraphs))


def _check_series(reports: Reports, rows: tuple[Observation, ...], series: list[Told], breaks: list[Row]) -> None:
    """Sentence and tables say the verdict, the figure and the movement of the files, and the same."""
    views = tables.series("Every period", rows, reports), tables.service_levels("Service levels", rows)
    titles = ([column.title for column in view.columns] for view in views)
    texts = [[[cell.text for cell in row] for row in view.rows] for view in views]
    cells = [[dict(zip(title, row, strict=True)) for row in text] for title, text in zip(titles, texts, strict=True)]
    for seen, row, one, other in zip(rows, series, *cells, strict=True):
        assert seen.period.code == row.cells["period"]
        assert verdict(seen) == one["Verdict"].lower() == other["Verdict"].lower() == row.verdict()
        # The measure's table has its unit in the heading, the year's in the cell.
        (bare,) = [text for title, text in one.items() if title.startswith("Result")]
        assert re.sub("%| days?", "", other["Result"]) == bare
        found = _moved(row, series, breaks)
        assert re.findall(r"\((\w+)\)$", one["Against the period before"]) == row.movement(found)
        # A sentence about a proposed target has no figure in it that could have moved.
        _check_sentence(prose.sentence(seen, rows, reports), other["Result"], row, None if row.proposed else found)


def _check_sentence(sentence: str, result: str, row: Told, found: tuple[Told, Fraction] | None) -> None:
    said = MOVED.search(sentence)
    assert bool(said) == bool(re.search(r"(higher|lower) than|the same as", sentence)) == bool(found), sentence
    if said and found:
        size = Fraction((said[1] or "0").replace(",", "")) * (-1 if said[2] == "lower" else 1)
        assert (size, said[3]) == (found[1], found[0].when())
    if row.cells["value"]:
        mark = next(mark for mark, words in reversed(QUALIFIERS.items()) if result.startswith(words))
        ending = {"per cent": "%", "number": "", "days": " days?"}[row.measure["unit"]]
        typed = re.fullmatch(rf"{QUALIFIERS[mark]}([−\d.,]+){ending}(?: \((\w+)\))?", result)
        assert typed is not None, result
        figure = typed[1].replace(",", "").replace("−", "-"), mark, typed[2] or "final"
        assert figure == tuple(row.cells[name] for name in LEVEL[2:5])
    else:
        assert result == row.cells["value_status"]
    says = row.verdict().capitalize().replace("No target", "No target published")
    opening = "Proposed" if row.proposed else says if row.cells["value"] else "No figure"
    rest = sentence.removeprefix(f"{opening} {row.when()}: ").removeprefix("the result was ")
    assert re.match("a target of" if row.proposed else re.escape(result) + r"(?:[,;]? |\.$)", rest), (sentence, result)


@settings(max_examples=80, suppress_health_check=[*HealthCheck])
@given(files=_packages())
def test_generated_packages_are_told_as_they_are_written(tiny: Council, files: Files) -> None:
    """Whatever sound packages hold, every verdict, count, movement and figure on the pages is that of the files."""
    _write(tiny, files)
    _check(tiny)


BY_HAND = """
    2019-20:bins,FY2019-20,95,,final,95,>=,set,local
    2019-20:wait,FY2019-20,5,,final,5,<,set,local
    2020-21:bins,2020-Q2,96,,final,95,>=,set,local
    2020-21:bins,FY2020-21,93,,final,95,>=,set,local
    2020-21:bins,FY2020-21,,,not_applicable,90,>=,proposed,local
    2020-21:wait,2020-M04,,,not_measured,5,<,set,local
    2020-21:wait,FY2020-21,0,,final,5,<,set,local
    2021-22:bins,FY2021-22,92,,final,90,>=,set,local
    2021-22:wait,FY2021-22,4,~,final,5,<,set,local
    2022-23:bins,2022-Q2,91,,final,90,>=,set,local
    2022-23:bins,FY2022-23,,,not_applicable,99,>=,proposed,local
"""


@pytest.fixture(name="by_hand")
def _by_hand(tiny: Council) -> Reports:
    """Return packages with a share that should be high and a time that should be short."""
    bins = {"measure_id": "bins", "service_id": "street", "unit": "per cent", "direction": "higher", "decimals": "1"}
    wait = {"measure_id": "wait", "service_id": "desk", "unit": "days", "direction": "lower", "decimals": "0"}
    files = {"register/services.csv": [{"service_id": "street"}, {"service_id": "desk"}]}
    files["register/measures.csv"] = [bins, wait]
    for line in BY_HAND.split():
        year, _, cells = line.replace("_", " ").partition(":")
        files.setdefault(f"{year}/service_levels.csv", []).append(dict(zip(LEVEL, cells.split(","), strict=True)))
    _write(tiny, files)
    return tiny.load()


def test_figures_by_hand(by_hand: Reports) -> None:
    """On target is met, but not below it; zero is a figure; "about" is not compared; a part is not counted again."""
    rows, times = by_hand.series("bins"), by_hand.series("wait")
    assert [prose.tally(by_hand.levels(year)) for year in by_hand.years[:3]] == [
        "1 of 2 service levels was met and 1 was missed",
        "1 of 2 service levels was met and 1 was missed",
        "1 of 2 service levels was met and 1 cannot be judged",
    ]
    assert [prose.sentence(rows[2], rows, by_hand), *(prose.sentence(row, times, by_hand) for row in times[2:])] == [
        "Missed in 2020/21: 93% against a target of 95%, 2 points lower than in 2019/20.",
        "Met in 2020/21: 0 days against a target of below 5 days, 5 days lower than in 2019/20.",
        "Cannot be judged in 2021/22: about 4 days against a target of below 5 days.",
    ]


def test_a_proposal_takes_nothing_away(by_hand: Reports) -> None:
    """A proposed target hides no quarter from the counts and no target that was in force, and says of no movement."""
    rows = by_hand.series("bins")
    assert [prose.tally(by_hand.levels("2022-23")), prose.sentence(rows[-1], rows, by_hand)] == [
        "1 of 1 service level was met",
        "Proposed in 2022/23: a target of 99%.",
    ]
    before = "Against the target before, 95%, it would have been missed."
    assert [item for item in lists.targets(by_hand, "bins").items if before in item[-1].text]
