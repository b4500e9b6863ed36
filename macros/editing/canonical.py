"""The one form CSV files of packages have, and how files are put in place: all of them, or none.

UTF-8 without a byte order mark, commas, a line feed after each row, quotation marks only where they are needed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import Kind, Problem, ReportError, Where, shortened
from ..reading.gate import read_csv, read_json
from ..reading.packages import field_names

DESCRIPTOR = "datapackage.json"


def csv_bytes(resource: str, rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as its file holds it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field_names(resource))
    writer.writerows(rows)
    return text.getvalue().encode()


def known_packages(packages: Path) -> list[str]:
    """Return the names of the packages in a folder: the years, and ``register``."""
    return sorted(path.name for path in packages.iterdir() if path.is_dir()) if packages.is_dir() else []


def unknown_package(packages: Path, name: str) -> ReportError:
    """Return the problem of a package that is named and is not there."""
    known = known_packages(packages)
    fix = (
        f"The packages are: {', '.join(known)}." if known else "Run the command in the folder that holds datapackages."
    )
    return ReportError([Problem(Where(shortened(name)), "there is no package of this name.", fix, kind=Kind.COMMAND)])


def units(packages: Path) -> dict[str, str]:
    """Return what each measure of the register counts; nothing where its table cannot be read, as ``check`` says."""
    path = packages / "register" / "measures.csv"
    try:
        table, _ = read_csv(path.read_bytes().decode("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError):
        return {}
    if table is None or not {"measure_id", "unit"} <= set(table.header):
        return {}
    place, unit = table.header.index("measure_id"), table.header.index("unit")
    return {row[place]: row[unit] for row in table.rows}


def listing(folder: Path, resources: Iterable[str]) -> dict[Path, bytes]:
    """Return the descriptor of a package with more resources; nothing where it lists them all.

    Raises:
        ReportError: there is no descriptor, or it cannot be read.
    """
    path = folder / DESCRIPTOR
    name = f"{folder.name}/{DESCRIPTOR}"
    try:
        descriptor, problems = read_json(path.read_text("utf-8-sig"), name)
    except (OSError, UnicodeDecodeError):
        what = "the file is missing, or it cannot be read."
        raise ReportError([Problem(Where(name), what, "Copy the one of another year.", kind=Kind.DESCRIPTOR)]) from None
    listed = (descriptor or {}).get("resources")
    if descriptor is None or not isinstance(listed, list):
        what = "the file does not list its resources."
        raise ReportError(
            problems or [Problem(Where(name), what, "Copy the one of another year.", kind=Kind.DESCRIPTOR)]
        )
    known = {one.get("name") for one in listed if isinstance(one, dict)}
    more = [{"name": one, "path": f"{one}.csv"} for one in resources if one not in known]
    if not more:
        return {}
    text = json.dumps(descriptor | {"resources": [*listed, *more]}, indent=2, ensure_ascii=False)
    return {path: f"{text}\n".encode()}


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: a workbook someone has filled in is never written over.

    Raises:
        ReportError: the file is there already, or cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        fix = "Bring in what was typed in it, then move it away; or name another file with --output."
        raise ReportError([Problem(Where(str(path)), "the file is there already.", fix, kind=Kind.COMMAND)]) from None
    except OSError:
        fix = "Name a file in a folder that is there, with --output."
        raise ReportError([Problem(Where(str(path)), "the file cannot be written.", fix, kind=Kind.COMMAND)]) from None


def put_in_place(files: Mapping[Path, bytes]) -> None:
    """Write files aside, then put each in its place; where one cannot be, those before it are put back.

    Raises:
        ReportError: a file cannot be written, and none has changed.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    aside = {path: path.with_name(f".{path.name}.new") for path in files}
    done: list[Path] = []
    path = Path()
    try:
        for path, data in files.items():
            aside[path].write_bytes(data)
        for path in files:
            aside[path].replace(path)
            done.append(path)
    except OSError:
        for one in done:
            _put_back(one, before[one])
        what = "the file cannot be written, so nothing was changed."
        fix = "Close it in every other program, and run the command again."
        raise ReportError([Problem(Where(f"{path.parent.name}/{path.name}"), what, fix, kind=Kind.COMMAND)]) from None
    finally:
        for one in aside.values():
            one.unlink(missing_ok=True)


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
