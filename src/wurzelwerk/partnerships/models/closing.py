"""How a partnership is closed: each member says what was reached and what the other can do now."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import UniqueConstraint

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.choices import GoalsReached
from wurzelwerk.partnerships.models.partnerships import LearningPartnership
from wurzelwerk.partnerships.models.rows import content
from wurzelwerk.people.models import Person


class ClosingStatement(PersonalModel):
    """What one member says at the end; the others read it once all have said theirs."""

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="closing_statements")
    author = models.ForeignKey(Person, models.CASCADE, related_name="+")
    goals_reached = models.CharField(max_length=12, choices=GoalsReached.choices)
    takeaway = models.TextField(blank=True, validators=[MaxLengthValidator(2000)])
    thanks = models.TextField(blank=True, validators=[MaxLengthValidator(1000)])
    said_at = models.DateTimeField(default=clock.now)

    personal_data = PersonalData(
        owner="partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("author", "goals_reached", "takeaway", "thanks", "said_at"),
            ),
        ),
        technical=("id", "partnership"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """Each member once."""

        constraints: ClassVar = [
            one_of("goals_reached", GoalsReached, model="closingstatement"),
            UniqueConstraint(fields=["partnership", "author"], name="closingstatement_once"),
        ]


class ClosingLevel(PersonalModel):
    """The level at which the author has seen a partner work, and what they saw."""

    statement = models.ForeignKey(ClosingStatement, models.CASCADE, related_name="levels")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    seen = models.CharField(max_length=500, blank=True)

    personal_data = PersonalData(
        owner="statement__partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("person", "competence", "level", "seen"),
            ),
        ),
        technical=("id", "statement"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content("statement__partnership"),)

    class Meta:
        """Each competence of a partner once."""

        constraints: ClassVar = [
            within("level", *limits.LEVEL, model="closinglevel"),
            UniqueConstraint(fields=["statement", "person", "competence"], name="closinglevel_once"),
        ]
