"""Facts of the paths room that other rooms may hear of."""

from dataclasses import dataclass

from wurzelwerk.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class PathPlanned:
    """Somebody has taken a path to a goal."""

    person_id: int
    goal_id: int


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """Somebody has brought a step to its end."""

    person_id: int
    step_id: int


path_planned = DomainEvent("paths.path_planned", PathPlanned)
step_completed = DomainEvent("paths.step_completed", StepCompleted)
