"""Letters for people who have come in before need a second person; none reaches a role."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client

from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.people import actions, rules
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import AccessCode, Person
from wurzelwerk.people.queries.access import codes_of
from wurzelwerk.people.tests.factories import Cast, PersonFactory, give_role
from wurzelwerk.people.tests.hashing import PASSWORD
from wurzelwerk.people.tests.letters import NEXT, code_for, typed

pytestmark = pytest.mark.django_db


def test_no_letter_reaches_a_role(greta: Client, people: Cast, hakim: Person) -> None:
    """Whoever prints a letter could use it: neither for somebody with a role, nor is one left when a role is given."""
    Person.objects.filter(pk=people.felix.pk).update(email="")
    code = code_for(hakim, people.greta)

    refused = greta.post(f"/administration/persons/{people.felix.public_id}/letter", follow=True)
    actions.grant_role(by=people.greta, person=hakim, role=Role.WORKS_COUNCIL)

    assert "Hat eine Aufgabe im System" in refused.content.decode()
    assert actions.try_access_code(person=hakim, typed=code) is None


@pytest.fixture
def returning(hakim: Person) -> Person:
    """Hakim has come in before and forgot the password."""
    hakim.set_password(PASSWORD)
    hakim.save()
    return hakim


def test_a_letter_that_replaces_a_sign_in_needs_a_second_person(
    client: Client, greta: Client, people: Cast, returning: Person
) -> None:
    page = greta.post(f"/administration/persons/{returning.public_id}/letter").content.decode()
    code = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)[0]
    early = typed(client, "M-77", code).status_code
    felix = Client()
    felix.force_login(people.felix)
    waiting = felix.get("/oversight").content.decode()

    address = f"/administration/persons/{returning.public_id}/letter/release"
    own = greta.post(address, follow=True).content.decode()
    after_own = typed(client, "M-77", code).status_code
    released = felix.post(address, follow=True).content.decode()

    assert "Vier Augen" in page
    assert (early, after_own) == (400, 400)
    assert "Hakim Yilmaz" in waiting
    assert "wartet auf eine zweite Person" in waiting
    assert "weder wer den Brief gedruckt hat" in own
    assert "freigegeben von Felix" in released
    assert typed(client, "M-77", code).status_code == 302
    assert AuditEntry.objects.filter(verb="people.release_access_code").count() == 1


def test_a_second_administrator_releases_on_the_account(people: Cast, greta: Client, returning: Person) -> None:
    code_for(returning, people.greta)
    second = PersonFactory()
    give_role(second, Role.ADMINISTRATOR)
    client = Client()
    client.force_login(second)
    account = f"/administration/persons/{returning.public_id}"

    offered = [one.get(account).content.decode().count("release-letter") > 0 for one in (greta, client)]
    answer = client.post(f"{account}/letter/release")
    again = client.post(f"{account}/letter/release", follow=True).content.decode()

    assert offered == [False, True]
    assert answer.headers["Location"] == account
    assert "wartet auf Freigabe" in again
    assert [row.state for row in codes_of(returning, returning)] == ["open"]


def test_others_release_nothing_and_see_no_letters(people: Cast, returning: Person) -> None:
    code_for(returning, people.greta)
    code = AccessCode.objects.get()

    refusing = [bool(rules.may_release_access_code(one, code)) for one in (people.greta, returning, people.eva)]
    client = Client()
    client.force_login(people.eva)

    assert refusing == [False, False, False]
    assert client.post(f"/administration/persons/{returning.public_id}/letter/release").status_code == 404
    assert list(AccessCode.objects.visible_to(people.eva)) == []
    assert list(AccessCode.objects.visible_to(people.felix)) == [code]
    with pytest.raises(IntegrityError):
        AccessCode.objects.update(released_by=people.greta)


def test_whoever_forgot_the_password_may_store_a_passkey_instead(people: Cast, returning: Person) -> None:
    """The forgotten password is asked for no more, and opens nothing any more."""
    code = code_for(returning, people.greta)
    actions.release_access_code(by=people.felix, person=returning)
    client = Client(headers={"host": "localhost"})
    typed(client, "M-77", code)

    client.post(NEXT, {"how": "passkey"})

    returning.refresh_from_db()
    assert client.get("/accounts/security/passkeys/add").status_code == 200
    assert not returning.check_password(PASSWORD)


def test_a_code_ends_when_an_account_opens_again(people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)

    actions.deactivate_person(by=people.greta, person=hakim)
    actions.reactivate_person(by=people.greta, person=hakim)
    hakim.refresh_from_db()

    assert actions.try_access_code(person=hakim, typed=code) is None
