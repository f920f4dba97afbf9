"""To whom somebody may open an entry: learning partners, and whoever higher rooms name (mentors)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.visibility import Reach, owners_in_reach
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who could read an entry, and as what."""

    person: Person
    audience: Audience


RecipientSource = Callable[[Person], Iterable[Recipient]]

sources: Registry[RecipientSource] = Registry()
"""``source(owner)``: who stands to ``owner`` in a relation that is not mutual, such as their mentors."""


def recipients_of(owner: Person) -> tuple[Recipient, ...]:
    """Return everyone ``owner`` may open an entry to, by name; learning partners are mutual."""
    found = {
        (person.pk, Audience.PARTNER): Recipient(person, Audience.PARTNER)
        for owners in owners_in_reach(Audience.PARTNER, owner)
        if not isinstance(owners, Reach)
        for person in Person.objects.filter(pk__in=owners, is_active=True).exclude(pk=owner.pk)
    }
    for source in sources:
        found |= {(one.person.pk, one.audience): one for one in source(owner)}
    return tuple(sorted(found.values(), key=lambda one: (one.person.full_name.casefold(), one.audience)))
