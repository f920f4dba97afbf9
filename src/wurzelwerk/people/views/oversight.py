"""The page of the works council and data protection: rules and figures, never a single person's learning."""

import csv

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.kernel.housekeeping import VERIFY_AUDIT
from wurzelwerk.kernel.jobs import start_job
from wurzelwerk.people.oversight import figures
from wurzelwerk.people.queries import oversight as queries
from wurzelwerk.people.queries.access import replacing_letters
from wurzelwerk.people.signed_in import overseer_of
from wurzelwerk.ui.rendering import render


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """Show the register of personal data, who holds which role, figures, and the state of the audit trail."""
    overseer = overseer_of(request)
    context = {
        "register": queries.register(),
        "duties": queries.duties(overseer),
        "letters": replacing_letters(overseer),
        "figures": tuple(count() for count in figures),
        "trail": queries.trail_state(),
    }
    return render(request, "people/oversight.html", context)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Download the register as a table that Excel opens."""
    overseer_of(request)
    response = HttpResponse("\N{ZERO WIDTH NO-BREAK SPACE}", content_type="text/csv; charset=utf-8")
    name = _("register-of-personal-data")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, delimiter=";")
    heads = [_("Room"), _("Table"), _("Fields"), _("What it is"), _("Why"), _("How long")]
    writer.writerow([*heads, _("Who sees it, as the person reads it")])
    for row in queries.register():
        sees = " | ".join(row.audiences)
        writer.writerow([row.room, row.model, ", ".join(row.names), row.item, row.purpose, row.retention, sees])
    return response


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have the audit trail verified now."""
    job = start_job(kind=VERIFY_AUDIT, by=overseer_of(request))
    return HttpResponseRedirect(reverse("people:job", args=[job.public_id]))
