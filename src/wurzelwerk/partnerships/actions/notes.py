"""The shared notes: one text, saved often, with its history."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships.actions.steps import VersionConflict, begin
from wurzelwerk.partnerships.models import LearningPartnership, NoteVersion, SharedNote
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person

KEEP_AFTER: Final = timedelta(minutes=10)
"""An earlier state is kept when it stood at least so long, or when somebody else goes on writing."""


@transaction.atomic
def save_notes(*, by: Person, partnership: LearningPartnership, body: str, seen_version: int) -> SharedNote:
    """Save the notes; raises ``VersionConflict`` when somebody else has saved since ``seen_version``."""
    turn = begin(by=by, partnership=partnership, act=Act.SAVE_NOTES)
    note: SharedNote = SharedNote.objects.select_for_update().get(partnership=turn.partnership)
    if note.body == body:
        return note
    if note.version != seen_version:
        raise VersionConflict(note)
    _keep(note, by)
    note.body, note.version = body, note.version + 1
    note.saved_at, note.saved_by = clock.now(), by
    note.save()
    return note


def _keep(note: SharedNote, by: Person) -> None:
    """Keep the state that is about to be replaced, unless the same person is just typing on."""
    if note.saved_at is None:
        return
    is_typing = note.saved_by_id == by.pk and clock.now() - note.saved_at < KEEP_AFTER
    if not is_typing:
        NoteVersion.objects.create(
            note=note, body=note.body, version=note.version, saved_at=note.saved_at, saved_by=note.saved_by
        )
