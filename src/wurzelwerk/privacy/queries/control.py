"""Who sees one thing now, and to whom it could be opened: what the sharing control draws."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.kernel.matrix import Audience, Item, can_be_shared_with
from wurzelwerk.kernel.visibility import Reach, owners_in_reach
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.queries.persons import named
from wurzelwerk.privacy.models import Share
from wurzelwerk.privacy.queries.sharing import ShareRow, share_rows

UNIT: Final = "unit"
PERSON: Final = "person"
MOST_NAMESAKES: Final = 8
_NEAREST: Final = (
    *(Audience.PARTNER, Audience.MENTOR, Audience.LEAD),
    *(Audience.COMMUNITY, Audience.LEARNING_AND_DEVELOPMENT, Audience.WORKS_COUNCIL),
)
"""As what somebody named sees a thing: as the nearest; being one of the company lasts longer than a duty."""


@dataclass(frozen=True, slots=True)
class Control:
    """The control of one thing: what is open now (``rows``), and what can still be opened (``choices``).

    ``choices`` are pairs of key and words: an audience, "unit" for the owner's own unit, "person" for
    somebody by name.
    """

    item: str
    object_key: str
    rows: tuple[ShareRow, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody whose name fits what was typed."""

    public_id: str
    name: str
    place: str


def sharing_control(person: Person, item: Item, object_key: str) -> Control:
    """Return the control of one own thing of ``person``; two queries."""
    shares = Share.objects.visible_to(person).in_force()
    rows = share_rows(shares.filter(owner=person, item=item, object_key=object_key))
    unit = unit_of(person) if Audience.COMMUNITY in can_be_shared_with(item) else ""
    return Control(item.value, object_key, rows, tuple(_choices(item, unit)))


def _choices(item: Item, unit: str) -> list[tuple[str, str]]:
    choices = [(audience.value, _sentence(str(audience.label))) for audience in can_be_shared_with(item)]
    if unit:
        place = next(number for number, (key, _words) in enumerate(choices) if key == Audience.COMMUNITY)
        choices.insert(place, (UNIT, _sentence(_("everyone in your unit: %(unit)s") % {"unit": unit})))
    return [*choices, (PERSON, _("One person, by name"))]


def unit_of(person: Person) -> str:
    """Return the name of the unit ``person`` works in, or ""."""
    return Employment.objects.filter(person=person).values_list("unit__name", flat=True).first() or ""


def namesakes(owner: Person, typed: str) -> tuple[Namesake, ...]:
    """Return the people at work whose name or staff number fits what ``owner`` typed, by name, at most eight."""
    if not typed.strip():
        return ()
    people = Person.objects.visible_to(owner).filter(named(typed), is_active=True).exclude(pk=owner.pk)
    columns = ("public_id", "given_name", "family_name", "employment__unit__name")
    found = people.order_by("family_name", "given_name", "pk").values_list(*columns)[:MOST_NAMESAKES]
    return tuple(Namesake(key, f"{given} {family}", unit or "") for key, given, family, unit in found)


def relation_to(owner: Person, recipient: Person, item: Item) -> Audience | None:
    """Return as which audience ``recipient`` could see ``item`` of ``owner``: the nearest that may be opened.

    None where the matrix allows none of the relations in which they stand.
    """
    allowed = can_be_shared_with(item)
    for audience in (one for one in _NEAREST if one in allowed):
        for reached in owners_in_reach(audience, recipient):
            if reached is Reach.EVERYONE or Person.objects.filter(pk=owner.pk).filter(pk__in=reached).exists():
                return audience
    return None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
