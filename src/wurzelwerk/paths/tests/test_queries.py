"""What the plan and the start page read."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.catalogue.tests.factories import a_competence
from wurzelwerk.kernel import clock
from wurzelwerk.paths import actions, queries
from wurzelwerk.paths.choices import StepState
from wurzelwerk.paths.partner_steps import sources
from wurzelwerk.paths.planning import PartnerOption
from wurzelwerk.paths.tests.factories import a_path, some_opportunities, step_of
from wurzelwerk.people.tests.factories import cast

pytestmark = pytest.mark.django_db


def test_every_proposed_step_has_a_reason_in_words() -> None:
    some_opportunities()

    proposal = queries.propose(cast().amira, a_competence(), 1)

    assert all(step.reason for step in proposal.steps)
    assert [step.title for step in proposal.steps[:2]] == ["Erste Abfrage lesen", "Eigene Liste auswerten"]


@pytest.mark.parametrize("offering", [0, 1, 3])
def test_a_registered_source_proposes_a_partner(offering: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_entries", {"test": lambda *_: PartnerOption(offering=offering)})

    step = queries.propose(cast().amira, a_competence(), 1).steps[0]

    assert (step.kind.value, bool(step.reason)) == ("partner", True)


def test_the_current_step_is_in_progress_before_planned() -> None:
    amira = cast().amira
    goal = a_path(amira)
    actions.move_step(by=amira, step=step_of(goal, "reflection"), state=StepState.DOING)

    current = queries.current_step(amira)

    assert current is not None
    assert current.kind.value == "reflection"


def test_nothing_planned_means_no_current_step() -> None:
    assert queries.current_step(cast().amira) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_one_query_for_any_number_of_steps(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    amira = cast().amira
    goal = a_path(amira)
    goal.steps.filter(position__gt=count).delete()
    amira.roles  # noqa: B018 - a request has loaded them

    with django_assert_num_queries(1):
        columns = queries.get_board(amira)

    assert sum(len(column.steps) for column in columns) == count


def test_more_than_three_in_progress_is_hinted_at() -> None:
    amira = cast().amira
    goal = a_path(amira)
    for step in goal.steps.all():
        actions.move_step(by=amira, step=step, state=StepState.DOING)

    assert [column.is_full for column in queries.get_board(amira)] == [False, False, True, False, False]


def test_minutes_due_counts_what_is_not_over() -> None:
    amira = cast().amira
    goal = a_path(amira)
    far = clock.today() + timedelta(days=400)
    actions.complete_step(by=amira, step=step_of(goal, "opportunity"))

    left = queries.minutes_due(amira, clock.today(), far)

    assert left == sum(goal.steps.exclude(kind="opportunity").values_list("minutes", flat=True))


def test_weeks_group_by_monday() -> None:
    amira = cast().amira
    a_path(amira)

    assert all(monday.weekday() == 0 for monday, _steps in queries.get_weeks(amira))


def test_a_late_step_says_so() -> None:
    amira = cast().amira
    goal = a_path(amira)
    goal.steps.update(due_on=clock.today() - timedelta(days=1))

    assert all(step.is_late for step in queries.next_steps(amira))
