"""The declaration of personal data: every field of every model says what it is, why, and for how long.

The permission engine, the page "Who sees this?", the register for the works council and the
retention rules read it; a test fails for a field without it.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.registry import Registry


class Purpose(TextChoices):
    """Why a field is kept at all."""

    EMPLOYMENT = "employment", _("to know who works where, from the company's people file")
    SIGN_IN = "sign_in", _("to let you sign in safely")
    COMPETENCE = "competence", _("to show you where you stand and what your role needs")
    LEARNING = "learning", _("to plan and carry your learning")
    PARTNERSHIP = "partnership", _("to find a learning partner and carry the partnership")
    REFLECTION = "reflection", _("for your own reflection")
    LEARNING_TIME = "learning_time", _("to account for the learning time granted to you")
    TRANSPARENCY = "transparency", _("to show you and the works council what happened")
    OPERATION = "operation", _("to run the system safely")


class Retention(TextChoices):
    """How long a field is kept by default."""

    EMPLOYMENT = "employment", _("while you work here, then 90 days")
    PERSON_DECIDES = "person_decides", _("until you delete it; 90 days after you leave")
    STATEMENTS = "statements", _("13 months, then only in figures per month")
    PARTNERSHIP = "partnership", _("6 months after the partnership has ended")
    LEARNING_TIME = "learning_time", _("2 years")
    LOG = "log", _("12 months")
    NOTIFICATIONS = "notifications", _("90 days")
    SHORT = "short", _("30 days")


@dataclass(frozen=True, slots=True)
class Fields:
    """Some fields of a model that hold the same item, for the same purpose and time."""

    item: Item
    purpose: Purpose
    retention: Retention
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The declaration of one model.

    ``owner`` is the field path to the person whom a row is about ("" when the row is the person).
    ``technical`` names fields that say nothing about anybody (keys, versions). ``withheld`` names
    secrets among the fields that even a person's own export leaves out (password hashes).
    """

    owner: str
    fields: tuple[Fields, ...]
    technical: tuple[str, ...] = ("id",)
    withheld: tuple[str, ...] = ()

    def declared(self) -> tuple[str, ...]:
        """Return every field name this declaration covers."""
        return self.technical + tuple(name for group in self.fields for name in group.names)


NOT_PERSONAL = PersonalData(owner="", fields=(), technical=("*",))
"""For models about things (competences, opportunities, sites); such a model may not refer to a person."""

library_models: Registry[PersonalData] = Registry()
"""Declarations of models that come with a library, by label ("mfa.authenticator"); rooms that use one declare it."""
