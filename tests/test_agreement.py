"""All copies of a figure agree, and one that does not is found, whichever it is."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import building
from macros.checking.agreement import MOST, Copies
from macros.checking.published import published
from macros.checking.readers import Page
from macros.checking.sheets import Sheet, sheets
from macros.checking.site import built_problems
from macros.checking.sound import SoundSite, sound
from macros.errors import ReportError
from macros.kept import Kept

from .sites import Built

Change = Callable[[str], str]


@dataclass
class Copy:
    """A copy of a built site that a test may spoil: linked, so that it costs nothing, and put right after each test."""

    root: Path
    whole: Path
    kept: Kept
    spoilt: list[str] = field(default_factory=list)

    def write(self, file: str, data: bytes) -> None:
        """Put other bytes in the place of a file."""
        path = self.root / file
        # The link goes first, or the site it was copied from would be spoilt, too.
        path.unlink()
        path.write_bytes(data)
        self.spoilt.append(file)

    def put_right(self) -> None:
        """Link the files back that were changed."""
        while self.spoilt:
            file = self.spoilt.pop()
            (self.root / file).unlink()
            os.link(self.whole / file, self.root / file)

    def change(self, file: str, change: Change) -> None:
        """Change the text of a file, or of a file within a zip: ``data/2013-14.zip/savings.csv``."""
        archive, _, member = file.partition(".zip/")
        if not member:
            self.write(file, change((self.whole / file).read_bytes().decode()).encode())
            return
        packed = io.BytesIO()
        with zipfile.ZipFile(self.whole / f"{archive}.zip") as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                new.writestr(name, change(text) if name == member else text)
        self.write(f"{archive}.zip", packed.getvalue())

    def said(self) -> list[str]:
        """Return what is found where it is known of every page that it was sound before, and put everything right."""
        try:
            return [str(problem) for problem in built_problems(self.root, self.kept)]
        finally:
            self.put_right()

    @cached_property
    def files(self) -> list[str]:
        """Every file that holds figures in its text."""
        paths = (path.relative_to(self.whole).as_posix() for path in sorted(self.whole.rglob("*")) if path.is_file())
        return [path for path in paths if Path(path).suffix in (".html", ".csv", ".json", ".svg")]


class _Sound(Kept):
    """What is kept of the sound site, whatever is found later."""

    def put(self, what: str, content: bytes) -> None:
        """Keep the first, and nothing after it."""
        if not self.holds(what):
            super().put(what, content)


def _copied(site: Built, root: Path) -> Copy:
    shutil.copytree(site.root, root, copy_function=os.link)
    kept = _Sound(root.with_name("kept"))
    assert built_problems(root, kept) == []
    return Copy(root, site.root, kept)


@pytest.fixture(name="example_copy", scope="module")
def _example_copy(example_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return _copied(example_site, tmp_path_factory.mktemp("agreement") / "example")


@pytest.fixture(name="northmoor_copy", scope="module")
def _northmoor_copy(northmoor_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return _copied(northmoor_site, tmp_path_factory.mktemp("agreement") / "northmoor")


def test_the_worked_example_agrees(example_site: Built) -> None:
    """Every copy of every figure of the worked example is the same."""
    assert built_problems(example_site.root) == []


def test_another_council_agrees(northmoor_site: Built) -> None:
    """So is every copy of every figure of the invented council."""
    assert built_problems(northmoor_site.root) == []


# One figure, broken in one place

TAX = "council-tax-collected FY2013-14"
TAX_PAGE = "measures/council-tax-collected/index.html"
TAX_ROW = "data/2013-14/service_levels.csv"
TAX_DRAWING = "data/charts/council-tax-collected-years.svg"
YEAR_PAGE = "years/2013-14/index.html"


def _swap(old: str, new: str, after: str = "") -> Change:
    """Return a change of the first text after another one."""

    def change(text: str) -> str:
        start = text.index(after) + len(after)
        found = text.index(old, start)
        return text[:found] + new + text[found + len(old) :]

    return change


def _mark(key: str, name: str) -> str:
    return f'data-key="{key}" data-field="{name}">'


BROKEN: dict[str, tuple[str, Change, str, str]] = {
    "a cell of a table": (YEAR_PAGE, _swap("95.32%", "95.23%", _mark(TAX, "value")), "95.23%", TAX_ROW),
    "a cell whose unit is in the heading": (
        TAX_PAGE, _swap("95.32", "95.33", "As printed"), "95.33", TAX_ROW,
    ),
    "the unit of a cell": (YEAR_PAGE, _swap("95.32%", "95.32 days", _mark(TAX, "value")), "95.32 days", TAX_ROW),
    "the number in the lead sentence": (TAX_PAGE, _swap("95.32%", "95.31%", _mark(TAX, "sentence")), "95.31%", TAX_ROW),
    "the target in the lead sentence": (TAX_PAGE, _swap("96.11%", "96.12%", _mark(TAX, "sentence")), "96.12%", TAX_ROW),
    "the verdict in the lead sentence": (TAX_PAGE, _swap("Missed", "Met", _mark(TAX, "sentence")), "Met in", TAX_ROW),
    "the movement in the lead sentence": (
        TAX_PAGE, _swap("2.74 points", "2.47 points", _mark(TAX, "sentence")), "2.47 points", TAX_ROW,
    ),
    "the way of the movement": (TAX_PAGE, _swap("lower", "higher", _mark(TAX, "sentence")), "points higher", TAX_ROW),
    "what the movement is from": (TAX_PAGE, _swap("2011/12", "2010/11", _mark(TAX, "sentence")), "2010/11", TAX_ROW),
    "the period of the lead sentence": (
        TAX_PAGE, _swap("2013/14", "2014/15", _mark(TAX, "sentence")), "2014/15", TAX_ROW,
    ),
    "the movement in a table": (TAX_PAGE, _swap("2.74", "2.75", _mark(TAX, "change")), "2.75", TAX_ROW),
    "the word of a movement": (TAX_PAGE, _swap("worsened", "improved", _mark(TAX, "change")), "improved", TAX_ROW),
    "a result on the list of misses": (
        "index.html", _swap("95.32%", "96.32%", _mark(TAX, "sentence")), "96.32%", TAX_ROW,
    ),
    "a result on the list of measures": (
        "measures/index.html", _swap("95.32%", "95.42%", _mark(TAX, "sentence")), "95.42%", TAX_ROW,
    ),
    "the result of an entry": (
        "actions/index.html", _swap("95.32%", "85.32%", _mark(TAX, "sentence")), "85.32%", TAX_ROW,
    ),
    "the verdict of an entry": ("actions/index.html", _swap("missed", "met", _mark(TAX, "verdict")), '"met"', TAX_ROW),
    "a verdict in a table": (TAX_PAGE, _swap("Missed", "Met", _mark(TAX, "verdict")), '"Met"', TAX_ROW),
    "a target in a table": (YEAR_PAGE, _swap("96.11%", "96.1%", _mark(TAX, "target")), "96.1%", TAX_ROW),
    "the word before a target": (YEAR_PAGE, _swap("at least", "at most", _mark(TAX, "target")), "at most", TAX_ROW),
    "a target in the list of targets": (
        TAX_PAGE, _swap("96.11%", "69.11%", "How the targets moved"), "69.11%", TAX_ROW,
    ),
    "the key of a figure": (
        YEAR_PAGE, _swap(TAX, "council-tax FY2013-14", "data-key="), "of council-tax FY2013-14", "no published row",
    ),
    "the key of a row of a chart": (
        TAX_PAGE, _swap(TAX, "council-tax FY2013-14", "chart__data"), "of council-tax FY2013-14", "no published row",
    ),
    "the period a row is headed with": (
        TAX_PAGE, _swap("2013/14", "2014/15", "As printed"), 'the row is headed "2014/15"', "2013/14",
    ),
    "the measure a row is headed with": (
        YEAR_PAGE, _swap("Council tax", "Counting tax", "<tbody>"), 'the row is headed "Counting tax', TAX_ROW,
    ),
    "the period a row of a chart is headed with": (
        TAX_PAGE, _swap(">2011/12<", ">2010/11<", "chart__data"), 'the row is headed "2010/11"', "2011/12",
    ),
    "the period up to which a chart adds up": (
        "savings/index.html", _swap(">To ", ">To 3 ", "chart__data"), 'the row is headed "To 3 ', "data/",
    ),
    "the number of a note": (YEAR_PAGE, _swap("[note 1]", "[note 2]"), "[note 2]", "the note is"),
    "a note": (YEAR_PAGE, _swap("</b> ", "</b> Not ", 'class="notes"><li><b>[note 1]'), "the note is", "data/2013-14/"),
    "what was printed": (TAX_PAGE, _swap("95.32", "95.3", _mark(TAX, "as_published")), "95.3", TAX_ROW),
    "a chart's table": (TAX_PAGE, _swap("95.32%", "99.32%", "chart__data"), "99.32%", TAX_ROW),
    "the place of a mark": (
        TAX_PAGE, _swap("translate(", "translate(1", 'data-row="1"'), "a shape 1 translate(1", TAX_PAGE,
    ),
    "the place of a target": (TAX_PAGE, _swap("v3", "v4", "layer_3_marks"), "v4", TAX_PAGE),
    "a mark of a drawing": (TAX_PAGE, _swap("<path", "<p", 'role-mark layer_3'), "v3", TAX_PAGE),
    "a label of a drawing": (TAX_PAGE, _swap("95.32%", "95.22%", 'data-label="1"'), "95.22%", TAX_ROW),
    "a verdict in a drawing": (TAX_PAGE, _swap("missed", "met", 'data-label="1"'), "met", TAX_ROW),
    "the row of a label": (TAX_PAGE, _swap('"1"', '"-1"', "data-label="), "95.32%", "no such row"),
    "the row of a label, in words": (TAX_PAGE, _swap('"1"', '"1st"', "data-label="), "95.32%", "no such row"),
    "a target in a drawing": (TAX_PAGE, _swap("96.11%", "96.10%", 'data-label="1"'), "96.10%", TAX_ROW),
    "a chart's headline": (
        TAX_PAGE, _swap("met in 1 of 2", "met in 2 of 2", "chart__name"), "met in 2 of 2", "1 of 2",
    ),
    "a chart's description": (TAX_PAGE, _swap("95.32%", "95.02%", "chart__description"), "95.02%", TAX_ROW),
    "a drawing to take away": (
        TAX_DRAWING, _swap("95.32%", "95.52%"), "95.52%", "95.32%",
    ),
    "the title of a drawing to take away": (
        TAX_DRAWING, _swap("1 of 2", "2 of 2", "<title"), "2 of 2", "1 of 2",
    ),
    "the count on the home page": (
        "index.html", _swap("34 of 42", "35 of 42", _mark("levels", "tally")), "35 of 42", "34 of 42",
    ),
    "the others on the home page": (
        "index.html", _swap("2 had no figure", "3 had no figure"), "3 had no figure", '2 are "no figure"',
    ),
    "a card": ("index.html", _swap("34", "36", _mark("levels", "met")), '"36"', "there are 34"),
    "a cell of the scorecard": (
        "index.html",
        _swap("4 of 8 met", "5 of 8 met", "<table"), "5 of 8 met", "4 of 8 were met",
    ),
    "what the scorecard says was missed": (
        "index.html", _swap("3 missed", "2 missed", "<table"), "2 missed", '3 are "missed"',
    ),
    "an empty cell of the scorecard": (
        "index.html", _swap("5 of 5 met", "–", "<table"), "–", "there are 5",
    ),
    "a count of a year": (YEAR_PAGE, _swap("9 of 13", "8 of 13", "levels year=2013-14"), "8 of 13", "9 of 13"),
    "a count of a service": (
        "services/west-lancashire-ict/index.html", _swap("29 of 30", "28 of 30"), "28 of 30", "29 of 30",
    ),
    "a count of a council": (
        "councils/west-lancashire/index.html", _swap("21 of 26", "22 of 26"), "22 of 26", "21 of 26",
    ),
    "a count of a month": (
        "reports/2011-m10/index.html", _swap("4 of 5", "5 of 5", "period=2011-M10"), "5 of 5", "4 of 5",
    ),
    "a count of sums": (
        "years/index.html", _swap(">", ">1", "savings year=2013-14"), "the rows of savings", "there are",
    ),
    "a spoken sum": ("index.html", _swap("£2.5 million", "£2.6 million", "card__value"), "£2.6 million", "2476000"),
    "an exact sum": ("index.html", _swap("£2,476,000", "£2,467,000"), "£2,467,000", "2476000"),
    "a sum in a table": ("savings/index.html", _swap("£2,476,000", "£2,476,001"), "£2,476,001", "2476000"),
    "a running sum": (
        "savings/index.html", _swap("£", "£1", 'data-field="added_up"'), "added-up", "data/",
    ),
    "a printed number of a discrepancy": (
        "discrepancies/index.html", _swap("8.77", "8.78", 'data-field="printed"'), "8.78", "8.77",
    ),
    "a file of a year": (TAX_ROW, _swap(",95.32,", ",95.23,"), "95.23", "95.32"),
    "a verdict in a file of a year": (TAX_ROW, _swap(",missed,", ",met,"), '"met"', '"missed"'),
    "a target in a file of a year": (TAX_ROW, _swap(",96.11,", ",94.11,"), "missed", '"met"'),
    "a file of all years": ("data/all-years/service_levels.csv", _swap(",95.32,", ",95.23,"), '"95.23"', TAX_ROW),
    "a file of a measure": ("data/measures/council-tax-collected.csv", _swap(",95.32,", ",95.23,"), '"95.23"', TAX_ROW),
    "the JSON of a measure": (
        "data/measures/council-tax-collected.json", _swap('"95.32"', '"95.23"'), '"95.23"', TAX_ROW,
    ),
    "what the JSON says of a measure": (
        "data/measures/council-tax-collected.json",
        _swap('"decimals": 2', '"decimals": 1'), "decimals: 1", "measures.csv",
    ),
    "a file of a chart": (
        "data/charts/council-tax-collected-years.csv", _swap(",95.32,", ",95.23,"), '"95.23"', TAX_ROW,
    ),
    "a file in a zip": ("data/2013-14.zip/service_levels.csv", _swap(",95.32,", ",95.23,"), '"95.23"', TAX_ROW),
    "a sum in a zip": ("data/2013-14.zip/SHA256SUMS", lambda text: "0" * 8 + text[8:], "00000000", "has"),
    "a hash in a description": (
        "data/2013-14/datapackage.json", _swap("sha256:", "sha256:0"), "sha256:0", "data/2013-14/",
    ),
    "a size in the index": ("data/index.json", _swap('"bytes": ', '"bytes": 1'), "bytes 1", "data/"),
    "how many were met, in the index": (
        "data/index.json", _swap('"met": 9', '"met": 8', '"year": "2013-14"'), "met: 8", 'the published rows has "9"',
    ),
    "whose counts they are, in the index": (
        "data/index.json", _swap('"body_id": "lancaster"', '"body_id": "lancashire"', '"service_levels"'),
        "body_id: lancashire", "lancaster",
    ),
    "a council of the index": (
        "data/index.json", _swap("Lancaster City Council", "Lancaster Council"), "Lancaster Council", "Lancaster City",
    ),
    "a service of the index": (
        "data/index.json", _swap("Answering telephone calls", "Answering letters"), "Answering letters", "telephone",
    ),
    "a page of the index": (
        "data/index.json", _swap("councils/lancaster/", "councils/lancast/"), "councils/lancast/", "no such page",
    ),
    "the size a link names": ("data/index.html", _swap(" KB)", "0 KB)"), "0 KB)", "data/all-years.xlsx"),
}  # fmt: skip


CORRECTED = {
    "what a figure was": (
        "measures/bins-on-time/index.html",
        _swap("it was 99.7%", "it was 99.8%", "[note 1]"),
        'from "99.7", and no note says so',
    ),
    "when it was corrected": (
        "years/2022-23/index.html",
        _swap("on 1 September", "on 2 September", "[note 1]"),
        "no note says so",
    ),
    "why it was corrected": (
        "measures/bins-on-time/index.html", _swap("misread", "swapped", "[note 1]"), "no note says so",
    ),
    "the mark of a correction": ("measures/bins-on-time/index.html", _swap("97.9 [note 1]", "97.9"), "no note says so"),
    "the old figure in the list": ("changes.json", _swap('"99.7"', '"99.8"'), "99.7"),
    "the reason in the list": ("changes.json", _swap("misread", "swapped"), "misread"),
    "a change that never was": ("changes.json", _swap("bins-on-time-2022-23-a", "bins-2022-23-a"), "no package"),
    "the old figure in the feed": ("feed.xml", _swap("99.7%", "99.8%"), "99.7"),
    "the new figure in the feed": ("feed.xml", _swap("97.9%", "97.8%"), "97.9"),
    "the reason in the feed": ("feed.xml", _swap("misread", "swapped"), "misread"),
    "the version of a release in the list": (
        "changes.json", _swap('"version": "1.', '"version": "7.'), "data/2021-22/datapackage.json",
    ),
    "the moment of a release in the list": (
        "changes.json", _swap('"created": "20', '"created": "21'), "data/2022-23/datapackage.json",
    ),
    "a release that never was": (
        "changes.json", _swap('"year": "2021-22"', '"year": "2011-22"'), "data/2021-22/datapackage.json",
    ),
    "the page of a release": ("changes.json", _swap("years/2021-22/", "years/2121-22/"), "years/2121-22/"),
    "the version of a release in the feed": ("feed.xml", _swap("version 1.", "version 7."), "Release: the package of"),
    "the moment of a release in the feed": (
        "feed.xml", _swap("<updated>20", "<updated>21", "Release: the"), "Release: the package of",
    ),
    "the measure in the list": ("changes.json", _swap("Bins emptied", "Bins missed", "reason"), "Bins missed"),
    "the period in the list": ("changes.json", _swap('"FY2022-23"', '"FY2025-23"'), "FY2025-23"),
    "the page in the list": ("changes.json", _swap("measures/bins-on-time/", "measures/missed-bins/"), "missed-bins"),
    "the day in the feed": ("feed.xml", _swap("2023-09-01", "2023-09-10", "Correction"), "2023-09-10"),
    "a day that never was, in a note": (
        "measures/bins-on-time/index.html", _swap("on 1 September", "on 41 September", "[note 1]"), "no note says so",
    ),
    "a feed in letters nobody knows": ("feed.xml", _swap("utf-8", "usf-8"), "cannot be read"),
    "a feed that ends": ("feed.xml", lambda text: text[:-20], "cannot be read"),
    "a figure of before the correction": (
        "data/2022-23-until-2023-09-01.zip/service_levels.csv", _swap(",99.7,", ",99.8,"), '"99.7"',
    ),
    "a verdict of before the correction": (
        "data/2022-23-until-2023-09-01.zip/service_levels.csv", _swap(",met,", ",missed,"), '"met"',
    ),
    "a size in the catalogue": (
        "data/catalogue.jsonld",
        lambda text: re.sub(r'(nonNegativeInteger",\s+"@value": ")', r"\g<1>1", text, count=1),
        "bytes",
    ),
    "a digest in the catalogue": (
        "data/catalogue.jsonld", lambda text: re.sub(r'"[0-9a-f]{63}', '"' + "0" * 63, text, count=1), "bytes",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "change", "found"), CORRECTED.values(), ids=CORRECTED)
def test_what_is_told_of_a_correction_is_compared(northmoor_copy: Copy, file: str, change: Change, found: str) -> None:
    """What was corrected, when and why is the same beside the figure, in the list of changes and in the feed."""
    northmoor_copy.change(file, change)
    said = northmoor_copy.said()
    assert said
    assert any(one.startswith(file) or "feed.xml" in one for one in said)
    assert any(found in one for one in said)


@pytest.mark.parametrize(("file", "change", "wrong", "right"), BROKEN.values(), ids=BROKEN)
def test_one_wrong_copy_is_found(example_copy: Copy, file: str, change: Change, wrong: str, right: str) -> None:
    """A figure broken in one place is found, with that place, what stands there, and what stands elsewhere."""
    example_copy.change(file, change)
    said = example_copy.said()
    assert any(file in one and wrong in one and right in one for one in said), said
    assert len(said) <= MOST


SAVINGS = "west-lancashire-partnership-saving-added-up"
TWICE: dict[str, tuple[str, str, str, str, str]] = {
    "the headline": (TAX_PAGE, "council-tax-collected-years", "met in 1 of 2", "met in 2 of 2", "1 of 2 were met"),
    "a figure": (TAX_PAGE, "council-tax-collected-years", ">95.32%", ">95.23%", "the value is 95.32"),
    "a target": (TAX_PAGE, "council-tax-collected-years", ">96.11%<", ">96.12%<", "the target is 96.11"),
    "a running sum": ("savings/index.html", SAVINGS, ">£788,000</text>", ">£878,000</text>", ": 788000"),
}


@pytest.mark.parametrize(("page", "chart", "old", "new", "told"), TWICE.values(), ids=TWICE)
def test_a_drawing_that_is_wrong_in_both_copies_is_found(
    example_copy: Copy, page: str, chart: str, old: str, new: str, told: str
) -> None:
    """What a page draws is compared with the rows: that the file to take away says the same proves nothing."""
    for file in (page, f"data/charts/{chart}.svg"):
        assert old in (example_copy.whole / file).read_text("utf-8")
        example_copy.change(file, lambda text: text.replace(old, new))
    said = [one for one in example_copy.said() if one.startswith(page) and f"chart-{chart} says" in one]
    assert any(told in one for one in said), said


def test_everything_is_right_again(example_copy: Copy) -> None:
    """The tests before this one found what they had broken, and nothing else."""
    assert example_copy.said() == []


def test_one_disagreement_fails_the_build(
    northmoor_project: Path, northmoor_site: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site with a figure that differs is not published: the one before stays."""
    before = northmoor_site.fingerprint()

    def broken(_project: Path, aside: Path, *_: object) -> None:
        shutil.copytree(northmoor_site.root, aside, dirs_exist_ok=True)
        page = aside / "years/2022-23/index.html"
        page.write_text(_swap("97.9%", "98.9%", 'data-field="value">')(page.read_text("utf-8")), "utf-8")

    monkeypatch.setattr(building, "_mkdocs", broken)
    with pytest.raises(ReportError, match=r"(?s)years/2022-23/index\.html.*98\.9%.*97\.9"):
        building.build(northmoor_project, northmoor_site.root, lambda _: None)
    assert northmoor_site.fingerprint() == before


# Files that are damaged: cut short, not text, or not what their name says

Damage = Callable[[bytes], bytes]


def _spoilt(old: bytes, new: bytes, after: bytes = b"") -> Damage:
    """Return a change of the first bytes after others."""

    def change(data: bytes) -> bytes:
        at = data.index(old, data.index(after))
        return data[:at] + new + data[at + len(old) :]

    return change


def _packed_badly(data: bytes) -> bytes:
    """Spoil the first bytes that a zip has packed, behind the name of the first file."""
    at = 30 + int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    return data[:at] + b"\xff" * 8 + data[at + 8 :]


DAMAGED: dict[str, tuple[str, Damage, str]] = {
    "what a figure was, in words": (
        "data/2022-23/corrections.csv", _spoilt(b",99.7,", b",many,"), '(value) is "many", which is no number',
    ),
    "a heading that the list of councils is read by": (
        "data/all-years/bodies.csv", _spoilt(b"body_id", b"body_if"), "bodies.csv, row 2, column A (body_if)",
    ),
    "a figure that is none": (
        "data/2022-23/service_levels.csv", _spoilt(b",97.9,", b",nan,"), '(value) is "nan", which is no number',
    ),
    "a sum without an end": (
        "data/2022-23/savings.csv", _spoilt(b",250000,", b",inf,"), '(value) is "inf", which is no number',
    ),
    "the same heading of another register": (
        "data/all-years/services.csv", _spoilt(b"body_id", b"body_if"), "data/index.json",
    ),
    "a text that the search shows": (
        "search/*/pages-0.json", _spoilt(b"97.9", b"98.9"), 'the files in it has "',
    ),
    "a file of the search that is gone": (
        "search/index.json", _spoilt(b'"last":["', b'"last":["0","'), "search/index.json: the file cannot be read",
    ),
    "an index of the search that is cut off": (
        "search/index.json", lambda data: data[:-3], "search/index.json: the file cannot be read",
    ),
    "a page that is not text": ("years/2022-23/index.html", _spoilt(b"97.9", b"97\xff9"), "years/2022-23/index.html: "),
    "a page that is blank": ("years/2022-23/index.html", lambda _: b"", "the page ends before it is whole"),
    "a page that is cut off between two tags": (
        "glossary/index.html", lambda data: data[: data.rindex(b"</body>")], "the page ends before it is whole",
    ),
    "a drawing that is not text": (
        "data/charts/bins-on-time-years.svg", _spoilt(b"97.9", b"97\xff9"), "bins-on-time-years.svg: the file cannot",
    ),
    "a zip whose bytes cannot be unpacked": (
        "data/2022-23.zip", _packed_badly, "data/2022-23.zip: the file cannot be read",
    ),
    "a zip that says it is locked": (
        "data/2022-23.zip", _spoilt(b"\0\0\b\0", b"\1\0\b\0", b"PK\1\2"), "data/2022-23.zip: the file cannot be read",
    ),
    "a zip that says it is packed in another way": (
        "data/2022-23.zip",
        lambda data: re.sub(rb"(PK\x01\x02.{6}).", b"\\g<1>\x0e", data, count=1, flags=re.DOTALL),
        "data/2022-23.zip: the file cannot be read",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "damage", "told"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_told(northmoor_copy: Copy, file: str, damage: Damage, told: str) -> None:
    """A file that cannot be read as what it is stops no reader of the site: it is named, with what is wrong."""
    (found,) = northmoor_copy.whole.glob(file)
    northmoor_copy.write(found.relative_to(northmoor_copy.whole).as_posix(), damage(found.read_bytes()))
    said = northmoor_copy.said()
    assert any(told in one for one in said), said
    assert len(said) <= 2 * MOST


@pytest.mark.parametrize("printed", ["many", ""])
def test_a_discrepancy_without_its_number_is_told(northmoor_copy: Copy, printed: str) -> None:
    """A number that a page shows and the row of the discrepancy does not have is told as any other fault."""
    change = _swap("number,40,", f"number,{printed},", "staff-counted-twice")
    northmoor_copy.change("data/2021-22/discrepancies.csv", change)
    assert any("the printed of staff-counted-twice" in one for one in northmoor_copy.said())


def test_the_same_words_are_compared_with_the_notes_of_each_page(northmoor_site: Built, tmp_path: Path) -> None:
    """A text that calls a note is no copy of one on another page: the note below it may be a wrong one."""
    copy = _copied(northmoor_site, tmp_path / "site")
    copy.kept = Kept(tmp_path / "of its own")
    for page in (path for path in copy.files if 'data-field="value">97.9 [note 1]' in (copy.whole / path).read_text()):
        copy.change(page, _swap("misread", "swapped", "[note 1]"))
        assert [page in one and "no note says so" in one for one in copy.said()] == [True]


def test_a_wrong_heading_of_a_row_is_found_on_every_page(northmoor_copy: Copy) -> None:
    """The same figure beside the same words on another page does not make up for it."""
    row = re.compile(
        r'(<tr[^>]*><th scope="row"[^>]*>(?:<a [^>]*>)?)[^<]+(?=(?:</a>)?</th><td data-key=[^>]*"verdict")'
    )
    pages = [path.relative_to(northmoor_copy.whole).as_posix() for path in northmoor_copy.whole.rglob("*.html")]
    pages = [name for name in pages if row.search((northmoor_copy.whole / name).read_text("utf-8"))]
    assert len(pages) > 10
    for name in pages:
        northmoor_copy.change(name, lambda text: row.sub(r"\1Something else", text, count=1))
        assert any(one.startswith(name) and '"Something else' in one for one in northmoor_copy.said())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("measures/bins-on-time", "measures/missed-bins"),
        ("years/2021-22", "years/2022-23"),
        ("services/bin-collection", "services/libraries"),
    ],
)
def test_a_page_in_the_place_of_another_is_found(northmoor_copy: Copy, one: str, other: str) -> None:
    """Every figure of it is right, but for another measure, year or service than the address names."""
    northmoor_copy.write(f"{one}/index.html", (northmoor_copy.whole / other / "index.html").read_bytes())
    name = one.partition("/")[2]
    told = f"{one}/index.html: the page shows figures, and none of {name}."
    assert any(said.startswith(told) for said in northmoor_copy.said())


# What is known of a page from the build before


def test_what_was_wrong_is_told_until_it_is_right(northmoor_site: Built, tmp_path: Path) -> None:
    """A page in which something is wrong is read in each build, and one that is right again is not told."""
    copy = _copied(northmoor_site, tmp_path / "site")
    copy.kept = Kept(tmp_path / "of its own")
    page = "years/2022-23/index.html"
    for _ in range(3):
        copy.change(page, _swap("97.9%", "98.9%", 'data-field="value">'))
        assert any(page in one and "98.9%" in one for one in copy.said())
    assert copy.said() == []


def test_a_page_that_was_compared_with_nothing_is_read_again(northmoor_site: Built) -> None:
    """Where the data of a site cannot be read, a page in which nothing else is wrong is not known to be sound."""
    name = "years/2022-23/index.html"
    text = (northmoor_site.root / name).read_text("utf-8")
    copies = Copies(published(northmoor_site.root), {})
    assert SoundSite({name: sound(name, text, Page(text), copies)}).find(name, text, copies) is None
    assert [*copies.files()] == []
    known = sound(name, text, Page(text), copies)
    assert SoundSite({name: known}).find(name, text, copies) is known


def test_a_spreadsheet_that_agreed_is_not_read_again(northmoor_copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A spreadsheet is read where it or the rows it holds have changed, and only then."""
    read: list[bytes] = []

    def reading(data: bytes) -> dict[str, Sheet]:
        read.append(data)
        return sheets(data)

    monkeypatch.setattr("macros.checking.copies.sheets", reading)
    assert northmoor_copy.said() == []
    assert read == []
    northmoor_copy.change("data/2022-23/service_levels.csv", _swap("97.9", "98.9"))
    said = northmoor_copy.said()
    assert len(read) == 4
    assert any("2022-23.ods/service_levels" in one and '"97.9"' in one for one in said)


LOST: dict[str, tuple[str, Change, str, str]] = {
    "a place on a page": (
        "glossary/index.html",
        _swap('id="service-level"', 'id="level"'),
        "#service-level",
        "a place that is not",
    ),
    "a drawing": ("data/charts/bins-on-time-years.svg", _swap("97.9", "97.8", "<text"), "bins-on-time", '"97.8'),
    "a file that grew": (
        "data/measures/calls-answered.csv",
        lambda text: f"{text}\n",
        "calls-answered.csv",
        "536 bytes",
    ),
}


@pytest.mark.parametrize(("file", "change", "what", "found"), LOST.values(), ids=LOST)
def test_a_page_that_stayed_is_compared_with_what_changed(
    northmoor_copy: Copy, file: str, change: Change, what: str, found: str
) -> None:
    """A page that is as it was is told where something it leads to, shows or names is not."""
    northmoor_copy.change(file, change)
    assert any(".html" in one and what in one and found in one for one in northmoor_copy.said())


def test_a_page_that_stayed_is_not_read_again(northmoor_copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing changed, no page is read; where a row did, the pages that show its measure are."""
    read: list[str] = []

    def reading(text: str) -> Page:
        read.append(text)
        return Page(text)

    monkeypatch.setattr("macros.checking.site.Page", reading)
    assert northmoor_copy.said() == []
    assert read == []
    northmoor_copy.change("data/2022-23/service_levels.csv", _swap("97.9", "98.9"))
    assert northmoor_copy.said()
    assert 0 < len(read) < len(list(northmoor_copy.whole.rglob("*.html")))


# Any figure, broken anywhere


_MARKED = re.compile(r'<(td|span|text)(?= )[^>]* data-(?:field|label)="[^"]*"[^>]*>(.*?)</\1>')
_NO_TEXT = re.compile(r"<[^>]*>|&#\d+;|\[note \d+\]")
"""What is no figure in a marked text: tags, escaped signs, and the number of a note, which another test holds."""


def _digits(file: str, text: str) -> list[int]:
    """Return where the digits of figures stand: in marked texts of a page or drawing, in cells of a table."""
    if file.endswith(".csv"):
        header = len(text.partition("\n")[0]) + 1
        return [place for place in range(header, len(text)) if text[place].isdigit()]
    return [
        found.start(2) + digit.start()
        for found in _MARKED.finditer(text)
        for digit in re.finditer(r"\d", _NO_TEXT.sub(lambda tag: " " * len(tag[0]), found[2]))
    ]


@settings(max_examples=120)
@given(data=st.data())
def test_any_wrong_digit_is_found(northmoor_copy: Copy, data: st.DataObject) -> None:
    """Whichever digit of a marked figure or of a table is another one: it is found, and its file is named."""
    held = [file for file in northmoor_copy.files if not file.endswith(".json")]
    texts = {file: (northmoor_copy.whole / file).read_bytes().decode() for file in held}
    file = data.draw(st.sampled_from([file for file in held if _digits(file, texts[file])]))
    place = data.draw(st.sampled_from(_digits(file, texts[file])))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != texts[file][place]]))
    northmoor_copy.write(file, (texts[file][:place] + digit + texts[file][place + 1 :]).encode())
    said = northmoor_copy.said()
    assert any(file in one for one in said), (file, texts[file][place - 40 : place + 20], digit, said)


# What must be marked


_UNMARKED = ("Recomputed", "Difference", "prices")
"""Headings of figures that are worked out and stand in no published row."""


def _numeric(site: Built) -> Iterator[tuple[str, str, bool]]:
    """Return the page, the text and whether it is marked of each cell in a column of numbers."""
    for path in sorted(site.root.rglob("*.html")):
        for table in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("table"):
            headings = [heading.get_text() for heading in table.select("thead th")]
            for row in table.select("tbody tr"):
                for heading, cell in zip(headings, row.find_all(["th", "td"]), strict=True):
                    if "number" in (cell.get("class") or []) and not heading.endswith(_UNMARKED):
                        yield path.parent.name, cell.get_text(), cell.has_attr("data-key")


def test_every_figure_of_a_table_is_marked(example_site: Built) -> None:
    """No number of a table escapes the comparison."""
    cells = list(_numeric(example_site))
    assert len(cells) > 1000
    assert [(page, text) for page, text, marked in cells if not marked and re.search(r"\d", text)] == []


def test_keys_name_one_row(northmoor_site: Built) -> None:
    """A target that is set and one that is proposed for the same time have keys of their own."""
    page = northmoor_site.page("measures/reader-satisfaction/")
    targets = page.select("table.figures [data-field=target]")
    said = {(str(cell["data-key"]), cell.get_text()) for cell in targets}
    assert ("reader-satisfaction FY2022-23", "at least 90") in said
    assert ("reader-satisfaction FY2022-23 proposed", "at least 92 (proposed)") in said


# Workbooks


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


def _packed(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _text(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _xlsx(tables: dict[str, list[list[str]]]) -> bytes:
    """Write tables as a workbook, with numbers as another library writes them: floats of 64 bits."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([float(cell) if _NUMBER.fullmatch(cell) else cell or None for cell in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _ods(tables: dict[str, list[list[str]]]) -> bytes:
    """Write tables as a workbook of OpenDocument, with a title above and blank rows below each."""
    spaces = {"table": "table", "text": "text", "office": "office"}
    names = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in spaces)
    body = ""
    for name, rows in tables.items():
        title = "<table:table-row><table:table-cell><text:p>A table</text:p></table:table-cell></table:table-row>"
        lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        body += f'<table:table table:name="{name}">{title}{lines}{blank}</table:table>'
    sheets = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    return _packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {names}>{sheets}</office:document-content>",
        }
    )


def _ods_cell(cell: str) -> str:
    if _NUMBER.fullmatch(cell):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    paragraphs = "".join(f"<text:p>{_text(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


@pytest.mark.parametrize(("kind", "write"), [("xlsx", _xlsx), ("ods", _ods)])
def test_a_workbook_is_compared(
    northmoor_copy: Copy, kind: str, write: Callable[[dict[str, list[list[str]]]], bytes]
) -> None:
    """A workbook that holds what the package holds agrees; one digit that differs is found, with both cells."""
    name = f"data/2022-23.{kind}"
    tables = {path.stem: _rows(path) for path in sorted((northmoor_copy.whole / "data/2022-23").glob("*.csv"))}
    northmoor_copy.write(name, write(tables))
    # Pages and the index name the size of the workbook that was built, which is not this one: its cells agree.
    assert [one for one in northmoor_copy.said() if one.startswith(name)] == []
    rows = tables["service_levels"]
    (level,) = [row for row in rows if row[0] == "bins-on-time"]
    level[rows[0].index("value")] = "97.8"
    northmoor_copy.write(name, write(tables))
    said = [one for one in northmoor_copy.said() if one.startswith(name)]
    assert any('"97.' in one and '"97.9"' in one and "service_levels.csv" in one for one in said)
