"""The macros a page may call. Each takes literal arguments and returns HTML for its place on the page."""

from __future__ import annotations

from ..reading.prose import Calls
from ..records import SavingKind, Topic
from ..showing import dictionary
from .accounts import AccountMacros
from .base import Macros
from .data import DataMacros
from .home import HomeMacros
from .legal import LegalMacros
from .measures import MeasureMacros
from .services import ServiceMacros
from .times import TimeMacros


class PageMacros(HomeMacros, TimeMacros, ServiceMacros, MeasureMacros, AccountMacros, DataMacros, LegalMacros):
    """Every macro a page may call."""


def calls(macros: Macros) -> Calls:
    """Return the macros by the name pages call them, and the words their parameters take."""
    names = [name for name in dir(type(macros)) if not name.startswith("_") and callable(getattr(type(macros), name))]
    reports = macros.reports
    words = {
        "year": reports.years,
        "service": tuple(reports.services),
        "council": tuple(council.id for council in reports.councils),
        "measure": tuple(reports.measures),
        "topic": tuple(Topic),
        "kind": tuple(SavingKind),
        "month": tuple(month.code for month in reports.months),
        "basis": ("contractual", "other"),
        "table": dictionary.RESOURCES,
    }
    return Calls({name: getattr(macros, name) for name in names}, words)
