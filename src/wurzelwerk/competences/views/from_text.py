"""From a text to competences: a CV, a job advertisement, a project, a course; the text is read and forgotten."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wurzelwerk.competences import actions, queries, rules
from wurzelwerk.competences.forms import TextForm
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.showing.from_text import proposals_for
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

MOST_CHOSEN: Final = 50


@require_http_methods(["GET", "HEAD", "POST"])
def from_text(request: HttpRequest) -> HttpResponse:
    """Read a text and propose competences; or take over what was chosen among them."""
    person = person_of(request)
    develops = bool(rules.may_maintain_targets(person))
    roles = queries.job_role_rows() if develops else ()
    if request.method == "POST" and request.POST.get("intent"):
        answer = _take_over(request, {role.public_id for role in roles})
        if answer is not None:
            return answer
    form = TextForm(request.POST or None)
    is_read = request.method == "POST" and form.is_valid()
    context = {
        "form": form,
        "proposals": proposals_for(person, form.cleaned_data["text"]) if is_read else (),
        "is_read": is_read,
        "chosen": request.POST.getlist("key"),
        "roles": roles,
    }
    return render(request, "competences/from_text.html", context)


def _take_over(request: HttpRequest, roles: set[str]) -> HttpResponse | None:
    """Do what was chosen; None, with a sentence, where nothing was."""
    competences = queries.competences_by_key(request.POST.getlist("key")[:MOST_CHOSEN])
    if not competences:
        toasts.error(request, _("Please choose at least one competence."))
        return None
    if request.POST["intent"] == "profile":
        return _into_profile(request, competences)
    role = request.POST.get("role", "")
    if role not in roles:
        toasts.error(request, _("Please choose the job role."))
        return None
    keys = urlencode([("add", one.public_id) for one in competences])
    return redirect(f"{reverse('competences:role', args=[role])}?{keys}")


def _into_profile(request: HttpRequest, competences: Iterable[Competence]) -> HttpResponse:
    person = person_of(request)
    added = 0
    for competence in competences:
        try:
            actions.add_to_profile(by=person, competence=competence)
        except Refused as refusal:
            toasts.error(request, refusal.reason)
        else:
            added += 1
    text = ngettext("%(count)d competence is in your profile.", "%(count)d competences are in your profile.", added)
    toasts.success(request, text % {"count": added})
    return redirect("competences:profile")
