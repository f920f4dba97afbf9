"""Gaps and debt of everybody at once, in arrays: the formulas of ``estimating`` and ``debt``, chunk by chunk.

Only tests hold both against each other; a rule that changes there changes here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wurzelwerk.competences.debt.effort import STEPS, EffortCurve
from wurzelwerk.competences.debt.position import FADING_LEVELS
from wurzelwerk.competences.estimating import DEFAULT_RULE, Rule

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]
Asked = Mapping[int, tuple[float, float]]
"""What a role asks for: number of the competence → (level, weight)."""

EVIDENCE: Final = np.dtype(
    [("level", "f8"), ("person", "i4"), ("competence", "i4"), ("kind", "i4"), ("day", "i4"), ("newest", "i4")]
)
"""One row per piece: numbers of person, competence and kind; day observed and last known to hold (``toordinal``)."""
NO_ROLE: Final = -1
CHUNK: Final = 2_000
"""Persons at a time: few enough that their arrays stay in the cache of the processor."""
_OLDEST_HALVINGS: Final = 1000.0


def kinds(rule: Rule = DEFAULT_RULE) -> dict[str, int]:
    """Return the number by which the column ``kind`` names each kind of evidence."""
    return {kind: number for number, kind in enumerate(rule.validities)}


@dataclass(frozen=True)
class Targets:
    """What roles ask for, place by place, and what the competences cost.

    ``competences``, ``required``, ``weights``: roles × places; a place that is not used asks for level 0. The
    last row asks for nothing: ``NO_ROLE``. ``half_lives`` (days) and ``curves`` (× 5, hours per level): by
    number of the competence.
    """

    competences: Whole
    required: Floats
    weights: Floats
    half_lives: Floats
    curves: Floats

    @classmethod
    def of(cls, roles: Sequence[Asked], half_lives: Sequence[float], curves: Sequence[EffortCurve]) -> "Targets":
        """Return the arrays of ``roles``; half-life and curve stand under the number of the competence."""
        shape = (len(roles) + 1, max((len(asked) for asked in roles), default=0))
        competences, required, weights = np.zeros(shape, np.int32), np.zeros(shape), np.zeros(shape)
        for role, asked in enumerate(roles):
            for place, (competence, (level, weight)) in enumerate(asked.items()):
                competences[role, place], required[role, place], weights[role, place] = competence, level, weight
        effort = np.array([curve.hours_per_level for curve in curves], np.float64)
        return cls(competences, required, weights, np.array(half_lives, np.float64), effort)

    @cached_property
    def place_of(self) -> Whole:
        """Return roles × competences: the place of each competence; one behind the last where it is not asked for."""
        places = self.required.shape[1]
        found = np.full((len(self.required), len(self.half_lives)), places, np.int32)
        roles, used = np.nonzero(self.required > 0)
        found[roles, self.competences[roles, used]] = used
        return found

    @cached_property
    def owed_from_zero(self) -> Floats:
        """Return roles × places: w·H(0, R) in hours."""
        return self.weights * self.effort(self.competences, self.required)

    def effort(self, competences: Whole, levels: Floats) -> Floats:
        """Return H(0, level) in hours, each along the curve of its competence."""
        starts, slopes = self._lines
        line = competences * STEPS + np.minimum(levels.astype(np.int32), STEPS - 1)
        hours: Floats = slopes.take(line)
        hours *= levels
        hours += starts.take(line)
        return hours

    @cached_property
    def _lines(self) -> tuple[Floats, Floats]:
        """Return the straight lines that H(0, ·) consists of: value at level 0 and slope, one after the other."""
        before = np.cumsum(self.curves, axis=1) - self.curves
        return (before - self.curves * np.arange(STEPS)).ravel(), self.curves.ravel()


@dataclass(frozen=True)
class Reckoning:
    """Persons × places: the estimate (0 where not ``known``), the gap in levels, the debt in hours; sums per person.

    ``gap_index``: G over what is known, not a number where nothing is. ``unknown_hours``: the most that the
    unknown may owe, no part of ``debt``.
    """

    known: NDArray[np.bool_]
    levels: Floats
    gaps: Floats
    hours: Floats
    debt: Floats
    unknown_hours: Floats
    gap_index: Floats


def reckon(
    pieces: NDArray[Any], roles: Whole, targets: Targets, today: int, *, first: int = 0, rule: Rule = DEFAULT_RULE
) -> Reckoning:
    """Return gaps and debt of the persons ``first``, ``first`` + 1, ... whose roles are given, on the day ``today``.

    ``pieces`` (of dtype ``EVIDENCE``, in any order) may hold no other persons. Raises ``IndexError`` or
    ``ValueError`` for numbers that do not exist.
    """
    total, weighted, newest = _gathered(pieces, roles, targets, today, first=first, rule=rule)
    known = total > 0
    levels = np.divide(weighted, total, out=np.zeros_like(total), where=known)
    faded = _faded(levels, np.maximum(today - newest, 0), targets.half_lives[targets.competences][roles])
    required, weights, most = targets.required[roles], targets.weights[roles], targets.owed_from_zero[roles]
    hours = most - weights * targets.effort(targets.competences[roles], faded)
    np.maximum(hours, 0.0, out=hours)
    hours *= known
    gaps = np.maximum(required - levels, 0.0) * known
    asked = np.einsum("ij,ij,ij->i", weights, required, known)
    missing = np.einsum("ij,ij->i", weights, gaps)
    return Reckoning(
        known=known,
        levels=levels,
        gaps=gaps,
        hours=hours,
        debt=hours.sum(axis=1),
        unknown_hours=np.einsum("ij,ij->i", most, ~known),
        gap_index=np.divide(missing, asked, out=np.full(len(asked), np.nan), where=asked > 0),
    )


def reckon_all(
    pieces: NDArray[Any], roles: Whole, targets: Targets, today: int, *, chunk: int = CHUNK, rule: Rule = DEFAULT_RULE
) -> Iterator[tuple[int, Reckoning]]:
    """Yield (number of the first person, reckoning) for ``chunk`` persons at a time; ``pieces`` sorted by person.

    Besides the columns given, memory holds one chunk: about 250 bytes per person and place.
    """
    for first in range(0, len(roles), chunk):
        some = roles[first : first + chunk]
        begin, end = np.searchsorted(pieces["person"], [first, first + len(some)])
        yield first, reckon(pieces[begin:end], some, targets, today, first=first, rule=rule)


def _gathered(
    pieces: NDArray[Any], roles: Whole, targets: Targets, today: int, *, first: int, rule: Rule
) -> tuple[Floats, Floats, Whole]:
    """Return Σv, Σv·x and the newest day per person and place."""
    person = pieces["person"] - first
    if person.size and person.min() < 0:
        raise ValueError(f"There is evidence of persons before number {first}.")
    shape = (len(roles), targets.required.shape[1] + 1)  # behind the last place lands what is not asked for
    place = targets.place_of[roles[person], pieces["competence"]]
    cell = person.astype(np.int64) * shape[1] + place
    fresh = np.array([rule.fresh_weight(kind) for kind in rule.validities])
    halvings = np.maximum(today - pieces["day"], 0) / targets.half_lives[pieces["competence"]]
    weight = fresh[pieces["kind"]] * np.exp2(-np.minimum(halvings, _OLDEST_HALVINGS))
    size = shape[0] * shape[1]
    newest = np.zeros(size, np.int32)
    np.maximum.at(newest, cell, pieces["newest"])
    total = np.bincount(cell, weight, size).astype(np.float64, copy=False)  # of nothing numpy counts whole numbers
    weighted = np.bincount(cell, weight * pieces["level"], size).astype(np.float64, copy=False)
    return total.reshape(shape)[:, :-1], weighted.reshape(shape)[:, :-1], newest.reshape(shape)[:, :-1]


def _faded(levels: Floats, days: Whole, half_lives: Floats) -> Floats:
    floors = np.maximum(levels - FADING_LEVELS, 0.0)
    faded: Floats = floors + (levels - floors) * np.exp2(-days / half_lives)
    return faded
