from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.lrs import naming, queries
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.naming import CompetenceNames
from wurzelwerk.lrs.queries import Option, Wish, exported, get_options, own_statements
from wurzelwerk.lrs.tests.factories import StatementFactory
from wurzelwerk.people.tests.factories import PersonFactory, cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    known: Registry[CompetenceNames] = Registry()
    known.register("test", lambda keys: {key: f"Name {key}" for key in keys if key != "unknown"})
    monkeypatch.setattr(naming, "sources", known)


def shown(person: object, **wish: object) -> list[str]:
    listing = own_statements(person, Wish(**wish))  # type: ignore[arg-type]
    return [row.name for part in listing.months for row in part.rows]


def test_statements_stand_by_month_newest_first() -> None:
    amira = PersonFactory()
    for days, name in ((0, "eins"), (1, "zwei"), (30, "drei")):
        StatementFactory(person=amira, object_name=name, occurred_at=NOON - timedelta(days=days))

    months = own_statements(amira, Wish()).months

    assert [(part.month, [row.name for row in part.rows]) for part in months] == [
        (date(2026, 11, 1), ["eins", "zwei"]),
        (date(2026, 10, 1), ["drei"]),
    ]


def test_filters_narrow_the_list() -> None:
    amira = PersonFactory()
    StatementFactory(person=amira, object_name="eins", verb=Verb.MET, competence_key="c1", occurred_at=NOON)
    StatementFactory(person=amira, object_name="zwei", occurred_at=NOON - timedelta(days=31))

    assert shown(amira, verb=Verb.MET) == ["eins"]
    assert shown(amira, competence="c1") == ["eins"]
    assert shown(amira, month=date(2026, 10, 1)) == ["zwei"]
    assert shown(amira, verb=Verb.MET, month=date(2026, 10, 1)) == []


def test_nobody_else_sees_any_statement() -> None:
    people = cast()
    StatementFactory(person=people.amira)

    seen = {
        name: own_statements(getattr(people, name), Wish()).page.paginator.count
        for name in ("amira", "ben", "clara", "david", "eva", "felix", "greta")
    }

    assert seen == {"amira": 1, "ben": 0, "clara": 0, "david": 0, "eva": 0, "felix": 0, "greta": 0}


def test_options_count_what_there_is() -> None:
    amira = PersonFactory()
    StatementFactory(person=amira, competence_key="c2", occurred_at=NOON)
    StatementFactory(person=amira, competence_key="c1", occurred_at=NOON)
    StatementFactory(person=amira, competence_key="unknown", verb=Verb.MET, occurred_at=NOON - timedelta(days=31))

    options = get_options(amira)

    assert [(option.value, option.count) for option in options.verbs] == [("completed", 2), ("met", 1)]
    assert options.competences == (Option("c1", "Name c1", 1), Option("c2", "Name c2", 1))
    assert options.months == ((date(2026, 11, 1), 2), (date(2026, 10, 1), 1))


def test_competence_is_named_unless_it_is_the_object_itself() -> None:
    amira = PersonFactory()
    StatementFactory(person=amira, object_name="Kurs", competence_key="c1", occurred_at=NOON)
    StatementFactory(person=amira, object_name="Name c1", competence_key="c1", occurred_at=NOON - timedelta(hours=1))

    rows = own_statements(amira, Wish()).months[0].rows

    assert [row.competence for row in rows] == ["Name c1", ""]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    amira = PersonFactory()
    for _ in range(count):
        StatementFactory(person=amira, competence_key="c1")
    assert amira.roles == frozenset()  # asked once a request, before any page

    with django_assert_num_queries(5):
        own_statements(amira, Wish())
        get_options(amira)


def test_pages_hold_fifty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    amira = PersonFactory()
    for number in range(3):
        StatementFactory(person=amira, object_name=str(number), occurred_at=NOON - timedelta(days=number))

    second = own_statements(amira, Wish(), 2)

    assert [row.name for part in second.months for row in part.rows] == ["2"]


def test_export_yields_own_statements_oldest_first() -> None:
    amira = PersonFactory()
    newer = StatementFactory(person=amira, occurred_at=NOON)
    older = StatementFactory(person=amira, occurred_at=NOON - timedelta(days=1))
    StatementFactory()

    assert [statement["id"] for statement in exported(amira)] == [str(older.pk), str(newer.pk)]
