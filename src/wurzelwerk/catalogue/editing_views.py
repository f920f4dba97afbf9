"""Pages for learning and development: maintaining the catalogue. Nobody else finds them."""

from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.catalogue import actions, queries
from wurzelwerk.catalogue.forms import OpportunityForm, OutcomeFormSet, SessionForm, outcome_forms
from wurzelwerk.catalogue.models import LearningOpportunity
from wurzelwerk.catalogue.rules import may_edit_catalogue
from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

SORTABLE = {"title": "title_de", "kind": "kind", "minutes": "minutes", "created": "created_at"}
PAGE_SIZE = 50


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """List everything in the catalogue, also what is not published."""
    _editor(request)
    sort = request.GET.get("sort", "title")
    column = SORTABLE.get(sort.removeprefix("-"), "title_de")
    order = f"-{column}" if sort.startswith("-") else column
    text = request.GET.get("q", "").strip()
    found = queries.catalogue_list(text=text, order=order)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "catalogue/catalogue.html", {"page_of_rows": page, "sort": sort, "text": text}, block="rows")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add an opportunity."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an opportunity, its outcomes and its dates."""
    return _edit(request, _fetch(request, public_id))


@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer an opportunity to learners, or take it out; undo turns it round again."""
    found = _fetch(request, public_id)
    is_published = request.POST.get("publish") == "yes"
    actions.set_published(by=_editor(request), opportunity=found, is_published=is_published)
    text = _("Learners can find “%(title)s” now.") if is_published else _("“%(title)s” is no longer offered.")
    undo = reverse("catalogue:publish", kwargs={"public_id": public_id})
    back = {"publish": "no" if is_published else "yes"}
    toasts.success(request, text % {"title": found}, undo_url=undo, undo_fields=back)
    return redirect("catalogue:catalogue")


@require_POST
def add_session(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a date; a mistake shows the page again with what was typed."""
    found = _fetch(request, public_id)
    form = SessionForm(request.POST, prefix="session")
    if not form.is_valid():
        return _page(request, found, _form(None, found), _outcomes(None, found), form, status=422)
    data = form.cleaned_data
    starts_at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
    fields = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=data["minutes"]),
        "place": data["place"],
        "places": data["places"],
    }
    actions.plan_session(by=_editor(request), opportunity=found, fields=fields)
    toasts.success(request, _("The date was added."))
    return redirect("catalogue:edit", public_id=public_id)


def _edit(request: HttpRequest, opportunity: LearningOpportunity | None) -> HttpResponse:
    editor = _editor(request)
    data = request.POST if request.method == "POST" else None
    form, outcomes = _form(data, opportunity), _outcomes(data, opportunity)
    if data is None or not (form.is_valid() & outcomes.is_valid()):
        return _page(
            request, opportunity, form, outcomes, SessionForm(prefix="session"), status=200 if data is None else 422
        )

    def save() -> str:
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        saved = actions.save_opportunity(
            by=editor, fields=fields, outcomes=outcomes.outcomes(), opportunity=opportunity
        )
        return reverse("catalogue:opportunity", kwargs={"public_id": saved.public_id})

    key = request.POST.get(idempotency.FIELD, "")
    answer = idempotency.once(key=key, by=editor, action="catalogue.save", run=save)
    toasts.success(request, _("Saved."))
    return redirect(answer)


def _page(
    request: HttpRequest,
    opportunity: LearningOpportunity | None,
    form: OpportunityForm,
    outcomes: OutcomeFormSet,
    session_form: SessionForm,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "opportunity": opportunity,
        "form": form,
        "outcomes": outcomes,
        "session_form": session_form,
        "sessions": queries.sessions_of(opportunity) if opportunity else (),
    }
    return render(request, "catalogue/edit.html", context, status=status)


def _form(data: QueryDict | None, opportunity: LearningOpportunity | None) -> OpportunityForm:
    return OpportunityForm(data, instance=opportunity)


def _outcomes(data: QueryDict | None, opportunity: LearningOpportunity | None) -> OutcomeFormSet:
    initial = queries.outcome_values(opportunity) if opportunity else []
    return outcome_forms(data, initial=initial, prefix="outcomes")  # type: ignore[return-value]


def _editor(request: HttpRequest) -> Person:
    """Return who maintains the catalogue; for everybody else the page is not there."""
    person = request.user
    if not isinstance(person, Person) or not may_edit_catalogue(person):
        raise NotThere
    return person


def _fetch(request: HttpRequest, public_id: str) -> LearningOpportunity:
    _editor(request)
    return queries.get_opportunity(public_id)
