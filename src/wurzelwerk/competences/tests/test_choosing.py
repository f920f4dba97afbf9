import pytest

from wurzelwerk.competences.actions import add_to_profile, assess_self, remove_from_profile, set_wished_role
from wurzelwerk.competences.models import ProfileCompetence, WishedRole
from wurzelwerk.competences.queries import job_role_choices, profile_keys, unrated, wished_role_of
from wurzelwerk.competences.tests.factories import CompetenceFactory, role_of, target
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_there_is_one_wished_role_at_a_time(people: Cast) -> None:
    first, second = JobRoleFactory(), JobRoleFactory()

    set_wished_role(by=people.amira, job_role=first)
    set_wished_role(by=people.amira, job_role=second)

    assert wished_role_of(people.amira) == second
    assert WishedRole.objects.count() == 1


def test_a_wish_can_be_taken_back(people: Cast) -> None:
    set_wished_role(by=people.amira, job_role=JobRoleFactory())

    assert set_wished_role(by=people.amira, job_role=None) is None
    assert wished_role_of(people.amira) is None


def test_roles_to_wish_for_have_a_target_and_are_not_ones_own(people: Cast) -> None:
    wished, without = JobRoleFactory(title_de="Teamleitung"), JobRoleFactory()
    for role in (wished, role_of(people.amira)):
        target(role, {CompetenceFactory(): 3})

    assert [row.public_id for row in job_role_choices(person=people.amira)] == [wished.public_id]
    assert [row.public_id for row in job_role_choices("team leitung", person=people.amira)] == [wished.public_id]
    assert job_role_choices("lager", person=people.amira) == ()
    assert without.public_id not in {row.public_id for row in job_role_choices(person=people.ben)}


def test_a_competence_is_added_once_and_removed(people: Cast) -> None:
    competence = CompetenceFactory()

    add_to_profile(by=people.amira, competence=competence)
    add_to_profile(by=people.amira, competence=competence)
    added = profile_keys(people.amira)
    was_there = remove_from_profile(by=people.amira, competence=competence)

    assert added == {competence.public_id}
    assert (was_there, remove_from_profile(by=people.amira, competence=competence)) == (True, False)
    assert ProfileCompetence.objects.count() == 0


def test_removing_keeps_evidence(people: Cast) -> None:
    competence = CompetenceFactory()
    add_to_profile(by=people.amira, competence=competence)
    assess_self(by=people.amira, competence=competence, level=2)

    remove_from_profile(by=people.amira, competence=competence)

    assert profile_keys(people.amira) == {competence.public_id}


def test_a_retired_competence_cannot_be_added(people: Cast) -> None:
    with pytest.raises(Refused):
        add_to_profile(by=people.amira, competence=CompetenceFactory(retired_at=clock.now()))


def test_what_was_never_rated_comes_heaviest_first(people: Cast) -> None:
    rated, light, heavy, chosen = (CompetenceFactory() for _ in range(4))
    target(role_of(people.amira), {rated: 3, heavy: 3})
    wished = JobRoleFactory()
    target(wished, {light: 3}, weight=0.5)
    set_wished_role(by=people.amira, job_role=wished)
    add_to_profile(by=people.amira, competence=chosen)
    assess_self(by=people.amira, competence=rated, level=1)

    assert unrated(people.amira) == (heavy, light, chosen)
