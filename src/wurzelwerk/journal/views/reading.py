"""The list by month, the search, one entry, and what others have opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wurzelwerk.journal import queries
from wurzelwerk.journal.forms import ListForm, SearchForm, ShareForm
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.prompts import prompt_of
from wurzelwerk.journal.recipients import recipients_of
from wurzelwerk.journal.texts import open_entry
from wurzelwerk.journal.views.opening import opens_seals
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import note_reading
from wurzelwerk.ui.rendering import render


@require_safe
@opens_seals
def journal(request: HttpRequest) -> HttpResponse:
    """Show one's own entries of a month, the months before, and the question of the day."""
    person = person_of(request)
    form = ListForm(request.GET)
    months = queries.month_dots(person)
    month = form.month_wanted or (months[0].month if months else clock.today().replace(day=1))
    skip = form.skip or 0
    context = {
        "months": months,
        "month": month,
        "rows": queries.entries_of_month(person, month) if months else (),
        "prompt": prompt_of(clock.today(), skip),
        "skip": skip,
        "in_basket": queries.count_in_basket(person),
        "shared": queries.shared_with(person),
        "sights": who_sees(Item.JOURNAL),
        "found": None,
    }
    return render(request, "journal/journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_seals
def search(request: HttpRequest) -> HttpResponse:
    """Search one's own entries; the words come by POST, so that no address holds them. Changes nothing."""
    form = SearchForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["q"]:
        return redirect("journal:journal")
    context = {"found": queries.search(person_of(request), form.cleaned_data["q"])}
    return render(request, "journal/search.html", context)


@require_safe
@opens_seals
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one entry: one's own with everything around it, or one that was opened to the viewer."""
    viewer = person_of(request)
    shown: JournalEntry = JournalEntry.objects.get_visible(viewer, public_id=public_id)
    content = open_entry(shown)
    if shown.person_id != viewer.pk:
        return _shared_entry(request, viewer, shown)
    recipients = recipients_of(viewer)
    context = {
        "entry": shown,
        "content": content,
        "details": queries.entry_details(shown, is_own=True),
        "share_form": ShareForm(recipients=recipients) if recipients else None,
        "sights": who_sees(Item.JOURNAL),
        "today": clock.today(),
    }
    return render(request, "journal/entry.html", context)


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """List what others have opened to the viewer, without a word of it."""
    return render(request, "journal/shared.html", {"rows": queries.shared_with(person_of(request))})


def _shared_entry(request: HttpRequest, viewer: Person, shown: JournalEntry) -> HttpResponse:
    """Show somebody else's entry and log that it was read."""
    note_reading(viewer=viewer, item=Item.JOURNAL, owners=[shown.person_id], object_key=shown.public_id)
    context = {
        "entry": shown,
        "owner": shown.person,
        "content": open_entry(shown),
        "details": queries.entry_details(shown, is_own=False),
    }
    return render(request, "journal/shared_entry.html", context)
