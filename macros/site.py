"""From a project's folder to its macros: the packages read and checked, the files for readers made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .errors import Problem, ReportError, Where
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
    """Read ``mkdocs.yml`` as plain data; what MkDocs alone understands, such as ``!ENV``, is left out.

    Raises:
        ReportError: there is no such file, it cannot be read, or it gives the site no name.
    """
    where = Where("mkdocs.yml")
    try:
        found = yaml.load((project / "mkdocs.yml").read_text("utf-8"), Loader=_Plain)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        fix = "Run the command in the folder that holds it, or name that folder with --project."
        raise ReportError([Problem(where, "the file is missing.", fix)]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ReportError([Problem(where, f"the file cannot be read ({error}).", "Put the line right.")]) from None
    if not isinstance(found, dict) or not found.get("site_name"):
        raise ReportError([Problem(where, "the site has no name.", "Write: site_name: The name of the site")])
    return found


class _Plain(yaml.SafeLoader):
    """A safe loader that reads a tag it does not know as nothing."""


_Plain.add_multi_constructor("", lambda loader, suffix, node: None)
