"""Records for tests, each sound as it stands: a test names only what its rule is about.

``a_*`` functions make records in memory. ``Council`` is a copy of ``packages/good-council`` on disk that a test changes
as an officer would: one cell, one row, one file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from macros.drawing.pictures import SERIES, Bar, Bars
from macros.errors import Problem, ReportError, Where
from macros.meaning.checked import load
from macros.reading.gate import Folder
from macros.reading.reports import Reports
from macros.records import (
    Basis,
    Body,
    Break,
    Comparator,
    Direction,
    Discrepancy,
    Document,
    Figure,
    Measure,
    Missing,
    Observation,
    Period,
    Qualifier,
    ReleaseStatus,
    Saving,
    SavingKind,
    Service,
    Source,
    Target,
    TargetStatus,
    Topic,
    Unit,
)

A_PICTURE = Bars((((), (Bar(3.0, 0, "2021/22", "3", SERIES[0]),)),))
GOOD_COUNCIL = Path(__file__).with_name("packages") / "good-council"


def a_body(body_id: str = "northmoor", title: str = "Northmoor District Council") -> Body:
    """Return a council."""
    return Body(body_id, title, "council", "E07999901", "local-authority-eng:NMR", None, None, "", "")


def a_service(service_id: str = "bin-collection", title: str = "Bin collection") -> Service:
    """Return a service the council runs itself."""
    return Service(service_id, title, a_body(), None, "Emptying household bins.", None, None, "")


def a_measure(measure_id: str = "bins-on-time", **changes: Any) -> Measure:
    """Return a service level in per cent with one decimal, where higher is better."""
    measure = Measure(
        id=measure_id,
        service=a_service(),
        topic=Topic.SERVICE_LEVEL,
        title="Bins emptied on the day",
        meaning="The share of household bins emptied on the day printed in the calendar.",
        unit=Unit.PER_CENT,
        direction=Direction.HIGHER,
        decimals=1,
        additive=False,
        parts=(),
        numerator_id="",
        denominator_id="",
        change_of="",
        ended="",
        origin=Where("register/measures.csv", 2),
    )
    return replace(measure, **changes)


def a_document(document_id: str = "annual-report-2021-22") -> Document:
    """Return an annual report."""
    period = Period.parse("FY2021-22")
    return Document(document_id, "Annual report 2021/22", a_body(), None, period, "annual report", "", "")


def a_source(place: str = "Table 1, row 1") -> Source:
    """Return a place in the annual report."""
    return Source(a_document(), place)


def a_figure(value: str = "94.9", qualifier: str = "", status: str = "final") -> Figure:
    """Return a final, exact figure."""
    return Figure(Decimal(value), Qualifier(qualifier), ReleaseStatus(status))


def a_target(value: str | None = "95", comparator: str | None = ">=", **changes: Any) -> Target:
    """Return a contractual target that is set; one that is suspended takes ``None, None`` and its status."""
    target = Target(
        status=TargetStatus.SET,
        value=None if value is None else Decimal(value),
        comparator=None if comparator is None else Comparator(comparator),
        basis=Basis.CONTRACTUAL,
        reason="",
        as_published="",
    )
    return replace(target, **changes)


def an_observation(
    value: str | Figure | Missing = "94.9",
    *,
    period: str = "FY2021-22",
    target: Target | None = None,
    measure: Measure | None = None,
    **changes: Any,
) -> Observation:
    """Return one measure in one period: ``value`` is a figure as written, a figure, or why there is none."""
    when = Period.parse(period)
    observation = Observation(
        measure=measure or a_measure(),
        period=when,
        result=a_figure(value) if isinstance(value, str) and not isinstance(value, Missing) else value,
        target=target,
        as_published="",
        note="",
        source=a_source(),
        year=when.financial_year,
        origin=Where(f"{when.financial_year}/service_levels.csv", 2),
    )
    return replace(observation, **changes)


def a_break(before: str = "FY2020-21", after: str = "FY2021-22", *, comparable: bool = False, **changes: Any) -> Break:
    """Return a redefinition of ``a_measure()`` that stops comparison."""
    broken = Break(
        a_measure().id, Period.parse(before), Period.parse(after), "redefined", comparable, "It is new.", a_source()
    )
    return replace(broken, **changes)


def a_saving(saving_id: str = "fewer-rounds", value: str | Figure | Missing = "60000", **changes: Any) -> Saving:
    """Return a sum of money; with ``parts``, a printed total."""
    when = Period.parse(changes.pop("period", "FY2021-22"))
    saving = Saving(
        id=saving_id,
        service=a_service(),
        period=when,
        title="Fewer rounds",
        kind=SavingKind.SAVING,
        result=a_figure(value) if isinstance(value, str) and not isinstance(value, Missing) else value,
        cash="cash",
        gross_net="net",
        recurrence="recurring",
        parts=(),
        as_published="",
        note="",
        source=a_source(),
        year=when.financial_year,
        origin=Where(f"{when.financial_year}/savings.csv", 2),
    )
    return replace(saving, **changes)


def a_discrepancy(*touches: str, recomputed: str | None, year: str = "2021-22", **changes: Any) -> Discrepancy:
    """Return a sum that does not add up, with the number it should be."""
    found = Discrepancy(
        id="does-not-add-up",
        kind="arithmetic",
        title="The numbers do not add up",
        quote="The total is printed so.",
        source=a_source(),
        other_quote="",
        other_source=None,
        unit=Unit.NUMBER,
        printed=None,
        recomputed=None if recomputed is None else Decimal(recomputed),
        published="This site shows the total as printed.",
        reason="Its parts come to another number.",
        touches=touches,
        year=year,
        origin=Where(f"{year}/discrepancies.csv", 2),
    )
    return replace(found, **changes)


def some_reports(*observations: Observation, **changes: Any) -> Reports:
    """Return reports that hold some observations, in the order of their periods, and the measures they are of."""
    rows = tuple(sorted(observations, key=lambda seen: seen.period))
    reports = Reports(
        folders={year: Folder(year, None, {}, frozenset()) for year in sorted({seen.year for seen in rows})},
        bodies={},
        services={seen.measure.service.id: seen.measure.service for seen in rows},
        measures={seen.measure.id: seen.measure for seen in rows},
        documents={},
        names=(),
        breaks=(),
        duties=(),
        deflators=(),
        observations=rows,
        savings=(),
        actions=(),
        commitments=(),
        milestones=(),
        discrepancies=(),
        corrections=(),
    )
    return replace(reports, **changes)


def _unprinted(cells: dict[str, str], heading: list[str]) -> dict[str, str]:
    """Return cells to type; where a number changes and nothing is said of what was printed, nothing was printed."""
    printed = {"value": "as_published", "target": "target_as_published"}
    blank = {printed[name]: "" for name in cells if name in printed and printed[name] in heading}
    return blank | cells


class Council:
    """A copy of the good council that a test may spoil."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def load(self) -> Reports:
        """Read and check every package."""
        return load(self.root)

    def problems(self) -> list[str]:
        """Return every problem as the line an officer reads; none where the packages are sound."""
        return [str(problem) for problem in self.found()]

    def found(self) -> tuple[Problem, ...]:
        """Return every problem."""
        return self.read()[1]

    def read(self) -> tuple[Reports | None, tuple[Problem, ...]]:
        """Return what the packages hold, or every problem."""
        try:
            return self.load(), ()
        except ReportError as error:
            return None, error.problems

    def cells(self, file: str) -> list[list[str]]:
        """Return a table, its heading first."""
        return list(csv.reader(io.StringIO(self.text(file))))

    def set_cells(self, file: str, cells: list[list[str]]) -> None:
        """Write a table."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(cells)
        self.write(file, text.getvalue())

    def change(self, file: str, row: int, **cells: str) -> None:
        """Type into cells of a row, which a spreadsheet numbers from 1 with the heading."""
        table = self.cells(file)
        cells = _unprinted(cells, table[0])
        for column, typed in cells.items():
            table[row - 1][table[0].index(column)] = typed
        self.set_cells(file, table)

    def copy_row(self, file: str, row: int, to: str = "", **cells: str) -> None:
        """Copy a row to the end of its table, or of another, and type into cells of the copy."""
        table = self.cells(to or file)
        copied = dict(zip(self.cells(file)[0], self.cells(file)[row - 1], strict=True))
        copied |= _unprinted(cells, table[0])
        table.append([copied.get(column, "") for column in table[0]])
        self.set_cells(to or file, table)

    def describe(self, folder: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the descriptor of a package."""
        descriptor = json.loads(self.text(f"{folder}/datapackage.json"))
        change(descriptor)
        self.write(f"{folder}/datapackage.json", json.dumps(descriptor))

    def text(self, file: str) -> str:
        """Return a file as text."""
        return (self.root / file).read_text("utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        """Write a file, byte for byte."""
        (self.root / file).write_bytes(content.encode() if isinstance(content, str) else content)
