"""What the law, the licence and a reader with a question ask of a site, said from its settings.

The accessibility statement keeps to the wording of the model statement, which monitoring compares it with: the
commitment word for word (regulation 8 of the regulations named below), the status, and who enforces them.
"""

from __future__ import annotations

from urllib.parse import quote

from ..reading.criteria import CRITERIA
from ..reading.settings import STANDARD, Accessibility, Barrier, Compliance, Contact, Region, Settings
from . import wording
from .views import Cell, Entry, Fact, ListView, Prose

_REGULATIONS = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"  # statutory name
)
_GUIDELINES = "https://www.w3.org/TR/WCAG22/"
_ENFORCERS = {
    # Who enforces the regulations, where, and whom a complaint goes to.
    Region.GREAT_BRITAIN: (
        "Equality and Human Rights Commission (EHRC)",
        "",
        Cell("Equality Advisory and Support Service (EASS)", outside="https://www.equalityadvisoryservice.com/"),
    ),
    Region.NORTHERN_IRELAND: (
        "Equality Commission for Northern Ireland (ECNI)",
        " in Northern Ireland",
        Cell("Equality Commission for Northern Ireland (ECNI)", outside="https://www.equalityni.org/"),
    ),
}


def _says(*sentences: str) -> tuple[Cell, ...]:
    return (Cell(" ".join(sentences)),)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


# The accessibility statement


def commitment(site: Settings) -> Prose:
    """Give the commitment in the words of the regulations, and say what the statement covers."""
    promise = f"{site.organisation} is committed to making its website accessible, in accordance with the"
    scope = f"This accessibility statement applies to the whole of this website, {site.name}."
    return Prose((_says(promise, f"{_REGULATIONS}."), _says(scope)), lead=True)


def status(stated: Accessibility) -> Prose:
    """Say which of the three statuses the site has."""
    guidelines = Cell("Web Content Accessibility Guidelines version 2.2", outside=_GUIDELINES)
    found = _found(stated)
    before, after = {
        Compliance.FULL: ("fully compliant", "."),
        Compliance.PARTIAL: ("partially compliant", f", due to the {found} listed below."),
        Compliance.NOT: ("not compliant", f". The {found} are listed below."),
    }[stated.status]
    return Prose(((Cell(f"This website is {before} with the "), guidelines, Cell(f" AA standard{after}")),))


def _found(stated: Accessibility) -> str:
    """Name what is listed as the model statement does: a burden out of proportion is an exemption."""
    kinds = {"non-compliances" if one.fix_by else "exemptions" for one in stated.non_accessible}
    return wording.listing(sorted(kinds, reverse=True))


def barriers(stated: Accessibility) -> tuple[Prose | Entry, ...]:
    """List what is not accessible, each with its criterion and the day of its repair or the reason there is none."""
    if not stated.non_accessible:
        return (Prose((_says("We know of no content on this website that is not accessible."),)),)
    lead = Prose((_says("The content listed below is not accessible for the following reasons."),))
    return (lead, *(_barrier(number, one) for number, one in enumerate(stated.non_accessible, start=1)))


def _barrier(number: int, barrier: Barrier) -> Entry:
    criterion = f"{barrier.criterion} ({CRITERIA[barrier.criterion]})"
    facts = [Fact("Fails WCAG 2.2 success criterion", (Cell(criterion),))]
    if barrier.fix_by:
        plan = f"We plan to fix this by {wording.day(barrier.fix_by)}."
        facts += [
            Fact("Reason", _says("Non-compliance with the accessibility regulations")),
            Fact("Plan", _says(plan)),
        ]
    else:
        facts += [
            Fact("Reason", _says("Disproportionate burden")),
            Fact("Assessment", _says(_sentence(barrier.disproportionate_burden))),
        ]
    return Entry(f"not-accessible-{number}", barrier.issue.removesuffix("."), tuple(facts))


def preparation(stated: Accessibility) -> Prose:
    """Say when the statement was prepared and reviewed, and when and how the site was tested."""
    prepared = f"This statement was prepared on {wording.day(stated.prepared)}."
    reviewed = f"It was last reviewed on {wording.day(stated.reviewed)}."
    tested = f"This website was last tested on {wording.day(stated.tested)} against the {STANDARD} standard."
    return Prose((_says(prepared, reviewed), _says(tested, _sentence(stated.method))))


def feedback() -> Prose:
    """Ask for what the statement does not list, and offer information in another format."""
    missed = "If you find an accessibility problem that is not listed on this page, please tell us."
    return Prose((_says(missed, "If you need information from this website in another format, please ask us."),))


def enforcement(region: Region) -> Prose:
    """Say who enforces the regulations, and where a complaint goes next."""
    enforcer, where, next_step = _ENFORCERS[region]
    enforced = (
        f"The {enforcer} is responsible for enforcing the {_REGULATIONS} (the ‘accessibility regulations’){where}."
    )
    unhappy = Cell("If you are not happy with how we respond to your complaint, contact the ")
    return Prose((_says(enforced), (unhappy, next_step, Cell("."))))


# Contact


def publisher(site: Settings) -> Prose:
    """Say who publishes the site."""
    return Prose((_says(f"{site.organisation} publishes this website."),), lead=True)


def ways(contact: Contact) -> ListView:
    """List every way to reach the council."""
    items: list[tuple[Cell, ...]] = []
    if contact.email:
        items.append((Cell("E-mail: "), Cell(contact.email, outside=_mailto(contact.email))))
    if contact.form:
        items.append((Cell("Form: "), Cell("write to us with our contact form", outside=contact.form)))
    if contact.telephone:
        hours = f" ({contact.hours})" if contact.hours else ""
        items.append((Cell(f"Telephone: {contact.telephone}{hours}"),))
    if contact.post:
        items.append((Cell(f"Post: {contact.post}"),))
    return ListView(tuple(items))


def report() -> tuple[Prose, ListView]:
    """Say what a report of a wrong figure needs."""
    needed = (
        "the address of the page",
        "the figure, as the page shows it",
        "what you think it should be",
        "why, with the document and the place in it if you know them",
    )
    return Prose((_says("If you think a figure is wrong, please send us:"),)), ListView(tuple(map(_says, needed)))


def complaints(contact: Contact) -> Prose:
    """Say where to complain about a service: this site only reports what services did."""
    says = Cell("This website reports what services did, and cannot take a complaint about one. ")
    if not contact.complaints:
        return Prose(((says, Cell("Tell the council that the service is for.")),))
    return Prose(((says, Cell("Tell the council: complain about a service", outside=contact.complaints), Cell(".")),))


def corrections() -> Prose:
    """Say how a wrong figure is put right."""
    right = Cell("A wrong figure is put right in the data, from which its pages and files are made again. ")
    listed = Cell(" lists each correction of a published figure, with the old figure, the new one and the reason.")
    return Prose(((right, Cell("The page of changes", "changes/"), listed),))


def report_link(site: Settings, title: str, address: str) -> str:
    """Return the link by which a reader reports a problem with a page.

    Args:
        site: whom it goes to.
        title: the page's title, as a reader sees it.
        address: the page's address.

    Returns:
        A ``mailto:`` link with subject and body filled in as RFC 6068 has it, or where the council takes no e-mail,
        the address of its form.
    """
    contact = site.contact
    if not contact.email:
        return contact.form
    lines = (
        f"Page: {_line(title)}",
        f"Address: {_line(address)}",
        "The figure, as the page shows it: ",
        "What I think it should be: ",
        "Why: ",
    )
    return _mailto(contact.email, f"Problem with a figure: {_line(title)}", "\r\n\r\n".join(lines))


def _line(text: str) -> str:
    """Return a text in one line: a line break would begin a line of its own in the message."""
    return " ".join(text.split())


def _mailto(email: str, subject: str = "", body: str = "") -> str:
    to = f"mailto:{quote(email, safe='@')}"
    return f"{to}?subject={quote(subject, safe='')}&body={quote(body, safe='')}" if subject else to


# Privacy


def privacy() -> ListView:
    """Say what the site does not do. A test opens pages in a browser and looks."""
    says = (
        "This website sets no cookies.",
        "It saves nothing in the storage of your browser.",
        "It has no analytics, no advertising and no tracking.",
        "Its pages load nothing from any other website. A link may lead to another website, which has its own rules.",
    )
    return ListView(tuple(map(_says, says)))


def server_logs(site: Settings) -> Prose:
    """Say what the web server keeps, or whom to ask."""
    if site.server_logs:
        return Prose((_says(_sentence(site.server_logs)),))
    may = "A web server can keep a log of requests, with the address of the device that asked and of the page."
    ask = (Cell(f"{may} To learn what is kept here, and for how long, "), Cell(f"ask {site.organisation}", "contact/"))
    return Prose(((*ask, Cell(".")),))


def reports(contact: Contact) -> Prose:
    """Say what becomes of personal data in a report of a problem."""
    sent = {"your e-mail address": contact.email, "what you enter in our form": contact.form}
    known = " or ".join(what for what, there in sent.items() if there)
    receive = f"If you report a problem, we receive what you write and {known}."
    leave = "Please leave out personal details that the report does not need."
    listed = (Cell("The page of changes", "changes/"), Cell(" has no place for the name of who reported a problem."))
    regulator = Cell("the regulator of data protection (ico.org.uk)", outside="https://ico.org.uk/make-a-complaint/")
    complain = (Cell("If you are not happy with how we use personal data, you can complain to "), regulator, Cell("."))
    return Prose((_says(receive, leave), listed, complain))


# Licence


def licence(site: Settings) -> Prose:
    """Say under which licence the data are published."""
    found = site.licence
    lead = (
        Cell("The "),
        Cell("data of this website", "data/"),
        Cell(" are published under the "),
        Cell(found.title, outside=found.address),
        Cell(f" ({found.id}). The licence says what you may do with the data, and what it does not cover."),
    )
    return Prose((lead,), lead=True)


def program(version: str) -> Prose:
    """Say which program made the site, and under which licence it is."""
    name = f"Answerable {version}".rstrip()
    return Prose((_says(f"This website was made by {name}, a program under the MIT licence."),))


def attribution(site: Settings) -> Prose:
    """Give the sentence that whoever uses the data is asked to write."""
    return Prose((_says("If you use the data, please write:"), _says(wording.quoted(site.licence.attribution))))


def citation(site: Settings) -> tuple[Prose, ListView, Prose]:
    """Say how to cite a page or a file, so that a reader can find the figure again."""
    parts = (
        f"the publisher: {site.organisation}",
        "the title of the page",
        f"the name of the website: {site.name}",
        "the address of the page",
        "the day on which you read it",
    )
    lead = Prose((_says("To cite a figure, please give these in turn:"),))
    version = "If you cite a file, add the version of its package. The description of the package gives it."
    return lead, ListView(tuple(map(_says, parts))), Prose((_says(version),))
