"""Signing in: one gate for every way, who is meant by what was typed, and the cast of the demo company."""

from dataclasses import dataclass
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import may_authenticate

STARTED_AT: Final = "started_at"
SECOND_FACTOR_STAGE: Final = "allauth.mfa.stages.AuthenticateStage"


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody of the demo company one may sign in as with one click: name, role in a sentence, staff number."""

    staff_number: str
    name: str
    role: Promise | str


demo_cast: Registry[CastMember] = Registry()
"""Filled by the demo room; shown in demo mode only."""


def account_of(typed: str) -> Person | None:
    """Return the person with this staff number, else the only one with this e-mail address, else None.

    An address that several persons share names nobody: they sign in by staff number.
    """
    typed = typed.strip()
    numbers, addresses = {typed, typed.upper(), typed.lower()}, {typed, typed.lower()}
    found = list(Person.objects.filter(Q(staff_number__in=numbers) | Q(email__in=addresses) & ~Q(email=""))[:3])
    by_number = [person for person in found if person.staff_number in numbers]
    best = [person for person in by_number if person.staff_number == typed] or by_number or found
    return best[0] if len(best) == 1 else None


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Checks a password once, whoever is meant and whether they exist or not: the time tells nothing."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        found: Person | None = self._check_password(account_of(typed), credentials["password"])
        return found

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person of a running session, if they may still be here."""
        rows = _account(person=user_id)
        person: Person | None = Person.from_db(DEFAULT_DB_ALIAS, _columns(), rows[0]) if rows else None
        return person if person and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Ask the gate; also at every request of a running session."""
        return bool(may_authenticate(user))


def _columns() -> list[str]:
    return [field.attname for field in Person._meta.concrete_fields]


@prepared(person=BigIntegerField())
def _account(person: Any) -> Any:
    """Return the columns of the person with this key."""
    return Person.objects.filter(pk=person).values_list(*_columns())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes self-registration, lets every sign-in pass the gate, and says what went wrong in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Staff number, e-mail or password is not right."),
        "email_password_mismatch": _("Staff number, e-mail or password is not right."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right."),
        "too_many_login_attempts": _(
            "Too many wrong attempts. Please wait 15 minutes, or ask for a new password by e-mail."
        ),
        "rate_limited": _("That was too quick. Please wait a moment and try again."),
        "invalid_password_reset": _("This link has been used or is too old. Please ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Persons come from the people file, never by registering."""
        return False

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor; addresses come from the people file and need no confirming."""
        return [SECOND_FACTOR_STAGE]

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        """Refuse whoever may not enter, whichever way they came."""
        may_authenticate(user).require()
        return super().pre_login(request, user, **options)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session, asking the gate again: the second factor may have taken a while."""
        may_authenticate(user).require()
        super().login(request, user)
        request.session[STARTED_AT] = clock.now().timestamp()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong attempts per account, whether its number or its address was typed."""
        typed = credentials.get("username") or credentials.get("email") or ""
        person = account_of(typed)
        return f"person:{person.pk}" if person else f"typed:{typed.strip().lower()}"
