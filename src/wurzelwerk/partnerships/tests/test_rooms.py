"""The room of a partnership, its next step, meetings and their calendar files."""

from datetime import timedelta

import time_machine
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import Worksheet
from wurzelwerk.partnerships.models import LearningPartnership
from wurzelwerk.partnerships.queries.meetings import calendar_of, free_slots, meeting_page
from wurzelwerk.partnerships.queries.next_steps import next_step
from wurzelwerk.partnerships.queries.rooms import get_room
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_package,
    a_partnership,
    an_agreement_content,
    at,
    in_learning,
    what_amira_says,
)
from wurzelwerk.people.models import Person


def step_of(story: Story, partnership: LearningPartnership, person: Person) -> str:
    partnership.refresh_from_db()
    return next_step(get_room(partnership, person)).title


def test_there_is_always_a_next_step_from_finding_to_closing(story: Story, frozen_time: time_machine.Traveller) -> None:
    partnership = a_partnership(story)
    steps = [step_of(story, partnership, story.amira)]
    actions.confirm_preparation(by=story.amira, partnership=partnership)
    steps.append(step_of(story, partnership, story.amira))
    actions.confirm_preparation(by=story.ben, partnership=partnership)
    steps.append(step_of(story, partnership, story.amira))
    actions.propose_agreement(by=story.ben, partnership=partnership, content=an_agreement_content(), seen_version=0)
    steps.append(step_of(story, partnership, story.amira))
    a_package(story, partnership, learner=story.amira)
    steps.append(step_of(story, partnership, story.amira))
    a_package(story, partnership, learner=story.ben)
    steps.append(step_of(story, partnership, story.amira))
    actions.sign_agreement(by=story.amira, partnership=partnership, version=1)
    steps.append(step_of(story, partnership, story.amira))

    assert steps == [
        "In 15 Minuten vorbereiten",
        "Ben bereitet sich noch vor",
        "Schlagt vor, worauf ihr euch einigt",
        "Lernpaket für dich planen",
        "Lernpaket für Ben planen",
        "Lies und unterschreibe eure Vereinbarung",
        "Ben muss noch unterschreiben",
    ]


def test_next_steps_while_learning(
    story: Story, frozen_time: time_machine.Traveller, learning: LearningPartnership
) -> None:
    steps = [step_of(story, learning, story.amira)]
    meeting = a_meeting(story, learning)
    steps.append(step_of(story, learning, story.amira))
    frozen_time.shift(timedelta(days=2))
    steps.append(step_of(story, learning, story.amira))
    actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0)
    for package in learning.packages.all():
        actions.complete_package(by=story.ben, package=package)
    steps.append(step_of(story, learning, story.amira))
    actions.propose_agreement(
        by=story.ben, partnership=learning, content=an_agreement_content(weekly_minutes=45), seen_version=1
    )
    steps.append(step_of(story, learning, story.amira))

    assert steps == [
        "Euer nächstes Treffen planen",
        "Euer nächstes Treffen: morgen, 09:00\u00a0Uhr",
        "Haltet fest, was euer Treffen gebracht hat",
        "Zeit für den Rückblick",
        "Eine geänderte Vereinbarung wartet auf dich",
    ]


def test_next_steps_at_the_end(story: Story, closing: LearningPartnership) -> None:
    steps = [step_of(story, closing, story.amira)]
    actions.close_partnership(by=story.amira, partnership=closing, content=what_amira_says(story))
    steps.append(step_of(story, closing, story.amira))
    actions.end_partnership(by=story.ben, partnership=closing)
    steps.append(step_of(story, closing, story.amira))

    assert steps == [
        "Sagen, was erreicht wurde",
        "Ben blickt noch zurück",
        "Diese Lernpartnerschaft ist zu Ende",
    ]


def test_a_room_costs_the_same_however_much_is_in_it(
    story: Story, django_assert_num_queries: DjangoAssertNumQueries, learning: LearningPartnership
) -> None:
    a_meeting(story, learning)
    with django_assert_num_queries(9):
        get_room(learning, story.amira)
    for number in range(3):
        a_meeting(story, learning, at=at(2026, 11, 25 + number, 10))
        a_package(story, learning, learner=story.ben)
        actions.propose_agreement(
            by=story.ben,
            partnership=learning,
            content=an_agreement_content(weekly_minutes=65 + number),
            seen_version=1 + number,
        )

    with django_assert_num_queries(9):
        room = get_room(learning, story.amira)

    assert (len(room.packages), len(room.meetings)) == (5, 4)
    assert room.agreement is not None
    assert room.in_force is not None
    assert (room.agreement.version, room.in_force.version) == (4, 1)


def test_the_agenda_makes_room_for_the_packages_that_are_due(story: Story) -> None:
    meeting = a_meeting(story, in_learning(story))

    page = meeting_page(meeting, story.amira)

    assert (sum(minutes for minutes, _text in page.agenda), len(page.agenda)) == (60, 6)
    assert (page.can_write, page.is_booked) == (False, False)


def test_common_free_times_are_proposed_for_a_meeting(story: Story) -> None:
    partnership = a_partnership(story)

    assert [slot.starts_at for slot in free_slots(partnership, story.amira)] == [
        at(2026, 11, 24, 10),
        at(2026, 11, 26, 9),
        at(2026, 12, 1, 10),
        at(2026, 12, 3, 9),
    ]


def test_a_calendar_file_follows_the_standard(story: Story) -> None:
    meeting = a_meeting(
        story,
        in_learning(story),
        at=at(2026, 11, 24, 10),
        place="Raum Eiche; Bau 2, links",
        topic="Über Größen, Maße und die Frage, wie man eine sehr lange Zeile im Kalender umbricht, ohne ä zu trennen",
    )

    text = calendar_of([meeting], "Lernpartnerschaft mit Ben")

    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in unfolded if line.startswith(("DTSTART", "DTEND", "UID", "LOCATION", "STATUS"))] == [
        f"UID:{meeting.public_id}@wurzelwerk",
        "DTSTART:20261124T090000Z",
        "DTEND:20261124T100000Z",
        "LOCATION:Raum Eiche\\; Bau 2\\, links",
        "STATUS:CONFIRMED",
    ]
