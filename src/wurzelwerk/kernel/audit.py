"""The audit trail: entries appended inside the action's transaction, sealed into a hash chain later."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model

from wurzelwerk.kernel.models import AuditBlock, AuditEntry

BLOCK_SIZE = 1000


def record_audit(*, by: Any, verb: str, subject: Model | None = None, details: dict[str, Any] | None = None) -> None:
    """Append what ``by`` (a person, or None for the system) did; part of the caller's transaction.

    ``details`` holds keys and figures, never free text that somebody wrote.
    """
    AuditEntry.objects.create(
        person_id=getattr(by, "pk", None),
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(getattr(subject, "public_id", None) or subject.pk) if subject is not None else "",
        details=details or {},
    )


def record_audit_of_many(
    *, by: Any, verb: str, model: type[Model], public_ids: Iterable[str], details: dict[str, Any]
) -> None:
    """Append one entry for each of many subjects of a model, all with the same details, like ``record_audit``."""
    person_id, label = getattr(by, "pk", None), model._meta.label_lower
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(person_id=person_id, verb=verb, subject_type=label, subject_id=public_id, details=details)
            for public_id in public_ids
        ],
        batch_size=BLOCK_SIZE,
    )


@transaction.atomic
def seal_audit() -> int:
    """Chain all entries not yet sealed into blocks; return how many were sealed."""
    entries = list(AuditEntry.objects.filter(block=None).order_by("pk"))
    last = AuditBlock.objects.order_by("-pk").first()
    previous = last.block_hash if last else ""
    for start in range(0, len(entries), BLOCK_SIZE):
        previous = _seal_block(entries[start : start + BLOCK_SIZE], previous)
    return len(entries)


def first_broken_block() -> AuditBlock | None:
    """Return the first block whose chain or whose still existing entries do not match, or None."""
    previous = ""
    for block in AuditBlock.objects.order_by("pk").iterator():
        hashes = set(block.entry_hashes)
        if (
            block.previous_hash != previous
            or _block_hash(previous, block.entry_hashes) != block.block_hash
            or any(_entry_hash(entry) not in hashes for entry in block.entries.all())
        ):
            return block
        previous = block.block_hash
    return None


def _seal_block(entries: list[AuditEntry], previous: str) -> str:
    hashes = [_entry_hash(entry) for entry in entries]
    block = AuditBlock.objects.create(
        entry_hashes=hashes, previous_hash=previous, block_hash=_block_hash(previous, hashes)
    )
    AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(block=block)
    return block.block_hash


def _entry_hash(entry: AuditEntry) -> str:
    content = [
        entry.pk,
        entry.at.isoformat(),
        entry.person_id,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _block_hash(previous: str, hashes: list[str]) -> str:
    return hashlib.sha256((previous + "".join(hashes)).encode()).hexdigest()
