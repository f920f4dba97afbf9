"""The own log: who has read what of oneself, by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import AccessLogEntry, Share

PAGE_SIZE: Final = 50
_READER: Final = ("reader__public_id", "reader__given_name", "reader__family_name")
_SAME: Final = ("day", *_READER, "reader_audience", "item", "object_key")


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody read one thing on one day, ``times`` times, the last time at ``last_at``.

    ``reader`` is "" when the account is gone; ``label`` is what the person called the thing when
    they shared it, or "".
    """

    reader: str
    reader_id: str
    audience: str
    item: str
    item_key: str
    label: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class LookDay:
    """The looks of one day, the last first."""

    day: date
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class LookPage:
    """One page of the log."""

    page: Page[Any]
    days: tuple[LookDay, ...]


def get_looks(person: Person, *, item: Item | None = None, page_number: int = 1) -> LookPage:
    """Return a page of the log of ``person``, newest first, same reading of a day in one line; three queries."""
    found = AccessLogEntry.objects.visible_to(person).filter(person=person)
    if item is not None:
        found = found.filter(item=item)
    grouped = found.annotate(day=TruncDate("read_at")).order_by().values(*_SAME)
    lines = grouped.annotate(times=Count("pk"), last_at=Max("read_at")).order_by("-last_at", "reader__public_id")
    page = Paginator(lines, PAGE_SIZE).get_page(page_number)
    rows = list(page.object_list)
    labels = _labels(person, {row["object_key"] for row in rows} - {""})
    return LookPage(page, tuple(_by_day(rows, labels)))


def item_counts(person: Person) -> tuple[tuple[Item, int], ...]:
    """Return the kinds of data of ``person`` that were read, with how often, most frequent first; one query."""
    found = AccessLogEntry.objects.visible_to(person).filter(person=person)
    counts = found.order_by().values_list("item").annotate(number=Count("pk")).order_by("-number", "item")
    return tuple((Item(item), number) for item, number in counts)


def _labels(person: Person, keys: set[str]) -> dict[tuple[str, str], str]:
    shares = Share.objects.visible_to(person).filter(owner=person, object_key__in=keys).order_by("created_at")
    return {(item, key): label for item, key, label in shares.values_list("item", "object_key", "label")}


def _by_day(rows: list[dict[str, Any]], labels: dict[tuple[str, str], str]) -> Iterator[LookDay]:
    for day, members in groupby(rows, key=lambda row: row["day"]):
        yield LookDay(day, tuple(_look(row, labels) for row in members))


def _look(row: dict[str, Any], labels: dict[tuple[str, str], str]) -> Look:
    is_known = row["reader__public_id"] is not None
    return Look(
        reader=f"{row['reader__given_name']} {row['reader__family_name']}" if is_known else "",
        reader_id=row["reader__public_id"] or "",
        audience=str(Audience(row["reader_audience"]).label),
        item=str(Item(row["item"]).label),
        item_key=row["item"],
        label=labels.get((row["item"], row["object_key"]), ""),
        times=row["times"],
        last_at=row["last_at"],
    )
