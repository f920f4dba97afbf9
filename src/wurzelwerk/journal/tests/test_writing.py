from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from time_machine import Traveller

from wurzelwerk.competences.tests.factories import CompetenceFactory
from wurzelwerk.journal.actions import VersionConflict, restore_version, update_entry, write_entry
from wurzelwerk.journal.models import EntryVersion, JournalEntry
from wurzelwerk.journal.sealing import SealBrokenError
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.journal.texts import Content, open_entry, open_version
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.lrs.models import Statement
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
ONE, OTHER = "b" * 14, "c" * 14


def kept_texts(entry: JournalEntry) -> list[str]:
    rows = EntryVersion.objects.filter(entry=entry).order_by("number")
    return [open_version(row, public_id=entry.public_id, version=row.number).body for row in rows]


def test_writing_keeps_title_text_and_question() -> None:
    amira, competence = PersonFactory(), CompetenceFactory()

    entry = write_entry(
        by=amira, body="Ich habe gefragt.", title=" Fragen ", prompt="Was war neu?", competence=competence
    )

    entry.refresh_from_db()
    assert open_entry(entry) == Content("Fragen", "Ich habe gefragt.", "Was war neu?")
    assert (entry.person, entry.written_on, entry.version) == (amira, clock.today(), 1)
    assert list(entry.competences.all()) == [competence]
    assert AuditEntry.objects.get().details == {}


def test_writing_leaves_one_trace_without_a_word_of_it() -> None:
    competence = CompetenceFactory()

    plain = EntryFactory(body="geheim")
    asked = EntryFactory(body="geheim", prompt="Was?", competences=[competence, competence])

    traces = Statement.objects.order_by("stored_at").values_list("object_key", "verb", "object_name", "competence_key")
    assert sorted(traces) == sorted(
        [
            (plain.public_id, "wrote", "Lerntagebuch", ""),
            (asked.public_id, "reflected", "Lerntagebuch", competence.public_id),
        ]
    )


@pytest.mark.parametrize(
    "given",
    [
        {"body": " \n "},
        {"body": "x" * 50_001},
        {"body": "x", "title": "x" * 201},
        {"body": "x", "prompt": "x" * 401},
        {"body": "x", "written_on": date(2026, 11, 24)},
    ],
)
def test_what_cannot_be_an_entry_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(Refused):
        EntryFactory(**given)
    assert JournalEntry.objects.count() == 0


def test_a_name_is_used_once() -> None:
    name = new_public_id()
    EntryFactory(public_id=name)

    with pytest.raises(NotThere):
        EntryFactory(public_id=name)
    assert JournalEntry.objects.count() == 1


def test_updating_replaces_the_text_and_counts_the_version() -> None:
    entry = EntryFactory(body="alt", title="Titel", prompt="Frage?")

    saved = update_entry(by=entry.person, entry=entry, body="neu", version=1)

    assert open_entry(saved) == Content("Titel", "neu", "Frage?")
    assert saved.version == 2


def test_updating_changes_day_title_and_competences() -> None:
    first, second, third = CompetenceFactory(), CompetenceFactory(), CompetenceFactory()
    entry = EntryFactory(body="Text", competences=[first, second])
    yesterday = clock.today() - timedelta(days=1)

    saved = update_entry(
        by=entry.person,
        entry=entry,
        body="Text",
        version=1,
        title="Neu",
        written_on=yesterday,
        competences=[second, third],
    )

    assert (open_entry(saved).title, saved.written_on) == ("Neu", yesterday)
    assert set(saved.competences.all()) == {second, third}


def test_saving_the_same_again_changes_nothing() -> None:
    entry = EntryFactory(body="gleich")

    for version in (1, 1, 7):
        assert update_entry(by=entry.person, entry=entry, body="gleich", version=version).version == 1
    assert EntryVersion.objects.count() == 0


def test_two_pages_in_conflict_lose_nothing() -> None:
    entry = EntryFactory(body="Anfang", editor_key=ONE)
    update_entry(by=entry.person, entry=entry, body="von der ersten Seite", version=1, editor_key=ONE)

    with pytest.raises(VersionConflict) as conflict:
        update_entry(by=entry.person, entry=entry, body="von der zweiten Seite", version=1, editor_key=OTHER)
    now = conflict.value.entry
    assert open_entry(now).body == "von der ersten Seite"
    saved = update_entry(
        by=entry.person, entry=entry, body="von der zweiten Seite", version=now.version, editor_key=OTHER
    )

    assert open_entry(saved).body == "von der zweiten Seite"
    assert kept_texts(entry) == ["von der ersten Seite"]


def test_a_sitting_leaves_one_version_and_not_one_per_saving(frozen_time: Traveller) -> None:
    entry: JournalEntry = EntryFactory(body="0", editor_key=ONE)
    for number in range(1, 40):
        frozen_time.shift(60)
        entry = update_entry(by=entry.person, entry=entry, body=str(number), version=entry.version, editor_key=ONE)

    assert entry.version == 40
    assert kept_texts(entry) == ["9", "18", "27", "36"]


def test_coming_back_later_keeps_the_text_before(frozen_time: Traveller) -> None:
    entry = EntryFactory(body="gestern", editor_key=ONE)
    frozen_time.shift(24 * 3600)

    update_entry(by=entry.person, entry=entry, body="heute", version=1, editor_key=OTHER)

    assert kept_texts(entry) == ["gestern"]


def test_the_newest_twenty_versions_stay() -> None:
    entry: JournalEntry = EntryFactory(body="0")
    for number in range(1, 25):
        entry = update_entry(by=entry.person, entry=entry, body=str(number), version=entry.version)

    assert kept_texts(entry) == [str(number) for number in range(4, 24)]


def test_an_earlier_version_becomes_the_entry_again() -> None:
    entry: JournalEntry = EntryFactory(body="erste", title="Titel")
    entry = update_entry(by=entry.person, entry=entry, body="zweite", version=1)

    restored = restore_version(by=entry.person, entry=entry, number=1)

    assert open_entry(restored).body == "erste"
    assert kept_texts(entry) == ["erste", "zweite"]
    with pytest.raises(NotThere):
        restore_version(by=entry.person, entry=restored, number=99)


def test_only_the_owner_writes() -> None:
    entry, ben = EntryFactory(body="alt"), PersonFactory()
    update_entry(by=entry.person, entry=entry, body="neu", version=1)

    with pytest.raises(Refused):
        update_entry(by=ben, entry=entry, body="von Ben", version=2)
    with pytest.raises(Refused):
        restore_version(by=ben, entry=entry, number=1)


def test_a_text_that_does_not_open_is_never_overwritten() -> None:
    entry = EntryFactory(body="alt")
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=b"\x01altered and broken, beyond repair")

    with pytest.raises(SealBrokenError):
        update_entry(by=entry.person, entry=entry, body="neu", version=1)
    entry.refresh_from_db()
    assert bytes(entry.sealed) == b"\x01altered and broken, beyond repair"


def test_a_seal_put_on_another_entry_or_version_does_not_open() -> None:
    entry: JournalEntry = EntryFactory(body="meins")
    other = EntryFactory(body="deins")
    entry = update_entry(by=entry.person, entry=entry, body="meins, neu", version=1)

    other.sealed, other.key_id = entry.sealed, entry.key_id
    with pytest.raises(SealBrokenError):
        open_entry(other)
    entry.version = 1
    with pytest.raises(SealBrokenError):
        open_entry(entry)


def test_database_counts_versions_from_one() -> None:
    entry = EntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.filter(pk=entry.pk).update(version=0)
