"""What a person is told of each kind of problem, word for word: the wrong examples of the guide, and the right ones.

The guide, ``docs/publish/problems.md``, has a section for every kind. Its examples are typed into the invented council.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
import yaml
from xlsxwriter import Workbook

from macros.building import _refuse_what_is_no_site
from macros.checking.site import built_problems
from macros.editing.against import against
from macros.editing.editions import edition
from macros.editing.importing import bring_in
from macros.editing.tidying import tidy
from macros.errors import GUIDE, Kind, Problem, ReportError, Severity, in_order
from macros.meaning.doubts import doubts
from macros.reading.prose import Calls, page_problems
from macros.reading.settings import read_settings
from macros.showing.wording import capital

from .builders import GOOD_COUNCIL, Council
from .sites import DAY, PROJECT, facts

STAFFING = "2022-23/staffing.csv"
LEVELS = "2022-23/service_levels.csv"
SAVINGS = "2022-23/savings.csv"
COLUMNS = (
    "The columns are, in this order: measure_id, period, value, value_qualifier, value_status, as_published, note, "
    "document_id, place."
)
LOOK = "Look it up in the document. If it is right as it is, say so in note, with the figure:"
LOOK_EACH = "Look them up in the document. If they are right, say so in the note of each row, with its figure."

Examples = dict[str, tuple[str, str]]
Find = Callable[[Council, str], tuple[Problem, ...]]


def _examples() -> Examples:
    """Return the wrong and the right example of each section of the guide, by its heading as an address has it."""
    found: Examples = {}
    for section in re.split(r"^### ", (PROJECT / GUIDE).read_text("utf-8"), flags=re.MULTILINE)[1:]:
        wrong, right = re.findall(r"^```text\n(.*?)\n```$", section, flags=re.MULTILINE | re.DOTALL)
        found[section.splitlines()[0].lower().replace(" ", "-")] = wrong, right
    return found


EXAMPLES = _examples()


def _kept(council: Council) -> tuple[Problem, ...]:
    return in_order(council.found())


def _whole(council: Council, example: str) -> tuple[Problem, ...]:
    """Type an example that is a whole file."""
    council.write(STAFFING, f"{example}\n")
    return _kept(council)


def _typed(example: str) -> dict[str, str]:
    """Return the cells of an example, whose lines are a column and what stands in it."""
    lines = (line.split(": ", 1) for line in example.splitlines())
    return {name: cell.replace("(blank)", "").replace("[U+200B]", "\u200b") for name, cell in lines}


def _cell(file: str, row: int) -> Find:
    """Return a way to type an example into the cells of a row."""

    def find(council: Council, example: str) -> tuple[Problem, ...]:
        council.change(file, row, **_typed(example))
        return _kept(council)

    return find


LONG_AFTER = "2026-11-22T09:00:00Z"
"""When a package was made that was copied from an old document, in which a miss may stand unexplained."""


def _doubt(file: str, row: int) -> Find:
    """Return a way to type an example into the cells of a row, and to hear what is doubtful there."""

    def find(council: Council, example: str) -> tuple[Problem, ...]:
        council.change(file, row, **_typed(example))
        council.describe("2022-23", lambda descriptor: descriptor.update(created=LONG_AFTER))
        return tuple(one for one in doubts(council.load(), DAY) if (one.where.file, one.where.row) == (file, row))

    return find


def _file_name(council: Council, example: str) -> tuple[Problem, ...]:
    (council.root / STAFFING).rename(council.root / "2022-23" / example)
    return _kept(council)


def _encoding(council: Council, example: str) -> tuple[Problem, ...]:
    encodings = {"CSV (Comma delimited)": "cp1252", "CSV UTF-8 (Comma delimited)": "utf-8-sig"}
    council.write(STAFFING, council.text(STAFFING).encode(encodings[example]))
    return _kept(council)


def _published(council: Council, example: str) -> tuple[Problem, ...]:
    council.change(STAFFING, 2, **_typed(example))
    try:
        against(council.load(), edition(council.root, str(GOOD_COUNCIL)), date(2026, 11, 22))
    except ReportError as error:
        return error.problems
    return ()


def _descriptor(council: Council, example: str) -> tuple[Problem, ...]:
    council.describe("2022-23", lambda descriptor: descriptor.update(json.loads(f"{{{example}}}")))
    return _kept(council)


def _settings(_council: Council, example: str) -> tuple[Problem, ...]:
    known = facts(DAY)
    known["extra"]["answerable"]["accessibility"] |= yaml.safe_load(example)
    try:
        read_settings(known, DAY)
    except ReportError as error:
        return error.problems
    return ()


def _page(_council: Council, example: str) -> tuple[Problem, ...]:
    return tuple(page_problems(f"---\n{example}\n---\n\n# Our bins\n", "docs/bins.md", Calls({}, {})))


def _site(council: Council, example: str) -> tuple[Problem, ...]:
    (council.root / "measures/bins-on-time").mkdir(parents=True)
    for name, text in {"measures/bins-on-time/index.html": "<h1>Bins</h1>", "bins.html": f"{example}</html>"}.items():
        council.write(name, text)
    return tuple(one for one in built_problems(council.root) if one.where.file == "bins.html")


def _workbook(council: Council, example: str) -> tuple[Problem, ...]:
    """Type an example into a workbook, in which TRUE is no text."""
    path = council.root / "2022-23.xlsx"
    path.unlink(missing_ok=True)
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("savings")
    table = council.cells(SAVINGS)
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    for name, text in _typed(example).items():
        write = sheet.write_boolean if text == "TRUE" else sheet.write_string
        write(1, table[0].index(name), text)
    workbook.close()
    try:
        bring_in(council.root, path)
    except ReportError as error:
        return error.problems
    return ()


def _untidy(council: Council, example: str) -> tuple[Problem, ...]:
    council.change(SAVINGS, 2, **_typed(example))
    return tidy(council.root, ["2022-23"], only_check=True)[1]


def _command(council: Council, example: str) -> tuple[Problem, ...]:
    (council.root / "docs").mkdir()
    council.write("docs/about.md", "# About")
    try:
        _refuse_what_is_no_site(council.root / example.rsplit(maxsplit=1)[-1])
    except ReportError as error:
        return error.problems
    return ()


def _share(council: Council, example: str) -> tuple[Problem, ...]:
    """Make a share of the change of loans, which may be anything."""
    council.change("register/measures.csv", 13, change_of="")
    return _doubt("2022-23/activity.csv", 11)(council, example)


def _targets(council: Council, example: str) -> tuple[Problem, ...]:
    """Keep only the service levels of the example."""
    file = "2021-22/service_levels.csv"
    heading, *rows = council.cells(file)
    wanted = [line.split() for line in example.splitlines()]
    kept = [next(row for row in rows if row[0] == name) for name, _, _ in wanted]
    for row, (_, value, target) in zip(kept, wanted, strict=True):
        row[2], row[5], row[10], row[11] = value, target, "", ""
    council.set_cells(file, [heading, *kept])
    return tuple(one for one in doubts(council.load(), DAY) if one.where.file == file)


def _new_year(council: Council, example: str) -> tuple[Problem, ...]:
    """Add a year that holds the measures of the example alone."""
    heading, *rows = council.cells(LEVELS)
    (council.root / "2023-24").mkdir()
    new = []
    for name, before, after in (line.split() for line in example.splitlines()):
        row = next(row for row in rows if row[0] == name)
        assert row[2] == before
        new.append([name, "FY2023-24", after, "", "final", *row[5:10], "", *row[11:]])
    council.set_cells("2023-24/service_levels.csv", [heading, *new])
    descriptor = json.loads(council.text("2022-23/datapackage.json"))
    descriptor["resources"] = [{"name": "service_levels", "path": "service_levels.csv"}]
    descriptor["created"] = LONG_AFTER
    council.write("2023-24/datapackage.json", json.dumps(descriptor))
    return tuple(one for one in doubts(council.load(), DAY) if one.where.file.startswith("2023-24"))


@dataclass(frozen=True)
class Told:
    """How an example is typed, and what is told of the wrong one."""

    find: Find
    lines: list[str] = field(default_factory=list)


TOLD = {
    Kind.FILE: Told(
        _file_name,
        [
            "2022-23/staffing 2022-23.csv: this file does not belong in a package. "
            "Did you mean staffing.csv? Then rename it."
        ],
    ),
    Kind.NOT_UTF_8: Told(
        _encoding,
        [
            f"{STAFFING}, row 2, column G (note): the text is not saved as UTF-8. "
            "In the spreadsheet choose Save As, CSV UTF-8."
        ],
    ),
    Kind.SEPARATOR: Told(
        _whole,
        [
            f"{STAFFING}, row 1: the columns are not separated by commas. "
            "In the spreadsheet choose Save As, CSV UTF-8 (comma delimited)."
        ],
    ),
    Kind.QUOTATION: Told(
        _whole,
        [
            f"{STAFFING}, row 2, column G (note): a quotation mark stands inside a cell that has none around it "
            '(The "new" count.). '
            'Put the whole cell in quotation marks and write each one inside it twice: "the ""new"" target".'
        ],
    ),
    Kind.TITLE_ROW: Told(
        _whole,
        [f"{STAFFING}, row 1: this is a title, not the row of column headings. Remove every line above the headings."],
    ),
    Kind.MISSING_COLUMN: Told(_whole, [f'{STAFFING}, row 1: the column "note" is missing. {COLUMNS}']),
    Kind.UNKNOWN_COLUMN: Told(
        _whole,
        [
            f'{STAFFING}, row 1, column E (Status): there is no column "Status" in this table. '
            'Did you mean "value_status"?'
        ],
    ),
    Kind.COLUMN_ORDER: Told(_whole, [f"{STAFFING}, row 1: the columns stand in another order. {COLUMNS}"]),
    Kind.ROW_LENGTH: Told(
        _whole,
        [
            f"{STAFFING}, row 2: the row has 10 cells; the heading has 9. "
            "A cell with a comma in it needs quotation marks around it; a missing cell needs its comma."
        ],
    ),
    Kind.EMPTY_ROW: Told(_whole, [f"{STAFFING}, row 3: the row is empty. Delete it."]),
    Kind.TOTAL_ROW: Told(
        _whole, [f'{STAFFING}, row 3: "Total" makes this a row of totals. Delete it: the site adds up itself.']
    ),
    Kind.DUPLICATE_ROW: Told(
        _whole,
        [
            f"{STAFFING}, row 3, column A (measure_id): the row has the same measure_id and period as row 2 "
            "(measure_id staff-employed, period D2023-03-31). Remove one of the two, or correct what differs."
        ],
    ),
    Kind.WRONG_PLACE: Told(
        _cell(STAFFING, 2),
        [
            f"{STAFFING}, row 2, column B (period): D2023-04-01 ends in 2023-24, but the row stands in the package of "
            "2022-23. Move the row to 2023-24, or correct the period."
        ],
    ),
    Kind.HIDDEN_CHARACTER: Told(
        _cell(STAFFING, 2),
        [
            f"{STAFFING}, row 2, column A (measure_id): the cell holds a hidden character (U+200B). "
            "Type the text again instead of pasting it."
        ],
    ),
    Kind.STRAY_SPACE: Told(
        _cell(STAFFING, 2),
        [f'{STAFFING}, row 2, column E (value_status): " final" begins or ends with a space. Remove the space.'],
    ),
    Kind.FORMULA: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column C (value): "=19*2" begins with =, which a spreadsheet reads as a formula. '
            "Begin the text with a letter or a quotation mark."
        ],
    ),
    Kind.GARBLED_TEXT: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column G (note): "Ã«" is a character that was saved in one form and opened in '
            "another. Type it again, and save the file as CSV UTF-8."
        ],
    ),
    Kind.PERSONAL_DATA: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column G (note): "jo@northmoor.example" is an e-mail address. '
            "Name the role instead: packages hold no personal data."
        ],
    ),
    Kind.MISSING_VALUE: Told(
        _cell(STAFFING, 2),
        [
            f"{STAFFING}, row 2, column I (place): the cell is empty. "
            "Where in the document: section, table and row. For example: Table 8, row 5."
        ],
    ),
    Kind.MISSING_EXPLANATION: Told(
        _cell(STAFFING, 2),
        [
            f"{STAFFING}, row 2, column C (value): the value is blank and no reason is given. Write the value, or say "
            "in value_status why there is none: not measured, not published, not yet due, not applicable, suppressed."
        ],
    ),
    Kind.NUMBER: Told(
        _cell(SAVINGS, 5),
        [f'{SAVINGS}, row 5, column F (value): "£35,000" has a pound sign and a comma in it. Write 35000.'],
    ),
    Kind.DECIMALS: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column C (value): "38.5" has more decimals than the 0 this figure is published with. '
            "Write the figure as it was published; judgement and page must see the same."
        ],
    ),
    Kind.OUT_OF_RANGE: Told(
        _cell(LEVELS, 2),
        [
            f'{LEVELS}, row 2, column C (value): "979" is not a share between 0 and 100 per cent. '
            "Look the figure up in the document, and correct it."
        ],
    ),
    Kind.CLOSED_LIST: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column E (value_status): "provisonal" is not one of the words this column takes. '
            'Did you mean "provisional"?'
        ],
    ),
    Kind.IDENTIFIER: Told(
        _cell(SAVINGS, 6),
        [
            f'{SAVINGS}, row 6, column A (saving_id): "Branch Repairs" is not written as this column needs it. '
            "Use small letters, digits and single hyphens, such as branch-repairs."
        ],
    ),
    Kind.UNKNOWN_IDENTIFIER: Told(
        _cell(STAFFING, 2),
        [
            f"{STAFFING}, row 2, column A (measure_id): there is no measure 'staff-employd'. "
            "Did you mean 'staff-employed'?"
        ],
    ),
    Kind.PERIOD: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column B (period): "31/03/2023" is not a period: it is not a period code. '
            "Write D2023-03-31."
        ],
    ),
    Kind.CONTRADICTION: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column E (value_status): the value is "38" but value_status says "not measured". '
            "Leave the value blank, or write one of: final, provisional, estimated, revised, forecast."
        ],
    ),
    Kind.TARGET_AGAINST_DIRECTION: Told(
        _cell(LEVELS, 2),
        [
            f"{LEVELS}, row 2, column G (target_comparator): the comparator is \"<=\", but of 'bins-on-time' a higher "
            "figure is better. Correct it, or the direction in measures.csv."
        ],
    ),
    Kind.AS_PUBLISHED: Told(
        _cell(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column C (value): the value is "83", but as_published says "38". '
            "Look the figure up in the document, and correct the one that is wrong."
        ],
    ),
    Kind.DOES_NOT_ADD_UP: Told(
        _cell("2021-22/savings.csv", 2),
        [
            '2021-22/savings.csv, row 4, column F (value): the value is "100000", but its parts '
            "(round-savings-2021-22, fuel-savings-2021-22) add up to 101000. Correct the figures; or, if they are "
            "printed so, add a row to 2021-22/discrepancies.csv that touches bin-savings-2021-22 with recomputed "
            "101000."
        ],
    ),
    Kind.CORRECTION: Told(
        _cell("2022-23/corrections.csv", 2),
        [
            '2022-23/corrections.csv, row 2, column G (new): the new value is "97.8", but the cell holds "97.9". '
            "Correct the cell, or the correction."
        ],
    ),
    Kind.PUBLISHED_BEFORE: Told(
        _published,
        [
            "2022-23/datapackage.json: version 1.0.0 was published, and this is 1.0.0, but a cell of staffing.csv "
            "changed. Write version 1.0.1 or higher.",
            f'{STAFFING}, row 2, column C (value): it was published as "38" and is now "39", and no correction says '
            "so. Put it back, or add this line to 2022-23/corrections.csv, with the reason at its end: "
            "staff-employed-2022-23-a,D2026-11-22,staffing,staff-employed D2023-03-31,value,38,39,correction,",
        ],
    ),
    Kind.WORKBOOK: Told(
        _workbook,
        [
            "2022-23.xlsx, sheet savings, row 2, column H (value_status): the spreadsheet has turned what was typed "
            'into TRUE or FALSE ("TRUE"). Give the cell the format Text, and type it again.'
        ],
    ),
    Kind.UNTIDY: Told(
        _untidy,
        [f'{SAVINGS}, row 2, column F (value): "£50,000" becomes "50000". Run answerable tidy, which does it.'],
    ),
    Kind.DESCRIPTOR: Told(
        _descriptor, ['2022-23/datapackage.json: "1.0" is not a version. Write three numbers, such as 1.0.0.']
    ),
    Kind.SETTINGS: Told(
        _settings,
        [
            'mkdocs.yml: extra.answerable.accessibility.region is "england", which is not known. '
            "Write one of: great-britain, northern-ireland."
        ],
    ),
    Kind.PAGE: Told(
        _page,
        [
            'docs/bins.md, row 1: "layout" may not stand between --- and ---. '
            "Remove it. A page may have: title, description, hide."
        ],
    ),
    Kind.SITE: Told(
        _site,
        [
            'bins.html, row 1: the link "/measures/bin-on-time/" leads nowhere. '
            "Correct the link, or publish what it points to."
        ],
    ),
    Kind.COMMAND: Told(
        _command,
        [
            "docs: the folder holds something that is not a site of this program. "
            "Name a folder that is empty or does not exist yet."
        ],
    ),
    Kind.TEN_TIMES: Told(
        _doubt(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column C (value): "400" is at least ten times the figure before: 40 in D2022-03-31. '
            f"{LOOK} 400 is right."
        ],
    ),
    Kind.CHANGED_SIGN: Told(
        _doubt(STAFFING, 2),
        [
            f'{STAFFING}, row 2, column C (value): "-38" has another sign than the figure before: 40 in D2022-03-31. '
            f"{LOOK} -38 is right."
        ],
    ),
    Kind.BEYOND_ALL: Told(
        _share,
        [
            '2022-23/activity.csv, row 11, column C (value): "120" per cent is more than all, or less than nothing. '
            f"{LOOK} 120 is right."
        ],
    ),
    Kind.TARGET_OF_ZERO: Told(
        _doubt(LEVELS, 4), [f"{LEVELS}, row 4, column F (target): the target is zero. {LOOK} 0 is right."]
    ),
    Kind.TARGET_IS_RESULT: Told(
        _targets, [f"2021-22/service_levels.csv: all 4 results are exactly their targets. {LOOK_EACH}"]
    ),
    Kind.COPIED_YEAR: Told(
        _new_year, [f"2023-24/service_levels.csv: 4 figures are exactly those of the year before. {LOOK_EACH}"]
    ),
    Kind.SAME_AS_BEFORE: Told(
        _doubt(LEVELS, 6),
        [
            f'{LEVELS}, row 6, column C (value): "61.50" is exactly the figure before: 61.50 in FY2021-22. '
            f"{LOOK} 61.50 is right."
        ],
    ),
    Kind.STILL_PROVISIONAL: Told(
        _doubt(LEVELS, 6),
        [
            f'{LEVELS}, row 6, column C (value): "61.50" is provisional, and its period ended more than a year ago. '
            "Write the final figure, with final in value_status. If it is right as it is, say so in note, with the "
            "figure: 61.50 is right."
        ],
    ),
}


def test_every_kind_has_its_section_in_the_guide() -> None:
    """The address below each message leads to a section, and no section is left over."""
    assert list(EXAMPLES) == [str(kind) for kind in TOLD]
    assert set(TOLD) == set(Kind)
    headings = re.findall(r"^### (.*)$", (PROJECT / GUIDE).read_text("utf-8"), flags=re.MULTILINE)
    assert all(heading == capital(heading) for heading in headings)


@pytest.mark.parametrize("kind", TOLD)
def test_the_wrong_example_of_the_guide_gives_its_problem_and_no_other(tiny: Council, kind: Kind) -> None:
    """What a person is told, word for word: the place, what is wrong as it was typed, and the repair."""
    found = TOLD[kind].find(tiny, EXAMPLES[kind][0])
    if kind in (Kind.SAME_AS_BEFORE, Kind.STILL_PROVISIONAL):
        # The cost of a household is both: each is told where the other is not looked at.
        found = tuple(one for one in found if one.kind is kind)

    assert [str(one) for one in found] == TOLD[kind].lines
    assert {one.kind for one in found} == {kind}


@pytest.mark.parametrize("kind", TOLD)
def test_the_right_example_of_the_guide_gives_no_problem(tiny: Council, kind: Kind) -> None:
    """Whoever does what the guide shows is done."""
    found = TOLD[kind].find(tiny, EXAMPLES[kind][1])

    assert [str(one) for one in found if one.severity is Severity.ERROR or one.kind is kind] == []


def test_several_repairs_of_one_cell_are_told_together(tiny: Council) -> None:
    """A cell is opened once: the space, the signs, the decimals and what was printed are one problem."""
    tiny.change(STAFFING, 2, value=" £1,204.50", as_published="1,240")

    assert tiny.problems() == [
        f'{STAFFING}, row 2, column C (value): " £1,204.50" begins or ends with a space. "£1,204.50" has a pound sign '
        'and a comma in it. "£1,204.50" has more decimals than the 0 this figure is published with. The value is '
        '"£1,204.50", but as_published says "1,240". Remove the space. Write 1204.50. Write the figure as it was '
        "published; judgement and page must see the same. Look the figure up in the document, and correct the one that "
        "is wrong."
    ]


def test_a_table_that_is_missing_is_one_problem(tiny: Council) -> None:
    """What other rows name in it is not reported as unknown as well."""
    (tiny.root / SAVINGS).unlink()

    assert tiny.problems() == [
        "2022-23/datapackage.json: savings.csv is listed but is not in the folder. "
        "Add the file, or remove it from the list."
    ]


def test_a_row_of_totals_is_one_problem_whatever_it_holds(tiny: Council) -> None:
    """Commas, missing cells and an unknown measure of the same row are not reported as well."""
    tiny.write(STAFFING, tiny.text(STAFFING) + 'Grand total:,2022/23,"1,204"\n')

    assert tiny.problems() == [
        f'{STAFFING}, row 3: "Grand total:" makes this a row of totals. Delete it: the site adds up itself.'
    ]


def test_a_faulty_row_does_not_hide_the_others(tiny: Council) -> None:
    """A row that is too short is reported with what is wrong in the rows around it."""
    tiny.change(STAFFING, 2, value="38%")
    tiny.write(STAFFING, tiny.text(STAFFING) + "absence,FY2022-23\n")

    assert [(one.where.row, one.kind) for one in tiny.found()] == [(2, Kind.NUMBER), (3, Kind.ROW_LENGTH)]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        pytest.param("Value", "value", id="a capital"),
        pytest.param("Value Status", "value_status", id="capitals and a space"),
        pytest.param("values", "value", id="a letter too many"),
        pytest.param("Result", "value", id="another word in its place"),
    ],
)
def test_a_renamed_heading_is_one_problem_with_the_name_it_had(tiny: Council, heading: str, meant: str) -> None:
    """No column is reported as missing as well."""
    cells = tiny.cells(STAFFING)
    cells[0][cells[0].index(meant)] = heading
    tiny.set_cells(STAFFING, cells)

    (problem,) = tiny.found()
    assert (problem.kind, problem.fix) == (Kind.UNKNOWN_COLUMN, f'Did you mean "{meant}"?')


def test_a_doubt_comes_back_with_another_figure(tiny: Council) -> None:
    """A note answers for the figure it names, and for no other."""
    note = "400 is right: the libraries joined us."
    tiny.change(STAFFING, 2, value="400", note=note)
    assert [one.kind for one in doubts(tiny.load(), DAY) if one.where.file == STAFFING] == []

    tiny.change(STAFFING, 2, value="4000", note=note)
    assert [one.kind for one in doubts(tiny.load(), DAY) if one.where.file == STAFFING] == [Kind.TEN_TIMES]


STAFF_BEFORE = "2021-22/staffing.csv"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        pytest.param("40", "400", "at least ten times", id="exactly ten times"),
        pytest.param("40", "399", "", id="not quite ten times"),
        pytest.param("400", "40", "at most a tenth of", id="exactly a tenth"),
        pytest.param("400", "41", "", id="not quite a tenth"),
        pytest.param("10", "100", "at least ten times", id="a hundred is no small count"),
        pytest.param("9", "99", "", id="99 is a small count"),
        pytest.param("400", "0", "", id="down to nothing"),
        pytest.param("0", "400", "", id="up from nothing"),
        pytest.param("-40", "-400", "at least ten times", id="ten times below zero"),
        pytest.param("-40", "38", "another sign", id="from below zero"),
    ],
)
def test_a_leap_is_doubted_from_ten_times_on(tiny: Council, before: str, now: str, said: str) -> None:
    """A figure is doubted at ten times or a tenth of the one before, and never where one of the two is nothing."""
    tiny.change(STAFF_BEFORE, 2, value=before)
    tiny.change(STAFFING, 2, value=now)
    found = [one.what for one in doubts(tiny.load(), DAY) if one.where.file == STAFFING]

    assert [said in what for what in found] == ([True] if said else [])


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        pytest.param("2.0", "0.2", "at most a tenth of", id="a tenth of two days"),
        pytest.param("1.5", "1.5", "exactly the figure before", id="the same days and tenths"),
        pytest.param("1.5", "1.6", "", id="other tenths"),
        pytest.param("2.0", "2.0", "", id="the same whole number"),
        pytest.param("0.5", "0.5", "", id="the same one digit"),
    ],
)
def test_days_are_doubted_that_leap_or_hardly_come_twice(tiny: Council, before: str, now: str, said: str) -> None:
    """A time of two days is small and leaps all the same, as it is no count; only one with two digits is telling."""
    for file, value in (("2021-22/service_levels.csv", before), (LEVELS, now)):
        tiny.change(file, 3, value=value)
    found = [one.what for one in doubts(tiny.load(), DAY) if (one.where.file, one.where.row) == (LEVELS, 3)]

    assert [said in what for what in found] == ([True] if said else [])


@pytest.mark.parametrize("value", ["2", "150"])
def test_a_change_may_leap(tiny: Council, value: str) -> None:
    """Loans rose by 2% one year and by 20% the next, or by 150%: a change is no size and no share."""
    tiny.copy_row("2022-23/activity.csv", 11, "2021-22/activity.csv", period="FY2021-22", value=value,
                  document_id="annual-report-2021-22")  # fmt: skip

    assert [one for one in doubts(tiny.load(), DAY) if one.where.file.endswith("activity.csv")] == []


@pytest.mark.parametrize("row", [pytest.param(8, id="proposed"), pytest.param(9, id="whose figure is not due yet")])
def test_a_target_of_zero_is_doubted_without_a_figure(tiny: Council, row: int) -> None:
    """A blank becomes a zero in any row, and the target is published before its figure is."""
    tiny.change(LEVELS, row, target="0")

    assert [(one.where.row, one.kind) for one in doubts(tiny.load(), DAY) if one.where.field == "target"] == [
        (row, Kind.TARGET_OF_ZERO)
    ]


_EIGHT = dict(zip((2, 3, 4, 5, 6, 7, 9, 10), ("97.9", "1.5", "4.9", "95.0", "61.50", "91", "93", "88"), strict=True))
"""The rows of eight measures of a year, and figures that hardly come twice."""


@pytest.mark.parametrize(
    ("before", "rows", "other", "copied"),
    [
        pytest.param({}, 3, 0, 0, id="three, where there are no others"),
        pytest.param({}, 4, 0, 4, id="four, where there are no others"),
        pytest.param({3: "100"}, 4, 0, 0, id="four, of which one is 100"),
        pytest.param({3: "0"}, 4, 0, 0, id="four, of which one is nothing"),
        pytest.param({3: "1"}, 4, 0, 4, id="four, of which one is 1"),
        pytest.param({}, 6, 2, 6, id="six of eight"),
        pytest.param({}, 5, 2, 0, id="five of seven"),
    ],
)
def test_a_year_is_a_copy_from_four_figures_and_three_quarters_on(
    tiny: Council, before: dict[int, str], rows: int, other: int, copied: int
) -> None:
    """Four figures as they were, three quarters of all or more, are no chance; but 0 and 100 often come twice."""
    for row, value in (_EIGHT | before).items():
        tiny.change(LEVELS, row, value=value, value_qualifier="", value_status="final")
    known = {row[0]: row[2] for row in tiny.cells(LEVELS) if row[2]}
    lines = [f"{name} {value} {value}" for name, value in list(known.items())[1 : rows + 1]]
    lines += [f"{name} {value} 70" for name, value in list(known.items())[rows + 1 : rows + other + 1]]
    said = [one.what.split()[0] for one in _new_year(tiny, "\n".join(lines)) if one.kind is Kind.COPIED_YEAR]

    assert said == ([str(copied)] if copied else [])


def test_months_that_stay_as_they_were_are_no_copy_of_a_year(tiny: Council) -> None:
    """The first of five months has nothing before it, and the others are told one by one."""
    _new_year(tiny, "bins-on-time 97.9 97.5")
    heading, row = tiny.cells("2023-24/service_levels.csv")
    months = [[row[0], f"2023-M0{month}", *row[2:]] for month in range(4, 9)]
    tiny.set_cells("2023-24/service_levels.csv", [heading, *months])
    found = [one for one in doubts(tiny.load(), DAY) if one.where.file.startswith("2023-24")]

    assert [(one.where.row, one.kind) for one in found] == [(row, Kind.SAME_AS_BEFORE) for row in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("day", "doubted"),
    [
        pytest.param(date(2024, 3, 31), False, id="a year after its period ended"),
        pytest.param(date(2024, 4, 1), True, id="in the month after"),
    ],
)
def test_a_figure_stays_provisional_for_a_year(tiny: Council, day: date, doubted: bool) -> None:  # noqa: FBT001
    """The cost of a household is provisional, and its period ended in March 2023."""
    kinds = [one.kind for one in doubts(tiny.load(), day) if one.where.file == LEVELS]

    assert (Kind.STILL_PROVISIONAL in kinds) is doubted


@pytest.mark.parametrize(
    ("value", "doubted"), [("100", False), ("101", True), ("0", False), ("-1", True)], ids="{}% of all".format
)
def test_a_share_is_doubted_beyond_all(tiny: Council, value: str, doubted: bool) -> None:  # noqa: FBT001
    """All and nothing are shares; more than all is not, nor less than nothing."""
    assert bool(_share(tiny, f"value: {value}")) is doubted


ON_TARGET = ["bins-on-time 98 98", "recycling-refused 5.0 5", "calls-answered-rate 90.0 90", "cost-per-household 62 62"]


@pytest.mark.parametrize(("rows", "doubted"), [(3, False), (4, True)], ids="{} results on their targets".format)
def test_results_that_are_their_targets_are_doubted_from_four_on(
    tiny: Council,
    rows: int,
    doubted: bool,  # noqa: FBT001
) -> None:
    """Three results on their targets may be chance; four, where there are no others, hardly are."""
    assert bool(_targets(tiny, "\n".join(ON_TARGET[:rows]))) is doubted


def test_a_target_without_a_result_is_not_counted(tiny: Council) -> None:
    """Four results are their targets, and what readers thought was not measured: those four are all there are."""
    unmeasured = tiny.cells("2021-22/service_levels.csv")[6]
    _targets(tiny, "\n".join(ON_TARGET))
    tiny.set_cells("2021-22/service_levels.csv", [*tiny.cells("2021-22/service_levels.csv"), unmeasured])
    found = [one.what for one in doubts(tiny.load(), DAY) if one.kind is Kind.TARGET_IS_RESULT]

    assert found == ["all 4 results are exactly their targets."]


def test_a_result_on_its_target_that_a_note_says_is_right_is_not_counted(tiny: Council) -> None:
    """Of the four one is known to be right, so they are no longer all of the year."""
    _targets(tiny, "\n".join(ON_TARGET))
    tiny.change("2021-22/service_levels.csv", 2, note="98 is right.")

    assert [one for one in doubts(tiny.load(), DAY) if one.kind is Kind.TARGET_IS_RESULT] == []


def test_small_counts_leap_without_a_doubt(tiny: Council) -> None:
    """Twelve missed bins after one are no slip of the decimal point."""
    tiny.change("2022-23/activity.csv", 4, value="1")
    tiny.change("2022-23/activity.csv", 6, value="12")

    assert [one for one in doubts(tiny.load(), DAY) if one.where.file.endswith("activity.csv")] == []


def test_the_doubts_of_the_worked_example_are_its_provisional_figures() -> None:
    """Three figures of the last year were never published as final, and nothing else of the example is doubtful."""
    found = doubts(Council(PROJECT / "datapackages").load(), DAY)

    assert [(one.where.file, one.where.row, one.kind) for one in found] == [
        ("2017-18/service_levels.csv", row, Kind.STILL_PROVISIONAL) for row in (2, 3, 4)
    ]
    assert {one.severity for one in found} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("file", "row", "cells", "problem"),
    [
        pytest.param(
            "register/measures.csv",
            2,
            {"measure_id": "bins-on-tim"},
            "register/measures.csv, row 2, column A (measure_id): nothing names 'bins-on-tim', but 3 rows name "
            "'bins-on-time'. Did you mean 'bins-on-time'?",
            id="a measure",
        ),
        pytest.param(
            "register/measures.csv",
            2,
            {"measure_id": "Bins on time"},
            'register/measures.csv, row 2, column A (measure_id): "Bins on time" is not written as this column needs '
            "it. Use small letters, digits and single hyphens, such as bins-on-time.",
            id="a measure with capitals",
        ),
        pytest.param(
            "register/documents.csv",
            2,
            {"document_id": ""},
            "register/documents.csv, row 2, column A (document_id): the cell is empty. Permanent "
            "identifier of the document. For example: annual-review-2013-14.",
            id="a document without its identifier",
        ),
    ],
)
def test_a_slip_in_the_register_is_told_there(
    tiny: Council, file: str, row: int, cells: dict[str, str], problem: str
) -> None:
    """One letter missing in the register is not told at every row that names the measure rightly."""
    tiny.change(file, row, **cells)

    assert tiny.problems() == [problem]


def test_a_row_of_the_register_that_is_only_like_another_is_no_slip(tiny: Council) -> None:
    """Where the register has another word, the rows that name it are told, because either may be wrong."""
    tiny.change("register/services.csv", 3, service_id="library")

    assert "register/services.csv" not in {one.where.file for one in tiny.found()}
    assert {one.kind for one in tiny.found()} == {Kind.UNKNOWN_IDENTIFIER}
