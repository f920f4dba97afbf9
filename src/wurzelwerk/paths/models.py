"""Learning goals and the paths that lead to them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from wurzelwerk.catalogue.models import LearningOpportunity
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.paths.choices import StepKind, StepState
from wurzelwerk.people.models import Person


class GoalQuerySet(PersonalQuerySet):
    """Goals by whether they are being pursued."""

    def open(self) -> "GoalQuerySet":
        """Return the goals neither reached nor dropped."""
        return self.filter(reached_at=None, dropped_at=None)


class LearningGoal(PublicIdModel, PersonalModel):
    """A level of a competence that somebody wants to reach; one open goal per competence.

    ``from_level`` is the estimate when the goal was set (None: nothing was known). Its path is the
    steps in their order; planning anew replaces the steps not yet begun.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="learning_goals")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="learning_goals")
    from_level = models.FloatField(null=True, blank=True)
    target_level = models.PositiveSmallIntegerField()
    minutes_per_week = models.PositiveIntegerField()
    set_at = models.DateTimeField(default=clock.now)
    reached_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = GoalQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.PATH,
                Purpose.LEARNING,
                Retention.PERSON_DECIDES,
                (
                    "person",
                    "competence",
                    "target_level",
                    "minutes_per_week",
                    "set_at",
                    "reached_at",
                    "dropped_at",
                ),
            ),
            Fields(Item.ESTIMATE, Purpose.LEARNING, Retention.PERSON_DECIDES, ("from_level",)),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.PATH),)

    class Meta:
        """A competence is pursued once at a time."""

        constraints: ClassVar = [
            within("target_level", 1, HIGHEST_LEVEL, model="learninggoal"),
            UniqueConstraint(
                fields=["person", "competence"],
                condition=Q(reached_at=None, dropped_at=None),
                name="learninggoal_open_once",
            ),
        ]


class PathStep(PublicIdModel, PersonalModel):
    """One step of the path to a goal, with the reason it was proposed for.

    ``reflection_key`` names the journal entry written at its end; the text itself stays there.
    """

    goal = models.ForeignKey(LearningGoal, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    state = models.CharField(max_length=12, choices=StepState.choices, default=StepState.PLANNED)
    opportunity = models.ForeignKey(LearningOpportunity, models.SET_NULL, null=True, blank=True, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    due_on = models.DateField(null=True, blank=True)
    reason_key = models.CharField(max_length=30)
    reason_values = models.JSONField(default=dict)
    reflection_key = models.CharField(max_length=24, blank=True)
    moved_at = models.DateTimeField(default=clock.now)

    personal_data = PersonalData(
        owner="goal__person",
        fields=(
            Fields(
                Item.PATH,
                Purpose.LEARNING,
                Retention.PERSON_DECIDES,
                (
                    "goal",
                    "kind",
                    "state",
                    "opportunity",
                    "from_level",
                    "to_level",
                    "minutes",
                    "due_on",
                    "reason_key",
                    "reason_values",
                    "reflection_key",
                    "moved_at",
                ),
            ),
        ),
        technical=("id", "public_id", "position"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.PATH, owner="goal__person", share_key="goal__public_id"),)

    class Meta:
        """In order, and of known kind and state."""

        ordering: ClassVar = ["goal", "position"]
        constraints: ClassVar = [
            one_of("kind", StepKind, model="pathstep"),
            one_of("state", StepState, model="pathstep"),
        ]

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.state == StepState.REFLECTED
