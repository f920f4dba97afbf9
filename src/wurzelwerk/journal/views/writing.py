"""The editor: a new entry, an entry that is there, saving by itself, two pages at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wurzelwerk.journal import actions, queries
from wurzelwerk.journal.forms import EntryForm, ListForm
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.prompts import prompt_of
from wurzelwerk.journal.texts import Content, open_entry
from wurzelwerk.journal.views.opening import opens_seals, own_entry
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.formatting import time
from wurzelwerk.ui.rendering import render

CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Lead to an empty page with a name of its own, so that saving it twice makes one entry."""
    skip = ListForm(request.GET).skip
    question = "" if skip is None else f"?prompt={skip}"
    return redirect(reverse("journal:draft", args=[new_public_id()]) + question)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_seals
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a new entry; from its first saving on it is an entry like any other."""
    person = person_of(request)
    there = JournalEntry.objects.visible_to(person).filter(public_id=public_id, person=person).first()
    if there is not None:
        return _save(request, there) if request.method == "POST" else redirect("journal:edit", public_id=public_id)
    if request.method == "POST":
        if queries.is_taken(public_id):
            raise NotThere
        return _save(request, None, public_id)
    skip = ListForm(request.GET).skip
    today = clock.today()
    prompt = "" if skip is None else prompt_of(today, skip)
    form = EntryForm(initial={"written_on": today, "prompt": prompt}, competences=queries.near_competences(person))
    return _editor(request, form, public_id=public_id, prompt=prompt)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_seals
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in an entry that is there."""
    entry = own_entry(request, public_id)
    if request.method == "POST":
        return _save(request, entry)
    content = open_entry(entry)
    initial = {
        "title": content.title,
        "body": content.body,
        "written_on": entry.written_on,
        "competences": list(entry.competences.values_list("public_id", flat=True)),
        "version": entry.version,
    }
    form = EntryForm(initial=initial, competences=queries.near_competences(person_of(request), entry=entry))
    return _editor(request, form, public_id=public_id, entry=entry, prompt=content.prompt)


def _save(request: HttpRequest, entry: JournalEntry | None, public_id: str = "") -> HttpResponse:
    person = person_of(request)
    form = EntryForm(request.POST, competences=queries.near_competences(person, entry=entry))
    name = entry.public_id if entry else public_id
    if form.is_valid():
        try:
            saved = _write(person, form, name) if entry is None else _update(person, form, entry)
        except actions.VersionConflict as conflict:
            return _conflict(request, form, conflict.entry)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return _saved(request, saved)
    if _is_autosave(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=UNPROCESSABLE)
    return _editor(request, form, public_id=name, entry=entry, prompt=form["prompt"].value() or "")


def _write(person: Person, form: EntryForm, public_id: str) -> JournalEntry:
    typed = form.cleaned_data
    return actions.write_entry(
        by=person,
        body=typed["body"],
        title=typed["title"],
        written_on=typed["written_on"],
        competences=form.chosen,
        prompt=typed["prompt"],
        public_id=public_id,
        editor_key=typed["editor"],
    )


def _update(person: Person, form: EntryForm, entry: JournalEntry) -> JournalEntry:
    typed = form.cleaned_data
    return actions.update_entry(
        by=person,
        entry=entry,
        body=typed["body"],
        version=typed["version"],
        title=typed["title"],
        written_on=typed["written_on"],
        competences=form.chosen,
        editor_key=typed["editor"],
    )


def _saved(request: HttpRequest, entry: JournalEntry) -> HttpResponse:
    if _is_autosave(request):
        return JsonResponse({"version": entry.version, "saved_at": time(entry.saved_at)})
    toasts.success(request, _("Saved."))
    return redirect("journal:entry", public_id=entry.public_id)


def _conflict(request: HttpRequest, form: EntryForm, entry: JournalEntry) -> HttpResponse:
    """Answer with the text that was saved elsewhere; what was typed here stays in the form."""
    theirs = open_entry(entry)
    if _is_autosave(request):
        fields = {"title": theirs.title, "body": theirs.body}
        return JsonResponse({"version": entry.version, "fields": fields}, status=CONFLICT)
    shown = request.POST.copy()
    shown["version"] = str(entry.version)
    form.data = shown
    return _editor(
        request, form, public_id=entry.public_id, entry=entry, prompt=theirs.prompt, theirs=theirs, status=CONFLICT
    )


def _editor(
    request: HttpRequest,
    form: EntryForm,
    *,
    public_id: str,
    entry: JournalEntry | None = None,
    prompt: str = "",
    theirs: Content | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "entry": entry,
        "public_id": public_id,
        "prompt": prompt,
        "theirs": theirs,
        "action": reverse("journal:edit" if entry else "journal:draft", args=[public_id]),
    }
    return render(request, "journal/editor.html", context, status=status)


def _is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
