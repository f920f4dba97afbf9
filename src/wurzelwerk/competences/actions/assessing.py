"""Giving evidence of a competence, and taking it back."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from wurzelwerk.competences import rules
from wurzelwerk.competences.actions.telling import tell_of_answer
from wurzelwerk.competences.choices import ContestState, EvidenceSource
from wurzelwerk.competences.estimating import Piece, estimate
from wurzelwerk.competences.events import EvidenceRecorded, evidence_recorded
from wurzelwerk.competences.models import Competence, Contest, Evidence
from wurzelwerk.competences.queries import pieces_of, today_of
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import first_refusal
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.people.models import Person

OBJECT_TYPE: Final = "competence"


@transaction.atomic
def assess_self(*, by: Person, competence: Competence, level: float, note: str = "") -> Evidence:
    """Record how ``by`` rates themselves today.

    One self-assessment counts per day: a later one on the same day takes the place of the earlier,
    and the same one again changes nothing.
    """
    first_refusal(rules.may_assess_self(competence), rules.may_stand_on_scale(level)).require()
    lock_evidence_of(by)
    today = today_of(by)
    earlier: Any = Evidence.objects.in_force().filter(
        person=by, competence=competence, source=EvidenceSource.SELF, observed_on=today, origin_kind=""
    )
    same = earlier.filter(level=level, summary=note).first()
    if same is not None:
        return Evidence.objects.get(pk=same.pk)
    before = pieces_of(by, [competence]).get(competence.pk, ())
    earlier.update(withdrawn_at=clock.now())
    evidence = Evidence.objects.create(
        person=by,
        competence=competence,
        source=EvidenceSource.SELF,
        level=level,
        observed_on=today,
        summary=note,
    )
    record_audit(by=by, verb="competences.assess_self", subject=evidence)
    _tell(evidence, Verb.ASSESSED, before, today)
    return evidence


@transaction.atomic
def record_evidence(
    *,
    by: Person,
    person: Person,
    competence: Competence,
    source: EvidenceSource,
    level: float,
    summary: str = "",
    observed_on: date | None = None,
    given_by: Person | None = None,
    origin_kind: str = "",
    origin_key: str = "",
) -> Evidence:
    """Record a piece of evidence for ``person``; ``given_by`` is who judged (partner, peer, mentor, manager).

    The same origin gives one piece: recording it again with the same level changes nothing, with
    another level it takes the place of the earlier. Raises ``Refused`` for a level off the scale, a
    day in the future, or somebody who may not judge.
    """
    source = EvidenceSource(source)
    today = today_of(person)
    day = observed_on or today
    first_refusal(
        rules.may_stand_on_scale(level),
        rules.may_record_evidence(by=by, person=person, source=source, given_by=given_by, observed_on=day, today=today),
    ).require()
    return write_evidence(
        by=by,
        piece=Evidence(
            person=person,
            competence=competence,
            source=source,
            level=level,
            observed_on=day,
            summary=summary,
            given_by=given_by,
            origin_kind=origin_kind,
            origin_key=origin_key,
        ),
    )


def write_evidence(*, by: Person, piece: Evidence) -> Evidence:
    """Write a new ``piece`` inside the caller's transaction; one of the same origin takes the place of the earlier."""
    lock_evidence_of(piece.person)
    before = pieces_of(piece.person, [piece.competence]).get(piece.competence.pk, ())
    if piece.origin_kind:
        names = ("person", "competence", "source", "given_by", "origin_kind", "origin_key")
        earlier: Any = Evidence.objects.in_force().filter(**{name: getattr(piece, name) for name in names})
        same = earlier.filter(level=piece.level).first()
        if same is not None:
            return Evidence.objects.get(pk=same.pk)
        _answered_by_another(by, earlier)
        withdraw(earlier)
    piece.save()
    record_audit(by=by, verb="competences.record_evidence", subject=piece, details={"source": str(piece.source)})
    _tell(piece, Verb.ADVANCED, before, today_of(piece.person))
    return piece


@transaction.atomic
def withdraw_evidence(*, by: Person, evidence: Evidence) -> Evidence:
    """Take a piece of evidence about oneself back; it counts no more. Withdrawing twice changes nothing.

    What is contested of it stays open, should it come back.
    """
    rules.may_withdraw(by, evidence).require()
    lock_evidence_of(by)
    if withdraw(Evidence.objects.filter(pk=evidence.pk)):
        evidence.refresh_from_db()
        record_audit(by=by, verb="competences.withdraw_evidence", subject=evidence)
        _state(evidence, Verb.WITHDREW)
    return evidence


@transaction.atomic
def restore_evidence(*, by: Person, evidence: Evidence) -> Evidence:
    """Undo a withdrawal; what has meanwhile taken its place is withdrawn instead."""
    lock_evidence_of(by)
    evidence.refresh_from_db()
    rules.may_restore(by, evidence).require()
    if evidence.withdrawn_at is None:
        return evidence
    before = pieces_of(by, [evidence.competence_id]).get(evidence.competence_id, ())
    withdraw(_successors(evidence))
    evidence.withdrawn_at = None
    evidence.save(update_fields=["withdrawn_at"])
    record_audit(by=by, verb="competences.restore_evidence", subject=evidence)
    _tell(evidence, Verb.ASSESSED if evidence.source == EvidenceSource.SELF else Verb.ADVANCED, before, today_of(by))
    return evidence


@transaction.atomic
def confirm_evidence(*, by: Person, evidence: Evidence) -> Evidence:
    """Confirm today that one's own work sample still holds: from the seventh day on it counts in full."""
    today = today_of(by)
    lock_evidence_of(by)
    evidence.refresh_from_db()
    rules.may_confirm(by, evidence, today).require()
    before = pieces_of(by, [evidence.competence_id]).get(evidence.competence_id, ())
    evidence.confirmed_on = today
    evidence.save(update_fields=["confirmed_on"])
    record_audit(by=by, verb="competences.confirm_evidence", subject=evidence)
    _tell(evidence, Verb.APPLIED, before, today)
    return evidence


def lock_evidence_of(person: Person) -> None:
    """Let two changes to one person's evidence happen one after the other."""
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk", flat=True).first()


def withdraw(evidence: Any) -> int:
    """Let the rows of a queryset count no more; return how many counted before."""
    changed: int = evidence.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    return changed


def _answered_by_another(by: Person, evidence: Any) -> None:
    """End what is contested of evidence that a newer piece takes the place of, and tell who contested it."""
    for contest in Contest.objects.filter(evidence__in=evidence.values("pk"), state=ContestState.OPEN):
        contest.state, contest.answered_at = ContestState.CORRECTED, clock.now()
        contest.save(update_fields=["state", "answered_at"])
        tell_of_answer(contest, by)
    evidence.update(is_disputed=False)


def _successors(evidence: Evidence) -> Any:
    """Return what counts in the place of a withdrawn piece: of the same origin, or of the same day by oneself."""
    same = Q(origin_kind=evidence.origin_kind, origin_key=evidence.origin_key)
    if not evidence.origin_kind:
        same &= Q(source=EvidenceSource.SELF, observed_on=evidence.observed_on)
    return Evidence.objects.in_force().filter(
        same,
        person=evidence.person_id,
        competence=evidence.competence_id,
        source=evidence.source,
        given_by=evidence.given_by_id,
    )


def _tell(evidence: Evidence, verb: Verb, before: tuple[Piece, ...], today: date) -> None:
    """Record the statement and send the event with the estimates before and after."""
    competence = evidence.competence
    after = pieces_of(evidence.person, [competence]).get(competence.pk, ())
    earlier = estimate(before, today, competence.half_life_days)
    now = estimate(after, today, competence.half_life_days)
    _state(evidence, verb)
    if now is not None:
        evidence_recorded.send_on_commit(
            EvidenceRecorded(
                evidence_id=evidence.pk,
                person_id=evidence.person_id,
                competence_id=competence.pk,
                level_before=earlier.level if earlier else None,
                level_after=now.level,
            )
        )


def _state(evidence: Evidence, verb: Verb) -> None:
    competence = evidence.competence
    record(
        person=evidence.person,
        verb=verb,
        object_type=OBJECT_TYPE,
        object_key=competence.public_id,
        object_name=competence.label_de or competence.label_en,
        object_name_en=competence.label_en,
        competence_key=competence.public_id,
        result={"score": {"raw": evidence.level, "min": 0, "max": 5}},
    )
