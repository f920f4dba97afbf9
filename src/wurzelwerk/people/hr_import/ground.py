"""What persons stand on: units at their place in the tree, job roles, sites and work patterns the file brings."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from wurzelwerk.people.choices import TermKind
from wurzelwerk.people.models import (
    ImportTerm,
    ImportUnit,
    JobRole,
    OrgUnit,
    PeopleImport,
    Site,
    WorkPattern,
)

_AT_ONCE: Final = 500


def lay_ground(people_import: PeopleImport) -> None:
    """Write units, job roles, sites and work patterns; part of the caller's transaction, harmless when repeated."""
    terms = list(ImportTerm.objects.filter(people_import=people_import).order_by("pk"))
    by_kind: dict[str, list[ImportTerm]] = {kind: [term for term in terms if term.kind == kind] for kind in TermKind}
    _create(JobRole, (JobRole(code=term.code, title_de=term.name) for term in by_kind[TermKind.JOB_ROLE]))
    _create(Site, (Site(code=term.code, name=term.name) for term in by_kind[TermKind.SITE]))
    _create(
        WorkPattern,
        (
            WorkPattern(code=term.code, name_de=term.name, hours_per_week=term.hours_per_week or 0)
            for term in by_kind[TermKind.WORK_PATTERN]
        ),
    )
    _write_units(ImportUnit.objects.filter(people_import=people_import).order_by("depth", "pk"))


def clear_ground(people_import: PeopleImport) -> None:
    """Take back what ``lay_ground`` wrote, as far as nothing refers to it; part of the caller's transaction."""
    units = ImportUnit.objects.filter(people_import=people_import)
    _restore_units(units.filter(is_new=False))
    depths = sorted(set(units.filter(is_new=True).values_list("depth", flat=True)), reverse=True)
    for depth in depths:
        _delete_unused(OrgUnit, units.filter(is_new=True, depth=depth).values("code"))
    for kind, model in ((TermKind.JOB_ROLE, JobRole), (TermKind.SITE, Site), (TermKind.WORK_PATTERN, WorkPattern)):
        _delete_unused(model, ImportTerm.objects.filter(people_import=people_import, kind=kind).values("code"))


def unused(model: type[Model], *, apart_from: frozenset[type[Model]] = frozenset()) -> Q:
    """Return the condition that no row of any room refers to a row of ``model``."""
    condition = Q()
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.field.many_to_many:
            continue
        related: type[Model] = relation.related_model
        if related not in apart_from:
            referring = related._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            condition &= ~Q(Exists(referring))
    return condition


def _create(model: type[Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)


def _write_units(units: QuerySet[ImportUnit, ImportUnit]) -> None:
    """Write units from the top down, a level at a time: a unit needs the key of the one above."""
    keys = dict(OrgUnit.objects.values_list("code", "pk"))
    changed: list[OrgUnit] = []
    level: list[OrgUnit] = []
    depth = -1
    for unit in units:
        if unit.depth != depth:
            _create_level(level, keys)
            level, depth = [], unit.depth
        values: dict[str, Any] = {"code": unit.code, "name": unit.name, "path": unit.path, "depth": unit.depth}
        row = OrgUnit(**values, parent_id=keys.get(unit.parent_code))
        if unit.code in keys:
            row.pk = keys[unit.code]
            changed.append(row)
        else:
            level.append(row)
    _create_level(level, keys)
    OrgUnit.objects.bulk_update(changed, ["name", "parent", "path", "depth"], batch_size=_AT_ONCE)


def _create_level(level: list[OrgUnit], keys: dict[str, int]) -> None:
    for row in OrgUnit.objects.bulk_create(level, batch_size=_AT_ONCE):
        keys[row.code] = row.pk


def _restore_units(units: QuerySet[ImportUnit, ImportUnit]) -> None:
    keys = dict(OrgUnit.objects.values_list("code", "pk"))
    rows = [OrgUnit(pk=keys[unit.code], code=unit.code, **unit.before) for unit in units if unit.code in keys]
    OrgUnit.objects.bulk_update(rows, ["name", "parent", "path", "depth"], batch_size=_AT_ONCE)


def _delete_unused(model: type[Model], codes: QuerySet[Any, Any]) -> None:
    model._default_manager.filter(Q(code__in=codes) & unused(model)).delete()
