"""The own profile: rings, table, comparison; choosing competences and a wished role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurzelwerk.competences import actions, queries
from wurzelwerk.competences.forms import KeyForm, ProfileForm, SearchForm
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.showing.history import history_areas, radar_of
from wurzelwerk.competences.showing.profile import profile_page
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's own profile; nobody has a page of anybody else's."""
    person = person_of(request)
    found = queries.get_profile(person)
    view, beside, with_all_gaps = ProfileForm(request.GET).wanted(
        has_role=found.role is not None, has_wish=found.wish is not None
    )
    shown = profile_page(person, found, beside=beside, with_all_gaps=with_all_gaps)
    context = {
        "shown": shown,
        "view": view,
        "history": history_areas(person, found, shown) if view == "history" else (),
        "radar": radar_of(shown),
        "sights": who_sees(Item.ESTIMATE),
    }
    return render(request, "competences/profile.html", context, block="levels")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Search competences of all frameworks, and put one into one's profile."""
    if request.method == "POST":
        return _add(request, _chosen(request))
    text = SearchForm(request.GET).text
    context = {"text": text, "choices": queries.competence_choices(text), "chosen": _own_keys(request)}
    return render(request, "competences/add.html", context, block="found")


def _add(request: HttpRequest, competence: Competence) -> HttpResponse:
    try:
        actions.add_to_profile(by=person_of(request), competence=competence)
    except Refused as refusal:
        toasts.error(request, refusal.reason)
        return redirect("competences:add")
    undo = reverse("competences:remove")
    toasts.success(
        request, _("“%(name)s” is in your profile.") % {"name": competence}, undo, {"key": competence.public_id}
    )
    return redirect("competences:competence", public_id=competence.public_id)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a chosen competence out of one's profile; evidence stays."""
    competence = _chosen(request)
    if actions.remove_from_profile(by=person_of(request), competence=competence):
        text = _("“%(name)s” is no longer in your profile. Your evidence stays.") % {"name": competence}
        toasts.info(request, text, reverse("competences:add"), {"key": competence.public_id})
    return redirect("competences:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Choose the role one would like to have, or take the wish back."""
    person = person_of(request)
    if request.method == "POST":
        return redirect(
            once(key=request.POST.get(FIELD, ""), by=person, action="competences.wish", run=lambda: _wish(request))
        )
    text = SearchForm(request.GET).text
    context = {
        "text": text,
        "roles": queries.job_role_choices(text, person=person),
        "wished": queries.wished_role_of(person),
    }
    return render(request, "competences/wish.html", context, block="found")


def _wish(request: HttpRequest) -> str:
    person = person_of(request)
    before = queries.wished_role_of(person)
    key = request.POST.get("key", "")
    role = queries.get_job_role(key) if key else None
    actions.set_wished_role(by=person, job_role=role)
    undo = {"key": before.public_id if before else ""}
    if role is None:
        toasts.info(request, _("You have no wished role any more."), reverse("competences:wish"), undo)
        return reverse("competences:profile")
    toasts.success(
        request, _("Your wished role is now “%(name)s”.") % {"name": role}, reverse("competences:wish"), undo
    )
    return f"{reverse('competences:profile')}?beside=wish"


def _chosen(request: HttpRequest) -> Competence:
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise NotThere
    return queries.get_competence(form.cleaned_data["key"])


def _own_keys(request: HttpRequest) -> frozenset[str]:
    return queries.profile_keys(person_of(request))
