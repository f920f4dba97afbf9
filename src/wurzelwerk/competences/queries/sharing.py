"""What somebody has opened of their competences, and what others see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.competences.models.evidence import SOURCES_OF
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.matrix import Audience, Item, can_be_shared_with
from wurzelwerk.kernel.visibility import Reach, owners_in_reach
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import Share

CAN_HELP_FROM: Final = 3.0
"""From this level on somebody can help others."""
ITEM_OF: Final = {source: item for item, sources in SOURCES_OF.items() for source in sources}
_NEAR: Final = (Audience.PARTNER, Audience.MENTOR, Audience.LEAD)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Whether one kind of evidence on a competence is open to one audience; ``share_key`` is "" while it is not."""

    item: Item
    audience: Audience
    share_key: str

    @property
    def is_open(self) -> bool:
        """Tell whether it is shared."""
        return bool(self.share_key)


@dataclass(frozen=True, slots=True)
class SharedLevel:
    """What a viewer may see of somebody's competence; ``level`` is None for "can help with"."""

    competence: str
    competence_key: str
    source: EvidenceSource
    level: float | None
    observed_on: date


def item_of(evidence: Evidence) -> Item:
    """Return which row of the visibility matrix a piece of evidence is."""
    return ITEM_OF[EvidenceSource(evidence.source)]


def share_rows(person: Person, competence: Competence, items: Iterable[Item]) -> tuple[ShareRow, ...]:
    """Return, for each of ``items`` and each audience it can be opened to, whether ``person`` has opened it."""
    shares = Share.objects.in_force().filter(owner=person, object_key=competence.public_id, recipient=None)
    open_to = {(item, audience): key for item, audience, key in shares.values_list("item", "audience", "public_id")}
    return tuple(
        ShareRow(item, audience, open_to.get((item.value, audience.value), ""))
        for item in items
        for audience in can_be_shared_with(item)
    )


def shared_keys(person: Person) -> frozenset[str]:
    """Return the public ids of the competences of which ``person`` has opened anything."""
    shares = Share.objects.in_force().filter(owner=person, item__in=[item.value for item in SOURCES_OF])
    return frozenset(shares.values_list("object_key", flat=True))


def shared_levels(viewer: Person, person: Person) -> tuple[SharedLevel, ...]:
    """Return what ``viewer`` may see of the competences of ``person``, newest of each source, by name.

    Whoever sees a self-assessed level only as one of everybody learns that the person can help, not the level.
    """
    rows: Any = Evidence.objects.visible_to(viewer).filter(person=person).counting()
    columns = (
        *("competence__public_id", "competence__label_de", "competence__label_en"),
        *("source", "level", "observed_on"),
    )
    newest: dict[tuple[str, str], SharedLevel] = {}
    for key, label_de, label_en, source, level, observed_on in rows.order_by("observed_on", "pk").values_list(*columns):
        shared = SharedLevel(pick(label_de, label_en), key, EvidenceSource(source), level, observed_on)
        newest[key, source] = shared
    if not newest:
        return ()
    near = _near_keys(viewer, person)
    seen = (_as_seen(one, near) for one in newest.values())
    return tuple(sorted((one for one in seen if one), key=lambda one: (one.competence.casefold(), one.source)))


def _as_seen(shared: SharedLevel, near: frozenset[tuple[Item, str]]) -> SharedLevel | None:
    """Return the level as it was opened: to everybody a self-assessment only says "can help with"."""
    item = ITEM_OF[shared.source]
    if item is not Item.SELF_ASSESSMENT or (item, shared.competence_key) in near:
        return shared
    if shared.level is None or shared.level < CAN_HELP_FROM:
        return None
    return SharedLevel(shared.competence, shared.competence_key, shared.source, None, shared.observed_on)


def _near_keys(viewer: Person, person: Person) -> frozenset[tuple[Item, str]]:
    """Return what ``person`` has opened to ``viewer`` as somebody near: partner, mentor or manager."""
    near = [audience.value for audience in _NEAR if _reaches(viewer, person, audience)]
    if not near:
        return frozenset()
    shares = Share.objects.in_force().filter(Q(recipient=None) | Q(recipient=viewer), owner=person, audience__in=near)
    return frozenset((Item(item), key) for item, key in shares.values_list("item", "object_key"))


def _reaches(viewer: Person, person: Person, audience: Audience) -> bool:
    return any(
        owners is Reach.EVERYONE or Person.objects.filter(pk=person.pk, pk__in=owners).exists()
        for owners in owners_in_reach(audience, viewer)
    )
