"""What is kept for everybody with the same roles shows each of them the same rows as a condition written for them."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q

from tests.matrix.world import build_world
from wurzelwerk.kernel import late, visibility
from wurzelwerk.kernel.visibility import PersonalModel
from wurzelwerk.people.models import Person

pytestmark = pytest.mark.django_db
ACTORS = ("self", "partner", "mentor", "lead", "learning_and_development", "administrator")
Seen = dict[tuple[int, str, str], list[Any]]


def seen_by(people: list[Person]) -> Seen:
    """Return the keys of the visible rows by person, model and place: at the top, and within another query."""
    seen: Seen = {}
    for person in people:
        for model in (model for model in apps.get_models() if issubclass(model, PersonalModel)):
            rows = model.objects.visible_to(person)
            within = model._default_manager.filter(pk__in=rows.values("pk"))
            items = {rule.item for rule in model.field_visibility}
            fields = {item.value: model.objects.with_visible(item, person) for item in items}
            for place, found in {"rows": rows, "within": within, **fields}.items():
                seen[person.pk, model._meta.label, place] = sorted(found.values_list("pk", flat=True))
    return seen


def test_kept_conditions_show_what_conditions_of_ones_own_show(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [actor.person for actor in build_world().actors if actor.person and actor.name in ACTORS]
    write, written = visibility._condition, []  # noqa: SLF001 - counted

    def counted(*given: Any) -> Q:
        written.append(given)
        return write(*given)

    first = seen_by(people)
    monkeypatch.setattr(visibility, "_condition", counted)
    again = seen_by(people)
    times_written = len(written)
    monkeypatch.setattr(late, "keeps_sql", False)
    written_anew = seen_by(people)

    assert {key: rows for key, rows in first.items() if rows != written_anew[key]} == {}
    assert (again, times_written) == (first, 0)
    assert sum(map(len, first.values())) > len(people)
