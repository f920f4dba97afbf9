from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wurzelwerk.competences.debt import (
    Known,
    Position,
    RoleChanged,
    TimePassed,
    added_by_target,
    book,
    debt_of,
    repayment,
    take_role,
)

TODAY = date(2026, 11, 23)
LONG = 10_000_000
"""A half-life in days in which nothing is forgotten."""

levels = st.floats(min_value=0, max_value=5)
states = st.lists(
    st.builds(
        lambda level, required, weight, age: Position(
            "skill", TODAY, required, weight, Known(level, TODAY - timedelta(days=age))
        ),
        levels,
        levels,
        st.floats(min_value=0.1, max_value=1),
        st.integers(min_value=0, max_value=900),
    ),
    max_size=6,
)


def position(
    name: str, level: float | None = 1.5, required: float = 3.0, weight: float = 1.0, half_life: int = 335
) -> Position[str]:
    known = None if level is None else Known(level, TODAY)
    return Position(name, TODAY, required, weight, known, half_life)


def test_without_forgetting_the_debt_is_paid_hour_by_hour() -> None:
    found = repayment([position("welding", half_life=LONG)], 2, TODAY)

    assert (found.weeks, found.paid_on) == (24, TODAY + timedelta(weeks=24))
    assert repayment([position("welding", half_life=LONG)], 2.1, TODAY).weeks == 23


def test_an_hour_of_learning_is_an_hour_whatever_it_weighs() -> None:
    light = position("welding", weight=0.5, half_life=LONG)

    assert repayment([light], 2.01, TODAY).weeks == 24


def test_what_is_forgotten_meanwhile_has_to_be_learned_too() -> None:
    found = repayment([position("welding"), position("French", level=2)], 2, TODAY)

    keeping = repayment([position("welding", half_life=LONG), position("French", level=2, half_life=LONG)], 2, TODAY)
    assert found.weeks is not None
    assert keeping.weeks is not None
    assert found.weeks > keeping.weeks


def test_what_is_learned_in_a_week_does_not_fade_in_it() -> None:
    start, sunday = position("welding"), TODAY + timedelta(days=7)
    learned = replace(start, known=Known(start.curve.level_after(1.5, 3), sunday))

    left = repayment([start], 3, TODAY, horizon_weeks=1).left

    assert left == pytest.approx(learned.hours_on(sunday)) == 45


def test_what_is_not_learned_in_a_week_is_what_the_ledger_would_book() -> None:
    heavy, light = position("welding", required=5), position("French", weight=0.5)
    faded, _entries = book(light, TimePassed(), TODAY + timedelta(days=7))

    left = repayment([heavy, light], 8, TODAY, horizon_weeks=1).left

    assert left == pytest.approx(heavy.hours_on(TODAY) - 8 + faded.hours_on(TODAY + timedelta(days=7)))


def test_what_meets_its_target_today_is_forgotten_too() -> None:
    state = [position("welding"), position("French", level=3)]

    left = repayment(state, 0, TODAY, horizon_weeks=4).left

    assert left == pytest.approx(debt_of(state, TODAY + timedelta(weeks=4)).hours)
    assert left > repayment(state[:1], 0, TODAY, horizon_weeks=4).left


def test_what_was_learned_counts_as_used_and_stays() -> None:
    fading = position("welding", half_life=30)  # what meets its target would lose 6 hours a week

    alone = repayment([fading], 8.01, TODAY).weeks
    both = repayment([fading, position("French", weight=0.5, half_life=LONG)], 8.01, TODAY).weeks

    assert alone is not None
    assert both == alone + 48 / 8


def test_the_heaviest_is_learned_first() -> None:
    heavy, light = position("welding", half_life=LONG), position("French", weight=0.5, half_life=LONG)

    found = repayment([light, heavy], 48, TODAY, horizon_weeks=1)

    assert found.left == pytest.approx(24)


@pytest.mark.parametrize("hours_per_week", [0, -1, 0.1])
def test_too_few_hours_pay_nothing_within_three_years(hours_per_week: float) -> None:
    found = repayment([position("welding", required=5)], hours_per_week, TODAY)

    assert (found.paid_on, found.weeks) == (None, None)
    assert found.left > 200


@pytest.mark.parametrize("state", [[], [position("welding", level=None)], [position("welding", level=4)]])
def test_where_nothing_known_is_owed_all_is_paid_today(state: list[Position[str]]) -> None:
    found = repayment(state, 0, TODAY)

    assert (found.paid_on, found.weeks, found.left) == (TODAY, 0, 0)


@settings(max_examples=30, deadline=None)
@given(states, st.floats(min_value=0, max_value=20), st.floats(min_value=0, max_value=20))
def test_more_hours_are_never_slower(state: list[Position[str]], one: float, more: float) -> None:
    slow = repayment(state, one, TODAY, horizon_weeks=40)
    fast = repayment(state, one + more, TODAY, horizon_weeks=40)

    assert fast.left >= 0
    assert slow.weeks is None or (fast.weeks is not None and fast.weeks <= slow.weeks)


def test_a_higher_target_adds_what_it_would_add() -> None:
    state = {"welding": position("welding", weight=0.8), "French": position("French", level=None)}

    assert added_by_target(state, "welding", 4, TODAY).hours == pytest.approx(0.8 * 80)
    assert added_by_target(state, "welding", 4, TODAY, weight=1).hours == pytest.approx(80 + 0.2 * 48)
    assert added_by_target(state, "welding", 0, TODAY).hours == pytest.approx(-38.4)
    assert added_by_target(state, "French", 4, TODAY).hours == 0
    assert added_by_target(state, "French", 4, TODAY).unknown_hours == 80
    assert added_by_target(state, "law", 1, TODAY).unknown_hours == 8


def test_what_if_adds_what_the_debt_then_grows_by() -> None:
    state = {"welding": position("welding"), "French": position("French", level=1)}

    found = added_by_target(state, "French", 4.5, TODAY)

    higher = state | {"French": replace(state["French"], required=4.5)}
    grown = debt_of(higher.values(), TODAY).hours - debt_of(state.values(), TODAY).hours
    assert found.hours == pytest.approx(grown)
    assert take_role(higher, {"welding": RoleChanged(3), "French": RoleChanged(4.5)}, TODAY)[1] == ()
