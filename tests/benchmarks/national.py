"""An invented nation of councils, as packages: any number of councils, services, measures and years.

It holds what real packages hold: targets and misses with their reasons, breaks in series, gaps with a reason, notes,
and newest figures that are provisional. The same size gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.builders import GOOD_COUNCIL

Row = dict[str, str]
FIRST = 2012
_SERVICES = ("Bins", "Council tax", "Libraries", "Planning", "Housing")
_NOUNS = ("Calls answered", "Letters answered", "Visits kept", "Repairs done", "Requests closed", "Forms decided")


@dataclass(frozen=True, slots=True)
class Nation:
    """How much there is: measures are shared out among the services of the councils."""

    measures: int
    councils: int = 10
    years: int = 8

    def write(self, folder: Path) -> None:
        """Write the packages into a folder that does not exist yet."""
        years = [_year(FIRST + number) for number in range(self.years)]
        _folder(folder / "register", "register", dict(self._register(years)))
        figures = self._figures(years)
        for year in years:
            rows = [row for row in figures if row["period"] == f"FY{year}"]
            _folder(folder / year, "2022-23", {"service_levels": rows, "actions": list(_reasons(rows, year))})

    def _register(self, years: list[str]) -> Iterator[tuple[str, list[Row]]]:
        councils = [f"council-{number}" for number in range(self.councils)]
        yield "bodies", [{"body_id": one, "title": _title(one), "kind": "council"} for one in councils]
        services = sorted({self._service(number) for number in range(self.measures)})
        yield (
            "services",
            [
                {"service_id": f"{council}-service-{number}", "title": f"{_SERVICES[number]}, {_title(council)}"}
                | {
                    "body_id": council,
                    "description": f"{_SERVICES[number]} for everyone who lives in {_title(council)}.",
                }
                for council, number in services
            ],
        )
        yield "measures", [self._measure(number) for number in range(self.measures)]
        yield (
            "documents",
            [
                {"document_id": f"report-{year}", "title": f"Report {year.replace('-', '/')}", "author_id": councils[0]}
                | {"published": f"D{int(year[:4]) + 1}-07-01", "covers": f"FY{year}", "status": "annual report"}
                for year in years
            ],
        )
        yield (
            "breaks",
            [
                {"measure_id": f"measure-{number}", "from_period": f"FY{years[-3]}", "to_period": f"FY{years[-2]}"}
                | {"kind": "redefined", "comparable": "no", "reason": "What is counted changed in April."}
                | {"document_id": f"report-{years[-2]}", "place": "Notes"}
                for number in range(3, self.measures if self.years > 2 else 0, 9)
            ],
        )

    def _service(self, measure: int) -> tuple[str, int]:
        return f"council-{measure % self.councils}", measure // self.councils % len(_SERVICES)

    def _measure(self, number: int) -> Row:
        council, service = self._service(number)
        what = _NOUNS[number // self.councils // len(_SERVICES) % len(_NOUNS)]
        return {
            "measure_id": f"measure-{number}",
            "service_id": f"{council}-service-{service}",
            "topic": "service level",
            "title": f"{what} in time, {_SERVICES[service].lower()}, {_title(council)}, series {number}",
            "meaning": f"The share of {what.lower()} within ten working days.",
            "unit": "per cent",
            "direction": "higher",
            "decimals": "1",
            "additive": "no",
        }

    def _figures(self, years: list[str]) -> list[Row]:
        """Return a row for each measure and year; results wander about their targets."""
        chance = Random(self.measures)  # noqa: S311 - the same data in every run
        rows = []
        for number in range(self.measures):
            target = chance.choice([85, 90, 95])
            for year in years:
                last = year == years[-1]
                shown = f"{min(99.9, target + chance.uniform(-4, 5)):.1f}"
                gap = not last and chance.random() < 0.05
                rows.append(
                    {"measure_id": f"measure-{number}", "period": f"FY{year}", "value": "" if gap else shown}
                    | {"value_status": "not measured" if gap else "provisional" if last else "final"}
                    | {"target": f"{target}", "target_comparator": ">=", "target_status": "set", "basis": "local"}
                    | {"as_published": "" if gap else f"{shown}%", "target_as_published": f"{target}%"}
                    | {"note": f"Counted by hand in series {number}." if chance.random() < 0.1 else ""}
                    | {"document_id": f"report-{year}", "place": f"Table {number % 40 + 1}"}
                )
        return rows


def _reasons(rows: list[Row], year: str) -> Iterator[Row]:
    """Yield the reason that a report gives for each miss."""
    for row in rows:
        if row["value"] and float(row["value"]) < float(row["target"]):
            yield {
                "measure_id": row["measure_id"],
                "period": row["period"],
                "in_control": "partly",
                "due": "not stated",
            } | {
                "what_happened": "Fewer people worked than were needed.",
                "why": "Posts were not filled.",
                "action": "Fill the posts.",
                "responsible_role": "Head of the service",
                "document_id": f"report-{year}",
                "place": "Reasons",
            }


def _year(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"


def _title(council: str) -> str:
    return council.capitalize().replace("-", " ")


def _folder(folder: Path, like: str, tables: dict[str, list[Row]]) -> None:
    """Write a package with the tables of the good council's: their rows are these, or none."""
    shutil.copytree(GOOD_COUNCIL / like, folder)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor |= {"title": f"The nation, {folder.name}", "description": "Everything here is invented."}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heading, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables.get(path.stem, []))
