"""The first large import on PostgreSQL: indexes and foreign keys are put aside and built anew once, for all rows.

Keeping them row by row costs more than everything else together. It all happens in one transaction: whoever looks
meanwhile waits, and an import that is killed finds tables, indexes and keys as they were.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.models import Model

from wurzelwerk.people.hr_import.bulk import execute
from wurzelwerk.people.models import PeopleImport, Person

WORTH_IT: Final = 50_000
# So many join for each person who is there already: else others would wait for too little gain.
JOIN_FOR_EACH: Final = 10
_WAIT_AT_MOST: Final = "5s"
_MUCH_MEMORY: Final = "128MB"
# Unique indexes and primary keys stay: rows are told apart by them.
_KEPT_BESIDE: Final = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = %(table)s::regclass
    UNION ALL
    SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    FROM pg_index i WHERE NOT i.indisunique AND i.indrelid = %(table)s::regclass
"""


def is_worth_it(people_import: PeopleImport) -> bool:
    """Tell whether so many join, and so few are there, that building anew is faster."""
    joiners: int = people_import.counts.get("joiner", 0)
    if connection.vendor != "postgresql" or joiners < WORTH_IT:
        return False
    return bool(Person.objects.count() * JOIN_FOR_EACH <= joiners)


@contextmanager
def laid_bare(*models: type[Model]) -> Iterator[None]:
    """Put indexes and foreign keys of the models' tables aside in a transaction and build them anew at its end.

    Raises ``OperationalError`` when somebody else uses the tables for too long; then nothing has happened.
    """
    with transaction.atomic():
        execute(f"SET LOCAL lock_timeout = '{_WAIT_AT_MOST}'")
        execute(f"SET LOCAL maintenance_work_mem = '{_MUCH_MEMORY}'")
        kept = [pair for model in models for pair in _kept_beside(model)]
        for drop, _ in kept:
            execute(drop)
        yield
        # Indexes first: what checks the keys may use them.
        for _, build in reversed(kept):
            execute(build)


def _kept_beside(model: type[Model]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_BESIDE, {"table": model._meta.db_table})
        return [(drop, build) for drop, build in cursor.fetchall()]
