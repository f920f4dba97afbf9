from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from wurzelwerk.kernel.clock import now
from wurzelwerk.people.models import Person
from wurzelwerk.people.signing_in import CastMember, account_of, demo_cast
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.people.tests.hashing import PASSWORD, CountingHasher

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login"


def attempt(client: Client, login: str, password: str, **more: str) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/people").status_code == 200


@pytest.mark.parametrize("typed", ["4711", " 4711 ", "amira@example.org", "Amira@Example.org"])
def test_sign_in_by_number_or_address(client: Client, amira: Person, typed: str) -> None:
    response = attempt(client, typed, PASSWORD)

    assert response.status_code == 302
    assert is_signed_in(client)
    assert EmailAddress.objects.count() == 0


def test_sign_in_leads_back_to_the_page_one_came_for(client: Client, amira: Person) -> None:
    asked = client.get("/people?q=ben")
    page = client.get(asked.headers["Location"]).content.decode()
    response = attempt(client, "4711", PASSWORD, next="/people?q=ben")

    assert 'name="next" value="/people?q=ben"' in page
    assert response.headers["Location"] == "/people?q=ben"


def test_sign_in_leads_to_no_other_site(client: Client, amira: Person) -> None:
    assert attempt(client, "4711", PASSWORD, next="https://evil.example").headers["Location"] == "/"


@pytest.mark.parametrize("login,password", [("4711", "wrong"), ("nobody", PASSWORD), ("nobody@example.org", PASSWORD)])
def test_wrong_sign_in_says_the_same_and_keeps_what_was_typed(
    client: Client, amira: Person, login: str, password: str
) -> None:
    html = attempt(client, login, password).content.decode()

    assert "Personalnummer, E-Mail oder Passwort stimmt nicht." in html
    assert 'role="alert"' in html
    assert f'value="{login}"' in html
    assert password not in html
    assert not is_signed_in(client)


@pytest.mark.parametrize("login", ["4711", "amira@example.org", "nobody", "nobody@example.org", "closed", "none"])
def test_the_time_of_a_wrong_sign_in_tells_nothing(client: Client, amira: Person, login: str) -> None:
    PersonFactory(staff_number="closed", password=PASSWORD, is_active=False, deactivated_at=now())
    PersonFactory(staff_number="none")
    CountingHasher.hashed = 0

    attempt(client, login, "wrong")

    assert CountingHasher.hashed == 1


def test_an_address_of_several_people_names_nobody() -> None:
    PersonFactory(staff_number="1", email="office@example.org")
    PersonFactory(staff_number="2", email="office@example.org")

    assert account_of("office@example.org") is None
    assert account_of("2") == Person.objects.get(staff_number="2")
    assert account_of("") is None


def test_a_staff_number_counts_as_it_is_written_first() -> None:
    lower, upper = PersonFactory(staff_number="a1"), PersonFactory(staff_number="A1")

    assert account_of("a1") == lower
    assert account_of("A1") == upper


def test_ten_wrong_attempts_close_the_door_for_a_quarter_of_an_hour(
    client: Client, amira: Person, frozen_time: time_machine.Traveller
) -> None:
    for number in range(10):
        attempt(client, "4711" if number % 2 else "amira@example.org", "wrong")
    CountingHasher.hashed = 0

    refused = attempt(client, "4711", PASSWORD).content.decode()

    assert "Zu viele falsche Versuche" in refused
    assert CountingHasher.hashed == 0
    frozen_time.shift(timedelta(minutes=16))
    assert attempt(client, "4711", PASSWORD).status_code == 302


def test_wrong_attempts_of_others_leave_a_running_session_alone(client: Client, amira: Person) -> None:
    client.force_login(amira)
    stranger = Client()
    for _ in range(12):
        attempt(stranger, "4711", "wrong")

    assert is_signed_in(client)


def test_a_right_password_does_not_count_as_an_attempt(client: Client, amira: Person) -> None:
    for _ in range(12):
        assert attempt(Client(), "4711", PASSWORD).status_code == 302


def test_the_session_gets_a_new_name_at_sign_in(client: Client, amira: Person) -> None:
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    attempt(client, "4711", PASSWORD)

    assert client.session.session_key != before


def test_sign_out_needs_a_form(client: Client, amira: Person) -> None:
    client.force_login(amira)

    page = client.get("/accounts/logout").content.decode()
    assert "Möchtest du dich auf diesem Gerät abmelden?" in page
    assert is_signed_in(client)

    client.post("/accounts/logout")
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["signup", "signup/", "email", "email/", "confirm-email/", "login/code", "inactive/"])
def test_there_is_no_registering_and_no_changing_of_addresses(client: Client, amira: Person, path: str) -> None:
    client.force_login(amira)

    assert client.get(f"/accounts/{path}").status_code == 404


@pytest.fixture
def cast_of_one(monkeypatch: pytest.MonkeyPatch) -> CastMember:
    member = CastMember("4711", "Amira Haddad", "learns something new")
    monkeypatch.setattr(demo_cast, "_entries", {"amira": member})
    return member


def test_the_cast_is_offered_in_demo_mode_only(
    client: Client, amira: Person, cast_of_one: CastMember, settings: Settings
) -> None:
    click = reverse("people:demo_sign_in", args=["4711"])
    assert str(cast_of_one.role) not in client.get(LOGIN).content.decode()
    assert client.post(click).status_code == 404
    assert not is_signed_in(client)

    settings.DEMO = True

    assert str(cast_of_one.role) in client.get(LOGIN).content.decode()
    assert client.get(click).status_code == 405
    assert client.post(click).status_code == 302
    assert is_signed_in(client)


def test_only_the_cast_can_be_clicked(
    client: Client, amira: Person, cast_of_one: CastMember, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    PersonFactory(staff_number="other")

    assert client.post("/accounts/demo/other").status_code == 404

    Person.objects.filter(staff_number="4711").update(staff_number="gone")
    assert client.post("/accounts/demo/4711").status_code == 404
