"""From a project's folder to its macros: the packages read and checked, the files for readers made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .errors import ReportError
from .meaning.checked import load
from .page_macros import PageMacros, Site, calls
from .publishing.files import publication
from .reading.prose import pages_problems

PACKAGES = "datapackages"


def opened(project: str | Path, config: Mapping[str, Any]) -> PageMacros:
    """Read the packages of a project and return the macros for its pages.

    Args:
        project: the folder with ``mkdocs.yml`` and ``datapackages``.
        config: what ``mkdocs.yml`` says; the name stands in ``site_name``.

    Raises:
        ReportError: every problem of every package; or where there is none, of every page a person wrote.
    """
    reports = load(Path(project, PACKAGES))
    site = Site(str(config["site_name"]))
    macros = PageMacros(reports, site, publication(reports, site.name), root=str)
    problems = list(pages_problems(Path(project, str(config.get("docs_dir", "docs"))), calls(macros)))
    if problems:
        raise ReportError(problems)
    return macros


def configuration(project: Path) -> dict[str, Any]:
    """Read ``mkdocs.yml`` as plain data."""
    text = (project / "mkdocs.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
