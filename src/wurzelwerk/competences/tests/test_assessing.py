from datetime import date, timedelta

import pytest
import time_machine
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from wurzelwerk.competences.actions import (
    assess_self,
    confirm_evidence,
    record_evidence,
    restore_evidence,
    withdraw_evidence,
)
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.events import EvidenceRecorded, evidence_recorded
from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.queries import get_level, own_evidence
from wurzelwerk.competences.tests.factories import CompetenceFactory, evidence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.models import Statement
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def people() -> Cast:
    return cast()


def counted(person: Person) -> list[tuple[str, float]]:
    rows = Evidence.objects.in_force().filter(person=person).order_by("pk")
    return list(rows.values_list("source", "level"))


def verbs(person: Person) -> list[str]:
    return sorted(Statement.objects.filter(person=person).values_list("verb", flat=True))


def test_rating_oneself_is_evidence_a_statement_and_an_event(
    people: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    competence = CompetenceFactory()
    heard: list[EvidenceRecorded] = []
    evidence_recorded.connect(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        found = assess_self(by=people.amira, competence=competence, level=3, note="Schicht allein übergeben")

    assert counted(people.amira) == [("self", 3)]
    assert (found.observed_on, found.summary) == (date(2026, 11, 23), "Schicht allein übergeben")
    assert verbs(people.amira) == ["assessed"]
    assert Statement.objects.get().competence_key == competence.public_id
    assert AuditEntry.objects.get().verb == "competences.assess_self"
    assert [(one.level_before, one.level_after) for one in heard[-1:]] == [(None, 3)]


def test_sending_a_rating_twice_changes_nothing(people: Cast) -> None:
    competence = CompetenceFactory()

    first = assess_self(by=people.amira, competence=competence, level=3)
    second = assess_self(by=people.amira, competence=competence, level=3)

    assert first == second
    assert verbs(people.amira) == ["assessed"]


def test_a_later_rating_of_the_same_day_takes_the_place_of_the_earlier(people: Cast) -> None:
    competence = CompetenceFactory()

    assess_self(by=people.amira, competence=competence, level=3)
    assess_self(by=people.amira, competence=competence, level=2)

    assert counted(people.amira) == [("self", 2)]


def test_a_rating_of_another_day_stands_beside_the_earlier(people: Cast, frozen_time: time_machine.Traveller) -> None:
    competence = CompetenceFactory()
    assess_self(by=people.amira, competence=competence, level=2)

    frozen_time.shift(timedelta(days=1))
    assess_self(by=people.amira, competence=competence, level=3)

    assert counted(people.amira) == [("self", 2), ("self", 3)]


def test_the_day_is_that_of_the_site(people: Cast, frozen_time: time_machine.Traveller) -> None:
    site = people.amira.employment.site
    assert site is not None
    site.time_zone = "Pacific/Auckland"
    site.save()
    frozen_time.move_to("2026-11-23T20:00:00+00:00")

    found = assess_self(by=people.amira, competence=CompetenceFactory(), level=2)

    assert found.observed_on == date(2026, 11, 24)


@pytest.mark.parametrize("level", [-1, 5.1])
def test_a_level_off_the_scale_is_refused(people: Cast, level: float) -> None:
    with pytest.raises(Refused, match=r"0 .* 5"):
        assess_self(by=people.amira, competence=CompetenceFactory(), level=level)
    with pytest.raises(Refused, match=r"0 .* 5"):
        evidence(people.amira, CompetenceFactory(), level)

    assert counted(people.amira) == []


def test_a_retired_competence_cannot_be_rated(people: Cast) -> None:
    competence = CompetenceFactory(retired_at=clock.now())

    with pytest.raises(Refused):
        assess_self(by=people.amira, competence=competence, level=3)


@pytest.mark.parametrize(
    "source,giver",
    [
        (EvidenceSource.PARTNER, None),
        (EvidenceSource.PEER, "amira"),
        (EvidenceSource.MENTOR, None),
        (EvidenceSource.LEAD, "david"),
        (EvidenceSource.LEAD, None),
        (EvidenceSource.SELF, None),
    ],
)
def test_only_who_can_judge_gives_evidence(people: Cast, source: EvidenceSource, giver: str | None) -> None:
    given_by = getattr(people, giver) if giver else None

    with pytest.raises(Refused):
        record_evidence(
            by=people.ben,
            person=people.amira,
            competence=CompetenceFactory(),
            source=source,
            level=3,
            given_by=given_by,
        )


@pytest.mark.parametrize(
    "source,giver",
    [
        (EvidenceSource.PARTNER, "ben"),
        (EvidenceSource.LEAD, "clara"),
        (EvidenceSource.CERTIFICATE, None),
        (EvidenceSource.TEST, None),
    ],
)
def test_evidence_from_others_is_recorded(people: Cast, source: EvidenceSource, giver: str | None) -> None:
    given_by = getattr(people, giver) if giver else None
    by = given_by or people.amira

    evidence(people.amira, CompetenceFactory(), 4, by=by, source=source, given_by=given_by)

    assert counted(people.amira) == [(source.value, 4)]
    assert verbs(people.amira) == ["advanced"]
    assert verbs(people.ben) == []


def test_evidence_of_the_future_is_refused(people: Cast) -> None:
    with pytest.raises(Refused):
        evidence(people.amira, CompetenceFactory(), observed_on=date(2026, 11, 24))


def test_the_same_origin_gives_evidence_once(people: Cast) -> None:
    competence = CompetenceFactory()
    origin = {"origin_kind": "partnership", "origin_key": "p1"}

    first = evidence(people.amira, competence, 3, **origin)
    again = evidence(people.amira, competence, 3, **origin)
    corrected = evidence(people.amira, competence, 4, **origin)

    assert first == again
    assert corrected != first
    assert counted(people.amira) == [("work_sample", 4)]


def test_two_partners_of_one_partnership_both_count(people: Cast) -> None:
    competence = CompetenceFactory()

    for giver in (people.ben, people.david):
        evidence(
            people.amira, competence, 3, by=giver, source="partner", given_by=giver, origin_kind="p", origin_key="1"
        )

    assert counted(people.amira) == [("partner", 3), ("partner", 3)]


def test_withdrawn_evidence_counts_no_more_and_can_come_back(people: Cast) -> None:
    competence = CompetenceFactory()
    piece = evidence(people.amira, competence, 3)

    withdraw_evidence(by=people.amira, evidence=piece)
    withdrawn = get_level(people.amira, competence)
    withdraw_evidence(by=people.amira, evidence=piece)
    restore_evidence(by=people.amira, evidence=piece)
    restore_evidence(by=people.amira, evidence=piece)

    restored = get_level(people.amira, competence)
    assert withdrawn is None
    assert restored is not None
    assert restored.level == 3
    assert verbs(people.amira) == ["advanced", "advanced", "withdrew"]


def test_bringing_a_rating_back_replaces_its_successor(people: Cast) -> None:
    competence = CompetenceFactory()
    first = assess_self(by=people.amira, competence=competence, level=2)
    assess_self(by=people.amira, competence=competence, level=4)

    restore_evidence(by=people.amira, evidence=first)

    assert counted(people.amira) == [("self", 2)]
    assert verbs(people.amira) == ["assessed", "assessed", "assessed"]


def test_bringing_back_what_has_an_origin_replaces_its_successor(people: Cast) -> None:
    competence = CompetenceFactory()
    first = evidence(people.amira, competence, 2, origin_kind="passage", origin_key="1")
    evidence(people.amira, competence, 4, origin_kind="passage", origin_key="1")

    restore_evidence(by=people.amira, evidence=first)

    assert counted(people.amira) == [("work_sample", 2)]


def test_nobody_else_withdraws_restores_or_confirms(people: Cast) -> None:
    piece = evidence(people.amira, CompetenceFactory(), source="lead", by=people.clara, given_by=people.clara)

    for action in (withdraw_evidence, restore_evidence, confirm_evidence):
        with pytest.raises(Refused):
            action(by=people.clara, evidence=piece)

    assert counted(people.amira) == [("lead", 3)]


def test_a_work_sample_is_confirmed_a_week_later(people: Cast, frozen_time: time_machine.Traveller) -> None:
    competence = CompetenceFactory()
    piece = evidence(people.amira, competence, 3)
    light = get_level(people.amira, competence)

    frozen_time.shift(timedelta(days=6))
    with pytest.raises(Refused):
        confirm_evidence(by=people.amira, evidence=piece)
    frozen_time.shift(timedelta(days=1))
    confirm_evidence(by=people.amira, evidence=piece)

    heavy = get_level(people.amira, competence)
    assert light is not None
    assert heavy is not None
    assert heavy.weight > 3 * light.weight
    assert verbs(people.amira) == ["advanced", "applied"]


def test_only_a_work_sample_that_counts_is_confirmed(people: Cast, frozen_time: time_machine.Traveller) -> None:
    certificate = evidence(people.amira, CompetenceFactory(), source="certificate")
    sample = withdraw_evidence(by=people.amira, evidence=evidence(people.amira, CompetenceFactory()))
    frozen_time.shift(timedelta(days=30))

    for piece in (certificate, sample):
        with pytest.raises(Refused):
            confirm_evidence(by=people.amira, evidence=piece)


def test_evidence_is_listed_newest_first(people: Cast) -> None:
    competence = CompetenceFactory()
    evidence(people.amira, competence, 2, observed_on=date(2026, 1, 5))
    evidence(people.amira, competence, 3, source="partner", by=people.ben, given_by=people.ben)

    rows = own_evidence(people.amira, competence)

    assert [(row.level, row.giver) for row in rows] == [(3, "Ben Krüger"), (2, "")]
