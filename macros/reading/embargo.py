"""Years that are ready but not published yet: they and what only they need are left out as if they were not there.

A year says in its ``datapackage.json`` until when it is under embargo. Before that moment its folder is left out, and
of the register whatever nothing else refers to: its documents, and measures, services and bodies that are new with it.
What became of an earlier promise waits, too, where a document under embargo shows it, and so does a disagreement with
such a document. Any other row that is published now and names one is a problem: it would tell what the document says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..errors import Kind, Problem, ReportError, Where
from ..records import Document, Outcome, Period
from .gate import Folder, Table
from .loading import join
from .packages import schema
from .reports import Reports

_KEYED = {"bodies": "body_id", "documents": "document_id", "services": "service_id", "measures": "measure_id"}
_WITHIN = {"names": "period", "breaks": "to_period"}
"""Tables of the register whose rows belong to a period, and the column that names it."""
_OUTCOME = {"outcome": Outcome.UNKNOWN.value, "outcome_quote": "", "outcome_document_id": "", "outcome_place": ""}
"""What a promise holds while no document shows what became of it."""
_LATER = {"commitments": "outcome_document_id", "discrepancies": "other_document_id"}
"""Columns that name a later document than the one the row comes from."""
_RATE = {"numerator_id", "denominator_id"}
"""Columns that say something only together."""
_Row = dict[str, str]
_Node = tuple[str, str]
"""A row of the register: its table and its identifier."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a package, and where it stands."""

    folder: str
    resource: str
    where: Where
    row: _Row


def embargoes(folders: Mapping[str, Folder], now: datetime) -> dict[str, str]:
    """Return the years that are under embargo at a moment, each with the moment it ends, as it was typed."""
    typed = {year: str((folder.descriptor or {}).get("embargo", "")) for year, folder in folders.items()}
    return {year: until for year, until in typed.items() if until and datetime.fromisoformat(until) > now}


def released(reports: Reports, now: datetime) -> Reports:
    """Return what may be published at a moment.

    Args:
        reports: every package, sound in itself.
        now: the moment, with its zone.

    Raises:
        ReportError: rows that are published now name what is under embargo.
    """
    shut = embargoes(reports.folders, now)
    if not shut:
        return reports
    sieve = _sieve(reports, shut)
    problems = [_named(line, node, sieve.secret[node]) for line, node in sieve.telling()]
    if problems:
        raise ReportError(problems)
    public, found = join({name: sieve.folder(folder) for name, folder in reports.folders.items() if name not in shut})
    if found:
        # Rows stand elsewhere once others are left out, so only the file is named.
        raise ReportError(
            Problem(Where(one.where.file), f"{one.what} It is under embargo.", _WAIT, kind=Kind.DESCRIPTOR)
            for one in found
        )
    return public


def withheld_pages(everything: Reports, public: Reports) -> frozenset[str]:
    """Return the pages, below ``docs``, of what is left out: a page someone wrote for it has to wait, too."""
    kinds: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "years": (everything.years, public.years),
        "measures": (everything.measures, public.measures),
        "services": (everything.services, public.services),
        "councils": (everything.bodies, public.bodies),
    }
    return frozenset(f"{kind}/{one}.md" for kind, (known, shown) in kinds.items() for one in {*known} - {*shown})


_WAIT = "Wait with this row until the embargo has ended, or move it to the package of the year under embargo."


def _named(line: _Line, node: _Node, until: str) -> Problem:
    what = f"this row is published now and names '{node[1]}', which is under embargo until {until}."
    return Problem(line.where, what, _WAIT, kind=Kind.DESCRIPTOR)


def _lines(folder: Folder) -> Iterator[_Line]:
    for file, table in folder.tables.items():
        for index, cells in enumerate(table.rows):
            row = dict(zip(table.header, cells, strict=True))
            yield _Line(folder.name, file.removesuffix(".csv"), table.where(index), row)


def _links(resource: str, row: _Row, *, own: bool) -> Iterator[tuple[str, _Node]]:
    """Yield what a row of the register or of a year refers to, by column; with ``own`` rows of its own table, too."""
    for key in schema(resource).get("foreignKeys", []):
        column, target = key["fields"][0], key["reference"].get("resource", resource)
        if row[column] and (own or target != resource):
            yield column, (target, row[column])
    if own and resource == "measures":
        yield from (("parts", ("measures", part)) for part in row["parts"].split())


def _reached(start: Iterable[_Node], nodes: Mapping[_Node, _Row], *, own: bool) -> set[_Node]:
    """Return everything some rows of the register lead to, themselves included."""
    found: set[_Node] = set()
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in found and node in nodes:
            found.add(node)
            waiting += [link for _, link in _links(node[0], nodes[node], own=own)]
    return found


@dataclass(frozen=True, slots=True)
class _Sieve:
    """Which rows pass.

    ``hidden`` rows of the register do not. ``secret`` are the documents under embargo, each with when it ends.
    """

    public: tuple[_Line, ...]
    shut: Mapping[str, str]
    secret: Mapping[_Node, str]
    hidden: frozenset[_Node]

    def telling(self) -> Iterator[tuple[_Line, _Node]]:
        """Yield the rows of published years that would tell what a document under embargo says, with the document."""
        for line in self.public:
            if line.folder != "register":
                for column, node in _links(line.resource, line.row, own=False):
                    if node in self.secret and column != _LATER.get(line.resource):
                        yield line, node

    def folder(self, folder: Folder) -> Folder:
        """Return a package with what passes of it."""
        waiting = {(line.resource, next(iter(line.row.values()))) for line in _lines(folder) if self._waits(line)}
        tables = {}
        for file, table in folder.tables.items():
            lines = [line for line in _lines(replace(folder, tables={file: table})) if self._passes(line, waiting)]
            rows = tuple(tuple(self._row(line)[name] for name in table.header) for line in lines)
            tables[file] = Table(table.file, table.header, rows)
        return replace(folder, tables=tables)

    def _passes(self, line: _Line, waiting: set[_Node]) -> bool:
        if line.resource == "corrections":
            # What waits is told by its correction, too.
            of = (line.row["resource"], line.row["key"])
            return of not in waiting or (of[0] == "commitments" and line.row["field"] not in _OUTCOME)
        if line.folder != "register":
            return line.resource == "commitments" or not self._waits(line)
        if line.resource in _KEYED:
            return (line.resource, line.row[_KEYED[line.resource]]) not in self.hidden
        return not _withheld(line, self.shut, self.secret)

    def _waits(self, line: _Line) -> bool:
        """Whether a document under embargo shows what became of a promise, or is the other side of a disagreement."""
        column = _LATER.get(line.resource)
        return column is not None and ("documents", line.row[column]) in self.secret

    def _row(self, line: _Line) -> _Row:
        """Return a row that passes: without identifiers of hidden rows of its own table, or an outcome that waits."""
        if self._waits(line):
            return line.row | _OUTCOME
        if line.folder != "register":
            return line.row
        named = {column for column, node in _links(line.resource, line.row, own=True) if node in self.hidden}
        if named & _RATE:
            named |= _RATE
        blank = dict.fromkeys(named, "")
        if "parts" in named:
            blank["parts"] = " ".join(
                part for part in line.row["parts"].split() if ("measures", part) not in self.hidden
            )
        return line.row | blank


def _withheld(line: _Line, shut: Mapping[str, str], secret: Collection[_Node]) -> bool:
    """Whether a row of the register that has no page belongs to a shut year, or comes from a document under embargo."""
    if any(node in secret for _, node in _links(line.resource, line.row, own=False)):
        return True
    period = _WITHIN.get(line.resource)
    return bool(period) and _year(line.row[period or ""]) in shut


def _year(code: str) -> str:
    return Period.parse(code).financial_year


def _sieve(reports: Reports, shut: Mapping[str, str]) -> _Sieve:
    """Find what is hidden: what rows of shut years refer to, and nothing that is published refers to."""
    inside = [line for year in shut for line in _lines(reports.folders[year])]
    public = [line for name, folder in reports.folders.items() if name not in shut for line in _lines(folder)]
    nodes = {(line.resource, line.row[_KEYED[line.resource]]): line.row for line in public if line.resource in _KEYED}
    needed = _reached(
        (node for line in inside for _, node in _links(line.resource, line.row, own=True)), nodes, own=True
    )
    rest = [line for line in public if line.resource not in _KEYED]
    sources = {
        node
        for line in rest
        if line.folder != "register" or not _withheld(line, shut, ())
        for column, node in _links(line.resource, line.row, own=False)
        if column != _LATER.get(line.resource)
    }
    secret = {
        ("documents", one.id): shut[one.covers.financial_year]
        for one in reports.documents.values()
        if _is_secret(one, shut, sources)
    }
    shown = [line for line in rest if line.folder != "register" or not _withheld(line, shut, secret)]
    start = {node for line in shown for _, node in _links(line.resource, line.row, own=False)} | (set(nodes) - needed)
    hidden = (needed - _reached(start - set(secret), nodes, own=False)) | set(secret)
    return _Sieve(tuple(public), shut, secret, frozenset(hidden))


def _is_secret(document: Document, shut: Mapping[str, str], sources: set[_Node]) -> bool:
    """Whether a document is of a shut year, and was not published earlier as a source of something that is public."""
    until = shut.get(document.covers.financial_year)
    if until is None:
        return False
    early = document.published is not None and document.published.end < datetime.fromisoformat(until).date()
    return not (early and ("documents", document.id) in sources)
