"""The pages of the plan, as each of the cast meets them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.catalogue.tests.factories import a_competence
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.paths.choices import StepState
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.paths.tests.factories import a_path, some_opportunities, step_of
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory, cast
from wurzelwerk.privacy.actions import revoke_share, share
from wurzelwerk.privacy.models import AccessLogEntry

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, thing: LearningGoal | PathStep) -> str:
    return reverse(f"paths:{name}", kwargs={"public_id": thing.public_id})


@pytest.mark.parametrize("name", ["board", "weeks", "goals"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_every_view_of_the_plan_stands_empty_and_full(name: str, is_empty: bool) -> None:
    amira = cast().amira
    if not is_empty:
        a_path(amira)

    assert signed_in(amira).get(reverse(f"paths:{name}")).status_code == 200


def test_a_path_is_proposed_and_taken_once() -> None:
    some_opportunities()
    client = signed_in(cast().amira)
    address = f"{reverse('paths:plan_create')}?competence={a_competence().public_id}&target_level=1"

    proposal = client.get(address)
    for _turn in range(2):
        client.post(address, {"target_level": "1", "leave": ["0"], "idempotency_key": "once"})

    assert proposal.status_code == 200
    assert LearningGoal.objects.count() == 1
    assert list(PathStep.objects.values_list("kind", flat=True)) == ["work_task", "reflection", "review"]


def test_a_path_to_nowhere_is_not_there() -> None:
    client = signed_in(cast().amira)

    assert client.get(f"{reverse('paths:plan_create')}?competence=none").status_code == 404


def test_nobody_else_finds_goal_and_steps() -> None:
    people = cast()
    goal = a_path(people.amira)
    step = step_of(goal, "work_task")

    answers = {
        who: (
            signed_in(getattr(people, who)).get(page("goal", goal)).status_code,
            signed_in(getattr(people, who)).get(page("step", step)).status_code,
        )
        for who in ("ben", "clara", "david", "eva", "felix", "greta")
    }

    assert set(answers.values()) == {(404, 404)}


def test_a_shared_path_is_read_by_the_lead_logged_and_closed_again() -> None:
    people = cast()
    goal = a_path(people.amira)
    opened = share(by=people.amira, item=Item.PATH, object_key=goal.public_id, label="SQL", audience=Audience.LEAD)

    seen = signed_in(people.clara).get(page("goal", goal)).status_code
    changed = signed_in(people.clara).post(page("drop", goal)).status_code
    entry = AccessLogEntry.objects.get()
    revoke_share(by=people.amira, share=opened)

    assert (seen, changed, entry.reader) == (200, 404, people.clara)
    assert signed_in(people.clara).get(page("goal", goal)).status_code == 404


def test_the_lead_sees_the_path_only() -> None:
    """No progress, no lateness and nothing of the estimate it began at."""
    people = cast()
    goal = a_path(people.amira)
    LearningGoal.objects.filter(pk=goal.pk).update(from_level=2.4)
    PathStep.objects.filter(goal=goal).update(due_on=date(2026, 1, 1))
    share(by=people.amira, item=Item.PATH, object_key=goal.public_id, label="SQL", audience=Audience.LEAD)

    own, lead = (signed_in(one).get(page("goal", goal)).content.decode() for one in (people.amira, people.clara))

    betraying = ("2,4", "progressbar", "fällig", "geplant")
    assert [word for word in betraying if word.casefold() in own.casefold()] == list(betraying)
    assert [word for word in betraying if word.casefold() in lead.casefold()] == []
    assert "Erste Abfrage lesen" in lead


def test_a_path_is_shared_where_it_stands_and_found_on_the_page_of_its_owner() -> None:
    people = cast()
    goal = a_path(people.amira)
    owner, lead, stranger = (signed_in(one) for one in (people.amira, people.clara, people.david))
    person_page = f"/people/{people.amira.public_id}"

    control = f"/privacy/share/path/{goal.public_id}"
    before = owner.get(page("goal", goal)).content.decode()
    opened = owner.post(control, {"whom": "lead"})
    shown = [page("goal", goal) in client.get(person_page).content.decode() for client in (lead, stranger)]
    noted = AccessLogEntry.objects.filter(item=Item.PATH).values_list("person", "reader")
    listed = list(noted)
    owner.post(f"{control}/close")

    assert control in before
    assert opened.headers["Location"] == page("goal", goal) + "#sharing"
    assert shown == [True, False]
    assert listed == [(people.amira.pk, people.clara.pk)]
    assert page("goal", goal) not in lead.get(person_page).content.decode()


def test_a_path_put_aside_or_of_somebody_else_cannot_be_shared() -> None:
    people = cast()
    goal = a_path(people.amira)
    control = f"/privacy/share/path/{goal.public_id}"
    foreign = signed_in(people.david).post(control, {"whom": "lead"}).status_code

    owner = signed_in(people.amira)
    owner.post(page("drop", goal))

    assert (foreign, owner.post(control, {"whom": "lead"}).status_code) == (404, 404)


def test_moving_works_without_javascript_and_in_place() -> None:
    amira = cast().amira
    step = step_of(a_path(amira), "work_task")
    client = signed_in(amira)

    plain = client.post(page("move", step), {"state": "doing"})
    in_place = client.post(page("move", step), {"state": "applying"}, headers={"HX-Request": "true"})

    step.refresh_from_db()
    assert (plain.status_code, in_place.status_code, step.state) == (302, 200, StepState.APPLYING)
    assert "<html" not in in_place.content.decode()


def test_an_unknown_column_moves_nothing() -> None:
    amira = cast().amira
    step = step_of(a_path(amira), "work_task")

    signed_in(amira).post(page("move", step), {"state": "nowhere"})

    step.refresh_from_db()
    assert step.state == StepState.PLANNED


def test_a_missing_sentence_keeps_the_page_and_a_sentence_ends_the_step() -> None:
    amira = cast().amira
    step = step_of(a_path(amira), "work_task")
    client = signed_in(amira)

    missing = client.post(page("complete", step), {"reflection": "", "minutes": "1:30"})
    wrong = client.post(page("complete", step), {"reflection": "Gut.", "minutes": "viel"})
    done = client.post(page("complete", step), {"reflection": "Gut gelaufen.", "minutes": "1:30"})

    assert (missing.status_code, wrong.status_code, done.status_code) == (422, 422, 302)
    assert "1:30" in missing.content.decode()
    assert client.get(page("step", step)).status_code == 200


def test_putting_aside_and_taking_up_again() -> None:
    amira = cast().amira
    goal = a_path(amira)
    client = signed_in(amira)

    client.post(page("drop", goal))
    aside = client.get(page("goal", goal)).status_code
    client.post(page("resume", goal))

    assert (aside, LearningGoal.objects.get().dropped_at) == (200, None)


@pytest.mark.parametrize("language", ["de", "de-formal", "en"])
def test_the_pages_stand_in_every_language(language: str) -> None:
    person = PersonFactory(language=language)
    goal = a_path(person)
    client = signed_in(person)
    client.cookies["language"] = language

    addresses = [page("goal", goal), page("step", step_of(goal, "work_task")), reverse("paths:board")]

    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
