"""Where the planner learns of partners: a higher room registers who offers a competence."""

from collections.abc import Callable

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.paths.planning import PartnerOption
from wurzelwerk.people.models import Person

PartnerSource = Callable[[Person, Competence, int, int], PartnerOption | None]
"""``source(person, competence, from_level, to_level)``: what a partner could do, or None."""

sources: Registry[PartnerSource] = Registry()


def partner_option(person: Person, competence: Competence, from_level: int, to_level: int) -> PartnerOption | None:
    """Return the first answer of the registered sources."""
    answers = (source(person, competence, from_level, to_level) for source in sources)
    return next((answer for answer in answers if answer is not None), None)
