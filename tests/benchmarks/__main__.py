"""Measure how fast sites of some sizes are checked and built, beside stock Material building the same final pages.

Run with ``make bench``, or ``make bench SIZES="100 1000"``. Sizes are numbers of measures, each with a page of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from tests.benchmarks.national import FIRST, Nation
from tests.benchmarks.stock import a_stock_project
from tests.builders import Council
from tests.sites import SOURCE_DATE_EPOCH, a_project

_MEGABYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""In what the system counts the memory of a process that ended: Linux in kilobytes, others in bytes."""
_COLD, _WARM, _EDITED, _STOCK = "cold build", "warm build", "one cell edited", "stock Material"


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took: seconds of all processors and on the clock, and the most memory of one process."""

    name: str
    cpu: float
    wall: float
    megabytes: int
    pages: int

    def line(self) -> str:
        """Return a row of the table that is printed."""
        each = 1000 * self.cpu / self.pages
        return f"{self.name:<16}{self.cpu:>9.1f}{self.wall:>9.1f}{self.megabytes:>9}{each:>11.1f}"


def run(name: str, project: Path, pages: int, *command: str) -> Run:
    """Run a command of Python in a project and measure it with every process it starts.

    Raises:
        SystemExit: the command failed.
    """
    environment = {**os.environ, "PYTHONPATH": str(project), "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    # What Python compiled stays, as where nobody says otherwise: the libraries were compiled when they were installed.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=project, env=environment, stdout=said, stderr=said
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise SystemExit(f"{name} failed:\n{said.read().decode()}")
    wall = monotonic() - start
    return Run(name, round(used.ru_utime + used.ru_stime, 2), round(wall, 2), used.ru_maxrss // _MEGABYTE, pages)


def _runs(folder: Path, size: int) -> Iterator[Run]:
    """Build a nation, and its pages with stock Material."""
    Nation(size).write(folder / "packages")
    project = a_project(folder / "project", folder / "packages")
    site = folder / "site"
    build = ("macros", "build", "--output", str(site))
    cold = run(_COLD, project, 1, *build)
    pages = len(list(site.rglob("*.html")))
    yield run("check", project, pages, "macros", "check")
    yield Run(_COLD, cold.cpu, cold.wall, cold.megabytes, pages)
    yield run(_WARM, project, pages, *build)
    Council(project / "datapackages").change(f"{FIRST}-{FIRST % 100 + 1}/service_levels.csv", 2, value="77.7")
    yield run(_EDITED, project, pages, *build)
    stock = a_stock_project(folder / "stock", site)
    yield run(_STOCK, stock, pages, "mkdocs", "build", "--quiet")


def measured(size: int) -> dict[str, object]:
    """Measure one size, print its table, and return it for JSON."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print(f"\n{size} measures\n{'':<16}{'CPU s':>9}{'wall s':>9}{'MB':>9}{'ms a page':>11}")
        runs = {}
        for one in _runs(folder, size):
            print(one.line(), flush=True)
            runs[one.name] = one
        page = (folder / "site/measures/measure-1/index.html").stat().st_size
        search = max(file.stat().st_size for file in (folder / "site/search").rglob("words-*.json"))
    ratios = {
        f"{_COLD} to {_STOCK}": runs[_COLD].cpu / runs[_STOCK].cpu,
        f"{_WARM} to {_STOCK}": runs[_WARM].cpu / runs[_STOCK].cpu,
        f"{_EDITED} to {_COLD}": runs[_EDITED].cpu / runs[_COLD].cpu,
    }
    print("\n".join(f"{name}: {ratio:.2f}" for name, ratio in ratios.items()))
    print(
        f"{runs[_COLD].pages} pages; the page of a measure: {page:,} bytes; the largest file of words: {search:,} bytes"
    )
    return {
        "measures": size, "pages": runs[_COLD].pages, "page_bytes": page, "search_bytes": search,
        "runs": [asdict(one) for one in runs.values()], "ratios": ratios,
    }  # fmt: skip


def main() -> None:
    """Measure each size and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int, help="how many measures there are")
    parser.add_argument("--output", type=Path, default=Path(".cache/benchmarks.json"))
    options = parser.parse_args()
    found = [measured(size) for size in options.sizes]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {options.output}")


if __name__ == "__main__":
    main()
