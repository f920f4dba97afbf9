"""Which rows of a partnership go into the file that one of its members takes along."""

from django.db.models import Q

from wurzelwerk.people.models import Person
from wurzelwerk.privacy.own_data import limits

WRITTEN_TOGETHER = ("meeting", "sharednote", "noteversion", "learningagreement", "member", "agreementsignature")


def register() -> None:
    """Let members take along what they wrote together, and of the closing only their own words."""
    for name in WRITTEN_TOGETHER:
        limits.register(f"partnerships.{name}", _everything)
    limits.register("partnerships.closinglevel", _own_closing)


def _everything(person: Person) -> Q:
    return Q()


def _own_closing(person: Person) -> Q:
    return Q(statement__author=person)
