"""What every request of a signed-in person passes: the limits of a session, the second factor of a duty."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.people.second_factor import lacks_second_factor
from wurzelwerk.people.signing_in import STARTED_AT
from wurzelwerk.ui import toasts

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN_AT: Final = "seen_at"
LONGEST: Final = timedelta(hours=12)
LONGEST_IDLE: Final = timedelta(hours=2)
WRITE_EVERY: Final = timedelta(minutes=5)
OPEN_WITHOUT: Final = ("account_", "mfa_", "usersessions_")
OPEN_ROOMS: Final = {"ui"}


class SessionLimitsMiddleware:
    """Ends a session after 12 hours, or after 2 hours without a request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        """Lead to the sign-in page when the session is over; note now and then that it is used."""
        if not request.user.is_authenticated or STARTED_AT not in request.session:
            return None
        now = clock.now().timestamp()
        started = request.session[STARTED_AT]
        seen = request.session.get(SEEN_AT, started)
        if now - started > LONGEST.total_seconds() or now - seen > LONGEST_IDLE.total_seconds():
            logout(request, show_message=False)
            toasts.info(request, _("You were signed out because you had not been here for a while."))
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/", settings.LOGIN_URL)
        if now - seen > WRITE_EVERY.total_seconds():
            request.session[SEEN_AT] = now
        return None


class SecondFactorMiddleware:
    """Leads whoever holds a role to setting up a second factor before anything else (not in demo mode)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        """Answer with the way to the setup page where a factor is missing."""
        found = request.resolver_match
        is_open = found is not None and (
            (found.url_name or "").startswith(OPEN_WITHOUT) or OPEN_ROOMS.intersection(found.app_names)
        )
        if is_open or not request.user.is_authenticated or not lacks_second_factor(request.user):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))
