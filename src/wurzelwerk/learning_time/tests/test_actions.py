from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import Progress
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.learning_time.actions import agree_hours, book_time, change_entry, remove_entry, restore_entry
from wurzelwerk.learning_time.choices import Category
from wurzelwerk.learning_time.housekeeping import run_sweep
from wurzelwerk.learning_time.models import LearningTimeAgreement, TimeEntry
from wurzelwerk.learning_time.queries import get_gauge
from wurzelwerk.learning_time.tests.factories import EntryFactory
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.tests.factories import PersonFactory, cast

pytestmark = pytest.mark.django_db


def test_learning_and_development_agrees_hours_for_everyone() -> None:
    people = cast()

    agreement = agree_hours(by=people.eva, hours_per_week=Decimal("2.5"), valid_from=date(2026, 7, 1))

    agreement.refresh_from_db()
    assert (agreement.person, agreement.hours_per_week, agreement.full_time_hours) == (
        None,
        Decimal("2.5"),
        Decimal(40),
    )
    assert (agreement.valid_from, agreement.agreed_by) == (date(2026, 7, 1), people.eva)
    assert AuditEntry.objects.get(verb="learning_time.agree_hours").person_id == people.eva.pk
    assert Notification.objects.count() == 0


def test_agreeing_again_for_the_same_day_replaces() -> None:
    people = cast()

    for hours in (1, 2):
        agree_hours(by=people.eva, hours_per_week=Decimal(hours))

    assert LearningTimeAgreement.objects.get().hours_per_week == 2


def test_a_personal_agreement_is_told_and_can_be_ended() -> None:
    people = cast()

    agree_hours(by=people.eva, person=people.amira, hours_per_week=Decimal(5), valid_from=date(2026, 1, 1))
    agree_hours(by=people.eva, person=people.amira, hours_per_week=None, valid_from=date(2026, 6, 1))

    assert LearningTimeAgreement.objects.filter(person=people.amira).count() == 2
    assert [told.url for told in Notification.objects.filter(person=people.amira)] == ["/learning-time"] * 2


@pytest.mark.parametrize("name", ["amira", "clara", "david", "felix", "greta"])
def test_nobody_else_agrees_hours(name: str) -> None:
    people = cast()

    with pytest.raises(Refused):
        agree_hours(by=getattr(people, name), hours_per_week=Decimal(2))


@pytest.mark.parametrize(
    "hours,full", [(None, 40), (Decimal(-1), 40), (Decimal(61), 40), (Decimal(2), 0), (Decimal(2), 61)]
)
def test_hours_off_the_scale_are_refused(hours: Decimal | None, full: int) -> None:
    people = cast()

    with pytest.raises(Refused):
        agree_hours(by=people.eva, hours_per_week=hours, full_time_hours=Decimal(full))
    assert LearningTimeAgreement.objects.count() == 0


def test_database_wants_hours_for_everyone() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningTimeAgreement.objects.create(person=None, hours_per_week=None, valid_from=date(2026, 1, 1))


def test_booking_keeps_what_was_typed() -> None:
    amira = PersonFactory()

    entry = book_time(by=amira, minutes=90, spent_on=clock.today(), note="  SQL  " + "x" * 300)

    entry.refresh_from_db()
    assert (entry.person, entry.minutes, entry.category) == (amira, 90, Category.GRANTED)
    assert entry.note == ("SQL  " + "x" * 300)[:200]


def test_the_same_origin_is_booked_once() -> None:
    amira, ben = PersonFactory(), PersonFactory()

    first = book_time(by=amira, minutes=60, spent_on=clock.today(), origin_kind="meeting", origin_key="m1")
    again = book_time(by=amira, minutes=60, spent_on=clock.today(), origin_kind="meeting", origin_key="m1")
    of_ben = book_time(by=ben, minutes=60, spent_on=clock.today(), origin_kind="meeting", origin_key="m1")

    assert first == again != of_ben
    assert TimeEntry.objects.count() == 2


@pytest.mark.parametrize("minutes,days", [(0, 0), (-5, 0), (30, 1), (30, -731), (24 * 60 + 1, 0)])
def test_what_cannot_be_is_refused(minutes: int, days: int) -> None:
    with pytest.raises(Refused):
        EntryFactory(minutes=minutes, spent_on=clock.today() + timedelta(days=days))
    assert TimeEntry.objects.count() == 0


def test_a_day_has_24_hours() -> None:
    entry = EntryFactory(minutes=23 * 60)

    with pytest.raises(Refused):
        EntryFactory(by=entry.person, minutes=61)
    change_entry(by=entry.person, entry=entry, minutes=24 * 60, spent_on=entry.spent_on)

    assert TimeEntry.objects.get().minutes == 24 * 60


def test_correcting_changes_day_length_and_note() -> None:
    entry = EntryFactory()
    yesterday = clock.today() - timedelta(days=1)

    change_entry(by=entry.person, entry=entry, minutes=15, spent_on=yesterday, note="kurz")

    entry.refresh_from_db()
    assert (entry.minutes, entry.spent_on, entry.note) == (15, yesterday, "kurz")


def test_removing_can_be_undone(frozen_time: Traveller) -> None:
    entry = EntryFactory()
    removed_at = remove_entry(by=entry.person, entry=entry).removed_at
    frozen_time.shift(5)

    assert remove_entry(by=entry.person, entry=entry).removed_at == removed_at
    assert get_gauge(entry.person).used_minutes == 0
    restore_entry(by=entry.person, entry=entry)
    restore_entry(by=entry.person, entry=entry)
    assert get_gauge(entry.person).used_minutes == 60


def test_restoring_never_books_an_origin_twice() -> None:
    amira = PersonFactory()
    origin = {"origin_kind": "meeting", "origin_key": "m1"}
    removed = remove_entry(by=amira, entry=EntryFactory(by=amira, **origin))
    EntryFactory(by=amira, **origin)

    restore_entry(by=amira, entry=removed)

    assert get_gauge(amira).used_minutes == 60


@pytest.mark.parametrize("action", [remove_entry, restore_entry])
def test_only_the_owner_removes_and_restores(action: Callable[..., TimeEntry]) -> None:
    entry = EntryFactory()

    with pytest.raises(Refused):
        action(by=PersonFactory(), entry=entry)


def test_only_the_owner_changes_an_entry() -> None:
    entry = EntryFactory()

    with pytest.raises(Refused):
        change_entry(by=PersonFactory(), entry=entry, minutes=1, spent_on=entry.spent_on)


def test_mandatory_training_never_reduces_the_granted_time() -> None:
    entry = EntryFactory()
    TimeEntry.objects.filter(pk=entry.pk).update(category=Category.MANDATORY)

    assert get_gauge(entry.person).used_minutes == 0


def test_sweep_deletes_removed_and_old_entries(frozen_time: Traveller) -> None:
    old = EntryFactory()
    frozen_time.shift(715 * 24 * 3600)
    remove_entry(by=old.person, entry=EntryFactory(by=old.person))
    kept = EntryFactory(by=old.person)
    frozen_time.shift(31 * 24 * 3600)
    job = Job.objects.create(kind="learning_time.sweep")

    assert run_sweep(job, Progress(job)) == {"removed": 1, "old": 1}
    assert list(TimeEntry.objects.all()) == [kept]
