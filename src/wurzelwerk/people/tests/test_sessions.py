"""A session in the database: what it holds, when it is over, and whom it belongs to."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Person
from wurzelwerk.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_holds_what_was_put_in() -> None:
    session = SessionStore()
    session["word"] = "Wurzel"
    session.save()

    assert SessionStore(session.session_key).get("word") == "Wurzel"


def test_a_session_that_is_over_or_never_was_is_empty_and_gets_a_new_key(frozen_time: Traveller) -> None:
    session = SessionStore()
    session["word"] = "Wurzel"
    session.save()

    frozen_time.move_to(clock.now() + timedelta(days=1))
    over, invented = SessionStore(session.session_key), SessionStore("0123456789abcdef0123456789abcdef")

    assert [(each.get("word"), each.session_key) for each in (over, invented)] == [(None, None)] * 2


def test_a_session_ends_with_the_account(client: Client, amira: Person) -> None:
    client.force_login(amira)
    before = client.get("/people").status_code

    Person.objects.filter(pk=amira.pk).update(is_active=False, deactivated_at=clock.now())
    after = client.get("/people").status_code
    Person.objects.filter(pk=amira.pk).delete()

    assert (before, after, client.get("/people").status_code) == (200, 302, 302)
