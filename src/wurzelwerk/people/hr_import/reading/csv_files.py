"""Text files with separated values: which encoding, which separator, and then row by row."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final, TextIO

from wurzelwerk.people.hr_import.reading.problems import Unreadable

SEPARATORS: Final = ";,\t|"
# Lines that one row may have; a quotation that is never closed takes all that follow.
MOST_LINES: Final = 1_000
# More letters than any row of a people file has.
MOST_OF_A_ROW: Final = 1 << 20
_LIMIT: Final = "field limit"
_CHUNK: Final = 1 << 20
_PROBE: Final = 4096
# How much of the first kilobytes may be NUL in a text of one byte per letter.
_BINARY_SHARE: Final = 0.1
_SEPARATOR_HINT: Final = "sep="
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How a text file is written: ``encoding`` as Python names it, ``separator``, first rows to pass over."""

    encoding: str
    separator: str
    skipped_rows: int = 0


def examine_csv(path: Path) -> CsvShape:
    """Return how the file is written; raises ``Unreadable`` for what is no text."""
    encoding = _encoding_of(path)
    separator, skipped = _separator_of(path, encoding)
    return CsvShape(encoding, separator, skipped)


def read_csv(path: Path, shape: CsvShape) -> Iterator[list[str]]:
    """Yield the cells of every row, the heading first; raises ``Unreadable`` for a row that cannot be one."""
    row = shape.skipped_rows
    with path.open(encoding=shape.encoding, newline="") as file:
        for _ in range(shape.skipped_rows):
            file.readline(MOST_OF_A_ROW)
        blocks = _blocks(file)
        try:
            for block in blocks:
                # Where nothing is quoted, each line is a row.
                lines = StringIO(block, newline="")
                rows = _with_quotations(lines, len(block), blocks, shape.separator) if '"' in block else None
                for cells in rows or csv.reader(lines, delimiter=shape.separator):
                    row += 1
                    yield cells
        except _LongRow as error:
            raise Unreadable("long_row", row=row + 1) from error
        except csv.Error as error:
            raise Unreadable("long_row" if _LIMIT in str(error) else "open_quote", row=row + 1) from error
        except UnicodeError as error:  # it was readable when it was examined
            raise Unreadable("changed") from error


class _LongRow(Exception):  # noqa: N818 - becomes a sentence in the one place that knows the row
    """A line goes on for longer than any row of a people file."""


def _blocks(file: TextIO) -> Iterator[str]:
    """Yield the text of a file in pieces that end where a line ends, however long its lines are."""
    rest = ""
    while piece := file.read(_CHUNK):
        text = rest + piece
        end = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
        if len(text) - end > MOST_OF_A_ROW:
            if end:
                yield text[:end]
            raise _LongRow
        if end:
            yield text[:end]
        rest = text[end:]
    if rest:
        yield rest


def _with_quotations(lines: StringIO, size: int, blocks: Iterator[str], separator: str) -> Iterator[list[str]]:
    """Yield the rows of a block in which something is quoted; the last one may go on in the next block, read then too.

    ``size`` is how much text ``lines`` hold.
    """
    kept: list[str] = []
    source = _Lines(lines, size, blocks)
    for cells in csv.reader(_noted(source, kept), delimiter=separator):
        if len(kept) > 1 or source.is_read:
            _must_be_closed(kept, separator)
        kept.clear()
        yield cells
        if source.is_read:
            return


class _Lines:
    """The lines of a block and, for a reader that is in the middle of a row, of those after it."""

    def __init__(self, lines: StringIO, size: int, blocks: Iterator[str]) -> None:
        self._lines, self._size, self._blocks = lines, size, blocks

    @property
    def is_read(self) -> bool:
        """Tell whether the block has been read to its end."""
        return self._lines.tell() >= self._size

    def __iter__(self) -> Iterator[str]:
        """Yield line after line."""
        while True:
            yield from self._lines
            block = next(self._blocks, "")
            if not block:
                return
            self._lines, self._size = StringIO(block, newline=""), len(block)


def _noted(lines: Iterable[str], kept: list[str]) -> Iterator[str]:
    """Yield lines and keep those of the row being read in ``kept``."""
    for line in lines:
        kept.append(line)
        if len(kept) > MOST_LINES:
            raise csv.Error
        yield line


def _must_be_closed(lines: list[str], separator: str) -> None:
    """Raise ``csv.Error`` when a quotation is still open at the end of a row: the file has ended within it."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise


def _encoding_of(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_PROBE)
    if start.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = _utf16_without_mark(start) or "utf-8"
    if _decodes(path, encoding):
        return encoding
    if encoding != "utf-8":
        raise Unreadable("wrong_encoding", encoding=encoding.removesuffix("-sig").upper())
    return _single_byte_encoding(path)


def _utf16_without_mark(start: bytes) -> str:
    """Return the encoding of two bytes per letter that the places of the NULs betray, "" for none."""
    if start.count(0) < _BINARY_SHARE * len(start) or not start:
        return ""
    first, second = start[0::2].count(0), start[1::2].count(0)
    if second > first and second > len(start) // 4:
        return "utf-16-le"
    if first > second and first > len(start) // 4:
        return "utf-16-be"
    raise Unreadable("not_text")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _single_byte_encoding(path: Path) -> str:
    """Return cp1252 for a file that is no UTF-8; raises ``Unreadable`` for a mixture of both."""
    row = 1
    is_utf8_elsewhere = False
    first_wrong = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                try:
                    line.decode("utf-8")
                    is_utf8_elsewhere = True
                except UnicodeDecodeError:
                    first_wrong = first_wrong or row
            if is_utf8_elsewhere and first_wrong:
                raise Unreadable("mixed_encoding", row=first_wrong)
            row += 1
    if not _decodes(path, "cp1252"):
        raise Unreadable("wrong_encoding", encoding="UTF-8, Windows-1252")
    return "cp1252"


def _separator_of(path: Path, encoding: str) -> tuple[str, int]:
    """Return the separator and how many rows stand before the heading (the line that names the separator)."""
    with path.open(encoding=encoding, newline=None) as file:
        line = file.readline(_PROBE * 16).lstrip(_BYTE_ORDER_MARK)
        hint = line.rstrip("\n")
        if hint.lower().startswith(_SEPARATOR_HINT) and len(hint) == len(_SEPARATOR_HINT) + 1:
            return hint[-1], 1
        while line and not line.strip():
            line = file.readline(_PROBE * 16)
    if not line:
        raise Unreadable("empty")
    outside = "".join(line.split('"')[::2])
    counts = {separator: outside.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    return (best, 0)
