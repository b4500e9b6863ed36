"""The pages the law, the licence and a reader with a question ask for, and the link that reports a problem.

Statements are read as the Government Digital Service scores them: heading by heading and string by string.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from macros.checking.site import built_problems
from macros.reading.settings import Accessibility, Barrier, Compliance, Contact, Region, Settings
from macros.showing import legal
from macros.showing.rendering import render
from macros.showing.views import View

from .sites import Built, a_project, a_site, settings

LEGAL = ("accessibility/", "privacy/", "licence/", "contact/")
HEADINGS = [
    "Compliance status",
    "Non-accessible content",
    "Preparation of this accessibility statement",
    "Feedback and contact information",
    "Enforcement procedure",
]
REGULATIONS = "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
MAP = Barrier("The map cannot be used with a keyboard.", "2.1.1", date(2027, 3, 1), "")
FILMS = Barrier("Old films have no captions", "1.2.2", None, "Captions cost more than the service")


def _text(*views: View) -> str:
    """Return what views say, their spaces single."""
    html = "".join(render(view, "../") for view in views)
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def _links(*views: View) -> dict[str, str]:
    """Return the links of views, by their words."""
    html = "".join(render(view, "../") for view in views)
    return {link.get_text(): str(link["href"]) for link in BeautifulSoup(html, "html.parser").select("a")}


def _stated(status: Compliance, *barriers: Barrier) -> Accessibility:
    days = (date(2026, 10, 5), date(2026, 11, 22), date(2026, 10, 1))
    where = Region.GREAT_BRITAIN
    return Accessibility(status, "WCAG 2.2 AA", barriers, *days, "We used ten pages with a keyboard", where)


# The accessibility statement


def test_the_statement_has_every_heading_monitoring_looks_for(example_site: Built, northmoor_site: Built) -> None:
    """Title and main heading name the site, and the headings of the model statement follow in its order."""
    for site, name in ((example_site, "Lancashire shared services"), (northmoor_site, "Northmoor council services")):
        page = site.page("accessibility/")
        assert page.title is not None
        assert page.title.get_text().startswith(f"Accessibility statement for {name}")
        assert [one.get_text(strip=True) for one in page.select("h1")] == [f"Accessibility statement for {name}"]
        found = [one.get_text(strip=True) for one in page.select("main h2")]
        assert [one for one in found if one in HEADINGS] == HEADINGS


def test_the_statement_of_the_invented_council_names_it(northmoor_site: Built) -> None:
    """The commitment is word for word that of the regulations, and the statement covers the whole site."""
    text = northmoor_site.text("accessibility/")
    assert (
        "Northmoor District Council is committed to making its website accessible, in accordance with the "
        f"{REGULATIONS}."
    ) in text
    assert "This accessibility statement applies to the whole of this website, Northmoor council services." in text
    assert "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA" in text
    assert "against the WCAG 2.2 AA standard. Our web team tested ten pages with a keyboard alone." in text
    assert "The map of rounds cannot be used with a keyboard Fails WCAG 2.2 success criterion 2.1.1 (Keyboard)" in text
    for address in LEGAL:
        assert not re.search("Lancashire|Lancaster|Answerable worked", northmoor_site.text(address)), address


def test_the_statement_of_the_worked_example_is_complete(example_site: Built) -> None:
    """The statement gives a status, days, a way to reach the publisher, and who enforces the regulations."""
    text = example_site.text("accessibility/")
    assert f"is committed to making its website accessible, in accordance with the {REGULATIONS}." in text
    assert re.search(r"This website is (fully|partially|not) compliant with the Web Content Accessibility", text)
    assert re.search(
        r"This statement was prepared on \d+ \w+ \d{4}\. It was last reviewed on \d+ \w+ \d{4}\. "
        r"This website was last tested on \d+ \w+ \d{4} against the WCAG 2\.2 AA standard\. \w",
        text,
    )
    assert re.search(r"E-mail: \S+@\S+", text)
    links = [str(link["href"]) for link in example_site.page("accessibility/").select("main a")]
    assert "https://www.equalityadvisoryservice.com/" in links
    assert any(link.startswith("mailto:") for link in links)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param(
            _stated(Compliance.FULL),
            "This website is fully compliant with the Web Content Accessibility Guidelines version 2.2 AA standard.",
            id="full",
        ),
        pytest.param(
            _stated(Compliance.PARTIAL, MAP),
            "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA "
            "standard, due to the non-compliances listed below.",
            id="partial, to be fixed",
        ),
        pytest.param(
            _stated(Compliance.PARTIAL, FILMS),
            "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA "
            "standard, due to the exemptions listed below.",
            id="partial, by burden",
        ),
        pytest.param(
            _stated(Compliance.NOT, FILMS, MAP),
            "This website is not compliant with the Web Content Accessibility Guidelines version 2.2 AA "
            "standard. The non-compliances and exemptions are listed below.",
            id="not, both",
        ),
    ],
)
def test_the_status_is_one_of_the_three(stated: Accessibility, expected: str) -> None:
    """Each status is said as the model statement says it."""
    assert _text(legal.status(stated)).replace(" , ", ", ").replace(" .", ".") == expected


def test_what_is_not_accessible_has_its_criterion_and_its_day() -> None:
    """A repair has a day, and a burden out of proportion its assessment."""
    assert _text(*legal.barriers(_stated(Compliance.PARTIAL, MAP, FILMS))) == (
        "The content listed below is not accessible for the following reasons. "
        "The map cannot be used with a keyboard "
        "Fails WCAG 2.2 success criterion 2.1.1 (Keyboard) "
        "Reason Non-compliance with the accessibility regulations Plan We plan to fix this by 1 March 2027. "
        "Old films have no captions "
        "Fails WCAG 2.2 success criterion 1.2.2 (Captions (prerecorded)) "
        "Reason Disproportionate burden Assessment Captions cost more than the service."
    )


def test_nothing_that_is_not_accessible_is_said_so() -> None:
    """Where nothing is listed, the statement claims what is known and no more."""
    found = _text(*legal.barriers(_stated(Compliance.FULL)))
    assert found == "We know of no content on this website that is not accessible."


def test_preparation_gives_days_and_method() -> None:
    """The three days are written out, and the method ends as a sentence."""
    assert _text(legal.preparation(_stated(Compliance.FULL))) == (
        "This statement was prepared on 5 October 2026. It was last reviewed on 22 November 2026. "
        "This website was last tested on 1 October 2026 against the WCAG 2.2 AA standard. "
        "We used ten pages with a keyboard."
    )


def test_great_britain_and_northern_ireland_have_their_own_enforcers() -> None:
    """In Great Britain it is the EHRC and a complaint goes to EASS; in Northern Ireland both are the ECNI."""
    britain, ireland = legal.enforcement(Region.GREAT_BRITAIN), legal.enforcement(Region.NORTHERN_IRELAND)
    assert (
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the "
        f"{REGULATIONS} (the ‘accessibility regulations’)."
    ) in _text(britain)
    assert _links(britain) == {
        "Equality Advisory and Support Service (EASS)": "https://www.equalityadvisoryservice.com/"
    }
    assert (
        "The Equality Commission for Northern Ireland (ECNI) is responsible for enforcing the "
        f"{REGULATIONS} (the ‘accessibility regulations’) in Northern Ireland."
    ) in _text(ireland)
    assert _links(ireland) == {"Equality Commission for Northern Ireland (ECNI)": "https://www.equalityni.org/"}
    assert "EHRC" not in _text(ireland)


# The other pages


def test_every_way_to_reach_the_council_is_listed() -> None:
    """E-mail and form are links; the telephone has its hours."""
    ways = legal.ways(settings().contact)
    assert _text(ways) == (
        "E-mail: figures@northmoor.example Form: write to us with our contact form "
        "Telephone: 01632 960000 (Monday to Friday, 9am to 5pm) Post: Town Hall, Northmoor"
    )
    assert _links(ways) == {
        "figures@northmoor.example": "mailto:figures@northmoor.example",
        "write to us with our contact form": "https://northmoor.example/contact",
    }


def test_the_server_log_is_what_the_council_says_or_a_question() -> None:
    """The program knows nothing of a council's web server, and claims nothing."""
    site = settings()
    assert _text(legal.server_logs(site)) == "Our web server keeps the address of each visitor for 30 days."
    unsaid = legal.server_logs(replace(site, server_logs=""))
    assert "To learn what is kept here, and for how long, ask Northmoor District Council" in _text(unsaid)
    assert _links(unsaid) == {"ask Northmoor District Council": "../contact/"}


def test_a_report_says_what_is_received() -> None:
    """Only what the council asks for is named: an address where there is e-mail, the form where there is one."""
    both = settings().contact
    said = "If you report a problem, we receive what you write and"
    assert f"{said} your e-mail address or what you enter in our form." in _text(legal.reports(both))
    assert f"{said} your e-mail address." in _text(legal.reports(replace(both, form="")))
    assert f"{said} what you enter in our form." in _text(legal.reports(replace(both, email="")))


def test_the_licence_page_has_the_sentence_to_write(example_site: Built) -> None:
    """The licence is named and linked, with the acknowledgement it asks for, and how to cite."""
    text = example_site.text("licence/")
    assert "“Contains public sector information licensed under the Open Government Licence v3.0.”" in text
    assert "OGL-UK-3.0" in text
    assert "the name of the website: Lancashire shared services" in text
    links = {str(link["href"]) for link in example_site.page("licence/").select("main a")}
    assert "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" in links


def test_a_complaint_has_a_place(northmoor_site: Built, example_site: Built) -> None:
    """Whoever is angry about bins learns that this site is not the place, and which is."""
    page = northmoor_site.page("contact/")
    says = "This website reports what services did, and cannot take a complaint about one. Tell the council: complain"
    assert says in northmoor_site.text("contact/")
    assert page.select_one('main a[href="https://northmoor.example/complaints"]') is not None
    assert "Tell the council that the service is for." in example_site.text("contact/")


def test_the_contact_page_says_what_a_report_needs(northmoor_site: Built) -> None:
    """A report needs page, figure, what it should be and why; and corrections are published where all can see."""
    text = northmoor_site.text("contact/")
    for needed in ("the address of the page", "the figure, as the page shows it", "what you think it should be", "why"):
        assert needed in text
    assert "../changes/" in {str(link["href"]) for link in northmoor_site.page("contact/").select("main a")}


def test_every_page_links_the_legal_pages_from_its_foot_only(northmoor_site: Built) -> None:
    """A reader finds each of them at the foot of every page, and none crowds the navigation at its head."""
    wanted = {northmoor_site.root / address for address in LEGAL}
    for path in northmoor_site.root.rglob("index.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        foot = {(path.parent / str(link["href"])).resolve() for link in page.select("footer a")}
        head = {(path.parent / str(link["href"])).resolve() for link in page.select("header nav a")}
        assert wanted <= foot, path
        assert not wanted & head, path


@pytest.mark.parametrize("address", LEGAL)
def test_sentences_of_legal_pages_are_short(northmoor_site: Built, address: str) -> None:
    """No sentence has more than 25 words; the name of the regulations counts as one."""
    page = northmoor_site.page(address)
    for paragraph in page.select("main .prose p, main .list li"):
        words = " ".join(paragraph.get_text("").split()).replace(REGULATIONS, "Regulations")
        for sentence in re.split(r"(?<=[.:?]) (?=[A-Z“])", words):
            assert len(sentence.split()) <= 25, sentence


def test_a_statement_written_by_hand_wins(northmoor_project: Path, tmp_path: Path) -> None:
    """A council may write its own page at the address, and call the same macros in it."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    (project / "docs/accessibility.md").write_text("# In our words\n\n{{ accessibility_status() }}\n", encoding="utf-8")
    text = a_site(project, tmp_path / "site").text("accessibility/")
    assert text.startswith("In our words This website is partially compliant")
    assert "Enforcement procedure" not in text


def test_other_facts_are_escaped() -> None:
    """A name is text on the page, whatever it holds."""
    site = replace(settings(), organisation='North & "moor"')
    assert "North &amp; &#34;moor&#34; publishes" in render(legal.publisher(site), "")


# Reporting a problem


def _mail(link: str) -> tuple[str, str, str]:
    """Return whom a mail goes to, its subject and its body, as a mail program reads them."""
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    # In a mailto link, unlike in a form, a plus sign is a plus sign.
    found = parse_qs(parts.query.replace("+", "%2B"), strict_parsing=True)
    assert set(found) == {"subject", "body"}
    return unquote(parts.path), found["subject"][0], found["body"][0]


def test_a_report_is_filled_in() -> None:
    """Subject and body name the page; what only the reader knows is left open."""
    to, subject, body = _mail(legal.report_link(settings(), "Bins emptied on the day", "/measures/bins-on-time/"))
    assert to == "figures@northmoor.example"
    assert subject == "Problem with a figure: Bins emptied on the day"
    assert body.split("\r\n\r\n") == [
        "Page: Bins emptied on the day",
        "Address: /measures/bins-on-time/",
        "The figure, as the page shows it: ",
        "What I think it should be: ",
        "Why: ",
    ]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        pytest.param("A&body=B?cc=c@d.org#e", "A&body=B?cc=c@d.org#e", id="parts of a link"),
        pytest.param("A\r\nBcc: c@d.org", "A Bcc: c@d.org", id="a line of its own"),
        pytest.param('"><script>alert(1)</script>', '"><script>alert(1)</script>', id="markup"),
        pytest.param("100% + £5 – façade", "100% + £5 – façade", id="signs"),
        pytest.param("%0D%0ABcc: x", "%0D%0ABcc: x", id="already encoded"),
    ],
)
def test_a_hostile_title_stays_a_title(title: str, read: str) -> None:
    """No title can add a recipient, a header or markup: it arrives as it is read."""
    link = legal.report_link(settings(), title, "/")
    to, subject, body = _mail(link)
    assert to == "figures@northmoor.example"
    assert subject == f"Problem with a figure: {read}"
    assert body.startswith(f"Page: {read}\r\n\r\nAddress: /\r\n\r\n")
    assert re.fullmatch(r"mailto:[\w.@-]+\?subject=[\w.~%-]+&body=[\w.~%-]+", link, flags=re.ASCII)


def test_an_odd_address_is_encoded() -> None:
    """An address with signs that mean something in a link is still one address."""
    site = replace(settings(), contact=Contact("a&b=c%d@northmoor.example", "", "", "", ""))
    assert legal.report_link(site, "Bins", "/").startswith("mailto:a%26b%3Dc%25d@northmoor.example?subject=")


def test_without_e_mail_the_form_takes_reports() -> None:
    """Where the council takes no e-mail, the link is that of its form."""
    site: Settings = replace(settings(), contact=Contact("", "https://northmoor.example/contact", "", "", ""))
    assert legal.report_link(site, "Bins", "/") == "https://northmoor.example/contact"


def test_every_page_links_the_report_of_its_own_problems(northmoor_site: Built) -> None:
    """The link at the foot of a page names that page, and a title reads as it does on the page."""
    page = northmoor_site.page("measures/bins-on-time/")
    [link] = [str(one["href"]) for one in page.select("main a") if str(one["href"]).startswith("mailto:")]
    to, subject, body = _mail(link)
    assert (to, subject) == ("figures@northmoor.example", "Problem with a figure: Bins emptied on the day")
    assert "Address: /measures/bins-on-time/" in body


# What a template left behind


@pytest.mark.parametrize(
    ("html", "left"),
    [
        pytest.param("<p>[Note: say how]</p>", "[Note:", id="a note"),
        pytest.param("<p>for [name of website]</p>", "[name", id="a name"),
        pytest.param("<p>Lorem ipsum</p>", "Lorem", id="no language"),
        pytest.param("<p>TODO: write</p>", "TODO", id="to do"),
        pytest.param("<script>x</script><p>TODO</p>", "TODO", id="after a script"),
    ],
)
def test_what_a_template_left_behind_is_found(tmp_path: Path, html: str, left: str) -> None:
    """Whoever wrote the page, what a template left behind stops the build and is named with its line."""
    (tmp_path / "index.html").write_text(f"<html>\n{html}</html>", encoding="utf-8")
    found = [str(problem) for problem in built_problems(tmp_path) if "template" in problem.what]
    assert found == [f'index.html, row 2: a template left "{left}" here. Write what is true instead.']


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p><b>[note 1]</b> Part of a year.</p>", id="a note of a table"),
        pytest.param("<p>Notes: names and dolorem.</p>", id="words"),
        pytest.param("<script>var TODO</script>", id="a script"),
        pytest.param("<p>todo en orden</p>", id="another language"),
    ],
)
def test_what_only_looks_left_behind_is_not(tmp_path: Path, html: str) -> None:
    """Marks of notes, and words that hold the same letters, are text."""
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    assert not [problem for problem in built_problems(tmp_path) if "template" in problem.what]
