from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from wurzelwerk.people.models import OrgUnit, Person
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory, PersonFactory, cast
from wurzelwerk.people.tests.hashing import PASSWORD, CountingHasher


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]
    yield
    CountingHasher.hashed = 0


@pytest.fixture
def amira(db: None) -> Person:
    """Amira alone, with a password; ``cast()`` makes the whole company."""
    person: Person = PersonFactory(
        staff_number="4711", given_name="Amira", email="amira@example.org", password=PASSWORD
    )
    return person


@pytest.fixture
def at_home(amira: Person) -> Client:
    """A browser in which Amira has just typed her password, on localhost, where passkeys work."""
    client = Client(headers={"host": "localhost"})
    client.post("/accounts/login", {"login": "4711", "password": PASSWORD})
    client.post("/accounts/reauthenticate", {"password": PASSWORD})
    return client


@pytest.fixture
def people(db: None) -> Cast:
    """The cast, at whom nobody has knocked yet."""
    cache.clear()
    return cast()


@pytest.fixture
def greta(people: Cast) -> Client:
    """The browser of the administration."""
    client = Client()
    client.force_login(people.greta)
    return client


@pytest.fixture
def hakim(people: Cast) -> Person:
    """Somebody at a machine, without e-mail and without a password."""
    named = {"person__staff_number": "M-77", "person__given_name": "Hakim", "person__family_name": "Yilmaz"}
    unit = OrgUnit.objects.get(code="production")
    person: Person = EmploymentFactory(unit=unit, person__email="", **named).person
    return person
