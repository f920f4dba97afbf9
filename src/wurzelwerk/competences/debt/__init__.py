"""Learning debt as a ledger: plain Python, no database, no Django.

``book`` turns what happened into entries, ``debt_of`` sums up what a person owes, ``Period`` gives the rates,
``repayment`` and ``added_by_target`` answer what-if. ``debt.many`` does the same for everybody, in arrays;
it is imported by itself, so that nothing else waits for numpy.
"""

from wurzelwerk.competences.debt.effort import DEFAULT_CURVE, EffortCurve
from wurzelwerk.competences.debt.ledger import (
    RULE_VERSION,
    Account,
    Entry,
    Event,
    Learned,
    Measured,
    Reason,
    Recalibrated,
    RoleChanged,
    TargetChanged,
    TimePassed,
    book,
    take_role,
    total,
)
from wurzelwerk.competences.debt.period import Period
from wurzelwerk.competences.debt.position import Debt, Known, Position, debt_of, decayed
from wurzelwerk.competences.debt.replay import Asked, Past, Said, replay
from wurzelwerk.competences.debt.what_if import Added, Repayment, added_by_target, repayment

__all__ = [
    "DEFAULT_CURVE",
    "RULE_VERSION",
    "Account",
    "Added",
    "Asked",
    "Debt",
    "EffortCurve",
    "Entry",
    "Event",
    "Known",
    "Learned",
    "Measured",
    "Past",
    "Period",
    "Position",
    "Reason",
    "Recalibrated",
    "Repayment",
    "RoleChanged",
    "Said",
    "TargetChanged",
    "TimePassed",
    "added_by_target",
    "book",
    "debt_of",
    "decayed",
    "repayment",
    "replay",
    "take_role",
    "total",
]
