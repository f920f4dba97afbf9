"""Who still needs a letter to sign in for the first time, and what a person reads about their codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.people import rules
from wurzelwerk.people.models import AccessCode, OrgUnit, Person


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code as its person or the administration reads of it: ``state`` is "waiting", "open", "used" or "ended".

    A waiting code opens nothing before a second person has released it; ``released_by`` names that person.
    """

    issued_at: datetime
    issued_by: str
    expires_at: datetime
    used_at: datetime | None
    state: str
    released_by: str = ""


def without_sign_in(
    viewer: Person, *, unit: OrgUnit | None = None, with_email: bool = False, again: bool = False
) -> QuerySet[Any, Any]:
    """Return the people at work who have neither a password nor a passkey, by unit and name.

    ``unit`` narrows to its subtree; those with an e-mail address come by themselves, unless ``with_email``;
    those with an open code only ``again``, whose letter is the oldest first.
    """
    has_none = Q(password="") | Q(password__startswith="!")  # noqa: S106 - the sign of no password
    passkeys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).values("user")
    people = Person.objects.visible_to(viewer).filter(has_none, is_active=True).exclude(pk__in=passkeys)
    people = people.exclude(pk=viewer.pk)
    if unit is not None:
        people = people.filter(employment__unit__path__startswith=unit.path)
    if not again:
        people = people.exclude(pk__in=AccessCode.objects.open().values("person"))
    if not with_email:
        people = people.filter(email="")
    found: QuerySet[Any, Any] = people.select_related("employment__unit").annotate(
        printed_at=Max("access_codes__issued_at")
    )
    return found.order_by(
        F("printed_at").asc(nulls_first=True), "employment__unit__path", "family_name", "given_name", "pk"
    )


def codes_of(viewer: Person, person: Person, *, most: int = 5) -> tuple[CodeRow, ...]:
    """Return the latest codes printed for ``person``, newest first; one query."""
    rows = AccessCode.objects.visible_to(viewer).filter(person=person).select_related("issued_by", "released_by")
    return tuple(_row(code) for code in rows.order_by("-issued_at", "-pk")[:most])


def may_release(viewer: Person, person: Person) -> bool:
    """Tell whether a code of ``person`` waits for a second person, and ``viewer`` may be it."""
    code = AccessCode.objects.visible_to(viewer).waiting().filter(person=person).first()
    return code is not None and bool(rules.may_release_access_code(viewer, code))


def open_code(key: int) -> AccessCode | None:
    """Return a code that still opens something, with its person; its key was kept when it was shown."""
    code: AccessCode | None = AccessCode.objects.open().filter(pk=key).select_related("person", "issued_by").first()
    return code


@dataclass(frozen=True, slots=True)
class ReplacingLetter:
    """A letter that replaces a sign-in, as the works council and data protection read of it."""

    public_id: str
    name: str
    code: CodeRow
    may_release: bool


def replacing_letters(viewer: Person, *, most: int = 50) -> tuple[ReplacingLetter, ...]:
    """Return the letters for people who had come in before, waiting ones first; for whoever watches over the rules."""
    letters = AccessCode.objects.visible_to(viewer).filter(replaces_sign_in=True)
    rows = letters.select_related("person", "issued_by", "released_by")
    shown = [
        ReplacingLetter(
            public_id=code.person.public_id,
            name=code.person.full_name,
            code=_row(code),
            may_release=bool(rules.may_release_access_code(viewer, code)),
        )
        for code in rows.order_by("-issued_at", "-pk")[:most]
    ]
    return tuple(sorted(shown, key=lambda letter: letter.code.state != "waiting"))


def issuer_of(code: AccessCode) -> str:
    """Return who printed ``code``, in words."""
    return code.issued_by.full_name if code.issued_by else _("the command line of the server")


def _row(code: AccessCode) -> CodeRow:
    releasing = code.released_by.full_name if code.released_by else ""
    return CodeRow(code.issued_at, issuer_of(code), code.expires_at, code.used_at, _state(code), releasing)


def _state(code: AccessCode) -> str:
    if code.used_at:
        return "used"
    if code.revoked_at is not None or code.expires_at <= clock.now():
        return "ended"
    return "waiting" if code.replaces_sign_in and code.released_at is None else "open"
