"""What an import does to somebody's access is never unseen: addresses that change, and what the importer gains.

All of it is found by one statement for a batch or an import, so that it costs next to nothing where there is none.
Audit entries hold keys only, and stay when the import is taken back.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from wurzelwerk.kernel.audit import record_audit_of_many
from wurzelwerk.people.mailing import start_address_mails
from wurzelwerk.people.models import PeopleImport, Person

# Somebody who can come in by themselves, or whose role opens more than others see.
_HAS_ACCESS: Final = """
    ((p.password <> '' AND substr(p.password, 1, 1) <> '!')
    OR EXISTS (SELECT 1 FROM mfa_authenticator a WHERE a.user_id = p.id AND a.type = 'webauthn')
    OR EXISTS (SELECT 1 FROM people_rolegrant g WHERE g.person_id = p.id AND g.revoked_at IS NULL))
"""
_BROUGHT: Final = """
    FROM people_importrow x JOIN people_person p ON p.id = x.person_id
    WHERE x.kind IN ('returner', 'mover', 'changed') AND x.email <> p.email
"""
_KEPT: Final = """
    FROM people_importbefore x JOIN people_person p ON p.id = x.person_id WHERE x.email <> p.email
"""
_BATCH: Final = "x.id > %(after)s AND x.id <= %(upto)s AND +x.people_import_id = %(pk)s"
_MANAGED: Final = """
    SELECT COALESCE(p.public_id, r.public_id) FROM people_importrow r
    LEFT JOIN people_person p ON p.id = r.person_id LEFT JOIN people_employment e ON e.person_id = p.id
    WHERE r.people_import_id = %(pk)s AND r.kind <> 'leaver' AND r.manager_number = %(number)s
    AND r.staff_number <> %(number)s AND e.manager_id IS DISTINCT FROM %(person)s ORDER BY r.id
"""
_JOINED: Final = """
    SELECT p.public_id FROM people_importrow r JOIN people_person p ON p.id = r.person_id
    LEFT JOIN people_employment e ON e.person_id = p.id LEFT JOIN people_orgunit u ON u.id = e.unit_id
    WHERE r.people_import_id = %(pk)s AND r.kind <> 'leaver' AND r.person_id = %(person)s
    AND r.unit_code <> '' AND COALESCE(u.code, '') <> r.unit_code
"""


def note_brought_addresses(people_import: PeopleImport, by: Person | None, values: dict[str, Any]) -> None:
    """Note and tell whose address a batch of rows is about to change; ``values`` name its keys."""
    _note_addresses(people_import, by, f"{_BROUGHT} AND {_BATCH}", values, undoes=False)


def note_restored_addresses(people_import: PeopleImport, by: Person | None, values: dict[str, Any]) -> None:
    """Note and tell whose address a batch of images is about to put back; ``values`` name its keys."""
    _note_addresses(people_import, by, f"{_KEPT} AND {_BATCH}", values, undoes=True)


def changed_addresses(people_import: PeopleImport) -> int:
    """Return how many persons with a sign-in or a role get another address by a checked import."""
    sql = f"SELECT COUNT(*) {_BROUGHT} AND x.people_import_id = %(pk)s AND {_HAS_ACCESS}"
    return int(_rows(sql, {"pk": people_import.pk})[0][0])


def note_gains(people_import: PeopleImport, by: Person | None, targets: Sequence[str]) -> None:
    """Note whom the one who brought or applies an import will lead by it, and that they join another unit.

    Once for an import, before its first batch.
    """
    gaining = {person.pk: person for person in (by, people_import.created_by) if person is not None}
    for person in gaining.values():
        values = {"pk": people_import.pk, "person": person.pk, "number": person.staff_number}
        for target, gains, sql in (("manager_number", "manager", _MANAGED), ("unit_code", "member", _JOINED)):
            found = [public_id for (public_id,) in _rows(sql, values)] if target in targets else []
            details = {"import": people_import.public_id, "as": gains}
            _record(person, "people.gain_by_import", found, details)


def _note_addresses(
    people_import: PeopleImport, by: Person | None, source: str, values: dict[str, Any], *, undoes: bool
) -> None:
    found = _rows(f"SELECT p.id, p.public_id, p.email {source} AND {_HAS_ACCESS} ORDER BY x.id", values)
    details = {"import": people_import.public_id, "undoes": undoes}
    _record(by, "people.change_address", [public_id for _, public_id, _ in found], details)
    start_address_mails([(pk, email) for pk, _, email in found])


def _record(by: Person | None, verb: str, public_ids: Sequence[str], details: dict[str, Any]) -> None:
    record_audit_of_many(by=by, verb=verb, model=Person, public_ids=public_ids, details=details)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
