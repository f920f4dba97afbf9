"""Who may do what with evidence, profiles, target profiles and frameworks."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.choices import ContestState, EvidenceSource
from wurzelwerk.competences.estimating.pieces import LASTING_DAYS
from wurzelwerk.competences.models import Competence, Contest, Evidence
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import is_manager_of, may_develop_learning

GIVEN_BY_ANOTHER = frozenset({EvidenceSource.PARTNER, EvidenceSource.PEER, EvidenceSource.MENTOR, EvidenceSource.LEAD})


def may_maintain_frameworks(person: Person | None) -> Verdict:
    """Say whether ``person`` may import and edit frameworks; None is whoever runs the server itself."""
    return ALLOWED if person is None else may_develop_learning(person)


def may_maintain_targets(person: Person | None) -> Verdict:
    """Say whether ``person`` may change target profiles; None is whoever runs the server itself."""
    return ALLOWED if person is None else may_develop_learning(person)


def may_assess_self(competence: Competence) -> Verdict:
    """Say whether anybody may rate themselves in ``competence``."""
    if competence.retired_at is None:
        return ALLOWED
    return refuse(_("This competence is no longer part of its framework. What is there stays."))


def may_stand_on_scale(level: float) -> Verdict:
    """Say whether ``level`` lies on the scale."""
    if 0 <= level <= HIGHEST_LEVEL:
        return ALLOWED
    return refuse(_("A level lies between 0 and 5."))


def may_record_evidence(
    *, by: Person, person: Person, source: EvidenceSource, given_by: Person | None, observed_on: date, today: date
) -> Verdict:
    """Say whether evidence for ``person`` may be recorded: who rates whom, and not in the future."""
    if observed_on > today:
        return refuse(_("The day must not lie in the future."))
    if source is EvidenceSource.SELF:
        return ALLOWED if by == person else refuse(_("Only the person can assess themselves."))
    if source not in GIVEN_BY_ANOTHER:
        return ALLOWED
    if given_by is None or given_by == person:
        return refuse(_("This kind of evidence is given by somebody else."))
    if source is EvidenceSource.LEAD and not is_manager_of(given_by, person):
        return refuse(_("Only the direct manager can give this assessment."))
    return ALLOWED


def may_withdraw(person: Person, evidence: Evidence) -> Verdict:
    """Say whether ``person`` may take ``evidence`` back, or bring it back again."""
    if evidence.person_id == person.pk:
        return ALLOWED
    return refuse(_("Only the person whom it is about can do this."))


def may_contest(person: Person, evidence: Evidence) -> Verdict:
    """Say whether ``person`` may contest what somebody else said about them."""
    contest = Contest.objects.filter(evidence=evidence).first()
    if evidence.withdrawn_at is not None:
        return refuse(_("This evidence was taken back."))
    if evidence.given_by_id in {None, person.pk}:
        return refuse(_("Only what somebody else has said can be contested. You can take your own evidence back."))
    if evidence.given_by is not None and not evidence.given_by.is_active:
        return refuse(_("Whoever said this is no longer here to answer. You can take it back instead."))
    if contest is not None and contest.state == ContestState.OPEN:
        return refuse(_("You have contested this already; the answer has not come yet."))
    if contest is not None and contest.state != ContestState.DROPPED:
        return refuse(_("This was answered. What you said stays with it; you can still take it back."))
    return may_withdraw(person, evidence)


def may_drop_contest(person: Person, contest: Contest) -> Verdict:
    """Say whether ``person`` may let go of what they contested."""
    if contest.state != ContestState.OPEN:
        return refuse(_("This was answered already."))
    return may_withdraw(person, contest.evidence)


def may_answer_contest(person: Person, contest: Contest) -> Verdict:
    """Say whether ``person`` may answer: whoever gave the assessment, once."""
    if contest.evidence.given_by_id != person.pk:
        return refuse(_("Only whoever gave the assessment can answer."))
    if contest.state != ContestState.OPEN or contest.evidence.withdrawn_at is not None:
        return refuse(_("There is nothing to answer any more."))
    return ALLOWED


def may_say(words: str) -> Verdict:
    """Say whether there is anything said."""
    return ALLOWED if words.strip() else refuse(_("Please say how you see it."))


def may_answer_so(evidence: Evidence, state: ContestState, level: float | None) -> Verdict:
    """Say whether a contest can be answered so: kept, taken back, or corrected to another level of the scale."""
    if state not in {ContestState.KEPT, ContestState.RETRACTED, ContestState.CORRECTED}:
        return refuse(_("Please choose one of the answers."))
    if state != ContestState.CORRECTED:
        return ALLOWED
    if level is None or level == evidence.level:
        return refuse(_("Please choose the level that you would give now; it must be another one than before."))
    return may_stand_on_scale(level)


def may_restore(person: Person, evidence: Evidence) -> Verdict:
    """Say whether ``person`` may bring evidence back: not what whoever gave it has taken back."""
    gone = (ContestState.RETRACTED, ContestState.CORRECTED)
    if Contest.objects.filter(evidence=evidence, state__in=gone).exists():
        return refuse(_("Whoever gave this has taken it back themselves."))
    return may_withdraw(person, evidence)


def may_confirm(person: Person, evidence: Evidence, today: date) -> Verdict:
    """Say whether ``person`` may confirm now that a work sample still holds."""
    if evidence.withdrawn_at is not None:
        return refuse(_("This evidence was taken back."))
    if evidence.is_disputed:
        return refuse(_("You have contested this already; the answer has not come yet."))
    return first_refusal(
        may_withdraw(person, evidence),
        may_confirm_piece(EvidenceSource(evidence.source), evidence.observed_on, evidence.confirmed_on, today),
    )


def may_confirm_piece(source: EvidenceSource, observed_on: date, confirmed_on: date | None, today: date) -> Verdict:
    """Say whether a piece of evidence can be confirmed now: a work sample, a week later, once a week at most."""
    if source is not EvidenceSource.WORK_SAMPLE:
        return refuse(_("Only a work sample can be confirmed."))
    if (today - (confirmed_on or observed_on)).days < LASTING_DAYS:
        return refuse(_("You can confirm this once a week has passed."))
    return ALLOWED
