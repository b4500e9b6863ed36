"""What a page may hold: words, links and pictures of its own site, and nothing that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from macros.reading.markup import EXTENSIONS, markup_problems
from macros.reading.prose import Calls, pages_problems

from .sites import PROJECT

HTML = "is HTML, which a page may not hold. Write it as Markdown. A sign that is meant as a sign is written &lt;."


def problems(text: str) -> list[str]:
    """Return what is said of a page whose text begins in row 1."""
    return [str(problem) for problem in markup_problems(text, "docs/page.md", 1)]


def test_the_check_reads_what_the_site_reads() -> None:
    """Markdown has the same extensions in the check as in the site's settings."""
    listed = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    assert tuple(one if isinstance(one, str) else next(iter(one)) for one in listed) == EXTENSIONS


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("A <b>bold</b> word.", "<b>"),
        ('<img src=x onerror="alert(1)">', '<img src=x onerror="alert(1)">'),
        ("<svg onload=alert(1)>", "<svg onload=alert(1)>"),
        ("<style>body { display: none }</style>", "<style>body { display: none }</style>"),
        ('<meta http-equiv="refresh" content="0">', '<meta http-equiv="refresh" content="0">'),
        ("<!-- a comment -->", "<!-- a comment -->"),
        ("- a list\n\n    <iframe src='x'></iframe>", "<iframe src='x'>"),
        ("<details><summary>x</summary></details>", "<details><summary>x</summary></details>"),
    ],
)
def test_html_is_refused(text: str, start: str) -> None:
    """Whatever HTML a page holds is named with its row and the repair."""
    assert problems(f"# Page\n\n{text}\n")[0].startswith("docs/page.md, row ")
    assert any(f'"{start}" {HTML}' in one for one in problems(f"# Page\n\n{text}\n"))


def test_html_is_found_in_its_row() -> None:
    """The row is that of the editor, whatever macros stand above it."""
    text = '# Page\n\n{{ measure_table(\n"bins-on-time") }}\n\nA <b>bold</b> word.\n'
    assert problems(text)[0] == f'docs/page.md, row 6: "<b>" {HTML}'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[x](javascript:alert(1))", "begins with javascript:, which is no address of a page."),
        ("[x](JaVaScRiPt:alert(1))", "begins with javascript:, which is no address of a page."),
        ("[x](&#106;avascript:alert(1))", "which is no address of a page."),
        ("[x][y]\n\n[y]: data:text/html;base64,PHNjcmlwdD4=", "begins with data:, which is no address of a page."),
        ("<vbscript:msgbox>", ""),
        ("![x](https://elsewhere.example/pixel.png)", "lies on another site, which would see every reader."),
        ("![x](//elsewhere.example/pixel.png)", "lies on another site, which would see every reader."),
        ("[x](https://[)", "is no address. Copy it again from the browser."),
    ],
)
def test_addresses_that_run_or_watch_are_refused(text: str, problem: str) -> None:
    """A link leads to a page, and a picture lies on the site itself."""
    assert any(problem in one for one in problems(text))


@pytest.mark.parametrize(
    "text",
    [
        "# Page\n\nFewer than 5 < 6, and 6 > 5. R&D, &lt;b&gt; and `<b>`.\n\n    <b>code</b>\n",
        "[contact](contact.md), [law](https://www.legislation.gov.uk/), [mail](mailto:a@b.example), [call](tel:01632)",
        "![Map of rounds](assets/rounds.png)\n\n> A quote.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "A note.[^1]\n\n[^1]: Its text.",
        "<https://example.org/> and **bold** and *soft* and 1. a list",
        "The ratio a:b and javascript: as words.",
    ],
)
def test_plain_pages_pass(text: str) -> None:
    """Markdown as people write it has no problem."""
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a" * 200_001, "the page has 200,001 characters; the most is 200,000. Divide it into several pages."),
        ("[" * 100_000, "the page has 100,000 opening square brackets; the most is 2,000."),
        ("<a " * 10_000, "the page has 10,000 signs <; the most is 2,000."),
    ],
)
def test_a_page_that_would_take_minutes_is_not_read(text: str, problem: str) -> None:
    """A page nobody would read costs nobody time."""
    assert [problem in one for one in problems(text)] == [True]


@pytest.mark.parametrize("name", ["picture.svg", "page.html", "script.js", "styles.css", "old.HTM", "data.xml"])
def test_files_that_may_run_do_not_stand_among_pages(name: str, tmp_path: Path) -> None:
    """Among the pages stand pictures and documents; what a browser would run is refused."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / name).write_text("<script>alert(1)</script>", "utf-8")
    (docs / "photo.JPG").write_bytes(b"\xff\xd8")
    said = [str(problem) for problem in pages_problems(docs, Calls({}, {}))]
    assert len(said) == 1
    assert said[0].startswith(f"docs/{name}: a file of this kind may not stand among the pages; they are: .md, .png")
