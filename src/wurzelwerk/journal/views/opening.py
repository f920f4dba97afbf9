"""Fetching entries for a page, and the answer when a seal does not open."""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.sealing import SealBrokenError
from wurzelwerk.kernel.keyring import KeyFileError
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui.rendering import render

View = Callable[..., HttpResponse]
UNAVAILABLE = 503

logger = logging.getLogger(__name__)


def opens_seals(view: View) -> View:
    """Let ``view`` answer with a page that says what is wrong when a text or the key file cannot be opened."""

    @wraps(view)
    def answer(request: HttpRequest, **values: object) -> HttpResponse:
        try:
            return view(request, **values)
        except (SealBrokenError, KeyFileError) as error:
            logger.error("a journal text does not open: %s", type(error).__name__)  # noqa: TRY400 - no trace, no text
            return render(request, "journal/broken.html", status=UNAVAILABLE)

    return answer


def own_entry(request: HttpRequest, public_id: str) -> JournalEntry:
    """Return an entry of one's own, from the basket too; ``NotThere`` for one that is only shared."""
    viewer = person_of(request)
    entry: JournalEntry = JournalEntry.objects.get_visible(viewer, public_id=public_id)
    if entry.person_id != viewer.pk:
        raise NotThere
    return entry
