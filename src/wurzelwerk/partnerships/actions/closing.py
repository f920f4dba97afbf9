"""Closing: each says what was reached; once all have, the evidence is recorded for everybody."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.actions import record_evidence
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships.actions.steps import (
    Turn,
    address,
    advance,
    begin,
    note,
    refuse_when,
    state,
    tell,
    tell_others,
)
from wurzelwerk.partnerships.choices import GoalsReached, MeetingState
from wurzelwerk.partnerships.events import (
    PartnershipClosed,
    PartnershipEnded,
    partnership_closed,
    partnership_ended,
)
from wurzelwerk.partnerships.limits import LEVEL, keeps
from wurzelwerk.partnerships.models import (
    ClosingLevel,
    ClosingStatement,
    LearningPackage,
    LearningPartnership,
    Meeting,
    Member,
)
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person

ORIGIN = "partnership"


@dataclass(frozen=True, slots=True)
class LevelInput:
    """The level at which one has seen a partner work, and what one saw."""

    person: Person
    competence: Competence
    level: int
    seen: str = ""


@dataclass(frozen=True, slots=True)
class ClosingContent:
    """What a member says at the end."""

    goals_reached: GoalsReached
    takeaway: str = ""
    thanks: str = ""
    levels: tuple[LevelInput, ...] = ()


@transaction.atomic
def start_closing(*, by: Person, partnership: LearningPartnership) -> LearningPartnership:
    """Begin to close; the others are asked to say what was reached."""
    turn = begin(by=by, partnership=partnership, act=Act.START_CLOSING)
    advance(turn, Act.START_CLOSING)
    note(by, "start_closing", turn.partnership)
    url = address(turn.partnership, "closing")
    tell_others(turn, "closing_started", _("%(name)s would like to close the learning partnership well"), url=url)
    return turn.partnership


@transaction.atomic
def resume_learning(*, by: Person, partnership: LearningPartnership) -> LearningPartnership:
    """Go on learning; what was already said for the closing is kept as a draft."""
    turn = begin(by=by, partnership=partnership, act=Act.RESUME_LEARNING)
    advance(turn, Act.RESUME_LEARNING)
    note(by, "resume_learning", turn.partnership)
    tell_others(turn, "learning_resumed", _("%(name)s would like to go on learning"))
    return turn.partnership


@transaction.atomic
def close_partnership(*, by: Person, partnership: LearningPartnership, content: ClosingContent) -> LearningPartnership:
    """Say what was reached; can be said anew until the last member has spoken.

    With the last statement the partnership is closed, everyone gets the evidence their partners gave,
    and the relation between them ends.
    """
    turn = begin(by=by, partnership=partnership, act=Act.CLOSE_PARTNERSHIP)
    _may_rate(turn, content)
    statement, _is_new = ClosingStatement.objects.update_or_create(
        partnership=turn.partnership,
        author=by,
        defaults={
            "goals_reached": content.goals_reached,
            "takeaway": content.takeaway.strip(),
            "thanks": content.thanks.strip(),
            "said_at": clock.now(),
        },
    )
    statement.levels.all().delete()
    ClosingLevel.objects.bulk_create(
        ClosingLevel(
            statement=statement,
            person=each.person,
            competence=each.competence,
            level=each.level,
            seen=each.seen.strip(),
        )
        for each in content.levels
    )
    note(by, "say_what_was_reached", turn.partnership)
    said = set(ClosingStatement.objects.filter(partnership=turn.partnership).values_list("author", flat=True))
    if said >= set(turn.person_ids()):
        _close(turn)
    else:
        url = address(turn.partnership, "closing")
        tell_others(turn, "closing_said", _("%(name)s has said what was reached"), url=url)
    return turn.partnership


@transaction.atomic
def end_partnership(*, by: Person, partnership: LearningPartnership) -> LearningPartnership:
    """End it early and without blame: all get the same message, and nowhere stands who ended it."""
    turn = begin(by=by, partnership=partnership, act=Act.END_PARTNERSHIP)
    _be_over(turn, Act.END_PARTNERSHIP)
    note(by, "end_partnership", turn.partnership)
    title = _("A learning partnership has ended; what was made together stays readable for all its members")
    tell((member.person for member in turn.members), "partnership_ended", title, url=address(turn.partnership))
    partnership_ended.send_on_commit(PartnershipEnded(turn.partnership.pk, turn.person_ids()))
    return turn.partnership


def _may_rate(turn: Turn, content: ClosingContent) -> None:
    others = {member.person_id for member in turn.others}
    learned = set(LearningPackage.objects.filter(partnership=turn.partnership).values_list("learner", "competence"))
    for each in content.levels:
        refuse_when(each.person.pk not in others, _("You can only say what your partners can do now."))
        refuse_when(
            (each.person.pk, each.competence.pk) not in learned,
            _("You can only rate what you worked on together: the competences of your packages."),
        )
        refuse_when(not keeps(each.level, LEVEL), _("Levels lie between 1 and 5."))


def _close(turn: Turn) -> None:
    _be_over(turn, Act.CLOSE_PARTNERSHIP)
    levels = ClosingLevel.objects.filter(statement__partnership=turn.partnership).select_related(
        "statement__author", "person", "competence"
    )
    for each in levels.order_by("pk"):
        record_evidence(
            by=each.statement.author,
            person=each.person,
            competence=each.competence,
            source=EvidenceSource.PARTNER,
            level=each.level,
            summary=each.seen,
            given_by=each.statement.author,
            origin_kind=ORIGIN,
            origin_key=turn.partnership.public_id,
        )
    for member in turn.members:
        state(member.person, Verb.CLOSED, turn.partnership, result={"completion": True})
    tell_others(turn, "partnership_closed", _("The learning partnership with %(name)s is closed: see what grew"))
    partnership_closed.send_on_commit(PartnershipClosed(turn.partnership.pk, turn.person_ids()))


def _be_over(turn: Turn, act: Act) -> None:
    """End the relation between the members: what was planned is off, their places in the ads are free again."""
    turn.partnership.over_at = clock.now()
    advance(turn, act)
    Member.objects.filter(partnership=turn.partnership).update(left_at=turn.partnership.over_at)
    planned = Meeting.objects.filter(partnership=turn.partnership, state=MeetingState.PLANNED)
    planned.update(state=MeetingState.CANCELLED, changed_at=turn.partnership.over_at, sequence=F("sequence") + 1)
