"""What ends with an account, whichever way it is closed: roles never outlive it."""

from collections.abc import Iterable

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.people.models import Person, RoleGrant


def end_roles(*, by: Person | None, person_ids: Iterable[int]) -> int:
    """Take back all roles of closed accounts, each with its audit entry; part of the caller's transaction.

    ``by`` is None for the operator of the server. Opening an account again gives no role back. Returns how many ended.
    """
    held = RoleGrant.objects.in_force().select_related("person").order_by("pk")
    # Few hold a role and many may leave: those who hold one are sought among all.
    leaving = set(person_ids)
    ending = [grant for grant in held if grant.person_id in leaving]
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in ending]).update(revoked_at=clock.now(), revoked_by=by)
    for grant in ending:
        details = {"role": grant.role, "closes_account": True}
        record_audit(by=by, verb="people.revoke_role", subject=grant.person, details=details)
    return len(ending)
