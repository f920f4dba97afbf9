import pytest
from time_machine import Traveller

from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.tests.factories import CompetenceFactory
from wurzelwerk.journal.actions import (
    delete_entry,
    erase_entry,
    mark_passage,
    reseal_texts,
    restore_entry,
    share_entry,
    update_entry,
)
from wurzelwerk.journal.checks import check_key_fits
from wurzelwerk.journal.housekeeping import run_reseal, run_sweep
from wurzelwerk.journal.models import EntryVersion, JournalEntry, Passage
from wurzelwerk.journal.sealing import SealBrokenError
from wurzelwerk.journal.tests.conftest import Pair, WriteKeys
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.journal.texts import open_entry, open_passage, open_version
from wurzelwerk.kernel.jobs import Progress
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.privacy.models import Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
DAY = 24 * 3600


def test_a_deleted_entry_lies_in_the_basket_and_comes_back() -> None:
    entry = EntryFactory(body="bleibt")

    delete_entry(by=entry.person, entry=entry)
    delete_entry(by=entry.person, entry=entry)
    assert JournalEntry.objects.in_basket().get() == entry
    with pytest.raises(Refused):
        update_entry(by=entry.person, entry=entry, body="anders", version=1)
    restore_entry(by=entry.person, entry=entry)
    restore_entry(by=entry.person, entry=entry)

    assert open_entry(JournalEntry.objects.kept().get()).body == "bleibt"
    assert [one.verb for one in AuditEntry.objects.order_by("pk")][1:] == [
        "journal.delete_entry",
        "journal.restore_entry",
    ]


def test_in_the_basket_it_is_its_owners_alone(pair: Pair) -> None:
    entry, ben = EntryFactory(), PersonFactory()
    pair(entry.person, ben)
    share_entry(by=entry.person, entry=entry, recipient=ben)
    assert JournalEntry.objects.visible_to(ben).count() == 1

    delete_entry(by=entry.person, entry=entry)
    assert JournalEntry.objects.visible_to(ben).count() == 0
    assert JournalEntry.objects.visible_to(entry.person).count() == 1
    restore_entry(by=entry.person, entry=entry)

    assert JournalEntry.objects.visible_to(ben).count() == 1


def test_only_from_the_basket_an_entry_is_erased(pair: Pair) -> None:
    entry, ben = EntryFactory(body="a"), PersonFactory()
    pair(entry.person, ben)
    update_entry(by=entry.person, entry=entry, body="b", version=1)
    share_entry(by=entry.person, entry=entry, recipient=ben)
    with pytest.raises(Refused):
        erase_entry(by=entry.person, entry=entry)

    erase_entry(by=entry.person, entry=delete_entry(by=entry.person, entry=entry))

    assert (JournalEntry.objects.count(), EntryVersion.objects.count()) == (0, 0)
    assert Share.objects.in_force().count() == 0


def test_evidence_made_of_an_erased_entry_stays() -> None:
    entry = EntryFactory(body="gefragt")
    mark_passage(by=entry.person, entry=entry, text="gefragt", competence=CompetenceFactory(), level=2)

    erase_entry(by=entry.person, entry=delete_entry(by=entry.person, entry=entry))

    assert (Passage.objects.count(), Evidence.objects.in_force().count()) == (0, 1)


@pytest.mark.parametrize("action", [delete_entry, restore_entry, erase_entry])
def test_only_the_owner_keeps_house(action: object) -> None:
    entry = EntryFactory()
    delete_entry(by=entry.person, entry=entry)

    with pytest.raises(Refused):
        action(by=PersonFactory(), entry=entry)  # type: ignore[operator]


def test_the_sweep_erases_after_thirty_days(frozen_time: Traveller) -> None:
    old, new, kept = EntryFactory(), EntryFactory(), EntryFactory()
    delete_entry(by=old.person, entry=old)
    frozen_time.shift(20 * DAY)
    delete_entry(by=new.person, entry=new)
    frozen_time.shift(11 * DAY)
    job = Job.objects.create(kind="journal.sweep")

    assert run_sweep(job, Progress(job)) == {"erased": 1}
    assert set(JournalEntry.objects.all()) == {new, kept}


def test_a_new_key_seals_everything_anew(write_keys: WriteKeys) -> None:
    entry: JournalEntry = EntryFactory(body="alt")
    entry = update_entry(by=entry.person, entry=entry, body="neu", version=1)
    passage = mark_passage(by=entry.person, entry=entry, text="neu", competence=CompetenceFactory(), level=2)
    write_keys("the second key", "the first key")
    assert open_entry(entry).body == "neu"
    job = Job.objects.create(kind="journal.reseal")

    assert run_reseal(job, Progress(job)) == {"resealed": 3}

    write_keys("the second key")
    entry.refresh_from_db()
    passage.refresh_from_db()
    version = EntryVersion.objects.get()
    assert open_entry(entry).body == "neu"
    assert open_version(version, public_id=entry.public_id, version=1).body == "alt"
    assert open_passage(passage) == "neu"
    assert reseal_texts() == 0


def test_sealing_anew_leaves_alone_what_does_not_open(write_keys: WriteKeys) -> None:
    entry = EntryFactory()
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=b"\x01broken")
    write_keys("the second key", "the first key")

    assert reseal_texts() == 0


def test_a_wrong_key_is_reported_before_anybody_meets_it(write_keys: WriteKeys) -> None:
    entry = EntryFactory()
    assert check_key_fits(None) == []

    write_keys("a wrong key")

    assert [(one.id, one.is_serious()) for one in check_key_fits(None)] == [("wurzelwerk.W010", False)]
    with pytest.raises(SealBrokenError):
        open_entry(entry)


@pytest.mark.parametrize("lines", [(), ("", " ")])
def test_the_check_leaves_an_empty_file_to_others(write_keys: WriteKeys, lines: tuple[str, ...]) -> None:
    write_keys(*lines)

    assert check_key_fits(None) == []
