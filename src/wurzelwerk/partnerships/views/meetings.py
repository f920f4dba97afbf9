"""Meetings: planning, moving, cancelling, the worksheet, and files for one's own calendar."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.kernel import clock, idempotency
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import Worksheet
from wurzelwerk.partnerships.forms.together import MeetingForm, WorksheetForm
from wurzelwerk.partnerships.models import Meeting
from wurzelwerk.partnerships.queries.meetings import Slot, calendar_of, free_slots, meeting_page
from wurzelwerk.partnerships.queries.rooms import get_room
from wurzelwerk.partnerships.views.rooms import own_partnership
from wurzelwerk.partnerships.views.saving import save_text
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible
from wurzelwerk.ui import formatting, toasts
from wurzelwerk.ui.rendering import render

WORDS = ("did", "was_hard", "next_steps")
RIGHT_NOW: Final = "now"


@require_http_methods(["GET", "POST"])
def meeting_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan a meeting; the times that all have free are proposed."""
    found = own_partnership(request, public_id)
    slots = free_slots(found, person_of(request))
    first = slots[0].starts_at if slots else None
    initial = {"minutes": 60, **_day_and_time(_chosen(request, slots) or first)}
    return _form_page(request, found, MeetingForm(request.POST or None, initial=initial), meeting=None, slots=slots)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a meeting, or change its place."""
    meeting = _meeting(request, public_id)
    slots = free_slots(meeting.partnership, person_of(request))
    initial = {
        **_day_and_time(_chosen(request, slots) or meeting.starts_at),
        "minutes": meeting.minutes,
        "topic": meeting.topic,
        "place": meeting.place,
        "link": meeting.link,
    }
    form = MeetingForm(request.POST or None, initial=initial)
    return _form_page(request, meeting.partnership, form, meeting=meeting, slots=slots)


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a meeting with its worksheet; POST saves the worksheet."""
    found, person = _meeting(request, public_id), person_of(request)
    if request.method == "POST":
        return _save_worksheet(request, found)
    shown = meeting_page(found, person)
    form = WorksheetForm(initial={**{name: getattr(found, name) for name in WORDS}, "version": found.version})
    context = {"meeting": shown, "form": form, "sights": who_sees(Item.PARTNERSHIP_CONTENT)}
    return render(request, "partnerships/meeting.html", context)


@require_POST
def meeting_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Cancel a meeting that has not taken place."""
    return _with_meeting(request, public_id, actions.cancel_meeting, _("The meeting is cancelled. All know."))


@require_POST
def meeting_book(request: HttpRequest, public_id: str) -> HttpResponse:
    """Book a meeting as one's own learning time."""
    return _with_meeting(request, public_id, actions.book_meeting, _("Booked as your learning time."))


@require_GET
def meeting_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out one meeting as a calendar file."""
    found = _meeting(request, public_id)
    return _calendar(request, [found], found.partnership.public_id)


@require_GET
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out all meetings of a partnership as a calendar file."""
    found = own_partnership(request, public_id)
    meetings = Meeting.objects.visible_to(person_of(request)).filter(partnership=found).order_by("starts_at")
    return _calendar(request, list(meetings), public_id)


def _calendar(request: HttpRequest, meetings: list[Meeting], public_id: str) -> HttpResponse:
    room = get_room(own_partnership(request, public_id), person_of(request))
    text = calendar_of(meetings, _("Learning partnership with %(names)s") % {"names": room.other_names})
    headers = {
        "Content-Disposition": f'attachment; filename="wurzelwerk-{public_id}.ics"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _form_page(
    request: HttpRequest, found: Any, form: MeetingForm, *, meeting: Meeting | None, slots: Any
) -> HttpResponse:
    person = person_of(request)

    def save() -> str:
        content = form.content(settings.TIME_ZONE)
        if meeting is None:
            saved = actions.plan_meeting(by=person, partnership=found, content=content)
        else:
            saved = actions.move_meeting(by=person, meeting=meeting, content=content)
        return reverse("partnerships:meeting", kwargs={"public_id": saved.public_id})

    if request.method == "POST" and form.is_valid():
        key = request.POST.get(idempotency.FIELD, "")
        try:
            answer = idempotency.once(key=key, by=person, action="partnerships.meeting", run=save)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            is_new = meeting is None
            text = _("The meeting is planned. All know.") if is_new else _("The meeting is moved. All know.")
            toasts.success(request, text)
            return redirect(answer)
    context = {"form": form, "room": get_room(found, person), "meeting": meeting, "slots": slots}
    return render(request, "partnerships/meeting_form.html", context, status=422 if form.errors else 200)


def _save_worksheet(request: HttpRequest, found: Meeting) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        worksheet = Worksheet(**{name: data[name] for name in WORDS})
        return actions.write_worksheet(
            by=person_of(request), meeting=found, worksheet=worksheet, seen_version=data["version"]
        )

    back = reverse("partnerships:meeting", kwargs={"public_id": found.public_id})
    return save_text(request, WorksheetForm(request.POST), save=save, names=WORDS, back=back)


def _meeting(request: HttpRequest, public_id: str) -> Meeting:
    found: Meeting = fetch_visible(
        Meeting.objects.select_related("partnership", "written_by"), viewer=person_of(request), public_id=public_id
    )
    return found


def _with_meeting(request: HttpRequest, public_id: str, action: Any, text: str) -> HttpResponse:
    try:
        action(by=person_of(request), meeting=_meeting(request, public_id))
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, text)
    return redirect("partnerships:meeting", public_id=public_id)


def _chosen(request: HttpRequest, slots: Iterable[Slot]) -> datetime | None:
    """Return the time whose button was pressed: one of ``slots``, or right now."""
    chosen = request.GET.get("at", "")
    if chosen == RIGHT_NOW:
        return clock.now()
    return next((slot.starts_at for slot in slots if slot.starts_at.isoformat() == chosen), None)


def _day_and_time(moment: Any) -> dict[str, Any]:
    if moment is None:
        return {}
    local = timezone.localtime(moment)
    return {"day": local.date(), "time": formatting.time(local)}
