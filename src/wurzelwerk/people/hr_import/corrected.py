"""The rows of a file as they count: with their numbers in the original, and with what was typed over wrong cells."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wurzelwerk.people.hr_import.reading.tables import chunks
from wurzelwerk.people.hr_import.settled import SettledFile
from wurzelwerk.people.models import ImportCorrection, PeopleImport

Corrections = dict[int, dict[str, str]]


def numbered_chunks(path: Path, file: SettledFile, size: int) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield up to ``size`` rows of a file at a time, with their numbers in the original; raises ``Unreadable``."""
    for numbers, rows in chunks(path, file.table, size):
        place = file.number_place
        yield (numbers if place is None else [int(cells[place]) for cells in rows]), rows


def corrections_of(people_import: PeopleImport, source: str, file: SettledFile) -> Corrections:
    """Return what was typed over cells of the columns that are read, by row and field."""
    found: Corrections = {}
    rows = ImportCorrection.objects.filter(people_import=people_import, source=source, field__in=list(file.places))
    for row, key, value in rows.values_list("row", "field", "value"):
        found.setdefault(row, {})[key] = value
    return found


def corrected_cells(cells: list[str], corrections: Mapping[str, str], places: Mapping[str, int]) -> list[str]:
    """Return the cells of a row with what was typed over them."""
    corrected = cells + [""] * (max(places.values()) + 1 - len(cells))
    for key, value in corrections.items():
        corrected[places[key]] = value
    return corrected
