"""Meetings, their worksheet, the shared notes and calendar files, through the pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import MeetingState
from wurzelwerk.partnerships.models import LearningPartnership, Meeting, NoteVersion, PartnerAd, SharedNote
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    at,
    closed,
    everything,
    signed_in,
)
from wurzelwerk.partnerships.tests.pages import form_of, link, says, words_of
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Person

SCRIPT = {"accept": "application/json"}


@dataclass
class Pair:
    """Two browsers in front of one partnership."""

    story: Story
    partnership: LearningPartnership
    amira: Client
    ben: Client

    @property
    def key(self) -> str:
        return self.partnership.public_id


@pytest.fixture
def pair(story: Story, learning: LearningPartnership) -> Pair:
    return Pair(story, learning, signed_in(story.amira), signed_in(story.ben))


def meeting_of(pair: Pair, **more: Any) -> Meeting:
    """Return a meeting that began an hour ago."""
    return a_meeting(pair.story, pair.partnership, at=at(2026, 11, 23, 8), **more)


# --- planning -----------------------------------------------------------------------------------


def test_a_common_time_is_proposed_and_sent_as_it_stands(pair: Pair) -> None:
    address = link("meeting_create", pair.key)
    page = pair.amira.get(address)

    answers = [pair.amira.post(address, form_of(page, address)) for _time in range(2)]

    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.minutes) == (at(2026, 11, 24, 10), 60)
    assert {answer.headers["Location"] for answer in answers} == {link("meeting", meeting.public_id)}
    assert "Das Treffen ist geplant. Alle wissen es." in words_of(pair.amira.get(answers[0].headers["Location"]))


def test_another_proposed_time_can_be_chosen(pair: Pair) -> None:
    address = link("meeting_create", pair.key)

    page = pair.amira.get(address, {"at": at(2026, 12, 1, 10).isoformat()})

    form = form_of(page, address)
    assert (form["day"], form["time"]) == (["01.12.2026"], ["10:00"])


def test_without_a_common_time_one_can_still_plan(pair: Pair) -> None:
    PartnerAd.objects.filter(person=pair.story.ben).update(windows=[[5, 600, 660]])
    address = link("meeting_create", pair.key)
    page = pair.amira.get(address)

    pair.amira.post(address, form_of(page, address) | {"day": ["heute"], "time": ["17.30"]})

    assert page.status_code == 200
    assert Meeting.objects.get().starts_at == at(2026, 11, 23, 17, 30)


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"time": ["mittags"]}, "mittags"),
        ({"minutes": ["9:00"]}, "9:00"),
        ({"link": ["kein Verweis"]}, "kein Verweis"),
        ({"day": ["01.06.2026"]}, "Das ist zu lange her."),
    ],
)
def test_a_wrong_meeting_is_kept_and_explained(pair: Pair, changes: Any, sentence: str) -> None:
    address = link("meeting_create", pair.key)
    form = form_of(pair.amira.get(address), address) | {"topic": ["JOIN"]}

    answer = pair.amira.post(address, form | changes)

    kept = form_of(answer, address)
    assert (answer.status_code, Meeting.objects.count(), kept["topic"]) == (422, 0, ["JOIN"])
    assert sentence in words_of(answer) or [sentence] in kept.values()


def test_a_meeting_is_moved_and_cancelled_but_not_once_it_was(pair: Pair) -> None:
    meeting = a_meeting(pair.story, pair.partnership, topic="JOIN", link="https://example.org/raum")
    edit = link("meeting_edit", meeting.public_id)
    form = form_of(pair.ben.get(edit), edit)

    moved = pair.ben.post(edit, form | {"place": ["Raum Eiche"], "time": ["14:00"]}, follow=True)
    cancelled = [says(pair.ben, "meeting_cancel", meeting.public_id) for _time in range(2)]
    held = meeting_of(pair)
    actions.write_worksheet(by=pair.story.ben, meeting=held, worksheet=actions.Worksheet("Ja"), seen_version=0)
    edit = link("meeting_edit", held.public_id)
    too_late = pair.ben.post(edit, form_of(pair.ben.get(edit), edit) | {"place": ["Anderswo"]})
    not_cancelled = says(pair.ben, "meeting_cancel", held.public_id)

    assert (form["topic"], form["link"]) == (["JOIN"], ["https://example.org/raum"])
    assert "Das Treffen ist verschoben. Alle wissen es." in words_of(moved)
    assert ["Das Treffen ist abgesagt. Alle wissen es." in words for words in cancelled] == [True, True]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, meeting.place) == ("cancelled", at(2026, 11, 24, 14), "Raum Eiche")
    assert (too_late.status_code, "Dieses Treffen hat stattgefunden." in words_of(too_late)) == (422, True)
    assert "Dieses Treffen hat stattgefunden." in not_cancelled


def test_a_meeting_shows_agenda_and_link_before_it_begins(pair: Pair) -> None:
    meeting = a_meeting(pair.story, pair.partnership, link="https://example.org/raum", topic="JOIN")

    page = pair.amira.get(link("meeting", meeting.public_id))

    words = words_of(page)
    assert ("https://example.org/raum" in page.content.decode(), "JOIN" in words) == (True, True)
    assert "Erkläre und probiere" in words or "Eine Runde vorbereiten" in words
    assert 'name="did"' not in page.content.decode()


def test_a_cancelled_meeting_says_so(pair: Pair) -> None:
    meeting = meeting_of(pair)
    actions.cancel_meeting(by=pair.story.ben, meeting=meeting)

    page = pair.amira.get(link("meeting", meeting.public_id))
    written = pair.amira.post(link("meeting", meeting.public_id), {"did": "Doch", "version": "0"})

    assert "Dieses Treffen wurde abgesagt." in words_of(page)
    assert (written.status_code, "Dieses Treffen wurde abgesagt." in words_of(written)) == (422, True)
    assert form_of(written, link("meeting", meeting.public_id))["did"] == ["Doch"]


def test_a_meeting_is_booked_once_and_only_when_it_was(pair: Pair) -> None:
    meeting = meeting_of(pair, minutes=45)
    refused = says(pair.amira, "meeting_book", meeting.public_id)
    actions.write_worksheet(by=pair.story.ben, meeting=meeting, worksheet=actions.Worksheet("Ja"), seen_version=0)

    booked = [says(pair.amira, "meeting_book", meeting.public_id) for _time in range(2)]

    assert "Nur ein Treffen, das stattgefunden hat, lässt sich buchen." in refused
    assert ["Als deine Lernzeit gebucht." in words for words in booked] == [True, True]
    assert list(TimeEntry.objects.values_list("person", "minutes")) == [(pair.story.amira.pk, 45)]
    assert "gebucht" in words_of(pair.amira.get(link("partnership", pair.key)))
    assert "als Lernzeit gebucht" not in words_of(pair.ben.get(link("meeting", meeting.public_id)))


# --- the worksheet ------------------------------------------------------------------------------


def test_a_script_saves_while_one_types(pair: Pair) -> None:
    address = link("meeting", meeting_of(pair).public_id)

    first = pair.amira.post(address, {"did": "Geübt.", "version": "0"}, headers=SCRIPT)
    again = pair.amira.post(address, {"did": "Geübt.", "version": "0"}, headers=SCRIPT)
    conflict = pair.ben.post(address, {"did": "Ben war auch da.", "version": "0"}, headers=SCRIPT)
    wrong = pair.ben.post(address, {"did": "x" * 20_001, "version": "1"}, headers=SCRIPT)

    assert (first.status_code, first.json()) == (200, {"version": 1, "saved_at": "09:00"})
    assert again.json()["version"] == 1
    fields = {"did": "Geübt.", "was_hard": "", "next_steps": ""}
    assert (conflict.status_code, conflict.json()) == (409, {"version": 1, "fields": fields})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["did"])
    assert Meeting.objects.get().state == MeetingState.HELD


def test_without_a_script_both_versions_are_shown_and_mine_is_kept(pair: Pair) -> None:
    address = link("meeting", meeting_of(pair).public_id)
    forms = [form_of(client.get(address), address) for client in (pair.amira, pair.ben)]
    first = pair.amira.post(address, forms[0] | {"did": ["Amira schreibt."]}, follow=True)

    conflict = pair.ben.post(address, forms[1] | {"did": ["Ben schreibt."], "was_hard": ["JOIN"]})
    kept = form_of(conflict, address)
    saved = pair.ben.post(address, kept | {"did": ["Amira und Ben schreiben."]}, follow=True)

    assert "Gespeichert." in words_of(first)
    assert (conflict.status_code, "Zwei Fassungen" in words_of(conflict)) == (409, True)
    assert "Amira schreibt." in words_of(conflict)
    assert (kept["did"], kept["was_hard"], kept["version"]) == (["Ben schreibt."], ["JOIN"], ["1"])
    assert "Gespeichert." in words_of(saved)
    meeting = Meeting.objects.get()
    assert (meeting.did, meeting.was_hard, meeting.version) == ("Amira und Ben schreiben.", "JOIN", 2)
    assert meeting.written_by == pair.story.ben


def test_before_the_meeting_nothing_is_written(pair: Pair) -> None:
    address = link("meeting", a_meeting(pair.story, pair.partnership).public_id)

    page = pair.amira.post(address, {"did": "Zu früh", "version": "0"})
    script = pair.amira.post(address, {"did": "Zu früh", "version": "0"}, headers=SCRIPT)

    assert (page.status_code, "Es ist noch zu früh." in words_of(page)) == (422, True)
    assert form_of(page, address)["did"] == ["Zu früh"]
    assert script.json()["errors"]["__all__"][0]["message"].endswith("Es ist noch zu früh.")


# --- the shared notes ---------------------------------------------------------------------------


def test_notes_are_saved_and_their_history_is_kept(pair: Pair, frozen_time: time_machine.Traveller) -> None:
    notes, room = link("notes", pair.key), link("partnership", pair.key)
    empty = words_of(pair.amira.get(notes))

    saved = pair.amira.post(notes, form_of(pair.amira.get(room), notes) | {"body": ["Amira notiert."]})
    frozen_time.shift(timedelta(minutes=1))
    pair.ben.post(notes, form_of(pair.ben.get(room), notes) | {"body": ["Ben schreibt weiter."]})

    assert "Noch keine frühere Fassung" in empty
    assert saved.headers["Location"] == f"{room}#notes"
    assert "Amira notiert." in words_of(pair.ben.get(notes))
    assert "Ben schreibt weiter." in words_of(pair.amira.get(room))
    assert NoteVersion.objects.count() == 1


def test_notes_written_at_once_lose_nothing(pair: Pair) -> None:
    notes = link("notes", pair.key)
    pair.amira.post(notes, {"body": "Amira", "version": "0"})

    page = pair.ben.post(notes, {"body": "Ben", "version": "0"})
    script = pair.ben.post(notes, {"body": "Ben", "version": "0"}, headers=SCRIPT)
    unclear = pair.ben.post(notes, {"body": "Ben"})

    assert (page.status_code, form_of(page, notes)) == (409, form_of(page, notes) | {"body": ["Ben"], "version": ["1"]})
    assert (script.status_code, script.json()) == (409, {"version": 1, "fields": {"body": "Amira"}})
    assert (unclear.status_code, SharedNote.objects.get().body) == (422, "Amira")


def test_what_is_over_is_read_and_no_longer_written(story: Story) -> None:
    partnership = closed(story)
    meeting = Meeting.objects.create(partnership=partnership, starts_at=clock.now())
    SharedNote.objects.update(body="Bleibt lesbar.")
    client = signed_in(story.amira)
    rows = everything()

    room = words_of(client.get(link("partnership", partnership.public_id)))
    answers = [
        client.post(link("notes", partnership.public_id), {"body": "Neu", "version": "0"}),
        client.post(link("meeting", meeting.public_id), {"did": "Neu", "version": "0"}),
        client.post(link("meeting_create", partnership.public_id), {"day": "morgen", "time": "10", "minutes": "60"}),
    ]
    cancelled = says(client, "meeting_cancel", meeting.public_id)

    assert "Bleibt lesbar." in room
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert ["Diese Lernpartnerschaft ist vorbei." in words_of(answer) for answer in answers] == [True] * 3
    assert ("Diese Lernpartnerschaft ist vorbei." in cancelled, everything() == rows) == (True, True)


# --- calendars ----------------------------------------------------------------------------------


def test_meetings_are_handed_out_as_calendar_files(pair: Pair) -> None:
    first, second = meeting_of(pair), a_meeting(pair.story, pair.partnership, place="Raum Eiche")
    actions.cancel_meeting(by=pair.story.ben, meeting=second)

    every = pair.amira.get(link("calendar", pair.key))
    one = pair.amira.get(link("meeting_calendar", first.public_id))

    text = every.content.decode()
    assert every.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert every.headers["Cache-Control"] == "private, no-store"
    assert (text.count("BEGIN:VEVENT"), one.content.decode().count("BEGIN:VEVENT")) == (2, 1)
    assert "STATUS:CANCELLED" in text
    assert "SUMMARY:Lernpartnerschaft mit Ben" in text


def test_ending_early_cancels_what_was_planned_in_calendars_too(pair: Pair) -> None:
    meeting = a_meeting(pair.story, pair.partnership)

    actions.end_partnership(by=pair.story.ben, partnership=pair.partnership)

    meeting.refresh_from_db()
    text = pair.amira.get(link("calendar", pair.key)).content.decode()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert ("SEQUENCE:1" in text, "STATUS:CANCELLED" in text) == (True, True)


def test_meetings_speak_english(pair: Pair) -> None:
    Person.objects.filter(pk=pair.story.amira.pk).update(language=Language.ENGLISH)
    meeting = meeting_of(pair)

    page = words_of(pair.amira.get(link("meeting", meeting.public_id)))
    early = a_meeting(pair.story, pair.partnership)
    refused = pair.amira.post(link("meeting", early.public_id), {"did": "Soon", "version": "0"})

    assert "Explain and try: Eine Runde vorbereiten" in page
    assert "The worksheet is for the meeting itself. It is too early." in words_of(refused)
