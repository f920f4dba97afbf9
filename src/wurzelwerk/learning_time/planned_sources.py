"""Who knows what somebody has planned: higher rooms register themselves here.

A source answers with the minutes of learning planned from one day to another, both included:
steps of a path with a date, meetings of a partnership. It costs at most one query.
"""

from collections.abc import Callable
from datetime import date

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.people.models import Person

PlannedSource = Callable[[Person, date, date], int]

sources: Registry[PlannedSource] = Registry()


def planned_minutes(person: Person, first_day: date, last_day: date) -> int:
    """Return the minutes that all sources together have planned."""
    return sum(source(person, first_day, last_day) for source in sources)
