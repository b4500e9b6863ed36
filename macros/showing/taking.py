"""What the page of data says: which file to take, how to open it, and how to join the data of many sites."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.packages import YEAR, schema
from ..reading.reports import Reports
from . import dictionary, wording
from .views import Cell, Code, ListView, Prose

UNKNOWN = "https://<address of this site>/"
"""What stands for the address of a site that does not know its own."""
_ROWS = "data/all-years/service_levels.csv"
_PYTHON = """\
import pandas as pd
rows = pd.read_csv("{address}{rows}", keep_default_na=False, na_values=[""])
missed = rows[rows["verdict"] == "missed"]
print(missed[["measure_title", "period_label", "value", "target"]].to_string())
"""
_R = """\
rows <- read.csv("{address}{rows}", na.strings = "", fileEncoding = "UTF-8")
missed <- subset(rows, verdict == "missed")
missed[, c("measure_title", "period_label", "value", "target")]
"""
_SHELL = """\
curl -fsSO "{address}{rows}"
csvgrep -c verdict -r "^missed$" service_levels.csv | csvcut -c measure_title,period_label,value,target | csvlook
curl -fsS "{address}data/index.json" | jq -r '.files[] | select(.kind == "table") | .path'
curl -fsSO "{address}data/all-years.zip"
unzip -q all-years.zip -d all-years
(cd all-years && sha256sum --check --quiet SHA256SUMS)
frictionless validate all-years/datapackage.json
"""
LOOP = """\
import json, sys
from urllib.request import urlopen
import pandas as pd
wanted = {"package": "all-years", "table": "service_levels", "mediatype": "text/csv"}
found = []
for site in sys.argv[1:]:
    index = json.load(urlopen(f"{site}data/index.json"))
    path = next(file["path"] for file in index["files"] if wanted.items() <= file.items())
    rows = pd.read_csv(f"{site}data/{path}", keep_default_na=False, na_values=[""])
    found.append(rows.assign(site=index["title"], address=site))
joined = pd.concat(found, ignore_index=True)
joined.to_csv("service_levels_of_all.csv", index=False)
print(joined.groupby(["site", "verdict"]).size().to_string())
"""
"""A program that is given the addresses of sites and joins their service levels. A test runs it as it is published."""


def guide() -> tuple[Prose, ListView]:
    """Say which file is for whom."""
    says = (
        "To look at the figures in Excel, take the workbook of all years (XLSX).",
        "To look at them in LibreOffice, or in another program, take the same workbook in OpenDocument (ODS).",
        "To work with one table, take its CSV. To write a program, take CSV or JSON.",
        "To keep everything with its description, take a package (ZIP).",
    )
    lead = "Every figure of this site is here, with the document it comes from. All files hold the same figures."
    return Prose(((Cell(lead),),), lead=True), ListView(tuple((Cell(text),) for text in says))


def everything(files: Mapping[str, bytes]) -> ListView:
    """List the files that hold every year."""
    wanted = {
        "data/all-years.xlsx": "Every year in one workbook for Excel",
        "data/all-years.ods": "Every year in one workbook for LibreOffice",
        "data/all-years.zip": "Every year in one package of CSV files",
        "data/all-years/datapackage.json": "Description of the package of every year",
    }
    return ListView(tuple((link,) for path, what in wanted.items() for link in _links(files, what, path)))


def tables(files: Mapping[str, bytes]) -> ListView:
    """List every table of all years: what it holds, and its files."""
    items = []
    for resource in dictionary.RESOURCES:
        name, says = dictionary.title(resource), schema(resource)["description"]
        paths = [f"data/all-years/{resource}.{kind}" for kind in ("csv", "json")]
        what = f"{name}, every year" if resource in YEAR else name
        items.append((Cell(f"{says} "), *_joined(_links(files, what, *paths))))
    return ListView(tuple(items))


def years(reports: Reports, files: Mapping[str, bytes]) -> ListView:
    """List the files of each year, the newest first, and the address that always holds the newest."""
    items = []
    for year in reversed(reports.years):
        title = wording.year(year)
        items.append(_joined(_links(files, title, f"data/{year}.zip", f"data/{year}.xlsx", f"data/{year}.ods")))
    return ListView(tuple(items))


def newest(reports: Reports, files: Mapping[str, bytes]) -> tuple[Prose, ListView]:
    """Give the address that always holds the newest year."""
    year = wording.year(reports.years[-1])
    says = f"These addresses always hold the newest year. Now that is {year}. The addresses above keep their year."
    wanted = {
        "data/latest.zip": "The newest year",
        "data/latest/datapackage.json": "Description of the newest year",
    }
    items = tuple((link,) for path, what in wanted.items() for link in _links(files, what, path))
    return Prose(((Cell(says),),)), ListView(items)


def _links(files: Mapping[str, bytes], what: str, *paths: str) -> list[Cell]:
    """Return a link to each file that was made: what it holds, its kind and its size."""
    found = []
    for path in paths:
        if path in files:
            kind = path.rpartition(".")[2].upper()
            found.append(Cell(f"{what} ({kind}, {wording.size(len(files[path]))})", path))
    return found


def _joined(links: list[Cell]) -> tuple[Cell, ...]:
    joined = [cell for link in links for cell in (Cell(", "), link)]
    return tuple(joined[1:])


def columns() -> Prose:
    """Say where every column is explained."""
    link = Cell("the data dictionary", dictionary.PAGE)
    start = Cell("Every table and every column is explained in ")
    return Prose(((start, link, Cell(". The workbooks and packages explain them, too.")),))


def excel() -> Prose:
    """Say how to open the data in a spreadsheet."""
    says = (
        "Open the workbook. Each table is on a sheet of its own, and numbers are numbers.",
        "Do not open a CSV with a double click: Excel then shows £ as other letters. "
        "In Excel, choose Data, then From Text/CSV, then the file origin 65001: Unicode (UTF-8).",
    )
    return Prose(tuple((Cell(text),) for text in says))


def python(address: str) -> Code:
    """Give the lines that show every missed service level with pandas."""
    return Code("Lines for Python", _filled(_PYTHON, address))


def r(address: str) -> Code:
    """Give the lines that show every missed service level with R."""
    return Code("Lines for R", _filled(_R, address))


def _filled(lines: str, address: str) -> str:
    # Other braces are the program's own.
    return lines.replace("{address}", address or UNKNOWN).replace("{rows}", _ROWS)


def shell(address: str) -> tuple[Prose, Code]:
    """Give the lines that fetch the data, look at them, and check them, on the command line."""
    needed = "These lines use curl, jq, unzip and sha256sum, and the Python packages csvkit and frictionless."
    return Prose(((Cell(needed),),)), Code("Lines for the command line", _filled(_SHELL, address))


def placeholder(address: str) -> Prose:
    """Say what to put in place of an address that is not known, or where the addresses come from."""
    if address:
        return Prose(((Cell(f"The address of this site is {address}"),),))
    return Prose(((Cell(f"Put the address of this site in place of {UNKNOWN}"),),))


def loop(files: Mapping[str, bytes]) -> tuple[Prose, ListView, Prose, Code, Prose]:
    """Explain the index that is alike on every site, and give a program that joins the data of many."""
    same = "Every site made with this program has its files at the same addresses, and an index of them."
    wanted = {"data/index.json": "Index of every file", "data/index.schema.json": "Description of the index"}
    items = tuple((link,) for path, what in wanted.items() for link in _links(files, what, path))
    use = (
        "Save these lines as join.py. Then run it with the addresses of as many sites as you like, each with a slash "
        "at its end: python join.py https://one.example/ https://two.example/"
    )
    warning = (
        "Two councils may measure different things under like names. Read what a measure means before you compare."
    )
    return (
        Prose(((Cell(same),),)),
        ListView(items),
        Prose(((Cell(use),),)),
        Code("Join the service levels of many sites", LOOP),
        Prose(((Cell(warning),),)),
    )
