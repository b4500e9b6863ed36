"""The macros of the pages the law asks for."""

from __future__ import annotations

from ..publishing.materials import ADDRESS, version
from ..showing import (
    legal,
    lists,
)
from .base import Macros


class LegalMacros(Macros):
    """The macros of the pages the law asks for."""

    def accessibility_commitment(self) -> str:
        """Give the commitment of the regulations, and say what the accessibility statement covers."""
        return self._show(legal.commitment(self.site))

    def accessibility_status(self) -> str:
        """Say how far the site meets the accessibility standard."""
        return self._show(legal.status(self.site.accessibility))

    def accessibility_barriers(self) -> str:
        """Show what is not accessible, and when it is put right."""
        return self._show(*legal.barriers(self.site.accessibility))

    def accessibility_preparation(self) -> str:
        """Say when the statement was prepared and reviewed, and how the site was tested."""
        return self._show(legal.preparation(self.site.accessibility))

    def accessibility_feedback(self) -> str:
        """Ask for accessibility problems, and offer information in another format."""
        return self._show(legal.feedback())

    def accessibility_enforcement(self) -> str:
        """Say who enforces the regulations, and where a complaint goes next."""
        return self._show(legal.enforcement(self.site.accessibility.region))

    def privacy_promises(self) -> str:
        """List what the site does not do."""
        return self._show(legal.privacy())

    def privacy_server_logs(self) -> str:
        """Say what the web server keeps, or whom to ask."""
        return self._show(legal.server_logs(self.site))

    def privacy_reports(self) -> str:
        """Say what becomes of personal data in a report of a problem."""
        return self._show(legal.reports(self.site.contact))

    def licence_terms(self) -> str:
        """Say under which licence the data are published."""
        return self._show(legal.licence(self.site))

    def licence_attribution(self) -> str:
        """Give the sentence that whoever uses the data is asked to write."""
        return self._show(legal.attribution(self.site))

    def licence_citation(self) -> str:
        """Say how to cite a figure."""
        return self._show(*legal.citation(self.site))

    def licence_program(self) -> str:
        """Say which program made the site, and list its parts."""
        wanted = {ADDRESS: "The program and its parts, each with its version: a bill of materials"}
        return self._show(legal.program(version()), lists.downloads(self.files, wanted))

    def contact_publisher(self) -> str:
        """Say who publishes the site."""
        return self._show(legal.publisher(self.site))

    def contact_ways(self) -> str:
        """List every way to reach the publisher."""
        return self._show(legal.ways(self.site.contact))

    def contact_report(self) -> str:
        """Say what a report of a wrong figure needs."""
        return self._show(*legal.report())

    def contact_complaints(self) -> str:
        """Say where to complain about a service."""
        return self._show(legal.complaints(self.site.contact))

    def contact_corrections(self) -> str:
        """Say how corrections are published."""
        return self._show(legal.corrections())
