"""From a project's folder to its macros: settings and packages read and checked, the files for readers made."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from .errors import Kind, Problem, ReportError, Where, shortened
from .joining.index import joined_files
from .joining.macros import NOTHING, JoinedMacros
from .joining.sites import Joined
from .meaning.checked import load, publishable
from .page_macros import PageMacros, calls
from .page_macros.base import Macros
from .publishing.changes import change_files
from .publishing.chart_files import chart_files
from .publishing.files import publication
from .publishing.materials import ADDRESS, bill_of_materials
from .publishing.metadata import metadata
from .publishing.protection import protection_files
from .publishing.social import social_files
from .publishing.tables import Tables
from .publishing.workbooks import workbook_files
from .reading.embargo import withheld_pages
from .reading.logo import read_logo
from .reading.places import is_below, place_problems
from .reading.prose import pages_problems
from .reading.reports import Reports
from .reading.settings import Settings, read_settings

PACKAGES = "datapackages"
CACHE = ".cache"
"""The folder of a project for what is kept between builds."""
Known = tuple[Settings, Reports] | Joined
"""What a site is made from, read and checked: the settings with every package, or with the sites that are joined."""
PREVIEW = "ANSWERABLE_PREVIEW"
"""The variable of the environment by which a build tells MkDocs, a program of its own, for whom it builds."""
HANDED = "ANSWERABLE_HANDED"
"""The variable by which a build tells MkDocs that it hands over what it has read and checked, as its standard input."""
_MAX_BYTES = 100_000
"""The most bytes of ``mkdocs.yml``: a council's has 3,000, and one of millions takes seconds to read."""


class Preview(StrEnum):
    """For whom a site is built: for everyone, or as a preview for whoever reviews it.

    A private preview shows what is under embargo. A public one, at an address anyone can open, does not.
    """

    NONE = ""
    PUBLIC = "public"
    PRIVATE = "private"


def sources(project: str | Path, config: Mapping[str, Any], today: date) -> tuple[Settings, Reports]:
    """Read the settings and every package of a project, those under embargo, too.

    Raises:
        ReportError: every problem of the settings and of every package.
    """
    problems: list[Problem] = []
    with _noted(problems):
        site = read_settings(config, today)
    with _noted(problems):
        reports = load(Path(project, PACKAGES), Path(project, CACHE, "tables"))
    if problems:
        raise ReportError(problems)
    return site, reports


def opened(
    project: str | Path,
    config: Mapping[str, Any],
    today: date,
    *,
    draw: bool = False,
    preview: Preview = Preview.NONE,
    known: tuple[Settings, Reports] | None = None,
) -> PageMacros:
    """Read the settings and packages of a project and return the macros for its pages.

    Args:
        project: the folder with ``mkdocs.yml`` and ``datapackages``.
        config: what ``mkdocs.yml`` says.
        today: the day of the build, by which a review is too old and a promised repair is late.
        draw: whether to make the files readers take away, which a check has no need of.
        preview: for whom the site is built.
        known: the settings and every package, where they have been read.

    Raises:
        ReportError: every problem of the settings and of every package; or where there is none, of every page a
            person wrote.
    """
    site, everything = known or sources(project, config, today)
    reports = everything if preview is Preview.PRIVATE else publishable(everything, build_moment())
    docs = Path(project, str(config.get("docs_dir", "docs")))
    problems = list(_early_pages(docs, everything, reports))
    # A preview knows no address: it works wherever it is put.
    address = "" if preview else str(config.get("site_url") or "")
    says = str(config.get("site_description") or "")
    files = _files(reports, site, says, address, preview, today) if draw else {}
    logo = read_logo(docs, site.logo, problems)
    macros = PageMacros(
        reports, site, files, root=str, address=address, logo=logo, preview=preview.value, today=today
    )  # fmt: skip
    problems += _licence_problems(reports, site)
    problems += pages_problems(docs, calls(macros))
    if problems:
        raise ReportError(problems)
    return macros


def joined(project: str | Path, config: Mapping[str, Any], today: date, known: Joined, *, draw: bool = False) -> Macros:
    """Return the macros for the pages of a site that is joined from others.

    Args:
        project: the folder with ``mkdocs.yml``; its packages, should it have any, are not read.
        config: what ``mkdocs.yml`` says.
        today: the day of the build.
        known: the settings, and the sites that are joined.
        draw: whether to make the files readers take away.

    Raises:
        ReportError: every problem of the pages a person wrote, and of the logo.
    """
    site, sites = known.settings, known.sites
    docs = Path(project, str(config.get("docs_dir", "docs")))
    address = str(config.get("site_url") or "")
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    if draw:
        files = joined_files(sites, site.name, address) | protection_files(site, address)
        files[ADDRESS] = bill_of_materials()
    logo = read_logo(docs, site.logo, problems)
    macros = JoinedMacros(NOTHING, site, files, root=str, address=address, logo=logo, today=today, sites=sites)
    problems += pages_problems(docs, calls(macros))
    if problems:
        raise ReportError(problems)
    return macros


def made(project: str, config: Mapping[str, Any], today: date, preview: Preview, known: Known | None) -> Macros:
    """Return the macros for the pages of a project with the files readers take away, whatever it is made from.

    Raises:
        ReportError: what ``opened`` or ``joined`` finds.
    """
    if isinstance(known, Joined):
        return joined(project, config, today, known, draw=True)
    return opened(project, config, today, draw=True, preview=preview, known=known)


def _files(
    reports: Reports, site: Settings, says: str, address: str, preview: Preview, today: date
) -> dict[str, bytes]:
    """Return everything readers take away, by its address below the site's home."""
    tables = Tables(reports)
    drawn = chart_files(tables, site.name, address) | workbook_files(tables, site, address)
    files = publication(
        tables, site, address, drawn,
        lambda made: metadata(reports, site, says, made, address), preview=bool(preview), today=today,
    )  # fmt: skip
    files |= change_files(reports, site, address, today) | protection_files(site, address)
    files[ADDRESS] = bill_of_materials()
    # A picture beside a link is named by a whole address.
    return files | (social_files(reports, site.name) if address else {})


def _early_pages(docs: Path, everything: Reports, public: Reports) -> Iterator[Problem]:
    """Tell each page someone wrote for what is under embargo."""
    for path in sorted(withheld_pages(everything, public)):
        if (docs / path).exists():
            what = "this page is of something under embargo, and would be published now."
            fix = "Add the page once the embargo has ended."
            yield Problem(Where(f"{docs.name}/{path}"), what, fix, kind=Kind.PAGE)


@contextmanager
def _noted(problems: list[Problem]) -> Iterator[None]:
    """Note the problems of one step, so that those of the next are told with them."""
    try:
        yield
    except ReportError as error:
        problems += error.problems


def _licence_problems(reports: Reports, site: Settings) -> Iterator[Problem]:
    """Tell each package that names another licence than the site."""
    for year in reports.years:
        named = [one.get("name") for one in (reports.folders[year].descriptor or {}).get("licenses", [])]
        if site.licence.id not in named:
            what = f'licenses does not name "{site.licence.id}", the licence the site names for its data.'
            fix = "Let licenses here and extra.answerable.licence in mkdocs.yml say the same."
            yield Problem(Where(f"{year}/datapackage.json"), what, fix, kind=Kind.DESCRIPTOR)


def build_day() -> date:
    """Return the day of the build.

    Raises:
        ReportError: ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    return build_moment().date()


def build_moment() -> datetime:
    """Return the moment of the build, with its zone: ``SOURCE_DATE_EPOCH``, as reproducible builds have it, or now.

    Raises:
        ReportError: ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if seconds is None:
        return datetime.now(tz=UTC).astimezone()
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC)
    except (ValueError, OverflowError, OSError):
        what = "the environment does not give it as a number of seconds since 1970."
        raise ReportError(
            [Problem(Where("SOURCE_DATE_EPOCH"), what, "Correct it, or remove it.", kind=Kind.COMMAND)]
        ) from None


def handed() -> Known | None:
    """Return what ``answerable build`` or ``join`` has read and checked; None where MkDocs runs alone.

    What was checked is what is built, whatever happens to the files in between, and nothing is read twice.
    """
    # It comes from the process that started this one, as every line of this program does.
    known: Known | None = pickle.load(sys.stdin.buffer) if HANDED in os.environ else None  # noqa: S301
    return known


def preview_asked() -> Preview:
    """Return for whom the site is built, as ``answerable build`` tells MkDocs; for everyone where nothing is said."""
    asked = os.environ.get(PREVIEW, "")
    return Preview(asked) if asked in set(Preview) else Preview.PUBLIC


def configuration(project: Path) -> dict[str, Any]:
    """Read ``mkdocs.yml`` as plain data.

    Raises:
        ReportError: there is no such file, it cannot be read, it gives the site no name, or it holds what MkDocs
            would run or fetch from elsewhere: ``!ENV`` would publish whatever a pipeline keeps in its environment,
            and a folder outside the project what stands there.
    """
    where = Where("mkdocs.yml")
    file = project / "mkdocs.yml"
    if file.is_symlink() and not is_below(file, project):
        what = "this is a link that leads out of the project."
        raise ReportError([Problem(where, what, "Put the file itself here.", kind=Kind.SETTINGS)])
    try:
        if file.stat().st_size > _MAX_BYTES:
            what = f"the file has {file.stat().st_size:,} bytes; the most is {_MAX_BYTES:,}."
            raise ReportError([Problem(where, what, "Remove what does not belong in it.", kind=Kind.SETTINGS)])
        found = yaml.load(file.read_text("utf-8"), Loader=_Plain)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        fix = "Run the command in the folder that holds it, or name that folder with --project."
        raise ReportError([Problem(where, "the file is missing.", fix, kind=Kind.SETTINGS)]) from None
    except _TagError as error:
        what = f'"{error.tag}" stands here, by which a secret of the environment or a program could get into the site.'
        where = Where("mkdocs.yml", error.row)
        raise ReportError([Problem(where, what, "Write the value itself.", kind=Kind.SETTINGS)]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ReportError(
            [Problem(where, f"the file cannot be read ({error}).", "Put the line right.", kind=Kind.SETTINGS)]
        ) from None
    if not isinstance(found, dict) or not found.get("site_name"):
        raise ReportError(
            [Problem(where, "the site has no name.", "Write: site_name: The name of the site", kind=Kind.SETTINGS)]
        )
    if "INHERIT" in found:
        what = "INHERIT takes settings from another file, which a check would not see."
        raise ReportError([Problem(where, what, "Write those settings here.", kind=Kind.SETTINGS)])
    if problems := list(place_problems(project, found)):
        raise ReportError(problems)
    return found


class _TagError(Exception):
    """A tag such as ``!ENV`` or ``!!python/name``, and the row it stands in."""

    def __init__(self, tag: str, row: int) -> None:
        super().__init__(tag)
        self.tag, self.row = tag, row


class _Plain(yaml.SafeLoader):
    """A safe loader that refuses a tag it does not know, which MkDocs may know."""


def _refuse(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    tag = suffix.replace("tag:yaml.org,2002:", "!!")
    raise _TagError(shortened(tag), node.start_mark.line + 1)


def _day_or_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date | str:
    """Read a day that never was, such as 30 February, as text: the settings then name its key."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(node.value)


_Plain.add_multi_constructor("", _refuse)
_Plain.add_constructor("tag:yaml.org,2002:timestamp", _day_or_text)
