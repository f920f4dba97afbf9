"""Telling a person something, and what the person does with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.notifications import rules
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.models import Person

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Marked:
    """How many messages were marked as read, and at which instant: the key to undo it."""

    read_at: datetime
    count: int


def notify(
    *,
    person: Person,
    kind: str,
    title_de: str,
    title_en: str,
    url: str,
    by: Person | None = None,
) -> Notification:
    """Put a message into the inbox of ``person``, inside the caller's transaction.

    ``kind`` is "room.fact" (see ``notifications.kinds``); ``url`` is an address inside this
    application, beginning with one slash. ``by`` is whose act it tells of. Nothing private belongs
    into the titles. Titles are cut at 300 characters.
    """
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError(f"{url!r} leads out of the application")
    return Notification.objects.create(
        person=person,
        kind=kind,
        title_de=title_de[:LONGEST_TITLE],
        title_en=title_en[:LONGEST_TITLE],
        url=url,
        sent_by=by,
    )


@transaction.atomic
def mark_read(*, by: Person, notification: Notification) -> Notification:
    """Note that ``by`` has read it; reading it again changes nothing."""
    rules.may_handle(by, notification).require()
    if notification.read_at is None:
        notification.read_at = clock.now()
        notification.save(update_fields=["read_at"])
    return notification


def mark_all_read(*, by: Person) -> Marked | None:
    """Mark everything unread as read; return what undoes it, or None when nothing was unread."""
    moment = clock.now()
    count = Notification.objects.unread().filter(person=by).update(read_at=moment)
    return Marked(moment, count) if count else None


def mark_unread_again(*, by: Person, read_at: datetime) -> int:
    """Undo ``mark_all_read``: what was marked at that very instant is unread again; return how many."""
    return int(Notification.objects.kept().filter(person=by, read_at=read_at).update(read_at=None))


@transaction.atomic
def delete_notification(*, by: Person, notification: Notification) -> Notification:
    """Take a message out of the inbox; it can be restored until the nightly sweep."""
    rules.may_handle(by, notification).require()
    notification.deleted_at = notification.deleted_at or clock.now()
    notification.save(update_fields=["deleted_at"])
    return notification


@transaction.atomic
def restore_notification(*, by: Person, notification: Notification) -> Notification:
    """Put a deleted message back."""
    rules.may_handle(by, notification).require()
    notification.deleted_at = None
    notification.save(update_fields=["deleted_at"])
    return notification
