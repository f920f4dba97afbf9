"""Turns what actions and queries raise into answers, so that neither needs to know of HTTP."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.ui import errors


class PlainAnswersMiddleware:
    """``NotThere`` becomes the page "not found", ``Refused`` the page with its reason (403)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the two exceptions that are answers; leave every other alone."""
        if isinstance(exception, NotThere):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return errors.refused(request, exception.reason)
        return None
