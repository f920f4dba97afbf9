"""Agreeing learning time, and booking what was used."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.learning_time import rules
from wurzelwerk.learning_time.models import FULL_TIME_HOURS, LearningTimeAgreement, TimeEntry
from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.models import Person

LONGEST_NOTE = 200


@transaction.atomic
def agree_hours(
    *,
    by: Person,
    hours_per_week: Decimal | None,
    person: Person | None = None,
    valid_from: date | None = None,
    full_time_hours: Decimal = FULL_TIME_HOURS,
) -> LearningTimeAgreement:
    """Set how many hours of learning time a week are granted from ``valid_from`` (today when omitted).

    Without ``person`` it holds for everyone, in proportion to their working time. With ``person`` it
    is theirs as it stands; None ends a personal agreement. Agreeing again for the same day replaces
    what was agreed. Raises ``Refused`` unless ``by`` develops learning.
    """
    rules.may_agree_hours(
        by, hours_per_week=hours_per_week, full_time_hours=full_time_hours, is_for_everyone=person is None
    ).require()
    agreement, _is_new = LearningTimeAgreement.objects.update_or_create(
        person=person,
        valid_from=valid_from or clock.today(),
        defaults={
            "hours_per_week": hours_per_week,
            "full_time_hours": full_time_hours,
            "agreed_at": clock.now(),
            "agreed_by": by,
        },
    )
    record_audit(by=by, verb="learning_time.agree_hours", subject=agreement, details={"hours": str(hours_per_week)})
    if person is not None:
        notify(
            person=person,
            kind="learning_time.agreed",
            title_de="Deine Lernzeit wurde neu vereinbart",
            title_en="Your learning time has been agreed anew",
            url="/learning-time",
            by=by,
        )
    return agreement


@transaction.atomic
def book_time(
    *,
    by: Person,
    minutes: int,
    spent_on: date,
    note: str = "",
    origin_kind: str = "",
    origin_key: str = "",
) -> TimeEntry:
    """Book ``minutes`` of ``by``'s own learning time on a day that was.

    What has an origin is booked once: booking it again returns the entry that is there. Raises
    ``Refused`` for a day in the future and for days longer than 24 hours. ``note`` is cut at 200.
    """
    if origin_kind and (booked := _booked_for(by, origin_kind, origin_key)):
        return booked
    _may_stand(by, minutes, spent_on)
    entry = TimeEntry.objects.create(
        person=by,
        minutes=minutes,
        spent_on=spent_on,
        note=note.strip()[:LONGEST_NOTE],
        origin_kind=origin_kind,
        origin_key=origin_key,
    )
    record_audit(by=by, verb="learning_time.book_time", subject=entry)
    return entry


@transaction.atomic
def change_entry(*, by: Person, entry: TimeEntry, minutes: int, spent_on: date, note: str = "") -> TimeEntry:
    """Correct an entry of one's own."""
    rules.may_change_entry(by, entry).require()
    _may_stand(by, minutes, spent_on, but=entry)
    entry.minutes, entry.spent_on, entry.note = minutes, spent_on, note.strip()[:LONGEST_NOTE]
    entry.save(update_fields=["minutes", "spent_on", "note"])
    record_audit(by=by, verb="learning_time.change_entry", subject=entry)
    return entry


@transaction.atomic
def remove_entry(*, by: Person, entry: TimeEntry) -> TimeEntry:
    """Take an entry off the account; it can be restored for 30 days. Removing twice changes nothing."""
    rules.may_change_entry(by, entry).require()
    if entry.removed_at is None:
        entry.removed_at = clock.now()
        entry.save(update_fields=["removed_at"])
        record_audit(by=by, verb="learning_time.remove_entry", subject=entry)
    return entry


@transaction.atomic
def restore_entry(*, by: Person, entry: TimeEntry) -> TimeEntry:
    """Put a removed entry back, unless its origin was booked again in the meantime."""
    rules.may_change_entry(by, entry).require()
    if entry.removed_at is None or (entry.origin_kind and _booked_for(by, entry.origin_kind, entry.origin_key)):
        return entry
    _may_stand(by, entry.minutes, entry.spent_on)
    entry.removed_at = None
    entry.save(update_fields=["removed_at"])
    record_audit(by=by, verb="learning_time.restore_entry", subject=entry)
    return entry


def _booked_for(person: Person, origin_kind: str, origin_key: str) -> TimeEntry | None:
    return TimeEntry.objects.kept().filter(person=person, origin_kind=origin_kind, origin_key=origin_key).first()


def _may_stand(person: Person, minutes: int, spent_on: date, but: TimeEntry | None = None) -> None:
    """Raise ``Refused`` when the day cannot hold these minutes beside what is booked on it (except ``but``)."""
    others = TimeEntry.objects.kept().filter(person=person, spent_on=spent_on).exclude(pk=but.pk if but else None)
    booked = others.aggregate(total=Sum("minutes"))["total"] or 0
    rules.may_book(minutes=minutes, spent_on=spent_on, booked_that_day=booked, today=clock.today()).require()
