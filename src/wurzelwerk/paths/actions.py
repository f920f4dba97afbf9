"""Taking a path, moving along it, and bringing a step to its end."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from wurzelwerk.catalogue.actions import complete_opportunity, start_opportunity
from wurzelwerk.catalogue.models import LearningOpportunity
from wurzelwerk.competences.models import Competence
from wurzelwerk.journal.actions import write_entry
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.paths import rules
from wurzelwerk.paths.choices import StepKind, StepState
from wurzelwerk.paths.events import PathPlanned, StepCompleted, path_planned, step_completed
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.paths.planning import Plan, Step
from wurzelwerk.paths.queries import propose
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.actions import revoke_shares_of


@transaction.atomic
def plan_path(*, by: Person, competence: Competence, target_level: int, without: Collection[int] = ()) -> LearningGoal:
    """Set a goal and take the path proposed to it, less the steps at the places ``without``.

    An open goal for the same competence is planned anew: what has begun stays, the rest is replaced.
    Raises ``Refused`` for a level off the scale.
    """
    rules.may_aim_at(target_level).require()
    proposal = propose(by, competence, target_level)
    goal: LearningGoal
    goal, is_new = LearningGoal.objects.open().get_or_create(
        person=by,
        competence=competence,
        defaults={
            "target_level": target_level,
            "from_level": proposal.level,
            "minutes_per_week": proposal.minutes_per_week,
        },
    )
    if not is_new:
        goal.target_level, goal.minutes_per_week = target_level, proposal.minutes_per_week
        goal.save(update_fields=["target_level", "minutes_per_week"])
        goal.steps.filter(state__in=(StepState.IDEA, StepState.PLANNED)).delete()
    _add_steps(goal, proposal.plan, without)
    record_audit(by=by, verb="paths.plan", subject=goal)
    _record(by, goal, Verb.PLANNED)
    path_planned.send_on_commit(PathPlanned(by.pk, goal.pk))
    return goal


@transaction.atomic
def add_opportunity(*, by: Person, goal: LearningGoal, opportunity: LearningOpportunity) -> PathStep:
    """Put something found in the catalogue at the end of a path, as an idea; it stands there once."""
    rules.may_change(by, goal).require()
    kind = StepKind.WORK_TASK if opportunity.kind == "work_task" else StepKind.OPPORTUNITY
    last = goal.steps.aggregate(last=Max("position"))["last"] or 0
    step: PathStep = goal.steps.get_or_create(
        opportunity=opportunity,
        defaults={
            "position": last + 1,
            "kind": kind,
            "state": StepState.IDEA,
            "from_level": max(0, goal.target_level - 1),
            "to_level": goal.target_level,
            "minutes": opportunity.minutes,
            "reason_key": "",
        },
    )[0]
    return step


@transaction.atomic
def move_step(*, by: Person, step: PathStep, state: StepState) -> PathStep:
    """Move a step to another column; the inverse is moving it back."""
    rules.may_change(by, step.goal).require()
    if step.state == state:
        return step
    step.state, step.moved_at = state, clock.now()
    step.save(update_fields=["state", "moved_at"])
    if state == StepState.DOING and step.opportunity and step.opportunity.is_published:
        start_opportunity(by=by, opportunity=step.opportunity)
    if state == StepState.APPLYING:
        _record(by, step.goal, Verb.APPLIED, minutes=step.minutes)
    _note_reached(step.goal)
    return step


@transaction.atomic
def complete_step(*, by: Person, step: PathStep, reflection: str = "", minutes: int | None = None) -> PathStep:
    """Bring a step to its end: finish its opportunity, keep the reflection in the own journal.

    Completing again changes nothing. Raises ``Refused`` where a sentence about it is needed.
    """
    rules.may_change(by, step.goal).require()
    locked = PathStep.objects.select_for_update(of=("self",)).select_related("goal__competence", "opportunity")
    step = locked.get(pk=step.pk)
    if step.is_over:
        return step
    rules.may_complete(step, reflection=reflection).require()
    if reflection.strip():
        entry = write_entry(by=by, body=reflection, title=_entry_title(step), competence=step.goal.competence)
        step.reflection_key = entry.public_id
    if step.opportunity and step.opportunity.is_published:
        complete_opportunity(by=by, opportunity=step.opportunity, minutes=minutes)
    step.state, step.moved_at = StepState.REFLECTED, clock.now()
    step.save(update_fields=["state", "moved_at", "reflection_key"])
    record_audit(by=by, verb="paths.complete_step", subject=step)
    _record(by, step.goal, Verb.REFLECTED, minutes=minutes or step.minutes)
    step_completed.send_on_commit(StepCompleted(by.pk, step.pk))
    _note_reached(step.goal)
    return step


@transaction.atomic
def drop_goal(*, by: Person, goal: LearningGoal) -> LearningGoal:
    """Give a goal up; its path stays readable, shares of it end. Undone by ``resume_goal``."""
    rules.may_change(by, goal).require()
    goal.dropped_at = clock.now()
    goal.save(update_fields=["dropped_at"])
    revoke_shares_of(by=by, item=Item.PATH, object_key=goal.public_id)
    record_audit(by=by, verb="paths.drop", subject=goal)
    return goal


@transaction.atomic
def resume_goal(*, by: Person, goal: LearningGoal) -> LearningGoal:
    """Take a dropped goal up again, unless the competence is pursued by another goal meanwhile."""
    rules.may_change(by, goal).require()
    rules.may_resume(goal).require()
    goal.dropped_at = None
    goal.save(update_fields=["dropped_at"])
    record_audit(by=by, verb="paths.resume", subject=goal)
    return goal


def _add_steps(goal: LearningGoal, plan: Plan, without: Collection[int]) -> None:
    """Write the proposed steps after those already begun, leaving out what is there or unwanted."""
    kept = set(goal.steps.values_list("kind", "opportunity"))
    last = goal.steps.aggregate(last=Max("position"))["last"] or 0
    wanted = [
        step
        for place, step in enumerate(plan.steps)
        if place not in without and (step.option is None or (step.sort.value, step.option) not in kept)
    ]
    PathStep.objects.bulk_create(_as_row(goal, step, position) for position, step in enumerate(wanted, start=last + 1))


def _as_row(goal: LearningGoal, step: Step, position: int) -> PathStep:
    return PathStep(
        goal=goal,
        position=position,
        kind=step.sort.value,
        opportunity_id=step.option,
        from_level=step.from_level,
        to_level=step.to_level,
        minutes=step.minutes,
        due_on=clock.today() + timedelta(weeks=step.week),
        reason_key=step.reason.value,
        reason_values=dict(step.values),
    )


def _entry_title(step: PathStep) -> str:
    return str(step.opportunity or step.goal.competence)


def _note_reached(goal: LearningGoal) -> None:
    """Note the day on which the last step was brought to its end; moving one back opens the goal again."""
    is_over = not goal.steps.exclude(state=StepState.REFLECTED).exists()
    if is_over is not (goal.reached_at is not None):
        goal.reached_at = clock.now() if is_over else None
        goal.save(update_fields=["reached_at"])


def _record(by: Person, goal: LearningGoal, verb: Verb, *, minutes: int | None = None) -> None:
    competence = goal.competence
    record(
        person=by,
        verb=verb,
        object_type="goal",
        object_key=goal.public_id,
        object_name=competence.label_de or competence.label_en,
        object_name_en=competence.label_en,
        competence_key=competence.public_id,
        minutes=minutes,
    )
