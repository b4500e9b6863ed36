"""Whole projects and built sites for tests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bs4 import BeautifulSoup

from macros.building import build

PROJECT = Path(__file__).parents[1]
PACKAGES = PROJECT / "datapackages"
_PARTS = ("macros", "overrides", "docs")


def a_project(folder: Path, packages: Path) -> Path:
    """Copy the program and its pages into a folder, with other packages."""
    for part in _PARTS:
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(packages, folder / "datapackages")
    return folder


@dataclass(frozen=True, slots=True)
class Built:
    """A built site."""

    root: Path
    said: tuple[str, ...]

    def page(self, address: str) -> BeautifulSoup:
        """Return a page as a parsed document."""
        return BeautifulSoup((self.root / address / "index.html").read_text("utf-8"), "html.parser")

    def text(self, address: str) -> str:
        """Return what a page says, its spaces single, without the theme around it."""
        article = self.page(address).select_one("article")
        if article is None:
            msg = f"{address} has no article"
            raise AssertionError(msg)
        return " ".join(article.get_text(" ").split())

    def fingerprint(self) -> dict[str, str]:
        """Return a digest of every file."""
        return fingerprint(self.root)


def fingerprint(root: Path) -> dict[str, str]:
    """Return a digest of every file below a folder."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def a_site(project: Path, output: Path) -> Built:
    """Build a project's site."""
    said: list[str] = []
    build(project, output, said.append)
    return Built(output, tuple(said))
