"""Choices of the paths room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What a step of a path is."""

    PARTNER = "partner", _("Learning partnership")
    OPPORTUNITY = "opportunity", _("Learning opportunity")
    WORK_TASK = "work_task", _("Work task")
    REFLECTION = "reflection", _("Reflection")
    REVIEW = "review", _("Looking back")


class StepState(TextChoices):
    """The columns of the plan; the fourth is where learning becomes everyday work."""

    IDEA = "idea", _("Ideas")
    PLANNED = "planned", _("Planned")
    DOING = "doing", _("In progress")
    APPLYING = "applying", _("Using it at work")
    REFLECTED = "reflected", _("Reflected")


STEP_ICONS: dict[StepKind, str] = {
    StepKind.PARTNER: "handshake",
    StepKind.OPPORTUNITY: "book-open",
    StepKind.WORK_TASK: "wrench",
    StepKind.REFLECTION: "notebook-pen",
    StepKind.REVIEW: "history",
}
