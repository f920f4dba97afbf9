"""Looking back, ending early, and asking for time, through the pages."""

from typing import Any

import pytest
from django.test import Client

from wurzelwerk.competences.models import Evidence
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import GoalsReached, Phase
from wurzelwerk.partnerships.models import ClosingLevel, ClosingStatement, LearningPartnership
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_partnership,
    closed,
    everything,
    signed_in,
    sql,
    what_ben_says,
)
from wurzelwerk.partnerships.tests.pages import Values, form_of, link, says, words_of
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Person


def closing_form(client: Client, key: str) -> Values:
    address = link("closing", key)
    return form_of(client.get(address), address)


def rating_of(story: Story) -> str:
    """Return the prefix of Amira's rating of Ben."""
    return f"rate-{story.ben.pk}-{sql().public_id}"


def said(story: Story, level: int = 3) -> Values:
    prefix = rating_of(story)
    return {
        "goals_reached": ["fully"],
        "takeaway": ["Ich frage offener."],
        "thanks": ["Danke für deine Geduld!"],
        f"{prefix}-level": [str(level)],
        f"{prefix}-seen": ["Er fragt selbst ab."],
    }


def phase_of(partnership: LearningPartnership) -> str:
    partnership.refresh_from_db()
    return str(partnership.phase)


# --- beginning ----------------------------------------------------------------------------------


def test_closing_begins_with_a_button_and_can_be_taken_back(story: Story, learning: LearningPartnership) -> None:
    key, client = learning.public_id, signed_in(story.amira)

    asked = words_of(client.get(link("closing", key)))
    started = client.post(link("start_closing", key))
    twice = says(client, "start_closing", key)
    seen = [phase_of(learning)]
    back = [says(signed_in(story.ben), "resume_learning", key) for _time in range(2)]
    seen.append(phase_of(learning))

    assert "Habt ihr für jetzt genug gelernt?" in asked
    assert started.headers["Location"] == link("closing", key)
    assert "Ihr könnt abschließen, sobald ihr gemeinsam lernt." in twice
    assert ["Ihr lernt weiter." in words for words in back] == [True, False]
    assert "Im Moment schließt ihr nicht ab." in back[1]
    assert seen == [Phase.CLOSING, Phase.LEARNING]


def test_before_learning_there_is_nothing_to_look_back_on(story: Story) -> None:
    partnership = a_partnership(story)
    key, client = partnership.public_id, signed_in(story.amira)

    page = client.get(link("closing", key))
    words = says(client, "start_closing", key)

    assert page.headers["Location"] == link("partnership", key)
    assert "Ihr könnt abschließen, sobald ihr gemeinsam lernt." in words
    assert phase_of(partnership) == Phase.PREPARATION


def test_while_learning_nothing_can_be_said_yet(story: Story, learning: LearningPartnership) -> None:
    client = signed_in(story.amira)

    answer = client.post(link("closing", learning.public_id), said(story))

    assert (answer.status_code, ClosingStatement.objects.count()) == (422, 0)


# --- looking back -------------------------------------------------------------------------------


def test_both_look_back_and_see_what_grew(story: Story, closing: LearningPartnership) -> None:
    key, client = closing.public_id, signed_in(story.amira)
    form = closing_form(client, key) | said(story)

    answers = [client.post(link("closing", key), form) for _time in range(2)]
    again = closing_form(client, key)
    actions.close_partnership(by=story.ben, partnership=closing, content=what_ben_says(story))
    room = words_of(client.get(link("partnership", key), {"fresh": "1"}))

    assert {answer.headers["Location"] for answer in answers} == {link("partnership", key)}
    assert {name: again[name] for name in said(story)} == said(story)
    assert phase_of(closing) == Phase.CLOSED
    for text in ("Du sagtest", "Ben sagte", "Danke für deine Geduld!", "JOIN sitzt.", "Sie führt."):
        assert text in room
    assert Evidence.objects.count() == 2


def test_the_last_word_leads_to_what_grew(story: Story, closing: LearningPartnership) -> None:
    actions.close_partnership(by=story.ben, partnership=closing, content=what_ben_says(story))
    key, client = closing.public_id, signed_in(story.amira)
    form = closing_form(client, key) | said(story)

    answers = [client.post(link("closing", key), form) for _time in range(2)]

    place = f"{link('partnership', key)}?fresh=1#closing"
    assert answers[0].headers["Location"] == place
    assert answers[1].headers["Location"] == link("partnership", key)
    assert Evidence.objects.count() == 2


def test_what_can_be_said_anew_is_said_anew(story: Story, closing: LearningPartnership) -> None:
    key, client = closing.public_id, signed_in(story.amira)
    client.post(link("closing", key), closing_form(client, key) | said(story, level=2))

    client.post(link("closing", key), closing_form(client, key) | said(story, level=4))

    assert list(ClosingLevel.objects.values_list("level", "seen")) == [(4, "Er fragt selbst ab.")]


def test_one_may_leave_open_what_one_has_not_seen(story: Story, closing: LearningPartnership) -> None:
    key, client = closing.public_id, signed_in(story.amira)
    page = client.get(link("closing", key))
    unsaid = {f"{rating_of(story)}-level": ["-1"], f"{rating_of(story)}-seen": [""]}

    answer = client.post(link("closing", key), closing_form(client, key) | said(story) | unsaid)

    assert "Ich kann es nicht sagen." in words_of(page)
    assert (answer.status_code, ClosingLevel.objects.count()) == (302, 0)


@pytest.mark.parametrize("changes", [{"goals_reached": []}, {"level": ["7"]}, {"takeaway": ["x" * 2001]}])
def test_what_is_wrong_is_kept_and_explained(
    story: Story, changes: dict[str, Any], closing: LearningPartnership
) -> None:
    key, client = closing.public_id, signed_in(story.amira)
    wrong = {f"{rating_of(story)}-{name}" if name == "level" else name: value for name, value in changes.items()}

    answer = client.post(link("closing", key), closing_form(client, key) | said(story) | wrong)

    kept = form_of(answer, link("closing", key))
    assert (answer.status_code, kept["thanks"]) == (422, ["Danke für deine Geduld!"])
    assert kept[f"{rating_of(story)}-seen"] == ["Er fragt selbst ab."]
    assert ClosingStatement.objects.count() == 0


def test_a_refusal_is_told_on_the_page(story: Story, closing: LearningPartnership) -> None:
    key, client = closing.public_id, signed_in(story.amira)
    form = closing_form(client, key) | said(story)
    actions.resume_learning(by=story.ben, partnership=closing)

    answer = client.post(link("closing", key), form)

    assert (answer.status_code, ClosingStatement.objects.count()) == (422, 0)


def test_what_is_closed_stays_as_it_was_said(story: Story) -> None:
    partnership = closed(story)
    client = signed_in(story.amira)
    rows = everything()

    answer = client.post(link("closing", partnership.public_id), said(story, level=1))
    stuck = words_of(client.get(link("stuck", partnership.public_id)))

    assert answer.headers["Location"] == link("partnership", partnership.public_id)
    assert "Diese Lernpartnerschaft ist vorbei." in stuck
    assert everything() == rows


def test_looking_back_speaks_english(story: Story, closing: LearningPartnership) -> None:
    Person.objects.filter(pk=story.amira.pk).update(language=Language.ENGLISH)
    key, client = closing.public_id, signed_in(story.amira)

    answer = client.post(link("closing", key), closing_form(client, key) | said(story) | {"goals_reached": ["oops"]})

    words = words_of(answer)
    assert (answer.status_code, "What Ben can do now: SQL queries" in words) == (422, True)
    assert str(GoalsReached.FULLY.label) == "Erreicht"


# --- ending early -------------------------------------------------------------------------------


def test_ending_early_looks_the_same_for_both_and_twice_is_once(story: Story, learning: LearningPartnership) -> None:
    key = learning.public_id
    amira, ben = signed_in(story.amira), signed_in(story.ben)

    ways = words_of(amira.get(link("stuck", key)))
    ended = says(amira, "stuck", key)
    again = says(ben, "stuck", key)
    rooms = [words_of(client.get(link("partnership", key))) for client in (amira, ben)]

    assert "Auf weniger einigen" in ways
    assert "Die Lernpartnerschaft ist zu Ende. Danke für das, was ihr beide gegeben habt." in ended
    assert "Diese Lernpartnerschaft ist vorbei." in again
    assert phase_of(learning) == Phase.ENDED
    assert ["Diese Lernpartnerschaft ist zu Ende" in words for words in rooms] == [True, True]


# --- asking for time ----------------------------------------------------------------------------


def test_time_is_asked_for_as_agreed_and_only_once(story: Story, learning: LearningPartnership) -> None:
    address = link("ask_for_time", learning.public_id)
    client = signed_in(story.amira)

    form = form_of(client.get(address), address)
    first = client.post(address, form, follow=True)
    second = client.post(address, form)

    assert "Deine Führungskraft ist um Zeit gebeten, ohne das Thema." in words_of(first)
    assert (second.status_code, "Du hast schon gefragt." in words_of(second)) == (422, True)
    assert list(story.amira.time_requests.values_list("weekly_minutes", "until")) == [
        (60, learning.planned_end_on),
    ]


def test_wrong_time_is_kept_and_explained(story: Story, learning: LearningPartnership) -> None:
    address = link("ask_for_time", learning.public_id)
    client = signed_in(story.amira)
    sent = ({"weekly_minutes": "50:00", "until": "31.01.2027"}, {"weekly_minutes": "1:00", "until": "01.11.2026"})

    answers = [client.post(address, each) for each in sent]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert [form_of(answer, address)["weekly_minutes"] for answer in answers] == [["50:00"], ["1:00"]]
    assert "Das Ende liegt in der Vergangenheit." in words_of(answers[1])
    assert story.amira.time_requests.count() == 0


def test_without_a_manager_the_page_says_whom_to_ask(story: Story) -> None:
    partnership = a_partnership(story)
    for person in (story.amira, story.ben):
        actions.confirm_preparation(by=person, partnership=partnership)
    address = link("ask_for_time", partnership.public_id)
    client = signed_in(story.ben)

    answer = client.post(address, form_of(client.get(address), address) | {"until": ["31.01.2027"]})

    assert (answer.status_code, "keine Führungskraft eingetragen" in words_of(answer)) == (422, True)
