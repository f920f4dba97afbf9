"""One partnership as its members see it: a fixed number of queries, whatever has gathered in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.partnerships import rules, terms
from wurzelwerk.partnerships.choices import (
    RUNNING_PHASES,
    MeetingState,
    MemberRole,
    PackageState,
    Phase,
    Scenario,
    TimeRequestState,
)
from wurzelwerk.partnerships.models import (
    AgreementGoal,
    ClosingStatement,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
    Meeting,
    Member,
    TimeRequest,
)
from wurzelwerk.partnerships.queries.notes import NoteRow, note_of
from wurzelwerk.people.models import Person

BOOKED_FOR = "partnership_meeting"
"""The origin of learning time that was booked for a meeting."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in the partnership, with what they can give."""

    person_id: int
    person_key: str
    name: str
    given_name: str
    job_title: str
    role: MemberRole
    is_me: bool
    is_prepared: bool
    weekly_minutes: int
    rhythm_weeks: int
    response_days: int

    @property
    def rhythm(self) -> str:
        """Return the weeks between meetings in words."""
        return terms.rhythm_text(self.rhythm_weeks)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in words, with the competence it serves (or an empty name)."""

    text: str
    competence: str
    competence_key: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One version; ``signed`` maps who has signed to when."""

    version: int
    scenario: Scenario
    weekly_minutes: int
    rhythm_weeks: int
    response_days: int
    ends_on: date
    proposed_at: datetime
    proposed_by: str
    goals: tuple[GoalRow, ...]
    signed: dict[int, datetime]
    hours_differ: bool
    rhythm_differs: bool
    is_in_force: bool

    @property
    def rhythm(self) -> str:
        """Return the weeks between meetings in words."""
        return terms.rhythm_text(self.rhythm_weeks)

    @property
    def response(self) -> str:
        """Return how soon questions are answered, in words."""
        return terms.response_text(self.response_days)

    @property
    def must_talk(self) -> bool:
        """Tell whether differences must be talked through before signing."""
        return self.hours_differ or self.rhythm_differs


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A learning package; ``is_mine`` when the viewer learns from it."""

    public_id: str
    title: str
    description: str
    if_then: str
    competence: str
    competence_id: int
    competence_key: str
    teacher_id: int
    learner_id: int
    teacher: str
    learner: str
    is_mine: bool
    due_on: date
    is_done: bool

    @property
    def is_late(self) -> bool:
        """Tell whether its day has passed."""
        return not self.is_done and self.due_on < clock.today()


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list; ``is_booked`` when the viewer has booked it as learning time."""

    public_id: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    topic: str
    state: MeetingState
    is_written: bool
    is_booked: bool

    @property
    def ends_at(self) -> datetime:
        """Return when it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        """Tell whether it is planned and not over."""
        return self.state is MeetingState.PLANNED and self.ends_at >= clock.now()

    @property
    def is_open(self) -> bool:
        """Tell whether it should have taken place and nothing was written down yet."""
        return self.state is MeetingState.PLANNED and self.ends_at < clock.now()


@dataclass(frozen=True, slots=True)
class TimeRow:
    """The viewer's own request for time."""

    weekly_minutes: int
    until: date
    state: TimeRequestState
    due_on: date
    answer: str


@dataclass(frozen=True, slots=True)
class Room:
    """Everything about one partnership for one of its members."""

    public_id: str
    phase: Phase
    scenario: Scenario
    created_at: datetime
    started_on: date | None
    planned_end_on: date | None
    over_at: datetime | None
    me: MemberRow
    others: tuple[MemberRow, ...]
    agreement: AgreementRow | None
    in_force: AgreementRow | None
    packages: tuple[PackageRow, ...]
    meetings: tuple[MeetingRow, ...]
    note: NoteRow
    said: frozenset[int]
    time: TimeRow | None

    @property
    def members(self) -> tuple[MemberRow, ...]:
        """Return all members, the viewer first."""
        return (self.me, *self.others)

    @property
    def other_names(self) -> str:
        """Return the first names of the others."""
        return ", ".join(member.given_name for member in self.others)

    @property
    def is_running(self) -> bool:
        """Tell whether anything can still happen."""
        return self.phase in RUNNING_PHASES

    @property
    def next_meeting(self) -> MeetingRow | None:
        """Return the next meeting ahead."""
        return next((meeting for meeting in self.meetings if meeting.is_ahead), None)

    @property
    def open_meeting(self) -> MeetingRow | None:
        """Return the oldest meeting whose worksheet waits."""
        return next((meeting for meeting in self.meetings if meeting.is_open), None)

    @property
    def done_packages(self) -> int:
        """Return how many packages are done."""
        return sum(package.is_done for package in self.packages)

    @property
    def missing_learner(self) -> MemberRow | None:
        """Return a member from whose side no package is planned yet."""
        learners = {package.learner_id for package in self.packages}
        return next((member for member in self.members if member.person_id not in learners), None)


def get_room(partnership: LearningPartnership, viewer: Person) -> Room:
    """Return the partnership as ``viewer`` sees it; nine queries.

    Raises ``NotThere`` for anybody who is no member.
    """
    rows = list(Member.objects.filter(partnership=partnership).order_by("joined_at", "pk").values(*_MEMBER))
    members = tuple(_member(row, viewer) for row in rows)
    if not any(member.is_me for member in members):
        raise NotThere
    agreements = _agreements(partnership, members)
    return Room(
        public_id=partnership.public_id,
        phase=Phase(partnership.phase),
        scenario=Scenario(partnership.scenario),
        created_at=partnership.created_at,
        started_on=partnership.started_on,
        planned_end_on=partnership.planned_end_on,
        over_at=partnership.over_at,
        me=next(member for member in members if member.is_me),
        others=tuple(member for member in members if not member.is_me),
        agreement=agreements[0] if agreements else None,
        in_force=next((agreement for agreement in agreements if agreement.is_in_force), None),
        packages=package_rows(partnership, viewer),
        meetings=meeting_rows(partnership, viewer),
        note=note_of(partnership),
        said=frozenset(ClosingStatement.objects.filter(partnership=partnership).values_list("author", flat=True)),
        time=_time(partnership, viewer),
    )


def package_rows(partnership: LearningPartnership, viewer: Person) -> tuple[PackageRow, ...]:
    """Return the packages by day."""
    rows = LearningPackage.objects.filter(partnership=partnership).order_by("due_on", "pk").values(*_PACKAGE)
    return tuple(_package(row, viewer) for row in rows)


def meeting_rows(partnership: LearningPartnership, viewer: Person) -> tuple[MeetingRow, ...]:
    """Return the meetings by time; two queries."""
    rows = list(Meeting.objects.filter(partnership=partnership).order_by("starts_at", "pk").values(*_MEETING))
    keys = [row["public_id"] for row in rows if row["state"] == MeetingState.HELD]
    entries = TimeEntry.objects.kept().filter(person=viewer, origin_kind=BOOKED_FOR, origin_key__in=keys)
    booked = set(entries.values_list("origin_key", flat=True)) if keys else set()
    return tuple(
        MeetingRow(
            public_id=row["public_id"],
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            place=row["place"],
            link=row["link"],
            topic=row["topic"],
            state=MeetingState(row["state"]),
            is_written=row["version"] > 0,
            is_booked=row["public_id"] in booked,
        )
        for row in rows
    )


_MEMBER = (
    *("person_id", "person__public_id", "person__given_name", "person__family_name", "role", "prepared_at"),
    *("person__employment__job_role__title_de", "person__employment__job_role__title_en"),
    *("weekly_minutes", "rhythm_weeks", "response_days"),
)
_PACKAGE = (
    *("public_id", "title", "description", "if_then", "due_on", "state", "teacher_id", "learner_id"),
    *("competence_id", "competence__public_id", "competence__label_de", "competence__label_en"),
    *("teacher__given_name", "learner__given_name"),
)
_MEETING = ("public_id", "starts_at", "minutes", "place", "link", "topic", "state", "version")


def _member(row: dict[str, Any], viewer: Person) -> MemberRow:
    return MemberRow(
        person_id=row["person_id"],
        person_key=row["person__public_id"],
        name=f"{row['person__given_name']} {row['person__family_name']}",
        given_name=row["person__given_name"],
        job_title=pick(
            row["person__employment__job_role__title_de"] or "", row["person__employment__job_role__title_en"] or ""
        ),
        role=MemberRole(row["role"]),
        is_me=row["person_id"] == viewer.pk,
        is_prepared=row["prepared_at"] is not None,
        weekly_minutes=row["weekly_minutes"],
        rhythm_weeks=row["rhythm_weeks"],
        response_days=row["response_days"],
    )


def _agreements(partnership: LearningPartnership, members: Iterable[MemberRow]) -> tuple[AgreementRow, ...]:
    """Return the versions, newest first; three queries."""
    everyone = tuple(members)
    versions = (
        LearningAgreement.objects.filter(partnership=partnership)
        .select_related("proposed_by")
        .prefetch_related(Prefetch("goals", AgreementGoal.objects.select_related("competence")), "signatures")
        .order_by("-version")
    )
    found: list[AgreementRow] = []
    for agreement in versions:
        signed = {signature.person_id: signature.signed_at for signature in agreement.signatures.all()}
        is_signed = {member.person_id for member in everyone} <= signed.keys()
        differs = rules.must_talk(agreement, everyone)
        is_in_force = is_signed and not any(row.is_in_force for row in found)
        found.append(_agreement(agreement, signed, differs, is_in_force=is_in_force))
    return tuple(found)


def _agreement(
    agreement: LearningAgreement, signed: dict[int, datetime], differs: tuple[bool, bool], *, is_in_force: bool
) -> AgreementRow:
    goals = sorted(agreement.goals.all(), key=lambda goal: goal.position)
    return AgreementRow(
        version=agreement.version,
        scenario=Scenario(agreement.scenario),
        weekly_minutes=agreement.weekly_minutes,
        rhythm_weeks=agreement.rhythm_weeks,
        response_days=agreement.response_days,
        ends_on=agreement.ends_on,
        proposed_at=agreement.proposed_at,
        proposed_by=agreement.proposed_by.given_name if agreement.proposed_by else "",
        goals=tuple(
            GoalRow(
                goal.text,
                str(goal.competence) if goal.competence else "",
                goal.competence.public_id if goal.competence else "",
            )
            for goal in goals
        ),
        signed=signed,
        hours_differ=differs[0],
        rhythm_differs=differs[1],
        is_in_force=is_in_force,
    )


def _package(row: dict[str, Any], viewer: Person) -> PackageRow:
    return PackageRow(
        public_id=row["public_id"],
        title=row["title"],
        description=row["description"],
        if_then=row["if_then"],
        competence=pick(row["competence__label_de"], row["competence__label_en"]),
        competence_id=row["competence_id"],
        competence_key=row["competence__public_id"],
        teacher_id=row["teacher_id"],
        learner_id=row["learner_id"],
        teacher=row["teacher__given_name"],
        learner=row["learner__given_name"],
        is_mine=row["learner_id"] == viewer.pk,
        due_on=row["due_on"],
        is_done=row["state"] == PackageState.DONE,
    )


def _time(partnership: LearningPartnership, viewer: Person) -> TimeRow | None:
    row = TimeRequest.objects.filter(partnership=partnership, person=viewer).order_by("-asked_at").first()
    if row is None:
        return None
    return TimeRow(row.weekly_minutes, row.until, TimeRequestState(row.state), row.due_on, row.answer)
