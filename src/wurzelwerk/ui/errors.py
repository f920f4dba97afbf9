"""The pages for what goes wrong: what happened, what to do, whom to ask."""

import logging
from typing import Any

import jinja2
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext

from wurzelwerk.ui.rendering import render

logger = logging.getLogger(__name__)

TEMPLATE = "ui/error.html"
LAST_RESORT = (
    "<!doctype html><html lang=de><meta charset=utf-8><title>Wurzelwerk</title>"
    "<h1>Da ist etwas schiefgegangen</h1><p>Bitte versuche es in einigen Minuten noch einmal.</p>"
    "<p lang=en>Something went wrong. Please try again in a few minutes.</p></html>"
)


def _answer(request: HttpRequest, status: int, title: str, text: str, **more: Any) -> HttpResponse:
    context = {"status": status, "title": title, "text": text, "reason": "", **more}
    return render(request, TEMPLATE, context, block="content", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request could not be understood."""
    title = gettext("We could not read this request")
    text = gettext("Please go back and try again. Nothing was changed.")
    return _answer(request, 400, title, text)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: not allowed, with the reason when there is one."""
    return refused(request, str(exception or ""))


def refused(request: HttpRequest, reason: str | Promise) -> HttpResponse:
    """Answer 403 with the sentence of a rule that refused."""
    title = gettext("You may not do this")
    text = gettext("Nothing was changed. If you need this for your work, ask the people who run this system.")
    return _answer(request, 403, title, text, reason=str(reason))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose token does not fit (``CSRF_FAILURE_VIEW``)."""
    title = gettext("This form is too old")
    text = gettext("You signed in or out since you opened it. Go back, load the page again and send it once more.")
    return _answer(request, 403, title, text)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: not there, or not for this person; the answer is the same."""
    title = gettext("Nothing to see here")
    text = gettext(
        "Either this page does not exist, or it belongs to somebody who has not shared it with you. "
        "If somebody sent you the link, ask that person."
    )
    return _answer(request, 404, title, text)


def conflict(request: HttpRequest, reason: str | Promise) -> HttpResponse:
    """Answer 409: somebody else changed it in the meantime."""
    title = gettext("This has changed in the meantime")
    text = gettext("Go back, load the page again and compare. What you typed is still in the form.")
    return _answer(request, 409, title, text, reason=str(reason))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; works without a person, and without the page when even that fails."""
    title = gettext("Something went wrong on our side")
    text = gettext("What you saved is safe. Please try again in a few minutes.")
    request.user = AnonymousUser()  # whoever it was: asking the database may be what failed
    try:
        return _answer(request, 500, title, text)
    except (jinja2.TemplateError, ValueError, OSError):
        logger.warning("The error page could not be drawn", exc_info=True)
        return HttpResponse(LAST_RESORT, status=500)
