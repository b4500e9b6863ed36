"""The macros a page of a joined site may call: what is said of all councils, and what needs no package."""

from __future__ import annotations

from dataclasses import dataclass

from ..page_macros.home import HomeMacros
from ..page_macros.legal import LegalMacros
from ..reading.reports import Reports
from ..showing import lists
from . import views
from .index import INDEX, SCHEMA
from .sites import Site

NOTHING = Reports(
    folders={}, bodies={}, services={}, measures={}, documents={}, names=(), breaks=(), duties=(), deflators=(),
    observations=(), savings=(), actions=(), commitments=(), milestones=(), discrepancies=(), corrections=(),
)  # fmt: skip
"""The packages of a joined site: it has none."""


@dataclass(slots=True, repr=False)
class JoinedMacros(LegalMacros):
    """The macros of a joined site. ``sites`` are the councils' sites."""

    sites: tuple[Site, ...] = ()

    glossary_link = HomeMacros.glossary_link
    verdict_rules = HomeMacros.verdict_rules
    variation_rules = HomeMacros.variation_rules

    def joined_summary(self) -> str:
        """Say how many councils there are on how many sites."""
        return self._show(views.summary(self.sites))

    def joined_councils(self) -> str:
        """Show each council with its newest year, and how many service levels it met and missed."""
        return self._show(views.councils(self.sites))

    def joined_late(self) -> str:
        """List what is late on each site."""
        return self._show(views.late(self.sites))

    def joined_files(self) -> str:
        """Say what the index of all sites holds, and link to it."""
        wanted = {INDEX: "Index of every file of every site", SCHEMA: "Description of the index"}
        return self._show(views.files(), lists.downloads(self.files, wanted))

    def joined_data(self) -> str:
        """Link to the page of data of each site."""
        return self._show(views.pages(self.sites, "data/"))

    def joined_changes(self) -> str:
        """Say where corrections are published."""
        return self._show(views.changes())

    def joined_changed(self) -> str:
        """Link to the page of changes of each site."""
        return self._show(views.pages(self.sites, "changes/"))

    def contact_corrections(self) -> str:
        """Say how corrections are published."""
        return self._show(views.corrections())
