"""One's own journal as Markdown: one document, or one file per entry."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.texts import Content
from wurzelwerk.ui.formatting import date

Opened = Iterable[tuple[JournalEntry, Content | None]]


def as_document(entries: Opened) -> Iterator[str]:
    """Yield the whole journal as one document, oldest entry first."""
    yield f"# {_('Learning journal')}\n"
    for entry, content in entries:
        yield "\n" + "\n".join(_lines(entry, content, level=2)) + "\n"


def as_files(entries: Opened) -> Iterator[tuple[str, str]]:
    """Yield each entry as a file: its name by day, and its text."""
    for entry, content in entries:
        yield f"{entry.written_on:%Y-%m-%d}-{entry.public_id}.md", "\n".join(_lines(entry, content, level=1)) + "\n"


def _lines(entry: JournalEntry, content: Content | None, level: int) -> Iterator[str]:
    day = date(entry.written_on)
    if content is None:
        yield f"{'#' * level} {day}\n"
        yield _("This entry does not open: its key is missing, or it was altered.")
        return
    yield f"{'#' * level} {day}{': ' + content.title if content.title else ''}\n"
    if content.prompt:
        yield f"> {content.prompt}\n"
    yield content.body
    if names := sorted(str(one) for one in entry.competences.all()):
        yield f"\n{_('Competences')}: {', '.join(names)}"
