"""Pages a person writes: they call our macros with literal arguments, and do nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta

from macros.reading.prose import Calls, PageReader, page_problems, pages_problems


def measure_table(measure: str) -> str:
    """Stand for a macro that takes a measure."""
    return f"<table>{measure}</table>"


def year_table(year: str, topic: str = "activity") -> str:
    """Stand for a macro that takes a year and, if need be, a topic."""
    return f"<table>{year} {topic}</table>"


def notice() -> str:
    """Stand for a macro that takes nothing."""
    return "<p>Northmoor</p>"


CALLS = Calls(
    {"measure_table": measure_table, "year_table": year_table, "notice": notice},
    {
        "measure": ("bins-on-time", "missed-bin-repair-time"),
        "year": ("2021-22", "2022-23"),
        "topic": ("activity", "staffing"),
    },
)
ONLY_CALLS = (
    "a page may only call a macro here; it may not use variables, filters, loops or includes. "
    'Write a call such as {{ measure_table("council-tax-collected") }}.'
)
NOT_PLAIN = "the arguments of measure_table are not plain texts or numbers. Write each in quotation marks."
LIKE_THIS = 'A macro is called like this: {{ measure_table("council-tax-collected") }}.'
UNREADABLE = "the lines between --- and --- cannot be read. Write: title: The name of the page"
PLAIN_WORDS = "Write plain words, without < > { } or quotation marks inside."
SETTING = (
    "this line would be taken for a setting of the page, and not be shown. "
    "Begin the page with a heading, and write settings between --- and ---."
)

HOSTILE = [
    pytest.param("{{ config }}", id="a variable of MkDocs"),
    pytest.param("{{ page.meta }}", id="an attribute of a variable"),
    pytest.param("{{ ''.__class__.__mro__ }}", id="the way from a text to every class"),
    pytest.param("{{ measure_table.__globals__ }}", id="the inside of a macro"),
    pytest.param('{{ measure_table("bins-on-time").__class__ }}', id="an attribute of what a macro returns"),
    pytest.param('{{ measure_table("bins-on-time")[0] }}', id="a part of what a macro returns"),
    pytest.param('{{ measure_table("bins-on-time")() }}', id="a call of what a macro returns"),
    pytest.param('{{ measure_table("bins-on-time") | safe }}', id="a filter on what a macro returns"),
    pytest.param('{{ measure_table("bins-on-time") ~ notice() }}', id="two calls joined"),
    pytest.param('{{ notice() if true else notice() }}', id="a choice"),
    pytest.param("{{ config.theme.get_env().from_string('x') }}", id="a method of a variable"),
    pytest.param("{{ 7*7 }}", id="a sum"),
    pytest.param("{{ 'a' * 200000000 }}", id="a text that fills the memory"),
    pytest.param('{{ "text" }}', id="a bare text"),
    pytest.param("{% for i in range(9) %}x{% endfor %}", id="a loop"),
    pytest.param("{% if true %}x{% endif %}", id="a condition"),
    pytest.param('{% include "../../secret" %}', id="an include"),
    pytest.param('{% import "other.md" as other %}', id="an import"),
    pytest.param('{% from "other.md" import x %}', id="an import of one thing"),
    pytest.param('{% extends "main.html" %}', id="another template below"),
    pytest.param("{% set measure_table = 1 %}", id="an assignment"),
    pytest.param("{% block a %}x{% endblock %}", id="a block"),
    pytest.param("{% macro notice() %}x{% endmacro %}", id="a macro of its own"),
    pytest.param('{% call measure_table("bins-on-time") %}x{% endcall %}', id="a call with a block"),
    pytest.param("{% filter upper %}x{% endfilter %}", id="a block of a filter"),
    pytest.param("{% with x = 1 %}x{% endwith %}", id="a name for a block"),
    pytest.param("{% autoescape false %}x{% endautoescape %}", id="a block without escaping"),
]  # fmt: skip


def problems(text: str) -> list[str]:
    """Return what is wrong with a page."""
    return [str(problem) for problem in page_problems(text, "docs/page.md", CALLS)]


@pytest.mark.parametrize("body", HOSTILE)
def test_a_page_that_programs_is_refused_at_its_line(body: str) -> None:
    """Anything in braces but a call of a macro is refused, and the line is named."""
    assert problems(f"# Page\n\nText.\n\n{body}\n") == [f"docs/page.md, row 5: {ONLY_CALLS}"]


@pytest.mark.parametrize("body", HOSTILE)
def test_a_page_that_programs_is_refused_when_it_is_rendered(body: str) -> None:
    """Where the check before a build was passed over, the build refuses the page itself."""
    with pytest.raises(ValueError, match=r"^this page, row 1: "):
        PageReader(CALLS).from_string(body)


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        pytest.param("measure_table(page)", NOT_PLAIN, id="a variable as an argument"),
        pytest.param("measure_table(notice())", NOT_PLAIN, id="a call inside a call"),
        pytest.param('measure_table("bins" ~ "-on-time")', NOT_PLAIN, id="an argument put together"),
        pytest.param('measure_table("bins-on-time"|upper)', NOT_PLAIN, id="an argument through a filter"),
        pytest.param('measure_table(["bins-on-time"])', NOT_PLAIN, id="a list"),
        pytest.param('measure_table(*["bins-on-time"])', NOT_PLAIN, id="a list spread out"),
        pytest.param('measure_table(**{"measure": "bins-on-time"})', NOT_PLAIN, id="names spread out"),
        pytest.param("measure_table(1.5)", NOT_PLAIN, id="a number with a point"),
        pytest.param("measure_table(none)", NOT_PLAIN, id="nothing as an argument"),
        pytest.param(
            'measures_table("bins-on-time")', "there is no macro 'measures_table'. Did you mean measure_table?",
            id="a macro with a slip",
        ),
        pytest.param(
            "lipsum()", "there is no macro 'lipsum'. The macros are: measure_table, notice, year_table.",
            id="a function of the template engine",
        ),
        pytest.param(
            "measure_table()", "measure_table is called with the wrong arguments. It takes: measure.",
            id="an argument left out",
        ),
        pytest.param(
            'year_table("2021-22", "activity", "x")',
            "year_table is called with the wrong arguments. It takes: year, topic.",
            id="an argument too many",
        ),
        pytest.param(
            'notice("x")', "notice is called with the wrong arguments. It takes: nothing.",
            id="an argument where none is taken",
        ),
        pytest.param(
            'measure_table(year="2021-22")', "measure_table is called with the wrong arguments. It takes: measure.",
            id="a name no argument has",
        ),
        pytest.param(
            'measure_table(measure="bins-on-time", measure="bins-on-time")',
            "measure_table is called with the wrong arguments. It takes: measure.",
            id="an argument named twice",
        ),
        pytest.param(
            'measure_table("bins-on-tim")',
            "measure_table knows no measure 'bins-on-tim'. Did you mean 'bins-on-time'?",
            id="a measure with a slip",
        ),
        pytest.param(
            'year_table("2021-22", topic="staff")',
            "year_table knows no topic 'staff'. Did you mean 'staffing'?",
            id="a named argument with a slip",
        ),
        pytest.param(
            'year_table("next")', "year_table knows no year 'next'. The words are: 2021-22, 2022-23.",
            id="a year nothing is like",
        ),
        pytest.param(
            "year_table(2021)", "year_table knows no year '2021'. Did you mean '2021-22'?", id="a number for a year"
        ),
        pytest.param(
            'measure_table("\\ud800")',
            "measure_table knows no measure '\ufffd'. The words are: bins-on-time, missed-bin-repair-time.",
            id="half a character, which no terminal can print",
        ),
        pytest.param(
            'measure_table("bins\\n2. docs/other.md")',
            "measure_table knows no measure 'bins 2. docs/other.md'. "
            "The words are: bins-on-time, missed-bin-repair-time.",
            id="a line break that would look like another problem",
        ),
    ],
)  # fmt: skip
def test_a_wrong_call_is_refused_with_its_repair(call: str, problem: str) -> None:
    """A macro that is not there, an argument that is no literal, a name nobody knows: the message puts it right."""
    assert problems(f"# Page\n{{{{ {call} }}}}\n") == [f"docs/page.md, row 2: {problem}"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("{{ }}", "the braces on this line cannot be read (Expected an expression, got 'end of print "
            f"statement'). {LIKE_THIS}", id="nothing between the braces"),
        pytest.param('{{ measure_table("bins-on-time") }', f"the braces on this line cannot be read (unexpected '}}'). "
            f"{LIKE_THIS}", id="one brace where there are two"),
        pytest.param("{% do x %}", "the braces on this line cannot be read (Encountered unknown tag 'do'.). "
            f"{LIKE_THIS}", id="a tag that does not exist"),
        pytest.param("{# never closed", "the braces on this line cannot be read (Missing end of comment tag). "
            f"{LIKE_THIS}", id="a comment that never ends"),
        pytest.param("{{ " + "(" * 20_000, "the braces on this line cannot be read (they are nested too deeply). "
            f"{LIKE_THIS}", id="brackets without end"),
        pytest.param("{{ measure_table(" + "1" * 5000 + ") }}", "the braces on this line cannot be read (a number is "
            f"too long). {LIKE_THIS}", id="a number without end"),
    ],
)  # fmt: skip
def test_braces_that_cannot_be_read_are_refused(line: str, problem: str) -> None:
    """A slip between braces names its line, and no text makes the check itself fail."""
    assert problems(f"{line}\n") == [f"docs/page.md, row 1: {problem}"]


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        pytest.param(
            "template: evil.html", '"template" may not stand between --- and ---. '
            "Remove it. A page may have: title, description, hide.", id="another template",
        ),
        pytest.param(
            "render_macros: false", '"render_macros" may not stand between --- and ---. '
            "Remove it. A page may have: title, description, hide.", id="macros switched off",
        ),
        pytest.param("title: <script>alert(1)</script>", f"the title is not plain text. {PLAIN_WORDS}",
            id="HTML in a title"),
        pytest.param("title: Bins \"on time\"", f"the title is not plain text. {PLAIN_WORDS}",
            id="quotation marks in a title"),
        pytest.param("title: x {{ config }}", f"the title is not plain text. {PLAIN_WORDS}", id="braces in a title"),
        pytest.param("title: 2021", f"the title is not plain text. {PLAIN_WORDS}", id="a title that is a number"),
        pytest.param("description: [a]", f"the description is not plain text. {PLAIN_WORDS}",
            id="a description that is a list"),
        pytest.param("hide: [search]", "hide takes a list of navigation and toc. Write: hide: [toc]",
            id="something else hidden"),
        pytest.param("hide: toc", "hide takes a list of navigation and toc. Write: hide: [toc]",
            id="hidden, but no list"),
        pytest.param("- title", "the lines between --- and --- are not names with values. Write: title: My page",
            id="a list"),
        pytest.param("", "the lines between --- and --- are not names with values. Write: title: My page",
            id="a blank line"),
        pytest.param("title: [", UNREADABLE, id="a bracket that is never closed"),
        pytest.param("title: !!python/object/apply:os.system [id]", UNREADABLE, id="a command"),
        pytest.param("title: 2021-13-45", UNREADABLE, id="a day that never was"),
        pytest.param("title: " + "1" * 5000, UNREADABLE, id="a number without end"),
        pytest.param("title: " + "[" * 20_000, UNREADABLE, id="brackets without end"),
    ],
)  # fmt: skip
def test_what_a_page_says_about_itself_is_plain(front: str, problem: str) -> None:
    """Only a plain title, a description and what to hide may stand before the text."""
    assert problems(f"---\n{front}\n---\n# Page\n") == [f"docs/page.md, row 1: {problem}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff---\ntemplate: evil.html\n---\n# Page\n", id="a byte order mark before them"),
        pytest.param("--- \t\ntemplate: evil.html\n...\n# Page\n", id="spaces and three points"),
    ],
)
def test_settings_are_found_wherever_mkdocs_finds_them(text: str) -> None:
    """A page cannot hide its settings from the check and show them to MkDocs."""
    assert problems(text) == [
        'docs/page.md, row 1: "template" may not stand between --- and ---. '
        "Remove it. A page may have: title, description, hide."
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("---\x0b\ntitle: x\n# {{ config }}\n---\n", 3, id="a vertical tab is no end of a line"),
        pytest.param("---\ntitle: x\n# {{ config }}\n---", 3, id="three hyphens at the very end close nothing"),
        pytest.param("---\ntitle: x\n# {{ config }}\n---\x0c\n", 3, id="a form feed is no space"),
        pytest.param("\n---\ntitle: x\n# {{ config }}\n---\n", 4, id="a blank line before them makes them text"),
    ],
)
def test_text_is_checked_wherever_mkdocs_finds_text(text: str, row: int) -> None:
    """A page cannot hide its text from the check in what only looks like settings."""
    assert f"docs/page.md, row {row}: {ONLY_CALLS}" in problems(text)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("template: evil.html", id="a setting without hyphens around it"),
        pytest.param("Title: <script>alert(1)</script>", id="a title without hyphens around it"),
        pytest.param("   Note: bins are emptied on Fridays", id="a text that looks like one"),
        pytest.param("https://www.example.org/", id="an address that looks like one"),
    ],
)
def test_a_first_line_that_mkdocs_would_swallow_is_refused(line: str) -> None:
    """MkDocs reads a first line such as "Note: ..." as a setting, and the reader never sees it."""
    assert meta.get_data(f"{line}\n\nText.\n")[0] == "Text.\n"
    assert problems(f"{line}\n\nText.\n")[0] == f"docs/page.md, row 1: {SETTING}"


@given(text=st.text(alphabet="-.:{}#ta \t\r\n\x0b\x0c\x85\u2028\ufeff", max_size=30))
def test_the_check_and_mkdocs_agree_where_the_text_begins(text: str) -> None:
    """Every brace MkDocs hands to the template engine was looked at by the check."""
    # MkDocs opens pages in text mode, which drops a byte order mark and makes every line end \\n.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    body, settings = meta.get_data(text)
    found = problems(text)

    if settings:
        assert found
    if "{{" in body or "{%" in body:
        assert found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty page"),
        pytest.param("# Page\n\nText with a brace { and another }.\n", id="single braces"),
        pytest.param('# Page\n\n{{ measure_table("bins-on-time") }}\n', id="a call"),
        pytest.param("{{ measure_table('bins-on-time') }}{{ notice() }}\n", id="two calls on a line"),
        pytest.param('{{ year_table("2021-22", topic="staffing") }}\n', id="a named argument"),
        pytest.param('{{- measure_table("bins-on-time") -}}\n', id="a call that swallows space"),
        pytest.param("{% raw %}{{ config }}{% endraw %}\n", id="braces that are shown as they are"),
        pytest.param("{# Ask for the figures in May. #}\n# Page\n", id="a note to oneself"),
        pytest.param(
            "---\ntitle: Zoë’s bins & more\ndescription: What was promised\nhide: [toc]\n---\n\n# Page\n",
            id="a title, a description and a hidden table of contents",
        ),
        pytest.param("---\n\n# Page\n", id="a rule at the top"),
        pytest.param("# Page\nNote: this line stands second\n", id="a colon further down"),
    ],
)
def test_a_good_page_passes(text: str) -> None:
    """What a web team writes every day is accepted."""
    assert problems(text) == []


def test_every_problem_of_a_page_is_reported_at_its_line() -> None:
    """Lines are counted as an editor counts them, front matter included."""
    text = '---\ntitle: A <b>\nlayout: x\n---\n# Page\n{{ config }}\n\n{{ notice("x") }}{{ x | y }}\n'

    assert problems(text) == [
        f"docs/page.md, row 1: the title is not plain text. {PLAIN_WORDS}",
        'docs/page.md, row 1: "layout" may not stand between --- and ---. '
        "Remove it. A page may have: title, description, hide.",
        f"docs/page.md, row 6: {ONLY_CALLS}",
        "docs/page.md, row 8: notice is called with the wrong arguments. It takes: nothing.",
        f"docs/page.md, row 8: {ONLY_CALLS}",
    ]


def test_a_page_shows_what_its_macros_return() -> None:
    """A page is its own text and what its macros show, in their order; a comment and marks of raw text are gone."""
    text = 'Before {{ measure_table("bins-on-time") }}{# unseen #} {{ notice() }}{% raw %}{{ as it is }}{% endraw %}\n'
    text += "\nEnd\n"
    page = PageReader(CALLS).from_string(text)

    shown = "Before <table>bins-on-time</table> <p>Northmoor</p>{{ as it is }}\n\nEnd"
    assert page.render() == shown
    # What MkDocs hands to every page changes nothing.
    assert page.render(config={"x": "secret"}, notice=lambda: "secret", page="secret") == shown


def test_a_macro_takes_its_arguments_by_name() -> None:
    """An argument may be named, as in the lists of macros."""
    page = PageReader(CALLS).from_string('{{ measure_table(measure="bins-on-time") }}')

    assert page.render() == "<table>bins-on-time</table>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ config }}", id="a variable"),
        pytest.param("---\ntitle: x\n# {{ config }}\n---\n", id="a variable in what looks like settings"),
    ],
)
def test_each_page_is_checked_again(text: str) -> None:
    """By the time a page is rendered MkDocs has taken its settings away, so all that is left is text."""
    with pytest.raises(ValueError, match="a page may only call a macro here"):
        PageReader(CALLS).from_string(text)


def test_every_page_of_a_folder_is_checked(tmp_path: Path) -> None:
    """Pages are found however deep they lie; records of decisions are not published, and not checked."""
    docs = tmp_path / "docs"
    (docs / "years").mkdir(parents=True)
    (docs / "decisions").mkdir()
    (docs / "index.md").write_text("# Good\n")
    (docs / "years/2021-22.md").write_text("{{ config }}\n")
    (docs / "decisions/0001.md").write_text("{{ config }}\n")

    assert [str(problem) for problem in pages_problems(docs, CALLS)] == [f"docs/years/2021-22.md, row 1: {ONLY_CALLS}"]


def test_a_page_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    """A page saved by an old editor is named, and does not stop the check of the others."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.md").write_bytes(b"# Page\n\nCaf\xe9\n")
    (docs / "b.md").write_text("{{ config }}\n")

    assert [str(problem) for problem in pages_problems(docs, CALLS)] == [
        "docs/a.md, row 3: the text is not saved as UTF-8. In the editor choose Save with Encoding, UTF-8.",
        f"docs/b.md, row 1: {ONLY_CALLS}",
    ]


@pytest.mark.parametrize("name", ["page.md", "secret.txt", "assets", "pictures/secret.png"])
def test_a_link_among_the_pages_is_refused(tmp_path: Path, name: str) -> None:
    """MkDocs follows links and would publish what they lead to. Which folders it leaves out is a setting."""
    docs = tmp_path / "docs"
    (docs / name).parent.mkdir(parents=True)
    (docs / name).symlink_to(tmp_path if name == "assets" else __file__)

    assert [str(problem) for problem in pages_problems(docs, CALLS)] == [
        f"docs/{name}: this is a link, not a file. Put the file itself here."
    ]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("page.md", Path.mkdir, id="a folder with the name of a page"),
        pytest.param("page.md", os.mkfifo, id="a pipe, which would keep a reader waiting"),
        pytest.param("picture.png", os.mkfifo, id="a pipe with the name of a picture"),
    ],
)
def test_what_is_no_file_among_the_pages_is_refused(tmp_path: Path, name: str, make: Callable[[Path], object]) -> None:
    """It is not opened."""
    docs = tmp_path / "docs"
    docs.mkdir()
    make(docs / name)

    assert [str(problem) for problem in pages_problems(docs, CALLS)] == [
        f"docs/{name}: this is a folder or a pipe, not a file. "
        "Put the file itself here, or give a folder a name that does not end in .md."
    ]


@pytest.mark.parametrize("name", ["page.markdown", "page.mdown", "page.mkdn", "page.mkd"])
def test_a_page_by_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    """MkDocs would render it, so it must not escape the check."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / name).write_text("# Good\n")

    assert [str(problem) for problem in pages_problems(docs, CALLS)] == [
        f"docs/{name}: the name of a page ends in .md. Rename it."
    ]
