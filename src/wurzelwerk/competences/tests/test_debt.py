from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.debt import DEFAULT_CURVE, EffortCurve, Known, Position, debt_of, decayed
from wurzelwerk.competences.estimating import Piece, estimate
from wurzelwerk.competences.tests.second_debt import area, area_by_slices, debt_from_evidence, faded

TODAY = date(2026, 11, 23)

levels = st.floats(min_value=0, max_value=5)
tables = st.tuples(*[st.floats(min_value=0.5, max_value=400)] * 5)
sources = st.sampled_from(["test", "peer", "self", "lead"])
ages = st.integers(min_value=0, max_value=2000)


def position(level: float | None = 1.5, required: float = 3.0, weight: float = 1.0, age: int = 0) -> Position[str]:
    known = None if level is None else Known(level, TODAY - timedelta(days=age))
    return Position("welding", TODAY, required, weight, known)


def test_effort_is_the_area_under_the_steps() -> None:
    assert DEFAULT_CURVE.hours(1.5, 3) == pytest.approx(0.5 * 16 + 40)
    assert DEFAULT_CURVE.hours(0, 5) == pytest.approx(304)


@given(tables, levels, levels)
def test_effort_is_the_same_written_otherwise(table: tuple[float, ...], low: float, high: float) -> None:
    assert EffortCurve(table).hours(low, high) == pytest.approx(area(table, low, high), abs=1e-9)


def test_effort_is_nearly_what_thin_slices_add_up_to() -> None:
    assert DEFAULT_CURVE.hours(0.3, 4.7) == pytest.approx(area_by_slices((8, 16, 40, 80, 160), 0.3, 4.7), rel=1e-3)


@given(levels, levels, levels)
def test_effort_adds_up_along_the_way(first: float, second: float, third: float) -> None:
    low, middle, high = sorted((first, second, third))

    whole = DEFAULT_CURVE.hours(low, high)

    assert whole == pytest.approx(DEFAULT_CURVE.hours(low, middle) + DEFAULT_CURVE.hours(middle, high), abs=1e-9)


@given(tables, levels, levels)
def test_learning_leads_back_to_the_level_it_was_reckoned_for(table: tuple[float, ...], one: float, two: float) -> None:
    curve, (low, high) = EffortCurve(table), sorted((one, two))

    assert curve.level_after(low, curve.hours(low, high)) == pytest.approx(high, abs=1e-9)


def test_nothing_lies_above_the_highest_level() -> None:
    assert DEFAULT_CURVE.level_after(4.5, 10_000) == 5


def test_observed_learners_correct_the_table_as_far_as_they_are_many() -> None:
    found = DEFAULT_CURVE.recalibrated([0, 10, 30, 0, 0], [0, 32, 20, 0, 0])

    assert found.hours_per_level == pytest.approx((8, (10 * 32 + 160) / 20, (30 * 20 + 400) / 40, 80, 160))
    assert found.version == DEFAULT_CURVE.version + 1


@pytest.mark.parametrize("table", [(8, 16, 40, 80), (8, 16, 40, 80, 0), (8, 16, 40, 80, -1)])
def test_a_table_needs_five_positive_steps(table: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="five steps"):
        EffortCurve(table)


@pytest.mark.parametrize("level,days,left", [(1.5, 335, 1.0), (1.5, 670, 0.75), (0.6, 335, 0.3), (3, 0, 3), (3, -9, 3)])
def test_a_level_fades_by_half_of_its_last_step(level: float, days: int, left: float) -> None:
    assert decayed(level, days, 335) == pytest.approx(left)


@given(levels, levels, st.integers(min_value=0, max_value=20_000))
def test_what_is_higher_stays_higher(one: float, two: float, days: int) -> None:
    low, high = sorted((one, two))

    assert 0 <= decayed(low, days, 335) <= decayed(high, days, 335) + 1e-12
    assert decayed(high, days, 335) >= high - 1 - 1e-12


def test_a_surplus_makes_up_for_nothing() -> None:
    assert debt_of([position(5, 1), position(1.5, 3)], TODAY).hours == debt_of([position(1.5, 3)], TODAY).hours == 48


def test_the_unknown_is_reported_beside_the_debt() -> None:
    found = debt_of([position(None, 2, weight=0.5), position(None, 0), position(1.5, 3)], TODAY)

    assert (found.hours, found.unknown_hours, found.unknown) == (48, 0.5 * 24, 1)


def test_the_range_of_a_debt_is_that_of_its_levels() -> None:
    rough = replace(position(), known=Known(1.5, TODAY, margin=1))

    found = debt_of([rough], TODAY)

    assert [found.low, found.hours, found.high] == pytest.approx([20, 48, 60])


@pytest.mark.parametrize("hours_per_week,weeks", [(2, 24), (0, None)])
def test_reach_is_in_weeks_of_granted_time(hours_per_week: float, weeks: float | None) -> None:
    assert debt_of([position()], TODAY).reach_weeks(hours_per_week) == weeks


def test_nothing_known_is_no_level() -> None:
    assert Known.of(None) is None


@given(levels, ages, st.floats(min_value=0.1, max_value=5), st.floats(min_value=0.01, max_value=1))
def test_a_debt_is_never_negative_and_lies_in_its_range(level: float, age: int, required: float, weight: float) -> None:
    piece = Piece("peer", level, TODAY - timedelta(days=age))
    known = Known.of(estimate([piece], TODAY, 335))

    found = debt_of([Position("welding", TODAY, required, weight, known)], TODAY)

    assert 0 <= found.low <= found.hours + 1e-9
    assert found.hours <= found.high + 1e-9
    assert found.high <= weight * DEFAULT_CURVE.hours(0, required) + 1e-9


@given(
    st.lists(st.tuples(sources, levels, ages), min_size=1, max_size=8), levels, st.floats(min_value=0.01, max_value=1)
)
def test_evidence_gives_the_same_debt_written_otherwise(
    found: list[tuple[str, float, int]], required: float, weight: float
) -> None:
    raw = [(source, level, TODAY - timedelta(days=age)) for source, level, age in found]
    known = Known.of(estimate([Piece(*one) for one in raw], TODAY, 335))

    hours = debt_of([Position("welding", TODAY, required, weight, known)], TODAY).hours

    again = debt_from_evidence(raw, (required, weight), TODAY, (8, 16, 40, 80, 160), 335)
    assert hours == pytest.approx(again, abs=1e-6)


@given(levels, ages)
def test_levels_fade_alike_written_otherwise(level: float, days: int) -> None:
    assert decayed(level, days, 335) == pytest.approx(faded(level, days, 335), abs=1e-12)


@given(st.lists(st.builds(Piece, sources, levels, ages.map(lambda age: TODAY - timedelta(days=age))), min_size=1), ages)
def test_an_estimate_stays_until_the_next_evidence_so_that_the_ledger_need_not_read_it_again(
    pieces: list[Piece], later: int
) -> None:
    first, second = (Known.of(estimate(pieces, TODAY + timedelta(days=days), 335)) for days in (0, later))

    assert first is not None
    assert second is not None
    assert second.level == pytest.approx(first.level, abs=1e-8)
    assert second.newest_on == first.newest_on
