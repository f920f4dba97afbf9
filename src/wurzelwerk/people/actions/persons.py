"""What can be done with persons: their own portrait and wishes, access, roles, work patterns."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.people import rules
from wurzelwerk.people.choices import Density, Language, Role, Theme
from wurzelwerk.people.closing import end_roles
from wurzelwerk.people.events import PersonAccess, person_deactivated, person_reactivated
from wurzelwerk.people.models import AccessCode, Person, RoleGrant, WorkPattern


@transaction.atomic
def describe_oneself(*, by: Person, introduction: str, interests: str) -> Person:
    """Write what ``by`` says about themselves; nobody else can."""
    by.introduction, by.interests = introduction.strip(), interests.strip()
    by.save(update_fields=["introduction", "interests"])
    return by


@transaction.atomic
def save_wishes(*, by: Person, language: Language, theme: Theme, density: Density) -> Person:
    """Keep how ``by`` wants to read the interface."""
    by.language, by.theme, by.density = language, theme, density
    by.save(update_fields=["language", "theme", "density"])
    return by


@transaction.atomic
def deactivate_person(*, by: Person | None, person: Person) -> Person:
    """Close the account of ``person``, end their sessions and roles at once; what they wrote stays.

    ``by`` is None when the people file says that somebody has left. Raises ``Refused`` for one's own
    account and for the last administrator. Closing twice changes nothing.
    """
    rules.may_deactivate(by, person).require()
    if person.is_active:
        person.is_active, person.deactivated_at = False, clock.now()
        person.save(update_fields=["is_active", "deactivated_at"])
        record_audit(by=by, verb="people.deactivate_person", subject=person)
        end_roles(by=by, person_ids=[person.pk])
        person_deactivated.send_on_commit(PersonAccess(person_id=person.pk))
    end_sessions(person=person)
    return person


@transaction.atomic
def reactivate_person(*, by: Person | None, person: Person) -> Person:
    """Open a closed account again, without the roles it had. Opening twice changes nothing."""
    rules.may_reactivate(by, person).require()
    if not person.is_active:
        person.is_active, person.deactivated_at = True, None
        person.save(update_fields=["is_active", "deactivated_at"])
        record_audit(by=by, verb="people.reactivate_person", subject=person)
        end_access_codes(persons=[person])
        person_reactivated.send_on_commit(PersonAccess(person_id=person.pk))
    return person


@transaction.atomic
def sign_out_everywhere(*, by: Person, person: Person) -> int:
    """End every session of ``person`` on every device; return how many there were."""
    rules.may_sign_out(by, person).require()
    ended = end_sessions(person=person)
    record_audit(by=by, verb="people.sign_out_everywhere", subject=person, details={"sessions": ended})
    return ended


def end_access_codes(*, persons: Iterable[Person]) -> int:
    """Withdraw the unused codes printed for ``persons``; return how many; part of the caller's transaction."""
    unused = AccessCode.objects.filter(person__in=persons, used_at=None, revoked_at=None)
    return unused.update(revoked_at=clock.now())


def end_sessions(*, person: Person) -> int:
    """Delete the stored sessions of ``person``; part of the caller's transaction."""
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=person).delete()
    return len(keys)


@transaction.atomic
def grant_role(*, by: Person, person: Person, role: Role) -> RoleGrant:
    """Give ``person`` a role; they sign in anew to use it. Giving it twice changes nothing."""
    rules.may_grant_role(by, person).require()
    held: RoleGrant | None = RoleGrant.objects.in_force().filter(person=person, role=role).first()
    if held is not None:
        return held
    grant = RoleGrant.objects.create(person=person, role=role, granted_by=by)
    end_access_codes(persons=[person])
    end_sessions(person=person)
    record_audit(by=by, verb="people.grant_role", subject=person, details={"role": role})
    return grant


@transaction.atomic
def revoke_role(*, by: Person, grant: RoleGrant) -> RoleGrant:
    """Take a role back and end the sessions that used it. Raises ``Refused`` for the last administrator."""
    rules.may_revoke_role(by, grant).require()
    if grant.revoked_at is None:
        grant.revoked_at, grant.revoked_by = clock.now(), by
        grant.save(update_fields=["revoked_at", "revoked_by"])
        end_sessions(person=grant.person)
        record_audit(by=by, verb="people.revoke_role", subject=grant.person, details={"role": grant.role})
    return grant


@transaction.atomic
def save_work_pattern(*, by: Person, pattern: WorkPattern) -> WorkPattern:
    """Keep a new or changed work pattern."""
    rules.may_administer(by).require()
    pattern.save()
    record_audit(by=by, verb="people.save_work_pattern", subject=pattern, details={"code": pattern.code})
    return pattern
