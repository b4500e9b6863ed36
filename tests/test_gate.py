"""The gate: what a file must be before anything believes it, and what comes out of a good one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from macros.errors import Where
from macros.reading import splitting
from macros.reading.gate import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_FAULTS,
    MAX_ROWS,
    Table,
    file_problems,
    read_csv,
    read_folder,
    read_json,
    size_fault,
)
from macros.reading.splitting import Breach, Broken, split_csv
from macros.reading.strict_json import MAX_JSON_DEPTH

HEADING = "saving_id,title,note\n"
RETYPE = "Type the text again instead of pasting it."
FORMULA = "Begin the text with a letter or a quotation mark."
QUOTES = 'Put the whole cell in quotation marks and write each one inside it twice: "the ""new"" target".'
CLOSE = "Put a quotation mark where the cell ends, and write each one inside the cell twice."
COMMAS = "In the spreadsheet choose Save As, CSV UTF-8 (comma delimited)."
CELLS = "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma."

Put = Callable[[str, str | bytes], list[str]]


@pytest.fixture(name="put")
def _put(tmp_path: Path) -> Put:
    """Return a way to put one file into a package that holds a descriptor and a table, and to hear what is wrong."""
    folder = tmp_path / "2021-22"
    folder.mkdir()
    (folder / "datapackage.json").write_text("{}")
    (folder / "savings.csv").write_text(HEADING)

    def put(name: str, content: str | bytes) -> list[str]:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return _found(folder)

    return put


def _found(folder: Path) -> list[str]:
    _, problems = read_folder(folder, frozenset({"savings.csv", "activity.csv"}))
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            b"", "2021-22/savings.csv: the file is empty. It needs at least its row of column headings.", id="no bytes"
        ),
        pytest.param(
            b"\n\n",
            "2021-22/savings.csv: the file is empty. It needs at least its row of column headings.",
            id="nothing but line ends",
        ),
        pytest.param(
            b"\xef\xbb\xbf",
            "2021-22/savings.csv: the file is empty. It needs at least its row of column headings.",
            id="nothing but a byte order mark",
        ),
        pytest.param(
            HEADING.encode() + b"fuel,Less fuel,\ncafe,Caf\xe9,\n",
            "2021-22/savings.csv, row 3, column B (title): the text is not saved as UTF-8. "
            "In the spreadsheet choose Save As, CSV UTF-8.",
            id="Windows text is not UTF-8",
        ),
        pytest.param(
            HEADING.encode("utf-16"),
            "2021-22/savings.csv, row 1: the text is not saved as UTF-8. In the spreadsheet choose Save As, CSV UTF-8.",
            id="UTF-16 is not UTF-8",
        ),
        pytest.param(
            b"saving_id;title;note\nfuel;Less fuel;\n",
            f"2021-22/savings.csv, row 1: the columns are not separated by commas. {COMMAS}",
            id="semicolons between columns",
        ),
        pytest.param(
            b"Savings in 2021/22\nsaving_id,title,note\nfuel,Less fuel,\n",
            "2021-22/savings.csv, row 1: this is a title, not the row of column headings. "
            "Remove every line above the headings.",
            id="a title above the headings is reported once, not for every row",
        ),
        pytest.param(
            HEADING.encode("utf-16-le"),
            "2021-22/savings.csv, row 1: the text is saved as UTF-16, not as UTF-8. "
            "In the spreadsheet choose Save As, CSV UTF-8.",
            id="UTF-16 without a mark at its start",
        ),
        pytest.param(
            b'saving_id,title,note\nfuel,"Less\nfuel",\ncafe,Caf\xe9,\n',
            "2021-22/savings.csv, row 3, column B (title): the text is not saved as UTF-8. "
            "In the spreadsheet choose Save As, CSV UTF-8.",
            id="a row is counted as a spreadsheet does where a cell goes over two lines",
        ),
        pytest.param(
            b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff",
            "2021-22/savings.csv: this is a workbook or another zip, whatever its name says. "
            "Open it in a spreadsheet and choose Save As, CSV UTF-8: another name is not enough.",
            id="a workbook with another name",
        ),
        pytest.param(
            b"saving_id,,note\nfuel,Less fuel,\n",
            "2021-22/savings.csv, row 1, column B (no heading): the column has no heading. "
            "Write its heading, or remove the column.",
            id="a column without a heading",
        ),
        pytest.param(
            b"saving_id,note,note\nfuel,Less fuel,\n",
            '2021-22/savings.csv, row 1, column C (note): the column "note" stands twice. Remove one of them.',
            id="a heading written twice",
        ),
        pytest.param(
            b"saving_id,ti\x00tle,note\nfuel,Less fuel,\n",
            f"2021-22/savings.csv, row 1, column B (title): the heading holds a hidden character (U+0000). {RETYPE}",
            id="a NUL in a heading",
        ),
        pytest.param(
            b"saving_id;ti,tle;note\nfuel;Less fuel;\n",
            f"2021-22/savings.csv, row 1: the columns are not separated by commas. {COMMAS}",
            id="a comma within semicolons",
        ),
        pytest.param(
            b'"saving_id; or its name",title,note\nfuel,Less fuel\n',
            "2021-22/savings.csv, row 2: the row has 2 cells; the heading has 3. " + CELLS,
            id="semicolons within a heading between quotation marks",
        ),
        pytest.param(
            b'\nSavings of 2021/22\nsaving_id;title;note\nfuel;"Less";\n',
            "2021-22/savings.csv, row 1: this row is empty; the column headings belong here. "
            "Delete every row above them, or write them.",
            id="a title comes before quotation marks, whose cells are those of another sign",
        ),
        pytest.param(
            b'saving_id;title;note\nfuel;"Less"";fuel;\n',
            f"2021-22/savings.csv, row 1: the columns are not separated by commas. {COMMAS}",
            id="semicolons come before quotation marks",
        ),
        pytest.param(
            b"saving_id\ttitle\tnote\nfuel\tLess fuel, less noise\t\n",
            f"2021-22/savings.csv, row 1: the columns are not separated by commas. {COMMAS}",
            id="tabs between columns",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused(put: Put, content: bytes, problem: str) -> None:
    """A file must be a comma-separated table in UTF-8 before its cells are looked at."""
    assert put("savings.csv", content) == [problem]


@pytest.mark.parametrize(
    ("row", "place", "what"),
    [
        pytest.param(
            'fuel,Less "new" fuel,',
            "row 2, column B (title)",
            f'a quotation mark stands inside a cell that has none around it (Less "new" fuel). {QUOTES}',
            id="a quotation mark inside a cell without any around it",
        ),
        pytest.param(
            'fuel, "Less fuel, and oil",',
            "row 2, column B (title)",
            'a quotation mark stands inside a cell that has none around it ( "Less fuel). '
            "Remove the space before the quotation mark.",
            id="a space before the quotation mark",
        ),
        pytest.param(
            'fuel,"Less" fuel,',
            "row 2, column B (title)",
            f'text stands behind the quotation mark that closes the cell ("Less" fuel). {QUOTES}',
            id="text after the closing quotation mark",
        ),
        pytest.param(
            'fuel,"Less fuel,\nrounds,Fewer rounds,',
            "row 2, column B (title)",
            f'a quotation mark opens the cell and is never closed ("Less fuel,). {CLOSE}',
            id="a quotation mark that is never closed",
        ),
        pytest.param(
            'fuel,"Less fuel,\nrounds,"Fewer rounds",',
            "row 2, column B (title)",
            f'a quotation mark opens the cell and is never closed ("Less fuel,). {CLOSE}',
            id="a quotation mark that another cell seems to close",
        ),
        pytest.param(
            "fuel,Less fuel, less noise,",
            "row 2",
            f"the row has 4 cells; the heading has 3. {CELLS}",
            id="a comma that is not in quotation marks",
        ),
        pytest.param("fuel,Less fuel", "row 2", f"the row has 2 cells; the heading has 3. {CELLS}", id="too few cells"),
        pytest.param(",,", "row 2", "the row is empty. Delete it.", id="a row of commas"),
        pytest.param("\nfuel,Less fuel,", "row 2", "the row is empty. Delete it.", id="a blank line between rows"),
        pytest.param("fuel,Less fuel,\n", "row 3", "the row is empty. Delete it.", id="a blank line at the end"),
        pytest.param(
            "fuel,Less\x00fuel,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+0000). {RETYPE}",
            id="a NUL",
        ),
        pytest.param(
            "fuel,\u202eleuf sseL,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+202E). {RETYPE}",
            id="text turned round",
        ),
        pytest.param(
            "fuel,\u2066Less fuel\u2069,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+2066). {RETYPE}",
            id="an isolated direction",
        ),
        pytest.param(
            "fu\u200bel,Less fuel,",
            "row 2, column A (saving_id)",
            f"the cell holds a hidden character (U+200B). {RETYPE}",
            id="a space of no width",
        ),
        pytest.param(
            "fuel,Less\xadfuel,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+00AD). {RETYPE}",
            id="a soft hyphen",
        ),
        pytest.param(
            "fuel,Less fuel\U000e0041,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+E0041). {RETYPE}",
            id="a letter no reader sees",
        ),
        pytest.param(
            "fuel,Less fuel\uffff,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+FFFF). {RETYPE}",
            id="a character that XML cannot hold",
        ),
        pytest.param(
            "fuel,\ufeffLess fuel,",
            "row 2, column B (title)",
            f"the cell holds a hidden character (U+FEFF). {RETYPE}",
            id="a byte order mark inside the text",
        ),
        pytest.param(
            'fuel,"Less\nfuel",',
            "row 2, column B (title)",
            "the cell holds a line break. Write it on one line.",
            id="a line break in a cell",
        ),
        pytest.param(
            'fuel,"Less\rfuel",',
            "row 2, column B (title)",
            "the cell holds a line break. Write it on one line.",
            id="a line break of an old Macintosh in a cell",
        ),
        pytest.param(
            "fuel, Less fuel,",
            "row 2, column B (title)",
            '" Less fuel" begins or ends with a space. Remove the space.',
            id="a space before the text",
        ),
        pytest.param(
            "fuel,Less fuel\xa0,",
            "row 2, column B (title)",
            '"Less fuel\xa0" begins or ends with a space. Remove the space.',
            id="a hard space after the text",
        ),
        pytest.param(
            "fuel,=1+1,",
            "row 2, column B (title)",
            f'"=1+1" begins with =, which a spreadsheet reads as a formula. {FORMULA}',
            id="a formula",
        ),
        pytest.param(
            'fuel,"+HYPERLINK(""https://example.org"")",',
            "row 2, column B (title)",
            f'"+HYPERLINK("https://example.org")" begins with +, which a spreadsheet reads as a formula. {FORMULA}',
            id="a formula that begins with a plus",
        ),
        pytest.param(
            'fuel,"-£2,300",',
            "row 2, column B (title)",
            '"-£2,300" begins with -, which a spreadsheet reads as a formula. '
            "Write -2300, or begin the text with a letter or a quotation mark.",
            id="a negative sum of money",
        ),
        pytest.param(
            "fuel,-fuel,",
            "row 2, column B (title)",
            f'"-fuel" begins with -, which a spreadsheet reads as a formula. {FORMULA}',
            id="a text that begins with a minus",
        ),
        pytest.param(
            "fuel,@fuel,",
            "row 2, column B (title)",
            f'"@fuel" begins with @, which a spreadsheet reads as a formula. {FORMULA}',
            id="a text that begins with an at sign",
        ),
        pytest.param(
            "fuel,＝1+1,",
            "row 2, column B (title)",
            f'"＝1+1" begins with ＝, which a spreadsheet reads as a formula. {FORMULA}',
            id="a formula with a wide equals sign",
        ),
        pytest.param(
            "fuel,Ask jo.bloggs@northmoor.example for it,",
            "row 2, column B (title)",
            '"jo.bloggs@northmoor.example" is an e-mail address. '
            "Name the role instead: packages hold no personal data.",
            id="an e-mail address",
        ),
        pytest.param(
            f"fuel,{'x' * 32_768},",
            "row 2, column B (title)",
            "the cell has 32,768 characters; the most is 32,767. Shorten it.",
            id="one character more than a spreadsheet keeps",
        ),
        pytest.param(
            "fuel" + "," * 100,
            "row 2",
            "the row has more than 100 columns. Remove what does not belong in it.",
            id="one column too many",
        ),
    ],
)
def test_a_row_that_is_no_row_of_a_table_is_refused(put: Put, row: str, place: str, what: str) -> None:
    """Each fault is reported once, at the row and the cell a spreadsheet shows."""
    assert put("savings.csv", f"{HEADING}{row}\n") == [f"2021-22/savings.csv, {place}: {what}"]


def test_a_table_has_a_most_of_rows(put: Put) -> None:
    """The row after the last one allowed is named, and nothing after it is read."""
    assert put("savings.csv", HEADING + "fuel,Less fuel,\n" * MAX_ROWS + ",,,,") == [
        "2021-22/savings.csv, row 20001: the table has more than 20,000 rows. Remove what does not belong in it."
    ]


def test_a_file_with_faults_without_end_is_not_read_to_its_end(put: Put) -> None:
    """Two thousand faults are enough to see what is wrong; the last line says where reading ended."""
    found = put("savings.csv", HEADING + " fuel,Less fuel,\n" * 9_000)

    assert len(found) == MAX_FAULTS + 2
    assert found[-1] == (
        "2021-22/savings.csv, row 2003: the file has more than 2,000 faults, and is not read beyond this row. "
        "Put the others right first."
    )


def test_every_fault_of_a_file_is_reported_at_once(put: Put) -> None:
    """An officer repairs a file in one go."""
    assert put("savings.csv", f"{HEADING}fuel,=1,\n rounds,Fewer\trounds,a@b.example\n") == [
        f'2021-22/savings.csv, row 2, column B (title): "=1" begins with =, which a spreadsheet reads as a formula. '
        f"{FORMULA}",
        '2021-22/savings.csv, row 3, column A (saving_id): " rounds" begins or ends with a space. Remove the space.',
        '2021-22/savings.csv, row 3, column C (note): "a@b.example" is an e-mail address. '
        "Name the role instead: packages hold no personal data.",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            '{"name": "a", "name": "b"}',
            'line 1: "name" is written twice. Write it once.',
            id="a property written twice",
        ),
        pytest.param(
            '{"licenses": [{"name": "a", "name": "a"}]}',
            'line 1: "name" is written twice. Write it once.',
            id="a property written twice, further in",
        ),
        pytest.param(
            '{"version": NaN}',
            'line 1: "NaN" is not a plain number. Write at most 15 digits and no exponent, or a text.',
            id="a NaN",
        ),
        pytest.param(
            '{"version": -Infinity}',
            'line 1: "-Infinity" is not a plain number. Write at most 15 digits and no exponent, or a text.',
            id="an endless number",
        ),
        pytest.param(
            '{"version": 1e999}',
            'line 1: "1e999" is not a plain number. Write at most 15 digits and no exponent, or a text.',
            id="too large a number",
        ),
        pytest.param(
            '{"version": ' + "1" * 5000 + "}",
            f'line 1: "{"1" * 59}…" is not a plain number. Write at most 15 digits and no exponent, or a text.',
            id="a number of five thousand digits",
        ),
        pytest.param(
            '{"a": ' * MAX_JSON_DEPTH + "[" + "]" + "}" * MAX_JSON_DEPTH,
            "line 1: brackets stand more than 20 deep. Copy the descriptor of another year.",
            id="brackets one too deep",
        ),
        pytest.param(
            "[" * 100_000,
            "line 1: brackets stand more than 20 deep. Copy the descriptor of another year.",
            id="brackets without end",
        ),
        pytest.param(
            '{\n  "name" "a"\n}',
            "line 2: from character 10 on this is not valid JSON: a colon is missing. "
            "Look for a missing comma, quotation mark or bracket there or just before.",
            id="a colon left out",
        ),
        pytest.param(
            '{\n  "name": "a",\n  "title": "b",\n  "n\\u0061me": "c"}',
            'line 4: "name" is written twice. Write it once.',
            id="a property written twice, once with an escape",
        ),
        pytest.param(
            '{\n  "name": "a",\n  "sources": [{"title": "NaN"}],\n  "version": NaN}',
            'line 4: "NaN" is not a plain number. Write at most 15 digits and no exponent, or a text.',
            id="a NaN below a text that says so",
        ),
        pytest.param(
            '{"name": "a",\n"title": "b"\n"version": "1.0.0"}',
            "line 3: from character 1 on this is not valid JSON: a comma or a closing bracket is missing. "
            "Look for a missing comma, quotation mark or bracket there or just before.",
            id="a comma left out",
        ),
        pytest.param(
            '{"name": "a"} // a note',
            "line 1: from character 15 on this is not valid JSON: a comment stands there, and JSON has none. "
            "Remove the comment.",
            id="a note behind the end",
        ),
        pytest.param(
            '{\n  // a note\n  "name": "a"}',
            "line 2: from character 3 on this is not valid JSON: a comment stands there, and JSON has none. "
            "Remove the comment.",
            id="a comment",
        ),
        pytest.param(
            "{'name': 'a'}",
            "line 1: from character 2 on this is not valid JSON: a text begins with '. "
            'Put " before and after each name and each text.',
            id="single quotation marks",
        ),
        pytest.param(
            '{"name": “a”}',
            "line 1: from character 10 on this is not valid JSON: a text begins with “. "
            'Put " before and after each name and each text.',
            id="quotation marks of a word processor",
        ),
        pytest.param(
            '{"name": "a}',
            "line 1: from character 10 on this is not valid JSON: a text is never closed. "
            "Look for a missing comma, quotation mark or bracket there or just before.",
            id="a text without its end",
        ),
        pytest.param("[]", "line 1: the file does not hold an object. It begins with { and ends with }.", id="a list"),
        pytest.param(
            '{"title": "North\u200bmoor"}',
            "line 1: the file holds a hidden character (U+200B). Type the text around it again.",
            id="a space of no width",
        ),
        pytest.param(
            '{"title": "North\\u202emoor"}',
            "line 1: the file holds a hidden character (U+202E). Type the text around it again.",
            id="text turned round by an escape",
        ),
        pytest.param(
            '{"title": "North\\udb40\\udc41moor"}',
            "the file holds a hidden character (U+E0041). Type the text around it again.",
            id="a tag of no width, which is written as two escapes",
        ),
        pytest.param(
            '{"title": "North\\ud800moor"}',
            "line 1: the file holds a hidden character (U+D800). Type the text around it again.",
            id="half a character, which cannot be written to a file",
        ),
        pytest.param(
            '{"sources": [{"a\\u0000": 1}]}',
            "line 1: the file holds a hidden character (U+0000). Type the text around it again.",
            id="a NUL in the name of a property",
        ),
    ],
)
def test_a_descriptor_that_is_not_strict_json_is_refused(put: Put, content: str, problem: str) -> None:
    """Two readers of a descriptor must see the same, so nothing is accepted that JSON leaves open."""
    place = "2021-22/datapackage.json, " if problem.startswith("line ") else "2021-22/datapackage.json: "
    assert put("datapackage.json", content) == [f"{place}{problem}"]


COMMA = "a comma stands before a closing bracket"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            '{"a": {"name": 1},\n"name": 2,\n"b": 3,\n"name": 4}', 4, id="a name of an object within is another"
        ),
        pytest.param('{"a": [{"name": 1},\n{"name": 2,\n"name": 3}]}', 3, id="a name of the object before is another"),
        pytest.param('{"name": "name",\n"a": ["name", "name"],\n"name": 2}', 3, id="a text is no name"),
        pytest.param('{"a": {"b": 1},\n"b": {"name": 1},\n"name": 2,\n"name": 3}', 4, id="after objects that ended"),
        pytest.param('\n{"name": 1,\n"name": 2}', 3, id="below a blank line"),
        pytest.param('{"a": 1,\n"a": 2,\n"b": {"name": 1,\n"name": 2}}', 4, id="another name was written twice before"),
    ],
)
def test_a_name_written_twice_is_told_at_its_second_line(text: str, line: int) -> None:
    """Only in one object is a name written twice; the line is that of the second."""
    (problem,) = read_json(text, "datapackage.json")[1]
    assert (problem.where.row, problem.what) == (line, '"name" is written twice.')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('{"keywords": ["a", "b",]}', COMMA, id="a comma behind the last of a list"),
        pytest.param('{"keywords": ["a", "b",\n ]}', COMMA, id="and the bracket on the next line"),
        pytest.param('{"name": "a",}', COMMA, id="a comma behind the last of an object"),
        pytest.param('{"name": "a",, "title": "b"}', "a name in quotation marks is missing", id="two commas"),
        pytest.param('{"keywords": [}', "a value is missing, or is not written as one", id="the wrong bracket"),
        pytest.param(
            '{"name": "a" # a note\n}', "a comment stands there, and JSON has none", id="a comment of a script"
        ),
        pytest.param('{"name": /* a */ "b"}', "a comment stands there, and JSON has none", id="a comment of a program"),
    ],
)
def test_what_people_write_who_know_other_languages_is_told(text: str, said: str) -> None:
    """A comma too many is to be removed, and not looked for; the place of it differs between versions of Python."""
    (problem,) = read_json(text, "datapackage.json")[1]
    assert problem.what.partition("JSON: ")[2] == f"{said}."
    remedy = {COMMA: "Remove the comma.", "a comment stands there, and JSON has none": "Remove the comment."}
    assert problem.fix == remedy.get(said, "Look for a missing comma, quotation mark or bracket there or just before.")


def test_numbers_of_a_descriptor_are_what_they_are() -> None:
    """A whole number stays whole, and a fraction a fraction."""
    descriptor, problems = read_json('{"whole": 12, "part": -0.5}', "datapackage.json")
    assert (descriptor, problems) == ({"whole": 12, "part": -0.5}, [])
    assert descriptor is not None
    assert {name: type(value) for name, value in descriptor.items()} == {"whole": int, "part": float}


def test_a_list_is_no_descriptor() -> None:
    """The first line is named, where an object would begin."""
    (problem,) = read_json("\n[]", "datapackage.json")[1]
    assert (problem.where.row, problem.what) == (1, "the file does not hold an object.")


def test_a_descriptor_in_other_letters_is_told_with_its_line_and_an_editor(put: Put) -> None:
    """No spreadsheet saves a descriptor."""
    assert put("datapackage.json", b'{"name": "a",\n"title": "Caf\xe9"}') == [
        "2021-22/datapackage.json, line 2: the text is not saved as UTF-8. "
        "In the editor choose Save with Encoding, UTF-8."
    ]
    assert put("datapackage.json", "") == [
        "2021-22/datapackage.json: the file is empty. Copy the descriptor of another year."
    ]


def test_brackets_in_texts_do_not_count() -> None:
    """Only brackets that nest count, however many stand in texts, beside quotation marks that are escaped."""
    text = '{"title": "' + '[{\\"' * MAX_JSON_DEPTH + '", "keywords": []}'

    assert read_json(text, "datapackage.json") == ({"title": '[{"' * MAX_JSON_DEPTH, "keywords": []}, [])


@pytest.mark.parametrize(("deep", "told"), [(MAX_JSON_DEPTH, []), (MAX_JSON_DEPTH + 1, [2])])
def test_brackets_nest_as_deep_as_is_said(deep: int, told: list[int]) -> None:
    """As many brackets as may stand in each other are read, behind as many that are closed; one more is told."""
    before = f'{{"b": [{"{}, " * MAX_JSON_DEPTH}0],'
    nested = f'\n"a": {"[" * (deep - 1)}{"]" * (deep - 1)}}}'
    assert [one.where.row for one in read_json(before + nested, "datapackage.json")[1]] == told


@pytest.mark.parametrize("name", ["notes.txt", "savings (1).csv"])
def test_a_file_that_does_not_belong_is_reported(put: Put, name: str) -> None:
    """A file nobody reads would be published by mistake; the copy of a table that is there means no other one."""
    assert put(name, "Ask Jo.") == [
        f"2021-22/{name}: this file does not belong in a package. "
        "Remove it, or rename it to one of: activity.csv, savings.csv."
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"caf\xe9.csv", "caf\ufffd.csv", id="a name that is not UTF-8"),
        pytest.param(b"1 problem:\n  2. all.csv", "1 problem:   2. all.csv", id="a name with a line break"),
        pytest.param("\u202evsc.csv".encode(), "\ufffdvsc.csv", id="a name turned round"),
    ],
)
def test_a_files_name_cannot_spoil_the_list_of_problems(tmp_path: Path, name: bytes, shown: str) -> None:
    """Whatever a file is called, its problem is one line that any terminal can print."""
    Path(tmp_path, os.fsdecode(name)).touch()
    (tmp_path / "datapackage.json").write_text("{}")
    [problem] = _found(tmp_path)

    assert problem.startswith(f"{tmp_path.name}/{shown}: this file does not belong in a package.")
    assert problem.encode()


@pytest.mark.parametrize("name", ["savings.csv", "datapackage.json"])
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda file: file.symlink_to(__file__), id="a link to a file outside"),
        pytest.param(lambda file: file.symlink_to("nowhere"), id="a link to nothing"),
        pytest.param(Path.mkdir, id="a folder"),
        pytest.param(os.mkfifo, id="a pipe, which would keep a reader waiting"),
    ],
)
def test_only_a_file_itself_is_read(tmp_path: Path, make: Callable[[Path], object], name: str) -> None:
    """Nothing that leads elsewhere is opened."""
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / name).unlink(missing_ok=True)
    make(tmp_path / name)

    assert _found(tmp_path) == [
        f"{tmp_path.name}/{name}: this is a link or a folder, not a file. Put the file itself here."
    ]


def test_a_file_too_big_is_not_read(tmp_path: Path) -> None:
    """The size is looked at before the file is opened."""
    (tmp_path / "datapackage.json").write_text("{}")
    with (tmp_path / "savings.csv").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert _found(tmp_path) == [
        f"{tmp_path.name}/savings.csv: the file has 20,000,001 bytes; the most is 20,000,000. "
        "Split it, or remove what does not belong in it."
    ]


@pytest.mark.parametrize(("size", "told"), [(MAX_BYTES, False), (MAX_BYTES + 1, True)])
def test_a_table_that_would_be_too_big_is_not_written(size: int, told: bool) -> None:  # noqa: FBT001
    """Whoever writes a table is told what a package would say of it."""
    found = file_problems(b"note\n".ljust(size), "savings.csv")
    assert any("the most is 20,000,000" in one.what for one in found) is told


def test_a_descriptor_too_big_is_not_read(tmp_path: Path) -> None:
    """What describes a package is small, and a megabyte of brackets would keep a reader waiting."""
    (tmp_path / "datapackage.json").write_text("[]" * 500_001)

    assert _found(tmp_path) == [
        f"{tmp_path.name}/datapackage.json: the file has 1,000,002 bytes; the most is 1,000,000. "
        "Split it, or remove what does not belong in it."
    ]


def test_a_package_without_a_descriptor_is_reported(tmp_path: Path) -> None:
    """A folder of tables alone is no package."""
    (tmp_path / "savings.csv").write_text(HEADING)

    assert _found(tmp_path) == [
        f"{tmp_path.name}/datapackage.json: the file is missing. Copy the one of another year and change what differs."
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("a,b\n1,2\n", [("1", "2")], id="a plain table"),
        pytest.param("a,b\n1,2", [("1", "2")], id="a last line without its end"),
        pytest.param("a,b\n1,", [("1", "")], id="a last cell that is blank, without a line end"),
        pytest.param("a,b\r\n1,2\r\n", [("1", "2")], id="line ends of Windows"),
        pytest.param("a,b\r1,2\r", [("1", "2")], id="line ends of an old Macintosh"),
        pytest.param('a,b\n"1, 2",3\n', [("1, 2", "3")], id="a comma in quotation marks"),
        pytest.param('a,b\n"the ""new"" target",3\n', [('the "new" target', "3")], id="doubled quotation marks"),
        pytest.param(
            'a,b\n"""new""",""\n', [('"new"', "")], id="a cell that is all in quotation marks, and a blank one"
        ),
        pytest.param('"a","b"\n"1","2"\n', [("1", "2")], id="quotation marks around everything"),
        pytest.param("a,b\nZoë’s café – 9½ €,日本\n", [("Zoë’s café – 9½ €", "日本")], id="letters of any alphabet"),
        pytest.param(
            "a,b\n<script>,[x](y) | {{ z }}\n", [("<script>", "[x](y) | {{ z }}")], id="marks of other languages"
        ),
        pytest.param("a,b\n-17,-0.5\n", [("-17", "-0.5")], id="negative numbers are not formulas"),
        pytest.param("a,b\n>=,<\n", [(">=", "<")], id="comparators are not formulas"),
        pytest.param("a,b\n–5,−5\n", [("–5", "−5")], id="dashes and minus signs are not formulas"),
        pytest.param("a,b\n1;2,3\n", [("1;2", "3")], id="a semicolon in a cell"),
        pytest.param("a,b\n5 @ £2 each,2\n", [("5 @ £2 each", "2")], id="an at sign in a text"),
        pytest.param(f"a,b\n{'x' * MAX_CELL},2\n", [("x" * MAX_CELL, "2")], id="as much as a spreadsheet keeps"),
        pytest.param("a,b\n", [], id="a heading without rows"),
    ],
)
def test_a_good_file_gives_exactly_its_cells(text: str, rows: list[tuple[str, ...]]) -> None:
    """What an officer typed is what comes out."""
    table, problems = read_csv(text, "savings.csv")

    assert table is not None
    assert (problems, table.header, table.rows) == ([], ("a", "b"), tuple(rows))


@pytest.mark.parametrize(("text", "heading"), [("note\ncold\n", "note"), ('"a;b"\ncold\n', "a;b")])
def test_a_table_may_have_one_column(text: str, heading: str) -> None:
    """One heading over one column is no title, and a sign in quotation marks separates nothing."""
    table, problems = read_csv(text, "savings.csv")

    assert table is not None
    assert (problems, table.header, table.rows) == ([], (heading,), (("cold",),))


@pytest.mark.parametrize(
    ("text", "place", "breach", "stands"),
    [
        pytest.param('a,b\n1,"2" x,3,4', (2, 1), Breach.AFTER_CLOSING, '"2" x', id="more cells after the fault"),
        pytest.param('a,b\n1,2 "x" y,3', (2, 1), Breach.INSIDE, '2 "x" y', id="more cells after a mark inside"),
        pytest.param('a,b\n1,"2\n3,"4"', (2, 1), Breach.NEVER_CLOSED, '"2', id="a cell over two lines"),
        pytest.param('a,b\r1,"2\r3,"4"', (2, 1), Breach.NEVER_CLOSED, '"2', id="over two lines of an old Macintosh"),
    ],
)
def test_the_place_where_a_text_is_no_table(text: str, place: tuple[int, int], breach: Breach, stands: str) -> None:
    """The row as a spreadsheet counts it, the column from 0, and what stands in that cell alone."""
    rows, broken = split_csv(text)

    assert rows == [("a", "b")]
    assert broken == Broken(*place, breach, stands)


@pytest.mark.parametrize(
    ("text", "rows", "place"),
    [
        pytest.param("a,b\nc,d\n", [("a", "b"), ("c", "d")], None, id="as many cells as there may be"),
        pytest.param("a,b\nc,d\ne,f\n", [("a", "b"), ("c", "d")], (3, 0), id="a row more"),
        pytest.param("a,b\nc,d,e\n", [("a", "b")], (2, 2), id="a cell more in the last row"),
    ],
)
def test_a_table_has_a_most_of_cells(
    monkeypatch: pytest.MonkeyPatch, text: str, rows: list[tuple[str, ...]], place: tuple[int, int] | None
) -> None:
    """Where four cells are the most, the fifth is where the table is too large."""
    monkeypatch.setattr(splitting, "MAX_CELLS", 4)

    assert split_csv(text) == (rows, place and Broken(*place, Breach.TOO_LARGE, ""))


def test_a_file_with_too_many_cells_is_refused(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is the row of the first cell too many, and no column is named: the heading alone has three."""
    monkeypatch.setattr(splitting, "MAX_CELLS", 4)
    assert put("savings.csv", f"{HEADING}fuel,Less fuel,\n") == [
        "2021-22/savings.csv, row 2: the table has more than 1,000,000 cells. Remove what does not belong in it."
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    """It is left out at the start alone."""
    assert split_csv("\ufeffa,b\n1,2\ufeff\n") == ([("a", "b"), ("1", "2\ufeff")], None)


def test_a_dash_for_nothing_is_told_to_be_left_out(put: Put) -> None:
    """Spreadsheets show a blank as a dash, and nobody wants a letter before it."""
    assert put("savings.csv", f"{HEADING}fuel,Less fuel,-\n") == [
        '2021-22/savings.csv, row 2, column C (note): "-" begins with -, which a spreadsheet reads as a formula. '
        "Leave the cell blank."
    ]


def test_a_second_byte_order_mark_is_told(put: Put) -> None:
    """Other programs would take it for a part of the first heading."""
    assert put("savings.csv", f"\ufeff\ufeff{HEADING}") == [
        "2021-22/savings.csv, row 1: the file begins with a byte order mark (U+FEFF) more than once. "
        "In the spreadsheet choose Save As, CSV UTF-8."
    ]


def test_a_blank_row_above_the_headings_is_told_once(put: Put) -> None:
    """It is one fault, whatever the rows below it look like beside a row without headings."""
    assert put("savings.csv", f",,\n{HEADING}fuel,Less fuel,\n") == [
        "2021-22/savings.csv, row 1: this row is empty; the column headings belong here. "
        "Delete every row above them, or write them."
    ]


def test_a_byte_order_mark_is_dropped(put: Put) -> None:
    """A spreadsheet that writes one writes a good file."""
    assert put("savings.csv", b"\xef\xbb\xbf" + HEADING.encode()) == []
    assert put("datapackage.json", b"\xef\xbb\xbf{}") == []


@given(
    rows=st.lists(
        st.lists(st.text(alphabet='ab,"\n;é=-', max_size=6).map(" {} ".format), min_size=2, max_size=2), max_size=5
    ),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_written_by_any_spreadsheet_is_read_as_it_was(rows: list[list[str]], end: str) -> None:
    """What Python's own writer puts into a file by RFC 4180 comes out cell by cell, without the spaces nobody meant."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["one, two", 'the "third"'], *rows])
    table, _ = read_csv(text.getvalue(), "savings.csv")

    assert table is not None
    assert table.header == ("one, two", 'the "third"')
    assert [list(row) for row in table.rows] == [[cell.replace("\n", " ").strip() for cell in row] for row in rows]


@given(text=st.text(alphabet='ab,"\r\n;\t\x00\ufeff', max_size=40))
def test_any_text_is_a_table_or_a_list_of_problems(text: str) -> None:
    """Nothing a file can hold breaks the reading of tables: every row is as wide as the heading, or it is reported."""
    table, problems = read_csv(text, "savings.csv")

    assert table is not None or problems
    assert table is None or all(len(row) == len(table.header) for row in table.rows)


@given(text=st.text(alphabet='{}[]":,\\u0dn1e.-a \n', max_size=40))
def test_any_text_is_a_descriptor_or_a_problem(text: str) -> None:
    """Nothing a file can hold breaks the reading of descriptors."""
    assume(text)
    descriptor, problems = read_json(text, "datapackage.json")

    assert (descriptor is None) == bool(problems)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param([["a"] * MAX_COLUMNS], None, id="as wide as a table may be"),
        pytest.param([["a"], ["a"] * (MAX_COLUMNS + 1)], 2, id="one column more, in the second row"),
        pytest.param([["a"]] * MAX_ROWS, None, id="as long as a table may be"),
        pytest.param([["a"]] * (MAX_ROWS + 1), MAX_ROWS + 1, id="one row more"),
    ],
)
def test_a_table_is_too_large_from_the_first_row_or_column_beyond(rows: list[list[str]], fault: int | None) -> None:
    """The row is named from which on something has to be removed."""
    found = size_fault(rows)
    assert (found[0] if found else None) == fault


def test_a_column_that_a_table_has_not_is_no_place_in_it() -> None:
    """What is said of it is said of its whole row."""
    table = Table("a.csv", ("first", "second"), (("1", "2"),))
    assert table.where(0, "second") == Where("a.csv", 2, 1, "second")
    assert table.where(0, "third") == table.where(0) == Where("a.csv", 2, -1, "")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Total,5", '"Total" makes this a row of totals. Delete it: the site adds up itself.'),
        ("5", "the row has 1 cell; the heading has 3. "),
        ("5,6", "the row has 2 cells; the heading has 3. "),
    ],
)
def test_a_row_that_is_too_short_is_told_once(row: str, told: str) -> None:
    """A row of totals is to be deleted, so nobody is asked to fill it."""
    (problem,) = read_csv(f"{HEADING}{row}\n", "a.csv")[1]
    assert str(problem).startswith(f"a.csv, row 2: {told}")
