import argparse
import re

import pytest
from django.test import Client

from wurzelwerk.cli.administrator import execute
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import AccessCode, Person, RoleGrant
from wurzelwerk.people.tests.factories import PersonFactory, give_role

pytestmark = pytest.mark.django_db


def call(number: str, *name: str) -> int:
    return execute(argparse.Namespace(staff_number=number, name=name or None))


def test_first_person_administers_and_comes_in_with_the_printed_code(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    code = call("1", "Greta", "Nowak")
    printed = capsys.readouterr().out
    typed = re.search(r"(\w{4}-\w{4}-\w{4})", printed)
    assert typed is not None

    response = client.post("/accounts/code", {"staff_number": "1", "code": typed.group(1)})
    page = client.get(response.headers["Location"]).content.decode()

    greta = Person.objects.get()
    assert (code, greta.full_name) == (ExitCode.OK, "Greta Nowak")
    assert RoleGrant.objects.in_force().get().role == Role.ADMINISTRATOR
    assert "/accounts/code" in printed
    assert "Kommandozeile des Servers" in page
    assert AuditEntry.objects.get(verb="people.appoint_administrator").person_id is None


def test_somebody_of_the_people_file_is_taken_as_they_are() -> None:
    person = PersonFactory(staff_number="4711")

    call("4711", "Somebody", "Else")

    assert Person.objects.get().full_name == person.full_name


def test_one_who_administers_already_gets_a_new_code() -> None:
    give_role(PersonFactory(staff_number="4711"), Role.ADMINISTRATOR)

    for _time in range(2):
        call("4711")

    assert RoleGrant.objects.count() == 1
    assert AccessCode.objects.open().count() == 1


def test_while_somebody_administers_nobody_else_is_appointed() -> None:
    give_role(PersonFactory(), Role.ADMINISTRATOR)
    PersonFactory(staff_number="4711")

    with pytest.raises(Refused):
        call("4711")

    assert AccessCode.objects.count() == 0


def test_a_closed_account_is_not_appointed() -> None:
    person = PersonFactory(staff_number="4711")
    Person.objects.filter(pk=person.pk).update(is_active=False, deactivated_at=person.created_at)

    with pytest.raises(Refused):
        call("4711")


def test_an_unknown_number_needs_a_name() -> None:
    with pytest.raises(CommandFailed, match="--name"):
        call("4711")

    assert Person.objects.count() == 0
