"""The page of one's own statements, and their download."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.lrs import queries
from wurzelwerk.lrs.forms import WishForm
from wurzelwerk.lrs.statements import VERSION
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui.rendering import render


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """Show one's own statements, by month; nobody has a page of anybody else's."""
    person = person_of(request)
    form = WishForm(request.GET)
    wish = form.wish()
    context = {
        "wish": wish,
        "listing": queries.own_statements(person, wish, form.page_number),
        "options": queries.get_options(person),
        "sights": who_sees(Item.STATEMENT),
    }
    return render(request, "lrs/statements.html", context, block="listing")


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """Send all of one's own statements as a file, in the shape other learning systems read."""
    answer = StreamingHttpResponse(_as_json(queries.exported(person_of(request))), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="lernspuren-{clock.today():%Y-%m-%d}.json"'
    answer["X-Experience-API-Version"] = VERSION
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_json(found: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield a statement result (xAPI 1.0.3), one statement a line."""
    yield '{"statements": ['
    for number, statement in enumerate(found):
        yield ("," if number else "") + "\n" + json.dumps(statement, ensure_ascii=False)
    yield '\n], "more": ""}\n'
