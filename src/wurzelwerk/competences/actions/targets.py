"""Saying what a job role needs: each change is a new, dated version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences import rules
from wurzelwerk.competences.models import Competence, TargetProfile, TargetRequirement
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.people.models import JobRole, Person


@dataclass(frozen=True, slots=True)
class TargetLevel:
    """What a role needs in one competence: level (above 0, at most 5), weight (above 0, at most 1)."""

    competence: Competence
    level: float
    weight: float = 1.0


@transaction.atomic
def save_target_profile(
    *,
    by: Person | None,
    job_role: JobRole,
    requirements: Sequence[TargetLevel],
    valid_from: date | None = None,
    seen_version: int | None = None,
) -> TargetProfile:
    """Save a new version of what ``job_role`` needs, in force from ``valid_from`` (today when omitted).

    ``seen_version`` is the version that was edited (0 for none): somebody else's version in between
    refuses. Without any change the version that is there is returned.
    """
    rules.may_maintain_targets(by).require()
    JobRole.objects.select_for_update().get(pk=job_role.pk)
    last = TargetProfile.objects.filter(job_role=job_role).order_by("-version").first()
    day = valid_from or clock.today()
    if last is not None and _content(last) == _wanted(requirements) and (valid_from in {None, last.valid_from}):
        return last
    _may_follow(last, requirements, day, seen_version).require()
    profile = TargetProfile.objects.create(job_role=job_role, version=last.version + 1 if last else 1, valid_from=day)
    TargetRequirement.objects.bulk_create(
        TargetRequirement(profile=profile, competence=one.competence, level=one.level, weight=one.weight)
        for one in requirements
    )
    record_audit(by=by, verb="competences.save_target_profile", subject=profile, details={"version": profile.version})
    return profile


def _may_follow(
    last: TargetProfile | None, requirements: Sequence[TargetLevel], day: date, seen_version: int | None
) -> Verdict:
    if seen_version is not None and seen_version != (last.version if last else 0):
        return refuse(_("Somebody else has saved this target profile in the meantime. Please look at it again."))
    if not requirements:
        return refuse(_("A target profile names at least one competence."))
    if len({one.competence.pk for one in requirements}) < len(requirements):
        return refuse(_("A competence can stand in a target profile only once."))
    if any(not 0 < one.level <= HIGHEST_LEVEL or not 0 < one.weight <= 1 for one in requirements):
        return refuse(_("Levels lie between 1 and 5, weights between 0 and 1."))
    if last is not None and day < last.valid_from:
        return refuse(_("A version cannot be in force earlier than the one before it."))
    return ALLOWED


def _content(profile: TargetProfile) -> dict[int, tuple[float, float]]:
    return {row.competence_id: (row.level, row.weight) for row in profile.requirements.all()}


def _wanted(requirements: Sequence[TargetLevel]) -> dict[int, tuple[float, float]]:
    return {one.competence.pk: (one.level, one.weight) for one in requirements}
