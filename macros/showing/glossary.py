"""The words of this program in plain English. What a council's own words mean, its packages say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

PAGE = "glossary/"
"""The address of the page that lists every term."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means; ``shorthand`` marks the words that tables and lists use without explaining them."""

    title: str
    meaning: str
    shorthand: bool = False

    @property
    def id(self) -> str:
        """The anchor of the term: what Markdown makes of its heading."""
        return self.title.lower().replace(" ", "-")

    @property
    def address(self) -> str:
        """Where the term is explained."""
        return f"{PAGE}#{self.id}"


TERMS = (
    Term("Activity", "How much was done, such as calls answered. Activity has no target, so it is not judged."),
    Term("Actual", "What was really spent, saved or earned, not what was planned or estimated."),
    Term("Added value", "Something of worth that a contract brings besides savings. It is not money saved."),
    Term("Arithmetic", "A discrepancy: printed numbers that do not add up or divide as the document says."),
    Term("Asked for", "A saving that was asked for. It is not yet a saving that was made.", shorthand=True),
    Term("Break", "A change in what a measure counts or how. Where figures can no longer be compared, the line stops."),
    Term("Cannot be checked", "A discrepancy: a statement for which no document gives the figures."),
    Term(
        "Cannot be judged",
        "The figure is not exact, and could lie on either side of the target.",
        shorthand=True,
    ),
    Term("Cash", "Money that is no longer spent, or that comes in.", shorthand=True),
    Term("Claim", "A discrepancy: a statement in words that the published figures do not bear out."),
    Term("Commitment", "A promise in a document. Each has its own words, and what a later document says became of it."),
    Term("Contractual", "The target is part of the contract.", shorthand=True),
    Term("Contradiction", "A discrepancy: two places that say different things about the same thing."),
    Term("Correction", "A change to a figure this site has published. The old and the new figure are listed."),
    Term("Count", "A discrepancy: a number of things that differs from the things listed."),
    Term("Discrepancy", "A place where documents disagree, or where what is said cannot be borne out by the figures."),
    Term("Estimated", "The figure is not final: it is the best that was known at the time.", shorthand=True),
    Term("Final", "The figure is settled, as far as the document says.", shorthand=True),
    Term("Financial year", "The twelve months from 1 April to 31 March. They are written with both years."),
    Term("Forecast", "The figure is what was expected to happen, not what happened.", shorthand=True),
    Term("Gross", "The sum before the cost of getting it is taken off.", shorthand=True),
    Term("Kept late", "The promise was kept, but after its date."),
    Term("Label", "A discrepancy: one thing with two names, codes or headings."),
    Term("Local", "The target is set by the council itself, not by a contract.", shorthand=True),
    Term("Measure", "One thing that is counted or measured in the same way each time."),
    Term("Met", "The figure keeps to the target."),
    Term("Misprint", "A discrepancy: a slip in typing or printing."),
    Term("Missed", "The figure does not keep to the target, by however little."),
    Term("Net", "The sum after the cost of getting it is taken off.", shorthand=True),
    Term("No figure", "There is a target but no figure. The reason stands where the figure would be."),
    Term("No target", "No target was in force: none was published, or it was only proposed.", shorthand=True),
    Term("Non-cash", "Something of worth that is not money in hand.", shorthand=True),
    Term("Non-contractual", "The target was agreed, but is not part of the contract.", shorthand=True),
    Term("Not applicable", "A figure would make no sense here.", shorthand=True),
    Term("Not measured", "Nobody measured it in this period.", shorthand=True),
    Term("Not published", "The documents do not give it.", shorthand=True),
    Term("Not stated", "The document does not say.", shorthand=True),
    Term("Not yet due", "The period has not ended, or its figure is not due yet.", shorthand=True),
    Term("Note", "A number in square brackets leads to the note with the same number below the table."),
    Term("One-off", "The sum comes once, and not again the next year.", shorthand=True),
    Term("Package", "A folder of tables with every figure of a year, each with the document it comes from."),
    Term("Part-year", "A period of fewer than twelve months. It is never compared with a whole year.", shorthand=True),
    Term("Partly kept", "Some of what was promised was done, but not all of it."),
    Term("Period", "The stretch of time a figure is about: a day, a month, some months, or a year."),
    Term("Points", "Percentage points. From 50% to 53% is three points higher.", shorthand=True),
    Term("Proposed", "The target was suggested and not in force, so it was neither met nor missed.", shorthand=True),
    Term("Provisional", "The figure is not final and may still change.", shorthand=True),
    Term("Real terms", "A sum in the prices of one year, so that rising prices do not hide or make a change."),
    Term("Recomputed", "Worked out again by this site from the parts that are printed.", shorthand=True),
    Term("Recurring", "The sum comes back every year.", shorthand=True),
    Term("Result", "The figure that was reached, as a document prints it."),
    Term("Revised", "The figure replaces an earlier one.", shorthand=True),
    Term("Rounding", "A discrepancy: a number that was rounded wrongly, or rounded so that it says something else."),
    Term("Saving", "Money that is no longer spent. What counts as a saving is what the documents call one."),
    Term("Service level", "What was promised for a service, as a measure with a target."),
    Term("Suppressed", "The figure exists but was held back.", shorthand=True),
    Term("Suspended", "The target was not in force for a time, so there was nothing to meet.", shorthand=True),
    Term("Target", "The figure that was promised. It says at least, more than, at most or below."),
    Term("Total", "A sum a document prints for several parts.", shorthand=True),
    Term("Usual range", "Where the figure of a month lies while nothing changes but chance."),
    Term("Verdict", "Whether the target was met. It follows from the figure and the target, and from nothing else."),
)  # fmt: skip

_BY_TITLE = {term.title: term for term in TERMS}


def term(title: str) -> Term:
    """Return a term by its title.

    Raises:
        KeyError: there is no such term; only the program asks, so this is an error in it.
    """
    return _BY_TITLE[title]


def explain(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what each shorthand in some texts means, a sentence or two each, in the order of the alphabet.

    Args:
        texts: the words of cells that carry shorthand, such as ``£61.50 (provisional)`` or ``cash, net``.
    """
    said = "\n".join(texts).lower()
    used = (one for one in TERMS if one.shorthand and _used(one.title.lower(), said))
    return tuple(f"{one.title}: {one.meaning[0].lower()}{one.meaning[1:]}" for one in used)


def _used(title: str, said: str) -> bool:
    """Whether a word stands alone in a cell, in brackets, between commas or behind a number: not within a name."""
    if title not in said:
        return False
    alone = rf"(?:^|[(\[,] ?|\d ){title}(?=$|[)\],]| \d| lower| higher)"
    return re.search(alone, said, flags=re.MULTILINE) is not None


_SHORT = re.compile(r"((?:[\w'-]+ )+)\(([A-Z]{2,6})\)")
_SMALL = ("and", "for", "of", "the")
"""Words that a short form passes over."""


@lru_cache(maxsize=4)
def short_forms(texts: tuple[str, ...]) -> Mapping[str, str]:
    """Return the short forms that texts write out, in the order of their first use. Every page asks for the same.

    A short form is written out where the words before its brackets begin with its letters:
    ``Information and communications technology (ICT)``.
    """
    found: dict[str, str] = {}
    for text in texts:
        for words, short in _SHORT.findall(text):
            full = _written_out(words.split(), short)
            if full:
                found.setdefault(short, full)
    return found


def _written_out(words: list[str], short: str) -> str:
    for start in range(len(words) - 1, -1, -1):
        full = " ".join(words[start:])
        if "".join(word[0].upper() for word in full.replace("-", " ").split() if word not in _SMALL) == short:
            return full
    return ""
