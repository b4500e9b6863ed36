"""Problems as a person reads them: where, what, how to repair; all of them, in order, counted."""

from __future__ import annotations

import pytest

from macros.errors import Kind, Problem, ReportError, Where, column_letter


@pytest.mark.parametrize(
    ("index", "letter"),
    [
        pytest.param(0, "A", id="the first column is A"),
        pytest.param(1, "B", id="the second column is B"),
        pytest.param(25, "Z", id="the twenty-sixth column is Z"),
        pytest.param(26, "AA", id="the column after Z is AA"),
        pytest.param(51, "AZ", id="the fifty-second column is AZ"),
        pytest.param(52, "BA", id="the column after AZ is BA"),
        pytest.param(701, "ZZ", id="the last column of two letters is ZZ"),
        pytest.param(702, "AAA", id="the column after ZZ is AAA"),
    ],
)
def test_a_column_has_the_letter_a_spreadsheet_shows(index: int, letter: str) -> None:
    """Columns are counted from 0 in the program and lettered for the reader."""
    assert column_letter(index) == letter


@pytest.mark.parametrize(
    ("where", "text"),
    [
        pytest.param(Where("2021-22"), "2021-22", id="a folder is its name"),
        pytest.param(Where("2021-22/savings.csv"), "2021-22/savings.csv", id="a file is its path"),
        pytest.param(Where("2021-22/savings.csv", 4), "2021-22/savings.csv, row 4", id="a row has its number"),
        pytest.param(
            Where("2021-22/savings.csv", 4, 2, "period"),
            "2021-22/savings.csv, row 4, column C (period)",
            id="a cell has its row, its letter and its heading",
        ),
    ],
)
def test_a_place_is_written_as_a_spreadsheet_shows_it(where: Where, text: str) -> None:
    """A person finds the cell without counting."""
    assert str(where) == text


@pytest.mark.parametrize(
    ("quoted", "shown"),
    [
        pytest.param("\x1b[2J", "\ufffd[2J", id="an escape would wipe the terminal"),
        pytest.param("\u202efdp", "\ufffdfdp", id="a change of direction would turn the line round"),
        pytest.param("\udcff", "\ufffd", id="half a character cannot be printed"),
        pytest.param("Zoë’s “bins” – 9½ €", "Zoë’s “bins” – 9½ €", id="letters of any alphabet stay"),
    ],
)
def test_a_problem_can_be_printed_whatever_it_quotes(quoted: str, shown: str) -> None:
    """Text that someone else wrote cannot hide a line of the list, or stop it from being printed."""
    problem = Problem(
        Where("2021-22/savings.csv", 2, 3, "title"),
        f'there is no "{quoted}".',
        "Correct it.",
        kind=Kind.UNKNOWN_IDENTIFIER,
    )

    assert str(problem) == f'2021-22/savings.csv, row 2, column D (title): there is no "{shown}". Correct it.'
    assert str(problem).encode()


def test_a_place_is_one_line() -> None:
    """The name of a file or a column cannot pretend to be the next problem of the list."""
    where = Where("a\n  2. all.csv", 1, 3, "b\r\n  3. well\tdone")

    assert str(where) == "a   2. all.csv, row 1, column D (b    3. well done)"


def test_one_problem_is_one_problem() -> None:
    """A list of one says "1 problem", not "1 problems"."""
    error = ReportError(
        [
            Problem(
                Where("2021-22/savings.csv", 4, 5, "value"),
                '"£5" has a pound sign in it.',
                "Write 5.",
                kind=Kind.NUMBER,
            )
        ]
    )

    assert str(error) == (
        "1 problem to put right:\n"
        '  1. 2021-22/savings.csv, row 4, column F (value): "£5" has a pound sign in it. Write 5.\n'
        "     docs/publish/problems.md#number"
    )


def test_problems_are_listed_once_each_in_the_order_of_files_rows_and_columns() -> None:
    """Row 9 comes before row 10, column B before column AA, and a problem found twice is written once."""
    late = Problem(Where("2022-23/savings.csv", 2, 0, "saving_id"), "Fifth.", "Repair it.", kind=Kind.NUMBER)
    tenth = Problem(Where("2021-22/savings.csv", 10, 0, "saving_id"), "Fourth.", "Repair it.", kind=Kind.NUMBER)
    far = Problem(Where("2021-22/savings.csv", 9, 26, "note"), "Third.", "Repair it.", kind=Kind.NUMBER)
    near = Problem(Where("2021-22/savings.csv", 9, 1, "service_id"), "Second.", "Repair it.", kind=Kind.NUMBER)
    whole = Problem(Where("2021-22/savings.csv"), "First.", "Repair it.", kind=Kind.NUMBER)

    assert str(ReportError([late, far, tenth, near, whole, far])) == (
        "5 problems to put right:\n"
        "  1. 2021-22/savings.csv: First. Repair it.\n"
        "     docs/publish/problems.md#number\n"
        "  2. 2021-22/savings.csv, row 9, column B (service_id): Second. Repair it.\n"
        "     docs/publish/problems.md#number\n"
        "  3. 2021-22/savings.csv, row 9, column AA (note): Third. Repair it.\n"
        "     docs/publish/problems.md#number\n"
        "  4. 2021-22/savings.csv, row 10, column A (saving_id): Fourth. Repair it.\n"
        "     docs/publish/problems.md#number\n"
        "  5. 2022-23/savings.csv, row 2, column A (saving_id): Fifth. Repair it.\n"
        "     docs/publish/problems.md#number"
    )
