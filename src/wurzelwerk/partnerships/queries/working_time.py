"""When somebody works, for due dates and for the windows proposed in a new ad."""

from collections.abc import Iterable
from typing import Final

from wurzelwerk.partnerships.matching.times import DAY, HOUR, Window
from wurzelwerk.people.models import Employment, Person

FEW_HOURS: Final = 2
USUAL_WINDOWS: Final = tuple((weekday, 9 * HOUR, 16 * HOUR) for weekday in range(4))
"""Proposed to people without a working-time pattern: Monday to Thursday, 9 to 16."""
_WHOLE_WEEK: Final = frozenset((weekday, hour) for weekday in range(7) for hour in range(24))
_Hours = frozenset[tuple[int, int]]


def working_days(person: Person) -> tuple[frozenset[tuple[int, int]], int]:
    """Return the (week of the cycle, weekday) pairs on which ``person`` works, and the weeks of the cycle."""
    pattern = _pattern(person)
    if pattern is None:
        return frozenset((0, weekday) for weekday in range(5)), 1
    windows, cycle_weeks = pattern
    return frozenset((int(week), int(weekday)) for week, weekday, _start, _end in windows), cycle_weeks


def proposed_windows(person: Person) -> tuple[tuple[Window, ...], bool]:
    """Return weekly windows for a new ad in local time, and whether the shifts alternate.

    Proposed are the full hours at which somebody works in every week of their cycle. Where shifts
    leave too few of those, an hour before and after each shift counts too; where even that is too
    little (nights), nothing is proposed and the person marks the hours.
    """
    pattern = _pattern(person)
    if pattern is None:
        return USUAL_WINDOWS, False
    windows, cycle_weeks = pattern
    common = _common(windows, cycle_weeks, margin=0)
    if len(common) < FEW_HOURS:
        common = _common(windows, cycle_weeks, margin=HOUR)
    found = common if len(common) >= FEW_HOURS else frozenset()
    return windows_of_cells(found), cycle_weeks > 1


def windows_of_cells(cells: Iterable[tuple[int, int]]) -> tuple[Window, ...]:
    """Return (weekday, hour) cells as windows, joined where they touch."""
    found: list[Window] = []
    for weekday, hour in sorted(set(cells)):
        if found and found[-1][0] == weekday and found[-1][2] == hour * HOUR:
            found[-1] = (weekday, found[-1][1], (hour + 1) * HOUR)
        else:
            found.append((weekday, hour * HOUR, (hour + 1) * HOUR))
    return tuple(found)


def cells_of_windows(windows: Iterable[Window]) -> frozenset[tuple[int, int]]:
    """Return the (weekday, hour) cells that windows cover in full, in local time."""
    cells = set()
    for weekday, start, end in windows:
        length = (end - start) % DAY or DAY
        first = -(-start // HOUR)
        for hour in range(first, (start + length) // HOUR):
            cells.add(((weekday + hour // 24) % 7, hour % 24))
    return frozenset(cells)


def _pattern(person: Person) -> tuple[list[tuple[int, int, int, int]], int] | None:
    row = (
        Employment.objects.filter(person=person, work_pattern__isnull=False)
        .values_list("work_pattern__windows", "work_pattern__cycle_weeks")
        .first()
    )
    return (row[0], row[1]) if row and row[0] else None


def _common(windows: Iterable[tuple[int, int, int, int]], cycle_weeks: int, *, margin: int) -> _Hours:
    """Return the hours that lie within the working time (and ``margin`` minutes around it) of every week."""
    weeks: list[set[Window]] = [set() for _week in range(max(1, cycle_weeks))]
    for week, weekday, start, end in windows:
        length = min(DAY, ((end - start) % DAY or DAY) + 2 * margin)
        first = start - margin
        weeks[int(week) % len(weeks)].add(((int(weekday) + first // DAY) % 7, first % DAY, (first + length) % DAY))
    return _WHOLE_WEEK.intersection(*(cells_of_windows(week) for week in weeks))
