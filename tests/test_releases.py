"""When packages were released and last changed: by what they say, and where they say nothing by their documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from macros.errors import Where
from macros.meaning.releases import Release, issued, modified, releases
from macros.reading.gate import Folder
from macros.reading.reports import Reports
from macros.records import Correction, Period, Source

from .builders import a_document, an_observation, some_reports

FIRST, SECOND = "2021-22", "2022-23"


def _reports(*created: str, **changes: Any) -> Reports:
    """Return reports of two years whose packages were made at some moments; empty where they do not say when."""
    made = dict(zip((FIRST, SECOND), created, strict=True))
    folders = {
        year: Folder(year, {"name": f"package-{year}", "version": "1.0.0"} | ({"created": when} if when else {}), {},
                     frozenset())
        for year, when in made.items()
    }  # fmt: skip
    return some_reports(folders=folders, **changes)


def _correction(year: str, day: str) -> Correction:
    """Return a correction of a year's package."""
    origin = Where(f"{year}/corrections.csv", 2)
    return Correction(
        "a", Period.parse(day), "savings", "fuel", "value", "1", "2", "correction", "Misread.", year, origin
    )


def test_releases_are_what_packages_say_of_themselves() -> None:
    """A package that does not say when it was made, or has no descriptor, says nothing."""
    reports = _reports("2022-07-04T09:30:00Z", "")
    assert releases(reports) == (
        Release(FIRST, "package-2021-22", "1.0.0", "2022-07-04T09:30:00Z"),
        Release(SECOND, "package-2022-23", "1.0.0", ""),
    )
    without = replace(reports, folders={FIRST: Folder(FIRST, None, {}, frozenset())})
    assert releases(without) == (Release(FIRST, "", "", ""),)


@pytest.mark.parametrize(
    ("created", "years", "first", "last"),
    [
        pytest.param(("2022-07-04T23:59:00Z", "2023-07-03"), [FIRST, SECOND], (2022, 7, 4), (2023, 7, 3), id="both"),
        pytest.param(
            ("2023-07-03", "2022-07-04"), [FIRST, SECOND], (2022, 7, 4), (2023, 7, 3), id="the other way round"
        ),
        pytest.param(("2022-07-04", "2023-07-03"), [FIRST], (2022, 7, 4), (2022, 7, 4), id="the first alone"),
        pytest.param(("2022-07-04", "2023-07-03"), [SECOND], (2023, 7, 3), (2023, 7, 3), id="the second alone"),
        pytest.param(("", "2023-07-03"), [FIRST, SECOND], (2023, 7, 3), (2023, 7, 3), id="one does not say"),
        pytest.param(("", "2023-07-03"), [FIRST], None, None, id="the one asked for does not say"),
    ],
)
def test_the_first_and_the_last_day(
    created: tuple[str, str], years: list[str], first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    """Some packages were issued on the day of their first release, and last changed on the day of their newest."""
    reports = _reports(*created)
    assert issued(reports, years) == (first and date(*first))
    assert modified(reports, years) == (last and date(*last))


def test_a_correction_is_a_change_of_its_own_year_alone() -> None:
    """A correction moves the last day of its package, and is no release."""
    reports = _reports("2022-07-04", "2023-07-03", corrections=(_correction(FIRST, "D2024-01-31"),))
    assert (modified(reports, [FIRST]), issued(reports, [FIRST])) == (date(2024, 1, 31), date(2022, 7, 4))
    assert modified(reports, [SECOND]) == date(2023, 7, 3)


@pytest.mark.parametrize(
    ("published", "last"),
    [
        pytest.param("2022-M07", date(2022, 7, 31), id="in some month: by its last day"),
        pytest.param("", date(2022, 3, 31), id="nobody knows when: not before the last day it is about"),
    ],
)
def test_packages_that_say_nothing_are_as_old_as_their_documents(published: str, last: date) -> None:
    """The data are no older than the day on which the document was published, or ends."""
    document = replace(a_document(), published=Period.parse(published) if published else None)
    rows = (an_observation(source=Source(document, "Table 1")),)
    assert modified(_reports("", "", observations=rows), [FIRST]) == last
    assert modified(_reports("2020-01-01", "", observations=rows), [FIRST]) == date(2020, 1, 1)
    assert modified(_reports("", "", observations=rows), [SECOND]) is None
