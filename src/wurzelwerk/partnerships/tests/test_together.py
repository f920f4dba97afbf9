"""Preparing, agreeing, packages, meetings and notes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.lrs.models import Statement
from wurzelwerk.notifications.models import Notification
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import GoalInput, MeetingContent, VersionConflict, Worksheet
from wurzelwerk.partnerships.choices import MeetingState, PackageState, Phase, Scenario
from wurzelwerk.partnerships.events import AgreementSigned, agreement_signed
from wurzelwerk.partnerships.models import (
    AgreementGoal,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
    Member,
    NoteVersion,
    SharedNote,
)
from wurzelwerk.partnerships.rules import differs
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_package,
    a_partnership,
    an_agreement_content,
    at,
    day,
    in_learning,
    sql,
)


def verbs_of(story: Story) -> list[tuple[str, str]]:
    rows = Statement.objects.exclude(verb__in=("published", "accepted")).order_by("occurred_at", "pk")
    names = {story.amira.pk: "amira", story.ben.pk: "ben"}
    return sorted((names[row.person_id], row.verb) for row in rows)


def test_nobody_prepares_twice(story: Story) -> None:
    partnership = a_partnership(story)
    actions.confirm_preparation(by=story.amira, partnership=partnership)

    with pytest.raises(Refused):
        actions.confirm_preparation(by=story.amira, partnership=partnership)


@pytest.mark.parametrize("minutes,weeks,days", [(10, 1, 3), (60, 5, 3), (60, 1, 20)])
def test_what_one_can_give_has_limits(
    story: Story, minutes: int, weeks: int, days: int, planning: LearningPartnership
) -> None:

    with pytest.raises(Refused):
        actions.set_terms(
            by=story.amira, partnership=planning, weekly_minutes=minutes, rhythm_weeks=weeks, response_days=days
        )


def test_another_figure_voids_the_signatures_that_are_there(story: Story, planning: LearningPartnership) -> None:
    for learner in (story.amira, story.ben):
        a_package(story, planning, learner=learner)
    agreement = actions.propose_agreement(
        by=story.amira, partnership=planning, content=an_agreement_content(), seen_version=0
    )
    actions.sign_agreement(by=story.amira, partnership=planning, version=1)
    same = {"weekly_minutes": 60, "rhythm_weeks": 1, "response_days": 3}

    actions.set_terms(by=story.ben, partnership=planning, **same)
    kept = agreement.signatures.count()
    actions.set_terms(by=story.ben, partnership=planning, **{**same, "weekly_minutes": 50})

    assert (kept, agreement.signatures.count()) == (1, 0)


def test_the_agreement_is_in_force_once_all_have_signed(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[AgreementSigned] = []
    monkeypatch.setattr(agreement_signed, "send_on_commit", heard.append)

    partnership = in_learning(story, scenario=Scenario.BLENDED)

    assert (partnership.phase, partnership.scenario, partnership.started_on, partnership.planned_end_on) == (
        Phase.LEARNING,
        Scenario.BLENDED,
        clock.today(),
        clock.today() + timedelta(weeks=10),
    )
    assert heard == [AgreementSigned(partnership.pk, 1, (story.amira.pk, story.ben.pk))]
    assert verbs_of(story) == [("amira", "signed"), ("ben", "signed")]


def test_a_changed_agreement_is_a_new_version_without_signatures(story: Story, learning: LearningPartnership) -> None:

    actions.propose_agreement(
        by=story.ben, partnership=learning, content=an_agreement_content(weekly_minutes=90), seen_version=1
    )

    versions = LearningAgreement.objects.order_by("version")
    assert [(one.version, one.weekly_minutes, one.signatures.count()) for one in versions] == [(1, 60, 2), (2, 90, 0)]
    learning.refresh_from_db()
    assert learning.phase == Phase.LEARNING


def test_the_same_wording_again_is_no_new_version(story: Story, learning: LearningPartnership) -> None:

    actions.propose_agreement(by=story.ben, partnership=learning, content=an_agreement_content(), seen_version=1)

    assert LearningAgreement.objects.count() == 1


def test_two_proposals_at_the_same_time_are_no_lost_update(story: Story, planning: LearningPartnership) -> None:
    actions.propose_agreement(by=story.amira, partnership=planning, content=an_agreement_content(), seen_version=0)

    with pytest.raises(VersionConflict) as conflict:
        actions.propose_agreement(
            by=story.ben, partnership=planning, content=an_agreement_content(weekly_minutes=30), seen_version=0
        )

    assert conflict.value.current.weekly_minutes == 60


@pytest.mark.parametrize(
    "changes",
    [
        {"goals": ()},
        {"goals": (GoalInput("  "),)},
        {"goals": tuple(GoalInput(f"Ziel {number}") for number in range(4))},
        {"ends_on": day("2026-11-01")},
    ],
)
def test_an_agreement_needs_one_to_three_goals_and_an_end_ahead(
    story: Story, changes: dict[str, object], planning: LearningPartnership
) -> None:

    with pytest.raises(Refused):
        actions.propose_agreement(
            by=story.amira, partnership=planning, content=an_agreement_content(**changes), seen_version=0
        )

    assert LearningAgreement.objects.count() == 0


def test_the_database_holds_no_fourth_goal(story: Story, learning: LearningPartnership) -> None:
    agreement = LearningAgreement.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementGoal.objects.create(agreement=agreement, position=4, text="Noch eins")


def test_signing_asks_for_a_package_in_each_direction(story: Story, planning: LearningPartnership) -> None:
    actions.propose_agreement(by=story.amira, partnership=planning, content=an_agreement_content(), seen_version=0)
    a_package(story, planning, learner=story.amira)

    with pytest.raises(Refused, match="Ben"):
        actions.sign_agreement(by=story.amira, partnership=planning, version=1)


def test_signing_asks_for_the_version_that_was_read_and_only_once(story: Story, planning: LearningPartnership) -> None:
    for learner in (story.amira, story.ben):
        a_package(story, planning, learner=learner)
    with pytest.raises(Refused):
        actions.sign_agreement(by=story.amira, partnership=planning, version=1)
    actions.propose_agreement(by=story.amira, partnership=planning, content=an_agreement_content(), seen_version=0)

    with pytest.raises(Refused):
        actions.sign_agreement(by=story.amira, partnership=planning, version=2)
    actions.sign_agreement(by=story.amira, partnership=planning, version=1)
    with pytest.raises(Refused):
        actions.sign_agreement(by=story.amira, partnership=planning, version=1)


@pytest.mark.parametrize("values,apart", [((60, 60), False), ((60, 85), False), ((60, 87), True), ((1, 2), True)])
def test_more_than_thirty_per_cent_apart_must_be_talked_through(values: tuple[int, int], apart: bool) -> None:
    assert differs(values) is apart


def test_both_tick_that_they_have_talked(story: Story, planning: LearningPartnership) -> None:
    for learner in (story.amira, story.ben):
        a_package(story, planning, learner=learner)
    Member.objects.filter(person=story.ben).update(weekly_minutes=120)
    actions.propose_agreement(by=story.amira, partnership=planning, content=an_agreement_content(), seen_version=0)

    for person in (story.amira, story.ben):
        with pytest.raises(Refused, match="30"):
            actions.sign_agreement(by=person, partnership=planning, version=1)
        actions.sign_agreement(by=person, partnership=planning, version=1, has_talked=True)

    planning.refresh_from_db()
    assert planning.phase == Phase.LEARNING


def test_a_package_done_is_told_to_both_and_can_be_opened_again(story: Story, learning: LearningPartnership) -> None:
    package = LearningPackage.objects.get(learner=story.ben)

    done = [actions.complete_package(by=story.ben, package=package) for _time in range(2)]

    assert {one.state for one in done} == {PackageState.DONE}
    assert verbs_of(story) == [("amira", "signed"), ("amira", "taught"), ("ben", "completed"), ("ben", "signed")]
    assert actions.reopen_package(by=story.amira, package=package).completed_at is None


def test_a_done_package_is_neither_changed_nor_removed(story: Story, learning: LearningPartnership) -> None:
    package = LearningPackage.objects.get(learner=story.ben)
    actions.complete_package(by=story.ben, package=package)

    with pytest.raises(Refused):
        actions.remove_package(by=story.ben, package=package)
    with pytest.raises(Refused):
        a_package_change(story, learning, package)


def a_package_change(story: Story, partnership: object, package: LearningPackage) -> LearningPackage:
    content = actions.PackageContent(story.amira, story.ben, sql(), "Anders", day("2026-12-24"))
    return actions.save_package(by=story.ben, partnership=package.partnership, content=content, package=package)


def test_a_package_is_changed_and_removed(story: Story, planning: LearningPartnership) -> None:
    package = a_package(story, planning, learner=story.ben)

    changed = a_package_change(story, planning, package)
    actions.remove_package(by=story.amira, package=changed)

    assert (changed.title, changed.pk, LearningPackage.objects.count()) == ("Anders", package.pk, 0)


def test_packages_go_from_one_member_to_another(story: Story, planning: LearningPartnership) -> None:
    outside = actions.PackageContent(story.people.david, story.ben, sql(), "Fremd", day("2026-12-24"))
    alone = actions.PackageContent(story.ben, story.ben, sql(), "Allein", day("2026-12-24"))
    nameless = actions.PackageContent(story.amira, story.ben, sql(), "  ", day("2026-12-24"))

    for content in (outside, alone, nameless):
        with pytest.raises(Refused):
            actions.save_package(by=story.amira, partnership=planning, content=content)


def test_a_meeting_is_planned_moved_and_cancelled_and_calendars_can_follow(
    story: Story, planning: LearningPartnership
) -> None:
    meeting = a_meeting(story, planning)

    moved = actions.move_meeting(
        by=story.ben, meeting=meeting, content=MeetingContent(at(2026, 11, 30, 14), 90, place=" Raum Eiche ")
    )
    cancelled = [actions.cancel_meeting(by=story.amira, meeting=meeting) for _time in range(2)]

    assert (moved.starts_at, moved.minutes, moved.place, moved.sequence) == (
        at(2026, 11, 30, 14),
        90,
        "Raum Eiche",
        1,
    )
    assert {(one.state, one.sequence) for one in cancelled} == {(MeetingState.CANCELLED, 2)}
    assert [
        (row.person, row.kind.removeprefix("partnerships."))
        for row in Notification.objects.filter(kind__contains="meeting").order_by("pk")
    ] == [(story.ben, "meeting_planned"), (story.amira, "meeting_moved"), (story.ben, "meeting_cancelled")]


@pytest.mark.parametrize(
    "content",
    [
        MeetingContent(at(2026, 11, 24, 9), 5),
        MeetingContent(at(2026, 6, 1, 9)),
        MeetingContent(at(2026, 11, 24, 9), 500),
    ],
)
def test_a_meeting_has_a_length_one_can_keep(
    story: Story, content: MeetingContent, planning: LearningPartnership
) -> None:

    with pytest.raises(Refused):
        actions.plan_meeting(by=story.amira, partnership=planning, content=content)


def test_with_the_first_words_of_the_worksheet_the_meeting_took_place(
    story: Story, frozen_time: time_machine.Traveller
) -> None:
    meeting = a_meeting(story, in_learning(story))
    with pytest.raises(Refused):
        actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Zu früh."), seen_version=0)
    frozen_time.shift(timedelta(days=1))

    first = actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0)
    again = actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0)
    second = actions.write_worksheet(
        by=story.amira, meeting=meeting, worksheet=Worksheet("Geübt.", "JOIN"), seen_version=1
    )

    assert (first.state, first.version, again.version, second.version) == (MeetingState.HELD, 1, 1, 2)
    assert [verb for _name, verb in verbs_of(story)].count("met") == 2
    assert set(Statement.objects.filter(verb="met").values_list("minutes", flat=True)) == {60}


def test_both_may_write_the_worksheet_and_nothing_is_lost(story: Story) -> None:
    meeting = a_meeting(story, in_learning(story), at=at(2026, 11, 23, 8))
    actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Ben schreibt."), seen_version=0)

    with pytest.raises(VersionConflict) as conflict:
        actions.write_worksheet(by=story.amira, meeting=meeting, worksheet=Worksheet("Amira auch."), seen_version=0)

    assert conflict.value.current.did == "Ben schreibt."


def test_a_cancelled_meeting_has_no_worksheet_and_a_held_one_does_not_move(
    story: Story, learning: LearningPartnership
) -> None:
    cancelled = a_meeting(story, learning, at=at(2026, 11, 23, 8))
    actions.cancel_meeting(by=story.ben, meeting=cancelled)
    held = a_meeting(story, learning, at=at(2026, 11, 23, 8))
    actions.write_worksheet(by=story.ben, meeting=held, worksheet=Worksheet("Geübt."), seen_version=0)

    with pytest.raises(Refused):
        actions.write_worksheet(by=story.ben, meeting=cancelled, worksheet=Worksheet("Doch."), seen_version=0)
    with pytest.raises(Refused):
        actions.move_meeting(by=story.ben, meeting=held, content=MeetingContent(at(2026, 11, 24, 9)))
    with pytest.raises(Refused):
        actions.cancel_meeting(by=story.ben, meeting=held)


def test_learning_time_is_booked_by_each_for_themselves_and_once(story: Story, learning: LearningPartnership) -> None:
    meeting = a_meeting(story, learning, at=at(2026, 11, 22, 10), minutes=45)
    with pytest.raises(Refused):
        actions.book_meeting(by=story.amira, meeting=meeting)
    meeting = actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0)
    with pytest.raises(Refused):
        actions.book_meeting(by=story.people.david, meeting=meeting)

    for _time in range(2):
        actions.book_meeting(by=story.amira, meeting=meeting)

    assert [(row.person, row.minutes, row.spent_on) for row in TimeEntry.objects.all()] == [
        (story.amira, 45, day("2026-11-22"))
    ]


def test_notes_keep_what_somebody_else_or_an_earlier_hour_wrote(
    story: Story, frozen_time: time_machine.Traveller, learning: LearningPartnership
) -> None:

    def save(person: object, body: str, seen: int) -> SharedNote:
        return actions.save_notes(by=person, partnership=learning, body=body, seen_version=seen)  # type: ignore[arg-type]

    save(story.amira, "A", 0)
    save(story.amira, "AB", 1)
    save(story.ben, "AB und Ben", 2)
    frozen_time.shift(timedelta(minutes=11))
    last = save(story.ben, "Ganz neu", 3)
    same = save(story.ben, "Ganz neu", 3)

    assert (last.version, same.version, same.saved_by) == (4, 4, story.ben)
    assert list(NoteVersion.objects.order_by("version").values_list("version", "body", "saved_by")) == [
        (2, "AB", story.amira.pk),
        (3, "AB und Ben", story.ben.pk),
    ]
    with pytest.raises(VersionConflict) as conflict:
        save(story.amira, "Überschreiben?", 2)
    assert conflict.value.current.body == "Ganz neu"
