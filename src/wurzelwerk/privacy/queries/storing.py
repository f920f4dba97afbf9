"""What is stored about a person, generated from what every model declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, Model, Subquery

from wurzelwerk.kernel.declarations import personal_models, room_of
from wurzelwerk.kernel.personal import PersonalData, Purpose
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.own_data import has_file, owned


@dataclass(frozen=True, slots=True)
class StoredPart:
    """Some fields of one model that hold the same kind of data for the same time, and how many rows there are."""

    item: str
    item_key: str
    kind: str
    names: tuple[str, ...]
    retention: str
    rows: int
    is_in_file: bool


@dataclass(frozen=True, slots=True)
class StoredPurpose:
    """Everything kept for one purpose; ``rows`` counts the rows of its parts."""

    key: str
    name: str
    parts: tuple[StoredPart, ...]

    @property
    def rows(self) -> int:
        """How many rows are kept."""
        return sum(part.rows for part in self.parts)


def stored_about(person: Person) -> tuple[StoredPurpose, ...]:
    """Return what is kept about ``person``, by purpose in the order of the declaration; one query."""
    models = tuple(personal_models())
    counts = _counts(person, models)
    parts: dict[Purpose, list[StoredPart]] = {purpose: [] for purpose in Purpose}
    for model, declared in models:
        for purpose, part in _parts(model, declared, counts):
            parts[purpose].append(part)
    return tuple(
        StoredPurpose(purpose.value, _sentence(str(purpose.label)), tuple(found))
        for purpose, found in parts.items()
        if found
    )


def _parts(model: type[Any], declared: PersonalData, counts: dict[str, int]) -> Iterator[tuple[Purpose, StoredPart]]:
    label = model._meta.label_lower
    for group in declared.fields:
        yield (
            group.purpose,
            StoredPart(
                item=_sentence(str(group.item.label)),
                item_key=group.item.value,
                kind=f"{room_of(model)}: {model._meta.model_name}",
                names=tuple(name for name in group.names if name not in declared.withheld),
                retention=str(group.retention.label),
                rows=counts[label],
                is_in_file=has_file(model),
            ),
        )


def _counts(person: Person, models: tuple[tuple[type[Model], PersonalData], ...]) -> dict[str, int]:
    """Return how many rows of each model are about ``person``, by label: all counted in one query."""
    columns = {f"rows_{number}": _count(model, declared, person) for number, (model, declared) in enumerate(models)}
    found = Person.objects.visible_to(person).filter(pk=person.pk).annotate(**columns).values(*columns).get()
    return {model._meta.label_lower: found[f"rows_{number}"] for number, (model, _declared) in enumerate(models)}


def _count(model: type[Model], declared: PersonalData, person: Person) -> Subquery:
    rows = model._default_manager.filter(owned(model, declared, person)).order_by()
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.annotate(number_of_rows=number).values("number_of_rows"))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
