from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.estimating import DEFAULT_RULE, Piece, Rule, estimate, shares

TODAY = date(2026, 11, 23)
HALF_LIFE = 335

sources = st.sampled_from([source.value for source in EvidenceSource])
days = st.integers(min_value=0, max_value=2000).map(lambda age: TODAY - timedelta(days=age))
levels = st.floats(min_value=0, max_value=5, allow_nan=False)
pieces = st.builds(Piece, source=sources, level=levels, observed_on=days)
known = st.lists(pieces, min_size=1, max_size=12)


def test_without_evidence_a_level_is_unknown() -> None:
    assert estimate([], TODAY, HALF_LIFE) is None


def test_one_fresh_self_assessment() -> None:
    found = estimate([Piece("self", 3, TODAY)], TODAY, HALF_LIFE)

    weight = 0.29**2 / (1 - 0.29**2)
    assert found is not None
    assert found.level == 3
    assert found.weight == pytest.approx(weight)
    assert found.low == pytest.approx(3 - 1.28 * 1.25 / sqrt(1 + weight))
    assert found.high == pytest.approx(3 + 1.28 * 1.25 / sqrt(1 + weight))
    assert (found.is_unsecured, found.disagrees, found.pieces) == (False, False, 1)


def test_the_mean_is_weighed_by_validity_and_age() -> None:
    fresh_test = Piece("test", 4, TODAY)
    old_self = Piece("self", 1, TODAY - timedelta(days=HALF_LIFE))

    found = estimate([fresh_test, old_self], TODAY, HALF_LIFE)

    test_weight, self_weight = 0.48**2 / (1 - 0.48**2), 0.29**2 / (1 - 0.29**2) / 2
    assert found is not None
    assert found.level == pytest.approx((4 * test_weight + 1 * self_weight) / (test_weight + self_weight))
    assert found.weight == pytest.approx(test_weight + self_weight)


@pytest.mark.parametrize(
    "source,validity",
    [("work_sample", 0.29), ("test", 0.48), ("partner", 0.31), ("peer", 0.31), ("self", 0.29), ("lead", 0.20)],
)
def test_every_source_has_its_validity(source: str, validity: float) -> None:
    found = estimate([Piece(source, 2, TODAY)], TODAY, HALF_LIFE)

    assert found is not None
    assert found.weight == pytest.approx(validity**2 / (1 - validity**2))


@pytest.mark.parametrize("waited,validity", [(6, 0.29), (7, 0.54), (30, 0.54)])
def test_a_work_sample_counts_in_full_when_it_was_confirmed_a_week_later(waited: int, validity: float) -> None:
    sample = Piece("work_sample", 3, TODAY, TODAY + timedelta(days=waited))

    found = estimate([sample], TODAY, HALF_LIFE)

    assert found is not None
    assert found.weight == pytest.approx(validity**2 / (1 - validity**2))


def test_a_confirmed_work_sample_is_as_new_as_its_confirmation() -> None:
    sample = Piece("work_sample", 3, TODAY - timedelta(days=400), TODAY - timedelta(days=10))

    found = estimate([sample], TODAY, HALF_LIFE)

    assert found is not None
    assert (found.newest_on, found.is_unsecured) == (TODAY - timedelta(days=10), False)


def test_every_source_of_the_room_is_weighed() -> None:
    kinds = {Piece(source.value, 3, TODAY).kind for source in EvidenceSource}

    assert all(DEFAULT_RULE.fresh_weight(kind) > 0 for kind in kinds)


def test_a_source_the_rule_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        estimate([Piece("hearsay", 3, TODAY)], TODAY, HALF_LIFE)


def test_another_rule_gives_another_estimate() -> None:
    trusting = Rule(version=2, validities={"self": 0.9}, spread=1.0)

    found = estimate([Piece("self", 5, TODAY)], TODAY, HALF_LIFE, trusting)

    assert found is not None
    assert found.weight == pytest.approx(0.81 / 0.19)
    assert found.low == pytest.approx(5 - 1.28 / sqrt(1 + 0.81 / 0.19))


def test_the_interval_is_cut_to_the_scale() -> None:
    low, high = estimate([Piece("self", 0, TODAY)], TODAY, HALF_LIFE), estimate([Piece("self", 5, TODAY)], TODAY, 1)

    assert low is not None
    assert high is not None
    assert (low.low, high.high) == (0, 5)


@pytest.mark.parametrize(
    "found,disagrees",
    [
        ([("self", 4, 10), ("partner", 2, 20)], True),
        ([("self", 4, 10), ("partner", 2.1, 20)], False),
        ([("self", 4, 10), ("partner", 1, 400)], False),
        ([("self", 4, 10), ("self", 1, 200)], False),
        ([("self", 4, 10), ("peer", 4, 20), ("peer", 1, 200)], False),
        ([("self", 4, 10), ("peer", 3, 20), ("peer", 1, 20)], True),
        ([("self", 1, 40), ("partner", 3, 12)], False),
        ([("self", 1, 40), ("partner", 3, 13)], True),
        ([("partner", 1, 40), ("self", 3, 10)], True),
        ([("self", 3, 40), ("partner", 1, 10)], True),
    ],
)
def test_what_each_source_said_last_may_disagree(found: list[tuple[str, float, int]], disagrees: bool) -> None:
    evidence = [Piece(source, level, TODAY - timedelta(days=age)) for source, level, age in found]

    result = estimate(evidence, TODAY, HALF_LIFE)

    assert result is not None
    assert result.disagrees is disagrees


def test_evidence_dated_ahead_has_no_age() -> None:
    tomorrow = Piece("self", 3, TODAY + timedelta(days=1))

    assert tomorrow.age_days(TODAY) == 0


def test_very_old_evidence_still_tells_a_level() -> None:
    found = estimate([Piece("self", 2, date(1900, 1, 1))], TODAY, 1)

    assert found is not None
    assert (found.level, found.is_unsecured) == (2, True)


def test_the_shares_of_the_pieces_sum_to_one() -> None:
    evidence = [Piece("self", 3, TODAY), Piece("test", 2, TODAY - timedelta(days=100))]

    found = shares(evidence, TODAY, HALF_LIFE)

    assert [share.piece for share in found] == evidence
    assert sum(share.part for share in found) == pytest.approx(1)
    assert found[1].weight == pytest.approx(DEFAULT_RULE.fresh_weight("test") * 2 ** (-100 / HALF_LIFE))


@given(known, st.randoms(use_true_random=False), st.integers(min_value=1, max_value=1000))
def test_the_order_of_evidence_has_no_meaning(evidence: list[Piece], chance: object, half_life: int) -> None:
    shuffled = evidence[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert estimate(shuffled, TODAY, half_life) == estimate(evidence, TODAY, half_life)


@given(known, sources, st.integers(min_value=0, max_value=2000))
def test_more_confirming_evidence_never_widens_the_interval(evidence: list[Piece], source: str, age: int) -> None:
    before = estimate(evidence, TODAY, HALF_LIFE)
    assert before is not None

    after = estimate([*evidence, Piece(source, before.level, TODAY - timedelta(days=age))], TODAY, HALF_LIFE)

    assert after is not None
    assert after.high - after.low <= before.high - before.low + 1e-9
    assert after.level == pytest.approx(before.level, abs=1e-9)


@given(known)
def test_an_estimate_lies_within_its_evidence_and_its_interval(evidence: list[Piece]) -> None:
    found = estimate(evidence, TODAY, HALF_LIFE)

    assert found is not None
    assert min(piece.level for piece in evidence) - 1e-9 <= found.level <= max(p.level for p in evidence) + 1e-9
    assert 0 <= found.low <= found.level <= found.high <= 5


@given(known, st.integers(min_value=0, max_value=3000))
def test_a_level_alone_never_sinks_with_time(evidence: list[Piece], later: int) -> None:
    newest = max(evidence, key=lambda piece: piece.observed_on)
    alone = [replace(newest)]

    now, then = estimate(alone, TODAY, HALF_LIFE), estimate(alone, TODAY + timedelta(days=later), HALF_LIFE)

    assert now is not None
    assert then is not None
    assert then.level == pytest.approx(now.level)
