"""Days as people type them: "Fr", "24.11.", "morgen", "in 2 Wochen", "KW 48", in German and English."""

import datetime as dt
import re
from typing import Final

DAYS_PER_WEEK: Final = 7
MONTHS_PER_YEAR: Final = 12
CENTURY: Final = 100
FEBRUARY_29_TRIES: Final = 8
HALF_A_YEAR: Final = 183

NEAR: Final = {
    "vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
WEEKDAYS: Final = (
    ("mo", "montag", "mon", "monday"),
    ("di", "dienstag", "tue", "tues", "tuesday"),
    ("mi", "mittwoch", "wed", "wednesday"),
    ("do", "donnerstag", "thu", "thur", "thurs", "thursday"),
    ("fr", "freitag", "fri", "friday"),
    ("sa", "samstag", "sonnabend", "sat", "saturday"),
    ("so", "sonntag", "sun", "sunday"),
)
MONTHS: Final = (
    ("jan", "januar", "jänner", "january"), ("feb", "februar", "february"), ("mär", "märz", "maerz", "mar", "march"),
    ("apr", "april"), ("mai", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"), ("aug", "august"),
    ("sep", "sept", "september"), ("okt", "oktober", "oct", "october"), ("nov", "november"),
    ("dez", "dezember", "dec", "december"),
)  # fmt: skip
_WEEKDAY: Final = {name: index for index, names in enumerate(WEEKDAYS) for name in names}
_MONTH: Final = {name: index for index, names in enumerate(MONTHS, 1) for name in names}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})\.?\s*([a-zäöü]+)\.?\s*(\d{4})?")
_DISTANCE = re.compile(r"in\s+(\d{1,3})\s+(tag|tagen|day|days|woche|wochen|week|weeks|monat|monaten|month|months)")
_WEEK = re.compile(r"(?:kw|week)\s*(\d{1,2})(?:[/ ](\d{4}))?")
_NEXT = re.compile(r"(?:am |on |this |next |nächsten? |nächste[rn] |kommenden? )")


def parse_day(text: str, today: dt.date) -> dt.date:
    """Return the day ``text`` means, seen from ``today``; without a year the next such day.

    Raises ``ValueError`` when it cannot be understood or there is no such day.
    """
    typed = re.sub(r"\s+", " ", text.strip().lower())
    day = _named(typed, today) or _written(typed, today)
    if day is None:
        raise ValueError(text)
    return day


def parse_past_day(text: str, today: dt.date) -> dt.date:
    """Return the nearest day up to ``today`` that ``text`` can mean: "Fr" is last Friday.

    A day that can only lie in the future ("morgen", "in 2 Wochen", or with its year) stays as it is.
    Raises ``ValueError``.
    """
    coming, typed = parse_day(text, today), text.strip().lower()
    if coming <= today or typed in NEAR or typed.startswith("in "):
        return coming
    earlier = (parse_day(text, today - dt.timedelta(days=days)) for days in (DAYS_PER_WEEK, HALF_A_YEAR))
    return next((day for day in earlier if day <= today), coming)


def _named(typed: str, today: dt.date) -> dt.date | None:
    """Read a day told by its distance: tomorrow, Friday, in 2 weeks, week 48."""
    if typed in NEAR:
        return today + dt.timedelta(days=NEAR[typed])
    if (weekday := _WEEKDAY.get(_NEXT.sub("", typed).rstrip("."))) is not None:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % DAYS_PER_WEEK + 1)
    if found := _DISTANCE.fullmatch(typed):
        return _ahead(int(found[1]), found[2], today)
    if found := _WEEK.fullmatch(typed):
        return _monday_of(int(found[1]), found[2], today)
    return None


def _written(typed: str, today: dt.date) -> dt.date | None:
    """Read a day written in figures or with the name of its month."""
    if found := _ISO.fullmatch(typed):
        return dt.date(*(int(part) for part in found.groups()))
    without_weekday = re.sub(r"^([a-zäöü]+)\.?,\s*", "", typed)
    if found := _NUMERIC.fullmatch(without_weekday):
        return _day(int(found[1]), int(found[2]), found[3], today)
    if (found := _NAMED.fullmatch(without_weekday)) and found[2] in _MONTH:
        return _day(int(found[1]), _MONTH[found[2]], found[3], today)
    return None


def _day(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year:
        return dt.date(int(year) + (2000 if int(year) < CENTURY else 0), month, day)
    for candidate in range(today.year, today.year + FEBRUARY_29_TRIES):
        try:
            found = dt.date(candidate, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(day)


def _ahead(amount: int, unit: str, today: dt.date) -> dt.date:
    if unit.startswith(("tag", "day")):
        return today + dt.timedelta(days=amount)
    if unit.startswith("w"):
        return today + dt.timedelta(weeks=amount)
    months = today.month - 1 + amount
    year, month = today.year + months // MONTHS_PER_YEAR, months % MONTHS_PER_YEAR + 1
    first_of_next = dt.date(year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month, min(today.day, last))


def _monday_of(week: int, year: str | None, today: dt.date) -> dt.date:
    if year:
        return dt.date.fromisocalendar(int(year), week, 1)
    monday = dt.date.fromisocalendar(today.isocalendar().year, week, 1)
    if monday + dt.timedelta(days=DAYS_PER_WEEK - 1) >= today:
        return monday
    return dt.date.fromisocalendar(today.isocalendar().year + 1, week, 1)
