"""What can be opened where it stands: rooms name their things here, and the sharing control does the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class SharedThing:
    """One thing of its owner's: what they read in the list of their shares, and the address where it stands."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Shareable:
    """A kind of data that can be opened thing by thing.

    ``find(owner, object_key)`` returns the thing; it raises ``NotThere`` unless it is the owner's own.
    ``opened(owner, object_key)``, where given, is what the room does when something was newly opened.
    """

    find: Callable[[Person, str], SharedThing]
    opened: Callable[[Person, str], None] | None = None


shareables: Registry[Shareable] = Registry()
"""By the key of the item; filled by the rooms that keep such things."""


def shareable_of(item: str) -> Shareable:
    """Return how things of ``item`` are shared; raises ``NotThere`` where no room has named any."""
    if item not in shareables:
        raise NotThere
    return shareables.get(item)


def find_portrait(owner: Person, object_key: str) -> SharedThing:
    """Return the introduction and interests of ``owner``; raises ``NotThere`` for anybody else's."""
    if object_key != owner.public_id:
        raise NotThere
    return SharedThing(_("Introduction and interests"), reverse("people:person", args=[object_key]) + "#about")


def register_portrait() -> None:
    """Name the portrait: it is kept by people, who stand below this room."""
    shareables.register(Item.PORTRAIT.value, Shareable(find_portrait))
