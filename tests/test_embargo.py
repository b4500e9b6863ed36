"""A year under embargo is in nothing that is published until its moment; a preview is never published.

In these tests the newest year of the invented council is under embargo, and brings a measure, a service and a body of
its own.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.cli import main
from macros.editing.against import against
from macros.editing.editions import edition
from macros.errors import ReportError
from macros.meaning.checked import publishable
from macros.reading.reports import Reports
from macros.records import Outcome

from .builders import GOOD_COUNCIL, Council
from .sites import DAY, Built, a_project, fingerprint

UNTIL = f"{DAY + timedelta(days=8)}T09:30:00+01:00"
ENDS = datetime.fromisoformat(UNTIL)
BEFORE, AFTER = ENDS - timedelta(seconds=1), ENDS
REPORT = "annual-report-2022-23"
SECRETS = (
    # identifiers, titles, figures as printed and words of the year
    REPORT, "Annual report 2022/23", "2022-23", "sunday-opening", "Branches will open on Sundays", "61.50 (p)",
    "Snow stopped the rounds", "wheeled-bins-delivered", "The last wheeled bins came", "bin-savings-do-not-add-up",
    "about <9,100>", "Two digits were misread", "97.9", "make good",
    # what is new in the register with the year, and what becomes known of earlier years with it
    "crates-returned", "Crates returned", "crate-exchange", "Exchange of crates", "crate-brothers", "Crate Brothers",
    "staff-counted-twice", "In March 2022 we were 41", "wet paper",
)  # fmt: skip


def _embargo(council: Council) -> Council:
    """Put the newest year under embargo, with a body, a service and a measure that only it needs."""
    council.describe("2022-23", lambda package: package.update(embargo=UNTIL))
    council.change("register/documents.csv", 3, published=f"D{ENDS.date()}")
    council.copy_row("register/bodies.csv", 4, body_id="crate-brothers", title="Crate Brothers", note="")
    council.copy_row(
        "register/services.csv", 2, service_id="crate-exchange", title="Exchange of crates",
        provider_id="crate-brothers", description="Old crates for new ones.",
    )  # fmt: skip
    council.copy_row(
        "register/measures.csv", 10, measure_id="crates-returned", service_id="crate-exchange",
        title="Crates returned", meaning="Crates that came back.", parts="",
    )  # fmt: skip
    council.copy_row(
        "2022-23/activity.csv", 4, measure_id="crates-returned", period="FY2022-23", value="777", as_published="777"
    )
    return council


@pytest.fixture(name="shut")
def _shut(tiny: Council) -> Council:
    return _embargo(tiny)


def test_before_its_moment_the_year_is_not_there(shut: Council) -> None:
    """A second before, there is one year, and nothing of the register that only the other needs."""
    public = publishable(shut.load(), BEFORE)
    assert public.years == ("2021-22",)
    assert "crates-returned" not in public.measures
    assert "crate-exchange" not in public.services
    assert "crate-brothers" not in public.bodies
    assert REPORT not in public.documents
    assert [name.period.code for name in public.names] == ["FY2021-22"]
    assert public.breaks == ()


def test_what_other_years_need_stays(shut: Council) -> None:
    """A measure, a service and a body that the year shares with the year before are published as they were."""
    public = publishable(shut.load(), BEFORE)
    assert {"bins-on-time", "staff-employed"} <= set(public.measures)
    assert list(public.services) == ["bin-collection", "libraries"]
    assert len(public.series("bins-on-time")) == 1
    rate = public.measures["calls-answered-rate"]
    assert (rate.numerator_id, rate.denominator_id) == ("calls-answered", "calls-offered")


def test_what_only_a_note_on_the_year_needs_waits(shut: Council) -> None:
    """The name that the year gives to its new measure shows it no earlier than its figure does."""
    _plan(shut)
    shut.copy_row("register/names.csv", 2, measure_id="crates-returned", period="FY2022-23", document_id="plan-2022-23")
    public = publishable(shut.load(), BEFORE)
    assert "crates-returned" not in public.measures
    assert "plan-2022-23" not in public.documents
    assert [name.period.code for name in public.names] == ["FY2021-22"]


def test_bodies_that_followed_each_other_wait_together(shut: Council) -> None:
    """A firm that became another, and was founded again: the search of what the year needs comes to its end."""
    shut.copy_row("register/bodies.csv", 5, body_id="crate-sons", title="Crate Sons", successor_id="crate-brothers")
    shut.change("register/bodies.csv", 5, successor_id="crate-sons")
    assert list(publishable(shut.load(), BEFORE).bodies) == ["northmoor", "old-northmoor", "tidy-streets"]


def test_a_measure_under_embargo_may_have_the_identifier_of_a_service(shut: Council) -> None:
    """Only the measure is hidden: the service stays, and so do the measures of it."""
    shut.change("register/measures.csv", 20, measure_id="bin-collection")
    shut.change("2022-23/activity.csv", 13, measure_id="bin-collection")
    public = publishable(shut.load(), BEFORE)
    assert "bin-collection" not in public.measures
    assert public.measures["bins-on-time"].service.id == "bin-collection"


def test_what_became_of_a_promise_waits(shut: Council) -> None:
    """The report under embargo shows that a promise was kept late: until then no later document says."""
    everything = shut.load()
    assert everything.commitments[0].outcome is Outcome.KEPT_LATE
    kept = publishable(everything, BEFORE).commitments
    assert [(promise.outcome, promise.outcome_quote) for promise in kept] == [(Outcome.UNKNOWN, "")]
    assert publishable(everything, AFTER).commitments == everything.commitments


def test_an_outcome_that_an_open_document_shows_is_told(shut: Council) -> None:
    """The report of the year before shows what became of the promise, and is published."""
    shut.change("2021-22/commitments.csv", 2, outcome_document_id="annual-report-2021-22")
    (kept,) = publishable(shut.load(), BEFORE).commitments
    assert (kept.outcome, kept.outcome_quote) == (Outcome.KEPT_LATE, "The last wheeled bins came in December.")


def test_an_outcome_waits_for_an_early_document_that_nothing_else_quotes(shut: Council) -> None:
    """The plan for the year came out before it, but only the outcome of a promise is known from it."""
    _plan(shut)
    shut.change("2021-22/commitments.csv", 2, outcome_document_id="plan-2022-23")
    public = publishable(shut.load(), BEFORE)
    assert [promise.outcome for promise in public.commitments] == [Outcome.UNKNOWN]
    assert "plan-2022-23" not in public.documents


def test_a_correction_that_tells_an_outcome_waits(shut: Council) -> None:
    """The line of the ledger that says the outcome was written tells it as well, so it waits with it."""
    table = shut.cells("2021-22/corrections.csv")
    cells = ["wheeled-bins-a", "D2026-11-20", "commitments", "wheeled-bins", "outcome", "no later document says"]
    shut.set_cells("2021-22/corrections.csv", [*table, [*cells, "kept late", "revision", "It came."]])
    everything = shut.load()
    assert len(everything.corrections) == 2
    assert publishable(everything, BEFORE).corrections == ()


@pytest.mark.parametrize(
    ("resource", "key", "field", "old", "new"),
    [
        pytest.param("service_levels", "calls-answered-rate FY2021-22", "target", "90", "95", id="of a target"),
        pytest.param("commitments", "wheeled-bins", "place", "Section 4", "{}", id="of the promise, not its outcome"),
    ],
)
def test_a_correction_that_tells_nothing_secret_stays(
    shut: Council, resource: str, key: str, field: str, old: str, new: str
) -> None:
    """What was corrected in a year that is published is told, whichever year is under embargo."""
    heading, row, *_ = shut.cells(f"2021-22/{resource}.csv")
    new = new.format(row[heading.index(field)])
    table = shut.cells("2021-22/corrections.csv")
    change = ["told", "D2026-11-20", resource, key, field, old, new, "correction", "It was misread."]
    shut.set_cells("2021-22/corrections.csv", [*table, change])
    assert [one.id for one in publishable(shut.load(), BEFORE).corrections] == ["told"]


def test_a_document_without_a_day_is_under_embargo_with_its_year(shut: Council) -> None:
    """Nobody knows when the report came out, so it was not there before."""
    shut.change("register/documents.csv", 3, published="")
    assert REPORT not in publishable(shut.load(), BEFORE).documents


def test_at_its_moment_everything_is_there(shut: Council) -> None:
    """At half past nine exactly the year is published."""
    everything = shut.load()
    assert publishable(everything, AFTER) is everything


def test_a_moment_has_a_zone(shut: Council) -> None:
    """Half past nine an hour east of Greenwich is half past eight there."""
    at = datetime(ENDS.year, ENDS.month, ENDS.day, 8, 29, 59, tzinfo=UTC)
    assert publishable(shut.load(), at).years == ("2021-22",)
    assert len(publishable(shut.load(), at + timedelta(seconds=1)).years) == 2


def test_a_published_row_that_names_a_document_under_embargo_is_refused(shut: Council) -> None:
    """A figure of an earlier year that comes from the report under embargo would tell what it says."""
    shut.change("2021-22/staffing.csv", 2, document_id=REPORT)
    with pytest.raises(ReportError) as caught:
        publishable(shut.load(), BEFORE)
    assert [str(problem) for problem in caught.value.problems] == [
        f"2021-22/staffing.csv, row 2: this row is published now and names '{REPORT}', which is under embargo until "
        f"{UNTIL}. Wait with this row until the embargo has ended, or move it to the package of the year under embargo."
    ]


def test_a_published_total_that_only_a_year_under_embargo_explains_is_refused(shut: Council) -> None:
    """60,000 and 40,000 are printed as 105,000: the year under embargo says so, and the page would say nothing."""
    shut.change("2021-22/savings.csv", 4, value="105000", as_published="£105k")
    shut.copy_row(
        "2022-23/discrepancies.csv", 2, discrepancy_id="old-savings", document_id="annual-report-2021-22",
        printed="105000", recomputed="100000", touches="bin-savings-2021-22",
    )  # fmt: skip
    everything = shut.load()
    with pytest.raises(ReportError) as caught:
        publishable(everything, BEFORE)
    assert [str(problem).partition(". ")[0] for problem in caught.value.problems] == [
        '2021-22/savings.csv, row 4, column F (value): the value is "105000", but its parts (round-savings-2021-22, '
        "fuel-savings-2021-22) add up to 100000"
    ]
    assert publishable(everything, AFTER) is everything


def test_a_published_discrepancy_that_touches_a_row_under_embargo_is_refused(shut: Council) -> None:
    """Without the year there is no such saving; rows of what is left stand elsewhere, so only the file is named."""
    shut.copy_row(
        "2021-22/discrepancies.csv", 2, discrepancy_id="two-sums", other_quote="", other_document_id="",
        other_place="", touches="staff-employed bin-savings-2022-23",
    )  # fmt: skip
    with pytest.raises(ReportError) as caught:
        publishable(shut.load(), BEFORE)
    assert [str(problem) for problem in caught.value.problems] == [
        "2021-22/discrepancies.csv: there is no row 'bin-savings-2022-23'. It is under embargo. Wait with this row "
        "until the embargo has ended, or move it to the package of the year under embargo."
    ]


def _plan(council: Council) -> None:
    """Add a plan for the year under embargo that came out before it."""
    council.copy_row("register/documents.csv", 3, document_id="plan-2022-23", title="The plan", published="D2022-03-01")


def test_a_plan_that_nothing_published_quotes_waits(shut: Council) -> None:
    """Nobody needs it yet, so its title would only tell that the year is there."""
    _plan(shut)
    assert "plan-2022-23" not in publishable(shut.load(), BEFORE).documents


def test_a_document_published_earlier_is_no_secret(shut: Council) -> None:
    """A plan for the year that came out before, and that an earlier year quotes, is published as it was."""
    _plan(shut)
    shut.change("2021-22/milestones.csv", 2, document_id="plan-2022-23")
    assert "plan-2022-23" in publishable(shut.load(), BEFORE).documents


def test_a_total_loses_a_part_that_is_new(shut: Council) -> None:
    """A new measure that an old one counts as its part is hidden there, too."""
    shut.change("register/measures.csv", 10, parts="loans-adults loans-children crates-returned")
    shut.change("register/measures.csv", 20, service_id="libraries")
    shut.change("2022-23/activity.csv", 8, value="30777", as_published="30,777")
    shut.change("2022-23/activity.csv", 11, value="23", as_published="up 23%")
    public = publishable(shut.load(), BEFORE)
    assert public.measures["loans"].parts == ("loans-adults", "loans-children")


@pytest.mark.parametrize("hidden", ["numerator_id", "denominator_id"])
def test_a_rate_loses_both_counts_where_one_is_new(shut: Council, hidden: str) -> None:
    """A rate of one number says nothing, so both are left out until the new one is published."""
    shut.change("register/measures.csv", 20, service_id="bin-collection")
    counts = {"numerator_id": "calls-answered", "denominator_id": "calls-offered"} | {hidden: "crates-returned"}
    shut.change("register/measures.csv", 5, **counts)
    for year, row in (("2021-22", 5), ("2022-23", 5)):
        shut.change(f"{year}/service_levels.csv", row, value="", value_status="not published", as_published="")
    found = publishable(shut.load(), BEFORE).measures["calls-answered-rate"]
    assert (found.numerator_id, found.denominator_id) == ("", "")


def test_a_duty_that_the_report_under_embargo_shows_waits(shut: Council) -> None:
    """A row of the register that comes from the report would tell what it says."""
    shut.change("register/governance.csv", 3, document_id=REPORT)
    assert [duty.id for duty in publishable(shut.load(), BEFORE).duties] == ["scrutiny-committee"]
    assert len(publishable(shut.load(), AFTER).duties) == 2


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2027-06-30", '"2027-06-30" is not a day and a time. Write a day and a time with its zone, such as'),
        ("2027-06-30T09:30:00", '"2027-06-30T09:30:00" is not a day and a time.'),
    ],
)
def test_an_embargo_is_a_moment_with_its_zone(typed: str, problem: str, tiny: Council) -> None:
    """A day alone, or a time without its zone, does not say when."""
    tiny.describe("2022-23", lambda package: package.update(embargo=typed))
    assert [problem in line for line in tiny.problems()] == [True]


def test_the_register_has_no_embargo(tiny: Council) -> None:
    """The register is of every year, so it cannot wait for one."""
    tiny.describe("register", lambda package: package.update(embargo=UNTIL))
    assert tiny.problems()[0].startswith("register/datapackage.json: the register cannot be under embargo.")


def test_what_was_published_is_not_put_under_embargo(shut: Council) -> None:
    """A year that was published does not vanish behind an embargo; one that was under embargo before may stay so."""
    with pytest.raises(ReportError, match="was published and is now under embargo"):
        against(shut.load(), edition(shut.root, str(GOOD_COUNCIL)), DAY)
    assert "Nothing of" in against(shut.load(), edition(shut.root, str(shut.root)), DAY)


# Whole sites


@pytest.fixture(name="secret_project", scope="module")
def _secret_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = a_project(tmp_path_factory.mktemp("secret"), GOOD_COUNCIL)
    _embargo(Council(project / "datapackages"))
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"{settings}\nsite_url: https://northmoor.example/figures/\n", "utf-8")
    return project


def _build(project: Path, output: str, *options: str, moment: datetime = BEFORE) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        return main(["--project", str(project), "build", "--output", output, *options])


def _told(data: bytes, name: str) -> str:
    """Return all that a file says, its archives opened and its escapes resolved."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(_told(archive.read(one), one.filename) for one in archive.infolist())
    text = data.decode("utf-8", errors="replace")
    if name.endswith((".html", ".xml", ".svg", ".rels")):
        text += unescape(re.sub(r"<[^>]*>", "", text))
    elif name.endswith((".json", ".jsonld")):
        text += json.dumps(json.loads(text), ensure_ascii=False)
    return f"{name}\n{text}"


def _says(site: Path) -> str:
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return "\n".join(_told(path.read_bytes(), path.relative_to(site).as_posix()) for path in files)


def test_a_site_tells_nothing_before_the_moment_and_all_of_it_after(
    secret_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page, download, workbook, index, search, feed or sitemap holds a word of it; a day later they do."""
    assert _build(secret_project, "site") == 0
    assert f"2022-23 is under embargo until {UNTIL}: it is left out." in capsys.readouterr().out
    early = _says(secret_project / "site")
    assert [secret for secret in SECRETS if secret in early] == []
    assert "Bins emptied on the day" in early

    assert _build(secret_project, "site", moment=AFTER + timedelta(days=1)) == 0
    late = _says(secret_project / "site")
    assert [secret for secret in SECRETS if secret not in late] == []
    assert "embargo" not in (secret_project / "site/data/2022-23/datapackage.json").read_text("utf-8")


def test_a_first_year_under_embargo_is_shown_in_a_preview_alone(
    northmoor_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where every year waits there is no site yet: the officer is told so, and the preview is there all the same."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    for year in ("2021-22", "2022-23"):
        Council(project / "datapackages").describe(year, lambda package: package.update(embargo=UNTIL))
    assert main(["--project", str(project), "check"]) == 0
    assert _build(project, "site") == 1
    assert "datapackages: every year is under embargo. Wait until the first embargo has ended, or build a preview" in (
        capsys.readouterr().err
    )
    assert _build(project, "preview", "--preview") == 0


def test_a_check_reads_what_is_under_embargo(
    secret_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong cell of the year under embargo is found before its moment."""
    project = a_project(tmp_path / "project", secret_project / "datapackages")
    Council(project / "datapackages").change("2022-23/service_levels.csv", 2, value="nearly all")
    assert main(["--project", str(project), "check"]) == 1
    assert '2022-23/service_levels.csv, row 2, column C (value): "nearly all" is not a number.' in (
        capsys.readouterr().err
    )


def test_a_page_someone_wrote_for_the_year_waits(
    secret_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page for the year under embargo would be published now, so it is refused."""
    project = a_project(tmp_path / "project", secret_project / "datapackages")
    (project / "docs/years").mkdir()
    (project / "docs/years/2022-23.md").write_text("# What is to come\n", "utf-8")
    assert main(["--project", str(project), "check"]) == 1
    assert "docs/years/2022-23.md: this page is of something under embargo" in capsys.readouterr().err


@pytest.fixture(name="preview", scope="module")
def _preview(secret_project: Path) -> Built:
    assert _build(secret_project, "preview", "--preview") == 0
    return Built(secret_project / "preview", ())


def test_a_preview_shows_what_is_under_embargo(preview: Built) -> None:
    """Whoever reviews a year sees it before its moment."""
    assert "Crates returned" in preview.text("measures/crates-returned/")
    assert json.loads((preview.root / "data/index.json").read_text("utf-8"))["preview"] is True


def test_every_page_of_a_preview_says_so(preview: Built) -> None:
    """Every page asks search engines to leave it, and tells a reader that it is not published."""
    pages = list(preview.root.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert page.select_one('head meta[name="robots"][content="noindex, nofollow"]'), path
        notice = page.select_one('aside[aria-label="Preview"]')
        assert notice is not None
        assert "Preview: not published." in notice.get_text()


def test_a_preview_works_wherever_it_lies(preview: Built) -> None:
    """Every address of a page is relative, and no file names the address of the published site."""
    for path in preview.root.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in page.select("[href], [src], [action]"):
            address = str(tag.get("href") or tag.get("src") or tag.get("action"))
            assert not address.startswith("/"), (path, address)
    for path in preview.root.rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".jsonld"):
            assert "northmoor.example/figures/" not in path.read_text("utf-8"), path


def test_a_public_preview_keeps_the_embargo(secret_project: Path) -> None:
    """A preview at an address that anyone can open shows nothing of the year."""
    assert _build(secret_project, "anyone", "--preview", "public") == 0
    said = _says(secret_project / "anyone")
    assert [secret for secret in SECRETS if secret in said] == []
    assert "Preview: not published." in said


def test_a_preview_never_takes_the_place_of_a_site(
    northmoor_site: Built, northmoor_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that holds a site is refused, and stays as it was."""
    before = fingerprint(northmoor_site.root)
    assert main(["--project", str(northmoor_project), "build", "--preview", "--output", "site"]) == 1
    assert "site: the folder holds a site, and a preview never takes the place of one." in capsys.readouterr().err
    assert fingerprint(northmoor_site.root) == before


def test_a_site_says_nothing_of_previews(northmoor_site: Built, northmoor: Reports) -> None:
    """What is published may be indexed, and its index has no mark of a preview."""
    assert northmoor.years
    assert "preview" not in json.loads((northmoor_site.root / "data/index.json").read_text("utf-8"))
    assert not northmoor_site.page("").select('meta[name="robots"]')
    assert not re.search("Preview: not published", (northmoor_site.root / "index.html").read_text("utf-8"))
