"""Requests in and out, and their answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.forms.together import AnswerForm
from wurzelwerk.partnerships.models import PartnershipRequest
from wurzelwerk.partnerships.queries.requests import request_box
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show what waits for my answer, what waits for others, and what is settled."""
    context = {"box": request_box(person_of(request)), "sights": who_sees(Item.PARTNERSHIP_CONTENT)}
    return render(request, "partnerships/requests.html", context)


@require_POST
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept a request: the partnership begins."""
    found, words = _fetch(request, public_id), AnswerForm(request.POST).words()

    def run() -> str:
        partnership = actions.answer_request(by=person_of(request), request=found, accepts=True, answer=words)
        assert partnership is not None  # noqa: S101 - accepted
        return reverse("partnerships:partnership", kwargs={"public_id": partnership.public_id})

    return _answer(request, "accept", run, _("You learn together now. This is your room."))


@require_POST
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decline a request, with or without words."""
    found, words = _fetch(request, public_id), AnswerForm(request.POST).words()

    def run() -> str:
        actions.answer_request(by=person_of(request), request=found, accepts=False, answer=words)
        return reverse("partnerships:requests")

    return _answer(request, "decline", run, _("Declined. You will not be suggested to each other again."))


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one's own request back."""
    found = _fetch(request, public_id)

    def run() -> str:
        actions.withdraw_request(by=person_of(request), request=found)
        return reverse("partnerships:requests")

    return _answer(request, "withdraw", run, _("Your request is withdrawn."))


def _fetch(request: HttpRequest, public_id: str) -> PartnershipRequest:
    found: PartnershipRequest = fetch_visible(
        PartnershipRequest.objects.select_related("sender", "receiver"),
        viewer=person_of(request),
        public_id=public_id,
    )
    return found


def _answer(request: HttpRequest, action: str, run: Any, text: str) -> HttpResponse:
    key = request.POST.get(idempotency.FIELD, "")
    try:
        answer = idempotency.once(key=key, by=person_of(request), action=f"partnerships.{action}", run=run)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
        return redirect("partnerships:requests")
    toasts.success(request, text)
    return redirect(answer)
