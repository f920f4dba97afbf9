"""The jobs of an import: check, apply, take back. Each can be killed at any moment and goes on where it was."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.jobs import JobCancelled, JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import.applying import apply
from wurzelwerk.people.hr_import.bulk import much_work
from wurzelwerk.people.hr_import.checking import RowCheck
from wurzelwerk.people.hr_import.comparing import finish
from wurzelwerk.people.hr_import.forgetting import forget_rows
from wurzelwerk.people.hr_import.keeping import delete_files, digest_of, folder_of, reduced
from wurzelwerk.people.hr_import.reading.problems import Unreadable
from wurzelwerk.people.hr_import.reading.tables import estimated_rows
from wurzelwerk.people.hr_import.sentences import unreadable_text
from wurzelwerk.people.hr_import.settled import Settled, settled_from_json
from wurzelwerk.people.hr_import.steps import advance
from wurzelwerk.people.hr_import.undoing import undo
from wurzelwerk.people.models import PeopleImport, Person

CHECK, APPLY, UNDO = "people.import_check", "people.import_apply", "people.import_undo"
_PEOPLE_COPY, _UNITS_COPY = "people.csv", "units.csv"
_SORTS_OF_CHANGE: Final = ("joiner", "returner", "mover", "changed", "leaver")


def run_check(job: Job, progress: Progress) -> dict[str, Any]:
    """Read and check the file of an import, and compare it with what is known."""
    people_import = _import_of(job)
    if people_import.state != ImportState.CHECKING:
        return {}
    try:
        with much_work():
            _check(people_import, progress)
    except JobCancelled:
        _back_to_columns(people_import, {})
        raise
    except (Unreadable, FileNotFoundError) as error:
        unreadable = error if isinstance(error, Unreadable) else Unreadable("gone")
        _back_to_columns(people_import, {"unreadable": unreadable.code, "params": unreadable.params})
        raise Refused(unreadable_text(unreadable.code, unreadable.params)) from error
    return {"problems": people_import.problem_count}


def run_apply(job: Job, progress: Progress) -> dict[str, Any]:
    """Apply a checked import; when somebody cancels, everything done so far is taken back first."""
    people_import = _import_of(job)
    by = Person.objects.filter(pk=job.person_id).first()
    total = changes_of(people_import)
    report = _reporting(progress, total)
    if people_import.state == ImportState.UNDOING:
        _roll_back(people_import, by, report)
    try:
        if people_import.state == ImportState.APPLYING:
            with much_work():
                apply(people_import, by, report)
    except JobCancelled:
        _roll_back(people_import, by, report)
    if people_import.state == ImportState.APPLIED:
        delete_files(people_import.public_id)
    return {"changes": total}


def run_undo(job: Job, progress: Progress) -> dict[str, Any]:
    """Take an applied import back; this cannot be cancelled, only resumed."""
    people_import = _import_of(job)
    by = Person.objects.filter(pk=job.person_id).first()
    report = _unstoppable(_reporting(progress, changes_of(people_import)))
    if people_import.state == ImportState.UNDOING:
        undo(people_import, by, report, becomes=ImportState.UNDONE)
    return {}


def changes_of(people_import: PeopleImport) -> int:
    """Return how many persons an import changes."""
    return sum(int(people_import.counts.get(kind, 0)) for kind in _SORTS_OF_CHANGE)


def _check(people_import: PeopleImport, progress: Progress) -> None:
    settled = settled_from_json(people_import.settled)
    if settled.keeps_files:
        _must_be_the_same(people_import)
    else:
        settled = _reduce(people_import, settled, progress)
    if not people_import.position:
        forget_rows(people_import)
        with transaction.atomic():
            advance(people_import, {"step": "rows", "chunk": 0}, problem_count=0, counts={})
    path = Path(people_import.file_path)
    total = estimated_rows(path, settled.people.table)
    check = RowCheck(people_import, settled)
    check.run(path, lambda rows: progress.report(min(rows, total), total))
    progress.report(total, total, force=True)
    finish(people_import, check)


def _must_be_the_same(people_import: PeopleImport) -> None:
    """Raise ``Unreadable`` when somebody has changed the file since its columns were recognised."""
    if digest_of(Path(people_import.file_path)) != people_import.file_digest:
        raise Unreadable("changed")


def _reduce(people_import: PeopleImport, settled: Settled, progress: Progress) -> Settled:
    """Replace the uploaded files by copies without the columns that are not read, once."""
    if settled.people.number_place is not None:
        return settled
    folder = folder_of(people_import.public_id)
    total = estimated_rows(Path(people_import.file_path), settled.people.table)
    people = reduced(
        Path(people_import.file_path),
        settled.people,
        folder / _PEOPLE_COPY,
        lambda rows: progress.report(min(rows, total), total, str(_("Reading the file"))),
    )
    units = settled.units
    if units is not None:
        units = reduced(Path(people_import.units_file_path), units, folder / _UNITS_COPY, lambda _: None)
    smaller = Settled(people, units, settled.leaves_out)
    uploaded = [Path(people_import.file_path), *([Path(people_import.units_file_path)] if units else [])]
    with transaction.atomic():
        advance(
            people_import,
            {},
            settled=smaller.as_json(),
            file_path=str(folder / _PEOPLE_COPY),
            units_file_path=str(folder / _UNITS_COPY) if units else "",
        )
    for path in uploaded:
        path.unlink(missing_ok=True)
    return smaller


def _roll_back(people_import: PeopleImport, by: Person | None, report: Callable[[int], None]) -> NoReturn:
    undo(people_import, by, _unstoppable(report), becomes=ImportState.CHECKED)
    raise JobCancelled


def _back_to_columns(people_import: PeopleImport, position: dict[str, Any]) -> None:
    forget_rows(people_import)
    with transaction.atomic():
        advance(people_import, position, state=ImportState.UPLOADED, problem_count=0, counts={})


def _import_of(job: Job) -> PeopleImport:
    return PeopleImport.objects.get(pk=job.payload["import"])


def _reporting(progress: Progress, total: int) -> Callable[[int], None]:
    return lambda rows: progress.report(min(rows, total), total)


def _unstoppable(report: Callable[[int], None]) -> Callable[[int], None]:
    """Return a report that only shows how far the work is and never stops it."""

    def show(rows: int) -> None:
        with suppress(JobCancelled):
            report(rows)

    return show


def _page_of(job: Job) -> str:
    return reverse("people:import", args=[job.payload["public_id"]])


job_kinds.register(CHECK, JobKind(CHECK, _("Check the people file"), run_check, result_url=_page_of))
job_kinds.register(APPLY, JobKind(APPLY, _("Apply the people file"), run_apply, result_url=_page_of))
job_kinds.register(UNDO, JobKind(UNDO, _("Take back the import of the people file"), run_undo, result_url=_page_of))
