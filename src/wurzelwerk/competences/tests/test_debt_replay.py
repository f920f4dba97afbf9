"""The ledger replayed from what is known of a competence."""

from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.debt import Account, Asked, Entry, Past, Position, Reason, Said, replay
from wurzelwerk.competences.estimating import Piece, known_on

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2027, 3, 1))
SAID = st.builds(
    Said,
    st.builds(Piece, st.sampled_from(["self", "partner", "test"]), st.floats(0, 5), DAYS),
    st.booleans(),
)
ASKED = st.builds(Asked, DAYS, st.sampled_from([0.0, 2.0, 3.5, 5.0]), st.sampled_from([0.2, 1.0]))


def past(*said: Said, asked: tuple[Asked, ...] = (Asked(date(2025, 1, 1), 4.0),)) -> Past[str]:
    return Past("sql", said, asked, 335)


def self_said(level: float, day: date) -> Said:
    return Said(Piece("self", level, day))


def booked(entries: tuple[Entry[str], ...]) -> list[tuple[date, Account, Reason]]:
    return [(entry.day, entry.account, entry.reason) for entry in entries]


@given(st.lists(SAID, max_size=6), st.lists(ASKED, max_size=4), st.lists(DAYS, max_size=4))
def test_entries_add_up_to_what_is_owed(said: list[Said], asked: list[Asked], closings: list[date]) -> None:
    position, entries = replay(Past("sql", tuple(said), tuple(asked), 335), closings, TODAY)

    assert isclose(sum(entry.change for entry in entries), position.hours_on(TODAY), abs_tol=1e-6)
    assert [entry.day for entry in entries] == sorted(entry.day for entry in entries)
    assert all(entry.day <= TODAY for entry in entries)


@given(st.lists(SAID, max_size=6))
def test_what_is_known_in_the_end_is_the_estimate(said: list[Said]) -> None:
    position, _entries = replay(past(*said), (), TODAY)

    expected = known_on([one.piece for one in said], TODAY, 335)
    assert (position.known is None) == (expected is None)
    if position.known is not None and expected is not None:
        assert isclose(position.known.level, expected.level, abs_tol=1e-6)
        assert position.known.newest_on == expected.newest_on


@given(st.lists(SAID, max_size=5), st.lists(DAYS, max_size=4))
def test_closing_periods_changes_no_sum(said: list[Said], closings: list[date]) -> None:
    def sums(entries: tuple[Entry[str], ...]) -> dict[Account, float]:
        return {account: sum(one.hours for one in entries if one.account is account) for account in Account}

    once, often = (sums(replay(past(*said), some, TODAY)[1]) for some in ((), closings))

    assert all(isclose(once[account], often[account], abs_tol=1e-6) for account in Account)


def test_first_evidence_is_a_measurement_and_verified_learning_pays() -> None:
    tested = Said(Piece("test", 4, date(2026, 6, 1)), is_verified=True)

    _position, entries = replay(past(self_said(2, date(2026, 1, 1)), tested), (), TODAY)

    assert booked(entries) == [
        (date(2026, 1, 1), Account.MEASURING, Reason.FIRST_EVIDENCE),
        (date(2026, 6, 1), Account.FORGETTING, Reason.FORGOTTEN),
        (date(2026, 6, 1), Account.PAID, Reason.LEARNED),
        (TODAY, Account.FORGETTING, Reason.FORGOTTEN),
    ]


def test_the_first_target_is_no_drift_and_a_raised_one_is() -> None:
    asked = (Asked(date(2026, 2, 1), 3.0), Asked(date(2026, 3, 1), 4.0), Asked(date(2026, 4, 1), 0.0))

    _position, entries = replay(past(self_said(2, date(2026, 1, 1)), asked=asked), (), TODAY)

    assert [each for each in booked(entries) if each[1] is not Account.FORGETTING] == [
        (date(2026, 2, 1), Account.MOVES, Reason.ROLE_TAKEN),
        (date(2026, 3, 1), Account.DRIFT, Reason.TARGET_CHANGED),
        (date(2026, 4, 1), Account.DRIFT, Reason.TARGET_REMOVED),
    ]


def test_of_two_versions_on_a_day_the_last_counts_and_the_future_does_not() -> None:
    day, tomorrow = date(2026, 2, 1), TODAY + timedelta(days=1)
    asked = (Asked(day, 5.0), Asked(day, 3.0), Asked(tomorrow, 5.0))

    position, _entries = replay(past(self_said(2, date(2026, 1, 1)), self_said(0, tomorrow), asked=asked), (), TODAY)

    assert (position.required, position.known.level if position.known else None) == (3.0, 2.0)


def test_a_confirmed_work_sample_acts_on_the_day_of_its_confirmation() -> None:
    sample = Said(Piece("work_sample", 3, date(2026, 3, 1), confirmed_on=date(2026, 3, 20)), is_verified=True)

    _position, entries = replay(past(self_said(1, date(2026, 1, 1)), sample), (), TODAY)

    assert [entry.day for entry in entries if entry.account is Account.PAID] == [date(2026, 3, 1), date(2026, 3, 20)]


def test_without_anything_nothing_is_owed() -> None:
    position, entries = replay(Past("sql", (), (), 335), (TODAY - timedelta(days=9),), TODAY)

    assert (entries, position.hours_on(TODAY), position.unknown_hours) == ((), 0.0, 0.0)
    assert position == Position("sql", TODAY, half_life_days=335)


@pytest.mark.parametrize("closing", [TODAY, TODAY + timedelta(days=3)])
def test_a_period_that_is_not_over_is_not_closed(closing: date) -> None:
    _position, entries = replay(past(self_said(2, date(2026, 1, 1))), (closing,), TODAY)

    assert [entry.day for entry in entries] == [date(2026, 1, 1), TODAY]
