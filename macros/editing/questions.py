"""What a new site has to know of its council: facts that nobody can guess."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that only the council knows: the option that gives it, how it is asked for, and an example."""

    name: str
    asks: str
    example: str

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"


QUESTIONS = (
    Question("name", "What is the site called?", "Anytown council services"),
    Question("council", "What is the full name of the council?", "Anytown Borough Council"),
    Question("code", "What is the council's code, as the Office for National Statistics gives it?", "E07000127"),
    Question("email", "At which e-mail address can readers reach the team that answers for the site?", "web@a.gov.uk"),
    Question("status", "Does the site meet WCAG 2.2 AA: full, partial or not?", "partial"),
    Question("tested", "On which day was that tested?", "2026-11-22"),
    Question("method", "How was it tested?", "Our web team tested one page of each kind with a keyboard alone."),
)
BARRIER = (
    Question("issue", "What is not accessible?", "The charts of ten years need scrolling on a phone."),
    Question("criterion", "Which criterion of WCAG does that fail?", "1.4.10"),
    Question("fix_by", "By which day will it be put right?", "2027-06-30"),
)
"""What is asked where the site does not meet the whole standard."""
