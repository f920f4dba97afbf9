"""Taking a path and walking it."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.catalogue.models import Completion
from wurzelwerk.catalogue.tests.factories import OpportunityFactory, a_competence
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.models import Statement
from wurzelwerk.paths import actions
from wurzelwerk.paths.choices import StepState
from wurzelwerk.paths.events import StepCompleted, step_completed
from wurzelwerk.paths.models import LearningGoal
from wurzelwerk.paths.tests.factories import a_path, step_of
from wurzelwerk.people.tests.factories import cast

pytestmark = pytest.mark.django_db


def test_plan_path_writes_the_proposed_steps_in_order() -> None:
    amira = cast().amira

    goal = a_path(amira)

    assert list(goal.steps.values_list("kind", flat=True)) == ["opportunity", "work_task", "reflection", "review"]
    assert AuditEntry.objects.get(verb="paths.plan").person_id == amira.pk
    assert [row.verb for row in Statement.objects.all()] == ["planned"]


def test_steps_left_out_are_not_written() -> None:
    amira = cast().amira
    goal = a_path(amira)
    actions.drop_goal(by=amira, goal=goal)

    second = actions.plan_path(by=amira, competence=a_competence(), target_level=1, without=[0, 3])

    assert list(second.steps.values_list("kind", flat=True)) == ["work_task", "reflection"]


def test_planning_anew_keeps_what_has_begun() -> None:
    amira = cast().amira
    goal = a_path(amira)
    task = step_of(goal, "work_task")
    actions.move_step(by=amira, step=task, state=StepState.DOING)

    again = actions.plan_path(by=amira, competence=a_competence(), target_level=1)

    assert again == goal
    assert list(goal.steps.filter(kind="work_task").values_list("pk", flat=True)) == [task.pk]


def test_a_target_is_on_the_scale() -> None:
    with pytest.raises(Refused):
        actions.plan_path(by=cast().amira, competence=a_competence(), target_level=6)


def test_move_step_notes_the_beginning_of_its_opportunity() -> None:
    amira = cast().amira
    step = step_of(a_path(amira), "opportunity")

    actions.move_step(by=amira, step=step, state=StepState.DOING)
    actions.move_step(by=amira, step=step, state=StepState.DOING)

    assert Completion.objects.get(person=amira).opportunity == step.opportunity


def test_only_the_owner_moves() -> None:
    people = cast()
    step = step_of(a_path(people.amira), "opportunity")

    with pytest.raises(Refused):
        actions.move_step(by=people.clara, step=step, state=StepState.DOING)


@pytest.mark.parametrize("kind", ["work_task", "reflection"])
def test_a_task_and_a_reflection_end_with_a_sentence(kind: str) -> None:
    amira = cast().amira
    step = step_of(a_path(amira), kind)

    with pytest.raises(Refused):
        actions.complete_step(by=amira, step=step, reflection="  ")

    step.refresh_from_db()
    assert step.state == StepState.PLANNED


def test_complete_step_keeps_the_reflection_in_the_journal_and_finishes_the_task(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    amira = cast().amira
    step = step_of(a_path(amira), "work_task")
    heard: list[StepCompleted] = []
    step_completed.connect(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        done = actions.complete_step(by=amira, step=step, reflection="Es war leichter als gedacht.", minutes=50)
        actions.complete_step(by=amira, step=step, reflection="Noch einmal.")

    assert done.reflection_key == JournalEntry.objects.get().public_id
    assert Completion.objects.get(person=amira).minutes == 50
    assert heard == [StepCompleted(amira.pk, step.pk)]


def test_the_goal_is_reached_with_its_last_step_and_open_again_when_one_is_moved_back() -> None:
    amira = cast().amira
    goal = a_path(amira)
    for step in goal.steps.all():
        actions.complete_step(by=amira, step=step, reflection="Gelernt.")
    reached = LearningGoal.objects.get().reached_at

    actions.move_step(by=amira, step=step_of(goal, "review"), state=StepState.DOING)

    assert (reached is not None, LearningGoal.objects.get().reached_at) == (True, None)


def test_a_dropped_goal_is_taken_up_again_unless_there_is_a_newer_one() -> None:
    amira = cast().amira
    first = a_path(amira)
    actions.drop_goal(by=amira, goal=first)
    actions.resume_goal(by=amira, goal=first)
    resumed = LearningGoal.objects.get().dropped_at
    actions.drop_goal(by=amira, goal=first)
    actions.plan_path(by=amira, competence=a_competence(), target_level=1)

    with pytest.raises(Refused):
        actions.resume_goal(by=amira, goal=first)

    assert resumed is None


def test_something_from_the_catalogue_is_added_once_as_an_idea() -> None:
    amira = cast().amira
    goal, opportunity = a_path(amira), OpportunityFactory()

    steps = [actions.add_opportunity(by=amira, goal=goal, opportunity=opportunity) for _turn in range(2)]

    assert steps[0] == steps[1]
    assert steps[0].state == StepState.IDEA
