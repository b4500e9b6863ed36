"""Whole sites, built as a council builds them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from macros.checking.built import ADDRESSES
from macros.checking.site import built_problems
from macros.reading.reports import Reports

from .sites import PROJECT, Built, a_project, a_site

EXPECTED = Path(__file__).with_name("site") / "northmoor"
PROSE = ("about/", "methodology/")
"""Pages a person writes: another council writes its own."""


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_promised_address_exists(example_site: Built, address: str) -> None:
    """Every address the site promises for ever is there."""
    path = example_site.root / address
    assert (path / "index.html").is_file() or path.is_file()


def test_every_row_has_its_page(example_site: Built, example: Reports) -> None:
    """Every year, service and measure has a page, a zip or a file of its own."""
    root = example_site.root
    for year in example.years:
        assert (root / f"years/{year}/index.html").is_file()
        assert (root / f"data/{year}.zip").is_file()
        assert (root / f"data/{year}/datapackage.json").is_file()
    for service in example.services:
        assert (root / f"services/{service}/index.html").is_file()
    for measure in example.measures:
        assert (root / f"measures/{measure}/index.html").is_file()
        assert (root / f"data/measures/{measure}.csv").is_file()
        assert (root / f"data/measures/{measure}.json").is_file()


def test_links_and_anchors_resolve(example_site: Built) -> None:
    """No link of the worked example leads nowhere, and no identifier is used twice on a page."""
    assert built_problems(example_site.root) == []


def test_every_table_has_a_caption_and_scopes(example_site: Built) -> None:
    """Every table of every page has a caption, column headings and row headings a screen reader announces."""
    for path in example_site.root.rglob("*.html"):
        for table in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("table"):
            assert table.caption is not None, path
            assert table.caption.get_text(strip=True), path
            assert all(heading.get("scope") == "col" for heading in table.select("thead th")), path
            rows = table.select("tbody tr")
            assert all(row.select_one("th[scope=row]") is not None for row in rows), path


def test_every_chart_can_be_read_without_seeing_it(example_site: Built) -> None:
    """Every chart has a name, a description of at least one sentence, and its figures in a table."""
    for path in example_site.root.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for chart in page.select("figure.chart"):
            drawing = chart.select_one("[role=img]")
            assert drawing is not None
            for attribute in ("aria-labelledby", "aria-describedby"):
                named = page.find(id=str(drawing[attribute]))
                assert named is not None, path
                assert named.get_text(strip=True), path
            assert chart.select_one("table tbody td") is not None, path
            assert chart.select_one("svg [role], svg script") is None, path


def test_another_council_needs_no_change_to_code(northmoor_site: Built) -> None:
    """With other packages the same program builds the other council's site, without a word of the worked example."""
    mentioned = ("Lancashire", "Lancaster", "One Connect", "BT ")
    for path in northmoor_site.root.rglob("*.html"):
        address = path.relative_to(northmoor_site.root).parent.as_posix() + "/"
        main = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("main")
        if address in PROSE:
            continue
        assert main is not None, address
        words = main.get_text(" ")
        assert not [name for name in mentioned if name in words], address


def test_downloads_of_another_council_know_no_lancashire(northmoor_site: Built) -> None:
    """No file to take away holds a word of the worked example."""
    for path in (northmoor_site.root / "data").rglob("*.*"):
        if path.suffix in (".csv", ".json"):
            assert "Lancashire" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.txt")), ids=lambda path: path.stem)
def test_pages_say_what_was_reviewed(northmoor_site: Built, path: Path) -> None:
    """Each page of the invented council says word for word what a person has reviewed against its packages."""
    address = "" if path.stem == "home" else path.stem.replace("_", "/") + "/"
    # How small a zip becomes depends on the machine's zlib, so sizes are left out.
    size = re.compile(r"\d[\d,]* (KB|bytes)")
    said, reviewed = northmoor_site.text(address), " ".join(path.read_text("utf-8").split())
    assert size.sub("size", said) == size.sub("size", reviewed)


def test_a_page_written_by_hand_wins(northmoor_project: Path, tmp_path: Path) -> None:
    """A page someone wrote at the address of a generated page takes its place, and may call the same macros."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    page = project / "docs/measures/bins-on-time.md"
    page.parent.mkdir()
    page.write_text('# Bins, in our words\n\n{{ measure_summary("bins-on-time") }}\n', encoding="utf-8")
    text = a_site(project, tmp_path / "site").text("measures/bins-on-time/")
    assert text.startswith("Bins, in our words Missed in 2022/23: 97.9% against a target of 98%")
    assert "Take it away" not in text


def test_builds_are_the_same_byte_for_byte(example_site: Built, tmp_path: Path) -> None:
    """Two builds of the same packages give the same downloads, zips included."""
    again = a_site(PROJECT, tmp_path / "site").fingerprint()
    first = example_site.fingerprint()
    data = {path for path in first if path.startswith("data/")}
    assert data
    assert {path: again[path] for path in data} == {path: first[path] for path in data}


# What readers take away


def _stock_validate(descriptor: Path) -> str:
    """Validate with the frictionless command line as any reader would, in a process of its own."""
    command = [sys.executable, "-m", "frictionless", "validate", descriptor.name, "--json"]
    done = subprocess.run(command, cwd=descriptor.parent, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    faults = [error["message"] for task in report["tasks"] for error in task["errors"]]
    return "valid" if report["valid"] else "; ".join(faults)


@pytest.mark.parametrize("name", ["2011-12", "2013-14", "2017-18", "all-years", "latest"])
def test_stock_frictionless_accepts_the_packages(example_site: Built, name: str) -> None:
    """Stock Frictionless accepts a published package, foreign keys, sizes and digests included."""
    assert _stock_validate(example_site.root / "data" / name / "datapackage.json") == "valid"


@pytest.mark.parametrize("name", ["2013-14", "all-years", "latest"])
def test_stock_frictionless_accepts_the_zips(example_site: Built, tmp_path: Path, name: str) -> None:
    """A zip taken apart in an empty folder validates on its own, and its checksums are right."""
    with zipfile.ZipFile(BytesIO((example_site.root / f"data/{name}.zip").read_bytes())) as archive:
        archive.extractall(tmp_path)
    assert _stock_validate(tmp_path / "datapackage.json") == "valid"
    for line in (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, file = line.split("  ")
        assert sha256((tmp_path / file).read_bytes()).hexdigest() == digest
    assert "Open Government Licence" in (tmp_path / "README.md").read_text("utf-8")


def test_all_years_is_the_union_of_the_years(example_site: Built, example: Reports) -> None:
    """Each table of all years holds the rows of the years, row for row, in the same columns."""
    data = example_site.root / "data"
    for path in sorted((data / "all-years").glob("*.csv")):
        every = pd.read_csv(path, dtype=str, keep_default_na=False)
        parts = [pd.read_csv(data / year / path.name, dtype=str, keep_default_na=False) for year in example.years]
        if "year" not in every.columns:
            assert all(part.equals(every) for part in parts), path.name  # the register is the same in every year
            continue
        pd.testing.assert_frame_equal(every, pd.concat(parts, ignore_index=True))


def test_published_columns_are_a_contract(example_site: Built) -> None:
    """Published service levels begin with the columns that programs of readers rely on."""
    path = example_site.root / "data/all-years/service_levels.csv"
    assert path.read_bytes().split(b"\r\n")[0].decode().split(",")[:16] == [
        "measure_id", "measure_title", "service_id", "body_id", "period", "period_label", "period_start", "period_end",
        "value", "value_status", "target_comparator", "target", "target_status", "basis", "verdict", "unit",
    ]  # fmt: skip


def test_a_journalist_recomputes_every_verdict(example_site: Built) -> None:
    """From the published file alone, pandas gives every met and missed verdict again."""
    rows = pd.read_csv(example_site.root / "data/all-years/service_levels.csv", dtype=str, keep_default_na=False)
    exact = rows[rows["verdict"].isin(["met", "missed"]) & (rows["value_qualifier"] == "")]
    assert len(exact) > 60
    value, target = pd.to_numeric(exact["value"]), pd.to_numeric(exact["target"])
    holds = {">=": value >= target, ">": value > target, "<=": value <= target, "<": value < target}
    met = sum(((exact["target_comparator"] == sign) & right for sign, right in holds.items()), start=False)
    assert (exact["verdict"].eq("met") == met).all()


def test_every_field_is_explained(example_site: Built) -> None:
    """Every field of every published table has a title, a description and an example."""
    package = json.loads((example_site.root / "data/all-years/datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["title"], field
            assert field["description"].endswith("."), field
            assert field["example"], field
