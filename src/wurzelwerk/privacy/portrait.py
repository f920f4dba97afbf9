"""The portrait on the page about a person: its own sharing control, and the note that somebody has read it."""

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.people.models import Person
from wurzelwerk.people.portrait import PortraitBlock
from wurzelwerk.privacy.forms import SharingForm
from wurzelwerk.privacy.queries import sharing_control
from wurzelwerk.privacy.reading import note_reading


def below_portrait(viewer: Person, person: Person) -> PortraitBlock | None:
    """Return the sharing control on one's own page; anybody else's reading is noted and shows nothing more."""
    if viewer != person:
        if person.introduction or person.interests:
            note_reading(viewer=viewer, item=Item.PORTRAIT, owners=[person.pk], object_key=person.public_id)
        return None
    control = sharing_control(person, Item.PORTRAIT, person.public_id)
    return PortraitBlock(
        key="sharing",
        title="",
        template="privacy/sharing_block.html",
        context={"control": control, "form": SharingForm(owner=person, control=control)},
    )
