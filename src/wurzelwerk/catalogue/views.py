"""Pages for learners: finding something, and learning with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.catalogue import actions, queries
from wurzelwerk.catalogue.choices import Duration, Format, OpportunityKind
from wurzelwerk.catalogue.forms import LANGUAGES, WishForm
from wurzelwerk.catalogue.models import LearningOpportunity, Session
from wurzelwerk.catalogue.rules import may_edit_catalogue
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.models import Person
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_GET
def discover(request: HttpRequest) -> HttpResponse:
    """Show what can be learned, narrowed by the filters in the address."""
    form = WishForm(request.GET)
    wish = form.wish()
    context = {
        "wish": wish,
        "findings": queries.find_opportunities(wish, page=_number(request.GET.get("page"))),
        "facets": _facets(wish),
        "active": _active_filters(request, wish),
        "may_edit": bool(may_edit_catalogue(_person(request))),
    }
    return render(request, "catalogue/discover.html", context, block="results")


@require_GET
def opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one opportunity."""
    found = _fetch(request, public_id)
    context = {
        "opportunity": queries.opportunity_page(found, person=_person(request)),
        "is_published": found.is_published,
        "who_sees_this": who_sees(Item.PATH),
        "may_edit": bool(may_edit_catalogue(_person(request))),
    }
    return render(request, "catalogue/opportunity.html", context)


@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that the person begins, and lead to the content where there is an address."""
    found = _fetch(request, public_id)
    actions.start_opportunity(by=_person(request), opportunity=found)
    toasts.success(request, _("Noted: you have begun “%(title)s”.") % {"title": found})
    return redirect("catalogue:opportunity", public_id=public_id)


@require_POST
def complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that the person has finished; ten seconds to take it back."""
    found = _fetch(request, public_id)
    actions.complete_opportunity(by=_person(request), opportunity=found)
    undo = reverse("catalogue:reopen", kwargs={"public_id": public_id})
    toasts.success(request, _("Finished: “%(title)s”.") % {"title": found}, undo_url=undo)
    return redirect("catalogue:opportunity", public_id=public_id)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take "finished" back."""
    actions.reopen_opportunity(by=_person(request), opportunity=_fetch(request, public_id))
    return redirect("catalogue:opportunity", public_id=public_id)


@require_POST
def enrol(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a place in a date."""
    session = _session(request, public_id)
    try:
        actions.enrol(by=_person(request), session=session)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        undo = reverse("catalogue:cancel", kwargs={"public_id": public_id})
        toasts.success(request, _("You have a place."), undo_url=undo)
    return redirect("catalogue:opportunity", public_id=session.opportunity.public_id)


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the place back."""
    session = _session(request, public_id)
    try:
        actions.cancel_enrolment(by=_person(request), session=session)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.info(request, _("Your place is free for somebody else."))
    return redirect("catalogue:opportunity", public_id=session.opportunity.public_id)


def _person(request: HttpRequest) -> Person:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - every page asks for sign-in
    return person


def _fetch(request: HttpRequest, public_id: str) -> LearningOpportunity:
    """Return the opportunity; withdrawn ones only for those who maintain the catalogue or had begun."""
    found, person = queries.get_opportunity(public_id), _person(request)
    if not found.is_published and not may_edit_catalogue(person) and not queries.has_begun(person, found):
        raise NotThere
    return found


def _session(request: HttpRequest, public_id: str) -> Session:
    session = queries.get_session(public_id)
    _fetch(request, session.opportunity.public_id)
    return session


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1


def _facets(wish: queries.Wish) -> list[dict[str, object]]:
    chosen = wish.competence.public_id if wish.competence else ""
    competences = queries.competences_of_catalogue()
    return [
        _facet(_("Kind"), "kind", OpportunityKind.choices, wish.kinds),
        _facet(_("What you do"), "format", Format.choices, wish.formats),
        _facet(_("Duration"), "duration", Duration.choices, (wish.duration,), kind="radio"),
        _facet(_("Language"), "language", LANGUAGES, (wish.language,), kind="radio"),
        _facet(_("Competence"), "competence", competences, (chosen,), kind="radio"),
    ]


def _facet(legend: str, name: str, choices: object, chosen: object, kind: str = "checkbox") -> dict[str, object]:
    options = [{"value": value, "label": label, "selected": value in chosen} for value, label in choices]  # type: ignore[attr-defined, operator]
    return {"legend": legend, "name": name, "options": options, "kind": kind}


def _active_filters(request: HttpRequest, wish: queries.Wish) -> list[dict[str, object]]:
    """Return every filter in force with the address that removes just it."""
    single = {
        "duration": wish.duration.label if wish.duration else "",
        "language": dict(LANGUAGES).get(wish.language, ""),
        "competence": str(wish.competence) if wish.competence else "",
    }
    active = [_removable(request, label, name) for name, label in single.items() if label]
    active += [_removable(request, kind.label, "kind", kind.value) for kind in wish.kinds]
    return active + [_removable(request, each.label, "format", each.value) for each in wish.formats]


def _removable(request: HttpRequest, label: object, name: str, value: str | None = None) -> dict[str, object]:
    """Return a filter tag; ``value`` names the one of several values that its link removes."""
    values = request.GET.copy()
    values.pop("page", None)
    kept = [each for each in values.getlist(name) if value is not None and each != value]
    values.setlist(name, kept)
    return {"label": label, "remove_href": f"?{values.urlencode()}"}
