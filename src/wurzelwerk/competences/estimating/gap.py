"""The gap between an estimate and what is required, always with its reason; and the index over all.

g = max(0, R − Ĉ); G = Σ w·g / Σ w·R over what is known, with the share of the unknown beside it.
A surplus in one competence never makes up for a gap in another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import Generic, TypeVar

from wurzelwerk.competences.estimating.estimate import Estimate

CompetenceT = TypeVar("CompetenceT")

# Levels closer than this are the same: far below what a page shows, far above rounding.
TOLERANCE = 1e-9


class Reason(StrEnum):
    """Why there is a gap."""

    NEVER_RATED = "never_rated"
    RATED_BELOW = "rated_below"
    STALE = "stale"
    TARGET_RAISED = "target_raised"


@dataclass(frozen=True)
class Requirement(Generic[CompetenceT]):
    """What a target asks for: level (above 0, up to 5), weight (above 0, up to 1).

    ``previous_level``: what the version before asked for; None when it did not ask at all.
    """

    competence: CompetenceT
    level: float
    weight: float = 1.0
    previous_level: float | None = None


@dataclass(frozen=True)
class CompetenceGap(Generic[CompetenceT]):
    """What is missing to a target. ``size`` is in levels; None while nothing is known, 0 when reached.

    A level that is reached but unsecured is kept with size 0 and the reason "stale". ``raised_from`` is
    what was required before the target was raised.
    """

    competence: CompetenceT
    required: float
    estimate: Estimate | None
    size: float | None
    reasons: tuple[Reason, ...]
    weight: float
    raised_from: float | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.reasons)

    @property
    def urgency(self) -> float:
        """Return weight · size, by which gaps are sorted; 0 for what is unknown."""
        return self.weight * (self.size or 0.0)


@dataclass(frozen=True, slots=True)
class GapIndex:
    """G between 0 and 1 (None while nothing is known) and the share of the weight that is unknown."""

    value: float | None
    unknown_share: float
    unknown: int
    required: int


def gap(requirement: Requirement[CompetenceT], estimate: Estimate | None) -> CompetenceGap[CompetenceT]:
    """Return what is missing to ``requirement``, with the reasons in a fixed order."""
    if estimate is None:
        return _gap(requirement, None, None, (Reason.NEVER_RATED,))
    missing = requirement.level - estimate.level
    size = missing if missing > TOLERANCE else 0.0
    was_required = requirement.previous_level
    is_raised = size > 0 and was_required is not None and was_required < requirement.level - TOLERANCE
    was_reached = is_raised and was_required is not None and estimate.level >= was_required - TOLERANCE
    reasons = (
        *((Reason.RATED_BELOW,) if size > 0 and not was_reached else ()),
        *((Reason.TARGET_RAISED,) if is_raised else ()),
        *((Reason.STALE,) if estimate.is_unsecured else ()),
    )
    return _gap(requirement, estimate, size, reasons)


def _gap(
    requirement: Requirement[CompetenceT], estimate: Estimate | None, size: float | None, reasons: tuple[Reason, ...]
) -> CompetenceGap[CompetenceT]:
    return CompetenceGap(
        competence=requirement.competence,
        required=requirement.level,
        estimate=estimate,
        size=size,
        reasons=reasons,
        weight=requirement.weight,
        raised_from=requirement.previous_level if Reason.TARGET_RAISED in reasons else None,
    )


def index(gaps: Iterable[CompetenceGap[CompetenceT]]) -> GapIndex:
    """Return G over all requirements of a target, reached ones included."""
    every = tuple(gaps)
    known = [one for one in every if one.size is not None]
    asked = fsum(one.weight * one.required for one in every)
    asked_known = fsum(one.weight * one.required for one in known)
    missing = fsum(one.urgency for one in known)
    return GapIndex(
        value=missing / asked_known if asked_known > 0 else None,
        unknown_share=(asked - asked_known) / asked if asked > 0 else 0.0,
        unknown=len(every) - len(known),
        required=len(every),
    )


def by_urgency(gaps: Iterable[CompetenceGap[CompetenceT]]) -> tuple[CompetenceGap[CompetenceT], ...]:
    """Return open gaps: the largest weight · size first, then the unknown by weight, then the unsecured."""
    return tuple(sorted((one for one in gaps if one.is_open), key=_rank))


def _rank(one: CompetenceGap[CompetenceT]) -> tuple[int, float, float]:
    if one.size is None:
        return (1, -one.weight * one.required, 0.0)
    return (0, -one.urgency, 0.0) if one.size > 0 else (2, -one.weight * one.required, 0.0)
