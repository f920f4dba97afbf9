"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, Final

from django.db import connection
from django.db.models import Model

# So many new rows that statistics from before mislead.
MANY_ROWS: Final = 10_000
_RARELY: Final = 200_000
_MANY_PAGES: Final = 16_000
_USUAL_PAGES: Final = 1_000
_MUCH_MEMORY: Final = "64MB"
_LONGEST_STRETCH: Final = 2.0
_PAUSE: Final = 0.15


@contextmanager
def much_work() -> Iterator[None]:
    """Tune this process for the time of a large job, and put everything back afterwards.

    SQLite writes its log back into the database less often (what is committed is safe either way), PostgreSQL sorts in
    memory; the collector of Python does not look again and again through hundreds of thousands of values that live as
    long as the job.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(_RARELY, *thresholds[1:])
    try:
        _write_back_every(_MANY_PAGES)
        _sort_within(_MUCH_MEMORY)
        yield
    finally:
        gc.set_threshold(*thresholds)
        _write_back_every(_USUAL_PAGES)
        _sort_within("")


class Stretch:
    """Work at a stretch. SQLite has one writer at a time and no queue: others ask again every tenth of a second."""

    def __init__(self) -> None:
        """Begin to work."""
        self._began = monotonic()

    def give_way(self) -> None:
        """Pause after two seconds of work so that others can write; to be called between two transactions."""
        if connection.vendor == "sqlite" and monotonic() - self._began >= _LONGEST_STRETCH:
            sleep(_PAUSE)
            self._began = monotonic()


def _write_back_every(pages: int) -> None:
    if connection.vendor == "sqlite":
        execute(f"PRAGMA wal_autocheckpoint = {pages:d}")


def _sort_within(memory: str) -> None:
    """Let PostgreSQL sort and join within so much memory and without compiling; "" is what is usual."""
    if connection.vendor == "postgresql":
        execute(f"SET work_mem = '{memory}'" if memory else "RESET work_mem")
        execute("SET jit = off" if memory else "RESET jit")


def insert_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ``rows`` with the values of ``columns`` (names in the database) into the table of ``model``."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            # Names come from the model, values are bound.
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def execute(sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> int:
    """Run one statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def fetch_one(sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> tuple[Any, ...]:
    """Return the one row a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


def refresh_statistics(*models: type[Model]) -> None:
    """Let PostgreSQL look at tables that have just grown, so that it plans well; outside a transaction."""
    if connection.vendor == "postgresql":
        for model in models:
            execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
