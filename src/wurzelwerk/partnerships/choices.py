"""Choices of the partnerships room; the keys are stable."""

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(TextChoices):
    """Who learns with whom."""

    TANDEM = "tandem", pgettext_lazy("form of a partnership", "Two people")
    RING = "ring", pgettext_lazy("form of a partnership", "Ring")
    GROUP = "group", pgettext_lazy("form of a partnership", "Group")
    CIRCLE = "circle", pgettext_lazy("form of a partnership", "Circle")
    MENTORING = "mentoring", pgettext_lazy("form of a partnership", "Mentoring")


class Scenario(TextChoices):
    """How two people learn together; it also decides what learning and development sees."""

    ON_SITE = "on_site", pgettext_lazy("scenario", "On site")
    BLENDED = "blended", pgettext_lazy("scenario", "Blended")
    MUTUAL_TEACHING = "mutual_teaching", pgettext_lazy("scenario", "Tandem")


SCENARIO_TEXTS: Final[dict[str, Promise]] = {
    Scenario.ON_SITE: _("Spontaneously at the workplace, with a concrete problem."),
    Scenario.BLENDED: _("Meetings and online packages that build on each other."),
    Scenario.MUTUAL_TEACHING: _("You explain to each other and check each other."),
}


class Teaching(TextChoices):
    """The way somebody likes to pass on what they know."""

    EXPLAIN = "explain", _("explaining with examples")
    SHOW = "show", _("showing it at work")
    PRACTISE = "practise", _("practising together")
    FEEDBACK = "feedback", _("feedback on your work")


class SpokenLanguage(TextChoices):
    """A language to learn in; the position is the bit in matching, so new ones go to the end."""

    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ITALIAN = "it", _("Italian")
    POLISH = "pl", _("Polish")
    TURKISH = "tr", _("Turkish")
    ARABIC = "ar", _("Arabic")
    RUSSIAN = "ru", _("Russian")
    UKRAINIAN = "uk", _("Ukrainian")


class AdState(TextChoices):
    """Whether an ad can be found."""

    PUBLISHED = "published", pgettext_lazy("ad", "Published")
    PAUSED = "paused", pgettext_lazy("ad", "Paused")
    WITHDRAWN = "withdrawn", pgettext_lazy("ad", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("ad", "Expired")


class RequestState(TextChoices):
    """What became of a request."""

    PENDING = "pending", pgettext_lazy("request", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("request", "Accepted")
    DECLINED = "declined", pgettext_lazy("request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("request", "Expired")


class Phase(TextChoices):
    """Where a partnership stands; the first four are the way, the last two its ends."""

    PREPARATION = "preparation", pgettext_lazy("phase", "Preparation")
    PLANNING = "planning", pgettext_lazy("phase", "Planning")
    LEARNING = "learning", pgettext_lazy("phase", "Learning and reflection")
    CLOSING = "closing", pgettext_lazy("phase", "Closing")
    CLOSED = "closed", pgettext_lazy("phase", "Closed")
    ENDED = "ended", pgettext_lazy("phase", "Ended early")


RUNNING_PHASES: Final = (Phase.PREPARATION, Phase.PLANNING, Phase.LEARNING, Phase.CLOSING)


class MemberRole(TextChoices):
    """What somebody is in a partnership."""

    PARTNER = "partner", pgettext_lazy("member", "Learning partner")
    MENTOR = "mentor", pgettext_lazy("member", "Mentor")
    MENTEE = "mentee", pgettext_lazy("member", "Mentee")


class PackageState(TextChoices):
    """Whether a package is done."""

    PLANNED = "planned", pgettext_lazy("package", "Planned")
    DONE = "done", pgettext_lazy("package", "Done")


class MeetingState(TextChoices):
    """Whether a meeting took place."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Took place")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class GoalsReached(TextChoices):
    """How far the goals were reached, as one member sees it."""

    FULLY = "fully", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NOT_YET = "not_yet", _("Not reached yet")


class TimeRequestState(TextChoices):
    """What became of asking for learning time."""

    OPEN = "open", pgettext_lazy("time request", "Open")
    GRANTED = "granted", pgettext_lazy("time request", "Granted")
    DECLINED = "declined", pgettext_lazy("time request", "Not possible now")


class HidingReason(TextChoices):
    """Why somebody does not want a suggestion; nobody else ever sees it."""

    UNSAID = "unsaid", _("I would rather not say")
    TOPIC = "topic", _("The topic does not fit")
    TIME = "time", _("The time does not fit")
    PERSON = "person", _("I would rather learn with somebody else")


PRIORITIES: Final[dict[int, Promise]] = {
    1: _("would be nice"),
    2: _("important"),
    3: _("urgent"),
}

COMMITMENTS: Final[dict[int, Promise]] = {
    1: _("I look in when there is room."),
    2: _("I join most meetings and prepare a little."),
    3: _("I keep the dates and do what we agreed."),
    4: _("I prepare each meeting and try things out in between."),
    5: _("This is my most important learning goal; I make room for it."),
}
