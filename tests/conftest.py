"""What every test may ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from macros.errors import Problem
from macros.reading import tables
from macros.reading.gate import Table
from macros.reading.reports import Reports

from .browsing import DESK, MEASURE, opened, served, started
from .builders import GOOD_COUNCIL, Council
from .sites import PACKAGES, PROJECT, SOURCE_DATE_EPOCH, Built, a_project, a_site

# The same examples in every run: a test that fails once fails always. Fixtures of files outlive examples on purpose.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _day() -> Iterator[None]:
    """Build every site on the same day, in this process and in those that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SOURCE_DATE_EPOCH)
        yield


_asked = tables.table_problems


@cache
def _table_problems(table: Table, resource: str) -> tuple[Problem, ...]:
    return tuple(_asked(table, resource))


@pytest.fixture(name="tiny")
def _tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    """Return a copy of the good council that a test may spoil.

    A test changes one table of many. What Frictionless says of a table follows from its cells alone, so it is asked
    once for all tests that leave the table as it is.
    """
    monkeypatch.setattr(tables, "table_problems", _table_problems)
    root = tmp_path / "datapackages"
    shutil.copytree(GOOD_COUNCIL, root)
    return Council(root)


@pytest.fixture(name="copied_example")
def _copied_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    """Return a copy of the packages of the worked example that a test may spoil."""
    monkeypatch.setattr(tables, "table_problems", _table_problems)
    root = tmp_path / "datapackages"
    shutil.copytree(PACKAGES, root)
    return Council(root)


@pytest.fixture(name="northmoor", scope="session")
def _northmoor() -> Reports:
    """Return the reports of the good council, read once: records are frozen, so tests may share them."""
    return Council(GOOD_COUNCIL).load()


@pytest.fixture(name="example", scope="session")
def _example() -> Reports:
    """Return the reports of the worked example."""
    return Council(PACKAGES).load()


@pytest.fixture(name="example_site", scope="session")
def _example_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of the worked example, built once."""
    return a_site(PROJECT, tmp_path_factory.mktemp("example") / "site")


@pytest.fixture(name="northmoor_project", scope="session")
def _northmoor_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the invented council: this program, and nothing else changed."""
    return a_project(tmp_path_factory.mktemp("northmoor"), GOOD_COUNCIL)


@pytest.fixture(name="northmoor_site", scope="session")
def _northmoor_site(northmoor_project: Path) -> Built:
    """Return the site of the invented council, built once."""
    return a_site(northmoor_project, northmoor_project / "site")


@pytest.fixture(name="base", scope="module")
def _base(example_site: Built) -> Iterator[str]:
    """Serve the worked example, and return its address."""
    with served(example_site.root) as base:
        yield base


@pytest.fixture(name="browser", scope="module")
def _browser(base: str) -> Iterator[Browser]:
    """Start a browser once the site is served."""
    del base
    with started() as browser:
        yield browser


@pytest.fixture(name="page")
def _page(browser: Browser, base: str) -> Iterator[Page]:
    """Open a measure's page at a desk."""
    with opened(browser, DESK) as page:
        page.goto(base + MEASURE)
        yield page
