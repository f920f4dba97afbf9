"""From a text to competences: proposals with their words, taken over by a choice; the text is kept nowhere."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.competences import text_links
from wurzelwerk.competences.actions import index_competences
from wurzelwerk.competences.models import Competence, ProfileCompetence
from wurzelwerk.competences.tests.factories import CompetenceFactory, described, role_of
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
ADDRESS = "/competences/from-text"
ADVERTISEMENT = "Wir suchen jemanden, der Bauteile aus Stahl schweißt und neue Kolleginnen anleitet."


@pytest.fixture(autouse=True)
def _kept_elsewhere(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the index of each test in a folder of its own."""
    monkeypatch.setattr("django.conf.settings.DATA", tmp_path)
    text_links.kept.linker = None
    yield
    text_links.kept.linker = None


@pytest.fixture
def people() -> Cast:
    for label_de, label_en in (("Schweißen", "Welding"), ("Anleiten", "Instructing"), ("Buchhaltung", "Accounting")):
        described(label_de=label_de, label_en=label_en)
    return cast()


def named(name: str) -> Competence:
    found: Competence = Competence.objects.get(label_de=name)
    return found


def read(client: Client, text: str) -> str:
    answer = client.post(ADDRESS, {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_proposals_say_which_words_caused_them(people: Cast, client: Client) -> None:
    client.force_login(people.amira)

    page = read(client, ADVERTISEMENT)

    assert page.index("<strong>Schweißen</strong>") < page.index("<strong>Buchhaltung</strong>")
    assert "<mark>schweißt</mark>" in page or "schweißt</mark>" in page
    assert ADVERTISEMENT in page


def test_what_was_chosen_is_in_the_profile(people: Cast, client: Client) -> None:
    client.force_login(people.amira)
    keys = [named("Schweißen").public_id, named("Anleiten").public_id]

    answer = client.post(ADDRESS, {"text": ADVERTISEMENT, "intent": "profile", "key": keys})

    chosen = ProfileCompetence.objects.filter(person=people.amira).values_list("competence__label_de", flat=True)
    assert (answer["Location"], sorted(chosen)) == (reverse("competences:profile"), ["Anleiten", "Schweißen"])


def test_an_advertisement_becomes_a_draft_of_a_target(people: Cast, client: Client) -> None:
    client.force_login(people.eva)
    role = role_of(people.amira)
    sent = {"text": ADVERTISEMENT, "intent": "target", "role": role.public_id, "key": [named("Schweißen").public_id]}

    answer = client.post(ADDRESS, sent)
    page = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/roles/{role.public_id}?add={named('Schweißen').public_id}"
    assert ("Schweißen" in page, role.target_profiles.exists()) == (True, False)


@pytest.mark.parametrize(
    "sent,told",
    [
        ({"intent": "profile"}, "Bitte wähle mindestens eine Kompetenz."),
        ({"intent": "profile", "key": "none"}, "Bitte wähle mindestens eine Kompetenz."),
        ({"intent": "target", "key": "one"}, "Bitte wähle die Stelle."),
        ({"intent": "target", "key": "one", "role": "none"}, "Bitte wähle die Stelle."),
    ],
)
def test_a_missing_choice_is_told_and_the_text_stays(
    people: Cast, client: Client, sent: dict[str, str], told: str
) -> None:
    client.force_login(people.eva)
    if sent.get("key") == "one":
        sent = {**sent, "key": named("Schweißen").public_id}

    page = client.post(ADDRESS, {"text": ADVERTISEMENT, **sent}).content.decode()

    assert (told in page, ADVERTISEMENT in page) == (True, True)


def test_learners_draft_no_targets(people: Cast, client: Client) -> None:
    client.force_login(people.amira)
    sent = {"text": ADVERTISEMENT, "intent": "target", "role": role_of(people.amira).public_id}

    page = client.post(ADDRESS, {**sent, "key": named("Schweißen").public_id}).content.decode()

    assert ("Bitte wähle die Stelle." in page, "Sollprofil entwerfen" in page) == (True, False)


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "🪴🌱", "1234 5678"])
def test_texts_without_words_are_answered(people: Cast, client: Client, text: str) -> None:
    client.force_login(people.amira)

    assert client.post(ADDRESS, {"text": text}).status_code == 200


def test_a_text_that_is_too_long_is_told(people: Cast, client: Client) -> None:
    client.force_login(people.amira)

    assert "höchstens 100" in read(client, "Schweißen " * 10_001)


def test_a_new_competence_is_found_and_a_retired_one_is_gone(people: Cast, client: Client) -> None:
    client.force_login(people.amira)
    before = read(client, "Sie zeichnen Baupläne.")
    CompetenceFactory(label_de="Baupläne zeichnen", label_en="Drafting")
    run_job(index_competences().pk)
    added = read(client, "Sie zeichnen Baupläne.")
    Competence.objects.filter(label_de="Baupläne zeichnen").update(retired_at=clock.now())

    retired = read(client, "Sie zeichnen Baupläne.")

    assert ["Baupläne zeichnen</strong>" in page for page in (before, added, retired)] == [False, True, False]


def test_the_job_keeps_the_index_that_requests_read(people: Cast, tmp_path: Path) -> None:
    run_job(index_competences().pk)
    (kept,) = (tmp_path / "linking").iterdir()
    modified = kept.stat().st_mtime_ns

    text_links.current_linker()

    assert kept.stat().st_mtime_ns == modified


def test_while_an_import_runs_the_last_index_serves_on(people: Cast, client: Client, tmp_path: Path) -> None:
    client.force_login(people.amira)
    read(client, ADVERTISEMENT)
    kept = sorted((tmp_path / "linking").iterdir())
    CompetenceFactory(label_de="Kommt gerade herein", label_en="Coming in")

    read(client, ADVERTISEMENT)
    text_links.kept.linker = None
    afresh = read(client, ADVERTISEMENT)

    assert sorted((tmp_path / "linking").iterdir()) == kept
    assert "Schweißen</strong>" in afresh


def test_what_others_left_behind_is_removed_in_time(people: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "linking"
    folder.mkdir()
    old, fresh = folder / "new-old", folder / "new-fresh"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(fresh, (time(), time()))

    text_links.build_index()

    assert (old.exists(), fresh.exists(), len(list(folder.glob("*.index")))) == (False, True, 1)


def test_a_damaged_index_is_made_anew(people: Cast, client: Client, tmp_path: Path) -> None:
    text_links.current_linker()
    (kept,) = (tmp_path / "linking").iterdir()
    kept.write_bytes(b"broken")
    text_links.kept.linker = None
    client.force_login(people.amira)

    assert "Schweißen" in read(client, ADVERTISEMENT)


def test_page_speaks_english(people: Cast, client: Client) -> None:
    Person.objects.filter(pk=people.amira.pk).update(language="en")
    client.force_login(people.amira)

    assert "Welding</strong>" in read(client, "You weld parts of steel.")
