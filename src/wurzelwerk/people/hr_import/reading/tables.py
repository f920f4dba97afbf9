"""A file of either kind as one table: where its heading stands, what the columns are called, and its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from wurzelwerk.people.hr_import.reading.archives import is_archive
from wurzelwerk.people.hr_import.reading.csv_files import CsvShape, examine_csv, read_csv
from wurzelwerk.people.hr_import.reading.headings import MOST_COLUMNS, field_of
from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, Unreadable, printable
from wurzelwerk.people.hr_import.reading.xlsx_files import XlsxShape, examine_xlsx, read_xlsx, told_rows

MOST_BYTES: Final = 200 << 20
HEADING_WITHIN: Final = 15
SAMPLE_ROWS: Final = 3
MOST_OF_A_HEADING: Final = 500
_SURE: Final = 2
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """How to read a file again without examining it: ``heading_row`` counts from 1."""

    shape: CsvShape | XlsxShape
    heading_row: int
    headings: tuple[str, ...]

    @property
    def is_1904(self) -> bool:
        """Tell whether numbers of days count from 1904."""
        return isinstance(self.shape, XlsxShape) and self.shape.is_1904

    def as_json(self) -> dict[str, Any]:
        """Return the table for storing."""
        return {"shape": asdict(self.shape), "heading_row": self.heading_row, "headings": list(self.headings)}


def table_from_json(values: dict[str, Any]) -> Table:
    """Return the table that ``as_json`` stored."""
    shape = values["shape"]
    kind = XlsxShape if "sheet" in shape else CsvShape
    return Table(kind(**shape), values["heading_row"], tuple(values["headings"]))


def examine(path: Path) -> Table:
    """Return how to read the file; raises ``Unreadable`` with the reason when that is impossible."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unreadable("too_large", megabytes=-(-size >> 20), limit=MOST_BYTES >> 20)
    if size == 0:
        raise Unreadable("empty")
    shape: CsvShape | XlsxShape = examine_xlsx(path) if is_archive(path) else examine_csv(path)
    heading_row, headings = _heading(path, shape)
    return Table(shape, heading_row, headings)


def chunks(path: Path, table: Table, size: int) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield numbers and cells of up to ``size`` rows below the heading at a time, without empty rows.

    Numbers count as a spreadsheet does. Raises ``Unreadable`` when the file breaks off.
    """
    read = _cells(path, table.shape, len(table.headings) + 1)
    number = table.heading_row + 1
    below = islice(read, table.heading_row - _skipped(table.shape), None)
    while found := list(islice(below, size)):
        numbers: Sequence[int] = range(number, number + len(found))
        number += len(found)
        if not all(map(any, found)):
            filled = [(place, cells) for place, cells in zip(numbers, found, strict=True) if any(cells)]
            numbers, found = [place for place, _ in filled], [cells for _, cells in filled]
        if found:
            yield numbers, found


def estimated_rows(path: Path, table: Table) -> int:
    """Return about how many rows there are below the heading; 0 where nobody can tell beforehand."""
    if isinstance(table.shape, XlsxShape):
        return told_rows(path, table.shape)
    with path.open("rb") as file:
        ends = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))
    return max(1, ends - table.heading_row)


def samples(path: Path, table: Table) -> list[list[str]]:
    """Return the first rows, each as long as the heading."""
    width = len(table.headings)
    first = next(chunks(path, table, SAMPLE_ROWS), ((), []))[1]
    return [(cells + [""] * width)[:width] for cells in first]


def _heading(path: Path, shape: CsvShape | XlsxShape) -> tuple[int, tuple[str, ...]]:
    """Return the first row with at least two known headings, or else the first row with content."""
    first = (0, list[str]())
    start = 1 + _skipped(shape)
    for number, cells in islice(enumerate(_cells(path, shape, MOST_COLUMNS + 1), start), HEADING_WITHIN):
        if not any(cell.strip() for cell in cells):
            continue
        known = sum(1 for cell in cells if field_of(cell))
        if known >= _SURE:
            return number, _trimmed(cells)
        if not first[0]:
            first = (number, cells)
    if not first[0]:
        raise Unreadable("empty")
    return first[0], _trimmed(first[1])


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    if any(cell.startswith((FORMULA, BROKEN)) for cell in cells):
        raise Unreadable("formula_heading")
    last = max(place for place, cell in enumerate(cells) if cell.strip())
    if last >= MOST_COLUMNS:
        raise Unreadable("too_many_columns", limit=MOST_COLUMNS)
    return tuple(printable(" ".join(cell.split()))[:MOST_OF_A_HEADING] for cell in cells[: last + 1])


def _cells(path: Path, shape: CsvShape | XlsxShape, width: int) -> Iterator[list[str]]:
    return read_xlsx(path, shape, width) if isinstance(shape, XlsxShape) else read_csv(path, shape)


def _skipped(shape: CsvShape | XlsxShape) -> int:
    return shape.skipped_rows if isinstance(shape, CsvShape) else 0
