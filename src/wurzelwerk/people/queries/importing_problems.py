"""Reads about what is wrong in a people file: by row, each cell with what stands there and what was typed over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from wurzelwerk.people.choices import ImportSource
from wurzelwerk.people.hr_import.reading.problems import SHOWN_CHARACTERS, cut
from wurzelwerk.people.hr_import.sentences import field_label, problem_text
from wurzelwerk.people.hr_import.settled import Settled
from wurzelwerk.people.models import ImportCorrection, ImportProblem, PeopleImport

PAGE_SIZE: Final = 20
MOST_KINDS: Final = 12

Cell = tuple[str, int, str]
"""A cell by file, row and field."""


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that is wrong, or the whole row where ``field`` is "".

    ``value`` is what was typed over it last, or else what the file says. ``alike`` counts the other cells of this
    field that hold the same wrong value. ``may_be_corrected`` is false where the file has no such column.
    """

    name: str
    label: str
    value: str
    sentences: tuple[str, ...]
    alike: int = 0
    may_be_corrected: bool = True
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row with everything wrong in it; ``row`` counts as a spreadsheet does, 0 is no row of a file."""

    source: ImportSource
    row: int
    staff_number: str = ""
    cells: list[WrongCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One sort of problem with how often it stands in the files; ``key`` names it in an address."""

    key: str
    label: str
    sentence: str
    count: int


class _Left(dict[str, str | int]):
    """What differs from row to row, left out of a sentence."""

    def __missing__(self, _name: str) -> str:
        """Return the sign for something left out."""
        return "…"


def wrong_rows(people_import: PeopleImport, settled: Settled, *, key: str = "", number: int = 1) -> Page[WrongRow]:
    """Return one page of the rows with something wrong, in the order of the files; five queries.

    ``key`` narrows it to one ``ProblemKind``.
    """
    problems = _narrowed(people_import, key)
    rows = problems.order_by("source", "row").values_list("source", "row").distinct()
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(number)
    places = list(page.object_list)
    found = list(_of_rows(problems, places).order_by("source", "row", "field", "code")) if places else []
    typed = _typed(people_import, places)
    alike = _alike(people_import, found)
    page.object_list = [_wrong_row(place, found, typed, alike, settled) for place in places]
    return page


def problem_kinds(people_import: PeopleImport) -> tuple[ProblemKind, ...]:
    """Return the sorts of problems, the most frequent first."""
    rows = ImportProblem.objects.filter(people_import=people_import).values_list("field", "code")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "field", "code")[:MOST_KINDS]
    return tuple(
        ProblemKind(f"{name}.{code}", field_label(name), problem_text(code, _Left()).replace("….", "…"), count)
        for name, code, count in counted
    )


def waiting_corrections(people_import: PeopleImport) -> int:
    """Return how many cells were typed over; the next check reads them."""
    count: int = ImportCorrection.objects.filter(people_import=people_import).count()
    return count


def values_of(people_import: PeopleImport, cells: Iterable[Cell]) -> dict[Cell, str]:
    """Return what the page of errors shows in these cells, as far as something is still wrong with them."""
    wanted = list(cells)
    places = sorted({(source, row) for source, row, _ in wanted})
    if not places:
        return {}
    problems = ImportProblem.objects.filter(people_import=people_import)
    found = {_cell(problem): problem.value for problem in _of_rows(problems, places)}
    typed = _typed(people_import, places)
    return {cell: typed.get(cell, found[cell]) for cell in wanted if cell in found}


def cells_alike(people_import: PeopleImport, cell: Cell) -> list[Cell]:
    """Return all cells of the same field, in the same file, in which the same wrong value stands."""
    source, row, name = cell
    problems = ImportProblem.objects.filter(people_import=people_import, source=source, field=name)
    value = problems.filter(row=row).values_list("value", flat=True).first()
    if value is None or not _may_be_alike(name, value):
        return []
    return [(source, other, name) for other in problems.filter(value=value).values_list("row", flat=True).distinct()]


def name_of(cell: Cell) -> str:
    """Return the name of a cell in a form."""
    return "cell-{}-{}-{}".format(*cell)


def label_of(cell: Cell) -> str:
    """Return the name of the field of a cell, in the active language."""
    return field_label(cell[2])


def _narrowed(people_import: PeopleImport, key: str) -> Any:
    name, _, code = key.partition(".")
    problems = ImportProblem.objects.filter(people_import=people_import)
    return problems.filter(field=name, code=code) if code else problems


def _of_rows(problems: Any, places: Iterable[tuple[str, int]]) -> Any:
    condition = Q(pk__in=())
    for source in ImportSource.values:
        rows = [row for found, row in places if found == source]
        condition |= Q(source=source, row__in=rows)
    return problems.filter(condition)


def _typed(people_import: PeopleImport, places: Iterable[tuple[str, int]]) -> dict[Cell, str]:
    corrections = _of_rows(ImportCorrection.objects.filter(people_import=people_import), list(places))
    return {
        (source, row, name): value
        for source, row, name, value in corrections.values_list("source", "row", "field", "value")
    }


def _alike(people_import: PeopleImport, found: Iterable[ImportProblem]) -> dict[tuple[str, str, str], int]:
    """Return how many cells hold each of the wrong values on the page, by file, field and value."""
    values = {problem.value for problem in found if problem.value and _may_be_alike(problem.field, problem.value)}
    rows = ImportProblem.objects.filter(people_import=people_import, value__in=values) if values else None
    if rows is None:
        return {}
    counted = rows.values_list("source", "field", "value").annotate(count=Count("row", distinct=True)).order_by()
    return {(source, name, value): count for source, name, value, count in counted}


def _wrong_row(
    place: tuple[str, int],
    found: Iterable[ImportProblem],
    typed: Mapping[Cell, str],
    alike: Mapping[tuple[str, str, str], int],
    settled: Settled,
) -> WrongRow:
    problems = [problem for problem in found if (problem.source, problem.row) == place]
    row = WrongRow(ImportSource(place[0]), place[1], problems[0].staff_number)
    for name in dict.fromkeys(problem.field for problem in problems):
        row.cells.append(_wrong_cell([each for each in problems if each.field == name], typed, alike, settled))
    return row


def _wrong_cell(
    problems: list[ImportProblem],
    typed: Mapping[Cell, str],
    alike: Mapping[tuple[str, str, str], int],
    settled: Settled,
) -> WrongCell:
    first = problems[0]
    cell = _cell(first)
    file = settled.units if first.source == ImportSource.UNITS else settled.people
    value = typed.get(cell, first.value)
    return WrongCell(
        name=name_of(cell),
        label=field_label(first.field),
        value=value,
        sentences=tuple(problem_text(each.code, each.params) for each in problems),
        alike=_others_alike(first, alike),
        may_be_corrected=file is not None and first.field in file.places,
        is_typed=cut(value) != first.value,
    )


def _others_alike(problem: ImportProblem, alike: Mapping[tuple[str, str, str], int]) -> int:
    if not _may_be_alike(problem.field, problem.value):
        return 0
    return max(0, alike.get((problem.source, problem.field, problem.value), 0) - 1)


def _cell(problem: ImportProblem) -> Cell:
    return problem.source, problem.row, problem.field


def _may_be_alike(name: str, value: str) -> bool:
    """Tell whether other cells can be known to hold the same value: numbers of persons differ, long values are cut."""
    return name != "staff_number" and len(value) < SHOWN_CHARACTERS
