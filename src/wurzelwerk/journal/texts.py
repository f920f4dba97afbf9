"""What stands inside the seals of the journal, and how it is opened."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.conf import settings

from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.sealing import KeyRing, SealBrokenError, Sealed
from wurzelwerk.kernel.keyring import journal_key

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """The text of an entry: its title, its body (Markdown) and the question it answers, each may be empty."""

    title: str = ""
    body: str = ""
    prompt: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written."""
        return not (self.title.strip() or self.body.strip())


class SealedRow(Protocol):
    """Any row with a sealed text."""

    sealed: Any
    key_id: str


def key_ring() -> KeyRing:
    """Return the keys of this installation; raises ``KeyFileError`` when there is no private key file."""
    return KeyRing(journal_key(settings.KEY_FOLDER))


def entry_place(public_id: str, version: int) -> str:
    """Return what the text of one version of an entry belongs to."""
    return f"journal entry {public_id} version {version}"


def passage_place(public_id: str) -> str:
    """Return what the text of a passage belongs to."""
    return f"journal passage {public_id}"


def seal_content(content: Content, *, public_id: str, version: int) -> Sealed:
    """Seal the text of one version of an entry."""
    text = json.dumps(asdict(content), ensure_ascii=False).encode()
    return key_ring().seal(text, belongs_to=entry_place(public_id, version))


def open_version(row: SealedRow, *, public_id: str, version: int, keys: KeyRing | None = None) -> Content:
    """Return the text of one version; raises ``SealBrokenError`` when it does not open."""
    sealed = Sealed(row.key_id, bytes(row.sealed))
    text = (keys or key_ring()).open(sealed, belongs_to=entry_place(public_id, version))
    return Content(**json.loads(text))


def open_entry(entry: JournalEntry, keys: KeyRing | None = None) -> Content:
    """Return the text of an entry as it is now; raises ``SealBrokenError`` when it does not open."""
    return open_version(entry, public_id=entry.public_id, version=entry.version, keys=keys)


def open_entries(entries: Iterable[JournalEntry]) -> list[tuple[JournalEntry, Content | None]]:
    """Return each entry with its text, or with None where it does not open; the key file is read once."""
    keys = key_ring()
    return [(entry, open_or_none(entry, keys)) for entry in entries]


def open_or_none(entry: JournalEntry, keys: KeyRing | None = None) -> Content | None:
    """Return the text of an entry; where it does not open, log which one and return None."""
    try:
        return open_entry(entry, keys)
    except SealBrokenError:
        logger.error("journal entry %s does not open: wrong key, or altered", entry.public_id)  # noqa: TRY400 - no trace
        return None


def seal_passage(text: str, *, public_id: str) -> Sealed:
    """Seal the text of a passage."""
    return key_ring().seal(text.encode(), belongs_to=passage_place(public_id))


def open_passage(passage: Passage, keys: KeyRing | None = None) -> str:
    """Return the text of a passage; raises ``SealBrokenError`` when it does not open."""
    sealed = Sealed(passage.key_id, bytes(passage.sealed))
    return (keys or key_ring()).open(sealed, belongs_to=passage_place(passage.public_id)).decode()
