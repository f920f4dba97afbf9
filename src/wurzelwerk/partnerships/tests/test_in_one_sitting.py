"""What lets two people plan, meet and write on the same day."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import MeetingContent
from wurzelwerk.partnerships.models import Meeting
from wurzelwerk.partnerships.queries.meetings import free_slots
from wurzelwerk.partnerships.tests.factories import Story, in_planning

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def amiras(story: Story, client: Client) -> Client:
    client.force_login(story.amira)
    return client


def shown(client: Client, url: str) -> str:
    return client.get(url, headers={"accept-language": "de"}).content.decode()


def test_a_package_proposes_what_its_learner_wants_to_learn(story: Story, amiras: Client) -> None:
    partnership = in_planning(story)
    form = f"/partnerships/{partnership.public_id}/packages/new?learner="

    for person, wish in ((story.amira, "Moderation"), (story.ben, "SQL-Abfragen")):
        assert f"selected>{wish}</option>" in shown(amiras, form + person.public_id)
    assert "selected>" not in shown(amiras, form + "nobody")


def test_a_meeting_may_begin_right_now(story: Story, amiras: Client, frozen_time: time_machine.Traveller) -> None:
    partnership = in_planning(story)
    now = clock.now().astimezone(BERLIN)

    form = shown(amiras, f"/partnerships/{partnership.public_id}/meetings/new?at=now")

    assert f'value="{now:%d.%m.%Y}"' in form
    assert f'value="{now:%H:%M}"' in form


def test_a_planned_meeting_may_be_held_right_now_and_written_down(story: Story, amiras: Client) -> None:
    partnership = in_planning(story)
    content = MeetingContent(clock.now() + timedelta(days=2), 45, "Raum 3")
    meeting = actions.plan_meeting(by=story.ben, partnership=partnership, content=content)
    address = f"/partnerships/meetings/{meeting.public_id}"
    assert f'{address}/edit?at=now"' in shown(amiras, address)

    now = clock.now().astimezone(BERLIN)
    form = shown(amiras, f"{address}/edit?at=now")
    assert f'value="{now:%H:%M}"' in form
    assert 'value="Raum 3"' in form
    amiras.post(f"{address}/edit", {"day": "heute", "time": f"{now:%H:%M}", "minutes": "0:45", "place": "Raum 3"})

    assert Meeting.objects.get().starts_at <= clock.now()
    assert 'name="did"' in shown(amiras, address)


def test_a_proposed_time_is_taken_over_when_a_meeting_is_moved(story: Story, amiras: Client) -> None:
    partnership = in_planning(story)
    content = MeetingContent(clock.now() + timedelta(days=3), 45)
    meeting = actions.plan_meeting(by=story.ben, partnership=partnership, content=content)
    edit = f"/partnerships/meetings/{meeting.public_id}/edit"
    slot = free_slots(partnership, story.amira)[1].starts_at

    form = amiras.get(edit, {"at": slot.isoformat()}).content.decode()

    assert f'value="{slot.astimezone(BERLIN):%H:%M}"' in form
    assert "at=now" in form
