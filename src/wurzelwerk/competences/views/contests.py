"""Contesting what somebody else has said about oneself, and answering it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.competences import actions, queries, rules
from wurzelwerk.competences.choices import ContestState
from wurzelwerk.competences.forms import ContestAnswerForm, ContestForm
from wurzelwerk.competences.models import Contest, Evidence
from wurzelwerk.competences.terms import level_word
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import note_reading
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
def contest_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what one sees differently in an assessment of oneself."""
    person = person_of(request)
    evidence: Evidence = Evidence.objects.get_visible(person, public_id=public_id, person=person)
    verdict = rules.may_contest(person, evidence)
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        run = lambda: _contest(request, evidence, form)  # noqa: E731 - read in the next line
        try:
            key = request.POST.get(FIELD, "")
            return redirect(once(key=key, by=person, action="competences.contest_evidence", run=run))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
    context = {"form": form, "refusal": None if verdict else verdict.reason, **_shown(evidence)}
    return render(request, "competences/contest_evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a contest to the two of it; whoever gave the assessment answers here."""
    person = person_of(request)
    found: Contest = Contest.objects.get_visible(person, public_id=public_id)
    evidence, is_mine = found.evidence, found.person_id == person.pk
    form = ContestAnswerForm(
        request.POST or None, anchors=queries.anchors(evidence.competence), initial={"state": ContestState.KEPT}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_contest(by=person, contest=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("Thank you. %(name)s is told.") % {"name": found.person.full_name})
            return redirect(request.path)
    is_shown = found.state != ContestState.DROPPED and (is_mine or not _has_gone(found))
    if is_shown and not is_mine:
        note_reading(viewer=person, item=queries.item_of(evidence), owners=[found.person_id])
    context = {
        "form": form,
        "contest": found,
        "is_mine": is_mine,
        "is_shown": is_shown,
        "may_answer": bool(rules.may_answer_contest(person, found)),
        "may_drop": bool(rules.may_drop_contest(person, found)),
        "back": _page_of(evidence),
        **_shown(evidence),
    }
    return render(request, "competences/contest.html", context)


@require_POST
def drop_contest(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let go of what one has contested."""
    person = person_of(request)
    found: Contest = Contest.objects.get_visible(person, public_id=public_id, person=person)
    try:
        actions.drop_contest(by=person, contest=found)
    except Refused as refusal:
        toasts.error(request, refusal.reason)
    else:
        toasts.info(request, _("No longer contested. The assessment counts again."))
    return redirect(_page_of(found.evidence))


def _has_gone(contest: Contest) -> bool:
    """Tell whether the person has taken the evidence back, which nobody else sees any more."""
    return contest.evidence.withdrawn_at is not None and contest.state in {ContestState.OPEN, ContestState.KEPT}


def _contest(request: HttpRequest, evidence: Evidence, form: ContestForm) -> str:
    by = person_of(request)
    actions.contest_evidence(by=by, evidence=evidence, statement=form.cleaned_data["statement"])
    toasts.success(request, _("Contested. It counts for nothing until it is answered."))
    return _page_of(evidence)


def _shown(evidence: Evidence) -> dict[str, object]:
    """Return the assessment as both pages show it."""
    return {
        "evidence": evidence,
        "name": str(evidence.competence),
        "giver": evidence.given_by.full_name if evidence.given_by else "",
        "source": evidence.get_source_display(),
        "word": level_word(evidence.level),
    }


def _page_of(evidence: Evidence) -> str:
    return reverse("competences:competence", args=[evidence.competence.public_id]) + "#evidence"
