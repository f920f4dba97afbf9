"""What somebody has opened of their competences, on the page about them."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.queries.sharing import ITEM_OF, shared_levels
from wurzelwerk.people.models import Person
from wurzelwerk.people.portrait import PortraitBlock
from wurzelwerk.privacy.reading import note_reading


def block(viewer: Person, person: Person) -> PortraitBlock | None:
    """Return the levels that ``viewer`` may see of ``person``, noted as read; None when there are none."""
    if viewer == person:
        return None
    levels = shared_levels(viewer, person)
    if not levels:
        return None
    for item in sorted({ITEM_OF[one.source] for one in levels}):
        note_reading(viewer=viewer, item=item, owners=[person.pk])
    return PortraitBlock(
        key="competences",
        title=_("Competences"),
        template="competences/portrait.html",
        context={
            "levels": [one for one in levels if one.level is not None],
            "can_help": [one for one in levels if one.level is None],
        },
    )
