"""Workbooks of Excel to sheets of cells: formulas, what is merged and what is hidden included.

The libraries that read such workbooks need every style, pivot table and drawing in them to be as they expect. What is
needed of the format is small: which part is which sheet, the shared texts, the number formats, and the cells.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from ..errors import Kind, Problem, ReportError, Where, column_letter
from ..reading.gate import MAX_ROWS
from .archives import BROKEN, Archive, refused
from .excel_cells import dated, figure
from .typed import BLANK, Cell, Held, Sheet

MOST_CELLS = 2_000_000
"""The most cells a sheet may span, empty ones included."""
_MOST_HELD = 150_000
"""The most cells of a workbook that hold something, and the most texts they share."""
_MOST_MERGED = 2_000
"""The most merged cells of a sheet that are told one by one."""
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_LINES = re.compile(r"\$?([A-Z]{1,3}):\$?[A-Z]{1,3}|\$?([1-9][0-9]{0,6}):\$?[0-9]{1,7}", re.ASCII)
"""A range of whole columns, or of whole rows."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How XML of Excel holds a character that XML cannot."""
_YES = ("1", "true", "on")
_HIDDEN = ("hidden", "veryHidden")
_LISTS_OF_FORMATS = ("numFmts", "cellXfs")
_OTHER_FILES = ("word/", "ppt/")
"""Where documents of Word and presentations begin, which are packed as workbooks are."""
_NO_CELLS = ("chartsheet", "dialogsheet")
_ITEMS = ("si", "sstItem")
"""The element of a shared text, now and in the first version of the format."""


def read_xlsx(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook of Excel.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        ReportError: it cannot be read, or is too large.
    """
    archive = Archive(data, name)
    try:
        return _Book(archive).sheets()
    except BROKEN:
        raise refused(name, "the workbook cannot be read.", "Open it in Excel and save it again.") from None


def _related(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part names: what each is and its name, by the identifier it is named with."""
    folder, file = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def started(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = kind, posixpath.normpath(posixpath.join("/", folder, target))[1:]

    archive.parse(posixpath.join(folder, "_rels", f"{file}.rels"), started)
    return found


class _Book:
    """A workbook while it is read."""

    def __init__(self, archive: Archive) -> None:
        if "xl/workbook.bin" in archive:
            fix = "Open it in Excel and save it as an Excel workbook (.xlsx)."
            raise refused(archive.name, "the file is a binary workbook (.xlsb).", fix)
        if "[Content_Types].xml" not in archive and "content.xml" in archive:
            fix = "Give it a name that ends in .ods."
            raise refused(archive.name, "the file is an OpenDocument spreadsheet, whatever its name says.", fix)
        self.archive = archive
        archive.parse("[Content_Types].xml")
        starts = [target for kind, target in _related(archive, "").values() if kind == "officeDocument"]
        if not starts:
            raise archive.damaged("_rels/.rels", "names no workbook")
        self._part = starts[0]
        if self._part.startswith(_OTHER_FILES):
            fix = "Open it, copy its table into a workbook, and save that as an Excel workbook (.xlsx)."
            raise refused(archive.name, "the file is a document or a presentation, whatever its name says.", fix)
        self._parts = _related(archive, self._part)
        self.epoch = WINDOWS_EPOCH
        self.listed: list[dict[str, str]] = []
        archive.parse(self._part, self._started)
        self.texts = _Texts(archive, self._of_kind("sharedStrings")).found
        self.formats = _formats(archive, self._of_kind("styles"))
        self.held = 0

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            self.listed.append({key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif tag == "workbookPr" and attributes.get("date1904") in _YES:
            self.epoch = MAC_EPOCH

    def _of_kind(self, kind: str) -> str:
        return next((target for known, target in self._parts.values() if known == kind), "")

    def sheets(self) -> list[Sheet]:
        """Return the sheets; charts and forms that take the place of a sheet hold no cells."""
        found = []
        # A module of old macros has a name, but no part.
        for one in filter(lambda listed: listed.get("id"), self.listed):
            kind, target = self._parts.get(one["id"], ("", ""))
            if not kind:
                raise self.archive.damaged(self._part, f'does not say which part holds the sheet "{one.get("name")}"')
            if kind not in _NO_CELLS:
                found.append(_Reader(self, one.get("name", ""), target).sheet(hidden=one.get("state") in _HIDDEN))
        if not found and self.listed:
            fix = "Put the table on a worksheet."
            raise refused(self.archive.name, "the workbook holds charts or macros, and no sheet with cells.", fix)
        if not found:
            raise self.archive.damaged(self._part, "lists no sheet")
        return found


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, halves of a pair put together."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Texts:
    """The texts that cells share, as cells; how they are to be pronounced is left out."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._name = archive.name
        self.found: list[Cell] = []
        self._pieces: list[str] = []
        self._inside = self._aside = False
        if part and part in archive:
            archive.parse(part, self._started, self._ended, self._said)

    def _started(self, tag: str, _: dict[str, str]) -> None:
        if tag in _ITEMS:
            self._pieces = []
        self._aside = self._aside or tag == "rPh"
        self._inside = tag == "t" and not self._aside

    def _ended(self, tag: str) -> None:
        if tag in _ITEMS:
            self.found.append(_text("".join(self._pieces)))
            if len(self.found) > _MOST_HELD:
                what = f"the cells of the workbook share more than {_MOST_HELD:,} texts."
                raise refused(self._name, what, "Remove sheets and rows that do not belong in it.")
        self._aside = self._aside and tag != "rPh"
        self._inside = False

    def _said(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


def _text(text: str) -> Cell:
    text = _unescaped(text)
    return Cell(text, shown=text, stored=text) if text else BLANK


def _formats(archive: Archive, part: str) -> list[str]:
    """Return the number format of each style of cells.

    Rules that colour cells have formats, too, under the numbers of others: they are of no cell.
    """
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = ""

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag in _LISTS_OF_FORMATS:
            inside = tag
        elif tag == "numFmt" and inside == "numFmts":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    def ended(tag: str) -> None:
        nonlocal inside
        if tag == inside:
            inside = ""

    if part and part in archive:
        archive.parse(part, started, ended)
    known = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    return [own.get(number) or known.get(number, "General") for number in styles]


class _Reader:
    """One sheet while it is read."""

    def __init__(self, book: _Book, name: str, part: str) -> None:
        self.book = book
        self.name = name
        self.part = part
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, str]] = []
        self._row = 0
        self._column = -1
        self._cell: dict[str, str] | None = None
        self._formula: dict[str, str] = {}
        self._found: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._aside = False
        self._shared: dict[str, str] = {}

    def sheet(self, *, hidden: bool) -> Sheet:
        """Return the sheet."""
        data = self.book.archive.read(self.part)
        # To count first costs little, and spares most workbooks that are too large the two seconds of reading them.
        if data.count(b"<v>") - data.count(b"<v></v>") > _MOST_HELD:
            raise self._too_many()
        self.book.archive.parse(self.part, self._started, self._ended, self._said)
        width = max((max(cells) + 1 for cells in self.rows.values()), default=0)
        if width * len(self.rows) > MOST_CELLS:
            what = f'the sheet "{self.name}" has {len(self.rows):,} rows and reaches to column {column_letter(width)}.'
            raise refused(self.book.archive.name, what, "Delete the rows and columns beside the table.")
        return Sheet(
            file=self.book.archive.name,
            name=self.name,
            rows={
                number: tuple(cells.get(column, BLANK) for column in range(width))
                for number, cells in sorted(self.rows.items())
            },
            hidden=hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(
                column for first, last in self.hidden_columns for column in range(first - 1, min(last, width))
            ),
            merged=tuple(self.merged),
        )

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell, self._found, self._formula = attributes, {}, {}
            row, self._column = self._placed(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
            if row != self._row:
                # Excel asks to repair such a file, and others show the cell in the row of its name.
                raise self._problem(f"the file says two places for one cell: {attributes['r']}, and row {self._row}.")
        elif self._cell is not None:
            if tag == "f":
                self._formula = attributes
            self._aside = self._aside or tag == "rPh"
            self._into = self._found.setdefault(tag, []) if tag in "vft" and not self._aside else None
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
            if attributes.get("hidden") in _YES or float(attributes.get("ht", "1")) == 0:
                self.hidden_rows.add(self._row)
        elif tag == "col":
            if attributes.get("hidden") in _YES or float(attributes.get("width", "1")) == 0:
                self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _ended(self, tag: str) -> None:
        if tag == "c" and self._cell is not None:
            self._keep(self._made(self._cell))
            self._cell = self._into = None
        elif tag == "rPh":
            self._aside = False
        elif self._cell is not None:
            self._into = None

    def _said(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _placed(self, place: str) -> tuple[int, int]:
        """Return the row, and the column from 0, that a place names."""
        match = _PLACE.fullmatch(place)
        if match is None:
            raise self.book.archive.damaged(self.part, f'has a cell at "{place[:20]}", in or after row {self._row}')
        return int(match[2]), _column(match[1])

    def _merge(self, span: str) -> None:
        if len(self.merged) == _MOST_MERGED:
            what = f'the sheet "{self.name}" has more than {_MOST_MERGED:,} merged cells.'
            raise refused(self.book.archive.name, what, "Select the whole sheet, and unmerge it.")
        if lines := _LINES.fullmatch(span):
            self.merged.append((int(lines[2] or 1), _column(lines[1] or "A"), span))
            return
        first, _, last = span.partition(":")
        (top, left), (bottom, right) = self._placed(first), self._placed(last or first)
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise self._far(span)
        if first != last and last:
            self.merged.append((top, left, span))

    def _letters(self) -> str:
        """Return the place of the cell as a spreadsheet names it."""
        return f"{column_letter(self._column)}{self._row}"

    def _far(self, place: str) -> ReportError:
        what = f'a cell, or a range of cells, of the sheet "{self.name}" reaches to {place}.'
        return refused(
            self.book.archive.name, what, f"Delete what stands there: a table has at most {MAX_ROWS:,} rows."
        )

    def _keep(self, cell: Cell) -> None:
        """Put a cell that holds something into its row."""
        if cell.is_blank and not cell.text:
            return
        if self._row * (self._column + 1) > MOST_CELLS:
            raise self._far(self._letters())
        row = self.rows.setdefault(self._row, {})
        if self._column in row:
            raise self._problem(f"the cell {self._letters()} stands twice in the file.")
        row[self._column] = cell
        self.book.held += 1
        if self.book.held > _MOST_HELD:
            raise self._too_many()

    def _too_many(self) -> ReportError:
        what = f"more than {_MOST_HELD:,} cells of the workbook hold something."
        return refused(self.book.archive.name, what, "Remove sheets and rows that do not belong in it.")

    def _problem(self, what: str) -> ReportError:
        where = Where(self.book.archive.name, self._row, sheet=self.name)
        fix = "Open the file in Excel, see that everything stands where it should, and save it again."
        return ReportError([Problem(where, what, fix, kind=Kind.WORKBOOK)])

    def _made(self, cell: dict[str, str]) -> Cell:
        formula = self._written() if "f" in self._found or self._formula else ""
        held = self._held(cell.get("t", "n"), "".join(self._found.get("v", ())), cell.get("s", "0"))
        return Cell(held.text, held.held, held.shown, held.stored, formula) if formula else held

    def _written(self) -> str:
        """Return a formula as a person reads it; one that was copied down is written in its first cell alone."""
        text = "".join(self._found.get("f", ()))
        shared = self._formula.get("si", "") if self._formula.get("t") == "shared" else ""
        if shared and text:
            self._shared[shared] = f"={text}, as in {self._letters()}"
        elif shared:
            return self._shared.get(shared, "=")
        return f"={text}"

    def _held(self, kind: str, value: str, style: str) -> Cell:
        """Return what a cell holds, its formula aside."""
        if kind == "inlineStr":
            return _text("".join(self._found.get("t", ())))
        if not value:
            return BLANK
        if kind == "s":
            return self._shared_text(value)
        if kind in ("e", "b"):
            said = "TRUE" if value.strip() in _YES else "FALSE"
            return Cell(value, Held.ERROR) if kind == "e" else Cell(said, Held.YES_NO)
        formats = self.book.formats
        code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else "General"
        if kind == "d":
            return dated(value.strip(), code)
        number = figure(value.strip(), code, self.book.epoch) if kind == "n" else None
        return number or _text(value)

    def _shared_text(self, value: str) -> Cell:
        texts = self.book.texts
        if not re.fullmatch(r"\s*[0-9]{1,9}\s*", value) or int(value) >= len(texts):
            what = f"the cell {self._letters()} names text {value[:20]} of {len(texts)} in the file."
            raise self._problem(what)
        return texts[int(value)]


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    """Return a column from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
