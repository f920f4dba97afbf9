"""Who is signed in, with their type."""

from typing import Any

from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import is_administrator, is_overseer


def person_of(request: Any) -> Person:
    """Return the signed-in person of ``request``; raises ``TypeError`` where nobody is.

    Every page but those of signing in asks for it (``LoginRequiredMiddleware``).
    """
    if not isinstance(request.user, Person):
        raise TypeError("Nobody is signed in.")
    return request.user


def administrator_of(request: Any) -> Person:
    """Return the signed-in person if they administer; for everybody else there is no such page (``NotThere``)."""
    person = person_of(request)
    if not is_administrator(person):
        raise NotThere
    return person


def overseer_of(request: Any) -> Person:
    """Return the signed-in person if they watch over the rules; for everybody else there is no such page."""
    person = person_of(request)
    if not is_overseer(person):
        raise NotThere
    return person


def guardian_of(request: Any) -> Person:
    """Return the signed-in person if they administer or watch over the rules; for everybody else: ``NotThere``."""
    person = person_of(request)
    if not (is_administrator(person) or is_overseer(person)):
        raise NotThere
    return person
