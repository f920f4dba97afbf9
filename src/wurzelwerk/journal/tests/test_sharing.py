from datetime import timedelta

import pytest
from time_machine import Traveller

from wurzelwerk.journal.actions import share_entry, stop_sharing
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.queries import shared_with
from wurzelwerk.journal.recipients import Recipient, RecipientSource, recipients_of, sources
from wurzelwerk.journal.tests.conftest import Pair
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.models import Statement
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.privacy.actions import share
from wurzelwerk.privacy.models import Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def ben(pair: Pair, amira: Person) -> Person:
    person: Person = PersonFactory(given_name="Ben")
    pair(amira, person)
    return person


@pytest.fixture
def amira() -> Person:
    person: Person = PersonFactory(given_name="Amira", family_name="Haddad")
    return person


def sees(person: Person) -> int:
    return int(JournalEntry.objects.visible_to(person).count())


def test_a_partner_reads_the_one_entry_that_was_opened(amira: Person, ben: Person) -> None:
    opened, _closed = EntryFactory(by=amira), EntryFactory(by=amira)

    share_entry(by=amira, entry=opened, recipient=ben)

    assert list(JournalEntry.objects.visible_to(ben)) == [opened]
    assert [row.public_id for row in shared_with(ben)] == [opened.public_id]
    assert shared_with(ben, PersonFactory()) == ()


def test_closing_works_on_the_next_request(amira: Person, ben: Person) -> None:
    entry = EntryFactory(by=amira)
    opened = share_entry(by=amira, entry=entry, recipient=ben)

    stop_sharing(by=amira, entry=entry, share=opened)

    assert sees(ben) == 0


def test_a_share_ends_by_itself(amira: Person, ben: Person, frozen_time: Traveller) -> None:
    share_entry(by=amira, entry=EntryFactory(by=amira), recipient=ben, expires_at=clock.now() + timedelta(hours=1))
    assert sees(ben) == 1

    frozen_time.shift(3601)

    assert sees(ben) == 0


def test_another_partner_sees_nothing_of_it(amira: Person, ben: Person, pair: Pair) -> None:
    other = PersonFactory()
    pair(amira, other)

    share_entry(by=amira, entry=EntryFactory(by=amira), recipient=ben)

    assert sees(other) == 0


def test_a_share_does_not_outlive_the_partnership(amira: Person, pair: Pair) -> None:
    stranger = PersonFactory()

    share_entry(by=amira, entry=EntryFactory(by=amira), recipient=stranger)

    assert sees(stranger) == 0


def test_the_recipient_is_told_without_a_word_of_the_entry(amira: Person, ben: Person) -> None:
    entry = EntryFactory(by=amira, title="geheimer Titel")

    opened = share_entry(by=amira, entry=entry, recipient=ben)

    told = Notification.objects.get()
    assert (told.person, told.title_de) == (ben, "Amira Haddad teilt einen Tagebucheintrag mit dir")
    assert told.url == f"/journal/{entry.public_id}"
    assert opened.label == "Tagebucheintrag vom 23.\xa0November 2026"
    assert Statement.objects.filter(verb=Verb.SHARED).count() == 1


@pytest.mark.parametrize("audience", [Audience.LEAD, Audience.COMMUNITY, Audience.LEARNING_AND_DEVELOPMENT])
def test_a_journal_is_never_opened_to_others(amira: Person, audience: Audience) -> None:
    with pytest.raises(Refused):
        share_entry(by=amira, entry=EntryFactory(by=amira), recipient=PersonFactory(), audience=audience)
    assert Notification.objects.count() == 0


def test_only_the_owner_opens_and_closes(amira: Person, ben: Person) -> None:
    entry = EntryFactory(by=amira)
    opened = share_entry(by=amira, entry=entry, recipient=ben)

    with pytest.raises(Refused):
        share_entry(by=ben, entry=entry, recipient=amira)
    with pytest.raises(Refused):
        stop_sharing(by=ben, entry=entry, share=opened)


def test_a_share_of_something_else_is_not_closed_here(amira: Person) -> None:
    entry = EntryFactory(by=amira)
    other = share(by=amira, item=Item.PORTRAIT, object_key="x", label="x", audience=Audience.PARTNER)

    with pytest.raises(NotThere):
        stop_sharing(by=amira, entry=entry, share=other)
    assert Share.objects.in_force().count() == 1


def test_recipients_are_partners_and_whom_higher_rooms_name(
    amira: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor = PersonFactory(given_name="Änne")
    known: Registry[RecipientSource] = Registry()
    known.register("mentors", lambda owner: [Recipient(mentor, Audience.MENTOR)])
    monkeypatch.setattr("wurzelwerk.journal.recipients.sources", known)

    found = [(one.person, one.audience) for one in recipients_of(amira)]

    assert sorted(found, key=lambda one: one[1]) == [(mentor, Audience.MENTOR), (ben, Audience.PARTNER)]
    assert isinstance(sources, Registry)


def test_whoever_has_left_is_no_recipient(amira: Person, ben: Person) -> None:
    Person.objects.filter(pk=ben.pk).update(is_active=False, deactivated_at=clock.now())

    assert recipients_of(amira) == ()
