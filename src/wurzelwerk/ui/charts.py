"""The geometry of drawings: the gauge of learning time, week windows, lines and shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
