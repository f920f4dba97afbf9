"""What the pages of one import share: where it stands, the steps above each page, and the way on."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.models import PeopleImport
from wurzelwerk.people.queries import importing as queries
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

FILE, COLUMNS, ERRORS, PREVIEW, DONE = "file", "columns", "errors", "preview", "done"
STEPS: Final[dict[str, Promise]] = {
    FILE: _("File"),
    COLUMNS: _("Columns"),
    ERRORS: _("Check"),
    PREVIEW: _("Preview"),
    DONE: _("Apply"),
}
_PAGES: Final = {COLUMNS: "people:import_columns", ERRORS: "people:import_errors", PREVIEW: "people:import_preview"}


def furthest_step(people_import: PeopleImport) -> str:
    """Return the step at which an import stands."""
    if people_import.state == ImportState.UPLOADED:
        return COLUMNS
    if people_import.state == ImportState.CHECKING:
        return ERRORS
    if people_import.state == ImportState.CHECKED:
        return ERRORS if has_open_errors(people_import) else PREVIEW
    return DONE


def has_open_errors(people_import: PeopleImport) -> bool:
    """Tell whether rows are wrong that nobody has agreed to leave out."""
    return bool(people_import.problem_count) and not people_import.leaves_out_errors


def address_of(people_import: PeopleImport) -> str:
    """Return where somebody goes on with an import."""
    is_waiting = people_import.state in queries.WAITING
    name = _PAGES.get(furthest_step(people_import), "people:import") if is_waiting else "people:import"
    return reverse(name, args=[people_import.public_id])


def to_current_step(people_import: PeopleImport) -> HttpResponse:
    """Lead to where the import stands."""
    return HttpResponseRedirect(address_of(people_import))


def try_and_go_on(request: HttpRequest, public_id: str, act: Callable[[PeopleImport], object]) -> HttpResponse:
    """Do something with an import and lead to where it stands then; a refusal is said there."""
    try:
        act(queries.get_import(public_id))
    except Refused as refused:
        toasts.error(request, refused.reason)
    return to_current_step(queries.get_import(public_id))


def step_page(
    request: HttpRequest, name: str, people_import: PeopleImport, here: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with a page of one import; its block ``live`` alone when htmx asks."""
    context = {
        "line": queries.import_line(people_import),
        "steps": _steps(people_import, here),
        "units_file_name": people_import.units_file_name,
        **more,
    }
    return render(request, f"people/import/{name}.html", context, block="live", status=status)


def _steps(people_import: PeopleImport, here: str) -> list[dict[str, Any]]:
    """Return the steps as the stepper draws them: what is behind, where one is, and a way to each that is open.

    What was discarded or taken back has none.
    """
    if people_import.state in {ImportState.UNDONE, ImportState.DISCARDED}:
        return []
    order = list(STEPS)
    furthest = order.index(furthest_step(people_import))
    is_over = people_import.state == ImportState.APPLIED
    open_pages = {COLUMNS, ERRORS, PREVIEW} if people_import.state == ImportState.CHECKED else set[str]()
    steps = []
    for place, (key, label) in enumerate(STEPS.items()):
        is_done = place < furthest or is_over
        state = "now" if key == here and not is_over else "done" if is_done else "open"
        href = reverse(_PAGES[key], args=[people_import.public_id]) if key in open_pages and key != here else None
        steps.append({"label": label, "state": state, "href": href})
    return steps
