"""Comparing what was read with what the database knows: who joins, comes back, moves, changes, leaves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from wurzelwerk.kernel import clock
from wurzelwerk.people.choices import ChangeKind, ImportState, Role, TermKind
from wurzelwerk.people.hr_import.bulk import MANY_ROWS, execute, insert_rows, refresh_statistics
from wurzelwerk.people.hr_import.checking import RowCheck
from wurzelwerk.people.hr_import.noting import OF_THE_TREE, note_problems
from wurzelwerk.people.hr_import.reading.persons import Books
from wurzelwerk.people.hr_import.reading.problems import Problem, cut
from wurzelwerk.people.hr_import.reading.terms import NewTerm
from wurzelwerk.people.hr_import.reading.units import PlacedUnit
from wurzelwerk.people.hr_import.steps import advance, last_turn
from wurzelwerk.people.hr_import.watching import changed_addresses
from wurzelwerk.people.models import (
    ImportProblem,
    ImportRow,
    ImportTerm,
    ImportUnit,
    OrgUnit,
    PeopleImport,
    Person,
    RoleGrant,
)

_AT_ONCE: Final = 500
_LINK: Final = """
    UPDATE people_importrow SET person_id = p.id FROM people_person p
    WHERE people_importrow.people_import_id = %(pk)s AND people_importrow.kind = 'unsorted'
    AND p.staff_number = people_importrow.staff_number
"""
# Where somebody works, as codes; an empty cell counts like no employment at all.
_PLACES: Final = {
    "unit_code": "COALESCE(u.code, '') <> r.unit_code",
    "job_role_code": "COALESCE(j.code, '') <> r.job_role_code",
    "site_code": "COALESCE(s.code, '') <> r.site_code",
    "manager_number": "COALESCE(m.staff_number, '') <> r.manager_number",
}
_OTHERS: Final = {
    "given_name": "p.given_name <> r.given_name",
    "family_name": "p.family_name <> r.family_name",
    "email": "p.email <> r.email",
    "language": "r.language <> '' AND p.language <> r.language",
    "entered_on": "p.entered_on IS DISTINCT FROM r.entered_on",
    "left_on": "p.left_on IS DISTINCT FROM r.left_on",
    "work_pattern_code": "COALESCE(w.code, '') <> r.work_pattern_code",
}
_SORT: Final = """
    UPDATE people_importrow SET kind = sorted.kind FROM (
        SELECT r.id, CASE
            WHEN NOT p.is_active AND p.left_on IS NOT NULL AND (r.left_on IS NULL OR r.left_on >= %(today)s)
                THEN 'returner'
            WHEN p.is_active AND r.left_on < %(today)s THEN 'leaver'
            WHEN {moves} THEN 'mover'
            WHEN {changes} THEN 'changed'
            ELSE 'unsorted' END AS kind
        FROM people_importrow r
        JOIN people_person p ON p.id = r.person_id
        LEFT JOIN people_employment e ON e.person_id = p.id
        LEFT JOIN people_orgunit u ON u.id = e.unit_id
        LEFT JOIN people_jobrole j ON j.id = e.job_role_id
        LEFT JOIN people_site s ON s.id = e.site_id
        LEFT JOIN people_workpattern w ON w.id = e.work_pattern_id
        LEFT JOIN people_person m ON m.id = e.manager_id
        WHERE r.people_import_id = %(pk)s AND r.kind = 'unsorted'
    ) AS sorted WHERE sorted.id = people_importrow.id
"""
# Only persons new to the database must be there before those who report to them.
_LEADS: Final = """
    UPDATE people_importrow SET leads = TRUE WHERE people_import_id = %(pk)s AND kind = 'joiner'
    AND staff_number IN (SELECT manager_number FROM people_importrow WHERE people_import_id = %(pk)s)
"""


def finish(people_import: PeopleImport, check: RowCheck) -> None:
    """Turn everything read into the difference the import will make, and note that it is checked."""
    if check.seen.total - check.seen.same >= MANY_ROWS:
        refresh_statistics(ImportRow)
    with transaction.atomic():
        problems = check.unit_problems + _keep_tree(people_import, check.books)
        problems += _unknown_managers(people_import, check)
        _keep_terms(people_import, check.books)
        _sort(people_import, check.reader.targets)
        problems += _impossible_dates(people_import, check.reader.targets)
        count = people_import.problem_count + note_problems(people_import, problems)
        absent = _absent(check)
        # Without a readable number in every row nobody can tell who is missing.
        tells_leavers = people_import.is_complete and not check.seen.nameless
        kept_accounts = _note_leavers(people_import, absent) if tells_leavers else 0
        kept_accounts += _keep_an_administrator(people_import)
        counts = _counts(people_import, check) | {"absent": len(absent), "kept_administrators": kept_accounts}
        advance(
            people_import,
            {},
            state=ImportState.CHECKED,
            checked_at=clock.now(),
            problem_count=count,
            counts=counts,
        )


def active_persons() -> int:
    """Return how many persons are at work."""
    count: int = Person.objects.filter(is_active=True).count()
    return count


def _keep_tree(people_import: PeopleImport, books: Books) -> list[Problem]:
    """Keep the units that are new or stand elsewhere; return why there is no tree, if so."""
    placed, problems = books.units.placed()
    now = {
        unit["code"]: unit
        for unit in OrgUnit.objects.values("code", "name", "parent_id", "parent__code", "path", "depth")
    }
    rows = [_unit(people_import, unit, now.get(unit.code)) for unit in placed]
    ImportUnit.objects.bulk_create([row for row in rows if row is not None], batch_size=_AT_ONCE)
    return problems


def _unit(people_import: PeopleImport, unit: PlacedUnit, now: Mapping[str, Any] | None) -> ImportUnit | None:
    after = (unit.name, unit.parent_code, unit.path, unit.depth)
    if now and after == (now["name"], now["parent__code"] or "", now["path"], now["depth"]):
        return None
    return ImportUnit(
        people_import=people_import,
        code=unit.code,
        name=unit.name,
        parent_code=unit.parent_code,
        path=unit.path,
        depth=unit.depth,
        is_new=now is None,
        before={key: now[key] for key in ("name", "parent_id", "path", "depth")} if now else {},
    )


def _keep_terms(people_import: PeopleImport, books: Books) -> None:
    found: tuple[tuple[TermKind, Iterable[NewTerm]], ...] = (
        (TermKind.JOB_ROLE, books.job_roles.new.values()),
        (TermKind.SITE, books.sites.new.values()),
        (TermKind.WORK_PATTERN, books.work_patterns.new.values()),
    )
    ImportTerm.objects.bulk_create(
        [
            ImportTerm(
                people_import=people_import,
                kind=kind,
                code=term.code,
                name=term.name,
                hours_per_week=term.hours or None,
            )
            for kind, terms in found
            for term in terms
        ],
        batch_size=_AT_ONCE,
    )


def _unknown_managers(people_import: PeopleImport, check: RowCheck) -> list[Problem]:
    """Return the rows whose manager neither the file nor the database knows; they are no longer kept as changes."""
    unknown = {each for each in check.seen.managers if each not in check.seen.rows and each not in check.known} - {""}
    problems: list[Problem] = []
    for numbers in batched(sorted(unknown)):
        rows = ImportRow.objects.filter(people_import=people_import, manager_number__in=numbers)
        problems += [
            Problem(row, "manager", "unknown_manager", cut(number), {}, staff_number)
            for row, number, staff_number in rows.order_by("row").values_list("row", "manager_number", "staff_number")
        ]
        rows.delete()
    return problems


def _sort(people_import: PeopleImport, targets: tuple[str, ...]) -> None:
    values = {"pk": people_import.pk, "today": clock.today().isoformat()}
    sql = _SORT.format(moves=_any(_PLACES, targets), changes=_any(_OTHERS, targets))
    execute(_LINK, values)
    execute(sql, values)
    ImportRow.objects.filter(people_import=people_import, kind=ChangeKind.UNSORTED).delete()
    execute(_LEADS, values)


def _any(conditions: Mapping[str, str], targets: tuple[str, ...]) -> str:
    """Return the SQL that one of the conditions on fields of the file holds."""
    return " OR ".join(f"({sql})" for target, sql in conditions.items() if target in targets) or "FALSE"


def _impossible_dates(people_import: PeopleImport, targets: tuple[str, ...]) -> list[Problem]:
    """Return the rows that bring only one of two days, and that one contradicts the other one known."""
    if ("entered_on" in targets) == ("left_on" in targets):
        return []
    key = "left_on" if "left_on" in targets else "entered_on"
    other = "r.left_on < p.entered_on" if key == "left_on" else "p.left_on < r.entered_on AND r.kind <> 'returner'"
    rows = ImportRow.objects.raw(
        # Built from the constants above alone.
        f"SELECT r.* FROM people_importrow r JOIN people_person p ON p.id = r.person_id "  # noqa: S608
        f"WHERE r.people_import_id = %s AND {other} ORDER BY r.id",
        [people_import.pk],
    )
    wrong = list(rows)
    ImportRow.objects.filter(pk__in=[row.pk for row in wrong]).delete()
    return [
        Problem(row.row, key, "contradicts_known_day", str(getattr(row, key)), {}, row.staff_number) for row in wrong
    ]


def _absent(check: RowCheck) -> list[str]:
    """Return the persons at work whom the file does not name, in the order of their staff numbers."""
    return sorted(check.known.active.keys() - check.seen.rows.keys())


def _note_leavers(people_import: PeopleImport, absent: list[str]) -> int:
    """Keep those who are missing in a complete file as leavers; return how many administrators stay all the same."""
    kept = 0
    for numbers in batched(absent):
        missing = Person.objects.filter(staff_number__in=numbers)
        is_administrator = Q(role_grants__role=Role.ADMINISTRATOR, role_grants__revoked_at=None)
        leaving = missing.exclude(pk__in=missing.filter(is_administrator).values("pk")).order_by("staff_number")
        found = leaving.values_list("staff_number", "pk", "given_name", "family_name")
        rows = [(people_import.pk, 0, ChangeKind.LEAVER.value, *person) for person in found]
        kept += len(numbers) - len(rows)
        columns = ("people_import_id", "row", "kind", "staff_number", "person_id", "given_name", "family_name")
        insert_rows(ImportRow, columns, rows)
    return kept


def _keep_an_administrator(people_import: PeopleImport) -> int:
    """Keep open the account of whoever imports and of the last administrators, whatever their exit date says."""
    active = set(
        RoleGrant.objects.in_force()
        .filter(role=Role.ADMINISTRATOR, person__is_active=True)
        .values_list("person_id", flat=True)
    )
    leaving = ImportRow.objects.filter(people_import=people_import, kind=ChangeKind.LEAVER, person_id__in=active)
    if active and set(leaving.values_list("person_id", flat=True)) != active:
        leaving = leaving.filter(person_id=people_import.created_by_id)
    return leaving.delete()[0]


def _counts(people_import: PeopleImport, check: RowCheck) -> dict[str, int]:
    kinds = ImportRow.objects.filter(people_import=people_import).values_list("kind").annotate(count=Count("pk"))
    units = ImportUnit.objects.filter(people_import=people_import).values_list("is_new").annotate(count=Count("pk"))
    by_newness = dict(units.order_by())
    return {
        **{kind.value: 0 for kind in ChangeKind if kind is not ChangeKind.UNSORTED},
        **dict(kinds.order_by()),
        "rows": check.seen.total,
        "nameless": check.seen.nameless,
        "former": check.seen.former,
        "active": active_persons(),
        "turn": last_turn(),
        "new_units": by_newness.get(True, 0),
        "changed_units": by_newness.get(False, 0),
        "new_terms": ImportTerm.objects.filter(people_import=people_import).count(),
        "changed_addresses": changed_addresses(people_import) if "email" in check.reader.targets else 0,
        "ending_roles": _ending_roles(people_import),
        "of_the_tree": ImportProblem.objects.filter(people_import=people_import, code__in=OF_THE_TREE).count(),
    }


def _ending_roles(people_import: PeopleImport) -> int:
    """Return how many roles end with the accounts of the leavers."""
    leaving = ImportRow.objects.filter(people_import=people_import, kind=ChangeKind.LEAVER)
    count: int = RoleGrant.objects.in_force().filter(person_id__in=leaving.values("person_id")).count()
    return count


def batched(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield as many values at a time as one statement takes."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
