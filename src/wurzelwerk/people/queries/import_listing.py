"""What an import found, line by line for a terminal: what is not read, what is wrong, who joins, moves or leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wurzelwerk.people.choices import ChangeKind, ImportSource, ImportState
from wurzelwerk.people.hr_import.reading.fields import PERSON_FIELDS, UNIT_FIELDS
from wurzelwerk.people.hr_import.reading.headings import fold
from wurzelwerk.people.hr_import.running import changes_of
from wurzelwerk.people.hr_import.sentences import REFUSALS, field_label, problem_text
from wurzelwerk.people.hr_import.settled import SettledFile, settled_from_json
from wurzelwerk.people.models import Employment, ImportProblem, ImportRow, ImportUnit, OrgUnit, PeopleImport, Person

FIELD_KEYS: Final = tuple(dict.fromkeys(each.key for each in (*PERSON_FIELDS, *UNIT_FIELDS)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is not read, and why, in the active language; ``letters`` is what a spreadsheet calls it."""

    letters: str
    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody whom the import changes; ``before`` and ``after`` are names of units, "" for none or not told."""

    staff_number: str
    name: str
    before: str = ""
    after: str = ""

    @property
    def moves_unit(self) -> bool:
        """Tell whether the unit changes."""
        return bool(self.before) and bool(self.after) and self.before != self.after


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a row, in the active language; ``label`` names the field, "" for the whole row.

    ``is_of_units`` tells whether it stands in the units file; row 0 is no row of a file.
    """

    row: int
    label: str
    value: str
    sentence: str
    is_of_units: bool


def columns_left_out(people_import: PeopleImport) -> list[LeftOut]:
    """Return the columns of both files that are not read."""
    refused = settled_from_json(people_import.settled).refused
    return [LeftOut(each.letters, each.heading, str(REFUSALS[each.refusal])) for each in refused if each.refusal]


def columns_called(people_import: PeopleImport, heading: str, field: str) -> tuple[dict[int, str], dict[int, str]]:
    """Return the field for the column of this heading, by its place in the people file and in the units file.

    Both are empty when no file has such a column, or its file knows no such field; "" leaves a column out.
    """
    settled = settled_from_json(people_import.settled)
    return (
        _called(settled.people, heading, field, {each.key for each in PERSON_FIELDS}),
        _called(settled.units, heading, field, {each.key for each in UNIT_FIELDS}),
    )


def has_changes(people_import: PeopleImport) -> bool:
    """Tell whether the import would change anything at all."""
    counts = people_import.counts
    return bool(changes_of(people_import) or any(counts[key] for key in ("new_units", "changed_units", "new_terms")))


def of_the_command_line(*states: ImportState) -> list[PeopleImport]:
    """Return the imports in these states whose files lie where the command line named them, oldest first."""
    found = PeopleImport.objects.filter(created_by=None, state__in=states).order_by("pk")
    return [each for each in found if each.settled.get("keeps_files")]


def first_changes(people_import: PeopleImport, kind: ChangeKind, most: int) -> list[Change]:
    """Return the first persons of one kind of change, by staff number."""
    rows = list(ImportRow.objects.filter(people_import=people_import, kind=kind).order_by("staff_number")[:most])
    persons = Person.objects.in_bulk([row.person_id for row in rows if row.person_id is not None])
    before = dict(
        Employment.objects.filter(person_id__in=persons).exclude(unit=None).values_list("person_id", "unit__name")
    )
    after = _names_of_units(people_import, {row.unit_code for row in rows} - {""})
    return [
        Change(
            row.staff_number,
            f"{row.given_name} {row.family_name}".strip() or persons[row.person_id].full_name,
            before.get(row.person_id, ""),
            after.get(row.unit_code, ""),
        )
        for row in rows
    ]


def first_mistakes(people_import: PeopleImport, most: int) -> Iterator[Mistake]:
    """Yield what is wrong, in the order of the files."""
    rows = ImportProblem.objects.filter(people_import=people_import).order_by("source", "row", "field", "code")
    for row in rows[:most]:
        is_of_units = row.source == ImportSource.UNITS
        yield Mistake(
            row.row, field_label(row.field), row.value, problem_text(row.code, row.params), is_of_units=is_of_units
        )


def _called(file: SettledFile | None, heading: str, field: str, known: set[str]) -> dict[int, str]:
    if file is None or field not in known | {""}:
        return {}
    return {each.place: field for each in file.columns if fold(each.heading) == fold(heading)}


def _names_of_units(people_import: PeopleImport, codes: Iterable[str]) -> dict[str, str]:
    """Return the names that units of these codes will have."""
    wanted = list(codes)
    names = dict(OrgUnit.objects.filter(code__in=wanted).values_list("code", "name"))
    brought = ImportUnit.objects.filter(people_import=people_import, code__in=wanted)
    return names | dict(brought.values_list("code", "name"))
