"""What somebody can do about a gap; higher rooms (paths, partnerships) offer their ways here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class GapAction:
    """A way to close a gap: ``href(person, competence)`` leads there, or None when it does not apply.

    It is asked for every line of a page and must not query.
    """

    label: Promise | str
    icon: str
    href: Callable[[Person, Competence], str | None]


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """A way as it is offered for one competence."""

    label: str
    icon: str
    href: str


gap_actions: Registry[GapAction] = Registry()


def actions_for(person: Person, competence: Competence) -> tuple[OfferedAction, ...]:
    """Return the ways that are open to ``person`` in ``competence``, in the order of registration."""
    offered = ((action, action.href(person, competence)) for action in gap_actions)
    return tuple(OfferedAction(str(action.label), action.icon, href) for action, href in offered if href)
