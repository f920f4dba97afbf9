"""What the database knows already: persons in short form, and everything that rows refer to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from wurzelwerk.people.choices import Language
from wurzelwerk.people.hr_import.reading.fields import LIMITS
from wurzelwerk.people.hr_import.reading.persons import Books
from wurzelwerk.people.hr_import.reading.terms import PatternBook, TermBook
from wurzelwerk.people.hr_import.reading.units import UnitBook
from wurzelwerk.people.models import JobRole, OrgUnit, Site, WorkPattern

_AT_ONCE: Final = 20_000
CODE_LIMITS: Final = {"job_role": 80, "site": 40, "work_pattern": 60}
_LANGUAGES: Final = tuple(Language.values)

# What each value of a checked row is in the database, and the table it needs.
_SELECTED: Final = {
    "staff_number": "p.staff_number",
    "given_name": "p.given_name",
    "family_name": "p.family_name",
    "email": "p.email",
    "language": "p.language",
    "entered_on": "CAST(p.entered_on AS TEXT)",
    "left_on": "CAST(p.left_on AS TEXT)",
    "unit_code": "COALESCE(u.code, '')",
    "job_role_code": "COALESCE(j.code, '')",
    "site_code": "COALESCE(s.code, '')",
    "work_pattern_code": "COALESCE(w.code, '')",
    "manager_number": "COALESCE(m.staff_number, '')",
}
_JOINED: Final = {
    "unit_code": "LEFT JOIN people_orgunit u ON u.id = e.unit_id",
    "job_role_code": "LEFT JOIN people_jobrole j ON j.id = e.job_role_id",
    "site_code": "LEFT JOIN people_site s ON s.id = e.site_id",
    "work_pattern_code": "LEFT JOIN people_workpattern w ON w.id = e.work_pattern_id",
    "manager_number": "LEFT JOIN people_person m ON m.id = e.manager_id",
}


@dataclass(slots=True)
class Known:
    """Persons in short form: staff number and the hash of what the file could say; ``closed`` are those who left.

    The hash only tells "surely unchanged"; whatever differs is compared in the database.
    """

    active: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def __contains__(self, staff_number: str) -> bool:
        """Tell whether there is such a person, at work or not."""
        return staff_number in self.active or staff_number in self.closed


def load_known(targets: Sequence[str]) -> Known:
    """Return every person with the hash of the values of ``targets``; some 200 bytes each."""
    selected = ", ".join(_SELECTED[target] for target in targets)
    joins = " ".join(_JOINED[target] for target in targets if target in _JOINED)
    employment = "LEFT JOIN people_employment e ON e.person_id = p.id" if joins else ""
    known = Known()
    with connection.chunked_cursor() as cursor:
        # Built from the constants above alone.
        cursor.execute(f"SELECT {selected} FROM people_person p {employment} {joins} WHERE p.is_active")  # noqa: S608
        while rows := cursor.fetchmany(_AT_ONCE):
            known.active.update(zip([row[0] for row in rows], map(hash, rows), strict=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT staff_number FROM people_person WHERE NOT is_active")
        known.closed.update(row[0] for row in cursor.fetchall())
    return known


def hashes_of(values: tuple[Any, ...], language_at: int | None) -> tuple[int, ...]:
    """Return the hashes by which a person would be unchanged: an empty language leaves the known one."""
    if language_at is None or values[language_at]:
        return (hash(values),)
    before, after = values[:language_at], values[language_at + 1 :]
    return tuple([hash((*before, language, *after)) for language in _LANGUAGES])


def load_books() -> Books:
    """Return units, job roles, sites and work patterns as rows may refer to them."""
    return Books(
        units=UnitBook(
            (code, name, above or "")
            for code, name, above in OrgUnit.objects.order_by("depth", "pk").values_list("code", "name", "parent__code")
        ),
        job_roles=TermBook(
            JobRole.objects.order_by("pk").values_list("code", "title_de", "title_en"), LIMITS["job_role_code"]
        ),
        sites=TermBook(Site.objects.order_by("pk").values_list("code", "name"), CODE_LIMITS["site"]),
        work_patterns=PatternBook(
            WorkPattern.objects.order_by("pk").values_list("code", "name_de", "name_en"), CODE_LIMITS["work_pattern"]
        ),
    )
