"""Meetings: planning, moving and cancelling them, and the worksheet that all write on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.actions import book_time
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships.actions.steps import VersionConflict, address, begin, note, refuse_when, state, tell_others
from wurzelwerk.partnerships.choices import MeetingState
from wurzelwerk.partnerships.limits import MEETING_MINUTES, keeps
from wurzelwerk.partnerships.models import LearningPartnership, Meeting, Member
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person

BOOKED_FOR: Final = "partnership_meeting"
BEFORE_IT_BEGINS: Final = timedelta(minutes=15)
TOO_LONG_AGO: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """When and where; ``starts_at`` is aware."""

    starts_at: datetime
    minutes: int = 60
    place: str = ""
    link: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The three questions of the worksheet."""

    did: str = ""
    was_hard: str = ""
    next_steps: str = ""


@transaction.atomic
def plan_meeting(*, by: Person, partnership: LearningPartnership, content: MeetingContent) -> Meeting:
    """Plan a meeting; one that was may be added too, to write its worksheet."""
    turn = begin(by=by, partnership=partnership, act=Act.PLAN_MEETING)
    _may_take_place(content)
    meeting = Meeting(partnership=turn.partnership)
    _write(meeting, content)
    note(by, "plan_meeting", meeting)
    title = _("%(name)s has planned a meeting")
    tell_others(turn, "meeting_planned", title, url=address(turn.partnership))
    return meeting


@transaction.atomic
def move_meeting(*, by: Person, meeting: Meeting, content: MeetingContent) -> Meeting:
    """Change time or place of a meeting that has not taken place."""
    turn = begin(by=by, partnership=meeting.partnership, act=Act.MOVE_MEETING)
    locked = _fresh(meeting)
    refuse_when(locked.state == MeetingState.HELD, _("This meeting has taken place."))
    _may_take_place(content)
    locked.state = MeetingState.PLANNED
    locked.sequence += 1
    _write(locked, content)
    note(by, "move_meeting", locked)
    tell_others(turn, "meeting_moved", _("%(name)s has moved a meeting"))
    return locked


@transaction.atomic
def cancel_meeting(*, by: Person, meeting: Meeting) -> Meeting:
    """Cancel a meeting that has not taken place. Twice changes nothing."""
    turn = begin(by=by, partnership=meeting.partnership, act=Act.CANCEL_MEETING)
    locked = _fresh(meeting)
    refuse_when(locked.state == MeetingState.HELD, _("This meeting has taken place."))
    if locked.state == MeetingState.PLANNED:
        locked.state, locked.changed_at = MeetingState.CANCELLED, clock.now()
        locked.sequence += 1
        locked.save(update_fields=["state", "changed_at", "sequence"])
        note(by, "cancel_meeting", locked)
        tell_others(turn, "meeting_cancelled", _("%(name)s has cancelled a meeting"))
    return locked


@transaction.atomic
def write_worksheet(*, by: Person, meeting: Meeting, worksheet: Worksheet, seen_version: int) -> Meeting:
    """Save the worksheet; with its first words the meeting has taken place.

    Raises ``VersionConflict`` when somebody else has saved since ``seen_version``.
    """
    turn = begin(by=by, partnership=meeting.partnership, act=Act.WRITE_WORKSHEET)
    locked = _fresh(meeting)
    refuse_when(locked.state == MeetingState.CANCELLED, _("This meeting was cancelled."))
    is_early = locked.starts_at - BEFORE_IT_BEGINS > clock.now()
    refuse_when(is_early, _("The worksheet is for the meeting itself. It is too early."))
    if (locked.did, locked.was_hard, locked.next_steps) == (worksheet.did, worksheet.was_hard, worksheet.next_steps):
        return locked
    if locked.version != seen_version:
        raise VersionConflict(locked)
    locked.did, locked.was_hard, locked.next_steps = worksheet.did, worksheet.was_hard, worksheet.next_steps
    locked.version += 1
    locked.written_at, locked.written_by = clock.now(), by
    is_first = locked.state == MeetingState.PLANNED
    locked.state = MeetingState.HELD
    locked.save()
    note(by, "write_worksheet", locked)
    if is_first:
        for member in turn.members:
            state(member.person, Verb.MET, turn.partnership, minutes=locked.minutes)
    return locked


@transaction.atomic
def book_meeting(*, by: Person, meeting: Meeting) -> TimeEntry:
    """Book a meeting that took place as one's own learning time; booking twice changes nothing."""
    members = Member.objects.filter(partnership=meeting.partnership_id, person=by)
    refuse_when(not members.exists(), _("Only the members of this learning partnership can do this."))
    refuse_when(meeting.state != MeetingState.HELD, _("Only a meeting that took place can be booked."))
    return book_time(
        by=by,
        minutes=meeting.minutes,
        spent_on=timezone.localtime(meeting.starts_at).date(),
        origin_kind=BOOKED_FOR,
        origin_key=meeting.public_id,
    )


def _may_take_place(content: MeetingContent) -> None:
    refuse_when(not keeps(content.minutes, MEETING_MINUTES), _("A meeting takes between 10 minutes and 8 hours."))
    refuse_when(content.starts_at < clock.now() - TOO_LONG_AGO, _("That is too long ago."))


def _fresh(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now; its partnership is locked already."""
    fresh: Meeting = Meeting.objects.get(pk=meeting.pk)
    return fresh


def _write(meeting: Meeting, content: MeetingContent) -> None:
    meeting.starts_at, meeting.minutes = content.starts_at, content.minutes
    meeting.place, meeting.link, meeting.topic = content.place.strip(), content.link, content.topic.strip()
    meeting.changed_at = clock.now()
    meeting.save()
