import pytest
from django.db import IntegrityError, transaction
from time_machine import Traveller

from wurzelwerk.kernel.jobs import Progress
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.notifications.actions import (
    delete_notification,
    mark_all_read,
    mark_read,
    mark_unread_again,
    notify,
    restore_notification,
)
from wurzelwerk.notifications.housekeeping import run_sweep
from wurzelwerk.notifications.models import Notification
from wurzelwerk.notifications.queries import count_unread
from wurzelwerk.notifications.tests.factories import NotificationFactory
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_notify_keeps_both_languages_and_the_sender() -> None:
    amira, ben = PersonFactory(), PersonFactory()

    sent = notify(person=amira, kind="a.b", title_de="Hallo", title_en="Hello", url="/people", by=ben)

    sent.refresh_from_db()
    assert (sent.person, sent.sent_by, sent.title_de, sent.title_en) == (amira, ben, "Hallo", "Hello")
    assert (sent.read_at, sent.deleted_at) == (None, None)


@pytest.mark.parametrize("url", ["https://elsewhere.example", "//elsewhere.example", "javascript:x", "people", "/\\x"])
def test_notify_leads_nowhere_outside(url: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        NotificationFactory(url=url)


def test_database_refuses_an_address_outside() -> None:
    message = NotificationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk=message.pk).update(url="//elsewhere.example")


def test_long_titles_are_cut() -> None:
    assert len(NotificationFactory(title_de="ä" * 400).title_de) == 300


def test_reading_twice_keeps_the_first_instant(frozen_time: Traveller) -> None:
    message = NotificationFactory()
    first = mark_read(by=message.person, notification=message).read_at
    frozen_time.shift(60)

    mark_read(by=message.person, notification=message)

    message.refresh_from_db()
    assert message.read_at == first


def test_marking_all_can_be_undone_for_exactly_those(frozen_time: Traveller) -> None:
    amira = PersonFactory()
    read_before = mark_read(by=amira, notification=NotificationFactory(person=amira))
    NotificationFactory(person=amira)
    NotificationFactory(person=amira)
    others = NotificationFactory()
    frozen_time.shift(1)

    marked = mark_all_read(by=amira)
    assert marked is not None
    assert (marked.count, count_unread(amira), count_unread(others.person)) == (2, 0, 1)

    assert mark_unread_again(by=amira, read_at=marked.read_at) == 2
    read_before.refresh_from_db()
    assert read_before.read_at is not None
    assert count_unread(amira) == 2


def test_marking_all_when_nothing_waits_says_so() -> None:
    assert mark_all_read(by=PersonFactory()) is None


def test_deleting_can_be_undone(frozen_time: Traveller) -> None:
    message = NotificationFactory()
    deleted_at = delete_notification(by=message.person, notification=message).deleted_at
    frozen_time.shift(5)

    assert delete_notification(by=message.person, notification=message).deleted_at == deleted_at
    assert count_unread(message.person) == 0
    restore_notification(by=message.person, notification=message)
    assert count_unread(message.person) == 1


@pytest.mark.parametrize("action", [mark_read, delete_notification, restore_notification])
def test_only_whom_it_is_for_can_handle_it(action: object) -> None:
    message = NotificationFactory()

    with pytest.raises(Refused):
        action(by=PersonFactory(), notification=message)  # type: ignore[operator]


def test_sweep_deletes_after_ninety_days_and_what_was_deleted(frozen_time: Traveller) -> None:
    amira = PersonFactory()
    NotificationFactory(person=amira)
    frozen_time.shift(89 * 24 * 3600)
    delete_notification(by=amira, notification=NotificationFactory(person=amira))
    kept = NotificationFactory(person=amira)
    frozen_time.shift(2 * 24 * 3600)
    job = Job.objects.create(kind="notifications.sweep")

    assert run_sweep(job, Progress(job)) == {"old": 1, "deleted": 1}
    assert list(Notification.objects.all()) == [kept]
