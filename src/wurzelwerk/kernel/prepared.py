"""Queries prepared once: Django writes their SQL at the first call, later calls only run it.

Writing a query of some joins costs Django up to ten milliseconds, running it a tenth of one. A page that is
opened all day long therefore prepares its queries::

    @prepared_for_viewer(since=DateField())
    def _recent(viewer, since):
        return Entry.objects.visible_to(viewer).filter(day__gte=since).values_list("pk", "title")

    rows = _recent(person, since=day)  # a list of tuples

The function runs once for each connection (and each set of roles). It is given stand-ins: it must not look into its
arguments, and it asks for the time with ``late.NOW`` and ``late.TODAY``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import local
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, QuerySet
from django.db.models.query import ValuesListIterable

from wurzelwerk.kernel import late
from wurzelwerk.kernel.late import VIEWER, AnyViewer, Argument, Keys, filled, open_places

Row = tuple[Any, ...]
Writer = Callable[..., "QuerySet[Any, Any]"]
Kind = Field[Any, Any] | type[Keys]
"""What kind of value an argument is: a field that takes it, or ``Keys`` for any number of keys."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with open places, and what turns the database's values into Python's."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]

    def rows(self, connection: Any, arguments: dict[str, Any]) -> list[Row]:
        """Run it with ``arguments`` in the open places."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled(self.parameters, connection, arguments))
            found: list[Row] = cursor.fetchall()
        return [tuple(row) for row in self.compiler.apply_converters(found, self.converters)]


class _Kept(local):
    """The statements of one thread, for the connection it has."""

    connection: Any = None
    statements: dict[frozenset[str], Statement | None]

    def of(self, connection: Any) -> dict[frozenset[str], Statement | None]:
        """Return the statements by the roles they are for."""
        if self.connection is not connection:
            self.connection, self.statements = connection, {}
        return self.statements


class _Query:
    """A query that is written at the first call."""

    def __init__(self, write: Writer, fields: "dict[str, Kind]") -> None:
        """Prepare what ``write`` returns; ``fields`` says what kind of value each argument is."""
        self._write = write
        self._fields = fields
        self._kept = _Kept()

    def _rows(self, arguments: dict[str, Any], roles: frozenset[str]) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        kept = self._kept.of(connection)
        if roles not in kept:
            kept[roles] = self._compiled(connection, roles)
        statement = kept[roles]
        return statement.rows(connection, arguments) if statement else []

    def _compiled(self, connection: Any, roles: frozenset[str]) -> Statement | None:
        """Return the statement; None for a query that cannot find anything."""
        with open_places():
            queryset = self._written(roles)
            if queryset._iterable_class is not ValuesListIterable:  # noqa: SLF001 - what a row is stands nowhere else
                raise TypeError("A prepared query ends in values_list(...).")
            compiler = queryset.query.get_compiler(connection=connection)
            try:
                sql, parameters = compiler.as_sql()
            except EmptyResultSet:
                return None
        selected = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        return Statement(sql, tuple(parameters), compiler, compiler.get_converters(selected))

    def _written(self, roles: frozenset[str]) -> "QuerySet[Any, Any]":
        return self._write(**self._stand_ins())

    def _stand_ins(self) -> dict[str, Argument]:
        return {
            name: Argument(name, kind) if isinstance(kind, Field) else kind(name) for name, kind in self._fields.items()
        }


class Prepared(_Query):
    """A query of named arguments."""

    def __call__(self, **arguments: Any) -> list[Row]:
        """Return the rows."""
        return self._rows(arguments, frozenset()) if late.keeps_sql else list(self._write(**arguments))


class PreparedForViewer(_Query):
    """A query of a viewer and named arguments."""

    def __call__(self, viewer: Any, **arguments: Any) -> list[Row]:
        """Return the rows for ``viewer``; none for somebody who may not be here."""
        if not viewer.is_authenticated or not viewer.is_active:
            return []
        if not late.keeps_sql:
            return list(self._write(viewer, **arguments))
        return self._rows({**arguments, VIEWER: viewer.pk}, viewer.roles)

    def _written(self, roles: frozenset[str]) -> "QuerySet[Any, Any]":
        return self._write(AnyViewer(roles), **self._stand_ins())


def prepared(**fields: "Kind") -> Callable[[Writer], Prepared]:
    """Prepare the query a function returns; ``fields`` says what kind of value each argument is."""
    return lambda write: Prepared(write, fields)


def prepared_for_viewer(**fields: "Kind") -> Callable[[Writer], PreparedForViewer]:
    """Prepare the query a function returns for the viewer it is given first; ``fields`` are those of the others."""
    return lambda write: PreparedForViewer(write, fields)
