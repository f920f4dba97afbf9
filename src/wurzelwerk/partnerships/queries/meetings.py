"""One meeting with its worksheet, times to propose, and meetings as calendar files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.partnerships.choices import MeetingState
from wurzelwerk.partnerships.matching.times import HOUR, hours_of, reference_monday, windows_of
from wurzelwerk.partnerships.models import LearningPackage, LearningPartnership, Meeting, Member
from wurzelwerk.partnerships.queries.rooms import BOOKED_FOR
from wurzelwerk.people.models import Person

MOST_SLOTS: Final = 4
DAYS_AHEAD: Final = 14
LINE_OCTETS: Final = 73


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting for one of its members."""

    public_id: str
    partnership_id: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place: str
    link: str
    topic: str
    state: MeetingState
    did: str
    was_hard: str
    next_steps: str
    version: int
    written_at: datetime | None
    written_by: str
    other_names: str
    is_booked: bool
    can_write: bool
    agenda: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which all members are free, in the viewer's time."""

    starts_at: datetime


def meeting_page(meeting: Meeting, viewer: Person) -> MeetingPage:
    """Return the meeting with an agenda made from the packages that are due next."""
    others = Member.objects.filter(partnership=meeting.partnership_id).exclude(person=viewer)
    entries = TimeEntry.objects.kept().filter(person=viewer, origin_kind=BOOKED_FOR, origin_key=meeting.public_id)
    return MeetingPage(
        public_id=meeting.public_id,
        partnership_id=meeting.partnership.public_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
        minutes=meeting.minutes,
        place=meeting.place,
        link=meeting.link,
        topic=meeting.topic,
        state=MeetingState(meeting.state),
        did=meeting.did,
        was_hard=meeting.was_hard,
        next_steps=meeting.next_steps,
        version=meeting.version,
        written_at=meeting.written_at,
        written_by=meeting.written_by.given_name if meeting.written_by else "",
        other_names=", ".join(others.order_by("joined_at").values_list("person__given_name", flat=True)),
        is_booked=entries.exists(),
        can_write=meeting.starts_at - timedelta(minutes=15) <= clock.now(),
        agenda=_agenda(meeting),
    )


def _agenda(meeting: Meeting) -> tuple[tuple[int, str], ...]:
    """Return proposed points with their minutes; the packages get what is left, half for each direction."""
    titles = list(
        LearningPackage.objects.filter(partnership=meeting.partnership_id, completed_at=None)
        .order_by("due_on", "pk")
        .values_list("title", flat=True)[:2]
    )
    middle = max(10, meeting.minutes - 20)
    points = [
        (middle // max(1, len(titles)), _("Explain and try: %(package)s") % {"package": title}) for title in titles
    ]
    return (
        (5, _("Arrive: how are you today?")),
        (5, _("What have you tried since last time, what came of it?")),
        *(points or [(middle, _("Work on one question of each of you"))]),
        (5, _("What exactly does each do until when?")),
        (5, _("Fill in the worksheet together")),
    )


def free_slots(partnership: LearningPartnership, viewer: Person) -> tuple[Slot, ...]:
    """Return the next times that the windows of all members' ads have in common; one query."""
    rows = Member.objects.filter(partnership=partnership).values_list(
        "person_id", "ad__windows", "person__employment__site__time_zone"
    )
    monday = reference_monday(clock.today())
    common, zone = (1 << 168) - 1, settings.TIME_ZONE
    for person_id, windows, site_zone in rows:
        own_zone = site_zone or settings.TIME_ZONE
        zone = own_zone if person_id == viewer.pk else zone
        if windows:
            common &= hours_of([(int(day), int(start), int(end)) for day, start, end in windows], own_zone, monday)
    if common == (1 << 168) - 1:
        return ()
    return tuple(Slot(moment) for moment in _next_moments(windows_of(common, zone, monday), zone))


def _next_moments(windows: Iterable[tuple[int, int, int]], zone: str) -> list[datetime]:
    """Return the beginnings of the windows in the days to come, one per day."""
    first = clock.today(zone) + timedelta(days=1)
    starts = {weekday: start for weekday, start, _end in sorted(windows, reverse=True)}
    days = (first + timedelta(days=number) for number in range(DAYS_AHEAD))
    found = [_at(day, starts[day.weekday()], zone) for day in days if day.weekday() in starts]
    return found[:MOST_SLOTS]


def _at(day: date, minute: int, zone: str) -> datetime:
    return datetime.combine(day, time(minute // HOUR, minute % HOUR), tzinfo=ZoneInfo(zone))


def calendar_of(meetings: Iterable[Meeting], title: str) -> str:
    """Return an iCalendar file (RFC 5545) of ``meetings`` for one's own calendar; times in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wurzelwerk//Learning partnerships//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for meeting in meetings:
        lines += _event(meeting, title)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(meeting: Meeting, title: str) -> list[str]:
    where = ", ".join(part for part in (meeting.place, meeting.link) if part)
    fields = [
        ("UID", f"{meeting.public_id}@wurzelwerk"),
        ("SEQUENCE", str(meeting.sequence)),
        ("DTSTAMP", _utc(meeting.changed_at)),
        ("DTSTART", _utc(meeting.starts_at)),
        ("DTEND", _utc(meeting.starts_at + timedelta(minutes=meeting.minutes))),
        ("SUMMARY", _escaped(title)),
        ("DESCRIPTION", _escaped(meeting.topic)),
        ("LOCATION", _escaped(where)),
        ("URL", meeting.link),
        ("STATUS", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED"),
    ]
    return ["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in fields if value), "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Fold a line at 75 octets without cutting a character."""
    pieces, current = [], ""
    for character in line:
        if len((current + character).encode()) > LINE_OCTETS:
            pieces.append(current)
            current = ""
        current += character
    return "\r\n ".join([*pieces, current])
