from collections.abc import Callable

import pytest

from wurzelwerk.kernel import late, visibility
from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.visibility import Owners
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, cast

Befriend = Callable[[Audience, Person, Person], None]


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Befriend:
    """Let ``viewer`` stand to ``owner`` as partner or mentor; the room that knows them stands above this one."""
    pairs: set[tuple[Audience, int, int]] = set()

    def reach(audience: Audience) -> Callable[[Person], Owners]:
        def owners(viewer: Person) -> Owners:
            keys = [owner for kind, owner, seen_by in pairs if (kind, seen_by) == (audience, viewer.pk)]
            found: Owners = Person.objects.filter(pk__in=keys).values("pk")
            return found

        return owners

    relations = {audience: list(found) for audience, found in visibility._relations.items()}  # noqa: SLF001
    for audience in (Audience.PARTNER, Audience.MENTOR):
        relations[audience] = [reach(audience)]
    monkeypatch.setattr(visibility, "_relations", relations)
    monkeypatch.setattr(late, "keeps_sql", False)

    def make(audience: Audience, owner: Person, viewer: Person) -> None:
        pairs.add((audience, owner.pk, viewer.pk))

    return make
