"""The learning time that was agreed, and what somebody used of it."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.learning_time.choices import Category
from wurzelwerk.people.models import Person

FULL_TIME_HOURS = Decimal(40)
LONGEST_WEEK_HOURS = 60
DAY_MINUTES = 24 * 60


class AgreementQuerySet(PersonalQuerySet):
    """Agreements by whom they hold for."""

    def of_company(self) -> Self:
        """Return the agreements for everyone."""
        return self.filter(person=None)

    def holding_for(self, person: Person, until: date) -> Self:
        """Return what was agreed for everyone or for ``person`` and begins by ``until``, oldest first."""
        mine = Q(person=None) | Q(person=person)
        return self.filter(mine, valid_from__lte=until).order_by("valid_from")


class LearningTimeAgreement(PublicIdModel, PersonalModel):
    """How many hours of learning time a week the employer grants, from a day on.

    Without ``person`` it holds for everyone: ``hours_per_week`` for whoever works
    ``full_time_hours``, the corresponding share for whoever works less. With ``person`` it is what
    was agreed with them, as it stands; null hours end that, and the company's rule holds again.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    hours_per_week = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    full_time_hours = models.DecimalField(max_digits=4, decimal_places=2, default=FULL_TIME_HOURS)
    valid_from = models.DateField()
    agreed_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = AgreementQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.LEARNING_SLOT,
                Purpose.LEARNING_TIME,
                Retention.LEARNING_TIME,
                ("person", "hours_per_week", "full_time_hours", "valid_from", "agreed_at", "agreed_by"),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.LEARNING_SLOT),)

    class Meta:
        """One agreement per day; only a personal one can end."""

        constraints: ClassVar = [
            within("hours_per_week", 0, LONGEST_WEEK_HOURS, model="learningtimeagreement"),
            within("full_time_hours", 1, LONGEST_WEEK_HOURS, model="learningtimeagreement"),
            CheckConstraint(
                condition=Q(person__isnull=False) | Q(hours_per_week__isnull=False),
                name="learningtimeagreement_company_has_hours",
            ),
            UniqueConstraint(
                fields=["valid_from"], condition=Q(person=None), name="learningtimeagreement_once_for_all"
            ),
            UniqueConstraint(
                fields=["person", "valid_from"],
                condition=Q(person__isnull=False),
                name="learningtimeagreement_once_for_person",
            ),
        ]


class TimeEntryQuerySet(PersonalQuerySet):
    """Entries by account and day."""

    def kept(self) -> Self:
        """Return those that were not removed."""
        return self.filter(removed_at=None)

    def on_account(self, person: Person, first: date, last: date) -> Self:
        """Return what counts on ``person``'s granted time from ``first`` to ``last``, both included."""
        return self.kept().filter(person=person, category=Category.GRANTED, spent_on__range=(first, last))


class TimeEntry(PublicIdModel, PersonalModel):
    """Minutes of learning time somebody used on a day; how it is used is visible to that person alone.

    ``origin_kind`` and ``origin_key`` name what it was booked for (a meeting, a path step); the same
    origin is booked once.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    spent_on = models.DateField()
    minutes = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=12, choices=Category.choices, default=Category.GRANTED)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_key = models.CharField(max_length=64, blank=True)
    booked_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TimeEntryQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.LEARNING_TIME_USE,
                Purpose.LEARNING_TIME,
                Retention.LEARNING_TIME,
                (
                    "person",
                    "spent_on",
                    "minutes",
                    "note",
                    "category",
                    "origin_kind",
                    "origin_key",
                    "booked_at",
                    "removed_at",
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.LEARNING_TIME_USE),)

    class Meta:
        """At most a day long, and once per origin."""

        constraints: ClassVar = [
            one_of("category", Category, model="timeentry"),
            within("minutes", 1, DAY_MINUTES, model="timeentry"),
            CheckConstraint(
                condition=Q(origin_kind="", origin_key="") | (~Q(origin_kind="") & ~Q(origin_key="")),
                name="timeentry_origin_complete",
            ),
            UniqueConstraint(
                fields=["person", "origin_kind", "origin_key"],
                condition=Q(removed_at=None) & ~Q(origin_kind=""),
                name="timeentry_once_per_origin",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "spent_on"], name="timeentry_of_person")]
