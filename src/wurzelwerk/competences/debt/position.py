"""What one competence owes today, and what a person owes: known hours, their interval, and the unknown beside them.

D = Σ w·H(Č, R) over what is known, with the level as it fades: Č(t) = f + (Ĉ − f)·2^(−Δt/τ), where
f = max(0, Ĉ − 1) and Δt counts the days since the newest evidence. The estimate a page shows does not fade.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import exp2, fsum, sqrt
from typing import Final, Generic, Self, TypeVar

from wurzelwerk.competences.debt.effort import DEFAULT_CURVE, EffortCurve
from wurzelwerk.competences.estimating import DEFAULT_RULE, Estimate
from wurzelwerk.competences.estimating import Rule as EstimateRule

CompetenceT = TypeVar("CompetenceT")

HIGHEST_LEVEL: Final = 5.0
FADING_LEVELS: Final = 1.0
"""Unused, a competence loses at most so many levels."""
HALF_LIFE_DAYS: Final = 335


def decayed(level: float, days_since_newest: float, half_life_days: float) -> float:
    """Return Č: what is left of ``level`` so many days after its newest evidence (none before it)."""
    floor = max(0.0, level - FADING_LEVELS)
    return floor + (level - floor) * exp2(-max(0.0, days_since_newest) / half_life_days)


@dataclass(frozen=True, slots=True)
class Known:
    """A level (0 to 5) with the day of its newest evidence; ``margin`` levels either side hold 80 %."""

    level: float
    newest_on: date
    margin: float = 0.0

    @classmethod
    def of(cls, estimate: Estimate | None, rule: EstimateRule = DEFAULT_RULE) -> Self | None:
        """Return what ``estimate`` tells; None while nothing is known."""
        if estimate is None:
            return None
        return cls(estimate.level, estimate.newest_on, rule.quantile * rule.spread / sqrt(1 + estimate.weight))

    def level_on(self, day: date, half_life_days: float, *, shift: float = 0.0) -> float:
        """Return the faded level on ``day``; ``shift`` is added to the level before (cut to the scale)."""
        level = min(HIGHEST_LEVEL, max(0.0, self.level + shift))
        return decayed(level, (day - self.newest_on).days, half_life_days)


@dataclass(frozen=True, slots=True)
class Position(Generic[CompetenceT]):
    """One competence of one person in the ledger, as of the day it was last booked.

    ``required``: the level a target asks for, 0 where none does. ``weight``: above 0, at most 1.
    ``known``: None while nothing is known, which owes nothing and is reported apart.
    """

    competence: CompetenceT
    booked_on: date
    required: float = 0.0
    weight: float = 1.0
    known: Known | None = None
    half_life_days: int = HALF_LIFE_DAYS
    curve: EffortCurve = DEFAULT_CURVE

    def level_on(self, day: date) -> float | None:
        """Return the faded level on ``day``; None while nothing is known."""
        return self.known.level_on(day, self.half_life_days) if self.known else None

    def hours_on(self, day: date, *, shift: float = 0.0) -> float:
        """Return the debt in hours on ``day``, were the level ``shift`` higher; a surplus owes nothing, never less."""
        if self.known is None:
            return 0.0
        return self.weight * self.curve.hours(self.known.level_on(day, self.half_life_days, shift=shift), self.required)

    @property
    def unknown_hours(self) -> float:
        """Return the most that may be owed while nothing is known: w·H(0, R); 0 once something is."""
        return 0.0 if self.known else self.weight * self.curve.hours(0.0, self.required)


@dataclass(frozen=True, slots=True)
class Debt:
    """What a person owes, in hours: the known part, and the range that holds 80 % of each level.

    ``unknown_hours`` is no part of it: what the ``unknown`` competences may owe, from 0 to this.
    """

    hours: float
    low: float
    high: float
    unknown_hours: float
    unknown: int

    def reach_weeks(self, hours_per_week: float) -> float | None:
        """Return T = D/L, the weeks of granted learning time the known debt takes; None when none is granted."""
        return self.hours / hours_per_week if hours_per_week > 0 else None


def debt_of(positions: Iterable[Position[CompetenceT]], day: date) -> Debt:
    """Return what is owed on ``day``; a surplus in one competence never makes up for another."""
    every = tuple(positions)
    return Debt(
        hours=fsum(one.hours_on(day) for one in every),
        low=fsum(one.hours_on(day, shift=one.known.margin) for one in every if one.known),
        high=fsum(one.hours_on(day, shift=-one.known.margin) for one in every if one.known),
        unknown_hours=fsum(one.unknown_hours for one in every),
        unknown=sum(one.known is None and one.required > 0 for one in every),
    )
