"""The start page, which says what is next."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from wurzelwerk.home.queries import get_start
from wurzelwerk.people.models import Person
from wurzelwerk.ui.rendering import render


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show the person what is next for them."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - every page asks for sign-in
    return render(request, "home/start.html", {"start": get_start(person), "given_name": person.given_name})
