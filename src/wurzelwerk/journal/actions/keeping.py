"""Deleting and restoring, earlier versions, and the care of the seals."""

from itertools import chain
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from wurzelwerk.journal import rules
from wurzelwerk.journal.actions.writing import update_entry
from wurzelwerk.journal.models import EntryVersion, JournalEntry, Passage
from wurzelwerk.journal.sealing import KeyRing, SealBrokenError, Sealed
from wurzelwerk.journal.texts import entry_place, key_ring, open_version, passage_place
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.actions import revoke_shares_of

RESEAL_AT_ONCE: Final = 500


@transaction.atomic
def delete_entry(*, by: Person, entry: JournalEntry) -> JournalEntry:
    """Put an entry into the basket: nobody else sees it from now on; after 30 days it is gone."""
    rules.may_handle(by, entry).require()
    if entry.deleted_at is None:
        entry.deleted_at = clock.now()
        entry.save(update_fields=["deleted_at"])
        record_audit(by=by, verb="journal.delete_entry", subject=entry)
    return entry


@transaction.atomic
def restore_entry(*, by: Person, entry: JournalEntry) -> JournalEntry:
    """Take an entry out of the basket; what was shared and has not ended is shared again."""
    rules.may_handle(by, entry).require()
    if entry.deleted_at is not None:
        entry.deleted_at = None
        entry.save(update_fields=["deleted_at"])
        record_audit(by=by, verb="journal.restore_entry", subject=entry)
    return entry


@transaction.atomic
def erase_entry(*, by: Person, entry: JournalEntry) -> None:
    """Delete an entry in the basket for good, with its versions; evidence made of it stays in the profile."""
    rules.may_erase(by, entry).require()
    record_audit(by=by, verb="journal.erase_entry", subject=entry)
    _erase(entry)


def empty_baskets() -> int:
    """Delete for good what has lain in a basket for 30 days; return how many entries."""
    erased = 0
    for entry in JournalEntry.objects.past_basket().select_related("person"):
        with transaction.atomic():
            record_audit(by=None, verb="journal.erase_entry", subject=entry)
            _erase(entry)
        erased += 1
    return erased


@transaction.atomic
def restore_version(*, by: Person, entry: JournalEntry, number: int) -> JournalEntry:
    """Make an earlier version the text of the entry; the text before it becomes a version itself.

    Raises ``NotThere`` when there is no such version, ``SealBrokenError`` when it does not open.
    """
    rules.may_edit(by, entry).require()
    row = EntryVersion.objects.filter(entry=entry, number=number).first()
    if row is None:
        raise NotThere
    content = open_version(row, public_id=entry.public_id, version=number)
    restored = update_entry(by=by, entry=entry, body=content.body, title=content.title, version=entry.version)
    record_audit(by=by, verb="journal.restore_version", subject=entry, details={"version": number})
    return restored


def reseal_texts() -> int:
    """Seal anew, with the current key, what an older key sealed; return how many texts. May be repeated."""
    keys = key_ring()
    return sum(1 for _ in chain(_reseal_entries(keys), _reseal_versions(keys), _reseal_passages(keys)))


def _erase(entry: JournalEntry) -> None:
    revoke_shares_of(by=entry.person, item=Item.JOURNAL, object_key=entry.public_id)
    entry.delete()


def _outdated(rows: QuerySet[Any], keys: KeyRing) -> QuerySet[Any]:
    """Return the rows whose key is known but no longer the current one."""
    return rows.filter(key_id__in=keys.known_ids - {keys.current_id}).order_by("pk")[:RESEAL_AT_ONCE]


def _reseal_entries(keys: KeyRing) -> Any:
    for entry in _outdated(JournalEntry.objects.all(), keys):
        if sealed := _anew(entry, entry_place(entry.public_id, entry.version), keys):
            same = JournalEntry.objects.filter(pk=entry.pk, version=entry.version, key_id=entry.key_id)
            same.update(sealed=sealed.data, key_id=sealed.key_id)
            yield entry


def _reseal_versions(keys: KeyRing) -> Any:
    for row in _outdated(EntryVersion.objects.select_related("entry"), keys):
        if sealed := _anew(row, entry_place(row.entry.public_id, row.number), keys):
            EntryVersion.objects.filter(pk=row.pk).update(sealed=sealed.data, key_id=sealed.key_id)
            yield row


def _reseal_passages(keys: KeyRing) -> Any:
    for passage in _outdated(Passage.objects.all(), keys):
        if sealed := _anew(passage, passage_place(passage.public_id), keys):
            Passage.objects.filter(pk=passage.pk).update(sealed=sealed.data, key_id=sealed.key_id)
            yield passage


def _anew(row: Any, place: str, keys: KeyRing) -> Sealed | None:
    try:
        return keys.seal(keys.open(Sealed(row.key_id, bytes(row.sealed)), belongs_to=place), belongs_to=place)
    except SealBrokenError:
        return None
