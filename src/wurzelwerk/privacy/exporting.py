"""Everything stored about one person as JSON, one line per row, without holding it all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Field, ForeignKey, Model, Q

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import speaks_english
from wurzelwerk.kernel.declarations import personal_models
from wurzelwerk.kernel.personal import PersonalData
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.own_data import exportable, has_file

FORMAT: Final = "wurzelwerk.my-data"
VERSION: Final = 1
CHUNK: Final = 500
_NAMES: Final = (("label_de", "label_en"), ("title_de", "title_en"), ("name_de", "name_en"), ("name",))


@dataclass(frozen=True, slots=True)
class Section:
    """One model in the file: what it says of itself, which rows, and the columns to ask for."""

    model: type[Any]
    declared: PersonalData
    condition: Q
    fields: tuple[Any, ...]
    columns: tuple[str, ...]


def as_json(person: Person) -> Iterator[str]:
    """Return the file of ``person`` in pieces: a header, then per model its declaration and rows.

    Persons stand in it by name and public id as in the directory; withheld secrets (password hashes,
    keys) and sealed texts (the journal writes those itself) are left out.
    """
    english = speaks_english()
    sections = tuple(_section(model, declared, person) for model, declared in personal_models() if has_file(model))
    return _written(person, sections, english=english)


def _written(person: Person, sections: tuple[Section, ...], *, english: bool) -> Iterator[str]:
    header = {
        "format": FORMAT,
        "version": VERSION,
        "created_at": clock.now(),
        "person": {"id": person.public_id, "name": person.full_name},
    }
    yield _dumps(header)[:-1] + ', "sections": ['
    for number, section in enumerate(sections):
        yield ("," if number else "") + "\n" + _dumps(_about(section))[:-1] + ', "rows": ['
        for line, row in enumerate(_rows(section, english=english)):
            yield ("," if line else "") + "\n  " + _dumps(row)
        yield "]}"
    yield "\n]}\n"


def _about(section: Section) -> dict[str, Any]:
    """Return what the model declares: which fields hold what, why and for how long."""
    groups = [
        {
            "item": group.item.value,
            "purpose": group.purpose.value,
            "retention": group.retention.value,
            "fields": [name for name in group.names if name not in section.declared.withheld],
        }
        for group in section.declared.fields
    ]
    return {"kind": section.model._meta.label_lower, "holds": groups, "left_out": list(section.declared.withheld)}


def _section(model: type[Any], declared: PersonalData, person: Person) -> Section:
    fields = tuple(_fields(model, declared))
    columns = tuple(column for field in fields for column in _columns(field))
    return Section(model, declared, exportable(model, declared, person), fields, columns)


def _fields(model: type[Any], declared: PersonalData) -> Iterator[Any]:
    """Yield the declared fields of ``model`` that a file can hold, its public id first."""
    wanted = {"public_id", *declared.declared()} - set(declared.withheld)
    wanted -= {name for name in declared.technical if name != "public_id"}
    for field in sorted(model._meta.concrete_fields, key=lambda field: field.name != "public_id"):
        if field.name in wanted and not isinstance(field, BinaryField):
            yield field


def _columns(field: Field[Any, Any]) -> tuple[str, ...]:
    """Return the columns behind one field: for a reference, what names the other thing to people."""
    if not isinstance(field, ForeignKey):
        return (field.name,)
    name = field.name
    if field.related_model is Person:
        return (f"{name}__public_id", f"{name}__given_name", f"{name}__family_name")
    known = {one.name for one in _target(field)._meta.concrete_fields}
    key = f"{name}__public_id" if "public_id" in known else f"{name}_id"
    words = next((names for names in _NAMES if known.issuperset(names)), ())
    return (key, *(f"{name}__{word}" for word in words))


def _rows(section: Section, *, english: bool) -> Iterator[dict[str, Any]]:
    found = section.model._default_manager.filter(section.condition).order_by("pk")
    for row in found.values_list(*section.columns).iterator(chunk_size=CHUNK):
        values = iter(row)
        yield {field.name: _value(field, values, english=english) for field in section.fields}


def _value(field: Field[Any, Any], values: Iterator[Any], *, english: bool) -> Any:
    key, *words = (next(values) for _column in _columns(field))
    if not isinstance(field, ForeignKey) or key is None:
        return key
    if field.related_model is Person:
        return {"id": key, "name": " ".join(words)}
    told = [word for word in (reversed(words) if english else words) if word]
    return {"id": key, "name": told[0]} if told else key


def _target(field: Any) -> type[Model]:
    model: type[Model] = field.related_model
    return model


def _dumps(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
