"""Stories that many tests begin with: told once per process, afterwards only written down again."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Model

Rows = dict[type[Model], list[dict[str, Any]]]

_WORLDS: dict[str, Rows] = {}


def world(name: str, build: Callable[[], None]) -> None:
    """Let everything be there that ``build`` makes in a database without stories, at the same moment as always."""
    if name in _WORLDS:
        for model, rows in _WORLDS[name].items():
            model._base_manager.bulk_create([model(**row) for row in rows])
        return
    before = all_rows()
    build()
    after = all_rows()
    made = {model: [row for row in rows if row not in before[model]] for model, rows in after.items()}
    _WORLDS[name] = {model: rows for model, rows in made.items() if rows}


def all_rows() -> Rows:
    """Return all rows of all models, by the names of their columns."""
    return {
        model: list(
            model._base_manager.order_by("pk").values(*[field.attname for field in model._meta.concrete_fields])
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
