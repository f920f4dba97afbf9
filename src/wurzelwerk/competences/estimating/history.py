"""How a level was known over time: on each day by what had been said until then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from wurzelwerk.competences.estimating.estimate import Estimate, estimate
from wurzelwerk.competences.estimating.pieces import DEFAULT_RULE, Piece, Rule


def history(
    pieces: Iterable[Piece], days: Iterable[date], half_life_days: int, rule: Rule = DEFAULT_RULE
) -> tuple[Estimate | None, ...]:
    """Return the estimate on each of ``days``, None where nothing had been said yet.

    What was confirmed later counts as not confirmed until then. What was taken back since is not there at all.
    """
    known = tuple(pieces)
    return tuple(known_on(known, day, half_life_days, rule) for day in days)


def known_on(pieces: Iterable[Piece], day: date, half_life_days: int, rule: Rule = DEFAULT_RULE) -> Estimate | None:
    """Return the estimate on ``day`` by what had been said until then; None where nothing had."""
    until = [_as_known(piece, day) for piece in pieces if piece.observed_on <= day]
    return estimate(until, day, half_life_days, rule)


def _as_known(piece: Piece, day: date) -> Piece:
    is_later = piece.confirmed_on is not None and piece.confirmed_on > day
    return replace(piece, confirmed_on=None) if is_later else piece
