"""Days on which somebody works, from their weekly windows; for answers "within three of your working days"."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

FIRST_WEEK: Final = date(2024, 1, 1)
"""A Monday from which the weeks of a shift cycle are counted."""
USUAL_DAYS: Final = frozenset((0, weekday) for weekday in range(5))
LONGEST_SEARCH_DAYS: Final = 400


def week_of_cycle(day: date, cycle_weeks: int) -> int:
    """Return in which week of a cycle of ``cycle_weeks`` a day lies, from 0."""
    return (day - FIRST_WEEK).days // 7 % max(1, cycle_weeks)


def due_day(start: date, days: int, working: Collection[tuple[int, int]] = USUAL_DAYS, cycle_weeks: int = 1) -> date:
    """Return the ``days``-th working day after ``start``.

    ``working`` holds (week of the cycle, weekday) pairs; when it is empty, Monday to Friday count.
    """
    pairs = working or {(week, day) for week in range(cycle_weeks) for _week, day in USUAL_DAYS}
    day = start
    for _tried in range(LONGEST_SEARCH_DAYS):
        if days <= 0:
            return day
        day += timedelta(days=1)
        days -= (week_of_cycle(day, cycle_weeks), day.weekday()) in pairs
    return day
