"""Descriptions of the data for machines: CSV on the Web beside each table, and the DCAT catalogue of all packages."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.reports import Reports
from ..reading.settings import Settings
from .catalogue import ADDRESS, catalogue
from .csvw import descriptions
from .index import as_json


def metadata(
    reports: Reports, site: Settings, description: str, files: Mapping[str, bytes], address: str
) -> dict[str, bytes]:
    """Return the files that describe the published files.

    Args:
        reports: what the packages hold.
        site: what the publisher says of the site.
        description: what the site is, in a sentence.
        files: the published files by address.
        address: the address the site is published at; empty where ``mkdocs.yml`` does not say.
    """
    described = descriptions(reports, files, site.licence.address)
    described[ADDRESS] = catalogue(reports, site, description, files, address)
    return {path: as_json(value) for path, value in described.items()}
