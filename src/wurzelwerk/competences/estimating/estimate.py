"""The estimate of a level from pieces of evidence, with its interval.

Ĉ = Σ v·x / Σ v with v = r²/(1−r²) · 2^(−age/half-life); the 80 % interval is Ĉ ± 1.28·1.25/√(1+Σv),
cut to 0–5. Without evidence there is no estimate: unknown, never 0.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import exp2, fsum, sqrt
from typing import Final

from wurzelwerk.competences.estimating.ageing import unsecured_on
from wurzelwerk.competences.estimating.pieces import DEFAULT_RULE, SCALE, Piece, Rule

EXACT_PLACES: Final = 9
"""Beyond these places lies rounding: one piece of level 3 gives exactly 3."""
OWN_WORD: Final = "self"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A level with its 80 % interval, all between 0 and 5.

    ``is_unsecured``: the newest evidence is older than the half-life. ``disagrees``: two sources are
    levels apart. ``newest_on``: the day of the newest evidence; ``unsecured_on``: the day from which
    the level is unsecured. ``weight`` is Σv, ``pieces`` how many pieces it rests on.
    """

    level: float
    low: float
    high: float
    is_unsecured: bool
    disagrees: bool
    newest_on: date
    unsecured_on: date
    weight: float
    pieces: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one piece gives to the estimate: its weight v, and its part of Σv (0 to 1)."""

    piece: Piece
    weight: float
    part: float


def estimate(pieces: Iterable[Piece], today: date, half_life_days: int, rule: Rule = DEFAULT_RULE) -> Estimate | None:
    """Return the estimate on ``today`` (the day in the site's zone), or None when nothing is known.

    The order of the pieces has no meaning. Raises ``KeyError`` for a source the rule does not know.
    """
    known = tuple(pieces)
    if not known:
        return None
    weights = [_weight(piece, today, half_life_days, rule) for piece in known]
    total = fsum(weights)
    mean = fsum(weight * piece.level for weight, piece in zip(weights, known, strict=True)) / total
    level = _cut(round(mean, EXACT_PLACES))
    half = rule.quantile * rule.spread / sqrt(1 + total)
    newest = max(piece.newest_day for piece in known)
    ends = unsecured_on(newest, half_life_days)
    return Estimate(
        level=level,
        low=_cut(level - half),
        high=_cut(level + half),
        is_unsecured=today >= ends,
        disagrees=_disagree(known, today, half_life_days, rule),
        newest_on=newest,
        unsecured_on=ends,
        weight=total,
        pieces=len(known),
    )


def shares(pieces: Iterable[Piece], today: date, half_life_days: int, rule: Rule = DEFAULT_RULE) -> tuple[Share, ...]:
    """Return what each piece gives to the estimate, in the order given; the parts sum to 1."""
    known = tuple(pieces)
    weights = [_weight(piece, today, half_life_days, rule) for piece in known]
    total = fsum(weights)
    return tuple(Share(piece, weight, weight / total) for piece, weight in zip(known, weights, strict=True))


def _weight(piece: Piece, today: date, half_life_days: int, rule: Rule) -> float:
    # Halved a thousand times it is as good as nothing, but never exactly nothing: Σv stays above 0.
    halvings = min(piece.age_days(today) / half_life_days, 1000.0)
    return rule.fresh_weight(piece.kind) * exp2(-halvings)


def _disagree(pieces: Collection[Piece], today: date, half_life_days: int, rule: Rule) -> bool:
    """Tell whether what each source said last, within a half-life, lies too far apart."""
    latest: dict[str, tuple[date, list[float]]] = {}
    for piece in pieces:
        if piece.age_days(today) >= half_life_days:
            continue
        day, levels = latest.get(piece.source, (date.min, []))
        if piece.observed_on > day:
            latest[piece.source] = (piece.observed_on, [piece.level])
        elif piece.observed_on == day:
            levels.append(piece.level)
    said = sorted((day, fsum(levels) / len(levels), source) for source, (day, levels) in latest.items())
    return any(_contradict(earlier, later, rule) for earlier, later in combinations(said, 2))


def _contradict(earlier: tuple[date, float, str], later: tuple[date, float, str], rule: Rule) -> bool:
    """Tell whether two sources lie too far apart; a level that others saw risen weeks later is growth."""
    days, step = (later[0] - earlier[0]).days, later[1] - earlier[1]
    has_grown = step > 0 and days >= rule.growth_days and later[2] != OWN_WORD
    return abs(step) >= rule.disagreement and not has_grown


def _cut(level: float) -> float:
    return min(SCALE, max(0.0, level))
