"""What a joined site shows: each council with its newest year, what is late, and the way to its own pages.

Every figure is one of a council's own index, and is marked by the council's key, so that any reader can find it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ..reading.packages import schema
from ..showing import keys, wording
from ..showing.views import Cell, Column, ListView, Prose, TableView
from .sites import Site

COUNCILS, SITES = "councils", "sites"
YEAR, OF_YEAR, DUE = "newest", "of_year", "due"
_NO_LEVELS = "–"


def key(site: Site, *names: str) -> str:
    """Return what identifies something of a site among all sites."""
    return " ".join([site.address, *names])


def summary(sites: Sequence[Site]) -> Prose:
    """Say how many councils there are on how many sites."""
    councils = sum(len(site.index["councils"]) for site in sites)
    says = (
        Cell(f"{councils:,}", key=COUNCILS, field=keys.ROWS),
        Cell(f" {'council says' if councils == 1 else 'councils say'} what was promised and delivered, on "),
        Cell(f"{len(sites):,}", key=SITES, field=keys.ROWS),
        Cell(f" {'website' if len(sites) == 1 else 'websites'}."),
    )
    whose = "Each figure here is one of the council's own site, which says where it comes from."
    return Prose((says, (Cell(whose),)), lead=True)


def councils(sites: Sequence[Site]) -> TableView:
    """Show each council with its newest year, and how many service levels it met and missed."""
    columns = (
        Column("Council"),
        Column("Met", numeric=True),
        Column("Missed", numeric=True),
        Column("No verdict", numeric=True),
        Column("In the year"),
        Column("Newest year"),
    )
    own = sorted(
        ((str(council["title"]), council, site) for site in sites for council in site.index["councils"]),
        key=lambda one: (one[0].casefold(), one[2].address),
    )
    rows = tuple(_council(site, council) for _, council, site in own)
    return TableView("Service levels of each council in the newest year that has any", columns, rows, short=True)


def _council(site: Site, council: dict[str, Any]) -> tuple[Cell, ...]:
    """Return the row of a council. Its name leads to its site, or to its page on a site of several councils."""
    known = key(site, council["body_id"])
    home = site.address if len(site.index["councils"]) == 1 else f"{site.address}{council['page']}"
    newest = Cell(wording.year(site.newest), outside=f"{site.address}years/{site.newest}/", key=known, field=YEAR)
    came = site.levels(council["body_id"])
    if came is None:
        none = [Cell(_NO_LEVELS, key=known, field=field) for field in (keys.MET, keys.MISSED, keys.UNJUDGED, OF_YEAR)]
        return (Cell(council["title"], outside=home), *none, newest)
    unjudged = came["total"] - came["met"] - came["missed"]
    counted = {keys.MET: came["met"], keys.MISSED: came["missed"], keys.UNJUDGED: unjudged}
    return (
        Cell(council["title"], outside=home),
        *(Cell(f"{count:,}", key=known, field=field) for field, count in counted.items()),
        Cell(wording.year(came["year"]), outside=f"{site.address}{came['page']}", key=known, field=OF_YEAR),
        newest,
    )


def late(sites: Sequence[Site]) -> ListView | Prose:
    """List what was late when each site was built."""
    items = [
        (Cell(site.title, outside=f"{site.address}years/"), Cell(": "), *_late(site)) for site in sites if site.late
    ]
    return ListView(tuple(items)) if items else Prose(((Cell("Nothing was late when the sites were built."),),))


def _late(site: Site) -> Iterator[Cell]:
    found = [(year, list(rows)) for year, rows in groupby(site.late, key=lambda one: str(one["year"]))]
    for number, (year, rows) in enumerate(found):
        yield Cell(f"{'; ' if number else ''}{wording.year(year)}: ")
        for place, one in enumerate(rows):
            yield Cell(f"{', ' if place else ''}{wording.lower(str(schema(one['table'])['title']))} due by ")
            yield Cell(wording.day(date.fromisoformat(one["due"])), key=key(site, year, one["table"]), field=DUE)
    yield Cell(".")


def pages(sites: Sequence[Site], page: str) -> ListView:
    """Link to the same page of each site."""
    return ListView(tuple((Cell(site.title, outside=f"{site.address}{page}"),) for site in sites))


def changes() -> Prose:
    """Say where corrections are published."""
    says = "A figure is corrected on the site of the council it is of, and here with the next build."
    listed = "Each site lists its own corrections, with the old figure, the new one and why."
    return Prose(((Cell(f"{says} {listed}"),),))


def corrections() -> Prose:
    """Say how a wrong figure is put right."""
    right = Cell("A wrong figure is put right on the site of the council it is of, and here with the next build. ")
    leads = Cell(" leads to each council's list of corrections.")
    return Prose(((right, Cell("The page of changes", "changes/"), leads),))


def files() -> Prose:
    """Say what the index of all sites holds."""
    says = "One file names every file of every council's site, each with its whole address, its size and what it holds."
    more = "A program reads it, and fetches what it needs from the councils. The columns are alike on every site."
    return Prose(((Cell(f"{says} {more}"),),))
