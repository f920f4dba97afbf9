"""Coming in with the code of a letter: staff number and code, then a password or a passkey of one's own."""

from datetime import timedelta
from typing import Any, Final

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.access_forms import AccessCodeForm, FirstPasswordForm
from wurzelwerk.people.models import AccessCode
from wurzelwerk.people.queries.access import issuer_of, open_code
from wurzelwerk.people.signing_in import account_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

GRANT: Final = "access_code"
GRANT_LASTS: Final = timedelta(minutes=15)
METHOD: Final = "access_code"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def access_code(request: HttpRequest) -> HttpResponse:
    """Ask for staff number and code; whoever is meant and whatever is wrong, the answer is the same."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("mfa_index"))
    form = AccessCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/access_code.html", {"form": form}, status=400 if form.errors else 200)
    typed = form.cleaned_data
    with transaction.atomic():  # one write for everybody: a second one would tell who has a letter
        may_try = ratelimit.consume(request, action="access_code", key=typed["staff_number"].strip().lower())
        person = account_of(typed["staff_number"]) if may_try else None
        code = actions.try_access_code(person=person, typed=typed["code"]) if may_try else None
    if not may_try:
        form.add_error(None, _("Too many attempts. Please wait 15 minutes."))
        return render(request, "account/access_code.html", {"form": form}, status=429)
    if code is None:
        form.add_error(None, _("Staff number and code do not fit, or the code is too old or not released yet."))
        return render(request, "account/access_code.html", {"form": form}, status=400)
    request.session.cycle_key()
    request.session[GRANT] = {"code": code.pk, "at": clock.now().timestamp()}
    return HttpResponseRedirect(reverse("account_access_code_password"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Let whoever has just shown a code choose a password, or come in to store a passkey; then the code is used up."""
    code = _granted(request)
    if code is None:
        request.session.pop(GRANT, None)
        return HttpResponseRedirect(reverse("account_access_code"))
    wants_passkey = request.POST.get("how") == "passkey"
    form = FirstPasswordForm(None if wants_passkey else request.POST or None, person=code.person)
    if request.method == "POST" and (wants_passkey or form.is_valid()):
        password = None if wants_passkey else form.cleaned_data["password1"]
        return _come_in(request, code, password)
    context = {"form": form, "code": code, "issued_by": issuer_of(code)}
    return render(request, "account/access_code_password.html", context, status=400 if form.errors else 200)


def _come_in(request: HttpRequest, code: AccessCode, password: str | None) -> HttpResponse:
    request.session.pop(GRANT, None)
    try:
        person = actions.use_access_code(by=code.person, code=code, password=password)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
        return HttpResponseRedirect(reverse("account_access_code"))
    if password is not None:
        toasts.success(request, _("Your password is saved. From now on you sign in with it and your staff number."))
    record_authentication(request, person, method=METHOD)
    target = reverse("mfa_index" if password is not None else "mfa_add_webauthn")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=target))
    return answer


def _granted(request: HttpRequest) -> AccessCode | None:
    """Return the code that was shown in this browser within the last minutes, if it is still open."""
    grant: dict[str, Any] = request.session.get(GRANT) or {}
    if request.user.is_authenticated or grant.get("at", 0) < (clock.now() - GRANT_LASTS).timestamp():
        return None
    return open_code(grant["code"])
