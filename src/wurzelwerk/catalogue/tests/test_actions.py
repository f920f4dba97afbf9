"""Maintaining the catalogue and learning with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.catalogue import actions
from wurzelwerk.catalogue.actions import OutcomeInput
from wurzelwerk.catalogue.events import OpportunityCompleted, opportunity_completed
from wurzelwerk.catalogue.models import Completion, Enrolment
from wurzelwerk.catalogue.tests.factories import OpportunityFactory, SessionFactory, a_competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.models import Statement
from wurzelwerk.people.tests.factories import PersonFactory, cast
from wurzelwerk.search.queries import find

pytestmark = pytest.mark.django_db
FIELDS = {"kind": "article", "title_de": "Gute Fragen stellen", "minutes": 12, "languages": ["de"]}


def test_save_opportunity_keeps_fields_outcomes_audit_and_index(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    eva = cast().eva
    outcome = OutcomeInput(a_competence(), 1, 2)

    with django_capture_on_commit_callbacks(execute=True):
        saved = actions.save_opportunity(by=eva, fields=FIELDS, outcomes=[outcome])

    assert (saved.title_de, saved.minutes) == ("Gute Fragen stellen", 12)
    assert list(saved.outcomes.values_list("competence__uri", "from_level", "to_level")) == [("sql", 1, 2)]
    assert AuditEntry.objects.get(verb="catalogue.create").person_id == eva.pk
    assert [hit.object_key for hit in find("frage", sources=("catalogue",)).hits] == [saved.public_id]


def test_save_opportunity_replaces_outcomes() -> None:
    eva = cast().eva
    saved = actions.save_opportunity(by=eva, fields=FIELDS, outcomes=[OutcomeInput(a_competence(), 1, 2)])

    actions.save_opportunity(
        by=eva, fields=FIELDS, outcomes=[OutcomeInput(a_competence("talk", "Reden"), 2, 3)], opportunity=saved
    )

    assert list(saved.outcomes.values_list("competence__uri", flat=True)) == ["talk"]


def test_only_learning_and_development_saves() -> None:
    with pytest.raises(Refused):
        actions.save_opportunity(by=cast().david, fields=FIELDS, outcomes=[])


def test_withdrawn_opportunity_leaves_the_index_and_comes_back() -> None:
    eva = cast().eva
    saved = actions.save_opportunity(by=eva, fields=FIELDS, outcomes=[])

    actions.set_published(by=eva, opportunity=saved, is_published=False)
    while_withdrawn = find("Fragen", sources=("catalogue",)).total
    actions.set_published(by=eva, opportunity=saved, is_published=True)

    assert (while_withdrawn, find("Fragen", sources=("catalogue",)).total) == (0, 1)


def test_start_opportunity_twice_counts_once() -> None:
    person, opportunity = PersonFactory(), OpportunityFactory(outcome=(a_competence(), 1, 2))

    first = actions.start_opportunity(by=person, opportunity=opportunity)
    second = actions.start_opportunity(by=person, opportunity=opportunity)

    assert first == second
    assert [(row.verb, row.competence_key) for row in Statement.objects.all()] == [
        ("started", a_competence().public_id)
    ]


def test_complete_opportunity_records_statement_and_event_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person, opportunity = PersonFactory(), OpportunityFactory(minutes=25)
    heard: list[OpportunityCompleted] = []
    opportunity_completed.connect(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        actions.complete_opportunity(by=person, opportunity=opportunity)
        actions.complete_opportunity(by=person, opportunity=opportunity, minutes=99)

    completion = Completion.objects.get()
    assert completion.minutes == 25
    assert heard == [OpportunityCompleted(person.pk, opportunity.pk, 25)]
    assert [row.verb for row in Statement.objects.all()] == ["completed"]


def test_reopen_takes_finished_back() -> None:
    person, opportunity = PersonFactory(), OpportunityFactory()
    actions.complete_opportunity(by=person, opportunity=opportunity)

    actions.reopen_opportunity(by=person, opportunity=opportunity)

    assert Completion.objects.get().completed_at is None


def test_withdrawn_opportunity_cannot_be_started() -> None:
    with pytest.raises(Refused):
        actions.start_opportunity(by=PersonFactory(), opportunity=OpportunityFactory(is_published=False))


def test_last_place_is_given_once() -> None:
    session = SessionFactory(places=1)
    actions.enrol(by=PersonFactory(), session=session)

    with pytest.raises(Refused):
        actions.enrol(by=PersonFactory(), session=session)


def test_place_can_be_given_back_and_taken_again() -> None:
    session, first, second = SessionFactory(places=1), PersonFactory(), PersonFactory()
    actions.enrol(by=first, session=session)

    actions.cancel_enrolment(by=first, session=session)
    actions.enrol(by=second, session=session)

    taken = Enrolment.objects.filter(cancelled_at=None).values_list("person", flat=True)
    assert list(taken) == [second.pk]


def test_enrolling_again_is_the_same_place() -> None:
    session, person = SessionFactory(places=2), PersonFactory()

    places = [actions.enrol(by=person, session=session) for _turn in range(2)]

    assert places[0] == places[1]


@pytest.mark.parametrize("verb", [actions.enrol, actions.cancel_enrolment])
def test_a_date_that_has_begun_is_closed(verb: Callable[..., object]) -> None:
    session = SessionFactory(starts_at=clock.now() - timedelta(minutes=1))

    with pytest.raises(Refused):
        verb(by=PersonFactory(), session=session)
