"""The CSV files of packages in one form: nothing they say changes, and what a person must decide is told."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.cli import main
from macros.editing.settling import settle
from macros.editing.texts import read_text
from macros.editing.tidying import tidy
from macros.errors import ReportError
from macros.reading.packages import schema

from .builders import GOOD_COUNCIL, Council
from .sites import PACKAGES, fingerprint

SAVINGS = "2021-22/savings.csv"


@pytest.mark.parametrize("packages", [PACKAGES, GOOD_COUNCIL], ids=["the worked example", "the good council"])
def test_every_package_is_tidy(packages: Path) -> None:
    """There is nothing to do in any CSV file of the repository."""
    lines, left = tidy(packages, (), only_check=True)
    assert left == ()
    assert lines[0].startswith("In order: ")


def test_a_file_from_a_spreadsheet_is_put_in_order(tiny: Council) -> None:
    """Letters, separators, line ends, order of columns, signs and spaces are put right; rows stay where they are."""
    before = tiny.text(SAVINGS)
    rows = [list(reversed(row)) for row in tiny.cells(SAVINGS)]
    value = rows[0].index("value")
    rows[1][value] = "£60,000 "
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([*rows[:2], [""] * len(rows[0]), *rows[2:]])
    tiny.write(SAVINGS, text.getvalue().replace("£60,000", "£60000").encode("cp1252"))
    lines, left = tidy(tiny.root, ["2021-22"])
    assert left == ()
    assert lines == [
        f"Repaired: {SAVINGS}: the cells are separated by semicolons; commas take their place.",
        f"Repaired: {SAVINGS}: the file is saved as Windows text (1252); it becomes UTF-8.",
        f"Repaired: {SAVINGS}, row 1: the columns are put in the order of the table.",
        f'Repaired: {SAVINGS}, row 2, column K (value): "£60000 " becomes "60000".',
        f"Repaired: {SAVINGS}, row 3: the row is blank and is left out.",
        "1 of 9 files put in order.",
    ]
    assert tiny.text(SAVINGS) == before
    assert tidy(tiny.root, ["2021-22"]) == (["In order: 9 files."], ())


def test_marks_and_line_ends_alone_are_told(tiny: Council) -> None:
    """A file that says the same in another form is written anew, and the line says so."""
    before = tiny.text(SAVINGS)
    tiny.write(SAVINGS, before.replace("\n", "\r\n").replace("saving,", '"saving",'))
    assert tidy(tiny.root, ["2021-22"])[0] == [
        f"Repaired: {SAVINGS}: line ends and quotation marks become those of every package.",
        "1 of 9 files put in order.",
    ]
    assert tiny.text(SAVINGS) == before


def test_what_cannot_be_put_in_order_stays_and_is_told(tiny: Council) -> None:
    """A cell that may mean two things keeps its text, while the rest of its file is put in order."""
    tiny.change(SAVINGS, 2, value="60,0", period="2011-12", title=" Fewer rounds")
    lines, left = tidy(tiny.root, ["2021-22"])
    assert lines == [
        f'Repaired: {SAVINGS}, row 2, column D (title): " Fewer rounds" becomes "Fewer rounds".',
        "1 of 9 files put in order.",
    ]
    assert [str(problem) for problem in left] == [
        f'{SAVINGS}, row 2, column C (period): "2011-12" may be a month or a financial year. '
        "Write 2011-M12 for the month, or FY2011-12 for the year from April.",
        f'{SAVINGS}, row 2, column F (value): "60,0" is not a number. '
        "Write 60.0 where the comma stands for the decimal point.",
    ]
    assert tiny.cells(SAVINGS)[1][2:6] == ["2011-12", "Fewer rounds", "saving", "60,0"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("saving_id,", "savng_id,", id="a heading that is not known"),
        pytest.param(",Fewer rounds", "", id="a row with a cell too few"),
        pytest.param("Fewer rounds", "Fewer, rounds", id="a row with a cell too many"),
        pytest.param("Fewer rounds", '"Fewer rounds', id="a quotation mark that is never closed"),
    ],
)
def test_a_file_whose_cells_find_no_column_is_left_alone(tiny: Council, old: str, new: str) -> None:
    """Nothing is lost: such a file stays byte for byte, and its problem is told."""
    tiny.write(SAVINGS, tiny.text(SAVINGS).replace(old, new, 1))
    before = tiny.text(SAVINGS)
    lines, left = tidy(tiny.root, ())
    assert lines == []
    assert left
    assert tiny.text(SAVINGS) == before


def test_check_changes_nothing_and_fails(tiny: Council, capsys: pytest.CaptureFixture[str]) -> None:
    """With --check every repair is a problem, and the command ends with 1; without it, with 0, once."""
    tiny.change(SAVINGS, 2, title=" Fewer rounds")
    before = fingerprint(tiny.root)
    project = ["--project", str(tiny.root.parent)]
    assert main([*project, "tidy", "--check"]) == 1
    assert capsys.readouterr().err == (
        "1 problem to put right:\n"
        f'  1. {SAVINGS}, row 2, column D (title): " Fewer rounds" becomes "Fewer rounds". '
        "Run answerable tidy, which does it.\n     docs/publish/problems.md#untidy\n"
    )
    assert fingerprint(tiny.root) == before
    assert main([*project, "tidy"]) == 0
    assert main([*project, "tidy", "--check"]) == 0


def test_a_package_that_is_not_there_is_named(tiny: Council) -> None:
    """A year that was mistyped is told, with those there are."""
    with pytest.raises(ReportError) as raised:
        tidy(tiny.root, ["2021-23"])
    assert [str(problem) for problem in raised.value.problems] == [
        "2021-23: there is no package of this name. The packages are: 2021-22, 2022-23, register."
    ]


def test_a_link_is_not_followed(tiny: Council, tmp_path: Path) -> None:
    """A file outside the package is neither read nor written."""
    shutil.copy(tiny.root / SAVINGS, tmp_path / "outside.csv")
    (tiny.root / SAVINGS).unlink()
    (tiny.root / SAVINGS).symlink_to(tmp_path / "outside.csv")
    _, left = tidy(tiny.root, ["2021-22"])
    assert [str(problem) for problem in left] == [f"{SAVINGS}: this is a link, not a file. Put the file itself here."]


# Laws


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["£1,200", "95.3%", "2013-10", "2011-12", " final", "Final", "a-b", "FY2013-14", "1,5", "", "x;y"]),
)
FIELDS = [field["name"] for field in schema("milestones")["fields"]]
ROWS = st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=4)


@given(rows=ROWS, separator=st.sampled_from([",", ";", "\t"]), ends=st.sampled_from(["\n", "\r\n"]))
def test_tidying_twice_is_tidying_once(rows: list[list[str]], separator: str, ends: str) -> None:
    """What tidy writes it leaves as it is, and no cell of it says anything but what the first reading said."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows([FIELDS, *rows])
    data = text.getvalue().encode("utf-8", "replace")
    try:
        sheet, _ = read_text(data, "2021-22/milestones.csv", "milestones")
    except ReportError:
        return
    first = settle(sheet, "milestones", {})
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([FIELDS, *first.rows])
    again, repairs = read_text(written.getvalue().encode(), "2021-22/milestones.csv", "milestones")
    second = settle(again, "milestones", {})
    assert repairs == []
    if first.fits and not first.problems:
        assert second.rows == first.rows
        assert (second.repairs, second.problems) == ((), ())


@given(rows=st.lists(st.lists(st.text("abc,;\"' £", max_size=8), min_size=8, max_size=8), min_size=1, max_size=4))
def test_tidying_keeps_every_word(rows: list[list[str]]) -> None:
    """Columns that take any text hold the same cells before and after, but for the spaces around them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([FIELDS, *rows])
    sheet, _ = read_text(text.getvalue().encode(), "milestones.csv", "milestones")
    found = settle(sheet, "milestones", {})
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    for place in (FIELDS.index("title"), FIELDS.index("note")):
        assert [row[place].strip() for row in found.rows] == [row[place].strip() for row in kept]
