"""No form of this room works without its token, and no page changes anything by being looked at."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from wurzelwerk.kernel.models import Job
from wurzelwerk.people import urls
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import RoleGrant, WorkPattern
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db
NAMES = [f"people:{pattern.name}" for pattern in urls.people if "import" not in str(pattern.name)]
WRITING = ["settings", "job_cancel", "job_retry", "role_grant", "role_revoke", "account_change"]
# Their address also shows a page.
WITH_PAGE = {"settings", "work_pattern_new", "work_pattern"}
WRITING += [
    "access_letter",
    "access_letter_release",
    "work_pattern_new",
    "work_pattern",
    "oversight_verify",
    "demo_sign_in",
]


@pytest.fixture
def people() -> Cast:
    return cast()


def address(name: str, people: Cast) -> str:
    greta = people.greta
    known: dict[str, Any] = {
        "people:person": {"public_id": people.amira.public_id},
        "people:account": {"public_id": people.ben.public_id},
        "people:access_letter": {"public_id": people.ben.public_id},
        "people:access_letter_release": {"public_id": people.ben.public_id},
        "people:role_grant": {"public_id": people.ben.public_id},
        "people:role_revoke": {"public_id": greta.public_id, "key": RoleGrant.objects.get(person=greta).pk},
        "people:account_change": {"public_id": people.ben.public_id, "change": "deactivate"},
        "people:demo_sign_in": {"staff_number": "amira"},
    }
    if name.startswith("people:job") and name != "people:jobs":
        return reverse(name, args=[Job.objects.get_or_create(kind="kernel.sweep", person_id=greta.pk)[0].public_id])
    if name == "people:work_pattern":
        pattern, _is_new = WorkPattern.objects.get_or_create(code="x", name_de="X", hours_per_week=8)
        return reverse(name, args=[pattern.public_id])
    return reverse(name, kwargs=known.get(name, {}))


def browser_for(name: str, people: Cast, *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.force_login(people.felix if "oversight" in name else people.greta)
    return client


@pytest.mark.parametrize("name", WRITING)
def test_a_form_without_its_token_is_refused(name: str, people: Cast) -> None:
    path = address(f"people:{name}", people)

    response = browser_for(name, people, strict=True).post(path, {"role": Role.WORKS_COUNCIL})

    assert response.status_code == 403
    assert "zu alt" in response.content.decode()


def content_of_tables() -> dict[str, list[Any]]:
    """Return every row, without sessions: a session notes that it is used."""
    tables = [table for table in connection.introspection.table_names() if "session" not in table]
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608


@pytest.mark.parametrize("name", NAMES)
def test_looking_changes_nothing_and_is_kept_from_shared_caches(name: str, people: Cast) -> None:
    path = address(name, people)
    client, before = browser_for(name, people), content_of_tables()

    response = client.get(path)

    assert content_of_tables() == before
    assert set(response.headers["Cache-Control"].split(", ")) >= {"private", "no-store"}
    assert response.status_code in ({405} if name.split(":")[1] in set(WRITING) - WITH_PAGE else {200, 302})
