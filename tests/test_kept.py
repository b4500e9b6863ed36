"""What is painted or written is kept for the next build, and no build can be told from one that kept nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextvars import copy_context
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from macros.checking.sound import kept_by_readers
from macros.drawing import drawings
from macros.drawing.pictures import Bar, Bars
from macros.errors import Problem
from macros.kept import Kept, program
from macros.kept import _secret as secret
from macros.publishing import excel, workbooks
from macros.publishing.files import Files
from macros.publishing.tables import Tables
from macros.reading import tables
from macros.reading.gate import Table
from macros.reading.loading import read
from macros.reading.reports import Reports
from macros.reading.sound import SoundTables

from .builders import Council
from .sites import fingerprint, settings

PICTURE = Bars(((("Bins",), (Bar(3.0, 0, "2021/22", "3", "var(--chart-1)"),)),))


def _never() -> bytes:
    msg = "it is kept, and was made again"
    raise AssertionError(msg)


@pytest.fixture(name="kept")
def _kept(tmp_path: Path) -> Kept:
    """Return a folder in which two things are kept."""
    kept = Kept.of(tmp_path / "project" / ".cache" / "charts", "now")
    for what in ("one", "other"):
        kept.get(what, what.upper().encode)
    return kept


def _files(kept: Kept) -> dict[bytes, Path]:
    """Return the files that are kept, by what is in them."""
    return {path.read_bytes()[32:]: path for path in kept.folder.iterdir()}


def test_what_is_kept_is_not_made_again(kept: Kept) -> None:
    """What was made once is handed out as it was."""
    assert (kept.get("one", _never), kept.get("other", _never)) == (b"ONE", b"OTHER")


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda data: data[:-1],
    "longer": lambda data: data + b" ",
    "one bit changed": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "not a file of ours": lambda _: b"<svg><script>alert(1)</script></svg>",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_is_made_again(kept: Kept, spoil: Callable[[bytes], bytes]) -> None:
    """A file that is not what was kept changes nothing: it is made again, and is whole the next time."""
    path = _files(kept)[b"ONE"]
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert kept.get("one", lambda: b"ONE") == b"ONE"
    assert path.read_bytes() == whole


def test_a_file_in_the_place_of_another_is_made_again(kept: Kept) -> None:
    """A whole file under the name of another is not taken for it."""
    files = _files(kept)
    shutil.copy(files[b"OTHER"], files[b"ONE"])
    assert kept.get("one", lambda: b"ONE") == b"ONE"


def test_a_link_in_the_place_of_a_file_is_not_read(kept: Kept, tmp_path: Path) -> None:
    """A file that a link leads to, which may have no end, is not read; what is kept takes the place of the link."""
    path = _files(kept)[b"ONE"]
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "moved")
    assert kept.found("one") is None
    assert kept.get("one", lambda: b"ONE") == b"ONE"
    assert not path.is_symlink()


@pytest.mark.parametrize("link", ["", "charts", "charts/now"])
def test_a_link_in_the_place_of_what_is_kept_is_not_followed(tmp_path: Path, link: str) -> None:
    """A merge request may bring a link to the folders of whoever builds: nothing there is read, written or removed."""
    home, cache_ = tmp_path / "home", tmp_path / ".cache"
    for folder in ("charts/now", "charts/letters", "now"):
        (home / folder).mkdir(parents=True)
        (home / folder / "letter.txt").write_text("Dear reader", encoding="utf-8")
    (cache_ / link).parent.mkdir(parents=True, exist_ok=True)
    (cache_ / link).symlink_to(home / link)
    before = fingerprint(home)
    kept = Kept.of(cache_ / "charts", "now")
    assert not kept.works
    assert kept.get("one", lambda: b"ONE") == b"ONE"
    kept.only([])
    assert fingerprint(home) == before


def _home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be one of another user, or of another machine."""
    monkeypatch.setattr("macros.kept.user_cache_path", lambda *_, **__: folder)
    monkeypatch.setattr("macros.kept._secret", cache(secret.__wrapped__))


def test_what_another_machine_kept_is_made_again(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a merge request brings along was not sealed here: what it holds is not published."""
    _home(tmp_path / "elsewhere", monkeypatch)
    assert kept.found("one") is None
    assert kept.get("one", lambda: b"made here") == b"made here"
    assert kept.get("one", _never) == b"made here"


def test_a_spoilt_secret_is_made_anew(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that was cut off is no reason to keep nothing for ever, and others may not read it."""
    (tmp_path / "secret").write_bytes(b"short")
    _home(tmp_path, monkeypatch)
    assert [kept.get("one", lambda: b"again"), kept.get("one", _never)] == [b"again", b"again"]
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_without_a_secret_nothing_is_kept(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no secret can be made, everything is made each time, and nothing stops."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    _home(tmp_path / "file", monkeypatch)
    assert not kept.works
    assert [kept.get("one", lambda: b"again") for _ in range(2)] == [b"again", b"again"]
    assert _many(tmp_path / "charts", monkeypatch) == [drawings.png(svg) for svg in MANY]


@pytest.mark.parametrize("folder", ["project/.cache", "project/cache", "linked/cache"])
def test_a_secret_that_a_merge_request_could_bring_is_none(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Where the cache of the system is a folder of the project, nothing is taken for kept, and nothing is kept."""
    (tmp_path / "linked").symlink_to(tmp_path / "project")
    before = fingerprint(tmp_path / "project")
    _home(tmp_path / folder, monkeypatch)
    assert not kept.works
    assert kept.get("one", lambda: b"made here") == b"made here"
    assert fingerprint(tmp_path / "project") == before


def test_nothing_is_kept_where_nobody_is_at_home(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user whom the system does not know, as in a container, has no place for a secret, which stops nothing."""

    def unknown(number: int) -> NoReturn:
        raise KeyError(number)

    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.setattr("macros.kept._secret", cache(secret.__wrapped__))
    assert not kept.works
    assert [kept.get("one", lambda: b"again") for _ in range(2)] == [b"again", b"again"]


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path) -> None:
    """A file where the folder should be stops nothing."""
    (tmp_path / "charts").write_text("not a folder", encoding="utf-8")
    kept = Kept.of(tmp_path / "charts", "now")
    assert [kept.get("one", lambda: b"ONE") for _ in range(2)] == [b"ONE", b"ONE"]


def test_a_folder_that_cannot_be_looked_into_holds_nothing(tmp_path: Path) -> None:
    """What the system refuses to tell is not kept, and stops nothing."""
    assert not Kept(tmp_path / ("long" * 100)).holds("one")


def test_another_program_keeps_its_own(kept: Kept) -> None:
    """What another version painted is not handed out, and is cleared away."""
    later = Kept.of(kept.folder.parent, "later")
    assert later.get("one", lambda: b"painted better") == b"painted better"
    assert [path.name for path in kept.folder.parent.iterdir()] == ["later"]


def test_what_nobody_asks_for_any_more_is_removed(kept: Kept) -> None:
    """What an edit has replaced does not stay for ever; what is still wanted does."""
    kept.only(["one", "a third"])
    assert kept.get("one", _never) == b"ONE"
    assert not kept.holds("other")


def test_nothing_is_removed_where_nothing_is_kept(tmp_path: Path) -> None:
    """A folder that could not be made is no reason to stop."""
    Kept.of(tmp_path / "workbooks", "now").only([])


def test_a_changed_program_has_another_name(tmp_path: Path) -> None:
    """A changed file or another version of a library gives the program another name."""
    file = tmp_path / "painting.py"
    file.write_text("1", encoding="utf-8")
    names = [program([file], "altair 6"), program([file], "altair 6"), program([file], "altair 7")]
    file.write_text("2", encoding="utf-8")
    names.append(program([file], "altair 6"))
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_another_reader_of_spreadsheets_reads_them_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a spreadsheet agreed was said by one version of what reads it, and the next may read it better."""
    before = kept_by_readers(tmp_path / "checks").folder
    monkeypatch.setattr("macros.checking.sound._CALAMINE", "python-calamine 99")
    assert kept_by_readers(tmp_path / "checks").folder != before


def test_a_drawing_is_the_same_kept_or_not(tmp_path: Path) -> None:
    """A chart and its PNG are the same bytes painted, kept, and painted again because what was kept is spoilt."""

    def painted() -> tuple[str, bytes]:
        drawings._DRAWN.clear()
        svg = drawings.drawn(PICTURE)
        return svg, drawings.png(svg)

    def with_kept() -> tuple[str, bytes]:
        drawings.keep(tmp_path / "charts")
        return painted()

    found = [painted(), copy_context().run(with_kept), copy_context().run(with_kept)]
    for path in (tmp_path / "charts").glob("*/*"):
        path.write_bytes(path.read_bytes().replace(b"<svg", b"<SVG")[:-1])
    found.append(copy_context().run(with_kept))
    assert len(set(found)) == 1


MANY = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="9"/>' for side in range(1, 31)]


def _many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return thirty pictures as a build with two processors makes them."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    def painted() -> list[bytes]:
        drawings.keep(folder)
        return drawings.pngs(MANY)

    return copy_context().run(painted)


def test_pictures_painted_side_by_side_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes paint many pictures and leave none to the one that asks; each is as if painted alone."""
    alone = [drawings.png(svg) for svg in MANY]
    monkeypatch.setattr("macros.drawing.pixels.png", lambda *_: _never())
    assert _many(tmp_path / "charts", monkeypatch) == alone
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: _never())
    assert _many(tmp_path / "charts", monkeypatch) == alone
    assert len(list((tmp_path / "charts").glob("*/*"))) == 30


@pytest.mark.parametrize("python", ["/nowhere/python", "false"])
def test_pictures_are_painted_where_no_process_can(
    python: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that do not start, or end at once, cost time and nothing else."""
    monkeypatch.setattr("sys.executable", python)
    assert _many(tmp_path / "charts", monkeypatch) == [drawings.png(svg) for svg in MANY]


def test_workbooks_are_the_same_kept_or_not(northmoor: Reports, tmp_path: Path) -> None:
    """The second build writes no workbook, and publishes the bytes of the first."""

    def written() -> Files:
        workbooks.keep(tmp_path / "workbooks")
        return workbooks.workbook_files(Tables(northmoor), settings(), "")

    found = [workbooks.workbook_files(Tables(northmoor), settings(), ""), copy_context().run(written)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(excel, "xlsx", lambda _: _never())
        patched.setattr(workbooks, "ods", lambda _: _never())
        found.append(copy_context().run(written))
    assert found[0] == found[1] == found[2]
    assert len(list((tmp_path / "workbooks").glob("*/*"))) == len(found[0])


def test_a_table_that_passed_is_not_checked_again(tiny: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a table in which a cell has changed is checked against its schema, and one that failed each time."""
    checked: list[str] = []
    of_schema = tables.table_problems

    def problems(table: Table, resource: str) -> Iterable[Problem]:
        checked.append(table.file)
        return of_schema(table, resource)

    monkeypatch.setattr(tables, "table_problems", problems)
    kept = tiny.root.parent / "kept"
    first, _ = read(tiny.root, kept)
    assert len(checked) > 20
    checked.clear()
    again, found = read(tiny.root, kept)
    assert (checked, again, found) == ([], first, [])
    tiny.change("2022-23/savings.csv", 2, value="many")
    for _ in range(2):
        checked.clear()
        _, found = read(tiny.root, kept)
        assert checked == ["2022-23/savings.csv"]
        assert [one.where.file for one in found] == ["2022-23/savings.csv"]
    assert len([path for path in kept.rglob("*") if path.is_file()]) > 20


def test_a_table_of_one_kind_is_not_taken_for_another(tiny: Council) -> None:
    """What passed as one table is checked again as another."""
    table = Table("2022-23/activity.csv", ("measure_id",), ())
    sound = SoundTables(Kept(tiny.root.parent / "kept"))
    assert [bool(sound.problems(table, name)) for name in ("activity", "savings", "activity")] == [True, True, True]
    passed = read(tiny.root)[0].folders["register"].tables["names.csv"]
    assert [bool(sound.problems(passed, name)) for name in ("names", "breaks", "names")] == [False, True, False]
