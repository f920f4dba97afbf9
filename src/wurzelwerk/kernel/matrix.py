"""Who sees what: the visibility matrix as data.

It is the single source of three things: which rows ``visible_to`` returns, the text
"Who sees this?", and the expectations of the permission test. Higher rooms never widen it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """In which relation somebody stands to the person whom the data is about."""

    SELF = "self", _("you yourself")
    PARTNER = "partner", _("your learning partners")
    MENTOR = "mentor", _("your mentors")
    LEAD = "lead", _("your manager")
    LEARNING_AND_DEVELOPMENT = "learning_and_development", _("learning and development")
    WORKS_COUNCIL = "works_council", _("the works council and data protection")
    ADMINISTRATOR = "administrator", _("administrators")
    COMMUNITY = "community", _("everyone in the company")


class Level(StrEnum):
    """How much an audience sees; the values are the signs used in the table below."""

    ALWAYS = "●"
    REDUCED = "◐"
    SHARED = "○"
    AGGREGATE = "Σ"
    NEVER = "–"


class Item(TextChoices):
    """A kind of data about a person, as people would name it."""

    DIRECTORY = "directory", _("name, unit, job title")
    PORTRAIT = "portrait", _("photo, introduction, interests")
    MATCHING_ANSWERS = "matching_answers", _("answers for finding partners")
    PARTNER_AD = "partner_ad", _("published partner ad")
    SELF_ASSESSMENT = "self_assessment", _("self-assessed levels")
    PEER_ASSESSMENT = "peer_assessment", _("assessment by a partner, peer or mentor")
    LEAD_ASSESSMENT = "lead_assessment", _("assessment by your manager")
    ESTIMATE = "estimate", _("estimate, gap and personal learning debt")
    TEAM_DEBT = "team_debt", _("gap and debt of a team or area")
    QUIZ = "quiz", _("quizzes, review cards, errors")
    MANDATORY_STATUS = "mandatory_status", _("mandatory training: status and due date")
    MANDATORY_RESULT = "mandatory_result", _("mandatory training: score, attempts, time")
    CERTIFICATE = "certificate", _("certificates and badges")
    PATH = "path", _("path, progress, recommendations")
    STATEMENT = "statement", _("learning statements and their times")
    LEARNING_SLOT = "learning_slot", _("learning time: entitlement and booked slots")
    LEARNING_TIME_USE = "learning_time_use", _("use of learning time")
    JOURNAL = "journal", _("learning journal")
    PARTNERSHIP = "partnership", _("that a learning partnership exists, and its phase")
    PARTNERSHIP_CONTENT = "partnership_content", _("goals, messages and agreement of a partnership")
    LEARNING_PACKAGE = "learning_package", _("agreed learning packages")
    PARTNERSHIP_HEALTH = "partnership_health", _("how a partnership is going")
    PEER_CONSULTATION = "peer_consultation", _("case of a peer consultation")
    COMMUNITY_POST = "community_post", _("contributions in a community")
    CULTURE_ANSWER = "culture_answer", _("answers in the culture survey")
    DECISION_LOG = "decision_log", _("log of recommendations")
    ACCESS_LOG = "access_log", _("who has seen your data")
    ACCOUNT = "account", _("account: staff number, sign-in, settings")


_COLUMNS = tuple(Audience)
_TABLE: dict[Item, str] = {
    # .................... self partner mentor lead L&D council admin community
    Item.DIRECTORY: "           ● ● ● ● ● ● ● ●",
    Item.PORTRAIT: "            ● ○ ○ ○ ○ ○ – ○",
    Item.MATCHING_ANSWERS: "    ● ○ ○ – – – – –",
    Item.PARTNER_AD: "          ● ● ● ◐ ◐ ◐ ◐ ●",
    Item.SELF_ASSESSMENT: "     ● ○ ○ ○ Σ Σ – ○",
    Item.PEER_ASSESSMENT: "     ● ◐ ◐ ○ Σ Σ – –",
    Item.LEAD_ASSESSMENT: "     ● – ○ ◐ – Σ – –",
    Item.ESTIMATE: "            ● ○ ○ – – – – –",
    Item.TEAM_DEBT: "           Σ – – Σ Σ Σ – –",
    Item.QUIZ: "                ● ○ ○ – Σ – – –",
    Item.MANDATORY_STATUS: "    ● – – ◐ ◐ Σ – –",
    Item.MANDATORY_RESULT: "    ● – – – – – – –",
    Item.CERTIFICATE: "         ● ○ ○ ○ ◐ – – ○",
    Item.PATH: "                ● ○ ○ ○ Σ Σ – –",
    Item.STATEMENT: "           ● – – – – – – –",
    Item.LEARNING_SLOT: "       ● ◐ ◐ ◐ Σ Σ – –",
    Item.LEARNING_TIME_USE: "   ● – – – Σ Σ – –",
    Item.JOURNAL: "             ● ○ ○ – – – – –",
    Item.PARTNERSHIP: "         ● ● – ◐ ◐ Σ – ○",
    Item.PARTNERSHIP_CONTENT: " ● ● ○ – – – – –",
    Item.LEARNING_PACKAGE: "    ● ● ○ – ◐ – – –",
    Item.PARTNERSHIP_HEALTH: "  ● ● – – Σ Σ – –",
    Item.PEER_CONSULTATION: "   ● – – – – – – –",
    Item.COMMUNITY_POST: "      ● ◐ ◐ ◐ ◐ ◐ ◐ ●",
    Item.CULTURE_ANSWER: "      – – – Σ Σ Σ – Σ",
    Item.DECISION_LOG: "        ● – – – Σ Σ – –",
    Item.ACCESS_LOG: "          ● – – – – Σ – –",
    # Not in the domain's table: what the system itself needs of everybody.
    Item.ACCOUNT: "             ● – – – – ◐ ◐ –",
}
MATRIX: dict[Item, dict[Audience, Level]] = {
    item: {audience: Level(sign) for audience, sign in zip(_COLUMNS, row.split(), strict=True)}
    for item, row in _TABLE.items()
}

# What exactly a half-filled circle shows, or what a share is limited to.
NOTES: dict[tuple[Item, Audience], Promise] = {
    (Item.PARTNER_AD, Audience.LEAD): _("like any reader, while it is published"),
    (Item.PARTNER_AD, Audience.LEARNING_AND_DEVELOPMENT): _("like any reader, while it is published"),
    (Item.PARTNER_AD, Audience.WORKS_COUNCIL): _("like any reader, while it is published"),
    (Item.PARTNER_AD, Audience.ADMINISTRATOR): _("like any reader, while it is published"),
    (Item.PARTNER_AD, Audience.COMMUNITY): _("while it is published"),
    (Item.SELF_ASSESSMENT, Audience.COMMUNITY): _("only as “can help with”"),
    (Item.PEER_ASSESSMENT, Audience.PARTNER): _("only what they assessed themselves"),
    (Item.PEER_ASSESSMENT, Audience.MENTOR): _("only what they assessed themselves"),
    (Item.LEAD_ASSESSMENT, Audience.SELF): _("at once"),
    (Item.LEAD_ASSESSMENT, Audience.LEAD): _("only what they assessed themselves"),
    (Item.QUIZ, Audience.LEARNING_AND_DEVELOPMENT): _("per question, never per person"),
    (Item.MANDATORY_STATUS, Audience.LEAD): _("open or done"),
    (Item.MANDATORY_STATUS, Audience.LEARNING_AND_DEVELOPMENT): _("open or done, with proof"),
    (Item.CERTIFICATE, Audience.LEARNING_AND_DEVELOPMENT): _("only required ones"),
    (Item.PATH, Audience.LEAD): _("the path only"),
    (Item.LEARNING_SLOT, Audience.PARTNER): _("free or busy"),
    (Item.LEARNING_SLOT, Audience.MENTOR): _("free or busy"),
    (Item.LEARNING_SLOT, Audience.LEAD): _("the slot, without the topic"),
    (Item.JOURNAL, Audience.PARTNER): _("entry by entry"),
    (Item.JOURNAL, Audience.MENTOR): _("entry by entry"),
    (Item.PARTNERSHIP, Audience.LEAD): _("if time was requested"),
    (Item.PARTNERSHIP, Audience.LEARNING_AND_DEVELOPMENT): _("depending on the scenario"),
    (Item.LEARNING_PACKAGE, Audience.LEARNING_AND_DEVELOPMENT): _("in blended partnerships only"),
    (Item.PARTNERSHIP_HEALTH, Audience.LEARNING_AND_DEVELOPMENT): _("and requests for help"),
    (Item.PEER_CONSULTATION, Audience.SELF): _("the group, as long as the case is kept"),
    (Item.ACCOUNT, Audience.WORKS_COUNCIL): _("only letters that replace a sign-in"),
    (Item.ACCOUNT, Audience.ADMINISTRATOR): _("staff number, open or closed, access letters, duties in the system"),
    (Item.COMMUNITY_POST, Audience.ADMINISTRATOR): _("on report"),
    (Item.COMMUNITY_POST, Audience.COMMUNITY): _("members"),
}

# Reading these is no look at anybody: the directory, and what was published to all on purpose.
UNLOGGED = frozenset({Item.DIRECTORY, Item.PARTNER_AD})

_LEVEL_TEXT: dict[Level, Promise] = {
    Level.ALWAYS: _("always"),
    Level.REDUCED: _("in part"),
    Level.SHARED: _("only if you share it"),
    Level.AGGREGATE: _("only as a figure about many people"),
    Level.NEVER: _("never"),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """One line of "Who sees this?": an audience, how much it sees, and the exact limit."""

    audience: Audience
    level: Level
    level_text: Promise
    note: Promise | str

    def __str__(self) -> str:
        """Return the line as a sentence fragment: who, how much, and the limit in brackets."""
        limit = f" ({self.note})" if self.note else ""
        audience = str(self.audience.label)
        return f"{audience[:1].upper()}{audience[1:]}: {self.level_text}{limit}"


def level_of(item: Item, audience: Audience) -> Level:
    """Return how much ``audience`` sees of ``item``."""
    return MATRIX[item][audience]


def who_sees(item: Item) -> tuple[Sight, ...]:
    """Return the lines of "Who sees this?" for ``item``, one per audience, in table order."""
    return tuple(
        Sight(audience, level, _LEVEL_TEXT[level], NOTES.get((item, audience), ""))
        for audience, level in MATRIX[item].items()
    )


def can_be_shared_with(item: Item) -> tuple[Audience, ...]:
    """Return the audiences the person may open ``item`` to."""
    return tuple(audience for audience, level in MATRIX[item].items() if level is Level.SHARED)
