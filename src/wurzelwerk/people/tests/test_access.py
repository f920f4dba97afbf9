import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.choices import Role
from wurzelwerk.people.devices import device_name
from wurzelwerk.people.events import PersonAccess, person_deactivated, person_reactivated
from wurzelwerk.people.models import Person, RoleGrant
from wurzelwerk.people.rules import has_role
from wurzelwerk.people.signing_in import CastMember, demo_cast
from wurzelwerk.people.tests.factories import PersonFactory, cast
from wurzelwerk.people.tests.hashing import PASSWORD
from wurzelwerk.people.tests.test_second_factor import options_on, passkey_challenge, store_passkey

pytestmark = pytest.mark.django_db


def sign_in(client: Client, login: str = "4711", password: str = PASSWORD) -> Client:
    client.post("/accounts/login", {"login": login, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/people").status_code == 200


def close(person: Person) -> None:
    actions.deactivate_person(by=None, person=person)


def test_closing_an_account_ends_its_sessions_on_the_next_request(amira: Person) -> None:
    office, telephone = sign_in(Client()), sign_in(Client())
    assert [is_signed_in(office), is_signed_in(telephone)] == [True, True]

    close(amira)

    assert [is_signed_in(office), is_signed_in(telephone)] == [False, False]
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_a_closed_account_is_refused_even_when_a_session_is_left_behind(amira: Person, client: Client) -> None:
    client.force_login(amira)

    Person.objects.filter(pk=amira.pk).update(is_active=False, deactivated_at=amira.created_at)

    assert not is_signed_in(client)


def test_a_closed_account_is_told_so_only_with_the_right_password(amira: Person, client: Client) -> None:
    close(amira)

    right = client.post("/accounts/login", {"login": "4711", "password": PASSWORD})
    wrong = client.post("/accounts/login", {"login": "4711", "password": "wrong"}).content.decode()

    assert right.status_code == 403
    assert "Dieses Konto ist geschlossen." in right.content.decode()
    assert "geschlossen" not in wrong
    assert not is_signed_in(client)


def test_a_closed_account_is_refused_by_passkey(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    close(amira)
    new = Client(headers={"host": "localhost"})

    answer = new.post("/accounts/passkey", {"credential": device.answer(passkey_challenge(new))})

    assert answer.status_code == 403
    assert not is_signed_in(new)


def test_an_account_closed_between_password_and_second_factor_is_refused(at_home: Client, amira: Person) -> None:
    device = store_passkey(at_home)
    new = Client(headers={"host": "localhost"})
    sign_in(new)
    options = options_on(new, "/accounts/second-factor")["request_options"]
    close(amira)

    answer = new.post("/accounts/second-factor", {"credential": device.answer(options)})

    assert answer.status_code == 403
    assert not is_signed_in(new)


def test_a_closed_account_is_refused_by_the_click_of_the_demo(
    amira: Person, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(demo_cast, "_entries", {"amira": CastMember("4711", "Amira", "learns")})
    close(amira)

    assert client.post("/accounts/demo/4711").status_code == 403
    assert not is_signed_in(client)


def test_an_opened_account_signs_in_again(amira: Person, client: Client) -> None:
    close(amira)

    actions.reactivate_person(by=None, person=amira)

    assert is_signed_in(sign_in(client))


def test_closing_and_opening_are_told_once(
    amira: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[str, PersonAccess]] = []
    person_deactivated.connect(lambda payload: heard.append(("closed", payload)))
    person_reactivated.connect(lambda payload: heard.append(("opened", payload)))

    with django_capture_on_commit_callbacks(execute=True):
        for act in (
            actions.deactivate_person,
            actions.deactivate_person,
            actions.reactivate_person,
            actions.reactivate_person,
        ):
            act(by=None, person=amira)

    assert heard == [("closed", PersonAccess(amira.pk)), ("opened", PersonAccess(amira.pk))]
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "people.deactivate_person",
        "people.reactivate_person",
    ]


def test_only_the_administration_closes_accounts() -> None:
    people = cast()

    for stranger in (people.amira, people.clara, people.eva, people.felix):
        for act in (actions.deactivate_person, actions.reactivate_person, actions.sign_out_everywhere):
            with pytest.raises(Refused):
                act(by=stranger, person=people.ben)
    with pytest.raises(Refused):
        actions.deactivate_person(by=people.greta, person=people.greta)


def test_the_last_administrator_stays() -> None:
    people = cast()
    other = PersonFactory()
    actions.grant_role(by=people.greta, person=other, role=Role.ADMINISTRATOR)
    actions.deactivate_person(by=Person.objects.get(pk=other.pk), person=people.greta)

    last = Person.objects.get(pk=other.pk)
    with pytest.raises(Refused):
        actions.revoke_role(by=last, grant=RoleGrant.objects.get(person=last, revoked_at=None))


def test_signing_out_everywhere_ends_ones_own_sessions(amira: Person) -> None:
    sign_in(Client())
    office = sign_in(Client())

    ended = actions.sign_out_everywhere(by=amira, person=amira)

    assert ended == 2
    assert not is_signed_in(office)


def test_a_role_is_given_once_and_ends_the_sessions_of_before() -> None:
    people = cast()
    grant = actions.grant_role(by=people.greta, person=people.ben, role=Role.WORKS_COUNCIL)
    again = actions.grant_role(by=people.greta, person=people.ben, role=Role.WORKS_COUNCIL)

    assert grant == again
    assert has_role(Person.objects.get(pk=people.ben.pk), Role.WORKS_COUNCIL)
    actions.revoke_role(by=people.greta, grant=grant)
    actions.revoke_role(by=people.greta, grant=grant)
    assert not has_role(Person.objects.get(pk=people.ben.pk), Role.WORKS_COUNCIL)
    assert list(AuditEntry.objects.values_list("verb", "details")) == [
        ("people.grant_role", {"role": "works_council"}),
        ("people.revoke_role", {"role": "works_council"}),
    ]


def test_nobody_gives_a_role_to_themselves_or_to_somebody_who_left() -> None:
    people = cast()
    close(people.ben)

    for person in (people.greta, people.ben):
        with pytest.raises(Refused):
            actions.grant_role(by=people.greta, person=person, role=Role.WORKS_COUNCIL)


def test_a_session_ends_after_two_idle_hours_and_after_twelve_in_all(
    amira: Person, frozen_time: time_machine.Traveller
) -> None:
    idle, busy = sign_in(Client()), sign_in(Client())

    frozen_time.shift(timedelta(hours=2, minutes=1))
    answer = idle.get("/people?q=x")

    assert answer.headers["Location"] == "/accounts/login?next=/people%3Fq%3Dx"
    assert "Du wurdest abgemeldet" in idle.get(answer.headers["Location"]).content.decode()
    busy = sign_in(Client())
    for _quarter in range(7):
        frozen_time.shift(timedelta(hours=1, minutes=40))
        assert is_signed_in(busy)
    frozen_time.shift(timedelta(minutes=21))
    assert not is_signed_in(busy)


def test_own_sessions_are_listed_and_ended(amira: Person) -> None:
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    office = sign_in(Client(headers={"user-agent": windows}))
    telephone = sign_in(Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1"}))

    page = telephone.get("/accounts/sessions").content.decode()
    telephone.post("/accounts/sessions")

    assert "Firefox auf Windows" in page
    assert "Safari auf iPhone" in page
    assert page.count("diese hier") == 1
    assert [is_signed_in(office), is_signed_in(telephone)] == [False, True]
    assert "Überall sonst abmelden" not in telephone.get("/accounts/sessions").content.decode()


@pytest.mark.parametrize(
    "told,name",
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge auf Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36", "Chrome auf Android"),
        ("curl/8", "unbekanntes Gerät"),
        ("Firefox", "Firefox"),
    ],
)
def test_devices_are_named_as_people_know_them(told: str, name: str) -> None:
    assert device_name(told) == name


def ask_for_password(client: Client, typed: str, capture: DjangoCaptureOnCommitCallbacks) -> str:
    with capture():
        answer = client.post("/accounts/password/reset", {"email": typed})
    for key in Job.objects.filter(kind="people.password_mail", state="waiting").values_list("pk", flat=True):
        run_job(key)
    return answer.headers["Location"]


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.body))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("typed", ["4711", "amira@example.org"])
def test_a_new_password_comes_by_mail(
    amira: Person,
    client: Client,
    typed: str,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    office = sign_in(Client())
    done = ask_for_password(client, typed, django_capture_on_commit_callbacks)
    form = client.get(link_in(mailoutbox[0])).headers["Location"]
    new = "another long sentence to remember"

    saved = client.post(form, {"password1": new, "password2": new})

    assert done == "/accounts/password/reset/done"
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (["amira@example.org"], "Neues Passwort wählen")
    assert mailoutbox[0].body.startswith("Hallo Amira,")
    assert "4711" in mailoutbox[0].body
    assert saved.headers["Location"] == "/accounts/password/reset/key/done"
    assert not is_signed_in(client)
    assert not is_signed_in(office)
    assert is_signed_in(sign_in(Client(), password=new))
    assert "verbraucht oder zu alt" in Client().get(link_in(mailoutbox[0])).content.decode()
    assert Job.objects.get(kind="people.password_mail").payload == {}


def test_asking_for_a_password_never_tells_who_exists(
    amira: Person,
    client: Client,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    close(PersonFactory(staff_number="closed", email="closed@example.org"))
    PersonFactory(staff_number="none", email="")

    answers = {
        ask_for_password(client, typed, django_capture_on_commit_callbacks) for typed in ("nobody", "closed", "none")
    }

    assert answers == {"/accounts/password/reset/done"}
    assert mailoutbox == []
    assert [(job.state, job.result, job.payload) for job in Job.objects.all()] == [("done", {}, {})] * 3


def test_a_weak_or_unequal_password_is_refused_in_words(
    amira: Person,
    client: Client,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ask_for_password(client, "4711", django_capture_on_commit_callbacks)
    form = client.get(link_in(mailoutbox[0])).headers["Location"]

    short = client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    unequal = client.post(
        form, {"password1": "a long sentence one", "password2": "a long sentence two"}
    ).content.decode()

    assert "12 Zeichen" in short
    assert 'role="alert"' in short
    assert 'role="alert"' in unequal


def test_changing_the_password_ends_the_other_sessions(at_home: Client, amira: Person) -> None:
    office, new = sign_in(Client()), "another long sentence to remember"
    wrong = at_home.post("/accounts/password/change", {"oldpassword": "x", "password1": new, "password2": new})

    at_home.post("/accounts/password/change", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "Das ist nicht dein aktuelles Passwort." in wrong.content.decode()
    assert [is_signed_in(office), is_signed_in(at_home)] == [False, True]


def test_the_first_sign_in_comes_by_the_same_mail(
    client: Client,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = PersonFactory(email="new@example.org")
    ask_for_password(client, "new@example.org", django_capture_on_commit_callbacks)
    form = client.get(link_in(mailoutbox[0])).headers["Location"]
    new = "another long sentence to remember"

    client.post(form, {"password1": new, "password2": new})

    assert is_signed_in(sign_in(Client(), login=person.staff_number, password=new))


def test_somebody_without_a_password_chooses_one(client: Client) -> None:
    person = PersonFactory()
    client.force_login(person)
    new = "another long sentence to remember"

    assert client.get("/accounts/password/change").headers["Location"] == "/accounts/password/set"
    client.post("/accounts/password/set", {"password1": new, "password2": new})

    assert is_signed_in(sign_in(Client(), login=person.staff_number, password=new))
