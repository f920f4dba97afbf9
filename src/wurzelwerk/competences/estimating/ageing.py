"""When a level becomes unsecured: never lower by itself, only no longer certain."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def unsecured_on(newest_on: date, half_life_days: int) -> date:
    """Return the first day on which a level last seen on ``newest_on`` is unsecured."""
    return newest_on + timedelta(days=half_life_days)


def unsecured_from(newest_on: date, half_life_days: int, zone: str) -> datetime:
    """Return the instant of it: local midnight in ``zone``, whatever the clocks did in between."""
    return datetime.combine(unsecured_on(newest_on, half_life_days), time(), tzinfo=ZoneInfo(zone))
