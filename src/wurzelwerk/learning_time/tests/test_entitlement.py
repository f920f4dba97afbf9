from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.learning_time.entitlement import Rule, granted_minutes, rule_on, weekdays_between, weekly_minutes

FULL = Decimal(40)
NOVEMBER, LAST = date(2026, 11, 1), date(2026, 11, 30)


def rule(start: date, hours: str | None, *, personal: bool = False) -> Rule:
    return Rule(start, Decimal(hours) if hours else None, FULL, personal)


def test_a_month_has_what_its_weekdays_add_up_to() -> None:
    assert weekdays_between(NOVEMBER, date(2026, 12, 1)) == 21
    assert granted_minutes(NOVEMBER, LAST, [rule(date(2026, 1, 1), "2")], None) == 505


def test_part_time_gets_its_share_and_more_than_full_time_gets_no_more() -> None:
    everyone = rule(NOVEMBER, "2")

    assert weekly_minutes(everyone, Decimal(30)) == 90
    assert weekly_minutes(everyone, Decimal(48)) == 120
    assert weekly_minutes(everyone, None) == 120


def test_a_personal_agreement_stands_as_it_is() -> None:
    assert weekly_minutes(rule(NOVEMBER, "3", personal=True), Decimal(20)) == 180


def test_without_a_rule_nothing_is_granted() -> None:
    assert weekly_minutes(None, None) == 0
    assert granted_minutes(NOVEMBER, LAST, [], None) == 0
    assert granted_minutes(NOVEMBER, LAST, [rule(date(2026, 12, 1), "2")], None) == 0


def test_a_change_counts_from_its_day() -> None:
    rules = [rule(date(2026, 1, 1), "1"), rule(date(2026, 11, 16), "2")]

    assert (
        granted_minutes(NOVEMBER, LAST, rules, None) == 385
    )  # ten weekdays of 12 minutes and eleven of 24, in steps of five


def test_the_end_of_a_personal_agreement_brings_the_rule_back() -> None:
    rules = [
        rule(date(2026, 1, 1), "1"),
        rule(date(2026, 2, 1), "5", personal=True),
        rule(date(2026, 11, 9), None, personal=True),
    ]

    found = [rule_on(day, rules) for day in (date(2025, 12, 31), date(2026, 1, 31), date(2026, 11, 8), LAST)]

    assert [one and one.hours_per_week for one in found] == [None, 1, 5, 1]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_weekdays_are_counted_like_one_by_one(first: date, days: int) -> None:
    end = first + timedelta(days=days)

    one_by_one = sum((first + timedelta(days=offset)).weekday() < 5 for offset in range(days))

    assert weekdays_between(first, end) == one_by_one


@pytest.mark.parametrize("days", [0, -3])
def test_no_days_have_no_weekdays(days: int) -> None:
    assert weekdays_between(NOVEMBER, NOVEMBER + timedelta(days=days)) == 0


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.decimals(0, 40, places=2), st.booleans()),
        max_size=6,
        unique_by=lambda one: (one[0], one[2]),
    )
)
def test_a_year_is_the_sum_of_its_halves(changes: list[tuple[date, Decimal, bool]]) -> None:
    rules = [Rule(start, hours, FULL, personal) for start, hours, personal in changes]
    first, middle, last = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)

    whole = granted_minutes(first, last, rules, None)
    halves = granted_minutes(first, middle - timedelta(days=1), rules, None) + granted_minutes(
        middle, last, rules, None
    )

    assert abs(whole - halves) <= 5
