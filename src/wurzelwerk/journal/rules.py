"""Who may do what with an entry: its owner, and nobody else."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.journal.models import HIGHEST_LEVEL, JournalEntry, Passage
from wurzelwerk.journal.texts import Content
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from wurzelwerk.people.models import Person

LONGEST_BODY: Final = 50_000
LONGEST_TITLE: Final = 200
LONGEST_PROMPT: Final = 400
LONGEST_PASSAGE: Final = 1_000
LONGEST_SHARE_DAYS: Final = 366


def may_hold(content: Content, *, written_on: date, today: date) -> Verdict:
    """Say whether an entry may hold this text for this day."""
    if content.is_empty:
        return refuse(_("Write at least a word."))
    if len(content.body) > LONGEST_BODY:
        return refuse(_("An entry holds at most 50,000 characters. Please begin a second one."))
    if len(content.title) > LONGEST_TITLE or len(content.prompt) > LONGEST_PROMPT:
        return refuse(_("The title is too long."))
    if written_on > today:
        return refuse(_("The day of an entry must not lie in the future."))
    return ALLOWED


def may_handle(person: Person, entry: JournalEntry) -> Verdict:
    """Say whether ``person`` may delete, restore or share ``entry``."""
    if entry.person_id == person.pk:
        return ALLOWED
    return refuse(_("Only the person who wrote this can do this."))


def may_edit(person: Person, entry: JournalEntry) -> Verdict:
    """Say whether ``person`` may write in ``entry`` now."""
    return first_refusal(may_handle(person, entry), _is_kept(entry))


def may_mark(person: Person, entry: JournalEntry, *, text: str, level: int) -> Verdict:
    """Say whether ``text`` may become evidence at ``level``."""
    return first_refusal(
        may_edit(person, entry),
        ALLOWED if text.strip() else refuse(_("Choose the passage that shows it.")),
        ALLOWED
        if len(text) <= LONGEST_PASSAGE
        else refuse(_("A passage holds at most 1,000 characters. Choose the part that matters.")),
        ALLOWED if 1 <= level <= HIGHEST_LEVEL else refuse(_("Choose a level from 1 to 5.")),
    )


def may_share_until(until: date, *, today: date) -> Verdict:
    """Say whether an entry may be opened until this day: from today for a year at most."""
    if until < today:
        return refuse(_("This day is over. Choose one from today on."))
    if until > today + timedelta(days=LONGEST_SHARE_DAYS):
        return refuse(_("An entry can be opened for a year at most. After that you can open it again."))
    return ALLOWED


def may_withdraw(person: Person, passage: Passage) -> Verdict:
    """Say whether ``person`` may take ``passage`` back, or bring it back again."""
    return may_handle(person, passage.entry)


def may_erase(person: Person, entry: JournalEntry) -> Verdict:
    """Say whether ``person`` may delete ``entry`` for good: only what lies in the basket."""
    if entry.deleted_at is None:
        return refuse(_("Delete the entry first; from the basket you can remove it for good."))
    return may_handle(person, entry)


def _is_kept(entry: JournalEntry) -> Verdict:
    if entry.deleted_at is None:
        return ALLOWED
    return refuse(_("This entry lies in the basket. Restore it first."))
