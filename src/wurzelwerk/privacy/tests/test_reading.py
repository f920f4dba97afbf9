"""Who has looked: what is logged, as which audience, and never one's own reading."""

import pytest
from django.db import IntegrityError, transaction

from wurzelwerk.kernel.matrix import UNLOGGED, Audience, Item
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.tests.factories import Cast
from wurzelwerk.privacy.models import AccessLogEntry, Share
from wurzelwerk.privacy.reading import fetch_visible, note_reading
from wurzelwerk.privacy.tests.conftest import Befriend
from wurzelwerk.privacy.tests.factories import LookFactory, ShareFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "item,name,audience",
    [
        (Item.JOURNAL, "ben", Audience.PARTNER),
        (Item.JOURNAL, "david", Audience.MENTOR),
        (Item.PATH, "clara", Audience.LEAD),
        (Item.PARTNERSHIP, "eva", Audience.LEARNING_AND_DEVELOPMENT),
        (Item.COMMUNITY_POST, "felix", Audience.WORKS_COUNCIL),
        (Item.ACCOUNT, "greta", Audience.ADMINISTRATOR),
        (Item.CERTIFICATE, "felix", Audience.COMMUNITY),
    ],
)
def test_reading_is_logged_with_its_audience(
    people: Cast, stand: Befriend, item: Item, name: str, audience: Audience
) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)
    stand(Audience.MENTOR, people.amira, people.david)
    reader = getattr(people, name)

    note_reading(viewer=reader, item=item, owners=[people.amira.pk], object_key="thing")

    rows = AccessLogEntry.objects.values_list("person", "reader", "reader_audience", "item", "object_key")
    assert list(rows) == [(people.amira.pk, reader.pk, audience.value, item.value, "thing")]


def test_each_owner_is_told_the_relation_to_them(people: Cast, stand: Befriend) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)
    stand(Audience.MENTOR, people.david, people.ben)

    note_reading(viewer=people.ben, item=Item.ESTIMATE, owners=[people.amira.pk, people.david.pk, people.ben.pk])

    told = dict(AccessLogEntry.objects.values_list("person", "reader_audience"))
    assert told == {people.amira.pk: Audience.PARTNER, people.david.pk: Audience.MENTOR}


def test_own_reading_is_not_logged(people: Cast) -> None:
    note_reading(viewer=people.amira, item=Item.JOURNAL, owners=[people.amira.pk])

    assert AccessLogEntry.objects.count() == 0


def test_own_reading_cannot_even_be_stored(people: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LookFactory(person=people.amira, reader=people.amira)


@pytest.mark.parametrize("item", sorted(UNLOGGED))
def test_what_everybody_may_see_is_not_logged(people: Cast, item: Item) -> None:
    note_reading(viewer=people.ben, item=item, owners=[people.amira.pk])

    assert AccessLogEntry.objects.count() == 0


def test_log_and_shares_are_visible_to_their_person_alone(people: Cast, stand: Befriend) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)
    stand(Audience.MENTOR, people.amira, people.david)
    opened = ShareFactory(by=people.amira)
    look = LookFactory(person=people.amira, reader=people.ben)

    seen = {
        name: (list(Share.objects.visible_to(person)), list(AccessLogEntry.objects.visible_to(person)))
        for name in Cast.__slots__
        if (person := getattr(people, name))
    }

    assert seen == {**dict.fromkeys(Cast.__slots__, ([], [])), "amira": ([opened], [look])}


def test_what_one_may_not_see_is_not_there(people: Cast) -> None:
    opened = ShareFactory(by=people.amira)

    assert fetch_visible(Share.objects.all(), viewer=people.amira, public_id=opened.public_id) == opened
    with pytest.raises(NotThere):
        fetch_visible(Share.objects.all(), viewer=people.david, public_id=opened.public_id)
