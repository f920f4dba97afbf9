"""A look at a spreadsheet's archive before anything in it is opened: bombs, locks, links, declared entities."""

import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.parsers import expat

from wurzelwerk.people.hr_import.reading.problems import Unreadable

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 2 << 30
MOST_STRING_BYTES: Final = 512 << 20
SMALL_BYTES: Final = 20 << 20
MOST_RATIO: Final = 100
_ENCRYPTED_BIT: Final = 0x1
_CHUNK: Final = 1 << 16
_OLE_MARK: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED_NAME: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP_MARK: Final = b"PK"
# What reading a damaged archive may raise.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, OSError, EOFError, ValueError)


class _RootReached(Exception):  # noqa: N818 - the end of a prologue is no error
    """The first element begins: no entity can be declared any more."""


def is_archive(path: Path) -> bool:
    """Tell whether the file begins like a spreadsheet rather than like text."""
    with path.open("rb") as file:
        start = file.read(8)
    return start.startswith(_ZIP_MARK) or start == _OLE_MARK


def check_archive(path: Path) -> None:
    """Raise ``Unreadable`` unless the workbook can be opened without harm; reads the directory and the prologues."""
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if start.startswith(_OLE_MARK):
        raise Unreadable("locked" if _LOCKED_NAME in start else "old_excel")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    _check_prologue(archive, entry)
    except _BROKEN as error:
        raise Unreadable("broken_archive") from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise Unreadable("no_workbook")
    if len(names) > MOST_ENTRIES or len(set(names)) != len(names):
        raise Unreadable("broken_archive")
    if any(entry.flag_bits & _ENCRYPTED_BIT for entry in entries):
        raise Unreadable("locked")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Unreadable("links")
    if sum(entry.file_size for entry in entries) > MOST_BYTES or any(_is_bomb(entry) for entry in entries):
        raise Unreadable("bomb")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.filename == "xl/sharedStrings.xml" and entry.file_size > MOST_STRING_BYTES:
        return True
    return entry.file_size > SMALL_BYTES and entry.file_size > MOST_RATIO * max(1, entry.compress_size)


def _check_prologue(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a part that declares a document type; entities live nowhere else."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _stop
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
    except _RootReached:
        return
    except expat.ExpatError as error:
        raise Unreadable("broken_archive") from error
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise Unreadable("locked") from error


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("entities")


def _stop(*_: object) -> None:
    raise _RootReached
