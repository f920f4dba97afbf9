"""What the works council and data protection read: the register of personal data, duties, the audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.declarations import personal_models, room_of
from wurzelwerk.kernel.housekeeping import VERIFY_AUDIT
from wurzelwerk.kernel.matrix import Level, who_sees
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.personal import Fields
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person, RoleGrant

SHOWN_LEVELS: Final = (Level.ALWAYS, Level.REDUCED, Level.SHARED, Level.AGGREGATE)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """Some fields of one model: what they are, why and how long they are kept, and who sees them.

    ``audiences`` holds one sentence per level, such as "always: you yourself, your manager".
    """

    room: str
    model: str
    names: tuple[str, ...]
    item: str
    purpose: str
    retention: str
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role, since when."""

    public_id: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """A role and everybody who holds it."""

    role: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class TrailState:
    """What the last verification of the audit trail found; ``broken_block`` is None when it is whole."""

    verified_at: datetime | None
    entries: int
    broken_block: int | None
    unsealed: int


def register() -> tuple[RegisterRow, ...]:
    """Return the register of personal data, generated from what every model declares."""
    return tuple(
        RegisterRow(
            room=room_of(model),
            model=model.__name__,
            names=group.names,
            item=str(group.item.label),
            purpose=str(group.purpose.label),
            retention=str(group.retention.label),
            audiences=tuple(_audiences(group)),
        )
        for model, declared in personal_models()
        for group in declared.fields
    )


def _audiences(group: Fields) -> Iterator[str]:
    by_level = sorted(who_sees(group.item), key=lambda sight: list(Level).index(sight.level))
    for level, sights in groupby(by_level, key=lambda sight: sight.level):
        if level in SHOWN_LEVELS:
            seen = list(sights)
            names = (f"{one.audience.label} ({one.note})" if one.note else str(one.audience.label) for one in seen)
            yield f"{seen[0].level_text}: {', '.join(names)}"


def duties(viewer: Person) -> tuple[Duty, ...]:
    """Return every role with those who hold it, by name."""
    grants = RoleGrant.objects.visible_to(viewer).filter(revoked_at=None, person__is_active=True)
    rows = list(
        grants.order_by("person__family_name", "person__given_name").values_list(
            "role", "person__public_id", "person__given_name", "person__family_name", "granted_at"
        )
    )
    return tuple(
        Duty(
            role=str(role.label),
            holders=tuple(
                Holder(public_id, f"{given} {family}", since)
                for held, public_id, given, family, since in rows
                if held == role
            ),
        )
        for role in Role
    )


def trail_state() -> TrailState:
    """Return what the last verification found, and how many entries were not sealed yet."""
    last = (
        Job.objects.filter(kind=VERIFY_AUDIT, state=JobState.DONE)
        .order_by("-finished_at")
        .values_list("finished_at", "result")
        .first()
    )
    found = last[1] if last else {}
    return TrailState(
        verified_at=last[0] if last else None,
        entries=found.get("entries", 0),
        broken_block=found.get("broken_block"),
        unsealed=AuditEntry.objects.filter(block=None).count(),
    )
