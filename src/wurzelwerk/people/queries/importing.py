"""Reads about imports of the people file: the list of them, and one with how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator

from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.choices import ChangeKind, ImportState
from wurzelwerk.people.hr_import.sentences import unreadable_text
from wurzelwerk.people.hr_import.settled import Settled, settled_from_json
from wurzelwerk.people.hr_import.steps import last_turn
from wurzelwerk.people.models import PeopleImport
from wurzelwerk.people.queries.persons import JobView, job_view

PAGE_SIZE: Final = 25
RUNNING: Final = frozenset({ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING})
WAITING: Final = frozenset({ImportState.UPLOADED, ImportState.CHECKED})
KINDS: Final = (
    *(ChangeKind.JOINER, ChangeKind.RETURNER, ChangeKind.MOVER),
    *(ChangeKind.CHANGED, ChangeKind.LEAVER),
)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list: its file, who brought it ("" for the server or somebody who is gone), what came of it.

    ``counts`` are persons by kind of change, empty before the first check.
    """

    public_id: str
    file_name: str
    state: ImportState
    created_at: datetime
    created_by: str
    applied_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[str, int]

    @property
    def changed(self) -> int:
        """Return how many persons it changes besides those who join or leave."""
        return sum(self.counts.get(kind, 0) for kind in (ChangeKind.RETURNER, ChangeKind.MOVER, ChangeKind.CHANGED))


def import_lines(number: int = 1) -> Page[ImportLine]:
    """Return one page of all imports, newest first."""
    rows = PeopleImport.objects.select_related("created_by").defer("settled").order_by("-pk")
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = [import_line(each) for each in page.object_list]
    return page


def import_line(people_import: PeopleImport) -> ImportLine:
    """Return one import as the list shows it; its ``created_by`` must be loaded."""
    return ImportLine(
        public_id=people_import.public_id,
        file_name=people_import.file_name,
        state=ImportState(people_import.state),
        created_at=people_import.created_at,
        created_by=people_import.created_by.full_name if people_import.created_by else "",
        applied_at=people_import.applied_at,
        undone_at=people_import.undone_at,
        counts=people_import.counts,
    )


def get_import(public_id: str) -> PeopleImport:
    """Return an import with its job and who brought it; raises ``NotThere``."""
    found: PeopleImport | None = (
        PeopleImport.objects.filter(public_id=public_id).select_related("job", "created_by").first()
    )
    if found is None:
        raise NotThere
    return found


def settled_of(people_import: PeopleImport) -> Settled | None:
    """Return what is settled about the files, None when everything of the import was deleted."""
    return settled_from_json(people_import.settled) if people_import.settled else None


def broken_reason(people_import: PeopleImport) -> str:
    """Return why the last check could not read the file to its end, "" when it could."""
    code = people_import.position.get("unreadable", "")
    return unreadable_text(code, people_import.position["params"]) if code else ""


def is_outdated(people_import: PeopleImport) -> bool:
    """Tell whether another import has changed the company since this one was checked."""
    checked_at_turn: int = people_import.counts.get("turn", 0)
    return last_turn() != checked_at_turn


def progress_of(people_import: PeopleImport) -> JobView | None:
    """Return how far the work on an import is, None when its job was deleted."""
    return job_view(people_import.job) if people_import.job else None
