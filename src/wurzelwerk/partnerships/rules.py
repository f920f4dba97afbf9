"""Who may do what with ads, requests and partnerships; each refusal is a sentence."""

from collections.abc import Collection, Iterable
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.partnerships.choices import RUNNING_PHASES, AdState, RequestState
from wurzelwerk.partnerships.matching import Fit, Obstacle
from wurzelwerk.partnerships.models import (
    LearningAgreement,
    LearningPartnership,
    Member,
    PartnerAd,
    PartnershipRequest,
    TimeRequest,
)
from wurzelwerk.partnerships.states import AD, PARTNERSHIP, REQUEST, Act, Actor, AdAct, RequestAct
from wurzelwerk.people.models import Person

TALK_SHARE: Final = 0.3
"""From this relative difference in hours or rhythm on, two people must talk it through before signing."""


class Terms(Protocol):
    """What an agreement and each member say about time."""

    @property
    def weekly_minutes(self) -> int:
        """Return the minutes a week."""

    @property
    def rhythm_weeks(self) -> int:
        """Return the weeks between meetings."""


_OVER: Final = _("This learning partnership is over. Nothing in it changes any more.")
_NOT_YET: Final[dict[Act, Promise]] = {
    Act.CONFIRM_PREPARATION: _("The preparation is already behind you."),
    Act.SET_TERMS: _("What each of you gives stands in the agreement now. Propose a new version to change it."),
    Act.PROPOSE_AGREEMENT: _(
        "First all of you prepare, then you plan together; nothing new is agreed while you close."
    ),
    Act.SIGN_AGREEMENT: _("There is nothing to sign now."),
    Act.SAVE_PACKAGE: _("Packages are planned once all of you have prepared, and until you begin to close."),
    Act.REMOVE_PACKAGE: _("Packages are changed once all of you have prepared, and until you begin to close."),
    Act.COMPLETE_PACKAGE: _("Packages are done once the agreement is signed by all."),
    Act.REOPEN_PACKAGE: _("Packages are done once the agreement is signed by all."),
    Act.REQUEST_TIME: _("You can ask for time while you plan and learn."),
    Act.START_CLOSING: _("You can begin to close once you learn together."),
    Act.RESUME_LEARNING: _("You are not closing at the moment."),
    Act.CLOSE_PARTNERSHIP: _("First one of you begins to close; then each says what was reached."),
}
_REQUEST_IS_OVER: Final[dict[str, Promise]] = {
    RequestState.ACCEPTED: _("This request has already been accepted."),
    RequestState.DECLINED: _("This request has already been declined."),
    RequestState.WITHDRAWN: _("This request was withdrawn."),
    RequestState.EXPIRED: _("This request is no longer open."),
}
_AD_STANDS: Final[dict[str, Promise]] = {
    AdState.PUBLISHED: _("This ad is already published."),
    AdState.PAUSED: _("This ad is paused. Publish it again first."),
    AdState.WITHDRAWN: _("This ad was withdrawn."),
    AdState.EXPIRED: _("This ad has expired. Publish it again first."),
}
OBSTACLE_SENTENCES: Final[dict[Obstacle, Promise]] = {
    Obstacle.SAME_PERSON: _("This is your own ad."),
    Obstacle.MANAGER: _("One of you is the manager of the other. A learning partnership works at eye level."),
    Obstacle.LANGUAGE: _("You have no language in common."),
    Obstacle.PLACE: _("You have no place in common: neither online nor at one site."),
    Obstacle.HOURS: _("The hours a week you want to give do not meet."),
    Obstacle.WEEKS: _("The number of weeks you have in mind does not meet."),
    Obstacle.COMMITMENT: _("You have a different commitment in mind."),
    Obstacle.TIME: _("You have too few free hours in common."),
    # Only one's own wishes are told; those of the other look like "no common time" (queries.fits).
    Obstacle.EXCLUDED: _("You do not want suggestions of this person. Take that back first."),
    Obstacle.SAME_TEAM: _("You do not want to learn within your own team."),
}


def may_have_ad(person: Person, live: PartnerAd | None) -> Verdict:
    """Say whether ``person`` may publish another ad; ``live`` is the one published or paused now."""
    if not person.is_active:
        return refuse(_("This account is closed. Please ask the administration."))
    if live is not None:
        return refuse(_("You already have an ad. Change it, or withdraw it first."))
    return ALLOWED


def may_act_on_ad(person: Person | None, ad: PartnerAd, act: AdAct) -> Verdict:
    """Say whether ``person`` (None is the system) may do ``act`` with ``ad``."""
    actor = Actor.SYSTEM if person is None else Actor.OWNER if ad.person_id == person.pk else Actor.OTHER
    if AD.move(ad.state, act, actor) is not None:
        return ALLOWED
    if actor is Actor.OTHER:
        return refuse(_("Only the person who wrote the ad can do this."))
    return refuse(_AD_STANDS[ad.state])


def may_hide(person: Person, other: Person) -> Verdict:
    """Say whether ``person`` may stop seeing suggestions of ``other``."""
    return refuse(_("This is you.")) if person.pk == other.pk else ALLOWED


def may_request(person: Person, ad: PartnerAd, *, fit: Fit | None, waiting: PartnershipRequest | None) -> Verdict:
    """Say whether ``person`` may ask the author of ``ad``.

    ``fit`` is how the own published ad goes with it (None without one), ``waiting`` a pending request
    between the two.
    """
    if ad.person_id == person.pk:
        return refuse(OBSTACLE_SENTENCES[Obstacle.SAME_PERSON])
    if ad.state != AdState.PUBLISHED or ad.expires_on < clock.today():
        return refuse(_("This ad is not published at the moment."))
    if fit is None:
        return refuse(_("Write your own ad first: then both of you know what you give and want."))
    if waiting is not None:
        return refuse(
            _("You have already asked. An answer is due soon.")
            if waiting.sender_id == person.pk
            else _("You have been asked by this person already. Answer that request.")
        )
    return may_be_paired(fit)


def may_be_paired(fit: Fit) -> Verdict:
    """Say whether two ads may come together at all."""
    return refuse(OBSTACLE_SENTENCES[fit.obstacles[0]]) if fit.obstacles else ALLOWED


def may_act_on_request(person: Person | None, request: PartnershipRequest, act: RequestAct) -> Verdict:
    """Say whether ``person`` (None is the system) may do ``act`` with ``request``."""
    actor = _actor_of_request(person, request)
    if REQUEST.move(request.state, act, actor) is not None:
        return ALLOWED
    if request.state != RequestState.PENDING and actor is not Actor.OTHER:
        return refuse(_REQUEST_IS_OVER[request.state])
    if act is RequestAct.WITHDRAW:
        return refuse(_("Only the person who asked can withdraw the request."))
    return refuse(_("Only the person who was asked can answer."))


def _actor_of_request(person: Person | None, request: PartnershipRequest) -> Actor:
    if person is None:
        return Actor.SYSTEM
    positions = {request.sender_id: Actor.SENDER, request.receiver_id: Actor.RECEIVER}
    return positions.get(person.pk, Actor.OTHER)


def may_begin(request: PartnershipRequest, *, free_places: Collection[int | None]) -> Verdict:
    """Say whether a partnership may begin; ``free_places`` holds a free place of each ad, or None."""
    if not request.sender.is_active:
        return refuse(_("The person who asked no longer works here."))
    if any(place is None for place in free_places):
        return refuse(_("One of you has begun another learning partnership in the meantime."))
    return ALLOWED


def may_act(person: Person, partnership: LearningPartnership, act: Act, members: Iterable[Member]) -> Verdict:
    """Say whether ``person`` may do ``act`` in the phase in which ``partnership`` stands."""
    is_member = any(member.person_id == person.pk for member in members)
    actor = Actor.MEMBER if is_member else Actor.OTHER
    if PARTNERSHIP.move(partnership.phase, act, actor) is not None:
        return ALLOWED
    if not is_member:
        return refuse(_("Only the members of this learning partnership can do this."))
    if partnership.phase not in RUNNING_PHASES:
        return refuse(_OVER)
    return refuse(_NOT_YET[act])


def must_talk(agreement: Terms, members: Iterable[Terms]) -> tuple[bool, bool]:
    """Tell whether the hours, and whether the rhythm, differ so much that it must be talked through.

    What each member can give and what is agreed are compared: the largest with the smallest.
    """
    everyone = tuple(members)
    minutes = [agreement.weekly_minutes, *(member.weekly_minutes for member in everyone)]
    rhythm = [agreement.rhythm_weeks, *(member.rhythm_weeks for member in everyone)]
    return differs(minutes), differs(rhythm)


def differs(values: Collection[int]) -> bool:
    """Tell whether the largest and the smallest of ``values`` lie more than 30 % apart."""
    return max(values) - min(values) > TALK_SHARE * max(values)


def may_sign(
    person: Person,
    agreement: LearningAgreement,
    members: Collection[Member],
    *,
    signed: Collection[int],
    learners: Collection[int],
    has_talked: bool,
) -> Verdict:
    """Say whether ``person`` may sign; ``signed`` and ``learners`` hold the keys of who has signed and who learns."""
    if person.pk in signed:
        return refuse(_("You have already signed this version."))
    for member in members:
        if member.person_id not in learners:
            return refuse(
                _("There is no package yet from which %(name)s learns. Plan at least one in each direction.")
                % {"name": member.person.given_name}
            )
    if any(must_talk(agreement, members)) and not has_talked:
        return refuse(_("Your hours or your rhythm differ by more than 30 %. Talk it through and tick that you did."))
    return ALLOWED


def may_answer_time_request(person: Person, request: TimeRequest, manager_id: int | None) -> Verdict:
    """Say whether ``person`` may grant the learning time that was asked for."""
    if manager_id != person.pk:
        return refuse(_("Only the direct manager can answer this."))
    if request.answered_at is not None:
        return refuse(_("This has already been answered."))
    return ALLOWED
