"""Builds that are cut off, refused or disturbed: what is published stays whole, and the person reads one line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import building
from macros.building import build
from macros.errors import ReportError
from macros.site import Preview, configuration

from .kills import an_edition
from .sites import PROJECT, a_project, fingerprint


@pytest.fixture(name="quick")
def _quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small site, where a build takes no time: only what is around the pages is tried."""
    (tmp_path / "site").mkdir()
    an_edition(tmp_path / "site", 1)
    monkeypatch.setattr(building, "_check", lambda *_: (None, None))
    monkeypatch.setattr(building, "_mkdocs", lambda _, aside, *__: an_edition(aside, 2))
    monkeypatch.setattr(building, "built_problems", lambda *_: [])
    monkeypatch.setattr(building, "doubts", lambda *_: ())
    return tmp_path


def _refused(folder: Path, preview: Preview = Preview.NONE) -> str:
    """Build, and return what the person is told; nothing is left beside the site."""
    with pytest.raises(ReportError) as caught:
        build(folder, folder / "site", lambda _: None, preview)
    assert list(folder.glob(".site-new-*")) == []
    return str(caught.value)


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    """Whatever line is next when a build is killed, the old site or the new one is there, whole."""
    command = [sys.executable, "-c", "import sys; from pathlib import Path; from tests.kills import kills; "
               "print(kills(Path(sys.argv[1]), 10))", str(tmp_path)]  # fmt: skip
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)


def test_a_build_refused_anything_by_the_system_leaves_a_whole_site(tmp_path: Path) -> None:
    """Whichever file, folder or change of a name is refused, a build ends in order and the site is whole."""
    command = [sys.executable, "-c", "import sys; from pathlib import Path; from tests.kills import torture; "
               "print(torture(Path(sys.argv[1])))", str(tmp_path)]  # fmt: skip
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)


def test_a_full_disk_is_told_as_a_full_disk(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where MkDocs finds the disk full, the officer reads that, and no traceback."""
    before = fingerprint(quick / "site")
    script = "import os; raise OSError(28, os.strerror(28), '/somewhere/index.html')"
    monkeypatch.undo()
    monkeypatch.setattr(building, "_check", lambda *_: (None, None))
    monkeypatch.setattr(subprocess, "run", _running(script))
    assert _refused(quick) == (
        "1 problem to put right:\n"
        "  1. site: the site cannot be written (No space left on device). Nothing was published. "
        "Make room and see that this program may write there, or name another folder with --output.\n"
        "     docs/publish/problems.md#command"
    )
    assert fingerprint(quick / "site") == before


def _running(script: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs a script in the place of MkDocs."""
    run = subprocess.run

    def other(_: object, *, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
        return run([sys.executable, "-c", script], cwd=cwd, **options)  # type: ignore[call-overload, no-any-return]

    return other


@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param("raise KeyError('x')", "MkDocs could not build the pages:\nKeyError: 'x'", id="a fault of a page"),
        pytest.param(
            "import os, sys; sys.stderr.write('WARNING x\\n/lib/libc.so.6(+0x891f5)'); sys.stderr.flush(); "
            "os.kill(os.getpid(), 9)",
            "The system stopped it with signal 9. It may have needed more memory.",
            id="no memory left",
        ),
    ],
)
def test_whatever_stops_mkdocs_is_told_without_a_traceback(
    quick: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    """A build that fails in MkDocs says why, in words."""
    monkeypatch.undo()
    monkeypatch.setattr(building, "_check", lambda *_: (None, None))
    monkeypatch.setattr(subprocess, "run", _running(script))
    said = _refused(quick)
    assert told in said
    assert "Traceback" not in said
    assert "libc" not in said


def test_mkdocs_learns_no_secret_of_the_environment(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline's secrets are not handed to MkDocs; what a build needs is."""
    monkeypatch.undo()
    monkeypatch.setenv("CI_JOB_TOKEN", "canary-of-a-job")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr(building, "_check", lambda *_: (None, None))
    script = "import os; raise SystemExit(str(sorted(os.environ.items())))"
    monkeypatch.setattr(subprocess, "run", _running(script))
    said = _refused(quick)
    assert "Asia/Tokyo" in said
    assert "canary" not in said


def test_what_appears_in_the_sites_place_during_a_build_is_not_replaced(
    quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's own files that appear there while the pages are built stay where they are."""

    def disturbed(project: Path, aside: Path, *_: object) -> None:
        an_edition(aside, 2)
        shutil.rmtree(project / "site")
        (project / "site").mkdir()
        (project / "site/minutes.txt").write_text("mine", encoding="utf-8")

    monkeypatch.setattr(building, "_mkdocs", disturbed)
    assert "holds something that is not a site" in _refused(quick)
    assert (quick / "site/minutes.txt").read_text("utf-8") == "mine"


def test_a_site_removed_during_a_build_is_published_anew(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the old site is removed while the pages are built, the new one takes its place."""

    def disturbed(project: Path, aside: Path, *_: object) -> None:
        an_edition(aside, 2)
        shutil.rmtree(project / "site")

    monkeypatch.setattr(building, "_mkdocs", disturbed)
    build(quick, quick / "site", lambda _: None)
    assert (quick / "site/page-0/index.html").read_text("utf-8") == "edition 2"


def test_a_preview_never_takes_the_place_of_a_site_put_back(quick: Path) -> None:
    """A site that a build was moving when it was killed is put back, and a preview does not replace it."""
    (quick / "site").rename(quick / ".site-old")
    assert "a preview never takes the place of one" in _refused(quick, Preview.PRIVATE)
    assert (quick / "site/page-0/index.html").read_text("utf-8") == "edition 1"


@pytest.mark.parametrize("index", ["", "[]", "{", '"preview"', "\udcff"])
def test_a_site_whose_index_is_damaged_is_still_a_site(quick: Path, index: str) -> None:
    """A preview does not take the place of a site whose index cannot be read."""
    (quick / "site" / building.MARK).write_text(index, encoding="utf-8", errors="surrogateescape")
    assert "a preview never takes the place of one" in _refused(quick, Preview.PUBLIC)


def test_a_rename_that_fails_puts_the_old_site_back(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two folders cannot be exchanged and the second rename fails, the old site has its name again."""
    before = fingerprint(quick / "site")
    monkeypatch.setattr(building, "_exchange", lambda one, other: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if "-new-" in self.name:
            raise OSError(5, os.strerror(5))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert "the site cannot be written (Input/output error). Nothing was published." in _refused(quick)
    assert fingerprint(quick / "site") == before


def test_a_site_can_be_read_whatever_the_rights_of_new_files(quick: Path) -> None:
    """A web server may read every page, though new files on this machine are for their owner alone."""
    before = os.umask(0o077)
    try:
        build(quick, quick / "site", lambda _: None)
    finally:
        os.umask(before)
    rights = {oct(path.stat().st_mode & 0o777) for path in (quick / "site").rglob("*") if path.is_file()}
    folders = {oct(path.stat().st_mode & 0o777) for path in (quick / "site").rglob("*") if path.is_dir()}
    assert (rights, folders) == ({"0o644"}, {"0o755"})


def test_a_cancelled_build_clears_what_it_began(tmp_path: Path, northmoor_project: Path) -> None:
    """A job that is cancelled ends at once; the old site is whole and nothing is left beside it."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    (project / "site").mkdir()
    an_edition(project / "site", 1)
    before = fingerprint(project / "site")
    command = [sys.executable, "-m", "macros", "--project", str(project), "build"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        while "Building the pages" not in run.stdout.readline():
            pass
        time.sleep(0.5)
        run.send_signal(signal.SIGTERM)
        said = run.communicate(timeout=60)[1]
    assert (run.returncode, said) == (143, "")
    assert fingerprint(project / "site") == before
    assert list(project.glob(".site-new-*")) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param("copyright: !ENV CI_JOB_TOKEN", "!ENV", id="a variable of the environment"),
        pytest.param("copyright: !!python/name:os.environ", "!!python/name:os.environ", id="a name of a program"),
        pytest.param("copyright: !!python/object/apply:os.getenv [CI_JOB_TOKEN]", "!!python/object", id="a call"),
        pytest.param("x: {copyright: [!ENV [A, B]]}", "!ENV", id="deep inside"),
        pytest.param("copyright: !<!ENV> CI_JOB_TOKEN", "!ENV", id="in long form"),
        pytest.param("%TAG !e! !EN\n---\nsite_name: !e!V CI_JOB_TOKEN", "!ENV", id="under another name"),
    ],
)
def test_settings_that_could_publish_a_secret_are_refused(tmp_path: Path, line: str, named: str) -> None:
    """What MkDocs would fetch from the environment or run is refused, with its row, before MkDocs reads it."""
    name = "" if "site_name" in line else "site_name: Northmoor\n"
    (tmp_path / "mkdocs.yml").write_text(f"{line}\n{name}", encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        configuration(tmp_path)
    (problem,) = caught.value.problems
    assert problem.where.row == line.count("\n") + 1
    assert f'"{named}' in problem.what


def test_settings_without_end_are_not_read(tmp_path: Path) -> None:
    """A file of settings that would take long to read is refused by its size."""
    (tmp_path / "mkdocs.yml").write_text(f"site_name: {'x' * 100_000}\n", encoding="utf-8")
    with pytest.raises(ReportError, match="the file has 100,012 bytes; the most is 100,000"):
        configuration(tmp_path)


def test_settings_stand_in_one_file(tmp_path: Path) -> None:
    """Settings that MkDocs would take from another file are refused: a check would not see them."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Northmoor\nINHERIT: other.yml\n", encoding="utf-8")
    with pytest.raises(ReportError, match="INHERIT takes settings from another file"):
        configuration(tmp_path)
