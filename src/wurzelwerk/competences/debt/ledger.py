"""The ledger of learning debt: whatever changes what is owed is an entry on exactly one account.

ΔD = A + F + M + E + K − P. Time books first: before anything else is booked on a day, what was forgotten
since the last booking goes to F; what remains of the change belongs to the event. So the identity holds
by construction, whatever happens in whatever order.

Decisions where the definition leaves room (docs/adr/0018-the-ledger-of-learning-debt.md):

- The first evidence of a competence, verified learning too, books its debt to E: it was owed before,
  only unknown, and nobody can say how much of it learning has paid.
- Verified learning that leaves more debt than before is a re-measurement: E. So P is never negative.
- Evidence that is withdrawn makes the competence unknown again: E, negative.
- A requirement that goes is A, negative; because of another role it is M.
- A new half-life is a new calculation: K, like the effort table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Generic

from wurzelwerk.competences.debt.effort import EffortCurve
from wurzelwerk.competences.debt.position import CompetenceT, Known, Position

RULE_VERSION: Final = 1


class Account(StrEnum):
    """Where a change of the debt comes from; only ``PAID`` lowers it where its hours are positive."""

    DRIFT = "A"
    FORGETTING = "F"
    MOVES = "M"
    MEASURING = "E"
    RECALIBRATION = "K"
    PAID = "P"

    @property
    def sign(self) -> int:
        """Return 1 or −1: how hours on this account change the debt."""
        return -1 if self is Account.PAID else 1


class Reason(StrEnum):
    """Why there is an entry, for the sentence that a page shows."""

    TARGET_ADDED = "target_added"
    TARGET_CHANGED = "target_changed"
    TARGET_REMOVED = "target_removed"
    FORGOTTEN = "forgotten"
    ROLE_TAKEN = "role_taken"
    ROLE_LEFT = "role_left"
    FIRST_EVIDENCE = "first_evidence"
    MEASURED_AGAIN = "measured_again"
    EVIDENCE_GONE = "evidence_gone"
    LEARNED = "learned"
    RECALIBRATED = "recalibrated"


@dataclass(frozen=True, slots=True)
class TargetChanged:
    """The target asks for another level or weight, for one more competence, or (level 0) no longer."""

    level: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """The person joined, moved or left: their role now asks for this level, 0 for none."""

    level: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The level was assessed anew without verified learning; ``known`` None: no evidence is left."""

    known: Known | None


@dataclass(frozen=True, slots=True)
class Learned:
    """The level was assessed anew after learning that others or a test verified."""

    known: Known


@dataclass(frozen=True, slots=True)
class Recalibrated:
    """Levels cost other hours than was thought, or are forgotten at another pace (None: as before)."""

    curve: EffortCurve
    half_life_days: int | None = None


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing happened but time: the booking that closes a period."""


Event = TargetChanged | RoleChanged | Measured | Learned | Recalibrated | TimePassed


@dataclass(frozen=True, slots=True)
class Entry(Generic[CompetenceT]):
    """One line of the ledger: ``hours`` on one account, with level (None: unknown) and target before and after."""

    day: date
    account: Account
    hours: float
    competence: CompetenceT
    reason: Reason
    level_before: float | None
    level_after: float | None
    required_before: float
    required_after: float
    rule_version: int = RULE_VERSION

    @property
    def change(self) -> float:
        """Return how the debt changed, in hours; repayment lowers it."""
        return self.account.sign * self.hours


Booked = tuple[Position[CompetenceT], tuple[Entry[CompetenceT], ...]]


def book(position: Position[CompetenceT], event: Event, day: date) -> Booked[CompetenceT]:
    """Return the position after ``event`` on ``day`` with its entries: F for the time before it, then its own.

    An entry of 0 hours is left out. Raises ``ValueError`` for a day before the last booking.
    """
    if day < position.booked_on:
        raise ValueError(f"The ledger is booked until {position.booked_on}; {day} lies before.")
    forgotten = position.hours_on(day) - position.hours_on(position.booked_on)
    today = replace(position, booked_on=day)
    after = _applied(today, event)
    change = after.hours_on(day) - today.hours_on(day)
    account, reason = _account(today, event, change)
    entries = (
        _entry(Account.FORGETTING, Reason.FORGOTTEN, forgotten, position, today),
        _entry(account, reason, account.sign * change, today, after),
    )
    return after, tuple(entry for entry in entries if entry.hours)


def take_role(
    positions: Mapping[CompetenceT, Position[CompetenceT]], target: Mapping[CompetenceT, RoleChanged], day: date
) -> tuple[dict[CompetenceT, Position[CompetenceT]], tuple[Entry[CompetenceT], ...]]:
    """Return the positions and the entries (F and M) when somebody joins, moves or, without a target, leaves.

    What the new role does not ask for is kept at level 0: the evidence remains the person's. A competence
    without a position gets one of default half-life and curve; give a position to have others.
    """
    after = dict(positions)
    entries: list[Entry[CompetenceT]] = []
    for key in dict.fromkeys((*positions, *target)):
        before = positions.get(key) or Position(key, booked_on=day)
        after[key], booked = book(before, target.get(key, RoleChanged(0.0, before.weight)), day)
        entries += booked
    return after, tuple(entries)


def total(entries: Iterable[Entry[CompetenceT]]) -> dict[Account, float]:
    """Return the hours per account, every account named."""
    sums = dict.fromkeys(Account, 0.0)
    for entry in entries:
        sums[entry.account] += entry.hours
    return sums


def _applied(position: Position[CompetenceT], event: Event) -> Position[CompetenceT]:
    match event:
        case TargetChanged() | RoleChanged():
            return replace(position, required=event.level, weight=event.weight)
        case Measured() | Learned():
            return replace(position, known=event.known)
        case Recalibrated():
            half_life = event.half_life_days or position.half_life_days
            return replace(position, curve=event.curve, half_life_days=half_life)
        case TimePassed():
            return position


def _account(before: Position[CompetenceT], event: Event, change: float) -> tuple[Account, Reason]:
    """Return the one account that ``event`` books to, with the reason."""
    match event:
        case TargetChanged():
            return Account.DRIFT, _of_target(before.required, event.level)
        case RoleChanged():
            return Account.MOVES, Reason.ROLE_TAKEN if event.level else Reason.ROLE_LEFT
        case Learned() if change <= 0:  # the first evidence can only raise what is owed
            return Account.PAID, Reason.LEARNED
        case Measured() | Learned():
            return Account.MEASURING, _of_evidence(before.known, event.known)
        case Recalibrated():
            return Account.RECALIBRATION, Reason.RECALIBRATED
        case TimePassed():
            return Account.FORGETTING, Reason.FORGOTTEN


def _of_target(before: float, after: float) -> Reason:
    if not after:
        return Reason.TARGET_REMOVED
    return Reason.TARGET_CHANGED if before else Reason.TARGET_ADDED


def _of_evidence(before: Known | None, after: Known | None) -> Reason:
    if after is None:
        return Reason.EVIDENCE_GONE
    return Reason.MEASURED_AGAIN if before else Reason.FIRST_EVIDENCE


def _entry(
    account: Account, reason: Reason, hours: float, before: Position[CompetenceT], after: Position[CompetenceT]
) -> Entry[CompetenceT]:
    """Return a line; ``before`` stands as of its own last booking, ``after`` as of the day of the line."""
    return Entry(
        day=after.booked_on,
        account=account,
        hours=hours,
        competence=after.competence,
        reason=reason,
        level_before=before.level_on(before.booked_on),
        level_after=after.level_on(after.booked_on),
        required_before=before.required,
        required_after=after.required,
    )
