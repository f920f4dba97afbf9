"""Checks on models: relations point down, choices and pairs are constrained in the database."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import CheckConstraint, Field, Model, Q

from tests.architecture.source import is_below

PACKAGE = "wurzelwerk."


def our_models() -> list[type[Model]]:
    """Return the models of all rooms."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(PACKAGE) and ".tests" not in model.__module__
    ]


def room_of(model: type[Model]) -> str:
    """Return the room a model lives in."""
    return model.__module__.split(".")[1]


def own_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the columns and many-to-many relations that a model declares or inherits from an abstract base."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def relation_problems(model: type[Model]) -> Iterator[str]:
    """Yield relations to a model of a higher or neighbouring room, named by string or setting included."""
    for field in own_fields(model):
        target = field.related_model
        if (
            isinstance(target, type)
            and target.__module__.startswith(PACKAGE)
            and not is_below(room_of(target), room_of(model))
        ):
            yield f"{model.__name__}.{field.name} points up to {target.__name__} in {room_of(target)}"


def choices_problems(model: type[Model]) -> Iterator[str]:
    """Yield fields with choices that the database does not enforce."""
    for field in model._meta.local_fields:
        if not field.choices:
            continue
        values = {value for value, _ in field.flatchoices}
        enforced = [set(found) for condition in conditions(model) for found in values_in(condition, field.name)]
        if values not in enforced:
            yield f"{model.__name__}.{field.name} has choices without a constraint (kernel.constraints.one_of)"


def pair_problems(model: type[Model]) -> Iterator[str]:
    """Yield actors without their instant, and pairs that may be half empty.

    Where the instant is never empty, an empty actor is the system itself (an import, a schedule).
    """
    fields = {field.name: field for field in model._meta.local_fields}
    for name in fields:
        if not name.endswith("_by"):
            continue
        instant = fields.get(f"{name[:-3]}_at")
        if instant is None:
            yield f"{model.__name__}.{name} has no {name[:-3]}_at"
        elif instant.null and not any(
            {f"{name}__isnull", f"{instant.name}__isnull"} <= set(keys(condition)) for condition in conditions(model)
        ):
            yield f"{model.__name__}.{name} and {instant.name} are no pair (kernel.constraints.set_together)"


def conditions(model: type[Model]) -> list[Q]:
    """Return the conditions of a model's check constraints."""
    found = [item.condition for item in model._meta.constraints if isinstance(item, CheckConstraint)]
    return [condition for condition in found if isinstance(condition, Q)]


def values_in(condition: Q, name: str) -> Iterator[Any]:
    """Yield the values that ``condition`` allows for the field ``name``."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from values_in(child, name)
        elif isinstance(child, tuple) and child[0] == f"{name}__in":
            yield child[1]


def keys(condition: Q) -> Iterator[str]:
    """Yield the lookups that ``condition`` uses."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from keys(child)
        elif isinstance(child, tuple):
            yield child[0]
