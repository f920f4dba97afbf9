"""Opening, closing and ending, seen from the other side: through ``visible_to``."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast
from wurzelwerk.privacy import actions, rules
from wurzelwerk.privacy.housekeeping import run_sweep
from wurzelwerk.privacy.models import AccessLogEntry, Share
from wurzelwerk.privacy.tests.conftest import Befriend
from wurzelwerk.privacy.tests.factories import LookFactory, ShareFactory

pytestmark = pytest.mark.django_db


def open_portrait(owner: Person, audience: Audience = Audience.COMMUNITY, **more: object) -> Share:
    """Open the portrait: of all shareable data the one that this room can look at by itself."""
    opened: Share = ShareFactory(by=owner, object_key=owner.public_id, audience=audience, **more)
    return opened


def sees_portrait(viewer: Person, owner: Person) -> bool:
    found: bool = Person.objects.with_visible(Item.PORTRAIT, viewer).filter(pk=owner.pk).exists()
    return found


def test_share_is_effective_at_once_and_revoking_too(people: Cast) -> None:
    before = sees_portrait(people.david, people.amira)
    opened = open_portrait(people.amira)
    meanwhile = sees_portrait(people.david, people.amira)

    actions.revoke_share(by=people.amira, share=opened)

    assert (before, meanwhile, sees_portrait(people.david, people.amira)) == (False, True, False)


def test_share_ends_by_itself(people: Cast, frozen_time: Traveller) -> None:
    ends = clock.now() + timedelta(hours=1)
    open_portrait(people.amira, expires_at=ends)
    before = sees_portrait(people.david, people.amira)

    frozen_time.move_to(ends)

    assert (before, sees_portrait(people.david, people.amira)) == (True, False)


@pytest.mark.parametrize(
    "audience,name",
    [
        (Audience.PARTNER, "ben"),
        (Audience.MENTOR, "david"),
        (Audience.LEAD, "clara"),
        (Audience.LEARNING_AND_DEVELOPMENT, "eva"),
        (Audience.WORKS_COUNCIL, "felix"),
    ],
)
def test_only_the_chosen_relation_sees(people: Cast, stand: Befriend, audience: Audience, name: str) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)
    stand(Audience.MENTOR, people.amira, people.david)
    open_portrait(people.amira, audience)

    seen = {one for one in Cast.__slots__ if sees_portrait(getattr(people, one), people.amira)}

    assert seen == {"amira", name}


def test_share_with_one_partner_says_nothing_to_the_other(people: Cast, stand: Befriend) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)
    stand(Audience.PARTNER, people.amira, people.david)
    open_portrait(people.amira, Audience.PARTNER, recipient=people.ben)

    assert sees_portrait(people.ben, people.amira)
    assert not sees_portrait(people.david, people.amira)


def test_recipient_who_is_no_partner_any_more_sees_nothing(people: Cast) -> None:
    open_portrait(people.amira, Audience.PARTNER, recipient=people.ben)

    assert not sees_portrait(people.ben, people.amira)


def test_share_of_somebody_else_under_the_same_key_opens_nothing(people: Cast) -> None:
    ShareFactory(by=people.david, object_key=people.amira.public_id)

    assert not sees_portrait(people.david, people.amira)
    assert not sees_portrait(people.ben, people.amira)


@pytest.mark.parametrize("item", list(Item))
def test_only_what_the_matrix_allows_can_be_shared(item: Item) -> None:
    allowed = {audience for audience in Audience if rules.may_share(item=item, audience=audience)}

    assert allowed == {audience for audience in Audience if MATRIX[item][audience] is Level.SHARED}


def test_forbidden_share_is_refused_and_leaves_nothing(people: Cast) -> None:
    with pytest.raises(Refused):
        ShareFactory(by=people.amira, item=Item.JOURNAL, audience=Audience.LEAD)

    assert Share.objects.count() == 0


def test_sharing_again_only_moves_the_end(people: Cast) -> None:
    first = open_portrait(people.amira)
    ends = clock.now() + timedelta(days=1)

    again = open_portrait(people.amira, expires_at=ends)

    assert (again.pk, Share.objects.get().expires_at) == (first.pk, ends)


def test_nobody_else_can_revoke_or_restore(people: Cast) -> None:
    opened = open_portrait(people.amira)

    for change in (actions.revoke_share, actions.restore_share):
        with pytest.raises(Refused):
            change(by=people.david, share=opened)

    assert sees_portrait(people.david, people.amira)


def test_everything_of_one_thing_is_revoked_together(people: Cast) -> None:
    open_portrait(people.amira)
    open_portrait(people.amira, Audience.LEAD)
    other = ShareFactory(by=people.amira)

    ended = actions.revoke_shares_of(by=people.amira, item=Item.PORTRAIT, object_key=people.amira.public_id)

    assert (len(ended), list(Share.objects.in_force())) == (2, [other])


def test_revoking_twice_changes_nothing(people: Cast, frozen_time: Traveller) -> None:
    opened = actions.revoke_share(by=people.amira, share=open_portrait(people.amira))
    ended_at = opened.revoked_at
    frozen_time.shift(60)

    actions.revoke_share(by=people.amira, share=opened)

    assert Share.objects.get().revoked_at == ended_at
    assert AuditEntry.objects.filter(verb="privacy.revoke_share").count() == 1


def test_restoring_opens_again_with_the_same_end(people: Cast) -> None:
    ends = clock.now() + timedelta(days=2)
    opened = actions.revoke_share(by=people.amira, share=open_portrait(people.amira, expires_at=ends))

    actions.restore_share(by=people.amira, share=opened)
    actions.restore_share(by=people.amira, share=opened)

    assert sees_portrait(people.david, people.amira)
    assert Share.objects.get().expires_at == ends
    assert AuditEntry.objects.filter(verb="privacy.restore_share").count() == 1


def test_restoring_comes_too_late_after_an_hour(people: Cast, frozen_time: Traveller) -> None:
    opened = actions.revoke_share(by=people.amira, share=open_portrait(people.amira))
    frozen_time.shift(timedelta(hours=1, seconds=1))

    with pytest.raises(Refused):
        actions.restore_share(by=people.amira, share=opened)

    assert not sees_portrait(people.david, people.amira)


def test_restoring_what_was_opened_anew_keeps_one_share(people: Cast) -> None:
    first = actions.revoke_share(by=people.amira, share=open_portrait(people.amira))
    second = open_portrait(people.amira)

    kept = actions.restore_share(by=people.amira, share=first)

    assert (kept, list(Share.objects.in_force())) == (second, [second])


def test_every_share_leaves_an_audit_entry_without_words(people: Cast) -> None:
    actions.revoke_share(by=people.amira, share=open_portrait(people.amira, label="Geheimes Wort"))

    entries = list(AuditEntry.objects.order_by("pk").values_list("verb", "person_id", "details"))

    assert entries == [
        ("privacy.share", people.amira.pk, {"item": "portrait", "audience": "community"}),
        ("privacy.revoke_share", people.amira.pk, {"item": "portrait"}),
    ]


def test_traces_are_forgotten_after_twelve_months(people: Cast, frozen_time: Traveller) -> None:
    LookFactory(person=people.amira)
    actions.revoke_share(by=people.amira, share=open_portrait(people.amira))
    ShareFactory(by=people.amira, expires_at=clock.now() + timedelta(days=1))
    kept = ShareFactory(by=people.amira)
    frozen_time.move_to(datetime(2027, 11, 25, 9, tzinfo=ZoneInfo("Europe/Berlin")))
    late = LookFactory(person=people.amira)

    done = run_sweep(None, None)  # type: ignore[arg-type]

    assert done == {"deleted": 3, "counted": "2027-07-01"}
    assert list(Share.objects.all()) == [kept]
    assert list(AccessLogEntry.objects.all()) == [late]
