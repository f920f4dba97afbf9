"""Closing well, ending early, and asking for time."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.queries import get_level
from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.kernel.visibility import owners_in_reach
from wurzelwerk.lrs.models import Statement
from wurzelwerk.notifications.models import Notification
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import ClosingContent, LevelInput
from wurzelwerk.partnerships.choices import GoalsReached, MeetingState, Phase, TimeRequestState
from wurzelwerk.partnerships.events import (
    PartnershipClosed,
    PartnershipEnded,
    partnership_closed,
    partnership_ended,
)
from wurzelwerk.partnerships.models import (
    ClosingLevel,
    ClosingStatement,
    LearningPartnership,
    Meeting,
    Member,
    PartnershipRequest,
)
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_partnership,
    closed,
    day,
    in_learning,
    moderation,
    sql,
    what_amira_says,
    what_ben_says,
)
from wurzelwerk.partnerships.upkeep import delete_past_content, run_upkeep
from wurzelwerk.people.models import Person


def partners_of(person: Person) -> list[Any]:
    (reached,) = owners_in_reach(Audience.PARTNER, person)
    return [row["person"] for row in reached]  # type: ignore[union-attr]


def test_closing_gives_evidence_to_both_and_ends_the_relation(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[PartnershipClosed] = []
    monkeypatch.setattr(partnership_closed, "send_on_commit", heard.append)

    partnership = closed(story)

    rows = Evidence.objects.order_by("pk").values_list(
        "person", "competence", "source", "level", "given_by", "summary", "origin_kind", "origin_key"
    )
    key = partnership.public_id
    assert list(rows) == [
        (story.ben.pk, sql().pk, "partner", 3.0, story.amira.pk, "Er fragt selbst ab.", "partnership", key),
        (story.amira.pk, moderation().pk, "partner", 4.0, story.ben.pk, "Sie führt.", "partnership", key),
    ]
    assert (partnership.phase, partnership.over_at is not None) == (Phase.CLOSED, True)
    assert set(Member.objects.values_list("left_at", flat=True)) == {partnership.over_at}
    assert (partners_of(story.amira), partners_of(story.ben)) == ([], [])
    assert heard == [PartnershipClosed(partnership.pk, (story.amira.pk, story.ben.pk))]
    assert sorted(Statement.objects.filter(verb="closed").values_list("person", flat=True)) == [
        story.amira.pk,
        story.ben.pk,
    ]


def test_the_ring_grows(story: Story) -> None:
    before = get_level(story.amira, moderation())
    closed(story)

    after = get_level(story.amira, moderation())

    assert (before, after.level if after else None) == (None, 4.0)


def test_one_voice_closes_nothing_and_can_be_changed(story: Story, closing: LearningPartnership) -> None:
    actions.close_partnership(by=story.amira, partnership=closing, content=what_amira_says(story, level=2))

    said = actions.close_partnership(by=story.amira, partnership=closing, content=what_amira_says(story))

    assert (said.phase, Evidence.objects.count(), ClosingStatement.objects.count()) == (Phase.CLOSING, 0, 1)
    assert list(ClosingLevel.objects.values_list("level", flat=True)) == [3]


def test_whoever_cannot_say_a_level_gives_no_evidence(story: Story, closing: LearningPartnership) -> None:
    silent = ClosingContent(GoalsReached.NOT_YET)

    actions.close_partnership(by=story.amira, partnership=closing, content=silent)
    actions.close_partnership(by=story.ben, partnership=closing, content=silent)

    closing.refresh_from_db()
    assert (closing.phase, Evidence.objects.count()) == (Phase.CLOSED, 0)


def test_what_was_planned_for_later_is_off_once_closed(story: Story) -> None:
    meeting = a_meeting(story, partnership := in_learning(story))
    actions.start_closing(by=story.amira, partnership=partnership)

    actions.close_partnership(by=story.amira, partnership=partnership, content=what_amira_says(story))
    states = [Meeting.objects.get(pk=meeting.pk).state]
    actions.close_partnership(by=story.ben, partnership=partnership, content=what_ben_says(story))
    states.append(Meeting.objects.get(pk=meeting.pk).state)

    assert states == [MeetingState.PLANNED, MeetingState.CANCELLED]


def test_only_partners_and_what_was_worked_on_are_rated(story: Story, closing: LearningPartnership) -> None:
    wrong = (
        LevelInput(story.amira, moderation(), 3),
        LevelInput(story.people.david, sql(), 3),
        LevelInput(story.ben, moderation(), 3),
        LevelInput(story.ben, sql(), 6),
    )

    for level in wrong:
        content = ClosingContent(GoalsReached.FULLY, levels=(level,))
        with pytest.raises(Refused):
            actions.close_partnership(by=story.amira, partnership=closing, content=content)

    assert ClosingStatement.objects.count() == 0


def test_ending_looks_the_same_whoever_caused_it(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[PartnershipEnded] = []
    monkeypatch.setattr(partnership_ended, "send_on_commit", heard.append)
    partnership = in_learning(story)
    meeting = a_meeting(story, partnership)

    ended = actions.end_partnership(by=story.ben, partnership=partnership)

    news = Notification.objects.filter(kind="partnerships.partnership_ended")
    assert {(row.person, row.title_de, row.url, row.sent_by) for row in news} == {
        (person, news[0].title_de, news[0].url, None) for person in (story.amira, story.ben)
    }
    columns = [field.name for field in LearningPartnership._meta.get_fields()]
    assert [name for name in columns if name.endswith("_by")] == []
    assert (ended.phase, Meeting.objects.get(pk=meeting.pk).state) == (Phase.ENDED, MeetingState.CANCELLED)
    assert heard == [PartnershipEnded(partnership.pk, (story.amira.pk, story.ben.pk))]
    assert Evidence.objects.count() == 0


def test_the_relation_holds_from_acceptance_to_the_end(story: Story) -> None:
    partnership = a_partnership(story)
    during = (partners_of(story.amira), partners_of(story.ben))

    actions.end_partnership(by=story.amira, partnership=partnership)

    assert during == ([story.ben.pk], [story.amira.pk])
    assert (partners_of(story.amira), partners_of(story.ben)) == ([], [])


def test_a_mentor_is_reached_as_mentor_not_as_partner(story: Story) -> None:
    partnership = a_partnership(story)
    Member.objects.filter(partnership=partnership, person=story.ben).update(role="mentor")
    Member.objects.filter(partnership=partnership, person=story.amira).update(role="mentee")

    (mentees,) = owners_in_reach(Audience.MENTOR, story.ben)
    assert [row["person"] for row in mentees] == [story.amira.pk]  # type: ignore[union-attr]
    assert (partners_of(story.ben), partners_of(story.amira)) == ([], [story.ben.pk])


def test_the_manager_is_asked_for_time_without_the_topic(story: Story, learning: LearningPartnership) -> None:

    request = actions.request_time(by=story.amira, partnership=learning, weekly_minutes=90, until=day("2027-01-31"))

    news = Notification.objects.get(kind="partnerships.time_requested")
    assert (news.person, request.due_on) == (story.people.clara, day("2026-11-30"))
    assert [word for word in ("SQL", "Moderation", "Ben") if word in news.title_de] == []
    with pytest.raises(Refused):
        actions.request_time(by=story.amira, partnership=learning, weekly_minutes=90, until=day("2027-01-31"))


@pytest.mark.parametrize("minutes,until", [(10, "2027-01-31"), (60, "2026-01-01")])
def test_time_is_asked_for_within_limits(story: Story, minutes: int, until: str, learning: LearningPartnership) -> None:

    with pytest.raises(Refused):
        actions.request_time(by=story.amira, partnership=learning, weekly_minutes=minutes, until=day(until))


def test_without_a_manager_nobody_can_be_asked(story: Story, learning: LearningPartnership) -> None:

    with pytest.raises(Refused, match="Führungskraft"):
        actions.request_time(by=story.ben, partnership=learning, weekly_minutes=60, until=day("2027-01-31"))


def test_only_the_manager_answers_once_and_a_no_has_words(story: Story) -> None:
    request = actions.request_time(
        by=story.amira, partnership=in_learning(story), weekly_minutes=90, until=day("2027-01-31")
    )
    for person in (story.people.david, story.amira):
        with pytest.raises(Refused):
            actions.answer_time_request(by=person, request=request, grants=True)
    with pytest.raises(Refused):
        actions.answer_time_request(by=story.people.clara, request=request, grants=False, answer=" ")

    answered = actions.answer_time_request(
        by=story.people.clara, request=request, grants=False, answer="Ab Januar gern zwei Stunden."
    )

    assert (answered.state, answered.answered_by) == (TimeRequestState.DECLINED, story.people.clara)
    with pytest.raises(Refused):
        actions.answer_time_request(by=story.people.clara, request=request, grants=True)


def test_content_is_deleted_six_months_after_the_end_and_evidence_stays(
    story: Story, frozen_time: time_machine.Traveller
) -> None:
    closed(story)
    frozen_time.shift(timedelta(days=180))
    early = delete_past_content()
    frozen_time.shift(timedelta(days=5))

    assert (early, delete_past_content()) == (0, 1)
    assert (LearningPartnership.objects.count(), PartnershipRequest.objects.count()) == (0, 0)
    assert Evidence.objects.count() == 2


def test_the_hourly_upkeep_counts_what_it_did(db: None) -> None:
    job = Job.objects.create(kind="partnerships.upkeep")

    assert run_upkeep(job, None) == {"ads": 0, "requests": 0, "deleted": 0}  # type: ignore[arg-type]


def test_every_step_stands_in_the_audit_trail_without_words(story: Story) -> None:
    closed(story)

    verbs = set(AuditEntry.objects.filter(verb__startswith="partnerships.").values_list("verb", flat=True))
    details = [str(entry.details) for entry in AuditEntry.objects.all()]
    assert {f"partnerships.{verb}" for verb in ("publish_ad", "accept_request", "sign_agreement")} <= verbs
    assert [text for text in details if "Geduld" in text or "moderiert" in text] == []


def test_closing_twice_by_the_same_person_is_no_closing(story: Story, closing: LearningPartnership) -> None:

    for _time in range(2):
        actions.close_partnership(by=story.ben, partnership=closing, content=what_ben_says(story))

    closing.refresh_from_db()
    assert closing.phase == Phase.CLOSING
