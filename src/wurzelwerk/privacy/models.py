"""What a person opens to others, who has looked, and figures about both."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.late import NOW
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.models import Person


class ShareQuerySet(PersonalQuerySet):
    """Shares by whether they hold."""

    def in_force(self) -> "ShareQuerySet":
        """Return the shares that are neither revoked nor past their end."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=NOW), revoked_at=None)


class Share(PublicIdModel, PersonalModel):
    """One thing its owner has opened to one audience (or one person of it), revocable at any time.

    ``object_key`` is the key of the thing within its item: a journal entry's public id, a
    competence's public id for a self-assessed level. ``label`` is what the owner reads in the list.
    ``is_unit_only`` narrows "everyone in the company" to those who work in the owner's unit at the
    time of reading.
    """

    owner = models.ForeignKey(Person, models.CASCADE, related_name="shares")
    item = models.CharField(max_length=40, choices=Item.choices)
    object_key = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    audience = models.CharField(max_length=40, choices=Audience.choices)
    recipient = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    is_unit_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ShareQuerySet.as_manager()

    personal_data = PersonalData(
        owner="owner",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.TRANSPARENCY,
                Retention.LOG,
                (
                    "owner",
                    "item",
                    "object_key",
                    "label",
                    "audience",
                    "recipient",
                    "is_unit_only",
                    "created_at",
                    "expires_at",
                    "revoked_at",
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ACCESS_LOG, owner="owner"),)

    class Meta:
        """A thing is open to an audience once at a time."""

        constraints: ClassVar = [
            one_of("item", Item, model="share"),
            one_of("audience", Audience, model="share"),
            UniqueConstraint(
                fields=["owner", "item", "object_key", "audience", "is_unit_only"],
                condition=Q(revoked_at=None, recipient=None),
                name="share_once_for_an_audience",
            ),
            CheckConstraint(
                condition=Q(is_unit_only=False) | Q(audience=Audience.COMMUNITY, recipient=None),
                name="share_unit_of_everyone",
            ),
            UniqueConstraint(
                fields=["owner", "item", "object_key", "audience", "recipient"],
                condition=Q(revoked_at=None, recipient__isnull=False),
                name="share_once_for_a_person",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "item", "object_key"], name="share_of_object")]


class AccessLogEntry(PersonalModel):
    """Somebody has read personal learning data of somebody else; appended, never for one's own."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="read_by_others")
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reader_audience = models.CharField(max_length=40, choices=Audience.choices)
    item = models.CharField(max_length=40, choices=Item.choices)
    object_key = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField(default=clock.now, db_index=True)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.TRANSPARENCY,
                Retention.LOG,
                ("person", "reader", "reader_audience", "item", "object_key", "read_at"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ACCESS_LOG),)

    class Meta:
        """Known items and audiences, never one's own reading; read newest first by the person."""

        constraints: ClassVar = [
            one_of("item", Item, model="accesslogentry"),
            one_of("reader_audience", Audience, model="accesslogentry"),
            CheckConstraint(condition=Q(reader=None) | ~Q(reader=F("person")), name="accesslogentry_of_others"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-read_at"], name="access_by_person")]


class QuarterFigures(models.Model):
    """What was counted when a quarter was over: reads by audience, sharing people by item; never counted again.

    Both are maps from key to a count that is rounded and large enough; what is too small was never stored.
    """

    starts_on = models.DateField(unique=True)
    reads = models.JSONField(default=dict)
    shares = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)

    personal_data = NOT_PERSONAL
