"""Where the wishes of a signed-in person for the interface live: on the person."""

from typing import Final

from wurzelwerk.people import actions
from wurzelwerk.people.choices import Density, Language, Theme
from wurzelwerk.people.models import Person
from wurzelwerk.ui.preferences import PersonStore, Preferences


def read(person: Person) -> Preferences:
    """Return the wishes of ``person``; asks nothing of the database."""
    return Preferences(theme=person.theme, density=person.density, language=person.language)


def write(person: Person, wishes: Preferences) -> None:
    """Keep ``wishes`` on ``person``."""
    actions.save_wishes(
        by=person,
        language=Language(wishes.language),
        theme=Theme(wishes.theme),
        density=Density(wishes.density),
    )


STORE: Final = PersonStore(read=read, write=write)
