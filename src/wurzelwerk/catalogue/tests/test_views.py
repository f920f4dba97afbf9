"""The pages, as each of the cast meets them."""

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.catalogue.models import Completion, Enrolment, LearningOpportunity, Session
from wurzelwerk.catalogue.tests.factories import OpportunityFactory, SessionFactory, a_competence
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory, cast

pytestmark = pytest.mark.django_db
OUTCOMES = {
    "outcomes-TOTAL_FORMS": "2",
    "outcomes-INITIAL_FORMS": "0",
    "outcomes-0-from_level": "1",
    "outcomes-0-to_level": "2",
    "outcomes-1-from_level": "0",
    "outcomes-1-to_level": "1",
}
INPUT = {"kind": "article", "title_de": "Neu", "minutes": "45", "languages": ["de"], "is_published": "on"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, opportunity: LearningOpportunity) -> str:
    return reverse(f"catalogue:{name}", kwargs={"public_id": opportunity.public_id})


@pytest.mark.parametrize("language", ["de", "en"])
def test_discover_shows_cards_and_filters(language: str) -> None:
    OpportunityFactory(title_de="Lesen", title_en="Reading", outcome=(a_competence(), 1, 2))
    client = signed_in(PersonFactory(language=language))
    client.cookies["language"] = language

    response = client.get(reverse("catalogue:discover"), {"kind": "article", "duration": "30"})

    assert response.status_code == 200
    assert "Lesen" in response.content.decode() or "Reading" in response.content.decode()


def test_discover_ignores_filters_it_does_not_know() -> None:
    response = signed_in(PersonFactory()).get(
        reverse("catalogue:discover"), {"kind": "nonsense", "competence": "none", "page": "x", "duration": "?"}
    )

    assert response.status_code == 200


def test_discover_answers_htmx_with_the_results_alone() -> None:
    response = signed_in(PersonFactory()).get(reverse("catalogue:discover"), headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


def test_opportunity_page_shows_task_dates_and_outcome() -> None:
    opportunity = OpportunityFactory(
        kind="event", task_de="Eigene Liste auswerten", reflection_de="Was war neu?", outcome=(a_competence(), 1, 2)
    )
    SessionFactory(opportunity=opportunity)

    text = signed_in(PersonFactory()).get(page("opportunity", opportunity)).content.decode()

    assert [word in text for word in ("Eigene Liste auswerten", "Was war neu?", "SQL-Abfragen")] == [True] * 3


def test_withdrawn_opportunity_is_there_only_for_those_who_had_begun_or_maintain_it() -> None:
    people = cast()
    opportunity = OpportunityFactory(is_published=False)
    Completion.objects.create(person=people.amira, opportunity=opportunity)

    answers = [
        signed_in(person).get(page("opportunity", opportunity)).status_code
        for person in (people.amira, people.eva, people.david)
    ]

    assert answers == [200, 200, 404]


def test_begin_finish_and_undo() -> None:
    amira, opportunity = cast().amira, OpportunityFactory()
    client = signed_in(amira)

    client.post(page("start", opportunity))
    client.post(page("complete", opportunity))
    finished = Completion.objects.get(person=amira).completed_at
    client.post(page("reopen", opportunity))

    assert finished is not None
    assert Completion.objects.get(person=amira).completed_at is None


def test_place_is_taken_refused_and_given_back() -> None:
    session = SessionFactory(places=1)
    amira, ben = PersonFactory(), PersonFactory()
    enrol = reverse("catalogue:enrol", kwargs={"public_id": session.public_id})

    signed_in(amira).post(enrol)
    refused = signed_in(ben).post(enrol, follow=True).content.decode()
    signed_in(amira).post(reverse("catalogue:cancel", kwargs={"public_id": session.public_id}))

    assert "Alle Plätze" in refused or "All places" in refused
    assert Enrolment.objects.filter(cancelled_at=None).count() == 0


@pytest.mark.parametrize("name", ["catalogue", "create"])
def test_only_learning_and_development_finds_the_maintenance_pages(name: str) -> None:
    people = cast()

    answers = {
        who: signed_in(getattr(people, who)).get(reverse(f"catalogue:{name}")).status_code for who in people.__slots__
    }

    assert answers == {who: 200 if who == "eva" else 404 for who in people.__slots__}


def test_creating_and_editing() -> None:
    client = signed_in(cast().eva)
    competence = a_competence()

    client.post(reverse("catalogue:create"), {**INPUT, **OUTCOMES, "outcomes-0-competence": competence.public_id})
    created = LearningOpportunity.objects.get(title_de="Neu")
    kept = {**OUTCOMES, "outcomes-INITIAL_FORMS": "1", "outcomes-0-competence": competence.public_id}
    client.post(page("edit", created), {**INPUT, **kept, "outcomes-0-to_level": "3"})
    levels = list(created.outcomes.values_list("from_level", "to_level"))
    removed = {**kept, "outcomes-0-DELETE": "on"}
    client.post(page("edit", created), {**INPUT, **removed, "title_de": "Neuer", "minutes": "1:30"})

    changed = LearningOpportunity.objects.get(pk=created.pk)
    assert levels == [(1, 3)]
    assert (changed.title_de, changed.minutes, changed.outcomes.count()) == ("Neuer", 90, 0)


def test_sending_the_form_twice_creates_once() -> None:
    client = signed_in(cast().eva)

    for _turn in range(2):
        client.post(reverse("catalogue:create"), {**INPUT, **OUTCOMES, "idempotency_key": "one"})

    assert LearningOpportunity.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_de": ""},
        {"kind": "work_task"},
        {"kind": "link"},
        {"minutes": "0"},
        {"minutes": "bald"},
        {"outcomes-0-to_level": "1", "outcomes-0-competence": "SQL"},
        {"outcomes-0-competence": "SQL", "outcomes-1-competence": "SQL"},
    ],
)
def test_wrong_input_is_shown_again_and_nothing_is_saved(wrong: dict[str, str]) -> None:
    key = a_competence().public_id
    wrong = {name: value.replace("SQL", key) for name, value in wrong.items()}

    response = signed_in(cast().eva).post(reverse("catalogue:create"), {**INPUT, **OUTCOMES, **wrong})

    assert (response.status_code, LearningOpportunity.objects.count()) == (422, 0)


def test_publishing_can_be_turned_round() -> None:
    client, opportunity = signed_in(cast().eva), OpportunityFactory()

    states = []
    for answer in ("no", "yes"):
        client.post(page("publish", opportunity), {"publish": answer})
        states.append(LearningOpportunity.objects.get().is_published)

    assert states == [False, True]


def test_a_date_is_added_or_its_mistake_shown() -> None:
    client, opportunity = signed_in(cast().eva), OpportunityFactory(kind="event")
    data = {"session-day": "24.12.2026", "session-time": "10:00", "session-minutes": "90", "session-places": "8"}

    wrong = client.post(page("add_session", opportunity), {**data, "session-places": "0"})
    right = client.post(page("add_session", opportunity), data)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert (Session.objects.get().ends_at - Session.objects.get().starts_at).total_seconds() == 90 * 60


def test_unknown_keys_are_not_there() -> None:
    client = signed_in(cast().eva)

    addresses = [
        reverse("catalogue:opportunity", kwargs={"public_id": "none"}),
        reverse("catalogue:edit", kwargs={"public_id": "none"}),
    ]

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.post(reverse("catalogue:enrol", kwargs={"public_id": "none"})).status_code == 404


def test_list_searches_and_sorts() -> None:
    client = signed_in(cast().eva)
    OpportunityFactory(title_de="Alpha")
    OpportunityFactory(title_de="Beta", title_en="")

    text = client.get(reverse("catalogue:catalogue"), {"q": "beta", "sort": "-minutes"}).content.decode()

    assert ("Beta" in text, "Alpha" in text) == (True, False)
