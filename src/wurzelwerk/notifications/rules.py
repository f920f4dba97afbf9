"""Who may do what with a message."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.models import Person


def may_handle(person: Person, notification: Notification) -> Verdict:
    """Say whether ``person`` may read, delete or restore ``notification``: only whom it is for."""
    if notification.person_id == person.pk:
        return ALLOWED
    return refuse(_("This message is for somebody else."))
