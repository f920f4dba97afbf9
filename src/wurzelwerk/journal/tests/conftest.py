from collections.abc import Callable

import pytest
from pytest_django import Settings

from wurzelwerk.kernel import late, visibility
from wurzelwerk.kernel.keyring import JOURNAL_FILE, PRIVATE_MODE
from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.visibility import Owners, Relation
from wurzelwerk.people.models import Person

Pair = Callable[[Person, Person], None]
WriteKeys = Callable[..., None]


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Let two persons be learning partners; the room that knows partnerships stands above this one."""
    pairs: set[tuple[int, int]] = set()

    def partners(viewer: Person) -> Owners:
        found: Owners = Person.objects.filter(pk__in=[one for one, other in pairs if other == viewer.pk]).values("pk")
        return found

    relations: dict[Audience, list[Relation]] = {audience: [] for audience in Audience}
    relations[Audience.PARTNER] = [partners]
    monkeypatch.setattr(visibility, "_relations", relations)
    monkeypatch.setattr(late, "keeps_sql", False)

    def make(one: Person, other: Person) -> None:
        pairs.update({(one.pk, other.pk), (other.pk, one.pk)})

    return make


@pytest.fixture
def write_keys(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> WriteKeys:
    """Give the installation a key file of its own; call again to change its lines."""
    settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")

    def write(*lines: str) -> None:
        path = settings.KEY_FOLDER / JOURNAL_FILE
        path.write_text("\n".join(lines) + "\n")
        path.chmod(PRIVATE_MODE)

    write("the first key")
    return write
