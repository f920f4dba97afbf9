"""What the plan, the goal pages and the start page read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from wurzelwerk.catalogue.choices import KIND_ICONS, OpportunityKind
from wurzelwerk.catalogue.models import Completion
from wurzelwerk.catalogue.queries import opportunities_for
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries.evidence import get_level
from wurzelwerk.competences.queries.targets import get_gap
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.prepared import prepared_for_viewer
from wurzelwerk.learning_time.queries import get_terms
from wurzelwerk.paths.choices import STEP_ICONS, StepKind, StepState
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.paths.partner_steps import partner_option
from wurzelwerk.paths.planning import Option, Plan, Situation, Step, plan
from wurzelwerk.paths.planning.rules import first_level
from wurzelwerk.paths.terms import reason_text
from wurzelwerk.people.models import Person

SOFT_LIMIT = 3
NOT_A_STEP = (OpportunityKind.PARTNERSHIP, OpportunityKind.MENTORING)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a card, a list or the Faden draws it; ``is_late`` compares with today."""

    public_id: str
    goal_id: str
    goal_title: str
    competence_id: str
    kind: StepKind
    kind_label: str
    icon: str
    state: StepState
    title: str
    minutes: int
    to_level: int
    due_on: date | None
    is_late: bool
    reason: str
    opportunity_id: str
    reflection_key: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; ``is_full`` is a hint, never a lock."""

    state: StepState
    steps: tuple[StepRow, ...]

    @property
    def is_full(self) -> bool:
        """Tell whether more is in progress than people do well at once."""
        return self.state is StepState.DOING and len(self.steps) > SOFT_LIMIT


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its steps, as the goal page and the lists draw it."""

    public_id: str
    competence_id: str
    competence: str
    from_level: float | None
    target_level: int
    steps: tuple[StepRow, ...]
    is_reached: bool
    is_dropped: bool

    @property
    def done(self) -> int:
        """Return how many steps are over."""
        return sum(step.state is StepState.REFLECTED for step in self.steps)

    @property
    def next_step(self) -> StepRow | None:
        """Return the first step that is not over."""
        return next((step for step in self.steps if step.state is not StepState.REFLECTED), None)

    @property
    def minutes_left(self) -> int:
        """Return the minutes of the steps that are not over."""
        return sum(step.minutes for step in self.steps if step.state is not StepState.REFLECTED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A path before it is taken: the plan, the situation it answers, and its steps in words."""

    competence: Competence
    level: float | None
    target_level: int
    minutes_per_week: int
    plan: Plan
    steps: tuple[StepRow, ...]


def default_target(person: Person, competence: Competence) -> int:
    """Return what the own (or wished) role asks for, or else one level above the estimate; at most 5."""
    gap = get_gap(person, competence)
    if gap is not None:
        return min(5, max(1, ceil(gap.required)))
    level = get_level(person, competence)
    return min(5, int(level.level) + 1) if level else 1


def propose(person: Person, competence: Competence, target_level: int) -> Proposal:
    """Return the path the rules propose ``person`` for one competence; nothing is written."""
    estimate = get_level(person, competence)
    level = estimate.level if estimate else None
    start = first_level(Situation(level, target_level, (), 0))
    found = opportunities_for(competence, from_level=start, to_level=target_level)
    usable = {row.pk: row for row in found if row.kind not in NOT_A_STEP}
    done = Completion.objects.filter(person=person, opportunity__in=usable, completed_at__isnull=False)
    minutes_per_week = get_terms(person, clock.today()).weekly_minutes
    situation = Situation(
        level=level,
        target=target_level,
        options=tuple(_options(usable.values(), competence)),
        minutes_per_week=minutes_per_week,
        partner=partner_option(person, competence, start, target_level),
        done=frozenset(done.values_list("opportunity", flat=True)),
    )
    planned = plan(situation)
    titles = {pk: row.title for pk, row in usable.items()}
    icons = {pk: row.icon for pk, row in usable.items()}
    steps = tuple(_proposed(place, step, competence, titles, icons) for place, step in enumerate(planned.steps))
    return Proposal(competence, level, target_level, minutes_per_week, planned, steps)


def get_board(person: Person) -> tuple[Column, ...]:
    """Return the open steps of ``person`` by column; one query."""
    steps = _rows(_own_steps(person).filter(goal__dropped_at=None).order_by("due_on", "goal", "position"))
    return tuple(Column(state, tuple(step for step in steps if step.state is state)) for state in StepState)


def get_weeks(person: Person) -> tuple[tuple[date, tuple[StepRow, ...]], ...]:
    """Return what is still to do by the Monday of the week it is due in; undated steps are left out."""
    steps = [
        step
        for step in _rows(_own_steps(person).filter(goal__dropped_at=None, due_on__isnull=False).order_by("due_on"))
        if step.state is not StepState.REFLECTED
    ]
    return tuple((monday, tuple(group)) for monday, group in groupby(steps, key=_monday))


def get_goals(person: Person) -> tuple[GoalRow, ...]:
    """Return the goals of ``person`` with their steps, open ones first; two queries."""
    goals = list(LearningGoal.objects.visible_to(person).filter(person=person).select_related("competence"))
    steps = _rows(_own_steps(person).order_by("position"))
    rows = (_goal_row(goal, [step for step in steps if step.goal_id == goal.public_id]) for goal in goals)
    return tuple(sorted(rows, key=lambda row: (row.is_dropped, row.is_reached, row.competence.casefold())))


def get_goal(goal: LearningGoal, *, viewer: Person) -> GoalRow:
    """Return one goal, already fetched for its viewer, with its steps; where it began is for its owner alone."""
    row = _goal_row(goal, _rows(PathStep.objects.filter(goal=goal).order_by("position")))
    return row if goal.person_id == viewer.pk else replace(row, from_level=None)


def get_step(step: PathStep) -> StepRow:
    """Return one step as a row; one query."""
    return _rows(PathStep.objects.filter(pk=step.pk))[0]


def current_step(person: Person) -> StepRow | None:
    """Return what ``person`` is at: in progress before planned, the earliest due first; one query."""
    today = clock.today()
    steps = (_row(values, today) for values in _open_steps(person))
    return min(steps, key=lambda step: (_BEGUN_FIRST[step.state], step.due_on or date.max), default=None)


def next_steps(person: Person, *, limit: int = 3) -> tuple[StepRow, ...]:
    """Return the steps of ``person`` that are due next; one query."""
    waiting = _own_steps(person).filter(goal__dropped_at=None).exclude(state=StepState.REFLECTED)
    return tuple(_rows(waiting.order_by("due_on", "position")[:limit]))


def minutes_due(person: Person, first_day: date, last_day: date) -> int:
    """Return the minutes of the steps that are due between two days and not over."""
    due = _own_steps(person).filter(goal__dropped_at=None, due_on__range=(first_day, last_day))
    return sum(due.exclude(state=StepState.REFLECTED).values_list("minutes", flat=True))


def step_title(kind: StepKind, competence: str) -> str:
    """Return what a step without an opportunity is called: what it is about."""
    titles = {
        StepKind.PARTNER: _("Learn with a partner: %(competence)s"),
        StepKind.REFLECTION: _("What has changed? %(competence)s"),
        StepKind.REVIEW: _("Look back: %(competence)s"),
    }
    return titles.get(kind, "%(competence)s") % {"competence": competence}


_BEGUN_FIRST = {StepState.DOING: 0, StepState.APPLYING: 1, StepState.PLANNED: 2}
_STEP = (
    *("public_id", "kind", "state", "minutes", "to_level", "due_on", "reason_key", "reason_values", "reflection_key"),
    *("goal__public_id", "goal__competence__public_id", "goal__competence__label_de", "goal__competence__label_en"),
    *("opportunity__public_id", "opportunity__kind", "opportunity__title_de", "opportunity__title_en"),
)


def _own_steps(person: Person) -> Any:
    return PathStep.objects.visible_to(person).filter(goal__person=person)


@prepared_for_viewer()
def _open_steps(person: Person) -> Any:
    """Return the steps of goals that were not dropped which are planned or begun."""
    return _own_steps(person).filter(goal__dropped_at=None, state__in=_BEGUN_FIRST).values_list(*_STEP)


def _rows(steps: Any) -> list[StepRow]:
    today = clock.today()
    return [_row(values, today) for values in steps.values_list(*_STEP)]


def _row(values: tuple[Any, ...], today: date) -> StepRow:
    """Return the step of these values of ``_STEP``."""
    public_id, sort, state_key, minutes, to_level, due_on, reason_key, reason_values, reflection_key, *about = values
    goal_id, competence_id, competence_de, competence_en, opportunity_id, opportunity_kind, title_de, title_en = about
    kind, state, competence = StepKind(sort), StepState(state_key), pick(competence_de, competence_en)
    learned_by = OpportunityKind(opportunity_kind) if opportunity_id else None
    return StepRow(
        public_id=public_id,
        goal_id=goal_id,
        goal_title=competence,
        competence_id=competence_id,
        kind=kind,
        kind_label=str(learned_by.label if learned_by else kind.label),
        icon=KIND_ICONS[learned_by] if learned_by else STEP_ICONS[kind],
        state=state,
        title=pick(title_de, title_en) if learned_by else step_title(kind, competence),
        minutes=minutes,
        to_level=to_level,
        due_on=due_on,
        is_late=bool(due_on and due_on < today and state is not StepState.REFLECTED),
        reason=reason_text(reason_key, reason_values) if reason_key else "",
        opportunity_id=opportunity_id or "",
        reflection_key=reflection_key,
    )


def _proposed(place: int, step: Step, competence: Competence, titles: dict[int, str], icons: dict[int, str]) -> StepRow:
    kind = StepKind(step.sort.value)
    label = pick(competence.label_de, competence.label_en)
    return StepRow(
        public_id=str(place),
        goal_id="",
        goal_title=label,
        competence_id=competence.public_id,
        kind=kind,
        kind_label=str(kind.label),
        icon=icons.get(step.option or 0, STEP_ICONS[kind]),
        state=StepState.PLANNED,
        title=titles[step.option] if step.option else step_title(kind, label),
        minutes=step.minutes,
        to_level=step.to_level,
        due_on=None,
        is_late=False,
        reason=reason_text(step.reason.value, step.values),
        opportunity_id="",
        reflection_key="",
    )


def _options(rows: Iterable, competence: Competence) -> Iterable[Option]:  # type: ignore[type-arg]
    for row in rows:
        for outcome in row.outcomes:
            if outcome.competence_id == competence.pk:
                is_task = row.kind is OpportunityKind.WORK_TASK
                yield Option(row.pk, is_task, row.minutes, outcome.from_level, outcome.to_level)


def _goal_row(goal: LearningGoal, steps: list[StepRow]) -> GoalRow:
    return GoalRow(
        public_id=goal.public_id,
        competence_id=goal.competence.public_id,
        competence=str(goal.competence),
        from_level=goal.from_level,
        target_level=goal.target_level,
        steps=tuple(steps),
        is_reached=goal.reached_at is not None,
        is_dropped=goal.dropped_at is not None,
    )


def _monday(step: StepRow) -> date:
    day = step.due_on or date.max
    return date.fromordinal(day.toordinal() - day.weekday())
