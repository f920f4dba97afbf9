"""Weekly windows, the 168 hours, and days on which somebody works."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.partnerships.matching.times import (
    Window,
    hours_of,
    minutes_of,
    reference_monday,
    windows_of,
)
from wurzelwerk.partnerships.matching.working_days import due_day, week_of_cycle

WINTER, SUMMER = date(2026, 11, 23), date(2026, 7, 6)
BERLIN = "Europe/Berlin"
ZONES = ("Europe/Berlin", "UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")


@pytest.mark.parametrize(
    "day,monday",
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_the_reference_is_the_week_to_come(day: date, monday: date) -> None:
    assert reference_monday(day) == monday


@pytest.mark.parametrize("monday,hour", [(WINTER, 24 + 9), (SUMMER, 24 + 8)])
def test_ten_in_berlin_depends_on_the_season(monday: date, hour: int) -> None:
    assert hours_of([(1, 600, 660)], BERLIN, monday) == 1 << hour


def test_half_hours_do_not_count() -> None:
    assert hours_of([(1, 570, 690)], "UTC", WINTER) == 1 << (24 + 10)


def test_two_touching_half_hours_make_one() -> None:
    assert hours_of([(0, 540, 570), (0, 570, 600)], "UTC", WINTER) == 1 << 9


def test_a_night_shift_runs_into_the_next_day() -> None:
    hours = hours_of([(6, 22 * 60, 6 * 60)], "UTC", WINTER)

    assert windows_of(hours, "UTC", WINTER) == ((0, 0, 360), (6, 22 * 60, 24 * 60))


def test_monday_after_midnight_in_berlin_is_sunday_in_utc() -> None:
    assert hours_of([(0, 0, 60)], BERLIN, WINTER) == 1 << 167


def test_a_window_of_the_same_start_and_end_is_a_whole_day() -> None:
    assert hours_of([(2, 480, 480)], "UTC", WINTER).bit_count() == 24


def test_half_hour_zones_lose_the_edges() -> None:
    hours = hours_of([(0, 9 * 60, 12 * 60)], "Asia/Kolkata", WINTER)

    assert windows_of(hours, "Asia/Kolkata", WINTER) == ((0, 9 * 60 + 30, 11 * 60 + 30),)


def test_an_hour_across_midnight_is_cut() -> None:
    hours = 1 << 18  # 18:00 UTC on Monday is 23:30 in Kolkata.

    assert windows_of(hours, "Asia/Kolkata", WINTER) == ((0, 23 * 60 + 30, 24 * 60), (1, 0, 30))


def test_lengths_add_up() -> None:
    assert minutes_of([(0, 540, 600), (6, 22 * 60, 6 * 60)]) == 60 + 8 * 60


WINDOWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 24)).map(
        lambda each: (each[0], each[1] * 60, max(each[1] + 1, each[2]) * 60)
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(windows=WINDOWS, zone=st.sampled_from(("Europe/Berlin", "UTC", "America/New_York", "Pacific/Auckland")))
def test_whole_hours_come_back_as_they_went_in(windows: list[Window], zone: str) -> None:
    expected = {(day, hour) for day, start, end in windows for hour in range(start // 60, end // 60)}

    for monday in (WINTER, SUMMER):
        found = windows_of(hours_of(windows, zone, monday), zone, monday)
        assert {(day, hour) for day, start, end in found for hour in range(start // 60, end // 60)} == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(windows=WINDOWS, zone=st.sampled_from(ZONES))
def test_windows_that_come_out_never_overlap_and_hold_every_hour(windows: list[Window], zone: str) -> None:
    hours = hours_of(windows, zone, WINTER)

    found = windows_of(hours, zone, WINTER)

    assert minutes_of(found) == 60 * hours.bit_count()
    assert all(first[:2] < second[:2] for first, second in pairwise(found))


def test_an_answer_is_due_after_so_many_working_days() -> None:
    thursday = date(2026, 11, 26)

    assert due_day(thursday, 3) == date(2026, 12, 1)
    assert due_day(thursday, 0) == thursday


def test_part_time_moves_the_day() -> None:
    mondays_only = {(0, 0)}

    assert due_day(date(2026, 11, 24), 2, mondays_only) == date(2026, 12, 7)


def test_shifts_alternate_by_week() -> None:
    monday = date(2026, 11, 23)
    cycle = week_of_cycle(monday, 2)
    this_week_only = {(cycle, 3)}

    assert due_day(monday, 1, this_week_only, cycle_weeks=2) == date(2026, 11, 26)
    assert due_day(date(2026, 11, 26), 1, this_week_only, cycle_weeks=2) == date(2026, 12, 10)


def test_whoever_has_no_pattern_works_from_monday_to_friday() -> None:
    assert due_day(date(2026, 11, 27), 1, (), cycle_weeks=2) == date(2026, 11, 30)


def test_the_search_for_a_working_day_ends() -> None:
    assert due_day(date(2026, 1, 1), 1, {(5, 0)}) == date(2027, 2, 5)
