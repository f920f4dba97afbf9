"""What other pages show of one's own partnerships."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import Phase
from wurzelwerk.partnerships.models import LearningPartnership
from wurzelwerk.partnerships.queries.board import suggested
from wurzelwerk.partnerships.queries.home import (
    minutes_planned,
    next_meeting,
    past_partnerships,
    running_partnerships,
)
from wurzelwerk.partnerships.queries.requests import open_requests, request_box
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_partnership,
    a_request,
    at,
    closed,
    day,
    in_closing,
    in_learning,
    in_planning,
)
from wurzelwerk.people.choices import Role
from wurzelwerk.people.rules import has_role


def test_home_asks_little(story: Story, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    has_role(story.amira, Role.LEARNING_AND_DEVELOPMENT)  # every page asks for the roles once
    has_role(story.ben, Role.LEARNING_AND_DEVELOPMENT)
    with django_assert_max_num_queries(2):
        assert [entry.ad.given_name for entry in suggested(story.amira, 3)] == ["Ben"]
    a_request(story)
    with django_assert_max_num_queries(1):
        assert [row.other_name for row in open_requests(story.ben)] == ["Amira Haddad"]
    with django_assert_max_num_queries(2):
        assert next_meeting(story.amira) is None


def test_running_partnerships_begin_with_those_where_it_is_my_turn(
    story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    partnership = in_learning(story)
    a_meeting(story, partnership)

    with django_assert_max_num_queries(2):
        (row,) = running_partnerships(story.amira)
    with django_assert_max_num_queries(2):
        meeting = next_meeting(story.ben)

    assert (row.other_names, row.phase, row.is_my_turn) == ("Ben Krüger", Phase.LEARNING, False)
    assert meeting is not None
    assert (meeting.other_names, meeting.minutes) == ("Amira Haddad", 60)
    assert past_partnerships(story.amira) == ()


@pytest.mark.parametrize("make", [a_partnership, in_planning, in_learning, in_closing])
def test_it_is_my_turn_until_i_have_done_my_part(story: Story, make: Callable[[Story], LearningPartnership]) -> None:
    make(story)

    assert [row.is_my_turn for row in running_partnerships(story.amira)] == [True]


def test_what_is_over_is_listed_apart(story: Story) -> None:
    closed(story)

    assert (running_partnerships(story.amira), [row.phase for row in past_partnerships(story.amira)]) == (
        (),
        [Phase.CLOSED],
    )


def test_planned_meetings_count_as_planned_learning_time(story: Story) -> None:
    partnership = in_learning(story)
    a_meeting(story, partnership, at=at(2026, 11, 24, 10), minutes=45)
    a_meeting(story, partnership, at=at(2026, 12, 1, 10))

    assert minutes_planned(story.amira, day("2026-11-23"), day("2026-11-30")) == 45
    assert minutes_planned(story.people.david, day("2026-11-23"), day("2026-12-31")) == 0


def test_the_box_sorts_requests_by_whose_turn_it_is(story: Story) -> None:
    request = a_request(story)
    before = (len(request_box(story.ben).incoming), len(request_box(story.amira).outgoing))
    actions.withdraw_request(by=story.amira, request=request)

    box = request_box(story.ben)

    assert (before, box.incoming, [row.state for row in box.settled]) == ((1, 1), (), ["withdrawn"])


def test_an_overdue_answer_is_late(story: Story, frozen_time: time_machine.Traveller) -> None:
    a_request(story)
    frozen_time.shift(timedelta(days=4))

    (row,) = request_box(story.amira).outgoing

    assert row.is_late is True
