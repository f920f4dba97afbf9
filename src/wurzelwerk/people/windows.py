"""Weekly working time as people write it: "Mo–Fr 8:00–16:30", "Woche 2: Mo, Mi 14–22"."""

import re
from itertools import groupby
from typing import Final

from django.utils.translation import gettext

Window = tuple[int, int, int, int]
"""Week from 0, Monday = 0, start and end in minutes since midnight; an end before the start is on the next day."""

DAY: Final = 24 * 60
WEEK: Final = 7
WEEKDAYS: Final = (
    ("mo", "montag", "mon", "monday"),
    ("di", "dienstag", "tue", "tuesday"),
    ("mi", "mittwoch", "wed", "wednesday"),
    ("do", "donnerstag", "thu", "thursday"),
    ("fr", "freitag", "fri", "friday"),
    ("sa", "samstag", "sat", "saturday"),
    ("so", "sonntag", "sun", "sunday"),
)
_NUMBER_OF: Final = {name: number for number, names in enumerate(WEEKDAYS) for name in names}
_LINE = re.compile(r"(?:(?:woche|week)?\s*(?P<week>\d+)\s*:)?\s*(?P<days>[^\d:]+?)\.?\s+(?P<times>\d.*)", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")


class WindowError(ValueError):
    """A line that cannot be understood; ``line`` counts from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


def parse_windows(text: str, cycle_weeks: int) -> list[Window]:
    """Return the windows that ``text`` means, sorted; raises ``WindowError`` for the first line that makes no sense."""
    found: set[Window] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            found.update(_windows_of(number, line.strip(), cycle_weeks))
    return sorted(found)


def _windows_of(number: int, line: str, cycle_weeks: int) -> list[Window]:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise WindowError(number, line)
    week = int(parts["week"] or 1) - 1
    times = [_minutes(number, line, one) for one in re.split(r"\s*(?:,|und|and|\+)\s*", parts["times"])]
    if not 0 <= week < cycle_weeks:
        raise WindowError(number, line)
    return [(week, day, start, end) for day in _days(number, line, parts["days"]) for start, end in times]


def _days(number: int, line: str, text: str) -> list[int]:
    days: list[int] = []
    for part in re.split(r"\s*(?:,|und|and)\s*", text.strip()):
        ends = [_NUMBER_OF.get(end.strip(". ").lower()) for end in re.split(r"[-–]", part)]
        if not ends or None in ends or len(ends) > 2:  # noqa: PLR2004 - from, to
            raise WindowError(number, line)
        first, last = ends[0] or 0, ends[-1] or 0
        days += [day % WEEK for day in range(first, last + 1 if last >= first else last + WEEK + 1)]
    return days


def _minutes(number: int, line: str, text: str) -> tuple[int, int]:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise WindowError(number, line)
    start, end = (int(found[place]) * 60 + int(found[place + 1] or 0) for place in (1, 3))
    if start >= DAY or end > DAY or start == end:
        raise WindowError(number, line)
    return start, end % DAY


def windows_text(windows: list[Window], cycle_weeks: int) -> str:
    """Return windows as ``parse_windows`` reads them, in the active language, days with the same times together."""
    lines = []
    for week, of_week in groupby(sorted(map(tuple, windows)), key=lambda window: window[0]):
        prefix = gettext("Week %(number)s:") % {"number": week + 1} + " " if cycle_weeks > 1 else ""
        days_by_times: dict[str, list[int]] = {}
        for day, of_day in groupby(of_week, key=lambda window: window[1]):
            times = ", ".join(f"{_clock(start)}–{_clock(end)}" for _week, _day, start, end in of_day)
            days_by_times.setdefault(times, []).append(day)
        lines += [f"{prefix}{_day_names(days)} {times}" for times, days in days_by_times.items()]
    return "\n".join(lines)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _day_names(days: list[int]) -> str:
    names = gettext("Mon Tue Wed Thu Fri Sat Sun").split()
    is_run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))  # noqa: PLR2004 - shorter as a list
    return f"{names[days[0]]}–{names[days[-1]]}" if is_run else ", ".join(names[day] for day in days)


def bars(windows: list[Window], week: int) -> list[tuple[int, int, int]]:
    """Return one week for drawing: weekday 1 to 7, start and end; a night is two pieces."""
    pieces = []
    for _week, day, start, end in windows:
        if _week != week:
            continue
        if end > start:
            pieces.append((day + 1, start, end))
            continue
        pieces.append((day + 1, start, DAY))
        if end:
            pieces.append(((day + 1) % WEEK + 1, 0, end))
    return sorted(pieces)
