"""Whole projects and built sites for tests."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from macros.building import build
from macros.reading.settings import Settings, read_settings

PROJECT = Path(__file__).parents[1]
PACKAGES = PROJECT / "datapackages"
_PARTS = ("macros", "overrides", "docs")
_CONFIGURATION: dict[str, Any] = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
DAY: date = _CONFIGURATION["extra"]["answerable"]["accessibility"]["reviewed"]
"""The day of every build in tests: the worked example's statement was reviewed on it, so that tests never grow old."""
SOURCE_DATE_EPOCH = str(int(datetime.combine(DAY, time(12), UTC).timestamp()))


def facts(day: date) -> dict[str, Any]:
    """Return what the invented council says of its site on a day: two things are not accessible."""
    return {
        "site_name": "Northmoor council services",
        "extra": {
            "generator": False,
            "answerable": {
                "organisation": "Northmoor District Council",
                "contact": {
                    "email": "figures@northmoor.example",
                    "form": "https://northmoor.example/contact",
                    "telephone": "01632 960000",
                    "hours": "Monday to Friday, 9am to 5pm",
                    "post": "Town Hall, Northmoor",
                    "complaints": "https://northmoor.example/complaints",
                },
                "accessibility": {
                    "status": "partial",
                    "standard": "WCAG 2.2 AA",
                    "non_accessible": [
                        {
                            "issue": "The map of rounds cannot be used with a keyboard.",
                            "criterion": "2.1.1",
                            "fix_by": day + timedelta(days=90),
                        },
                        {
                            "issue": "Recordings of meetings before the site began have no captions",
                            "criterion": "1.2.2",
                            "disproportionate_burden": "Captions would cost more than the service, for two readers",
                        },
                    ],
                    "prepared": day - timedelta(days=30),
                    "reviewed": day,
                    "tested": day - timedelta(days=31),
                    "method": "Our web team tested ten pages with a keyboard alone",
                    "region": "great-britain",
                },
                "privacy": {"server_logs": "Our web server keeps the address of each visitor for 30 days"},
            },
        },
    }


def settings() -> Settings:
    """Return the settings of the invented council."""
    return read_settings(facts(DAY), DAY)


def a_project(folder: Path, packages: Path) -> Path:
    """Copy the program and its pages into a folder, with other packages and the facts of the invented council."""
    for part in _PARTS:
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    text = yaml.safe_dump(_CONFIGURATION | facts(DAY), sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    shutil.copytree(packages, folder / "datapackages")
    return folder


def a_picture(width: int, height: int) -> bytes:
    """Return a PNG picture of one colour."""
    rows = zlib.compress(b"".join(b"\0" + b"\x40" * width for _ in range(height)))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


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
        main = self.page(address).select_one("main")
        if main is None:
            msg = f"{address} has no main part"
            raise AssertionError(msg)
        # A mark around a figure is no space between words.
        for mark in main.select("span[data-key]"):
            mark.unwrap()
        main.smooth()
        # The link that reports a problem is the same on every page.
        for link in main.select(".report"):
            link.decompose()
        return " ".join(main.get_text(" ").split())

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


def git(folder: Path, *words: str) -> str:
    """Run git in a folder as an officer, and return what it says."""
    who = ["-c", "user.name=Officer", "-c", "user.email=officer@northmoor.example"]
    ran = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()
