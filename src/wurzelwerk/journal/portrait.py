"""What a viewer may read of somebody's journal, on the page about that person."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.journal.queries import shared_with
from wurzelwerk.people.models import Person
from wurzelwerk.people.portrait import PortraitBlock


def shared_entries(viewer: Person, person: Person) -> PortraitBlock | None:
    """Return the entries ``person`` has opened to ``viewer``, by their days; reading one is logged, this list not."""
    if viewer == person:
        return None
    rows = shared_with(viewer, person)
    if not rows:
        return None
    return PortraitBlock("journal", _("Shared journal entries"), "journal/portrait.html", {"rows": rows})
