"""Deleting, the basket, earlier versions, and taking everything along."""

import io
import zipfile
from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.journal import actions, queries
from wurzelwerk.journal.exporting import as_document, as_files
from wurzelwerk.journal.models import EntryVersion
from wurzelwerk.journal.texts import open_entry, open_version
from wurzelwerk.journal.views.opening import opens_seals, own_entry
from wurzelwerk.kernel import clock
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put an entry into the basket; ten seconds to take it back at once, thirty days from the basket."""
    actions.delete_entry(by=person_of(request), entry=own_entry(request, public_id))
    undo = reverse("journal:restore", args=[public_id])
    toasts.success(request, _("The entry lies in the basket for 30 days."), undo)
    return redirect("journal:journal")


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an entry out of the basket."""
    actions.restore_entry(by=person_of(request), entry=own_entry(request, public_id))
    toasts.success(request, _("The entry is back."))
    return redirect("journal:entry", public_id=public_id)


@require_POST
def erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete an entry in the basket for good."""
    actions.erase_entry(by=person_of(request), entry=own_entry(request, public_id))
    toasts.success(request, _("The entry is deleted for good."))
    return redirect("journal:basket")


@require_safe
@opens_seals
def basket(request: HttpRequest) -> HttpResponse:
    """Show what one has deleted and can still restore."""
    return render(request, "journal/basket.html", {"rows": queries.basket(person_of(request))})


@require_safe
@opens_seals
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """List the earlier versions of one's own entry."""
    entry = own_entry(request, public_id)
    context = {"entry": entry, "content": open_entry(entry), "versions": queries.version_rows(entry)}
    return render(request, "journal/versions.html", context)


@require_safe
@opens_seals
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show one earlier version."""
    entry = own_entry(request, public_id)
    row: EntryVersion = EntryVersion.objects.get_visible(person_of(request), entry=entry, number=number)
    content = open_version(row, public_id=public_id, version=number)
    return render(request, "journal/version.html", {"entry": entry, "version": row, "content": content})


@require_POST
@opens_seals
def restore_version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Make an earlier version the text of the entry."""
    actions.restore_version(by=person_of(request), entry=own_entry(request, public_id), number=number)
    toasts.success(request, _("This version is the entry again. The one before it is kept too."))
    return redirect("journal:entry", public_id=public_id)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the whole journal: as one Markdown file, or one file per entry in a ZIP (``?format=zip``)."""
    entries = queries.all_entries(person_of(request))
    name = f"lerntagebuch-{clock.today():%Y-%m-%d}"
    if request.GET.get("format") == "zip":
        return FileResponse(
            _zipped(as_files(entries)),
            as_attachment=True,
            filename=f"{name}.zip",
            headers={"Cache-Control": "private, no-store"},
        )
    answer = StreamingHttpResponse(as_document(entries), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.md"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _zipped(files: Iterator[tuple[str, str]]) -> io.BytesIO:
    """Return a ZIP of the files in memory: a plain text must not be left on a disk."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    target.seek(0)
    return target
