"""Days and durations as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.ui.dates import parse_day
from wurzelwerk.ui.durations import parse_minutes

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("heute", "2026-11-23"),
        ("morgen", "2026-11-24"),
        ("Übermorgen", "2026-11-25"),
        ("tomorrow", "2026-11-24"),
        ("gestern", "2026-11-22"),
        ("Fr", "2026-11-27"),
        ("fr.", "2026-11-27"),
        ("Freitag", "2026-11-27"),
        ("nächsten Freitag", "2026-11-27"),
        ("Monday", "2026-11-30"),
        ("24.11.", "2026-11-24"),
        ("24.11", "2026-11-24"),
        ("22.11.", "2027-11-22"),
        ("24.11.26", "2026-11-24"),
        ("1.2.2027", "2027-02-01"),
        ("24/11/2026", "2026-11-24"),
        ("29.2.", "2028-02-29"),
        ("Di, 24. November", "2026-11-24"),
        ("24. Nov. 2027", "2027-11-24"),
        ("24 nov", "2026-11-24"),
        ("3. März", "2027-03-03"),
        ("2026-11-24", "2026-11-24"),
        ("in 3 Tagen", "2026-11-26"),
        ("in 2 Wochen", "2026-12-07"),
        ("in 3 months", "2027-02-23"),
        ("KW 48", "2026-11-23"),
        ("kw 2", "2027-01-11"),
        ("week 2/2028", "2028-01-10"),
    ],
)
def test_day_is_understood(typed: str, expected: str) -> None:
    assert parse_day(typed, MONDAY).isoformat() == expected


def test_the_end_of_a_month_stays_in_the_month() -> None:
    assert parse_day("in 1 Monat", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert parse_day("in 1 Monat", dt.date(2026, 11, 30)) == dt.date(2026, 12, 30)


@pytest.mark.parametrize("typed", ["", "bald", "32.1.", "30.2.", "2026-13-01", "KW 60", "11.", "24. Foo"])
def test_other_words_are_no_day(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(typed, MONDAY)


@given(st.dates(dt.date(2026, 11, 23), dt.date(2027, 11, 22)))
def test_a_day_without_its_year_is_the_next_such_day(day: dt.date) -> None:
    assert parse_day(f"{day.day}.{day.month}.", MONDAY) == day


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("1:30", 90),
        ("0:45 h", 45),
        ("90", 90),
        ("90 Min.", 90),
        ("1,5 Std.", 90),
        ("1.5h", 90),
        ("2 Stunden", 120),
        ("1 Std. 30 Min.", 90),
        ("1 h and 5 min", 65),
        ("0", 0),
    ],
)
def test_duration_is_understood(typed: str, expected: int) -> None:
    assert parse_minutes(typed) == expected


@pytest.mark.parametrize("typed", ["", "bald", "1:75", "-3", "1:30:00"])
def test_other_words_are_no_duration(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_minutes(typed)


@given(st.integers(0, 9999))
def test_every_number_of_minutes_is_read_back(minutes: int) -> None:
    assert parse_minutes(f"{minutes // 60} Std. {minutes % 60} Min.") == minutes
