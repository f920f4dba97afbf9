"""What is known of a person's competences: pieces of evidence, each with source, day and level."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL, Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.models import Person

SOURCES_OF: dict[Item, tuple[EvidenceSource, ...]] = {
    Item.SELF_ASSESSMENT: (EvidenceSource.SELF,),
    Item.PEER_ASSESSMENT: (EvidenceSource.PARTNER, EvidenceSource.PEER, EvidenceSource.MENTOR),
    Item.LEAD_ASSESSMENT: (EvidenceSource.LEAD,),
    Item.CERTIFICATE: (EvidenceSource.CERTIFICATE,),
    Item.QUIZ: (EvidenceSource.TEST,),
    Item.ESTIMATE: (EvidenceSource.WORK_SAMPLE, EvidenceSource.REFLECTION, EvidenceSource.EXTERNAL),
}
"""Which row of the visibility matrix a piece of evidence is, by its source."""

SHARED_BY = "competence__public_id"


def _given_by(viewer: Person) -> Q:
    return Q(given_by=viewer)


def _rule(item: Item, **reduced: Any) -> RowRule:
    in_force = Q(source__in=[source.value for source in SOURCES_OF[item]], withdrawn_at=None)
    return RowRule(item, where=in_force, share_key=SHARED_BY, **reduced)


class EvidenceQuerySet(PersonalQuerySet):
    """Evidence by whether it counts."""

    def in_force(self) -> Self:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def counting(self) -> Self:
        """Return what the estimate rests on: in force and not disputed."""
        return self.filter(withdrawn_at=None, is_disputed=False)


class Evidence(PublicIdModel, PersonalModel):
    """One reason to believe that a person has a competence at a level, observed on a day.

    ``origin_kind`` and ``origin_key`` name where it came from (a closed partnership, a passage of a
    journal); the same origin gives the same evidence once. A work sample counts in full only after
    its owner has confirmed, a week later or more, that it holds. Withdrawn evidence counts for
    nothing and is seen by its owner alone. Disputed evidence counts for nothing until its ``contest`` ends.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="evidence")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=20, choices=EvidenceSource.choices)
    level = models.FloatField()
    observed_on = models.DateField()
    given_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="evidence_given")
    given_at = models.DateTimeField(default=clock.now)
    summary = models.TextField(blank=True, max_length=1000)
    confirmed_on = models.DateField(null=True, blank=True)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_key = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_disputed = models.BooleanField(default=False)

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.ESTIMATE,
                Purpose.COMPETENCE,
                Retention.PERSON_DECIDES,
                (
                    "person",
                    "competence",
                    "source",
                    "level",
                    "observed_on",
                    "given_by",
                    "given_at",
                    "summary",
                    "confirmed_on",
                    "origin_kind",
                    "origin_key",
                    "withdrawn_at",
                    "is_disputed",
                ),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        _rule(Item.SELF_ASSESSMENT),
        _rule(Item.PEER_ASSESSMENT, reduced={Audience.PARTNER: _given_by, Audience.MENTOR: _given_by}),
        _rule(Item.LEAD_ASSESSMENT, reduced={Audience.LEAD: _given_by}),
        _rule(Item.CERTIFICATE),
        _rule(Item.QUIZ),
        _rule(Item.ESTIMATE),
        # Withdrawn: as private as anything can be.
        RowRule(Item.STATEMENT, where=Q(withdrawn_at__isnull=False)),
    )

    class Meta:
        """On the scale, in order of time, and once per origin."""

        constraints: ClassVar = [
            one_of("source", EvidenceSource, model="evidence"),
            within("level", 0, HIGHEST_LEVEL, model="evidence"),
            CheckConstraint(
                condition=Q(confirmed_on=None) | Q(confirmed_on__gte=F("observed_on")),
                name="evidence_confirmed_later",
            ),
            CheckConstraint(
                condition=Q(origin_kind="", origin_key="") | (~Q(origin_kind="") & ~Q(origin_key="")),
                name="evidence_origin_complete",
            ),
            UniqueConstraint(
                fields=["person", "competence", "source", "origin_kind", "origin_key", "given_by"],
                condition=Q(withdrawn_at=None, given_by__isnull=False) & ~Q(origin_kind=""),
                name="evidence_once_per_origin_and_giver",
            ),
            UniqueConstraint(
                fields=["person", "competence", "source", "origin_kind", "origin_key"],
                condition=Q(withdrawn_at=None, given_by=None) & ~Q(origin_kind=""),
                name="evidence_once_per_origin",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "competence"], name="evidence_of_person")]
