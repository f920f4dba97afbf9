from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from wurzelwerk.learning_time.models import LearningTimeAgreement, TimeEntry
from wurzelwerk.learning_time.tests.factories import EntryFactory, agreed
from wurzelwerk.people.tests.factories import Cast, PersonFactory, cast

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel 4711"


@pytest.fixture
def people(frozen_time: Traveller) -> Cast:
    return cast()


@pytest.fixture
def page(client: Client, people: Cast) -> Client:
    client.force_login(people.amira)
    return client


def text_of(response: object) -> str:
    return response.content.decode().replace("\xa0", " ")  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "language,heading,lead",
    [
        ("de", "Lernzeit", "Zeit, die dir dein Arbeitgeber"),
        ("de-formal", "Lernzeit", "Zeit, die Ihnen Ihr Arbeitgeber"),
        ("en", "Learning time", "Time your employer grants you"),
    ],
)
def test_page_speaks_every_language(
    frozen_time: Traveller, client: Client, language: str, heading: str, lead: str
) -> None:
    client.force_login(PersonFactory(language=language))

    text = text_of(client.get("/learning-time"))

    assert f"<h1>{heading}</h1>" in text
    assert lead in text
    assert client.get("/learning-time/agreement").status_code == 200


def test_month_shows_gauge_and_entries(page: Client, people: Cast) -> None:
    agreed("2", date(2026, 1, 1))
    EntryFactory(by=people.amira, minutes=75, note="Artikel gelesen", spent_on=date(2026, 11, 20))
    EntryFactory(by=people.amira, minutes=30, note="Oktober-Kurs", spent_on=date(2026, 10, 20))

    text = text_of(page.get("/learning-time"))

    assert "1:15" in text
    assert "8:25" in text
    assert "Artikel gelesen" in text
    assert "Oktober-Kurs" not in text
    assert "Oktober-Kurs" in text_of(page.get("/learning-time?month=2026-10"))


def test_first_month_says_what_to_do(page: Client) -> None:
    text = text_of(page.get("/learning-time"))

    assert "Nichts gebucht" in text
    assert "ist keine Lernzeit vereinbart" in text


def test_using_more_than_agreed_is_said_kindly(page: Client, people: Cast) -> None:
    agreed("1", date(2026, 1, 1))
    EntryFactory(by=people.amira, minutes=600)

    assert "Mehr genutzt als vereinbart" in text_of(page.get("/learning-time"))


def test_booking_in_words(page: Client, people: Cast) -> None:
    response = page.post("/learning-time", {"minutes": "1,5 Std.", "spent_on": "Fr", "note": "Lesen"})

    entry = TimeEntry.objects.get()
    assert (entry.person, entry.minutes, entry.spent_on) == (people.amira, 90, date(2026, 11, 20))
    assert response["Location"] == "/learning-time?month=2026-11"


def test_a_double_click_books_once(page: Client) -> None:
    typed = {"minutes": "30", "spent_on": "heute", "idempotency_key": "a" * 20}

    for _ in range(2):
        assert page.post("/learning-time", typed).status_code == 302

    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize(
    "minutes,day,sentence",
    [
        ("viel", "heute", "Diese Dauer verstehen wir nicht"),
        ("30", "morgen", "Dieser Tag liegt in der Zukunft."),
        ("30", "irgendwann", "Diesen Tag verstehen wir nicht"),
        ("0", "heute", "Buche mindestens eine Minute."),
        ("9999", "heute", "Damit hätte der Tag mehr als 24 Stunden."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    page: Client, minutes: str, day: str, sentence: str
) -> None:
    text = text_of(page.post("/learning-time", {"minutes": minutes, "spent_on": day, "note": "meine Notiz"}))

    assert sentence in text
    assert "meine Notiz" in text
    assert TimeEntry.objects.count() == 0


def test_correcting_an_entry(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, minutes=30, note="alt")
    path = f"/learning-time/entries/{entry.public_id}"

    assert "0:30" in text_of(page.get(path))
    assert "Diesen Tag verstehen wir nicht" in text_of(page.post(path, {"minutes": "45", "spent_on": "nie"}))
    assert "24 Stunden" in text_of(page.post(path, {"minutes": "25:00", "spent_on": "heute"}))
    response = page.post(path, {"minutes": "45", "spent_on": "20.10.", "note": "neu"})

    entry.refresh_from_db()
    assert (entry.minutes, entry.note, response["Location"]) == (45, "neu", "/learning-time?month=2026-10")


def test_removing_offers_the_way_back(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, note="weg damit")

    text = text_of(page.post(f"/learning-time/entries/{entry.public_id}/remove", follow=True))
    assert "weg damit" not in text
    assert f"/learning-time/entries/{entry.public_id}/restore" in text

    restored = page.post(f"/learning-time/entries/{entry.public_id}/restore", follow=True)
    assert "weg damit" in text_of(restored)


@pytest.mark.parametrize("name", ["ben", "clara", "david", "eva", "felix", "greta"])
def test_everybody_else_gets_404_and_no_word(client: Client, people: Cast, name: str) -> None:
    entry = EntryFactory(by=people.amira, note=CANARY)
    client.force_login(getattr(people, name))
    path = f"/learning-time/entries/{entry.public_id}"

    assert client.get(path).status_code == 404
    assert client.post(path, {"minutes": "1", "spent_on": "heute"}).status_code == 404
    assert client.post(f"{path}/remove").status_code == 404
    assert client.post(f"{path}/restore").status_code == 404
    assert CANARY not in text_of(client.get("/learning-time"))
    assert CANARY not in text_of(client.get(f"/people/{people.amira.public_id}"))


def test_everyone_reads_the_rule_and_only_learning_and_development_changes_it(client: Client, people: Cast) -> None:
    agreed("2", date(2026, 7, 1))
    agreed("1.5", date(2026, 1, 1))

    for person, may_change in ((people.amira, False), (people.clara, False), (people.eva, True)):
        client.force_login(person)
        text = text_of(client.get("/learning-time/agreement"))
        assert "2 Stunden Lernzeit in der Woche" in text
        assert "1,5 Stunden Lernzeit in der Woche" in text
        assert ("Die Regel ändern" in text) is may_change


def test_without_a_rule_the_page_says_so(page: Client) -> None:
    assert "Noch keine Regel" in text_of(page.get("/learning-time/agreement"))


def test_eva_changes_the_rule(client: Client, people: Cast) -> None:
    client.force_login(people.eva)
    typed = {"hours_per_week": "2,5", "full_time_hours": "38,5", "valid_from": "1.1.2027"}

    text = text_of(client.post("/learning-time/agreement/everyone", typed, follow=True))

    agreement = LearningTimeAgreement.objects.get()
    assert (agreement.hours_per_week, agreement.full_time_hours) == (Decimal("2.5"), Decimal("38.5"))
    assert agreement.valid_from == date(2027, 1, 1)
    assert "Die Regel ist gespeichert." in text
    assert "ab 1. Januar 2027" in text


@pytest.mark.parametrize(
    "hours,full,day", [("viele", "40", "heute"), ("", "40", "heute"), ("2", "0", "heute"), ("99", "40", "heute")]
)
def test_a_rule_that_cannot_be_gets_a_sentence(client: Client, people: Cast, hours: str, full: str, day: str) -> None:
    client.force_login(people.eva)
    typed = {"hours_per_week": hours, "full_time_hours": full, "valid_from": day}

    response = client.post("/learning-time/agreement/everyone", typed)

    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)
    assert LearningTimeAgreement.objects.count() == 0


def test_eva_agrees_with_one_person_and_never_reads_it_back(client: Client, people: Cast) -> None:
    client.force_login(people.eva)
    typed = {"staff_number": "amira", "hours_per_week": "7,25", "valid_from": "heute"}

    client.post("/learning-time/agreement/person", typed)

    assert LearningTimeAgreement.objects.get().person == people.amira
    assert "7,25" not in text_of(client.get("/learning-time/agreement"))


@pytest.mark.parametrize(
    "typed,sentence",
    [
        ({"staff_number": "nobody"}, "Niemand, der hier arbeitet"),
        ({"hours_per_week": "99"}, "zwischen 0 und 60"),
        ({"valid_from": "nie"}, "Diesen Tag verstehen wir nicht"),
    ],
)
def test_a_personal_agreement_that_cannot_be_gets_a_sentence(
    client: Client, people: Cast, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(people.eva)
    filled = {"staff_number": "amira", "hours_per_week": "2", "valid_from": "heute"} | typed

    assert sentence in text_of(client.post("/learning-time/agreement/person", filled))
    assert LearningTimeAgreement.objects.count() == 0


@pytest.mark.parametrize("path", ["/learning-time/agreement/everyone", "/learning-time/agreement/person"])
@pytest.mark.parametrize("name", ["amira", "clara", "david", "felix", "greta"])
def test_nobody_else_agrees_anything(client: Client, people: Cast, path: str, name: str) -> None:
    client.force_login(getattr(people, name))
    typed = {"hours_per_week": "2", "full_time_hours": "40", "valid_from": "heute", "staff_number": "amira"}

    assert client.post(path, typed).status_code == 403
    assert LearningTimeAgreement.objects.count() == 0


def test_reading_changes_nothing(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira)

    with CaptureQueriesContext(connection) as captured:
        for path in ("/learning-time", "/learning-time/agreement", f"/learning-time/entries/{entry.public_id}"):
            page.get(path)

    assert [query for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


@pytest.mark.parametrize(
    "path",
    [
        "/learning-time/agreement/everyone",
        "/learning-time/agreement/person",
        "/learning-time/entries/x/remove",
        "/learning-time/entries/x/restore",
    ],
)
def test_nothing_changes_by_get(page: Client, path: str) -> None:
    assert page.get(path).status_code == 405


def test_page_costs_the_same_for_one_and_for_three(page: Client, people: Cast) -> None:
    costs = []
    for wanted in (1, 3):
        while TimeEntry.objects.count() < wanted:
            EntryFactory(by=people.amira)
        with CaptureQueriesContext(connection) as captured:
            page.get("/learning-time")
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 16


def test_the_navigation_leads_to_the_rule_only_whom_it_concerns(client: Client, people: Cast) -> None:
    client.force_login(people.eva)
    assert 'href="/learning-time/agreement"' in text_of(client.get("/people"))

    client.force_login(people.amira)
    assert 'href="/learning-time/agreement"' not in text_of(client.get("/people"))
