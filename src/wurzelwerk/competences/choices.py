"""Choices of the competences room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FrameworkKind(TextChoices):
    """Where a framework comes from."""

    ESCO = "esco", _("ESCO classification")
    ONET = "onet", _("O*NET database")
    CASE = "case", _("CASE package")
    OWN = "own", _("own framework")


class Area(TextChoices):
    """The four parts of a competence profile."""

    PROFESSIONAL = "professional", _("Professional")
    METHODICAL = "methodical", _("Methodical")
    SOCIAL = "social", _("Social")
    PERSONAL = "personal", _("Personal")


class CompetenceKind(TextChoices):
    """What somebody has who has a competence."""

    SKILL = "skill", _("skill")
    KNOWLEDGE = "knowledge", _("knowledge")


class OccupationRelation(TextChoices):
    """How much an occupation needs a competence."""

    ESSENTIAL = "essential", _("essential")
    OPTIONAL = "optional", _("optional")


class ContestState(TextChoices):
    """How a contested assessment stands."""

    OPEN = "open", _("contested")
    KEPT = "kept", _("kept")
    CORRECTED = "corrected", _("corrected")
    RETRACTED = "retracted", _("taken back by whoever gave it")
    DROPPED = "dropped", _("no longer contested")


class EvidenceSource(TextChoices):
    """Where a piece of evidence comes from; the estimate weighs each source by its validity."""

    SELF = "self", _("Self-assessment")
    PARTNER = "partner", _("Learning partner")
    PEER = "peer", _("Colleague")
    MENTOR = "mentor", _("Mentor")
    LEAD = "lead", _("Manager")
    TEST = "test", _("Test")
    WORK_SAMPLE = "work_sample", _("Work sample")
    CERTIFICATE = "certificate", _("Certificate")
    REFLECTION = "reflection", _("Reflection")
    EXTERNAL = "external", _("Statement from outside")
