"""Who fits one person now: suggestions in order, and those who nearly fit with what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from wurzelwerk.partnerships.matching.ads import Ad
from wurzelwerk.partnerships.matching.obstacles import CONFIDENTIAL, Obstacle, common_hours, obstacles
from wurzelwerk.partnerships.matching.scoring import LEAST, Exchange, Score, exchanges, score


@dataclass(frozen=True)
class Fit:
    """How one person's ad goes with another's: what each gains, what they share, what keeps them apart."""

    one: Ad
    other: Ad

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return the hard rules that keep them apart."""
        return obstacles(self.one, self.other)

    @cached_property
    def score(self) -> Score:
        """Return the pair in figures."""
        return score(self.one, self.other)

    @cached_property
    def for_one(self) -> tuple[Exchange, ...]:
        """Return what the one can learn from the other."""
        return exchanges(self.other, self.one)

    @cached_property
    def for_other(self) -> tuple[Exchange, ...]:
        """Return what the other can learn from the one."""
        return exchanges(self.one, self.other)

    @property
    def common_hours(self) -> int:
        """Return the bits of the hours (UTC) free for both."""
        return common_hours(self.one, self.other)

    @property
    def is_possible(self) -> bool:
        """Tell whether no hard rule keeps them apart."""
        return not self.obstacles

    @property
    def is_mutual(self) -> bool:
        """Tell whether both gain something."""
        return bool(self.for_one and self.for_other)

    @property
    def is_proposed(self) -> bool:
        """Tell whether this pair is good enough to be suggested to both."""
        return self.is_possible and self.is_mutual and self.score.total >= LEAST

    @property
    def is_near_miss(self) -> bool:
        """Tell whether the one would gain and a single thing is missing that may be told."""
        if not self.for_one or self.is_proposed or CONFIDENTIAL & set(self.obstacles):
            return False
        return len(self.obstacles) + (not self.for_other) <= 1


def suggestions(one: Ad, pool: Iterable[Ad], *, limit: int = 20) -> tuple[Fit, ...]:
    """Return the best pairs of ``one`` with the pool, best first; equal ones by id, so that order is stable."""
    fits = (fit for fit in (Fit(one, other) for other in pool) if fit.is_proposed)
    return tuple(nsmallest(limit, fits, key=_rank))


def near_misses(one: Ad, pool: Iterable[Ad], *, limit: int = 5) -> tuple[Fit, ...]:
    """Return those who could teach ``one`` something if one thing were different, best first."""
    fits = (fit for fit in (Fit(one, other) for other in pool) if fit.is_near_miss)
    return tuple(nsmallest(limit, fits, key=_rank))


def _rank(fit: Fit) -> tuple[int, int, int]:
    return -fit.score.total, -fit.score.one_gains, fit.other.id
