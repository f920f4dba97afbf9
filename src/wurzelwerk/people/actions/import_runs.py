"""What can be done while an import is checked, applied or taken back: stop it, or go on with one that came to a halt.

Any administrator may, whoever started it: an import that nobody goes on with would keep all others waiting.
"""

from datetime import datetime

from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.jobs import run_job_task
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import import_rules as rules
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import.running import APPLY, CHECK, UNDO
from wurzelwerk.people.models import PeopleImport, Person

_KINDS = {ImportState.CHECKING: CHECK, ImportState.APPLYING: APPLY, ImportState.UNDOING: UNDO}


@transaction.atomic
def stop_import(*, by: Person, people_import: PeopleImport) -> None:
    """Ask a check or an applying to stop; what was applied so far is taken back by the job itself.

    Raises ``Refused`` when nothing runs that could stop.
    """
    rules.may_stop(by, people_import).require()
    job = people_import.job
    record_audit(by=by, verb="people.stop_import", subject=people_import)
    if job is None or job.is_over:
        _start_again(people_import, by, cancel_at=clock.now())
    else:
        # It keeps its place in the queue: what it has written so far must be tidied up by the job itself.
        Job.objects.filter(pk=job.pk, finished_at=None).update(cancel_requested_at=clock.now())


@transaction.atomic
def resume_import(*, by: Person, people_import: PeopleImport) -> None:
    """Go on with an import whose job failed or was cancelled half-way; raises ``Refused`` when none came to a halt."""
    rules.may_resume(by, people_import).require()
    record_audit(by=by, verb="people.resume_import", subject=people_import)
    _start_again(people_import, by)


def _start_again(people_import: PeopleImport, by: Person, cancel_at: datetime | None = None) -> None:
    """Put a new job in the place of the one that is over, unless somebody else just did."""
    job = Job.objects.create(
        kind=_KINDS[ImportState(people_import.state)],
        person_id=by.pk,
        payload={"import": people_import.pk, "public_id": people_import.public_id},
        cancel_requested_at=cancel_at,
    )
    halted = PeopleImport.objects.filter(pk=people_import.pk, state=people_import.state, job=people_import.job_id)
    if not halted.update(job=job):
        raise Refused(rules.ELSEWHERE)
    transaction.on_commit(lambda: run_job_task.enqueue(job.pk))
