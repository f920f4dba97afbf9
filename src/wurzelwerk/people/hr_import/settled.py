"""What has been settled about the files of an import: how to read them, and which column holds which field."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from wurzelwerk.people.hr_import.reading.fields import PERSON_FIELDS, REQUIRED, UNIT_FIELDS, ImportField
from wurzelwerk.people.hr_import.reading.headings import Column, Refusal, recognise
from wurzelwerk.people.hr_import.reading.problems import cut
from wurzelwerk.people.hr_import.reading.tables import Table, examine, samples, table_from_json


@dataclass(frozen=True, slots=True)
class SettledFile:
    """One file: its table, its columns, and the first values of those that may be read.

    ``number_place`` is the column that holds the row numbers of the original file, in a copy of ours; ``is_1904``
    tells whether numbers of days count from 1904.
    """

    table: Table
    columns: tuple[Column, ...]
    samples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    number_place: int | None = None
    is_1904: bool = False

    @property
    def places(self) -> dict[str, int]:
        """Return in which column each field stands."""
        return {column.field: column.place for column in self.columns if column.field}

    @property
    def refused(self) -> tuple[Column, ...]:
        """Return the columns that are not read."""
        return tuple(column for column in self.columns if not column.field)

    def heading_of(self, key: str) -> str:
        """Return what the file calls a field."""
        return next((column.heading for column in self.columns if column.field == key), "")

    def with_fields(self, chosen: Mapping[int, str]) -> Self:
        """Return the file with the fields that somebody chose for columns; "" leaves a column out.

        Columns that must not be read stay refused whatever was chosen.
        """
        columns = []
        for column in self.columns:
            key = chosen.get(column.place, column.field) if column.may_be_chosen else ""
            refusal = None if key else column.refusal or Refusal.UNKNOWN
            columns.append(replace(column, field=key, refusal=refusal))
        return replace(self, columns=tuple(columns))

    def as_json(self) -> dict[str, Any]:
        """Return the file for storing."""
        return {
            "table": self.table.as_json(),
            "columns": [asdict(column) for column in self.columns],
            "samples": {name: list(values) for name, values in self.samples.items()},
            "number_place": self.number_place,
            "is_1904": self.is_1904,
        }


@dataclass(frozen=True, slots=True)
class Settled:
    """Both files; ``leaves_out`` tells whether a person has agreed to leave the refused columns out.

    ``keeps_files`` is true where the files belong to somebody else (the command line) and stay where they are.
    """

    people: SettledFile
    units: SettledFile | None = None
    leaves_out: bool = False
    keeps_files: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return everything for storing."""
        return {
            "people": self.people.as_json(),
            "units": self.units.as_json() if self.units else None,
            "leaves_out": self.leaves_out,
            "keeps_files": self.keeps_files,
        }

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields without which nobody can be imported."""
        return tuple(key for key in REQUIRED if key not in self.people.places)

    @property
    def refused(self) -> tuple[Column, ...]:
        """Return the columns of both files that are not read."""
        return self.people.refused + (self.units.refused if self.units else ())

    @property
    def is_ready(self) -> bool:
        """Tell whether the rows can be checked."""
        has_units = self.units is None or not _missing_of_units(self.units)
        return not self.missing and has_units and (self.leaves_out or not self.refused)

    @property
    def missing_of_units(self) -> tuple[str, ...]:
        """Return the fields that the units file lacks."""
        return _missing_of_units(self.units) if self.units else ()


def settled_from_json(values: Mapping[str, Any]) -> Settled:
    """Return what ``Settled.as_json`` stored."""
    return Settled(
        _file_from_json(values["people"]),
        _file_from_json(values["units"]) if values["units"] else None,
        values["leaves_out"],
        values["keeps_files"],
    )


def examine_people(path: Path) -> SettledFile:
    """Return what can be recognised in a people file; raises ``Unreadable``."""
    return _examine(path, PERSON_FIELDS)


def examine_units(path: Path) -> SettledFile:
    """Return what can be recognised in a units file; raises ``Unreadable``."""
    return _examine(path, UNIT_FIELDS)


def _examine(path: Path, fields: Sequence[ImportField]) -> SettledFile:
    table = examine(path)
    columns = recognise(table.headings, fields)
    rows = samples(path, table)
    shown = {str(each.place): [cut(row[each.place]) for row in rows] for each in columns if each.may_be_chosen}
    return SettledFile(table, columns, shown, is_1904=table.is_1904)


def _file_from_json(values: Mapping[str, Any]) -> SettledFile:
    columns = (
        Column(**{**each, "refusal": Refusal(each["refusal"]) if each["refusal"] else None})
        for each in values["columns"]
    )
    table = table_from_json(values["table"])
    return SettledFile(table, tuple(columns), values["samples"], values["number_place"], values["is_1904"])


def _missing_of_units(units: SettledFile) -> tuple[str, ...]:
    places = units.places
    return () if "unit_path" in places or "unit_name" in places else ("unit_name",)
