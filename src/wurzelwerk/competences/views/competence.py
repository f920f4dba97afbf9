"""One competence: level, why, evidence, levels in words, self-assessment, sharing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurzelwerk.competences import actions, queries
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.forms import SelfAssessmentForm, ShareForm
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.showing.competence import competence_page
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def competence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a competence and where one stands in it oneself."""
    found = queries.get_competence(public_id)
    return render(request, "competences/competence.html", {"shown": competence_page(person_of(request), found)})


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rate oneself by the sentences of the levels."""
    person = person_of(request)
    found = queries.get_competence(public_id)
    sentences = queries.anchors(found)
    last = next((row for row in queries.own_evidence(person, found) if row.source is EvidenceSource.SELF), None)
    form = SelfAssessmentForm(
        request.POST or None, anchors=sentences, initial={"level": round(last.level)} if last else {}
    )
    if request.method == "POST" and form.is_valid():
        run = lambda: _assess(request, found, form)  # noqa: E731 - read in the next line
        try:
            key = request.POST.get(FIELD, "")
            return redirect(once(key=key, by=person, action="competences.assess", run=run))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
    unrated = [one for one in queries.unrated(person) if one.pk != found.pk]
    context = {"competence": found, "name": str(found), "form": form, "left": len(unrated), "last": last}
    context["sights"] = who_sees(Item.SELF_ASSESSMENT)
    return render(request, "competences/assess.html", context)


def _assess(request: HttpRequest, found: Competence, form: SelfAssessmentForm) -> str:
    person = person_of(request)
    evidence = actions.assess_self(
        by=person, competence=found, level=form.cleaned_data["level"], note=form.cleaned_data["note"]
    )
    undo = reverse("competences:withdraw", args=[evidence.public_id])
    toasts.success(request, _("Saved: level %(level)d in “%(name)s”.") % {"level": evidence.level, "name": found}, undo)
    return _next(person, found) if request.POST.get("then") == "next" else _page_of(found)


def _next(person: Person, found: Competence) -> str:
    """Return the address to rate the next competence that was never rated, or the profile."""
    following = next((one for one in queries.unrated(person) if one.pk != found.pk), None)
    if following is None:
        return reverse("competences:profile")
    return reverse("competences:assess", args=[following.public_id])


def _page_of(found: Competence) -> str:
    return reverse("competences:competence", args=[found.public_id])


@require_POST
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open one kind of evidence on a competence to an audience; effective at once."""
    found, form = _share_form(request, public_id)
    item, audience = form.wanted
    try:
        actions.share_evidence(by=person_of(request), competence=found, item=item, audience=audience)
    except Refused as refusal:
        toasts.error(request, refusal.reason)
    else:
        undo = reverse("competences:unshare", args=[public_id])
        text = _("Shared with: %(audience)s.") % {"audience": audience.label}
        toasts.success(request, text, undo, {"item": item.value, "audience": audience.value})
    return redirect(f"{_page_of(found)}#sharing")


@require_POST
def unshare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a share back; effective at once."""
    found, form = _share_form(request, public_id)
    item, audience = form.wanted
    if actions.revoke_share(by=person_of(request), competence=found, item=item, audience=audience):
        toasts.info(request, _("No longer shared with: %(audience)s.") % {"audience": audience.label})
    return redirect(f"{_page_of(found)}#sharing")


def _share_form(request: HttpRequest, public_id: str) -> tuple[Competence, ShareForm]:
    found = queries.get_competence(public_id)
    form = ShareForm(request.POST)
    if not form.is_valid():
        raise NotThere
    return found, form
