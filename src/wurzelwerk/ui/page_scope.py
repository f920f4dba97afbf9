"""The request being answered, for macros: an imported macro does not see the page's context."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Make ``request`` known to macros until the block is left."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> HttpRequest:
    """Return the request being answered; raises ``LookupError`` outside of one."""
    request = _request.get()
    if request is None:
        raise LookupError("This component needs a request: it holds a form. Render it through ui.rendering.render.")
    return request


def csrf_field() -> SafeString:
    """Return the hidden input that every POST form carries."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(current_request()))
