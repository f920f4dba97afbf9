"""What if: so many hours a week, or a higher target. Nothing here is booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum
from typing import Final

from wurzelwerk.competences.debt.position import CompetenceT, Known, Position

WEEK: Final = timedelta(days=7)
HORIZON_WEEKS: Final = 156
PAID_HOURS: Final = 1e-6
"""Less than this is nothing: far below a second of learning, far above rounding."""


@dataclass(frozen=True, slots=True)
class Repayment:
    """When the known debt is paid: the last day of that week, and the weeks until then; None: not in the horizon.

    ``left`` is the debt in hours at the end of the calculation.
    """

    paid_on: date | None
    weeks: int | None
    left: float


@dataclass(frozen=True, slots=True)
class Added:
    """What a target adds, in hours: to the known debt, and to the most the unknown may owe. Negative: less."""

    hours: float
    unknown_hours: float


def repayment(
    positions: Iterable[Position[CompetenceT]],
    hours_per_week: float,
    today: date,
    *,
    horizon_weeks: int = HORIZON_WEEKS,
) -> Repayment:
    """Return when the debt is paid by learning ``hours_per_week`` from ``today`` on, in weekly steps.

    An hour of learning goes one hour along the effort curve (the debt counts it by the weight). It goes to
    what weighs most, then to what misses least. What is learned in a week is in use and does not fade in it;
    meanwhile everything else is forgotten as in the ledger, what meets its target today included. What reaches
    its target by this learning counts as used and stays. Give some of the positions to ask for these alone.
    """
    open_now = [one for one in positions if one.known]
    day, left = today, fsum(one.hours_on(today) for one in open_now)
    for week in range(horizon_weeks + 1):
        if left <= PAID_HOURS:
            return Repayment(day, week, left)
        if week < horizon_weeks:
            day += WEEK
            open_now = _learned(open_now, max(0.0, hours_per_week), day)
            left = fsum(one.hours_on(day) for one in open_now)
    return Repayment(None, None, left)


def _learned(positions: Iterable[Position[CompetenceT]], hours: float, day: date) -> list[Position[CompetenceT]]:
    """Return what is still to watch after ``hours`` of learning in the week that ends on ``day``."""
    rest = []
    for one in sorted(positions, key=lambda one: (-one.weight, one.hours_on(day))):
        level = one.level_on(day - WEEK)
        missing = one.curve.hours(level, one.required) if level is not None else 0.0
        if level is None or missing <= 0 or hours <= 0:
            rest.append(one)
        elif missing > hours:
            rest.append(replace(one, known=Known(one.curve.level_after(level, hours), day)))
        hours -= min(hours, missing)
    return rest


def added_by_target(
    positions: Mapping[CompetenceT, Position[CompetenceT]],
    competence: CompetenceT,
    level: float,
    today: date,
    weight: float | None = None,
) -> Added:
    """Return what it adds if the target for ``competence`` were ``level`` (and weighed ``weight``)."""
    before = positions.get(competence) or Position(competence, booked_on=today)
    after = replace(before, required=level, weight=before.weight if weight is None else weight)
    return Added(after.hours_on(today) - before.hours_on(today), after.unknown_hours - before.unknown_hours)
