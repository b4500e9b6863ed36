"""Give each reader bytes that nobody would write, guided by which lines they reach: ``python -m tests.fuzz 60``.

A reader returns something or raises ``ReportError``; whatever else it raises is a fault of the program.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import atheris
import yaml

with atheris.instrument_imports(include=["macros"], enable_loader_override=False):
    from macros.editing.excel import read_xlsx
    from macros.editing.exporting import export
    from macros.editing.opendocument import read_ods
    from macros.editing.texts import read_text
    from macros.errors import ReportError
    from macros.reading.gate import read_csv, read_json
    from macros.reading.prose import Calls, page_problems
    from macros.reading.settings import read_settings
    from macros.records import Period
    from macros.site import configuration

_PROJECT = Path(__file__).parents[2]
_SAID = yaml.safe_load((_PROJECT / "mkdocs.yml").read_bytes())
_PACKAGES = _PROJECT / "tests/packages/good-council"


def _period(data: bytes) -> None:
    code = data.decode("utf-8", "replace")
    try:
        period = Period.parse(code)
    except ValueError:
        return
    assert Period.parse(str(period.code)) == period


def _settings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "mkdocs.yml").write_bytes(data)
        read_settings(configuration(Path(folder)), date(2026, 11, 22))


def _facts(data: bytes) -> None:
    """Read settings whose form is sound, so that every fact of them is reached."""
    try:
        facts = json.loads(data)
    except (ValueError, RecursionError):
        return
    read_settings(_SAID | {"extra": {"answerable": facts}}, date(2026, 11, 22))


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


_SHEET = "xl/worksheets/sheet3.xml"
_XLSX = _unpacked(export(_PACKAGES, "2022-23"))
_ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
_CONTENT = b"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="staffing"><table:table-row table:number-rows-repeated="2">
<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>a<text:s text:c="2"/>b</text:p>
</table:table-cell><table:table-cell office:value-type="float"
 office:value="1.5"><text:p>1.5</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2023-03-31"><text:p>31</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""

READERS: dict[str, tuple[Callable[[bytes], object], list[Path | bytes]]] = {
    "csv": (lambda data: read_csv(data.decode("utf-8", "replace"), "x.csv"), [*_PACKAGES.rglob("*.csv")]),
    "json": (lambda data: read_json(data.decode("utf-8", "replace"), "x"), [*_PACKAGES.rglob("*.json")]),
    "page": (
        lambda data: list(page_problems(data.decode("utf-8", "replace"), "x.md", Calls({}, {}))),
        [*(_PROJECT / "docs").glob("*.md")],
    ),
    "period": (_period, [b"FY2022-23", b"2022-M04", b"2022-Q1", b"D2022-04-01", b"2022-M04/2022-M09"]),
    "settings": (_settings, [_PROJECT / "mkdocs.yml"]),
    "facts": (_facts, [json.dumps(_SAID["extra"]["answerable"], default=str).encode()]),
    "text": (lambda data: read_text(data, "x.csv", "staffing"), [*_PACKAGES.rglob("*.csv")]),
    "xlsx": (lambda data: read_xlsx(_packed(_XLSX | {_SHEET: data}), "x.xlsx"), [_XLSX[_SHEET]]),
    "ods": (lambda data: read_ods(_packed(_ODS | {"content.xml": data}), "x.ods"), [_CONTENT]),
}


def _fuzz(name: str, arguments: list[str]) -> None:
    reader, _ = READERS[name]

    def one(data: bytes) -> None:
        try:
            reader(data)
        except ReportError:
            return

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz one reader, or each of them in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("seconds", type=int, help="how long each reader is tried")
    parser.add_argument("reader", nargs="?", choices=READERS, help="only this one")
    options = parser.parse_args()
    if options.reader is None:
        command = [sys.executable, "-m", "tests.fuzz", str(options.seconds)]
        sys.exit(max([subprocess.run([*command, name], check=False).returncode != 0 for name in READERS]))
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(READERS[options.reader][1]):
            Path(corpus, str(number)).write_bytes(seed if isinstance(seed, bytes) else seed.read_bytes())
        _fuzz(options.reader, [corpus, f"-max_total_time={options.seconds}", "-timeout=10", "-print_final_stats=1"])


if __name__ == "__main__":
    main()
