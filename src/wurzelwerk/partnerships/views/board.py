"""The board: my ad, suggestions, all ads; and not wanting to see somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import HidingReason, Scenario, SpokenLanguage
from wurzelwerk.partnerships.forms.ads import FilterForm, HideForm
from wurzelwerk.partnerships.models import PartnerAd
from wurzelwerk.partnerships.queries.board import (
    AdFilter,
    find_ads,
    get_board,
    hidden_persons,
    offered_competences,
    sites,
)
from wurzelwerk.partnerships.queries.home import past_partnerships, running_partnerships
from wurzelwerk.partnerships.queries.requests import open_requests
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board; the filters in the address narrow the list of all ads."""
    person = person_of(request)
    wish = AdFilter(**FilterForm(request.GET).values())
    facets = _facets(wish)
    page = request.GET.get("page", "")
    context = {
        "wish": wish,
        "ads": find_ads(person, wish, page=int(page) if page.isdecimal() else 1),
        "facets": facets,
        "active": _active(request, wish, facets),
    }
    if request.headers.get("HX-Request") != "true":
        context |= {
            "board": get_board(person),
            "running": running_partnerships(person),
            "open_requests": open_requests(person),
            "reasons": HidingReason.choices,
            "who_sees_ads": who_sees(Item.PARTNER_AD),
        }
    return render(request, "partnerships/board.html", context, block="ads")


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """List the own partnerships: those that run, and those that are over."""
    person = person_of(request)
    context = {"running": running_partnerships(person), "past": past_partnerships(person)}
    return render(request, "partnerships/own.html", context)


@require_POST
def hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Never suggest the author of an ad again; ten seconds, and later the list, to take it back."""
    person = person_of(request)
    ad = fetch_visible(PartnerAd.objects.select_related("person"), viewer=person, public_id=public_id)
    actions.hide_person(by=person, person=ad.person, reason=HideForm(request.POST).chosen())
    undo = reverse("partnerships:show_again", kwargs={"public_id": ad.person.public_id})
    toasts.success(request, _("You will not see suggestions of this person. Nobody else knows."), undo_url=undo)
    return redirect("partnerships:board")


@require_POST
def show_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take "not for me" back."""
    person = person_of(request)
    other = fetch_visible(Person.objects.all(), viewer=person, public_id=public_id)
    actions.show_person_again(by=person, person=other)
    toasts.info(request, _("This person can be suggested to you again."))
    return redirect("partnerships:hidden")


@require_GET
def hidden(request: HttpRequest) -> HttpResponse:
    """List whom I have hidden."""
    return render(request, "partnerships/hidden.html", {"persons": hidden_persons(person_of(request))})


def _facets(wish: AdFilter) -> list[dict[str, Any]]:
    return [
        _facet(_("Offers"), "offers", offered_competences(), wish.offers),
        _facet(_("How"), "scenario", Scenario.choices, wish.scenario),
        _facet(_("Where"), "place", [("on_site", _("on site")), ("online", _("online"))], wish.place),
        _facet(_("Site"), "site", sites(), wish.site),
        _facet(_("Language"), "language", SpokenLanguage.choices, wish.language),
    ]


def _facet(legend: str, name: str, choices: Any, chosen: str) -> dict[str, Any]:
    options = [{"value": value, "label": label, "selected": value == chosen} for value, label in choices]
    return {"legend": legend, "name": name, "options": options}


def _active(request: HttpRequest, wish: AdFilter, facets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every filter in force with the address that removes just it."""
    chosen = [(facet["name"], option["label"]) for facet in facets for option in facet["options"] if option["selected"]]
    named = [("q", wish.text)] if wish.text else []
    return [{"label": label, "remove_href": _without(request, name)} for name, label in [*named, *chosen]]


def _without(request: HttpRequest, name: str) -> str:
    values = request.GET.copy()
    values.pop("page", None)
    values.pop(name, None)
    return f"?{values.urlencode()}"
