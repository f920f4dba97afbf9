"""Mails about signing in, sent by jobs: the way to a new password, and that an address is another one now.

By a job the page tells nothing about who exists, and an import waits for no mail.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, Final
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds, start_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people.events import AddressesChanged, addresses_changed
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import has_sign_in, may_authenticate
from wurzelwerk.people.signing_in import account_of
from wurzelwerk.ui.rendering import render_text

PASSWORD_MAIL: Final = "people.password_mail"  # noqa: S105 - the name of a job
ADDRESS_MAILS: Final = "people.tell_of_addresses"
SETTLES_WITHIN: Final = timedelta(days=7)
"""So long an address that an import has changed leads to no new password for who signs in already or has a role."""

_PER_JOB: Final = 1_000
_AT_ONCE: Final = 25


def start_password_mail(*, typed: str, origin: str) -> Job:
    """Have a link for a new password sent to whoever ``typed`` names, if anybody.

    ``origin`` is the address of the installation, as the person sees it.
    """
    return start_job(kind=PASSWORD_MAIL, by=None, payload={"typed": typed, "origin": origin})


def run_password_mail(job: Job, progress: Progress) -> dict[str, Any]:
    """Send the mail; says nothing in its result about whether there was somebody to send it to."""
    person = account_of(job.payload["typed"])
    if person is not None and person.email and may_authenticate(person) and _is_settled(person):
        with translation.override(person.language):
            send_password_mail(person, job.payload["origin"])
    Job.objects.filter(pk=job.pk).update(payload={})
    return {}


def send_password_mail(person: Person, origin: str) -> None:
    """Write to ``person``, in the active language, how to choose a new password."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = urljoin(origin, reverse("account_reset_password_from_key", kwargs=key))
    context = {"name": person.given_name, "staff_number": person.staff_number, "link": link}
    _send("people/emails/password.txt", context, person.email)


def start_address_mails(old_addresses: Sequence[tuple[int, str]]) -> None:
    """Have persons (key and old address, "" for none) told that their address is another one; in the transaction."""
    for start in range(0, len(old_addresses), _PER_JOB):
        start_job(kind=ADDRESS_MAILS, by=None, payload={"old": old_addresses[start : start + _PER_JOB]})


def run_address_mails(job: Job, progress: Progress) -> dict[str, Any]:
    """Write to the old addresses and tell other rooms, a few at a time; forgets each address once it is done."""
    waiting: list[tuple[int, str]] = job.payload.get("old", [])
    while waiting:
        now, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        persons = Person.objects.in_bulk([key for key, _ in now])
        for key, address in now:
            if address and key in persons:
                _tell_of_address(persons[key], address)
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(payload={"old": waiting} if waiting else {})
            addresses_changed.send_on_commit(AddressesChanged(person_ids=tuple(persons)))
    return {}


def _tell_of_address(person: Person, old_address: str) -> None:
    """Write to where somebody was reached until now; the new address is not told."""
    with translation.override(person.language):
        _send("people/emails/address.txt", {"name": person.given_name, "days": SETTLES_WITHIN.days}, old_address)


def _is_settled(person: Person) -> bool:
    """Tell whether a link may go to the person's address: no import has just changed it, or it opens nothing yet."""
    changed_at = person.email_changed_at
    opens_something = bool(person.roles) or has_sign_in(person)
    return changed_at is None or changed_at <= clock.now() - SETTLES_WITHIN or not opens_something


def _send(template: str, context: dict[str, Any], address: str) -> None:
    """Send a mail; an address that the server refuses must not keep the mails to others back."""
    subject, _newline, text = render_text(template, context).strip().partition("\n")
    with suppress(SMTPRecipientsRefused):
        send_mail(subject.strip(), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address])


job_kinds.register(ADDRESS_MAILS, JobKind(ADDRESS_MAILS, _("Tell of changed addresses"), run_address_mails))
job_kinds.register(PASSWORD_MAIL, JobKind(PASSWORD_MAIL, _("Send a mail"), run_password_mail))
