"""The geometry of drawings: the gauge of learning time, week windows, lines and shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

GAUGE_TOP: Final = 8.0
GAUGE_BOTTOM: Final = 90.0
DAY_WIDTH: Final = 14
DAY_GAP: Final = 8
WEEK_HEIGHT: Final = 36
HOUR: Final = 60
LINE_WIDTH: Final = 320.0
LINE_HEIGHT: Final = 96.0
LINE_PAD: Final = 8.0
LEVELS_WIDTH: Final = 240.0
LEVELS_HEIGHT: Final = 80.0
LEVELS_PAD: Final = 6.0
RADAR_RADIUS: Final = 100.0


def share_of(value: float, maximum: float) -> float:
    """Return ``value`` in per cent of ``maximum``, between 0 and 100, to one decimal."""
    return round(min(100.0, max(0.0, 100.0 * value / maximum)), 1) if maximum > 0 else 0.0


@dataclass(frozen=True, slots=True)
class GaugeShape:
    """Heights in a vessel of 46 by 92 units: the water, the planned level, the agreed mark, the ticks."""

    water: float
    planned: float | None
    agreed: float | None
    ticks: tuple[float, ...]
    full: bool


def gauge_shape(used: float, agreed: float, planned: float = 0) -> GaugeShape:
    """Return how high the water stands; the agreed time fills the vessel unless more was used or planned."""
    brim = max(agreed, used + planned, 1.0)
    height = GAUGE_BOTTOM - GAUGE_TOP

    def level(amount: float) -> float:
        return round(GAUGE_BOTTOM - height * amount / brim, 1)

    return GaugeShape(
        water=level(used),
        planned=level(used + planned) if planned > 0 else None,
        agreed=level(agreed) if 0 < agreed < brim else None,
        ticks=tuple(round(GAUGE_BOTTOM - height * part / 4, 1) for part in (1, 2, 3)),
        full=used >= agreed > 0,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One window of a day: where it stands, and whether both have it free."""

    x: int
    y: float
    height: float
    shared: bool


@dataclass(frozen=True, slots=True)
class WeekShape:
    """The columns of a week; ``columns`` are (x, weekday from 1)."""

    width: int
    columns: tuple[tuple[int, int], ...]
    bars: tuple[Bar, ...]


Window = tuple[int, int, int]
"""Weekday from 1 (Monday), start and end in minutes since midnight."""


def week_shape(windows: Sequence[Window], both: Iterable[Window] = (), start: int = 7, end: int = 19) -> WeekShape:
    """Return the bars of ``windows`` between the hours ``start`` and ``end``; weekends only when used."""
    shared = list(both)
    days = max([5, *(day for day, _, _ in [*windows, *shared])])
    columns = tuple((index * (DAY_WIDTH + DAY_GAP), index + 1) for index in range(days))
    bars = [_bar(window, start, end, is_shared=False) for window in windows]
    bars += [_bar(window, start, end, is_shared=True) for window in shared]
    return WeekShape(days * (DAY_WIDTH + DAY_GAP) - DAY_GAP, columns, tuple(bars))


def _bar(window: Window, start: int, end: int, *, is_shared: bool) -> Bar:
    day, first, last = window
    span = (end - start) * HOUR
    top = min(max(first - start * HOUR, 0), span) / span * WEEK_HEIGHT
    bottom = min(max(last - start * HOUR, 0), span) / span * WEEK_HEIGHT
    height = max(bottom - top, 2.0)
    return Bar((day - 1) * (DAY_WIDTH + DAY_GAP), round(min(top, WEEK_HEIGHT - height), 1), round(height, 1), is_shared)


@dataclass(frozen=True, slots=True)
class LineShape:
    """The stretches of a line in 320 by 96 units (gaps where nothing is known) and its last point."""

    stretches: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    highest: float
    lowest: float


def line_shape(points: Sequence[tuple[str, float | None]]) -> LineShape:
    """Return the line through ``points`` (label, value); a missing value interrupts it."""
    known = [value for _, value in points if value is not None]
    lowest, highest = min([0.0, *known]), max([0.0, *known])
    span = (highest - lowest) or 1.0
    step = (LINE_WIDTH - 2 * LINE_PAD) / max(len(points) - 1, 1)
    stretches: list[list[tuple[float, float]]] = [[]]
    for index, (_, value) in enumerate(points):
        if value is None:
            stretches.append([])
            continue
        y = LINE_HEIGHT - LINE_PAD - (value - lowest) / span * (LINE_HEIGHT - 2 * LINE_PAD)
        stretches[-1].append((round(LINE_PAD + index * step, 1), round(y, 1)))
    drawn = [stretch for stretch in stretches if stretch]
    return LineShape(
        tuple(" ".join(f"{x},{y}" for x, y in stretch) for stretch in drawn),
        tuple(point for stretch in drawn for point in stretch),
        highest,
        lowest,
    )


LevelPoint = tuple[str, float, float, float] | tuple[str, None, None, None]
"""A day as text, the level on it and the range around it; None where nothing was known."""
_Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LevelsShape:
    """A level over time in 240 by 80 units: lines, the ranges around them, the target's height, the last point."""

    lines: tuple[str, ...]
    bands: tuple[str, ...]
    target: float | None
    last: tuple[float, float] | None


def levels_shape(points: Sequence[LevelPoint], target: float | None = None, scale: int = 5) -> LevelsShape:
    """Return a line of levels on the whole scale from 0, so that several beside each other can be compared."""
    step = (LEVELS_WIDTH - 2 * LEVELS_PAD) / max(len(points) - 1, 1)

    def height(level: float) -> float:
        return round(LEVELS_HEIGHT - LEVELS_PAD - level / scale * (LEVELS_HEIGHT - 2 * LEVELS_PAD), 1)

    stretches: list[list[_Place]] = [[]]
    for index, (_label, level, low, high) in enumerate(points):
        if level is None or low is None or high is None:
            stretches.append([])
            continue
        x = round(LEVELS_PAD + index * step, 1)
        stretches[-1].append((x, height(level), height(low), height(high)))
    drawn = [stretch for stretch in stretches if stretch]
    return LevelsShape(
        lines=tuple(" ".join(f"{x},{y}" for x, y, _, _ in stretch) for stretch in drawn),
        bands=tuple(_around(stretch) for stretch in drawn),
        target=height(target) if target is not None else None,
        last=drawn[-1][-1][:2] if drawn else None,
    )


def _around(stretch: Sequence[_Place]) -> str:
    upper = [f"{x},{high}" for x, _, _, high in stretch]
    lower = [f"{x},{low}" for x, _, low, _ in reversed(stretch)]
    return " ".join([*upper, *lower])


@dataclass(frozen=True, slots=True)
class RadarShape:
    """Axes from the middle of a square of 260 units, one polygon of levels, one of targets, and the grid."""

    axes: tuple[tuple[float, float, float, float], ...]
    grid: tuple[str, ...]
    levels: str
    targets: str


def radar_shape(levels: Sequence[float], targets: Sequence[float | None], scale: int = 5) -> RadarShape:
    """Return the polygons; ``axes`` are (x, y, label x, label y). Where there is no target, it stands at the level."""
    count = len(levels)
    turns = [2 * pi * index / count - pi / 2 for index in range(count)]

    def at(turn: float, share: float) -> tuple[float, float]:
        return round(RADAR_RADIUS * share * cos(turn), 1), round(RADAR_RADIUS * share * sin(turn), 1)

    def polygon(values: Iterable[float]) -> str:
        points = (at(turn, value / scale) for turn, value in zip(turns, values, strict=True))
        return " ".join(f"{x},{y}" for x, y in points)

    wanted = [level if target is None else target for level, target in zip(levels, targets, strict=True)]
    return RadarShape(
        axes=tuple((*at(turn, 1), *at(turn, 1.17)) for turn in turns),
        grid=tuple(polygon([ring] * count) for ring in range(1, scale + 1)),
        levels=polygon(levels),
        targets=polygon(wanted) if any(target is not None for target in targets) else "",
    )
