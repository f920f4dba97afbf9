"""Frameworks of competences, and the occupations that need them; nothing about anybody."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import QuerySet, UniqueConstraint

from wurzelwerk.competences.choices import Area, CompetenceKind, FrameworkKind, OccupationRelation
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import one_language_set, pick
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL

HIGHEST_LEVEL = 5
DEFAULT_HALF_LIFE_DAYS = 335


class ConceptQuerySet(QuerySet[Any, Any]):
    """Concepts of a framework by whether they are still part of it."""

    def current(self) -> Self:
        """Return what was not retired."""
        return self.filter(retired_at=None)


class Framework(PublicIdModel):
    """A set of competences from one hand: imported (ESCO, O*NET, a CASE package) or the company's own.

    ``attribution`` is the sentence that the licence asks to show wherever the content is used.
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=FrameworkKind.choices)
    name_de = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    description_de = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    version = models.CharField(max_length=40, blank=True)
    attribution_de = models.TextField(blank=True)
    attribution_en = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    personal_data = NOT_PERSONAL

    class Meta:
        """A name in at least one language."""

        constraints: ClassVar = [
            one_of("kind", FrameworkKind, model="framework"),
            one_language_set("name", model="framework"),
        ]

    def __str__(self) -> str:
        """Return the name in the active language."""
        return pick(self.name_de, self.name_en)


class CompetenceGroup(PublicIdModel):
    """A branch of a framework's tree; ``area`` says in which part of a profile its competences stand."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="groups")
    uri = models.CharField(max_length=300)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    area = models.CharField(max_length=20, choices=Area.choices, default=Area.PROFESSIONAL)
    code = models.CharField(max_length=40, blank=True)
    label_de = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    description_de = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    personal_data = NOT_PERSONAL

    class Meta:
        """A label in at least one language, and an address once per framework."""

        constraints: ClassVar = [
            one_of("area", Area, model="competencegroup"),
            one_language_set("label", model="competencegroup"),
            UniqueConstraint(fields=["framework", "uri"], name="competencegroup_once"),
        ]

    def __str__(self) -> str:
        """Return the label in the active language."""
        return pick(self.label_de, self.label_en)


class Competence(PublicIdModel):
    """Something somebody can do or knows, on a scale of 0 to 5.

    ``aliases`` are further names, one per line. What left its framework is retired, never deleted:
    evidence and targets keep what they speak of.
    """

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competences")
    uri = models.CharField(max_length=300)
    group = models.ForeignKey(CompetenceGroup, models.SET_NULL, null=True, blank=True, related_name="competences")
    kind = models.CharField(max_length=12, choices=CompetenceKind.choices, default=CompetenceKind.SKILL)
    reuse_level = models.CharField(max_length=30, blank=True)
    label_de = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    description_de = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    aliases_de = models.TextField(blank=True)
    aliases_en = models.TextField(blank=True)
    half_life_days = models.PositiveIntegerField(default=DEFAULT_HALF_LIFE_DAYS)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    personal_data = NOT_PERSONAL

    class Meta:
        """A label in at least one language, and an address once per framework."""

        constraints: ClassVar = [
            one_of("kind", CompetenceKind, model="competence"),
            one_language_set("label", model="competence"),
            within("half_life_days", 1, 36_500, model="competence"),
            UniqueConstraint(fields=["framework", "uri"], name="competence_once"),
        ]

    def __str__(self) -> str:
        """Return the label in the active language."""
        return pick(self.label_de, self.label_en)


class ProficiencyLevel(models.Model):
    """What somebody does who has a competence at one level, in a sentence one can recognise at work."""

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    anchor_de = models.TextField(blank=True)
    anchor_en = models.TextField(blank=True)

    personal_data = NOT_PERSONAL

    class Meta:
        """Levels 1 to 5, each described once."""

        constraints: ClassVar = [
            within("level", 1, HIGHEST_LEVEL, model="proficiencylevel"),
            one_language_set("anchor", model="proficiencylevel"),
            UniqueConstraint(fields=["competence", "level"], name="proficiencylevel_once"),
        ]


class Occupation(PublicIdModel):
    """An occupation of a framework, with the competences it needs."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="occupations")
    uri = models.CharField(max_length=300)
    code = models.CharField(max_length=40, blank=True)
    isco_code = models.CharField(max_length=10, blank=True)
    label_de = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    description_de = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    aliases_de = models.TextField(blank=True)
    aliases_en = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    personal_data = NOT_PERSONAL

    class Meta:
        """A label in at least one language, and an address once per framework."""

        constraints: ClassVar = [
            one_language_set("label", model="occupation"),
            UniqueConstraint(fields=["framework", "uri"], name="occupation_once"),
        ]

    def __str__(self) -> str:
        """Return the label in the active language."""
        return pick(self.label_de, self.label_en)


class OccupationCompetence(models.Model):
    """That an occupation needs a competence; a source may name a pair both essential and optional.

    ``level``, from 0 to 5, is how well it is needed; null where the source does not tell (ESCO does not).
    """

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="needs")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="occupations")
    relation = models.CharField(max_length=10, choices=OccupationRelation.choices)
    level = models.FloatField(null=True, blank=True)

    personal_data = NOT_PERSONAL

    class Meta:
        """Each relation once, on the scale."""

        constraints: ClassVar = [
            one_of("relation", OccupationRelation, model="occupationcompetence"),
            within("level", 0, HIGHEST_LEVEL, model="occupationcompetence"),
            UniqueConstraint(fields=["occupation", "competence", "relation"], name="occupationcompetence_once"),
        ]
