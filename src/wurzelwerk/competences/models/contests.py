"""What a person says against an assessment of theirs, and what whoever gave it answers."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from wurzelwerk.competences.choices import ContestState
from wurzelwerk.competences.models.evidence import Evidence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.people.models import Person


class Contest(PublicIdModel, PersonalModel):
    """A counter-statement to a piece of evidence; it stays with it whatever the answer is.

    While it is open the evidence is disputed and counts for nothing. Only the person and whoever gave the
    assessment read it. ``answered_at`` is when it ended, by whichever of the two; what the person has let go
    of is no longer there in words.
    """

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="contest")
    person = models.ForeignKey(Person, models.CASCADE, related_name="contests")
    statement = models.TextField(max_length=2000, blank=True)
    contested_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=ContestState.choices, default=ContestState.OPEN)
    answer = models.TextField(blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.STATEMENT,
                Purpose.COMPETENCE,
                Retention.PERSON_DECIDES,
                ("evidence", "person", "statement", "contested_at", "state", "answer", "answered_at"),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(Item.STATEMENT),
        RowRule(Item.STATEMENT, owner="evidence__given_by"),
    )

    class Meta:
        """Ended is dated."""

        constraints: ClassVar = [
            one_of("state", ContestState, model="contest"),
            CheckConstraint(
                condition=Q(state=ContestState.OPEN, answered_at=None)
                | (~Q(state=ContestState.OPEN) & Q(answered_at__isnull=False)),
                name="contest_end_dated",
            ),
            CheckConstraint(condition=Q(state=ContestState.DROPPED) | ~Q(statement=""), name="contest_has_words"),
        ]
