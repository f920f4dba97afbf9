"""The statements that carry one batch of rows into the tables of persons; everything else only orders them.

Only the fields that stand in the file are written. Persons are found by staff number, everything else by its code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from wurzelwerk.kernel import clock
from wurzelwerk.people.choices import Language
from wurzelwerk.people.hr_import.bulk import execute, fetch_one
from wurzelwerk.people.models import Person

_PERSON_TARGETS: Final[tuple[str, ...]] = ("given_name", "family_name", "email", "entered_on", "left_on")
_EMPLOYMENT_KEYS: Final = {
    "unit_code": ("unit_id", "u.id", "LEFT JOIN people_orgunit u ON u.code = r.unit_code"),
    "job_role_code": ("job_role_id", "j.id", "LEFT JOIN people_jobrole j ON j.code = r.job_role_code"),
    "site_code": ("site_id", "s.id", "LEFT JOIN people_site s ON s.code = r.site_code"),
    "work_pattern_code": ("work_pattern_id", "w.id", "LEFT JOIN people_workpattern w ON w.code = r.work_pattern_code"),
    "manager_number": (
        "manager_id",
        "m.id",
        "LEFT JOIN people_person m ON m.staff_number = r.manager_number AND r.manager_number <> r.staff_number",
    ),
}
# The sign keeps the databases from walking all rows of the import by another index instead of these by their keys.
_IN_BATCH: Final = "r.id > %(after)s AND r.id <= %(upto)s AND +r.people_import_id = %(pk)s"


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one import by their keys, from beyond ``after`` to ``upto``; ``targets`` are the values it brings."""

    pk: int
    after: int
    upto: int
    targets: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what the statements name."""
        return {
            "pk": self.pk,
            "after": self.after,
            "upto": self.upto,
            "now": clock.now(),
            "today": clock.today().isoformat(),
            "german": Language.GERMAN.value,
        }


def insert_persons(batch: Batch, *, leads: bool) -> int:
    """Create the joiners of a batch; without a password, so that no password sign-in is possible."""
    given = {
        "public_id": "r.public_id",
        "staff_number": "r.staff_number",
        **{target: f"r.{target}" for target in _PERSON_TARGETS},
        "language": "CASE WHEN r.language = '' THEN %(german)s ELSE r.language END",
        # Begins like every unusable password of Django; what follows need not be secret, it is no password.
        "password": "'!' || r.public_id",
        "is_active": "TRUE",
        "created_at": "%(now)s",
    }
    defaults = _defaults_beyond(given)
    columns = ", ".join(map(connection.ops.quote_name, [*given, *defaults]))
    values = ", ".join([*given.values(), *(f"%({name})s" for name in defaults)])
    return execute(
        f"INSERT INTO people_person ({columns}) SELECT {values} FROM people_importrow r "  # noqa: S608 - constants
        f"WHERE {_IN_BATCH} AND r.kind = 'joiner' AND r.leads = {_truth(leads)} ORDER BY r.id "
        "ON CONFLICT (staff_number) DO NOTHING",
        batch.parameters | defaults,
    )


def insert_employments(batch: Batch, *, leads: bool | None) -> int:
    """Write where joiners (or, with ``leads`` None, all other persons of a batch who have no employment) work."""
    columns, values, joins = _employment_parts(batch.targets)
    who = (
        "r.kind IN ('returner', 'mover', 'changed')"
        if leads is None
        else f"r.kind = 'joiner' AND r.leads = {_truth(leads)}"
    )
    return execute(
        f"INSERT INTO people_employment (person_id{columns}) SELECT p.id{values} "  # noqa: S608 - constants
        f"FROM people_importrow r JOIN people_person p ON p.staff_number = r.staff_number {joins} "
        f"WHERE {_IN_BATCH} AND {who} ORDER BY r.id ON CONFLICT (person_id) DO NOTHING",
        batch.parameters,
    )


def keep_before(batch: Batch) -> int:
    """Keep how the persons whom a batch changes are now."""
    person = ("given_name", "family_name", "email", "language", "entered_on", "left_on", "is_active", "deactivated_at")
    employment = ("unit_id", "job_role_id", "site_id", "manager_id", "work_pattern_id")
    return execute(
        "INSERT INTO people_importbefore (people_import_id, person_id, has_employment, changes_access, "  # noqa: S608
        f"{', '.join(person + employment)}) SELECT r.people_import_id, p.id, e.id IS NOT NULL, "
        "r.kind IN ('returner', 'leaver'), "
        f"{', '.join(f'p.{name}' for name in person)}, {', '.join(f'e.{name}' for name in employment)} "
        "FROM people_importrow r JOIN people_person p ON p.id = r.person_id "
        "LEFT JOIN people_employment e ON e.person_id = p.id "
        f"WHERE {_IN_BATCH} AND r.kind <> 'joiner'",
        batch.parameters,
    )


def update_persons(batch: Batch) -> int:
    """Write what the file says of persons who exist, and open the accounts of those who come back."""
    told = {target: f"r.{target}" for target in _PERSON_TARGETS if target in batch.targets}
    if "language" in batch.targets:
        told["language"] = "CASE WHEN r.language = '' THEN people_person.language ELSE r.language END"
    if "email" in batch.targets:
        told["email_changed_at"] = (
            "CASE WHEN people_person.email <> r.email THEN %(now)s ELSE people_person.email_changed_at END"
        )
    if "left_on" not in batch.targets:
        told["left_on"] = "CASE WHEN r.kind = 'returner' THEN NULL ELSE people_person.left_on END"
    told["is_active"] = "(people_person.is_active OR r.kind = 'returner')"
    told["deactivated_at"] = "CASE WHEN r.kind = 'returner' THEN NULL ELSE people_person.deactivated_at END"
    return execute(
        f"UPDATE people_person SET {_assignments(told)} FROM people_importrow r "  # noqa: S608 - constants
        f"WHERE {_IN_BATCH} AND r.kind IN ('returner', 'mover', 'changed') AND people_person.id = r.person_id",
        batch.parameters,
    )


def update_employments(batch: Batch) -> int:
    """Write where persons who exist work now."""
    keys = {name: value for name, value, _ in _employment_keys(batch.targets)}
    if not keys:
        return 0
    _, _, joins = _employment_parts(batch.targets)
    selected = ", ".join(f"{value} AS {name}" for name, value in keys.items())
    return execute(
        f"UPDATE people_employment SET {_assignments({name: f'x.{name}' for name in keys})} "  # noqa: S608 - constants
        f"FROM (SELECT r.person_id, {selected} FROM people_importrow r {joins} "
        f"WHERE {_IN_BATCH} AND r.kind IN ('returner', 'mover', 'changed')) AS x "
        "WHERE x.person_id = people_employment.person_id",
        batch.parameters,
    )


def close_accounts(batch: Batch) -> int:
    """Close the accounts of the leavers; the last day is the one the file names, or else today.

    When it was is kept with how things were before: an account that somebody closes later is not the import's to open.
    """
    named = "r.left_on" if "left_on" in batch.targets else "NULL"
    last_day = (
        f"COALESCE({named}, people_person.left_on, CASE WHEN people_person.entered_on > %(today)s "
        "THEN people_person.entered_on ELSE %(today)s END)"
    )
    values = batch.parameters
    closed = execute(
        "UPDATE people_person SET is_active = FALSE, deactivated_at = %(now)s, "  # noqa: S608 - constants
        f"left_on = {_as_day(last_day)} FROM people_importrow r "
        f"WHERE {_IN_BATCH} AND r.kind = 'leaver' AND people_person.id = r.person_id AND people_person.is_active",
        values,
    )
    execute(
        "UPDATE people_importbefore SET closed_at = %(now)s FROM people_importrow r "  # noqa: S608 - constants
        f"JOIN people_person p ON p.id = r.person_id WHERE {_IN_BATCH} AND r.kind = 'leaver' "
        "AND people_importbefore.people_import_id = %(pk)s AND people_importbefore.person_id = p.id "
        "AND p.deactivated_at = %(now)s",
        values,
    )
    return closed


def digest_source(batch: Batch, condition: str) -> tuple[str, dict[str, Any]]:
    """Return the statement whose one answer is all rows of a batch that meet ``condition`` as text, in order."""
    names = ("kind", "staff_number", *(target for target in batch.targets if target != "staff_number"))
    line = " || '|' || ".join(f"COALESCE(CAST(r.{name} AS TEXT), '')" for name in names)
    lines = f"SELECT {line} AS line FROM people_importrow r WHERE {_IN_BATCH} AND {condition} ORDER BY r.id"  # noqa: S608
    joined = "string_agg(line, chr(10))" if connection.vendor == "postgresql" else "group_concat(line, char(10))"
    return f"SELECT {joined} FROM ({lines}) AS ordered", batch.parameters  # noqa: S608 - constants


def _employment_keys(targets: Sequence[str]) -> list[tuple[str, str, str]]:
    return [parts for target, parts in _EMPLOYMENT_KEYS.items() if target in targets]


def _employment_parts(targets: Sequence[str]) -> tuple[str, str, str]:
    """Return columns, values and joins of the keys the file brings, each ready to follow the person."""
    keys = _employment_keys(targets)
    columns = "".join(f", {name}" for name, _, _ in keys)
    values = "".join(f", {value}" for _, value, _ in keys)
    return columns, values, " ".join(join for _, _, join in keys)


def _defaults_beyond(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of a person that the file never brings and that must not be empty, with their defaults."""
    return {
        str(field.column): field.get_db_prep_value(field.get_default(), connection)
        for field in Person._meta.concrete_fields
        if field.column not in given and not field.primary_key and not field.null
    }


def _assignments(told: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in told.items())


def _truth(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "TRUE" if value else "FALSE"


def _as_day(sql: str) -> str:
    """Return an expression as a day; SQLite keeps days as text and would make a number of a cast."""
    return f"CAST({sql} AS date)" if connection.vendor == "postgresql" else sql


def keys_of(pk: int) -> tuple[int, int]:
    """Return the key before the first row of an import, and that of its last; rows of others may lie between."""
    keys = "SELECT COALESCE(MIN(id), 1) - 1, COALESCE(MAX(id), 0) FROM people_importrow WHERE people_import_id = %s"
    first, last = fetch_one(keys, [pk])
    return int(first), int(last)
