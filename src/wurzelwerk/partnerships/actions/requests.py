"""Asking somebody to learn together, and answering."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships import rules
from wurzelwerk.partnerships.actions.ads import pause_ad
from wurzelwerk.partnerships.actions.steps import address, note, state, tell
from wurzelwerk.partnerships.choices import AdState, RequestState, Scenario
from wurzelwerk.partnerships.events import PartnerFound, partner_found
from wurzelwerk.partnerships.matching.working_days import due_day
from wurzelwerk.partnerships.models import LearningPartnership, Member, PartnerAd, PartnershipRequest, SharedNote
from wurzelwerk.partnerships.queries.fits import fit_with
from wurzelwerk.partnerships.queries.working_time import working_days
from wurzelwerk.partnerships.states import RequestAct
from wurzelwerk.people.models import Person

GRACE: Final = timedelta(days=7)
"""How long after its day an unanswered request stays open."""


@transaction.atomic
def request_partnership(*, by: Person, ad: PartnerAd, message: str) -> PartnershipRequest:
    """Ask the author of ``ad``; the answer is due in working days of theirs.

    Raises ``Refused`` without an own published ad, where a hard rule keeps the two apart, and while
    another request between them waits.
    """
    mine = PartnerAd.objects.live().filter(person=by, form=ad.form).values_list("pk", flat=True)
    ad = _lock_ads([ad.pk, *mine])[ad.pk]
    fit = fit_with(by, ad)
    waiting = PartnershipRequest.objects.pending().filter(pair=pair_of(by.pk, ad.person_id)).first()
    own_ad = PartnerAd.objects.findable().filter(person=by, form=ad.form).first()
    rules.may_request(by, ad, fit=fit, waiting=waiting).require()
    if LearningPartnership.objects.running().of(by).filter(members__person=ad.person_id).exists():
        raise Refused(_("You already learn together."))
    request = PartnershipRequest(
        sender=by,
        receiver=ad.person,
        sender_ad=own_ad,
        receiver_ad=ad,
        pair=pair_of(by.pk, ad.person_id),
        message=message.strip(),
        due_on=due_day(clock.today(), ad.response_days, *working_days(ad.person)),
    )
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as conflict:
        raise Refused(_("A request between you is already waiting for its answer.")) from conflict
    note(by, "request_partnership", request)
    title = _("%(name)s asks for a learning partnership")
    tell([ad.person], "request_received", title, values={"name": by.full_name}, url=_inbox(), by=by)
    return request


@transaction.atomic
def answer_request(
    *, by: Person, request: PartnershipRequest, accepts: bool, answer: str = ""
) -> LearningPartnership | None:
    """Accept, which begins the partnership and returns it, or decline (None).

    Safe when several answer at the same time: no ad ever gets more partnerships than it has places.
    """
    ads = _lock_ads([request.sender_ad_id, request.receiver_ad_id])
    locked = PartnershipRequest.objects.select_for_update().get(pk=request.pk)
    act = RequestAct.ACCEPT if accepts else RequestAct.DECLINE
    rules.may_act_on_request(by, locked, act).require()
    if accepts:
        return _accept(by, locked, ads, answer)
    _settle(locked, RequestState.DECLINED, answer)
    note(by, "decline_request", locked)
    title = _("%(name)s cannot begin a learning partnership now")
    tell([locked.sender], "request_declined", title, values={"name": by.full_name}, url=_inbox(), by=by)
    return None


@transaction.atomic
def withdraw_request(*, by: Person, request: PartnershipRequest) -> PartnershipRequest:
    """Take a request back before it is answered."""
    locked: PartnershipRequest = PartnershipRequest.objects.select_for_update().get(pk=request.pk)
    rules.may_act_on_request(by, locked, RequestAct.WITHDRAW).require()
    _settle(locked, RequestState.WITHDRAWN)
    note(by, "withdraw_request", locked)
    return locked


@transaction.atomic
def expire_requests() -> int:
    """Let requests end that nobody answered within the grace time; return how many."""
    late = PartnershipRequest.objects.pending().filter(due_on__lt=clock.today() - GRACE)
    requests = list(late.select_for_update(of=("self",)).select_related("sender", "receiver"))
    for request in requests:
        rules.may_act_on_request(None, request, RequestAct.EXPIRE).require()
        _expire(request, [request.sender])
    return len(requests)


def pair_of(one: int, other: int) -> str:
    """Return the name of two persons whoever stands first."""
    return f"{min(one, other)}:{max(one, other)}"


def _accept(by: Person, request: PartnershipRequest, ads: dict[int, PartnerAd], answer: str) -> LearningPartnership:
    places = {key: _free_place(ad) for key, ad in ads.items()}
    rules.may_begin(request, free_places=places.values()).require()
    _settle(request, RequestState.ACCEPTED, answer)
    partnership = LearningPartnership.objects.create(request=request, scenario=_scenario(ads.values()))
    persons = (request.sender, request.receiver)
    for person, key in zip(persons, (request.sender_ad_id, request.receiver_ad_id), strict=True):
        _join(partnership, person, ads.get(key or 0), places.get(key or 0) or 0)
    SharedNote.objects.create(partnership=partnership)
    _fill(ads.values(), request)
    note(by, "accept_request", partnership)
    for person in persons:
        state(person, Verb.ACCEPTED, partnership)
    title = _("%(name)s has accepted: the learning partnership begins")
    tell([request.sender], "request_accepted", title, values={"name": by.full_name}, url=address(partnership), by=by)
    partner_found.send_on_commit(PartnerFound(partnership.pk, tuple(person.pk for person in persons)))
    return partnership


def _lock_ads(keys: Iterable[int | None]) -> dict[int, PartnerAd]:
    """Lock the ads of both, always in the same order, so that two who act at once wait for each other."""
    there = [key for key in keys if key is not None]
    return {ad.pk: ad for ad in PartnerAd.objects.select_for_update().filter(pk__in=there).order_by("pk")}


def _free_place(ad: PartnerAd) -> int | None:
    taken = set(Member.objects.filter(ad=ad, left_at=None).values_list("slot", flat=True))
    return next((place for place in range(1, ad.capacity + 1) if place not in taken), None)


def _scenario(ads: object) -> Scenario:
    """Return what both wish for; where they differ, what shows least to others until they agree."""
    wished = {ad.scenario for ad in ads}  # type: ignore[attr-defined]
    return Scenario(wished.pop()) if len(wished) == 1 else Scenario.MUTUAL_TEACHING


def _join(partnership: LearningPartnership, person: Person, ad: PartnerAd | None, place: int) -> None:
    terms = (
        {
            "weekly_minutes": ad.hours_min * 60,
            "rhythm_weeks": ad.rhythm_weeks,
            "response_days": ad.response_days,
        }
        if ad
        else {}
    )
    Member.objects.create(partnership=partnership, person=person, ad=ad, slot=place, **terms)


def _fill(ads: object, accepted: PartnershipRequest) -> None:
    """Pause the ads whose last place was taken, and let the requests end that wait for one of them."""
    full = [ad for ad in ads if _free_place(ad) is None]  # type: ignore[attr-defined]
    for ad in full:
        if ad.state == AdState.PUBLISHED:
            pause_ad(by=None, ad=ad)
    waiting = PartnershipRequest.objects.pending().exclude(pk=accepted.pk).select_related("sender", "receiver")
    for request in waiting.filter(Q(sender_ad__in=full) | Q(receiver_ad__in=full)):
        busy = {ad.person_id for ad in full}
        _expire(request, [person for person in (request.sender, request.receiver) if person.pk not in busy])


def _expire(request: PartnershipRequest, persons: list[Person]) -> None:
    _settle(request, RequestState.EXPIRED)
    note(None, "expire_request", request)
    for person in persons:
        other = request.receiver if person.pk == request.sender_id else request.sender
        title = _("The request between you and %(name)s is no longer open")
        tell([person], "request_expired", title, values={"name": other.full_name}, url=reverse("partnerships:board"))


def _settle(request: PartnershipRequest, to: RequestState, answer: str = "") -> None:
    request.state, request.answered_at, request.answer = to, clock.now(), answer.strip()
    request.save(update_fields=["state", "answered_at", "answer"])


def _inbox() -> str:
    return reverse("partnerships:requests")
