"""Contesting what somebody else has said, and answering it.

While a contest is open the evidence counts for nothing (GDPR, articles 16 and 18); the counter-statement stays
with it afterwards.
"""

from django.db import transaction

from wurzelwerk.competences import rules
from wurzelwerk.competences.actions.assessing import lock_evidence_of, withdraw, write_evidence
from wurzelwerk.competences.actions.telling import tell_of_answer, tell_of_contest
from wurzelwerk.competences.choices import ContestState
from wurzelwerk.competences.models import Contest, Evidence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import first_refusal
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
        tell_of_contest(contest, evidence.given_by)
    return contest


@transaction.atomic
def drop_contest(*, by: Person, contest: Contest) -> Contest:
    """Let go of what one has contested; the assessment counts again, and what was said is gone."""
    _hold(contest)
    rules.may_drop_contest(by, contest).require()
    contest.statement = ""
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
    _hold(contest)
    evidence = contest.evidence
    first_refusal(
        rules.may_answer_contest(by, contest), rules.may_answer_so(evidence, ContestState(state), level)
    ).require()
    _end(contest, state, answer)
    _dispute(evidence, is_disputed=False)
    if state != ContestState.KEPT:
        withdraw(Evidence.objects.filter(pk=evidence.pk))
    if state == ContestState.CORRECTED and level is not None:
        _correct(by, evidence, level)
    record_audit(by=by, verb="competences.answer_contest", subject=evidence, details={"state": str(state)})
    tell_of_answer(contest, by)
    return contest


def _hold(contest: Contest) -> None:
    """Let nobody else change it meanwhile, and see it as it is now."""
    lock_evidence_of(contest.person)
    contest.refresh_from_db()


def _correct(by: Person, evidence: Evidence, level: float) -> None:
    """Write what takes its place; whoever could give it then can correct it now, whatever they are to the person."""
    kept = ("person", "competence", "source", "summary", "observed_on", "given_by", "origin_kind", "origin_key")
    write_evidence(by=by, piece=Evidence(level=level, **{name: getattr(evidence, name) for name in kept}))


def _end(contest: Contest, state: ContestState, answer: str) -> None:
    contest.state, contest.answer, contest.answered_at = state, answer.strip(), clock.now()
    contest.save(update_fields=["state", "statement", "answer", "answered_at"])


def _dispute(evidence: Evidence, *, is_disputed: bool) -> None:
    evidence.is_disputed = is_disputed
    evidence.save(update_fields=["is_disputed"])
