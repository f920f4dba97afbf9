"""Sharing, the list of evidence, taking back and confirming; and who finds nothing there."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.competences.actions import assess_self, withdraw_evidence
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.competences.tests.factories import described, evidence, role_of, target
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, cast
from wurzelwerk.privacy.models import Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def amira(people: Cast, client: Client) -> Person:
    """Amira, signed in, with a role that needs three competences of which one is rated."""
    client.force_login(people.amira)
    rated, below, unknown = (
        described(label_de=f"Können {name}", label_en=f"Skill {name}") for name in ("Eins", "Zwei", "Drei")
    )
    target(role_of(people.amira), {rated: 2, below: 4, unknown: 3})
    assess_self(by=people.amira, competence=rated, level=3)
    assess_self(by=people.amira, competence=below, level=1)
    return people.amira


def speak(person: Person, language: str) -> None:
    Person.objects.filter(pk=person.pk).update(language=language)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def one(name: str) -> Competence:
    found: Competence = Competence.objects.get(label_de=f"Können {name}")
    return found


def test_sharing_and_taking_back_hold_at_once(people: Cast, amira: Person, client: Client) -> None:
    found = one("Eins")
    wanted = {"item": "self_assessment", "audience": "community"}

    shared = client.post(f"/competences/{found.public_id}/share", wanted)
    page = text(client, f"/competences/{found.public_id}")
    client.force_login(people.david)
    before = text(client, reverse("people:person", args=[amira.public_id]))
    client.force_login(amira)
    client.post(f"/competences/{found.public_id}/unshare", wanted)
    client.force_login(people.david)
    after = text(client, reverse("people:person", args=[amira.public_id]))

    assert shared["Location"] == f"/competences/{found.public_id}#sharing"
    assert "Nicht mehr teilen" in page
    assert ("Können Eins" in before, "Können Eins" in after) == (True, False)


def test_a_level_opened_to_the_manager_stands_on_the_own_page(people: Cast, amira: Person, client: Client) -> None:
    client.post(f"/competences/{one('Eins').public_id}/share", {"item": "self_assessment", "audience": "lead"})
    client.force_login(people.clara)

    page = text(client, reverse("people:person", args=[amira.public_id]))

    assert "Können Eins" in page
    assert "Stufe 3" in page


@pytest.mark.parametrize(
    "sent,status",
    [
        ({"item": "estimate", "audience": "lead"}, 302),
        ({"item": "journal", "audience": "partner"}, 404),
        ({"item": "nothing", "audience": "partner"}, 404),
        ({}, 404),
    ],
)
def test_what_cannot_be_shared_is_not(amira: Person, client: Client, sent: dict[str, str], status: int) -> None:
    answer = client.post(f"/competences/{one('Eins').public_id}/share", sent)

    assert answer.status_code == status
    assert not Share.objects.exists()


def test_evidence_is_listed_filtered_and_taken_along(people: Cast, amira: Person, client: Client) -> None:
    evidence(amira, one("Eins"), 4, summary="Werkstück 7", source="certificate")
    evidence(amira, one("Zwei"), 2, source="partner", by=people.ben, given_by=people.ben)

    everything = text(client, "/profile/evidence")
    certificates = text(client, "/profile/evidence?source=certificate")
    of_ben = text(client, "/profile/evidence?q=krüger")
    nothing = text(client, "/profile/evidence?q=xyz")
    file = client.get("/profile/evidence.json")

    assert "Werkstück 7" in everything
    assert "Ben Krüger" in everything
    assert ("Werkstück 7" in certificates, "Ben Krüger" in certificates) == (True, False)
    assert ("Werkstück 7" in of_ben, "Ben Krüger" in of_ben) == (False, True)
    assert "Nichts passt" in nothing
    assert file["Content-Disposition"] == 'attachment; filename="kompetenzen-2026-11-23.json"'
    assert "no-store" in file["Cache-Control"]
    content = json.loads(file.content)
    assert [len(entry["evidence"]) for entry in content["competences"]] == [2, 2]
    assert content["competences"][1]["evidence"][0]["given_by"] == "Ben Krüger"


@pytest.mark.parametrize("language,sentence", [("de", "Noch keine Nachweise"), ("en", "No evidence yet")])
def test_without_evidence_the_list_says_how_it_begins(
    people: Cast, client: Client, language: str, sentence: str
) -> None:
    speak(people.ben, language)
    client.force_login(people.ben)

    assert sentence in text(client, "/profile/evidence")


def test_evidence_is_taken_back_and_brought_back(amira: Person, client: Client) -> None:
    piece = Evidence.objects.get(competence=one("Eins"))

    client.post(reverse("competences:withdraw", args=[piece.public_id]))
    page = text(client, f"/competences/{one('Eins').public_id}")
    client.post(reverse("competences:restore", args=[piece.public_id]))

    assert reverse("competences:restore", args=[piece.public_id]) in page
    assert "Unbekannt heißt nicht null" in page
    assert Evidence.objects.in_force().filter(pk=piece.pk).exists()


def test_a_work_sample_is_confirmed_from_the_seventh_day_on(amira: Person, client: Client) -> None:
    fresh = evidence(amira, one("Drei"), 3)
    old = evidence(amira, one("Drei"), 3, observed_on=date(2026, 11, 1))

    page = text(client, f"/competences/{one('Drei').public_id}")
    client.post(reverse("competences:confirm", args=[old.public_id]))
    client.post(reverse("competences:confirm", args=[fresh.public_id]))

    assert page.count("So arbeite ich noch") == 1
    assert [Evidence.objects.get(pk=piece.pk).confirmed_on for piece in (fresh, old)] == [None, date(2026, 11, 23)]


@pytest.mark.parametrize("verb", ["withdraw", "restore", "confirm"])
def test_david_finds_nothing_of_amira(people: Cast, amira: Person, client: Client, verb: str) -> None:
    piece = evidence(amira, one("Drei"), 3, observed_on=date(2026, 11, 1))
    if verb == "restore":
        withdraw_evidence(by=amira, evidence=piece)
    client.force_login(people.david)

    assert client.post(reverse(f"competences:{verb}", args=[piece.public_id])).status_code == 404


def test_who_gave_evidence_cannot_take_it_back(people: Cast, amira: Person, client: Client) -> None:
    piece = evidence(amira, one("Drei"), 3, source="lead", by=people.clara, given_by=people.clara)
    client.force_login(people.clara)

    assert client.post(reverse("competences:withdraw", args=[piece.public_id])).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/profile", "/profile/add", "/profile/wish", "/profile/evidence", "/profile/evidence.json", "/competences/x"],
)
def test_nobody_comes_in_without_signing_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/profile/remove", "/profile/evidence/x/withdraw", "/profile/evidence/x/restore", "/profile/evidence/x/confirm"],
)
def test_looking_never_changes_anything(amira: Person, client: Client, address: str) -> None:
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("address", ["/competences/made-up", "/competences/made-up/assess"])
def test_an_unknown_competence_is_not_there(amira: Person, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
