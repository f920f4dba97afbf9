"""What somebody offers and wants, and whom they do not want to be matched with."""

from typing import ClassVar, Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.late import TODAY
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.choices import AdState, Form, HidingReason, Scenario, Teaching
from wurzelwerk.partnerships.models.rows import published_ad
from wurzelwerk.people.models import Person

HIGHEST_LEVEL = 5
LONGEST_NOTE = 600
LIVE = (AdState.PUBLISHED, AdState.PAUSED)


class AdQuerySet(PersonalQuerySet):
    """Ads by their state."""

    def live(self) -> Self:
        """Return those that are published or paused: at most one per person and form."""
        return self.filter(state__in=LIVE)

    def findable(self) -> Self:
        """Return those that can be found today: published, not expired, of somebody who works here."""
        return self.filter(state=AdState.PUBLISHED, expires_on__gte=TODAY, person__is_active=True)


class PartnerAd(PublicIdModel, PersonalModel):
    """What somebody offers and wants, and how much time and commitment they bring.

    ``windows``: weekly times as [weekday, first minute, last minute] in the time of the person's
    site, Monday 0; others see only those they have in common. Hours are per week; ``rhythm_weeks``
    is the time between meetings; ``response_days`` are working days; ``capacity`` is how many
    partnerships may run from this ad at once.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="partner_ads")
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.TANDEM)
    scenario = models.CharField(max_length=20, choices=Scenario.choices, default=Scenario.MUTUAL_TEACHING)
    windows = models.JSONField(default=list)
    hours_min = models.PositiveSmallIntegerField(default=1)
    hours_max = models.PositiveSmallIntegerField(default=2)
    weeks_min = models.PositiveSmallIntegerField(default=8)
    weeks_max = models.PositiveSmallIntegerField(default=12)
    rhythm_weeks = models.PositiveSmallIntegerField(default=1)
    commitment = models.PositiveSmallIntegerField(default=3)
    response_days = models.PositiveSmallIntegerField(default=3)
    languages = models.JSONField(default=list)
    is_on_site = models.BooleanField(default=True)
    is_remote = models.BooleanField(default=True)
    wants_other_team = models.BooleanField(default=False)
    note = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)])
    capacity = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AdState.choices, default=AdState.PUBLISHED)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField()

    objects: ClassVar = AdQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.PARTNER_AD,
                Purpose.PARTNERSHIP,
                Retention.PERSON_DECIDES,
                (
                    *("person", "form", "scenario", "hours_min", "hours_max", "weeks_min", "weeks_max"),
                    *("rhythm_weeks", "commitment", "response_days", "languages", "is_on_site", "is_remote"),
                    *("note", "state", "created_at", "changed_at", "expires_on"),
                ),
            ),
            Fields(
                Item.MATCHING_ANSWERS,
                Purpose.PARTNERSHIP,
                Retention.PERSON_DECIDES,
                ("windows", "wants_other_team", "capacity"),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (published_ad(),)
    field_visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.MATCHING_ANSWERS),)

    class Meta:
        """One live ad per person and form; figures within what matching counts with."""

        constraints: ClassVar = [
            one_of("form", Form, model="partnerad"),
            one_of("scenario", Scenario, model="partnerad"),
            one_of("state", AdState, model="partnerad"),
            within("hours_min", *limits.HOURS_MIN, model="partnerad"),
            within("hours_max", *limits.HOURS_MAX, model="partnerad"),
            within("weeks_min", *limits.WEEKS, model="partnerad"),
            within("weeks_max", *limits.WEEKS, model="partnerad"),
            within("rhythm_weeks", *limits.RHYTHM_WEEKS, model="partnerad"),
            within("commitment", *limits.COMMITMENT, model="partnerad"),
            within("response_days", *limits.RESPONSE_DAYS, model="partnerad"),
            within("capacity", *limits.CAPACITY, model="partnerad"),
            CheckConstraint(condition=Q(hours_max__gte=F("hours_min")), name="partnerad_hours_in_order"),
            CheckConstraint(condition=Q(weeks_max__gte=F("weeks_min")), name="partnerad_weeks_in_order"),
            CheckConstraint(condition=Q(is_on_site=True) | Q(is_remote=True), name="partnerad_has_a_place"),
            UniqueConstraint(fields=["person", "form"], condition=Q(state__in=LIVE), name="partnerad_one_live"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "expires_on"], name="partnerad_findable")]


class AdOffer(PersonalModel):
    """A competence somebody can pass on, their own level in it, and how they like to do it."""

    ad = models.ForeignKey(PartnerAd, models.CASCADE, related_name="offers")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="offered_in_ads")
    level = models.PositiveSmallIntegerField()
    teaching = models.CharField(max_length=12, choices=Teaching.choices, default=Teaching.EXPLAIN)

    personal_data = PersonalData(
        owner="ad__person",
        fields=(
            Fields(
                Item.PARTNER_AD,
                Purpose.PARTNERSHIP,
                Retention.PERSON_DECIDES,
                ("ad", "competence", "level", "teaching"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (published_ad("ad"),)

    class Meta:
        """Each competence once per ad."""

        constraints: ClassVar = [
            one_of("teaching", Teaching, model="adoffer"),
            within("level", *limits.LEVEL, model="adoffer"),
            UniqueConstraint(fields=["ad", "competence"], name="adoffer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["competence", "level"], name="adoffer_by_competence")]


class AdWant(PersonalModel):
    """A competence somebody wants to learn: where they stand, where they want to be, by when, how urgently."""

    ad = models.ForeignKey(PartnerAd, models.CASCADE, related_name="wants")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="wanted_in_ads")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(default=2)

    personal_data = PersonalData(
        owner="ad__person",
        fields=(
            Fields(
                Item.PARTNER_AD,
                Purpose.PARTNERSHIP,
                Retention.PERSON_DECIDES,
                ("ad", "competence", "from_level", "to_level", "due_on", "priority"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (published_ad("ad"),)

    class Meta:
        """Each competence once per ad, and upwards."""

        constraints: ClassVar = [
            within("from_level", 0, HIGHEST_LEVEL - 1, model="adwant"),
            within("to_level", *limits.LEVEL, model="adwant"),
            within("priority", 1, 3, model="adwant"),
            CheckConstraint(condition=Q(to_level__gt=F("from_level")), name="adwant_level_rises"),
            UniqueConstraint(fields=["ad", "competence"], name="adwant_once"),
        ]


class PartnerExclusion(PublicIdModel, PersonalModel):
    """Somebody does not want to be matched with somebody else; known to nobody but them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="partner_exclusions")
    excluded = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=HidingReason.choices, default=HidingReason.UNSAID)
    created_at = models.DateTimeField(default=clock.now)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.DECISION_LOG,
                Purpose.PARTNERSHIP,
                Retention.PERSON_DECIDES,
                ("person", "excluded", "reason", "created_at"),
            ),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.DECISION_LOG),)

    class Meta:
        """Each other person once."""

        constraints: ClassVar = [
            one_of("reason", HidingReason, model="partnerexclusion"),
            CheckConstraint(condition=~Q(excluded=F("person")), name="partnerexclusion_of_another"),
            UniqueConstraint(fields=["person", "excluded"], name="partnerexclusion_once"),
        ]
