"""Hostile texts in every cell stay texts: nothing of them runs in any file, and each is read as it was typed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from macros.checking.agreement import _sentences
from macros.editing.diff import diff
from macros.editing.editions import edition
from macros.editing.sheets import WRITERS
from macros.errors import Kind, Problem, Where
from macros.formats import FORMATS
from macros.meaning.checked import load
from macros.reading.gate import cell_faults
from macros.reading.prose import Calls, page_problems

from .builders import GOOD_COUNCIL, Council
from .hostile import MARKER, texts
from .sites import Built, a_project, a_site

_TYPED = frozenset(
    [
        "title",
        "description",
        "note",
        "meaning",
        "reason",
        "quote",
        "other_quote",
        "place",
        "other_place",
        "name",
        "promise",
        "outcome_quote",
        "outcome_place",
        "what_happened",
        "why",
        "action",
        "responsible_role",
        "frequency",
        "reports_to",
        "duty",
        "missing",
        "target_reason",
    ]
)
"""Columns that hold whatever a person types."""
_COPIES = 90
"""How many commitments more there are, so that there is a cell for every text."""
TEXTS = texts()


def _typed_over(council: Council) -> None:
    """Type every text into some cell of every kind."""
    table = council.cells("2022-23/commitments.csv")
    for number in range(_COPIES):
        council.copy_row("2022-23/commitments.csv", len(table), commitment_id=f"promise-{number}")
    left = cycle(TEXTS)
    for path in sorted(council.root.rglob("*.csv")):
        file = path.relative_to(council.root).as_posix()
        rows = council.cells(file)
        for row in rows[1:]:
            for place, column in enumerate(rows[0]):
                if column == "note" or (column in _TYPED and row[place] not in ("", "not stated")):
                    row[place] = next(left)
        council.set_cells(file, rows)
    council.describe("2022-23", lambda package: package.update(title=TEXTS[99], description=TEXTS[155]))


@pytest.fixture(name="hostile", scope="module")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of a council in whose every cell stands a hostile text."""
    project = a_project(tmp_path_factory.mktemp("hostile"), GOOD_COUNCIL)
    _typed_over(Council(project / "datapackages"))
    return a_site(project, project / "site")


@pytest.fixture(name="typed", scope="module")
def _typed(hostile: Built) -> set[str]:
    """Return what stands in all cells."""
    council = Council(hostile.root.parent / "datapackages")
    files = (path.relative_to(council.root).as_posix() for path in council.root.rglob("*.csv"))
    return {cell for file in files for row in council.cells(file)[1:] for cell in row}


def _documents(root: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    for path in sorted(root.rglob("*.html")):
        yield path.relative_to(root).as_posix(), BeautifulSoup(path.read_text("utf-8"), "html.parser")


def _parts(root: Path) -> set[tuple[str, str]]:
    """Return each pair of an element and an attribute on the pages of a site."""
    elements = (element for _, page in _documents(root) for element in page.find_all())
    return {(element.name, name) for element in elements for name in ("", *element.attrs)}


def _live(page: BeautifulSoup) -> list[str]:
    """Return what of the texts a browser would run, fetch or draw with."""
    found = []
    for element in page.find_all():
        if element.name in ("script", "style") and element.get("type") != "application/ld+json":
            found += [element.get_text()] if MARKER in element.get_text() else []
        for name, value in element.attrs.items():
            plain = "".join(str(value).split()).lower()
            if name.startswith("on") or name in ("style", "srcdoc") or plain.startswith(("javascript:", "data:text")):
                found += [f"{name}={value}"] if MARKER in plain or plain.startswith("javascript:") else []
    return found


def test_every_text_has_a_cell(typed: set[str]) -> None:
    """Five hundred texts are in the packages, and the gate lets each of them in."""
    assert len(TEXTS) >= 499
    assert set(TEXTS) <= typed


def test_nothing_typed_runs_on_a_page(hostile: Built, northmoor_site: Built) -> None:
    """No page has a kind of element or attribute that a harmless council's pages have not, and none runs a text."""
    assert {name: live for name, page in _documents(hostile.root) if (live := _live(page))} == {}
    assert _parts(hostile.root) - _parts(northmoor_site.root) == set()


def test_what_is_typed_is_read_on_a_page(hostile: Built) -> None:
    """Each text stands on some page as it was typed, but for where its line breaks."""
    said = "\n".join(" ".join(page.get_text("").split()) for _, page in _documents(hostile.root))
    assert [text for text in TEXTS if " ".join(text.split()) not in said] == []


def test_what_is_typed_is_read_in_every_table(hostile: Built) -> None:
    """Each text stands in a CSV file and a workbook as it was typed, and no cell of a workbook is a formula."""
    cells: set[str] = set()
    for path in (hostile.root / "data").rglob("*.csv"):
        cells |= {cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row}
    assert set(TEXTS) - cells == set()
    sheets: set[object] = set()
    for path in (hostile.root / "data").rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
                sheets |= {cell.value for cell in row}
    assert set(TEXTS) - sheets == set()


def test_what_machines_read_stays_in_its_form(hostile: Built) -> None:
    """JSON, feeds, pictures and what is said of the data to machines can be read; no picture holds a script."""
    for path in hostile.root.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for ending in ("xml", "svg", "rdf"):
        for path in hostile.root.rglob(f"*.{ending}"):
            names = {element.tag.rpartition("}")[2] for element in ET.parse(path).iter()}  # noqa: S314 - our own files
            assert not names & {"script", "foreignObject", "iframe", "image"}, path
    for name, page in _documents(hostile.root):
        for block in page.find_all("script", type="application/ld+json"):
            assert isinstance(json.loads(block.get_text()), dict), name
    for path in hostile.root.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None


def test_what_changes_is_told_without_running_it(hostile: Built) -> None:
    """A reviewer's sheet of changes holds no script, link or picture of a text in any of its forms."""
    told = diff(
        load(hostile.root.parent / "datapackages"), edition(GOOD_COUNCIL, str(GOOD_COUNCIL)), date(2026, 11, 22)
    )
    page = BeautifulSoup(WRITERS["html"](told, ""), "html.parser")
    assert _live(page) == []
    assert page.select("iframe, object, embed, base, form, img, svg, [srcdoc]") == []
    shown = BeautifulSoup(Markdown(extensions=["tables"]).convert(WRITERS["markdown"](told, "")), "html.parser")
    assert _live(shown) == []
    assert shown.select("script, style, iframe, object, embed, base, form, img, svg, a[href^=java]") == []
    assert not [line for line in WRITERS["text"](told, "").splitlines() if line.startswith(("::", "##["))]


PROBLEMS = tuple(
    Problem(Where(f"{text[:20]}.csv", row, 2, text[:30]), text, text, kind=Kind.NUMBER)
    for row, text in enumerate(TEXTS, 2)
)


def test_a_list_for_machines_holds_texts_and_no_commands() -> None:
    """A list of problems that quotes hostile texts can be read in each form, and begins no command of a pipeline."""
    lists = {name: write(PROBLEMS, "guide", PurePosixPath()) for name, write in FORMATS.items()}
    lines = lists["github"].splitlines()
    assert len(lines) == len(PROBLEMS)
    assert all(line.startswith("::error file=") for line in lines)
    assert len(json.loads(lists["codequality"])) == len(PROBLEMS)
    assert len(list(ET.fromstring(lists["junit"]).iter("failure"))) >= 1  # noqa: S314 - our own
    json.loads(lists["json"])


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://a.example","x")',
    "＝1",
    "－1+1",
    "＋1",
    "＠x",
    "=cmd|' /C calc'!A0",
]
HIDDEN = ["a\u202eb", "a\u200bb", "a\x00b", "a\x1bb", "\u2066x\u2069", "a\ufeffb", "a\U000e0041b", "a\u00adb", "a\x85b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_refused(text: str) -> None:
    """What a spreadsheet would run is refused."""
    assert [kind for kind, _, _ in cell_faults(text)] == [Kind.FORMULA]


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_a_hidden_character_is_refused(text: str) -> None:
    """What a reviewer cannot see is refused."""
    assert Kind.HIDDEN_CHARACTER in [kind for kind, _, _ in cell_faults(text)]


def test_a_page_title_is_plain_or_refused() -> None:
    """No text with a sign of markup gets into the front matter of a page."""
    for text in TEXTS:
        page = f"---\ntitle: {json.dumps(text, ensure_ascii=False)}\n---\n\n# Page\n"
        problems = list(page_problems(page, "docs/page.md", Calls({}, {})))
        assert problems or not set(text) & set("<>{}\"'`"), text


@pytest.mark.parametrize("title", ["e-learning courses", "“Meals on wheels”", "St. John’s Road: visits, by day", "é"])
def test_a_title_may_begin_with_any_sign(title: str) -> None:
    """A description is divided at its sentences, whatever the title that each begins with."""
    text = f"{title}: 5 in 2021/22. {title}: 7 in 2022/23. Bins, 2021/22: 1."
    assert list(_sentences(text, {title, "Bins"})) == [
        f"{title}: 5 in 2021/22.",
        f"{title}: 7 in 2022/23.",
        "Bins, 2021/22: 1.",
    ]
