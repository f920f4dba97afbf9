"""Job roles and what they need, for learning and development."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wurzelwerk.competences import actions, queries, rules
from wurzelwerk.competences.forms import SearchForm, TargetForm
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import Proposal, Target
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.models import JobRole
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import formatting, toasts
from wurzelwerk.ui.rendering import render


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show all job roles with the state of their target profiles."""
    rules.may_maintain_targets(person_of(request)).require()
    text = SearchForm(request.GET).text
    return render(
        request, "competences/roles.html", {"roles": queries.job_role_rows(text), "text": text}, block="found"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show and change what a job role needs; each change is a new version.

    Besides saving, the form searches competences and adds them as lines, keeping what was typed; ``?add=`` or
    ``?occupation=`` in the address bring lines along as a draft.
    """
    rules.may_maintain_targets(person_of(request)).require()
    found = queries.get_job_role(public_id)
    target = queries.get_target(found)
    intent = request.POST.get("intent", "")
    proposal = _proposal(request)
    competences = _lines(request.POST or request.GET, target, proposal)
    form = _form(request, target, competences, proposal)
    if request.method == "POST" and intent not in {"find", "add"} and form.is_valid():
        answer = _save(request, found, form)
        if answer is not None:
            return answer
    text = request.POST.get("find", "").strip()
    listed = {one.pk for one in competences}
    context = {
        "role": found,
        "title": str(found),
        "target": target,
        "form": form,
        "find": text if intent == "find" else "",
        "choices": [one for one in queries.competence_choices(text) if one.pk not in listed]
        if intent == "find"
        else [],
        "versions": queries.target_versions(found),
        "proposal": proposal,
        "can_propose": queries.has_occupations(),
    }
    return render(request, "competences/role.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Search an occupation from which the target profile of a job role is proposed."""
    rules.may_maintain_targets(person_of(request)).require()
    found = queries.get_job_role(public_id)
    sent = SearchForm(request.GET)
    text = sent.text if "q" in request.GET else str(found)
    context = {"role": found, "text": text, "choices": queries.occupation_choices(text)}
    return render(request, "competences/propose.html", context, block="found")


def _proposal(request: HttpRequest) -> Proposal | None:
    """Return what the occupation in the address needs; None where none is named."""
    key = request.GET.get("occupation", "")
    return queries.proposal_from(key) if key and request.method != "POST" else None


def _lines(sent: QueryDict, target: Target | None, proposal: Proposal | None) -> list[Competence]:
    """Return the competences of the lines: those of the version in force, those added since, those proposed."""
    competences = [one.competence for one in target.requirements] if target else []
    known = {one.public_id for one in competences}
    keys = [key for key in dict.fromkeys(sent.getlist("line") + sent.getlist("add")) if key not in known]
    listed = competences + list(queries.competences_by_key(keys))
    return listed + [one for one in (proposal.competences if proposal else ()) if one not in listed]


def _form(
    request: HttpRequest, target: Target | None, competences: list[Competence], proposal: Proposal | None
) -> TargetForm:
    """Return the form; values of lines that were only just added are filled in."""
    current = {one.competence.pk: one for one in target.requirements} if target else {}
    version = target.version if target else 0
    initial = {"valid_from": clock.today(), "seen_version": version}
    proposed = proposal.levels if proposal else {}
    blank = TargetForm(competences=competences, current=current, proposed=proposed, initial=initial)
    if request.method != "POST":
        return blank
    sent = request.POST.copy()
    for name, field in blank.fields.items():
        if name.startswith(("level_", "weight_")) and name not in sent:
            sent[name] = field.initial
    return TargetForm(sent, competences=competences, current=current, proposed=proposed, initial=initial)


def _save(request: HttpRequest, found: JobRole, form: TargetForm) -> HttpResponse | None:
    """Save a version and lead to it; None with the refusal at the form."""
    try:
        profile = actions.save_target_profile(
            by=person_of(request),
            job_role=found,
            requirements=form.requirements(),
            valid_from=form.cleaned_data["valid_from"],
            seen_version=form.cleaned_data["seen_version"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return None
    known = {"version": profile.version, "day": formatting.date(profile.valid_from)}
    toasts.success(request, _("Version %(version)d is in force from %(day)s.") % known)
    return redirect(reverse("competences:role", args=[found.public_id]))
