"""Reading personal data as somebody: what one may not see is not there, and foreign reads are logged."""

from collections.abc import Iterable
from typing import Any

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import MATRIX, UNLOGGED, Audience, Item, Level
from wurzelwerk.kernel.visibility import Owners, PersonalQuerySet, Reach, owners_in_reach
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import AccessLogEntry


def fetch_visible(queryset: PersonalQuerySet, *, viewer: Person, **lookup: Any) -> Any:
    """Return the one row of ``queryset`` that ``viewer`` may see; fetching and authorising are one act.

    Raises ``NotThere`` when there is none or it may not be seen: nobody learns which. Does not log;
    a page that then shows foreign data calls ``note_reading``.
    """
    return queryset.get_visible(viewer, **lookup)


def stands_as(audience: Audience, viewer: Person, owner: int) -> bool:
    """Tell whether ``viewer`` stands to the person with the key ``owner`` as ``audience`` (their manager, say).

    For pages that show an audience less of a row than others who may see it.
    """
    return any(_reached_of({owner}, reached) for reached in owners_in_reach(audience, viewer))


def note_reading(*, viewer: Person, item: Item, owners: Iterable[int], object_key: str = "") -> None:
    """Log that ``viewer`` has read ``item`` of the persons ``owners`` (keys); own data is not logged."""
    if item in UNLOGGED:
        return
    others = {owner for owner in owners if owner != viewer.pk}
    if not others:
        return
    audiences = _audiences(viewer, item, others)
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            person_id=owner,
            reader=viewer,
            reader_audience=audiences[owner],
            item=item,
            object_key=object_key,
            read_at=clock.now(),
        )
        for owner in sorted(others)
    )


def _audiences(viewer: Person, item: Item, owners: set[int]) -> dict[int, Audience]:
    """Return as which audience ``viewer`` reads each owner: the first column that lets them see it."""
    found: dict[int, Audience] = {}
    for audience, level in MATRIX[item].items():
        if audience is Audience.SELF or level in {Level.NEVER, Level.AGGREGATE}:
            continue
        for reached in owners_in_reach(audience, viewer):
            for owner in _reached_of(owners, reached) - found.keys():
                found[owner] = audience
    return {owner: found.get(owner, Audience.COMMUNITY) for owner in owners}


def _reached_of(owners: set[int], reached: Owners) -> set[int]:
    if isinstance(reached, Reach):
        return owners
    return set(Person.objects.filter(pk__in=owners).filter(pk__in=reached).values_list("pk", flat=True))
