"""A passage becomes evidence: choose it, choose the level, see what others will see, confirm."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import anchors, competence_choices, get_competence
from wurzelwerk.journal import actions, queries
from wurzelwerk.journal.finding import paragraphs
from wurzelwerk.journal.forms import ChooseForm, MarkForm
from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.rules import LONGEST_PASSAGE
from wurzelwerk.journal.texts import Content, open_entry
from wurzelwerk.journal.views.opening import opens_seals, own_entry
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@opens_seals
def mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose a passage and a competence; a text that was selected in the entry comes by POST.

    No text ever stands in an address: there a passage is named by its place in the entry.
    """
    entry = own_entry(request, public_id)
    content = open_entry(entry)
    wanted = ChooseForm(request.POST if request.method == "POST" else request.GET)
    wanted.is_valid()
    chosen = wanted.cleaned_data
    key, place = chosen.get("competence"), chosen.get("paragraph")
    if not key:
        return _choose(request, entry, content, chosen)
    competence = get_competence(key)
    text = chosen.get("selected") or _paragraph(content, place)
    form = MarkForm(anchors=anchors(competence), initial={"text": text[:LONGEST_PASSAGE]})
    return _describe(request, entry, competence, form)


@require_POST
@opens_seals
def mark_as(request: HttpRequest, public_id: str, competence_id: str) -> HttpResponse:
    """Show what others will see; only a POST with ``confirm`` makes the passage evidence."""
    entry = own_entry(request, public_id)
    competence = get_competence(competence_id)
    levels = anchors(competence)
    form = MarkForm(request.POST, anchors=levels)
    if not form.is_valid():
        return _describe(request, entry, competence, form)
    if "change" in request.POST:
        return _describe(request, entry, competence, MarkForm(anchors=levels, initial=form.cleaned_data))
    if "confirm" in request.POST:
        try:
            return redirect(_confirm(request, entry, competence, form))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
            return _describe(request, entry, competence, form)
    context = {
        "entry": entry,
        "competence": competence,
        "typed": form.cleaned_data,
        "anchor": levels[form.cleaned_data["level"]],
        "sights": who_sees(Item.ESTIMATE),
    }
    return render(request, "journal/mark_preview.html", context)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a passage back; it can be undone."""
    passage = actions.withdraw_passage(by=person_of(request), passage=_fetch(request, public_id))
    undo = reverse("journal:restore_passage", args=[public_id])
    toasts.success(request, _("The passage is yours alone again; it counts no more."), undo)
    return redirect("journal:entry", public_id=passage.entry.public_id)


@require_POST
def restore_passage(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo taking it back."""
    passage = actions.restore_passage(by=person_of(request), passage=_fetch(request, public_id))
    return redirect("journal:entry", public_id=passage.entry.public_id)


def _choose(request: HttpRequest, entry: JournalEntry, content: Content, chosen: dict[str, Any]) -> HttpResponse:
    typed = chosen.get("q") or ""
    context = {
        "entry": entry,
        "paragraphs": list(enumerate(paragraphs(content.body))),
        "paragraph": chosen.get("paragraph") or 0,
        "selected": chosen.get("selected") or "",
        "near": queries.near_competences(person_of(request), entry=entry),
        "typed": typed,
        "found": competence_choices(typed) if typed else (),
    }
    return render(request, "journal/mark_choose.html", context)


def _describe(request: HttpRequest, entry: JournalEntry, competence: Competence, form: MarkForm) -> HttpResponse:
    context = {"entry": entry, "competence": competence, "form": form}
    return render(request, "journal/mark_level.html", context)


def _confirm(request: HttpRequest, entry: JournalEntry, competence: Competence, form: MarkForm) -> str:
    person, typed = person_of(request), form.cleaned_data

    def make() -> str:
        passage = actions.mark_passage(
            by=person, entry=entry, text=typed["text"], competence=competence, level=typed["level"]
        )
        undo = reverse("journal:withdraw", args=[passage.public_id])
        toasts.success(request, _("Now it is evidence in your profile."), undo)
        return reverse("journal:entry", args=[entry.public_id])

    return once(key=request.POST.get(FIELD, ""), by=person, action="journal.mark", run=make)


def _paragraph(content: Content, place: int | None) -> str:
    found = paragraphs(content.body)
    if place is None:
        return ""
    if place >= len(found):
        raise NotThere
    return found[place]


def _fetch(request: HttpRequest, public_id: str) -> Passage:
    passage: Passage = Passage.objects.select_related("entry", "evidence").get_visible(
        person_of(request), public_id=public_id
    )
    return passage
