"""Reads of one's own inbox."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Count
from django.utils import timezone

from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.notifications.kinds import icon_of
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.models import Person

PAGE_SIZE: Final = 40


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One message as the inbox lists it; ``sender`` is empty when the system itself says it."""

    public_id: str
    title: str
    icon: str
    sender: str
    sent_at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class DayRows:
    """The messages of one day, newest first."""

    day: date
    rows: tuple[NotificationRow, ...]


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the inbox, by day."""

    page: Page[Any]
    days: tuple[DayRows, ...]
    unread: int


def count_unread(person: Person) -> int:
    """Return how many messages wait; one query on an index of unread ones."""
    return sum(count for (count,) in _unread(person=person.pk))


@prepared(person=BigIntegerField())
def _unread(person: int) -> Any:
    """Return the number of unread messages; no row when there are none."""
    unread = Notification.objects.unread().filter(person=person).order_by()
    return unread.values("person").annotate(count=Count("pk")).values_list("count")


def get_inbox(person: Person, *, only_unread: bool = False, page_number: int = 1) -> InboxPage:
    """Return one page of the inbox of ``person``, newest first: three queries."""
    mine = Notification.objects.visible_to(person).kept()
    wanted = mine.unread() if only_unread else mine
    page = Paginator(wanted.order_by("-sent_at", "-pk").values(*_COLUMNS), PAGE_SIZE).get_page(page_number)
    days: dict[date, list[NotificationRow]] = {}
    for row in page.object_list:
        days.setdefault(timezone.localtime(row["sent_at"]).date(), []).append(_row(row))
    return InboxPage(page, tuple(DayRows(day, tuple(rows)) for day, rows in days.items()), count_unread(person))


_COLUMNS: Final = (
    "public_id",
    "kind",
    "title_de",
    "title_en",
    "sent_at",
    "read_at",
    "sent_by__given_name",
    "sent_by__family_name",
)


def _row(row: dict[str, Any]) -> NotificationRow:
    return NotificationRow(
        public_id=row["public_id"],
        title=pick(row["title_de"], row["title_en"]),
        icon=icon_of(row["kind"]),
        sender=" ".join(filter(None, (row["sent_by__given_name"], row["sent_by__family_name"]))),
        sent_at=row["sent_at"],
        is_unread=row["read_at"] is None,
    )
