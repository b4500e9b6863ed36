"""From a project's folder to its macros: the packages read and checked, the files for readers made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .meaning.checked import load
from .page_macros import PageMacros, Site
from .publishing.files import publication

PACKAGES = "datapackages"


def opened(project: str | Path, config: Mapping[str, Any]) -> PageMacros:
    """Read the packages of a project and return the macros for its pages.

    Args:
        project: the folder with ``mkdocs.yml`` and ``datapackages``.
        config: what ``mkdocs.yml`` says; the name stands in ``site_name``.

    Raises:
        ReportError: every problem of every package.
    """
    reports = load(Path(project, PACKAGES))
    site = Site(str(config["site_name"]))
    return PageMacros(reports, site, publication(reports, site.name), root=str)
