from dataclasses import dataclass
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory

from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Employment, JobRole, OrgUnit, Person, RoleGrant, Site


class SiteFactory(DjangoModelFactory):
    code = factory.Sequence(lambda number: f"site-{number}")
    name = factory.Sequence(lambda number: f"Werk {number}")

    class Meta:
        model = Site


class OrgUnitFactory(DjangoModelFactory):
    """A unit; give ``parent`` for one below another, its path and depth follow."""

    code = factory.Sequence(lambda number: f"unit-{number}")
    name = factory.Sequence(lambda number: f"Bereich {number}")
    path = factory.LazyAttribute(lambda unit: f"{unit.parent.path if unit.parent else ''}{unit.code}/")
    depth = factory.LazyAttribute(lambda unit: unit.parent.depth + 1 if unit.parent else 0)
    parent = None

    class Meta:
        model = OrgUnit


class JobRoleFactory(DjangoModelFactory):
    code = factory.Sequence(lambda number: f"role-{number}")
    title_de = factory.Sequence(lambda number: f"Stelle {number}")
    title_en = factory.Sequence(lambda number: f"Post {number}")

    class Meta:
        model = JobRole


class PersonFactory(DjangoModelFactory):
    """A person who signs in by ``client.force_login``; give ``password`` for the sign-in page."""

    staff_number = factory.Sequence(lambda number: f"{10_000 + number}")
    given_name = "Kim"
    family_name = factory.Sequence(lambda number: f"Person{number}")
    email = factory.LazyAttribute(lambda person: f"{person.staff_number}@example.org")

    class Meta:
        model = Person

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **fields: Any) -> Person:
        return model_class.objects.create_person(**fields)


class EmploymentFactory(DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(OrgUnitFactory)
    job_role = factory.SubFactory(JobRoleFactory)
    site = factory.SubFactory(SiteFactory)
    manager = None

    class Meta:
        model = Employment


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in every story: learner, partner, manager, manager elsewhere, L&D, works council, administrator."""

    amira: Person
    ben: Person
    clara: Person
    david: Person
    eva: Person
    felix: Person
    greta: Person


def cast() -> Cast:
    """Create the cast: Amira and Ben work in different units, Clara leads Amira, David leads elsewhere."""
    company = OrgUnitFactory(code="hq", name="Unternehmen")
    production = OrgUnitFactory(code="production", name="Produktion", parent=company)
    sales = OrgUnitFactory(code="sales", name="Vertrieb", parent=company)
    finance = OrgUnitFactory(code="finance", name="Finanzen", parent=company)
    site = SiteFactory(code="main", name="Hauptwerk")
    names = {"Clara": production, "David": finance, "Amira": production, "Ben": sales}
    people: dict[str, Person] = {}
    for given_name, unit in {**names, "Eva": company, "Felix": company, "Greta": company}.items():
        person = PersonFactory(
            staff_number=given_name.lower(), given_name=given_name, family_name=FAMILY_NAMES[given_name]
        )
        people[given_name.lower()] = person
        EmploymentFactory(
            person=person, unit=unit, site=site, manager=people["clara"] if given_name == "Amira" else None
        )
    give_role(people["eva"], Role.LEARNING_AND_DEVELOPMENT)
    give_role(people["felix"], Role.WORKS_COUNCIL)
    give_role(people["greta"], Role.ADMINISTRATOR)
    EmploymentFactory(person__given_name="Nora", unit=finance, site=site, manager=people["david"])
    return Cast(**people)


def give_role(person: Person, role: Role) -> RoleGrant:
    """Give a role, and the second factor without which its holder only sees the page to set one up."""
    if not Authenticator.objects.filter(user=person).exists():
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": ""})
    return RoleGrant.objects.create(person=person, role=role)


FAMILY_NAMES = {
    "Amira": "Haddad",
    "Ben": "Krüger",
    "Clara": "Vogt",
    "David": "Lenz",
    "Eva": "Sommer",
    "Felix": "Brandt",
    "Greta": "Nowak",
}
