"""What a level costs: hours of learning per level, constant within each of the five steps of the scale.

H(a, b) = ∫ h(x) dx from level a to level b, in hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = 5
PRIOR_OBSERVATIONS: Final = 10
"""The default table weighs as much as so many observed learners: h = (n·observed + 10·default)/(n + 10)."""


@dataclass(frozen=True, slots=True)
class EffortCurve:
    """Hours per level: ``hours_per_level[0]`` leads from level 0 to 1, ``hours_per_level[4]`` from 4 to 5.

    ``version`` names the table wherever a figure is explained. Raises ``ValueError`` unless there are
    five positive figures.
    """

    hours_per_level: tuple[float, ...] = (8.0, 16.0, 40.0, 80.0, 160.0)
    version: int = 1

    def __post_init__(self) -> None:
        if len(self.hours_per_level) != STEPS or not all(hours > 0 for hours in self.hours_per_level):
            raise ValueError("An effort curve has five steps, each of more than 0 hours.")

    def hours(self, low: float, high: float) -> float:
        """Return H(low, high) for levels between 0 and 5; 0 where ``high`` is not above ``low``."""
        return self._from_zero(high) - self._from_zero(low) if high > low else 0.0

    def level_after(self, level: float, hours: float) -> float:
        """Return the level that ``hours`` of learning lead to from ``level``: H turned round, at most 5."""
        for step in range(int(level), STEPS):
            needed = (step + 1 - level) * self.hours_per_level[step]
            if hours < needed:
                return level + hours / self.hours_per_level[step]
            level, hours = float(step + 1), hours - needed
        return level

    def recalibrated(self, observations: Sequence[int], observed: Sequence[float]) -> "EffortCurve":
        """Return the next version of this table, corrected by what was observed.

        Per step: ``observations`` learners n needed ``observed`` hours on average; without any the step
        stays. Always called on the default table, with all observations: it is the prior of the formula.
        """
        steps = zip(self.hours_per_level, observations, observed, strict=True)
        return EffortCurve(
            tuple((n * seen + PRIOR_OBSERVATIONS * default) / (n + PRIOR_OBSERVATIONS) for default, n, seen in steps),
            self.version + 1,
        )

    def _from_zero(self, level: float) -> float:
        whole = min(int(level), STEPS - 1)
        return sum(self.hours_per_level[:whole]) + (level - whole) * self.hours_per_level[whole]


DEFAULT_CURVE: Final = EffortCurve()
