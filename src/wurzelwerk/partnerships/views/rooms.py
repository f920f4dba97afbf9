"""The room of one partnership, and its turns: prepare, take notes, get stuck, ask for time."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.forms.together import NotesForm, TimeRequestForm
from wurzelwerk.partnerships.models import LearningPartnership
from wurzelwerk.partnerships.queries.closing import growth, statements
from wurzelwerk.partnerships.queries.next_steps import next_step
from wurzelwerk.partnerships.queries.notes import note_versions
from wurzelwerk.partnerships.queries.oversight import get_glance
from wurzelwerk.partnerships.queries.rooms import get_room
from wurzelwerk.partnerships.views.saving import save_text
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible, note_reading
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_GET
def partnership(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the room to its members, and to others no more than the matrix gives them."""
    viewer = person_of(request)
    found = fetch_visible(LearningPartnership.objects.all(), viewer=viewer, public_id=public_id)
    try:
        room = get_room(found, viewer)
    except NotThere:
        return _glance(request, found)
    context = {
        "room": room,
        "step": next_step(room),
        "notes_form": NotesForm(initial={"body": room.note.body, "version": room.note.version}),
        "statements": statements(found) if not room.is_running else (),
        "growth": growth(found, viewer) if room.phase == "closed" else (),
        "is_fresh": request.GET.get("fresh") == "1",
        "sights": {item.value: who_sees(item) for item in _ITEMS},
    }
    return render(request, "partnerships/room.html", context)


_ITEMS = (Item.PARTNERSHIP, Item.PARTNERSHIP_CONTENT, Item.LEARNING_PACKAGE)


@require_POST
def confirm_preparation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that one is prepared."""
    return do(request, public_id, actions.confirm_preparation, _("Good. You are prepared."))


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save the shared notes; GET shows their history."""
    found, viewer = own_partnership(request, public_id), person_of(request)
    if request.method == "GET":
        context = {"room": get_room(found, viewer), "versions": note_versions(found)}
        return render(request, "partnerships/notes.html", context)

    def save(data: dict[str, Any]) -> Any:
        return actions.save_notes(by=viewer, partnership=found, body=data["body"], seen_version=data["version"])

    back = reverse("partnerships:partnership", kwargs={"public_id": public_id})
    return save_text(request, NotesForm(request.POST), save=save, names=("body",), back=f"{back}#notes")


@require_http_methods(["GET", "POST"])
def stuck(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer ways on when it does not go well; POST ends the partnership without blame."""
    found = own_partnership(request, public_id)
    if request.method == "POST":
        text = _("The learning partnership has ended. Thank you for what you both gave.")
        return do(request, public_id, actions.end_partnership, text)
    return render(request, "partnerships/stuck.html", {"room": get_room(found, person_of(request))})


@require_http_methods(["GET", "POST"])
def ask_for_time(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask one's manager for time, without the topic."""
    found, person = own_partnership(request, public_id), person_of(request)
    room = get_room(found, person)
    agreed = room.in_force or room.agreement
    initial = {
        "weekly_minutes": agreed.weekly_minutes if agreed else room.me.weekly_minutes,
        "until": agreed.ends_on if agreed else None,
    }
    form = TimeRequestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.request_time(
                by=person, partnership=found, weekly_minutes=data["weekly_minutes"], until=data["until"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("Your manager is asked for time, without the topic."))
            return redirect("partnerships:partnership", public_id=public_id)
    context = {"form": form, "room": room, "sights": who_sees(Item.LEARNING_SLOT)}
    return render(request, "partnerships/ask_for_time.html", context, status=422 if form.errors else 200)


def own_partnership(request: HttpRequest, public_id: str) -> LearningPartnership:
    """Return the partnership if the viewer belongs to it; raises ``NotThere`` for everybody else."""
    viewer = person_of(request)
    found: LearningPartnership | None = (
        LearningPartnership.objects.visible_to(viewer).of(viewer).filter(public_id=public_id).first()
    )
    if found is None:
        raise NotThere
    return found


def do(request: HttpRequest, public_id: str, action: Callable[..., Any], text: str) -> HttpResponse:
    """Let the viewer do ``action`` with their partnership and go back to its room."""
    found = own_partnership(request, public_id)
    try:
        action(by=person_of(request), partnership=found)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, text)
    return redirect("partnerships:partnership", public_id=public_id)


def _glance(request: HttpRequest, found: LearningPartnership) -> HttpResponse:
    """Show somebody outside what the matrix gives them, and log that they looked."""
    viewer = person_of(request)
    glance = get_glance(found, viewer)
    note_reading(viewer=viewer, item=Item.PARTNERSHIP, owners=glance.owners, object_key=found.public_id)
    if glance.packages:
        note_reading(viewer=viewer, item=Item.LEARNING_PACKAGE, owners=glance.owners, object_key=found.public_id)
    context = {"glance": glance, "sights": who_sees(Item.PARTNERSHIP)}
    return render(request, "partnerships/glance.html", context)
