"""Who sees what, what I have opened, who has seen me, and what is stored about me."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy import queries
from wurzelwerk.privacy.exporting import as_json
from wurzelwerk.privacy.forms import LogForm, MatrixForm
from wurzelwerk.ui.rendering import render

JOURNAL_FILE = "journal:export"


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the whole matrix in words, as the machine enforces it, or what one audience sees."""
    audience = MatrixForm(request.GET).wanted
    context = {"audience": audience, "audiences": queries.audiences(), "rows": queries.matrix_rows(audience)}
    return render(request, "privacy/matrix.html", context, block="matrix")


@require_safe
def shares(request: HttpRequest) -> HttpResponse:
    """Show what the person has open, and what ended lately."""
    person = person_of(request)
    context = {"rows": queries.own_shares(person), "ended": queries.ended_shares(person)}
    return render(request, "privacy/shares.html", context)


@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """Show who has read what of the person, by day; nobody has a page of anybody else's log."""
    person = person_of(request)
    form = LogForm(request.GET)
    context = {
        "item": form.wanted_item,
        "log": queries.get_looks(person, item=form.wanted_item, page_number=form.page_number),
        "items": queries.item_counts(person),
        "sights": who_sees(Item.ACCESS_LOG),
    }
    return render(request, "privacy/access_log.html", context, block="log")


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is stored about the person, why and for how long, with the number of rows."""
    context = {"purposes": queries.stored_about(person_of(request)), "journal_file": _journal_file()}
    return render(request, "privacy/my_data.html", context)


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """Send everything stored about the person as a file."""
    answer = StreamingHttpResponse(as_json(person_of(request)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="meine-daten-{clock.today():%Y-%m-%d}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _journal_file() -> str:
    """Return where the journal writes its own sealed texts, or "" without that room."""
    try:
        return reverse(JOURNAL_FILE)
    except NoReverseMatch:
        return ""
