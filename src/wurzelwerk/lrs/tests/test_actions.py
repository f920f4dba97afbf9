from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.models import AppendOnlyError, Statement
from wurzelwerk.lrs.tests.factories import StatementFactory
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_record_keeps_columns_and_the_whole_statement() -> None:
    amira = PersonFactory(given_name="Amira")

    row = record(
        person=amira,
        verb=Verb.COMPLETED,
        object_type="opportunity",
        object_key="k1",
        object_name="Workshops leiten",
        competence_key="c1",
        minutes=52,
        occurred_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    )

    row.refresh_from_db()
    assert (row.person, row.verb, row.minutes, row.competence_key) == (amira, Verb.COMPLETED, 50, "c1")
    assert row.statement["id"] == str(row.pk)
    assert row.statement["actor"]["account"] == {"homePage": "http://localhost", "name": amira.public_id}
    assert row.statement["timestamp"] == "2026-11-20T08:30:00.000Z"


def test_record_is_a_single_insert(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    amira = PersonFactory()

    with django_assert_num_queries(1):
        StatementFactory(person=amira)


def test_record_belongs_to_the_transaction_of_its_caller() -> None:
    amira = PersonFactory()

    with transaction.atomic():
        StatementFactory(person=amira)
        transaction.set_rollback(True)

    assert Statement.objects.count() == 0


def test_queryset_refuses_to_change_statements() -> None:
    StatementFactory()

    with pytest.raises(AppendOnlyError):
        Statement.objects.all().update(verb=Verb.MET)


def test_database_refuses_to_change_a_statement() -> None:
    row = StatementFactory()

    row.object_name = "etwas anderes"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lrs_statement SET object_name = 'x'")

    assert Statement.objects.get().object_name != "x"


def test_retention_can_delete_statements() -> None:
    StatementFactory()

    Statement.objects.all().delete()

    assert Statement.objects.count() == 0
