from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.learning_time import planned_sources, queries
from wurzelwerk.learning_time.models import LearningTimeAgreement, TimeEntry
from wurzelwerk.learning_time.planned_sources import PlannedSource
from wurzelwerk.learning_time.queries import get_account, get_entries, get_gauge, get_history, get_terms
from wurzelwerk.learning_time.tests.factories import EntryFactory, agreed
from wurzelwerk.people.models import Employment, Person, WorkPattern
from wurzelwerk.people.tests.factories import EmploymentFactory, PersonFactory, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
NEW_YEAR, TODAY = date(2026, 1, 1), date(2026, 11, 23)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, date]]:
    """Two sources that have planned 30 and 15 minutes; what they were asked for."""
    asked: list[tuple[date, date]] = []
    registry: Registry[PlannedSource] = Registry()

    def steps(person: Person, first: date, last: date) -> int:
        asked.append((first, last))
        return 30

    registry.register("steps", steps)
    registry.register("meetings", lambda person, first, last: 15)
    monkeypatch.setattr(planned_sources, "sources", registry)
    return asked


def part_timer(hours: int) -> Person:
    pattern = WorkPattern.objects.create(code="part", name_de="Teilzeit", hours_per_week=Decimal(hours))
    employment: Employment = EmploymentFactory(work_pattern=pattern)
    return employment.person


def test_gauge_shows_used_agreed_and_planned(planned: list[tuple[date, date]]) -> None:
    amira = PersonFactory()
    agreed("2", NEW_YEAR)
    EntryFactory(by=amira, minutes=45, spent_on=date(2026, 11, 2))
    EntryFactory(by=amira, minutes=30, spent_on=TODAY)
    EntryFactory(by=amira, minutes=60, spent_on=date(2026, 10, 31))
    EntryFactory(minutes=500)

    gauge = get_gauge(amira)

    assert (gauge.used_minutes, gauge.agreed_minutes, gauge.planned_minutes) == (75, 505, 45)
    assert (gauge.month, gauge.left_minutes) == (date(2026, 11, 1), 385)
    assert planned == [(TODAY, date(2026, 11, 30))]


def test_a_month_that_is_over_has_nothing_planned(planned: list[tuple[date, date]]) -> None:
    gauge = get_gauge(PersonFactory(), date(2026, 10, 15))

    assert (gauge.month, gauge.planned_minutes, planned) == (date(2026, 10, 1), 0, [])


def test_left_is_never_below_zero() -> None:
    entry = EntryFactory()

    assert get_gauge(entry.person).left_minutes == 0


def test_part_time_has_its_share() -> None:
    agreed("2", NEW_YEAR)

    assert get_gauge(part_timer(20)).agreed_minutes == 250  # half of 504, in steps of five


def test_a_personal_agreement_counts_for_that_person_alone() -> None:
    amira, ben = PersonFactory(), PersonFactory()
    agreed("2", NEW_YEAR)
    agreed("4", NEW_YEAR, amira)

    assert (get_gauge(amira).agreed_minutes, get_gauge(ben).agreed_minutes) == (1010, 505)


def test_an_employment_counts_from_its_first_to_its_last_day() -> None:
    agreed("2", NEW_YEAR)
    joiner = PersonFactory(entered_on=date(2026, 11, 16))
    leaver = PersonFactory(left_on=date(2026, 11, 13))
    gone = PersonFactory(left_on=date(2026, 10, 31))

    assert [get_gauge(person).agreed_minutes for person in (joiner, leaver, gone)] == [265, 240, 0]


def test_history_holds_every_month() -> None:
    amira = PersonFactory()
    agreed("2", date(2026, 10, 1))
    EntryFactory(by=amira, minutes=45, spent_on=date(2026, 9, 2))
    EntryFactory(by=amira, minutes=30, spent_on=TODAY)

    history = get_history(amira, TODAY, count=3)

    assert [(one.month, one.used_minutes, one.agreed_minutes) for one in history] == [
        (date(2026, 9, 1), 45, 0),
        (date(2026, 10, 1), 0, 530),
        (date(2026, 11, 1), 30, 505),
    ]


def test_history_crosses_the_year() -> None:
    months = [one.month for one in get_history(PersonFactory(), date(2026, 1, 31), count=3)]

    assert months == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_the_account_of_the_start_page_is_the_gauge_without_plans() -> None:
    amira = part_timer(20)
    EntryFactory(by=amira, minutes=45)
    before = get_account(amira)
    agreed("2", NEW_YEAR)

    after = get_account(amira)

    assert (before.used_minutes, before.agreed_minutes) == (45, 0)
    assert after == get_gauge(amira)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_stay_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned_sources, "sources", Registry())
    amira = PersonFactory()
    for number in range(count):
        agreed("2", date(2026, 1, 1 + number))
        EntryFactory(by=amira, spent_on=date(2026, 11, 1 + number))

    for cost, ask in ((2, get_gauge), (1, get_account)):
        with django_assert_num_queries(cost):
            ask(amira)
    with django_assert_num_queries(2):
        get_history(amira, TODAY)
    with django_assert_num_queries(1):
        assert len(get_entries(amira, TODAY)) == count
    with django_assert_num_queries(1):
        get_terms(amira, TODAY)
    with django_assert_num_queries(1):
        queries.company_rules(TODAY)


def test_terms_say_what_holds_today() -> None:
    amira = part_timer(30)

    nothing = get_terms(amira, TODAY)
    agreed("2", NEW_YEAR)
    share = get_terms(amira, TODAY)
    agreed("3", NEW_YEAR, amira)
    personal = get_terms(amira, TODAY)

    assert (nothing.weekly_minutes, nothing.valid_from) == (0, None)
    assert (share.weekly_minutes, share.is_personal, share.is_part_time) == (90, False, True)
    assert (personal.weekly_minutes, personal.is_personal) == (180, True)


def test_rules_say_which_is_in_force() -> None:
    for hours, start in (("1", NEW_YEAR), ("2", date(2026, 7, 1)), ("3", date(2027, 1, 1))):
        agreed(hours, start)

    rules = queries.company_rules(TODAY)

    assert [(int(rule.hours_per_week), rule.is_in_force) for rule in rules] == [(3, False), (2, True), (1, False)]


def test_entries_and_agreements_are_visible_to_their_person_alone(frozen_time: Traveller) -> None:
    people = cast()
    entry = EntryFactory(by=people.amira)
    personal = agreed("3", NEW_YEAR, people.amira)

    for rows in (TimeEntry.objects.filter(pk=entry.pk), LearningTimeAgreement.objects.filter(pk=personal.pk)):
        seen = {
            name: rows.visible_to(getattr(people, name)).exists()
            for name in ("amira", "ben", "clara", "david", "eva", "felix", "greta")
        }
        assert seen == dict.fromkeys(seen, False) | {"amira": True}
