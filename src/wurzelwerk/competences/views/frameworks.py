"""Frameworks, for learning and development: the list, what is in one, importing."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wurzelwerk.competences import actions, queries, rules
from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.forms import FrameworkForm, ImportForm
from wurzelwerk.competences.importing.uploads import new_upload, remove_upload
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui.rendering import render

PAGE_SIZE = 50


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """Show all frameworks, what each holds and how its last import went."""
    person = person_of(request)
    rules.may_maintain_frameworks(person).require()
    context = {"frameworks": queries.framework_rows(), "running": queries.running_import(person)}
    return render(request, "competences/frameworks.html", context)


@require_safe
def framework(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is in a framework."""
    person = person_of(request)
    rules.may_maintain_frameworks(person).require()
    found = queries.get_framework(public_id)
    form = FrameworkForm(request.GET)
    if form.shown == "occupations":
        rows = queries.occupations_of(found, text=form.text)
    else:
        is_retired = form.shown == "retired"
        rows = queries.competences_of(found, text=form.text, area=form.wanted_area, is_retired=is_retired)
    row = next(row for row in queries.framework_rows() if row.public_id == public_id)
    context = {
        "row": row,
        "relations": queries.relations_of(found),
        "last_import": queries.last_import(person, found),
        "page_of_rows": Paginator(rows, PAGE_SIZE).get_page(form.number),
        "shown": form.shown,
        "text": form.text,
        "area": form.wanted_area,
        "areas": Area.choices,
    }
    return render(request, "competences/framework.html", context, block="listing")


@require_http_methods(["GET", "HEAD", "POST"])
def import_framework(request: HttpRequest) -> HttpResponse:
    """Take the files of a framework and start its import."""
    person = person_of(request)
    rules.may_maintain_frameworks(person).require()
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = request.POST.get(FIELD, "")
            return redirect(once(key=key, by=person, action="competences.import", run=lambda: _start(request, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
    return render(request, "competences/import.html", {"form": form}, status=422 if form.errors else 200)


def _start(request: HttpRequest, form: ImportForm) -> str:
    """Keep the files in a folder of their own and start the job; return where to watch it."""
    files = [form.cleaned_data[name] for name in ("archive", "second") if form.cleaned_data[name]]
    folder = new_upload()
    try:
        paths = [_keep(file, folder / f"{number}" / Path(file.name).name) for number, file in enumerate(files)]
        job = actions.import_framework(
            by=person_of(request), paths=paths, version=form.cleaned_data["version"], upload=folder
        )
    except Exception:
        remove_upload(folder)
        raise
    return reverse("people:job", args=[job.public_id])


def _keep(file: UploadedFile[Any], path: Path) -> Path:
    path.parent.mkdir()
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path
