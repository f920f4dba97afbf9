"""Who sees the rows of a partnership: the rules of the matrix, told once for every model."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from wurzelwerk.kernel.late import TODAY
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.visibility import RowRule
from wurzelwerk.partnerships.choices import AdState, Scenario
from wurzelwerk.people.models import Person

READERS = (
    Audience.LEAD,
    Audience.LEARNING_AND_DEVELOPMENT,
    Audience.WORKS_COUNCIL,
    Audience.ADMINISTRATOR,
)


def partnerships_of(viewer: Person) -> QuerySet[Any, Any]:
    """Return the keys of the partnerships that ``viewer`` belongs or belonged to."""
    member = apps.get_model("partnerships", "Member")
    return member._default_manager.filter(person=viewer).values("partnership")


def existence(path: str = "") -> RowRule:
    """Return the rule of "that a partnership exists" for a model whose partnership is at ``path``."""
    return RowRule(
        Item.PARTNERSHIP,
        owner=_members(path),
        many=True,
        always={Audience.PARTNER: _of_own_partnership(path)},
        reduced={
            Audience.LEAD: _asked_for_time(path),
            Audience.LEARNING_AND_DEVELOPMENT: lambda viewer: Q(),
        },
    )


def content(path: str = "partnership") -> RowRule:
    """Return the rule of goals, messages and agreement: the members alone."""
    return RowRule(
        Item.PARTNERSHIP_CONTENT,
        owner=_members(path),
        many=True,
        always={Audience.PARTNER: _of_own_partnership(path)},
    )


def package(path: str = "partnership") -> RowRule:
    """Return the rule of agreed packages: the members, and learning and development where it is blended."""
    agreed = Q(**{f"{path}__scenario": Scenario.BLENDED, f"{path}__started_on__isnull": False})
    return RowRule(
        Item.LEARNING_PACKAGE,
        owner=_members(path),
        many=True,
        always={Audience.PARTNER: _of_own_partnership(path)},
        reduced={Audience.LEARNING_AND_DEVELOPMENT: lambda viewer: agreed},
    )


def published_ad(path: str = "") -> RowRule:
    """Return the rule of a published ad for a model whose ad is at ``path``: everyone while it can be found."""
    prefix = f"{path}__" if path else ""

    def findable(viewer: Person) -> Q:
        return Q(
            **{
                f"{prefix}state": AdState.PUBLISHED,
                f"{prefix}expires_on__gte": TODAY,
                f"{prefix}person__is_active": True,
            }
        )

    return RowRule(
        Item.PARTNER_AD,
        owner=f"{prefix}person",
        share_key=f"{prefix}public_id",
        always=dict.fromkeys((Audience.PARTNER, Audience.MENTOR, Audience.COMMUNITY), findable),
        reduced=dict.fromkeys(READERS, findable),
    )


def _members(path: str) -> str:
    return f"{path}__members__person" if path else "members__person"


def _of_own_partnership(path: str) -> Callable[[Person], Q]:
    def restriction(viewer: Person) -> Q:
        return Q(**{f"{path or 'pk'}__in": partnerships_of(viewer)})

    return restriction


def _asked_for_time(path: str) -> Callable[[Person], Q]:
    def restriction(viewer: Person) -> Q:
        request = apps.get_model("partnerships", "TimeRequest")
        asked = request._default_manager.filter(person__employment__manager=viewer)
        return Q(**{f"{path or 'pk'}__in": asked.values("partnership")})

    return restriction
