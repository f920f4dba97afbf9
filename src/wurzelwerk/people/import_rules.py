"""Who may do what with an import of the people file, and when."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import SILENT_AFTER
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import ALLOWED, Refused, Verdict, first_refusal, refuse
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import.settled import settled_from_json
from wurzelwerk.people.hr_import.steps import last_turn
from wurzelwerk.people.models import PeopleImport, Person
from wurzelwerk.people.rules import may_import_people

_AT_WORK: Final = (ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)
UNDO_WITHIN: Final = timedelta(days=30)
ANOTHER_WRITES: Final = _("Another import is being applied or taken back right now. Please wait until it has finished.")
ELSEWHERE: Final = _("Somebody else has gone on with this import in the meantime.")


def may_import(by: Person | None) -> Verdict:
    """Say whether ``by`` (None: the operator of the server) may import at all."""
    return may_import_people(by) if by else ALLOWED


def may_settle(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether the columns can still be settled."""
    return first_refusal(may_import(by), _is(people_import, ImportState.UPLOADED))


def may_check(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether the rows can be checked: everything about the columns is settled."""
    known = first_refusal(may_import(by), _is(people_import, ImportState.UPLOADED, ImportState.CHECKED))
    if not known:
        return known
    settled = settled_from_json(people_import.settled)
    if settled.missing or settled.missing_of_units:
        return refuse(_("Please say which columns hold staff number, given name and family name."))
    if not settled.is_ready:
        return refuse(_("Please agree to leave out the columns that are not read."))
    return ALLOWED


def may_correct(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether wrong cells can be corrected."""
    return first_refusal(may_import(by), _is(people_import, ImportState.UPLOADED, ImportState.CHECKED))


def may_apply(by: Person | None, people_import: PeopleImport, *, confirms_leavers: bool) -> Verdict:
    """Say whether a checked import can be applied as it is."""
    return first_refusal(
        may_import(by),
        _is(people_import, ImportState.CHECKED),
        _is_free_of_errors(people_import),
        _is_still_true(people_import),
        ALLOWED if confirms_leavers or not many_leave(people_import) else refuse(_CONFIRM),
        _nobody_writes(),
    )


def may_undo(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether an import can be taken back: it is the newest one, and not too old."""
    return first_refusal(
        may_import(by), _is(people_import, ImportState.APPLIED), _is_newest(people_import), _nobody_writes()
    )


def job_to_take_over(people_import: PeopleImport) -> Job:
    """Return the job of a command line that is gone; raises ``Refused`` while the worker has it in hand."""
    job: Job | None = people_import.job
    if job is None or people_import.state not in _AT_WORK:
        raise Refused(ELSEWHERE)
    # A command starts its job for the first time; only the worker starts one again.
    is_alive = job.heartbeat_at is not None and job.heartbeat_at > clock.now() - SILENT_AFTER
    if job.state == JobState.RUNNING and job.attempts > 1 and is_alive:
        raise Refused(_("The worker goes on with this import right now. Please wait until it has finished."))
    return job


def may_discard(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether an import can be given up: it has not been applied."""
    return first_refusal(may_import(by), _is(people_import, ImportState.UPLOADED, ImportState.CHECKED))


def may_stop(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether the work on an import can be stopped; taking one back can only be gone on with."""
    is_running = people_import.state in {ImportState.CHECKING, ImportState.APPLYING}
    return first_refusal(
        may_import(by), ALLOWED if is_running else refuse(_("Nothing runs here that could be stopped."))
    )


def may_resume(by: Person | None, people_import: PeopleImport) -> Verdict:
    """Say whether the work on an import has come to a halt, so that somebody can go on with it."""
    is_halted = people_import.job is None or people_import.job.is_over
    return first_refusal(
        may_import(by),
        _is(people_import, ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING),
        ALLOWED if is_halted else refuse(ELSEWHERE),
    )


def many_leave(people_import: PeopleImport) -> bool:
    """Tell whether so many would leave that somebody must confirm it."""
    return people_import.many_leave


_CONFIRM: Final = _("More than a tenth of all persons would leave. Please confirm that this is right.")


def _is(people_import: PeopleImport, *states: ImportState) -> Verdict:
    return ALLOWED if people_import.state in states else refuse(ELSEWHERE)


def _is_free_of_errors(people_import: PeopleImport) -> Verdict:
    if people_import.counts.get("of_the_tree"):
        return refuse(_("The tree of units is not right yet. Rows cannot be left out to mend it."))
    if people_import.problem_count and not people_import.leaves_out_errors:
        return refuse(_("Some rows have errors. Please correct them, or agree to leave these rows out."))
    return ALLOWED


def _is_still_true(people_import: PeopleImport) -> Verdict:
    if last_turn() != people_import.counts.get("turn", 0):
        return refuse(_("Another import has changed the company since the check. Please check again."))
    return ALLOWED


def _is_newest(people_import: PeopleImport) -> Verdict:
    if PeopleImport.objects.filter(state=ImportState.APPLIED, turn__gt=people_import.turn).exists():
        return refuse(_("A newer import has been applied since. Only the newest one can be taken back."))
    is_old = people_import.applied_at is None or people_import.applied_at < clock.now() - UNDO_WITHIN
    if is_old or people_import.files_deleted_at:
        return refuse(_("This import is older than 30 days; how things were before is no longer kept."))
    return ALLOWED


def _nobody_writes() -> Verdict:
    return refuse(ANOTHER_WRITES) if PeopleImport.objects.filter(is_writing=True).exists() else ALLOWED
