"""What can happen to ads, requests and partnerships: states, acts and who may do them, as data.

Rules and actions ask ``Machine.move``; ``diagram`` prints the picture in docs/partnership-states.md;
the tests try every state with every act and every actor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices

from wurzelwerk.partnerships.choices import AdState, Phase, RequestState


class Actor(StrEnum):
    """In which position somebody stands to an ad, a request or a partnership."""

    OWNER = "owner"
    SENDER = "sender"
    RECEIVER = "receiver"
    MEMBER = "member"
    SYSTEM = "system"
    OTHER = "other"


class AdAct(StrEnum):
    """What can be done with an ad."""

    CHANGE = "change_ad"
    PAUSE = "pause_ad"
    RESUME = "resume_ad"
    WITHDRAW = "withdraw_ad"
    EXPIRE = "expire_ads"


class RequestAct(StrEnum):
    """What can be done with a request."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw_request"
    EXPIRE = "expire_requests"


class Act(StrEnum):
    """What can be done in a partnership."""

    CONFIRM_PREPARATION = "confirm_preparation"
    SET_TERMS = "set_terms"
    PROPOSE_AGREEMENT = "propose_agreement"
    SIGN_AGREEMENT = "sign_agreement"
    SAVE_PACKAGE = "save_package"
    REMOVE_PACKAGE = "remove_package"
    COMPLETE_PACKAGE = "complete_package"
    REOPEN_PACKAGE = "reopen_package"
    PLAN_MEETING = "plan_meeting"
    MOVE_MEETING = "move_meeting"
    CANCEL_MEETING = "cancel_meeting"
    WRITE_WORKSHEET = "write_worksheet"
    SAVE_NOTES = "save_notes"
    REQUEST_TIME = "request_time"
    START_CLOSING = "start_closing"
    RESUME_LEARNING = "resume_learning"
    CLOSE_PARTNERSHIP = "close_partnership"
    END_PARTNERSHIP = "end_partnership"


@dataclass(frozen=True, slots=True)
class Move:
    """``actor`` may do ``act`` in ``state``; it leads to ``to``, with ``is_joint`` once all members have done it."""

    state: str
    act: StrEnum
    actor: Actor
    to: str
    is_joint: bool = False


@dataclass(frozen=True)
class Machine:
    """All moves of one kind of thing; whatever is not named cannot happen."""

    name: str
    states: type[TextChoices]
    start: str
    acts: type[StrEnum]
    actors: tuple[Actor, ...]
    moves: tuple[Move, ...]

    def move(self, state: str, act: StrEnum, actor: Actor) -> Move | None:
        """Return what ``act`` of ``actor`` does in ``state``, or None when it is not possible."""
        return next((move for move in self.moves if (move.state, move.act, move.actor) == (state, act, actor)), None)


def _always(states: tuple[str, ...], actor: Actor, *acts: StrEnum) -> Iterator[Move]:
    """Yield moves that leave the state as it is."""
    yield from (Move(state, act, actor, state) for state in states for act in acts)


AD: Final = Machine(
    name="ad",
    states=AdState,
    start=AdState.PUBLISHED,
    acts=AdAct,
    actors=(Actor.OWNER, Actor.SYSTEM, Actor.OTHER),
    moves=(
        *_always((AdState.PUBLISHED, AdState.PAUSED), Actor.OWNER, AdAct.CHANGE),
        Move(AdState.PUBLISHED, AdAct.PAUSE, Actor.OWNER, AdState.PAUSED),
        Move(AdState.PUBLISHED, AdAct.PAUSE, Actor.SYSTEM, AdState.PAUSED),
        Move(AdState.PAUSED, AdAct.RESUME, Actor.OWNER, AdState.PUBLISHED),
        Move(AdState.WITHDRAWN, AdAct.RESUME, Actor.OWNER, AdState.PUBLISHED),
        Move(AdState.EXPIRED, AdAct.RESUME, Actor.OWNER, AdState.PUBLISHED),
        Move(AdState.PUBLISHED, AdAct.WITHDRAW, Actor.OWNER, AdState.WITHDRAWN),
        Move(AdState.PAUSED, AdAct.WITHDRAW, Actor.OWNER, AdState.WITHDRAWN),
        Move(AdState.PUBLISHED, AdAct.EXPIRE, Actor.SYSTEM, AdState.EXPIRED),
    ),
)

REQUEST: Final = Machine(
    name="request",
    states=RequestState,
    start=RequestState.PENDING,
    acts=RequestAct,
    actors=(Actor.SENDER, Actor.RECEIVER, Actor.SYSTEM, Actor.OTHER),
    moves=(
        Move(RequestState.PENDING, RequestAct.ACCEPT, Actor.RECEIVER, RequestState.ACCEPTED),
        Move(RequestState.PENDING, RequestAct.DECLINE, Actor.RECEIVER, RequestState.DECLINED),
        Move(RequestState.PENDING, RequestAct.WITHDRAW, Actor.SENDER, RequestState.WITHDRAWN),
        Move(RequestState.PENDING, RequestAct.EXPIRE, Actor.SYSTEM, RequestState.EXPIRED),
    ),
)

_RUNNING: Final = (Phase.PREPARATION, Phase.PLANNING, Phase.LEARNING, Phase.CLOSING)
_PLANNED_OR_LEARNING: Final = (Phase.PLANNING, Phase.LEARNING)

PARTNERSHIP: Final = Machine(
    name="partnership",
    states=Phase,
    start=Phase.PREPARATION,
    acts=Act,
    actors=(Actor.MEMBER, Actor.OTHER),
    moves=(
        Move(Phase.PREPARATION, Act.CONFIRM_PREPARATION, Actor.MEMBER, Phase.PLANNING, is_joint=True),
        *_always((Phase.PREPARATION, Phase.PLANNING), Actor.MEMBER, Act.SET_TERMS),
        *_always(_PLANNED_OR_LEARNING, Actor.MEMBER, Act.PROPOSE_AGREEMENT, Act.SAVE_PACKAGE, Act.REMOVE_PACKAGE),
        Move(Phase.PLANNING, Act.SIGN_AGREEMENT, Actor.MEMBER, Phase.LEARNING, is_joint=True),
        Move(Phase.LEARNING, Act.SIGN_AGREEMENT, Actor.MEMBER, Phase.LEARNING, is_joint=True),
        *_always((Phase.LEARNING, Phase.CLOSING), Actor.MEMBER, Act.COMPLETE_PACKAGE, Act.REOPEN_PACKAGE),
        *_always(_RUNNING, Actor.MEMBER, Act.PLAN_MEETING, Act.MOVE_MEETING, Act.CANCEL_MEETING),
        *_always(_RUNNING, Actor.MEMBER, Act.WRITE_WORKSHEET, Act.SAVE_NOTES),
        *_always(_PLANNED_OR_LEARNING, Actor.MEMBER, Act.REQUEST_TIME),
        Move(Phase.LEARNING, Act.START_CLOSING, Actor.MEMBER, Phase.CLOSING),
        Move(Phase.CLOSING, Act.RESUME_LEARNING, Actor.MEMBER, Phase.LEARNING),
        Move(Phase.CLOSING, Act.CLOSE_PARTNERSHIP, Actor.MEMBER, Phase.CLOSED, is_joint=True),
        *(Move(phase, Act.END_PARTNERSHIP, Actor.MEMBER, Phase.ENDED) for phase in _RUNNING),
    ),
)

MACHINES: Final = (AD, REQUEST, PARTNERSHIP)


def diagram(machine: Machine) -> str:
    """Return the moves that change the state as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {machine.start}"]
    for move in machine.moves:
        if move.to == move.state and not move.is_joint:
            continue
        note = " (all)" if move.is_joint else ""
        lines.append(f"    {move.state} --> {move.to}: {move.act.value}{note} by {move.actor.value}")
    sources = {move.state for move in machine.moves if move.to != move.state}
    lines += [f"    {state} --> [*]" for state in machine.states.values if state not in sources]
    return "\n".join(lines)


def staying(machine: Machine) -> dict[str, list[str]]:
    """Return the acts that leave a state as it is, by state."""
    found: dict[str, list[str]] = {}
    for move in machine.moves:
        if move.to == move.state and not move.is_joint:
            found.setdefault(move.state, []).append(move.act.value)
    return found


def page() -> str:
    """Return docs/partnership-states.md."""
    parts = [
        "# States of ads, requests and partnerships\n",
        "<!-- Written by `make docs`; changes by hand are lost. -->\n",
        "Whatever is not drawn or listed here is refused with a sentence and changes nothing.",
    ]
    for machine in MACHINES:
        parts += [f"\n## {machine.name.capitalize()}\n", f"```mermaid\n{diagram(machine)}\n```"]
        if kept := staying(machine):
            parts.append("\nWithout a change of state:\n")
            parts += [f"- {state}: {', '.join(f'`{act}`' for act in acts)}" for state, acts in kept.items()]
    return "\n".join(parts) + "\n"
