"""Long work somebody started: how far it is, cancel, start again."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.kernel.jobs import request_cancel, retry_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people import queries
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui.rendering import render


@require_safe
def job(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one job of one's own; the page asks for news by itself."""
    shown = Job.objects.get_visible(person_of(request), public_id=public_id)
    return render(request, "people/job.html", {"shown": queries.job_view(shown)}, block="progress")


@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask a job of one's own to stop."""
    viewer = person_of(request)
    request_cancel(job=Job.objects.get_visible(viewer, public_id=public_id), by=viewer)
    return HttpResponseRedirect(reverse("people:job", args=[public_id]))


@require_POST
def job_retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start a stopped job of one's own again where it stopped."""
    viewer = person_of(request)
    retry_job(job=Job.objects.get_visible(viewer, public_id=public_id), by=viewer)
    return HttpResponseRedirect(reverse("people:job", args=[public_id]))
