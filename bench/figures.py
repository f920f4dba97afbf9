"""What a measurement says: a figure, its baseline in the same run, and the goal it is held against."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    ``goal`` is the number of the goal (such as "P16"); ``value`` and ``baseline`` share ``unit``. ``gate`` must be
    reached, ``moonshot`` is aimed at, both in ``unit`` unless ``of_ratio`` says that they limit the ratio.
    """

    goal: str
    name: str
    value: float
    unit: str
    baseline: float | None = None
    baseline_name: str = ""
    gate: float | None = None
    moonshot: float | None = None
    more_is_better: bool = False
    of_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        """Return how many times the baseline this is."""
        return self.value / self.baseline if self.baseline else None

    @property
    def verdict(self) -> str:
        """Return "moonshot", "gate" or "missed"; "" where there is no goal."""
        judged = self.ratio if self.of_ratio else self.value
        if judged is None:
            return ""
        for name, limit in (("moonshot", self.moonshot), ("gate", self.gate)):
            if limit is not None and (judged >= limit if self.more_is_better else judged <= limit):
                return name
        return "missed" if self.gate is not None or self.moonshot is not None else ""


Measure = Callable[[], Iterator[Figure]]


class Stopwatch:
    """Seconds between two moments."""

    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Measure the wall-clock time of a block."""
    watch, started = Stopwatch(), perf_counter()
    yield watch
    watch.seconds = perf_counter() - started


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which ``percent`` of ``values`` lie."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]
