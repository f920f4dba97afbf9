"""Dates, times, durations and numbers in the active language, with no-break spaces where they belong."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from babel import Locale, dates, numbers
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import speaks_english

NOTHING = "–"
NBSP = "\u00a0"
MINUS = "\u2212"
HOUR = 60
KILO = 1000

Day = dt.date | dt.datetime
Figure = int | float | Decimal

_GERMAN, _ENGLISH = Locale("de", "DE"), Locale("en", "GB")
_DATE_PATTERNS = {
    "short": ("dd.MM.yyyy", "d MMM yyyy"),
    "medium": (f"d.{NBSP}MMM yyyy", "d MMM yyyy"),
    "long": (f"d.{NBSP}MMMM yyyy", "d MMMM yyyy"),
    "full": (f"EEEE, d.{NBSP}MMMM yyyy", "EEEE, d MMMM yyyy"),
    "day": (f"ccc, d.{NBSP}MMMM", "EEE d MMMM"),
    "spoken": (f"EEEE, d.{NBSP}MMMM", "EEEE, d MMMM"),
    "month": ("LLLL yyyy", "LLLL yyyy"),
    "weekday": ("EEEE", "EEEE"),
    "weekday_short": ("ccc", "EEE"),
}


def locale() -> Locale:
    """Return the Babel locale of the active language."""
    return _ENGLISH if speaks_english() else _GERMAN


def _as_day(value: Day) -> dt.date:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _pattern(value: Day, name: str) -> str:
    german, english = _DATE_PATTERNS[name]
    return dates.format_date(_as_day(value), english if speaks_english() else german, locale=locale())


def date(value: Day | None, form: str = "long") -> str:
    """Say the date: ``short`` 20.11.2026, ``medium`` 20. Nov. 2026, ``long``, ``full`` (with weekday), ``spoken``."""
    return NOTHING if value is None else _pattern(value, form)


def day(value: Day | None) -> str:
    """Return weekday and day (Fr, 20. November), with the year when it is not this year."""
    if value is None:
        return NOTHING
    text = _pattern(value, "day")
    year = _as_day(value).year
    return text if year == clock.today().year else f"{text} {year}"


def weekday(value: Day | None, form: str = "long") -> str:
    """Return the name of the weekday, ``long`` or ``short``."""
    if value is None:
        return NOTHING
    return _pattern(value, "weekday" if form == "long" else "weekday_short")


def month(value: Day | None) -> str:
    """Return month and year (November 2026)."""
    return NOTHING if value is None else _pattern(value, "month")


def relative_day(value: Day | None) -> str:
    """Return today, tomorrow or yesterday, else weekday and day."""
    if value is None:
        return NOTHING
    distance = (_as_day(value) - clock.today()).days
    near = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    return near.get(distance) or day(value)


def time(value: dt.datetime | dt.time | None) -> str:
    """Return the time of day on a 24-hour clock (14:30), in the active time zone."""
    if value is None:
        return NOTHING
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H:%M}"


def oclock(value: dt.datetime | dt.time | None) -> str:
    """Return the time as it is said in a sentence (14:30 Uhr; 14:30)."""
    if value is None:
        return NOTHING
    # Translators: a time of day within a sentence; the space must not break
    return pgettext("time of day", "%(time)s") % {"time": time(value)}


def datetime(value: dt.datetime | None) -> str:
    """Return day and time (20. November 2026, 14:30 Uhr)."""
    return NOTHING if value is None else f"{date(value)}, {oclock(value)}"


def minutes(value: Figure | None) -> str:
    """Return a duration in minutes as hours and minutes (1 Std. 30 Min.)."""
    if value is None:
        return NOTHING
    hours, rest = divmod(abs(round(value)), HOUR)
    hour_unit, minute_unit = pgettext("unit", "h"), pgettext("unit", "min")
    parts = [f"{number(hours)}{NBSP}{hour_unit}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}{minute_unit}")
    sign = MINUS if round(value) < 0 else ""
    return sign + NBSP.join(parts)


def clock_minutes(value: Figure | None) -> str:
    """Return a duration in minutes as on a clock (2:30)."""
    if value is None:
        return NOTHING
    hours, rest = divmod(abs(round(value)), HOUR)
    return f"{MINUS if round(value) < 0 else ''}{hours}:{rest:02d}"


def number(value: Figure | None, digits: int | None = None) -> str:
    """Return the number with separators; ``digits`` fixes the places after the decimal mark."""
    return NOTHING if value is None else _number(value, digits, locale())


@lru_cache(maxsize=4096, typed=True)
def _number(value: Figure, digits: int | None, spoken: Locale) -> str:
    places = "" if digits == 0 else f".{'0' * digits}" if digits else ".###"
    return numbers.format_decimal(value, format=f"#,##0{places}", locale=spoken).replace("-", MINUS)


def percent(value: Figure | None, digits: int = 0) -> str:
    """Return a share between 0 and 1 in per cent (0.42 is 42 %)."""
    if value is None:
        return NOTHING
    space = "" if speaks_english() else NBSP
    return f"{number(float(value) * 100, digits)}{space}%"


def filesize(value: int | None) -> str:
    """Return bytes as kB or MB."""
    if value is None:
        return NOTHING
    if value < KILO * KILO:
        return f"{number(max(1, round(value / KILO)))}{NBSP}kB"
    return f"{number(round(value / KILO / KILO, 1))}{NBSP}MB"


def initials(name: str) -> str:
    """Return first letters of the first and the last word of a name, for a person's circle."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


FILTERS = {
    "date": date,
    "day": day,
    "weekday": weekday,
    "month": month,
    "relative_day": relative_day,
    "time": time,
    "oclock": oclock,
    "datetime": datetime,
    "minutes": minutes,
    "clock_minutes": clock_minutes,
    "number": number,
    "percent": percent,
    "filesize": filesize,
    "initials": initials,
}
