"""What the tests of this room need: documents, and the cast from the models of `people`."""

from typing import Any

from wurzelwerk.people.models import Employment, JobRole, OrgUnit, Person
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.words import Language

GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH


def document(title: str, **given: Any) -> Document:
    """Build a German document named by its title; other values as given."""
    values: dict[str, Any] = {"object_key": title, "language": GERMAN, "url": f"/things/{title}"}
    return Document(title=title, **(values | given))


def person(name: str, *, role_de: str = "", role_en: str = "", unit: str = "", **given: Any) -> Person:
    """Create somebody, named "given family"; with a job role or unit also an employment."""
    given_name, _, family_name = name.partition(" ")
    created = Person.objects.create_person(staff_number=name, given_name=given_name, family_name=family_name, **given)
    if role_de or role_en or unit:
        Employment.objects.create(
            person=created,
            job_role=JobRole.objects.create(code=name, title_de=role_de, title_en=role_en)
            if role_de or role_en
            else None,
            unit=OrgUnit.objects.create(code=name, name=unit),
        )
    return created
