from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wurzelwerk.competences.actions import add_to_profile, assess_self, set_wished_role, share_evidence
from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.queries import by_area, get_profile, levels_of
from wurzelwerk.competences.tests.factories import CompetenceFactory, GroupFactory, role_of, target
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, PersonFactory, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
TODAY = date(2026, 11, 23)


@pytest.fixture
def people() -> Cast:
    return cast()


def test_a_profile_brings_together_evidence_targets_and_choices(people: Cast) -> None:
    social = GroupFactory(area=Area.SOCIAL)
    required, wished, chosen = CompetenceFactory(), CompetenceFactory(group=social), CompetenceFactory()
    target(role_of(people.amira), {required: 3})
    role = JobRoleFactory()
    target(role, {wished: 2})
    set_wished_role(by=people.amira, job_role=role)
    add_to_profile(by=people.amira, competence=chosen)
    assess_self(by=people.amira, competence=required, level=2)
    share_evidence(by=people.amira, competence=required, item=Item.SELF_ASSESSMENT, audience=Audience.PARTNER)

    profile = get_profile(people.amira)

    lines = {line.competence: line for line in profile.lines}
    assert list(lines) == [required, wished, chosen]
    assert (profile.role_title, profile.wish_title) == (str(role_of(people.amira)), str(role))
    gap, wish = lines[required].role, lines[wished].wish
    assert gap is not None
    assert wish is not None
    assert (gap.size, lines[required].is_shared) == (1, True)
    assert (lines[wished].estimate, wish.size) == (None, None)
    assert (lines[chosen].is_chosen, lines[chosen].role, lines[chosen].wish) == (True, None, None)
    assert [(area, len(members)) for area, members in by_area(profile.lines)] == [
        (Area.PROFESSIONAL, 2),
        (Area.SOCIAL, 1),
    ]


def test_somebody_without_employment_has_an_empty_profile() -> None:
    profile = get_profile(PersonFactory())

    assert (profile.lines, profile.role, profile.wish, profile.role_title) == ((), None, None, "")


def test_levels_of_many_competences_take_two_queries(people: Cast) -> None:
    rated, unknown = CompetenceFactory(), CompetenceFactory()
    assess_self(by=people.amira, competence=rated, level=4)

    with CaptureQueriesContext(connection) as queries:
        found = levels_of(people.amira, [rated, unknown])

    assert {key: level.level for key, level in found.items()} == {rated.pk: 4}
    assert len(queries) == 2


@pytest.fixture
def full(people: Cast) -> Person:
    """Amira with 60 competences, 600 pieces of evidence, an own and a wished role."""
    competences = [CompetenceFactory() for _ in range(60)]
    target(role_of(people.amira), dict.fromkeys(competences[:40], 3), valid_from=date(2026, 1, 1))
    target(role_of(people.amira), dict.fromkeys(competences[:40], 4), valid_from=date(2026, 6, 1))
    wished = JobRoleFactory()
    target(wished, dict.fromkeys(competences[30:55], 5))
    set_wished_role(by=people.amira, job_role=wished)
    Evidence.objects.bulk_create(
        Evidence(
            person=people.amira,
            competence=competences[number % 60],
            source=("test", "partner", "self")[number % 3],
            level=number % 6,
            observed_on=TODAY - timedelta(days=number),
            given_by=people.ben,
        )
        for number in range(600)
    )
    return people.amira


@pytest.mark.parametrize("address", ["/profile", "/profile?view=table", "/profile?beside=wish", "/profile?gaps=all"])
def test_a_full_profile_takes_at_most_twelve_queries(full: Person, client: Client, address: str) -> None:
    client.force_login(full)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)

    assert answer.status_code == 200
    assert len(queries) <= 12


def test_a_profile_costs_the_same_for_one_and_for_sixty(full: Person, people: Cast, client: Client) -> None:
    role = JobRoleFactory()
    target(role, {CompetenceFactory(): 2})
    Employment.objects.filter(person=people.ben).update(job_role=role)
    set_wished_role(by=people.ben, job_role=role)
    counts = []
    for person in (full, people.ben):
        client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            client.get("/profile")
        counts.append(len(queries))

    assert abs(counts[0] - counts[1]) <= 1
