"""The first large import on PostgreSQL, which puts indexes and foreign keys aside and builds them anew."""

from pathlib import Path

import pytest
from django.db import connection

from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import import laying_bare, merging
from wurzelwerk.people.hr_import.merging import Batch
from wurzelwerk.people.models import OrgUnit, PeopleImport, Person
from wurzelwerk.people.tests.people_files import apply, checked, company, write

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone keeps indexes so dearly"),
    pytest.mark.django_db(transaction=True),
]

PEOPLE = """
Personalnummer;Vorname;Nachname;Organisationspfad;Vorgesetzte
1;Clara;Vogt;Werk;
2;Amira;Haddad;Werk / Montage;1
3;Ben;Krüger;Werk / Montage;1
"""
DEFINITIONS = """
    SELECT indexdef FROM pg_indexes WHERE tablename IN ('people_person', 'people_employment')
    UNION ALL
    SELECT conname || ' ' || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
    WHERE conrelid IN ('people_person'::regclass, 'people_employment'::regclass)
    ORDER BY 1
"""


@pytest.fixture(autouse=True)
def _worth_it_for_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying_bare, "WORTH_IT", 1)


def definitions() -> list[str]:
    """Return every index and constraint of the tables."""
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS)
        return [row[0] for row in cursor.fetchall()]


def test_large_first_import_leaves_indexes_and_keys_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, during = definitions(), list[int]()
    real = merging.insert_employments

    def insert(batch: Batch, *, leads: bool | None) -> int:
        during.append(len(definitions()))
        return real(batch, leads=leads)

    monkeypatch.setattr(merging, "insert_employments", insert)

    apply(checked(write(tmp_path, PEOPLE)))

    assert max(during) < len(before)
    assert definitions() == before
    assert {number: row["employment__manager__staff_number"] for number, row in company().items()} == {
        "1": None,
        "2": "1",
        "3": "1",
    }


def test_large_first_import_that_breaks_off_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = definitions()
    people_import = checked(write(tmp_path, PEOPLE))
    job = actions.apply_import(by=None, people_import=people_import, in_queue=False)

    def go_away(batch: Batch, *, leads: bool | None) -> int:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(merging, "insert_employments", go_away)
        with pytest.raises(SystemExit):
            run_job(job.pk)

    assert (definitions(), Person.objects.count()) == (before, 0)
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.position["batch"]) == (ImportState.APPLYING, 0)
    run_job(actions.importing.take_over_import(people_import=people_import).pk)
    assert (definitions(), Person.objects.count()) == (before, 3)


def test_tables_in_use_are_not_waited_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying_bare, "_WAIT_AT_MOST", "50ms")
    people_import = checked(write(tmp_path, PEOPLE))
    reader = connection.copy()
    reader.set_autocommit(False)
    try:
        with reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_person")

        apply(people_import)
    finally:
        reader.rollback()
        reader.close()

    assert Person.objects.count() == 3


def test_next_import_into_a_filled_company_goes_batch_by_batch(tmp_path: Path) -> None:
    apply(checked(write(tmp_path, PEOPLE)))

    people_import = checked(write(tmp_path, PEOPLE + "4;David;Lenz;Werk;1"))

    assert not laying_bare.is_worth_it(people_import)
    assert OrgUnit.objects.count() == 2
