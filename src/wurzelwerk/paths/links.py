"""Addresses of this room that lower rooms show."""

from urllib.parse import urlencode

from django.urls import reverse

from wurzelwerk.competences.models import Competence
from wurzelwerk.people.models import Person


def plan_link(person: Person, competence: Competence) -> str:
    """Return the address at which ``person`` gets a path for ``competence`` proposed."""
    return f"{reverse('paths:plan_create')}?{urlencode({'competence': competence.public_id})}"
