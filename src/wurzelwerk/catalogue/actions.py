"""Maintaining the catalogue, and learning with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wurzelwerk.catalogue import rules
from wurzelwerk.catalogue.documents import SOURCE, documents_of
from wurzelwerk.catalogue.events import OpportunityCompleted, opportunity_completed
from wurzelwerk.catalogue.models import Completion, Enrolment, LearningOpportunity, Outcome, Session
from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.people.models import Person
from wurzelwerk.search.actions import index_documents, remove_documents


@dataclass(frozen=True, slots=True)
class OutcomeInput:
    """An outcome as entered: competence and the two levels."""

    competence: Competence
    from_level: int
    to_level: int


@transaction.atomic
def save_opportunity(
    *,
    by: Person | None,
    fields: dict[str, Any],
    outcomes: Sequence[OutcomeInput],
    opportunity: LearningOpportunity | None = None,
) -> LearningOpportunity:
    """Create or change an opportunity with its outcomes; ``by`` None is the set-up of a company.

    ``fields`` holds columns of ``LearningOpportunity`` that the form has checked.
    """
    if by is not None:
        rules.may_edit_catalogue(by).require()
    is_new = opportunity is None
    opportunity = opportunity or LearningOpportunity(key=_new_key(fields))
    for name, value in fields.items():
        setattr(opportunity, name, value)
    opportunity.save()
    _replace_outcomes(opportunity, outcomes)
    record_audit(by=by, verb="catalogue.create" if is_new else "catalogue.change", subject=opportunity)
    _refresh_index(opportunity)
    return opportunity


@transaction.atomic
def set_published(*, by: Person, opportunity: LearningOpportunity, is_published: bool) -> LearningOpportunity:
    """Offer ``opportunity`` to learners, or take it out; what was learned with it stays."""
    rules.may_edit_catalogue(by).require()
    if opportunity.is_published != is_published:
        opportunity.is_published = is_published
        opportunity.save(update_fields=["is_published"])
        verb = "catalogue.publish" if is_published else "catalogue.withdraw"
        record_audit(by=by, verb=verb, subject=opportunity)
        _refresh_index(opportunity)
    return opportunity


@transaction.atomic
def plan_session(*, by: Person | None, opportunity: LearningOpportunity, fields: dict[str, Any]) -> Session:
    """Add a date to ``opportunity``."""
    if by is not None:
        rules.may_edit_catalogue(by).require()
    session = Session.objects.create(opportunity=opportunity, **fields)
    record_audit(by=by, verb="catalogue.plan_session", subject=session)
    return session


@transaction.atomic
def start_opportunity(*, by: Person, opportunity: LearningOpportunity) -> Completion:
    """Note that ``by`` has begun; beginning again changes nothing."""
    rules.may_learn_with(opportunity).require()
    completion: Completion
    completion, is_new = Completion.objects.get_or_create(person=by, opportunity=opportunity)
    if is_new:
        _record(by, opportunity, Verb.STARTED)
    return completion


@transaction.atomic
def complete_opportunity(*, by: Person, opportunity: LearningOpportunity, minutes: int | None = None) -> Completion:
    """Note that ``by`` has finished, in ``minutes`` (the stated length when not told).

    Finishing again changes nothing: the first day counts.
    """
    rules.may_learn_with(opportunity).require()
    completion: Completion = Completion.objects.select_for_update().get_or_create(person=by, opportunity=opportunity)[0]
    if completion.completed_at is None:
        completion.completed_at = clock.now()
        completion.minutes = minutes or opportunity.minutes
        completion.save(update_fields=["completed_at", "minutes"])
        _record(by, opportunity, Verb.COMPLETED, minutes=completion.minutes)
        opportunity_completed.send_on_commit(OpportunityCompleted(by.pk, opportunity.pk, completion.minutes))
    return completion


@transaction.atomic
def reopen_opportunity(*, by: Person, opportunity: LearningOpportunity) -> None:
    """Take "finished" back; the undo of ``complete_opportunity``."""
    Completion.objects.filter(person=by, opportunity=opportunity).update(completed_at=None, minutes=None)


@transaction.atomic
def enrol(*, by: Person, session: Session) -> Enrolment:
    """Take a place; the last place is given once, however many ask at the same time."""
    locked = Session.objects.select_for_update().get(pk=session.pk)
    existing: Enrolment | None = Enrolment.objects.filter(person=by, session=locked).first()
    if existing and existing.cancelled_at is None:
        return existing
    taken = Enrolment.objects.filter(session=locked, cancelled_at=None).count()
    rules.may_enrol(locked, taken=taken).require()
    again = {"enrolled_at": clock.now(), "cancelled_at": None}
    enrolment: Enrolment = Enrolment.objects.update_or_create(person=by, session=locked, defaults=again)[0]
    record_audit(by=by, verb="catalogue.enrol", subject=locked)
    return enrolment


@transaction.atomic
def cancel_enrolment(*, by: Person, session: Session) -> None:
    """Give the place back; refused once the session has begun."""
    if session.starts_at <= clock.now():
        raise Refused(_("This date has already begun."))
    changed = Enrolment.objects.filter(person=by, session=session, cancelled_at=None).update(cancelled_at=clock.now())
    if changed:
        record_audit(by=by, verb="catalogue.cancel_enrolment", subject=session)


def _new_key(fields: dict[str, Any]) -> str:
    title = fields.get("title_en") or fields.get("title_de") or "opportunity"
    return fields.get("key") or f"{slugify(title)[:60]}-{new_public_id()[:6].lower()}"


def _replace_outcomes(opportunity: LearningOpportunity, outcomes: Sequence[OutcomeInput]) -> None:
    opportunity.outcomes.all().delete()
    Outcome.objects.bulk_create(
        Outcome(
            opportunity=opportunity,
            competence=outcome.competence,
            from_level=outcome.from_level,
            to_level=outcome.to_level,
        )
        for outcome in outcomes
    )


def _refresh_index(opportunity: LearningOpportunity) -> None:
    if opportunity.is_published:
        index_documents(SOURCE, documents_of(opportunity))
    else:
        remove_documents(SOURCE, [opportunity.public_id])


def _record(by: Person, opportunity: LearningOpportunity, verb: Verb, *, minutes: int | None = None) -> None:
    first = opportunity.outcomes.select_related("competence").first()
    record(
        person=by,
        verb=verb,
        object_type=f"opportunity/{opportunity.kind}",
        object_key=opportunity.public_id,
        object_name=opportunity.title_de or opportunity.title_en,
        object_name_en=opportunity.title_en,
        competence_key=first.competence.public_id if first else "",
        minutes=minutes,
    )
