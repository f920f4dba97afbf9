"""Opening an entry to a partner or mentor, and closing it."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.journal import actions, queries
from wurzelwerk.journal.forms import ShareForm
from wurzelwerk.journal.recipients import recipients_of
from wurzelwerk.journal.rules import may_share_until
from wurzelwerk.journal.texts import open_entry
from wurzelwerk.journal.views.opening import opens_seals, own_entry
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.models import Share
from wurzelwerk.ui import toasts
from wurzelwerk.ui.formatting import date
from wurzelwerk.ui.rendering import render


@require_POST
@opens_seals
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open one's own entry to one person until a day."""
    person = person_of(request)
    entry = own_entry(request, public_id)
    form = ShareForm(request.POST, recipients=recipients_of(person))
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            may_share_until(until, today=clock.today()).require()
            actions.share_entry(
                by=person,
                entry=entry,
                recipient=form.chosen.person,
                audience=form.chosen.audience,
                expires_at=timezone.make_aware(datetime.combine(until + timedelta(days=1), time())),
            )
        except Refused as refusal:
            form.add_error("until", str(refusal.reason))
        else:
            text = _("%(name)s can read this entry until %(day)s.")
            toasts.success(request, text % {"name": form.chosen.person.full_name, "day": date(until)})
            return redirect("journal:entry", public_id=public_id)
    context = {
        "entry": entry,
        "content": open_entry(entry),
        "details": queries.entry_details(entry, is_own=True),
        "share_form": form,
        "sights": who_sees(Item.JOURNAL),
        "today": clock.today(),
    }
    return render(request, "journal/entry.html", context)


@require_POST
def stop(request: HttpRequest, public_id: str, share_id: str) -> HttpResponse:
    """Close one's own entry to one person; effective on that person's next request."""
    person = person_of(request)
    opened: Share = Share.objects.get_visible(person, public_id=share_id)
    actions.stop_sharing(by=person, entry=own_entry(request, public_id), share=opened)
    toasts.success(request, _("Closed. Only you and those named below can read it."))
    return redirect("journal:entry", public_id=public_id)
