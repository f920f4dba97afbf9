"""The language of a request, and answers that no shared cache may keep."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from wurzelwerk.ui import preferences
from wurzelwerk.ui.page_scope import answering

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Answers in the person's language; before sign-in in that of the cookie or the browser.

    It also makes the request known to the macros of the pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language known so far; the session is only looked at afterwards."""
        language = preferences.language_before_sign_in(request)
        with translation.override(language), answering(request):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language()[:2])
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        """Switch to the language of the person, who is known by now."""
        if preferences.person_store.keys() and preferences.signed_in(request):
            request.LANGUAGE_CODE = preferences.current(request).language
            translation.activate(request.LANGUAGE_CODE)


class PrivateResponsesMiddleware:
    """Keeps every answer out of shared caches and tells a page in use that its session ended."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark what has no cache rule of its own as private."""
        response = self.get_response(request)
        if _leads_to_sign_in(request, response):
            response = _session_ended()
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    is_partial = request.headers.get("HX-Request") == "true"
    is_redirect = isinstance(response, HttpResponseRedirect)
    return is_partial and is_redirect and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL))


def _session_ended() -> HttpResponse:
    """Return an answer that leaves the page, and what was typed there, as it is."""
    news = {
        "ww:signed-out": {
            "text": gettext("Your session has ended. What you typed is still here: sign in in a second window."),
            "label": gettext("Sign in"),
            "href": resolve_url(settings.LOGIN_URL),
        }
    }
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news), "HX-Reswap": "none"})
