from datetime import date

import pytest
from django.test import Client
from time_machine import Traveller

from wurzelwerk.competences.actions import add_to_profile
from wurzelwerk.competences.tests.factories import CompetenceFactory
from wurzelwerk.journal.actions import delete_entry
from wurzelwerk.journal.models import EntryVersion, JournalEntry
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.journal.texts import Content, open_entry, open_version
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "fetch"}
ONE, OTHER = "b" * 14, "c" * 14


@pytest.fixture
def people(frozen_time: Traveller) -> Cast:
    return cast()


@pytest.fixture
def page(client: Client, people: Cast) -> Client:
    client.force_login(people.amira)
    return client


def typed(body: str, version: object = 0, **more: object) -> dict[str, object]:
    return {"title": "", "body": body, "written_on": "heute", "version": version, "editor": ONE, "prompt": ""} | more


def text_of(response: object) -> str:
    return response.content.decode().replace("\xa0", " ")  # type: ignore[attr-defined, no-any-return]


def test_a_new_entry_has_a_name_before_it_is_saved(page: Client) -> None:
    address = page.get("/journal/new?prompt=2")["Location"]

    assert address.startswith("/journal/new/")
    text = text_of(page.get(address))
    assert f'action="{address.split("?")[0]}"' in text
    assert "<ww-autosave" in text
    assert 'name="prompt" value="W' in text
    assert JournalEntry.objects.count() == 0


def test_writing_and_finishing(page: Client, people: Cast) -> None:
    name, competence = new_public_id(), CompetenceFactory()
    add_to_profile(by=people.amira, competence=competence)
    form = typed("Mein Text", title="Titel", prompt="Frage?", written_on="Fr", competences=[competence.public_id])

    response = page.post(f"/journal/new/{name}", form)

    entry = JournalEntry.objects.get()
    assert response["Location"] == f"/journal/{name}"
    assert open_entry(entry) == Content("Titel", "Mein Text", "Frage?")
    assert (entry.public_id, entry.person, entry.written_on) == (name, people.amira, date(2026, 11, 20))
    assert list(entry.competences.all()) == [competence]


def test_a_double_click_writes_one_entry(page: Client) -> None:
    name = new_public_id()

    for _ in range(2):
        assert page.post(f"/journal/new/{name}", typed("Mein Text")).status_code == 302

    assert JournalEntry.objects.count() == 1


def test_autosave_creates_once_and_then_updates(page: Client) -> None:
    path = f"/journal/new/{new_public_id()}"

    first = page.post(path, typed("Mein"), headers=AUTOSAVE)
    second = page.post(path, typed("Mein Text", 1), headers=AUTOSAVE)

    assert first.json() == {"version": 1, "saved_at": "09:00"}
    assert second.json() == {"version": 2, "saved_at": "09:00"}
    assert open_entry(JournalEntry.objects.get()).body == "Mein Text"
    assert page.get(path)["Location"].endswith("/edit")


def test_autosave_of_nothing_answers_without_saving(page: Client) -> None:
    response = page.post(f"/journal/new/{new_public_id()}", typed(""), headers=AUTOSAVE)

    assert response.status_code == 422
    assert JournalEntry.objects.count() == 0


@pytest.mark.parametrize(
    "form,sentence",
    [
        (typed(" "), "Schreib mindestens ein Wort."),
        (typed("Text", written_on="morgen"), "darf nicht in der Zukunft liegen"),
        (typed("Text", written_on="irgendwann"), "Diesen Tag verstehen wir nicht"),
        (typed("Text", title="x" * 201), "200"),
        (typed("Text", competences=["unknown"]), "unknown"),
        (typed("Text", version="x"), 'role="alert"'),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_text(page: Client, form: dict[str, object], sentence: str) -> None:
    text = text_of(page.post(f"/journal/new/{new_public_id()}", form))

    assert sentence in text
    assert str(form["body"]) in text
    assert JournalEntry.objects.count() == 0


def test_two_tabs_in_conflict_by_autosave(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, body="Anfang", title="T")
    path = f"/journal/{entry.public_id}/edit"
    page.post(path, typed("aus dem ersten Tab", 1, title="T"), headers=AUTOSAVE)

    conflict = page.post(path, typed("aus dem zweiten Tab", 1, title="T", editor=OTHER), headers=AUTOSAVE)
    assert conflict.status_code == 409
    assert conflict.json() == {"version": 2, "fields": {"title": "T", "body": "aus dem ersten Tab"}}
    kept = page.post(path, typed("aus dem zweiten Tab", 2, title="T", editor=OTHER), headers=AUTOSAVE)

    assert kept.json()["version"] == 3
    entry.refresh_from_db()
    assert open_entry(entry).body == "aus dem zweiten Tab"
    versions = [
        open_version(row, public_id=entry.public_id, version=row.number).body
        for row in EntryVersion.objects.order_by("number")
    ]
    assert versions == ["Anfang", "aus dem ersten Tab"]


def test_two_tabs_in_conflict_without_scripts(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, body="Anfang")
    path = f"/journal/{entry.public_id}/edit"
    page.post(path, typed("aus dem ersten Tab", 1))

    conflict = page.post(path, typed("aus dem zweiten Tab", 1, editor=OTHER))

    text = text_of(conflict)
    assert conflict.status_code == 409
    assert "aus dem ersten Tab" in text
    assert "aus dem zweiten Tab" in text
    assert 'name="version" value="2"' in text


def test_editing_shows_what_is_there(page: Client, people: Cast) -> None:
    competence = CompetenceFactory()
    entry = EntryFactory(by=people.amira, body="Mein Text", title="Titel", prompt="Frage?", competence=competence)

    text = text_of(page.get(f"/journal/{entry.public_id}/edit"))

    assert "Mein Text" in text
    assert "Frage?" in text
    assert 'value="Titel"' in text
    assert f'value="{competence.public_id}"' in text
    assert 'name="version" value="1"' in text


def test_an_entry_in_the_basket_is_not_written_in(page: Client, people: Cast) -> None:
    entry = delete_entry(by=people.amira, entry=EntryFactory(by=people.amira, body="alt"))

    text = text_of(page.post(f"/journal/{entry.public_id}/edit", typed("neu", 1)))

    assert "Dieser Eintrag liegt im Papierkorb." in text


def test_a_draft_under_somebody_elses_name_is_not_there(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.ben, body="von Ben")

    assert page.post(f"/journal/new/{entry.public_id}", typed("von Amira")).status_code == 404
    assert "von Ben" not in text_of(page.get(f"/journal/new/{entry.public_id}"))
    entry.refresh_from_db()
    assert open_entry(entry).body == "von Ben"
