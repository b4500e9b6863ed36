"""What machines read of the data: CSV on the Web, the DCAT catalogue, Datasets of schema.org, previews of links."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF

from macros.checking.site import built_problems
from macros.drawing.drawings import png
from macros.publishing.catalogue import ADDRESS, CONTEXT
from macros.publishing.csvw import descriptions
from macros.publishing.social import Picture, drawn, pictures
from macros.reading.packages import schema
from macros.reading.reports import Reports

from .builders import Council, a_measure, an_observation, some_reports
from .sites import Built, a_project, a_site

# The reader of JSON-LD uses parts of itself that it calls old.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
HOME = "https://figures.northmoor.example/"
DCAT = Namespace(CONTEXT["dcat"])
UKGOV = Namespace(CONTEXT["ukgov"])
VCARD = Namespace(CONTEXT["vcard"])
SPDX = Namespace(CONTEXT["spdx"])
HOSTILE = "Bins </script></title><script>alert(1)</script> & \"more\" 'bins'"


@pytest.fixture(name="offline")
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be fetched."""

    def refuse(*_: object, **__: object) -> None:
        msg = "a test asked for the network"
        raise AssertionError(msg)

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(name="placed", scope="module")
def _placed(northmoor_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the invented council's site as it is where it says its address, with a title that tries to break out."""
    project = a_project(tmp_path_factory.mktemp("placed") / "project", northmoor_project / "datapackages")
    path = project / "mkdocs.yml"
    path.write_text(f"site_url: {HOME}\n{path.read_text('utf-8')}", encoding="utf-8")
    Council(project / "datapackages").change("register/measures.csv", 2, title=HOSTILE)
    return a_site(project, project / "site")


def _blocks(site: Built, address: str) -> list[dict[str, Any]]:
    return [json.loads(one.get_text()) for one in site.page(address).select('script[type="application/ld+json"]')]


# CSV on the Web


def _validated(*files: Path) -> list[tuple[str, int, list[str]]]:
    """Return what a validator of CSV on the Web says of files: the path, the number of tables, and what is wrong."""
    program = Path(__file__).parent / "proof" / "tables_on_the_web.py"
    done = subprocess.run(
        [sys.executable, str(program), *map(str, files)],
        env={**os.environ, "PYTHONPATH": str(Path(sys.prefix, "csvw"))},
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(path, tables, problems) for path, tables, problems in json.loads(done.stdout)]


@pytest.mark.parametrize("name", ["savings", "staffing"])
def test_a_measure_may_have_the_name_of_a_table(name: str) -> None:
    """The file of a measure is described as the table its rows are of, whatever the measure is called."""
    reports = some_reports(an_observation(measure=a_measure(name)))
    address = f"data/measures/{name}.csv"
    found = descriptions(reports, {address: f"measure_id,target\r\n{name},95\r\n".encode()}, "")
    assert found[f"{address}-metadata.json"]["dc:title"] == schema("service_levels")["title"]


def test_every_csv_file_is_described(northmoor_site: Built) -> None:
    """Beside each CSV file stands a description that a validator of CSV on the Web accepts, rows and keys included."""
    files = sorted((northmoor_site.root / "data").rglob("*.csv"))
    assert len(files) > 70
    assert _validated(*files) == [(str(file), 1, []) for file in files]


def test_tables_of_a_package_are_joined(example_site: Built) -> None:
    """A package's tables are described together, with keys that lead from one to another, and every key holds."""
    paths = [example_site.root / "data" / name / "csv-metadata.json" for name in ("2013-14", "all-years")]
    assert _validated(*paths) == [(str(path), 18, []) for path in paths]
    table = next(one for one in json.loads(paths[1].read_text("utf-8"))["tables"] if one["url"] == "service_levels.csv")
    assert {
        "columnReference": ["measure_id"],
        "reference": {"resource": "measures.csv", "columnReference": ["measure_id"]},
    } in table["tableSchema"]["foreignKeys"]


def test_a_wrong_cell_is_found_by_its_description(northmoor_site: Built, tmp_path: Path) -> None:
    """The description says what a column holds: a word where a number belongs is refused."""
    folder = northmoor_site.root / "data/2022-23"
    for name in ("service_levels.csv", "service_levels.csv-metadata.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes().replace(b",97.9,", b",nearly all,"))
    ((_, _, problems),) = _validated(tmp_path / "service_levels.csv")
    assert "Invalid column value: nearly all" in problems[0]


def test_a_key_that_leads_nowhere_is_found(northmoor_site: Built, tmp_path: Path) -> None:
    """The joined description holds the keys: a level of a measure that no table has is refused."""
    folder = tmp_path / "package"
    shutil.copytree(northmoor_site.root / "data/2022-23", folder)
    table = folder / "service_levels.csv"
    table.write_bytes(table.read_bytes().replace(b"\nbins-on-time,", b"\nbins-in-time,"))
    ((_, _, problems),) = _validated(folder / "csv-metadata.json")
    assert "bins-in-time" in problems[0]


def test_columns_are_named_as_the_heading(example_site: Built) -> None:
    """The names of columns are those of the heading, in its order, with a title in words and the type of each."""
    path = example_site.root / "data/all-years/service_levels.csv"
    said = json.loads(Path(f"{path}-metadata.json").read_text("utf-8"))
    columns = said["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == path.read_text("utf-8").split("\n")[0].strip().split(",")
    by_name = {one["name"]: one for one in columns}
    assert by_name["period_start"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert (by_name["value"]["datatype"], by_name["value"]["required"]) == ("decimal", False)
    assert by_name["measure_title"]["titles"] == ["measure_title", "Title of the measure"]
    assert said["tableSchema"]["primaryKey"] == ["measure_id", "period", "target_status"]
    assert said["dc:license"] == {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}


# The catalogue


def _graph(site: Built, base: str) -> Graph:
    graph = Graph()
    graph.parse(data=(site.root / ADDRESS).read_text("utf-8"), format="json-ld", publicID=f"{base}{ADDRESS}")
    return graph


REQUIRED = (
    DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCAT.contactPoint,
    DCTERMS.license, DCTERMS.accessRights, UKGOV.securityClassification, DCTERMS.modified, DCTERMS.accrualPeriodicity,
    DCAT.version, RDF.type,
)  # fmt: skip
"""What the UK cross-government metadata exchange model requires of a dataset."""


@pytest.mark.usefixtures("offline")
def test_the_catalogue_states_what_the_exchange_model_requires(example_site: Built, example: Reports) -> None:
    """Each year and all years are datasets with every required property, each file with its type, size and digest."""
    graph = _graph(example_site, HOME)
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    pages = ["data/", *(f"years/{year}/" for year in example.years)]
    assert datasets == {URIRef(f"{HOME}{page}#dataset") for page in pages}
    for dataset in datasets:
        for needed in REQUIRED:
            assert len(list(graph.objects(dataset, needed))) == 1, (dataset, needed)
        assert graph.value(dataset, DCTERMS.accessRights) == Literal("OPEN")
        assert graph.value(dataset, UKGOV.securityClassification) == Literal("OFFICIAL")
        contact = graph.value(dataset, DCAT.contactPoint)
        assert graph.value(contact, VCARD.fn) == Literal("Answerable worked example")
        assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:figures@example.org")
        for file in graph.objects(dataset, DCAT.distribution):
            path = example_site.root / str(graph.value(file, DCAT.downloadURL)).removeprefix(HOME)
            data = path.read_bytes()
            assert str(graph.value(file, DCAT.byteSize)) == str(len(data))
            digest = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
            assert str(digest).lower() == sha256(data).hexdigest()
            assert graph.value(file, DCTERMS.license) is not None
            assert re.fullmatch(r"(text|application)/[\w.+-]+", str(graph.value(file, DCAT.mediaType)))


@pytest.mark.usefixtures("offline")
def test_the_catalogue_says_when_where_and_by_whom(northmoor_site: Built) -> None:
    """A dataset covers a financial year and the councils' areas by their codes; its day comes from the data."""
    graph = _graph(northmoor_site, HOME)
    year = URIRef(f"{HOME}years/2022-23/#dataset")
    catalogue = graph.value(predicate=RDF.type, object=DCAT.Catalog)
    assert graph.value(catalogue, DCTERMS.title) == Literal("Northmoor council services")
    publisher = graph.value(catalogue, DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == Literal("Northmoor District Council")
    assert graph.value(year, DCTERMS.publisher) == publisher
    period = graph.value(year, DCTERMS.temporal)
    assert [str(graph.value(period, one)) for one in (DCAT.startDate, DCAT.endDate)] == ["2022-04-01", "2023-03-31"]
    area = URIRef("http://statistics.data.gov.uk/id/statistical-geography/E07999901")
    assert graph.value(year, DCTERMS.spatial) == area
    assert graph.value(area, DCTERMS.identifier) == Literal("E07999901")
    # The correction of 1 September 2023 is the newest thing that is known of the package.
    assert str(graph.value(year, DCTERMS.modified)) == "2023-09-01"
    # Of the year before, no day of release is known: its document was published on 4 July 2022.
    before = URIRef(f"{HOME}years/2021-22/#dataset")
    assert str(graph.value(before, DCTERMS.modified)) == "2022-07-04"
    assert graph.value(before, DCTERMS.issued) is None


def test_the_catalogue_moves_with_the_site(northmoor_site: Built, placed: Built) -> None:
    """Without an address of the site, all its addresses start at the catalogue; with one they are whole."""
    home = re.compile(r'"(?:\.\./|https://figures\.northmoor\.example/)[^"]*"')
    loose, whole = ((site.root / ADDRESS).read_text("utf-8") for site in (northmoor_site, placed))
    assert HOME not in loose
    assert '"../' not in whole
    assert {one.replace("../", HOME) for one in home.findall(loose)} == set(home.findall(whole))


# Datasets of schema.org


def _checked(block: dict[str, Any], page: BeautifulSoup) -> None:
    """Check a Dataset against the rules of Google Dataset Search."""
    assert (block["@context"], block["@type"]) == ("https://schema.org/", "Dataset")
    assert block["name"]
    assert 50 <= len(block["description"]) <= 5000
    assert block["license"].startswith("https://")
    assert block["creator"]["@type"] == "Organization"
    assert block["isAccessibleForFree"] is True
    assert re.fullmatch(r"\d+\.\d+\.\d+", block["version"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", block["temporalCoverage"])
    assert all(place["name"] for place in block["spatialCoverage"])
    assert block["variableMeasured"]
    assert all(one["contentUrl"] and one["encodingFormat"] for one in block["distribution"])
    # What is said of the data stands on the page.
    heading = page.select_one("main h1")
    assert heading is not None


@pytest.mark.usefixtures("offline")
def test_pages_of_data_describe_them(example_site: Built, example: Reports) -> None:
    """The page of data, and of each year and each measure with figures, holds one Dataset; no other page does."""
    measured = {seen.measure.id for seen in example.observations}
    wanted = {"data/", *(f"years/{year}/" for year in example.years), *(f"measures/{one}/" for one in measured)}
    found = set()
    for path in sorted(example_site.root.rglob("index.html")):
        address = path.relative_to(example_site.root).parent.as_posix() + "/"
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for block in page.select('script[type="application/ld+json"]'):
            said = json.loads(block.get_text())
            _checked(said, page)
            for file in said["distribution"]:
                assert (path.parent / file["contentUrl"]).is_file(), file
            graph = Graph()
            # A program that knows schema.org needs no context of it; this one is given the words as they are.
            graph.parse(data=json.dumps({**said, "@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
            schema = Namespace("https://schema.org/")
            assert len(list(graph.subjects(RDF.type, schema.Dataset))) == 1
            assert address not in found
            found.add(address)
    assert found == wanted


def test_a_dataset_is_that_of_its_page(example_site: Built) -> None:
    """A measure's Dataset names the measure, its unit, the council's area, its time and both of its files."""
    (said,) = _blocks(example_site, "measures/council-tax-collected/")
    assert said["name"] == "Council tax collected in the year it was due"
    assert said["variableMeasured"] == [{"@type": "PropertyValue", "name": said["name"], "unitText": "per cent"}]
    assert said["temporalCoverage"] == "2011-04-01/2014-03-31"
    assert said["spatialCoverage"] == [
        {
            "@type": "Place",
            "name": "West Lancashire Borough Council",
            "identifier": {"@type": "PropertyValue", "propertyID": "GSS", "value": "E07000127"},
        }
    ]
    assert [one["contentUrl"] for one in said["distribution"]] == [
        "../../data/measures/council-tax-collected.csv",
        "../../data/measures/council-tax-collected.json",
    ]


def test_data_never_become_markup(placed: Built) -> None:
    """A title that holds markup is the same title in the head, in the block of data and in the picture's text."""
    page = placed.page("measures/bins-on-time/")
    assert [script for script in page.select("script") if "alert" in script.get_text() and not script.get("type")] == []
    assert page.select("head title, title")[0].get_text() == f"{HOSTILE} – Northmoor council services"
    (said,) = _blocks(placed, "measures/bins-on-time/")
    assert said["name"] == HOSTILE
    tags = {str(one["property"]): str(one["content"]) for one in page.select("meta[property]")}
    assert tags["og:title"] == HOSTILE
    assert tags["og:image:alt"].startswith(f"{HOSTILE}. Missed in 2022/23: 97.9%")
    assert built_problems(placed.root) == []


# Previews of links, and the list of pages


def test_where_the_address_is_known_links_show_a_picture(placed: Built, northmoor: Reports) -> None:
    """The home page, years and measures with a target name a picture by its whole address, in the size asked for."""
    named = {}
    for path in sorted(placed.root.rglob("index.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        tags = {str(one["property"]): str(one["content"]) for one in page.select("meta[property]")}
        canonical = page.select_one("link[rel=canonical]")
        assert canonical is not None
        assert tags["og:url"] == canonical["href"]
        assert str(canonical["href"]).startswith(HOME)
        if "og:image" in tags:
            named[path.relative_to(placed.root).parent.as_posix()] = tags["og:image"]
            data = (placed.root / tags["og:image"].removeprefix(HOME)).read_bytes()
            assert struct.unpack(">II", data[16:24]) == (1200, 630)
            assert len(data) < 60_000
    levels = {seen.measure.id for seen in northmoor.observations if seen.target}
    assert set(named) == {".", *(f"years/{year}" for year in northmoor.years), *(f"measures/{one}" for one in levels)}


def test_without_an_address_no_picture_is_named(northmoor_site: Built) -> None:
    """A picture is named by a whole address, so where there is none it is not made; the words are there."""
    assert not (northmoor_site.root / "social").exists()
    page = northmoor_site.page("measures/bins-on-time/")
    assert page.select('meta[property="og:image"], link[rel=canonical], meta[property="og:url"]') == []
    assert page.select_one('meta[property="og:title"]') is not None


def test_a_picture_says_what_the_page_says(northmoor: Reports, northmoor_site: Built) -> None:
    """The sentence of a picture stands on its page, and the verdict is a word and a shape, not a colour alone."""
    shapes = {"met": "circle", "missed": "path"}
    for picture in pictures(northmoor, "Northmoor council services"):
        address = picture.page.removesuffix("index.md").removesuffix(".md")
        assert picture.sentence in northmoor_site.text(address), picture
        svg = BeautifulSoup(drawn(picture, "Northmoor council services"), "html.parser")
        said = " ".join(one.get_text() for one in svg.select("text"))
        assert picture.title in said
        assert picture.sentence in said
        if picture.verdict:
            assert picture.verdict in said
            assert svg.select(shapes.get(picture.mark, "circle"))


def test_a_long_picture_ends_in_an_ellipsis() -> None:
    """What there is no room for is left out, and the picture says that there is more."""
    picture = Picture("index.md", "word " * 40, "word " * 200)
    svg = BeautifulSoup(drawn(picture, "Site"), "html.parser")
    lines = [one.get_text() for one in svg.select("text")]
    assert (len(lines), lines[1][-1], lines[5][-1]) == (7, "…", "…")
    assert png(drawn(picture, "Site"), scale=1).startswith(b"\x89PNG")


def _addresses(site: Built) -> Iterator[str]:
    # The file was just written by the build.
    tree = ET.parse(site.root / "sitemap.xml")  # noqa: S314
    yield from (str(one.text) for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))


def test_the_list_of_pages_names_every_page_and_no_day(placed: Built) -> None:
    """The sitemap names each page by its whole address, and never the day of the build as that of a page."""
    pages = {path.relative_to(placed.root).parent.as_posix() for path in placed.root.rglob("index.html")}
    wanted = {HOME if page == "." else f"{HOME}{page}/" for page in pages}
    assert set(_addresses(placed)) == wanted
    assert "lastmod" not in (placed.root / "sitemap.xml").read_text("utf-8")
