"""A package for a new year, made from last year's: its measures, its targets as proposed, and no figure yet."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ..errors import Kind, Problem, ReportError, Where
from ..meaning.checked import load
from ..reading.packages import YEAR, field_names
from ..reading.parsing import is_year
from ..reading.reports import Reports
from ..records import NOT_PUBLISHED, Commitment, Period
from ..showing import wording
from .canonical import csv_bytes, put_in_place

_OBSERVED = ("service_levels", "activity", "staffing")
_YEARS = re.compile(r"(?P<financial>FY)?(?P<year>\d{4})(?P<end>(?(financial)-\d{2}))")
_NOT_YET = NOT_PUBLISHED.capitalize()


@dataclass(slots=True)
class _Tables:
    """The rows of a package that is being made, by its resources, and what was left out of it."""

    rows: dict[str, list[list[str]]] = field(default_factory=lambda: {name: [] for name in YEAR})
    left_out: list[str] = field(default_factory=list)


def new_year(packages: Path, year: str, now: datetime, like: str = "") -> list[str]:
    """Add a package for a year.

    Every measure of the year before is carried forward with the periods it had. Its result is not yet due, and its
    target is proposed until somebody sets it. Each row names a new document, which the register lists as not published.

    Args:
        packages: the folder of the packages.
        year: the year of the new package, such as ``2019-20``.
        now: the moment, which a new version of the register says it was made.
        like: the year it is made from; empty for the newest one before it.

    Returns:
        What the new package holds, and what the officer still has to decide, line by line.

    Raises:
        ReportError: the packages have problems; the year is none, is there already, or has none to be made from.
            Nothing was written.
    """
    reports = load(packages)
    before = _before(reports, year, like)
    tables = _carried(reports, before, year)
    document = f"figures-{year}"
    with tempfile.TemporaryDirectory(prefix=".new-year-", dir=packages.parent) as folder:
        aside = Path(folder, packages.name)
        shutil.copytree(packages, aside)
        _write(aside, reports, before, year, tables)
        if document not in reports.documents:
            _add_document(aside, reports, before, year, document)
            _raise_version(aside / "register/datapackage.json", now)
        load(aside)
        # The register goes first: without its new document the package would not be sound.
        changed = [f"register/{name}" for name in ("documents.csv", "datapackage.json")]
        put_in_place({packages / name: (aside / name).read_bytes() for name in changed})
        (aside / year).rename(packages / year)
    return _says(reports, before, year, tables)


def _before(reports: Reports, year: str, like: str) -> str:
    """Return the year a new package is made from."""
    earlier = [one for one in reports.years if one < year]
    if not is_year(year):
        fix = "Write the year it begins in and the last two digits: 2019-20."
        raise _refused(year, "this is not the name of a financial year.", fix)
    if year in reports.years:
        raise _refused(year, "there is a package of this year.", "Fill that one in.")
    if like and like not in reports.years:
        what = "there is no package of this year to begin from."
        raise _refused(like, what, f"Name one of: {', '.join(reports.years)}.")
    if not like and not earlier:
        fix = f"Name a year to begin from with --like: {', '.join(reports.years) or 'there is none yet'}."
        raise _refused(year, "there is no package of an earlier year.", fix)
    return like or earlier[-1]


def _refused(year: str, what: str, fix: str) -> ReportError:
    return ReportError([Problem(Where(year), what, fix, kind=Kind.COMMAND)])


def moved(code: str, years: int) -> str:
    """Return a period code some years later.

    Args:
        code: a period code, such as ``FY2018-19`` or ``2018-M10/2019-M03``.
        years: how many years later, or earlier where it is below zero.
    """

    def later(match: re.Match[str]) -> str:
        first = int(match["year"]) + years
        return f"FY{first}-{(first + 1) % 100:02}" if match["financial"] else str(first)

    found = _YEARS.sub(later, code)
    # In most years February has 28 days.
    return found.replace("-02-29", "-02-28") if code.startswith("D") and years % 4 else found


def _carried(reports: Reports, before: str, year: str) -> _Tables:
    """Return the rows of the new package: each measure of the year before, with no result."""
    tables = _Tables()
    years = int(year[:4]) - int(before[:4])
    for resource in _OBSERVED:
        found: dict[tuple[str, str], list[str]] = {}
        table = reports.folders[before].tables.get(f"{resource}.csv")
        for row in table.records() if table else ():
            measure = reports.measures[row["measure_id"]]
            period = moved(row["period"], years)
            if Period.parse(period).financial_year != year:
                continue
            if measure.ended:
                tables.left_out.append(f"{measure.title}. {measure.ended}")
            else:
                # A target that was proposed is written after the one in force, and is the one that may come.
                found[measure.id, period] = _row(resource, row, period, before, year)
        tables.rows[resource] = list(found.values())
    return tables


def _row(resource: str, row: Mapping[str, str], period: str, before: str, year: str) -> list[str]:
    """Return one row of the new package, in the order of its columns."""
    kept = {
        "measure_id": row["measure_id"],
        "period": period,
        "value_status": "not yet due",
        "document_id": f"figures-{year}",
        "place": _NOT_YET,
    }
    if resource == "service_levels":
        kept |= {name: row[name] for name in ("target", "target_comparator", "basis")}
        kept["target_status"] = "proposed" if row["target"] else "not published"
        if row["target"]:
            kept["target_as_published"] = row["target_as_published"]
            kept["place"] = f"{_NOT_YET}. Target of {wording.year(before)}, carried forward"
    return [kept.get(name, "") for name in field_names(resource)]


def _write(aside: Path, reports: Reports, before: str, year: str, tables: _Tables) -> None:
    folder = aside / year
    folder.mkdir()
    for resource, rows in tables.rows.items():
        (folder / f"{resource}.csv").write_bytes(csv_bytes(resource, rows))
    descriptor = _descriptor(reports.folders[before].descriptor or {}, before, year)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_bytes(text.encode())


def _descriptor(own: Mapping[str, Any], before: str, year: str) -> dict[str, Any]:
    """Return last year's description with the new year in it.

    An identifier, sources and a day of release belong to one package, and a first version is no correction of another.
    """
    found = {
        key: value for key, value in own.items() if key not in ("id", "sources", "created", "embargo", "resources")
    }
    for key in ("title", "description"):
        for old, new in ((before, year), (wording.year(before), wording.year(year))):
            found[key] = str(found[key]).replace(old, new)
    resources = [{"name": name, "path": f"{name}.csv"} for name in YEAR]
    return {**found, "version": "0.1.0", "resources": resources}


def _add_document(aside: Path, reports: Reports, before: str, year: str, document: str) -> None:
    """List the document the new figures will come from, which is not published yet."""
    path = aside / "register/documents.csv"
    table = reports.folders["register"].tables["documents.csv"]
    sources = reports.sources(before)
    newest = max((source.document for source in sources), key=lambda one: one.covers, default=None)
    author = newest.author.id if newest else next(iter(reports.bodies))
    row = {
        "document_id": document,
        "title": f"Figures for {wording.year(year)}",
        "author_id": author,
        "covers": f"FY{year}",
        "status": NOT_PUBLISHED,
    }
    path.write_bytes(csv_bytes("documents", [*table.rows, [row.get(name, "") for name in table.header]]))


def _raise_version(path: Path, now: datetime) -> None:
    """Raise the second number of a package's version, as new rows ask for, and leave the rest of the file as it is."""
    text = path.read_text("utf-8")
    own = json.loads(text)
    major, minor, _ = map(int, own["version"].split("."))
    changed = {"version": f"{major}.{minor + 1}.0"}
    if "created" in own:
        changed["created"] = now.isoformat(timespec="seconds")
    for key, value in changed.items():
        found = re.search(rf'"{key}"\s*:\s*"([^"]*)"', text)
        if found:
            text = text[: found.start(1)] + value + text[found.end(1) :]
    path.write_text(text, encoding="utf-8", newline="\n")


def _says(reports: Reports, before: str, year: str, tables: _Tables) -> list[str]:
    """Say what the new package holds, and what to look at."""
    counts = [(len(rows), name) for name, rows in tables.rows.items() if rows]
    listed = ", ".join(f"{count} in {name}.csv" for count, name in counts) or "no rows, as that year has no measures"
    says = [
        f"The package {year} was made from {before}: {listed}.",
        f"Its rows name the document figures-{year}. Give it its title and day in register/documents.csv.",
    ]
    if any(row[-1] != _NOT_YET for row in tables.rows["service_levels"]):
        says.append("Targets are proposed: for each one that holds, write set in target_status.")
    says += [f"Left out, as it has ended: {one}" for one in tables.left_out]
    due = [one for one in reports.commitments if _falls_due(one, year)]
    says += [f"A promise falls due in {wording.year(year)}: {one.title}." for one in due]
    return says


def _falls_due(promise: Commitment, year: str) -> bool:
    return promise.due is not None and promise.due.financial_year == year
