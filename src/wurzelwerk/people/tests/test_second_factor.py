import json
import re
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from pytest_django import Settings

from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person, RoleGrant
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.people.tests.hashing import PASSWORD
from wurzelwerk.people.tests.passkey_device import PasskeyDevice

pytestmark = pytest.mark.django_db
SECURITY = "/accounts/security"


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def set_up_app(client: Client) -> str:
    page = client.get("/accounts/security/app").content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)
    assert secret is not None
    client.post("/accounts/security/app", {"code": code_for(secret[1])})
    return secret[1]


def options_on(client: Client, path: str) -> dict[str, Any]:
    page = client.get(path).content.decode()
    data = re.search(r'<script id="passkey-data" type="application/json">(.*?)</script>', page)
    assert data is not None
    found: dict[str, Any] = json.loads(data[1])
    return found


def store_passkey(client: Client) -> PasskeyDevice:
    device = PasskeyDevice()
    options = options_on(client, "/accounts/security/passkeys/add")["creation_options"]
    sent = {"name": "My telephone", "passwordless": "on", "credential": device.store(options)}
    assert client.post("/accounts/security/passkeys/add", sent).status_code == 302
    return device


def passkey_challenge(client: Client) -> dict[str, Any]:
    answer = client.get("/accounts/passkey", headers={"accept": "application/json"})
    found: dict[str, Any] = answer.json()["request_options"]
    return found


def is_signed_in(client: Client) -> bool:
    return client.get("/people").status_code == 200


def test_changing_how_one_signs_in_asks_for_the_password_first(client: Client, amira: Person) -> None:
    client.force_login(amira)

    response = client.get("/accounts/security/app")

    assert response.headers["Location"] == "/accounts/reauthenticate?next=%2Faccounts%2Fsecurity%2Fapp"
    wrong = client.post("/accounts/reauthenticate", {"password": "wrong"}).content.decode()
    assert "Dieses Passwort stimmt nicht." in wrong


def test_an_app_is_asked_for_at_the_next_sign_in(at_home: Client, amira: Person) -> None:
    secret = set_up_app(at_home)
    stored = Authenticator.objects.get(user=amira, type="totp").data["secret"]
    new = Client()

    asked = new.post("/accounts/login", {"login": "4711", "password": PASSWORD})

    assert secret not in stored
    assert asked.headers["Location"] == "/accounts/second-factor"
    assert not is_signed_in(new)
    wrong = new.post("/accounts/second-factor", {"code": "000000"}).content.decode()
    assert "Dieser Code stimmt nicht. Codes wechseln alle 30 Sekunden." in wrong
    new.post(
        "/accounts/second-factor",
        {"code": Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]},
    )
    assert is_signed_in(new)


def test_a_lost_key_file_lets_no_code_fit(at_home: Client, amira: Person, settings: Settings) -> None:
    secret = set_up_app(at_home)
    settings.SECRET_KEY = "another"

    assert not Authenticator.objects.get(type="totp").wrap().validate_code(code_for(secret))


def test_an_earlier_key_still_opens_what_it_closed(settings: Settings) -> None:
    stored = get_adapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert get_adapter().decrypt(stored) == "JBSWY3DP"


def test_the_picture_is_drawn_without_any_other_site(at_home: Client) -> None:
    page = at_home.get("/accounts/security/app").content.decode()

    assert 'src="data:image/svg+xml;base64,' in page


def test_an_app_can_be_removed(at_home: Client, amira: Person) -> None:
    set_up_app(at_home)

    at_home.post("/accounts/security/app/remove")

    assert not Authenticator.objects.filter(user=amira, type="totp").exists()


def test_emergency_codes_are_shown_and_replaced(at_home: Client, amira: Person) -> None:
    set_up_app(at_home)
    before = at_home.get("/accounts/security/codes").content.decode()
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]

    at_home.post("/accounts/security/codes/new")

    assert code in before
    assert code not in at_home.get("/accounts/security/codes").content.decode()
    text = at_home.get("/accounts/security/codes/download").content.decode()
    assert text.startswith("Wurzelwerk: Codes für den Notfall\n")
    assert len(re.findall(r"^\d{8}$", text, re.MULTILINE)) == 10


def test_a_passkey_lets_in_without_a_password(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    new = Client(headers={"host": "localhost"})

    new.post("/accounts/passkey", {"credential": device.answer(passkey_challenge(new))})

    assert is_signed_in(new)
    assert "My telephone" in new.get("/accounts/security/passkeys").content.decode()


def test_a_passkey_is_the_second_factor_of_a_password(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    new = Client(headers={"host": "localhost"})
    new.post("/accounts/login", {"login": "4711", "password": PASSWORD})

    options = options_on(new, "/accounts/second-factor")["request_options"]
    new.post("/accounts/second-factor", {"credential": device.answer(options)})

    assert is_signed_in(new)


def test_a_passkey_confirms_that_it_is_you(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    path = "/accounts/security/passkeys/reauthenticate"

    options = options_on(at_home, path)["request_options"]
    answer = at_home.post(path, {"credential": device.answer(options)})

    assert answer.status_code == 302
    assert at_home.get("/accounts/security/codes/new").status_code == 200


def test_somebody_elses_passkey_does_not_fit(at_home: Client, amira: Person) -> None:
    store_passkey(at_home)
    stranger, new = PasskeyDevice(user_handle="x"), Client(headers={"host": "localhost"})

    new.post("/accounts/passkey", {"credential": stranger.answer(passkey_challenge(new))})

    assert not is_signed_in(new)


def test_an_answer_fits_once(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    new, thief = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    answer = device.answer(passkey_challenge(new))
    passkey_challenge(thief)

    thief.post("/accounts/passkey", {"credential": answer})

    assert not is_signed_in(thief)


def test_passkeys_are_renamed_and_removed_by_their_owner_alone(at_home: Client, client: Client, amira: Person) -> None:
    store_passkey(at_home)
    key = Authenticator.objects.get(type="webauthn")
    client.force_login(PersonFactory())

    assert client.get(f"/accounts/security/passkeys/{key.pk}/edit").status_code == 404
    assert client.post(f"/accounts/security/passkeys/{key.pk}/remove").status_code == 404
    at_home.post(f"/accounts/security/passkeys/{key.pk}/edit", {"name": "Old telephone"})
    assert "Old telephone" in at_home.get("/accounts/security/passkeys").content.decode()
    at_home.post(f"/accounts/security/passkeys/{key.pk}/remove")
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("host,is_offered", [("localhost:8000", True), ("127.0.0.1", False)])
def test_passkeys_are_offered_where_browsers_allow_them(client: Client, host: str, is_offered: bool) -> None:
    page = client.get("/accounts/login", headers={"host": host}).content.decode()

    assert ("passkey-login" in page) == is_offered
    assert ("mfa/js/webauthn.js" in page) == is_offered


def test_passkeys_are_offered_by_https(client: Client) -> None:
    assert "passkey-login" in client.get("/accounts/login", secure=True).content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_a_duty_is_used_only_with_a_second_factor(client: Client, amira: Person, role: str) -> None:
    client.force_login(amira)
    assert is_signed_in(client)

    RoleGrant.objects.create(person=amira, role=role)

    assert client.get("/people").headers["Location"] == SECURITY
    assert client.post("/people/me/settings", {}).headers["Location"] == SECURITY
    assert "Noch ein Schritt" in client.get(SECURITY).content.decode()
    assert client.get("/keys").status_code == 200


def test_the_demo_company_needs_no_second_factor(client: Client, amira: Person, settings: Settings) -> None:
    settings.DEMO = True
    RoleGrant.objects.create(person=amira, role=Role.ADMINISTRATOR)
    client.force_login(amira)

    assert is_signed_in(client)
    assert "Noch ein Schritt" not in client.get(SECURITY).content.decode()


def test_the_last_factor_of_a_duty_stays(at_home: Client, amira: Person) -> None:
    set_up_app(at_home)
    RoleGrant.objects.create(person=amira, role=Role.WORKS_COUNCIL)

    page = at_home.get("/accounts/security/app/remove").content.decode()
    at_home.post("/accounts/security/app/remove")

    assert "Füge zuerst einen anderen hinzu" in page
    assert Authenticator.objects.filter(user=amira, type="totp").exists()
    store_passkey(at_home)
    at_home.post("/accounts/security/app/remove")
    assert not Authenticator.objects.filter(user=amira, type="totp").exists()
