"""Workbooks as files: a zip is believed only when it is small unpacked and none of its XML brings rules of its own."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from ..errors import Kind, Problem, ReportError, Where
from ..reading.gate import MAX_BYTES, MAX_ROWS

_MOST_PARTS = 2_000
_MOST_UNPACKED = 5 * MAX_BYTES
MOST_CELLS = 2_000_000
"""The most cells a sheet may span, empty ones included."""
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_SPANS = {"mergeCell": "ref", "hyperlink": "ref", "c": "r"}
"""Elements of a sheet of Excel whose attribute a reader turns into cells, however many it says."""

BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, ParseError, EOFError, OSError,
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What readers of zips and XML raise for files that are none: the officer is told that the file is damaged."""


def refused(name: str, what: str, fix: str, kind: Kind = Kind.WORKBOOK) -> ReportError:
    """Return the one problem of a file that is not read any further."""
    return ReportError([Problem(Where(name), what, fix, kind=kind)])


def parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML parts of a workbook, by their names in it.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        ReportError: it is no zip, has a password, is too large unpacked, or its XML declares a document type.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        fix = "Open it in Excel and save it as an Excel workbook (.xlsx) without a password."
        raise refused(name, "the file is not a workbook, or it has a password.", fix)
    try:
        found = dict(_unpacked(data, name))
        for content in found.values():
            _check_xml(content, name)
    except BROKEN:
        raise refused(name, "the file is damaged.", "Open it in Excel and save it again.") from None
    return found


def _unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.infolist()
        if len(listed) > _MOST_PARTS or sum(info.file_size for info in listed) > _MOST_UNPACKED:
            what = f"the workbook holds more than {_MOST_UNPACKED:,} bytes."
            raise refused(name, what, "Remove sheets, pictures and rows that do not belong in it.")
        for info in listed:
            if info.filename.endswith((".xml", ".rels")):
                yield info.filename, archive.read(info)


def _check_xml(content: bytes, name: str) -> None:
    """Refuse a document type, by which a small file grows without end, and spans of cells without end."""
    parser = expat.ParserCreate()

    def declared(*_: object) -> None:
        raise refused(name, "its XML declares a document type, as no spreadsheet does.", "Save it again with Excel.")

    def started(element: str, attributes: dict[str, str]) -> None:
        span = _SPANS.get(element.rpartition(":")[2])
        if span and _cells(attributes.get(span, ""), corner=span == "r") > MOST_CELLS:
            what = f"a cell, or a range of cells, reaches to {attributes[span]}."
            raise refused(name, what, f"Delete what stands there: a table has at most {MAX_ROWS:,} rows.")

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = started
    parser.Parse(content, True)  # noqa: FBT003 - the library's own way to say that this is all


def _cells(span: str, *, corner: bool) -> int:
    """Return how many cells a range spans; or, for a corner, how many lie above and to the left of it."""
    match = _RANGE.fullmatch(span)
    if match is None:
        return 0
    right, bottom = _column(match[3] or match[1]), int(match[4] or match[2])
    return right * bottom if corner else (right - _column(match[1]) + 1) * (bottom - int(match[2]) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
