"""Contesting what somebody else has said, and answering it.

While a contest is open the evidence counts for nothing (GDPR, articles 16 and 18); the counter-statement stays
with it afterwards.
"""

from django.db import transaction
from django.urls import reverse

from wurzelwerk.competences import rules
from wurzelwerk.competences.actions.assessing import lock_evidence_of, record_evidence, withdraw
from wurzelwerk.competences.choices import ContestState, EvidenceSource
from wurzelwerk.competences.models import Contest, Evidence
from wurzelwerk.competences.terms import CONTEST_ANSWERED, CONTESTED
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import first_refusal
from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.models import Person


@transaction.atomic
def contest_evidence(*, by: Person, evidence: Evidence, statement: str) -> Contest:
    """Say against an assessment what one's own view is; it counts for nothing until it is answered.

    Whoever gave it is asked to answer. Raises ``Refused`` for one's own evidence, twice, or without words.
    """
    lock_evidence_of(by)
    evidence.refresh_from_db()
    first_refusal(rules.may_contest(by, evidence), rules.may_say(statement)).require()
    said = {"statement": statement.strip(), "contested_at": clock.now(), "state": ContestState.OPEN}
    contest, _is_new = Contest.objects.update_or_create(
        evidence=evidence, defaults={**said, "person": by, "answered_at": None, "answer": ""}
    )
    _dispute(evidence, is_disputed=True)
    record_audit(by=by, verb="competences.contest_evidence", subject=evidence)
    if evidence.given_by is not None:
        notify(
            person=evidence.given_by,
            kind=CONTESTED,
            title_de=f"{by.full_name} sieht eine Einschätzung von dir anders und bittet um deine Antwort",
            title_en=f"{by.full_name} sees an assessment of yours differently and asks for your answer",
            url=reverse("competences:contest", args=[contest.public_id]),
            by=by,
        )
    return contest


@transaction.atomic
def drop_contest(*, by: Person, contest: Contest) -> Contest:
    """Let go of what one has contested; the assessment counts again, what was said goes."""
    lock_evidence_of(contest.person)
    contest.refresh_from_db()
    rules.may_drop_contest(by, contest).require()
    _end(contest, ContestState.DROPPED, "")
    _dispute(contest.evidence, is_disputed=False)
    record_audit(by=by, verb="competences.drop_contest", subject=contest.evidence)
    return contest


@transaction.atomic
def answer_contest(
    *, by: Person, contest: Contest, state: ContestState, answer: str = "", level: float | None = None
) -> Contest:
    """Answer as whoever gave the assessment: keep it, correct its level, or take it back.

    Kept, it counts again and the counter-statement stays with it. Corrected, a new piece of the same day takes its
    place (``level`` is required). Raises ``Refused`` for anybody else, twice, or a correction that changes nothing.
    """
    lock_evidence_of(contest.person)
    contest.refresh_from_db()
    evidence = contest.evidence
    first_refusal(
        rules.may_answer_contest(by, contest), rules.may_answer_so(evidence, ContestState(state), level)
    ).require()
    _end(contest, state, answer)
    if state == ContestState.KEPT:
        _dispute(evidence, is_disputed=False)
    else:
        withdraw(Evidence.objects.filter(pk=evidence.pk), ContestState(state))
    if state == ContestState.CORRECTED and level is not None:
        _correct(by, evidence, level)
    record_audit(by=by, verb="competences.answer_contest", subject=evidence, details={"state": str(state)})
    notify(
        person=contest.person,
        kind=CONTEST_ANSWERED,
        title_de=f"{by.full_name} hat auf deinen Widerspruch geantwortet",
        title_en=f"{by.full_name} has answered what you contested",
        url=reverse("competences:competence", args=[evidence.competence.public_id]) + "#evidence",
        by=by,
    )
    return contest


def _correct(by: Person, evidence: Evidence, level: float) -> None:
    record_evidence(
        by=by,
        person=evidence.person,
        competence=evidence.competence,
        source=EvidenceSource(evidence.source),
        level=level,
        summary=evidence.summary,
        observed_on=evidence.observed_on,
        given_by=by,
        origin_kind=evidence.origin_kind,
        origin_key=evidence.origin_key,
    )


def _end(contest: Contest, state: ContestState, answer: str) -> None:
    contest.state, contest.answer, contest.answered_at = state, answer.strip(), clock.now()
    contest.save(update_fields=["state", "answer", "answered_at"])


def _dispute(evidence: Evidence, *, is_disputed: bool) -> None:
    evidence.is_disputed = is_disputed
    evidence.save(update_fields=["is_disputed"])
