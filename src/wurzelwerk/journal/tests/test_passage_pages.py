import pytest
from django.test import Client
from time_machine import Traveller

from wurzelwerk.competences.actions import add_to_profile
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.competences.tests.factories import described
from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(frozen_time: Traveller) -> Cast:
    return cast()


@pytest.fixture
def page(client: Client, people: Cast) -> Client:
    client.force_login(people.amira)
    return client


@pytest.fixture
def competence(people: Cast) -> Competence:
    known = described(label_de="Zuhören", label_en="Listening")
    add_to_profile(by=people.amira, competence=known)
    return known


@pytest.fixture
def entry(people: Cast) -> JournalEntry:
    written: JournalEntry = EntryFactory(by=people.amira, body="Erst war es **still**.\n\nDann kam die Antwort.")
    return written


def text_of(response: object) -> str:
    return response.content.decode().replace("\xa0", " ")  # type: ignore[attr-defined, no-any-return]


def test_the_first_step_offers_passages_and_competences(
    page: Client, entry: JournalEntry, competence: Competence
) -> None:
    text = text_of(page.get(f"/journal/{entry.public_id}/mark"))

    assert "Erst war es still." in text
    assert "Dann kam die Antwort." in text
    assert f'name="competence" value="{competence.public_id}"' in text


def test_another_competence_can_be_searched(page: Client, entry: JournalEntry) -> None:
    other = described(label_de="Moderation")

    assert other.public_id in text_of(page.get(f"/journal/{entry.public_id}/mark?q=moder"))
    assert "Zu „xyz“ passt keine Kompetenz." in text_of(page.get(f"/journal/{entry.public_id}/mark?q=xyz"))


def test_the_second_step_shows_the_passage_and_the_anchors(
    page: Client, entry: JournalEntry, competence: Competence
) -> None:
    text = text_of(page.get(f"/journal/{entry.public_id}/mark?paragraph=1&competence={competence.public_id}"))

    assert "Dann kam die Antwort.</textarea>" in text
    assert "Kann es zu 3." in text


def test_a_selected_text_comes_by_post(page: Client, entry: JournalEntry, competence: Competence) -> None:
    path = f"/journal/{entry.public_id}/mark"

    first = text_of(page.post(path, {"selected": "kam die Antwort"}))
    assert 'name="selected" value="kam die Antwort"' in first
    second = text_of(page.post(path, {"selected": "kam die Antwort", "competence": competence.public_id}))

    assert "kam die Antwort</textarea>" in second
    assert Evidence.objects.count() == 0


def test_the_third_step_shows_exactly_what_others_would_see(
    page: Client, entry: JournalEntry, competence: Competence
) -> None:
    path = f"/journal/{entry.public_id}/mark/{competence.public_id}"

    text = text_of(page.post(path, {"text": "Dann kam die Antwort.", "level": "3"}))

    assert "Das wird in deinem Profil stehen" in text
    assert "Stufe 3: Kann es zu 3." in text
    assert "deine Führungskraft: nie" in text
    assert Evidence.objects.count() == 0


def test_only_the_confirmation_makes_evidence_and_only_once(
    page: Client, entry: JournalEntry, competence: Competence
) -> None:
    path = f"/journal/{entry.public_id}/mark/{competence.public_id}"
    form = {"text": "Dann kam die Antwort.", "level": "3", "confirm": "yes", "idempotency_key": "k" * 20}

    for _ in range(2):
        assert page.post(path, form)["Location"] == f"/journal/{entry.public_id}"

    assert Evidence.objects.get().summary == "Dann kam die Antwort."
    text = text_of(page.get(f"/journal/{entry.public_id}"))
    assert "Jetzt ist es ein Nachweis in deinem Profil." in text
    assert f"/journal/passages/{Passage.objects.get().public_id}/withdraw" in text


def test_going_back_keeps_what_was_typed(page: Client, entry: JournalEntry, competence: Competence) -> None:
    path = f"/journal/{entry.public_id}/mark/{competence.public_id}"

    text = text_of(page.post(path, {"text": "gekürzt", "level": "4", "change": "yes"}))

    assert "gekürzt</textarea>" in text
    assert 'value="4" id="id_level_3" checked' in text


@pytest.mark.parametrize("form", [{"text": "", "level": "3"}, {"text": "x", "level": ""}, {"text": "x", "level": "9"}])
def test_a_missing_answer_gets_a_sentence(
    page: Client, entry: JournalEntry, competence: Competence, form: dict[str, str]
) -> None:
    text = text_of(page.post(f"/journal/{entry.public_id}/mark/{competence.public_id}", form | {"confirm": "yes"}))

    assert 'role="alert"' in text
    assert Evidence.objects.count() == 0


def test_taking_back_and_bringing_back(page: Client, entry: JournalEntry, competence: Competence) -> None:
    form = {"text": "Dann kam die Antwort.", "level": "3", "confirm": "yes"}
    page.post(f"/journal/{entry.public_id}/mark/{competence.public_id}", form)
    path = f"/journal/passages/{Passage.objects.get().public_id}"

    text = text_of(page.post(f"{path}/withdraw", follow=True))
    assert f'action="{path}/restore"' in text
    assert Evidence.objects.in_force().count() == 0

    page.post(f"{path}/restore")
    assert Evidence.objects.in_force().count() == 1


def test_what_is_not_there_is_not_there(page: Client, entry: JournalEntry, competence: Competence) -> None:
    path = f"/journal/{entry.public_id}/mark"

    assert "</textarea>" in text_of(page.get(f"{path}?competence={competence.public_id}"))
    assert page.get(f"{path}?paragraph=9&competence={competence.public_id}").status_code == 404
    assert page.get(f"{path}?paragraph=0&competence=unknown").status_code == 404
    assert page.post(f"{path}/unknown", {"text": "x", "level": "3"}).status_code == 404


def test_an_entry_in_the_basket_gives_no_evidence(page: Client, entry: JournalEntry, competence: Competence) -> None:
    page.post(f"/journal/{entry.public_id}/delete")

    form = {"text": "x", "level": "3", "confirm": "yes"}
    text = text_of(page.post(f"/journal/{entry.public_id}/mark/{competence.public_id}", form))

    assert "liegt im Papierkorb" in text
    assert Evidence.objects.count() == 0
