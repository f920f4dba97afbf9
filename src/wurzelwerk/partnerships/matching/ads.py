"""What matching knows of an ad: figures and sets, no names and no texts."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Final

NOBODY: Final = -1
"""Stands for "no manager", "no site", "no team"; never equal to anybody's."""


class Mode(IntFlag):
    """Ways to meet, as bits."""

    ON_SITE = 1
    BLENDED = 2
    REMOTE = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A skill somebody can teach, and their own level in it (1 to 5)."""

    skill: int
    level: int


@dataclass(frozen=True, slots=True)
class Want:
    """A skill somebody wants to learn: from ``current`` (0–4) to ``target`` (1–5); priority 3 is the most urgent."""

    skill: int
    current: int
    target: int
    priority: int = 2


@dataclass(frozen=True, slots=True)
class Ad:
    """One ad of one person.

    ``time``: 168 bits, bit 24·weekday + hour is set when that hour is free every week (UTC, Monday
    first). ``langs``: bits. Hours are per week. ``exclude``: persons never to be proposed, whoever asked for it.
    """

    id: int
    offers: tuple[Offer, ...]
    wants: tuple[Want, ...]
    time: int
    hours_min: int
    hours_max: int
    weeks_min: int
    weeks_max: int
    commit: int
    langs: int
    modes: int = Mode.REMOTE
    site: int = NOBODY
    team: int = NOBODY
    dept: int = NOBODY
    manager: int = NOBODY
    avoid_team: bool = False
    exclude: frozenset[int] = frozenset()
