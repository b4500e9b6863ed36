"""What was begun for a new year and left: none of it passes for finished, and first figures are no corrections."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.editing.against import against
from macros.editing.editions import edition
from macros.editing.new_year import new_year
from macros.errors import ReportError

from .builders import Council
from .sites import DAY

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEVELS = "2023-24/service_levels.csv"
DONE = {
    "value": "98.2", "value_status": "final", "target_status": "set", "as_published": "98.2%",
    "place": "Table 1, row 1",
}  # fmt: skip


@pytest.fixture(name="begun")
def _begun(tiny: Council) -> Council:
    """Return the invented council with a year that was begun, whose document is out."""
    new_year(tiny.root, "2023-24", NOW)
    tiny.change("register/documents.csv", 4, status="annual report", published="D2024-07-01")
    return tiny


def test_a_figure_beside_a_target_nobody_has_set_is_refused(begun: Council) -> None:
    """97.5% against a proposed 98% would count nowhere, so that a miss would vanish."""
    begun.change(LEVELS, 2, **DONE | {"value": "97.5", "as_published": "97.5%", "target_status": "proposed"})
    assert begun.problems() == [
        f'{LEVELS}, row 2, column H (target_status): there is a figure, but its target is "proposed". Write set where '
        "the target was in force. A target for later has a row of its own, with no figure."
    ]


def test_a_figure_comes_from_a_document_that_is_published(tiny: Council) -> None:
    """A figure whose document is still to come, or whose place was never written, is refused at that cell."""
    new_year(tiny.root, "2023-24", NOW)
    tiny.change(LEVELS, 2, **DONE)
    (said,) = tiny.problems()
    assert said.startswith(
        f"{LEVELS}, row 2, column N (document_id): there is a figure, but 'figures-2023-24' is \"not published yet\"."
    )
    tiny.change("register/documents.csv", 4, status="annual report", published="D2024-07-01")
    assert tiny.problems() == []
    tiny.change(LEVELS, 2, place="Not published yet. Target of 2022/23, carried forward")
    (said,) = tiny.problems()
    assert said.startswith(
        f'{LEVELS}, row 2, column O (place): there is a figure, but its place is "Not published yet.'
    )


@pytest.mark.parametrize("why", ["TBC", "tbc.", "n/a", "–", "To follow", "not stated"])
def test_a_reason_is_a_reason(tiny: Council, why: str) -> None:
    """What stands for a reason that somebody meant to write later is none."""
    tiny.change("2022-23/actions.csv", 2, why=why)
    (said,) = tiny.problems()
    assert f"the target of 'bins-on-time' was missed, and the reason is \"{why}\"." in said


def test_first_figures_are_news_and_no_corrections(begun: Council, tmp_path: Path) -> None:
    """A year that was published as it was begun is filled in: it asks for a new version, and for no correction."""
    before = tmp_path / "before"
    shutil.copytree(begun.root, before)
    begun.change(LEVELS, 2, **DONE)
    with pytest.raises(ReportError) as caught:
        against(begun.load(), edition(begun.root, str(before)), DAY)
    assert [str(problem) for problem in caught.value.problems] == [
        "2023-24/datapackage.json: version 0.1.0 was published, and this is 0.1.0, but figures of service_levels.csv "
        "are new. Write version 0.2.0 or higher."
    ]
    begun.describe("2023-24", lambda package: package.update(version="1.0.0", created="2024-07-01T09:30:00+01:00"))
    assert "Nothing of" in against(begun.load(), edition(begun.root, str(before)), DAY)


def test_a_document_that_comes_out_breaks_nothing(tiny: Council, tmp_path: Path) -> None:
    """The day and the status of an awaited document are news: programs of readers go on."""
    new_year(tiny.root, "2023-24", NOW)
    before = tmp_path / "before"
    shutil.copytree(tiny.root, before)
    tiny.change("register/documents.csv", 4, status="annual report", published="D2024-07-01")
    with pytest.raises(ReportError, match=r"Write version 1\.2\.0 or higher"):
        against(tiny.load(), edition(tiny.root, str(before)), DAY)
