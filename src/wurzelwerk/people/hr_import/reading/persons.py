"""From the cells of a row to the checked values of one person: fast for rows in order, precise for the others."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, zip_longest
from operator import eq
from typing import Any, Final

from wurzelwerk.people.hr_import.reading import cells
from wurzelwerk.people.hr_import.reading.fields import LIMITS, REQUIRED
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, CellRefused, Problem, cut
from wurzelwerk.people.hr_import.reading.terms import PatternBook, TermBook
from wurzelwerk.people.hr_import.reading.units import UnitBook

MOST_REMEMBERED: Final = 50_000

# What a checked row may hold, in this order, and the fields of the file that each value is made of.
TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "staff_number": ("staff_number",),
    "given_name": ("given_name",),
    "family_name": ("family_name",),
    "email": ("email",),
    "language": ("language",),
    "entered_on": ("entered_on",),
    "left_on": ("left_on",),
    "unit_code": ("unit_code", "unit_name", "unit_parent", "unit_path"),
    "job_role_code": ("job_role_code", "job_role"),
    "site_code": ("site",),
    "work_pattern_code": ("work_pattern", "weekly_hours"),
    "manager_number": ("manager",),
}
GROUPS: Final = frozenset({"unit_code", "job_role_code", "work_pattern_code"})


@dataclass(frozen=True, slots=True)
class Books:
    """What rows refer to."""

    units: UnitBook
    job_roles: TermBook
    sites: TermBook
    work_patterns: PatternBook


class _Remembered(dict[Any, Any]):
    """The value of each distinct cell or group of cells, computed once."""

    def __init__(self, compute: Callable[[Any], Any]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, raw: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        value = self[raw] = self._compute(raw)
        return value


class _StaffNumbers:
    """Staff numbers: hardly ever the same twice, so nothing is remembered."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def __getitem__(self, raw: str) -> str:
        return cells.required_text(raw, self._limit)

    def column(self, raws: Sequence[str]) -> list[str]:
        """Return the values of many cells; figures alone need no further look."""
        joined = "".join(raws)
        if joined.isdigit() and joined.isascii() and all(raws) and max(map(len, raws)) <= self._limit:
            return list(raws)
        return [self[raw] for raw in raws]


class _Emails:
    """Addresses; plain ones are checked all at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def __getitem__(self, raw: str) -> str:
        return cells.email(raw, self._limit)

    def column(self, raws: Sequence[str]) -> list[str]:
        """Return the values of many cells."""
        joined = "\n".join(raws)
        if cells.are_plain_emails(joined) and max(map(len, raws)) <= self._limit:
            return joined.lower().split("\n")
        return [self[raw] for raw in raws]


class PersonReader:
    """Checks rows against the fields and against what they refer to, a whole column of many rows at a time.

    ``places`` says in which column each field stands; ``targets`` are the values a checked row then has.
    """

    def __init__(
        self, places: Mapping[str, int], width: int, books: Books, *, this_year: int, is_1904: bool = False
    ) -> None:
        """Prepare one rule for each value."""
        self.targets = targets_of(places)
        self._places = places
        self._width = width
        self._books = books
        self._day = partial(cells.day, this_year=this_year, is_1904=is_1904)
        self._row = 0
        self._fields = {target: [each for each in TARGETS[target] if each in places] for target in self.targets}
        self._rules = {target: self._rule(target) for target in self.targets}

    def read(self, numbers: Sequence[int], raws: Sequence[Sequence[str]]) -> list[tuple[Any, ...]]:
        """Return the values of ``targets`` for each row; raises ``CellRefused`` when any row is wrong.

        ``numbers`` are the rows' numbers. Ask ``problems`` row by row for what is wrong where.
        """
        columns = self._columns(raws)
        values = {target: self._values(target, numbers, columns) for target in self.targets}
        if "manager_number" in values and any(map(eq, values["staff_number"], values["manager_number"])):
            raise CellRefused("own_manager", "manager")
        if "entered_on" in values and any(values.get("left_on", ())):
            for entered, left in zip(values["entered_on"], values["left_on"], strict=True):
                if entered and left and left < entered:
                    raise CellRefused("exit_before_entry", "left_on", entered=entered)
        return list(zip(*values.values(), strict=True))

    def problems(self, row: int, raw: Sequence[str]) -> list[Problem]:
        """Return everything wrong in a row, one problem for each wrong cell."""
        self._row = row
        found: list[Problem] = []
        staff_number = self._readable_staff_number(raw)
        if any(raw[self._width :]):
            found.append(self._problem("", "more_cells", "", staff_number, {"width": self._width}))
        raw = (list(raw) + [""] * self._width)[: self._width]
        for target, fields in self._fields.items():
            group = tuple(raw[self._places[field]] for field in fields)
            try:
                self._rules[target][group if len(fields) > 1 else group[0]]
            except CellRefused as refused:
                field = refused.field or next((each for each in fields if raw[self._places[each]].strip()), fields[0])
                found.append(self._problem(field, refused.code, self._raw(field, raw), staff_number, refused.params))
        if not found:
            try:
                self.read([row], [raw])
            except CellRefused as refused:
                value = self._raw(refused.field, raw)
                found.append(self._problem(refused.field, refused.code, value, staff_number, refused.params))
        return found

    def _columns(self, raws: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """Return the columns of the rows; short rows are filled up, longer ones must be empty beyond the heading."""
        try:
            columns = list(zip(*raws, strict=True))
        except ValueError:
            columns = []
        if len(columns) != self._width:
            if any(any(raw[self._width :]) for raw in raws):
                raise CellRefused("more_cells")
            columns = list(islice(zip_longest(*raws, fillvalue=""), self._width))
            columns += [("",) * len(raws)] * (self._width - len(columns))
        return columns

    def _values(self, target: str, numbers: Sequence[int], columns: Sequence[Sequence[str]]) -> list[Any]:
        rule = self._rules[target]
        fields = self._fields[target]
        if isinstance(rule, _StaffNumbers | _Emails):
            return rule.column(columns[self._places[fields[0]]])
        if target not in GROUPS:
            return list(map(rule.__getitem__, columns[self._places[fields[0]]]))
        told = [columns[self._places[field]] for field in fields]
        groups = told[0] if len(told) == 1 else list(zip(*told, strict=True))
        if not rule.keys() >= set(groups):
            for number, group in zip(numbers, groups, strict=True):
                if group not in rule:
                    self._row = number
                    rule[group]  # notes what is new under the row that says it first
        return list(map(rule.__getitem__, groups))

    def _rule(self, target: str) -> Any:
        """Return what gives the value of a cell, or of several cells together, in square brackets."""
        if target in GROUPS:
            fields = self._fields[target]
            joined = partial(self._joined, target, fields)
            return _Remembered(joined if len(fields) > 1 else lambda raw: joined((raw,)))
        limit = LIMITS[TARGETS[target][0]]
        if target == "staff_number":
            return _StaffNumbers(limit)
        if target == "email":
            return _Emails(limit)
        if target == "site_code":
            return _Remembered(lambda raw: self._books.sites.code_for("", cells.text(raw, limit)))
        if target in {"entered_on", "left_on"}:
            return _Remembered(lambda raw: self._day(raw, limit))
        rule = cells.language if target == "language" else cells.required_text if target in REQUIRED else cells.text
        return _Remembered(lambda raw: rule(raw, limit))

    def _joined(self, target: str, fields: Sequence[str], group: Sequence[str]) -> str:
        """Return the code of what several cells describe together."""
        told: dict[str, str] = {}
        for field, raw in zip(fields, group, strict=True):
            rule = cells.hours if field == "weekly_hours" else cells.text
            try:
                told[field] = rule(raw, LIMITS[field])
            except CellRefused as refused:
                raise CellRefused(refused.code, field, **refused.params) from refused
        if target == "unit_code":
            return self._unit_of(told)
        if target == "job_role_code":
            return self._books.job_roles.code_for(told.get("job_role_code", ""), told.get("job_role", ""))
        return self._books.work_patterns.code_for("", told.get("work_pattern", ""), told.get("weekly_hours", ""))

    def _unit_of(self, told: dict[str, str]) -> str:
        units = self._books.units
        code, name, path = told.get("unit_code", ""), told.get("unit_name", ""), told.get("unit_path", "")
        if path:
            return units.along(path, code, self._row, PEOPLE)
        if not code and not name:
            return ""
        if not units.is_complete and not (name and not code and "unit_parent" not in told and units.find("", name)):
            return units.declare(code, name, told.get("unit_parent"), self._row, PEOPLE)
        found = units.find(code, name)
        if not found:
            raise CellRefused("unknown_unit", "unit_code" if code else "unit_name")
        return found

    def _readable_staff_number(self, raw: Sequence[str]) -> str:
        place = self._places["staff_number"]
        try:
            return cells.text(raw[place], LIMITS["staff_number"]) if place < len(raw) else ""
        except CellRefused:
            return ""

    def _raw(self, field: str, raw: Sequence[str]) -> str:
        return raw[self._places[field]] if field in self._places else ""

    def _problem(self, field: str, code: str, value: str, staff_number: str, params: dict[str, str | int]) -> Problem:
        return Problem(self._row, field, code, cut(value), params, staff_number)


def targets_of(places: Container[str]) -> tuple[str, ...]:
    """Return the values that rows with the fields ``places`` have, in order."""
    return tuple(target for target, fields in TARGETS.items() if any(each in places for each in fields))
