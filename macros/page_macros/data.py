"""The macros of pages about the data: what to take, what changed, what each column means."""

from __future__ import annotations

from ..publishing.tables import fields, keys
from ..showing import (
    changes,
    dictionary,
    entries,
    lists,
    taking,
)
from .base import Macros


class DataMacros(Macros):
    """The macros of pages about the data: what to take, what changed, what each column means."""

    def changes_summary(self) -> str:
        """Say how many published figures were changed."""
        return self._show(changes.summary(self.reports))

    def corrections(self) -> str:
        """Show every change to a published figure."""
        return self._show(*changes.entries(self.reports))

    def releases(self) -> str:
        """Show the newest release of each year's package."""
        return self._show(changes.releases_table(self.reports))

    def superseded(self) -> str:
        """List the packages as they were before they were corrected."""
        return self._show(changes.superseded(self.files))

    def changes_files(self) -> str:
        """List the files by which a program follows the changes."""
        wanted = {"feed.xml": "Feed of releases and corrections", "changes.json": "All releases and corrections"}
        return self._show(lists.downloads(self.files, wanted))

    def data_guide(self) -> str:
        """Say which file is for whom."""
        return self._show(*taking.guide())

    def data_list(self) -> str:
        """List the files that hold every year."""
        return self._show(taking.everything(self.files))

    def data_tables(self) -> str:
        """List every table of all years."""
        return self._show(taking.tables(self.files))

    def data_years(self) -> str:
        """List the files of each year."""
        return self._show(taking.years(self.reports, self.files))

    def data_newest(self) -> str:
        """Give the addresses that always hold the newest year."""
        return self._show(*taking.newest(self.reports, self.files))

    def data_columns(self) -> str:
        """Link to where every column is explained."""
        return self._show(taking.columns())

    def data_address(self) -> str:
        """Say which address stands in the lines below."""
        return self._show(taking.placeholder(self.address))

    def data_excel(self) -> str:
        """Say how to open the data in a spreadsheet."""
        return self._show(taking.excel())

    def data_python(self) -> str:
        """Give lines for Python."""
        return self._show(taking.python(self.address))

    def data_r(self) -> str:
        """Give lines for R."""
        return self._show(taking.r(self.address))

    def data_shell(self) -> str:
        """Give lines for the command line."""
        return self._show(*taking.shell(self.address))

    def data_loop(self) -> str:
        """Give a program that joins the service levels of many sites."""
        return self._show(*taking.loop(self.files))

    def dictionary_list(self) -> str:
        """List every table, each with a link to its columns."""
        return self._show(dictionary.contents())

    def dictionary_table(self, table: str) -> str:
        """Explain a table and each of its columns."""
        return self._show(dictionary.about(table, keys(table)), dictionary.table(table, fields(table)))

    def documents(self) -> str:
        """Show every document figures come from, and what is known to be missing."""
        return self._show(*(entries.document(document) for document in self.reports.documents.values()))
