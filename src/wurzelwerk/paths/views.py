"""The pages of the plan: board, weeks, goals, one step, and taking a new path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurzelwerk.catalogue.queries import get_row
from wurzelwerk.competences.queries.frameworks import get_competence
from wurzelwerk.kernel import idempotency
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.matrix import Audience, Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.paths import actions, queries
from wurzelwerk.paths.choices import StepKind, StepState
from wurzelwerk.paths.forms import CompleteForm, MoveForm, TakePathForm
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.queries import sharing_control
from wurzelwerk.privacy.reading import fetch_visible, note_reading, stands_as
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the own steps in five columns."""
    context = {
        "columns": queries.get_board(_person(request)),
        "tabs_of_plan": _tabs("board"),
        "states": StepState.choices,
    }
    return render(request, "paths/board.html", context, block="columns")


@require_GET
def weeks(request: HttpRequest) -> HttpResponse:
    """Show what is due week by week; also the page to print."""
    context = {"weeks": queries.get_weeks(_person(request)), "tabs_of_plan": _tabs("weeks")}
    return render(request, "paths/weeks.html", context)


@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """List the own goals."""
    context = {"goals": queries.get_goals(_person(request)), "tabs_of_plan": _tabs("goals")}
    return render(request, "paths/goals.html", context)


@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest) -> HttpResponse:
    """Show the path proposed for a competence with its reasons; POST takes it."""
    person = _person(request)
    competence = get_competence(request.GET.get("competence", ""))
    if request.method == "POST":
        form = TakePathForm(request.POST)
        if form.is_valid():
            return _take(request, form, competence)
    target = _target(request, default=queries.default_target(person, competence))
    context = {
        "proposal": queries.propose(person, competence, target),
        "form": TakePathForm(initial={"target_level": target}),
        "levels": range(1, 6),
    }
    return render(request, "paths/plan_create.html", context, block="proposal")


@require_GET
def goal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one goal with its path on the Faden; somebody else only where it is shared."""
    viewer = _person(request)
    found = fetch_visible(
        LearningGoal.objects.select_related("competence", "person"), viewer=viewer, public_id=public_id
    )
    note_reading(viewer=viewer, item=Item.PATH, owners=[found.person_id], object_key=public_id)
    is_mine = found.person_id == viewer.pk
    context = {
        "goal": queries.get_goal(found, viewer=viewer),
        "is_mine": is_mine,
        "shows_progress": is_mine or not stands_as(Audience.LEAD, viewer, found.person_id),
        "owner_name": found.person.full_name,
        "who_sees_this": who_sees(Item.PATH),
        "sharing": sharing_control(viewer, Item.PATH, public_id) if is_mine else None,
    }
    return render(request, "paths/goal.html", context)


@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a goal up; ten seconds, and later the list, to take it up again."""
    found = _own_goal(request, public_id)
    actions.drop_goal(by=_person(request), goal=found)
    undo = reverse("paths:resume", kwargs={"public_id": public_id})
    toasts.success(request, _("You have put this path aside."), undo_url=undo)
    return redirect("paths:goals")


@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a dropped goal up again."""
    found = _own_goal(request, public_id)
    try:
        actions.resume_goal(by=_person(request), goal=found)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
        return redirect("paths:goals")
    return redirect("paths:goal", public_id=public_id)


@require_GET
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one of the own steps: what to do, why, and how to finish it."""
    return _step_page(request, _own_step(request, public_id), CompleteForm())


@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a step to another column; undo moves it back."""
    found = _own_step(request, public_id)
    form = MoveForm(request.POST)
    before = StepState(found.state)
    if form.is_valid():
        after = StepState(form.cleaned_data["state"])
        actions.move_step(by=_person(request), step=found, state=after)
        toasts.success(
            request,
            _("Moved to “%(column)s”.") % {"column": after.label},
            undo_url=reverse("paths:move", kwargs={"public_id": public_id}),
            undo_fields={"state": before.value},
        )
    if request.headers.get("HX-Request"):
        return board_after_move(request)
    return redirect("paths:board")


def board_after_move(request: HttpRequest) -> HttpResponse:
    """Answer a move made in place with the columns alone."""
    context = {
        "columns": queries.get_board(_person(request)),
        "tabs_of_plan": _tabs("board"),
        "states": StepState.choices,
    }
    return render(request, "paths/board.html", context, block="columns")


@require_POST
def complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring a step to its end; a missing sentence shows the page again with what was typed."""
    person, found = _person(request), _own_step(request, public_id)
    form = CompleteForm(request.POST)
    if not form.is_valid():
        return _step_page(request, found, form, status=422)
    data = form.cleaned_data
    try:
        actions.complete_step(by=person, step=found, reflection=data["reflection"], minutes=data["minutes"])
    except Refused as refusal:
        form.add_error("reflection", str(refusal.reason))
        return _step_page(request, found, form, status=422)
    toasts.success(request, _("Done. What you wrote stands in your journal.") if data["reflection"] else _("Done."))
    return redirect("paths:goal", public_id=found.goal.public_id)


def _step_page(request: HttpRequest, found: PathStep, form: CompleteForm, *, status: int = 200) -> HttpResponse:
    opportunity = found.opportunity
    context = {
        "step": queries.get_step(found),
        "opportunity": get_row(opportunity) if opportunity else None,
        "task": pick(opportunity.task_de, opportunity.task_en) if opportunity else "",
        "question": pick(opportunity.reflection_de, opportunity.reflection_en) if opportunity else "",
        "needs_words": found.kind in {StepKind.WORK_TASK, StepKind.REFLECTION},
        "form": form,
        "states": StepState.choices,
        "who_sees_this": who_sees(Item.PATH),
    }
    return render(request, "paths/step.html", context, status=status)


def _take(request: HttpRequest, form: TakePathForm, competence) -> HttpResponse:  # type: ignore[no-untyped-def]  # noqa: ANN001
    person, data = _person(request), form.cleaned_data

    def run() -> str:
        taken = actions.plan_path(
            by=person, competence=competence, target_level=data["target_level"], without=data["leave"]
        )
        return reverse("paths:goal", kwargs={"public_id": taken.public_id})

    key = request.POST.get(idempotency.FIELD, "")
    answer = idempotency.once(key=key, by=person, action="paths.plan", run=run)
    toasts.success(request, _("This is your path now."))
    return redirect(answer)


def _target(request: HttpRequest, *, default: int) -> int:
    chosen = request.GET.get("target_level", "")
    return int(chosen) if chosen in {"1", "2", "3", "4", "5"} else default


def _person(request: HttpRequest) -> Person:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - every page asks for sign-in
    return person


def _own_goal(request: HttpRequest, public_id: str) -> LearningGoal:
    person = _person(request)
    found: LearningGoal = fetch_visible(LearningGoal.objects.all(), viewer=person, public_id=public_id, person=person)
    return found


def _own_step(request: HttpRequest, public_id: str) -> PathStep:
    person = _person(request)
    found: PathStep = fetch_visible(
        PathStep.objects.select_related("goal__competence", "goal__person", "opportunity"),
        viewer=person,
        public_id=public_id,
        goal__person=person,
    )
    return found


def _tabs(current: str) -> list[dict[str, object]]:
    tabs = {"board": _("Board"), "weeks": _("Weeks"), "goals": _("Goals")}
    return [
        {"label": label, "href": reverse(f"paths:{name}"), "current": name == current} for name, label in tabs.items()
    ]
