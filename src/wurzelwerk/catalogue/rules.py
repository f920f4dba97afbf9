"""Who may do what with learning opportunities."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.catalogue.models import LearningOpportunity, Session
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import may_develop_learning


def may_edit_catalogue(person: Person) -> Verdict:
    """Say whether ``person`` may change the catalogue."""
    return may_develop_learning(person)


def may_learn_with(opportunity: LearningOpportunity) -> Verdict:
    """Say whether ``opportunity`` can be started or finished."""
    if opportunity.is_published:
        return ALLOWED
    return refuse(_("This is no longer offered."))


def may_enrol(session: Session, *, taken: int) -> Verdict:
    """Say whether a place in ``session`` can be taken while ``taken`` are."""
    if session.starts_at <= clock.now():
        return refuse(_("This date has already begun."))
    if taken >= session.places:
        return refuse(_("All places of this date are taken."))
    return ALLOWED
