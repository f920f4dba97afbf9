"""Amira and Ben with their ads, on a Monday morning."""

import pytest
import time_machine

from wurzelwerk.partnerships.models import LearningPartnership, PartnerAd
from wurzelwerk.partnerships.tests.factories import Story, in_closing, in_learning, in_planning, two_ads
from wurzelwerk.partnerships.tests.worlds import world
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast

STAGES = {"planning": in_planning, "learning": in_learning, "closing": in_closing}


@pytest.fixture
def story(request: pytest.FixtureRequest, db: None, frozen_time: time_machine.Traveller) -> Story:
    """Return the two with their ads; a test that asks for a later stage finds them that far."""
    stage = next((name for name in STAGES if name in request.fixturenames), "ads")

    def build() -> None:
        told = two_ads()
        if stage in STAGES:
            STAGES[stage](told)

    world(f"partnerships.{stage}", build)
    people = {person.staff_number: person for person in Person.objects.all()}
    ads = {ad.person_id: ad for ad in PartnerAd.objects.all()}
    told = Cast(**{name: people[name] for name in Cast.__slots__})
    return Story(told, ads[told.amira.pk], ads[told.ben.pk])


@pytest.fixture
def planning(story: Story) -> LearningPartnership:
    """Return their partnership, in which both have prepared."""
    found: LearningPartnership = LearningPartnership.objects.get()
    return found


@pytest.fixture
def learning(story: Story) -> LearningPartnership:
    """Return their partnership, whose agreement both have signed, with a package in each direction."""
    found: LearningPartnership = LearningPartnership.objects.get()
    return found


@pytest.fixture
def closing(story: Story) -> LearningPartnership:
    """Return their partnership, which Amira has begun to close."""
    found: LearningPartnership = LearningPartnership.objects.get()
    return found
