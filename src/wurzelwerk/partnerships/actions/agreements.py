"""Agreeing: everyone may propose, all sign; another wording is another version without signatures."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships import rules
from wurzelwerk.partnerships.actions.steps import (
    Turn,
    VersionConflict,
    address,
    advance,
    begin,
    note,
    refuse_when,
    state,
    tell_others,
)
from wurzelwerk.partnerships.choices import Scenario
from wurzelwerk.partnerships.events import AgreementSigned, agreement_signed
from wurzelwerk.partnerships.models import (
    AgreementGoal,
    AgreementSignature,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
)
from wurzelwerk.partnerships.models.agreements import MOST_GOALS
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class GoalInput:
    """A goal in words, with the competence it serves."""

    text: str
    competence: Competence | None = None


@dataclass(frozen=True, slots=True)
class AgreementContent:
    """What an agreement says; see ``LearningAgreement`` for units."""

    goals: tuple[GoalInput, ...]
    scenario: Scenario
    weekly_minutes: int
    rhythm_weeks: int
    response_days: int
    ends_on: date


@transaction.atomic
def propose_agreement(
    *, by: Person, partnership: LearningPartnership, content: AgreementContent, seen_version: int
) -> LearningAgreement:
    """Save a new version without signatures; the same wording again changes nothing.

    ``seen_version`` is the version that was edited (0 for none). Raises ``VersionConflict`` when there
    is a newer one.
    """
    turn = begin(by=by, partnership=partnership, act=Act.PROPOSE_AGREEMENT)
    _may_agree(content)
    latest = _latest(turn.partnership)
    if latest is not None and content_of(latest) == content:
        return latest
    if seen_version != (latest.version if latest else 0):
        raise VersionConflict(latest)
    agreement = LearningAgreement.objects.create(
        partnership=turn.partnership,
        version=seen_version + 1,
        scenario=content.scenario,
        weekly_minutes=content.weekly_minutes,
        rhythm_weeks=content.rhythm_weeks,
        response_days=content.response_days,
        ends_on=content.ends_on,
        proposed_by=by,
    )
    AgreementGoal.objects.bulk_create(
        AgreementGoal(agreement=agreement, position=position, text=goal.text.strip(), competence=goal.competence)
        for position, goal in enumerate(content.goals, start=1)
    )
    note(by, "propose_agreement", turn.partnership, version=agreement.version)
    url = address(turn.partnership, "agreement")
    tell_others(turn, "agreement_proposed", _("%(name)s proposes a learning agreement"), url=url)
    return agreement


@transaction.atomic
def sign_agreement(
    *, by: Person, partnership: LearningPartnership, version: int, has_talked: bool = False
) -> LearningAgreement:
    """Sign the version that was read; once all have signed it is in force and the learning begins."""
    turn = begin(by=by, partnership=partnership, act=Act.SIGN_AGREEMENT)
    latest = _latest(turn.partnership)
    refuse_when(latest is None, _("There is no agreement yet. Propose one first."))
    assert latest is not None  # noqa: S101 - refused above
    refuse_when(latest.version != version, _("There is a newer version. Read it before you sign."))
    signed = set(latest.signatures.values_list("person", flat=True))
    learners = set(LearningPackage.objects.filter(partnership=turn.partnership).values_list("learner", flat=True))
    rules.may_sign(by, latest, turn.members, signed=signed, learners=learners, has_talked=has_talked).require()
    AgreementSignature.objects.create(agreement=latest, person=by, has_talked=has_talked)
    note(by, "sign_agreement", turn.partnership, version=version)
    state(by, Verb.SIGNED, turn.partnership)
    if {member.person_id for member in turn.members} <= {*signed, by.pk}:
        _enter_into_force(turn, latest)
    else:
        url = address(turn.partnership, "agreement")
        tell_others(turn, "agreement_signed", _("%(name)s has signed the learning agreement"), url=url)
    return latest


def content_of(agreement: LearningAgreement) -> AgreementContent:
    """Return what a version says, to be compared or edited."""
    goals = agreement.goals.select_related("competence").order_by("position")
    return AgreementContent(
        goals=tuple(GoalInput(goal.text, goal.competence) for goal in goals),
        scenario=Scenario(agreement.scenario),
        weekly_minutes=agreement.weekly_minutes,
        rhythm_weeks=agreement.rhythm_weeks,
        response_days=agreement.response_days,
        ends_on=agreement.ends_on,
    )


def _latest(partnership: LearningPartnership) -> LearningAgreement | None:
    latest: LearningAgreement | None = partnership.agreements.order_by("-version").first()
    return latest


def _may_agree(content: AgreementContent) -> None:
    refuse_when(not content.goals, _("Write at least one goal."))
    refuse_when(len(content.goals) > MOST_GOALS, _("Three goals are enough."))
    refuse_when(not all(goal.text.strip() for goal in content.goals), _("A goal needs words."))
    refuse_when(content.ends_on < clock.today(), _("The end lies in the past."))


def _enter_into_force(turn: Turn, agreement: LearningAgreement) -> None:
    partnership = turn.partnership
    partnership.scenario, partnership.planned_end_on = agreement.scenario, agreement.ends_on
    partnership.started_on = partnership.started_on or clock.today()
    partnership.save(update_fields=["scenario", "planned_end_on", "started_on"])
    advance(turn, Act.SIGN_AGREEMENT)
    tell_others(turn, "agreement_in_force", _("All have signed: learning with %(name)s can begin"))
    agreement_signed.send_on_commit(AgreementSigned(partnership.pk, agreement.version, turn.person_ids()))
