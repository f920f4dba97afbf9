"""Planning together: what each gives, the agreement and its signatures, packages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.forms.together import AgreementForm, OwnTermsForm, PackageForm, SignForm
from wurzelwerk.partnerships.models import LearningPackage, LearningPartnership
from wurzelwerk.partnerships.queries.planning import (
    agreement_values,
    competences_of,
    exchanged,
    first_day_due,
    members_of,
    wished_by,
)
from wurzelwerk.partnerships.queries.rooms import Room, get_room
from wurzelwerk.partnerships.views.rooms import own_partnership
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

WRONG, CONFLICT = 422, 409


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the agreement; POST proposes another version."""
    found, person = own_partnership(request, public_id), person_of(request)
    room = get_room(found, person)
    brought = exchanged(found)
    competences = competences_of(brought, room)
    sent = request.POST if request.method == "POST" else None
    form = AgreementForm(sent, initial=agreement_values(brought, room), competences=competences)
    if sent is not None and form.is_valid():
        try:
            actions.propose_agreement(
                by=person, partnership=found, content=form.content(), seen_version=form.cleaned_data["version"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        except actions.VersionConflict as conflict:
            again = sent.copy()
            again["version"] = str(conflict.current.version)
            form = AgreementForm(again, competences=competences)
            return _agreement_page(request, get_room(found, person), form, has_conflict=True)
        else:
            toasts.success(request, _("Proposed. Read it once more and sign."))
            return redirect("partnerships:agreement", public_id=public_id)
    return _agreement_page(request, room, form)


@require_POST
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign the version that was read."""
    found, form = own_partnership(request, public_id), SignForm(request.POST)
    if not form.is_valid():
        return redirect("partnerships:agreement", public_id=public_id)

    def run() -> str:
        data = form.cleaned_data
        actions.sign_agreement(
            by=person_of(request), partnership=found, version=data["version"], has_talked=data["has_talked"]
        )
        return reverse("partnerships:partnership", kwargs={"public_id": public_id})

    try:
        answer = _once(request, "sign", run)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
        return redirect("partnerships:agreement", public_id=public_id)
    toasts.success(request, _("Signed."))
    return redirect(answer)


@require_GET
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the agreement as one page to print."""
    found, person = own_partnership(request, public_id), person_of(request)
    room = get_room(found, person)
    if room.agreement is None:
        raise NotThere
    return render(request, "partnerships/sheet.html", {"room": room, "agreement": room.agreement})


@require_POST
def own_terms(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what one can give."""
    found, person = own_partnership(request, public_id), person_of(request)
    form = OwnTermsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_terms(
                by=person,
                partnership=found,
                weekly_minutes=data["weekly_minutes"],
                rhythm_weeks=data["rhythm_weeks"],
                response_days=data["response_days"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("Noted what you can give."))
            return redirect("partnerships:agreement", public_id=public_id)
    room = get_room(found, person)
    brought = exchanged(found)
    proposal = AgreementForm(initial=agreement_values(brought, room), competences=competences_of(brought, room))
    return _agreement_page(request, room, proposal, own_form=form)


@require_http_methods(["GET", "POST"])
def package_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan a package in one direction."""
    found, person = own_partnership(request, public_id), person_of(request)
    room = get_room(found, person)
    learner = request.GET.get("learner") or room.me.person_key
    brought = exchanged(found)
    initial = {"learner": learner, "competence": wished_by(brought, room, learner), "due_on": first_day_due()}
    return _package_page(request, room, found, competences=competences_of(brought, room), initial=initial)


@require_http_methods(["GET", "POST"])
def package_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a package that is not done."""
    package = _package(request, public_id)
    found = package.partnership
    room = get_room(found, person_of(request))
    initial = {
        "learner": package.learner.public_id,
        "competence": package.competence.public_id,
        "title": package.title,
        "due_on": package.due_on,
        "if_then": package.if_then,
        "description": package.description,
    }
    competences = competences_of(exchanged(found), room)
    return _package_page(request, room, found, competences=competences, initial=initial, package=package)


@require_POST
def package_done(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark a package as done; ten seconds to take it back."""
    undo = reverse("partnerships:package_reopen", kwargs={"public_id": public_id})
    return _with_package(request, public_id, actions.complete_package, _("Done. Well learned."), undo)


@require_POST
def package_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take "done" back."""
    return _with_package(request, public_id, actions.reopen_package, _("The package is open again."), None)


@require_POST
def package_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a package out of the plan."""
    return _with_package(request, public_id, actions.remove_package, _("The package is gone."), None)


def _agreement_page(
    request: HttpRequest,
    room: Room,
    form: AgreementForm,
    *,
    own_form: OwnTermsForm | None = None,
    has_conflict: bool = False,
) -> HttpResponse:
    me = room.me
    terms = {"weekly_minutes": me.weekly_minutes, "rhythm_weeks": me.rhythm_weeks, "response_days": me.response_days}
    context = {
        "room": room,
        "agreement": room.agreement,
        "form": form,
        "own_form": own_form or OwnTermsForm(initial=terms),
        "has_conflict": has_conflict,
        "is_edited": form.is_bound or room.agreement is None,
        "sights": who_sees(Item.PARTNERSHIP_CONTENT),
    }
    wrong = form.errors or (own_form and own_form.errors)
    return render(
        request, "partnerships/agreement.html", context, status=CONFLICT if has_conflict else WRONG if wrong else 200
    )


def _package_page(
    request: HttpRequest,
    room: Room,
    found: LearningPartnership,
    *,
    competences: tuple[Competence, ...],
    initial: dict[str, Any],
    package: LearningPackage | None = None,
) -> HttpResponse:
    person, persons = person_of(request), members_of(found)
    sent = request.POST if request.method == "POST" else None
    form = PackageForm(sent, initial=initial, persons=persons, competences=competences)

    def save() -> str:
        actions.save_package(by=person, partnership=found, content=form.content(), package=package)
        return reverse("partnerships:partnership", kwargs={"public_id": room.public_id}) + "#packages"

    if sent is not None and form.is_valid():
        try:
            answer = _once(request, "package", save)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("The package is planned."))
            return redirect(answer)
    context = {"form": form, "room": room, "package": package, "sights": who_sees(Item.LEARNING_PACKAGE)}
    return render(request, "partnerships/package_form.html", context, status=WRONG if form.errors else 200)


def _package(request: HttpRequest, public_id: str) -> LearningPackage:
    found: LearningPackage = fetch_visible(
        LearningPackage.objects.select_related("partnership", "learner", "teacher", "competence"),
        viewer=person_of(request),
        public_id=public_id,
    )
    own_partnership(request, found.partnership.public_id)
    return found


def _with_package(request: HttpRequest, public_id: str, action: Any, text: str, undo: str | None) -> HttpResponse:
    package = _package(request, public_id)
    try:
        action(by=person_of(request), package=package)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, text, undo_url=undo)
    back = reverse("partnerships:partnership", kwargs={"public_id": package.partnership.public_id})
    return redirect(f"{back}#packages")


def _once(request: HttpRequest, action: str, run: Any) -> str:
    key = request.POST.get(idempotency.FIELD, "")
    return idempotency.once(key=key, by=person_of(request), action=f"partnerships.{action}", run=run)
