"""Learning debt once more, written otherwise: from the raw history alone, without ledger, curve or estimate.

Shares nothing with ``competences.debt`` and ``competences.estimating`` but the names of sources. Used by
tests that hold both against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

Said = TypeVar("Said")

VALIDITY = {"test": 0.48, "peer": 0.31, "partner": 0.31, "self": 0.29, "lead": 0.20}


@dataclass
class History:
    """All that ever happened to one competence: pairs of a day and what was said on it, oldest first.

    ``targets``: (level, weight). ``evidence``: (level, day it was seen) or None where all of it is gone.
    ``tables``: hours per level. ``half_lives``: days.
    """

    targets: list[tuple[date, tuple[float, float]]] = field(default_factory=list)
    evidence: list[tuple[date, tuple[float, date] | None]] = field(default_factory=list)
    tables: list[tuple[date, Sequence[float]]] = field(default_factory=list)
    half_lives: list[tuple[date, float]] = field(default_factory=list)


def debt_from(history: History, day: date, table: Sequence[float], half_life: float) -> float:
    """Return the hours owed on ``day``; ``table`` and ``half_life`` hold until the history says otherwise."""
    seen = last(history.evidence, day)
    target = last(history.targets, day)
    if seen is None or target is None:
        return 0.0
    level, seen_on = seen
    asked, weight = target
    hours = last(history.tables, day) or table
    pace = last(history.half_lives, day) or half_life
    return weight * area(hours, faded(level, (day - seen_on).days, pace), asked)


def last(said: list[tuple[date, Said]], day: date) -> Said | None:
    """Return what was said last until ``day``, None if nothing was."""
    for on, what in reversed(said):
        if on <= day:
            return what
    return None


def faded(level: float, days: float, half_life: float) -> float:
    """Return the level with the top level of it halved every ``half_life`` days."""
    lasting, fading = (level - 1, 1.0) if level > 1 else (0.0, level)
    return lasting + fading * pow(0.5, days / half_life) if days > 0 else level


def area(hours: Sequence[float], start: float, end: float) -> float:
    """Return the area under the steps between two levels: how far each step is covered, times its height."""
    return sum(max(0.0, min(end, step + 1) - max(start, step)) * height for step, height in enumerate(hours))


def area_by_slices(hours: Sequence[float], start: float, end: float, slices: int = 20_000) -> float:
    """Return nearly the same by adding up thin slices."""
    width = (end - start) / slices
    return sum(hours[min(4, int(start + (place + 0.5) * width))] for place in range(slices)) * width


def debt_from_evidence(
    pieces: Iterable[tuple[str, float, date]],
    target: tuple[float, float],
    day: date,
    table: Sequence[float],
    half_life: float,
) -> float:
    """Return the hours owed by raw pieces of evidence (source, level, day); 0 without any."""
    known = list(pieces)
    if not known:
        return 0.0
    weights = []
    for source, _level, on in known:
        squared = VALIDITY[source] * VALIDITY[source]
        weights.append(squared / (1 - squared) * pow(0.5, max(0, (day - on).days) / half_life))
    level = sum(weight * piece[1] for weight, piece in zip(weights, known, strict=True)) / sum(weights)
    newest = max(on for _source, _level, on in known)
    return target[1] * area(table, faded(level, (day - newest).days, half_life), target[0])
