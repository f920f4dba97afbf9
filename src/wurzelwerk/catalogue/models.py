"""Everything in the house, or outside it, that somebody can learn from."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Count, F, Q, QuerySet, UniqueConstraint

from wurzelwerk.catalogue.choices import Duration, OpportunityKind
from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import one_language_set, pick
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.people.models import Person, Site

SHORT_MINUTES = 10
MEDIUM_MINUTES = 30
HIGHEST_LEVEL = 5


class Provider(models.Model):
    """Who offers something: the company's own academy or somebody outside."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_internal = models.BooleanField(default=True)

    personal_data = NOT_PERSONAL

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class OpportunityQuerySet(QuerySet["LearningOpportunity"]):
    """Opportunities by what somebody looks for."""

    def published(self) -> Self:
        """Return what learners may find."""
        return self.filter(is_published=True)

    def lasting(self, duration: Duration) -> Self:
        """Return what takes as long as ``duration`` says."""
        if duration is Duration.SHORT:
            return self.filter(minutes__lte=SHORT_MINUTES)
        if duration is Duration.MEDIUM:
            return self.filter(minutes__lte=MEDIUM_MINUTES)
        return self.filter(minutes__gt=MEDIUM_MINUTES)

    def leading_to(self, competence: Competence) -> Self:
        """Return what has ``competence`` among its outcomes."""
        return self.filter(pk__in=Outcome.objects.filter(competence=competence).values("opportunity"))


class LearningOpportunity(PublicIdModel):
    """One thing to learn from, of any kind, with its outcomes and its honest length in minutes.

    A work task says what to do at the workplace (``task``) and what to ask oneself afterwards
    (``reflection``). ``languages`` lists the languages of the content ("de", "en").
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OpportunityKind.choices)
    title_de = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    description_de = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    task_de = models.TextField(blank=True)
    task_en = models.TextField(blank=True)
    reflection_de = models.TextField(blank=True)
    reflection_en = models.TextField(blank=True)
    minutes = models.PositiveIntegerField()
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="opportunities")
    url = models.URLField(max_length=500, blank=True)
    languages = models.JSONField(default=list)
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")
    is_published = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OpportunityQuerySet.as_manager()

    personal_data = NOT_PERSONAL

    class Meta:
        """A title in at least one language, a kind, a length."""

        constraints: ClassVar = [
            one_of("kind", OpportunityKind, model="opportunity"),
            one_language_set("title", model="opportunity"),
            CheckConstraint(condition=Q(minutes__gt=0), name="opportunity_takes_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["is_published", "kind"], name="opportunity_by_kind")]

    def __str__(self) -> str:
        """Return the title in the active language."""
        return pick(self.title_de, self.title_en)


class Outcome(models.Model):
    """What an opportunity leads to: one competence, from one level to a higher one."""

    opportunity = models.ForeignKey(LearningOpportunity, models.CASCADE, related_name="outcomes")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="outcomes")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()

    personal_data = NOT_PERSONAL

    class Meta:
        """Levels rise, and a competence stands once."""

        constraints: ClassVar = [
            within("from_level", 0, HIGHEST_LEVEL - 1, model="outcome"),
            within("to_level", 1, HIGHEST_LEVEL, model="outcome"),
            CheckConstraint(condition=Q(to_level__gt=F("from_level")), name="outcome_rises"),
            UniqueConstraint(fields=["opportunity", "competence"], name="outcome_once"),
        ]


class SessionQuerySet(QuerySet["Session"]):
    """Dates by whether they are still to come."""

    def upcoming(self) -> Self:
        """Return the dates that have not begun, soonest first, with the number of those enrolled."""
        enrolled = Count("enrolments", filter=Q(enrolments__cancelled_at=None))
        return self.filter(starts_at__gt=clock.now()).annotate(enrolled=enrolled).order_by("starts_at")


class Session(PublicIdModel):
    """A date of an event or course, with its places."""

    opportunity = models.ForeignKey(LearningOpportunity, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    places = models.PositiveSmallIntegerField()

    objects = SessionQuerySet.as_manager()

    personal_data = NOT_PERSONAL

    class Meta:
        """Ends after it begins."""

        constraints: ClassVar = [CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_later")]


class Enrolment(PersonalModel):
    """A place somebody has taken in a session."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    session = models.ForeignKey(Session, models.CASCADE, related_name="enrolments")
    enrolled_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.PATH,
                Purpose.LEARNING,
                Retention.STATEMENTS,
                ("person", "session", "enrolled_at", "cancelled_at"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.PATH, share_key="session__opportunity__public_id"),)

    class Meta:
        """A person has one row per session; cancelling and coming back changes it."""

        constraints: ClassVar = [UniqueConstraint(fields=["person", "session"], name="enrolment_once")]


class Completion(PersonalModel):
    """That somebody has begun, and perhaps finished, an opportunity."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="completions")
    opportunity = models.ForeignKey(LearningOpportunity, models.CASCADE, related_name="completions")
    started_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.PATH,
                Purpose.LEARNING,
                Retention.STATEMENTS,
                ("person", "opportunity", "started_at", "completed_at", "minutes"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.PATH, share_key="opportunity__public_id"),)

    class Meta:
        """One row per person and opportunity; finished only after it was begun."""

        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "opportunity"], name="completion_once"),
            CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("started_at")), name="completion_after_start"
            ),
        ]
