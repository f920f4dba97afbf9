from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.competences.actions import TargetLevel, assess_self, save_target_profile, set_wished_role
from wurzelwerk.competences.estimating import Reason
from wurzelwerk.competences.models import TargetProfile
from wurzelwerk.competences.queries import (
    get_comparison,
    get_gap,
    get_gaps,
    get_target,
    job_role_rows,
    target_versions,
)
from wurzelwerk.competences.tests.factories import CompetenceFactory, evidence, role_of, target
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.models import Employment
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
TODAY = date(2026, 11, 23)


@pytest.fixture
def people() -> Cast:
    return cast()


def test_each_change_is_a_new_dated_version(people: Cast) -> None:
    role, competence = JobRoleFactory(), CompetenceFactory()

    first = save_target_profile(by=people.eva, job_role=role, requirements=[TargetLevel(competence, 3)])
    second = save_target_profile(
        by=people.eva,
        job_role=role,
        requirements=[TargetLevel(competence, 4, 0.5)],
        valid_from=TODAY + timedelta(days=30),
        seen_version=1,
    )

    assert [(one.version, one.valid_from) for one in (first, second)] == [(1, TODAY), (2, TODAY + timedelta(days=30))]
    assert [(one.level, one.weight) for one in first.requirements.all()] == [(3, 1.0)]
    assert [entry.details for entry in AuditEntry.objects.order_by("pk")] == [{"version": 1}, {"version": 2}]


def test_saving_the_same_again_makes_no_version(people: Cast) -> None:
    role, wanted = JobRoleFactory(), [TargetLevel(CompetenceFactory(), 3, 0.7)]

    first = save_target_profile(by=people.eva, job_role=role, requirements=wanted)

    assert save_target_profile(by=people.eva, job_role=role, requirements=wanted) == first
    assert TargetProfile.objects.count() == 1


def test_only_learning_and_development_saves_targets(people: Cast) -> None:
    for person in (people.amira, people.clara, people.felix, people.greta):
        with pytest.raises(Refused):
            save_target_profile(
                by=person, job_role=JobRoleFactory(), requirements=[TargetLevel(CompetenceFactory(), 3)]
            )


@pytest.mark.parametrize("level,weight", [(0, 1.0), (5.5, 1.0), (3, 0.0), (3, 1.1)])
def test_levels_and_weights_stay_on_their_scales(people: Cast, level: float, weight: float) -> None:
    with pytest.raises(Refused):
        save_target_profile(
            by=people.eva, job_role=JobRoleFactory(), requirements=[TargetLevel(CompetenceFactory(), level, weight)]
        )


def test_a_target_names_each_competence_once_and_at_least_one(people: Cast) -> None:
    role, twice = JobRoleFactory(), TargetLevel(CompetenceFactory(), 3)

    for requirements in ([], [twice, twice]):
        with pytest.raises(Refused):
            save_target_profile(by=people.eva, job_role=role, requirements=requirements)


def test_what_somebody_else_saved_in_between_is_not_overwritten(people: Cast) -> None:
    role, competence = JobRoleFactory(), CompetenceFactory()
    target(role, {competence: 3})

    with pytest.raises(Refused):
        save_target_profile(by=people.eva, job_role=role, requirements=[TargetLevel(competence, 4)], seen_version=0)


def test_a_version_does_not_begin_before_the_one_before(people: Cast) -> None:
    role, competence = JobRoleFactory(), CompetenceFactory()
    target(role, {competence: 3})

    with pytest.raises(Refused):
        target(role, {competence: 4}, valid_from=TODAY - timedelta(days=1))


def test_a_version_holds_from_its_day_on(people: Cast, frozen_time: time_machine.Traveller) -> None:
    role, competence = role_of(people.amira), CompetenceFactory()
    target(role, {competence: 2}, valid_from=date(2026, 1, 1))
    target(role, {competence: 4}, valid_from=TODAY + timedelta(days=1))
    evidence(people.amira, competence, 3)

    before = get_gaps(people.amira)
    frozen_time.shift(timedelta(days=1))
    (after,) = get_gaps(people.amira)

    assert before == ()
    assert (after.size, after.reasons, after.raised_from) == (1, (Reason.TARGET_RAISED,), 2)
    newest = get_target(role)
    assert newest is not None
    assert newest.version == 2


def test_gaps_come_from_the_own_and_from_the_wished_role(people: Cast) -> None:
    own, wished, shared = (CompetenceFactory() for _ in range(3))
    target(role_of(people.amira), {own: 3, shared: 2})
    role = JobRoleFactory()
    target(role, {wished: 4, shared: 5})
    set_wished_role(by=people.amira, job_role=role)
    assess_self(by=people.amira, competence=shared, level=1)

    assert [gap.competence for gap in get_gaps(people.amira)] == [shared, own]
    assert [gap.competence for gap in get_gaps(people.amira, target="wish")] == [shared, wished]
    gap = get_gap(people.amira, shared)
    other = get_gap(people.amira, wished)
    assert gap is not None
    assert other is not None
    assert (gap.required, other.required) == (2, 4)
    assert get_gap(people.amira, CompetenceFactory()) is None


def test_without_role_or_target_there_is_no_comparison(people: Cast) -> None:
    Employment.objects.filter(person=people.amira).update(job_role=None)

    assert get_comparison(people.amira) is None
    assert get_comparison(people.ben) is None
    assert get_gaps(people.ben) == ()
    assert get_target(role_of(people.ben)) is None


def test_a_comparison_has_every_requirement_and_the_index(people: Cast) -> None:
    reached, missing, unknown = (CompetenceFactory() for _ in range(3))
    target(role_of(people.amira), {reached: 2, missing: 4, unknown: 2})
    assess_self(by=people.amira, competence=reached, level=3)
    assess_self(by=people.amira, competence=missing, level=1)

    found = get_comparison(people.amira)

    assert found is not None
    assert [line.size for line in found.lines] == [0, 3, None]
    assert (found.index.value, found.index.unknown_share) == (3 / 6, 2 / 8)
    assert found.target.title == str(role_of(people.amira))


@pytest.mark.parametrize("number", [1, 3])
def test_a_comparison_takes_two_queries(people: Cast, number: int) -> None:
    competences = [CompetenceFactory() for _ in range(number)]
    target(role_of(people.amira), dict.fromkeys(competences, 3))
    for competence in competences:
        evidence(people.amira, competence)

    with CaptureQueriesContext(connection) as queries:
        found = get_comparison(people.amira)

    assert found is not None
    assert len(found.lines) == number
    assert len(queries) == 2


def test_the_history_says_what_changed() -> None:
    role = JobRoleFactory()
    kept, dropped, added = (CompetenceFactory() for _ in range(3))
    target(role, {kept: 3, dropped: 2}, valid_from=date(2026, 1, 1))
    target(role, {kept: 4, added: 1}, valid_from=date(2026, 6, 1))
    target(role, {kept: 4, added: 1}, valid_from=date(2026, 7, 1), weight=0.5)

    third, second, first = target_versions(role)

    assert list(first.changes) == [(str(kept), None, 3), (str(dropped), None, 2)]
    assert list(second.changes) == [(str(kept), 3, 4), (str(dropped), 2, None), (str(added), None, 1)]
    assert list(third.changes) == []


def test_job_roles_are_listed_with_their_targets_and_persons(people: Cast) -> None:
    role = role_of(people.amira)
    target(role, {CompetenceFactory(): 3}, valid_from=date(2026, 1, 1))
    target(role, {CompetenceFactory(): 3, CompetenceFactory(): 2}, valid_from=date(2026, 2, 1))

    rows = {row.public_id: row for row in job_role_rows()}

    assert (rows[role.public_id].version, rows[role.public_id].requirements) == (2, 2)
    assert (rows[role.public_id].persons, rows[role.public_id].valid_from) == (1, date(2026, 2, 1))
    assert rows[role_of(people.ben).public_id].version is None
