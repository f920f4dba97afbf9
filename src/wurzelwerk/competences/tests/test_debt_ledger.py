from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from math import fsum
from random import Random

import pytest

from wurzelwerk.competences.debt import (
    DEFAULT_CURVE,
    RULE_VERSION,
    Account,
    EffortCurve,
    Entry,
    Event,
    Known,
    Learned,
    Measured,
    Period,
    Position,
    Reason,
    Recalibrated,
    RoleChanged,
    TargetChanged,
    TimePassed,
    book,
    debt_of,
    take_role,
    total,
)
from wurzelwerk.competences.tests.second_debt import History, debt_from

START = date(2026, 1, 5)
HISTORIES = 10_000
SKILLS = ("welding", "planning", "French")

Positions = dict[str, Position[str]]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def known(level: float, after: int = 0) -> Known:
    return Known(level, START + days(after))


def position(level: float | None = 1.5, required: float = 3.0, weight: float = 0.8) -> Position[str]:
    return Position("welding", START, required, weight, None if level is None else known(level))


def played(events: Sequence[tuple[Event, int]], start: Position[str]) -> tuple[Position[str], list[Entry[str]]]:
    entries: list[Entry[str]] = []
    for event, after in events:
        start, booked = book(start, event, START + days(after))
        entries += booked
    return start, entries


def booked(event: Event, start: Position[str], after: int = 0) -> list[tuple[Account, Reason, float]]:
    return [(one.account, one.reason, round(one.hours, 9)) for one in played([(event, after)], start)[1]]


def test_the_worked_check_of_the_definition() -> None:
    start = position()
    events: list[tuple[Event, int]] = [
        (TargetChanged(3.5, 0.8), 0),
        (TimePassed(), 335),
        (Learned(known(2.25, 335)), 335),
    ]

    end, entries = played(events, start)

    period = Period.of(start.hours_on(START), entries)
    assert DEFAULT_CURVE.hours(1.5, 3) == 48
    assert period.start == pytest.approx(38.4)
    assert (period.drift, period.forgotten, period.paid) == pytest.approx((32, 6.4, 20.8))
    assert entries[1].level_before == 1.5
    assert entries[1].level_after == pytest.approx(1.0)
    assert (period.moved, period.measured, period.recalibrated) == (0, 0, 0)
    assert period.end - period.start == pytest.approx(17.6)
    assert period.end == pytest.approx(56)
    assert end.hours_on(START + days(335)) == pytest.approx(56)
    assert period.interest == pytest.approx(1)
    assert period.repayment_rate == pytest.approx(0.54, abs=0.005)
    assert period.quarters_left is None


@pytest.mark.parametrize(
    "event,level,expected",
    [
        (TargetChanged(3.5, 0.8), 1.5, (Account.DRIFT, Reason.TARGET_CHANGED, 32)),
        (TargetChanged(2, 0.8), 1.5, (Account.DRIFT, Reason.TARGET_CHANGED, -32)),
        (TargetChanged(3, 0.4), 1.5, (Account.DRIFT, Reason.TARGET_CHANGED, -19.2)),
        (TargetChanged(0), 1.5, (Account.DRIFT, Reason.TARGET_REMOVED, -38.4)),
        (RoleChanged(3.5, 0.8), 1.5, (Account.MOVES, Reason.ROLE_TAKEN, 32)),
        (RoleChanged(0), 1.5, (Account.MOVES, Reason.ROLE_LEFT, -38.4)),
        (Measured(known(1)), 1.5, (Account.MEASURING, Reason.MEASURED_AGAIN, 6.4)),
        (Measured(known(2)), 1.5, (Account.MEASURING, Reason.MEASURED_AGAIN, -6.4)),
        (Measured(None), 1.5, (Account.MEASURING, Reason.EVIDENCE_GONE, -38.4)),
        (Measured(known(1.5)), None, (Account.MEASURING, Reason.FIRST_EVIDENCE, 38.4)),
        (Learned(known(1.5)), None, (Account.MEASURING, Reason.FIRST_EVIDENCE, 38.4)),
        (Learned(known(1)), 1.5, (Account.MEASURING, Reason.MEASURED_AGAIN, 6.4)),
        (Learned(known(2)), 1.5, (Account.PAID, Reason.LEARNED, 6.4)),
        (Learned(known(5)), 1.5, (Account.PAID, Reason.LEARNED, 38.4)),
        (Recalibrated(EffortCurve((8, 32, 40, 80, 160))), 1.5, (Account.RECALIBRATION, Reason.RECALIBRATED, 6.4)),
    ],
)
def test_every_event_books_to_one_account(
    event: Event, level: float | None, expected: tuple[Account, Reason, float]
) -> None:
    assert booked(event, position(level)) == [expected]


def test_a_target_that_is_new_is_added() -> None:
    assert booked(TargetChanged(3, 0.8), position(required=0)) == [(Account.DRIFT, Reason.TARGET_ADDED, 38.4)]


def test_what_was_forgotten_is_booked_before_the_event() -> None:
    found = booked(Learned(known(2.25, 335)), position(), after=335)

    assert [(account, hours) for account, _reason, hours in found] == [
        (Account.FORGETTING, 6.4),
        (Account.PAID, 20.8),
    ]


def test_a_slower_pace_of_forgetting_is_a_recalibration() -> None:
    found = booked(Recalibrated(DEFAULT_CURVE, half_life_days=670), position(1.5), after=335)

    back = 0.8 * 16 * (0.5**0.5 - 0.5)
    assert [(account, hours) for account, _reason, hours in found] == [
        (Account.FORGETTING, 6.4),
        (Account.RECALIBRATION, pytest.approx(-back)),
    ]


@pytest.mark.parametrize("event", [TimePassed(), TargetChanged(3.5), RoleChanged(4), Recalibrated(DEFAULT_CURVE)])
def test_the_unknown_has_no_entries(event: Event) -> None:
    assert booked(event, position(None), after=400) == []


def test_an_entry_tells_what_it_rests_on() -> None:
    entry = played([(TargetChanged(3.5, 0.8), 0)], position())[1][0]

    assert (entry.day, entry.competence, entry.rule_version) == (START, "welding", RULE_VERSION)
    assert (entry.level_before, entry.level_after, entry.required_before, entry.required_after) == (1.5, 1.5, 3, 3.5)


def test_nothing_is_booked_before_the_last_booking() -> None:
    with pytest.raises(ValueError, match="2026-01-05"):
        book(position(), TimePassed(), START - days(1))


def test_joining_moving_and_leaving_are_moves() -> None:
    own = {"welding": Position("welding", START, known=known(1.5)), "French": Position("French", START)}

    joined, first = take_role(own, {"welding": RoleChanged(3), "French": RoleChanged(4), "law": RoleChanged(2)}, START)
    moved, second = take_role(joined, {"welding": RoleChanged(2)}, START)
    left, third = take_role(moved, {}, START)

    assert [total(entries)[Account.MOVES] for entries in (first, second, third)] == [48, -40, -8]
    assert debt_of(joined.values(), START).unknown_hours == DEFAULT_CURVE.hours(0, 4) + DEFAULT_CURVE.hours(0, 2)
    assert [one.required for one in left.values()] == [0, 0, 0]
    assert left["welding"].known == known(1.5)


def test_the_order_of_one_day_has_no_meaning_between_competences() -> None:
    events: list[tuple[str, Event]] = [
        ("welding", TargetChanged(4)),
        ("French", Learned(known(3, 100))),
        ("planning", Measured(known(1, 100))),
    ]
    start = {skill: Position(skill, START, 3.0, known=known(2)) for skill in SKILLS}
    ends = set()

    for order in permutations(events):
        positions, entries = dict(start), set[Entry[str]]()
        for skill, event in order:
            positions[skill], booked_now = book(positions[skill], event, START + days(100))
            entries |= set(booked_now)
        ends.add((frozenset(positions.items()), frozenset(entries)))

    assert len(ends) == 1


def random_event(chance: Random, day: date) -> Event:
    def level() -> float:
        return chance.choice([0.0, 1.0, 2.5, 5.0, chance.uniform(0, 5)])

    def seen() -> Known:
        return Known(level(), day - days(chance.choice([0, 0, 30, 700])))

    match chance.randrange(8):
        case 0 | 1:
            return TargetChanged(level(), chance.uniform(0.01, 1))
        case 2:
            return RoleChanged(level(), chance.uniform(0.01, 1))
        case 3:
            return Measured(seen() if chance.random() < 0.8 else None)
        case 4 | 5:
            return Learned(seen())
        case 6:
            table = tuple(chance.uniform(1, 200) for _step in range(5))
            return Recalibrated(EffortCurve(table), chance.choice([None, 100, 500]))
        case _:
            return TimePassed()


def note(history: History, event: Event, day: date) -> None:
    """Say the same to the second implementation."""
    match event:
        case TargetChanged() | RoleChanged():
            history.targets.append((day, (event.level, event.weight)))
        case Measured() | Learned():
            history.evidence.append((day, (event.known.level, event.known.newest_on) if event.known else None))
        case Recalibrated():
            history.tables.append((day, event.curve.hours_per_level))
            if event.half_life_days:
                history.half_lives.append((day, event.half_life_days))


@pytest.mark.slow
def test_the_identity_holds_over_random_histories_and_a_second_reckoning_agrees() -> None:
    chance, numbers, accounts = Random(20_260_105), 0, set[Account]()
    for _history in range(HISTORIES):
        positions = {skill: Position(skill, START) for skill in SKILLS}
        histories = {skill: History() for skill in SKILLS}
        day, entries = START, list[Entry[str]]()
        for _event in range(chance.randint(3, 9)):
            day += days(chance.choice([0, 0, 1, 40, 400]))
            skill = chance.choice(SKILLS)
            event = random_event(chance, day)
            note(histories[skill], event, day)
            positions[skill], booked_now = book(positions[skill], event, day)
            assert len([one for one in booked_now if one.account is not Account.FORGETTING]) <= 1
            entries += booked_now
        for skill in SKILLS:
            positions[skill], booked_now = book(positions[skill], TimePassed(), day)
            entries += booked_now
        debt = debt_of(positions.values(), day).hours
        again = fsum(debt_from(history, day, DEFAULT_CURVE.hours_per_level, 335) for history in histories.values())
        assert abs(Period.of(0, entries).end - debt) < 1e-6
        assert abs(again - debt) < 1e-6
        assert debt >= 0
        assert all(one.hours > 0 for one in entries if one.account in {Account.FORGETTING, Account.PAID})
        numbers += len(entries)
        accounts |= {one.account for one in entries}

    assert numbers > HISTORIES
    assert accounts == set(Account)


@pytest.mark.parametrize(
    "period,interest,rate,quarters_left",
    [
        (Period(100, drift=10, forgotten=10, paid=40), 0.2, 2, 4),
        (Period(100, drift=10, forgotten=10, paid=40, quarters=2), 0.1, 2, 8),
        (Period(100, drift=10, forgotten=10, paid=20), 0.2, 1, None),
        (Period(100, drift=-20, paid=0), -0.2, None, 4),
        (Period(100), 0, None, None),
        (Period(0), None, None, 0),
        (Period(0, drift=8), None, 0, None),
        (Period(50, paid=50), 0, None, 0),
        (Period(100, moved=40, measured=-30, recalibrated=7, forgotten=10, paid=30), 0.1, 3, 97 / 20),
    ],
)
def test_the_rates_of_a_period(
    period: Period, interest: float | None, rate: float | None, quarters_left: float | None
) -> None:
    assert period.interest == interest
    assert period.repayment_rate == rate
    assert period.quarters_left == quarters_left


def test_a_booking_leaves_what_it_does_not_concern() -> None:
    start = position()

    assert book(start, TargetChanged(4, 0.5), START)[0] == replace(start, required=4, weight=0.5)
