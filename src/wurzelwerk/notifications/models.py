"""What the system has to tell a person."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import one_language_set
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.models import Person


class NotificationQuerySet(PersonalQuerySet):
    """Notifications by their state."""

    def kept(self) -> Self:
        """Return those that were not deleted."""
        return self.filter(deleted_at=None)

    def unread(self) -> Self:
        """Return those that wait to be read."""
        return self.filter(read_at=None, deleted_at=None)

    def sent_before(self, moment: datetime) -> Self:
        """Return those older than ``moment``."""
        return self.filter(sent_at__lt=moment)


class Notification(PublicIdModel, PersonalModel):
    """One message to ``person``: what happened, in both languages, and where it leads.

    ``kind`` is "room.fact" and chooses the icon. ``sent_by`` is empty when the system itself says it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    title_de = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.STATEMENT,
                Purpose.LEARNING,
                Retention.NOTIFICATIONS,
                (
                    "person",
                    "kind",
                    "title_de",
                    "title_en",
                    "url",
                    "sent_at",
                    "sent_by",
                    "read_at",
                    "deleted_at",
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.STATEMENT),)

    class Meta:
        """Read newest first by the person; the unread ones are counted on every page."""

        constraints: ClassVar = [
            one_language_set("title", model="notification"),
            CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"), name="notification_url_inside"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-sent_at"], name="notification_by_time"),
            models.Index(fields=["person"], condition=Q(read_at=None, deleted_at=None), name="notification_unread"),
            models.Index(fields=["sent_at"], name="notification_age"),
        ]
