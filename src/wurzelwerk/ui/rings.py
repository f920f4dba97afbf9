"""The geometry of the Jahresringe: a level as a cross-section, on a square of 80 units."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

CORE_RADIUS: Final = 4.0
INNER_RADIUS: Final = 6.0
OUTER_RADIUS: Final = 37.0
NEARLY: Final = 0.05

Kind = Literal["hair", "target", "full", "part", "hollow"]


@dataclass(frozen=True, slots=True)
class Ring:
    """One circle: its radius, how it is drawn, and for a part how many hundredths of the round."""

    radius: float
    kind: Kind
    share: int = 100
    newest: bool = False


@dataclass(frozen=True, slots=True)
class RingShape:
    """All circles from the inside out; ``known`` is False when nothing is known about the level."""

    rings: tuple[Ring, ...]
    known: bool
    reached: bool


def ring_shape(level: float | None, target: float | None = None, scale: int = 5, state: str = "secured") -> RingShape:
    """Return the circles for ``level`` on a scale from 0 to ``scale``, with an optional ``target``.

    The rest of the scale are hairlines, the way to the target is dashed, a fraction is an arc.
    """
    step = (OUTER_RADIUS - INNER_RADIUS) / scale
    rings = tuple(
        ring
        for position in range(1, scale + 1)
        for ring in _at(position, round(INNER_RADIUS + position * step, 2), level, target, state)
    )
    return RingShape(rings, known=level is not None, reached=level is not None and level >= (target or 0))


def _at(position: int, radius: float, level: float | None, target: float | None, state: str) -> Iterator[Ring]:
    """Yield the base of one position and, over it, how much of it is reached."""
    share = min(1.0, max(0.0, (level or 0.0) - (position - 1)))
    is_newest = level is not None and 0 < level - (position - 1) <= 1
    if share >= 1 - NEARLY:
        if state != "unsecured":
            yield Ring(radius, "full", newest=is_newest)
            return
        yield Ring(round(radius - 1.6, 2), "hollow", newest=is_newest)
        yield Ring(round(radius + 1.6, 2), "hollow", newest=is_newest)
        return
    yield Ring(radius, "target" if target is not None and position <= target + NEARLY else "hair")
    if share > NEARLY:
        yield Ring(radius, "part", round(share * 100), newest=is_newest)
