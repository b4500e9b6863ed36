"""What is expected and not there is told: due by a day, then late by so many days; a new year explains its misses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from macros.meaning.lateness import expected
from macros.publishing.changes import change_files
from macros.publishing.files import publication
from macros.publishing.tables import Tables
from macros.reading.reports import Reports

from .builders import GOOD_COUNCIL, Council
from .sites import DAY, Built, a_project, a_site, settings

HEADING = ["package", "resource", "due", "note"]
BEFORE, ON, AFTER = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)


def _calendar(council: Council, *rows: list[str]) -> Council:
    """Write a calendar into the register."""
    council.set_cells("register/calendar.csv", [HEADING, *rows])
    listed = {"name": "calendar", "path": "calendar.csv"}
    council.describe("register", lambda package: package["resources"].append(listed))
    return council


def _level(council: Council, **cells: str) -> None:
    """Type into the row of bins on time in the newest year."""
    council.change("2022-23/service_levels.csv", 2, **cells)


@pytest.mark.parametrize(("day", "late"), [(BEFORE, 0), (ON, 0), (AFTER, 1), (date(2026, 11, 23), 41)])
def test_a_table_is_late_the_day_after_it_was_due(day: date, late: int, tiny: Council) -> None:
    """On the day itself nothing is late; 41 days after 13 October is 23 November."""
    _calendar(tiny, ["2023-24", "savings", "D2026-10-13", ""])
    assert [one.days_late for one in expected(tiny.load(), day)] == [late]


def test_what_is_published_is_never_late(tiny: Council) -> None:
    """A year with rows of a table is published, however late they came; what is not there is late."""
    _calendar(tiny, ["2022-23", "savings", "D2023-06-30", ""], ["2023-24", "savings", "D2024-06-30", ""])
    found = {one.year: (one.is_published, one.is_late, one.days_late) for one in expected(tiny.load(), AFTER)}
    assert found == {"2022-23": (True, False, 0), "2023-24": (False, True, 836)}  # 30 June 2024 to 14 October 2026


def test_what_is_expected_is_told_by_year(tiny: Council) -> None:
    """However the calendar is written the earlier year stands first, and the tables of a year as they are written."""
    year, day = "2023-24", "D2026-10-13"
    _calendar(tiny, [year, "staffing", day, ""], ["2022-23", "savings", day, ""], [year, "activity", day, ""])
    found = [(one.year, one.resource) for one in expected(tiny.load(), AFTER)]
    assert found == [("2022-23", "savings"), ("2023-24", "staffing"), ("2023-24", "activity")]


def test_rows_that_only_say_not_yet_due_are_not_published(tiny: Council) -> None:
    """A table whose every figure is still to come is not there yet; one figure, or another reason, makes it so."""
    _calendar(tiny, ["2022-23", "staffing", "D2023-06-30", ""])
    tiny.change("2022-23/staffing.csv", 2, value="", value_status="not yet due")
    assert [one.is_published for one in expected(tiny.load(), AFTER)] == [False]
    tiny.change("2022-23/staffing.csv", 2, value="", value_status="suppressed")
    assert [one.is_published for one in expected(tiny.load(), AFTER)] == [True]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["2023/24", "savings", "D2024-06-30", ""], '"2023/24" is not a year as folders are named. Write it such as'),
        (["2023-25", "savings", "D2024-06-30", ""], '"2023-25" is not a year as folders are named.'),
        (["2023-24", "savings", "2024-M06", ""], "2024-M06 is not a day. Write the day, such as D2020-06-30."),
        (["2023-24", "saving", "D2024-06-30", ""], "not one of the words this column takes. Did you mean"),
        (["2023-24", "savings", "30/06/2024", ""], '"30/06/2024" is not a period'),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)  # fmt: skip
def test_a_calendar_that_cannot_be_read_is_reported(row: list[str], problem: str, tiny: Council) -> None:
    """The officer is told the row and the column, and how a year, a table and a day are written."""
    _calendar(tiny, row)
    (found,) = tiny.problems()
    assert found.startswith("register/calendar.csv, row 2, column ")
    assert problem in found


def _late(council: Council) -> Reports:
    rows = (["2022-23", "commitments", "D2026-10-13", ""], ["2023-24", "savings", "D2026-11-21", "After the audit."])
    _calendar(council, *rows)
    council.set_cells("2022-23/commitments.csv", council.cells("2022-23/commitments.csv")[:1])
    return council.load()


def test_the_index_says_what_is_late(tiny: Council) -> None:
    """A program reads the day and the days late, and the index keeps to its schema."""
    files = publication(Tables(_late(tiny)), settings(), today=date(2026, 11, 23))
    index = json.loads(files["data/index.json"])
    assert index["expected"] == [
        {"year": "2022-23", "table": "commitments", "due": "2026-10-13", "published": False, "days_late": 41},
        {"year": "2023-24", "table": "savings", "due": "2026-11-21", "published": False, "days_late": 2},
    ]
    jsonschema.validate(index, json.loads(files["data/index.schema.json"]))


def test_the_feed_tells_once_that_something_became_late(tiny: Council) -> None:
    """The entry appears on the day after, is the same on every later day, and is not there before."""
    reports = _late(tiny)

    def entries(day: date) -> list[tuple[str, ...]]:
        feed = ET.fromstring(change_files(reports, settings(), "", day)["feed.xml"])  # noqa: S314 - our own
        atom = "{http://www.w3.org/2005/Atom}"
        found = [tuple(one.findtext(f"{atom}{name}", "") for name in ("title", "updated", "id", "summary"))
                 for one in feed.iter(f"{atom}entry")]  # fmt: skip
        return [one for one in found if one[0].startswith("Late")]

    assert entries(ON) == []
    (first,) = entries(AFTER)
    assert first[:2] == ("Late: commitments of 2022/23", "2026-10-14T00:00:00Z")
    assert first[3] == "Commitments of 2022/23: 13 October 2026 has passed, and nothing is published."
    assert first in entries(date(2027, 1, 1))


@pytest.fixture(name="late_site", scope="module")
def _late_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site built on 22 November 2026, as every site of the tests is."""
    assert date(2026, 11, 22) == DAY
    project = a_project(tmp_path_factory.mktemp("late"), GOOD_COUNCIL)
    _late(Council(project / "datapackages"))
    return a_site(project, Path(project, "site"))


def test_the_home_page_says_that_the_newest_year_is_late(late_site: Built) -> None:
    """From 13 October to 22 November are 40 days; from 21 November one."""
    home = late_site.text("")
    assert "2022/23 is late: commitments by 40 days." in home
    assert "2023/24 is late: savings by 1 day." in home


def test_the_page_of_a_year_says_what_is_to_come(late_site: Built) -> None:
    """The page of the year names the table and the day; a year without a page stands in the list of years."""
    assert "Commitments: late by 40 days, due by 13 October 2026." in late_site.text("years/2022-23/")
    assert "2023/24, savings: late by 1 day, due by 21 November 2026. After the audit." in late_site.text("years/")


def test_the_calendar_is_published_and_explained(late_site: Built) -> None:
    """The table is in the package of every year, and its columns in the dictionary."""
    assert "D2026-10-13" in (late_site.root / "data/2022-23/calendar.csv").read_text("utf-8")
    assert "The last day on which it is on time" in late_site.text("data/dictionary/")


def test_a_site_without_a_calendar_says_nothing(northmoor_site: Built) -> None:
    """Where no day is known nothing is late."""
    for page in ("", "years/", "years/2022-23/"):
        assert "late by" not in northmoor_site.text(page)
    assert "expected" not in json.loads((northmoor_site.root / "data/index.json").read_text("utf-8"))


# A new year explains its misses


def test_a_settled_miss_of_a_new_year_needs_a_reason(tiny: Council) -> None:
    """2.6 days miss a target of at most 2, and nothing is said: the officer is told where to say it."""
    tiny.change("2022-23/service_levels.csv", 3, value="2.6", as_published="2.6 days")
    assert tiny.problems() == [
        '2022-23/service_levels.csv, row 3, column C (value): "2.6" misses the target <= 2, and no row of '
        "2022-23/actions.csv says why. Add a row for missed-bin-repair-time and FY2022-23: what happened, why, and "
        "what is done about it."
    ]
    tiny.copy_row("2022-23/actions.csv", 2, measure_id="missed-bin-repair-time")
    assert tiny.problems() == []


@pytest.mark.parametrize(
    "why",
    [
        *("not stated", "tbc", "TBC", "t.b.c.", "TBA.", "To be confirmed.", "to follow"),
        *("N/A", "n.a.", "None", "unknown", "–", "?", "...", "x"),
    ],
)
def test_a_reason_that_is_not_stated_is_none(why: str, tiny: Council) -> None:
    """Whoever reports on a new year knows why, and says so."""
    tiny.change("2022-23/actions.csv", 2, why=why)
    assert tiny.problems() == [
        "2022-23/actions.csv, row 2, column D (why): the target of 'bins-on-time' was missed, and the reason is "
        f'"{why}". Write why: the year is new, so somebody knows.'
    ]


def test_a_figure_that_may_still_change_waits_for_its_reason(tiny: Council) -> None:
    """The cost of £61.50 misses £60, but is provisional; once it is final it needs a reason."""
    assert tiny.problems() == []
    tiny.change("2022-23/service_levels.csv", 6, value_status="final")
    assert 'row 6, column C (value): "61.50" misses the target <= 60' in tiny.problems()[0]


def test_a_year_copied_from_an_old_document_may_leave_it_open(tiny: Council) -> None:
    """A package made more than a year after its newest document was transcribed: nobody can be asked any more."""
    tiny.change("2022-23/service_levels.csv", 3, value="2.6", as_published="2.6 days")
    published = date(2023, 7, 3)
    for days, problems in ((366, 1), (367, 0)):
        made = {"created": f"{published + timedelta(days=days)}T09:30:00Z"}
        tiny.describe("2022-23", partial(dict.update, **made))
        assert len(tiny.problems()) == problems


def test_an_old_document_beside_the_new_one_leaves_nothing_open(tiny: Council) -> None:
    """A row from a report of July 2022 makes no package of May 2024 a copy, as its newest is of July 2023."""
    tiny.change("2022-23/service_levels.csv", 3, value="2.6", as_published="2.6 days")
    tiny.change("2022-23/staffing.csv", 2, document_id="annual-report-2021-22")
    tiny.describe("2022-23", lambda package: package.update(created="2024-05-01T09:30:00Z"))
    assert [one.split(",")[0] for one in tiny.problems()] == ["2022-23/service_levels.csv"]


def test_of_three_years_the_newest_is_asked(tiny: Council) -> None:
    """What 2022/23 missed was let stand once 2023/24 is there, which has its own miss: 97.9% of at least 98%."""
    tiny.set_cells("2022-23/actions.csv", tiny.cells("2022-23/actions.csv")[:1])
    assert [one.split(",")[0] for one in tiny.problems()] == ["2022-23/service_levels.csv"]
    heading, bins, *_ = tiny.cells("2022-23/service_levels.csv")
    (tiny.root / "2023-24").mkdir()
    tiny.set_cells("2023-24/service_levels.csv", [heading, [bins[0], "FY2023-24", *bins[2:]]])
    descriptor = json.loads(tiny.text("2022-23/datapackage.json"))
    descriptor["resources"] = [{"name": "service_levels", "path": "service_levels.csv"}]
    tiny.write("2023-24/datapackage.json", json.dumps(descriptor))
    assert [one.split(",")[0] for one in tiny.problems()] == ["2023-24/service_levels.csv"]


def test_an_earlier_year_is_left_as_it_was_published(tiny: Council) -> None:
    """Only the newest year is asked: calls answered in 2021/22 missed their target, and nothing was said."""
    assert tiny.load().levels("2021-22")
    assert tiny.problems() == []
