"""The least and the most of what people can enter; database, rules and forms say the same."""

from typing import Final

Limit = tuple[int, int]

LEVEL: Final[Limit] = (1, 5)
WEEKLY_MINUTES: Final[Limit] = (15, 20 * 60)
RHYTHM_WEEKS: Final[Limit] = (1, 4)
RESPONSE_DAYS: Final[Limit] = (1, 15)
MEETING_MINUTES: Final[Limit] = (10, 8 * 60)
HOURS_MIN: Final[Limit] = (1, 10)
HOURS_MAX: Final[Limit] = (1, 20)
WEEKS: Final[Limit] = (1, 52)
COMMITMENT: Final[Limit] = (1, 5)
CAPACITY: Final[Limit] = (1, 5)


def keeps(value: int, limit: Limit) -> bool:
    """Tell whether ``value`` lies within ``limit``, both ends included."""
    least, most = limit
    return least <= value <= most
