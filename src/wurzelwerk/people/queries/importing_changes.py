"""Reads about what an import changes, or has changed: persons by kind of change, units, and what else is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.people.choices import ChangeKind, ImportState, TermKind
from wurzelwerk.people.hr_import.reading.persons import targets_of
from wurzelwerk.people.hr_import.sentences import field_label
from wurzelwerk.people.hr_import.settled import Settled
from wurzelwerk.people.models import (
    ImportBefore,
    ImportRow,
    ImportTerm,
    ImportUnit,
    JobRole,
    OrgUnit,
    PeopleImport,
    Person,
    Site,
    WorkPattern,
)

PAGE_SIZE: Final = 50

PLACES: Final[dict[str, Promise]] = {
    "unit_code": _("Unit"),
    "job_role_code": _("Job role"),
    "site_code": _("Site"),
    "manager_number": _("Manager"),
}
"""Where somebody works; what changes here makes a mover, and is shown before and after."""
_OTHERS: Final = {
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "language": "language",
    "entered_on": "entered_on",
    "left_on": "left_on",
    "work_pattern_code": "work_pattern",
}
"""What else may change, with the name of its field; that it changes is told, not from what to what."""
_PERSON_FIELDS: Final = ("given_name", "family_name", "email", "language", "entered_on", "left_on")


@dataclass(frozen=True, slots=True)
class Change:
    """Something about somebody before and after, in words; both "" where only that it changes is told."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A person with what the import makes of them; ``row`` is the one in the file, 0 for whoever is missing there."""

    name: str
    staff_number: str
    row: int
    unit: str
    job_role: str
    site: str
    manager: str
    entered_on: date | None
    left_on: date | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that is new or different: its name, and the unit above, before and after ("" at the top)."""

    code: str
    name: str
    above: str
    is_new: bool
    name_before: str = ""
    above_before: str = ""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A job role, site or work pattern that comes with the file."""

    kind: TermKind
    code: str
    name: str
    hours_per_week: Decimal | None


def change_rows(
    people_import: PeopleImport, settled: Settled, kind: ChangeKind, *, text: str = "", number: int = 1
) -> Page[ChangeRow]:
    """Return one page of the persons of one kind of change, in the order of the file; twelve queries at most.

    ``text`` is sought in names and, as a whole, among the staff numbers.
    """
    rows = ImportRow.objects.filter(people_import=people_import, kind=kind)
    for word in text.split():
        rows = rows.filter(_sought(word))
    page: Page[Any] = Paginator(rows.order_by("pk"), PAGE_SIZE).get_page(number)
    found = list(page.object_list)
    targets = targets_of(settled.people.places)
    names = _Names(people_import, found)
    before = _before(people_import, kind, found)
    page.object_list = [_change_row(row, kind, targets, before.get(row.person_id or 0), names) for row in found]
    return page


def unit_changes(people_import: PeopleImport, number: int = 1) -> Page[UnitChange]:
    """Return one page of the units that are new or different, from the top of the tree down."""
    rows = ImportUnit.objects.filter(people_import=people_import).order_by("depth", "pk")
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(number)
    found = list(page.object_list)
    names = _unit_names(people_import, {unit.parent_code for unit in found})
    above = {unit.before.get("parent_id") for unit in found}
    names_before = dict(OrgUnit.objects.filter(pk__in=above - {None}).values_list("pk", "name"))
    page.object_list = [
        UnitChange(
            code=unit.code,
            name=unit.name,
            above=names.get(unit.parent_code, unit.parent_code),
            is_new=unit.is_new,
            name_before=unit.before.get("name", ""),
            above_before=names_before.get(unit.before.get("parent_id"), ""),
        )
        for unit in found
    ]
    return page


def new_terms(people_import: PeopleImport, number: int = 1) -> Page[NewTerm]:
    """Return one page of the job roles, sites and work patterns that come with the file."""
    rows = ImportTerm.objects.filter(people_import=people_import).order_by("kind", "name")
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = [
        NewTerm(TermKind(term.kind), term.code, term.name, term.hours_per_week) for term in page.object_list
    ]
    return page


def _sought(word: str) -> Q:
    return Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(staff_number__iexact=word)


@dataclass(frozen=True, slots=True)
class _Before:
    """How somebody was before: codes of where they work with their names, and everything else by field of a row."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    others: Mapping[str, Any]


class _Names:
    """What codes and numbers on a page are called; each sort is only looked up when something asks."""

    def __init__(self, people_import: PeopleImport, rows: Sequence[ImportRow]) -> None:
        self._import = people_import
        self._rows = rows

        # What was applied stands where it belongs; before, the import alone knows what it brings.
        self._is_applied = people_import.state == ImportState.APPLIED

    def of(self, target: str, code: str) -> str:
        """Return the name of what ``code`` stands for, or the code itself."""
        known: Mapping[str, str] = getattr(self, target)
        return known.get(code, code)

    @cached_property
    def unit_code(self) -> dict[str, str]:
        """The names of units by code, as they will be."""
        return _unit_names(None if self._is_applied else self._import, self._codes("unit_code"))

    @cached_property
    def job_role_code(self) -> dict[str, str]:
        """The titles of job roles by code."""
        rows = JobRole.objects.filter(code__in=self._codes("job_role_code"))
        known = {code: pick(de, en) for code, de, en in rows.values_list("code", "title_de", "title_en")}
        return self._new(TermKind.JOB_ROLE, "job_role_code") | known

    @cached_property
    def site_code(self) -> dict[str, str]:
        """The names of sites by code."""
        known = Site.objects.filter(code__in=self._codes("site_code")).values_list("code", "name")
        return self._new(TermKind.SITE, "site_code") | dict(known)

    @cached_property
    def manager_number(self) -> dict[str, str]:
        """The names of managers by staff number, also of those who come with the file."""
        numbers = self._codes("manager_number")
        known = _names_by_number(Person.objects.filter(staff_number__in=numbers))
        unknown = numbers - known.keys()
        if not unknown or self._is_applied:
            return known
        joining = ImportRow.objects.filter(people_import=self._import, kind=ChangeKind.JOINER, leads=True)
        return known | _names_by_number(joining.filter(staff_number__in=unknown))

    def _codes(self, target: str) -> set[str]:
        return {getattr(row, target) for row in self._rows} - {""}

    def _new(self, kind: TermKind, target: str) -> dict[str, str]:
        if self._is_applied:
            return {}
        rows = ImportTerm.objects.filter(people_import=self._import, kind=kind, code__in=self._codes(target))
        return dict(rows.values_list("code", "name"))


def _names_by_number(rows: Any) -> dict[str, str]:
    return {
        number: f"{given} {family}"
        for number, given, family in rows.values_list("staff_number", "given_name", "family_name")
    }


def _unit_names(people_import: PeopleImport | None, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of units by code, as they will be after ``people_import``."""
    wanted = set(codes) - {""}
    known = dict(OrgUnit.objects.filter(code__in=wanted).values_list("code", "name"))
    if people_import is None:
        return known
    changed = ImportUnit.objects.filter(people_import=people_import, code__in=wanted).values_list("code", "name")
    return known | dict(changed)


def _before(people_import: PeopleImport, kind: ChangeKind, rows: Iterable[ImportRow]) -> dict[int, _Before]:
    """Return how the persons of the rows are or were before the import, by key."""
    keys = {row.person_id for row in rows if row.person_id}
    if kind is ChangeKind.JOINER or not keys:
        return {}
    return _kept(people_import, keys) if people_import.state == ImportState.APPLIED else _now(keys)


def _now(keys: Iterable[int]) -> dict[int, _Before]:
    rows = Person.objects.filter(pk__in=keys).values(
        *("pk", *_PERSON_FIELDS, "employment__unit__code", "employment__unit__name", "employment__job_role__code"),
        *("employment__job_role__title_de", "employment__job_role__title_en", "employment__site__code"),
        *("employment__site__name", "employment__work_pattern__code", "employment__manager__staff_number"),
        *("employment__manager__given_name", "employment__manager__family_name"),
    )
    return {row["pk"]: _before_of({key.removeprefix("employment__"): row[key] or "" for key in row}) for row in rows}


def _kept(people_import: PeopleImport, keys: Iterable[int]) -> dict[int, _Before]:
    """Return the images that the import kept, with the names of what they refer to; six queries."""
    images = list(ImportBefore.objects.filter(people_import=people_import, person_id__in=keys).values())
    referred: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("unit", OrgUnit, ("code", "name")),
        ("job_role", JobRole, ("code", "title_de", "title_en")),
        ("site", Site, ("code", "name")),
        ("work_pattern", WorkPattern, ("code",)),
        ("manager", Person, ("staff_number", "given_name", "family_name")),
    )
    for name, model, columns in referred:
        found = model.objects.in_bulk({image[f"{name}_id"] for image in images} - {None})
        for image in images:
            one = found.get(image[f"{name}_id"])
            image |= {f"{name}__{column}": getattr(one, column, "") for column in columns}
    return {image["person_id"]: _before_of(image) for image in images}


def _before_of(values: Mapping[str, Any]) -> _Before:
    manager = f"{values['manager__given_name']} {values['manager__family_name']}".strip()
    return _Before(
        codes={
            "unit_code": values["unit__code"],
            "job_role_code": values["job_role__code"],
            "site_code": values["site__code"],
            "manager_number": values["manager__staff_number"],
        },
        names={
            "unit_code": values["unit__name"],
            "job_role_code": pick(values["job_role__title_de"], values["job_role__title_en"]),
            "site_code": values["site__name"],
            "manager_number": manager,
        },
        others={
            **{name: values[name] or "" for name in _PERSON_FIELDS},
            "work_pattern_code": values["work_pattern__code"],
        },
    )


def _change_row(
    row: ImportRow, kind: ChangeKind, targets: Sequence[str], before: _Before | None, names: _Names
) -> ChangeRow:
    told = set(targets) if row.row else set[str]()
    keeps = before if before and kind is not ChangeKind.RETURNER else None
    is_leaving = kind is ChangeKind.LEAVER
    where = {
        target: names.of(target, getattr(row, target))
        if target in told and not is_leaving
        else (keeps.names[target] if keeps else "")
        for target in PLACES
    }
    changes = _changes(row, told, before, where) if before and not is_leaving else ()
    return ChangeRow(
        name=f"{row.given_name} {row.family_name}",
        staff_number=row.staff_number,
        row=row.row,
        unit=where["unit_code"],
        job_role=where["job_role_code"],
        site=where["site_code"],
        manager=where["manager_number"],
        entered_on=row.entered_on,
        left_on=row.left_on,
        changes=changes,
    )


def _changes(row: ImportRow, told: set[str], before: _Before, where: Mapping[str, str]) -> tuple[Change, ...]:
    moved = [
        Change(str(label), before.names[target] or "–", where[target] or "–")
        for target, label in PLACES.items()
        if target in told and getattr(row, target) != before.codes[target]
    ]
    other = [
        Change(field_label(_OTHERS[target]), *_shown(row, target, before))
        for target in _OTHERS
        if target in told and _differs(row, target, before)
    ]
    return (*moved, *other)


def _differs(row: ImportRow, target: str, before: _Before) -> bool:
    """Tell whether the file says something else; an empty language leaves the known one."""
    value = getattr(row, target) or ""
    return value != before.others[target] and (target != "language" or bool(value))


def _shown(row: ImportRow, target: str, before: _Before) -> tuple[str, str]:
    """Return before and after of what everybody may read, nothing of the rest."""
    return (before.others[target], getattr(row, target)) if target in {"given_name", "family_name"} else ("", "")
