"""Workbooks as files: a zip is believed only when it is small unpacked and none of its XML brings rules of its own."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from ..errors import Kind, Problem, ReportError, Where
from ..reading.gate import MAX_BYTES

_MOST_PARTS = 2_000
_MOST_UNPACKED = 5 * MAX_BYTES
MOST_XML = 30_000_000
"""The most bytes of one part that is read."""
_OLD = b"\xd0\xcf\x11\xe0"
"""How files of Excel before 2007 begin, and workbooks of any Excel that have a password."""
_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")

BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, ParseError, EOFError, OSError,
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What readers of zips and XML raise for files that are none: the officer is told that the file is damaged."""

Started = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]


def refused(name: str, what: str, fix: str, kind: Kind = Kind.WORKBOOK) -> ReportError:
    """Return the one problem of a file that is not read any further."""
    return ReportError([Problem(Where(name), what, fix, kind=kind)])


def resave(name: str) -> str:
    """Return the repair of a workbook that is damaged, with the program that its name is of."""
    return f"Open it in {'LibreOffice' if name.lower().endswith('.ods') else 'Excel'} and save it again."


def _password(name: str) -> ReportError:
    # Excel encrypts what it only protects, too, and then asks for no password.
    fix = "Open it, take the password and every protection away (File, Info, Protect Workbook), and save it again."
    return refused(name, "the workbook is encrypted: it has a password, or is protected.", fix)


class Archive:
    """The parts of a workbook. A part is unpacked where it is asked for, and not before.

    Names are compared as programs compare them: without regard to capitals, and whichever way their strokes lean.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Open a workbook.

        Args:
            data: the file.
            name: what messages call it.

        Raises:
            ReportError: it is no zip, has a password, or is too large unpacked.
        """
        self.name = name
        # A workbook of old may end with a zip of its colours.
        if data.startswith(_OLD) or not zipfile.is_zipfile(io.BytesIO(data)):
            raise _no_zip(data, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN:
            raise refused(name, "the file is damaged: its list of contents cannot be read.", resave(name)) from None
        listed = self._zip.infolist()
        if len(listed) > _MOST_PARTS:
            what = f"the workbook holds {len(listed):,} parts; the most is {_MOST_PARTS:,}."
            raise refused(name, what, "Remove sheets and pictures that do not belong in it.")
        if sum(info.file_size for info in listed) > _MOST_UNPACKED:
            what = f"the workbook holds more than {_MOST_UNPACKED:,} bytes."
            raise refused(name, what, "Remove sheets, pictures and rows that do not belong in it.")
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in listed:
            key = _key(info.filename)
            if key in self._parts and not info.is_dir():
                raise refused(name, f"the file is damaged: it holds {info.filename} twice.", resave(name))
            self._parts[key] = info

    def __contains__(self, part: str) -> bool:
        """Whether there is a part of a name."""
        return _key(part) in self._parts

    def read(self, part: str) -> bytes:
        """Return a part.

        Raises:
            ReportError: there is none, it is too large, or what unpacks is not what was packed.
        """
        info = self._parts.get(_key(part))
        if info is None:
            raise self.damaged(part, "is missing")
        if info.flag_bits & 1:
            raise _password(self.name)
        if info.file_size > MOST_XML:
            what = f"{part} in the workbook has {info.file_size:,} bytes; the most is {MOST_XML:,}."
            raise refused(self.name, what, "Remove rows that do not belong in it.")
        try:
            return self._zip.read(info)
        except BROKEN:
            raise self.damaged(part, "is not what was packed") from None

    def parse(
        self, part: str, started: Started | None = None, ended: Ended | None = None, said: Ended | None = None
    ) -> None:
        """Read a part as XML from its beginning to its end. Where nothing is called, it is only looked at.

        Args:
            part: its name.
            started: is called with each element, by its name without prefix, and its attributes.
            ended: is called where an element ends.
            said: is called with each text.

        Raises:
            ReportError: it is not XML, or it declares a document type, by which a small file grows without end.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def declared(*_: object) -> None:
            what = "its XML declares a document type, as no spreadsheet does."
            raise refused(self.name, what, resave(self.name))

        parser.StartDoctypeDeclHandler = declared
        if started:
            parser.StartElementHandler = lambda tag, attributes: started(tag.rpartition(":")[2], attributes)
        if ended:
            parser.EndElementHandler = lambda tag: ended(tag.rpartition(":")[2])
        parser.CharacterDataHandler = said
        try:
            parser.Parse(self.read(part), True)  # noqa: FBT003 - the library's own way to say that this is all
        except expat.ExpatError as error:
            raise self.damaged(part, f"is not XML from line {error.lineno} on") from None
        except BROKEN:
            raise self.damaged(part, f"cannot be read from line {parser.CurrentLineNumber} on") from None

    def damaged(self, part: str, how: str) -> ReportError:
        """Return the problem of a part that cannot be used."""
        return refused(self.name, f"the file is damaged: {part} {how}.", resave(self.name))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _no_zip(data: bytes, name: str) -> ReportError:
    """Say what a file is that should be a workbook."""
    if not data:
        return refused(name, "the file is empty.", "Save the workbook again.")
    if data.startswith(_OLD):
        if _WITH_PASSWORD in data:
            return _password(name)
        what = "the file is a workbook of Excel before 2007 (.xls), or it has a password."
        return refused(name, what, "Open it in Excel and save it as an Excel workbook (.xlsx) without a password.")
    if data.startswith(b"PK\x03\x04"):
        return refused(name, "the file is damaged: its end is missing.", resave(name))
    fix = "Open it in a spreadsheet and save it as an Excel workbook (.xlsx) or OpenDocument spreadsheet (.ods)."
    return refused(name, "the file is not a workbook, whatever its name says.", fix)
