"""What a manager and learning and development see, and the manager's answer."""

from datetime import UTC, datetime

import pytest

from wurzelwerk.notifications.models import Notification
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import Scenario, TimeRequestState
from wurzelwerk.partnerships.models import LearningPartnership, TimeRequest
from wurzelwerk.partnerships.tests.factories import Story, closed, day, in_learning, signed_in
from wurzelwerk.partnerships.tests.pages import form_of, link, says, words_of
from wurzelwerk.people.choices import Language, Role
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import give_role
from wurzelwerk.privacy.models import AccessLogEntry


@pytest.fixture
def asked(story: Story, learning: LearningPartnership) -> TimeRequest:
    return actions.request_time(by=story.amira, partnership=learning, weekly_minutes=90, until=day("2027-01-31"))


def test_the_manager_grants_time_and_the_room_says_so(story: Story, asked: TimeRequest) -> None:
    client, amira = signed_in(story.people.clara), signed_in(story.amira)
    room = link("partnership", asked.partnership.public_id)
    waiting = words_of(amira.get(room))

    words = says(client, "time_request", asked.public_id, grants="yes", answer="")

    asked.refresh_from_db()
    assert "je Woche gebeten. Antwort bis Mo, 30. November." in waiting
    assert "Deine Antwort ist unterwegs." in words
    assert (asked.state, asked.answered_by) == (TimeRequestState.GRANTED, story.people.clara)
    assert Notification.objects.filter(person=story.amira, kind="partnerships.time_answered").count() == 1
    assert "Deine Führungskraft hat" in words_of(amira.get(room))


def test_a_no_needs_words_and_they_reach_the_person(story: Story, asked: TimeRequest) -> None:
    client, address = signed_in(story.people.clara), link("time_request", asked.public_id)

    silent = client.post(address, {"grants": "no", "answer": "  "})
    unclear = client.post(address, {"grants": "vielleicht", "answer": "Mal sehen."})
    words = says(client, "time_request", asked.public_id, grants="no", answer="Ab Januar gern.")
    again = says(client, "time_request", asked.public_id, grants="yes")

    assert (silent.status_code, "was stattdessen möglich ist" in words_of(silent)) == (422, True)
    assert (unclear.status_code, form_of(unclear, address)["answer"]) == (422, ["Mal sehen."])
    assert "Ab Januar gern." in words
    assert "Das wurde schon beantwortet." in again
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (TimeRequestState.DECLINED, "Ab Januar gern.")
    room = words_of(signed_in(story.amira).get(link("partnership", asked.partnership.public_id)))
    assert "Deine Führungskraft hat geantwortet: Ab Januar gern." in room


def test_the_person_reads_their_request_but_does_not_answer_it(story: Story, asked: TimeRequest) -> None:
    client = signed_in(story.amira)

    page = client.get(link("time_request", asked.public_id))
    words = says(client, "time_request", asked.public_id, grants="yes")

    assert (page.status_code, 'name="grants"' in page.content.decode()) == (200, False)
    assert "Nur die direkte Führungskraft kann das beantworten." in words
    assert AccessLogEntry.objects.count() == 0


def test_a_new_manager_answers_and_the_old_one_no_longer_sees_it(story: Story, asked: TimeRequest) -> None:
    address = link("time_request", asked.public_id)
    Employment.objects.filter(person=story.amira).update(manager=story.people.david)

    old, new = (signed_in(person).get(address).status_code for person in (story.people.clara, story.people.david))

    assert (old, new) == (404, 200)


def test_the_overview_is_empty_full_and_logged(story: Story) -> None:
    client = signed_in(story.people.eva)
    empty = words_of(client.get(link("overview")))
    partnership = in_learning(story, scenario=Scenario.BLENDED)

    words = words_of(client.get(link("overview"), {"page": "x"}))

    assert "Noch keine Lernpartnerschaften" in empty
    assert "Amira Haddad und Ben Krüger" in words
    assert set(AccessLogEntry.objects.values_list("person", "item")) == {
        (person.pk, "partnership") for person in (story.amira, story.ben)
    }
    assert link("partnership", partnership.public_id) in client.get(link("overview")).content.decode()


def test_the_end_of_a_tandem_is_told_by_its_local_day(story: Story) -> None:
    partnership = closed(story)
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    LearningPartnership.objects.filter(pk=partnership.pk).update(over_at=late)
    client = signed_in(story.people.eva)

    pages = [words_of(client.get(link("overview"))), words_of(client.get(link("partnership", partnership.public_id)))]

    assert ["30. Nov. 2026" in pages[0], "30. November 2026" in pages[1]] == [True, True]


def test_on_site_no_day_is_told(story: Story) -> None:
    partnership = in_learning(story, scenario=Scenario.ON_SITE)

    words = words_of(signed_in(story.people.eva).get(link("partnership", partnership.public_id)))

    assert ("Amira Haddad" in words, "2026" in words) == (True, False)


def test_whoever_develops_learning_and_learns_sees_their_own_room(story: Story, learning: LearningPartnership) -> None:
    give_role(story.amira, Role.LEARNING_AND_DEVELOPMENT)

    words = words_of(signed_in(story.amira).get(link("partnership", learning.public_id)))

    assert ("Euer nächstes Treffen planen" in words, AccessLogEntry.objects.count()) == (True, 0)


def test_the_manager_answers_in_english(story: Story, asked: TimeRequest) -> None:
    Person.objects.filter(pk=story.people.clara.pk).update(language=Language.ENGLISH)
    client = signed_in(story.people.clara)

    page = words_of(client.get(link("time_request", asked.public_id)))
    refused = client.post(link("time_request", asked.public_id), {"grants": "no"})

    assert "Learning time for Amira Haddad" in page
    assert "Say why it is not possible now, and what is possible instead." in words_of(refused)
