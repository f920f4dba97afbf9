"""Every model that holds personal data, with its declaration: for registers, exports and erasure."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from wurzelwerk.kernel.personal import NOT_PERSONAL, PersonalData, library_models

OURS = "wurzelwerk."


def declaration_of(model: type[Model]) -> PersonalData | None:
    """Return what ``model`` declares, for a model of a library what a room declared; None for no declaration."""
    declared: PersonalData | None = getattr(model, "personal_data", None)
    if declared is None and model._meta.label_lower in library_models:
        return library_models.get(model._meta.label_lower)
    return declared


def personal_models() -> Iterator[tuple[type[Model], PersonalData]]:
    """Yield the models with personal data and their declarations, rooms first, each in a stable order."""
    for model in sorted(apps.get_models(), key=lambda model: (not is_ours(model), model._meta.label_lower)):
        declared = declaration_of(model)
        if declared is not None and declared != NOT_PERSONAL:
            yield model, declared


def is_ours(model: type[Model]) -> bool:
    """Tell whether ``model`` belongs to a room."""
    return model.__module__.startswith(OURS)


def room_of(model: type[Model]) -> str:
    """Return the room that keeps ``model``; models of libraries belong to "people", which uses them."""
    return model.__module__.split(".")[1] if is_ours(model) else "people"
