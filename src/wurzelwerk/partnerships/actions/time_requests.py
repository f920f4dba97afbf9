"""Asking one's manager for learning time: how much and until when, never for what."""

from datetime import date
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships import rules
from wurzelwerk.partnerships.actions.steps import address, begin, note, refuse_when, tell
from wurzelwerk.partnerships.choices import TimeRequestState
from wurzelwerk.partnerships.limits import WEEKLY_MINUTES, keeps
from wurzelwerk.partnerships.matching.working_days import due_day
from wurzelwerk.partnerships.models import LearningPartnership, TimeRequest
from wurzelwerk.partnerships.queries.working_time import working_days
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Employment, Person

ANSWER_DAYS: Final = 5


@transaction.atomic
def request_time(*, by: Person, partnership: LearningPartnership, weekly_minutes: int, until: date) -> TimeRequest:
    """Ask one's manager; from now on they see that a partnership exists, and its phase."""
    turn = begin(by=by, partnership=partnership, act=Act.REQUEST_TIME)
    manager = _manager_of(by)
    refuse_when(manager is None, _("Nobody is entered as your manager. Please ask the administration."))
    assert manager is not None  # noqa: S101 - refused above
    refuse_when(not keeps(weekly_minutes, WEEKLY_MINUTES), _("Ask for between 15 minutes and 20 hours a week."))
    refuse_when(until < clock.today(), _("The end lies in the past."))
    open_one = TimeRequest.objects.filter(partnership=turn.partnership, person=by, state=TimeRequestState.OPEN)
    refuse_when(open_one.exists(), _("You have already asked. An answer is due soon."))
    request = TimeRequest.objects.create(
        partnership=turn.partnership,
        person=by,
        weekly_minutes=weekly_minutes,
        until=until,
        due_on=due_day(clock.today(), ANSWER_DAYS, *working_days(manager)),
    )
    note(by, "request_time", request)
    url = reverse("partnerships:time_request", kwargs={"public_id": request.public_id})
    title = _("%(name)s asks for learning time")
    tell([manager], "time_requested", title, values={"name": by.full_name}, url=url, by=by)
    return request


@transaction.atomic
def answer_time_request(*, by: Person, request: TimeRequest, grants: bool, answer: str = "") -> TimeRequest:
    """Grant the time, or say why it is not possible now and what is."""
    locked = TimeRequest.objects.select_for_update(of=("self",)).select_related("person", "partnership")
    found: TimeRequest = locked.get(pk=request.pk)
    manager = _manager_of(found.person)
    rules.may_answer_time_request(by, found, manager.pk if manager else None).require()
    refuse_when(not grants and not answer.strip(), _("Say why it is not possible now, and what is possible instead."))
    found.state = TimeRequestState.GRANTED if grants else TimeRequestState.DECLINED
    found.answered_at, found.answered_by, found.answer = clock.now(), by, answer.strip()
    found.save(update_fields=["state", "answered_at", "answered_by", "answer"])
    note(by, "answer_time_request", found)
    title = _("%(name)s has granted learning time") if grants else _("%(name)s has answered about learning time")
    values = {"name": by.full_name}
    tell([found.person], "time_answered", title, values=values, url=address(found.partnership), by=by)
    return found


def _manager_of(person: Person) -> Person | None:
    employment = Employment.objects.filter(person=person).select_related("manager").first()
    return employment.manager if employment else None
