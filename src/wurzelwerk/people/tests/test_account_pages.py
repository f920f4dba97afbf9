"""Every page of signing in is ours, in both languages, refuses a form without its token, and changes nothing on GET."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.template.loader import select_template
from django.test import Client
from django.urls import get_resolver, reverse

from wurzelwerk.people import account_urls, actions
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory, give_role
from wurzelwerk.people.tests.hashing import PASSWORD
from wurzelwerk.people.tests.test_second_factor import set_up_app, store_passkey

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in account_urls.urlpatterns]
OURS = re.compile(r'<html lang="(\w\w)" data-theme=')
# Without their own page: they lead on, or answer a script.
LEAD_ON = {"mfa_login_webauthn"}
# allauth notes when emergency codes were seen for the first time, as a session notes that it is used.
NOTES_FIRST_LOOK = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}
BEFORE_SIGN_IN = {name for name in NAMES if name.startswith(("account_login", "account_reset", "account_access"))}
OUR_OWN = {"account_access_code", "account_access_code_password"}


def args_of(name: str, amira: Person) -> dict[str, Any]:
    if name == "account_reset_password_from_key":
        return {"uidb36": user_pk_to_url_str(amira), "key": "set-password"}
    if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        return {"pk": Authenticator.objects.get(type="webauthn").pk}
    return {}


@pytest.fixture
def browsers(at_home: Client, amira: Person) -> dict[str, Client]:
    """Amira with app and passkey, signed in; half signed in; and somebody who is not signed in."""
    store_passkey(at_home)
    set_up_app(at_home)
    half = Client(headers={"host": "localhost"})
    half.post("/accounts/login", {"login": "4711", "password": PASSWORD})
    key = default_token_generator.make_token(amira)
    nobody = Client(headers={"host": "localhost"})
    nobody.get(reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(amira), "key": key}))
    return {"signed in": at_home, "half signed in": half, "nobody": nobody}


def show_code(client: Client) -> None:
    """Let somebody without e-mail show the code of their letter in this browser."""
    administrator, reader = PersonFactory(), PersonFactory(email="")
    give_role(administrator, Role.ADMINISTRATOR)
    [issued] = actions.issue_access_codes(by=administrator, persons=[reader])
    client.post(reverse("account_access_code"), {"staff_number": reader.staff_number, "code": issued.text})


def browser_for(name: str, browsers: dict[str, Client], amira: Person) -> Client:
    if name == "account_set_password":
        Person.objects.filter(pk=amira.pk).update(password="!")
        browsers["signed in"].force_login(Person.objects.get(pk=amira.pk))
    if name == "account_access_code_password":
        show_code(browsers["nobody"])
    if name == "mfa_activate_totp":
        Authenticator.objects.filter(type="totp").delete()
    if name in BEFORE_SIGN_IN:
        return browsers["nobody"]
    return browsers["half signed in" if name == "mfa_authenticate" else "signed in"]


def test_only_the_needed_pages_exist() -> None:
    found = [key for key in get_resolver().reverse_dict if isinstance(key, str)]

    assert sorted(key for key in found if key.startswith(("account_", "mfa_", "usersessions_"))) == sorted(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LEAD_ON])
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_page_is_ours_in_both_languages(
    name: str, language: str, browsers: dict[str, Client], amira: Person
) -> None:
    client = browser_for(name, browsers, amira)
    Person.objects.filter(pk=amira.pk).update(language=language)
    client.cookies["django_language"] = language

    response = client.get(reverse(name, kwargs=args_of(name, amira)))

    assert response.status_code == 200
    if name == "mfa_download_recovery_codes":
        assert response.headers["Content-Type"].startswith("text/plain")
        return
    page = response.content.decode()
    assert OURS.findall(page) == [language]
    assert page.count("<h1>") == 1
    assert "style=" not in page
    assert re.search(r"<script(?![^>]*(src=|application/json))", page) is None
    assert response.headers["Content-Security-Policy"].count("unsafe") == 0


def templates_of(name: str) -> Iterator[str]:
    pattern = next(pattern for pattern in account_urls.urlpatterns if pattern.name == name)
    view = getattr(pattern.callback, "view_class", None)
    if view is not None and getattr(view, "template_name", None):
        yield view.template_name


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LEAD_ON | OUR_OWN])
def test_each_template_is_found_in_our_room_first(name: str) -> None:
    found = [select_template([template]).template for template in templates_of(name)]

    assert found
    assert all("wurzelwerk/people/jinja2" in str(template.filename) for template in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_without_its_token_is_refused(name: str, browsers: dict[str, Client], amira: Person) -> None:
    client = browser_for(name, browsers, amira)
    client.handler.enforce_csrf_checks = True

    response = client.post(
        reverse(name, kwargs=args_of(name, amira)), {"code": "1", "password": "x", "credential": "{}"}
    )

    # Pages that only show something refuse the method itself.
    assert response.status_code in {403, 405}


def content_of_tables() -> dict[str, list[Any]]:
    """Return every row, without sessions: a session may note a challenge or that it is used."""
    tables = [table for table in connection.introspection.table_names() if "session" not in table]
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608


@pytest.mark.parametrize("name", NAMES)
def test_looking_changes_nothing(name: str, browsers: dict[str, Client], amira: Person) -> None:
    client = browser_for(name, browsers, amira)
    path = reverse(name, kwargs=args_of(name, amira))
    if name in NOTES_FIRST_LOOK:
        client.get(path)
    before = content_of_tables()

    client.get(path)

    assert content_of_tables() == before
