"""A condition on the rows of a model that Django writes once for all viewers with the same roles.

A condition on the columns of the model alone stands in the query as if it had been written there. One that needs
other tables, or stands where the model has another name, becomes "there is such a row": the same rows either way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import local
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import BooleanField, Expression, F, Model, Q

from wurzelwerk.kernel.late import AnyViewer, open_places, passed_on

Key = tuple[type[Model], tuple[Any, ...], frozenset[str]]
_HERE: Final = "{here}"
_INNER: Final = "kept"
"""Begins the names of tables inside, and none outside."""


class _Here(Expression):
    """The key of the row that is looked at; its column is known only when the query stands."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the mark that the column takes the place of."""
        return _HERE, []


@dataclass(frozen=True, slots=True)
class _Written:
    """The condition as SQL: ``in_place`` (empty where it needs other tables) and ``elsewhere``."""

    in_place: str
    in_place_values: tuple[Any, ...]
    elsewhere: str
    elsewhere_values: tuple[Any, ...]


class _Kept(local):
    """What one thread has written, for the connection it has; a verdict stands for "all rows" and "no rows"."""

    connection: Any = None
    conditions: dict[Key, "_Written | type[FullResultSet | EmptyResultSet]"]

    def of(self, connection: Any) -> dict[Key, "_Written | type[FullResultSet | EmptyResultSet]"]:
        """Return the conditions by model, rules and roles."""
        if self.connection is not connection:
            self.connection, self.conditions = connection, {}
        return self.conditions


_kept = _Kept()


class KeptCondition(Expression):
    """The condition ``write`` returns for a viewer, kept for ``model``, ``rules`` and the viewer's roles."""

    def __init__(self, model: type[Model], rules: tuple[Any, ...], viewer: Any, write: Callable[[Any], Q]) -> None:
        """Keep what ``write`` makes of anybody with the roles of ``viewer``."""
        super().__init__(output_field=BooleanField())
        self.model, self.rules, self.viewer, self.write = model, rules, viewer, write
        self.row: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        """Let Django find the column of the row's key."""
        return [self.row]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the column."""
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition; raises ``FullResultSet`` for all rows, ``EmptyResultSet`` for none."""
        kept, key = _kept.of(connection), (self.model, self.rules, self.viewer.roles)
        if key not in kept:
            kept[key] = self._written(connection)
        found = kept[key]
        if not isinstance(found, _Written):
            raise found
        if found.in_place and self.row.alias == self.model._meta.db_table:
            return f"({found.in_place})", passed_on(found.in_place_values, self.viewer, connection)
        if self.row.alias.startswith(_INNER):
            raise ValueError("A kept condition cannot stand in a kept condition.")
        column, _values = compiler.compile(self.row)
        values = passed_on(found.elsewhere_values, self.viewer, connection)
        return f"EXISTS({found.elsewhere.replace(_HERE, column)})", values

    def _written(self, connection: Any) -> "_Written | type[FullResultSet | EmptyResultSet]":
        with open_places():
            rows = self.model._base_manager.filter(self.write(AnyViewer(self.viewer.roles))).order_by()
            try:
                in_place, values = rows.query.get_compiler(connection=connection).compile(rows.query.where)
            except (FullResultSet, EmptyResultSet) as verdict:
                return type(verdict)
            if sum(map(bool, rows.query.alias_refcount.values())) > 1:
                in_place, values = "", ()
            there = rows.filter(pk=_Here(output_field=self.model._meta.pk)).values("pk").query
            there.change_aliases({name: f"{_INNER}{place}" for place, name in enumerate(there.alias_map)})
            elsewhere, elsewhere_values = there.get_compiler(connection=connection).as_sql()
        return _Written(in_place, tuple(values), elsewhere, tuple(elsewhere_values))
