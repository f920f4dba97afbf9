"""Choices of the people room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A duty that somebody was given in the system; being a manager comes from the people file."""

    LEARNING_AND_DEVELOPMENT = "learning_and_development", _("Learning and development")
    WORKS_COUNCIL = "works_council", _("Works council")
    DATA_PROTECTION = "data_protection", _("Data protection")
    ADMINISTRATOR = "administrator", _("Administration")


class Language(TextChoices):
    """The language somebody reads the interface in; each is named in itself."""

    GERMAN = "de", "Deutsch (du)"
    GERMAN_FORMAL = "de-formal", "Deutsch (Sie)"
    ENGLISH = "en", "English"


class Theme(TextChoices):
    """How the interface looks."""

    AUTO = "auto", _("like my device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")
    CONTRAST = "contrast", _("high contrast")


class Density(TextChoices):
    """How much fits on a page."""

    CALM = "calm", _("calm")
    DENSE = "dense", _("dense")


class ImportState(TextChoices):
    """Where an import of the people file stands."""

    UPLOADED = "uploaded", _("columns to be settled")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not yet applied")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")
    DISCARDED = "discarded", _("discarded")


class ChangeKind(TextChoices):
    """What a row of the people file means for a person."""

    UNSORTED = "unsorted", _("not compared yet")
    JOINER = "joiner", _("joins")
    RETURNER = "returner", _("comes back")
    MOVER = "mover", _("moves")
    CHANGED = "changed", _("changes")
    LEAVER = "leaver", _("leaves")


class ImportSource(TextChoices):
    """Which file of an import something stands in."""

    PEOPLE = "people", _("people file")
    UNITS = "units", _("units file")


class TermKind(TextChoices):
    """What kind of thing a new name in the people file is."""

    JOB_ROLE = "job_role", _("job role")
    SITE = "site", _("site")
    WORK_PATTERN = "work_pattern", _("working time pattern")
