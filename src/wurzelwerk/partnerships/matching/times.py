"""Weekly windows and the 168 hours of a week: local time in and out, UTC inside.

All conversions use the offset that holds on the reference Monday. People keep their wall-clock
times when the clocks change, so one offset for the coming weeks keeps common hours common.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HOUR: Final = 60
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
HOURS_PER_WEEK: Final = 168
_FULL_HOUR: Final = (1 << HOUR) - 1

Window = tuple[int, int, int]
"""Weekday (Monday 0), first and last minute of the local day; an end not after the start is on the next day."""


def reference_monday(day: date) -> date:
    """Return the Monday of the week to come: ``day`` itself when it is one."""
    return day + timedelta(days=-day.weekday() % 7)


def offset_minutes(zone: str, monday: date) -> int:
    """Return how many minutes ``zone`` is ahead of UTC at noon of ``monday``."""
    offset = datetime.combine(monday, time(12), tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def hours_of(windows: Iterable[Window], zone: str, monday: date) -> int:
    """Return the bits of the hours (UTC) that ``windows`` cover in full; half hours do not count."""
    minutes = 0
    shift = offset_minutes(zone, monday)
    for weekday, start, end in windows:
        length = (end - start) % DAY or DAY
        minutes |= _turned(((1 << length) - 1), weekday * DAY + start - shift)
    return sum(1 << hour for hour in range(HOURS_PER_WEEK) if (minutes >> (hour * HOUR)) & _FULL_HOUR == _FULL_HOUR)


def windows_of(hours: int, zone: str, monday: date) -> tuple[Window, ...]:
    """Return the hours as local windows in order of the week, joined where they touch, cut at midnight."""
    shift = offset_minutes(zone, monday)
    starts = sorted((hour * HOUR + shift) % WEEK for hour in range(HOURS_PER_WEEK) if hours >> hour & 1)
    return tuple(_joined(piece for start in starts for piece in _pieces(start)))


def minutes_of(windows: Iterable[Window]) -> int:
    """Return the length of all windows together, in minutes."""
    return sum((end - start) % DAY or DAY for _weekday, start, end in windows)


def _turned(bits: int, places: int) -> int:
    """Shift ``bits`` by ``places`` minutes around the week."""
    places %= WEEK
    return ((bits << places) | (bits >> (WEEK - places))) & ((1 << WEEK) - 1)


def _pieces(start: int) -> Iterator[Window]:
    """Cut the hour that begins at ``start`` (minute of the week) at midnight."""
    weekday, minute = divmod(start, DAY)
    yield weekday, minute, min(minute + HOUR, DAY)
    if minute + HOUR > DAY:
        yield (weekday + 1) % 7, 0, minute + HOUR - DAY


def _joined(pieces: Iterable[Window]) -> Iterator[Window]:
    last: Window | None = None
    for weekday, start, end in sorted(pieces):
        if last is not None and last[0] == weekday and start <= last[2]:
            last = (weekday, last[1], max(last[2], end))
            continue
        if last is not None:
            yield last
        last = (weekday, start, end)
    if last is not None:
        yield last
