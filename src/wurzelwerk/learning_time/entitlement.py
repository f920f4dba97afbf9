"""How much learning time is granted: plain dates and numbers in, minutes out; knows no database.

A week's minutes are spread over its five weekdays, so that every month gets exactly its share and
a rule that begins in the middle of a month counts from that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

HOUR: Final = 60
WORKDAYS: Final = 5
STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds from a day on; ``is_personal`` is what was agreed with one person.

    ``hours_per_week`` None ends a personal rule.
    """

    valid_from: date
    hours_per_week: Decimal | None
    full_time_hours: Decimal
    is_personal: bool


def rule_on(day: date, rules: Sequence[Rule]) -> Rule | None:
    """Return the rule in force on ``day``: the latest personal one unless it has ended, else the company's."""
    begun = [rule for rule in rules if rule.valid_from <= day]
    personal = max((rule for rule in begun if rule.is_personal), key=lambda rule: rule.valid_from, default=None)
    if personal is not None and personal.hours_per_week is not None:
        return personal
    return max((rule for rule in begun if not rule.is_personal), key=lambda rule: rule.valid_from, default=None)


def weekly_minutes(rule: Rule | None, working_hours: Decimal | None) -> Decimal:
    """Return the minutes a week that ``rule`` grants to whoever works ``working_hours`` (None: full time).

    A company rule is cut in proportion for part-time and never raised above full time.
    """
    if rule is None or rule.hours_per_week is None:
        return Decimal(0)
    if rule.is_personal or working_hours is None:
        return rule.hours_per_week * HOUR
    return rule.hours_per_week * HOUR * min(Decimal(1), working_hours / rule.full_time_hours)


def granted_minutes(first: date, last: date, rules: Sequence[Rule], working_hours: Decimal | None) -> int:
    """Return the minutes granted from ``first`` to ``last``, both included, in steps of five."""
    changes = sorted({rule.valid_from for rule in rules if first < rule.valid_from <= last})
    total = Decimal(0)
    for start, following in zip([first, *changes], [*changes, last + timedelta(days=1)], strict=True):
        share = weekly_minutes(rule_on(start, rules), working_hours) / WORKDAYS
        total += share * weekdays_between(start, following)
    return STEP * round(total / STEP)


def weekdays_between(first: date, end: date) -> int:
    """Return how many days from ``first`` up to, but not including, ``end`` are Monday to Friday."""
    weeks, rest = divmod(max(0, (end - first).days), 7)
    odd = sum((first + timedelta(days=offset)).weekday() < WORKDAYS for offset in range(rest))
    return weeks * WORKDAYS + odd
