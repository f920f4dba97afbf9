"""What roles need, and what people chose to look at: wished roles and competences of their own choice."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL, Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.people.models import JobRole, Person


class TargetProfile(PublicIdModel):
    """One version of what a job role needs, in force from a day on until a later version is.

    Versions are never changed; who saved which stands in the audit trail.
    """

    job_role = models.ForeignKey(JobRole, models.CASCADE, related_name="target_profiles")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    saved_at = models.DateTimeField(default=clock.now)

    personal_data = NOT_PERSONAL

    class Meta:
        """Versions are counted per role, from 1."""

        constraints: ClassVar = [
            CheckConstraint(condition=Q(version__gte=1), name="targetprofile_version_counted"),
            UniqueConstraint(fields=["job_role", "version"], name="targetprofile_version_once"),
        ]


class TargetRequirement(models.Model):
    """The level a version asks for in one competence, and how much it weighs (above 0, at most 1)."""

    profile = models.ForeignKey(TargetProfile, models.CASCADE, related_name="requirements")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="requirements")
    level = models.FloatField()
    weight = models.FloatField(default=1.0)

    personal_data = NOT_PERSONAL

    class Meta:
        """On the scale, each competence once."""

        constraints: ClassVar = [
            CheckConstraint(condition=Q(level__gt=0, level__lte=HIGHEST_LEVEL), name="targetrequirement_level_within"),
            CheckConstraint(condition=Q(weight__gt=0, weight__lte=1), name="targetrequirement_weight_within"),
            UniqueConstraint(fields=["profile", "competence"], name="targetrequirement_once"),
        ]


class WishedRole(PersonalModel):
    """The one role somebody would like to have; compared with beside their own."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="wished_role")
    job_role = models.ForeignKey(JobRole, models.CASCADE, related_name="wished_by")
    chosen_at = models.DateTimeField(default=clock.now)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(Item.ESTIMATE, Purpose.COMPETENCE, Retention.PERSON_DECIDES, ("person", "job_role", "chosen_at")),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ESTIMATE, share_key="job_role__public_id"),)


class ProfileCompetence(PersonalModel):
    """A competence of any framework that somebody put into their profile, rated or not."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="profile_competences")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="in_profiles")
    added_at = models.DateTimeField(default=clock.now)

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(Item.ESTIMATE, Purpose.COMPETENCE, Retention.PERSON_DECIDES, ("person", "competence", "added_at")),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ESTIMATE, share_key="competence__public_id"),)

    class Meta:
        """Each competence once."""

        constraints: ClassVar = [UniqueConstraint(fields=["person", "competence"], name="profilecompetence_once")]
