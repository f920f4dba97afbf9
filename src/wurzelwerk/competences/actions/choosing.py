"""What somebody wants to look at: a wished role, competences of their own choice."""

from django.db import transaction

from wurzelwerk.competences import rules
from wurzelwerk.competences.models import Competence, ProfileCompetence, WishedRole
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.people.models import JobRole, Person


@transaction.atomic
def set_wished_role(*, by: Person, job_role: JobRole | None) -> WishedRole | None:
    """Choose the one role to compare with beside one's own; None takes the wish back."""
    if job_role is None:
        WishedRole.objects.filter(person=by).delete()
        record_audit(by=by, verb="competences.drop_wished_role")
        return None
    wish, _is_new = WishedRole.objects.update_or_create(
        person=by, defaults={"job_role": job_role, "chosen_at": clock.now()}
    )
    record_audit(by=by, verb="competences.set_wished_role")
    return wish


@transaction.atomic
def add_to_profile(*, by: Person, competence: Competence) -> ProfileCompetence:
    """Put a competence into one's own profile; adding it twice changes nothing."""
    rules.may_assess_self(competence).require()
    chosen, is_new = ProfileCompetence.objects.get_or_create(person=by, competence=competence)
    if is_new:
        record_audit(by=by, verb="competences.add_to_profile")
    return chosen


@transaction.atomic
def remove_from_profile(*, by: Person, competence: Competence) -> bool:
    """Take a chosen competence out of one's profile; evidence stays. Tell whether it was there."""
    removed, _by_model = ProfileCompetence.objects.filter(person=by, competence=competence).delete()
    if removed:
        record_audit(by=by, verb="competences.remove_from_profile")
    return bool(removed)
