"""Ads, requests and partnerships for tests, made through the actions so that they are what people make."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.forms.models import model_to_dict
from django.test import Client

from wurzelwerk.catalogue.tests.factories import a_competence
from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
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
)
from wurzelwerk.partnerships.choices import GoalsReached, Scenario
from wurzelwerk.partnerships.models import LearningPackage, LearningPartnership, Meeting, PartnerAd, PartnershipRequest
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory, cast

WINDOWS = ((1, 600, 720), (3, 540, 660))
"""Tuesday 10–12 and Thursday 9–11."""


def sql() -> Competence:
    return a_competence("sql", "SQL-Abfragen", "SQL queries")


def moderation() -> Competence:
    return a_competence("moderation", "Moderation", "Facilitation")


def an_ad(person: Person, *, offers: Competence, wants: Competence, level: int = 4, **changes: Any) -> PartnerAd:
    """Publish an ad of ``person`` with one offer and one want (level 1 to 3)."""
    content = AdContent(
        offers=(OfferInput(offers, level),), wants=(WantInput(wants, 1, 3),), windows=WINDOWS, note="", **changes
    )
    return actions.publish_ad(by=person, content=content)


@dataclass
class Story:
    """The cast with the two ads of Amira (wants facilitation, offers SQL) and Ben (the other way round)."""

    people: Cast
    amiras_ad: PartnerAd
    bens_ad: PartnerAd

    @property
    def amira(self) -> Person:
        return self.people.amira

    @property
    def ben(self) -> Person:
        return self.people.ben


def two_ads(**changes: Any) -> Story:
    """Let Amira and Ben find each other."""
    people = cast()
    return Story(
        people,
        an_ad(people.amira, offers=sql(), wants=moderation(), **changes),
        an_ad(people.ben, offers=moderation(), wants=sql(), **changes),
    )


def a_request(story: Story) -> PartnershipRequest:
    """Let Amira ask Ben."""
    return actions.request_partnership(by=story.amira, ad=story.bens_ad, message="Magst du mit mir lernen?")


def a_partnership(story: Story) -> LearningPartnership:
    """Let Ben accept."""
    partnership = actions.answer_request(by=story.ben, request=a_request(story), accepts=True)
    assert partnership is not None
    return partnership


def in_planning(story: Story) -> LearningPartnership:
    """Let both prepare."""
    partnership = a_partnership(story)
    for person in (story.amira, story.ben):
        partnership = actions.confirm_preparation(by=person, partnership=partnership)
    return partnership


def an_agreement_content(**changes: Any) -> AgreementContent:
    content = AgreementContent(
        goals=(GoalInput("Amira moderiert eine Runde.", moderation()), GoalInput("Ben fragt selbst ab.", sql())),
        scenario=Scenario.MUTUAL_TEACHING,
        weekly_minutes=60,
        rhythm_weeks=1,
        response_days=3,
        ends_on=clock.today() + timedelta(weeks=10),
    )
    return replace(content, **changes)


def a_package(story: Story, partnership: LearningPartnership, *, learner: Person, **changes: Any) -> LearningPackage:
    teacher = story.ben if learner == story.amira else story.amira
    content = PackageContent(
        teacher=teacher,
        learner=learner,
        competence=moderation() if learner == story.amira else sql(),
        title="Eine Runde vorbereiten" if learner == story.amira else "Erste Abfrage",
        due_on=clock.today() + timedelta(days=14),
        if_then="Wenn Freitag ist, dann probiere ich es aus.",
    )
    return actions.save_package(by=teacher, partnership=partnership, content=replace(content, **changes))


def in_learning(story: Story, **agreed: Any) -> LearningPartnership:
    """Let both agree and sign, with a package in each direction."""
    partnership = in_planning(story)
    for learner in (story.amira, story.ben):
        a_package(story, partnership, learner=learner)
    content = an_agreement_content(**agreed)
    actions.propose_agreement(by=story.amira, partnership=partnership, content=content, seen_version=0)
    for person in (story.amira, story.ben):
        actions.sign_agreement(by=person, partnership=partnership, version=1, has_talked=True)
    partnership.refresh_from_db()
    return partnership


def a_meeting(story: Story, partnership: LearningPartnership, *, at: datetime | None = None, **more: Any) -> Meeting:
    content = MeetingContent(starts_at=at or clock.now() + timedelta(days=1), **more)
    return actions.plan_meeting(by=story.amira, partnership=partnership, content=content)


def in_closing(story: Story) -> LearningPartnership:
    """Let Amira begin to close."""
    return actions.start_closing(by=story.amira, partnership=in_learning(story))


def what_amira_says(story: Story, level: int = 3) -> ClosingContent:
    return ClosingContent(
        GoalsReached.FULLY,
        "Ich frage jetzt offener.",
        "Danke für deine Geduld!",
        (LevelInput(story.ben, sql(), level, "Er fragt selbst ab."),),
    )


def what_ben_says(story: Story, level: int = 4) -> ClosingContent:
    return ClosingContent(
        GoalsReached.PARTLY, "JOIN sitzt.", "Danke!", (LevelInput(story.amira, moderation(), level, "Sie führt."),)
    )


def closed(story: Story) -> LearningPartnership:
    """Let both look back."""
    partnership = in_closing(story)
    actions.close_partnership(by=story.amira, partnership=partnership, content=what_amira_says(story))
    partnership = actions.close_partnership(by=story.ben, partnership=partnership, content=what_ben_says(story))
    partnership.refresh_from_db()
    return partnership


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time in Berlin."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def somebody(story: Story, name: str) -> Person:
    """Return another person at Amira's site."""
    person: Person = EmploymentFactory(person__given_name=name, site=story.amira.employment.site).person
    return person


def signed_in(person: Person) -> Client:
    """Return a browser in which ``person`` is signed in."""
    client = Client()
    client.force_login(person)
    return client


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of this room and of the rooms it writes to, to see that nothing changed."""
    rooms = ("partnerships", "lrs", "notifications", "competences", "learning_time")
    return {
        model.__name__: [model_to_dict(row) for row in model._default_manager.order_by("pk")]
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    }
