"""Own evidence: the list, its download, taking back and bringing back."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.competences import actions, queries
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.forms import EvidenceForm
from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.showing.evidence import evidence_lines, exported
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def evidence_list(request: HttpRequest) -> HttpResponse:
    """Show all that counts for oneself, newest first."""
    person = person_of(request)
    form = EvidenceForm(request.GET)
    lines = evidence_lines(queries.evidence_rows(person, source=form.wanted_source, text=form.text), person)
    context = {
        "lines": lines,
        "text": form.text,
        "source": form.wanted_source,
        "sources": EvidenceSource.choices,
        "is_filtered": bool(form.text or form.wanted_source),
        "sights": who_sees(Item.ESTIMATE),
    }
    return render(request, "competences/evidence.html", context, block="listing")


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Send all own evidence with the estimates as a file."""
    answer = JsonResponse(exported(person_of(request)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="kompetenzen-{clock.today():%Y-%m-%d}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a piece of one's own evidence back, with a way back."""
    evidence = _own(request, public_id)
    actions.withdraw_evidence(by=person_of(request), evidence=evidence)
    undo = reverse("competences:restore", args=[public_id])
    toasts.info(request, _("Taken back. It no longer counts."), undo)
    return _back_to(evidence)


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring back what was taken back."""
    evidence = _own(request, public_id)
    try:
        actions.restore_evidence(by=person_of(request), evidence=evidence)
    except Refused as refusal:
        toasts.error(request, refusal.reason)
    else:
        toasts.success(request, _("It is back.") if evidence.is_disputed else _("It counts again."))
    return _back_to(evidence)


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm that a work sample still holds."""
    evidence = _own(request, public_id)
    try:
        actions.confirm_evidence(by=person_of(request), evidence=evidence)
    except Refused as refusal:
        toasts.error(request, refusal.reason)
    else:
        toasts.success(request, _("Confirmed. It now counts in full."))
    return _back_to(evidence)


def _own(request: HttpRequest, public_id: str) -> Evidence:
    """Return one's own evidence; what others have shared is not there to be changed."""
    person = person_of(request)
    found: Evidence = Evidence.objects.get_visible(person, public_id=public_id, person=person)
    return found


def _back_to(evidence: Evidence) -> HttpResponse:
    return redirect("competences:competence", public_id=evidence.competence.public_id)
