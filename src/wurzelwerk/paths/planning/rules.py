"""The rules, one function each; all of them are told to the person as reasons.

Level by level: something short to understand it, then a task at one's own work, then a reflection.
Explaining to somebody helps when it is agreed beforehand (domain.md 11): so the partner comes first.
Looking back three weeks after the last step renews what was learned.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from wurzelwerk.paths.planning.situation import Option, Plan, ReasonKey, Situation, Step, StepSort

REFLECTION_MINUTES = 10
REVIEW_MINUTES = 15
REVIEW_AFTER_WEEKS = 3
LEAST_MINUTES_PER_WEEK = 15


def plan(situation: Situation) -> Plan:
    """Return the path that closes the gap; no steps when there is no gap or nothing to learn from."""
    first = first_level(situation)
    if first >= situation.target:
        return Plan(steps=(), minutes=0, weeks=0)
    proposed = [*_with_a_partner(situation, first), *_level_by_level(situation, first)]
    if not proposed:
        return Plan(steps=(), minutes=0, weeks=0)
    dated = _dated(proposed, situation.minutes_per_week)
    review = _review(situation, first, dated[-1].week)
    steps = (*dated, review)
    return Plan(steps=steps, minutes=sum(step.minutes for step in steps), weeks=review.week)


def first_level(situation: Situation) -> int:
    """Return the level to start from: what is reached in full, or one below the target when unknown."""
    if situation.level is None:
        return max(0, situation.target - 1)
    return floor(situation.level)


def _with_a_partner(situation: Situation, first: int) -> Iterator[Step]:
    partner = situation.partner
    if partner is None:
        return
    reason = ReasonKey.PARTNER_OFFERS if partner.offering else ReasonKey.PARTNER_WANTED
    values = {"count": partner.offering}
    yield Step(StepSort.PARTNER, partner.minutes, first, situation.target, 0, reason, values)


def _level_by_level(situation: Situation, first: int) -> Iterator[Step]:
    used = set(situation.done)
    for level in range(first, situation.target):
        understanding = _shortest(situation.options, level, used, is_work_task=False)
        if understanding:
            used.add(understanding.key)
            reason = ReasonKey.PARTNER_LISTENS if situation.partner else ReasonKey.SHORTEST
            yield _from_option(understanding, StepSort.OPPORTUNITY, level, reason)
        task = _shortest(situation.options, level, used, is_work_task=True)
        if task:
            used.add(task.key)
            yield _from_option(task, StepSort.WORK_TASK, level, ReasonKey.APPLY)
        if understanding or task:
            values = {"level": level + 1}
            yield Step(StepSort.REFLECTION, REFLECTION_MINUTES, level, level + 1, 0, ReasonKey.REFLECT, values)


def _shortest(options: tuple[Option, ...], level: int, used: set[int], *, is_work_task: bool) -> Option | None:
    """Return the shortest unused option that leads past ``level``; the key decides between equals."""
    fitting = (
        option
        for option in options
        if option.is_work_task is is_work_task
        and option.key not in used
        and option.from_level <= level < option.to_level
    )
    return min(fitting, key=lambda option: (option.minutes, option.key), default=None)


def _from_option(option: Option, sort: StepSort, level: int, reason: ReasonKey) -> Step:
    values = {"level": level + 1, "minutes": option.minutes}
    return Step(sort, option.minutes, level, level + 1, 0, reason, values, option.key)


def _dated(steps: list[Step], minutes_per_week: int) -> list[Step]:
    """Fill week after week with the granted minutes; a step begins when the ones before it fit."""
    granted = max(LEAST_MINUTES_PER_WEEK, minutes_per_week)
    dated, spent = [], 0
    for step in steps:
        spent += step.minutes
        week = max(1, ceil(spent / granted))
        dated.append(replace(step, week=week))
    return dated


def _review(situation: Situation, first: int, last_week: int) -> Step:
    week = last_week + REVIEW_AFTER_WEEKS
    values = {"weeks": REVIEW_AFTER_WEEKS}
    return Step(StepSort.REVIEW, REVIEW_MINUTES, first, situation.target, week, ReasonKey.REVIEW, values)
