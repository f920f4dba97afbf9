"""The pages somebody has about themselves: profile, one competence, self-assessment, evidence."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.competences.actions import add_to_profile, assess_self, set_wished_role
from wurzelwerk.competences.gap_actions import GapAction, gap_actions
from wurzelwerk.competences.models import Competence, Evidence, ProfileCompetence, WishedRole
from wurzelwerk.competences.tests.factories import CompetenceFactory, described, evidence, role_of, target
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, PersonFactory, cast

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


@pytest.mark.parametrize(
    "language,sentences",
    [
        (
            "de",
            ["Meine Kompetenzen", "Deine Lücken", "eingeschätzt auf 1, gebraucht wird 4", "Noch nicht eingeschätzt"],
        ),
        ("de-formal", ["Meine Kompetenzen", "Ihre Lücken"]),
        ("en", ["My competences", "Your gaps", "rated 1, needed is 4", "Not rated yet"]),
    ],
)
def test_the_profile_speaks_the_language_of_the_person(
    amira: Person, client: Client, language: str, sentences: list[str]
) -> None:
    speak(amira, language)

    page = text(client, "/profile")

    assert [sentence for sentence in sentences if sentence not in page] == []


@pytest.mark.parametrize(
    "address",
    ["/profile?view=table", "/profile?beside=none", "/profile?gaps=all", "/profile?view=x&beside=wish&gaps=7"],
)
def test_the_profile_answers_every_address(amira: Person, client: Client, address: str) -> None:
    page = text(client, address)

    assert "Können Eins" in page
    assert page.count("<h1>") == 1


def test_a_part_of_the_profile_is_answered_alone(amira: Person, client: Client) -> None:
    page = client.get("/profile", headers={"HX-Request": "true"}).content.decode()

    assert "Können Zwei" in page
    assert "<h1>" not in page


def test_the_wished_role_is_compared_beside_the_own(amira: Person, client: Client) -> None:
    wished = JobRoleFactory(title_de="Leitung Montage")
    target(wished, {CompetenceFactory(label_de="Führen"): 3})
    set_wished_role(by=amira, job_role=wished)

    assert "Führen" not in text(client, "/profile")
    assert "Führen" in text(client, "/profile?beside=wish")


def test_more_gaps_than_fit_are_one_click_away(amira: Person, client: Client) -> None:
    target(role_of(amira), {CompetenceFactory(): 3 for _ in range(9)})

    assert "3 weitere anzeigen" in text(client, "/profile")
    assert "weitere anzeigen" not in text(client, "/profile?gaps=all")


@pytest.mark.parametrize("has_role", [True, False])
def test_the_first_day_says_how_to_begin(client: Client, people: Cast, has_role: bool) -> None:
    if not has_role:
        Employment.objects.filter(person=people.ben).update(job_role=None)
    client.force_login(people.ben)

    page = text(client, "/profile")

    assert ("Deine Rolle hat noch kein Sollprofil" if has_role else "Hier wächst dein Profil") in page
    assert reverse("competences:add") in page


def test_before_the_first_rating_the_profile_invites_to_it(client: Client, people: Cast) -> None:
    target(role_of(people.ben), {CompetenceFactory(): 3})
    client.force_login(people.ben)

    assert "Fünf Minuten für ein erstes Bild" in text(client, "/profile")


def test_somebody_without_role_but_with_evidence_is_told_why_there_is_no_comparison(client: Client) -> None:
    person = PersonFactory()
    assess_self(by=person, competence=CompetenceFactory(), level=2)
    client.force_login(person)

    assert "steht noch nicht in der Personaldatei" in text(client, "/profile")


def test_higher_rooms_offer_ways_to_close_a_gap(amira: Person, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        "mine": GapAction("Etwas tun", "sprout", lambda _person, found: f"/do/{found.public_id}"),
        "never": GapAction("Nie", "sprout", lambda _person, _found: None),
    }
    monkeypatch.setattr(gap_actions, "_entries", entries)

    page = text(client, "/profile")

    assert f"/do/{one('Zwei').public_id}" in page
    assert f"/do/{one('Eins').public_id}" not in page
    assert "Nie<" not in page


@pytest.mark.parametrize("language,why", [("de", "Warum diese Stufe?"), ("en", "Why this level?")])
def test_a_competence_explains_its_level(amira: Person, client: Client, language: str, why: str) -> None:
    speak(amira, language)
    evidence(amira, one("Eins"), 4, summary="Werkstück 7")

    page = text(client, f"/competences/{one('Eins').public_id}")

    assert why in page
    assert "Werkstück 7" in page
    assert ("= <strong>3,50</strong>" if language == "de" else "= <strong>3.50</strong>") in page


def test_a_competence_nobody_rated_is_unknown_and_not_zero(amira: Person, client: Client) -> None:
    page = text(client, f"/competences/{one('Drei').public_id}")

    assert "Unbekannt heißt nicht null" in page
    assert "Kann es zu 5." in page
    assert "Warum diese Stufe?" not in page


def test_disagreement_and_age_are_shown(people: Cast, amira: Person, client: Client) -> None:
    evidence(amira, one("Eins"), 1, source="partner", by=people.ben, given_by=people.ben)
    evidence(amira, one("Drei"), 3, source="certificate", observed_on=date(2025, 1, 1))

    assert "Deine Nachweise widersprechen sich" in text(client, f"/competences/{one('Eins').public_id}")
    assert "Ungesichert seit 2. Dezember 2025" in text(client, f"/competences/{one('Drei').public_id}").replace(
        "\xa0", " "
    )


def test_a_retired_competence_keeps_its_page(amira: Person, client: Client) -> None:
    Competence.objects.filter(pk=one("Eins").pk).update(retired_at=clock.now())

    page = text(client, f"/competences/{one('Eins').public_id}")

    assert "gehört nicht mehr zu" in page
    assert reverse("competences:assess", args=[one("Eins").public_id]) not in page


def test_others_see_the_competence_but_nothing_about_amira(people: Cast, amira: Person, client: Client) -> None:
    evidence(amira, one("Eins"), 4, summary="Werkstück 7")

    for stranger in (people.ben, people.clara, people.david, people.eva, people.felix, people.greta):
        client.force_login(stranger)
        page = text(client, f"/competences/{one('Eins').public_id}")
        assert "Werkstück 7" not in page
        assert "Unbekannt heißt nicht null" in page


def test_rating_oneself_saves_and_leads_back_with_undo(amira: Person, client: Client) -> None:
    address = reverse("competences:assess", args=[one("Drei").public_id])
    form = text(client, address)

    answer = client.post(address, {"level": "2", "note": "Prüfung 4", "idempotency_key": "k"})
    again = client.post(address, {"level": "2", "note": "Prüfung 4", "idempotency_key": "k"})

    found = Evidence.objects.get(person=amira, competence=one("Drei"))
    assert "Kann es zu 3." in form
    assert answer["Location"] == again["Location"] == f"/competences/{one('Drei').public_id}"
    assert (found.level, found.summary) == (2, "Prüfung 4")
    page = text(client, answer["Location"])
    assert reverse("competences:withdraw", args=[found.public_id]) in page
    assert "Gespeichert: Stufe 2 in „Können Drei“." in page


def test_rating_goes_on_with_the_next_unknown(amira: Person, client: Client) -> None:
    chosen = described(label_de="Können Vier")
    add_to_profile(by=amira, competence=chosen)
    first = reverse("competences:assess", args=[one("Drei").public_id])

    assert "Eine weitere ist noch nicht eingeschätzt." in text(client, first)
    onward = client.post(first, {"level": "2", "then": "next"})
    last = client.post(onward["Location"], {"level": "0", "then": "next"})

    assert onward["Location"] == reverse("competences:assess", args=[chosen.public_id])
    assert last["Location"] == "/profile"
    assert Evidence.objects.get(competence=chosen).level == 0


def test_a_missing_choice_keeps_what_was_typed(amira: Person, client: Client) -> None:
    answer = client.post(reverse("competences:assess", args=[one("Drei").public_id]), {"note": "Mein Satz"})

    page = answer.content.decode()
    assert "Bitte den Satz wählen, der am besten passt." in page
    assert "Mein Satz" in page


def test_a_refused_rating_says_why(amira: Person, client: Client) -> None:
    Competence.objects.filter(pk=one("Drei").pk).update(retired_at=clock.now())

    answer = client.post(reverse("competences:assess", args=[one("Drei").public_id]), {"level": "2"})

    assert "gehört nicht mehr zu ihrem Kompetenzrahmen" in answer.content.decode()


def test_the_last_rating_is_chosen_beforehand(amira: Person, client: Client) -> None:
    page = text(client, reverse("competences:assess", args=[one("Eins").public_id]))

    assert "Deine letzte Einschätzung: Stufe 3" in page
    assert 'value="3" id="id_level_3" checked' in page


def test_a_competence_is_found_added_and_removed_again(amira: Person, client: Client) -> None:
    found = CompetenceFactory(label_de="Zeichnungen lesen")

    assert "Zeichnungen lesen" in text(client, "/profile/add?q=zeichnung")
    assert "Nichts gefunden" in text(client, "/profile/add?q=quantenphysik")
    added = client.post("/profile/add", {"key": found.public_id})
    listed = text(client, "/profile/add?q=zeichnung")
    client.post("/profile/remove", {"key": found.public_id})

    assert added["Location"] == f"/competences/{found.public_id}"
    assert "in deinem Profil" in listed
    assert not ProfileCompetence.objects.exists()


def test_a_retired_competence_is_not_added(amira: Person, client: Client) -> None:
    found = CompetenceFactory(retired_at=clock.now())

    assert client.post("/profile/add", {"key": found.public_id})["Location"] == "/profile/add"
    assert "gehört nicht mehr" in text(client, "/profile/add")


def test_a_wished_role_is_chosen_and_taken_back(amira: Person, client: Client) -> None:
    wished = JobRoleFactory(title_de="Leitung Montage")
    target(wished, {CompetenceFactory(): 3})

    page = text(client, "/profile/wish?q=montage")
    chosen = client.post("/profile/wish", {"key": wished.public_id, "idempotency_key": "a"})
    now = text(client, "/profile/wish")
    client.post("/profile/wish", {"key": ""})

    assert "Leitung Montage" in page
    assert chosen["Location"] == "/profile?beside=wish"
    assert "dein Wunsch" in now
    assert not WishedRole.objects.exists()


@pytest.mark.parametrize("search,sentence", [("", "Noch gibt es keine Rollen"), ("?q=xyz", "Nichts gefunden zu „xyz“")])
def test_without_roles_there_is_nothing_to_wish_for(people: Cast, client: Client, search: str, sentence: str) -> None:
    client.force_login(people.ben)

    assert sentence in text(client, f"/profile/wish{search}")


@pytest.mark.parametrize("address", ["/profile/wish", "/profile/add", "/profile/remove"])
def test_a_made_up_key_is_not_there(amira: Person, client: Client, address: str) -> None:
    assert client.post(address, {"key": "made-up"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_competence_costs_the_same_for_one_and_for_three_pieces(amira: Person, client: Client, number: int) -> None:
    for day in range(1, number):
        evidence(amira, one("Eins"), 4, observed_on=date(2026, 11, day))

    with CaptureQueriesContext(connection) as queries:
        text(client, f"/competences/{one('Eins').public_id}")

    assert len(queries) <= 18
