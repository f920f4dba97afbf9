"""The partnership itself, its members, and asking a manager for time."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.choices import RUNNING_PHASES, Form, MemberRole, Phase, Scenario, TimeRequestState
from wurzelwerk.partnerships.models.ads import PartnerAd
from wurzelwerk.partnerships.models.requests import PartnershipRequest
from wurzelwerk.partnerships.models.rows import content, existence
from wurzelwerk.people.models import Person


class PartnershipQuerySet(PersonalQuerySet):
    """Partnerships by members and phase."""

    def of(self, person: Person) -> Self:
        """Return those that ``person`` belongs or belonged to."""
        return self.filter(pk__in=Member.objects.filter(person=person).values("partnership"))

    def running(self) -> Self:
        """Return those that are neither closed nor ended."""
        return self.filter(phase__in=RUNNING_PHASES)


class LearningPartnership(PublicIdModel, PersonalModel):
    """People who learn from each other for a limited time.

    ``started_on`` is the day on which all had signed; ``over_at`` is set with the phases "closed" and
    "ended". Who ended it early stands nowhere: nobody is to blame.
    """

    form = models.CharField(max_length=12, choices=Form.choices, default=Form.TANDEM)
    scenario = models.CharField(max_length=20, choices=Scenario.choices)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.PREPARATION)
    request = models.OneToOneField(PartnershipRequest, models.SET_NULL, null=True, related_name="partnership")
    created_at = models.DateTimeField(default=clock.now)
    started_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PartnershipQuerySet.as_manager()

    personal_data = PersonalData(
        owner="members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                (
                    *("form", "scenario", "phase", "request", "created_at"),
                    *("started_on", "planned_end_on", "over_at"),
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (existence(),)

    class Meta:
        """Over is dated."""

        constraints: ClassVar = [
            one_of("form", Form, model="learningpartnership"),
            one_of("scenario", Scenario, model="learningpartnership"),
            one_of("phase", Phase, model="learningpartnership"),
            CheckConstraint(
                condition=Q(phase__in=RUNNING_PHASES, over_at=None)
                | (~Q(phase__in=RUNNING_PHASES) & Q(over_at__isnull=False)),
                name="learningpartnership_over_dated",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["phase", "over_at"], name="learningpartnership_by_phase")]


class Member(PersonalModel):
    """Somebody in a partnership, and what they can give: minutes a week, rhythm, time to answer.

    ``left_at`` is set for all when the partnership is over. ``slot`` counts the places of the ad
    they came from; the database lets each place be taken once at a time.
    """

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=MemberRole.choices, default=MemberRole.PARTNER)
    ad = models.ForeignKey(PartnerAd, models.SET_NULL, null=True, blank=True, related_name="members")
    slot = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    weekly_minutes = models.PositiveSmallIntegerField(default=60)
    rhythm_weeks = models.PositiveSmallIntegerField(default=1)
    response_days = models.PositiveSmallIntegerField(default=3)

    personal_data = PersonalData(
        owner="partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("partnership", "person", "role", "joined_at", "left_at"),
            ),
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("ad", "prepared_at", "weekly_minutes", "rhythm_weeks", "response_days"),
            ),
        ),
        technical=("id", "slot"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (existence("partnership"),)
    field_visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """Once per partnership, and no more at a time than the ad has places."""

        constraints: ClassVar = [
            one_of("role", MemberRole, model="member"),
            within("weekly_minutes", *limits.WEEKLY_MINUTES, model="member"),
            within("rhythm_weeks", *limits.RHYTHM_WEEKS, model="member"),
            within("response_days", *limits.RESPONSE_DAYS, model="member"),
            UniqueConstraint(fields=["partnership", "person"], name="member_once"),
            UniqueConstraint(fields=["ad", "slot"], condition=Q(left_at=None), name="member_one_per_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "left_at"], name="member_by_person")]


class TimeRequest(PublicIdModel, PersonalModel):
    """Somebody asks their manager for learning time: how much and until when, never for what."""

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="time_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="time_requests")
    weekly_minutes = models.PositiveSmallIntegerField()
    until = models.DateField()
    state = models.CharField(max_length=12, choices=TimeRequestState.choices, default=TimeRequestState.OPEN)
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.LEARNING_SLOT,
                Purpose.LEARNING_TIME,
                Retention.PARTNERSHIP,
                (
                    *("person", "weekly_minutes", "until", "state", "asked_at", "due_on"),
                    *("answered_at", "answered_by", "answer"),
                ),
            ),
        ),
        technical=("id", "public_id", "partnership"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(Item.LEARNING_SLOT, reduced={Audience.LEAD: lambda viewer: Q()}),
    )

    class Meta:
        """One open request per member; answered is dated."""

        constraints: ClassVar = [
            one_of("state", TimeRequestState, model="timerequest"),
            within("weekly_minutes", *limits.WEEKLY_MINUTES, model="timerequest"),
            CheckConstraint(
                condition=Q(state=TimeRequestState.OPEN, answered_at=None, answered_by=None)
                | (~Q(state=TimeRequestState.OPEN) & Q(answered_at__isnull=False)),
                name="timerequest_answer_dated",
            ),
            CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(answered_at__isnull=False), name="timerequest_answered_with"
            ),
            UniqueConstraint(
                fields=["partnership", "person"], condition=Q(state=TimeRequestState.OPEN), name="timerequest_one_open"
            ),
        ]
