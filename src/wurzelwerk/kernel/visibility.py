"""``visible_to``: the rows of personal data one person may see, derived from the matrix.

Rooms declare row rules on their models; ``people`` and ``partnerships`` register who stands in
which relation to whom; ``privacy`` registers the source of shares. Nothing else grants sight.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Self

from django.db.models import Model, Q, QuerySet

from wurzelwerk.kernel import late
from wurzelwerk.kernel.kept_condition import KeptCondition
from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level
from wurzelwerk.kernel.personal import PersonalData
from wurzelwerk.kernel.verdict import NotThere


class Reach(Enum):
    """A relation that holds for everybody or for nobody."""

    EVERYONE = "everyone"
    NOBODY = "nobody"


Owners = Reach | QuerySet[Any, Any]
"""Whose data a relation reaches: everybody's, nobody's, or a subquery of person keys."""

Relation = Callable[[Any], Owners]
Restriction = Callable[[Any], Q]
ShareSource = Callable[[Any, Item, Audience, str, str], Q]

_NOTHING = Q(pk__in=())
_EVERYTHING = ~_NOTHING
"""An empty ``Q`` means nothing in an "or" and everything in an "and"; these two mean what they say."""

_relations: dict[Audience, list[Relation]] = {audience: [] for audience in Audience}
_share_sources: list[ShareSource] = []


@dataclass(frozen=True, slots=True, eq=False)
class RowRule:
    """Which item the rows (of ``where``) are, whose they are, and what "in part" means.

    ``owner``: field path to the person; ``many`` when the path passes a to-many relation.
    ``share_key``: field path of the key that a share names.
    ``reduced``: for an audience seen "in part", the condition that a row must meet.
    ``always``: a further condition where the matrix says "always" with a note (e.g. published).
    """

    item: Item
    owner: str = "person"
    where: Q = field(default_factory=Q)
    share_key: str = "public_id"
    many: bool = False
    reduced: dict[Audience, Restriction] = field(default_factory=dict)
    always: dict[Audience, Restriction] = field(default_factory=dict)


def register_relation(audience: Audience, relation: Relation) -> None:
    """Let ``relation(viewer)`` say to whom ``viewer`` stands in the relation ``audience``."""
    if relation not in _relations[audience]:
        _relations[audience].append(relation)


def register_share_source(source: ShareSource) -> None:
    """Let ``source(viewer, item, audience, owner_path, key_path)`` say which rows are shared."""
    if source not in _share_sources:
        _share_sources.append(source)


def owners_in_reach(audience: Audience, viewer: Any) -> tuple[Owners, ...]:
    """Return the owners whom ``viewer`` reaches as ``audience``, without those of nobody."""
    reached = (relation(viewer) for relation in _relations[audience])
    return tuple(owners for owners in reached if owners is not Reach.NOBODY)


def visible_condition(model: type[Model], viewer: Any) -> Q:
    """Return the condition that selects the rows of ``model`` that ``viewer`` may see."""
    return _sight(model, getattr(model, "visibility", ()), viewer)


def _sight(model: type[Model], rules: tuple[RowRule, ...], viewer: Any) -> Q:
    """Return the condition of ``rules``, translated into SQL only once for everybody with the same roles."""
    if not late.keeps_sql:
        return _condition(model, rules, viewer)
    return Q(KeptCondition(model, rules, viewer, lambda anybody: _condition(model, rules, anybody)))


def _condition(model: type[Model], rules: tuple[RowRule, ...], viewer: Any) -> Q:
    condition = _NOTHING
    for rule in rules:
        condition |= rule.where & _rule_condition(model, rule, viewer)
    return condition


def _rule_condition(model: type[Model], rule: RowRule, viewer: Any) -> Q:
    condition = _NOTHING
    if MATRIX[rule.item][Audience.SELF] is Level.ALWAYS:
        condition |= _of_owner(model, rule, viewer.pk)
    for audience, level in MATRIX[rule.item].items():
        if audience is not Audience.SELF:
            condition |= _audience_condition(model, rule, viewer, audience, level)
    return condition


def _audience_condition(model: type[Model], rule: RowRule, viewer: Any, audience: Audience, level: Level) -> Q:
    restriction = _restriction(rule, viewer, audience, level)
    if restriction is None:
        return _NOTHING
    restriction = restriction or _EVERYTHING
    condition = _NOTHING
    for owners in owners_in_reach(audience, viewer):
        condition |= restriction if owners is Reach.EVERYONE else restriction & _of_owner(model, rule, owners)
    return condition


def _restriction(rule: RowRule, viewer: Any, audience: Audience, level: Level) -> Q | None:
    """Return what a row must meet for ``audience``, or None when it never sees single rows."""
    if level is Level.ALWAYS:
        narrowed = rule.always.get(audience)
        return narrowed(viewer) if narrowed else Q()
    if level is Level.REDUCED:
        reduced = rule.reduced.get(audience)
        return reduced(viewer) if reduced else None
    if level is Level.SHARED and not rule.many:
        shared = _NOTHING
        for source in _share_sources:
            shared |= source(viewer, rule.item, audience, rule.owner, rule.share_key)
        return shared
    return None


def _of_owner(model: type[Model], rule: RowRule, owner: Any) -> Q:
    path = rule.owner or "pk"
    lookup = path if not isinstance(owner, QuerySet) else f"{path}__in"
    if not rule.many:
        return Q(**{lookup: owner})
    return Q(pk__in=model._default_manager.filter(**{lookup: owner}).values("pk"))


class PersonalQuerySet(QuerySet[Any, Any]):
    """The queryset of every model with personal data."""

    def visible_to(self, viewer: Any) -> Self:
        """Return only the rows that ``viewer`` may see by the matrix; nothing for strangers."""
        if not getattr(viewer, "is_authenticated", False) or not viewer.is_active:
            return self.none()
        return self.filter(visible_condition(self.model, viewer))

    def get_visible(self, viewer: Any, **lookup: Any) -> Any:
        """Return the one row that ``viewer`` may see; raises ``NotThere`` when there is none."""
        row = self.visible_to(viewer).filter(**lookup).first()
        if row is None:
            raise NotThere
        return row

    def with_visible(self, item: Item, viewer: Any) -> Self:
        """Return only the rows whose fields of ``item`` the viewer may see, beyond the row itself.

        The model says so by a rule for ``item`` in ``field_visibility``.
        """
        if not getattr(viewer, "is_authenticated", False) or not viewer.is_active:
            return self.none()
        rules = tuple(rule for rule in self.model.field_visibility if rule.item == item)
        return self.filter(_sight(self.model, rules, viewer))


class PersonalModel(Model):
    """Base of every model with personal data: a declaration, row rules and ``visible_to``.

    ``visibility`` says who sees a row; ``field_visibility`` who sees those of its fields that belong
    to a more private item than the row (``with_visible``).
    """

    personal_data: ClassVar[PersonalData]
    visibility: ClassVar[tuple[RowRule, ...]] = ()
    field_visibility: ClassVar[tuple[RowRule, ...]] = ()

    objects = PersonalQuerySet.as_manager()

    class Meta:
        """Only a base."""

        abstract = True
