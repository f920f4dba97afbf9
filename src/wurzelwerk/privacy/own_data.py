"""Which rows of a model are somebody's own: for the page and the file "What is stored about me"."""

from collections.abc import Callable
from typing import Any

from django.db.models import ForeignKey, Model, Q

from wurzelwerk.kernel.declarations import is_ours
from wurzelwerk.kernel.personal import PersonalData
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.visibility import RowRule, visible_condition
from wurzelwerk.people.models import Person

limits: Registry[Callable[[Person], Q]] = Registry()
"""``limit(person)`` by model label ("room.model"): which of the rows that ``person`` has together with
others go into their file. Without one, of rows that name people only those that name the person."""


def owned(model: type[Model], declared: PersonalData, person: Person) -> Q:
    """Return the condition "this row is about ``person``", whether or not a page shows it."""
    condition = Q(pk__in=())
    for path in {declared.owner, *(rule.owner for rule in rules_of(model))}:
        mine = model._default_manager.filter(**{path or "pk": person.pk})
        condition |= Q(pk__in=mine.order_by().values("pk"))
    return condition


def exportable(model: type[Model], declared: PersonalData, person: Person) -> Q:
    """Return which rows about ``person`` go into their file: those the matrix shows them, and no more.

    What others wrote about or beside the person stays out unless the room that knows says otherwise.
    """
    condition = owned(model, declared, person)
    if is_ours(model):
        condition &= visible_condition(model, person)
    if not any(rule.many for rule in rules_of(model)):
        return condition
    if model._meta.label_lower in limits:
        return condition & limits.get(model._meta.label_lower)(person)
    return condition & _names(model, person)


def has_file(model: type[Model]) -> bool:
    """Tell whether rows of ``model`` go into the file; working copies that no page shows do not."""
    return not is_ours(model) or bool(rules_of(model))


def rules_of(model: type[Model]) -> tuple[RowRule, ...]:
    """Return the row rules of ``model``; models of libraries have none."""
    rules: tuple[RowRule, ...] = getattr(model, "visibility", ())
    return rules


def person_columns(model: type[Any]) -> tuple[str, ...]:
    """Return the fields of ``model`` that name a person."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    )


def _names(model: type[Model], person: Person) -> Q:
    columns = person_columns(model)
    condition = Q(pk__in=()) if columns else ~Q(pk__in=())
    for name in columns:
        condition |= Q(**{name: person})
    return condition
