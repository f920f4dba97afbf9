"""A password that was chosen by the link in a mail stands in the audit trail."""

from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver

from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.people.models import Person


@receiver(password_reset)
def note_reset(*, user: Person, **_: Any) -> None:
    """Note that whoever held the link of ``user`` has chosen a password."""
    record_audit(by=user, verb="people.reset_password", subject=user)
