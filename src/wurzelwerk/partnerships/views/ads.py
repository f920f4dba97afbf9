"""One ad: writing it in under a minute, its page, pausing and withdrawing it, asking its author."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.competences.queries import get_competence
from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused, Verdict
from wurzelwerk.partnerships import actions, rules
from wurzelwerk.partnerships.choices import HidingReason
from wurzelwerk.partnerships.forms.ads import AdForms, forms_of_ad, forms_of_draft
from wurzelwerk.partnerships.forms.together import RequestForm
from wurzelwerk.partnerships.models import PartnerAd
from wurzelwerk.partnerships.queries.board import AdPage, ad_page
from wurzelwerk.partnerships.queries.drafting import AdDraft, get_draft
from wurzelwerk.partnerships.queries.pool import AdRow, ad_row, own_live_ad, read_ads
from wurzelwerk.partnerships.terms import suggested_message
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

ADD = "add"


@require_http_methods(["GET", "POST"])
def ad_create(request: HttpRequest) -> HttpResponse:
    """Publish an ad: everything is filled in, one button is enough."""
    person = person_of(request)
    own = own_live_ad(person)
    if own is not None and request.method == "GET":
        toasts.info(request, _("You already have an ad. Here you can change it."))
        edit = reverse("partnerships:ad_edit", kwargs={"public_id": own.public_id})
        return redirect(f"{edit}?{urlencode(request.GET.dict())}" if request.GET else edit)
    answer_to = _answered(request)
    draft = _draft(request, answer_to)
    ad_forms = forms_of_draft(request.POST if request.method == "POST" else None, draft)

    def publish() -> str:
        ad = actions.publish_ad(by=person, content=ad_forms.content())
        if answer_to is not None:
            return reverse("partnerships:ad", kwargs={"public_id": answer_to.public_id})
        return reverse("partnerships:board") + f"?published={ad.public_id}"

    if request.method == "POST":
        answer = _save(request, ad_forms, publish)
        if answer is not None:
            toasts.success(request, _("Your ad is published."))
            return redirect(answer)
    context = {"forms": ad_forms, "draft": draft, "ad": None, "answer_to": answer_to}
    return _form_page(request, ad_forms, context)


@require_http_methods(["GET", "POST"])
def ad_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's own ad."""
    person = person_of(request)
    ad = fetch_visible(PartnerAd.objects.all(), viewer=person, public_id=public_id, person=person)
    row = ad_row(ad)
    draft = _draft(request, _answered(request))
    ad_forms = forms_of_ad(
        request.POST if request.method == "POST" else None, row, draft, wants_other_team=ad.wants_other_team
    )

    def save() -> str:
        actions.change_ad(by=person, ad=ad, content=ad_forms.content())
        return reverse("partnerships:board")

    if request.method == "POST":
        answer = _save(request, ad_forms, save)
        if answer is not None:
            toasts.success(request, _("Your ad is changed."))
            return redirect(answer)
    return _form_page(request, ad_forms, {"forms": ad_forms, "draft": draft, "ad": row, "answer_to": None})


@require_GET
def ad(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one ad and how it goes with mine."""
    person = person_of(request)
    found = fetch_visible(PartnerAd.objects.select_related("person"), viewer=person, public_id=public_id)
    page = ad_page(person, found)
    context = {
        "page_of_ad": page,
        "ad": page.ad,
        "verdict": _may_request(request, found, page),
        "reasons": HidingReason.choices,
        "who_sees_ads": who_sees(Item.PARTNER_AD),
    }
    return render(request, "partnerships/ad.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the author of an ad, with a message that is already written."""
    person = person_of(request)
    found = fetch_visible(PartnerAd.objects.select_related("person"), viewer=person, public_id=public_id)
    page = ad_page(person, found)
    message = suggested_message(page.ad.given_name, *page.exchanged, person.given_name)
    form = RequestForm(request.POST or None, initial={"message": message})
    verdict = _may_request(request, found, page)

    def send() -> str:
        actions.request_partnership(by=person, ad=found, message=form.cleaned_data["message"])
        return reverse("partnerships:requests")

    if request.method == "POST" and form.is_valid():
        try:
            answer = _once(request, "request", send)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("Your request is on its way."))
            return redirect(answer)
    sights = who_sees(Item.PARTNERSHIP_CONTENT)
    context = {"form": form, "ad": page.ad, "page_of_ad": page, "verdict": verdict, "sights": sights}
    return render(request, "partnerships/ask.html", context, status=422 if form.errors else 200)


@require_POST
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Pause one's own ad."""
    text = _("Your ad is paused. Nobody finds it now.")
    return _change_state(request, public_id, actions.pause_ad, text, "ad_resume")


@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish one's own ad again."""
    return _change_state(request, public_id, actions.resume_ad, _("Your ad is published again."), "ad_pause")


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw one's own ad."""
    return _change_state(request, public_id, actions.withdraw_ad, _("Your ad is withdrawn."), "ad_resume")


def _change_state(request: HttpRequest, public_id: str, action: Any, text: str, undo: str) -> HttpResponse:
    person = person_of(request)
    found = fetch_visible(PartnerAd.objects.all(), viewer=person, public_id=public_id, person=person)
    try:
        action(by=person, ad=found)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, text, undo_url=reverse(f"partnerships:{undo}", kwargs={"public_id": public_id}))
    return redirect("partnerships:board")


def _form_page(request: HttpRequest, ad_forms: AdForms, context: dict[str, Any]) -> HttpResponse:
    has_errors = ad_forms.terms.is_bound and not ad_forms.is_valid()
    context["who_sees_ads"] = who_sees(Item.PARTNER_AD)
    return render(request, "partnerships/ad_form.html", context, status=422 if has_errors else 200)


def _save(request: HttpRequest, ad_forms: AdForms, run: Any) -> str | None:
    """Save the ad and return where to go on; None shows the page again with what was typed."""
    is_understood = ad_forms.add_typed()
    if not ad_forms.is_valid() or not is_understood or request.POST.get("step") == ADD:
        return None
    try:
        return _once(request, "ad", run)
    except Refused as refusal:
        ad_forms.terms.add_error(None, str(refusal.reason))
        return None


def _once(request: HttpRequest, action: str, run: Any) -> str:
    key = request.POST.get(idempotency.FIELD, "")
    return idempotency.once(key=key, by=person_of(request), action=f"partnerships.{action}", run=run)


def _may_request(request: HttpRequest, found: PartnerAd, page: AdPage) -> Verdict:
    person = person_of(request)
    return rules.may_request(person, found, fit=page.raw_fit, waiting=page.asked)


def _answered(request: HttpRequest) -> AdRow | None:
    """Return the ad that the new one is meant to fit, as far as it can be seen."""
    key = request.GET.get("answer", "")
    visible = PartnerAd.objects.visible_to(person_of(request)).filter(public_id=key) if key else None
    return next(iter(read_ads(visible)), None) if visible is not None else None


def _draft(request: HttpRequest, answer_to: AdRow | None) -> AdDraft:
    key = request.GET.get("competence", "")
    competence = get_competence(key) if key else None
    return get_draft(person_of(request), competence=competence, answer_to=answer_to)
