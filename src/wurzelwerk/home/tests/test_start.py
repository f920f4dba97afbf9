"""The start page: its first day, its full day, and what it costs."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wurzelwerk.catalogue.tests.factories import OpportunityFactory, a_competence
from wurzelwerk.competences.actions import TargetLevel, save_target_profile
from wurzelwerk.home.queries import get_start
from wurzelwerk.learning_time.actions import agree_hours
from wurzelwerk.notifications.actions import notify
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.tests.factories import a_partnership, a_request, an_ad, moderation, sql, two_ads
from wurzelwerk.paths.actions import plan_path
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import EmploymentFactory, JobRoleFactory, cast

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def amira_with_a_gap(opportunities: int = 1) -> Person:
    amira = cast().amira
    role = JobRoleFactory()
    save_target_profile(by=None, job_role=role, requirements=[TargetLevel(a_competence(), 2)])
    amira.employment.job_role = role
    amira.employment.save()
    for _turn in range(opportunities):
        OpportunityFactory(outcome=(a_competence(), 1, 2))
    return amira


def test_the_first_day_begins_with_three_steps() -> None:
    start = get_start(cast().amira)

    assert (start.is_first_day, start.step, start.gap, start.rings) == (True, None, None, ())


def test_the_most_urgent_gap_comes_with_its_reason_and_what_fits_it() -> None:
    start = get_start(amira_with_a_gap())

    assert start.gap is not None
    assert (start.gap.required, start.gap.reason.value, len(start.gap.opportunities)) == (2, "never_rated", 1)
    assert [(ring.level, ring.target) for ring in start.rings] == [(None, 2.0)]


def test_a_planned_step_is_what_is_next() -> None:
    amira = amira_with_a_gap()
    plan_path(by=amira, competence=a_competence(), target_level=2)

    start = get_start(amira)

    assert start.step is not None
    assert start.is_first_day is False


@pytest.mark.parametrize("hour, greeting", [(7, "morning"), (12, "day"), (19, "evening")])
def test_the_greeting_follows_the_local_hour(hour: int, greeting: str) -> None:
    amira = cast().amira

    with time_machine.travel(datetime(2026, 7, 1, hour, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        assert get_start(amira).greeting == greeting


@pytest.mark.parametrize("language", ["de", "de-formal", "en"])
def test_everybody_of_the_cast_gets_a_page(language: str) -> None:
    people = cast()

    answers = []
    for name in people.__slots__:
        client = signed_in(getattr(people, name))
        client.cookies["language"] = language
        answers.append(client.get("/").status_code)

    assert answers == [200] * 7


def queries_of(person: Person) -> list[str]:
    client = signed_in(person)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return [query["sql"][:160] for query in queries]


def newcomer() -> Person:
    return cast().amira


def with_a_path(opportunities: int = 1) -> Person:
    amira = amira_with_a_gap(opportunities)
    agree_hours(by=Person.objects.get(staff_number="eva"), hours_per_week=Decimal(2))
    plan_path(by=amira, competence=a_competence(), target_level=2)
    return amira


def with_a_long_path() -> Person:
    return with_a_path(3)


def with_an_ad_and_a_fit() -> Person:
    return two_ads().amira


def with_a_request() -> Person:
    story = two_ads()
    a_request(story)
    return story.ben


def in_a_partnership() -> Person:
    story = two_ads()
    a_partnership(story)
    return story.amira


def on_duty() -> Person:
    return cast().eva


@pytest.mark.parametrize(
    "shape",
    [newcomer, with_a_path, with_a_long_path, with_an_ad_and_a_fit, with_a_request, in_a_partnership, on_duty],
)
def test_the_whole_page_costs_at_most_twelve_queries(shape: Callable[[], Person]) -> None:
    queries = queries_of(shape())

    assert len(queries) <= MOST_QUERIES, "\n".join(queries)


@pytest.mark.parametrize("shape", [with_an_ad_and_a_fit, with_a_request])
def test_more_of_the_same_costs_no_more_queries(shape: Callable[[], Person]) -> None:
    person = shape()
    before = queries_of(person)

    for name in ("Mia", "Ole"):
        colleague = EmploymentFactory(person__given_name=name).person
        an_ad(colleague, offers=moderation(), wants=sql())
        actions.request_partnership(by=colleague, ad=person.partner_ads.get(), message="Hallo!")
        notify(person=person, kind="test", title_de="Neu", title_en="New", url="/")
        OpportunityFactory(outcome=(a_competence(), 1, 2))
        plan_path(by=person, competence=a_competence(name), target_level=2)

    assert len(queries_of(person)) == len(before)
