"""Pieces of evidence as figures, and the rule that says how much each source tells about work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

SCALE: Final = 5.0
LASTING_DAYS: Final = 7
UNCONFIRMED_WORK_SAMPLE: Final = "work_sample_unconfirmed"

# How well each source foretells performance (correlation r). A certificate rests on a test, a mentor
# judges as a peer does, a reflection and a work sample nobody has confirmed are words about oneself.
_VALIDITIES: Final = {
    "work_sample": 0.54,
    "test": 0.48,
    "certificate": 0.48,
    "partner": 0.31,
    "peer": 0.31,
    "mentor": 0.31,
    "external": 0.31,
    "self": 0.29,
    "reflection": 0.29,
    UNCONFIRMED_WORK_SAMPLE: 0.29,
    "lead": 0.20,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The public rule of the estimate; ``version`` names it wherever a figure is explained.

    ``validities``: r per source, between 0 and 1. ``spread``: assumed standard deviation of levels.
    ``quantile``: 1.28 makes the interval hold 80 %. ``disagreement``: levels apart that disagree;
    ``growth_days``: a higher level that somebody else saw so much later is growth.
    """

    version: int = 1
    validities: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(_VALIDITIES))
    spread: float = 1.25
    quantile: float = 1.28
    disagreement: float = 2.0
    growth_days: int = 28

    def fresh_weight(self, kind: str) -> float:
        """Return r²/(1−r²), the weight of evidence of this kind on its first day."""
        squared = self.validities[kind] ** 2
        return squared / (1 - squared)


DEFAULT_RULE: Final = Rule()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: its source, its level (0 to 5), the days it was observed and confirmed."""

    source: str
    level: float
    observed_on: date
    confirmed_on: date | None = None

    @property
    def kind(self) -> str:
        """Return what the rule weighs it as: a work sample counts in full once it has lasted a week."""
        if self.source != "work_sample" or self.has_lasted:
            return self.source
        return UNCONFIRMED_WORK_SAMPLE

    @property
    def has_lasted(self) -> bool:
        """Tell whether it was confirmed seven days later or more."""
        return self.confirmed_on is not None and (self.confirmed_on - self.observed_on).days >= LASTING_DAYS

    @property
    def newest_day(self) -> date:
        """Return the day it was last known to hold."""
        return self.confirmed_on if self.confirmed_on is not None and self.has_lasted else self.observed_on

    def age_days(self, today: date) -> int:
        """Return the age in days; what is dated ahead has none."""
        return max(0, (today - self.observed_on).days)
