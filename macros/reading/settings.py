"""What a council says of its site in ``mkdocs.yml``: who publishes it, how to reach them, licence and accessibility.

What the law asks a public body to state cannot be guessed, so nothing here is filled in for the council but the
licence. Reading is strict, and every problem is told at once. The day of the build is handed in, never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from ..errors import HIDDEN, Kind, Problem, ReportError, Where, shortened
from .colours import COLOUR, LEAST, SOFT, contrast, readable
from .criteria import CRITERIA

STANDARD = "WCAG 2.2 AA"
"""What public bodies are measured against. A statement names what its site was tested against, and that must be it."""
REVIEWED_WITHIN = 365
"""Days for which a review of an accessibility statement is good: monitoring asks for one within the last year."""


class Compliance(StrEnum):
    """The three statuses of the model accessibility statement."""

    FULL = "full"
    PARTIAL = "partial"
    NOT = "not"


class Region(StrEnum):
    """Where a council is, which decides who enforces the regulations."""

    GREAT_BRITAIN = "great-britain"
    NORTHERN_IRELAND = "northern-ireland"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the council: an e-mail address or a form, and perhaps more.

    ``complaints`` is the page where the council takes complaints about a service, which this site does not.
    """

    email: str
    form: str
    telephone: str
    hours: str
    post: str
    complaints: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of the data, and what a person who uses them is asked to write."""

    id: str
    title: str
    address: str
    attribution: str


OGL = Licence(
    "OGL-UK-3.0",
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)
"""The licence of the UK's public sector, and the acknowledgement it asks for where the publisher names no other."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something that is not accessible: by which criterion, and by when it is fixed or why that is no fair burden."""

    issue: str
    criterion: str
    fix_by: date | None
    disproportionate_burden: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the council states of its site's accessibility."""

    status: Compliance
    standard: str
    non_accessible: tuple[Barrier, ...]
    prepared: date
    reviewed: date
    tested: date
    method: str
    region: Region


@dataclass(frozen=True, slots=True)
class Settings:
    """All a council says of its site. ``server_logs`` is what its web server keeps, where the council says so.

    ``colour`` and ``logo`` are empty where it has none: the site then has the program's own colour, and no logo.
    """

    name: str
    organisation: str
    contact: Contact
    licence: Licence
    accessibility: Accessibility
    server_logs: str
    colour: str = ""
    logo: str = ""


_KNOWN = ("organisation", "contact", "licence", "accessibility", "privacy", "colour", "logo")
_CONTACT = ("email", "form", "telephone", "hours", "post", "complaints")
_LICENCE = ("id", "title", "address", "attribution")
_ACCESSIBILITY = ("status", "standard", "non_accessible", "prepared", "reviewed", "tested", "method", "region")
_BARRIER = ("issue", "criterion", "fix_by", "disproportionate_burden")
_EXAMPLES = {
    "site_name": "Anytown council services",
    "organisation": "Anytown Borough Council",
    "colour": '"#1d5c3a"',
    "logo": "assets/logo.png",
    "email": "figures@example.org",
    "form": "https://example.org/contact",
    "complaints": "https://example.org/complaints",
    "telephone": "01632 960000",
    "hours": "Monday to Friday, 9am to 5pm",
    "post": "Town Hall, High Street, Anytown",
    "id": OGL.id,
    "title": OGL.title,
    "address": OGL.address,
    "attribution": OGL.attribution,
    "status": "partial",
    "standard": STANDARD,
    "prepared": "2026-11-22",
    "reviewed": "2026-11-22",
    "tested": "2026-11-22",
    "method": "Our web team tested one page of each kind with axe and with a keyboard alone.",
    "region": "great-britain",
    "issue": "Charts of more than ten years need scrolling in two directions on a phone.",
    "criterion": "1.4.10",
    "disproportionate_burden": "What it would cost, and whom it would help, as the council assessed it.",
    "server_logs": "The web server keeps the address of each visitor for 30 days, to find faults.",
}
_LEFT_BEHIND = re.compile(r"[\[\]<>{}]|\bTODO\b|(?i:\blorem\b|\bexample council\b)")
"""What templates of statements are filled with. Councils have published it; none of it belongs in a setting."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`|~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ADDRESS = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#][!-~]*)?")
_Choice = TypeVar("_Choice", bound=StrEnum)


class _Facts:
    """One mapping of the settings, taken apart fact by fact. What is wrong is noted, and a blank stands for it.

    Where the mapping itself is missing, that has been noted, and nothing is noted of the facts it would hold.
    """

    def __init__(self, value: object, key: str, problems: list[Problem]) -> None:
        self.key = key
        self._problems = problems
        self._there = isinstance(value, Mapping)
        self._facts: Mapping[Any, Any] = value if isinstance(value, Mapping) else {}

    def note(self, name: str, what: str, fix: str) -> None:
        """Note a problem of a fact, or of the whole mapping where no name is given."""
        if self._there:
            key = ".".join(part for part in (self.key, name) if part)
            self._problems.append(Problem(Where("mkdocs.yml"), f"{key} {what}", fix, kind=Kind.SETTINGS))

    def only(self, known: Sequence[str]) -> _Facts:
        """Refuse every key that is not known."""
        for name in self._facts:
            if name not in known:
                near = get_close_matches(str(name), known, n=1)
                fix = f"Did you mean {near[0]}?" if near else f"Remove it. What may stand here: {', '.join(known)}."
                self.note(shortened(str(name)), "is not a setting.", fix)
        return self

    def has(self, name: str) -> bool:
        """Whether something is said under a name."""
        value = self._facts.get(name)
        return value is not None and value != ""

    def part(self, name: str, known: Sequence[str], *, needed: bool = True) -> _Facts:
        """Return a mapping within this one."""
        key = f"{self.key}.{name}" if self.key else name
        value = self._facts.get(name)
        if (self.has(name) or needed) and not isinstance(value, Mapping):
            what = "is not a list of names with values." if self.has(name) else "is missing."
            self.note(name, what, f"Write below it: {', '.join(known)}.")
        return _Facts(value, key, self._problems).only(known)

    def items(self, name: str, known: Sequence[str]) -> list[_Facts]:
        """Return the mappings of a list, numbered from 1; no list is an empty one."""
        value = self._facts.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.note(name, "is not a list.", f"Begin each item with a hyphen: - {known[0]}: {_EXAMPLES[known[0]]}")
            return [_Facts(None, "", self._problems)]
        found = []
        for number, item in enumerate(value, start=1):
            if not isinstance(item, Mapping):
                self.note(f"{name}.{number}", "is not a list of names with values.", f"Give: {', '.join(known)}.")
            found.append(_Facts(item, f"{self.key}.{name}.{number}", self._problems).only(known))
        return found

    def text(self, name: str, *, needed: bool = True) -> str:
        """Return a text in one line."""
        if not self.has(name):
            self._miss(name, needed=needed)
            return ""
        value = self._facts[name]
        if not isinstance(value, str) or not value.strip():
            self.note(name, "is not text.", f'Write, for example: {name}: "{_EXAMPLES[name]}"')
            return ""
        if left := _LEFT_BEHIND.search(value):
            self.note(name, f'still holds "{left[0]}" from a template.', "Write what is true of this site instead.")
        if HIDDEN.search(value):
            self.note(name, "holds a character that cannot be seen.", "Type it again instead of pasting it.")
        return " ".join(value.split())

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """Return a day."""
        if not self.has(name):
            self._miss(name, needed=needed)
            return None
        value = self._facts[name]
        if type(value) is not date:  # a datetime is a date, too
            fix = "Write year, month and day without quotation marks, such as 2026-11-22."
            self.note(name, f'is "{shortened(str(value))}", which is not a day.', fix)
            return None
        return value

    def choice(self, name: str, choices: type[_Choice]) -> _Choice | None:
        """Return one of a closed set."""
        if not self.has(name):
            self._miss(name)
            return None
        value = str(self._facts[name])
        known = [one.value for one in choices]
        if value in known:
            return choices(value)
        near = get_close_matches(value, known, n=1)
        fix = f"Did you mean {near[0]}?" if near else f"Write one of: {', '.join(known)}."
        self.note(name, f'is "{shortened(value)}", which is not known.', fix)
        return None

    def _miss(self, name: str, *, needed: bool = True) -> None:
        if needed:
            self.note(name, "is missing.", f"Write, for example: {name}: {_EXAMPLES[name]}")


def read_settings(config: Mapping[str, Any], today: date) -> Settings:
    """Read what a council says of its site.

    Args:
        config: what ``mkdocs.yml`` says.
        today: the day of the build.

    Raises:
        ReportError: every setting that is unknown, missing, malformed, left over from a template, out of date or
            against another one.
    """
    problems: list[Problem] = []
    top = _Facts(config, "", problems)
    name = top.text("site_name")
    extra = config.get("extra")
    known = extra if isinstance(extra, Mapping) else {}
    facts = _Facts(known, "extra", problems).part("answerable", _KNOWN)
    organisation = facts.text("organisation")
    contact = _contact(facts.part("contact", _CONTACT))
    licence = _licence(facts.part("licence", _LICENCE, needed=False)) if facts.has("licence") else OGL
    accessibility = _accessibility(facts.part("accessibility", _ACCESSIBILITY), today)
    logs = facts.part("privacy", ("server_logs",), needed=False).text("server_logs", needed=False)
    colour, logo = _colour(facts), facts.text("logo", needed=False)
    if problems or accessibility is None:
        raise ReportError(problems)
    return Settings(name, organisation, contact, licence, accessibility, logs, colour, logo)


def _colour(facts: _Facts) -> str:
    """Return the council's colour, where links in it can be read."""
    colour = facts.text("colour", needed=False)
    if colour and not COLOUR.fullmatch(colour):
        fix = 'Write it in quotation marks as # and six digits, such as colour: "#1d5c3a"'
        facts.note("colour", f'is "{shortened(colour)}", which is not a colour.', fix)
    elif colour and contrast(colour, SOFT) < LEAST:
        found = f"{int(contrast(colour, SOFT) * 10) / 10}:1"
        fix = f'Take a darker one, such as "{readable(colour, SOFT, "#000000")}".'
        facts.note("colour", f'is "{colour}", with a contrast of {found} on light grey; text needs {LEAST}:1.', fix)
    return colour


def _contact(facts: _Facts) -> Contact:
    email, form = facts.text("email", needed=False), facts.text("form", needed=False)
    if email and not _EMAIL.fullmatch(email):
        facts.note("email", f'is "{shortened(email)}", which is not an e-mail address.', "Write one, such as a@b.org.")
    _https(facts, "form", form)
    if not facts.has("email") and not facts.has("form"):
        facts.note("", "has neither email nor form.", "The law asks for one: write email or form below it.")
    telephone, hours = facts.text("telephone", needed=False), facts.text("hours", needed=False)
    if hours and not facts.has("telephone"):
        facts.note("hours", "is said without a telephone.", "Add the telephone, or remove the hours.")
    complaints = facts.text("complaints", needed=False)
    _https(facts, "complaints", complaints)
    return Contact(email, form, telephone, hours, facts.text("post", needed=False), complaints)


def _licence(facts: _Facts) -> Licence:
    licence = Licence(*(facts.text(name) for name in _LICENCE))
    _https(facts, "address", licence.address)
    return licence


def _https(facts: _Facts, name: str, address: str) -> None:
    if address and not _ADDRESS.fullmatch(address):
        fix = "Write the whole address, beginning with https://."
        facts.note(name, f'is "{shortened(address)}", which is not a web address.', fix)


def _accessibility(facts: _Facts, today: date) -> Accessibility | None:
    """Return what is stated of accessibility, or nothing where a fact of it is missing."""
    status, region = facts.choice("status", Compliance), facts.choice("region", Region)
    standard = facts.text("standard")
    if standard and standard != STANDARD:
        fix = f"Public bodies are measured against {STANDARD}: test against it, then write it."
        facts.note("standard", f'is "{shortened(standard)}".', fix)
    barriers = tuple(_barrier(item, today) for item in facts.items("non_accessible", _BARRIER))
    prepared, reviewed, tested = (_past(facts, name, today) for name in ("prepared", "reviewed", "tested"))
    if reviewed:
        _review(facts, reviewed, {"prepared": prepared, "tested": tested}, today)
    if status:
        _contradiction(facts, status, len(barriers))
    method = facts.text("method")
    if status is None or region is None or prepared is None or reviewed is None or tested is None:
        return None
    return Accessibility(status, standard, barriers, prepared, reviewed, tested, method, region)


def _past(facts: _Facts, name: str, today: date) -> date | None:
    """Return the day of something that was done."""
    day = facts.day(name)
    if day and day > today:
        facts.note(name, f"is {day}, which is in the future.", "Write the day on which it was done.")
    return day


def _review(facts: _Facts, reviewed: date, earlier: Mapping[str, date | None], today: date) -> None:
    if (today - reviewed).days > REVIEWED_WITHIN:
        fix = "Review the accessibility statement, then write the day of the review."
        facts.note("reviewed", f"is {reviewed}, more than a year ago.", fix)
    for name, day in earlier.items():
        if day and day > reviewed:
            fix = "A statement is reviewed when it changes: write the day of that review."
            facts.note("reviewed", f"is {reviewed}, before {name}, which is {day}.", fix)


def _contradiction(facts: _Facts, status: Compliance, barriers: int) -> None:
    if status is Compliance.FULL and barriers:
        items = "1 item" if barriers == 1 else f"{barriers} items"
        fix = "Write status: partial, or remove what has been put right."
        facts.note("status", f"is full, but non_accessible lists {items}.", fix)
    elif status is not Compliance.FULL and not barriers:
        fix = "List what is not accessible, or write status: full if nothing is."
        facts.note("status", f"is {status.value}, but non_accessible lists nothing.", fix)


def _barrier(facts: _Facts, today: date) -> Barrier:
    criterion = facts.text("criterion")
    if criterion and criterion not in CRITERIA:
        fix = "Write its number, such as 1.4.10."
        facts.note("criterion", f'is "{shortened(criterion)}", which is no criterion of {STANDARD}.', fix)
    fix_by = facts.day("fix_by", needed=False)
    if fix_by and fix_by < today:
        fix = "Write the new day, or remove the item if it has been put right."
        facts.note("fix_by", f"is {fix_by}, which has passed.", fix)
    for problem in _one_way(facts):
        facts.note("", problem, "Write fix_by with a day, or disproportionate_burden with the reason.")
    burden = facts.text("disproportionate_burden", needed=False)
    return Barrier(facts.text("issue"), criterion, fix_by, burden)


def _one_way(facts: _Facts) -> Iterator[str]:
    """Something is either fixed by a day, or is a burden out of proportion."""
    said = [name for name in ("fix_by", "disproportionate_burden") if facts.has(name)]
    if len(said) == 2:
        yield "has both fix_by and disproportionate_burden."
    elif not said:
        yield "has neither fix_by nor disproportionate_burden."
