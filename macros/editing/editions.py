"""What was published before, from wherever it is kept: a revision of git, a folder, or a zip.

It is read as files and never believed: nothing is unpacked, and whatever cannot be read is one line for the officer.
"""

from __future__ import annotations

import io
import os
import stat
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import Kind, Problem, ReportError, Where, shortened
from ..reading.gate import MAX_BYTES, Table, read_csv, read_json

DESCRIPTOR = "datapackage.json"
_MOST_FILES = 2_000
_MOST_BYTES = 5 * MAX_BYTES
"""The most that all files of an edition may hold, unpacked."""
_DEPTHS = (f"{DESCRIPTOR}", f"*/{DESCRIPTOR}", f"*/*/{DESCRIPTOR}")
"""Where descriptors lie below the folder that was named: it is a package, holds packages, or is a whole site."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package as it was: its descriptor, and its tables by the name of the resource."""

    descriptor: Mapping[str, Any]
    tables: Mapping[str, Table]

    @property
    def version(self) -> str:
        """Its version; empty where it says none."""
        return str(self.descriptor.get("version", ""))

    @property
    def schemas(self) -> dict[str, list[dict[str, Any]]]:
        """The fields of each resource whose schema it holds: packages for readers do, those of a council do not."""
        listed = [one for one in self.descriptor.get("resources", []) if isinstance(one, dict)]
        found = {str(one.get("name")): (one.get("schema") or {}).get("fields", []) for one in listed if "schema" in one}
        return {name: [field for field in fields if isinstance(field, dict)] for name, fields in found.items()}


@dataclass(frozen=True, slots=True)
class Edition:
    """Packages as they were, by the year they are of, or ``register``.

    ``name`` is what the officer calls them. ``published`` says that they are what readers download, with more columns.
    """

    name: str
    packages: Mapping[str, Package]
    published: bool


def edition(packages: Path, wanted: str) -> Edition:
    """Return what was published before.

    Args:
        packages: the folder of the packages as they are now.
        wanted: a revision of git that holds that folder; or the path of a folder of packages, of a site's ``data``
            folder, or of a zip of either. A path that exists is taken for a path.

    Raises:
        ReportError: there is nothing of that name, or it cannot be read.
    """
    if not wanted.strip():
        raise _refused("--against", "it names nothing.", "Name a revision, such as main, or a folder or zip.")
    try:
        path = Path(wanted)
        kept = _from_path(path) if path.exists() else _from_git(packages, wanted)
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        # Whatever a zip or a disk may be broken by, the officer is told where.
        what = f"it cannot be read ({shortened(str(error))})."
        raise _refused(wanted, what, "Name another revision, folder or zip.") from None
    return _edition(wanted, kept)


def _refused(name: str, what: str, fix: str) -> ReportError:
    return ReportError([Problem(Where(shortened(name)), what, fix, kind=Kind.COMMAND)])


def _from_path(path: Path) -> dict[str, bytes]:
    """Return the descriptors and CSV files below a folder, or in a zip, by their paths."""
    if path.is_file():
        if not zipfile.is_zipfile(path):
            raise _refused(str(path), "this file is not a zip.", "Name a folder of packages, or a zip of one.")
        _check_sizes({str(path): path.stat().st_size}, _MOST_BYTES)
        return _from_zip(path.read_bytes())
    files = [
        file for pattern in _DEPTHS for descriptor in sorted(path.glob(pattern))
        for file in (descriptor, *sorted(descriptor.parent.glob("*.csv")))
    ]  # fmt: skip
    for file in files:
        if not stat.S_ISREG(file.stat().st_mode) or not file.resolve().is_relative_to(path.resolve()):
            what = "this is no file of the folder, but a link to elsewhere or a device."
            raise _refused(file.relative_to(path).as_posix(), what, "Put the file itself there.")
    named = {file.relative_to(path).as_posix(): file for file in files}
    _check_sizes({name: file.stat().st_size for name, file in named.items()})
    return {name: file.read_bytes() for name, file in named.items()}


def _from_zip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        wanted = [one for one in archive.infolist() if one.filename.endswith((DESCRIPTOR, ".csv"))]
        _check_sizes({one.filename: one.file_size for one in wanted})
        return {one.filename: archive.read(one) for one in wanted}


def _check_sizes(sizes: Mapping[str, int], most: int = MAX_BYTES) -> None:
    """Refuse what would fill the memory, before any of it is read or unpacked."""
    for name, size in sizes.items():
        if size > most:
            raise _refused(name, f"the file has more than {most:,} bytes.", "Name another folder or zip.")
    if len(sizes) > _MOST_FILES or sum(sizes.values()) > _MOST_BYTES:
        what = f"it holds more than {_MOST_FILES:,} files or {_MOST_BYTES:,} bytes of packages."
        raise _refused("--against", what, "Name the folder or zip of the packages alone.")


def _from_git(packages: Path, revision: str) -> dict[str, bytes]:
    """Return the files of the packages' folder at a revision. Nothing is checked out."""
    folder = packages.resolve().parent
    if _git(folder, "rev-parse", "--git-dir") is None:
        what = "there is no such file or folder, and the project is no git repository in which it could be a revision."
        raise _refused(revision, what, "Name a folder or a zip that holds what was published.")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        what = "git knows no such revision, and there is no such file or folder."
        raise _refused(revision, what, "Name one that git log lists, or fetch it first with git fetch.")
    archive = _git(folder, "archive", "--format=zip", commit.decode().strip(), "--", packages.name)
    if archive is None:
        what = f"at that revision there is no folder {packages.name}."
        raise _refused(revision, what, "Name a revision at which the packages were there.")
    return _from_zip(archive)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Run git and return what it writes; None where it fails or is not there."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and a revision cannot be taken for an option
            ["git", *arguments],  # noqa: S607 - the officer's own git
            cwd=folder, env=environment, capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def _edition(name: str, kept: Mapping[str, bytes]) -> Edition:
    """Group files into packages, and say by their descriptors what kind of packages they are."""
    found: dict[str, Package] = {}
    parts: dict[str, Package] = {}
    published = False
    for path in sorted(kept):
        folder = PurePosixPath(path).parent
        if PurePosixPath(path).name != DESCRIPTOR:
            continue
        package = _package(path, kept, [one for one in kept if PurePosixPath(one).parent == folder])
        if package.schemas:
            published = True
            years = _years(package)
            if len(years) > 1:
                parts |= {year: _of_year(package, year) for year in years}
            else:
                # The copy under the name "latest" comes after the year it is of.
                found.setdefault(years[0] if years else folder.name, package)
        else:
            found[folder.name] = package
    # What a package of one year says, its version above all, goes before what one of several years says of it.
    found = parts | found
    if not found:
        raise _refused(name, "there is no package of a year in it.", "Name a folder or a zip that holds packages.")
    return Edition(name, found, published)


def _of_year(package: Package, year: str) -> Package:
    """Return one year of a package of several, with no version: its own is that of the newest of them."""
    tables = {}
    for name, table in package.tables.items():
        place = table.header.index("year") if "year" in table.header else None
        rows = table.rows if place is None else tuple(row for row in table.rows if row[place] == year)
        tables[name] = replace(table, rows=rows)
    descriptor = {key: value for key, value in package.descriptor.items() if key not in ("version", "created")}
    return Package(descriptor, tables)


def _package(path: str, kept: Mapping[str, bytes], files: Iterable[str]) -> Package:
    descriptor, problems = read_json(_text(path, kept[path]), path)
    tables: dict[str, Table] = {}
    for file in files:
        if file.endswith(".csv"):
            table, faults = read_csv(_text(file, kept[file]), file)
            if table is None:
                problems += faults
            else:
                tables[PurePosixPath(file).stem] = table
    if descriptor is None or problems:
        raise ReportError(problems)
    return Package(descriptor, tables)


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(path, "what was published is not UTF-8.", "Name another revision, folder or zip.") from None


def _years(package: Package) -> list[str]:
    """Return the years the rows of a package for readers say they are of."""
    found = set()
    for table in package.tables.values():
        if "year" in table.header:
            place = table.header.index("year")
            found |= {row[place] for row in table.rows}
    return sorted(found)
