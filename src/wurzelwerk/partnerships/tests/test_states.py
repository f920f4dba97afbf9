"""T07: every state, act and actor; what is not drawn is refused with a sentence and changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from wurzelwerk.kernel.verdict import Refused, Verdict
from wurzelwerk.partnerships import actions, rules
from wurzelwerk.partnerships.actions import MeetingContent, PackageContent, Worksheet
from wurzelwerk.partnerships.choices import AdState, Phase, RequestState
from wurzelwerk.partnerships.models import (
    AgreementSignature,
    LearningPackage,
    LearningPartnership,
    Meeting,
    PartnerAd,
    PartnershipRequest,
)
from wurzelwerk.partnerships.states import (
    AD,
    MACHINES,
    PARTNERSHIP,
    REQUEST,
    Act,
    Actor,
    AdAct,
    Machine,
    RequestAct,
    page,
)
from wurzelwerk.partnerships.tests import factories
from wurzelwerk.partnerships.tests.factories import Story, everything
from wurzelwerk.people.models import Person

MIN_WORDS = 20
DOCS = Path(__file__).resolve().parents[4] / "docs" / "partnership-states.md"


def writes(perform: Callable[[], object]) -> list[str]:
    """Do something and return the statements that wrote."""
    with CaptureQueriesContext(connection) as seen:
        perform()
    return [query["sql"] for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def refused(perform: Callable[[], object], what: object) -> None:
    """Make sure that ``perform`` is refused in words before it writes anything."""
    reasons: list[str] = []

    def try_it() -> None:
        with pytest.raises(Refused) as refusal:
            perform()
        reasons.append(str(refusal.value.reason))

    assert (what, writes(try_it)) == (what, [])
    assert (what, [(reason.endswith("."), len(reason) > MIN_WORDS) for reason in reasons]) == (what, [(True, True)])


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens within the block."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_is_reached_and_every_act_is_possible_somewhere(machine: Machine) -> None:
    reached = {machine.start, *(move.to for move in machine.moves)}

    assert reached == set(machine.states.values)
    assert {move.act for move in machine.moves} == set(machine.acts)
    assert len({(move.state, move.act, move.actor) for move in machine.moves}) == len(machine.moves)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_nobody_from_outside_moves_anything(machine: Machine) -> None:
    assert [move for move in machine.moves if move.actor is Actor.OTHER] == []


def test_the_page_in_the_documentation_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("partnership_states")

    assert capsys.readouterr().out == page() == DOCS.read_text()


# --- partnerships -------------------------------------------------------------------------------

_REACH: dict[Phase, Callable[[Story], LearningPartnership]] = {
    Phase.PREPARATION: factories.a_partnership,
    Phase.PLANNING: factories.in_planning,
    Phase.LEARNING: factories.in_learning,
    Phase.CLOSING: factories.in_closing,
    Phase.CLOSED: factories.closed,
    Phase.ENDED: lambda story: actions.end_partnership(by=story.ben, partnership=factories.in_learning(story)),
}


def partnership_in(story: Story, phase: Phase) -> LearningPartnership:
    """Return a partnership in ``phase`` with a package, a meeting that was, and where possible something to sign."""
    partnership = _REACH[phase](story)
    if phase is Phase.PLANNING:
        for learner in (story.amira, story.ben):
            factories.a_package(story, partnership, learner=learner)
        content = factories.an_agreement_content()
        actions.propose_agreement(by=story.ben, partnership=partnership, content=content, seen_version=0)
    if phase is Phase.LEARNING:
        content = factories.an_agreement_content(weekly_minutes=75)
        actions.propose_agreement(by=story.ben, partnership=partnership, content=content, seen_version=1)
    Meeting.objects.create(partnership=partnership, starts_at=factories.at(2026, 11, 22, 10))
    package_in(partnership, story)
    partnership.refresh_from_db()
    return partnership


def package_in(partnership: LearningPartnership, story: Story) -> LearningPackage:
    found = LearningPackage.objects.filter(partnership=partnership, learner=story.amira).first()
    return found or LearningPackage.objects.create(
        partnership=partnership,
        teacher=story.ben,
        learner=story.amira,
        competence=factories.moderation(),
        title="Übung",
        due_on=factories.day("2026-12-01"),
    )


def acts_of(by: Person, partnership: LearningPartnership, story: Story) -> dict[Act, Callable[[], object]]:
    """Return every act as a page would do it for ``by``."""
    latest = partnership.agreements.order_by("-version").first()
    version = latest.version if latest else 0
    soon = MeetingContent(starts_at=factories.at(2026, 11, 24, 10))
    more = PackageContent(story.ben, story.amira, factories.moderation(), "Mehr", factories.day("2026-12-01"))
    changed = factories.an_agreement_content(weekly_minutes=80)
    package, meeting = package_in(partnership, story), Meeting.objects.get(partnership=partnership)
    about: dict[str, Any] = {"by": by, "partnership": partnership}
    return {
        Act.CONFIRM_PREPARATION: lambda: actions.confirm_preparation(**about),
        Act.SET_TERMS: lambda: actions.set_terms(**about, weekly_minutes=70, rhythm_weeks=1, response_days=2),
        Act.PROPOSE_AGREEMENT: lambda: actions.propose_agreement(**about, content=changed, seen_version=version),
        Act.SIGN_AGREEMENT: lambda: actions.sign_agreement(**about, version=version, has_talked=True),
        Act.SAVE_PACKAGE: lambda: actions.save_package(**about, content=more),
        Act.REMOVE_PACKAGE: lambda: actions.remove_package(by=by, package=package),
        Act.COMPLETE_PACKAGE: lambda: actions.complete_package(by=by, package=package),
        Act.REOPEN_PACKAGE: lambda: actions.reopen_package(by=by, package=package),
        Act.PLAN_MEETING: lambda: actions.plan_meeting(**about, content=soon),
        Act.MOVE_MEETING: lambda: actions.move_meeting(by=by, meeting=meeting, content=soon),
        Act.CANCEL_MEETING: lambda: actions.cancel_meeting(by=by, meeting=meeting),
        Act.WRITE_WORKSHEET: lambda: actions.write_worksheet(
            by=by, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0
        ),
        Act.SAVE_NOTES: lambda: actions.save_notes(**about, body="Notiz", seen_version=0),
        Act.REQUEST_TIME: lambda: actions.request_time(**about, weekly_minutes=60, until=factories.day("2027-01-31")),
        Act.START_CLOSING: lambda: actions.start_closing(**about),
        Act.RESUME_LEARNING: lambda: actions.resume_learning(**about),
        Act.CLOSE_PARTNERSHIP: lambda: actions.close_partnership(**about, content=factories.what_amira_says(story)),
        Act.END_PARTNERSHIP: lambda: actions.end_partnership(**about),
    }


@pytest.mark.parametrize("phase", Phase)
def test_every_act_in_each_phase_by_everybody(story: Story, phase: Phase) -> None:
    partnership = partnership_in(story, phase)
    people = story.people
    outsiders = (people.clara, people.david, people.eva, people.felix, people.greta)
    acts = {person: acts_of(person, partnership, story) for person in (story.amira, story.ben, *outsiders)}
    assert {frozenset(each) for each in acts.values()} == {frozenset(PARTNERSHIP.acts)}
    before = everything()

    for act in Act:
        is_possible = PARTNERSHIP.move(phase, act, Actor.MEMBER) is not None
        for person in outsiders if is_possible else acts:
            refused(acts[person][act], (act, person))
    assert everything() == before

    for act in Act:
        move = PARTNERSHIP.move(phase, act, Actor.MEMBER)
        if move is not None:
            with undone():
                written = writes(acts[story.amira][act])
                after = LearningPartnership.objects.get(pk=partnership.pk)
                assert (act, after.phase) == (act, phase if move.is_joint else move.to)
                assert (act, act is Act.REOPEN_PACKAGE or written != []) == (act, True)


def test_a_joint_act_moves_on_once_all_have_done_it(story: Story) -> None:
    partnership = factories.a_partnership(story)

    first = actions.confirm_preparation(by=story.amira, partnership=partnership).phase
    second = actions.confirm_preparation(by=story.ben, partnership=partnership).phase

    assert (first, second) == (Phase.PREPARATION, Phase.PLANNING)


def test_signatures_belong_to_members_alone(story: Story) -> None:
    factories.in_learning(story)

    assert set(AgreementSignature.objects.values_list("person", flat=True)) == {story.amira.pk, story.ben.pk}


# --- requests -----------------------------------------------------------------------------------


def request_in(story: Story, state: RequestState) -> PartnershipRequest:
    request = factories.a_request(story)
    if state is RequestState.ACCEPTED:
        actions.answer_request(by=story.ben, request=request, accepts=True)
    if state is RequestState.DECLINED:
        actions.answer_request(by=story.ben, request=request, accepts=False)
    if state is RequestState.WITHDRAWN:
        actions.withdraw_request(by=story.amira, request=request)
    if state is RequestState.EXPIRED:
        PartnershipRequest.objects.update(state=RequestState.EXPIRED, answered_at=request.sent_at)
    request.refresh_from_db()
    return request


REQUEST_ACTS: dict[RequestAct, Callable[[Person, PartnershipRequest], object]] = {
    RequestAct.ACCEPT: lambda by, request: actions.answer_request(by=by, request=request, accepts=True),
    RequestAct.DECLINE: lambda by, request: actions.answer_request(by=by, request=request, accepts=False),
    RequestAct.WITHDRAW: lambda by, request: actions.withdraw_request(by=by, request=request),
}


@pytest.mark.parametrize("state", RequestState)
def test_every_act_on_a_request_in_each_state_by_everybody(story: Story, state: RequestState) -> None:
    request = request_in(story, state)
    actors = {Actor.SENDER: story.amira, Actor.RECEIVER: story.ben, Actor.OTHER: story.people.david}
    before = everything()

    for act, (actor, person) in product(REQUEST_ACTS, actors.items()):
        move = REQUEST.move(state, act, actor)
        if move is None:
            refused(partial(REQUEST_ACTS[act], person, request), (act, actor))
    assert everything() == before

    for act, (actor, person) in product(REQUEST_ACTS, actors.items()):
        move = REQUEST.move(state, act, actor)
        if move is None:
            continue
        with undone():
            REQUEST_ACTS[act](person, request)
            assert (act, PartnershipRequest.objects.get(pk=request.pk).state) == (act, move.to)


def test_requests_end_by_themselves_only_while_they_wait(story: Story, frozen_time: time_machine.Traveller) -> None:
    for state in RequestState:
        with undone():
            request = request_in(story, state)
            PartnershipRequest.objects.update(due_on=factories.day("2026-11-01"))
            move = REQUEST.move(state, RequestAct.EXPIRE, Actor.SYSTEM)

            count = actions.expire_requests()

            request.refresh_from_db()
            assert (state, count, request.state) == (state, 1 if move else 0, move.to if move else state)


# --- ads ----------------------------------------------------------------------------------------


def an_ad_content() -> actions.AdContent:
    return actions.AdContent(
        offers=(actions.OfferInput(factories.sql(), 5),),
        wants=(actions.WantInput(factories.moderation(), 1, 2),),
        windows=factories.WINDOWS,
    )


AD_ACTS: dict[AdAct, Callable[[Person, PartnerAd], object]] = {
    AdAct.CHANGE: lambda by, ad: actions.change_ad(by=by, ad=ad, content=an_ad_content()),
    AdAct.PAUSE: lambda by, ad: actions.pause_ad(by=by, ad=ad),
    AdAct.RESUME: lambda by, ad: actions.resume_ad(by=by, ad=ad),
    AdAct.WITHDRAW: lambda by, ad: actions.withdraw_ad(by=by, ad=ad),
}


@pytest.mark.parametrize("state", AdState)
def test_every_act_on_an_ad_in_each_state_by_everybody(story: Story, state: AdState) -> None:
    ad = story.amiras_ad
    PartnerAd.objects.filter(pk=ad.pk).update(state=state)
    people = story.people
    ad.refresh_from_db()
    before = everything()

    for act, do in AD_ACTS.items():
        is_possible = AD.move(state, act, Actor.OWNER) is not None
        others = (story.ben, people.clara, people.david, people.greta)
        for person in others if is_possible else (*others, story.amira):
            refused(partial(do, person, ad), (act, person))
    assert everything() == before

    for act, do in AD_ACTS.items():
        move = AD.move(state, act, Actor.OWNER)
        if move is not None:
            with undone():
                do(story.amira, ad)
                assert (act, PartnerAd.objects.get(pk=ad.pk).state) == (act, move.to)


def test_ads_end_by_themselves_only_while_they_are_published(story: Story) -> None:
    for state in AdState:
        PartnerAd.objects.filter(pk=story.amiras_ad.pk).update(state=state, expires_on=factories.day("2026-11-22"))
        move = AD.move(state, AdAct.EXPIRE, Actor.SYSTEM)

        count = actions.expire_ads()

        found = PartnerAd.objects.get(pk=story.amiras_ad.pk)
        assert (state, count, found.state) == (state, 1 if move else 0, move.to if move else state)


# --- what no page and no action can reach -------------------------------------------------------


def test_the_rules_agree_with_the_data_for_every_state_act_and_actor(story: Story) -> None:
    request, ad = factories.a_request(story), story.amiras_ad
    david = story.people.david
    askers = {Actor.SENDER: story.amira, Actor.RECEIVER: story.ben, Actor.SYSTEM: None, Actor.OTHER: david}
    owners = {Actor.OWNER: story.amira, Actor.SYSTEM: None, Actor.OTHER: david}
    verdicts: list[tuple[object, bool, Verdict]] = []

    for actor, state, act in product(REQUEST.actors, RequestState, RequestAct):
        request.state = state
        verdict = rules.may_act_on_request(askers[actor], request, act)
        verdicts.append(((actor, state, act), REQUEST.move(state, act, actor) is not None, verdict))
    for actor, now, ad_act in product(AD.actors, AdState, AdAct):
        ad.state = now
        verdict = rules.may_act_on_ad(owners[actor], ad, ad_act)
        verdicts.append(((actor, now, ad_act), AD.move(now, ad_act, actor) is not None, verdict))

    assert len(verdicts) == len(REQUEST.actors) * 5 * 4 + len(AD.actors) * 4 * 5
    for what, is_drawn, verdict in verdicts:
        assert (what, verdict.allowed, bool(str(verdict.reason))) == (what, is_drawn, not is_drawn)
