"""The steps of an import: which column holds what, what is wrong in which row, and who would join, move and leave."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people import import_rules as rules
from wurzelwerk.people.choices import ChangeKind, ImportSource, ImportState
from wurzelwerk.people.hr_import.noting import MOST_KEPT
from wurzelwerk.people.hr_import.sentences import REFUSALS
from wurzelwerk.people.hr_import.settled import Settled
from wurzelwerk.people.import_forms import (
    TERMS,
    UNITS,
    ApplyForm,
    Cell,
    ChangesForm,
    ColumnsForm,
    PageForm,
    ScopeForm,
    cells_for_all,
    typed_cells,
)
from wurzelwerk.people.models import PeopleImport, Person
from wurzelwerk.people.queries import importing as queries
from wurzelwerk.people.queries import importing_changes as changes
from wurzelwerk.people.queries import importing_problems as problems
from wurzelwerk.people.signed_in import administrator_of
from wurzelwerk.people.views.importing_frame import (
    COLUMNS,
    ERRORS,
    PREVIEW,
    step_page,
    to_current_step,
    try_and_go_on,
)
from wurzelwerk.ui import toasts

LISTED = {ImportState.CHECKED, ImportState.APPLIED}


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Settle which column holds which field and begin the check; afterwards show what was settled."""
    administrator = administrator_of(request)
    found = queries.get_import(public_id)
    settled = queries.settled_of(found)
    is_too_late = request.method == "POST" and found.state != ImportState.UPLOADED
    if settled is None or is_too_late or found.state not in queries.WAITING:
        return _elsewhere(request, found)
    form = ColumnsForm(settled, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return try_and_go_on(request, public_id, lambda current: _settle_and_check(administrator, current, form))
    return step_page(
        request,
        "columns",
        found,
        COLUMNS,
        status=422 if form.errors else 200,
        form=form,
        files=_files(settled),
        refusals=REFUSALS,
        broken=queries.broken_reason(found),
        is_settled=found.state == ImportState.CHECKED,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_errors(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is wrong, row by row; keep what was typed over wrong cells and check again when asked to."""
    administrator = administrator_of(request)
    found = queries.get_import(public_id)
    settled = queries.settled_of(found)
    if request.method == "POST":
        return _correct(request, administrator, found)
    if settled is None or found.state != ImportState.CHECKED:
        return to_current_step(found)
    wanted = PageForm(request.GET)
    return step_page(
        request,
        "errors",
        found,
        ERRORS,
        found=problems.wrong_rows(found, settled, key=wanted.key, number=wanted.number),
        kinds=problems.problem_kinds(found),
        key=wanted.key,
        problem_count=found.problem_count,
        most_kept=MOST_KEPT,
        waiting=problems.waiting_corrections(found),
        of_the_tree=found.counts.get("of_the_tree", 0),
        leaves_out_errors=found.leaves_out_errors,
        is_complete=found.is_complete,
    )


@require_http_methods(["GET", "HEAD"])
def import_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who joins, comes back, moves, changes and leaves; after the import, what it did."""
    administrator = administrator_of(request)
    found = queries.get_import(public_id)
    settled = queries.settled_of(found)
    if settled is None or found.state not in LISTED:
        return to_current_step(found)
    return _preview_page(request, administrator, found, settled)


@require_POST
def import_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Apply an import; when many would leave, only with the agreement to that."""
    administrator = administrator_of(request)
    found = queries.get_import(public_id)
    form = ApplyForm(request.POST)
    confirms = form.is_valid() and form.cleaned_data["confirms_leavers"]
    if found.state != ImportState.CHECKED:
        return _elsewhere(request, found)
    if not rules.may_apply(administrator, found, confirms_leavers=confirms):
        # The preview says why; a page of its own would ask to send the form again when it is loaded anew.
        return HttpResponseRedirect(f"{reverse('people:import_preview', args=[public_id])}?refused=1")
    return try_and_go_on(
        request,
        public_id,
        lambda current: actions.apply_import(by=administrator, people_import=current, confirms_leavers=confirms),
    )


@require_POST
def import_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check a file again."""
    administrator = administrator_of(request)
    return try_and_go_on(request, public_id, lambda found: actions.check_import(by=administrator, people_import=found))


@require_POST
def import_scope(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say whether the file contains everybody and whether wrong rows are left out; the first needs a new check."""
    administrator = administrator_of(request)
    form = ScopeForm(request.POST)
    form.is_valid()

    def change(found: PeopleImport) -> None:
        was_complete = found.is_complete
        actions.change_scope(by=administrator, people_import=found, **form.cleaned_data)
        if was_complete != form.cleaned_data["is_complete"] and found.state == ImportState.CHECKED:
            actions.check_import(by=administrator, people_import=found)

    return try_and_go_on(request, public_id, change)


def _settle_and_check(by: Person, people_import: PeopleImport, form: ColumnsForm) -> None:
    actions.settle_columns(
        by=by,
        people_import=people_import,
        people=form.chosen(ImportSource.PEOPLE),
        units=form.chosen(ImportSource.UNITS),
        leaves_out=form.cleaned_data["leaves_out"],
    )
    actions.check_import(by=by, people_import=people_import)


def _files(settled: Settled) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(ImportSource.PEOPLE.value, settled.people)]
    return [*found, (ImportSource.UNITS.value, settled.units)] if settled.units else found


def _elsewhere(request: HttpRequest, found: PeopleImport) -> HttpResponse:
    """Lead to where the import stands; whoever sent a form learns why it came too late."""
    if request.method == "POST":
        toasts.error(request, rules.ELSEWHERE)
    return to_current_step(found)


def _correct(request: HttpRequest, by: Person, found: PeopleImport) -> HttpResponse:
    """Keep the cells that were changed; where somebody else has gone on, show what was typed so that it stays."""
    typed = typed_cells(request.POST)
    shown = problems.values_of(found, typed)
    values: dict[Cell, str] = {cell: value for cell, value in typed.items() if shown.get(cell, value) != value}
    for cell in cells_for_all(request.POST):
        if cell in values:
            values |= dict.fromkeys(problems.cells_alike(found, cell), values[cell])
    try:
        actions.correct_cells(by=by, people_import=found, values=values)
        if "check" in request.POST:
            actions.check_import(by=by, people_import=found)
    except Refused as refused:
        return _too_late(request, found, typed, refused)
    if "check" in request.POST:
        return to_current_step(queries.get_import(found.public_id))
    _say_kept(request, values)
    wanted = PageForm(_asked(request))
    asked = urlencode({"problem": wanted.key, "page": wanted.number})
    return HttpResponseRedirect(f"{reverse('people:import_errors', args=[found.public_id])}?{asked}#rows")


def _asked(request: HttpRequest) -> QueryDict:
    """Return which part of the errors to show next: the same one, or the page that a button named."""
    asked = request.GET.copy()
    if "next" in request.POST:
        asked["page"] = request.POST["next"]
    return asked


def _say_kept(request: HttpRequest, values: Mapping[Cell, str]) -> None:
    count = len(values)
    text = ngettext("%(count)s cell is kept.", "%(count)s cells are kept.", count) % {"count": count}
    toasts.success(request, text if count else _("Nothing was changed on this page."))


def _too_late(request: HttpRequest, found: PeopleImport, typed: Mapping[Cell, str], refused: Refused) -> HttpResponse:
    cells = [(problems.name_of(cell), cell[1], problems.label_of(cell), value) for cell, value in typed.items()]
    return step_page(request, "too_late", found, ERRORS, status=409, cells=cells, reason=refused.reason)


def _preview_page(request: HttpRequest, by: Person, found: PeopleImport, settled: Settled) -> HttpResponse:
    wanted = ChangesForm(request.GET)
    shown = wanted.shown or _first_shown(found)
    number, text = wanted.number, wanted.text
    if shown == UNITS:
        rows: Any = changes.unit_changes(found, number)
    elif shown == TERMS:
        rows = changes.new_terms(found, number)
    else:
        rows = changes.change_rows(found, settled, ChangeKind(shown), text=text, number=number)
    is_applied = found.state == ImportState.APPLIED
    return step_page(
        request,
        "preview",
        found,
        PREVIEW,
        found=rows,
        shown=shown,
        text=text,
        kinds=queries.KINDS,
        counts=found.counts,
        is_applied=is_applied,
        is_complete=found.is_complete,
        leaves_out_errors=found.leaves_out_errors,
        problem_count=found.problem_count,
        many_leave=not is_applied and rules.many_leave(found),
        may_apply=None if is_applied else rules.may_apply(by, found, confirms_leavers=True),
        is_outdated=not is_applied and queries.is_outdated(found),
        refusal=""
        if is_applied or not wanted.is_refused
        else rules.may_apply(by, found, confirms_leavers=False).reason,
    )


def _first_shown(found: PeopleImport) -> str:
    """Return what to show first: whoever leaves, or else the first sort of change there is."""
    order = (ChangeKind.LEAVER, *queries.KINDS)
    return next((kind.value for kind in order if found.counts.get(kind)), ChangeKind.JOINER.value)
