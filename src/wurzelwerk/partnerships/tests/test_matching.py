"""Spec v1: hard rules, score, suggestions; checked by hand, by brute force and by properties."""

import random
from fractions import Fraction
from math import floor

import pytest

from wurzelwerk.partnerships.matching import (
    LEAST,
    NOBODY,
    Ad,
    Fit,
    Mode,
    Obstacle,
    Offer,
    Want,
    near_misses,
    needed_hours,
    score,
    suggestions,
)
from wurzelwerk.partnerships.matching.obstacles import obstacles
from wurzelwerk.partnerships.matching.scoring import benefit, exchanges
from wurzelwerk.partnerships.tests.figures import AMIRA, BEN, TUESDAY_10, amira, ben, random_ad


def test_a_pair_is_scored_as_the_formula_says() -> None:
    # Amira wants one level of 600 points; Ben two levels of 300 each. Fifteen common hours, same site.
    found = score(AMIRA, BEN)

    assert (found.one_gains, found.other_gains, found.benefit) == (600, 600, 600)
    assert (found.time, found.engagement, found.context) == (1000, 1000, 1000)
    assert found.total == (50 * 600 + 20 * 1000 + 20 * 1000 + 10 * 1000) // 100 == 800


def test_a_teacher_leads_no_further_than_their_own_level() -> None:
    learner = amira(wants=(Want(20, 1, 4, 3),))

    found = exchanges(ben(offers=(Offer(20, 3),)), learner)

    assert [(each.reached, each.points) for each in found] == [(3, 640)]


@pytest.mark.parametrize("level,points", [(1, 0), (2, 0), (3, 600), (5, 600)])
def test_only_a_higher_level_helps(level: int, points: int) -> None:
    assert benefit(ben(offers=(Offer(20, level),)), AMIRA) == points


def test_benefit_is_capped() -> None:
    wants = (Want(20, 0, 1, 3), Want(21, 0, 1, 3))

    assert benefit(ben(offers=(Offer(20, 5), Offer(21, 5))), amira(wants=wants)) == 1000


@pytest.mark.parametrize("priority,points", [(1, 360), (2, 600), (3, 960)])
def test_priority_weighs(priority: int, points: int) -> None:
    assert benefit(BEN, amira(wants=(Want(20, 2, 3, priority),))) == points


def test_nobody_gains_alone() -> None:
    one_sided = score(AMIRA, ben(wants=(Want(99, 1, 3, 3),)))

    assert (one_sided.one_gains, one_sided.other_gains, one_sided.benefit) == (600, 0, 0)


@pytest.mark.parametrize(
    "other,expected",
    [
        (ben(id=1), Obstacle.SAME_PERSON),
        (ben(exclude=frozenset({1})), Obstacle.EXCLUDED),
        (ben(manager=1), Obstacle.MANAGER),
        (ben(team=1, avoid_team=True), Obstacle.SAME_TEAM),
        (ben(langs=2), Obstacle.LANGUAGE),
        (ben(modes=Mode.ON_SITE, site=2), Obstacle.PLACE),
        (ben(hours_min=3, hours_max=4), Obstacle.HOURS),
        (ben(weeks_min=13, weeks_max=16), Obstacle.WEEKS),
        (ben(commit=5), Obstacle.COMMITMENT),
        (ben(time=1 << 167), Obstacle.TIME),
    ],
)
def test_each_hard_rule_keeps_two_apart_either_way(other: Ad, expected: Obstacle) -> None:
    assert obstacles(AMIRA, other) == obstacles(other, AMIRA) == (expected,)


@pytest.mark.parametrize(
    "other",
    [
        ben(team=1),
        ben(commit=4),
        ben(hours_min=2, hours_max=5, time=AMIRA.time),
        ben(modes=Mode.ON_SITE),
        ben(modes=Mode.REMOTE, site=2),
        ben(modes=Mode.REMOTE, site=NOBODY),
        ben(weeks_min=12, weeks_max=20),
        ben(time=TUESDAY_10),
    ],
)
def test_what_is_no_obstacle(other: Ad) -> None:
    assert obstacles(AMIRA, other) == ()


def test_people_without_a_known_site_do_not_share_one() -> None:
    nowhere = amira(site=NOBODY, modes=Mode.ON_SITE)

    assert obstacles(nowhere, ben(site=NOBODY)) == (Obstacle.PLACE,)


def test_one_common_hour_less_than_needed_is_too_few() -> None:
    demanding = ben(hours_min=2, hours_max=3, time=TUESDAY_10)

    assert (needed_hours(AMIRA, demanding), obstacles(AMIRA, demanding)) == (2, (Obstacle.TIME,))


def test_suggestions_are_ordered_and_stable() -> None:
    better = ben(id=3, wants=(Want(10, 1, 3, 3),))
    twin = ben(id=4)

    found = [fit.other.id for fit in suggestions(AMIRA, [twin, BEN, better])]

    assert found == [3, 2, 4]
    assert [fit.other.id for fit in suggestions(AMIRA, [better, BEN, twin], limit=2)] == [3, 2]


def test_the_own_ad_the_manager_and_the_excluded_are_never_suggested() -> None:
    pool = [AMIRA, ben(id=5, manager=1), ben(id=6, exclude=frozenset({1}))]

    assert suggestions(amira(exclude=frozenset({2})), [*pool, BEN]) == ()


@pytest.mark.parametrize("commit,total,is_proposed", [(4, 304, False), (3, 384, True)])
def test_a_weak_pair_is_not_proposed(commit: int, total: int, is_proposed: bool) -> None:
    learner = amira(wants=(Want(20, 2, 5, 1),))
    weak = ben(offers=(Offer(20, 3),), wants=(Want(10, 0, 5, 1),), time=TUESDAY_10, dept=1, site=2, commit=commit)

    fit = Fit(learner, weak)

    assert (fit.is_possible, fit.is_mutual, fit.score.total, fit.is_proposed) == (True, True, total, is_proposed)
    assert (total >= LEAST) is is_proposed


@pytest.mark.parametrize(
    "other,is_near",
    [
        (ben(langs=2), True),
        (ben(wants=(Want(99, 1, 2, 1),)), True),
        (ben(langs=2, commit=5), False),
        (ben(langs=2, wants=(Want(99, 1, 2, 1),)), False),
        (ben(offers=(Offer(99, 5),)), False),
        (ben(exclude=frozenset({1})), False),
        (ben(manager=1), False),
        (BEN, False),
    ],
)
def test_near_misses_lack_exactly_one_thing_that_may_be_told(other: Ad, is_near: bool) -> None:
    assert bool(near_misses(AMIRA, [other])) is is_near


@pytest.mark.parametrize("seed", range(40))
def test_the_score_equals_a_second_reading_of_the_spec(seed: int) -> None:
    chance = random.Random(seed)
    pool = [random_ad(chance, number) for number in range(8)]

    for one in pool:
        for other in pool:
            assert score(one, other).total == slow_score(one, other)
            assert (not obstacles(one, other)) is slowly_allowed(one, other)


@pytest.mark.parametrize("seed", range(40))
def test_both_see_the_same_pair(seed: int) -> None:
    chance = random.Random(1000 + seed)
    one, other = random_ad(chance, 0), random_ad(chance, 1)

    here, there = Fit(one, other), Fit(other, one)

    assert (here.score.total, here.obstacles, here.is_proposed) == (
        there.score.total,
        there.obstacles,
        there.is_proposed,
    )
    assert (here.for_one, here.for_other) == (there.for_other, there.for_one)
    assert (here.score.one_gains, here.score.other_gains) == (there.score.other_gains, there.score.one_gains)
    assert here.common_hours == there.common_hours


@pytest.mark.parametrize("seed", range(20))
def test_suggestions_equal_brute_force(seed: int) -> None:
    chance = random.Random(2000 + seed)
    pool = [random_ad(chance, number, people=40) for number in range(40)]
    me = pool[0]

    wanted = sorted(
        (-slow_score(me, other), -slow_benefit(other, me), other.id)
        for other in pool
        if slowly_allowed(me, other)
        and slow_benefit(me, other) > 0
        and slow_benefit(other, me) > 0
        and slow_score(me, other) >= 350
    )

    assert [fit.other.id for fit in suggestions(me, pool, limit=40)] == [number for _s, _b, number in wanted]


@pytest.mark.parametrize("seed", range(20))
def test_more_common_time_never_lowers_the_score(seed: int) -> None:
    chance = random.Random(3000 + seed)
    one, other = random_ad(chance, 0), random_ad(chance, 1)
    freer = Fit(one, ben(**{**_all(other), "time": other.time | one.time}))

    assert freer.score.total >= Fit(one, other).score.total
    assert set(freer.obstacles) <= set(Fit(one, other).obstacles)


def _all(ad: Ad) -> dict[str, object]:
    return {name: getattr(ad, name) for name in Ad.__dataclass_fields__}


def slow_benefit(teacher: Ad, learner: Ad) -> int:
    """Read the spec once more, level by level."""
    total = 0
    for want in learner.wants:
        best = max((offer.level for offer in teacher.offers if offer.skill == want.skill), default=0)
        cell = {1: 360, 2: 600, 3: 960}[want.priority] // (want.target - want.current)
        total += sum(cell for level in range(want.current + 1, want.target + 1) if level <= best)
    return min(1000, total)


def slow_score(one: Ad, other: Ad) -> int:
    """Read the spec once more, with fractions cut where it cuts."""
    first, second = slow_benefit(one, other), slow_benefit(other, one)
    mutual = floor(Fraction(2 * first * second, first + second)) if first + second else 0
    common = sum(1 for hour in range(168) if one.time >> hour & 1 and other.time >> hour & 1)
    time = min(1000, floor(Fraction(1000 * common, 2 * max(one.hours_min, other.hours_min))))
    engagement = max(0, 1000 - 400 * abs(one.commit - other.commit) - 150 * abs(one.hours_min - other.hours_min))
    context = (500 if one.site == other.site and one.site >= 0 else 0) + (500 if one.dept != other.dept else 0)
    return floor(Fraction(50 * mutual + 20 * time + 20 * engagement + 10 * context, 100))


def slowly_allowed(one: Ad, other: Ad) -> bool:
    """Read the hard rules once more, as sentences."""
    common = sum(1 for hour in range(168) if one.time >> hour & 1 and other.time >> hour & 1)
    return (
        one.id != other.id
        and not ({one.id} & other.exclude or {other.id} & one.exclude)
        and other.id != one.manager
        and one.id != other.manager
        and not (one.team == other.team and (one.avoid_team or other.avoid_team))
        and any(one.langs >> bit & 1 and other.langs >> bit & 1 for bit in range(10))
        and bool(one.modes & other.modes & 4 or (one.site == other.site and one.modes & other.modes & 3))
        and max(one.hours_min, other.hours_min) <= min(one.hours_max, other.hours_max)
        and max(one.weeks_min, other.weeks_min) <= min(one.weeks_max, other.weeks_max)
        and -1 <= one.commit - other.commit <= 1
        and common >= max(one.hours_min, other.hours_min)
    )
