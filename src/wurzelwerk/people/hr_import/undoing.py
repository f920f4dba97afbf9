"""Taking an import back: whoever was changed becomes as before, whoever joined goes, as far as nothing of them is left.

In batches like the applying, so that it can be interrupted; also the clean way out of a cancelled applying.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.people.choices import ChangeKind, ImportState
from wurzelwerk.people.closing import end_roles
from wurzelwerk.people.events import PersonAccess, person_deactivated, person_reactivated
from wurzelwerk.people.hr_import.applying import end_sessions_of, in_parts
from wurzelwerk.people.hr_import.bulk import execute
from wurzelwerk.people.hr_import.ground import clear_ground, unused
from wurzelwerk.people.hr_import.reading.persons import targets_of
from wurzelwerk.people.hr_import.settled import settled_from_json
from wurzelwerk.people.hr_import.steps import advance, last_turn
from wurzelwerk.people.hr_import.watching import note_restored_addresses
from wurzelwerk.people.models import Employment, ImportBefore, ImportRow, PeopleImport, Person

Report = Callable[[int], None]

_AT_ONCE: Final = 5_000
_EMPLOYMENT: Final = {
    "unit_code": ("unit_id", "people_orgunit"),
    "job_role_code": ("job_role_id", "people_jobrole"),
    "site_code": ("site_id", "people_site"),
    "work_pattern_code": ("work_pattern_id", "people_workpattern"),
    "manager_number": ("manager_id", "people_person"),
}
_ACCESS: Final = ("is_active", "deactivated_at")
# Only what the import closed itself is opened again, not what somebody has closed by hand since then.
_STILL_CLOSED_BY_IT: Final = (
    "(NOT b.is_active OR people_person.is_active OR people_person.deactivated_at = b.closed_at)"
)
_IN_BATCH: Final = "b.id > %(after)s AND b.id <= %(upto)s AND +b.people_import_id = %(pk)s"


def undo(people_import: PeopleImport, by: Person | None, report: Report, *, becomes: ImportState) -> None:
    """Take back what was applied, from where the last attempt stopped; the import is ``becomes`` afterwards."""
    if "undo" not in people_import.position:
        with transaction.atomic():
            advance(
                people_import, {"undo": "restore", "after": 0, "rows": 0}, state=ImportState.UNDOING, is_writing=True
            )
    if people_import.position["undo"] == "restore":
        _restore_all(people_import, by, report)
    if people_import.position["undo"] == "joiners":
        _remove_all(people_import, by, report)
    with transaction.atomic():
        clear_ground(people_import)
        counts = people_import.counts | {"kept_closed": _kept_closed(people_import)}
        ImportBefore.objects.filter(people_import=people_import).delete()
        changes: dict[str, Any] = {"state": becomes, "counts": counts}
        if becomes is ImportState.UNDONE:
            changes |= {"undone_at": clock.now(), "turn": last_turn() + 1}
        advance(people_import, {}, is_writing=False, **changes)
        record_audit(by=by, verb="people.undo_import", subject=people_import, details={"becomes": becomes.value})


def _restore_all(people_import: PeopleImport, by: Person | None, report: Report) -> None:
    targets = targets_of(settled_from_json(people_import.settled).people.places)
    while keys := _next_keys(ImportBefore, people_import):
        with transaction.atomic():
            _advance(people_import, "restore", keys)
            values = {"pk": people_import.pk, "after": keys[0] - 1, "upto": keys[-1], "now": clock.now()}
            if "email" in targets:
                note_restored_addresses(people_import, by, values)
            _restore(values, targets)
            _tell_of_access(values, by)
        report(people_import.position["rows"])
    with transaction.atomic():
        _start_pass(people_import, "joiners")


def _restore(values: dict[str, Any], targets: tuple[str, ...]) -> None:
    told = {name: f"b.{name}" for name in _person_columns(targets)}
    if "email" in targets:
        told["email_changed_at"] = (
            "CASE WHEN people_person.email <> b.email THEN %(now)s ELSE people_person.email_changed_at END"
        )
    if "left_on" not in targets:
        told["left_on"] = "CASE WHEN b.changes_access THEN b.left_on ELSE people_person.left_on END"
    for name in _ACCESS:
        told[name] = f"CASE WHEN b.changes_access AND {_STILL_CLOSED_BY_IT} THEN b.{name} ELSE people_person.{name} END"
    assigned = ", ".join(f"{name} = {value}" for name, value in told.items())
    execute(
        f"UPDATE people_person SET {assigned} FROM people_importbefore b "  # noqa: S608 - constants
        f"WHERE {_IN_BATCH} AND people_person.id = b.person_id",
        values,
    )
    keys = {name: table for target, (name, table) in _EMPLOYMENT.items() if target in targets}
    if keys:
        # What was deleted in the meantime cannot be referred to again.
        chosen = ", ".join(
            f"{name} = (SELECT x.id FROM {table} x WHERE x.id = b.{name})"  # noqa: S608 - constants
            for name, table in keys.items()
        )
        execute(
            f"UPDATE people_employment SET {chosen} FROM people_importbefore b "  # noqa: S608 - constants
            f"WHERE {_IN_BATCH} AND b.has_employment AND people_employment.person_id = b.person_id",
            values,
        )
    execute(
        "DELETE FROM people_employment WHERE person_id IN (SELECT b.person_id FROM people_importbefore b "  # noqa: S608
        f"WHERE {_IN_BATCH} AND NOT b.has_employment)",
        values,
    )


def _kept_closed(people_import: PeopleImport) -> int:
    """Return how many accounts, closed by the import and by hand since then, stay closed."""
    opened = ImportBefore.objects.filter(people_import=people_import, changes_access=True, is_active=True)
    count: int = Person.objects.filter(pk__in=opened.values("person_id"), is_active=False).count()
    return count


def _tell_of_access(values: dict[str, Any], by: Person | None) -> None:
    changed = ImportBefore.objects.filter(
        people_import=values["pk"], pk__gt=values["after"], pk__lte=values["upto"], changes_access=True
    )
    open_now = Person.objects.filter(is_active=True)
    for person_id in open_now.filter(pk__in=changed.filter(is_active=True).values("person_id")).values_list(
        "pk", flat=True
    ):
        person_reactivated.send_on_commit(PersonAccess(person_id=person_id))
    _close(list(changed.filter(is_active=False).values_list("person_id", flat=True)), by)


def _remove_all(people_import: PeopleImport, by: Person | None, report: Report) -> None:
    while keys := _next_keys(ImportRow, people_import):
        with transaction.atomic():
            _advance(people_import, "joiners", keys)
            _remove(people_import, by, keys)
        report(people_import.position["rows"])
    with transaction.atomic():
        _start_pass(people_import, "ground")


def _remove(people_import: PeopleImport, by: Person | None, keys: list[int]) -> None:
    rows = ImportRow.objects.filter(people_import=people_import, pk__gte=keys[0], pk__lte=keys[-1])
    joined = Person.objects.filter(public_id__in=rows.filter(kind=ChangeKind.JOINER).values("public_id"))
    has_acted = Exists(AuditEntry.objects.filter(person_id=OuterRef("pk")))
    without_trace = Q(last_login=None) & ~Q(has_acted) & unused(Person, apart_from=frozenset({Employment}))
    removable = list(joined.filter(without_trace).values_list("pk", flat=True))
    for part in in_parts(removable):
        Employment.objects.filter(manager_id__in=part).update(manager=None)
        places = ", ".join(["%s"] * len(part))
        # In one statement each: nothing refers to them, which the database checks again.
        execute(f"DELETE FROM people_employment WHERE person_id IN ({places})", part)  # noqa: S608 - places for values
        execute(f"DELETE FROM people_person WHERE id IN ({places})", part)  # noqa: S608 - places for values
    staying = list(joined.filter(is_active=True).values_list("pk", flat=True))
    for part in in_parts(staying):
        for person in Person.objects.filter(pk__in=part):
            person.is_active, person.deactivated_at = False, clock.now()
            person.left_on = max(clock.today(), person.entered_on or clock.today())
            person.save(update_fields=["is_active", "deactivated_at", "left_on"])
    _close(staying, by)


def _close(person_ids: list[int], by: Person | None) -> None:
    if person_ids:
        end_roles(by=by, person_ids=person_ids)
    end_sessions_of(person_ids)
    for person_id in person_ids:
        person_deactivated.send_on_commit(PersonAccess(person_id=person_id))


def _person_columns(targets: tuple[str, ...]) -> tuple[str, ...]:
    known = ("given_name", "family_name", "email", "language", "entered_on", "left_on")
    return tuple(name for name in known if name in targets)


def _next_keys(model: type[ImportBefore] | type[ImportRow], people_import: PeopleImport) -> list[int]:
    rows = model.objects.filter(people_import=people_import, pk__gt=people_import.position["after"])
    return list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _advance(people_import: PeopleImport, name: str, keys: list[int]) -> None:
    rows = people_import.position["rows"] + len(keys)
    advance(people_import, {"undo": name, "after": keys[-1], "rows": rows})


def _start_pass(people_import: PeopleImport, name: str) -> None:
    advance(people_import, {"undo": name, "after": 0, "rows": people_import.position["rows"]})
