"""The pages of signing in that say more than allauth's own, and the one click of the demo company."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from wurzelwerk.people.devices import device_name
from wurzelwerk.people.queries.access import codes_of
from wurzelwerk.people.second_factor import lacks_second_factor
from wurzelwerk.people.signing_in import account_of, demo_cast


class SignInView(LoginView):  # type: ignore[misc]
    """Asks for staff number and password; in demo mode it also offers the cast."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cast of the demo company."""
        cast = tuple(demo_cast) if settings.DEMO else ()
        return {**super().get_context_data(**kwargs), "cast": cast}


class SecurityView(IndexView):  # type: ignore[misc]
    """Shows how one signs in, whether a second factor is still missing, and which letters were printed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the person must set one up before going on, and their access codes."""
        person = self.request.user
        more = {"must_set_up": lacks_second_factor(person), "codes": codes_of(person, person)}
        return {**super().get_context_data(**kwargs), **more}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as the list shows it."""

    device: str
    since: datetime
    address: str
    is_current: bool


class SessionsView(ListUserSessionsView):  # type: ignore[misc]
    """Lists where one is signed in, newest first; POST ends all sessions but this one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Describe the sessions in words."""
        context = super().get_context_data(**kwargs)
        newest_first: list[UserSession] = context["sessions"][::-1]
        rows = [
            SessionRow(device_name(one.user_agent), one.created_at, one.ip, one.is_current()) for one in newest_first
        ]
        return {**context, "rows": sorted(rows, key=lambda row: not row.is_current)}


sign_in = SignInView.as_view()
security = SecurityView.as_view()
sessions = SessionsView.as_view()


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, staff_number: str) -> HttpResponse:
    """Sign in as a member of the cast; outside demo mode there is no such page."""
    if not settings.DEMO or staff_number not in {member.staff_number for member in demo_cast}:
        raise Http404
    person = account_of(staff_number)
    if person is None:
        raise Http404
    answer: HttpResponse = perform_login(request, Login(user=person))
    return answer
