"""What the planner is given, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class StepSort(StrEnum):
    """What a step is; the values are stored."""

    PARTNER = "partner"
    OPPORTUNITY = "opportunity"
    WORK_TASK = "work_task"
    REFLECTION = "reflection"
    REVIEW = "review"


class ReasonKey(StrEnum):
    """Why a step is proposed; each key has a sentence in both languages (``terms``)."""

    PARTNER_OFFERS = "partner_offers"
    PARTNER_WANTED = "partner_wanted"
    SHORTEST = "shortest"
    PARTNER_LISTENS = "partner_listens"
    APPLY = "apply"
    REFLECT = "reflect"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Option:
    """Something from the catalogue that leads from one level to a higher one; length in minutes."""

    key: int
    is_work_task: bool
    minutes: int
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class PartnerOption:
    """How many people offer the competence now, and what a first meeting takes in minutes."""

    offering: int
    minutes: int = 60
    url: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """One gap of one person.

    ``level`` is the estimate (0 to 5) or None when nothing is known; ``target`` the level required;
    ``minutes_per_week`` the learning time granted; ``done`` the keys of options already finished.
    """

    level: float | None
    target: int
    options: tuple[Option, ...]
    minutes_per_week: int
    partner: PartnerOption | None = None
    done: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One proposed step: what, for which levels, how long, in which week from now, and why."""

    sort: StepSort
    minutes: int
    from_level: int
    to_level: int
    week: int
    reason: ReasonKey
    values: Mapping[str, int] = field(default_factory=dict)
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in their order, and what they take altogether."""

    steps: tuple[Step, ...]
    minutes: int
    weeks: int
