"""The import of the people file: all imports, bringing a new file, files to begin with, and where an import stands."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions, import_files
from wurzelwerk.people import import_rules as rules
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.import_forms import PageForm, UploadForm
from wurzelwerk.people.models import PeopleImport, Person
from wurzelwerk.people.queries import importing as queries
from wurzelwerk.people.signed_in import administrator_of
from wurzelwerk.people.views.importing_frame import DONE, ERRORS, address_of, step_page, to_current_step, try_and_go_on
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Show all imports, newest first; before the first one, what a people file looks like."""
    administrator_of(request)
    context = {
        "imports": queries.import_lines(PageForm(request.GET).number),
        "columns_allowed": import_files.allowed_columns(),
    }
    return render(request, "people/import/list.html", context, block="live")


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Take the files of a new import and recognise their columns; an unreadable file leaves nothing behind."""
    administrator = administrator_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = request.POST.get(FIELD, "")
            return HttpResponseRedirect(
                once(key=key, by=administrator, action="people.import", run=lambda: _bring(administrator, form))
            )
        except Refused as refused:
            form.add_error(_unreadable_field(form), str(refused.reason))
    context = {"form": form, "columns_allowed": import_files.allowed_columns()}
    return render(request, "people/import/new.html", context, status=422 if form.errors else 200)


@require_safe
def people_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how far the work on an import is, or what came of it; otherwise lead to its current step."""
    administrator = administrator_of(request)
    found = queries.get_import(public_id)
    if found.state in queries.RUNNING:
        return _progress_page(request, found)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address_of(found)})
    if found.state in queries.WAITING:
        return to_current_step(found)
    may_undo = rules.may_undo(administrator, found)
    return step_page(
        request, "record", found, DONE, counts=found.counts, may_undo=may_undo, has_rows=bool(found.settled)
    )


@require_POST
def import_stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the check or the applying that runs."""
    administrator = administrator_of(request)
    return try_and_go_on(request, public_id, lambda found: actions.stop_import(by=administrator, people_import=found))


@require_POST
def import_resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on with work that came to a halt."""
    administrator = administrator_of(request)
    return try_and_go_on(request, public_id, lambda found: actions.resume_import(by=administrator, people_import=found))


@require_POST
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a whole import back."""
    administrator = administrator_of(request)
    return try_and_go_on(request, public_id, lambda found: actions.undo_import(by=administrator, people_import=found))


@require_POST
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give an import up that was not applied."""
    administrator = administrator_of(request)

    def discard(found: PeopleImport) -> None:
        actions.discard_import(by=administrator, people_import=found)
        toasts.success(request, _("The import is discarded, and its file is deleted. Nothing was changed."))

    return try_and_go_on(request, public_id, discard)


@require_safe
def import_file(request: HttpRequest, which: str) -> HttpResponse:
    """Download a template or an example of a people file, or an example of a units file."""
    administrator_of(request)
    name, content = {
        "template": (_("people-file-template"), import_files.people_template),
        "example": (_("people-file-example"), import_files.people_example),
        "units": (_("units-file-example"), import_files.units_example),
    }[which]
    response = HttpResponse(content(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _bring(by: Person, form: UploadForm) -> str:
    """Keep the files and return where their columns are settled."""
    people, units = form.cleaned_data["people_file"], form.cleaned_data["units_file"]
    brought = actions.bring_people_file(
        by=by,
        file_name=people.name,
        content=people.chunks(),
        units_file_name=units.name if units else "",
        units_content=units.chunks() if units else None,
        is_complete=form.cleaned_data["is_complete"],
    )
    return address_of(brought)


def _unreadable_field(form: UploadForm) -> str:
    """Return the field whose file was refused: with two files, the one that cannot be read by itself."""
    units: UploadedFile[Any] | None = form.cleaned_data["units_file"]
    if units is None or not import_files.is_readable(form.cleaned_data["people_file"].chunks()):
        return "people_file"
    return "units_file"


def _progress_page(request: HttpRequest, found: PeopleImport) -> HttpResponse:
    job = found.job
    return step_page(
        request,
        "progress",
        found,
        ERRORS if found.state == ImportState.CHECKING else DONE,
        shown=queries.progress_of(found),
        is_stopping=bool(job and job.cancel_requested_at and not job.is_over),
        may_stop=found.state != ImportState.UNDOING,
    )
