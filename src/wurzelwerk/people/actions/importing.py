"""What can be done with a people file: bring it, settle its columns, check, correct, apply, take back, discard.

``by`` is None for the operator at the command line of the server. Every verb raises ``Refused`` with its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import run_job_task
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import import_rules as rules
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import import keeping
from wurzelwerk.people.hr_import.forgetting import forget_all
from wurzelwerk.people.hr_import.reading.problems import Unreadable, printable
from wurzelwerk.people.hr_import.running import APPLY, CHECK, UNDO
from wurzelwerk.people.hr_import.sentences import unreadable_text
from wurzelwerk.people.hr_import.settled import Settled, examine_people, examine_units, settled_from_json
from wurzelwerk.people.models import ImportCorrection, PeopleImport, Person

Content = Iterable[bytes]

_MOST_OF_A_PATH: Final = 500


def bring_people_file(
    *,
    by: Person | None,
    file_name: str,
    content: Content,
    units_file_name: str = "",
    units_content: Content | None = None,
    is_complete: bool = False,
) -> PeopleImport:
    """Keep uploaded files and recognise their columns; nothing stays of a file with which that fails."""
    rules.may_import(by).require()
    people_import = PeopleImport(
        file_name=printable(file_name)[:200],
        units_file_name=printable(units_file_name)[:200],
        is_complete=is_complete,
        created_by=by,
    )
    key = people_import.public_id
    try:
        path = keeping.store(key, "uploaded", content)
        units_path = keeping.store(key, "uploaded-units", units_content) if units_content else None
        return _recognised(people_import, path, units_path, keeps_files=False)
    except BaseException:
        keeping.delete_files(people_import.public_id)
        raise


def name_people_file(
    *, by: Person | None, path: Path, units_path: Path | None = None, is_complete: bool = False
) -> PeopleImport:
    """Recognise the columns of files that stay where they are."""
    rules.may_import(by).require()
    people_import = PeopleImport(
        file_name=printable(path.name)[:200],
        units_file_name=printable(units_path.name)[:200] if units_path else "",
        is_complete=is_complete,
        created_by=by,
    )
    return _recognised(people_import, path, units_path, keeps_files=True)


@transaction.atomic
def settle_columns(
    *,
    by: Person | None,
    people_import: PeopleImport,
    people: Mapping[int, str],
    units: Mapping[int, str] | None = None,
    leaves_out: bool,
) -> PeopleImport:
    """Say which column holds which field ("" leaves it out), and agree to leave the refused ones out."""
    rules.may_settle(by, people_import).require()
    settled = settled_from_json(people_import.settled)
    settled = replace(
        settled,
        people=settled.people.with_fields(people),
        units=settled.units.with_fields(units or {}) if settled.units else None,
        leaves_out=leaves_out,
    )
    people_import.settled = settled.as_json()
    people_import.save(update_fields=["settled"])
    return people_import


@transaction.atomic
def check_import(*, by: Person | None, people_import: PeopleImport, in_queue: bool = True) -> Job:
    """Start checking the rows; with ``in_queue`` false the caller runs the job."""
    rules.may_check(by, people_import).require()
    _become(people_import, ImportState.CHECKING, ImportState.UPLOADED, ImportState.CHECKED)
    return _start(people_import, CHECK, by, in_queue=in_queue)


@transaction.atomic
def correct_cells(
    *, by: Person | None, people_import: PeopleImport, values: Mapping[tuple[str, int, str], str]
) -> PeopleImport:
    """Keep what was typed over wrong cells, by file, row and field; the next check reads it."""
    rules.may_correct(by, people_import).require()
    for (source, row, field), value in values.items():
        ImportCorrection.objects.update_or_create(
            people_import=people_import,
            source=source,
            row=row,
            field=field,
            defaults={"value": value.replace("\0", "")[:2000]},
        )
    return people_import


@transaction.atomic
def change_scope(
    *, by: Person | None, people_import: PeopleImport, is_complete: bool, leaves_out_errors: bool
) -> PeopleImport:
    """Say whether the file contains everybody, and whether rows with errors are left out.

    Whether it contains everybody changes the difference: check again afterwards.
    """
    rules.may_correct(by, people_import).require()
    people_import.is_complete, people_import.leaves_out_errors = is_complete, leaves_out_errors
    people_import.save(update_fields=["is_complete", "leaves_out_errors"])
    return people_import


def apply_import(
    *, by: Person | None, people_import: PeopleImport, confirms_leavers: bool = False, in_queue: bool = True
) -> Job:
    """Start applying a checked import; ``confirms_leavers`` is asked for when many would leave."""
    rules.may_apply(by, people_import, confirms_leavers=confirms_leavers).require()
    try:
        with transaction.atomic():
            _become(people_import, ImportState.APPLYING, ImportState.CHECKED, is_writing=True, position={})
            return _start(people_import, APPLY, by, in_queue=in_queue)
    except IntegrityError as error:
        raise Refused(rules.ANOTHER_WRITES) from error


def undo_import(*, by: Person | None, people_import: PeopleImport, in_queue: bool = True) -> Job:
    """Start taking an applied import back."""
    rules.may_undo(by, people_import).require()
    try:
        with transaction.atomic():
            _become(people_import, ImportState.UNDOING, ImportState.APPLIED, is_writing=True, position={})
            return _start(people_import, UNDO, by, in_queue=in_queue)
    except IntegrityError as error:
        raise Refused(rules.ANOTHER_WRITES) from error


@transaction.atomic
def take_over_import(*, people_import: PeopleImport, stops: bool = False) -> Job:
    """Go on with an import of the command line whose process is gone; the caller knows that, and runs the job.

    With ``stops`` a check ends, and an applying that still has something to do is taken back. Raises ``Refused``
    while the worker, which revives jobs that fell silent, has it in hand.
    """
    job = rules.job_to_take_over(people_import)
    ready = {"state": JobState.WAITING, "attempts": 0, "run_after": None, "error": "", "finished_at": None}
    ready["cancel_requested_at"] = clock.now() if stops else None
    if not Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts).update(**ready):
        raise Refused(rules.ELSEWHERE)
    job.refresh_from_db()
    return job


def discard_import(*, by: Person | None, people_import: PeopleImport) -> None:
    """Give an import up that was not applied, and delete everything of it."""
    rules.may_discard(by, people_import).require()
    with transaction.atomic():
        _become(people_import, ImportState.DISCARDED, ImportState.UPLOADED, ImportState.CHECKED)
        record_audit(by=by, verb="people.discard_import", subject=people_import)
    forget_all(people_import)


def _recognised(people_import: PeopleImport, path: Path, units_path: Path | None, *, keeps_files: bool) -> PeopleImport:
    try:
        settled = Settled(
            examine_people(path), examine_units(units_path) if units_path else None, keeps_files=keeps_files
        )
    except Unreadable as error:
        raise Refused(unreadable_text(error.code, error.params)) from error
    people_import.settled = settled.as_json()
    people_import.file_path = _storable(path)
    people_import.units_file_path = _storable(units_path) if units_path else ""
    people_import.file_digest = keeping.digest_of(path)
    with transaction.atomic():
        people_import.save(force_insert=True)
        details = {"file": people_import.file_digest}
        record_audit(by=people_import.created_by, verb="people.bring_file", subject=people_import, details=details)
    return people_import


def _storable(path: Path) -> str:
    """Return where a file is, as a column can keep it; raises ``Refused`` for a path that no column can."""
    place = str(path.resolve())
    if len(place) > _MOST_OF_A_PATH or not place.isprintable():
        raise Refused(unreadable_text("bad_path", {}))
    return place


def _become(people_import: PeopleImport, state: ImportState, *before: ImportState, **changes: Any) -> None:
    """Change the state once; raises ``Refused`` when somebody else has changed it in the meantime."""
    rows = PeopleImport.objects.filter(pk=people_import.pk, state__in=before)
    if not rows.update(state=state, **({"position": {}} | changes)):
        raise Refused(rules.ELSEWHERE)
    people_import.refresh_from_db()


def _start(people_import: PeopleImport, kind: str, by: Person | None, *, in_queue: bool) -> Job:
    payload = {"import": people_import.pk, "public_id": people_import.public_id}
    job = Job.objects.create(kind=kind, person_id=by.pk if by else None, payload=payload)
    people_import.job = job
    people_import.save(update_fields=["job"])
    if in_queue:
        transaction.on_commit(lambda: run_job_task.enqueue(job.pk))
    return job
