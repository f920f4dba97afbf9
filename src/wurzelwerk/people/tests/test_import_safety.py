"""What an import may do to somebody's access: nothing goes unseen, nothing comes back by itself."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.people import actions, mailing
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person, RoleGrant
from wurzelwerk.people.tests.factories import Cast, PersonFactory, cast, give_role
from wurzelwerk.people.tests.people_files import applied, checked, undone, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

ADDRESSES = "Personalnummer;Vorname;Nachname;E-Mail"
LEAVERS = "Personalnummer;Vorname;Nachname;Austritt"
NEW_PASSWORD = "ein ganz neues Passwort 77"


@pytest.fixture
def people() -> Cast:
    """Return the cast; Ben signs in with a password and has an address."""
    found = cast()
    found.ben.email = "ben@firma.example"
    found.ben.set_password("altes langes Passwort")
    found.ben.save()
    return found


def test_changed_address_of_somebody_who_signs_in_is_audited_and_told_at_the_old_address(
    people: Cast, tmp_path: Path
) -> None:
    with_address = write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;fremd@evil.example\nneu;Neu;Neu;neu@firma.example")

    people_import = applied(with_address, by=people.greta)
    told_of_change = _told()
    undone(people_import, by=people.greta)

    assert told_of_change == [["ben@firma.example"]]
    assert _told()[1:] == [["fremd@evil.example"]]
    entries = AuditEntry.objects.filter(verb="people.change_address")
    assert list(entries.order_by("pk").values_list("person_id", "subject_id", "details")) == [
        (people.greta.pk, people.ben.public_id, {"import": people_import.public_id, "undoes": undoes})
        for undoes in (False, True)
    ]
    assert "fremd" not in mail.outbox[0].body
    assert "anderswohin" in mail.outbox[0].body


def test_address_that_comes_late_or_goes_is_audited_too(people: Cast, tmp_path: Path) -> None:
    give_role(people.eva, Role.WORKS_COUNCIL)
    Person.objects.filter(pk=people.eva.pk).update(email="", password="!")

    applied(write(tmp_path, f"{ADDRESSES}\neva;Eva;Sommer;fremd@evil.example\nben;Ben;Krüger;"), by=people.greta)

    assert _told() == [["ben@firma.example"]]
    changed = AuditEntry.objects.filter(verb="people.change_address").values_list("subject_id", flat=True)
    assert set(changed) == {people.eva.public_id, people.ben.public_id}


def test_nobody_is_told_of_an_address_that_stays_or_that_leads_nowhere(people: Cast, tmp_path: Path) -> None:
    PersonFactory(staff_number="ohne", email="alt@firma.example").set_unusable_password()
    Person.objects.filter(staff_number="ohne").update(password="!")
    same = f"{ADDRESSES}\nben;Ben;Krüger-Neu;ben@firma.example\nohne;Ohne;Zugang;neu@firma.example"

    applied(write(tmp_path, same), by=people.greta)

    assert _told() == []
    assert not AuditEntry.objects.filter(verb="people.change_address").exists()


def test_new_address_resets_no_password_for_seven_days(people: Cast, tmp_path: Path, frozen_time: Traveller) -> None:
    applied(write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;fremd@evil.example"), by=people.greta)

    _ask_for_a_password("ben")
    within = len(mail.outbox)
    frozen_time.shift(timedelta(days=7, minutes=1))
    _ask_for_a_password("ben")

    assert within == 0
    assert [each.to for each in mail.outbox] == [["fremd@evil.example"]]


def test_page_says_the_same_whether_a_link_goes_out_or_not(people: Cast, tmp_path: Path) -> None:
    applied(write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;fremd@evil.example"), by=people.greta)
    browser = Client()

    answers = [browser.post("/accounts/password/reset", {"email": typed}, follow=True) for typed in ("ben", "nobody")]

    pages = [re.search("<main.*</main>", answer.content.decode(), re.DOTALL) for answer in answers]
    assert all(pages)
    assert len({page.group() for page in pages if page}) == 1
    assert "in den letzten 7 Tagen geändert" in answers[0].content.decode()


def test_address_of_before_resets_no_password_right_after_the_undo(people: Cast, tmp_path: Path) -> None:
    undone(applied(write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;anders@firma.example"), by=people.greta))

    _ask_for_a_password("ben")

    assert mail.outbox == []


def test_new_address_is_no_first_way_in_for_somebody_with_a_role(people: Cast, tmp_path: Path) -> None:
    give_role(people.ben, Role.WORKS_COUNCIL)
    Person.objects.filter(pk=people.ben.pk).update(password="!")
    applied(write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;fremd@evil.example"), by=people.greta)

    _ask_for_a_password("ben")

    assert mail.outbox == []


def test_somebody_without_a_sign_in_gets_the_link_to_a_new_address_at_once(people: Cast, tmp_path: Path) -> None:
    Person.objects.filter(pk=people.ben.pk).update(password="!")
    applied(write(tmp_path, f"{ADDRESSES}\nben;Ben;Krüger;neu@firma.example"), by=people.greta)

    _ask_for_a_password("ben")

    assert [each.to for each in mail.outbox] == [["neu@firma.example"]]


def test_new_password_by_the_link_is_audited(people: Cast) -> None:
    _ask_for_a_password("ben")
    [link] = re.findall(r"http\S+", str(mail.outbox[0].body))
    browser = Client()
    form = browser.get(link.replace("http://testserver", ""), follow=True).request["PATH_INFO"]

    browser.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    [entry] = AuditEntry.objects.filter(verb="people.reset_password")
    assert (entry.person_id, entry.subject_id) == (people.ben.pk, people.ben.public_id)


def test_preview_counts_changed_addresses_and_roles_that_end(people: Cast, tmp_path: Path) -> None:
    give_role(people.clara, Role.WORKS_COUNCIL)
    rows = "ben;Ben;Krüger;neu@firma.example;\nclara;Clara;Vogt;;01.01.2025"
    people_import = checked(write(tmp_path, f"{ADDRESSES};Austritt\n{rows}"), by=people.greta)
    browser = Client()
    browser.force_login(people.greta)

    page = browser.get(f"/administration/people/import/{people_import.public_id}/preview").content.decode()

    assert people_import.counts["changed_addresses"] == 1
    assert people_import.counts["ending_roles"] == 1
    assert "E-Mail-Adresse ändert sich bei einer Person, die sich schon anmeldet" in page
    assert "Mit den geschlossenen Konten endet eine Rolle" in page


def test_role_ends_with_the_account_and_does_not_come_back_with_the_person(people: Cast, tmp_path: Path) -> None:
    give_role(people.ben, Role.ADMINISTRATOR)

    applied(write(tmp_path, f"{LEAVERS}\nben;Ben;Krüger;01.01.2025", "leaves.csv"), by=people.greta)
    applied(write(tmp_path, "Personalnummer;Vorname;Nachname\nben;Ben;Krüger", "back.csv"), by=people.greta)

    ben = Person.objects.get(pk=people.ben.pk)
    assert ben.is_active
    assert ben.roles == frozenset()
    assert _ended(ben) == [(people.greta.pk, {"role": "administrator", "closes_account": True})]


def test_taking_back_an_import_gives_no_role_back(people: Cast, tmp_path: Path) -> None:
    give_role(people.ben, Role.WORKS_COUNCIL)

    undone(applied(write(tmp_path, f"{LEAVERS}\nben;Ben;Krüger;01.01.2025")))

    ben = Person.objects.get(pk=people.ben.pk)
    assert ben.is_active
    assert ben.roles == frozenset()
    [grant] = RoleGrant.objects.filter(person=ben)
    assert grant.revoked_at is not None
    assert grant.revoked_by is None


def test_taking_back_an_import_ends_the_roles_of_whoever_it_closes_again(people: Cast, tmp_path: Path) -> None:
    Person.objects.filter(pk=people.ben.pk).update(
        is_active=False, deactivated_at=clock.now(), left_on=clock.today() - timedelta(days=9)
    )
    people_import = applied(write(tmp_path, "Personalnummer;Vorname;Nachname\nben;Ben;Krüger"), by=people.greta)
    actions.grant_role(by=people.greta, person=Person.objects.get(pk=people.ben.pk), role=Role.ADMINISTRATOR)

    undone(people_import, by=people.greta)

    assert Person.objects.get(pk=people.ben.pk).roles == frozenset()
    assert len(_ended(people.ben)) == 1


def test_closing_an_account_by_hand_ends_its_roles(people: Cast) -> None:
    give_role(people.ben, Role.ADMINISTRATOR)

    actions.deactivate_person(by=people.greta, person=people.ben)
    actions.reactivate_person(by=people.greta, person=people.ben)

    assert Person.objects.get(pk=people.ben.pk).roles == frozenset()
    assert _ended(people.ben) == [(people.greta.pk, {"role": "administrator", "closes_account": True})]


def test_account_closed_by_hand_later_stays_closed_when_an_import_is_taken_back(
    people: Cast, tmp_path: Path, frozen_time: Traveller
) -> None:
    rows = "ben;Ben;Krüger;01.01.2025\nclara;Clara;Vogt;01.01.2025"
    people_import = applied(write(tmp_path, f"{LEAVERS}\n{rows}"), by=people.greta)
    ben = actions.reactivate_person(by=people.greta, person=Person.objects.get(pk=people.ben.pk))
    frozen_time.shift(timedelta(hours=1))
    actions.deactivate_person(by=people.greta, person=ben)
    closed_at = ben.deactivated_at

    undone(people_import, by=people.greta)

    ben.refresh_from_db()
    assert (ben.is_active, ben.deactivated_at) == (False, closed_at)
    assert Person.objects.get(pk=people.clara.pk).is_active
    people_import.refresh_from_db()
    assert people_import.counts["kept_closed"] == 1
    browser = Client()
    browser.force_login(people.greta)
    page = browser.get(f"/administration/people/import/{people_import.public_id}").content.decode()
    assert "Ein Konto bleibt geschlossen" in page


def test_whoever_imports_and_becomes_a_manager_or_moves_is_audited_for_good(people: Cast, tmp_path: Path) -> None:
    rows = "ben;Ben;Krüger;greta;\ngreta;Greta;Maurer;clara;Werk / Neu\nneu;Neu;Neu;greta;\nclara;Clara;Vogt;ben;"
    text = f"Personalnummer;Vorname;Nachname;Vorgesetzte;Organisationspfad\n{rows}"

    people_import = applied(write(tmp_path, text), by=people.greta)
    neu = Person.objects.get(staff_number="neu")
    undone(people_import, by=people.greta)

    entries = AuditEntry.objects.filter(verb="people.gain_by_import").order_by("details__as", "subject_id")
    gained = {(entry.person_id, entry.subject_id, entry.details["as"]) for entry in entries}
    assert gained == {
        (people.greta.pk, people.ben.public_id, "manager"),
        (people.greta.pk, neu.public_id, "manager"),
        (people.greta.pk, people.greta.public_id, "member"),
    }


def test_import_of_the_server_and_what_stays_gain_nothing(people: Cast, tmp_path: Path) -> None:
    text = "Personalnummer;Vorname;Nachname;Vorgesetzte\nben;Ben;Krüger;greta"
    applied(write(tmp_path, text))

    applied(write(tmp_path, text.replace("Krüger", "Krüger-Neu"), "again.csv"), by=people.greta)

    assert not AuditEntry.objects.filter(verb="people.gain_by_import").exists()


def _ask_for_a_password(typed: str) -> None:
    run_job(mailing.start_password_mail(typed=typed, origin="http://testserver/").pk)


def _told() -> list[list[str]]:
    """Run the jobs that wait to tell of addresses and return to whom mails went so far."""
    for key in Job.objects.filter(kind="people.tell_of_addresses", state="waiting").values_list("pk", flat=True):
        run_job(key)
    assert not Job.objects.filter(kind="people.tell_of_addresses").exclude(payload={}).exists()
    return [each.to for each in mail.outbox]


def _ended(person: Person) -> list[tuple[int | None, dict[str, object]]]:
    entries = AuditEntry.objects.filter(verb="people.revoke_role", subject_id=person.public_id)
    return list(entries.values_list("person_id", "details"))
