"""What other pages show of one's own partnerships: one or two queries each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.prepared import prepared_for_viewer
from wurzelwerk.partnerships.choices import RUNNING_PHASES, MeetingState, Phase, Scenario
from wurzelwerk.partnerships.models import (
    AgreementSignature,
    ClosingStatement,
    LearningAgreement,
    LearningPartnership,
    Meeting,
    Member,
)
from wurzelwerk.people.models import Person

LONGEST_MEETING = timedelta(hours=8)
WORDS_DUE_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """One of the own partnerships; ``is_my_turn`` when something waits for the person themselves."""

    public_id: str
    other_names: str
    phase: Phase
    scenario: Scenario
    since: datetime
    planned_end_on: date | None
    over_at: datetime | None
    next_meeting_at: datetime | None
    is_my_turn: bool

    @property
    def href(self) -> str:
        """Return the address of the room."""
        return reverse("partnerships:partnership", kwargs={"public_id": self.public_id})


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting of all partnerships."""

    public_id: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    topic: str
    other_names: str

    @property
    def href(self) -> str:
        """Return the address of the meeting."""
        return reverse("partnerships:meeting", kwargs={"public_id": self.public_id})


def running_partnerships(person: Person) -> tuple[PartnershipRow, ...]:
    """Return the own partnerships that run, those first in which it is one's turn; one query."""
    now = clock.now()
    rows = _rows(_running(person, now=now, words_due=now - WORDS_DUE_AFTER), person)
    return tuple(sorted(rows, key=lambda row: (not row.is_my_turn, row.since)))


def past_partnerships(person: Person) -> tuple[PartnershipRow, ...]:
    """Return the own partnerships that are over, latest first; one query."""
    over = LearningPartnership.objects.of(person).exclude(phase__in=RUNNING_PHASES)
    now = clock.now()
    return _rows(_with_state(over, person, now, now - WORDS_DUE_AFTER), person)


def next_meeting(person: Person) -> NextMeeting | None:
    """Return the meeting that comes next, or is going on; two queries, one when there is none."""
    now = clock.now()
    ahead = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        starts_at__gte=now - LONGEST_MEETING,
        partnership__in=Member.objects.filter(person=person, left_at=None).values("partnership"),
    ).order_by("starts_at")[:5]
    found = next((one for one in ahead if one.starts_at + timedelta(minutes=one.minutes) >= now), None)
    if found is None:
        return None
    names = _other_names([found.partnership_id], person)
    return NextMeeting(
        public_id=found.public_id,
        starts_at=found.starts_at,
        minutes=found.minutes,
        place=found.place,
        link=found.link,
        topic=found.topic,
        other_names=names[found.partnership_id],
    )


def minutes_planned(person: Person, first_day: date, last_day: date) -> int:
    """Return the minutes of planned meetings from one day to another, both included; one query."""
    zone = timezone.get_default_timezone()
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        starts_at__gte=datetime.combine(first_day, time(), tzinfo=zone),
        starts_at__lt=datetime.combine(last_day + timedelta(days=1), time(), tzinfo=zone),
        partnership__in=Member.objects.filter(person=person, left_at=None).values("partnership"),
    )
    return planned.aggregate(total=Sum("minutes"))["total"] or 0


@prepared_for_viewer(now=DateTimeField(), words_due=DateTimeField())
def _running(viewer: Any, now: Any, words_due: Any) -> Any:
    """Return the partnerships of ``viewer`` that run."""
    return _with_state(LearningPartnership.objects.running().of(viewer), viewer, now, words_due)


def _with_state(partnerships: QuerySet[Any, Any], person: Any, now: Any, words_due: Any) -> Any:
    """Return what ``_Partnership`` lists, in a row for each member."""
    latest = LearningAgreement.objects.filter(partnership=OuterRef("pk")).order_by("-version")
    signed = AgreementSignature.objects.filter(person=person, agreement=OuterRef("latest"))
    planned = Meeting.objects.filter(partnership=OuterRef("pk"), state=MeetingState.PLANNED).order_by("starts_at")
    return (
        partnerships.annotate(latest=Subquery(latest.values("pk")[:1]))
        .annotate(
            has_prepared=Exists(
                Member.objects.filter(partnership=OuterRef("pk"), person=person, prepared_at__isnull=False)
            ),
            has_signed=Exists(signed),
            has_said=Exists(ClosingStatement.objects.filter(partnership=OuterRef("pk"), author=person)),
            waits_for_words=Exists(planned.filter(starts_at__lt=words_due)),
            next_at=Subquery(planned.filter(starts_at__gte=now).values("starts_at")[:1]),
        )
        .order_by("-over_at", "-created_at", "pk", "members__joined_at", "members__pk")
        .values_list(
            *_Partnership._fields[:-3],
            *("members__person_id", "members__person__given_name", "members__person__family_name"),
        )
    )


class _Partnership(NamedTuple):
    """A partnership and what is open in it, with one of its members."""

    pk: int
    public_id: str
    phase: str
    scenario: str
    created_at: datetime
    planned_end_on: date | None
    over_at: datetime | None
    latest: int | None
    has_prepared: bool
    has_signed: bool
    has_said: bool
    waits_for_words: bool
    next_at: datetime | None
    member: int | None
    given_name: str | None
    family_name: str | None


def _rows(found: Iterable[tuple[Any, ...]], person: Person) -> tuple[PartnershipRow, ...]:
    rows: dict[int, list[_Partnership]] = defaultdict(list)
    for values in found:
        rows[values[0]].append(_Partnership(*values))
    return tuple(
        _row(members[0], ", ".join(f"{row.given_name} {row.family_name}" for row in members if row.member != person.pk))
        for members in rows.values()
    )


def _row(row: _Partnership, other_names: str) -> PartnershipRow:
    phase = Phase(row.phase)
    my_turn = {
        Phase.PREPARATION: not row.has_prepared,
        Phase.PLANNING: not row.has_signed,
        Phase.LEARNING: row.waits_for_words or (row.latest is not None and not row.has_signed) or not row.next_at,
        Phase.CLOSING: not row.has_said,
    }
    return PartnershipRow(
        public_id=row.public_id,
        other_names=other_names,
        phase=phase,
        scenario=Scenario(row.scenario),
        since=row.created_at,
        planned_end_on=row.planned_end_on,
        over_at=row.over_at,
        next_meeting_at=row.next_at,
        is_my_turn=my_turn.get(phase, False),
    )


def _other_names(partnerships: Iterable[int], person: Person) -> dict[int, str]:
    rows = (
        Member.objects.filter(partnership__in=list(partnerships))
        .exclude(person=person)
        .order_by("joined_at", "pk")
        .values_list("partnership", "person__given_name", "person__family_name")
    )
    names: dict[int, list[str]] = defaultdict(list)
    for partnership, given, family in rows:
        names[partnership].append(f"{given} {family}")
    return {partnership: ", ".join(members) for partnership, members in names.items()}
