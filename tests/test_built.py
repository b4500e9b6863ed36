"""What a stranger finds wrong with the pages of a built site, before any figure is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.checking import figures
from macros.checking.site import built_problems

PAGES = {
    "index.html": '<p id="top">Home</p>',
    "years/index.html": '<p id="first">Years</p>',
    "years/2013-14/index.html": "<p>A year</p>",
    "data/a b.csv": "a\n",
    "404.html": '<a href="/gone/">gone</a>',
}


def _found(root: Path, html: str, name: str = "years/index.html") -> list[str]:
    """Write a small site with some more on one of its pages, and say what is wrong with it but that it has no data."""
    for path, text in PAGES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        whole = text + (f"\n{html}" if path == name else "") + ("\n</html>\n" if path.endswith(".html") else "")
        (root / path).write_text(whole, "utf-8")
    said = [str(one) for one in built_problems(root) if "at this address" not in one.what]
    return [one for one in said if not one.startswith("data/index.json: the file cannot be read")]


LIVE = (
    "2013-14/", "2013-14", "2013-14/index.html", "./2013-14/?print", "../", "..", "/", "/years/", "../data/a%20b.csv",
    "../data/a b.csv#anything", "#first", "../#top", "/index.html#top", "?a=b#first", "https://a.example/",
    "//a.example/", "mailto:a@b.example", "missing/../2013-14/", "",
)  # fmt: skip
DEAD = (
    "2014-15/", "../data/", "/data/b.csv", "../../", "../../../etc/passwd", "/../../etc/hostname",
    "%2e%2e/%2e%2e/years/", "index.html/", "../data/a%20b.csv/", "Index.html", "a%00b", "https://[", "../404",
)  # fmt: skip


@pytest.mark.parametrize("link", LIVE)
def test_a_link_leads_somewhere(tmp_path: Path, link: str) -> None:
    """A link to a page, a file or a place of the site, however it is written, or to elsewhere, is none to put right."""
    assert _found(tmp_path, f'<a href="{link}">x</a>') == []


@pytest.mark.parametrize("link", DEAD)
def test_a_dead_link_is_found(tmp_path: Path, link: str) -> None:
    """A link to nothing, or out of the site, is told with its line, and as it is written."""
    (said,) = _found(tmp_path, f'<a href="{link}">x</a>')
    assert said.startswith(f'years/index.html, row 2: the link "{link}" leads nowhere.')


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<img src="no.png">', id="a picture"),
        pytest.param('<script src="no.js"></script>', id="a script"),
        pytest.param('<link rel="icon" href="no.png">', id="an icon"),
        pytest.param("<A\nHREF='no/'>x</A>", id="capitals and single quotes"),
        pytest.param("<a class=b href=no/>x</a>", id="no quotes"),
        pytest.param('<svg><a href="no/"/></svg>', id="a drawing"),
        pytest.param('<template><a href="no/">x</a></template>', id="a template"),
        pytest.param('<noscript><img src="no.png"></noscript>', id="for readers without scripts"),
        pytest.param('<p hidden><a href="no/">x</a></p>', id="hidden"),
        pytest.param('<!--> <a href="no/">x</a> -->', id="behind a comment that ends at once"),
        pytest.param('<!-- a --!> <a href="no/">x</a> <!-- -->', id="behind a comment that ends as none should"),
        pytest.param('<svg><![CDATA[ > ]]><a href="no/">x</a></svg>', id="behind a section"),
        pytest.param('<a href="no/" href="../">x</a>', id="an attribute given twice"),
    ],
)
def test_a_dead_link_is_found_wherever_it_stands(tmp_path: Path, html: str) -> None:
    """Whatever a browser makes a link or fetches is followed."""
    (said,) = _found(tmp_path, html)
    assert "leads nowhere" in said


@pytest.mark.parametrize("html", ['<!-- <a href="no/">x</a> -->', '<script>"<a href=no>"</script>', "<a>x</a>"])
def test_what_is_no_link_is_not_followed(tmp_path: Path, html: str) -> None:
    """A comment and the text of a script lead nowhere."""
    assert _found(tmp_path, html) == []


def test_an_anchor_of_a_page_that_is_read_later_is_found(tmp_path: Path) -> None:
    """A place on another page is looked up wherever in the site that page is."""
    html = '<a href="#first">x</a><a href="2013-14/#first">x</a><a href="../#no">x</a>'
    said = _found(tmp_path, html)
    assert [one.partition(" names")[0] for one in said] == [
        'years/index.html, row 2: the link "2013-14/#first"',
        'years/index.html, row 2: the link "../#no"',
    ]


def test_a_file_that_is_a_link_out_of_the_site_is_no_file(tmp_path: Path) -> None:
    """What a page leads to is published with the site, and not only on this machine."""
    (tmp_path / "outside.csv").write_text("secret", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.csv").symlink_to(tmp_path / "outside.csv")
    (said,) = _found(site, '<a href="../a.csv">x</a>')
    assert "leads nowhere" in said


def test_an_identifier_used_twice_is_found(tmp_path: Path) -> None:
    """However it is written, and whether or not its element holds anything."""
    (said,) = _found(tmp_path, '<br id="first"><p ID=first></p><p id="second"></p><!-- <p id="second"> -->')
    assert said == 'years/index.html: the identifier "first" is used 3 times. Rename one.'


@pytest.mark.parametrize("cut", ["<!-- a note", "<p class='a>", "<title>Years", "<script>let a", "<textarea>"])
def test_what_hides_the_rest_of_a_page_is_found(tmp_path: Path, cut: str) -> None:
    """A comment, a tag or a title that never ends takes away all that follows, and with it what could be compared."""
    (said,) = _found(tmp_path, f'\n{cut} <span data-key="a" data-field="value">1')
    assert said.startswith("years/index.html, row 3: ")
    assert "browsers do not show what follows" in said


def test_a_page_that_ends_before_it_is_whole_is_found(tmp_path: Path) -> None:
    """A page that was cut off between two tags shows less than it should, and nothing that is wrong."""
    _found(tmp_path, "")
    (tmp_path / "years/index.html").write_text('<p id="first">Years</p>\n', "utf-8")
    assert "years/index.html: the page ends before it is whole. Publish it again." in map(str, built_problems(tmp_path))


def test_a_page_that_is_not_text_is_told_once(tmp_path: Path) -> None:
    """Links to the page are not told: whether their places are there, nobody knows."""
    _found(tmp_path, '<a href="2013-14/#first">x</a>')
    (tmp_path / "years/2013-14/index.html").write_bytes(b'<p id="second">\xff</p>\n</html>\n')
    (said,) = (str(one) for one in built_problems(tmp_path) if one.where.file.startswith("years/2"))
    assert said.startswith("years/2013-14/index.html: the file cannot be read (it is not saved as UTF-8).")
    assert not any("#first" in str(one) for one in built_problems(tmp_path))


def test_a_left_text_names_its_line(tmp_path: Path) -> None:
    """The line is that of the words, even where its paragraph began before, and however it is escaped."""
    (said,) = _found(tmp_path, "<p>All is well.\n\n&#91;note: write this&#93;</p>")
    assert said.startswith('years/index.html, row 4: a template left "[note:" here.')


def test_all_is_found_in_one_reading(tmp_path: Path) -> None:
    """What holds a site together is told although its data cannot be read, and that is told, too."""
    _found(tmp_path, '<a href="no/">x</a>')
    said = [str(one) for one in built_problems(tmp_path)]
    assert any("leads nowhere" in one for one in said)
    assert any(one.startswith("data/index.json: the file cannot be read") for one in said)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("1,744 of 3,200 service levels were met, 1,325 were missed and 131 had no figure.", 0),
        ("1744 of 3200 service levels were met, 1325 were missed and 131 had no figure.", 0),
        ("1,744 of 3,201 service levels were met, 1,325 were missed and 131 had no figure.", 1),
        ("1,744 of 3,200 service levels were met, 1,326 were missed and 131 had no figure.", 1),
        ("744 of 3,200 service levels were met, 1,325 were missed and 131 had no figure.", 1),
    ],
)
def test_thousands_are_counted(text: str, faults: int) -> None:
    """A count of more than a thousand is read with its commas."""
    assert len(list(figures.tally(text, {"met": 1744, "missed": 1325, "no figure": 131}))) == faults
