"""Chapter four: the cast and the stories that are going on, played through the rooms' own actions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta

from django.utils import timezone

from wurzelwerk.competences.actions import contest_evidence, record_evidence, set_wished_role
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.demo.company import person_of, staff_of
from wurzelwerk.demo.knowledge import competences_by_key
from wurzelwerk.demo.tales import ADS, CONTESTS, JOURNAL, PASSAGE, TALES, Ad, Side, Tale
from wurzelwerk.journal.actions import mark_passage, write_entry
from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.actions import book_time
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import (
    AdContent,
    AgreementContent,
    ClosingContent,
    GoalInput,
    LevelInput,
    MeetingContent,
    OfferInput,
    PackageContent,
    WantInput,
    Worksheet,
)
from wurzelwerk.partnerships.choices import GoalsReached, Scenario
from wurzelwerk.partnerships.models import LearningPartnership, PartnerAd
from wurzelwerk.partnerships.queries.working_time import proposed_windows
from wurzelwerk.paths.actions import complete_step, move_step, plan_path
from wurzelwerk.paths.choices import StepKind, StepState
from wurzelwerk.people.models import JobRole, Person

Competences = dict[str, Competence]
# Where shifts alternate, people have marked an hour or two around the change of shift.
BETWEEN_SHIFTS = tuple((weekday, 13 * 60, 15 * 60) for weekday in range(5))
REACHED = ("preparation", "planning", "learning", "closing", "closed")
AMIRA_LEVELS = {"controlling": 4, "accounting": 3, "spreadsheets": 4, "conversation": 4, "presentation": 3, "sql": 1}
# What Eva has said of herself over two years: days ago, and the level.
EVA_HISTORY = {
    "learning-design": ((700, 2), (420, 3), (130, 4)),
    "feedback": ((640, 3), (90, 4)),
    "moderation": ((510, 2), (200, 3), (30, 4)),
    "digital-collaboration": ((380, 3), (360, 3)),
    "presentation": ((560, 3), (150, 4)),
}
BEN_LEVELS = {"sql": 5, "python": 4, "statistics": 4, "data-visualisation": 4, "conversation": 1, "moderation": 2}


def build_stories() -> None:
    """Play every story up to today."""
    competences = competences_by_key()
    _cast(competences)
    _differ(competences)
    for tale in TALES:
        _play(tale, competences)
    for ad in ADS:
        with _weeks_ago(ad.weeks_ago):
            _publish(ad, competences)


def _weeks_ago(weeks: int) -> AbstractContextManager[None]:
    return clock.pretending(clock.now() - timedelta(weeks=weeks))


def _who(name: str) -> Person:
    """Return a member of the cast, or "unit:place" in the order of staff numbers."""
    if ":" not in name:
        return person_of(name)
    unit, place = name.split(":")
    return staff_of(unit)[int(place)]


def _cast(competences: Competences) -> None:
    amira, ben = person_of("Amira"), person_of("Ben")
    for person, levels in ((amira, AMIRA_LEVELS), (ben, BEN_LEVELS)):
        for place, (key, level) in enumerate(levels.items()):
            _said(person, competences[key], level, days_ago=20 + 11 * place)
    for key, said in EVA_HISTORY.items():
        for days_ago, level in said:
            _said(person_of("Eva"), competences[key], level, days_ago=days_ago)
    _given(
        amira,
        competences["conversation"],
        4,
        by=person_of("Clara"),
        summary="Führt auch Gespräche über Kürzungen so, dass beide Seiten weiterarbeiten.",
    )
    _diary(amira, competences)
    set_wished_role(by=amira, job_role=JobRole.objects.get(code="project-lead"))
    goal = plan_path(by=amira, competence=competences["moderation"], target_level=3)
    steps = list(goal.steps.exclude(kind=StepKind.PARTNER).order_by("position"))
    complete_step(by=amira, step=steps[0])
    move_step(by=amira, step=steps[1], state=StepState.DOING)
    for days, minutes, note in ((2, 45, "Übung mit der eigenen Liste"), (6, 30, "Artikel gelesen"), (9, 60, "Treffen")):
        book_time(by=amira, minutes=minutes, spent_on=clock.today() - timedelta(days=days), note=note)
    book_time(by=ben, minutes=50, spent_on=clock.today() - timedelta(days=4), note="Vorbereitung")


def _said(person: Person, competence: Competence, level: int, *, days_ago: int) -> None:
    record_evidence(
        by=person,
        person=person,
        competence=competence,
        source=EvidenceSource.SELF,
        level=level,
        observed_on=clock.today() - timedelta(days=days_ago),
    )


def _differ(competences: Competences) -> None:
    """Let two people see an assessment differently; the answers are still to come."""
    for who, key, level, summary, statement in CONTESTS:
        person = _who(who)
        manager = person.employment.manager
        assert manager is not None  # noqa: S101 - neither leads the company
        evidence = _given(person, competences[key], level, by=manager, summary=summary)
        with clock.pretending(clock.now() - timedelta(days=2)):
            contest_evidence(by=person, evidence=evidence, statement=statement)


def _given(person: Person, competence: Competence, level: int, *, by: Person, summary: str) -> Evidence:
    return record_evidence(
        by=by,
        person=person,
        competence=competence,
        source=EvidenceSource.LEAD,
        level=level,
        summary=summary,
        given_by=by,
        observed_on=clock.today() - timedelta(days=40),
    )


def _diary(person: Person, competences: Competences) -> None:
    for days, title, body in JOURNAL:
        with clock.pretending(clock.now() - timedelta(days=days)):
            entry = write_entry(by=person, title=title, body=body)
            if PASSAGE in body:
                mark_passage(by=person, entry=entry, text=PASSAGE, competence=competences["conversation"], level=4)


def _content(ad: Ad | Side, person: Person, competences: Competences, scenario: str, note: str = "") -> AdContent:
    windows, alternates = proposed_windows(person)
    return AdContent(
        offers=(OfferInput(competences[ad.offers], ad.offer_level),),
        wants=(WantInput(competences[ad.wants], ad.from_level, ad.to_level),),
        windows=BETWEEN_SHIFTS if alternates else windows,
        scenario=Scenario(scenario),
        note=note,
    )


def _publish(ad: Ad, competences: Competences) -> None:
    person = _who(ad.who)
    actions.publish_ad(by=person, content=_content(ad, person, competences, "mutual_teaching", ad.note))


def _play(tale: Tale, competences: Competences) -> None:
    """Carry one partnership from its two ads to the phase it has today."""
    one, other = _who(tale.one.who), _who(tale.other.who)
    with _weeks_ago(tale.weeks_ago):
        for side, person in ((tale.one, one), (tale.other, other)):
            actions.publish_ad(by=person, content=_content(side, person, competences, tale.scenario))
        ad = PartnerAd.objects.live().get(person=other)
        request = actions.request_partnership(by=one, ad=ad, message=tale.message)
        partnership = actions.answer_request(by=other, request=request, accepts=True)
        assert partnership is not None  # noqa: S101 - it was accepted
    chapters: dict[str, Callable[[], None]] = {
        "planning": lambda: _prepare(partnership, one, other),
        "learning": lambda: _agree(tale, partnership, one, other, competences),
        "closing": lambda: _begin_to_close(tale, partnership, one),
        "closed": lambda: _close(tale, partnership, one, other, competences),
    }
    if tale.phase == "ended":
        with _weeks_ago(tale.weeks_ago - 2):
            _prepare(partnership, one, other)
            actions.end_partnership(by=one, partnership=partnership)
        return
    for number, phase in enumerate(REACHED[1 : REACHED.index(tale.phase) + 1], start=1):
        with _weeks_ago(max(0, tale.weeks_ago - number * tale.weeks_ago // 5)):
            chapters[phase]()


def _prepare(partnership: LearningPartnership, one: Person, other: Person) -> None:
    for person in (one, other):
        actions.confirm_preparation(by=person, partnership=partnership)


def _agree(tale: Tale, partnership: LearningPartnership, one: Person, other: Person, competences: Competences) -> None:
    """Agree, plan a package each way, sign, and hold a first meeting."""
    today = clock.today()
    sides = ((tale.one, one, other), (tale.other, other, one))
    for side, learner, teacher in sides:
        content = PackageContent(
            teacher=teacher,
            learner=learner,
            competence=competences[side.wants],
            title=side.package,
            due_on=today + timedelta(weeks=4),
            if_then=side.if_then,
        )
        actions.save_package(by=learner, partnership=partnership, content=content)
    agreement = actions.propose_agreement(
        by=one,
        partnership=partnership,
        content=AgreementContent(
            goals=tuple(GoalInput(side.goal, competences[side.wants]) for side, _learner, _teacher in sides),
            scenario=Scenario(tale.scenario),
            weekly_minutes=60,
            rhythm_weeks=1,
            response_days=3,
            ends_on=today + timedelta(weeks=10),
        ),
        seen_version=0,
    )
    for person in (one, other):
        actions.sign_agreement(by=person, partnership=partnership, version=agreement.version, has_talked=True)
    _meet(tale, partnership, one)


def _meet(tale: Tale, partnership: LearningPartnership, person: Person) -> None:
    """Hold one meeting with its worksheet; plan the next one after today."""
    held = actions.plan_meeting(
        by=person, partnership=partnership, content=MeetingContent(_at(clock.now()), 60, "Besprechungsraum Erle")
    )
    with clock.pretending(clock.now() + timedelta(days=2)):
        sheet = Worksheet(tale.did, tale.was_hard, tale.next_steps)
        actions.write_worksheet(by=person, meeting=held, worksheet=sheet, seen_version=held.version)
    if tale.phase == "learning":
        actions.plan_meeting(
            by=person,
            partnership=partnership,
            content=MeetingContent(_at(timezone.now() + timedelta(days=3)), 60, "Besprechungsraum Erle"),
        )


def _at(instant: datetime) -> datetime:
    """Return ten o'clock on the next working day from ``instant``."""
    day = timezone.localtime(instant).date() + timedelta(days=1)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
    return timezone.make_aware(datetime.combine(day, time(10)))


def _begin_to_close(tale: Tale, partnership: LearningPartnership, one: Person) -> None:
    for package in partnership.packages.all():
        actions.complete_package(by=package.learner, package=package)
    actions.start_closing(by=one, partnership=partnership)


def _close(tale: Tale, partnership: LearningPartnership, one: Person, other: Person, competences: Competences) -> None:
    for author, partner, side in ((one, other, tale.other), (other, one, tale.one)):
        seen = LevelInput(partner, competences[side.wants], side.to_level, tale.did)
        content = ClosingContent(GoalsReached.FULLY, tale.next_steps, tale.thanks, (seen,))
        actions.close_partnership(by=author, partnership=partnership, content=content)
