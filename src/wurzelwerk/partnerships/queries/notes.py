"""The shared notes and their history."""

from dataclasses import dataclass
from datetime import datetime

from wurzelwerk.partnerships.models import LearningPartnership, NoteVersion, SharedNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """The shared notes as they stand."""

    body: str
    version: int
    saved_at: datetime | None
    saved_by: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An earlier state of the notes."""

    version: int
    body: str
    saved_at: datetime
    saved_by: str


def note_versions(partnership: LearningPartnership) -> tuple[VersionRow, ...]:
    """Return the kept states, newest first."""
    rows = NoteVersion.objects.filter(note__partnership=partnership).select_related("saved_by").order_by("-version")
    return tuple(
        VersionRow(row.version, row.body, row.saved_at, row.saved_by.given_name if row.saved_by else "") for row in rows
    )


def note_of(partnership: LearningPartnership) -> NoteRow:
    """Return the notes as they stand."""
    note = SharedNote.objects.filter(partnership=partnership).select_related("saved_by").first()
    if note is None:
        return NoteRow("", 0, None, "")
    return NoteRow(note.body, note.version, note.saved_at, note.saved_by.given_name if note.saved_by else "")
