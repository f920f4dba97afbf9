"""Asking somebody to learn together."""

from typing import ClassVar, Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.partnerships.choices import RequestState
from wurzelwerk.partnerships.models.ads import PartnerAd
from wurzelwerk.people.models import Person

LONGEST_MESSAGE = 2000


def _involved(viewer: Person) -> Q:
    return Q(sender=viewer) | Q(receiver=viewer)


class RequestQuerySet(PersonalQuerySet):
    """Requests by their state."""

    def pending(self) -> Self:
        """Return those that wait for an answer."""
        return self.filter(state=RequestState.PENDING)


class PartnershipRequest(PublicIdModel, PersonalModel):
    """``sender`` asks ``receiver``, through the ad of each; ``due_on`` is when an answer is expected.

    ``pair`` names the two whoever asks, so that only one request between them waits at a time.
    """

    sender = models.ForeignKey(Person, models.CASCADE, related_name="requests_sent")
    receiver = models.ForeignKey(Person, models.CASCADE, related_name="requests_received")
    sender_ad = models.ForeignKey(PartnerAd, models.SET_NULL, null=True, related_name="+")
    receiver_ad = models.ForeignKey(PartnerAd, models.SET_NULL, null=True, related_name="+")
    pair = models.CharField(max_length=48)
    message = models.TextField(validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    answer = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.PENDING)
    sent_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = RequestQuerySet.as_manager()

    personal_data = PersonalData(
        owner="sender",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                (
                    *("sender", "receiver", "sender_ad", "receiver_ad", "pair", "message", "answer"),
                    *("state", "sent_at", "due_on", "answered_at"),
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(Item.PARTNERSHIP_CONTENT, owner="sender", always={Audience.PARTNER: _involved}),
        RowRule(Item.PARTNERSHIP_CONTENT, owner="receiver", always={Audience.PARTNER: _involved}),
    )

    class Meta:
        """One pending request between two people; answered is dated."""

        constraints: ClassVar = [
            one_of("state", RequestState, model="partnershiprequest"),
            CheckConstraint(condition=~Q(sender=F("receiver")), name="partnershiprequest_to_another"),
            CheckConstraint(
                condition=Q(state=RequestState.PENDING, answered_at=None)
                | (~Q(state=RequestState.PENDING) & Q(answered_at__isnull=False)),
                name="partnershiprequest_answer_dated",
            ),
            UniqueConstraint(
                fields=["pair"], condition=Q(state=RequestState.PENDING), name="partnershiprequest_one_pending"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="partnershiprequest_due")]
