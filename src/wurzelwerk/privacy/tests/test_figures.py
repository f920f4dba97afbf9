"""What the works council and data protection read about reading and sharing: figures, nobody singled out."""

from datetime import date, timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, PersonFactory
from wurzelwerk.privacy import actions
from wurzelwerk.privacy.models import AccessLogEntry, QuarterFigures
from wurzelwerk.privacy.queries import figures
from wurzelwerk.privacy.tests.factories import LookFactory, ShareFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
LAST = date(2026, 7, 1)


def look(times: list[int], audience: Audience = Audience.LEAD, *, reader: Person | None = None, days: int = 60) -> None:
    """Let as many people as ``times`` is long be read that often, ``days`` ago (60: within the last quarter)."""
    at = clock.now() - timedelta(days=days)
    for number in times:
        person, by = PersonFactory(), reader or PersonFactory()
        LookFactory.create_batch(number, person=person, reader=by, reader_audience=audience, read_at=at)


@pytest.mark.parametrize(
    "day,first,following",
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarters_follow_each_other(day: date, first: date, following: date) -> None:
    assert figures.quarter_of(day) == first
    assert figures.next_quarter(first) == following


@pytest.mark.parametrize(
    "times,expected",
    [
        ([2, 2, 2, 2], {}),
        ([2, 2, 2, 2, 1], {"lead": 10}),
        ([9, 1, 1, 1, 1], {}),
        ([3, 3, 3, 3, 3, 3], {"lead": 20}),
    ],
)
def test_only_what_many_stand_behind_is_counted_to_the_nearest_five(times: list[int], expected: dict[str, int]) -> None:
    look(times)

    assert figures.count_reads(LAST) == expected


def test_one_reader_is_not_told_also_not_by_their_duty() -> None:
    nosy = PersonFactory()
    look([2] * 6, Audience.LEAD, reader=nosy)
    look([2] * 6, Audience.LEARNING_AND_DEVELOPMENT, reader=nosy)

    assert figures.count_reads(LAST) == {}


@pytest.mark.parametrize("days", [10, 160])
def test_other_quarters_do_not_count(days: int) -> None:
    look([2] * 6, days=days)

    assert figures.count_reads(LAST) == {}


def test_people_who_share_are_counted_once_each_from_five_on() -> None:
    for number in range(7):
        person = PersonFactory()
        ShareFactory(by=person)
        ShareFactory(by=person)
        if number < 4:
            ShareFactory(by=person, item=Item.PATH, audience=Audience.LEAD)

    assert figures.count_sharing() == {"portrait": 5}


def test_quarter_is_counted_once_and_never_changes(people: Cast) -> None:
    look([2] * 6)
    kept = actions.keep_figures(today=clock.today())

    AccessLogEntry.objects.all().delete()
    again = actions.keep_figures(today=clock.today())

    assert kept is not None
    assert (kept.starts_on, kept.reads, again) == (LAST, {"lead": 10}, None)
    assert QuarterFigures.objects.get().reads == {"lead": 10}


def test_works_council_reads_the_figures_without_names(client: Client, people: Cast, frozen_time: Traveller) -> None:
    look([2] * 6, reader=None)
    look([2] * 3, Audience.PARTNER)
    actions.keep_figures(today=clock.today())
    client.force_login(people.felix)

    html = client.get("/oversight").content.decode()

    table = html[html.index('id="reads"') : html.index('id="shares"')]
    assert "3. Quartal 2026" in table
    assert table.count(">10<") == 1
    assert "Kim" not in table


def test_before_the_first_quarter_is_over_there_is_nothing_to_count(client: Client, people: Cast) -> None:
    client.force_login(people.felix)

    html = client.get("/oversight").content.decode()

    assert html.count("Noch nichts zu zählen") == 2
