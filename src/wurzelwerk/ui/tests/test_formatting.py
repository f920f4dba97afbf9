"""Formats of dates, durations and numbers in both languages."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from wurzelwerk.ui import formatting

FRIDAY = dt.date(2026, 11, 20)
HALF_PAST_TWO = dt.datetime(2026, 11, 20, 14, 30, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    "form,german,english",
    [
        ("short", "20.11.2026", "20 Nov 2026"),
        ("medium", "20.\u00a0Nov. 2026", "20 Nov 2026"),
        ("long", "20.\u00a0November 2026", "20 November 2026"),
        ("full", "Freitag, 20.\u00a0November 2026", "Friday, 20 November 2026"),
        ("spoken", "Freitag, 20.\u00a0November", "Friday, 20 November"),
    ],
)
def test_date_follows_the_language(form: str, german: str, english: str) -> None:
    in_german = formatting.date(FRIDAY, form)
    with translation.override("en"):
        in_english = formatting.date(FRIDAY, form)

    assert (in_german, in_english) == (german, english)


def test_date_takes_an_instant_in_the_active_zone() -> None:
    shortly_before_midnight_utc = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)

    assert formatting.date(shortly_before_midnight_utc, "short") == "21.11.2026"


@pytest.mark.parametrize(
    "day,expected",
    [
        (dt.date(2026, 11, 23), "heute"),
        (dt.date(2026, 11, 24), "morgen"),
        (dt.date(2026, 11, 22), "gestern"),
        (dt.date(2026, 11, 27), "Fr, 27.\u00a0November"),
        (dt.date(2027, 1, 8), "Fr, 8.\u00a0Januar 2027"),
    ],
)
@pytest.mark.usefixtures("frozen_time")
def test_relative_day_names_what_is_near(day: dt.date, expected: str) -> None:
    assert formatting.relative_day(day) == expected


def test_weekday_and_month_have_long_and_short_names() -> None:
    names = formatting.weekday(FRIDAY), formatting.weekday(FRIDAY, "short"), formatting.month(FRIDAY)

    assert names == ("Freitag", "Fr", "November 2026")


def test_time_is_on_a_24_hour_clock() -> None:
    with translation.override("en"):
        in_english = formatting.time(HALF_PAST_TWO), formatting.oclock(HALF_PAST_TWO)

    assert (formatting.time(HALF_PAST_TWO), formatting.oclock(dt.time(9, 5))) == ("14:30", "09:05\u00a0Uhr")
    assert in_english == ("14:30", "14:30")
    assert formatting.datetime(HALF_PAST_TWO) == "20.\u00a0November 2026, 14:30\u00a0Uhr"


@pytest.mark.parametrize(
    "minutes,german,english,clock",
    [
        (0, "0\u00a0Min.", "0\u00a0min", "0:00"),
        (45, "45\u00a0Min.", "45\u00a0min", "0:45"),
        (90, "1\u00a0Std.\u00a030\u00a0Min.", "1\u00a0h\u00a030\u00a0min", "1:30"),
        (120, "2\u00a0Std.", "2\u00a0h", "2:00"),
        (-30, "−30\u00a0Min.", "−30\u00a0min", "−0:30"),
    ],
)
def test_minutes_read_as_hours_and_minutes(minutes: int, german: str, english: str, clock: str) -> None:
    in_german = formatting.minutes(minutes)
    with translation.override("en"):
        in_english = formatting.minutes(minutes)

    assert (in_german, in_english, formatting.clock_minutes(minutes)) == (german, english, clock)


def test_numbers_have_the_marks_of_the_language() -> None:
    in_german = [formatting.number(1234.5), formatting.number(0.86, 2), formatting.number(-3, 0)]
    with translation.override("en"):
        in_english = [formatting.number(1234.5), formatting.number(0.86, 2), formatting.number(-3, 0)]

    assert in_german == ["1.234,5", "0,86", "−3"]
    assert in_english == ["1,234.5", "0.86", "−3"]


def test_percent_takes_a_share() -> None:
    with translation.override("en"):
        in_english = formatting.percent(0.42)

    assert (formatting.percent(0.42), formatting.percent(0.425, 1), in_english) == ("42\u00a0%", "42,5\u00a0%", "42%")


def test_filesize_is_rounded() -> None:
    sizes = [formatting.filesize(size) for size in (1, 2048, 5_400_000)]

    assert sizes == ["1\u00a0kB", "2\u00a0kB", "5,4\u00a0MB"]


@pytest.mark.parametrize(
    "name,expected", [("Amira Haddad", "AH"), ("Ben", "B"), ("Eva-Maria von Brandt", "EB"), ("", "")]
)
def test_initials_are_first_and_last(name: str, expected: str) -> None:
    assert formatting.initials(name) == expected


@pytest.mark.parametrize("name", sorted(set(formatting.FILTERS) - {"initials"}))
def test_every_filter_shows_a_dash_for_nothing(name: str) -> None:
    assert formatting.FILTERS[name](None) == "–"  # type: ignore[operator]


@time_machine.travel(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), tick=False)
def test_day_has_the_year_when_it_is_another_one_here() -> None:
    assert formatting.day(dt.date(2026, 12, 31)) == "Do, 31.\u00a0Dezember 2026"
