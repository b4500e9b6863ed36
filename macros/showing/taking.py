"""What the page of data says: which file to take, how to open it, and how to join the data of many sites."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.packages import YEAR, schema
from ..reading.reports import Reports
from . import dictionary, wording
from .lists import downloads as _listed
from .views import Cell, Code, ListView, Prose

UNKNOWN = "https://<address of this site>/"
"""What stands for the address of a site that does not know its own."""
_ROWS = "data/all-years/service_levels.csv"
_PYTHON = """\
import pandas as pd
address = "{address}{rows}"
rows = pd.read_csv(address, keep_default_na=False, na_values=[""])
missed = rows[rows["verdict"] == "missed"]
print(missed[["measure_title", "period_label", "value", "target"]].to_string())
"""
_R = """\
address <- "{address}{rows}"
rows <- read.csv(address, na.strings = "", fileEncoding = "UTF-8")
missed <- subset(rows, verdict == "missed")
missed[, c("measure_title", "period_label", "value", "target")]
"""
_SHELL = """\
curl -fsSO "{address}{rows}"
csvgrep -c verdict -r "^missed$" service_levels.csv > missed.csv
csvcut -c measure_title,period_label,value,target missed.csv | csvlook
curl -fsSO "{address}data/index.json"
jq -r '.files[] | select(.package == "all-years") | .path' index.json
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
    return Prose(((Cell(lead),),)), ListView(tuple((Cell(text),) for text in says))


def everything(files: Mapping[str, bytes]) -> ListView:
    """List the files that hold every year."""
    return _listed(
        files,
        {
            "data/all-years.xlsx": "Every year in one workbook for Excel",
            "data/all-years.ods": "Every year in one workbook for LibreOffice",
            "data/all-years.zip": "Every year in one package of CSV files",
            "data/all-years/datapackage.json": "Description of the package of every year",
        },
    )


def tables(files: Mapping[str, bytes]) -> ListView:
    """List every table of all years: what it holds, and its files."""
    items = []
    for resource in dictionary.RESOURCES:
        what = f"{dictionary.title(resource)}, every year" if resource in YEAR else dictionary.title(resource)
        wanted = {f"data/all-years/{resource}.{kind}": what for kind in ("csv", "json")}
        items.append((Cell(f"{schema(resource)['description']} "), *_joined(files, wanted)))
    return ListView(tuple(items))


def years(reports: Reports, files: Mapping[str, bytes]) -> ListView:
    """List the files of each year, the newest first."""
    items = []
    for year in reversed(reports.years):
        title = wording.year(year)
        wanted = {f"data/{year}.{kind}": f"Workbook of {title}" for kind in ("xlsx", "ods")}
        items.append(_joined(files, {f"data/{year}.zip": f"Package of {title}", **wanted}))
    return ListView(tuple(items))


def newest(reports: Reports, files: Mapping[str, bytes]) -> tuple[Prose, ListView]:
    """Give the addresses that always hold the newest year."""
    year = wording.year(reports.years[-1])
    says = f"These addresses always hold the newest year. Now that is {year}. The addresses above keep their year."
    wanted = {
        "data/latest.zip": "Package of the newest year",
        "data/latest/datapackage.json": "Description of the newest year",
    }
    return Prose(((Cell(says),),)), _listed(files, wanted)


def _joined(files: Mapping[str, bytes], wanted: Mapping[str, str]) -> tuple[Cell, ...]:
    """Return the links to some files in one line."""
    links = [cell for item in _listed(files, wanted).items for cell in (Cell(", "), *item)]
    return tuple(links[1:])


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
    use = (
        "Save these lines as join.py. Then run it with the addresses of as many sites as you like, each with a slash "
        "at its end: python join.py https://one.example/ https://two.example/"
    )
    warning = (
        "Two councils may measure different things under like names. Read what a measure means before you compare."
    )
    return (
        Prose(((Cell(same),),)),
        _listed(files, wanted),
        Prose(((Cell(use),),)),
        Code("Join the service levels of many sites", LOOP),
        Prose(((Cell(warning),),)),
    )
