"""Figures about many people for the works council and data protection; nobody can be singled out from them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level, can_be_shared_with
from wurzelwerk.people.oversight import OversightFigures
from wurzelwerk.privacy.models import AccessLogEntry, QuarterFigures, Share
from wurzelwerk.ui.formatting import number

LEAST_PEOPLE: Final = 5
LARGEST_PART: Final = 0.5
ROUND_TO: Final = 5
QUARTERS_SHOWN: Final = 4
INTO_THE_NEXT: Final = timedelta(days=95)


# The matrix speaks to the person whom the data is about; these figures are about many.
_READERS: Final = {
    Audience.PARTNER: gettext_lazy("learning partners"),
    Audience.MENTOR: gettext_lazy("mentors"),
    Audience.LEAD: gettext_lazy("managers"),
}
_SHARED: Final = {Item.LEAD_ASSESSMENT: gettext_lazy("assessment by the manager")}


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of ``day``."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(starts_on: date) -> date:
    """Return the first day of the quarter after the one that begins on ``starts_on``."""
    return quarter_of(starts_on + INTO_THE_NEXT)


def count_reads(starts_on: date) -> dict[str, int]:
    """Return how often data of others was read in the quarter, by audience, rounded; what is too small is left out."""
    entries = AccessLogEntry.objects.filter(
        read_at__gte=_midnight(starts_on), read_at__lt=_midnight(next_quarter(starts_on))
    )
    read: dict[Audience, list[int]] = {}
    reading: dict[Audience, list[int]] = {}
    for column, found in (("person", read), ("reader", reading)):
        rows = entries.order_by().values_list("reader_audience", column).annotate(times=Count("pk"))
        for audience, _who, times in rows:
            found.setdefault(Audience(audience), []).append(times)
    return {
        audience.value: rounded(sum(times))
        for audience, times in read.items()
        if is_many(times) and is_many(reading[audience])
    }


def count_sharing() -> dict[str, int]:
    """Return how many people have something open now, by item, rounded; what is too small is left out."""
    shares = Share.objects.in_force().filter(owner__is_active=True).order_by()
    people = shares.values_list("item").annotate(people=Count("owner", distinct=True))
    return {item: rounded(count) for item, count in people if count >= LEAST_PEOPLE}


def is_many(parts: Iterable[int]) -> bool:
    """Tell whether enough people stand behind a sum, and none of them for more than half of it."""
    each = list(parts)
    return len(each) >= LEAST_PEOPLE and max(each) <= LARGEST_PART * sum(each)


def rounded(count: int) -> int:
    """Return ``count`` to the nearest five."""
    return ROUND_TO * round(count / ROUND_TO)


def reading_figures() -> OversightFigures:
    """Return how often data of others was read, per quarter, by what the readers were to them."""
    audiences = [one for one in Audience if one is not Audience.SELF and _can_read(one)]
    return _table(
        key="reads",
        title=gettext_lazy("How often data of others was read"),
        head=gettext_lazy("Read as"),
        note=_NOTE,
        rows=[(_sentence(str(_READERS.get(one, one.label))), one.value) for one in audiences],
        column="reads",
    )


def sharing_figures() -> OversightFigures:
    """Return how many people had something open at the end of each quarter, by kind of data."""
    items = [item for item in Item if can_be_shared_with(item)]
    return _table(
        key="shares",
        title=gettext_lazy("How many people share something"),
        head=gettext_lazy("What is shared"),
        note=_NOTE,
        rows=[(_sentence(str(_SHARED.get(item, item.label))), item.value) for item in items],
        column="shares",
    )


_NOTE: Final = gettext_lazy(
    "Counted once when a quarter is over and never again, to the nearest five. A dash means: nobody, or too few "
    "people to be sure that nobody can be singled out (fewer than five, or one of them behind more than half)."
)


def _table(
    *, key: str, title: object, head: object, note: object, rows: list[tuple[str, str]], column: str
) -> OversightFigures:
    kept = list(QuarterFigures.objects.order_by("-starts_on").values_list("starts_on", column)[:QUARTERS_SHOWN])[::-1]
    lines = [(name, *(_cell(counts, key) for _starts_on, counts in kept)) for name, key in rows] if kept else []
    heads = tuple(quarter_name(starts_on) for starts_on, _counts in kept)
    return OversightFigures(key, title, note, (head, *heads), tuple(lines))  # type: ignore[arg-type]


def quarter_name(starts_on: date) -> str:
    """Return the quarter in words."""
    return _("quarter %(number)s of %(year)s") % {"number": starts_on.month // 3 + 1, "year": starts_on.year}


def _cell(counts: dict[str, int], key: str) -> str:
    return number(counts[key]) if counts.get(key) else "–"


def _can_read(audience: Audience) -> bool:
    return any(row[audience] in {Level.ALWAYS, Level.REDUCED, Level.SHARED} for row in MATRIX.values())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
