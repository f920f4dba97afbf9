"""Coming in without e-mail: a letter is printed, its code works once, and nothing tells who exists."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import access_codes, actions, rules
from wurzelwerk.people.housekeeping import run_sweep
from wurzelwerk.people.models import AccessCode, OrgUnit, Person
from wurzelwerk.people.queries.access import codes_of, without_sign_in
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory, PersonFactory
from wurzelwerk.people.tests.hashing import PASSWORD, CountingHasher
from wurzelwerk.people.tests.letters import NEXT, PAGE, choose, code_for, typed

pytestmark = pytest.mark.django_db
WRONG = "Personalnummer und Code passen nicht zusammen"


def is_signed_in(client: Client) -> bool:
    return client.get("/people").status_code == 200


@given(st.text(alphabet=access_codes.LETTERS, min_size=12, max_size=12))
def test_a_code_is_read_as_it_was_written(code: str) -> None:
    assert access_codes.as_compared(access_codes.written(code)) == code
    assert access_codes.as_compared(f" {access_codes.written(code).lower()} ") == code


def test_codes_are_long_differ_and_are_kept_as_digests_alone(people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)

    kept = AccessCode.objects.get()
    assert re.fullmatch(r"([2-9B-Z]{4}-){2}[2-9B-Z]{4}", code)
    assert len({access_codes.new_code() for _time in range(100)}) == 100
    assert access_codes.as_compared(code) not in str(AccessCode.objects.values().get())
    assert kept.digest != access_codes.digest_of(hakim.pk + 1, access_codes.as_compared(code))
    assert AccessCode.personal_data.withheld == ("digest",)


def test_a_letter_leads_to_a_password_once(client: Client, people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)

    shown = typed(client, "m-77", code.lower().replace("-", " "))
    page = client.get(NEXT).content.decode()
    chosen = choose(client)

    assert (shown.status_code, shown.headers["Location"]) == (302, NEXT)
    assert "Willkommen, Hakim" in page
    assert "Greta Nowak" in page
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/accounts/security")
    assert is_signed_in(client)
    again = Client()
    assert WRONG in typed(again, "M-77", code).content.decode()
    assert client.login(username="M-77", password=PASSWORD)


def test_the_person_reads_who_printed_the_letter_and_when_it_was_used(
    client: Client, people: Cast, hakim: Person
) -> None:
    typed(client, "M-77", code_for(hakim, people.greta))
    choose(client)

    html = client.get("/accounts/security").content.decode()

    assert "Zugangsbriefe" in html
    assert "Greta Nowak" in html
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "people.issue_access_code",
        "people.use_access_code",
    ]


def test_a_passkey_may_come_instead_of_a_password(people: Cast, hakim: Person) -> None:
    client = Client(headers={"host": "localhost"})
    typed(client, "M-77", code_for(hakim, people.greta))

    offered = client.get(NEXT).content.decode()
    response = client.post(NEXT, {"how": "passkey"})

    hakim.refresh_from_db()
    assert "Passkey" in offered
    assert response.headers["Location"] == "/accounts/security/passkeys/add"
    assert client.get("/accounts/security/passkeys/add").status_code == 200
    assert not rules.has_sign_in(hakim)
    assert AccessCode.objects.get().used_at is not None


def test_a_second_factor_is_asked_for_as_always(client: Client, people: Cast, hakim: Person) -> None:
    Authenticator.objects.create(user=hakim, type=Authenticator.Type.TOTP, data={"secret": "none"})

    typed(client, "M-77", code_for(hakim, people.greta))
    response = choose(client)

    assert response.headers["Location"].startswith("/accounts/second-factor")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "password1,password2", [("short", "short"), (PASSWORD, PASSWORD + "r"), ("Hakim Yilmaz M-77", "")]
)
def test_a_weak_or_mistyped_password_does_not_use_the_code_up(
    client: Client, people: Cast, hakim: Person, password1: str, password2: str
) -> None:
    typed(client, "M-77", code_for(hakim, people.greta))

    response = client.post(NEXT, {"password1": password1, "password2": password2})

    assert response.status_code == 400
    assert AccessCode.objects.open().count() == 1
    assert choose(client).status_code == 302


def test_without_a_code_there_is_no_second_page(client: Client, hakim: Person) -> None:
    assert client.get(NEXT).headers["Location"] == PAGE
    assert choose(client).headers["Location"] == PAGE


def test_the_second_page_closes_after_fifteen_minutes(
    client: Client, people: Cast, hakim: Person, frozen_time: Traveller
) -> None:
    typed(client, "M-77", code_for(hakim, people.greta))

    frozen_time.shift(timedelta(minutes=16))

    assert choose(client).headers["Location"] == PAGE
    assert AccessCode.objects.open().count() == 1


def test_of_two_browsers_with_the_same_code_one_comes_in(people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)
    first, second = Client(), Client()
    for browser in (first, second):
        typed(browser, "M-77", code)

    choose(first)
    late = choose(second, "another long sentence")

    hakim.refresh_from_db()
    assert late.headers["Location"] == PAGE
    assert not is_signed_in(second)
    assert hakim.check_password(PASSWORD)


def test_a_code_used_in_between_is_refused_by_the_action(people: Cast, hakim: Person) -> None:
    code_for(hakim, people.greta)
    code = AccessCode.objects.get()
    actions.use_access_code(by=hakim, code=code, password=PASSWORD)

    with pytest.raises(Refused):
        actions.use_access_code(by=hakim, code=code, password="another long sentence")

    assert hakim.check_password(PASSWORD)


def test_a_code_ends_after_fourteen_days_and_by_a_newer_one(
    client: Client, people: Cast, hakim: Person, frozen_time: Traveller
) -> None:
    old = code_for(hakim, people.greta)
    new = code_for(hakim, people.greta)
    after_newer = typed(client, "M-77", old).status_code

    frozen_time.shift(timedelta(days=14, seconds=1))

    assert after_newer == 400
    assert typed(client, "M-77", new).status_code == 400
    assert [row.state for row in codes_of(hakim, hakim)] == ["ended", "ended"]


def test_a_code_does_not_open_a_closed_account(client: Client, people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)
    typed(client, "M-77", code)

    actions.deactivate_person(by=people.greta, person=hakim)

    assert choose(client).headers["Location"] == PAGE
    assert WRONG in typed(Client(), "M-77", code).content.decode()
    assert not is_signed_in(client)


def test_a_thousand_wrong_attempts_end_a_code_however_slowly_they_come(people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)
    AccessCode.objects.update(wrong_attempts=998)

    wrong = [actions.try_access_code(person=hakim, typed="BBBB-BBBB-BBBB")]
    still_right = actions.try_access_code(person=hakim, typed=code)
    wrong.append(actions.try_access_code(person=hakim, typed="BBBB-BBBB-BBBB"))

    assert wrong == [None, None]
    assert still_right is not None
    assert actions.try_access_code(person=hakim, typed=code) is None


def test_after_ten_attempts_within_a_quarter_of_an_hour_one_has_to_wait(
    client: Client, people: Cast, hakim: Person, settings: Settings
) -> None:
    other = EmploymentFactory(person__email="", person__staff_number="M-78").person
    code = code_for(other, people.greta)

    answers = [typed(client, "M-77", "wrong").status_code for _time in range(11)]

    assert answers == [400] * 10 + [429]
    assert typed(client, "M-78", code).status_code == 302


def test_nothing_tells_who_exists(client: Client, people: Cast, hakim: Person) -> None:
    """Wrong code, no code, no such person, a closed account: same words, same work, no password hashed."""
    code_for(hakim, people.greta)
    closed = PersonFactory(staff_number="gone", is_active=False, deactivated_at=clock.now())
    client.get(PAGE)
    answers = []
    for number in ("M-77", "amira", "nobody", closed.staff_number):
        with CaptureQueriesContext(connection) as asked:
            html = typed(client, number, "BBBB-BBBB-BBBB").content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        answers.append((re.sub(r'value="[^"]*"', "", main), len(asked)))

    assert WRONG in answers[0][0]
    assert len({html for html, _queries in answers}) == 1
    assert len({queries for _html, queries in answers}) == 1
    assert CountingHasher.hashed == 0


def test_a_code_of_one_person_says_nothing_about_another(client: Client, people: Cast, hakim: Person) -> None:
    code = code_for(hakim, people.greta)

    assert typed(client, "amira", code).status_code == 400


def test_a_code_survives_a_new_key_of_the_application(
    client: Client, people: Cast, hakim: Person, settings: Settings
) -> None:
    code = code_for(hakim, people.greta)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"

    assert typed(client, "M-77", code).status_code == 302


def test_whoever_is_signed_in_needs_no_code(client: Client, people: Cast) -> None:
    client.force_login(people.amira)

    assert client.get(PAGE).headers["Location"] == "/accounts/security"


def test_sign_in_page_shows_the_way(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/accounts/login").content.decode()


@pytest.mark.parametrize("language,words", [("de", "Ich habe einen Zugangscode"), ("en", "I have an access code")])
def test_page_speaks_both_languages(client: Client, language: str, words: str) -> None:
    client.post("/preferences", {"language": language})

    assert words in client.get(PAGE).content.decode()


# ---- printing


def letters_on(html: str) -> list[str]:
    return re.findall(r'<article class="letter".*?</article>', html, re.DOTALL)


def test_letters_for_a_unit_are_printed_for_those_who_need_one(greta: Client, people: Cast, hakim: Person) -> None:
    elsewhere = EmploymentFactory(person__email="", unit=OrgUnit.objects.get(code="sales")).person
    production = OrgUnit.objects.get(code="production")

    asked = greta.get(f"/administration/letters?unit={production.public_id}").content.decode()
    response = greta.post("/administration/letters", {"unit": production.public_id})

    letters = letters_on(response.content.decode())
    assert "1</" in asked
    assert len(letters) == 1
    assert "Hakim Yilmaz" in letters[0]
    assert "M-77" in letters[0]
    assert "/accounts/code" in letters[0]
    assert "no-store" in response.headers["Cache-Control"]
    assert not AccessCode.objects.filter(person=elsewhere).exists()


def test_printed_code_is_the_one_that_works(greta: Client, hakim: Person) -> None:
    html = greta.post(f"/administration/persons/{hakim.public_id}/letter").content.decode()

    code = re.search(r'class="letter-code">([^<]+)<', html)
    assert code is not None
    assert typed(Client(), "M-77", code.group(1)).status_code == 302
    assert code.group(1) not in greta.get(f"/administration/persons/{hakim.public_id}").content.decode()


def test_letter_is_written_in_the_language_of_its_reader(greta: Client, hakim: Person) -> None:
    Person.objects.filter(pk=hakim.pk).update(language="en")

    [letter] = letters_on(greta.post(f"/administration/persons/{hakim.public_id}/letter").content.decode())

    assert 'lang="en"' in letter
    assert "Hello Hakim" in letter


def test_only_so_many_are_printed_at_once(greta: Client, hakim: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    EmploymentFactory.create_batch(2, person__email="")
    monkeypatch.setattr("wurzelwerk.people.views.access_letters.MOST_LETTERS", 2)

    html = greta.post("/administration/letters", {"unit": ""}).content.decode()

    assert len(letters_on(html)) == 2
    assert "1 Person wartet noch" in html


def test_whoever_has_a_letter_gets_another_only_when_asked_for(greta: Client, hakim: Person) -> None:
    second = EmploymentFactory(person__email="").person
    greta.post(f"/administration/persons/{hakim.public_id}/letter")

    [letter] = letters_on(greta.post("/administration/letters", {"unit": ""}).content.decode())
    nothing = letters_on(greta.post("/administration/letters", {"unit": ""}).content.decode())
    again = letters_on(greta.post("/administration/letters", {"unit": "", "again": "on"}).content.decode())

    assert second.staff_number in letter
    assert nothing == []
    assert ["M-77" in one for one in again] == [True, False]
    assert AccessCode.objects.open().count() == 2


def test_the_same_form_sent_twice_shows_no_codes_and_ends_none(greta: Client, hakim: Person) -> None:
    sent = {"idempotency_key": "printed-once"}
    greta.post(f"/administration/persons/{hakim.public_id}/letter", sent)

    again = greta.post(f"/administration/persons/{hakim.public_id}/letter", sent)

    assert again.headers["Location"] == f"/administration/persons/{hakim.public_id}"
    assert AccessCode.objects.get().revoked_at is None


def test_who_has_a_way_in_gets_no_letter_with_the_others(people: Cast, hakim: Person) -> None:
    by_password = PersonFactory(email="", password=PASSWORD)
    by_passkey = PersonFactory(email="")
    Authenticator.objects.create(user=by_passkey, type=Authenticator.Type.WEBAUTHN, data={})
    PersonFactory(email="", is_active=False, deactivated_at=clock.now())

    alone, with_mail = (list(without_sign_in(people.greta, with_email=also)) for also in (False, True))

    assert alone == [hakim]
    assert people.amira in with_mail
    assert not {by_password, by_passkey, people.greta} & set(with_mail)


def test_nobody_to_print_for_prints_nothing(greta: Client) -> None:
    response = greta.post("/administration/letters", {"unit": ""})

    assert letters_on(response.content.decode()) == []
    assert AccessCode.objects.count() == 0


def test_unknown_unit_prints_nothing(greta: Client, hakim: Person) -> None:
    greta.post("/administration/letters", {"unit": "nonsense"})

    assert AccessCode.objects.count() == 0


def test_whoever_signs_in_and_has_an_address_is_refused_a_letter(greta: Client, people: Cast) -> None:
    people.amira.set_password(PASSWORD)
    people.amira.save()

    response = greta.post(f"/administration/persons/{people.amira.public_id}/letter", follow=True)

    assert "kein Brief nötig" in response.content.decode()
    assert AccessCode.objects.count() == 0


def test_nobody_prints_a_letter_for_themselves_or_for_leavers(people: Cast, hakim: Person) -> None:
    actions.deactivate_person(by=people.greta, person=hakim)

    for by, person in ((people.greta, people.greta), (people.greta, hakim), (people.clara, people.ben)):
        with pytest.raises(Refused):
            actions.issue_access_codes(by=by, persons=[person])
    with pytest.raises(IntegrityError):
        AccessCode.objects.create(person=hakim, issued_by=hakim, digest="x", expires_at=clock.now())


@pytest.mark.parametrize("who", ["amira", "clara", "david", "eva", "felix"])
def test_for_everybody_else_there_are_no_letters(client: Client, people: Cast, hakim: Person, who: str) -> None:
    client.force_login(getattr(people, who))

    assert client.get("/administration/letters").status_code == 404
    assert client.post("/administration/letters").status_code == 404
    assert client.post(f"/administration/persons/{hakim.public_id}/letter").status_code == 404
    assert codes_of(getattr(people, who), hakim) == ()


def test_account_page_tells_the_state_of_letters(greta: Client, people: Cast, hakim: Person) -> None:
    page = f"/administration/persons/{hakim.public_id}"
    before = greta.get(page).content.decode()
    code_for(hakim, people.greta)
    opened = greta.get(page).content.decode()
    actions.use_access_code(by=hakim, code=AccessCode.objects.get(), password=PASSWORD)

    assert "Zugangsbrief drucken" in before
    assert "offen bis" in opened
    assert "benutzt am" in greta.get(page).content.decode()


def test_codes_are_forgotten_after_twelve_months(people: Cast, hakim: Person, frozen_time: Traveller) -> None:
    code_for(hakim, people.greta)
    frozen_time.shift(timedelta(days=366))
    code_for(hakim, people.greta)

    done = run_sweep(None, None)  # type: ignore[arg-type]

    assert (done, AccessCode.objects.count()) == ({"deleted": 1}, 1)
