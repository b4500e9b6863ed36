"""The preview: a change to a cell shows without starting again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .builders import Council
from .sites import a_project

PATIENCE = 240
"""Seconds a slow machine may take; the test goes on as soon as the page is there."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, text: str) -> bool:
    """Ask for a page until it holds a text."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
                if text in answer.read().decode():
                    return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.3)
    return False


def test_an_edited_cell_shows_in_the_preview(northmoor_project: Path, tmp_path: Path) -> None:
    """While the preview runs, editing one cell of a package changes the sentence on the page."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    port = _free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--strict", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            page = f"http://127.0.0.1:{port}/measures/missed-bin-repair-time/"
            assert _wait_for(page, "Met in 2022/23: 1.5 days against a target of at most 2 days")
            council = Council(project / "datapackages")
            council.change("2022-23/service_levels.csv", 3, value="1.4", as_published="1.4 days")
            assert _wait_for(page, "Met in 2022/23: 1.4 days against a target of at most 2 days")
        finally:
            server.terminate()
