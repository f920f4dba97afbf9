"""Checking a file: every row is read, what changes somebody is kept as ``ImportRow``, what is wrong as a problem.

Rows are read in chunks; each chunk is one transaction that notes how far the work is. A check that was
interrupted reads the rows before that again (to know what they name) without keeping them twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.ids import new_public_ids
from wurzelwerk.people.choices import ChangeKind
from wurzelwerk.people.hr_import.bulk import insert_rows
from wurzelwerk.people.hr_import.corrected import corrected_cells, corrections_of, numbered_chunks
from wurzelwerk.people.hr_import.known import Known, hashes_of, load_books, load_known
from wurzelwerk.people.hr_import.noting import note_problems
from wurzelwerk.people.hr_import.reading.persons import PersonReader
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, CellRefused, Problem, cut
from wurzelwerk.people.hr_import.settled import Settled
from wurzelwerk.people.hr_import.steps import advance
from wurzelwerk.people.hr_import.unit_rows import read_units
from wurzelwerk.people.models import ImportRow, PeopleImport

CHUNK: Final = 20_000
# A wrong row makes its neighbours up to this number be read one by one.
READ_AT_ONCE: Final = 1_000

Report = Callable[[int], None]


@dataclass(slots=True)
class Seen:
    """What the rows read so far name: staff numbers with their row, managers, and how many rows change nothing."""

    rows: dict[str, int] = field(default_factory=dict)
    managers: set[str] = field(default_factory=set)
    nameless: int = 0
    same: int = 0
    former: int = 0
    total: int = 0


class RowCheck:
    """Reads the rows of one import and keeps what matters."""

    def __init__(self, people_import: PeopleImport, settled: Settled) -> None:
        """Load what the database knows and what was corrected."""
        file = settled.people
        self.books = load_books()
        self.unit_problems = read_units(people_import, settled.units, self.books.units) if settled.units else []
        today = clock.today()
        width = len(file.table.headings)
        self.reader = PersonReader(file.places, width, self.books, this_year=today.year, is_1904=file.is_1904)
        self.known: Known = load_known(self.reader.targets)
        self.seen = Seen()
        self._import = people_import
        self._file = file
        self._corrections = corrections_of(people_import, PEOPLE, file)
        self._today = today.isoformat()
        targets = self.reader.targets
        self._language_at = targets.index("language") if "language" in targets else None
        self._left_at = targets.index("left_on") if "left_on" in targets else None
        self._manager_at = targets.index("manager_number") if "manager_number" in targets else None

    def run(self, path: Path, report: Report) -> None:
        """Read all rows; ``report`` hears of the rows done after each chunk, outside any transaction."""
        done = int(self._import.position.get("chunk", 0))
        for number, (numbers, rows) in enumerate(numbered_chunks(path, self._file, CHUNK), start=1):
            kept, problems = self._sort(numbers, rows)
            if number > done:
                self._keep(kept, problems, number)
            report(self.seen.total)

    @transaction.atomic
    def _keep(self, kept: list[tuple[int, str, tuple[Any, ...]]], problems: list[Problem], number: int) -> None:
        columns = ("people_import_id", "row", "kind", "public_id", *self.reader.targets)
        public_ids = new_public_ids(len(kept))
        pk = self._import.pk
        insert_rows(
            ImportRow,
            columns,
            [(pk, row, kind, key, *values) for (row, kind, values), key in zip(kept, public_ids, strict=True)],
        )
        count = self._import.problem_count + note_problems(self._import, problems)
        advance(self._import, {"step": "rows", "chunk": number}, problem_count=count)

    def _sort(
        self, numbers: Sequence[int], rows: Sequence[list[str]]
    ) -> tuple[list[tuple[int, str, tuple[Any, ...]]], list[Problem]]:
        """Return the rows that change somebody, with their number and kind, and what is wrong in others."""
        kept: list[tuple[int, str, tuple[Any, ...]]] = []
        problems: list[Problem] = []
        self.seen.total += len(rows)
        for start in range(0, len(rows), READ_AT_ONCE):
            part = slice(start, start + READ_AT_ONCE)
            checked = self._checked(numbers[part], rows[part], problems)
            if self._manager_at is not None:
                self.seen.managers.update([values[self._manager_at] for _, values in checked])
            kept += self._meaning(checked)
        return kept, problems

    def _meaning(self, checked: list[tuple[int, tuple[Any, ...]]]) -> list[tuple[int, str, tuple[Any, ...]]]:
        """Return the rows that may mean something, with what; counts those that change nobody."""
        known, left_at = self.known.active.get, self._left_at
        others = [
            each
            for each in checked
            # A day that passes changes somebody although nothing differs.
            if known(each[1][0]) != hash(each[1]) or (left_at is not None and each[1][left_at])
        ]
        self.seen.same += len(checked) - len(others)
        return [(row, kind, values) for row, values in others if (kind := self._kind(values))]

    def _checked(
        self, numbers: Sequence[int], rows: Sequence[list[str]], problems: list[Problem]
    ) -> list[tuple[int, tuple[Any, ...]]]:
        """Return the rows in order with their values; notes the others in ``problems``."""
        raws = self._corrected(numbers, rows)
        try:
            values = self.reader.read(numbers, raws)
        except CellRefused:
            return self._checked_singly(numbers, raws, problems)
        staff_numbers = [each[0] for each in values]
        if len(set(staff_numbers)) < len(values) or not self.seen.rows.keys().isdisjoint(staff_numbers):
            return self._checked_singly(numbers, raws, problems)
        self.seen.rows.update(zip(staff_numbers, numbers, strict=True))
        return list(zip(numbers, values, strict=True))

    def _checked_singly(
        self, numbers: Sequence[int], raws: Sequence[Sequence[str]], problems: list[Problem]
    ) -> list[tuple[int, tuple[Any, ...]]]:
        checked: list[tuple[int, tuple[Any, ...]]] = []
        for number, raw in zip(numbers, raws, strict=True):
            try:
                values = self.reader.read([number], [raw])[0]
                wrong = []
            except CellRefused:
                values = ()
                wrong = self.reader.problems(number, raw)
            staff_number = values[0] if values else wrong[0].staff_number
            if staff_number in self.seen.rows:
                params: dict[str, str | int] = {"row": self.seen.rows[staff_number]}
                code = "duplicate_staff_number"
                wrong.append(Problem(number, "staff_number", code, cut(staff_number), params, staff_number))
            elif staff_number:
                self.seen.rows[staff_number] = number
            else:
                self.seen.nameless += 1
            if wrong:
                problems += wrong
            else:
                checked.append((number, values))
        return checked

    def _kind(self, values: tuple[Any, ...]) -> str:
        """Return what a row may mean, "" when it surely means nothing."""
        staff_number = values[0]
        known = self.known.active.get(staff_number)
        has_left = self._left_at is not None and (left := values[self._left_at]) is not None and left < self._today
        if known is None and staff_number not in self.known.closed:
            self.seen.former += has_left
            return "" if has_left else ChangeKind.JOINER
        if known is not None and not has_left:
            is_same = known in hashes_of(values, self._language_at)
            self.seen.same += is_same
            return "" if is_same else ChangeKind.UNSORTED
        return ChangeKind.UNSORTED

    def _corrected(self, numbers: Sequence[int], rows: Sequence[list[str]]) -> Sequence[list[str]]:
        if not self._corrections:
            return rows
        places = self._file.places
        return [
            corrected_cells(cells, self._corrections[number], places) if number in self._corrections else cells
            for number, cells in zip(numbers, rows, strict=True)
        ]
