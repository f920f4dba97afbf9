"""Who stands in which relation to whom, for the visibility matrix."""

from collections.abc import Callable

from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.visibility import Owners, Reach, register_relation
from wurzelwerk.people.models import SEES_AS, Employment, Person


def led_by(viewer: Person) -> Owners:
    """Return whom ``viewer`` manages directly."""
    return Employment.objects.filter(manager=viewer).values("person")


def everyone(viewer: Person) -> Owners:
    """Everyone who is signed in belongs to the company."""
    return Reach.EVERYONE


def _by_role(audience: Audience) -> Callable[[Person], Owners]:
    roles = frozenset(SEES_AS[audience])

    def reach(viewer: Person) -> Owners:
        return Reach.EVERYONE if viewer.roles & roles else Reach.NOBODY

    return reach


def register_relations() -> None:
    """Tell the kernel about managers, roles and colleagues."""
    register_relation(Audience.LEAD, led_by)
    register_relation(Audience.COMMUNITY, everyone)
    for audience in SEES_AS:
        register_relation(audience, _by_role(audience))
