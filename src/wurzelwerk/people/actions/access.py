"""Printing codes for a first sign-in, trying one, and using it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import rules
from wurzelwerk.people.access_codes import as_compared, digest_of, fits, new_code, written
from wurzelwerk.people.actions.persons import end_access_codes, end_sessions
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import AccessCode, Person, RoleGrant

VALID_FOR: Final = timedelta(days=14)
MOST_WRONG: Final = 1000  # the limit by time stops guessing; an end so far away cannot be forced upon somebody
KEEP_CODES: Final = timedelta(days=365)
NOBODY: Final = 0


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code that was just made: ``text`` is what stands on the letter, and is known nowhere else."""

    person: Person
    text: str
    row: AccessCode


@transaction.atomic
def issue_access_codes(*, by: Person, persons: Iterable[Person]) -> list[IssuedCode]:
    """Make a code for each of ``persons``; an earlier one of theirs ends. Raises ``Refused`` if one may have none.

    A code for somebody who has come in before opens nothing until ``release_access_code``.
    """
    receiving = list(persons)
    for person in receiving:
        rules.may_issue_access_code(by, person).require()
    now = clock.now()
    end_access_codes(persons=receiving)
    issued = [_new(by, person, now) for person in receiving]
    for one in issued:
        one.row.replaces_sign_in = rules.has_sign_in(one.person)
    AccessCode.objects.bulk_create(one.row for one in issued)
    for one in issued:
        record_audit(by=by, verb="people.issue_access_code", subject=one.person)
    return issued


@transaction.atomic
def release_access_code(*, by: Person, person: Person) -> AccessCode:
    """Let the waiting code of ``person`` open their account: the second pair of eyes. Raises ``Refused``."""
    locked = AccessCode.objects.select_for_update(of=("self",))
    code: AccessCode | None = locked.waiting().filter(person=person).first()
    if code is None:
        raise Refused(_("No letter of this person waits to be released."))
    rules.may_release_access_code(by, code).require()
    code.released_at, code.released_by = clock.now(), by
    code.save(update_fields=["released_at", "released_by"])
    record_audit(by=by, verb="people.release_access_code", subject=person)
    return code


@transaction.atomic
def appoint_administrator(*, person: Person) -> IssuedCode:
    """Give ``person`` the administration from the command line of the server, with a code to come in.

    For the first one, and for one who has lost their way in. Raises ``Refused`` while somebody else administers.
    """
    rules.may_be_appointed(person).require()
    RoleGrant.objects.get_or_create(person=person, role=Role.ADMINISTRATOR, revoked_at=None)
    end_sessions(person=person)
    end_access_codes(persons=[person])
    issued = _new(None, person, clock.now())
    issued.row.save()
    record_audit(by=None, verb="people.appoint_administrator", subject=person)
    return issued


def _new(by: Person | None, person: Person, now: datetime) -> IssuedCode:
    code = new_code()
    row = AccessCode(
        person=person, digest=digest_of(person.pk, code), issued_at=now, issued_by=by, expires_at=now + VALID_FOR
    )
    return IssuedCode(person, written(code), row)


def try_access_code(*, person: Person | None, typed: str) -> AccessCode | None:
    """Return the open code of ``person`` if it is the one typed; a wrong one counts, a thousand end it.

    Does the same work whether there is such a person, such a code or neither: the time tells nothing, as long as it
    is part of a transaction that writes anyway (the view counts the attempt in it).
    """
    key = person.pk if person is not None else NOBODY
    row = AccessCode.objects.open().filter(person=key, person__is_active=True).first()
    is_right = fits(key, as_compared(typed), row.digest if row is not None else "")
    tried = AccessCode.objects.filter(pk=row.pk if row is not None else NOBODY)
    tried.update(wrong_attempts=F("wrong_attempts") + (0 if is_right else 1))
    tried.filter(wrong_attempts__gte=MOST_WRONG).update(revoked_at=clock.now())
    return row if is_right else None


@transaction.atomic
def use_access_code(*, by: Person, code: AccessCode, password: str | None) -> Person:
    """Use a code up: keep ``password`` for ``by`` (None: a passkey follows), and end sessions elsewhere.

    Raises ``Refused`` when the code was used or withdrawn in the meantime, or the account is closed.
    """
    rules.may_authenticate(by).require()
    used = AccessCode.objects.open().filter(pk=code.pk, person=by).update(used_at=clock.now())
    rules.may_use_access_code(is_open=bool(used)).require()
    if password is not None:
        by.set_password(password)
    else:
        by.set_unusable_password()  # the one that was forgotten, or that somebody else knows
    by.save(update_fields=["password"])
    end_sessions(person=by)
    record_audit(by=by, verb="people.use_access_code", subject=by)
    return by


def forget_old_codes() -> int:
    """Delete codes printed more than 12 months ago; return how many."""
    gone, _by_model = AccessCode.objects.filter(issued_at__lt=clock.now() - KEEP_CODES).delete()
    return gone
