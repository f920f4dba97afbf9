from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.estimating import Piece, estimate, unsecured_from, unsecured_on

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "newest,half_life,instant",
    [
        # From winter into summer time and back: always local midnight, never 23:00 or 01:00.
        (date(2026, 1, 10), 100, "2026-04-19T22:00:00+00:00"),
        (date(2026, 7, 1), 150, "2026-11-27T23:00:00+00:00"),
        (date(2025, 12, 23), 335, "2026-11-22T23:00:00+00:00"),
        # On the days of the changes themselves.
        (date(2026, 3, 28), 1, "2026-03-28T23:00:00+00:00"),
        (date(2026, 3, 29), 1, "2026-03-29T22:00:00+00:00"),
        (date(2026, 10, 24), 1, "2026-10-24T22:00:00+00:00"),
        (date(2026, 10, 25), 1, "2026-10-25T23:00:00+00:00"),
    ],
)
def test_a_level_is_unsecured_from_local_midnight(newest: date, half_life: int, instant: str) -> None:
    found = unsecured_from(newest, half_life, "Europe/Berlin")

    assert found.astimezone(UTC).isoformat() == instant


def test_another_site_has_another_midnight() -> None:
    found = unsecured_from(date(2026, 1, 1), 10, "America/New_York")

    assert found.astimezone(UTC) == datetime(2026, 1, 11, 5, tzinfo=UTC)


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1)),
    st.integers(min_value=1, max_value=1200),
)
def test_ageing_turns_unsecured_on_exactly_on_the_day(newest: date, half_life: int) -> None:
    midnight = unsecured_from(newest, half_life, "Europe/Berlin")
    evidence = [Piece("self", 3, newest)]

    before = estimate(evidence, (midnight - timedelta(minutes=1)).astimezone(BERLIN).date(), half_life)
    after = estimate(evidence, midnight.astimezone(BERLIN).date(), half_life)

    assert before is not None
    assert after is not None
    assert (before.is_unsecured, after.is_unsecured) == (False, True)
    assert midnight.astimezone(BERLIN).date() == unsecured_on(newest, half_life)
    assert (midnight.astimezone(BERLIN).hour, midnight.astimezone(BERLIN).minute) == (0, 0)


def test_newer_evidence_secures_a_level_again() -> None:
    old = Piece("self", 3, date(2025, 1, 1))

    found = estimate([old, Piece("partner", 3, date(2026, 11, 1))], date(2026, 11, 23), 335)

    assert found is not None
    assert found.is_unsecured is False
