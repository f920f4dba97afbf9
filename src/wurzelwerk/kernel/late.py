"""Values that come late: a query is written once, and asks for them each time it runs.

``NOW`` and ``TODAY`` stand in conditions for the clock, ``AnyViewer`` for whoever looks. Compiled as usual they turn
into their value; compiled within ``open_places`` they leave their place open, and ``filled`` gives it a value.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db.models import BigIntegerField, DateField, DateTimeField, Expression, Field

from wurzelwerk.kernel import clock

Arguments = Mapping[str, Any]
VIEWER: Final = "viewer"

keeps_sql = True
"""False where relations look into the viewer (tests replace them): then every query is written anew."""

_leaves_open: ContextVar[bool] = ContextVar("leaves_open", default=False)


class Late(Expression):
    """A value asked for when the query runs; ``ask`` may be given the arguments of the run."""

    def __init__(self, ask: Callable[[], Any], output_field: "Field[Any, Any]") -> None:
        """Ask ``ask``, and hand the answer to the database as ``output_field`` does."""
        super().__init__(output_field=output_field)
        self.ask = ask
        self.source: Any = (ask, type(output_field))

    def value(self, arguments: Arguments) -> Any:
        """Return the value of this run."""
        return self.ask()

    def filled(self, connection: Any, arguments: Arguments) -> Any:
        """Return the value as the driver of ``connection`` takes it."""
        return self.output_field.get_db_prep_value(self.value(arguments), connection)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a place with the value, or with this expression itself while places stay open."""
        return "%s", [self if _leaves_open.get() else self.filled(connection, {})]


class Argument(Late):
    """A value given by name when the query runs."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        """Stand for the argument ``name``."""
        Expression.__init__(self, output_field=output_field)
        self.name = name
        self.source = name

    def value(self, arguments: Arguments) -> Any:
        """Return the argument; raises ``KeyError`` outside of a run."""
        return arguments[self.name]


class Keys(Argument):
    """Any number of keys given by name; stands on the right of ``__in``."""

    def __init__(self, name: str) -> None:
        """Stand for the argument ``name``."""
        super().__init__(name, BigIntegerField())

    def filled(self, connection: Any, arguments: Arguments) -> Any:
        """Return the keys in one value, so that the query stays the same however many there are."""
        keys = [int(key) for key in arguments[self.name]]
        return keys if connection.vendor == "postgresql" else json.dumps(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the keys as rows."""
        place, values = super().as_sql(compiler, connection)
        if connection.vendor == "postgresql":
            return f"(SELECT unnest({place}::bigint[]))", values
        return f"(SELECT value FROM json_each({place}))", values  # noqa: S608 - only a place


class AnyViewer(Argument):
    """Whoever looks, known by their roles alone: stands for a person and for their key."""

    is_authenticated = True
    is_active = True

    def __init__(self, roles: frozenset[str]) -> None:
        """Stand for a viewer with ``roles``."""
        super().__init__(VIEWER, BigIntegerField())
        self.roles = roles

    @property
    def pk(self) -> "AnyViewer":
        """The key of the viewer."""
        return self


NOW: Final[Any] = Late(clock.now, DateTimeField())
TODAY: Final[Any] = Late(clock.today, DateField())


@contextmanager
def open_places() -> Iterator[None]:
    """Compile with open places; a condition that asks the clock now would keep the answer, so it may not."""
    token = _leaves_open.set(True)
    try:
        with clock.forbidden("A query that is kept asks for the time with late.NOW and late.TODAY."):
            yield
    finally:
        _leaves_open.reset(token)


def filled(parameters: Iterable[Any], connection: Any, arguments: Arguments) -> tuple[Any, ...]:
    """Return ``parameters`` with a value in every open place; the viewer stands in dozens and is asked for once."""
    values: dict[Any, Any] = {}
    return tuple(
        (values.get(each.source) or values.setdefault(each.source, each.filled(connection, arguments)))
        if isinstance(each, Late)
        else each
        for each in parameters
    )


def passed_on(parameters: Iterable[Any], viewer: Any, connection: Any) -> list[Any]:
    """Return ``parameters`` for a query around this one: while places stay open, they stay open."""
    if not _leaves_open.get():
        return list(filled(parameters, connection, {VIEWER: viewer.pk}))
    is_known = not isinstance(viewer, AnyViewer)
    return [
        each.filled(connection, {VIEWER: viewer.pk}) if is_known and isinstance(each, Argument) else each
        for each in parameters
    ]
