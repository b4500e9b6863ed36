"""The same input gives the same bytes, asks no network, and tells no secret of the machine it is built on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from macros import cli, site

from .builders import Council
from .sites import PROJECT, Built, a_project, fingerprint

CANARY = "canary-7f3a9c51"
"""A secret. It stands in no file of the project."""
SECRETS = {
    name: f"/home/{CANARY}/{name}"
    for name in (
        "CI_JOB_TOKEN",
        "NOTE_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "CI_REPOSITORY_URL",
        "OLDPWD",
        "USER",
        "LOGNAME",
    )
}
_OTHER_MACHINE = """
import os, random, socket

chance = random.Random(9)
listdir, scandir = os.listdir, os.scandir

class Entries(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def __next__(self):
        if not self: raise StopIteration
        return self.pop()
    def close(self): pass

def shuffled(items):
    items = Entries(items)
    chance.shuffle(items)
    return items

def shuffled_scandir(*path):
    with scandir(*path) as entries:
        return shuffled(entries)

os.listdir, os.scandir = lambda *path: list(shuffled(listdir(*path))), shuffled_scandir
connect = socket.socket.connect

def local(self, address):
    if self.family != getattr(socket, "AF_UNIX", None):
        raise SystemExit(f"the network is asked for {address}")
    return connect(self, address)

def unknown(*name):
    raise SystemExit(f"the network is asked who {name} is")

socket.socket.connect = socket.socket.connect_ex = local
socket.getaddrinfo = socket.gethostbyname = unknown
"""
"""Python code that starts with each process: folders are listed in any order, and there is no network."""


def _other_machine(folder: Path) -> dict[str, str]:
    """Return the environment of a machine that has nothing in common with this one but the programs."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_OTHER_MACHINE, encoding="utf-8")
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "SOURCE_DATE_EPOCH")}
    return kept | SECRETS | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(PROJECT)]), "PYTHONHASHSEED": "71", "TZ": "Pacific/Kiritimati",
        "LANG": "C", "LC_ALL": "C", "HOME": str(folder / CANARY), "FONTCONFIG_FILE": str(fonts),
    }  # fmt: skip


def test_another_machine_builds_the_same_bytes(tmp_path: Path, northmoor_site: Built) -> None:
    """Another folder, time zone, language, user, order of files, hash seed and no fonts change no byte of any file."""
    environment = _other_machine(tmp_path / "machine")
    project = a_project(tmp_path / "ein Ordner & “more” é [1]", northmoor_site.root.parent / "datapackages")
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--project", str(project), "build"],
        env=environment, umask=0o077, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    built, expected = fingerprint(project / "site"), northmoor_site.fingerprint()
    assert sorted(built) == sorted(expected)
    assert [path for path in expected if built[path] != expected[path]] == []
    assert {oct(path.stat().st_mode & 0o777) for path in (project / "site").rglob("*")} == {"0o644", "0o755"}
    assert CANARY not in done.stdout


@pytest.fixture(name="guarded")
def _guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, northmoor_project: Path) -> Path:
    """Return a project in a job with secrets and without a network."""

    def asked(*_: object) -> NoReturn:
        raise AssertionError("the network is asked")

    monkeypatch.setattr(socket.socket, "connect", asked)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(tmp_path)
    return a_project(tmp_path / "project", northmoor_project / "datapackages")


def _told(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return all that was printed; the canary must stand neither there nor in any file."""
    printed = "".join(capsys.readouterr())
    assert CANARY not in printed
    for path in folder.rglob("*"):
        assert CANARY not in path.name
        assert path.is_dir() or CANARY.encode() not in path.read_bytes()
    return printed


COMMANDS = [
    ["check"],
    ["check", "--format", "json", "--output", "list.json"],
    ["check", "--format", "junit"],
    ["check", "--against", "earlier"],
    ["diff", "earlier", "--format", "html", "--output", "diff.html"],
    ["build"],
    ["new-year", "2023-24"],
    ["export", "2022-23", "--output", "year.xlsx"],
    ["import", "year.csv", "--year", "2022-23"],
    ["tidy"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_tells_a_secret_of_bad_input(
    command: list[str], guarded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong in a package or a page, no secret of the job stands in what is printed and written."""
    council = Council(guarded / "datapackages")
    (tmp_path / "earlier").mkdir()
    (tmp_path / "year.csv").write_text("$CI_JOB_TOKEN,${NOTE_TOKEN}\n%CI_JOB_TOKEN%,{{ env.NOTE_TOKEN }}\n")
    council.change("2022-23/service_levels.csv", 2, value="$CI_JOB_TOKEN", note="{{ os.environ }}")
    council.describe("2021-22", lambda package: package.update(title="${NOTE_TOKEN}", profile="!ENV CI_JOB_TOKEN"))
    page = '# Page\n\n{{ config.extra }} {{ environ }} !ENV CI_JOB_TOKEN\n\n--8<-- "/proc/self/environ"\n'
    (guarded / "docs/page.md").write_text(page, encoding="utf-8")
    cli.main(["--project", str(guarded), *command])
    assert _told(tmp_path, capsys)


def test_no_fault_of_the_program_tells_a_secret(
    guarded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file with the details of a fault of the program holds no secret of the job either."""

    def fault(*_: object) -> NoReturn:
        raise KeyError("value")

    monkeypatch.setattr(site, "sources", fault)
    assert cli.main(["--project", str(guarded), "check"]) == 2
    assert "a fault of the program" in _told(tmp_path, capsys)
    (details,) = (tmp_path / "temporary").iterdir()
    assert "KeyError: 'value'" in details.read_text("utf-8")


def test_settings_with_a_secret_are_refused_by_every_command(
    guarded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of the settings that would put a secret on every page stops a check and a build."""
    settings = guarded / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "repo_name: !ENV CI_JOB_TOKEN\n", encoding="utf-8")
    for command in ("check", "build"):
        assert cli.main(["--project", str(guarded), command]) == 1
        assert '"!ENV" stands here' in _told(tmp_path, capsys)
