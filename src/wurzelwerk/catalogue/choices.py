"""Choices of the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OpportunityKind(TextChoices):
    """In which way something can be learned."""

    COURSE = "course", _("Course")
    ARTICLE = "article", _("Article")
    VIDEO = "video", _("Video")
    BOOK = "book", _("Book")
    EVENT = "event", _("Event")
    WORK_TASK = "work_task", _("Work task")
    MENTORING = "mentoring", _("Mentoring")
    PARTNERSHIP = "partnership", _("Learning partnership")
    LINK = "link", _("External link")


class Format(TextChoices):
    """What somebody does while learning; groups the kinds for searching."""

    READ = "read", _("read and watch")
    DO = "do", _("do")
    MEET = "meet", _("meet")


KINDS_OF_FORMAT: dict[Format, tuple[OpportunityKind, ...]] = {
    Format.READ: (
        OpportunityKind.COURSE,
        OpportunityKind.ARTICLE,
        OpportunityKind.VIDEO,
        OpportunityKind.BOOK,
        OpportunityKind.LINK,
    ),
    Format.DO: (OpportunityKind.WORK_TASK,),
    Format.MEET: (OpportunityKind.EVENT, OpportunityKind.MENTORING, OpportunityKind.PARTNERSHIP),
}


class Duration(TextChoices):
    """How long something takes, in steps that fit a working day."""

    SHORT = "10", _("up to 10 minutes")
    MEDIUM = "30", _("up to 30 minutes")
    LONG = "long", _("longer")


KIND_ICONS: dict[OpportunityKind, str] = {
    OpportunityKind.COURSE: "graduation-cap",
    OpportunityKind.ARTICLE: "file-text",
    OpportunityKind.VIDEO: "play",
    OpportunityKind.BOOK: "book-open",
    OpportunityKind.EVENT: "calendar",
    OpportunityKind.WORK_TASK: "wrench",
    OpportunityKind.MENTORING: "compass",
    OpportunityKind.PARTNERSHIP: "users-round",
    OpportunityKind.LINK: "external-link",
}
