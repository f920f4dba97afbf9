"""The rows of a units file: each names a unit and the one above it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wurzelwerk.people.hr_import.corrected import corrected_cells, corrections_of, numbered_chunks
from wurzelwerk.people.hr_import.reading.cells import text
from wurzelwerk.people.hr_import.reading.fields import LIMITS
from wurzelwerk.people.hr_import.reading.problems import UNITS, CellRefused, Problem, cut
from wurzelwerk.people.hr_import.reading.units import UnitBook
from wurzelwerk.people.hr_import.settled import SettledFile
from wurzelwerk.people.models import PeopleImport

_AT_ONCE: Final = 1_000


def read_units(people_import: PeopleImport, file: SettledFile, book: UnitBook) -> list[Problem]:
    """Note every unit of the file in ``book`` and return what is wrong; rows of persons then only refer to units."""
    corrections = corrections_of(people_import, UNITS, file)
    problems: list[Problem] = []
    declared: dict[str, int] = {}
    for numbers, rows in numbered_chunks(Path(people_import.units_file_path), file, _AT_ONCE):
        for number, cells in zip(numbers, rows, strict=True):
            raw = corrected_cells(cells, corrections.get(number, {}), file.places)
            try:
                _declare(_told(raw, file), number, book, declared)
            except CellRefused as refused:
                place = file.places.get(refused.field)
                value = raw[place] if place is not None else ""
                problems.append(Problem(number, refused.field, refused.code, cut(value), refused.params, source=UNITS))
    book.is_complete = True
    return problems


def _declare(told: dict[str, str], number: int, book: UnitBook, declared: dict[str, int]) -> None:
    code = told.get("unit_code", "")
    if code in declared:
        raise CellRefused("duplicate_unit", "unit_code", row=declared[code])
    if told.get("unit_path"):
        book.along(told["unit_path"], code, number, UNITS)
    else:
        book.declare(code, told.get("unit_name", ""), told.get("unit_parent"), number, UNITS)
    if code:
        declared[code] = number


def _told(raw: Sequence[str], file: SettledFile) -> dict[str, str]:
    """Return the values of a row; raises ``CellRefused`` naming the field that is wrong."""
    told: dict[str, str] = {}
    for key, place in file.places.items():
        try:
            told[key] = text(raw[place], LIMITS[key])
        except CellRefused as refused:
            raise CellRefused(refused.code, key, **refused.params) from refused
    if not any(told.get(key) for key in ("unit_code", "unit_name", "unit_path")):
        raise CellRefused("missing", next(iter(told)))
    return told
