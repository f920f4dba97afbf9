"""Closing a partnership: both look back, rate on anchors, and thank."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import Phase
from wurzelwerk.partnerships.forms.together import ClosingForms
from wurzelwerk.partnerships.models import LearningPartnership
from wurzelwerk.partnerships.queries.closing import ratings, statements
from wurzelwerk.partnerships.queries.planning import members_of
from wurzelwerk.partnerships.queries.rooms import get_room
from wurzelwerk.partnerships.views.rooms import do, own_partnership
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what was reached; the last one to speak closes the partnership."""
    found, person = own_partnership(request, public_id), person_of(request)
    if found.phase not in {Phase.LEARNING, Phase.CLOSING}:
        return redirect("partnerships:partnership", public_id=public_id)
    closing_forms = _forms(request, found, person)
    refusal = ""
    if request.method == "POST" and closing_forms.is_valid():
        try:
            answer = _say(request, found, closing_forms)
        except Refused as refused:
            refusal = str(refused.reason)
        else:
            toasts.success(request, _("Thank you. What you said is kept."))
            return redirect(answer)
    wrong = request.method == "POST"
    context = {
        "room": get_room(found, person),
        "forms": closing_forms,
        "refusal": refusal,
        "sights": who_sees(Item.PARTNERSHIP_CONTENT),
    }
    return render(request, "partnerships/closing.html", context, status=422 if wrong else 200)


@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin to close."""
    answer = do(request, public_id, actions.start_closing, _("You look back now, each for yourself first."))
    if own_partnership(request, public_id).phase == Phase.CLOSING:
        return redirect("partnerships:closing", public_id=public_id)
    return answer


@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on learning after all."""
    return do(request, public_id, actions.resume_learning, _("You go on learning."))


def _forms(request: HttpRequest, found: LearningPartnership, person: Person) -> ClosingForms:
    said = next((each for each in statements(found) if each.author_id == person.pk), None)
    words = {"goals_reached": said.goals_reached, "takeaway": said.takeaway, "thanks": said.thanks} if said else {}
    levels = {(learner, competence): (level, seen) for learner, competence, level, seen in said.levels} if said else {}
    sent = request.POST if request.method == "POST" else None
    return ClosingForms(sent, ratings=ratings(found, person), said=words, levels=levels)


def _say(request: HttpRequest, found: LearningPartnership, closing_forms: ClosingForms) -> str:
    person = person_of(request)
    persons = {each.pk: each for each in members_of(found)}

    def run() -> str:
        after = actions.close_partnership(by=person, partnership=found, content=closing_forms.content(persons))
        room = reverse("partnerships:partnership", kwargs={"public_id": found.public_id})
        return f"{room}?fresh=1#closing" if after.phase == Phase.CLOSED else room

    key = request.POST.get(idempotency.FIELD, "")
    return idempotency.once(key=key, by=person, action="partnerships.close", run=run)
