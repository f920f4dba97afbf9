"""The score of a pair, "spec v1": whole numbers that a person can add up again.

S = (50·R + 20·T + 20·E + 10·C) // 100 with R mutual benefit, T common time, E engagement and
C context, each from 0 to 1000.
"""

from dataclasses import dataclass
from typing import Final

from wurzelwerk.partnerships.matching.ads import Ad, Want
from wurzelwerk.partnerships.matching.obstacles import are_at_one_site, common_hours, needed_hours

VERSION: Final = 1
HIGHEST: Final = 1000
LEAST: Final = 350
"""Below this a pair is not proposed."""

PRIORITY_POINTS: Final = {1: 360, 2: 600, 3: 960}
WEIGHTS: Final = {"benefit": 50, "time": 20, "engagement": 20, "context": 10}
COMMITMENT_STEP: Final = 400
HOURS_STEP: Final = 150
SAME_SITE: Final = 500
OTHER_DEPARTMENT: Final = 500


@dataclass(frozen=True, slots=True)
class Exchange:
    """One wish that the other can help with: levels of the wish, level of the teacher, points for it."""

    skill: int
    level: int
    current: int
    target: int
    priority: int
    points: int

    @property
    def reached(self) -> int:
        """Return how far the teacher can lead: their own level at most."""
        return min(self.level, self.target)


@dataclass(frozen=True, slots=True)
class Score:
    """A pair in figures from 0 to 1000; ``one_gains`` and ``other_gains`` are the benefits of each alone."""

    one_gains: int
    other_gains: int
    benefit: int
    time: int
    engagement: int
    context: int

    @property
    def total(self) -> int:
        """Return S."""
        return (
            WEIGHTS["benefit"] * self.benefit
            + WEIGHTS["time"] * self.time
            + WEIGHTS["engagement"] * self.engagement
            + WEIGHTS["context"] * self.context
        ) // 100


def exchanges(teacher: Ad, learner: Ad) -> tuple[Exchange, ...]:
    """Return what ``teacher`` can teach ``learner``, most useful first."""
    levels: dict[int, int] = {}
    for offer in teacher.offers:
        levels[offer.skill] = max(offer.level, levels.get(offer.skill, 0))
    found = (
        Exchange(want.skill, level, want.current, want.target, want.priority, _points(want, level))
        for want in learner.wants
        if (level := levels.get(want.skill, 0)) > want.current
    )
    return tuple(sorted(found, key=lambda each: (-each.points, each.skill)))


def _points(want: Want, level: int) -> int:
    step = PRIORITY_POINTS[want.priority] // (want.target - want.current)
    return step * (min(level, want.target) - want.current)


def benefit(teacher: Ad, learner: Ad) -> int:
    """Return b(teacher → learner): the points of all exchanges, at most 1000."""
    return min(HIGHEST, sum(each.points for each in exchanges(teacher, learner)))


def score(one: Ad, other: Ad) -> Score:
    """Return the pair in figures; the total is the same whichever stands first."""
    to_one, to_other = benefit(other, one), benefit(one, other)
    both = to_one + to_other
    return Score(
        one_gains=to_one,
        other_gains=to_other,
        benefit=2 * to_one * to_other // both if both else 0,
        time=_time(one, other),
        engagement=_engagement(one, other),
        context=SAME_SITE * are_at_one_site(one, other) + OTHER_DEPARTMENT * (one.dept != other.dept),
    )


def _time(one: Ad, other: Ad) -> int:
    return min(HIGHEST, HIGHEST * common_hours(one, other).bit_count() // (2 * needed_hours(one, other)))


def _engagement(one: Ad, other: Ad) -> int:
    lost = COMMITMENT_STEP * abs(one.commit - other.commit) + HOURS_STEP * abs(one.hours_min - other.hours_min)
    return max(0, HIGHEST - lost)
