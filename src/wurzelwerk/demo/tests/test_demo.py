"""The demo company: its size, its stories, and that they fit together."""

from collections import Counter

import pytest
from django.test import Client, override_settings

from wurzelwerk.catalogue.models import LearningOpportunity
from wurzelwerk.competences.models import Competence, TargetRequirement
from wurzelwerk.demo.actions import CHAPTERS, build_demo_company
from wurzelwerk.demo.company import content, person_of
from wurzelwerk.demo.names import name_of
from wurzelwerk.demo.plan import CAST, PATTERNS, UNITS
from wurzelwerk.demo.tales import JOURNAL, PASSAGE
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.partnerships.models import LearningPartnership, PartnerAd
from wurzelwerk.partnerships.queries.board import suggested
from wurzelwerk.people.models import Employment, OrgUnit, Person
from wurzelwerk.privacy.models import Share


@pytest.mark.django_db
def test_the_company_stands_in_the_middle_of_its_stories() -> None:
    reported: list[tuple[int, int]] = []

    build_demo_company(report=lambda done, total: reported.append((done, total)))

    assert reported == [(number, len(CHAPTERS)) for number in range(1, len(CHAPTERS) + 1)]
    assert 390 <= Person.objects.count() <= 430
    assert OrgUnit.objects.count() == len(UNITS)
    assert Employment.objects.filter(manager=None).count() == 1
    phases = Counter(LearningPartnership.objects.values_list("phase", flat=True))
    assert phases == dict.fromkeys(("preparation", "planning", "learning", "closing", "closed", "ended"), 1)
    assert PartnerAd.objects.findable().count() >= 15
    assert JournalEntry.objects.filter(person=person_of("Amira")).count() >= len(JOURNAL)
    assert not Share.objects.exists()
    assert suggested(person_of("Ben"), 5) == ()
    with override_settings(DEMO=True):
        for member in CAST:
            client = Client()
            client.force_login(Person.objects.get(staff_number=member.staff_number))
            assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_content_becomes_competences_targets_and_opportunities() -> None:
    for chapter in CHAPTERS[:2]:
        chapter()

    assert Competence.objects.count() == len(content("framework")["competence"])
    assert LearningOpportunity.objects.count() == len(content("opportunities")["opportunity"])
    assert TargetRequirement.objects.values("profile").distinct().count() == 15


def test_every_key_of_the_content_leads_somewhere() -> None:
    competences = {each["key"] for each in content("framework")["competence"]}
    needed = {need["competence"] for role in content("job_roles")["job_role"] for need in role["requirement"]}
    taught = {outcome["competence"] for each in content("opportunities")["opportunity"] for outcome in each["outcomes"]}

    assert (needed - competences, taught - competences) == (set(), set())
    assert all(len(each["anchors_de"]) == len(each["anchors_en"]) == 5 for each in content("framework")["competence"])


def test_no_two_people_have_the_same_name() -> None:
    names = [name_of(number) for number in range(3_000)]

    assert len(set(names)) == len(names)


def test_working_times_are_weeks_of_windows() -> None:
    for pattern in PATTERNS:
        weeks = {week for week, _day, _start, _end in pattern.windows()}
        assert weeks == set(range(len(pattern.weeks)))


def test_the_marked_passage_stands_in_the_journal() -> None:
    assert [PASSAGE in body for _days, _title, body in JOURNAL].count(True) == 1
