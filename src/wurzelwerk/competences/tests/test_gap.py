from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.estimating import (
    CompetenceGap,
    Estimate,
    Piece,
    Reason,
    Requirement,
    by_urgency,
    estimate,
    gap,
    index,
)

TODAY = date(2026, 11, 23)

requirements = st.builds(
    Requirement[str],
    competence=st.text(max_size=3),
    level=st.floats(min_value=0.5, max_value=5),
    weight=st.floats(min_value=0.05, max_value=1),
    previous_level=st.none() | st.floats(min_value=0.5, max_value=5),
)
levels = st.none() | st.floats(min_value=0, max_value=5)


def rated(level: float | None, *, age: int = 0) -> Estimate | None:
    return None if level is None else estimate([Piece("self", level, TODAY - timedelta(days=age))], TODAY, 335)


def one(level: float | None, required: float, *, weight: float = 1.0, age: int = 0) -> CompetenceGap[str]:
    return gap(Requirement("x", required, weight), rated(level, age=age))


@pytest.mark.parametrize(
    "level,required,previous,age,size,reasons",
    [
        (None, 3, None, 0, None, [Reason.NEVER_RATED]),
        (2, 3, None, 0, 1, [Reason.RATED_BELOW]),
        (3, 3, None, 0, 0, []),
        (4.5, 3, None, 0, 0, []),
        (3, 3, None, 335, 0, [Reason.STALE]),
        (2, 3, None, 335, 1, [Reason.RATED_BELOW, Reason.STALE]),
        (3, 4, 3, 0, 1, [Reason.TARGET_RAISED]),
        (2, 4, 3, 0, 2, [Reason.RATED_BELOW, Reason.TARGET_RAISED]),
        (2, 3, 4, 0, 1, [Reason.RATED_BELOW]),
        (4, 4, 3, 0, 0, []),
    ],
)
def test_a_gap_has_its_reasons(
    level: float | None, required: float, previous: float | None, age: int, size: float | None, reasons: list[Reason]
) -> None:
    found = gap(Requirement("x", required, 1.0, previous), rated(level, age=age))

    assert found.size == (pytest.approx(size) if size is not None else None)
    assert list(found.reasons) == reasons
    assert found.is_open is bool(reasons)
    assert found.raised_from == (previous if Reason.TARGET_RAISED in reasons else None)


def test_the_index_leaves_out_the_unknown_and_shows_its_share() -> None:
    gaps = [one(2, 4), one(3, 3, weight=0.5), one(None, 3, weight=0.5), one(5, 2)]

    found = index(gaps)

    assert found.value == pytest.approx((1 * 2 + 0 + 0) / (4 + 1.5 + 2))
    assert found.unknown_share == pytest.approx(1.5 / (4 + 1.5 + 1.5 + 2))
    assert (found.unknown, found.required) == (1, 4)


def test_the_index_of_nothing_is_not_zero() -> None:
    assert (index([]).value, index([one(None, 3)]).value) == (None, None)
    assert (index([]).unknown_share, index([one(None, 3)]).unknown_share) == (0, 1)


def test_gaps_come_by_urgency_then_unknown_then_unsecured() -> None:
    small, large, unknown, stale, reached = (
        one(2, 3),
        one(1, 4, weight=0.5),
        one(None, 5),
        one(3, 3, age=400),
        one(3, 3),
    )

    assert by_urgency([reached, stale, unknown, small, large]) == (large, small, unknown, stale)


@given(requirements, levels)
def test_nothing_is_unknown_and_rated_at_once(requirement: Requirement[str], level: float | None) -> None:
    found = gap(requirement, rated(level))

    assert (found.estimate is None) == (found.size is None) == (Reason.NEVER_RATED in found.reasons)
    assert not {Reason.NEVER_RATED, Reason.RATED_BELOW} <= set(found.reasons)


@given(requirements, levels)
def test_a_gap_that_is_open_says_why(requirement: Requirement[str], level: float | None) -> None:
    found = gap(requirement, rated(level))

    assert found.size is None or found.size >= 0
    assert bool(found.size) <= bool(found.reasons)


@given(st.lists(st.tuples(requirements, levels), max_size=8))
def test_the_index_lies_between_zero_and_one(pairs: list[tuple[Requirement[str], float | None]]) -> None:
    found = index([gap(requirement, rated(level)) for requirement, level in pairs])

    assert found.value is None or -1e-9 <= found.value <= 1 + 1e-9
    assert -1e-9 <= found.unknown_share <= 1 + 1e-9
