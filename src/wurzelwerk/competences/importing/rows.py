"""Rows of one CSV or tab-separated text file, read as a stream; what is wrong is told with file and row."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final, Literal

from django.utils.translation import gettext as _

from wurzelwerk.competences.importing.sources import SourceFile
from wurzelwerk.kernel.verdict import Refused

HEADER_ROW: Final = 1
LONGEST: Final = 300
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t")
csv.field_size_limit(1024 * 1024)

OnLines = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the header is row 1) and the wanted cells in order."""

    number: int
    cells: list[str]


def bad_row(file: SourceFile, number: int, reason: str) -> Refused:
    """Return the refusal that names file and row."""
    known = {"name": file.name, "row": number, "reason": reason}
    return Refused(_("%(name)s, row %(row)d: %(reason)s") % known)


def refuse_longer(file: SourceFile, row: Row, cells: Mapping[str, str]) -> None:
    """Refuse a cell (by its column) that a field for names cannot hold: more than 300 characters."""
    for column, cell in cells.items():
        if len(cell) > LONGEST:
            raise bad_row(file, row.number, _("%(column)s has at most 300 characters.") % {"column": column})


def unknown_address(file: SourceFile, number: int, uri: str) -> Refused:
    """Return the refusal of an address that leads nowhere."""
    return bad_row(file, number, _("nothing has the address %(uri)s.") % {"uri": uri[:120] or "–"})


def count_lines(file: SourceFile) -> int:
    """Return the number of lines, for a bar that knows where it ends."""
    with file.open() as raw:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: raw.read(1024 * 1024), b""))


def read_rows(file: SourceFile, columns: Sequence[str], on_lines: OnLines = lambda _lines: None) -> Iterator[Row]:
    """Yield the cells of ``columns`` of every row; ``on_lines`` hears how many lines were read.

    A column whose name ends in "?" may be missing; its cells are empty. Raises ``Refused``.
    """
    with file.open() as raw:
        for number, cells in _records(file, raw, columns, on_lines):
            yield Row(number, cells)


def _records(
    file: SourceFile, raw: IO[bytes], columns: Sequence[str], on_lines: OnLines
) -> Iterator[tuple[int, list[str]]]:
    number = 0
    lines = _Lines(raw)
    reader: Iterator[list[str]] | None = None
    places: list[int | None] = []
    width = 0
    # In a text file a quotation mark is a character like any other.
    quoting = _quoting(file)
    while True:
        try:
            if reader is None:
                first = next(lines, "")
                reader = csv.reader(_chain(first, lines), delimiter=_delimiter(first), strict=True, quoting=quoting)
            record = next(reader, None)
        except UnicodeDecodeError as error:
            reason = _("is not written in UTF-8. Please save the file as “CSV UTF-8”.")
            raise bad_row(file, number + 1, reason) from error
        except csv.Error as error:
            raise bad_row(file, number + 1, _csv_reason(str(error))) from error
        if record is None:
            break
        number += 1
        if number == HEADER_ROW:
            places, width = _places(file, record, columns), len(record)
        elif record:
            if len(record) != width:
                known = {"found": len(record), "expected": width}
                raise bad_row(file, number, _("has %(found)d columns instead of %(expected)d.") % known)
            yield number, ["" if place is None else record[place].strip() for place in places]
        on_lines(lines.read)
    if number < HEADER_ROW:
        raise Refused(_("%(name)s is empty.") % {"name": file.name})


class _Lines:
    """The lines of a file as text, each decoded alone, so that a wrong byte is found in its row."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = io.BufferedReader(raw) if not hasattr(raw, "peek") else raw  # type: ignore[type-var]
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._raw.readline()
        if not line:
            raise StopIteration
        if self.read == 0:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        self.read += 1
        if b"\0" in line:
            raise UnicodeDecodeError("utf-8", line, 0, 1, "a zero byte")
        return line.decode()


def _quoting(file: SourceFile) -> Literal[0, 3]:
    return csv.QUOTE_NONE if file.name.lower().endswith(".txt") else csv.QUOTE_MINIMAL


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _places(file: SourceFile, header: list[str], columns: Sequence[str]) -> list[int | None]:
    """Return where each wanted column stands; raises ``Refused`` naming the first that is missing."""
    names = {name.strip().casefold(): place for place, name in enumerate(header)}
    places: list[int | None] = []
    for column in columns:
        place = names.get(column.removesuffix("?").casefold())
        if place is None and not column.endswith("?"):
            known = {"name": file.name, "column": column, "found": ", ".join(header)[:200]}
            raise Refused(_("%(name)s: the column “%(column)s” is missing. Found: %(found)s") % known)
        places.append(place)
    return places


def _csv_reason(message: str) -> str:
    if "field larger" in message:
        return _("holds a cell of more than 1 MB.")
    return _("cannot be read: a quotation mark is not closed or stands in the wrong place.")
