"""The words of this room: levels in general, and the signs of sources."""

from math import floor
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL

LEVEL_WORDS: Final[dict[int, Promise]] = {
    0: _("not yet"),
    1: _("first steps"),
    2: _("basics"),
    3: _("independent"),
    4: _("experienced"),
    5: _("leading the way"),
}

# For competences whose framework describes no levels (ESCO does not).
GENERAL_ANCHORS: Final[dict[int, Promise]] = {
    1: _("Knows what it is about and does first parts of it with somebody at hand."),
    2: _("Does the usual cases by instruction and asks when something is different."),
    3: _("Does what the work needs without help and answers for the result."),
    4: _("Masters rare and difficult cases too and shows others how it is done."),
    5: _("Develops it further, sets the way of working for others and is asked from outside."),
}

SOURCE_ICONS: Final[dict[EvidenceSource, str]] = {
    EvidenceSource.SELF: "user-round",
    EvidenceSource.PARTNER: "users-round",
    EvidenceSource.PEER: "users-round",
    EvidenceSource.MENTOR: "compass",
    EvidenceSource.LEAD: "briefcase-business",
    EvidenceSource.TEST: "circle-check",
    EvidenceSource.WORK_SAMPLE: "wrench",
    EvidenceSource.CERTIFICATE: "award",
    EvidenceSource.REFLECTION: "notebook-pen",
    EvidenceSource.EXTERNAL: "external-link",
}


# Kinds of messages.
CONTESTED: Final = "competences.contested"
CONTEST_ANSWERED: Final = "competences.contest_answered"


def nearest_level(level: float) -> int:
    """Return the whole level nearest to ``level``; halves go up."""
    return min(HIGHEST_LEVEL, max(0, floor(level + 0.5)))


def level_word(level: float) -> Promise:
    """Return the word for a level, for instance "independent"."""
    return LEVEL_WORDS[nearest_level(level)]
