"""What the members agree on, version by version, and their signatures."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.choices import Scenario
from wurzelwerk.partnerships.models.partnerships import LearningPartnership
from wurzelwerk.partnerships.models.rows import content
from wurzelwerk.people.models import Person

MOST_GOALS = 3


class LearningAgreement(PersonalModel):
    """One version of an agreement. Versions never change: another wording is another version, unsigned.

    The version that all have signed last is in force. The scenario stands in it because it decides what
    learning and development sees.
    """

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    scenario = models.CharField(max_length=20, choices=Scenario.choices)
    weekly_minutes = models.PositiveSmallIntegerField()
    rhythm_weeks = models.PositiveSmallIntegerField()
    response_days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    personal_data = PersonalData(
        owner="partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                (
                    *("scenario", "weekly_minutes", "rhythm_weeks", "response_days", "ends_on"),
                    *("proposed_at", "proposed_by"),
                ),
            ),
        ),
        technical=("id", "partnership", "version"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """Versions are counted from 1."""

        constraints: ClassVar = [
            one_of("scenario", Scenario, model="learningagreement"),
            within("version", 1, 1000, model="learningagreement"),
            within("weekly_minutes", *limits.WEEKLY_MINUTES, model="learningagreement"),
            within("rhythm_weeks", *limits.RHYTHM_WEEKS, model="learningagreement"),
            within("response_days", *limits.RESPONSE_DAYS, model="learningagreement"),
            UniqueConstraint(fields=["partnership", "version"], name="learningagreement_version_once"),
        ]


class AgreementGoal(PersonalModel):
    """One of at most three goals, perhaps with the competence it serves."""

    agreement = models.ForeignKey(LearningAgreement, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    competence = models.ForeignKey(Competence, models.SET_NULL, null=True, blank=True, related_name="+")

    personal_data = PersonalData(
        owner="agreement__partnership__members__person",
        fields=(Fields(Item.PARTNERSHIP_CONTENT, Purpose.PARTNERSHIP, Retention.PARTNERSHIP, ("text", "competence")),),
        technical=("id", "agreement", "position"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content("agreement__partnership"),)

    class Meta:
        """Three at most."""

        constraints: ClassVar = [
            within("position", 1, MOST_GOALS, model="agreementgoal"),
            UniqueConstraint(fields=["agreement", "position"], name="agreementgoal_position_once"),
        ]


class AgreementSignature(PersonalModel):
    """A member agrees to one version; ``has_talked`` says that differences were talked through."""

    agreement = models.ForeignKey(LearningAgreement, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    has_talked = models.BooleanField(default=False)

    personal_data = PersonalData(
        owner="agreement__partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("person", "signed_at", "has_talked"),
            ),
        ),
        technical=("id", "agreement"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content("agreement__partnership"),)

    class Meta:
        """Everyone signs a version once."""

        constraints: ClassVar = [UniqueConstraint(fields=["agreement", "person"], name="agreementsignature_once")]
