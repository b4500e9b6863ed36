"""What a council says of its site: every mistake is told with its key and its repair, all at once."""

from __future__ import annotations

import datetime
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.errors import ReportError
from macros.reading.criteria import CRITERIA
from macros.reading.settings import OGL, Barrier, Compliance, Contact, Licence, Region, read_settings
from macros.site import build_day, configuration, opened

from .builders import Council
from .sites import PROJECT, a_project, facts

TODAY = date(2026, 11, 22)
GONE = object()
"""Stands for a key that is taken out."""
HERE = "mkdocs.yml: extra.answerable"
STATED = f"{HERE}.accessibility"


def _spoilt(path: str, value: object) -> dict[str, Any]:
    """Return the invented council's settings with one of them changed; a number in a path counts from 0."""
    config = facts(TODAY)
    found: Any = config["extra"]["answerable"]
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        found = found[step]
    if value is GONE:
        del found[last]
    else:
        found[last] = value
    return config


def _told(config: dict[str, Any], today: date = TODAY) -> list[str]:
    """Return what is told of settings, a line for each problem."""
    with pytest.raises(ReportError) as caught:
        read_settings(config, today)
    return [str(problem) for problem in caught.value.problems]


def test_every_fact_is_read() -> None:
    """The settings of the invented council are read as they are written."""
    site = read_settings(facts(TODAY), TODAY)
    stated = site.accessibility

    assert (site.name, site.organisation) == ("Northmoor council services", "Northmoor District Council")
    assert site.contact == Contact(
        "figures@northmoor.example", "https://northmoor.example/contact", "01632 960000",
        "Monday to Friday, 9am to 5pm", "Town Hall, Northmoor", "https://northmoor.example/complaints",
    )  # fmt: skip
    assert (stated.status, stated.standard, stated.region) == (
        Compliance.PARTIAL, "WCAG 2.2 AA", Region.GREAT_BRITAIN,
    )  # fmt: skip
    # 30 days before 22 November is 23 October; 31 days before is the day before that.
    assert (stated.prepared, stated.tested, stated.reviewed) == (date(2026, 10, 23), date(2026, 10, 22), TODAY)
    # 90 days on: 8 are left of November, then 31 and 31, and 20 of February.
    assert stated.non_accessible[0] == Barrier(
        "The map of rounds cannot be used with a keyboard.", "2.1.1", date(2027, 2, 20), ""
    )
    assert stated.non_accessible[1].fix_by is None
    assert stated.method == "Our web team tested ten pages with a keyboard alone"
    assert site.server_logs == "Our web server keeps the address of each visitor for 30 days"


def test_the_open_government_licence_needs_no_words() -> None:
    """Where no licence is named it is the one of the public sector, with the sentence that licence asks for."""
    assert read_settings(facts(TODAY), TODAY).licence is OGL
    assert OGL.attribution == "Contains public sector information licensed under the Open Government Licence v3.0."


def test_another_licence_is_read_whole() -> None:
    """A council may name another licence, with its title, address and sentence."""
    named = {"id": "CC-BY-4.0", "title": "CC BY 4.0", "address": "https://a.example/by", "attribution": "Northmoor."}
    site = read_settings(_spoilt("licence", named), TODAY)
    assert site.licence == Licence("CC-BY-4.0", "CC BY 4.0", "https://a.example/by", "Northmoor.")


def test_a_text_over_several_lines_is_one_sentence() -> None:
    """Line breaks of YAML are spaces."""
    assert read_settings(_spoilt("organisation", "Northmoor\n  Council "), TODAY).organisation == "Northmoor Council"


def test_the_criteria_are_those_of_levels_a_and_aa() -> None:
    """WCAG 2.2 has 31 criteria at level A and 24 at AA, its first parsing rule withdrawn."""
    assert len(CRITERIA) == 31 + 24
    assert "4.1.1" not in CRITERIA


MISTAKES = {
    "a key that is nearly right": (
        "organization", "Northmoor",
        f"{HERE}.organization is not a setting. Did you mean organisation?",
    ),
    "a key nobody knows": (
        "contact.fax", "1",
        f"{HERE}.contact.fax is not a setting. Remove it. "
        "What may stand here: email, form, telephone, hours, post, complaints.",
    ),
    "no organisation": (
        "organisation", GONE,
        f"{HERE}.organisation is missing. Write, for example: organisation: Anytown Borough Council",
    ),
    "an organisation of spaces": (
        "organisation", " ",
        f'{HERE}.organisation is not text. Write, for example: organisation: "Anytown Borough Council"',
    ),
    "a number for a text": (
        "contact.telephone", 1632960000,
        f'{HERE}.contact.telephone is not text. Write, for example: telephone: "01632 960000"',
    ),
    "no contact": (
        "contact", GONE,
        f"{HERE}.contact is missing. Write below it: email, form, telephone, hours, post, complaints.",
    ),
    "contact in one line": (
        "contact", "ring us",
        f"{HERE}.contact is not a list of names with values. "
        "Write below it: email, form, telephone, hours, post, complaints.",
    ),
    "neither e-mail nor form": (
        "contact", {"post": "Town Hall"},
        f"{HERE}.contact has neither email nor form. The law asks for one: write email or form below it.",
    ),
    "no e-mail address": (
        "contact.email", "the web team",
        f'{HERE}.contact.email is "the web team", which is not an e-mail address. Write one, such as a@b.org.',
    ),
    "an e-mail address with more headers": (
        "contact.email", "a@b.org?cc=c@d.org",
        f'{HERE}.contact.email is "a@b.org?cc=c@d.org", which is not an e-mail address. Write one, such as a@b.org.',
    ),
    "a form that is a script": (
        "contact.form", "javascript:alert(1)",
        f'{HERE}.contact.form is "javascript:alert(1)", which is not a web address. '
        "Write the whole address, beginning with https://.",
    ),
    "hours of nothing": (
        "contact.telephone", GONE,
        f"{HERE}.contact.hours is said without a telephone. Add the telephone, or remove the hours.",
    ),
    "half a licence": (
        "licence", {"id": "CC0-1.0", "title": "CC0", "address": "https://a.example/0"},
        f"{HERE}.licence.attribution is missing. Write, for example: attribution: "
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    ),
    "no statement": (
        "accessibility", GONE,
        f"{STATED} is missing. Write below it: status, standard, non_accessible, prepared, reviewed, tested, method, "
        "region.",
    ),
    "an unknown status": (
        "accessibility.status", "most",
        f'{STATED}.status is "most", which is not known. Write one of: full, partial, not.',
    ),
    "a status nearly right": (
        "accessibility.status", "partially",
        f'{STATED}.status is "partially", which is not known. Did you mean partial?',
    ),
    "full, with something listed": (
        "accessibility.status", "full",
        f"{STATED}.status is full, but non_accessible lists 2 items. "
        "Write status: partial, or remove what has been put right.",
    ),
    "partial, with nothing listed": (
        "accessibility.non_accessible", GONE,
        f"{STATED}.status is partial, but non_accessible lists nothing. "
        "List what is not accessible, or write status: full if nothing is.",
    ),
    "an old standard": (
        "accessibility.standard", "WCAG 2.1 AA",
        f'{STATED}.standard is "WCAG 2.1 AA". '
        "Public bodies are measured against WCAG 2.2 AA: test against it, then write it.",
    ),
    "an unknown region": (
        "accessibility.region", "northern ireland",
        f'{STATED}.region is "northern ireland", which is not known. Did you mean northern-ireland?',
    ),
    "a day in words": (
        "accessibility.tested", "last week",
        f'{STATED}.tested is "last week", which is not a day. '
        "Write year, month and day without quotation marks, such as 2026-11-22.",
    ),
    "a day with an hour": (
        "accessibility.tested", datetime.datetime(2026, 1, 1, 9),  # noqa: DTZ001 - what YAML gives
        f'{STATED}.tested is "2026-01-01 09:00:00", which is not a day. '
        "Write year, month and day without quotation marks, such as 2026-11-22.",
    ),
    "no day of preparation": (
        "accessibility.prepared", GONE,
        f"{STATED}.prepared is missing. Write, for example: prepared: 2026-11-22",
    ),
    "reviewed before it was prepared": (
        "accessibility.reviewed", date(2026, 10, 22),
        f"{STATED}.reviewed is 2026-10-22, before prepared, which is 2026-10-23. "
        "A statement is reviewed when it changes: write the day of that review.",
    ),
    "a list in one line": (
        "accessibility.non_accessible", "maps",
        f"{STATED}.non_accessible is not a list. "
        "Begin each item with a hyphen: - issue: Charts of more than ten years need scrolling in two directions on a "
        "phone.",
    ),
    "a criterion of level AAA": (
        "accessibility.non_accessible.0.criterion", "1.4.6",
        f'{STATED}.non_accessible.1.criterion is "1.4.6", which is no criterion of WCAG 2.2 AA. '
        "Write its number, such as 1.4.10.",
    ),
    "a criterion that was withdrawn": (
        "accessibility.non_accessible.1.criterion", "4.1.1",
        f'{STATED}.non_accessible.2.criterion is "4.1.1", which is no criterion of WCAG 2.2 AA. '
        "Write its number, such as 1.4.10.",
    ),
    "a repair that is late": (
        "accessibility.non_accessible.0.fix_by", date(2026, 11, 21),
        f"{STATED}.non_accessible.1.fix_by is 2026-11-21, which has passed. "
        "Write the new day, or remove the item if it has been put right.",
    ),
    "no repair and no reason": (
        "accessibility.non_accessible.0.fix_by", GONE,
        f"{STATED}.non_accessible.1 has neither fix_by nor disproportionate_burden. "
        "Write fix_by with a day, or disproportionate_burden with the reason.",
    ),
    "a repair and a reason against it": (
        "accessibility.non_accessible.0.disproportionate_burden", "It costs too much.",
        f"{STATED}.non_accessible.1 has both fix_by and disproportionate_burden. "
        "Write fix_by with a day, or disproportionate_burden with the reason.",
    ),
    "an unknown key of an item": (
        "accessibility.non_accessible.1.fixby", date(2027, 1, 1),
        f"{STATED}.non_accessible.2.fixby is not a setting. Did you mean fix_by?",
    ),
    "a note of the template": (
        "accessibility.method", "[Note: describe how you tested the website]",
        f'{STATED}.method still holds "[" from a template. Write what is true of this site instead.',
    ),
    "a name of the template": (
        "organisation", "<your organisation>",
        f'{HERE}.organisation still holds "<" from a template. Write what is true of this site instead.',
    ),
    "something to do": (
        "accessibility.method", "TODO",
        f'{STATED}.method still holds "TODO" from a template. Write what is true of this site instead.',
    ),
    "text of no language": (
        "privacy.server_logs", "Lorem ipsum.",
        f'{HERE}.privacy.server_logs still holds "Lorem" from a template. Write what is true of this site instead.',
    ),
    "an example": (
        "organisation", "Example Council",
        f'{HERE}.organisation still holds "Example Council" from a template. '
        "Write what is true of this site instead.",
    ),
    "a character nobody sees": (
        "organisation", "North\u200bmoor",
        f"{HERE}.organisation holds a character that cannot be seen. Type it again instead of pasting it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value", "message"), MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_has_its_own_message(path: str, value: object, message: str) -> None:
    """One mistake gives one problem, which names the file, the key and the repair."""
    assert _told(_spoilt(path, value)) == [message]


def test_an_item_that_is_no_mapping_is_told_once() -> None:
    """An item in one line is told as that, not as everything it lacks."""
    config = _spoilt("accessibility.non_accessible", ["The map has no text."])
    first, *others = _told(config)
    assert first == (
        f"{STATED}.non_accessible.1 is not a list of names with values. "
        "Give: issue, criterion, fix_by, disproportionate_burden."
    )
    assert others == []


def test_a_test_after_the_review_asks_for_a_review() -> None:
    """Who writes a new day of testing has changed the statement, and so reviewed it."""
    config = _spoilt("accessibility.reviewed", date(2026, 10, 30))
    config["extra"]["answerable"]["accessibility"]["tested"] = date(2026, 11, 1)
    assert _told(config) == [
        f"{STATED}.reviewed is 2026-10-30, before tested, which is 2026-11-01. "
        "A statement is reviewed when it changes: write the day of that review."
    ]


def test_a_day_in_the_future_has_not_been() -> None:
    """Nothing was prepared, reviewed or tested tomorrow."""
    config = facts(TODAY)
    config["extra"]["answerable"]["accessibility"] |= dict.fromkeys(
        ("prepared", "reviewed", "tested"), date(2026, 11, 23)
    )
    assert _told(config) == [
        f"{STATED}.{name} is 2026-11-23, which is in the future. Write the day on which it was done."
        for name in ("prepared", "reviewed", "tested")
    ]


def test_a_review_is_good_for_a_year() -> None:
    """A review of 365 days ago is within the last year; the day after, it is told."""
    config = facts(TODAY)
    config["extra"]["answerable"]["accessibility"] |= {"status": "full", "non_accessible": None}
    assert read_settings(config, date(2027, 11, 22)).accessibility.reviewed == TODAY
    assert _told(config, date(2027, 11, 23)) == [
        f"{STATED}.reviewed is 2026-11-22, more than a year ago. "
        "Review the accessibility statement, then write the day of the review."
    ]


def test_a_repair_may_be_due_today() -> None:
    """A repair is late on the day after the promised one."""
    config = _spoilt("accessibility.non_accessible.0.fix_by", TODAY)
    assert read_settings(config, TODAY).accessibility.non_accessible[0].fix_by == TODAY


def test_every_problem_is_told_at_once() -> None:
    """Three mistakes in three places give three problems."""
    config = _spoilt("organisation", GONE)
    config["site_name"] = "[name of website]"
    config["extra"]["answerable"]["accessibility"]["region"] = "mars"
    assert [message.split(" ")[1] for message in _told(config)] == [
        "extra.answerable.accessibility.region", "extra.answerable.organisation", "site_name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "extra", [None, {}, {"answerable": None}, "words"], ids=["no extra", "empty", "blank", "words"]
)
def test_no_settings_at_all_is_one_problem(extra: object) -> None:
    """Who has written nothing yet is told where to begin, not every fact there is."""
    assert _told({"site_name": "Northmoor", "extra": extra}) == [
        f"{HERE} is missing. Write below it: organisation, contact, licence, accessibility, privacy, colour, logo."
    ]


# The day of the build, and the file


def test_the_day_of_the_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """``SOURCE_DATE_EPOCH`` is the day of the build: a second before midnight is still that day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert build_day() == date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build_day() == date(1970, 1, 2)


@pytest.mark.parametrize("seconds", ["", "today", "9" * 30])
def test_a_day_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    """A mistake in the environment is told like every other."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(
        ReportError, match=r"SOURCE_DATE_EPOCH: the environment does not give it as a number of seconds"
    ):
        build_day()


def test_a_day_that_never_was_names_its_key(tmp_path: Path) -> None:
    """30 February is not read as a fault of the whole file: the message names the key."""
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    tested = next(line for line in text.splitlines() if line.strip().startswith("tested: "))
    (tmp_path / "mkdocs.yml").write_text(text.replace(tested, "      tested: 2026-02-30"), encoding="utf-8")
    assert (
        f'{STATED}.tested is "2026-02-30", which is not a day. '
        "Write year, month and day without quotation marks, such as 2026-11-22."
    ) in _told(configuration(tmp_path))


def test_settings_and_packages_are_told_in_one_list(tmp_path: Path, northmoor_project: Path) -> None:
    """A mistake in the settings and one in a package are told together."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    Council(project / "datapackages").change("2022-23/service_levels.csv", 2, value="nearly all")
    with pytest.raises(ReportError) as caught:
        opened(project, _spoilt("organisation", GONE), TODAY)
    assert [problem.where.file for problem in caught.value.problems] == ["2022-23/service_levels.csv", "mkdocs.yml"]


def test_the_packages_and_the_site_name_one_licence(tmp_path: Path, northmoor_project: Path) -> None:
    """The page of the licence cannot say other than the packages do."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    named = {"id": "CC0-1.0", "title": "CC0", "address": "https://a.example/0", "attribution": "Northmoor."}
    with pytest.raises(ReportError) as caught:
        opened(project, _spoilt("licence", named), TODAY)
    assert [str(problem) for problem in caught.value.problems] == [
        f'{year}/datapackage.json: licenses does not name "CC0-1.0", the licence the site names for its data. '
        "Let licenses here and extra.answerable.licence in mkdocs.yml say the same."
        for year in ("2021-22", "2022-23")
    ]
