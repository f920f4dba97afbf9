"""The tree of units, of any depth: from a file of its own, from paths, or from what each row says of its unit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wurzelwerk.people.hr_import.reading.codes import free_code
from wurzelwerk.people.hr_import.reading.fields import LIMITS
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, CellRefused, Problem, cut

CODE_LIMIT, NAME_LIMIT = LIMITS["unit_code"], LIMITS["unit_name"]
MOST_LEVELS: Final = 500
# What an index of PostgreSQL can hold of one value.
MOST_PATH_BYTES: Final = 2_600
_WIDE_STEP: Final = re.compile(r"\s+[/>\\»→]\s+")
_STEP: Final = re.compile(r"\s*[>»→]\s*")
_NARROW_STEP: Final = re.compile(r"\s*/\s*")


@dataclass(slots=True)
class Unit:
    """A unit as the files say it is; ``above`` is what they call the unit above, ``row`` where they first say it.

    ``is_declared`` tells whether the files speak of it, ``is_known`` whether it existed before.
    """

    code: str
    name: str
    above: str = ""
    row: int = 0
    source: str = PEOPLE
    is_declared: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit at its place in the tree: ``path`` of codes from the root down, ``depth`` from 0."""

    code: str
    name: str
    parent_code: str
    path: str
    depth: int


class UnitBook:
    """All units there will be: those that exist, and those the files bring."""

    def __init__(self, known: Iterable[tuple[str, str, str]]) -> None:
        """Start with what exists: code, name and code of the unit above ("" for none)."""
        self.is_complete = False
        self._units = {code: Unit(code, name, above, is_known=True) for code, name, above in known}
        self._by_name: dict[str, list[str]] = {}
        self._by_place: dict[tuple[str, str], str] = {}
        for unit in self._units.values():
            self._index(unit)

    def declare(self, code: str, name: str, above: str | None, row: int, source: str) -> str:
        """Note what a file says of a unit and return its code; raises ``CellRefused`` where it contradicts itself.

        ``above`` is "" for a unit at the top and None where the file does not say.
        """
        if not code:
            code = self._named(name, above) or free_code(name, self._units, CODE_LIMIT)
        unit = self._units.get(code)
        if unit is None:
            unit = self._units[code] = Unit(code, name or code)
        elif unit.is_declared:
            self._must_agree(unit, name, above)
            return code
        unit.is_declared, unit.row, unit.source = True, row, source
        unit.name, unit.above = name or unit.name, unit.above if above is None else above
        self._index(unit)
        return code

    def along(self, path: str, code: str, row: int, source: str) -> str:
        """Note the units of a path ("Plant / Assembly / Line 3") and return the code of the last."""
        above = ""
        names = steps_of(path)
        if len(names) > MOST_LEVELS:
            raise CellRefused("path_too_deep", "unit_path", limit=MOST_LEVELS)
        for place, name in enumerate(names):
            if len(name) > NAME_LIMIT:
                raise CellRefused("too_long", "unit_path", limit=NAME_LIMIT, length=len(name))
            is_last = place == len(names) - 1
            known = self._by_place.get((above, name.casefold()), "")
            own_code = (code if is_last and code else known) or free_code(name, self._units, CODE_LIMIT)
            if self.is_complete and own_code not in self._units:
                raise CellRefused("unknown_unit", "unit_path")
            above = self.declare(own_code, name, above, row, source)
        return above

    def find(self, code: str, name: str) -> str:
        """Return the code of a unit that a row refers to, declared or known; "" when there is none.

        Raises ``CellRefused`` for a name that several units have.
        """
        if code:
            return code if code in self._units else ""
        found = self._by_name.get(name.casefold(), [])
        if len(found) > 1:
            raise CellRefused("ambiguous_unit", "unit_name", count=len(found))
        return found[0] if found else name if name in self._units else ""

    def placed(self) -> tuple[list[PlacedUnit], list[Problem]]:
        """Return every unit at its place, parents before children, and what makes that impossible for some."""
        above, problems = self._resolved()
        problems += self._circles(above)
        if problems:
            return [], problems
        placed: dict[str, PlacedUnit] = {}
        for code in self._units:
            for step in reversed(list(_way_up(code, above, placed))):
                found = self._place(step, above[step], placed)
                if found.depth > MOST_LEVELS or len(found.path.encode()) > MOST_PATH_BYTES:
                    return [], [_problem(self._units[step], "tree_too_deep")]
                placed[step] = found
        return list(placed.values()), []

    def _place(self, code: str, parent_code: str, placed: dict[str, PlacedUnit]) -> PlacedUnit:
        parent = placed.get(parent_code)
        path = f"{parent.path if parent else ''}{_segment(code)}/"
        return PlacedUnit(code, self._units[code].name, parent_code, path, parent.depth + 1 if parent else 0)

    def _index(self, unit: Unit) -> None:
        codes = self._by_name.setdefault(unit.name.casefold(), [])
        if unit.code not in codes:
            codes.append(unit.code)
        self._by_place.setdefault((unit.above, unit.name.casefold()), unit.code)

    def _named(self, name: str, above: str | None) -> str:
        """Return the code of the unit of this name, below ``above`` where that is said; "" when there is none."""
        return self._by_place.get((above, name.casefold()), "") if above else self.find("", name)

    def _must_agree(self, unit: Unit, name: str, above: str | None) -> None:
        if name and name.casefold() != unit.name.casefold():
            raise CellRefused("unit_name_differs", "unit_name", row=unit.row, other=cut(unit.name))
        if above and unit.above and above != unit.above:
            raise CellRefused("unit_parent_differs", "unit_parent", row=unit.row, other=cut(unit.above))

    def _resolved(self) -> tuple[dict[str, str], list[Problem]]:
        """Return the code of the unit above each, found by code or by name."""
        above: dict[str, str] = {}
        problems: list[Problem] = []
        for unit in self._units.values():
            found = unit.above
            if found and found not in self._units:
                named = self._by_name.get(found.casefold(), [])
                found = named[0] if len(named) == 1 else ""
                if not found:
                    problems.append(_problem(unit, "unknown_parent"))
            above[unit.code] = found
        return above, problems

    def _circles(self, above: dict[str, str]) -> list[Problem]:
        """Return one problem for each circle of units, at the first of them that a file speaks of."""
        problems: list[Problem] = []
        safe: set[str] = {""}
        for start in self._units:
            way: dict[str, None] = {}
            code = start
            while code not in safe and code not in way:
                way[code] = None
                code = above[code]
            if code not in safe:
                problems.append(self._circle(list(way)[list(way).index(code) :]))
            safe.update(way)
        return problems

    def _circle(self, codes: list[str]) -> Problem:
        unit = min((self._units[code] for code in codes), key=lambda each: (not each.is_declared, each.row))
        start = codes.index(unit.code)
        circle = [*codes[start:], *codes[:start], unit.code]
        return _problem(unit, "circular_units", circle=cut(" → ".join(circle)))


def steps_of(path: str) -> list[str]:
    """Return the names along a path; a slash counts as a step only where no plainer sign does."""
    path = path.strip(" />\\»→")
    pattern = _WIDE_STEP if _WIDE_STEP.search(path) else _STEP if _STEP.search(path) else _NARROW_STEP
    return [step for step in (part.strip() for part in pattern.split(path)) if step]


def _way_up(code: str, above: dict[str, str], placed: dict[str, PlacedUnit]) -> Iterator[str]:
    while code and code not in placed:
        yield code
        code = above[code]


def _segment(code: str) -> str:
    """Return a code as it stands in a path, where "/" separates."""
    return code.replace("%", "%25").replace("/", "%2F")


def _problem(unit: Unit, problem: str, **params: str | int) -> Problem:
    return Problem(unit.row, "unit_parent", problem, cut(unit.above), params, source=unit.source)
