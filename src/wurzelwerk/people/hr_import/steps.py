"""The steps of an import: each is one transaction that also notes how far the work is, so that it can be resumed."""

from typing import Any

from django.db.models import F, Max

from wurzelwerk.people.models import PeopleImport


class TakenOver(Exception):  # noqa: N818 - nothing is wrong, somebody else is at it
    """Another worker has gone on with this import; what this one was about to write is rolled back."""


def advance(people_import: PeopleImport, position: dict[str, Any], **changes: Any) -> None:
    """Note in the running transaction that a step is done; raises ``TakenOver`` when another worker did it."""
    changed = PeopleImport.objects.filter(pk=people_import.pk, steps=people_import.steps).update(
        steps=F("steps") + 1, position=position, **changes
    )
    if not changed:
        raise TakenOver
    people_import.steps += 1
    people_import.position = position
    for name, value in changes.items():
        setattr(people_import, name, value)


def last_turn() -> int:
    """Return the number of the last thing an import did to the company, 0 before the first."""
    turn: int | None = PeopleImport.objects.aggregate(last=Max("turn"))["last"]
    return turn or 0
