"""The ledger of one competence, reckoned anew from what is known of it: evidence by its days, targets by theirs.

Nothing of it is stored. What a person takes back or contests is gone from their ledger too, and a new rule
explains the past with the same words as the present (docs/adr/0019-the-personal-ledger-is-reckoned.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic

from wurzelwerk.competences.debt.effort import DEFAULT_CURVE, EffortCurve
from wurzelwerk.competences.debt.ledger import (
    Booked,
    Entry,
    Event,
    Learned,
    Measured,
    RoleChanged,
    TargetChanged,
    TimePassed,
    book,
)
from wurzelwerk.competences.debt.position import CompetenceT, Known, Position
from wurzelwerk.competences.estimating import Piece, known_on


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of evidence; ``is_verified``: it came out of learning, and others or a test have seen it."""

    piece: Piece
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the role asks for from ``day`` on: level 0 where it does not ask."""

    day: date
    level: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Past(Generic[CompetenceT]):
    """All that is known of one competence of one person; ``asked`` in the order of the versions."""

    competence: CompetenceT
    said: tuple[Said, ...]
    asked: tuple[Asked, ...]
    half_life_days: int
    curve: EffortCurve = DEFAULT_CURVE


def replay(past: Past[CompetenceT], closings: Iterable[date], today: date) -> Booked[CompetenceT]:
    """Return the position on ``today`` and all entries until then, in order of time.

    On each of ``closings`` (ends of periods) the time until then is booked. What the role asks for first is no
    raised target: it books to M. Of several versions on one day the last counts. What is dated ahead is not there yet.
    """
    asked = {one.day: one for one in past.asked if one.day <= today}
    days = sorted({*asked, *_days_of(past.said, today), *(day for day in closings if day < today), today})
    position = Position(past.competence, days[0], half_life_days=past.half_life_days, curve=past.curve)
    entries: list[Entry[CompetenceT]] = []
    is_asked = False
    for day in days:
        for event in _events(past, asked.get(day), day, is_first=not is_asked):
            position, booked = book(position, event, day)
            entries += booked
        is_asked = is_asked or day in asked
    return replace(position, booked_on=today), tuple(entries)


def _events(past: Past[CompetenceT], asked: Asked | None, day: date, *, is_first: bool) -> Iterable[Event]:
    """Yield what happened on ``day``: the target first, then what was said; time alone at the end of a period."""
    if asked is not None:
        yield RoleChanged(asked.level, asked.weight) if is_first else TargetChanged(asked.level, asked.weight)
    new = [one for one in past.said if day in _days_of_piece(one.piece)]
    known = Known.of(known_on([one.piece for one in past.said], day, past.half_life_days)) if new else None
    if known is None:
        yield TimePassed()
    elif any(one.is_verified for one in new):
        yield Learned(known)
    else:
        yield Measured(known)


def _days_of(said: Iterable[Said], today: date) -> set[date]:
    return {day for one in said for day in _days_of_piece(one.piece) if day <= today}


def _days_of_piece(piece: Piece) -> tuple[date, ...]:
    """Return the days on which a piece changes what is known: observed, and confirmed where that counts."""
    return (piece.observed_on, piece.confirmed_on) if piece.confirmed_on and piece.has_lasted else (piece.observed_on,)
